"""XLSX and CSV → grids. Whatever anybody sends is bounded before it is opened, nothing in it is run, and what
Excel has made of somebody's words is told rather than believed.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

from enforcecli.authoring.grids import (
    FROM_1900,
    FROM_1904,
    MOST_COLUMNS,
    MOST_ROWS,
    MOST_SHEETS,
    Cell,
    Grid,
    clean,
    number_text,
)
from enforcecli.authoring.packages import damaged, inspected
from enforcecli.authoring.parts import Look, place_of
from enforcecli.language import _
from enforcecli.model.problem import Problem, problem
from enforcecli.text.write import found

MOST_BYTES = 20 * 1024 * 1024
_ERRORS = frozenset({"#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!", "#SPILL!", "#CALC!"})
_FORMULA = re.compile(r"=.", re.DOTALL)


def read_file(path: Path) -> list[Grid] | Problem:
    """The sheets of a workbook, of one CSV file, or of a directory of CSV files; X101 where that is none."""
    if path.is_dir():
        files = sorted(p for p in path.iterdir() if p.suffix.lower() == ".csv" and not p.name.startswith("."))
        if not files:
            return problem("X101", reason=_("目录里没有 .csv 文件"))
    else:
        files = [path]
    if len(files) > MOST_SHEETS:
        return problem("X101", reason=_("表多得不合常理"))
    grids: list[Grid] = []
    left = MOST_BYTES
    for file in files:
        data = found(file, left)
        if data is None:
            return problem("X101", reason=_("{file} 不存在、不是普通文件，或者太大").format(file=file.name))
        left -= len(data)
        read = _csv(file.stem, data) if file.suffix.lower() == ".csv" else _workbook(data)
        if isinstance(read, Problem):
            return read
        grids += read
    return grids


# CSV

def _csv(name: str, data: bytes) -> list[Grid] | Problem:
    text = _decoded(data)
    if text is None or "\x00" in text:
        return problem("X101", reason=_("{file} 的编码认不出来").format(file=f"{name}.csv"))
    first = re.split("[\r\n]", "".join(text[:65536].split('"')[::2]), maxsplit=1)[0]  # what stands outside of quotes
    mark = "\t" if "\t" in first and "," not in first else ";" if ";" in first and "," not in first else ","
    line = _loose_quote(text, mark)
    if line is not None:
        return problem("X122", file=f"{name}.csv", line=line)
    rows: dict[int, dict[int, Cell]] = {}
    csv.field_size_limit(1024 * 1024)
    try:
        for row, values in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=mark, strict=True), start=1):
            if row > MOST_ROWS or len(values) > MOST_COLUMNS:
                return _too_large(name)
            cells = {c: _csv_cell(v) for c, v in enumerate(values) if clean(v)}
            if cells:
                rows[row] = cells
    except csv.Error:
        return problem("X101", reason=_("{file} 不是 CSV").format(file=f"{name}.csv"))
    return [Grid(name, rows)]


def _loose_quote(text: str, mark: str) -> int | None:
    """The line of a field whose quotes do not enclose it from end to end: one that is never closed would take
    all that follows for its own."""
    at = text.find('"')
    while at >= 0:
        end = at
        while (end := text.find('"', end + 1)) >= 0 and text[end + 1:end + 2] == '"':
            end += 1
        if (at and text[at - 1] not in (mark, "\r", "\n")) or end < 0 or text[end + 1:end + 2] not in ("", mark, "\r", "\n"):
            return text.count("\n", 0, at) + text.count("\r", 0, at) - text.count("\r\n", 0, at) + 1
        at = text.find('"', end + 1)
    return None


def _decoded(data: bytes) -> str | None:
    for encoding in ("utf-16",) if data[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


def _csv_cell(value: str) -> Cell:
    text = clean(value)
    if text.startswith("'"):
        return Cell(clean(text[1:]))  # how Excel, and export, mark that what follows is text
    if text in _ERRORS:
        return Cell(text, "error")
    return Cell(text, "formula" if _FORMULA.match(text) else "text")


# XLSX

def _workbook(data: bytes) -> list[Grid] | Problem:
    package = inspected(data)
    if isinstance(package, str):
        return problem("X101", reason=package)
    import warnings

    from openpyxl import load_workbook

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of drawings and the like, which nobody asks for
            book = load_workbook(io.BytesIO(data), read_only=True, data_only=False, keep_links=False)
            return [_sheet(sheet, package.sheets[sheet.title], package.from_1904) for sheet in book.worksheets]
    except Exception as error:  # openpyxl raises whatever a broken part makes it stumble over
        return problem("X101", reason=damaged(type(error).__name__))


def _sheet(sheet: Any, look: Look, from_1904: bool) -> Grid:
    """Only as far as anything stands on it; what the sheet says of its own size is not asked."""
    sheet.reset_dimensions()
    read = sheet.iter_rows(max_row=look.rows, max_col=look.columns) if look.rows else ()
    rows = {number: cells for number, row in enumerate(read, start=1)
            if (cells := {c: found for c, cell in _used(row) if (found := _cell(cell)) is not None})}
    merged = [r for r in look.merged if _touches(r, look)]
    return Grid(sheet.title, rows, merged, FROM_1904 if from_1904 else FROM_1900)


def _touches(merged: str, look: Look) -> bool:
    """Whether the range begins where something stands; anywhere else it is mere decoration."""
    place = place_of(merged.partition(":")[0])
    return place is None or (place[0] <= look.rows and place[1] <= look.columns)


def _used(row: tuple[Any, ...]) -> Iterator[tuple[int, Any]]:
    return ((c, cell) for c, cell in enumerate(row) if cell.value is not None)


def _cell(cell: Any) -> Cell | None:
    value = cell.value
    if cell.data_type == "f":
        return Cell(clean(str(getattr(value, "text", value) or "=")), "formula")
    if cell.data_type == "e":
        return Cell(str(value), "error")
    if isinstance(value, bool):
        return Cell("是" if value else "否")
    if isinstance(value, datetime):
        at = value.time()
        if at.hour or at.minute or at.second:
            return Cell(value.strftime("%Y-%m-%d %H:%M"), "date")
        return Cell(value.date().isoformat(), "date")
    if isinstance(value, date):
        return Cell(value.isoformat(), "date")
    if isinstance(value, int | float):
        return Cell(number_text(value, "%" in str(cell.number_format)), "number")
    text = clean(str(value))
    return Cell(text) if text else None


def _too_large(name: str) -> Problem:
    return problem("X101", reason=_("“{sheet}”的行或者列多得不合常理").format(sheet=name))
