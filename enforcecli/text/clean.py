"""What a clean line looks like: nothing to name, nothing YAML reads in a special way.

Nearly every line of every file is clean, so this is what the speed of reading hangs on. It may call
a harmless line unclean (the slow scan then finds nothing), never an unclean line clean.
"""

from __future__ import annotations

import re

# Letters of every clean place: ASCII but for the marks of YAML, ideographs, Chinese punctuation.
_HAN = r"\u3400-\u4dbf\u4e00-\u9fff〇"
_MARKS = r"·×—‘’“”…、。〈〉《》「」『』【】〔〕①-⑳√，！；？（）％＋－．／～￥Ⅰ-Ⅻ０-９Ａ-Ｚａ-ｚ"
_ANY = rf"\x20-\x7e{_HAN}{_MARKS}：＂＃＆＇＊＜＝＞＠［］＿｛｝"
_PROSE = rf"\x20-\x22\x24-\x39\x3b-\x7e{_HAN}{_MARKS}："  # all but # and :
_FIRST = rf"0-9A-Za-z_/.+~(={_HAN}《〔（“【①-⑳…￥"
_LETTER = rf"0-9A-Za-z_{_HAN}《"
_PIECE = rf" 0-9A-Za-z_/.+~()=%<>@$^;\-{_HAN}《》〈〉〔〕（）“”‘’【】①-⑳…￥·×—。！？％／～"  # no separators

# Quantifiers are possessive: each line is matched in one way or not at all.
_END = rf"[ ]*+(?:#(?:(?<= #)(?=[ \r\n])|(?<=  #)(?![0-9]))[{_ANY}]*+)?+\r?+(?:\n|\Z)"
_KEY = rf"[{_LETTER}][{_LETTER}》〔〕（）()·.\-]*+:(?=[ \r\n]|\Z)"
_QUOTED = (rf'(?:"[\x20\x21\x23-\x5b\x5d-\x7e{_HAN}{_MARKS}：]*+"'
           rf"|'[\x20-\x26\x28-\x7e{_HAN}{_MARKS}：]*+')")
_PAIR = rf"{_KEY}[ ]++(?:[{_FIRST}][{_PIECE}，、]*+(?=[,}}])|(?=[\[{{\"']))"
_FLOW = (rf"[\[{{](?:(?:,[ ]++)?+{_PAIR}|(?:,[ ]++)?+[{_LETTER}〔][{_PIECE}]*+(?=[,\]}}])|[\[{{][ ]*+"
         rf"|[\]}}](?=[ ]*+(?:[,\]}}\r\n]|[ ]\#|\Z))|[ ]*+,(?:[ ]*+\r?+\n)?+[ ]*+"
         rf"|{_QUOTED}(?=[ ]*+[,\]}}]))*+(?<=[\]}}])")
_PLAIN = rf"[{_FIRST}][{_PROSE}]*+(?::(?=\S)[{_PROSE}]*+)*+"
_ITEM = rf"[{_FIRST}][{_PIECE}，、]*+"
_BLOCK = r"[|>][+-]?+[ ]*+\r?+\n"
_KEY_LINE = rf"(?:-[ ]++)*+{_KEY}(?:[ ]++(?:{_PLAIN}|{_FLOW}|{_QUOTED}))?+{_END}"
_ITEM_LINE = rf"(?:-[ ]++)++(?:{_ITEM}|{_FLOW}|{_QUOTED}){_END}"
_LINE = (rf"([ ]*+)(?:{_KEY_LINE}|{_ITEM_LINE}"
         rf"|{_KEY}[ ]++{_BLOCK}(?:(?:\1 [{_ANY}]*+|[ ]*+)\r?+\n)*+"
         rf"|-[ ]{_KEY}[ ]++{_BLOCK}(?:(?:\1   [{_ANY}]*+|[ ]*+)\r?+\n)*+"
         rf"|\#[{_ANY}]*+\r?+(?:\n|\Z)|\r?+\n)")
FILE = re.compile(rf"(?:{_LINE})*+")
"""A clean file, whole."""
LINE = re.compile(rf"(?P<indent>[ ]*+)(?P<dashes>(?:-[ ]++)*+)(?:(?P<key>{_KEY})"
                  rf"(?:[ ]++(?:(?P<plain>{_PLAIN})|{_FLOW}|{_QUOTED}))?+{_END}"
                  rf"|(?<=[ ])(?:(?P<item>{_ITEM})|{_FLOW}|{_QUOTED}){_END})")
"""One clean line (or a value in brackets over several), its dashes, key and plain value by name. An
item without a dash before it does not match as such: see `line`."""


def line(text: str, start: int) -> re.Match[str] | None:
    """The clean line at `start`, if it is one."""
    match = LINE.match(text, start)
    return match if match and (match["key"] is not None or match["dashes"]) else None
