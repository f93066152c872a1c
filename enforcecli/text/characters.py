"""Characters that have no place in a file: not seen, or seen as something else.

A reader of the screen or the paper must see what the program reads (bidirectional controls can
show “不予追究” where the file says the opposite), so these are refused with their position.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import groupby

from enforcecli.model.problem import Edit
from enforcecli.text.found import MOST, Found, found, silent
from enforcecli.text.names import shown

_CONTROL = "\x01-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f"
_LINE = "\x85\u2028\u2029"
_BIDI = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_PRIVATE = "\ue000-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd"
_BROKEN = "\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff" + "".join(
    f"{chr(plane * 0x10000 + 0xFFFE)}{chr(plane * 0x10000 + 0xFFFF)}" for plane in range(1, 17))
_INVISIBLE = ("\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200d\u2060-\u2065\u206a-\u206f\u3164"
              "\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\U0001d173-\U0001d17a\U000e0000-\U000e0fff")
_CLASSES = {code: re.compile(f"[{chars}]") for code, chars in (
    ("T206", "\x00"), ("T201", _CONTROL), ("T205", _LINE), ("T202", _BIDI), ("T203", _PRIVATE),
    ("T204", _BROKEN), ("T210", _INVISIBLE), ("T207", "\ufffd"))}
BAD = re.compile(f"[\x00{_CONTROL}{_LINE}{_BIDI}{_PRIVATE}{_BROKEN}{_INVISIBLE}\ufffd]")
"""Any character this module reports."""
_RUN = re.compile(f"(?:{BAD.pattern})+")


@lru_cache(512)
def code_of(character: str) -> str:
    """The code of the problem a BAD character is."""
    return next(code for code, chars in _CLASSES.items() if chars.match(character))


def scan(text: str) -> Iterator[Found]:
    """The runs of bad characters. Invisible ones can be deleted without loss; of the others the
    author must see what was meant."""
    for count, match in enumerate(_RUN.finditer(text)):
        start = match.start()
        if count >= MOST:  # not told any more, but kept out of the parser's sight
            yield silent(start, len(text), BAD.sub("\ufffd", text[start:]))
            return
        for code, run in groupby(match[0], code_of):
            end = start + len(list(run))
            yield _one(code, text, start, end)
            start = end


def _one(code: str, text: str, start: int, end: int) -> Found:
    if code == "T210":
        return found(code, start, end, Edit(start, end, ""), character=shown(text[start]))
    stand_in = Edit(start, end, "\ufffd" * (end - start))
    return Found(code, start, end, (("character", shown(text[start])),), None, (stand_in,))
