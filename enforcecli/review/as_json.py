"""The review for other programs: `enforce-review/1` as JSON, and one number a line as CSV (docs/json.md)."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import date
from fractions import Fraction

from enforcecli.output.jsonio import dumps
from enforcecli.output.results import Data
from enforcecli.output.width import printable
from enforcecli.review.report import Cell, Column, Kind, Report, Table, decimal

FORMAT = "enforce-review/1"
HEAD = ("table", "title", "row", "column", "kind", "value", "cases")
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def json_text(report: Report) -> str:
    data: Data = {
        "format": FORMAT, "title": report.title, "year": report.year, "compare": report.before, "unit": report.unit,
        "zero": report.zero, "words": list(report.words),
        "sections": [{"title": section.title, "tables": [_table(table) for table in section.tables]}
                     for section in report.sections],
        "notes": list(report.notes),
    }
    return dumps(data) + "\n"


def _table(table: Table) -> Data:
    found: Data = {
        "id": table.id, "title": table.title,
        "columns": [{"label": column.label, "kind": column.kind.value} for column in table.columns],
        "rows": [[_cell(c, k) for c, k in zip(row, table.columns, strict=True)] for row in table.rows],
    }
    if table.total is not None:
        found["total"] = [_cell(c, k) for c, k in zip(table.total, table.columns, strict=True)]
    if table.note:
        found["note"] = table.note
    return found


def _cell(cell: Cell, column: Column) -> Data:
    data: Data = {"value": plain(cell, column)}
    if cell.kind is not None:
        data["kind"] = cell.kind.value
    if cell.cases:
        data["cases"] = list(cell.cases)
    return data


def plain(cell: Cell, column: Column) -> object:
    """Counts as numbers; money, shares (in percent) and averages as strings of exact decimals, days as dates."""
    value, kind = cell.value, cell.kind or column.kind
    if isinstance(value, date):
        return value.isoformat()
    if kind is Kind.MONEY and isinstance(value, int):
        return f"{value // 100}.{value % 100:02d}"
    if kind is Kind.SHARE and isinstance(value, int | Fraction):
        return decimal(Fraction(value) * 100, 2)
    if isinstance(value, Fraction) or kind is Kind.DAYS:
        return decimal(Fraction(value), 1) if isinstance(value, int | Fraction) else value
    return value


def csv_lines(report: Report) -> Iterator[str]:
    """One cell a line, by table, number of the row and column. A byte order mark first: without it Excel
    takes Chinese for something else."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    yield "\ufeff"
    writer.writerow(HEAD)
    for table in report.tables():
        rows = [(str(i), row) for i, row in enumerate(table.rows, 1)]
        for number, row in (*rows, *((("total", table.total),) if table.total is not None else ())):
            for cell, column in zip(row, table.columns, strict=True):
                value = plain(cell, column)
                if value not in (None, ""):
                    writer.writerow([harmless(str(word)) for word in (
                        table.id, table.title, number, column.label, (cell.kind or column.kind).value, value,
                        " ".join(cell.cases))])
        yield out.getvalue()
        out.seek(0)
        out.truncate()


def harmless(text: str) -> str:
    """Text that a spreadsheet does not take for a formula, on one line."""
    words = printable(text)
    return "'" + words if words.startswith(_FORMULA) else words
