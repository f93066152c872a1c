"""文号: 机关代字〔年份〕序号号 (党政机关公文处理工作条例 art. 9 and GB/T 9704: six-cornered brackets, the
year in full, no 第, no leading zero)."""

from __future__ import annotations

import re
import unicodedata

from enforcecli.text.slip import Slip, remembered, slip

_PARTS = re.compile(r"([^\[［【（(﹝〔{｛<＜〈《〖\n]*+)([\[［【（(﹝〔{｛<＜〈《〖])[ \u3000]*([0-9０-９]{4})[ \u3000]*年?"
                    r"([\]］】）)﹞〕}｝>＞〉》〗])[ \u3000]*(第?)[ \u3000]*([0-9０-９]{1,6})[ \u3000]*号")


@remembered("Y373")
def document_number(text: str) -> str | Slip:
    """上江责〔2026〕3号 → itself. Y370 wrong brackets, Y371 第, Y372 leading zero, Y373 no 文号,
    Y374 full-width digits or spaces; `instead` is the number in good form."""
    text = text.strip()
    match = _PARTS.fullmatch(text)
    if match is None:
        return Slip("Y373")
    organ, opening, year, closing, ordinal, serial = match.groups()
    year, serial = (unicodedata.normalize("NFKC", part) for part in (year, serial))
    figure = serial.lstrip("0")
    good = f"{organ.rstrip()}〔{year}〕{figure}号"
    if not figure or not 1900 <= int(year) <= 2199:
        return Slip("Y373")
    if (opening, closing) != ("〔", "〕"):
        return slip("Y370", instead=good, good=good)
    if ordinal:
        return slip("Y371", instead=good, good=good)
    if figure != serial:
        return slip("Y372", instead=good, good=good)
    return good if good == text else slip("Y374", instead=good, good=good)
