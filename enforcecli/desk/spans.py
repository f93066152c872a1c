"""Which of many places in a file contain a given one, without asking each."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from enforcecli.model.problem import Span

_Point = tuple[int, int]


class Spans:
    """Places by where they begin; of equal ones the first. Each knows the nearest one before it that still goes on there, so
    that those around a place are found by climbing: in a file they are as many as its levels."""

    def __init__(self, spans: Sequence[Span | None]) -> None:
        first: dict[Span, int] = {}
        for n, span in enumerate(spans):
            if span is not None:
                first.setdefault(span, n)
        placed = sorted((_start(s), _neg(_end(s)), n) for s, n in first.items())
        self._starts = [start for start, _, _ in placed]
        self._ends = [_neg(end) for _, end, _ in placed]
        self._index = [n for _, _, n in placed]
        self._around: list[int] = []
        open_: list[int] = []
        for i, start in enumerate(self._starts):
            while open_ and self._ends[open_[-1]] < start:
                open_.pop()
            self._around.append(open_[-1] if open_ else -1)
            open_.append(i)

    def containing(self, place: Span | None) -> Iterator[int]:
        """The numbers of the spans within which the place lies."""
        if place is None:
            return
        i, end = bisect_right(self._starts, _start(place)) - 1, _end(place)
        while i >= 0:
            if self._ends[i] >= end:
                yield self._index[i]
            i = self._around[i]

    def inside(self, place: Span | None) -> Iterator[int]:
        """The numbers of the spans that lie within the place."""
        if place is None:
            return
        end = _end(place)
        for i in range(bisect_left(self._starts, _start(place)), bisect_right(self._starts, end)):
            if self._ends[i] <= end:
                yield self._index[i]


def _start(span: Span) -> _Point:
    return span.line, span.column


def _end(span: Span) -> _Point:
    return span.end_line, span.end_column


def _neg(point: _Point) -> _Point:
    return -point[0], -point[1]
