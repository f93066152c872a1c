"""How wide the columns of a table are: as their texts want it, within the width of the page."""

from __future__ import annotations

import re
from collections.abc import Sequence

from wcwidth import wcswidth

_WORD = re.compile(r"[!-~]+")


def column_widths(rows: Sequence[Sequence[str]], width: int, *, size: int, margin: int) -> tuple[int, ...]:
    """Widths in twentieths of a point that add up to `width`. `size`: of the type, in half points;
    `margin`: beside a cell's text, both sides together. Columns with little text get what it needs,
    the others share the rest by their longest text; a figure is broken nowhere if that can be."""
    half = size * 5  # half a Chinese character: the unit wcwidth counts in
    columns = list(zip(*rows, strict=True))
    wanted = [max((_cells(cell) for cell in column), default=0) * half + margin for column in columns]
    least = [min(max((_least(cell) for cell in column), default=0) * half + margin, width // len(columns))
             for column in columns]
    return _shared(wanted, least, width)


def _cells(text: str) -> int:
    return max(wcswidth(text), 2)


def _least(text: str) -> int:
    """The longest piece that is not broken over lines; at least two Chinese characters."""
    return max([4, *(len(word) for word in _WORD.findall(text))])


def _shared(wanted: list[int], least: list[int], width: int) -> tuple[int, ...]:
    if sum(wanted) <= width:
        given = [width * w // sum(wanted) for w in wanted] if len(set(wanted)) == 1 else _grown(wanted, width)
    else:
        given = _fitted(wanted, least, width)
    given[max(range(len(given)), key=lambda at: (wanted[at], -at))] += width - sum(given)
    return tuple(given)


def _grown(wanted: list[int], width: int) -> list[int]:
    """There is room: each gets what it wants and its part of the rest."""
    rest = width - sum(wanted)
    return [w + rest * w // sum(wanted) for w in wanted]


def _fitted(wanted: list[int], least: list[int], width: int) -> list[int]:
    """There is not: whoever wants no more than a fair part gets it, the others share what is left."""
    given: dict[int, int] = {}
    for at in sorted(range(len(wanted)), key=lambda i: (wanted[i], i)):
        left = width - sum(given.values())
        fair = left // (len(wanted) - len(given))
        given[at] = max(min(wanted[at], fair), least[at])
    return [given[at] for at in range(len(wanted))]
