"""XLSX and CSV → grids. Whatever anybody sends is bounded before it is opened, nothing in it is run, and what
Excel has made of somebody's words is told rather than believed.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

from enforcecli.authoring.grids import MOST_CELLS, MOST_COLUMNS, MOST_ROWS, Cell, Grid, clean, number_text
from enforcecli.language import _
from enforcecli.model.problem import Problem, problem
from enforcecli.text.write import found

MOST_BYTES, MOST_UNPACKED, MOST_MEMBERS = 20 * 1024 * 1024, 200 * 1024 * 1024, 500
_ENTITIES = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
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
    grids: list[Grid] = []
    for file in files:
        data = found(file, MOST_BYTES)
        if data is None:
            return problem("X101", reason=_("{file} 不存在、不是普通文件，或者太大").format(file=file.name))
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
    csv.field_size_limit(1024 * 1024)
    first = text[:text.find("\n")] if "\n" in text else text
    mark = "\t" if "\t" in first and "," not in first else ";" if ";" in first and "," not in first else ","
    rows: dict[int, dict[int, Cell]] = {}
    try:
        for row, values in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=mark), start=1):
            if row > MOST_ROWS or len(values) > MOST_COLUMNS:
                return _too_large(name)
            cells = {c: _csv_cell(v) for c, v in enumerate(values) if clean(v)}
            if cells:
                rows[row] = cells
    except csv.Error:
        return problem("X101", reason=_("{file} 不是 CSV").format(file=f"{name}.csv"))
    return [Grid(name, rows)]


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
    wrong = _package(data)
    if wrong is not None:
        return problem("X101", reason=wrong)
    import warnings

    from openpyxl import load_workbook

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of drawings and the like, which nobody asks for
            book = load_workbook(io.BytesIO(data), read_only=True, data_only=False, keep_links=False)
            grids = [_sheet(sheet) for sheet in book.worksheets]
    except Exception as error:  # openpyxl raises whatever a broken part makes it stumble over
        return problem("X101", reason=_("文件已损坏（{kind}）").format(kind=type(error).__name__))
    return next((g for g in grids if isinstance(g, Problem)), [g for g in grids if isinstance(g, Grid)])


def _package(data: bytes) -> str | None:
    """Why the package is not opened."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            infos = archive.infolist()
            if len(infos) > MOST_MEMBERS or sum(i.file_size for i in infos) > MOST_UNPACKED:
                return _("展开以后大得不合常理")
            if any(i.flag_bits & 1 for i in infos):
                return _("文件加了密码")
            names = {i.filename for i in infos}
            if "xl/workbook.xml" not in names:
                return _("不是 .xlsx 文件")
            if any("vbaProject" in n for n in names):
                return _("文件带有宏")
            for info in infos:
                if info.filename.endswith((".xml", ".rels")) and _unsafe(archive, info):
                    return _("文件里有外部实体")
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError, ValueError):
        return _("不是 .xlsx 文件") if not data.startswith(b"PK") else _("文件已损坏（{kind}）").format(kind="ZIP")
    return None


def _unsafe(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bool:
    """Entities, or more than the directory of the archive says."""
    with archive.open(info) as member:
        head = member.read(4096)
        if head[:2] in (b"\xff\xfe", b"\xfe\xff") or _ENTITIES.search(head):
            return True
        left = info.file_size - len(head)
        while chunk := member.read(1024 * 1024):
            left -= len(chunk)
            if left < 0:
                return True
    return False


def _sheet(sheet: Any) -> Grid | Problem:
    rows: dict[int, dict[int, Cell]] = {}
    count = 0
    sheet.reset_dimensions()
    for number, row in enumerate(sheet.iter_rows(), start=1):
        cells = {c: found for c, cell in _used(row) if (found := _cell(cell)) is not None}
        count += len(cells)
        if number > MOST_ROWS or count > MOST_CELLS or (cells and max(cells) >= MOST_COLUMNS):
            return _too_large(sheet.title)
        if cells:
            rows[number] = cells
    return Grid(sheet.title, rows)


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
