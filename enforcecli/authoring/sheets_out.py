"""Rows → XLSX with drop-down lists, or CSV. The same cases make the same bytes."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from msgspec import Struct

from enforcecli.authoring.grids import LONGEST, reference
from enforcecli.authoring.layout import ASIDE, CASE, NUMBER, PERSON, Column, Sheet, Steps, words_of
from enforcecli.authoring.tables import Row, in_english
from enforcecli.language import _
from enforcecli.model.roster import Roster
from enforcecli.model.rulebook import Rulebook
from enforcecli.output.width import width
from enforcecli.reading.scalars import DATE, MONEY
from enforcecli.reading.shape import PersonRef, Shape
from enforcecli.text import fields

ROWS_TO_FILL = 1000
"""Rows below the headings that have the lists and formats."""
MADE = datetime(1980, 1, 1, tzinfo=UTC)
"""The date in the properties: a file made twice is the same file."""
_FIRST_DATE = date(1900, 3, 1)
"""Before this Excel counts a day that never was."""
_RISKY = ("=", "+", "-", "@", "\t", "\r", "'")


class Offered(Struct, frozen=True):
    """What the lists offer besides the format's own words."""

    book: Rulebook | None
    roster: Roster | None
    english: bool = False

    def words(self, column: Column) -> tuple[str, ...]:
        if column.path == ("行为", "承办单位"):
            return tuple(self.roster.units) if self.roster is not None else ()
        if column.path == ("适用办法",):
            return (self.book.measure,) if self.book is not None else ()
        return self.people() if isinstance(column.shape, PersonRef) else words_of(column.shape, english=self.english)

    def people(self) -> tuple[str, ...]:
        return tuple(self.roster.people) if self.roster is not None else ()


Tables = Mapping[Steps, Sequence[Row]]


def workbook(sheets: Sequence[Sheet], tables: Tables, offered: Offered) -> bytes:
    """The bytes of an XLSX file."""
    import xlsxwriter

    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {
        "in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False})
    book.set_properties({"created": MADE, "title": _("行政执法过错责任追究案件")})
    writer = _Writer(book, sheets, offered)
    for sheet in sheets:
        writer.sheet(sheet, tables.get(sheet.base, ()))
    writer.notes()
    writer.options()
    book.close()
    return buffer.getvalue()


class _Writer:
    def __init__(self, book: Any, sheets: Sequence[Sheet], offered: Offered) -> None:
        self.book, self.sheets, self.offered = book, sheets, offered
        self.lists: dict[tuple[str, ...], str] = {}
        self.text = book.add_format({"num_format": "@", "valign": "top", "text_wrap": True})
        self.date = book.add_format({"num_format": "yyyy-mm-dd", "valign": "top", "align": "left"})
        self.money = book.add_format({"num_format": "#,##0.00", "valign": "top"})
        self.head = book.add_format({"bold": True, "bg_color": "#DDE6F0", "border": 1, "text_wrap": True, "valign": "top"})
        self.key = book.add_format({"bold": True, "bg_color": "#F3E3C3", "border": 1, "text_wrap": True, "valign": "top"})

    def sheet(self, sheet: Sheet, rows: Sequence[Row]) -> None:
        page = self.book.add_worksheet(sheet.called(self.offered.english))
        headings = sheet.headings(self.offered.english)
        for c, heading in enumerate(headings):
            page.write_string(0, c, heading, self.key if c < len(sheet.keys) else self.head)
        rows = [in_english(sheet, row) for row in rows] if self.offered.english else rows
        for r, row in enumerate(rows, start=1):
            for c, value in enumerate((*row.keys, *row.values)):
                if value:
                    column = sheet.columns[c - len(sheet.keys)] if c >= len(sheet.keys) else None
                    self._value(page, r, c, value, column.shape if column is not None else None)
        for c, heading in enumerate(headings):
            self._column(page, sheet, c, heading, rows)
        page.freeze_panes(1, len(sheet.keys))
        page.repeat_rows(0)
        page.set_landscape()
        page.set_paper(9)
        page.fit_to_pages(1, 0)

    def _value(self, page: Any, row: int, column: int, value: str, shape: Shape | None) -> None:
        day = fields.date(value) if shape is DATE else None
        amount = fields.money(value) if shape is MONEY else None
        if isinstance(day, date) and day >= _FIRST_DATE:
            page.write_datetime(row, column, day, self.date)
        elif isinstance(amount, Decimal):
            page.write_number(row, column, float(amount), self.money)  # at most fifteen digits: exact in a float
        else:
            page.write_string(row, column, value, self.text)

    def _column(self, page: Any, sheet: Sheet, c: int, heading: str, rows: Sequence[Row]) -> None:
        """Width, format and list of a whole column."""
        n = c - len(sheet.keys)
        column = sheet.columns[n] if n >= 0 else None
        longest = max((width(line) for row in rows for line in (*row.keys, *row.values)[c].split("\n")), default=0)
        form = self.date if column is not None and column.shape is DATE else \
            self.money if column is not None and column.shape is MONEY else self.text
        page.set_column(c, c, min(48, max(width(heading) + 2, longest + 2, 10)), form)
        last = max(len(rows), ROWS_TO_FILL)
        if column is None:
            self._key(page, sheet, c, last)
        else:
            self._offer(page, c, column, last)

    def _key(self, page: Any, sheet: Sheet, c: int, last: int) -> None:
        if sheet.base and sheet.keys[c] == CASE:
            cases = self.sheets[0].called(self.offered.english)
            page.data_validation(1, c, last, c, {
                "validate": "list", "source": f"='{cases}'!$A$2:$A${ROWS_TO_FILL + 1}", "error_type": "warning",
                "error_title": _("案号"), "error_message": _("案件表里没有这个案号")})
        elif sheet.keys[c] == PERSON and self.offered.people():
            page.data_validation(1, c, last, c, {
                "validate": "list", "source": self._list(self.offered.people()), "error_type": "warning",
                "error_title": _("人"), "error_message": _("列表里没有这个词")})
        elif sheet.keys[c] == NUMBER:
            page.data_validation(1, c, last, c, {
                "validate": "any", "input_title": _("过错"), "input_message": _("本案第几项过错：1、2、3")})

    def _offer(self, page: Any, c: int, column: Column, last: int) -> None:
        """The drop-down list; several values, and names outside the roster, may be typed all the same."""
        words = self.offered.words(column)
        told = column.field.words_en if self.offered.english else column.field.words
        if column.many:
            told += _("；几个的用“、”隔开")
        if column.field.example[:1] not in ("", "{", "[", "…", '"'):
            told += _("。例：{example}").format(example=column.field.example)
        rule: dict[str, object] = {"validate": "any", "input_title": column.field.label[:32], "input_message": told[:255]}
        if words:
            rule |= {"validate": "list", "source": self._list(words), "show_error": not column.many,
                     "error_type": "warning", "error_message": _("列表里没有这个词")}
        page.data_validation(1, c, last, c, rule)

    def _list(self, words: tuple[str, ...]) -> str:
        """The place of a list on the sheet of lists."""
        if words not in self.lists:
            self.lists[words] = f"='{_aside('选项', self.offered.english)}'!${_letters(len(self.lists))}$1:" \
                                f"${_letters(len(self.lists))}${len(words)}"
        return self.lists[words]

    def options(self) -> None:
        page = self.book.add_worksheet(_aside("选项", self.offered.english))
        for c, words in enumerate(self.lists):
            for r, text in enumerate(words):
                page.write_string(r, c, text, self.text)
        page.hide()

    def notes(self) -> None:
        page = self.book.add_worksheet(_aside("说明", self.offered.english))
        page.set_column(0, 0, 100, self.book.add_format({"text_wrap": True, "valign": "top"}))
        for r, line in enumerate(_notes(self.sheets, self.offered)):
            page.write_string(r, 0, line)


def _aside(name: str, english: bool) -> str:
    return ASIDE[name] if english else name


def _letters(column: int) -> str:
    return reference(1, column)[:-1]


def _notes(sheets: Sequence[Sheet], offered: Offered) -> list[str]:
    lines = [
        _("每件案件在第一张表里写一行。其他表靠“案号”归到案件；“过错”写本案第几项过错（1、2、3）。"),
        _("不用的栏目空着。日期写成 2026-03-02；比例写成 60% 或者 3/5；几个人、几种情形用“、”隔开。"),
        _("选中一格会显示说明和例子；有下拉列表的，从列表里选。"),
        _("填好以后运行 enforce import 这个文件：有问题的单元格逐个指出，都对了才写成案件文件，已有的文件不覆盖。"),
        _("不要改表的名称和第一行的栏目名称；不用的表和栏目可以删去。"),
        "",
    ]
    if offered.book is not None:
        lines.append(_("情形的代码（{title}）：").format(title=offered.book.title))
        for fault in offered.book.faults.values():
            lines.append(f"{fault.code}  {fault.cite} {fault.name}")
            lines += [f"    {code}  {words}" for code, words in fault.options.items()]
        lines.append(_("追究方式的代码："))
        lines += [f"{m.code}  {m.cite} {m.name}" for m in offered.book.methods.values()]
    return lines


def csv_files(sheets: Sequence[Sheet], tables: Tables, english: bool) -> dict[str, bytes]:
    """File name → bytes, for every sheet that has rows and the sheet of cases."""
    found: dict[str, bytes] = {}
    for sheet in sheets:
        rows = tables.get(sheet.base, ())
        if not rows and sheet.base:
            continue
        buffer = io.StringIO(newline="")
        writer = csv.writer(buffer)
        writer.writerow(sheet.headings(english))
        told = [in_english(sheet, row) for row in rows] if english else rows
        writer.writerows([_guarded(v) for v in (*row.keys, *row.values)] for row in told)
        found[f"{sheet.called(english)}.csv"] = b"\xef\xbb\xbf" + buffer.getvalue().encode("utf-8")
    return found


def _guarded(text: str) -> str:
    """Text a program for tables would take for a formula, marked as text."""
    return f"'{text}" if text.startswith(_RISKY) else text


def too_long(rows: Sequence[Row]) -> bool:
    return any(len(v) > LONGEST for row in rows for v in row.values)
