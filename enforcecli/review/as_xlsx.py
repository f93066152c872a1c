"""The review as a workbook: real numbers, money, percents and days, a sheet a table, and every case behind
every number on the last sheet. Text is written as text: nothing typed in a case becomes a formula.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime
from fractions import Fraction
from io import BytesIO
from typing import Any

from enforcecli.language import _
from enforcecli.output.width import printable, width
from enforcecli.review.report import Cell, Column, Kind, Report, Table, Value, decimal

FORMATS = {Kind.COUNT: "0", Kind.MONEY: "#,##0.00", Kind.SHARE: "0.00%", Kind.DAYS: "0.0", Kind.DATE: "yyyy-mm-dd"}
_FORBIDDEN = re.compile(r"[\[\]:*?/\\']")
_LONGEST, _SHEET = 32_000, 31
TRACED = 200_000
"""Lines of the sheet of cases; the JSON holds all of them."""
_WIDEST = 60


def workbook(report: Report) -> bytes:
    """The bytes of the file; the same report gives the same bytes."""
    import xlsxwriter

    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
                                     "strings_to_numbers": False})
    book.set_properties({"title": report.title, "created": datetime(report.year, 12, 31, tzinfo=UTC)})
    looks = _Looks(book)
    names: set[str] = set()
    _cover(book, report, looks, names)
    for table in report.tables():
        _sheet(book, table, report, looks, _free(table.title, names))
    _traces(book, report, looks, _free(_("案号"), names))
    book.close()
    return out.getvalue()


class _Looks:
    """The formats of cells, each made once."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._made: dict[tuple[str, bool], Any] = {}
        self.title = book.add_format({"bold": True, "font_size": 14})
        self.words = book.add_format({"text_wrap": True, "valign": "top"})
        self.head = book.add_format({"bold": True, "border": 1, "text_wrap": True, "valign": "vcenter", "bg_color": "#E8EEF4"})

    def of(self, kind: Kind, total: bool) -> Any:
        key = (FORMATS.get(kind, "@"), total)
        if key not in self._made:
            look = {"border": 1, "num_format": key[0], "bold": total, "valign": "top"}
            self._made[key] = self._book.add_format(look | ({"text_wrap": True} if kind is Kind.TEXT else {}))
        return self._made[key]


def _cover(book: Any, report: Report, looks: _Looks, names: set[str]) -> None:
    sheet = book.add_worksheet(_free(_("说明"), names))
    sheet.set_column(0, 0, 100)
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.write_string(0, 0, _text(report.title), looks.title)
    lines = [*report.words, "", _("口径说明"), *(f"{i}. {note}" for i, note in enumerate(report.notes, 1)), "", *report.sign]
    for row, words in enumerate(lines, 2):
        sheet.write_string(row, 0, _text(words), looks.words)


def _sheet(book: Any, table: Table, report: Report, looks: _Looks, name: str) -> None:
    sheet = book.add_worksheet(name)
    sheet.write_string(0, 0, _text(table.title), looks.title)
    for j, column in enumerate(table.columns):
        sheet.write_string(1, j, _text(column.label), looks.head)
    for i, row in enumerate(table.rows, 2):
        _row(sheet, i, row, table.columns, looks, total=False)
    last = 1 + len(table.rows)
    if table.total is not None:
        _row(sheet, last + 1, table.total, table.columns, looks, total=True)
    if table.note:
        sheet.write_string(last + 3, 0, _text(_("注：{note}").format(note=table.note)))
    for j, size in enumerate(_widths(table)):
        sheet.set_column(j, j, size)
    sheet.freeze_panes(2, 1)
    sheet.autofilter(1, 0, last, len(table.columns) - 1)
    _printed(sheet, 1, report)


def _printed(sheet: Any, head: int, report: Report) -> None:
    """How the sheet is printed: on A4 across, as wide as the page, its head on every page."""
    sheet.repeat_rows(head)
    sheet.set_paper(9)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.set_header(f"&C{_escaped(report.title)}")
    sheet.set_footer("&C&P / &N")


def _row(sheet: Any, at: int, row: Sequence[Cell], columns: Sequence[Column], looks: _Looks, *, total: bool) -> None:
    for j, (cell, column) in enumerate(zip(row, columns, strict=True)):
        kind = cell.kind or column.kind
        look = looks.of(kind, total)
        value = _number(cell.value, kind)
        if cell.value is None or cell.value == "":
            sheet.write_blank(at, j, None, look)
        elif isinstance(cell.value, date):
            sheet.write_datetime(at, j, cell.value, look)
        elif value is not None:
            sheet.write_number(at, j, value, look)
        else:
            sheet.write_string(at, j, _text(str(cell.value)), look)


def _number(value: Value, kind: Kind) -> float | None:
    """What a spreadsheet can hold of a number: a double. It is rounded as printed, so that both show the same."""
    if isinstance(value, str) or value is None or isinstance(value, date):
        return None
    exact = Fraction(value)
    if kind is Kind.MONEY:
        return float(exact / 100)
    if kind is Kind.SHARE:
        return float(Fraction(decimal(exact * 100, 2)) / 100)
    return float(Fraction(decimal(exact, 1))) if kind is Kind.DAYS else float(exact)


def _traces(book: Any, report: Report, looks: _Looks, name: str) -> None:
    """A line for each case behind each number."""
    sheet = book.add_worksheet(name)
    heads = (_("表"), _("行"), _("列"), _("案号"))
    sheet.set_column(0, 2, 28)
    sheet.set_column(3, 3, 24)
    sheet.freeze_panes(1, 0)
    _printed(sheet, 0, report)
    for j, head in enumerate(heads):
        sheet.write_string(0, j, head, looks.head)
    at = 1
    for table in report.tables():
        rows = [*table.rows, *((table.total,) if table.total is not None else ())]
        for row in rows:
            words = " / ".join(str(c.value) for c, k in zip(row, table.columns, strict=True) if k.kind is Kind.TEXT and c.value)
            for cell, column in zip(row, table.columns, strict=True):
                for case in cell.cases:
                    if at > TRACED:
                        sheet.write_string(at, 0, _("其余见 JSON"))
                        return
                    for j, word in enumerate((table.title, words, column.label, case)):
                        sheet.write_string(at, j, _text(word))
                    at += 1
    sheet.autofilter(0, 0, max(1, at - 1), len(heads) - 1)


def _widths(table: Table) -> list[int]:
    """Characters of each column, wide ones counting two."""
    from enforcecli.review.as_text import cell_text

    rows = [[cell_text(c, k) for c, k in zip(row, table.columns, strict=True)]
            for row in (*table.rows[:500], *((table.total,) if table.total is not None else ()))]
    return [min(_WIDEST, 4 + max(width(printable(text)) for text in (column.label, *(row[j] for row in rows))))
            for j, column in enumerate(table.columns)]


def _free(title: str, names: set[str]) -> str:
    """A name for a sheet: allowed, short enough, not used yet."""
    base = _FORBIDDEN.sub("", _text(title))[:_SHEET] or _("表")
    name, count = base, 1
    while name.casefold() in names:
        count += 1
        name = f"{base[:_SHEET - len(str(count)) - 1]} {count}"
    names.add(name.casefold())
    return name


def _text(words: str) -> str:
    return printable(words)[:_LONGEST]


def _escaped(words: str) -> str:
    """In a header & begins a command."""
    return _text(words).replace("&", "&&")[:200]
