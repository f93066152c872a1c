"""What a clean line looks like: nothing to name, nothing YAML reads in a special way.

Nearly every line of every file is clean, so this is what the speed of reading hangs on. It may call
a harmless line unclean (the slow scan then finds nothing), never an unclean line clean.

A clean text has ideographs, between which nothing here tells any difference, and 242 other characters. So
it is matched as bytes, one for each character: sets of bytes are compiled at once, sets of characters take
as long as starting half the program.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Iterable

_HAN = r"\u3400-\u4dbf\u4e00-\u9fff〇"
_ASCII = "".join(map(chr, range(0x20, 0x7F)))
_WORDS = "".join(filter(str.isalnum, _ASCII))
_CIRCLED = "".join(map(chr, range(ord("①"), ord("⑳") + 1)))
_ROMAN = "".join(map(chr, range(ord("Ⅰ"), ord("Ⅻ") + 1)))
_WIDE = "".join(chr(ord(c) + 0xFEE0) for c in _WORDS)
_MARKS = f"·×—‘’“”…、。〈〉《》「」『』【】〔〕√，！；？（）％＋－．／～￥{_CIRCLED}{_ROMAN}{_WIDE}"
_FAR = _MARKS + "：＂＃＆＇＊＜＝＞＠［］＿｛｝"
OTHERS = _ASCII + _FAR


def _runs(codes: Iterable[int]) -> str:
    """Members of a set, neighbours as one range: what is shorter is compiled sooner."""
    there = set(codes)
    firsts = sorted(code for code in there if code - 1 not in there)
    lasts = sorted(code for code in there if code + 1 not in there)
    return "".join(f"{_spelt(first)}-{_spelt(last)}" for first, last in zip(firsts, lasts, strict=True))


def _spelt(code: int) -> str:
    return rf"\x{code:02x}" if code < 256 else rf"\u{code:04x}"


KNOWN = re.compile(rf"[\r\n{_HAN}{_runs(map(ord, OTHERS))}]*+")
"""Characters of a clean file: ASCII, ideographs, Chinese punctuation. The sets below take them for granted."""

HAN, QUESTION, ALIKE = "?", "?", "`"
"""The byte that stands for every ideograph is the one Python puts for what it cannot encode, a question mark; real
ones are taken for a character that is in the same sets."""
_FREE = [byte for byte in range(1, 256) if chr(byte) not in _ASCII and chr(byte) not in "\t\n\v\f\r"]
_BYTE = {**{c: ord(c) for c in _ASCII}, **dict(zip(_FAR, _FREE, strict=False))}
_PLACES = {byte: c for c, byte in _BYTE.items()} | {0: "\0", 10: "\n", 13: "\r"}
_TABLE = codecs.charmap_build("".join(_PLACES.get(byte, "\ufffe") for byte in range(256)))


def as_bytes(text: str) -> bytes:
    """A text of KNOWN characters, one byte for each."""
    return codecs.charmap_encode(text.replace(QUESTION, ALIKE), "replace", _TABLE)[0]


def _of_bytes(there: str) -> str:
    """The set of the ideographs and these characters, in a text as bytes."""
    return f"[{_runs({ord(HAN), *(_BYTE[c] for c in there if c != QUESTION)})}]"


def of_characters(there: str) -> str:
    """The same set in a text as it is, written as what is left out of KNOWN: to compile a set that names the
    ideographs is to go through all 27,000."""
    return rf"[^\r\n{re.escape(''.join(c for c in OTHERS if c not in there))}]"


def _all_but(left_out: str) -> str:
    return "".join(c for c in _ASCII if c not in left_out) + _MARKS + "："


def expressions(of: Callable[[str], str]) -> tuple[str, str]:
    """The expressions of a clean file and of one clean line, with the sets as `of` writes them."""
    within = f" {_WORDS}_/.+~()=%<>@$^;-《》〈〉〔〕（）“”‘’【】{_CIRCLED}…￥·×—。！？％／～"  # no separators
    anything, prose, in_double, in_single = of(OTHERS), of(_all_but("#:")), of(_all_but('"\\')), of(_all_but("'"))
    first, piece, pieces = of(f"{_WORDS}_/.+~(=《〔（“{_CIRCLED}…￥"), of(within), of(f"{within}，、")
    letter, key_letter, name = of(f"{_WORDS}_《"), of(f"{_WORDS}_《》〔〕（）()·.-"), of(f"{_WORDS}_《〔")

    # What may follow begins with another character than what repeats, so that each line is matched in one way
    # or not at all; where it does not, a group is atomic. (Single characters repeat possessively, groups do not:
    # CPython 3.11.0 to 3.11.4, which Debian 12 has, matches possessive groups wrongly.)
    comment = rf"\#(?:(?<= #)(?=[ \r\n])|(?<=  #)(?![0-9])){anything}*+\r?+(?:\n|\Z)"
    end = rf"[ ]*+(?:\n|\r(?:\n|\Z)|{comment}|\Z)"
    key = rf"{letter}{key_letter}*+:(?=[ \r\n]|\Z)"
    quoted = rf"""(?:"{in_double}*+"|'{in_single}*+')"""
    pair = rf"{key}[ ]++(?:{first}{pieces}*+(?=[,}}])|(?=[\[{{\"']))"
    word = rf"{name}{piece}*+(?=[,\]}}])"
    flow = (rf"[\[{{](?>(?:(?:,[ ]++|)(?:{pair}|{word})|[\[{{][ ]*+"
            rf"|[\]}}](?=[ ]*+(?:[,\]}}\r\n]|(?<=[ ])\#|\Z))|[ ]*+,(?![0-9]{{3}})(?>[ ]*+\r?+\n|)[ ]*+"
            rf"|{quoted}(?=[ ]*+[,\]}}]))*)(?<=[\]}}])")
    plain = rf"{first}{prose}*+(?::(?=\S){prose}*+(?::(?=\S){prose}*+)*|)"
    item = rf"{first}{pieces}*+"
    block = r"[|>][+-]?+[ ]*+\r?+\n"
    dashes = r"(?:-[ ]++(?:-[ ]++)*|)"
    items = r"-[ ]++(?:-[ ]++)*"
    # A key before brackets or quotes is matched a second time, so that what may stand there is written once:
    # sets of characters are what compiling takes long for.
    entry = rf"(?:{dashes}{key}(?:[ ]++{plain}|)|{items}{item}|(?:{dashes}{key}[ ]++|{items})(?:{flow}|{quoted})){end}"
    line = (rf"(?:[ ]*+(?:{entry}|\#{anything}*+\r?+(?:\n|\Z)|\r?+\n)"
            rf"|([ ]*+)(?:{key}[ ]++{block}(?>(?:(?:\1 {anything}*+|[ ]*+)\r?+\n)*)"
            rf"|-[ ]{key}[ ]++{block}(?>(?:(?:\1   {anything}*+|[ ]*+)\r?+\n)*)))")
    file = rf"(?>(?:{line})*)"
    one = (rf"(?P<indent>[ ]*+)(?P<dashes>{dashes})(?:(?P<key>{key})"
           rf"(?:[ ]++(?:(?P<plain>{plain})|{flow}|{quoted})|){end}"
           rf"|(?<=[ ])(?:(?P<item>{item})|{flow}|{quoted}){end})")
    return file, one


FILE = re.compile(expressions(_of_bytes)[0].encode("ascii"))
"""A clean file, whole, as bytes of KNOWN characters."""


def whole(text: str) -> bool:
    """Whether every line of the text is clean."""
    return KNOWN.fullmatch(text) is not None and FILE.fullmatch(as_bytes(text)) is not None
