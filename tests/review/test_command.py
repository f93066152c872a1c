"""The command line of the review: what it asks for, where it writes, how it ends."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from tests.cli.conftest import Ran, enforce, environment
from tests.review.support import bare, case

Enforce = Callable[..., Ran]
__all__ = ["enforce", "environment"]


@pytest.fixture(autouse=True)
def no_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))


@pytest.mark.parametrize(("args", "words"), [
    ((), "没有写年度，例如 --year 2026"),
    (("--year", "2026", "--unit", "林站"), "没有“林站”这个站所，是否想写 林业站"),
    (("--year", "2026", "--format", "pdf"), "应当是 table、md、json、csv、xlsx、html、docx 之一"),
    (("--year", "2026", "--format", "xlsx"), "xlsx 要写到文件"),
    (("--year", "2026", "--out", "x.pdf"), "看不出格式"),
    (("cases", "--year", "2026"), "cases 不是案件仓库"),
    (("--year", "2026", "--compare", "2026"), "--compare 与 --year 是同一个年度 2026"),
    (("--year", "2026", "--out", "x.xlsx", "--format", "html"), "--format 写的是 html，而文件名 x.xlsx 的后缀是 xlsx"),
    (("--year", "2026", "--out", "x.htm", "--format", "json"), "请改成一致"),
    (("--year", "2026", "--out", "没有的/x.xlsx"), "没有 没有的 这个目录"),
    (("--year", "2026", "--list", "没有的.txt"), "没有的.txt 不存在、不是普通文件，或者太大"),
])
def test_slips_of_the_command_line(enforce: Enforce, args: tuple[str, ...], words: str) -> None:
    ran = enforce("review", *args)
    assert (ran.code, ran.out) == (2, "")
    assert words in ran.err.replace("\n", "")


def test_the_cache_changes_nothing_and_is_made_in_the_users_directory(enforce: Enforce, tmp_path: Path) -> None:
    runs = [enforce("review", "--year", "2026", *more) for more in ((), (), ("--no-cache",))]
    assert len({run.out for run in runs}) == 1
    assert [run.code for run in runs] == [0, 0, 0]
    assert list((tmp_path / "cache" / "enforce").glob("*.sqlite"))


@pytest.mark.parametrize("form", ["md", "json", "csv", "html", "txt", "xlsx", "docx"])
def test_the_format_is_told_by_the_name_of_the_file(enforce: Enforce, tmp_path: Path, form: str) -> None:
    out = tmp_path / f"2026.{form}"
    ran = enforce("review", "--year", "2026", "--out", str(out))
    assert (ran.code, ran.out) == (0, "")
    start = {"md": b"# ", "json": b"{", "csv": b"\xef\xbb\xbftable", "html": b"<!DOCTYPE html>", "txt": "上江乡".encode()}
    assert out.read_bytes().startswith(start.get(form, b"PK"))


def test_a_text_file_may_hold_any_text(enforce: Enforce, tmp_path: Path) -> None:
    out = tmp_path / "2026.txt"
    assert enforce("review", "--year", "2026", "--out", str(out), "--format", "md").code == 0
    assert out.read_bytes().startswith(b"# ")


def test_a_year_without_cases_is_a_report_to_be_signed(enforce: Enforce, tmp_path: Path) -> None:
    ran = enforce("review", "--year", "2019")
    assert ran.code == 0
    assert "上江乡人民政府 2019 年度未发生行政执法过错责任追究情形" in ran.out.replace("\n", "")
    assert "单位负责人（签字）" in ran.out
    assert "案件和人次" not in ran.out
    out = tmp_path / "zero.html"
    enforce("review", "--year", "2019", "--out", str(out))
    assert "<svg" not in out.read_text(encoding="utf-8")


def test_the_figures_stand_in_a_zero_report_too(enforce: Enforce, tmp_path: Path) -> None:
    root = bare(tmp_path)
    (root / "year").mkdir()
    (root / "year" / "2026.yaml").write_text("年度: 2026\n单位: {林业站: {行政处罚: 3, 被申请复议: 0}}\n", encoding="utf-8")
    ran = enforce("review", str(root), "--year", "2026", "--format", "json")
    data = json.loads(ran.out)
    assert data["zero"]
    assert [one["id"] for section in data["sections"] for one in section["tables"]] == ["rate", "figures-2026"]


@pytest.mark.parametrize(("spoil", "code"), [
    ("线索: {日期: 2026-02-30}\n", 1), ("案号: [\n", 1), (None, 3),
])
def test_the_exit_code_says_whether_all_is_counted(enforce: Enforce, tmp_path: Path, spoil: str | None, code: int) -> None:
    root = bare(tmp_path)
    case(root, "SJ-2026-001", clue="2026-02-01")
    file = root / "cases" / "SJ-2026-002.yaml"
    if spoil is None:
        file.symlink_to(tmp_path / "nowhere.yaml")
    else:
        file.write_text(spoil, encoding="utf-8")
    assert enforce("review", str(root), "--year", "2026").code == code


def test_english(enforce: Enforce) -> None:
    ran = enforce("review", "--year", "2026", "--compare", "2025", "--lang", "en", "--cases")
    assert ran.code == 0
    assert "How was counted" in ran.out
    assert "案件和人次" not in ran.out


def test_case_ids_under_each_table(enforce: Enforce) -> None:
    ran = enforce("review", "--year", "2026", "--cases")
    assert "1 法院终审撤销或变更 三（一）1 · 2026 年：SJ-2026-005" in ran.out


def test_the_workbook_opens_with_what_is_to_be_read_first(enforce: Enforce, tmp_path: Path) -> None:
    out = tmp_path / "a.xlsx"
    enforce("review", "--year", "2026", "--out", str(out))
    book = openpyxl.load_workbook(out)
    assert book.sheetnames[0] == "说明"
    assert book.sheetnames[-1] == "案号"
    assert book.worksheets[0]["A1"].value == "上江乡人民政府 2026 年度行政执法过错责任追究情况"
    traced = {(row[0].value, row[3].value) for row in book["案号"].iter_rows(min_row=2)}
    assert ("按阶段", "SJ-2026-005") in traced
