"""How tallies become tables: years side by side, or one under the other where more is counted of a thing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from enforcecli.language import _
from enforcecli.review.report import Cell, Column, Kind, Table
from enforcecli.review.year import Key, Year

Years = Sequence[Year]
"""The year of the review, and the one it is compared with, if any."""
NAMED = 50


class Line(NamedTuple):
    """A row: its words, and the key whose tally it shows."""

    words: tuple[str, ...]
    key: Key


class Measure(NamedTuple):
    """A column of numbers: the keys of a row's tally, from the row's own words."""

    label: str
    key: Callable[[str], Key]
    kind: Kind = Kind.COUNT


def unstated(word: str) -> str:
    return word or _("未写明")


def year_label(year: Year) -> str:
    return _("{year} 年").format(year=year.year)


def tally(year: Year, *keys: Key) -> Cell:
    """The amounts under the keys together, and the cases behind them."""
    return Cell(sum(year.amount(*key) for key in keys), year.of(*keys))


def listed(cases: Sequence[str]) -> str:
    """Names of cases in a sentence; a great many are left to the formats that hold them all."""
    words = _("、").join(cases[:NAMED])
    return words if len(cases) <= NAMED else _("{cases} 等 {count} 件").format(cases=words, count=len(cases))


def simple(id: str, title: str, heads: Sequence[str], lines: Iterable[Line], years: Years, *, total: Key | None = None,
           kind: Kind = Kind.COUNT, note: str = "", bars: bool = False, unit: str = "") -> Table:
    """One number a row, a column a year."""
    columns = [*map(Column, heads), *(Column(year_label(y) + unit, kind) for y in years)]
    rows = tuple((*map(Cell, line.words), *(tally(y, line.key) for y in years)) for line in lines)
    last = None
    if total is not None:
        blank = [Cell(_("合计")), *[Cell("")] * (len(heads) - 1)]
        last = (*blank, *(tally(y, total) for y in years))
    return Table(id, title, tuple(columns), rows, last, note,
                 tuple(range(len(heads), len(columns))) if bars else ())


def several(id: str, title: str, head: str, names: Sequence[str], measures: Sequence[Measure], years: Years, *,
            totals: Sequence[Sequence[Key]] | None = None, shown: Callable[[str], str] = unstated, note: str = "",
            bars: tuple[int, ...] = ()) -> Table:
    """Several numbers a row; with two years a row for each, named in a column."""
    compared = len(years) > 1
    columns = [Column(head), *([Column(_("年度"))] if compared else []), *(Column(m.label, m.kind) for m in measures)]
    rows = tuple(
        (Cell(shown(name)), *([Cell(str(y.year))] if compared else []), *(tally(y, m.key(name)) for m in measures))
        for name in names for y in years)
    last = None
    if totals is not None and not compared:
        last = (Cell(_("合计")), *(tally(years[0], *keys) for keys in totals))
    return Table(id, title, tuple(columns), rows, last, note, tuple(at + compared for at in bars))


def ranked(years: Years, *prefix: str) -> list[Key]:
    """The keys under a prefix in any of the years, the most frequent first; what is not stated last."""
    found = {rest for year in years for rest in year.under(*prefix)}
    return sorted(found, key=lambda rest: (not any(rest), [-y.amount(*prefix, *rest) for y in years], rest))


def filled(*tables: Table) -> tuple[Table, ...]:
    """Those with a row: an empty table says nothing."""
    return tuple(table for table in tables if table.rows)
