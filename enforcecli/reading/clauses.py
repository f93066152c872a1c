"""The clauses of a published measure, addressed the way its own text counts them.

Two layouts are read, alone or mixed: 一、 →（一）→ 1、→（1）→ ① and 第×条 →（一）→ 1. → （1）. Marks are
compared after NFKC, so １ and 1, （ and ( are the same; 第20条 is 第二十条.

An unnumbered line belongs to the nearest clause above it that is only a heading (or an article):
the closing sentence under 四 stands after 四（三）2 but is no part of it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from msgspec import Struct

Mark = tuple[str, int]
"""One step of a cite path: the layout of the mark (article, cn, cn-paren, num, num-paren, ring,
paragraph) and its number; 第十条之一 counts as article 10001 after article 10."""

PREAMBLE = "序言"
"""Names the unnumbered lines before the first clause."""

_DIGITS = {"零": 0, "〇": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7,
           "八": 8, "九": 9}
_SCALES = {"十": 10, "百": 100, "千": 1000}
_CN = "[零〇一二两三四五六七八九十百千]{1,9}"
_RINGS = {ord("①") + i: f"〘{i + 1}〙" for i in range(20)}
_WIDE_DIGITS = {ord("０") + i: str(i) for i in range(10)}
_RESIDUE = re.compile("[\ue000-\uf8ff\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
_AFTER_DIVISION = 10000  # 第十条之一 … kept apart from plain articles

_LINE_MARKS = (
    ("article", re.compile(rf"第\s*({_CN}|[0-9]{{1,4}})\s*条(?:\s*之\s*({_CN}|[0-9]{{1,2}}))?"
                           r"(?!的|款|第|所|之|规定的)")),
    ("cn-paren", re.compile(rf"\(\s*({_CN})\s*\)[、.]?")),
    ("num-paren", re.compile(r"\(\s*([0-9]{1,3})\s*\)[、.]?")),
    ("ring", re.compile(r"〘([0-9]{1,2})〙[、.]?")),
    ("cn", re.compile(rf"({_CN})\s*[、.](?!\s*{_CN}[、,])")),
    ("num", re.compile(r"([0-9]{1,3})\s*(?:、|[.](?![0-9])|\)(?=\D))")),
)
_CITE_MARKS = (
    ("article", re.compile(rf"第({_CN}|[0-9]{{1,4}})条(?:之({_CN}|[0-9]{{1,2}}))?")),
    ("paragraph", re.compile(rf"第({_CN}|[0-9]{{1,2}})款")),
    ("cn-paren", re.compile(rf"第?\(({_CN})\)项?")),
    ("num-paren", re.compile(r"第?\(([0-9]{1,3})\)[目项]?")),
    ("ring", re.compile(r"〘([0-9]{1,2})〙")),
    ("cn-paren", re.compile(rf"第({_CN})项")),
    ("num", re.compile(r"(?:第([0-9]{1,3})[项目]|([0-9]{1,3})[、.]?)")),
)
_CITE_TOP = re.compile(rf"({_CN})、?")
_PART_NAME = re.compile(r"[^0-9()第〘〙\s][^0-9()〘〙\s]{0,19}")
_DIVISION = re.compile(rf"第\s*(?:{_CN}|[0-9]{{1,3}})\s*[编章节](?:\s|$|[^的条])")
_INLINE = re.compile(rf"(?<=[:：；;。])\s*(?=[(（](?:{_CN}|[0-9０-９]{{1,2}})[)）])")
_LAW = "法典|法|条例|规定|办法|决定|细则|规则|解释|准则|规范|通则|意见|通知|批复"
_EXTERNAL = re.compile(rf"《?[^第《》]{{1,60}}?(?:{_LAW})》?(?:\([^()]{{1,20}}\))?(?:第.{{1,40}})?")
_SELF = re.compile(r"^(?:本办法|本规定|本制度|本细则|本条例|本规则)")
_ENDS = "。；：，、;:,.！？!?…"


class Line(Struct, frozen=True):
    """A piece of a line of the source: its 1-based number, the text after its mark, and whether it
    is only a heading (it ends without punctuation)."""

    number: int
    text: str
    heading: bool


class Clause(Struct, frozen=True):
    """`path` is () for what stands before the first clause; `lines` are the clause's own, without
    those of the clauses under it."""

    path: tuple[Mark, ...]
    lines: tuple[Line, ...]

    @property
    def text(self) -> str:
        return "\n".join(line.text for line in self.lines)


def resolve(source: str, cite: str) -> str | None:
    """The text of the clause a cite names, its sub-clauses included; None if there is no such
    clause. A named part (八（二）但书, 三（三）原则) may follow; the whole clause is returned."""
    clauses = _parse(source)
    path = cite_path(cite)
    if path is None:
        return None
    if not path:
        found = [c for c in clauses if not c.path]
    else:
        paragraph = next((i for i, mark in enumerate(path) if mark[0] == "paragraph"), None)
        if paragraph is not None:
            return _paragraph(clauses, path, paragraph)
        found = [c for c in clauses if c.path[:len(path)] == path]
    return "\n".join(c.text for c in found) if found else None


@lru_cache(maxsize=1024)
def cite_path(cite: str) -> tuple[Mark, ...] | None:
    """The marks of a cite within the measure; None if it cannot be read as one. 序言 is ()."""
    rest = _SELF.sub("", _plain(cite), count=1)
    if rest == PREAMBLE:
        return ()
    path: list[Mark] = []
    while rest:
        step = _cite_step(rest, first=not path)
        if step is None:
            break
        mark, end = step
        path.append(mark)
        rest = rest[end:].lstrip("、")
    if not path or (rest and not _PART_NAME.fullmatch(rest)):
        return None
    return tuple(path)


def is_external(cite: str) -> bool:
    """Whether the cite starts with a law's name (国家赔偿法第十六条): it is then the author's
    reading of another text, needs `basis`, and is not looked for in the source."""
    plain = _plain(cite)
    return (cite_path(cite) is None and _SELF.match(plain) is None
            and _EXTERNAL.fullmatch(plain) is not None)


def contains_verbatim(source: str, text: str) -> bool:
    """Whether `text` is a piece of `source`, white space, converter residue (private-use
    characters) and the width of digits aside; every other character must agree."""
    wanted = _bare(text)
    return bool(wanted) and wanted in _bare(source)


def parse(source: str) -> tuple[Clause, ...]:
    """All clauses in the order of the source, each with its own lines."""
    return _parse(source)


def sentences(clause: Clause) -> Iterator[tuple[int, str]]:
    """(line number, sentence) of what the clause itself says: headings and words that only lead
    in to a list (they end with a colon) left out."""
    for line in clause.lines:
        if line.heading:
            continue
        for sentence in re.split(r"(?<=[。；！？])", line.text):
            words = sentence.strip()
            if words and words[-1] not in "：:":
                yield line.number, words


@lru_cache(maxsize=16)
def _parse(source: str) -> tuple[Clause, ...]:
    own: dict[tuple[Mark, ...], list[Line]] = {(): []}
    open_path: tuple[Mark, ...] = ()
    for number, raw in enumerate(source.splitlines(), 1):
        for piece in _INLINE.split(_clean(raw)):
            text = piece.strip()
            if not text:
                continue
            if _DIVISION.match(_plain_keep_space(text)):
                open_path = ()
                continue
            marks, rest = _line_marks(text)
            if not marks:
                home = _home(own, open_path)
                own[home].append(Line(number, rest, heading=not home))
                continue
            for mark in marks:
                open_path = _enter(open_path, mark)
                own.setdefault(open_path, [])
            own[open_path].append(Line(number, rest, heading=not rest or rest[-1] not in _ENDS))
    return tuple(Clause(path, tuple(lines)) for path, lines in own.items())


def _home(own: dict[tuple[Mark, ...], list[Line]], path: tuple[Mark, ...]) -> tuple[Mark, ...]:
    """The clause an unnumbered line belongs to."""
    for depth in range(len(path), 1, -1):
        lines = own[path[:depth]]
        if path[depth - 1][0] == "article" or (lines and lines[0].heading):
            return path[:depth]
    return path[:1]


def _enter(path: tuple[Mark, ...], mark: Mark) -> tuple[Mark, ...]:
    """The path after a mark: up to the last step of the same layout, else one step deeper."""
    if mark[0] == "article":
        return (mark,)
    for depth, step in enumerate(path):
        if step[0] == mark[0]:
            return (*path[:depth], mark)
    if mark[0] == "cn":  # 一、 never stands below another layout
        return (mark,)
    return (*path, mark)


def _line_marks(text: str) -> tuple[list[Mark], str]:
    """The marks a line begins with and what follows them, as the source writes it."""
    marks: list[Mark] = []
    rest = text
    while True:
        folded, offsets = _fold(rest[:40])
        hit = next(((kind, m) for kind, pattern in _LINE_MARKS if (m := pattern.match(folded))), None)
        if hit is None or (marks and hit[0] in ("article", "cn")):
            return marks, rest.strip()
        kind, match = hit
        marks.append((kind, _number(match)))
        rest = rest[offsets[match.end()]:].lstrip()


def _fold(text: str) -> tuple[str, list[int]]:
    """NFKC of a piece of a line, with the offset in the original of every character."""
    out: list[str] = []
    offsets: list[int] = []
    for i, char in enumerate(text):
        folded = unicodedata.normalize("NFKC", _RINGS.get(ord(char), char))
        out.append(folded)
        offsets.extend([i] * len(folded))
    return "".join(out), [*offsets, len(text)]


def _cite_step(rest: str, *, first: bool) -> tuple[Mark, int] | None:
    for kind, pattern in _CITE_MARKS:
        if match := pattern.match(rest):
            return (kind, _number(match)), match.end()
    if first and (match := _CITE_TOP.match(rest)):
        return ("cn", _number(match)), match.end()
    return None


def _paragraph(clauses: tuple[Clause, ...], path: tuple[Mark, ...], at: int) -> str | None:
    """第二条第二款: the n-th unnumbered paragraph of an article, with the items cited after it."""
    head, count, tail = path[:at], path[at][1], path[at + 1:]
    clause = next((c for c in clauses if c.path == head), None)
    if clause is None or not 1 <= count <= len(clause.lines):
        return None
    if not tail:
        return clause.lines[count - 1].text
    found = [c for c in clauses if c.path[:at + len(tail)] == head + tail]
    return "\n".join(c.text for c in found) if found else None


def _number(match: re.Match[str]) -> int:
    groups = [g for g in match.groups() if g]
    value = _value(groups[0])
    return value if len(groups) == 1 else (value * _AFTER_DIVISION) + _value(groups[1])


def _value(numeral: str) -> int:
    """12 and 十二 alike; 二〇 is read digit by digit."""
    if numeral.isascii():
        return int(numeral)
    if not any(c in _SCALES for c in numeral):
        return int("".join(str(_DIGITS[c]) for c in numeral))
    total = digit = 0
    for char in numeral:
        if char in _SCALES:
            total += (digit or 1) * _SCALES[char]
            digit = 0
        else:
            digit = _DIGITS[char]
    return total + digit


def _clean(text: str) -> str:
    """Without the residue of converters: private-use and invisible characters."""
    return _RESIDUE.sub("", text)


def _plain_keep_space(text: str) -> str:
    return unicodedata.normalize("NFKC", text.translate(_RINGS))


@lru_cache(maxsize=1024)
def _plain(text: str) -> str:
    return "".join(_plain_keep_space(_clean(text)).split())


@lru_cache(maxsize=64)
def _bare(text: str) -> str:
    """For comparing prose: no white space, no residue, digits of one width."""
    return "".join(_clean(text).split()).translate(_WIDE_DIGITS)
