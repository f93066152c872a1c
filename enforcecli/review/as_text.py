"""The review at the terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import takewhile

from enforcecli.language import _
from enforcecli.output.tables import table
from enforcecli.output.width import COLUMNS, flow, hang, width
from enforcecli.review.report import Cell, Column, Kind, Report, Table, shown
from enforcecli.review.tabling import listed

MOST = 60
"""Rows of a table at the terminal; the other formats hold all of them."""
NARROW = 24
"""Of the words before the numbers at least so many characters stand on a line."""


def lines(report: Report, *, cases: bool = False) -> Iterator[str]:
    """`cases`: under each table the cases behind its numbers."""
    yield flow(report.title)
    yield "=" * min(COLUMNS, width(flow(report.title)))
    for words in report.words:
        yield from hang("", flow(words))
    for section in report.sections:
        yield ""
        yield _("【{title}】").format(title=section.title)
        for one in section.tables:
            yield ""
            yield from _table(one, cases)
    yield ""
    yield _("【口径说明】")
    for number, note in enumerate(report.notes, 1):
        yield from hang(f"{number}. ", flow(note))
    if report.zero:
        yield ""
        yield from report.sign


def cell_text(cell: Cell, column: Column) -> str:
    return shown(cell.value, cell.kind or column.kind)


def _table(one: Table, cases: bool) -> Iterator[str]:
    yield one.title
    rows = [[flow(cell_text(cell, column)) for cell, column in zip(row, one.columns, strict=True)]
            for row in (*one.rows[:MOST], *((one.total,) if one.total is not None else ()))]
    for part, some in enumerate(parts(one, rows)):
        right = frozenset(j for j, at in enumerate(some) if _is_number(one.columns[at]))
        whole = frozenset(j for j, at in enumerate(some) if one.columns[at].kind is not Kind.TEXT)
        if part:
            yield ""
        yield from table([one.columns[j].label for j in some], [[row[j] for j in some] for row in rows], right=right,
                         whole=whole, indent="  ", footer=one.total is not None)
    if len(one.rows) > MOST:
        yield _("  另有 {count} 行，见 --format json、csv、xlsx、html").format(count=len(one.rows) - MOST)
    if one.note:
        yield from hang("  ", _("注：{note}").format(note=one.note))
    if cases:
        for words in traces(one):
            yield from hang("  ", words)


def _is_number(column: Column) -> bool:
    return column.kind not in (Kind.TEXT, Kind.DATE)


def parts(one: Table, rows: Sequence[Sequence[str]]) -> list[list[int]]:
    """The columns that stand beside each other: all of them, or, where a table of numbers is too wide for
    the screen though the words before them turn over, some at a time behind the first."""
    sizes = [max(width(column.label), *(width(row[j]) for row in rows)) + 2 for j, column in enumerate(one.columns)]
    if sum(sizes) <= COLUMNS or not all(map(_is_number, one.columns[1:])):
        return [list(range(len(sizes)))]
    first = min(sizes[0], NARROW)
    found, room = [[0]], COLUMNS - first
    for j in range(1, len(sizes)):
        if sizes[j] > room and len(found[-1]) > 1:
            found.append([0])
            room = COLUMNS - first
        found[-1].append(j)
        room -= sizes[j]
    return found


def _is_words(pair: tuple[Cell, Column]) -> bool:
    return pair[1].kind is Kind.TEXT


def traces(one: Table) -> Iterator[str]:
    """Row and column of each number, and its cases."""
    for row in (*one.rows, *((one.total,) if one.total is not None else ())):
        head = " ".join(flow(cell_text(c, k)) for c, k in takewhile(_is_words, zip(row, one.columns, strict=True)))
        for cell, column in zip(row, one.columns, strict=True):
            if cell.cases and column.kind is not Kind.TEXT:
                yield _("{row} · {column}：{cases}").format(row=head, column=column.label, cases=flow(listed(cell.cases)))
