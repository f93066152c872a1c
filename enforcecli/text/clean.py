"""What a clean line looks like: nothing to name, nothing YAML reads in a special way.

Nearly every line of every file is clean, so this is what the speed of reading hangs on. It may call
a harmless line unclean (the slow scan then finds nothing), never an unclean line clean.
"""

from __future__ import annotations

import re

_HAN = r"\u3400-\u4dbf\u4e00-\u9fff〇"
_DIGITS = "".join(map(chr, (*range(ord("①"), ord("⑳") + 1), *range(ord("Ⅰ"), ord("Ⅻ") + 1))))
_WIDE = "".join(chr(ord(c) + 0xFEE0) for c in map(chr, range(0x30, 0x7B)) if c.isalnum())
_MARKS = f"·×—‘’“”…、。〈〉《》「」『』【】〔〕√，！；？（）％＋－．／～￥{_DIGITS}{_WIDE}"
_OTHERS = "".join(map(chr, range(0x20, 0x7F))) + _MARKS + "：＂＃＆＇＊＜＝＞＠［］＿｛｝"
KNOWN = re.compile(rf"[\r\n{_HAN}{re.escape(_OTHERS)}]*+")
"""Characters of a clean file: ASCII, ideographs, Chinese punctuation. The sets below take them for granted."""


_MEMBER = re.compile(r"(\\x[0-9a-f]{2}|\\.|[^\\])(?:-(\\x[0-9a-f]{2}|\\.|[^\\]))?")
"""One member of a set, or two with all between: a, \\-, a-z, \\x20-\\x7e."""


def _code(member: str) -> int:
    return int(member[2:], 16) if member.startswith("\\x") else ord(member[-1])


def _set(members: str) -> str:
    """The ideographs and the members (as in brackets of an expression), written as what is left out of
    KNOWN: for every set that names them, compiling goes through all 27,000 ideographs one by one."""
    there = {chr(code) for first, last in _MEMBER.findall(members) for code in range(_code(first), _code(last or first) + 1)}
    return rf"[^\r\n{re.escape(''.join(c for c in _OTHERS if c not in there))}]"


_ANY = _set(re.escape(_OTHERS))
_PROSE = _set(rf"\x20-\x22\x24-\x39\x3b-\x7e{_MARKS}：")  # all but # and :
_FIRST = _set(r"0-9A-Za-z_/.+~(=《〔（“①-⑳…￥")
_LETTER = _set("0-9A-Za-z_《")
_KEY_LETTER = _set(r"0-9A-Za-z_《》〔〕（）()·.\-")
_NAME = _set("0-9A-Za-z_《〔")
_PIECE = _set(r" 0-9A-Za-z_/.+~()=%<>@$^;\-《》〈〉〔〕（）“”‘’【】①-⑳…￥·×—。！？％／～")  # no separators
_PIECES = _set(r" 0-9A-Za-z_/.+~()=%<>@$^;\-《》〈〉〔〕（）“”‘’【】①-⑳…￥·×—。！？％／～，、")
_IN_DOUBLE = _set(rf"\x20\x21\x23-\x5b\x5d-\x7e{_MARKS}：")
_IN_SINGLE = _set(rf"\x20-\x26\x28-\x7e{_MARKS}：")

# What may follow begins with another character than what repeats, so that each line is matched in one way
# or not at all; where it does not, a group is atomic. (Single characters repeat possessively, groups do not:
# CPython 3.11.0 to 3.11.4, which Debian 12 has, matches possessive groups wrongly.)
_COMMENT = rf"\#(?:(?<= #)(?=[ \r\n])|(?<=  #)(?![0-9])){_ANY}*+\r?+(?:\n|\Z)"
_END = rf"[ ]*+(?:\n|\r(?:\n|\Z)|{_COMMENT}|\Z)"
_KEY = rf"{_LETTER}{_KEY_LETTER}*+:(?=[ \r\n]|\Z)"
_QUOTED = rf"""(?:"{_IN_DOUBLE}*+"|'{_IN_SINGLE}*+')"""
_PAIR = rf"{_KEY}[ ]++(?:{_FIRST}{_PIECES}*+(?=[,}}])|(?=[\[{{\"']))"
_WORD = rf"{_NAME}{_PIECE}*+(?=[,\]}}])"
_FLOW = (rf"[\[{{](?>(?:(?:,[ ]++|)(?:{_PAIR}|{_WORD})|[\[{{][ ]*+"
         rf"|[\]}}](?=[ ]*+(?:[,\]}}\r\n]|(?<=[ ])\#|\Z))|[ ]*+,(?![0-9]{{3}})(?>[ ]*+\r?+\n|)[ ]*+"
         rf"|{_QUOTED}(?=[ ]*+[,\]}}]))*)(?<=[\]}}])")
_PLAIN = rf"{_FIRST}{_PROSE}*+(?::(?=\S){_PROSE}*+(?::(?=\S){_PROSE}*+)*|)"
_ITEM = rf"{_FIRST}{_PIECES}*+"
_BLOCK = r"[|>][+-]?+[ ]*+\r?+\n"
_DASHES = r"(?:-[ ]++(?:-[ ]++)*|)"
_ITEMS = r"-[ ]++(?:-[ ]++)*"
# A key before brackets or quotes is matched a second time, so that what may stand there is written once:
# sets of characters are what compiling takes long for.
_ENTRY = rf"(?:{_DASHES}{_KEY}(?:[ ]++{_PLAIN}|)|{_ITEMS}{_ITEM}|(?:{_DASHES}{_KEY}[ ]++|{_ITEMS})(?:{_FLOW}|{_QUOTED})){_END}"
_LINE = (rf"(?:[ ]*+(?:{_ENTRY}|\#{_ANY}*+\r?+(?:\n|\Z)|\r?+\n)"
         rf"|([ ]*+)(?:{_KEY}[ ]++{_BLOCK}(?>(?:(?:\1 {_ANY}*+|[ ]*+)\r?+\n)*)"
         rf"|-[ ]{_KEY}[ ]++{_BLOCK}(?>(?:(?:\1   {_ANY}*+|[ ]*+)\r?+\n)*)))")
FILE = re.compile(rf"(?>(?:{_LINE})*)")
"""A clean file, whole, given that its characters are KNOWN."""
LINE = (rf"(?P<indent>[ ]*+)(?P<dashes>{_DASHES})(?:(?P<key>{_KEY})"
        rf"(?:[ ]++(?:(?P<plain>{_PLAIN})|{_FLOW}|{_QUOTED})|){_END}"
        rf"|(?<=[ ])(?:(?P<item>{_ITEM})|{_FLOW}|{_QUOTED}){_END})")
"""One clean line (or a value in brackets over several), its dashes, key and plain value by name: the
expression of clean_line.py, compiled only for a file that is not clean."""


def whole(text: str) -> bool:
    """Whether every line of the text is clean."""
    return KNOWN.fullmatch(text) is not None and FILE.fullmatch(text) is not None
