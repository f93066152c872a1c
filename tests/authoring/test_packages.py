"""Workbooks and CSV files somebody sends: nothing swells up, nothing is lost without a word."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from enforcecli.authoring import packages
from enforcecli.authoring.grids import Grid, reference
from enforcecli.authoring.importing import Reader
from enforcecli.authoring.packages import Package, inspected
from enforcecli.authoring.parts import place_of
from enforcecli.authoring.sheets_in import read_file
from enforcecli.model.problem import Problem
from tests.authoring.contents import the_book

SHEET, STRINGS, STYLES, BOOK = ("xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml", "xl/workbook.xml")
HEADS = ["案号", "案由", "行为.日期"]
Edit = Callable[[bytes], bytes]


def sound(*lines: list[Any], from_1904: bool = False, merged: str = "") -> bytes:
    made: Any = Workbook()
    made.active.title = "案件"
    for line in (HEADS, *lines):
        made.active.append(line)
    if from_1904:
        made.epoch = CALENDAR_MAC_1904
    if merged:
        made.active.merge_cells(merged)
    buffer = io.BytesIO()
    made.save(buffer)
    return buffer.getvalue()


CASE = ["SJ-2026-001", "乱收费", date(2026, 3, 2)]


def edited(part: str, edit: Edit, how: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(sound(CASE))) as old, zipfile.ZipFile(buffer, "w", how) as new:
        for name in old.namelist():
            new.writestr(name, edit(old.read(name)) if name == part else old.read(name))
        if part == STRINGS:  # not every program keeps them apart
            new.writestr(STRINGS, edit(b"<sst></sst>"))
    return buffer.getvalue()


def before(mark: bytes, more: bytes) -> Edit:
    """The part with something put before the last occurrence of a mark."""
    def edit(body: bytes) -> bytes:
        head, found, tail = body.rpartition(mark)
        assert found
        return head + more + found + tail
    return edit


def read(data: bytes, folder: Path) -> list[Grid] | Problem:
    (folder / "a.xlsx").write_bytes(data)
    return read_file(folder / "a.xlsx")


def numbered(text: str, count: int) -> bytes:
    """Not all alike, so that the ratio of a part alone does not stop it."""
    return "".join(text.format(n=n, x=n * 7919 % 104729) for n in range(100, 100 + count)).encode()


LAUGHS = b'<!DOCTYPE w [<!ENTITY a "' + b"A" * 100 + b'">]>'
SWOLLEN: dict[str, tuple[str, Edit, str]] = {
    "strings": (STRINGS, before(b"</sst>", b"<si><t>a</t></si>" * 300_000), "展开"),
    "many bytes": (STRINGS, before(b"</sst>", b"<si><t>" + b"a" * packages.MOST_UNPACKED + b"</t></si>"), "展开"),
    "styles": (STYLES, before(b"</cellXfs>", b"<xf/>" * 2_000_000), "展开"),
    "styles, not alike": (STYLES, before(b"</cellXfs>", numbered('<xf numFmtId="{x}" fontId="{n}"/>', 110_000)), "展开"),
    "deep": (SHEET, before(b"</sheetData>", b"<x>" * 100 + b"</x>" * 100), "展开"),
    "sheets": (BOOK, before(b"</sheets>", numbered('<sheet name="s{n}" sheetId="{n}"/>', 300)), "表多得"),
    "last row": (SHEET, before(b"</sheetData>", b'<row r="1048576"><c r="A1048576"><v>1</v></c></row>'), "行或者列"),
    "no row": (SHEET, before(b"</sheetData>", b'<row r="99999999999"><c><v>1</v></c></row>'), "行或者列"),
    "last column": (SHEET, before(b"</sheetData>", b'<row r="9"><c r="XFD9"><v>1</v></c></row>'), "行或者列"),
    "area": (SHEET, before(b"</sheetData>", b'<row r="9"><c r="NA9"><v>1</v></c></row><row r="99999"><c><v>1</v></c></row>'), "行或者列"),
    "entity behind a comment": (SHEET, lambda b: b"<!--" + b"x" * 5000 + b"-->" + LAUGHS + b[b.index(b"<worksheet"):], "实体"),
    "row goes back": (SHEET, before(b"</sheetData>", b'<row r="2"><c r="A2"><v>1</v></c></row>'), "行的次序"),
    "cell goes back": (SHEET, before(b"</sheetData>", b'<row r="9"><c r="C9"><v>1</v></c><c r="A9"><v>1</v></c></row>'), "单元格的次序"),
    "cell of another row": (SHEET, before(b"</sheetData>", b'<row r="9"><c r="A2"><v>1</v></c></row>'), "单元格的次序"),
    "broken": (SHEET, lambda b: b[:-20], "损坏"),
}


@pytest.mark.parametrize("what", SWOLLEN)
def test_what_swells_or_is_out_of_order_is_refused_before_it_is_read(what: str, tmp_path: Path,
                                                                      monkeypatch: pytest.MonkeyPatch) -> None:
    def opened(*_args: object, **_options: object) -> None:
        raise AssertionError

    monkeypatch.setattr("openpyxl.load_workbook", opened)
    part, edit, words = SWOLLEN[what]
    found = read(edited(part, edit), tmp_path)
    assert isinstance(found, Problem) and found.code == "X101" and words in dict(found.args)["reason"]


@pytest.mark.parametrize("how", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_packed_as_no_workbook_is(how: int) -> None:
    """A dictionary of LZMA may ask for gigabytes."""
    assert "损坏" in str(inspected(edited("", lambda b: b, how=how)))


def test_the_same_name_twice() -> None:
    buffer = io.BytesIO(sound(CASE))
    with pytest.warns(UserWarning), zipfile.ZipFile(buffer, "a") as archive:
        archive.writestr(SHEET, "<worksheet/>")
    assert "损坏" in str(inspected(buffer.getvalue()))


def test_more_than_the_directory_says() -> None:
    """The size in the directory of the archive is a claim."""
    data = edited(STRINGS, before(b"</sst>", b" " * 5000))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        size = archive.getinfo(STRINGS).file_size
    smaller = data.replace(size.to_bytes(4, "little"), (100).to_bytes(4, "little"))
    assert smaller != data and isinstance(inspected(smaller), str)


def test_cells_without_content_to_the_last_column_are_nothing(tmp_path: Path) -> None:
    """Excel notes the look of a whole row; nobody typed anything there."""
    rows = b"".join(b'<row r="%d"><c r="XFD%d" s="0"/></row>' % (n, n) for n in range(9, 2000))
    data = edited(SHEET, before(b"</sheetData>", rows))
    package = inspected(data)
    assert isinstance(package, Package) and (package.sheets["案件"].rows, package.sheets["案件"].columns) == (2, 3)
    found = read(data, tmp_path)
    assert not isinstance(found, Problem) and found == read(sound(CASE), tmp_path)


def test_a_full_sheet_is_read(tmp_path: Path) -> None:
    lines: list[list[Any]] = [[f"SJ-2026-{n:05}", "乱收费", date(2026, 3, 2)] for n in range(3000)]
    found = read(sound(*lines), tmp_path)
    assert not isinstance(found, Problem) and len(found[0].rows) == 3001


@given(st.integers(1, 9_999_999), st.integers(1, 18_278))
def test_places(row: int, column: int) -> None:
    assert place_of(reference(row, column - 1)) == (row, column)


@pytest.mark.parametrize("text", ["", "A", "1", "a1", "A1:B2", "AAAA1", "A12345678", "A\u0661"])
def test_no_places(text: str) -> None:
    assert place_of(text) is None


# merged cells, days

@pytest.mark.parametrize(("merged", "told"), [
    ("B2:B3", [("X121", "案件!B2")]), ("A1:B1", [("X121", "案件!A1"), ("X108", "案件!B2")]), ("F9:H9", []), ("B9:C12", []),
])
def test_merged_cells_are_named(merged: str, told: list[tuple[str, str]], tmp_path: Path) -> None:
    found = read(sound(CASE, ["SJ-2026-002", "第二件", date(2026, 3, 2)], merged=merged), tmp_path)
    assert not isinstance(found, Problem)
    reader = Reader([the_book()])
    reader.read(found)
    assert [(p.problem.code, p.place) for p in reader.problems] == told


@pytest.mark.parametrize(("from_1904", "number", "day"), [
    (False, 46083, "2026-03-02"), (True, 46083 - 1462, "2026-03-02"), (True, date(2026, 3, 2), "2026-03-02"),
    (False, date(2026, 3, 2), "2026-03-02"), (True, 20260302, "2026-03-02"), (True, 46083, "2030-03-03"),
    (True, 108_113, "108113"), (False, 60, "60"),
])
def test_days_are_counted_as_the_workbook_counts(from_1904: bool, number: object, day: str, tmp_path: Path) -> None:
    found = read(sound(["SJ-2026-001", "乱收费", number], from_1904=from_1904), tmp_path)
    assert not isinstance(found, Problem)
    (case,) = Reader([the_book()]).read(found)
    assert case.content["行为"] == {"日期": day}


# CSV

@pytest.mark.parametrize(("text", "line"), [
    ('案号,案由\nSJ-2026-801,"反映乱收费\nSJ-2026-802,b\n', 2), ('a,b\r\nc,"d\r\ne"\r\nf,g"h\r\n', 4), ('"a"b,c\n', 1),
    ('a\rb,"c""\rd', 2), ('"', 1), ('a, "b"\n', 1), ('a,"b""c"d"\n', 1), ('a;"b,c";d\n"x"\n', None),
    ('a,"b ""c"" d"\n"e\nf",g\n', None), ('"",""\n', None), ('""""', None), ("", None),
])
def test_quotes_of_a_csv_file(text: str, line: int | None, tmp_path: Path) -> None:
    (tmp_path / "案件.csv").write_bytes(text.encode())
    found = read_file(tmp_path / "案件.csv")
    assert (line is None) == (not isinstance(found, Problem))
    if isinstance(found, Problem):
        assert (found.code, dict(found.args)["line"]) == ("X122", str(line))


@given(st.lists(st.lists(st.text('a"\n\r,; ', max_size=6), min_size=2, max_size=3), min_size=1, max_size=4))
def test_what_a_program_quotes_is_never_refused(rows: list[list[str]]) -> None:
    import csv

    from enforcecli.authoring.sheets_in import _csv

    written = io.StringIO(newline="")
    csv.writer(written, quoting=csv.QUOTE_ALL).writerows(rows)
    assert not isinstance(_csv("案件", written.getvalue().encode()), Problem)


def test_many_and_large_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The bounds hold for a directory as they do for a workbook."""
    for n in range(201):
        (tmp_path / f"{n}.csv").write_text("案号\n", encoding="utf-8")
    assert isinstance(read_file(tmp_path), Problem)
    (tmp_path / "0.csv").unlink()
    assert isinstance(read_file(tmp_path), list)
    monkeypatch.setattr("enforcecli.authoring.sheets_in.MOST_BYTES", 7 * 199)
    assert isinstance(read_file(tmp_path), Problem)
