"""Numbers of things as offices write them: 14 · 14 件 · 1,200 · 十四 · 无."""

from __future__ import annotations

import re
import unicodedata

from enforcecli.text import numerals
from enforcecli.text.slip import Slip, remembered

_UNIT = " ?(?:件|次|人|人次|名|项|场|场次|期|学时|课时|小时|份|个|宗|起|条)?"
_FIGURES = re.compile(f"([0-9]{{1,9}}|[0-9]{{1,3}}(?:,[0-9]{{3}}){{1,2}}){_UNIT}")
_CHINESE = re.compile(f"([零〇一二三四五六七八九十百千两]{{1,8}}){_UNIT}")
_PARTS = re.compile(f"-?[0-9,]{{1,12}}\\.[0-9]{{1,9}}{_UNIT}")
_BELOW = re.compile(f"[-−–—] ?[0-9,]{{1,12}}{_UNIT}")
_NONE = frozenset(["无", "没有", "none"])


@remembered("N101")
def count(text: str) -> int | Slip:
    """A whole number, with or without what is counted; 无 is 0. N101 no number, N102 below zero, N103 with
    decimals."""
    folded = " ".join(unicodedata.normalize("NFKC", text).split())
    match = _FIGURES.fullmatch(folded)
    if match:
        return int(match[1].replace(",", ""))
    if folded.casefold() in _NONE:
        return 0
    chinese = _CHINESE.fullmatch(folded)
    number = numerals.number(chinese[1]) if chinese else None
    if number is not None:
        return number
    return Slip("N102" if _BELOW.fullmatch(folded) else "N103" if _PARTS.fullmatch(folded) else "N101")
