"""Names are data: no formula, no HTML, no Markdown, no escape of a terminal; the public version names nobody."""

from __future__ import annotations

import csv
import io
import json
import os
import re
from pathlib import Path

import openpyxl
import pytest
from markdown_it import MarkdownIt
from ruamel.yaml import YAML

from enforcecli.review import as_docx, as_html, as_json, as_md, as_text, as_xlsx
from enforcecli.review.build import build
from enforcecli.review.collect import collect
from enforcecli.review.labels import labelled
from enforcecli.review.report import Report
from enforcecli.review.wanted import Wanted
from enforcecli.review.year import merged
from tests.review.support import SAMPLES, review, sample, table

NAMES = (
    "=HYPERLINK(\"http://x.example\",\"点\")", "+1+1", "-2+3", "@SUM(A1)", "<script>alert(1)</script>", "<img src=x onerror=alert(1)>",
    "[点](javascript:alert(1))", "a|b", "**粗**", "\"><svg onload=alert(1)>", "{{ 7*7 }}", "甲'; DROP TABLE cases;--",
    "`code`", "&lt;b&gt;", "＝1+1", "</script><script>", "#标题",
)


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Report:
    """The sample office with people and units of such names."""
    office = sample(tmp_path_factory.mktemp("hostile"))
    roster = (office / "roster.yaml").read_text(encoding="utf-8")
    people = ["张某", "杨某", "孙某", "刘某", "徐某", "陈某", "罗某", "黄某", "冯某", "赵某", "吴某", "周某", "宋某", "马某", "何某", "郑某", "钱某"]
    for name, word in zip(people, NAMES, strict=True):
        roster = roster.replace(f"姓名: {name}", f"姓名: {quoted(word)}")
    (office / "roster.yaml").write_text(roster, encoding="utf-8")
    case = office / "cases" / "2026" / "SJ-2026-001.yaml"
    case.write_text(case.read_text(encoding="utf-8").replace("承办单位: 村镇规划建设站", f"承办单位: {quoted(NAMES[0])}"), encoding="utf-8")
    return review(office, 2026)


def quoted(word: str) -> str:
    return "'" + word.replace("'", "''") + "'"


def test_the_names_are_in_it(report: Report) -> None:
    printed = {cell.value for row in table(report, "roll").rows for cell in row}
    assert set(NAMES) <= printed
    assert NAMES[0] in {row[0].value for row in table(report, "unit").rows}


def test_no_formula_in_the_workbook(report: Report) -> None:
    data = as_xlsx.workbook(report)
    book = openpyxl.load_workbook(io.BytesIO(data))
    texts = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in texts} <= {"s", "n", "d"}
    assert not any(sheet._hyperlinks for sheet in book)
    assert set(NAMES) <= {cell.value for cell in texts}


def test_no_formula_in_csv(report: Report) -> None:
    lines = list(csv.reader(io.StringIO("".join(as_json.csv_lines(report)), newline="")))
    assert not [word for line in lines for word in line if word.startswith(("=", "+", "-", "@", "＝", "\t"))]
    assert any(word == "'" + NAMES[0] for line in lines for word in line)


def test_no_element_in_html(report: Report) -> None:
    page = as_html.page(report)
    assert page.count("<script>") == 1
    assert not re.search(r"<(?:img|iframe|b>)|<svg onload|onerror=alert\(1\)>", page)
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "{{ 7*7 }}" in page
    assert not re.search(r"(?:src|href)=\"(?!#)", page)


def test_no_mark_in_markdown(report: Report) -> None:
    tokens = MarkdownIt("commonmark").enable("table").parse("\n".join(as_md.lines(report)))
    inside = [child for token in tokens for child in token.children or ()]
    assert {child.type for child in inside} <= {"text", "text_special", "softbreak"}
    assert not [token for token in tokens if token.type in {"html_block", "code_block", "fence"}]
    widths = {}
    for token in tokens:
        if token.type == "tr_open":
            widths[token.map[0] if token.map else 0] = 0
    assert widths


def test_a_paper_holds_them_as_text(report: Report) -> None:
    data = as_docx.paper(report, None, None)
    assert isinstance(data, bytes)
    assert set(NAMES) <= set(map(str, words(data)))


def words(data: bytes) -> tuple[str, ...]:
    from enforcecli.documents.docx import words_of

    return words_of(data)


def test_control_characters_are_shown_as_codes(tmp_path: Path) -> None:
    office = sample(tmp_path)
    (office / "cases" / "2026" / "a\x1b[31m\nb\u202e.yaml").write_text("- x\n", encoding="utf-8")
    found = review(office, 2026)
    for text in ("\n".join(as_text.lines(found, cases=True)), "\n".join(as_md.lines(found, cases=True)), as_html.page(found),
                 "".join(as_json.csv_lines(found)), as_json.json_text(found)):
        assert "\x1b" not in text
        assert "\u202e" not in text
    assert "a\\x1b[31m" in "\n".join(as_text.lines(found)).replace("\n", "").replace(" ", "")


@pytest.mark.parametrize("word", [b"\xff", b"a\x1b[31m\nb", "\u202e".encode(), b"=1+1", b"<b>"])
def test_names_of_directories_files_offices_and_people_in_every_format(tmp_path: Path, word: bytes) -> None:
    """Bytes that are no text, escapes, new lines: whatever holds them, every format prints them as codes."""
    one = tmp_path / os.fsdecode(word)
    (one / "cases").mkdir(parents=True)
    (one / "cases" / os.fsdecode(word + b".yaml")).write_text("- x\n", encoding="utf-8")
    two = sample(tmp_path)
    text = json.dumps(word.decode("utf-8", "replace"))
    settings = two / "enforce.yaml"
    settings.write_text(settings.read_text(encoding="utf-8").replace("机关: 上江乡人民政府", f"机关: {text}", 1), encoding="utf-8")
    roster = two / "roster.yaml"
    roster.write_text(roster.read_text(encoding="utf-8").replace("姓名: 张某", f"姓名: {text}", 1), encoding="utf-8")
    wanted = Wanted((2026,), None, True, str(tmp_path / "cache"))
    roots = labelled([one, two], wanted)
    assert len(roots) == 2
    for _again in range(2):  # the second time from the cache
        found = build([merged([collect(root, wanted, place)[0] for place, root in roots.items()], 2026)])
        paper = as_docx.paper(found, None, None, cases=True)
        assert isinstance(paper, bytes)
        texts = ["\n".join(as_text.lines(found, cases=True)), "\n".join(as_md.lines(found, cases=True)), as_html.page(found),
                 "".join(as_json.csv_lines(found)), as_json.json_text(found), *words(paper)]
        for sheet in openpyxl.load_workbook(io.BytesIO(as_xlsx.workbook(found))):
            texts += [str(cell.value) for row in sheet.iter_rows() for cell in row]
        for printed in texts:
            printed.encode("utf-8")
            assert "\x1b" not in printed
            assert "\u202e" not in printed


def test_the_public_version_names_nobody() -> None:
    found = review(SAMPLES, 2026, 2025, public=True)
    roster = YAML(typ="safe").load((SAMPLES / "roster.yaml").read_text(encoding="utf-8"))
    names = {*roster["人员"], *(one["姓名"] for one in roster["人员"].values())}
    texts = ["\n".join(as_text.lines(found, cases=True)), "\n".join(as_md.lines(found, cases=True)), as_json.json_text(found),
             as_html.page(found), "".join(as_json.csv_lines(found))]
    for sheet in openpyxl.load_workbook(io.BytesIO(as_xlsx.workbook(found))):
        texts += [str(cell.value) for row in sheet.iter_rows() for cell in row]
    for text in texts:
        assert not [name for name in names if name in text]
    private = "\n".join(as_text.lines(review(SAMPLES, 2026)))
    assert all(name in private for name in ("张某", "李某甲"))
    assert {one.id for one in found.tables()} >= {"frequency", "standing", "grade", "unit", "duty"}
