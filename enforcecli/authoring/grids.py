"""Sheets as they were found in a file: cells with their places, whatever program wrote them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Literal

from msgspec import Struct

from enforcecli.model.problem import Problem
from enforcecli.text import fields

Was = Literal["text", "date", "number", "formula", "error"]
MOST_ROWS, MOST_COLUMNS, MOST_CELLS, MOST_SHEETS = 100_000, 400, 4_000_000, 200
LONGEST = 32_767
"""Characters of a cell: Excel takes no more, and cuts without a word."""
FROM_1900, FROM_1904 = date(1899, 12, 30), date(1904, 1, 1)
"""Day 0 of Excel's calendar, for every day after February 1900, and of the calendar of old Macintoshes."""
_FIRST, _LAST = date(1900, 3, 1), date(2199, 12, 31)


class Cell(Struct, frozen=True):
    """What a cell says, and what the program that wrote it took it for."""

    text: str
    was: Was = "text"


class Grid(Struct, frozen=True):
    """One sheet: row number (from 1) → column (from 0) → cell; empty cells are left out. `merged`: ranges like
    B2:B3; `day_zero`: the day its bare numbers count from."""

    name: str
    rows: Mapping[int, Mapping[int, Cell]]
    merged: Sequence[str] = ()
    day_zero: date = FROM_1900


class Placed(Struct, frozen=True):
    """A problem and its cell: 过错!C5. `at` empty: the sheet, or the whole file."""

    sheet: str
    at: str
    problem: Problem

    @property
    def place(self) -> str:
        return "!".join(part for part in (self.sheet, self.at) if part)


def reference(row: int, column: int) -> str:
    """C5."""
    letters, column = "", column + 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return f"{letters}{row}"


def clean(text: str) -> str:
    """Text without the spaces a keyboard or a web page leaves at its ends."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip().strip("\u3000\xa0\u200b\ufeff").strip()


def number_text(value: float, percent: bool) -> str:
    """A number as Excel shows it: fifteen digits and no more."""
    exact = Decimal(f"{value:.15g}")
    if percent:
        return f"{(exact * 100).normalize():f}%"
    return f"{exact.normalize():f}"


def day_of(text: str, day_zero: date = FROM_1900) -> str | None:
    """The day a number stands for where a date belongs: 46083 as Excel counts, 20260302 as people write."""
    if not (text.isascii() and text.isdigit() and len(text) <= 8):
        return None
    if len(text) == 8:
        found = fields.date(f"{text[:4]}-{text[4:6]}-{text[6:]}")
        return found.isoformat() if isinstance(found, date) else None
    if (_FIRST - day_zero).days <= int(text) <= (_LAST - day_zero).days:
        return (day_zero + timedelta(days=int(text))).isoformat()
    return None
