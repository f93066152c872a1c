"""Cases out to a workbook and back: nothing is lost, whatever key the format has; what Excel makes of things is
understood or named."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from msgspec.structs import replace
from openpyxl import Workbook, load_workbook

from enforcecli.authoring.content import Content, bare, leaves, word
from enforcecli.authoring.exporting import Exported, as_grid, export, said_in
from enforcecli.authoring.grids import Cell, Grid, day_of, number_text, reference
from enforcecli.authoring.importing import Found, Reader, as_lines
from enforcecli.authoring.layout import CASE, KEY, layout, resolved, words_of
from enforcecli.authoring.sheets_in import read_file
from enforcecli.authoring.sheets_out import Offered, csv_files, workbook
from enforcecli.authoring.tables import apart, joined, rows, spread
from enforcecli.desk.examine import Examined, examine, examine_case
from enforcecli.model.problem import Problem
from enforcecli.output.results import digest
from enforcecli.reading.case import shape_and_reader
from enforcecli.reading.library import Library
from enforcecli.reading.shape import Choice, Either, ListOf, MapOf, PersonRef, Record, Scalar, Shape
from enforcecli.reading.workspace import Workspace
from enforcecli.text.document import parse
from tests.authoring.contents import the_book, values

OFFICE = Path(__file__).parents[2] / "sample_cases"
BOOK = the_book()
SHAPE = shape_and_reader(BOOK)[0]


@pytest.fixture(scope="module")
def samples() -> list[Examined]:
    return [e for e in examine([OFFICE / "cases"]) if e.result is not None]


@pytest.fixture(scope="module")
def exported(samples: list[Examined]) -> Exported:
    return export(samples, BOOK, Library().books())


def back(path: Path) -> list[Found]:
    grids = read_file(path)
    assert not isinstance(grids, Problem), grids
    reader = Reader(Library().books())
    found = reader.read(grids)
    assert reader.problems == []
    return found


def written(kind: str, english: bool, exported: Exported, folder: Path) -> Path:
    if kind == "xlsx":
        path = folder / "案件.xlsx"
        path.write_bytes(workbook(exported.sheets, exported.tables, Offered(BOOK, None, english)))
        return path
    for name, data in csv_files(exported.sheets, exported.tables, english).items():
        (folder / name).write_bytes(data)
    return folder


@pytest.mark.parametrize("english", [False, True], ids=["zh", "en"])
@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_the_sample_cases_come_back(kind: str, english: bool, samples: list[Examined], exported: Exported,
                                    tmp_path: Path) -> None:
    """The same cases, and the same assessments."""
    assert exported.refused == () and exported.count == len(samples)
    found = back(written(kind, english, exported, tmp_path))
    workspace = Workspace.open(OFFICE / "enforce.yaml")
    by_number = {e.case.number: e for e in samples if e.case is not None}
    assert {f.number for f in found} == set(by_number)
    for each in found:
        before = by_number[each.number]
        assert before.case is not None and before.result is not None
        assert each.content == said_in(before)
        text, _ = as_lines(each.content)
        after = examine_case(parse(text.encode(), f"{each.number}.yaml"), workspace, before.case.file, before.case.sha256)
        assert after.case == before.case
        assert after.result is not None and digest(after.result) == digest(before.result)


def test_the_same_cases_make_the_same_bytes(exported: Exported) -> None:
    offered = Offered(BOOK, None)
    assert workbook(exported.sheets, exported.tables, offered) == workbook(exported.sheets, exported.tables, offered)


# every key of the format

def full(shape: Shape, name: str = "") -> Iterator[Content]:
    """Contents in which every key of a shape stands, one way of writing after the other."""
    inner = bare(shape)
    if isinstance(inner, Record):
        each = {f.label: list(full(f.shape, f.label)) for f in inner.fields}
        for n in range(max(map(len, each.values()))):
            yield {label: ways[n % len(ways)] for label, ways in each.items()}
    elif isinstance(inner, ListOf):
        for item in full(inner.item, name):
            yield [item, item]
    elif isinstance(inner, MapOf):
        for value in full(inner.value, name):
            yield dict.fromkeys(words_of(inner.key) or ("张某", "李某甲"), value)
    elif isinstance(inner, Either):
        for way in (inner.scalar, inner.mapping, inner.sequence):
            if way is not None:
                yield from full(way, name)
    elif isinstance(inner, PersonRef):
        yield "张某"
    elif isinstance(inner, Choice):
        yield inner.words[0].zh
    elif isinstance(inner, Scalar):
        yield (*words_of(inner), *(word(e, inner) for e in inner.examples))[0]
    else:
        yield f"{name}，“其他”；1、2\n=1"


def keys_of(content: Content) -> set[tuple[str, ...]]:
    return {tuple(s for s in path if isinstance(s, str)) for path, _ in leaves(content)}


@pytest.mark.parametrize("n", range(2))
@pytest.mark.parametrize("kind", ["rows", "xlsx", "csv"])
def test_every_key_of_the_format_survives(kind: str, n: int, tmp_path: Path) -> None:
    content = list(full(SHAPE))[n]
    assert isinstance(content, dict)
    content[CASE] = "SJ-2026-001"
    meant = sensible(spread(content, SHAPE))
    sheets = layout([BOOK])
    if kind == "rows":
        found = Reader([BOOK]).read([as_grid(s, list(rows(s, "SJ-2026-001", meant))) for s in sheets])
    else:
        tables = {s.base: list(rows(s, "SJ-2026-001", meant)) for s in sheets}
        found = back(written(kind, False, Exported(sheets, tables, 1, ()), tmp_path))
    assert len(found) == 1
    assert keys_of(found[0].content) == keys_of(meant)
    assert found[0].content == meant


PER_PART = {f.name for f in (*BOOK.facts.values(), *BOOK.person_facts.values()) if f.per_part}
FACTS = {*BOOK.facts, *BOOK.person_facts}


def sensible(content: Content) -> Content:
    """Without what says nothing, and without parts of a fact that has none (the book refuses such a case)."""
    if isinstance(content, list):
        return [s for item in content if (s := sensible(item)) not in ([], {})]
    if isinstance(content, dict):
        kept = {k: sensible(v) for k, v in content.items()
                if not (k in FACTS and k not in PER_PART and isinstance(v, dict))}
        return {k: v for k, v in kept.items() if v not in ([], {})}
    return content


def test_a_new_key_would_be_a_new_column() -> None:
    headings = {s.base: s.headings(False) for s in layout([BOOK])}
    for sheet in layout([BOOK]):
        for column in sheet.columns:
            for spelling in (column.heading, column.english):
                found = resolved(spelling, sheet.record)
                assert found is not None and found[0] == column.path and (KEY in found[0]) == sheet.apart
        assert len(set(headings[sheet.base])) == len(headings[sheet.base])


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck), phases=(Phase.explicit, Phase.generate))
@given(values(SHAPE))
def test_whatever_the_format_holds_comes_back(content: dict[str, Content]) -> None:
    said = sensible(spread({**content, CASE: "SJ-2026-001"}, SHAPE))
    reader = Reader([BOOK])
    found = reader.read([as_grid(s, list(rows(s, "SJ-2026-001", said))) for s in layout([BOOK])])
    assert reader.problems == [] and [f.content for f in found] == [said]


# cells

@pytest.mark.parametrize(("items", "text"), [
    (["张某"], "张某"), (["张某", "李某"], "张某、李某"), (["会议记录、纪要"], '"会议记录、纪要"'), (['"甲"', "乙\n丙"], None), (["a, b", " c"], None),
])
def test_several_values_in_a_cell(items: list[str], text: str | None) -> None:
    assert apart(joined(items)) == items
    assert text is None or joined(items) == text


@pytest.mark.parametrize(("text", "items"), [
    ("张某，李某; 王某", ["张某", "李某", "王某"]), ("2\n3-5a", ["2", "3-5a"]), ("、、", []), ('"未完', ["未完"]), ("甲 、 乙", ["甲", "乙"]),
])
def test_however_people_set_them_apart(text: str, items: list[str]) -> None:
    assert apart(text) == items


def test_references() -> None:
    assert [reference(2, c) for c in (0, 25, 26, 51, 52, 701, 702)] == ["A2", "Z2", "AA2", "AZ2", "BA2", "ZZ2", "AAA2"]


@pytest.mark.parametrize(("value", "percent", "text"), [
    (5.0, False, "5"), (0.6, True, "60%"), (0.333, True, "33.3%"), (12000.5, False, "12000.5"), (0.1 + 0.2, False, "0.3"),
    (330124199001011234.0, False, "330124199001011000"), (100, False, "100"),
])
def test_numbers(value: float, percent: bool, text: str) -> None:
    assert number_text(value, percent) == text


@pytest.mark.parametrize(("text", "day"), [
    ("46083", "2026-03-02"), ("20260302", "2026-03-02"), ("20260231", None), ("60", None), ("3-5", None), ("999999", None),
])
def test_numbers_that_are_days(text: str, day: str | None) -> None:
    assert day_of(text) == day


def book_of(*sheets: tuple[str, list[list[Any]]]) -> bytes:
    """A workbook as somebody makes it by hand."""
    made = Workbook()
    made.remove(made.active)
    for name, lines in sheets:
        page = made.create_sheet(name)
        for line in lines:
            page.append(line)
    buffer = io.BytesIO()
    made.save(buffer)
    return buffer.getvalue()


def test_what_excel_makes_of_things(tmp_path: Path) -> None:
    made = Workbook()
    page = made.active
    page.title = "案件 "
    page.append(["案号 ", "案由", "行为.日期", "线索.日期", "赔偿.责令承担", "赔偿.金额", "行为.依据", "考核年度", None])
    page.append(["SJ-2026-001\u3000", "\xa0乱收费 ", date(2026, 3, 2), 46083, 0.6, 12000.5, "甲法, 乙条例", 2026, None])
    page.cell(2, 5).number_format = "0.00%"
    (tmp_path / "a.xlsx").write_bytes(_saved(made))
    (found,) = back(tmp_path / "a.xlsx")
    assert found.content == {
        "案号": "SJ-2026-001", "案由": "乱收费", "行为": {"日期": "2026-03-02", "依据": ["甲法", "乙条例"]},
        "线索": {"日期": "2026-03-02"}, "赔偿": {"责令承担": "60%", "金额": "12000.50"}, "考核年度": "2026"}
    assert found.cells["行为", "日期"] == ("案件 ", "C2")


def _saved(book: Any) -> bytes:
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def told(path: Path) -> list[tuple[str, str]]:
    grids = read_file(path)
    assert not isinstance(grids, Problem)
    reader = Reader([BOOK])
    reader.read(grids)
    return [(p.problem.code, p.place) for p in reader.problems]


def test_bad_cells_are_named(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(book_of(
        ("案件", [["案号", "案由", "案由", "行为日期", "行为.日期"], ["SJ-2026-001", "=A1", "x", "y", date(2026, 3, 2)],
                 [None, "没有号"], ["SJ-2026-001", "又一行"], ["SJ-2026-002", 330124199001011234]]),
        ("过错", [["案号", "过错", "情形"], ["SJ-2026-001", 1, date(2026, 3, 5)], ["SJ-2026-001", 3, "2"], ["SJ-2026-009", 1, "2"],
                 ["SJ-2026-001", "甲", "2"]]),
        ("证据", [["案号", "过错", "名称"], ["SJ-2026-001", 2, "笔录"]]),
        ("没见过", [["案号"], ["SJ-2026-001"]]), ("说明", [["随便写"]])))
    assert sorted(told(tmp_path / "a.xlsx")) == sorted([
        ("X103", "没见过"), ("X107", "案件!C1"), ("X105", "案件!D1"), ("X115", "案件!B2"), ("X109", "案件!A3"), ("X111", "案件!A4"),
        ("X118", "案件!B5"), ("X110", "过错!B5"), ("X117", "过错!C2"), ("X113", "过错!A3"), ("X112", "过错!A4"), ("X114", "证据!A2")])


@pytest.mark.parametrize("data", [
    b"", b"PK\x03\x04 broken", b"\xd0\xcf\x11\xe0old excel", b"<html>", "案号,案由\n".encode(),
], ids=["empty", "broken", "old", "html", "csv"])
def test_what_is_no_workbook(data: bytes, tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(data)
    found = read_file(tmp_path / "a.xlsx")
    assert isinstance(found, Problem) and found.code == "X101"


def repacked(data: bytes, change: dict[str, bytes]) -> bytes:
    import zipfile

    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change.pop(name, old.read(name)))
        for name, body in change.items():
            new.writestr(name, body)
    return buffer.getvalue()


@pytest.mark.parametrize("change", [
    {"xl/vbaProject.bin": b"macro"}, {"xl/big.xml": b"0" * (201 * 1024 * 1024)},
    {"xl/workbook.xml": b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'},
    {f"xl/x{n}.xml": b"" for n in range(501)}, {"xl/workbook.xml": b"<x"},
], ids=["macro", "bomb", "entity", "members", "broken part"])
def test_hostile_packages_are_not_opened(change: dict[str, bytes], tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(repacked(book_of(("案件", [["案号"]])), dict(change)))
    found = read_file(tmp_path / "a.xlsx")
    assert isinstance(found, Problem) and found.code == "X101"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("mark", [",", "\t", ";"])
def test_csv_as_programs_write_it(encoding: str, mark: str, tmp_path: Path) -> None:
    text = "案号,案由,行为.日期\r\nSJ-2026-001,'=减,2026/3/2\r\n\r\n".replace(",", mark)
    (tmp_path / "案件.csv").write_bytes(text.encode(encoding))
    (found,) = back(tmp_path)
    assert found.content == {"案号": "SJ-2026-001", "案由": "=减", "行为": {"日期": "2026/3/2"}}


def test_lists_to_choose_from(exported: Exported, tmp_path: Path) -> None:
    roster = Workspace.open(OFFICE / "roster.yaml").roster
    path = tmp_path / "t.xlsx"
    path.write_bytes(workbook(layout([BOOK]), {}, Offered(BOOK, roster)))
    book = load_workbook(path)
    lists = {c[0].value: [cell.value for cell in c if cell.value] for c in book["选项"].columns}
    assert lists["法院裁判"][1] == "行政复议" and lists["张某" if "张某" in lists else "赵某"]
    assert {v.type for v in book["案件"].data_validations.dataValidation} >= {"list"}
    assert book["选项"].sheet_state == "hidden"
    assert back(path) == []
    headings = [c.value for c in book["过错"][1]]
    assert headings[:3] == ["案号", "过错", "情形"]
    assert book["过错"]["C2"].number_format == "General" and book["过错"].column_dimensions["C"].width > 5


def test_an_english_workbook_offers_english_words_and_takes_them_back(samples: list[Examined], exported: Exported, tmp_path: Path) -> None:
    path = tmp_path / "t.xlsx"
    path.write_bytes(workbook(layout([BOOK]), {}, Offered(BOOK, None, english=True)))
    lists = [[cell.value for cell in c if cell.value] for c in load_workbook(path)["options"].columns]
    assert ["court judgment", "administrative reconsideration"] in [words[:2] for words in lists]
    assert ["yes", "no", "open"] in lists and ["handler", "reviewer"] in [words[:2] for words in lists]
    for sheet in layout([BOOK]):
        for column in sheet.columns:
            given = list(zip(words_of(column.shape), words_of(column.shape, english=True), strict=True))
            assert [word(english, column.shape) for _, english in given] == [chinese for chinese, _ in given]
    cells = {c.value for sheet in load_workbook(written("xlsx", True, exported, tmp_path)) for row in sheet for c in row}
    assert {"court judgment", "penalty", "handler", "yes"} <= cells and not {"法院裁判", "行政处罚", "承办人"} & cells


def test_a_case_that_cannot_be_read_is_not_exported(samples: list[Examined]) -> None:
    one = samples[0]
    broken = replace(one, text=one.text.replace("案由", "案又"), problems=(Problem("K101", (("written", "案又"),)),))
    done = export([broken, replace(one, unreadable=True)], BOOK, [BOOK])
    assert done.count == 0 and [p.code for p in done.refused] == ["X119", "X119"]
    missing = replace(one, unreadable=True, problems=(Problem("T101"),))
    assert [dict(p.args)["reason"] for p in export([missing], BOOK, [BOOK]).refused] == ["找不到这个文件"]


def test_grids_remember_where_cells_were() -> None:
    grid = Grid("案件", {3: {1: Cell("案号"), 2: Cell("案由")}, 7: {1: Cell("SJ-2026-001"), 2: Cell("x")}})
    (found,) = Reader([BOOK]).read([grid])
    assert found.cell_of(("案由",)) == ("案件", "C7") and found.cell_of(("行为", "日期")) == ("案件", "B7")
