"""A file as the layers above see it: bytes → text, nodes and problems with places."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from typing import Any

from enforcecli.model.problem import Edit, Level, Problem, Span
from enforcecli.text import nodes, prescan, tree
from enforcecli.text.decode import decode
from enforcecli.text.found import MOST, Found, apply, found
from enforcecli.text.nodes import Node, ScalarNode

_BREAK = re.compile(r"\r\n|\r|\n")


class Document:
    """One file. `text` is as decoded (no byte order mark, line ends as they are; "" if refused);
    `root` is None for a file that is empty, refused, or no YAML; `problems` are placed.

    Where slips could be mended in memory the nodes come from the mended text; `span` and
    `offsets` always speak of `text`.
    """

    __slots__ = ("_made", "_shifts", "_starts", "file", "problems", "root", "text")

    def __init__(self, text: str, file: str) -> None:
        self.text = text
        self.file = file
        self.root: Node | None = None
        self.problems: tuple[Problem, ...] = ()
        self._made: list[Edit] = []
        self._shifts: list[tuple[int, int, int]] | None = None  # where each edit made begins and ends, and the shift behind it
        self._starts: list[int] | None = None

    def span(self, node: Node) -> Span:
        """The place of a node of this document, in lines and characters from 1."""
        return self.span_of(*self.offsets(node))

    def offsets(self, node: Node) -> tuple[int, int]:
        """Where the node stands in `text` (0-based, quotes and brackets included), for edits."""
        start, last = node.start_mark.index, node
        while last.__class__ is not ScalarNode and not last.flow_style and last.value:
            child = last.value[-1]
            last = child if child.__class__ is not tuple else child[1] if _written(child[1]) else child[0]
        end = last.end_mark.index
        if self._made:
            start, end = self._original(start), self._original(end, after=True)
        return start, max(start, len(self.text[start:end].rstrip()) + start)

    def span_of(self, start: int, end: int) -> Span:
        """The place of the characters start..end of `text`."""
        if self._starts is None:
            self._starts = [0, *(m.end() for m in _BREAK.finditer(self.text))]
        line, last = bisect_right(self._starts, start), bisect_right(self._starts, end)
        return Span(line, start - self._starts[line - 1] + 1, last, end - self._starts[last - 1] + 1)

    def _original(self, offset: int, *, after: bool = False) -> int:
        """An offset of the mended text in the text as it was; inside an edit, its start (or end)."""
        if self._shifts is None:
            shift, self._shifts = 0, []
            for edit in self._made:
                begin = edit.start + shift
                shift += len(edit.text) - (edit.end - edit.start)
                self._shifts.append((begin, begin + len(edit.text), shift))
        n = bisect_left(self._shifts, (offset,)) - 1
        if n < 0:
            return offset
        _, end, shift = self._shifts[n]
        if offset < end:
            return self._made[n].end if after else self._made[n].start
        return offset - shift

    def _place(self, slips: Iterable[Found], mended: bool) -> list[Problem]:
        placed = []
        for slip in slips:
            start, end = slip.start, slip.end
            if mended and self._made:
                start, end = self._original(start), self._original(end, after=True)
            placed.append(Problem(slip.code, slip.args, (), False, self.file, self.span_of(start, max(start, end)),
                                  slip.level, None, slip.edits))
        return placed


def lines(text: str) -> list[str]:
    """The lines of a text as places count them: unlike `splitlines`, which also breaks at characters
    that are refused, such as U+2028."""
    return _BREAK.split(text)


def _written(node: Node) -> bool:
    return node.__class__ is not ScalarNode or node.end_mark.index > node.start_mark.index


def parse(data: bytes, file: str, *, pure: bool = False) -> Document:
    """The document in the bytes of a file. Never raises; whatever is wrong is a problem.

    `file` is the name shown; `pure` reads with the parser in pure Python.
    """
    decoded = decode(data)
    document = Document(decoded.text or "", file)
    problems = [] if decoded.problem is None else [decoded.problem.at(file, decoded.problem.span)]
    if decoded.text is not None:
        problems += _read(document, pure)
    document.problems = tuple(problems)
    return document


def _read(document: Document, pure: bool) -> list[Problem]:
    text = document.text
    clean, slips = prescan.scan(text)
    mended = text if clean else text.replace("\t", " ")  # the parsers disagree where a tab may stand
    if slips:
        if "\t" in text:
            from enforcecli.text.tabs import undecided

            slips = undecided(text, slips)
        mended, document._made = apply(mended, [e for s in slips for e in (*(s.edits or ()), *s.silent)])
    if any(slip.code == "Y208" for slip in slips):
        return _told(document, [s for s in slips if s.code], [])
    root, refused = nodes.compose(mended, pure=pure, plain=clean)
    if root is None and not refused:
        refused = [found("Y201", 0, 0)]
    elif root is not None:
        usable, wrong = tree.check(root, mended, plain=clean)
        refused += wrong
        document.root = root if usable else None
    if not slips and not refused:
        return []
    return _told(document, [s for s in slips if s.code], refused)


def _told(document: Document, slips: list[Found], refused: list[Found]) -> list[Problem]:
    """All problems in the order of the text. A slip that could not be mended explains whatever YAML
    then makes of the file; so does any slip on the same line, but a mere warning explains nothing."""
    if document.root is not None:  # the parser found the bracket's other half
        slips = [s for s in slips if s.code != "Y221"]
    early, late = document._place(slips, False), document._place(refused, True)
    if document.root is None and any(_is_error(s) and (s.edits is None or len(slips) >= MOST) for s in slips):
        late = []  # or the scan gave up before the end
    lines = {p.span.line for p, slip in zip(early, slips, strict=True) if p.span and late and _is_error(slip)}
    late = [p for p in late if p.code in _OWN or p.span is None or p.span.line not in lines]
    return sorted(early + late, key=_order)


_OWN = frozenset({"Y202", "Y203", "Y204", "Y205", "Y206", "Y207", "Y208", "Y209", "Y210", "Y211"})


def _is_error(slip: Found) -> bool:
    from enforcecli.problems import kind

    return (slip.level or kind(slip.code).level) is Level.ERROR


def _order(problem: Problem) -> tuple[Any, ...]:
    span = problem.span
    return (span.line, span.column, problem.code) if span else (0, 0, problem.code)
