"""How wide the columns of a table are: as their texts want it, within the width of the page."""

from __future__ import annotations

import re
from collections.abc import Sequence
from math import isqrt

from wcwidth import wcswidth

_WHOLE = re.compile(r"[0-9]{4}年[0-9]{1,2}月[0-9]{1,2}日|〔[0-9]{4}〕[0-9]+号|[!-~]+")
"""What is hard to read over two lines: figures, dates, the year and number of a document."""
_SCRIPTS_MEET = re.compile(r"(?<=[!-~])(?=[⺀-鿿])|(?<=[⺀-鿿])(?=[!-~])")
_LATIN = re.compile("[!-~]+")
_LEAST = 4


def column_widths(rows: Sequence[Sequence[str]], width: int, *, size: int, margin: int) -> tuple[int, ...]:
    """Widths in twentieths of a point that add up to `width`. `size`: of the type, in half points;
    `margin`: beside a cell's text, both sides together. If all texts fit on one line each, what is
    left goes to the columns by their texts; else long texts turn over, and no column gets less than
    its longest figure or date, if that can be."""
    half = size * 5  # half a Chinese character: the unit wcwidth counts in
    columns = list(zip(*rows, strict=True))
    wanted = [max(map(_cells, column)) * half + margin for column in columns]
    least = [min(max(map(_least, column)) * half + margin, want) for column, want in zip(columns, wanted, strict=True)]
    if sum(wanted) <= width:
        given = _shared(wanted, width - sum(wanted), wanted)
    elif sum(least) <= width:
        given = _turned_over(wanted, least, width)
    else:
        given = [width * part // sum(least) for part in least]
    given[max(range(len(given)), key=lambda at: (wanted[at], -at))] += width - sum(given)
    return tuple(given)


def _cells(text: str) -> int:
    """The length in halves of a character; a quarter of one is set between figures and Chinese, and figures
    are up to an eighth wider than half a character in the fonts that are not monospaced."""
    meetings, figures = len(_SCRIPTS_MEET.findall(text)), sum(map(len, _LATIN.findall(text)))
    return max(wcswidth(text) + (meetings + 1) // 2 + (figures + 7) // 8, _LEAST)


def _least(text: str) -> int:
    """The longest piece that should not be broken over lines; at least two Chinese characters."""
    return max([_LEAST, *(_cells(piece) for piece in _WHOLE.findall(text))])


def _shared(base: list[int], rest: int, parts: list[int]) -> list[int]:
    return [have + rest * part // sum(parts) for have, part in zip(base, parts, strict=True)]


def _turned_over(wanted: list[int], least: list[int], width: int) -> list[int]:
    """A text four times as long gets twice the width: rows stay low and no column starves. Columns
    bound by what they want or need are set first, the others share what is left."""
    given: dict[int, int] = {}
    weights = [isqrt(want) for want in wanted]
    while len(given) < len(wanted):
        free = [at for at in range(len(wanted)) if at not in given]
        left, whole = width - sum(given.values()), sum(weights[at] for at in free)
        share = {at: left * weights[at] // whole for at in free}
        bound = {at: least[at] for at in free if share[at] < least[at]}
        bound = bound or {at: wanted[at] for at in free if share[at] > wanted[at]}
        given |= bound or share
    return [given[at] for at in range(len(wanted))]
