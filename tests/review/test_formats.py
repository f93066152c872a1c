"""The same numbers in every format, read again from what was written."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from html.parser import HTMLParser
from typing import Any

import openpyxl
import pytest

from enforcecli.documents.blocks import TABLE
from enforcecli.documents.docx import words_of
from enforcecli.output.width import width
from enforcecli.review import as_docx, as_html, as_json, as_md, as_text, as_xlsx
from enforcecli.review.as_text import cell_text
from enforcecli.review.report import Kind, Report
from tests.review.support import SAMPLES, number, review, rows_of

Grid = list[list[object]]


@pytest.fixture(scope="module", params=[(2026,), (2026, 2025), (2024,)], ids=str)
def report(request: pytest.FixtureRequest) -> Report:
    return review(SAMPLES, *request.param)


def expected(report: Report, share: int = 1) -> list[Grid]:
    """Every table as numbers. `share`: what a percentage is divided by."""
    return [[[_value(cell, column, share) for cell, column in zip(row, one.columns, strict=True)] for row in rows_of(one)]
            for one in report.tables()]


def _value(cell: Any, column: Any, share: int) -> object:
    value = number(as_json.plain(cell, column))
    kind = cell.kind or column.kind
    return value / share if kind is Kind.SHARE and not isinstance(value, str | None) and share != 1 else value


def empty_is_nothing(grids: list[Grid]) -> list[Grid]:
    return [[[None if cell == "" else cell for cell in row] for row in grid] for grid in grids]


def test_json(report: Report) -> None:
    data = json.loads(as_json.json_text(report))
    assert data["format"] == "enforce-review/1"
    tables = [table for section in data["sections"] for table in section["tables"]]
    found = [[[number(cell["value"]) for cell in row] for row in (*table["rows"], *([table["total"]] if "total" in table else []))]
             for table in tables]
    assert found == expected(report)
    cases = [[cell.get("cases", []) for row in table["rows"] for cell in row] for table in tables]
    assert cases == [[list(cell.cases) for row in one.rows for cell in row] for one in report.tables()]


def test_csv(report: Report) -> None:
    text = "".join(as_json.csv_lines(report))
    assert text.startswith("\ufeff")
    lines = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))
    found = {(line["table"], line["row"], line["column"]): number(line["value"]) for line in lines}
    wanted = {}
    for one in report.tables():
        for i, row in enumerate(rows_of(one), 1):
            for cell, column in zip(row, one.columns, strict=True):
                if cell.value not in (None, ""):
                    key = (one.id, "total" if i > len(one.rows) else str(i), column.label)
                    wanted[key] = number(as_json.plain(cell, column))
    assert found == wanted


def test_xlsx(report: Report) -> None:
    book = openpyxl.load_workbook(io.BytesIO(as_xlsx.workbook(report)))
    sheets = book.worksheets[1:-1]
    assert len(sheets) == len(report.tables())
    found = []
    for one, sheet in zip(report.tables(), sheets, strict=True):
        rows = list(sheet.iter_rows(min_row=3, max_row=2 + len(one.rows) + (one.total is not None), max_col=len(one.columns)))
        found.append([[number(cell.value) for cell in row] for row in rows])
        for row, printed in zip(rows, rows_of(one), strict=True):
            for cell, ours, column in zip(row, printed, one.columns, strict=True):
                kind = ours.kind or column.kind
                if ours.value not in (None, "") and kind is not Kind.TEXT:
                    assert cell.data_type == ("d" if kind is Kind.DATE else "n")
                    assert cell.number_format == as_xlsx.FORMATS[kind]
        assert sheet.freeze_panes == "B3"
        assert sheet.auto_filter.ref
        assert sheet.print_title_rows
    assert found == empty_is_nothing(expected(report, 100))


class Page(HTMLParser):
    """The tables of a page: text of each cell, unfolded lists of cases apart."""

    def __init__(self) -> None:
        super().__init__()
        self.grids: list[Grid] = []
        self._inside: list[str] = []
        self._text: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self.grids.append([])
        if tag == "tr":
            self.grids[-1].append([])
        if tag == "td":
            self._text = ""
        if tag == "ul":
            self._inside.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag == "td":
            self.grids[-1][-1].append(self._text)
            self._text = None
        if tag == "ul":
            self._inside.pop()

    def handle_data(self, data: str) -> None:
        if self._text is not None and not self._inside:
            self._text += data


def shown(report: Report) -> list[Grid]:
    return [[[cell_text(c, k) for c, k in zip(row, one.columns, strict=True)] for row in rows_of(one)] for one in report.tables()]


def test_html(report: Report) -> None:
    page = Page()
    page.feed(as_html.page(report))
    assert [[row for row in grid if row] for grid in page.grids] == shown(report)


def test_markdown(report: Report) -> None:
    text = "\n".join(as_md.lines(report))
    found: list[Grid] = []
    for block in re.findall(r"(?:^\|.*\n?)+", text, re.MULTILINE):
        lines = [[cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]] for line in block.strip().split("\n")]
        found.append([[re.sub(r"\\(.)", r"\1", str(cell)) for cell in row] for row in lines[2:]])
    assert found == shown(report)


def test_terminal(report: Report) -> None:
    """The numbers of each row on one line, in their order, row after row; a table too wide for the screen
    stands there in parts."""
    lines = list(as_text.lines(report))
    assert max(map(width, lines)) <= 80
    at = 0
    for one in report.tables():
        at = lines.index(one.title, at) + 1
        rows = [*one.rows[:as_text.MOST], *([one.total] if one.total is not None else [])]
        texts = [[cell_text(c, k) for c, k in zip(row, one.columns, strict=True)] for row in rows]
        for part in as_text.parts(one, texts):
            for row in texts:
                numbers = [row[j] for j in part if one.columns[j].kind is not Kind.TEXT]
                at = next(i for i in range(at, len(lines)) if follow(numbers, lines[i].split())) + bool(numbers)


def test_a_table_is_cut_only_where_its_numbers_are_too_wide() -> None:
    """Long words before the numbers turn over: the duties stand in one table."""
    lines = list(as_text.lines(review(SAMPLES, 2026)))
    assert sum(line.split() == ["办法规定的职责", "履行", "部分履行", "未履行"] for line in lines) == 1


def follow(words: list[str], line: list[str]) -> bool:
    rest = iter(line)
    return all(not word or word in rest for word in words)


def test_docx(report: Report) -> None:
    data = as_docx.paper(report, None, None)
    assert isinstance(data, bytes)
    words = list(words_of(data))
    for block in as_docx.blocks(report, False):
        if block.kind == TABLE:
            cells = [cell for row in block.rows for cell in row if cell]
            at = next(i for i in range(len(words)) if words[i:i + len(cells)] == cells)
            assert at >= 0


def test_a_zero_report_is_signed_in_every_paper() -> None:
    zero, full = review(SAMPLES, 2024), review(SAMPLES, 2026)
    for one, lines in ((zero, list(zero.sign)), (full, [])):
        data = as_docx.paper(one, None, None)
        assert isinstance(data, bytes)
        assert [word for word in words_of(data) if word in one.sign] == lines


def test_every_sheet_of_tables_is_set_up_for_printing(report: Report) -> None:
    book = openpyxl.load_workbook(io.BytesIO(as_xlsx.workbook(report)))
    for sheet in book.worksheets[1:]:
        assert sheet.print_title_rows and sheet.page_setup.orientation == "landscape"
        assert sheet.sheet_properties.pageSetUpPr.fitToPage


@pytest.mark.parametrize("make", [
    lambda r: as_xlsx.workbook(r), lambda r: as_html.page(r), lambda r: as_json.json_text(r),
    lambda r: as_docx.paper(r, None, None), lambda r: "".join(as_json.csv_lines(r)),
], ids=["xlsx", "html", "json", "docx", "csv"])
def test_made_twice_the_bytes_are_the_same(report: Report, make: Callable[[Report], object]) -> None:
    assert make(report) == make(report)
