"""Slips inside one plain value: a first character that means something to YAML, a colon and a
space in the middle, a “#” that cuts it."""

from __future__ import annotations

import re

from msgspec.structs import replace

from enforcecli.model.problem import Edit
from enforcecli.text.found import Found, found, quoted

WIDE = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
"""White space that YAML takes for letters."""
GAP = re.compile(f"[ \t{WIDE}]*")
HAS_WIDE = re.compile(f"[{WIDE}]")
_COMMENT = re.compile(r"[ \t]#")
_LOOKS_CUT = re.compile(r"(?<![ \t])[ \t]#(?=[^\s#!])|[ \t]#(?=[0-9０-９])")
_NODE_PROPERTY = re.compile(r"[&*][A-Za-z0-9_-]+(?=[\s,\]}]|\Z)|![!<A-Za-z](?=[\x21-\x7e]*(?:[\s,\]}]|\Z))")
_BELOW = re.compile(r"[^\r\n]*(?:\r?\n[ \t]*(?:#[^\r\n]*)?)*\r?\n([ \t]*)(?=[^\s#])")
"""The indentation of the next line that holds something."""
_YEAR_IN_BRACKETS = re.compile(r"[\[［]([0-9０-９]{4})[\]］](?=[ 第0-9０-９])")
SPECIAL = "%@`&*!|>"
_ENDS = r"[ \t]*(?:[,，\]}］｝】」\r\n]|\Z|[ \t]#)"
_PLAIN_LIST = re.compile(r"[［｛][^\[\]{}［］｛｝\r\n]*(?:[\]}]|[］｝]" + _ENDS + ")")
_WORD = (r"(?:《[^《》\r\n]{1,40}》|[\u3400-\u9fff]{1,30}(?:法|条例|办法|规定|规则|细则|决定)"
         r"|[\u3400-\u9fff·〇]{1,4}|[0-9A-Za-z.\-]{1,10})")
_KEY = r"[^\s:：，。；！？、,;\"'\[\]{}#“”【】「」]{1,20}"
_LIST = re.compile(rf"【[ \t]*(?:[{{\[｛「［\"'][^【】\r\n]*|{_WORD}(?:[，、；,][ \t]*{_WORD})+"
                   rf"|(?:[\u3400-\u9fff]{{1,30}}(?:法|条例)|《[^《》\r\n]{{1,40}}》))[ \t]*[】\]]{_ENDS}")
_GROUP = re.compile(rf"「[ \t]*{_KEY}(?:: |[:：][^「」{{}}\r\n]*?[，、；,][ \t]*{_KEY}[:：])"
                    rf"[^「」{{}}\r\n]*[」}}]{_ENDS}")
_WIDE_BRACKETS = {"［": _PLAIN_LIST, "｛": _PLAIN_LIST, "【": _LIST, "「": _GROUP}
_PARENTHESES = {"（": "）", "(": ")", "〔": "〕"}
_IN_PARENTHESES = re.compile(rf"[（(〔][ \t{WIDE}]*{_KEY}: [^{{}}\r\n]*?[，、；,;][ \t{WIDE}]*{_KEY}: [^{{}}\r\n]*[）)〕]")
"""Several keys with values, as one writes them in {…}; in prose too somebody may set things out so."""
_GROUPED = re.compile(r"(?:人民币)?[ ]?[￥¥]?[ ]?[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]{1,9})?[ ]?[万亿]?[元圆块]?整?"
                      r"(?=[ \t]*(?:[,，}｝」\r\n]|\Z|[ \t]#))")


def wide_gap(text: str, start: int, end: int, code: str = "Y107", instead: str = " ") -> Found | None:
    """The white space start..end if YAML would not see it as such."""
    match = HAS_WIDE.search(text, start, end)
    if match is None:
        return None
    return found(code, match.start(), end, Edit(start, end, instead), character=f"U+{ord(match[0]):04X}")


def opens_wide(text: str, at: int) -> bool:
    """Whether the character at `at` is a full-width bracket typed for [ or {. 【…】 and 「…」 are marks of
    prose too: they are brackets only around what can be nothing but a list, or keys with values."""
    pattern = _WIDE_BRACKETS.get(text[at:at + 1])
    return pattern is not None and pattern.match(text, at) is not None


def in_parentheses(text: str, start: int, end: int) -> Found | None:
    """（日期: …, 种类: …）: keys in brackets of prose. Whether {…} was meant, only the author knows."""
    value = text[start:comment_start(text, start, end)].rstrip()
    if _PARENTHESES.get(value[:1]) != value[-1:] or _IN_PARENTHESES.fullmatch(value) is None:
        return None
    stop = start + len(value)
    slip = found("Y114", start, stop)
    return replace(slip, silent=(Edit(start, start + 1, "{"), Edit(stop - 1, stop, "}")))


def grouped_amount(text: str, start: int) -> Found | None:
    """12,000.00元 as a value in braces, which YAML cuts at the comma."""
    match = _GROUPED.match(text, start)
    if match is None:
        return None
    good = match[0].replace(",", "")
    return found("Y127", start, match.end(), Edit(start, match.end(), good), written=match[0], good=good)


def comment_start(text: str, start: int, end: int) -> int:
    """Where the value start..end ends because a comment begins, white space before it excluded."""
    if text.startswith("#", start) and text[start - 1:start] in {" ", "\t"}:
        return start
    match = _COMMENT.search(text, start, end)
    return len(text[start:match.start()].rstrip()) + start if match else end


def cut_by_comment(text: str, start: int, end: int) -> Found | None:
    """“一组 #3 号”: the rest is a comment to YAML, and hardly to the author. A comment set off by
    two spaces, or with a space after the #, is taken as meant."""
    at = comment_start(text, start, end)
    if at == end:
        return None
    at = text.index("#", at)
    match = _LOOKS_CUT.match(text, at - 1, end)
    if match is None:
        return None
    return found("Y120", at, end, rest=text[at:end].strip())


def year_brackets(text: str, start: int, end: int) -> Found | None:
    """[2026]3号 where YAML sees a list."""
    match = _YEAR_IN_BRACKETS.match(text, start, end)
    if match is None:
        return None
    opening, closing = match.start(), match.end() - 1
    return found("Y125", opening, match.end(), Edit(opening, opening + 1, "〔"), Edit(closing, closing + 1, "〕"),
                 year=match[1])


def key_slip(text: str, start: int, end: int) -> Found | None:
    """A key (without its colon) that begins with a mark of YAML: &甲: …"""
    if text[start] not in SPECIAL or _NODE_PROPERTY.match(text, start, end):
        return None
    key = text[start:end].rstrip()
    return found("Y121", start, start + 1, Edit(start, start + len(key), quoted(key)), character=key[0])


def _stands_alone(text: str, value: str, end: int) -> bool:
    """`案由: *x` in a file that neither names nor calls an x, and nothing below it: a mark typed as text."""
    partner = {"*": "&", "&": "*"}.get(value[0], "") + value[1:]
    if re.search(r"\s", value) or value.startswith("!!") or (value[0] != "!" and partner in text):
        return False
    line = text[text.rfind("\n", 0, end) + 1:end]
    below = _BELOW.match(text, end)
    return below is None or len(below[1]) <= len(line) - len(line.lstrip(" -"))


def plain_slip(text: str, start: int, end: int, *, one_line: bool = True) -> Found | None:
    """The slip of the plain value start..end (without comment and outer white space), if any.
    Without `one_line` the value goes on below and cannot simply be quoted."""
    value = text[start:end]
    group = in_parentheses(text, start, end) if value[:1] in _PARENTHESES else None
    if group is not None:
        return group
    edits = (Edit(start, end, quoted(value)),) if one_line else ()
    if value[:1] in SPECIAL and value:
        if _NODE_PROPERTY.match(value) and not (one_line and _stands_alone(text, value, end)):
            return None  # an anchor, an alias or a tag, refused as such
        return found("Y121", start, start + 1, *edits, character=value[0])
    if value.startswith(("- ", "? ")) or value == "-":
        return None
    at = value.find(": ")
    if at < 0 and value.endswith(":"):
        at = len(value) - 1
    if at < 0:
        return None
    return found("Y122", start + at, start + at + 1, *edits)
