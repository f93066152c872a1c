"""The review as it is printed: sections of tables of typed cells, each number with its cases.

Every format prints this one value, so the numbers are the same in all of them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from enum import Enum
from fractions import Fraction
from typing import overload

from msgspec import Struct

Value = str | int | Fraction | date | None
"""Text, a number, cents or days (int), a share (Fraction), a day; None: not stated."""


class Kind(Enum):
    """What a column holds."""

    TEXT = "text"
    COUNT = "count"
    MONEY = "money"  # cents
    SHARE = "share"
    DAYS = "days"  # Fraction: an average, shown with one decimal
    DATE = "date"


class Cell(Struct, frozen=True):
    """`kind` where it is not that of its column."""

    value: Value
    cases: Sequence[str] = ()
    kind: Kind | None = None


class Column(Struct, frozen=True):
    label: str
    kind: Kind = Kind.TEXT


Row = tuple[Cell, ...]


class Rows(Sequence[Row]):
    """Rows made when they are asked for: a list of all pending cases of a province is rarely printed whole."""

    def __init__(self, count: int, make: Callable[[int], Row]) -> None:
        self._count, self._make = count, make

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, at: int) -> Row: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Row]: ...
    def __getitem__(self, at: int | slice) -> Row | Sequence[Row]:
        places = range(self._count)[at]
        return self._make(places) if isinstance(places, int) else tuple(map(self._make, places))


class Table(Struct, frozen=True):
    """`id` is the same in every language and year. `bars`: the columns shown as bars besides. `total`
    comes from a count of its own, not from the rows. `personal`: names people."""

    id: str
    title: str
    columns: tuple[Column, ...]
    rows: Sequence[Row]
    total: Row | None = None
    note: str = ""
    bars: tuple[int, ...] = ()
    personal: bool = False


class Section(Struct, frozen=True):
    title: str
    tables: tuple[Table, ...] = ()
    words: tuple[str, ...] = ()


class Report(Struct, frozen=True):
    """`title` is `organ`, the unit if one was asked for, and `heading`; `words`: what is to be read first; `notes`: how was counted; `sign`: lines for signatures."""

    organ: str
    heading: str
    year: int
    before: int | None
    unit: str | None
    zero: bool
    words: tuple[str, ...]
    sections: tuple[Section, ...]
    notes: tuple[str, ...]
    sign: tuple[str, ...]

    @property
    def who(self) -> str:
        return self.organ + (self.unit or "")

    @property
    def title(self) -> str:
        return f"{self.who} {self.heading}"

    def tables(self) -> tuple[Table, ...]:
        return tuple(table for section in self.sections for table in section.tables)


def shown(value: Value, kind: Kind) -> str:
    """A value as people read it. Money with two decimals, shares in percent with two, days with one."""
    if value is None:
        return ""
    if isinstance(value, date):
        return value.isoformat()
    if kind is Kind.MONEY and isinstance(value, int):
        return f"{value // 100}.{value % 100:02d}"
    if kind is Kind.SHARE and isinstance(value, int | Fraction):
        return f"{decimal(Fraction(value) * 100, 2)}%"
    if kind is Kind.DAYS and isinstance(value, int | Fraction):
        return decimal(Fraction(value), 1)
    return str(value)


def decimal(value: Fraction, places: int) -> str:
    """With so many decimals, halves away from zero."""
    scaled = value * 10**places
    whole = (abs(scaled.numerator) * 2 + scaled.denominator) // (2 * scaled.denominator)
    digits = f"{whole:0{places + 1}d}"
    return ("-" if scaled < 0 else "") + f"{digits[:-places]}.{digits[-places:]}"
