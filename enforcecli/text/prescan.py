"""The look at the raw text before YAML: one expression that a clean file matches as a whole, and,
for a file that does not, the slow scans that name each slip."""

from __future__ import annotations

import re

from enforcecli.text import characters
from enforcecli.text.found import Found
from enforcecli.text.skim import Skim

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
_PLAIN = rf"[{_FIRST}](?:[{_PROSE}]|:(?=\S))*+"
_ITEM = rf"[{_FIRST}][{_PIECE}，、]*+"
_BLOCK = r"[|>][+-]?+[ ]*+\r?+\n"
_LINE = (rf"([ ]*+)(?:"
         rf"(?:-[ ]++)*+{_KEY}(?:[ ]++(?:{_PLAIN}|{_FLOW}|{_QUOTED}))?+{_END}"
         rf"|(?:-[ ]++)++(?:{_ITEM}|{_FLOW}|{_QUOTED}){_END}"
         rf"|{_KEY}[ ]++{_BLOCK}(?:(?:\1 [{_ANY}]*+|[ ]*+)\r?+\n)*+"
         rf"|-[ ]{_KEY}[ ]++{_BLOCK}(?:(?:\1   [{_ANY}]*+|[ ]*+)\r?+\n)*+"
         rf"|\#[{_ANY}]*+\r?+(?:\n|\Z)|\r?+\n)")
CLEAN = re.compile(rf"(?:{_LINE})*+")


def scan(text: str) -> tuple[bool, list[Found]]:
    """Whether the text is clean (and so holds nothing YAML reads in a special way), and its slips."""
    if CLEAN.fullmatch(text):
        return True, []
    return False, [*characters.scan(text), *Skim(text).found]
