"""enforce roster, as its user meets it."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from enforcecli.output.width import width
from tests.cli.conftest import CASES, Ran

Enforce = Callable[..., Ran]


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository of its own, with the sample's roster and settings."""
    for name in ("enforce.yaml", "roster.yaml"):
        shutil.copy(CASES / name, tmp_path)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("language", ["zh", "en"])
def test_show_fits_the_terminal_and_any_encoding(enforce: Enforce, language: str) -> None:
    ran = enforce("roster", "show", "--on", "2025-08-01", "--lang", language)
    assert ran.code == 0 and ran.err == ""
    lines = ran.out.splitlines()
    assert max(map(width, lines)) <= 80 and ran.out.encode("gbk")
    tree = lines[2:lines.index("", 2)]
    assert {line.index("四（") and width(line[:line.index("四（")]) for line in tree if "四（" in line} == {
        width(tree[0][:tree[0].index("四（")])}  # the clauses stand in one column


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("name", ["Hamilton-Featherstonehaugh.Bartholomew", "阿" * 40, "a-" * 20])
def test_long_names_turn_over(enforce: Enforce, office: Path, name: str, language: str) -> None:
    station = f"{'综合服务中心暨' * 8}站"
    (office / "roster.yaml").write_text(
        f"第一责任人: {name}\n单位:\n  {station}: {{负责人: {name}, 分管领导: {name}, 目标: [甲]}}\n岗位: {{{'专员' * 20}岗: {{目标: [甲]}}}}\n"
        f"人员:\n  {name}: {{职务: 主任}}\n  钱某: {{单位: {station}, 岗位: {'专员' * 20}岗}}\n", encoding="utf-8")
    ran = enforce("roster", "show", "--lang", language)
    assert ran.code == 0
    assert max(map(width, ran.out.splitlines())) <= 80
    whole = "".join(ran.out.split())
    assert whole.count("四（") == 4 and name[:6] in whole and "钱某" in whole


def test_the_same_people_in_every_format(enforce: Enforce) -> None:
    made = json.loads(enforce("roster", "show", "--on", "2026-06-30", "--format", "json").out)
    assert (made["format"], made["on"], made["organ"]) == ("enforce-roster/1", "2026-06-30", "上江乡人民政府")
    people = {one["id"]: one for one in made["people"]}
    assert people["郑某"]["offices"] == [{"office": "站所负责人", "unit": "综合行政执法队", "cite": "四（二）"}]
    assert people["张某"]["answers_to"] == [
        {"office": "站所负责人", "person": "刘某"}, {"office": "分管领导", "person": "杨某"}, {"office": "第一责任人", "person": "赵某"}]
    assert people["张某"]["duties"] == ["D3-1", "D3-2"] and people["李某甲"]["name"] == "李某"
    for form in ("text", "md"):
        shown = enforce("roster", "show", "--on", "2026-06-30", "--format", form).out
        rows = [line for line in shown.splitlines() if line.lstrip("| ").startswith(tuple(people))]
        assert len(rows) >= len(people)


def test_who_is_left_out_is_told(enforce: Enforce) -> None:
    assert "何某" in enforce("roster", "show").err
    assert enforce("roster", "show", "--on", "2026年6月30日").err == ""


def test_check_is_as_of_a_day(enforce: Enforce) -> None:
    assert "P225" in enforce("roster", "check").out
    then = enforce("roster", "check", "--on", "2025-08-01", "--format", "json")
    codes = {p["code"] for p in json.loads(then.out)["problems"]}
    assert {"P201", "P204"} <= codes and "P225" not in codes and then.code == 0
    assert enforce("roster", "check", "--on", "2025-08-01", "--strict").code == 1
    assert enforce("roster", "check", "--on", "2026-06-30", "--strict").code == 0


WRONG = {
    "no date": (("show", "--on", "六月"), "不是日期"),
    "no day": (("check", "--on", "2026-02-30"), "不是日期"),
    "the day is missing": (("statement",), "写明 --on 日期"),
    "nobody": (("statement", "甄某", "--on", "2026-06-30"), "名册里没有“甄某”"),
    "two of a name": (("statement", "李某", "--on", "2026-06-30"), "李某乙、李某甲"),
    "gone": (("statement", "何某", "--on", "2026-06-30"), "不在职"),
    "format": (("statement", "张某", "--on", "2026-06-30", "--format", "doc"), "docx"),
}


@pytest.mark.parametrize("name", WRONG)
def test_wrong_usage(enforce: Enforce, office: Path, name: str) -> None:
    words, told = WRONG[name]
    ran = enforce("roster", *words)
    assert (ran.code, ran.out) == (2, "") and told in ran.err
    assert not (office / "statements").exists()


def test_without_a_roster(enforce: Enforce, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "enforce.yaml").write_text("机关: 甲\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    for verb in ("check", "show", "statement"):
        ran = enforce("roster", verb)
        assert ran.code == 2 and "roster.yaml" in ran.err and ran.out == ""


def test_a_roster_with_errors_is_shown_with_a_word(enforce: Enforce, office: Path) -> None:
    text = (office / "roster.yaml").read_text(encoding="utf-8")
    (office / "roster.yaml").write_text(text.replace("隶属: 乡属", "隶属: 天上", 1), encoding="utf-8")
    ran = enforce("roster", "show", "--on", "2026-06-30")
    assert ran.code == 1 and "K20" in ran.err and "第一责任人" in ran.out


def test_what_is_no_text_is_not_shown(enforce: Enforce, office: Path) -> None:
    (office / "roster.yaml").write_bytes(b"\xff\x80\xff")
    ran = enforce("roster", "show")
    assert ran.code == 3 and ran.out == "" and "roster.yaml" in ran.err


def test_statements_are_written_once(enforce: Enforce, office: Path) -> None:
    first = enforce("roster", "statement", "林业站站长", "--on", "2026-06-30")
    assert first.code == 0 and "写入 2，未变 0" in first.out
    names = sorted(path.name for path in (office / "statements").iterdir())
    assert names == ["岗位责任书-刘某.docx", "岗位责任书-刘某.md"]
    assert "写入 0，未变 2" in enforce("roster", "statement", "刘某", "--on", "2026-06-30").out
    every = enforce("roster", "statement", "--on", "2026-06-30", "--format", "md", "--out", "all")
    assert "写入 19" in every.out and len(list((office / "all").iterdir())) == 19


def test_statements_do_not_leave_the_repository(enforce: Enforce, office: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    (office / "statements").symlink_to(elsewhere)
    ran = enforce("roster", "statement", "刘某", "--on", "2026-06-30")
    assert ran.code == 3 and list(elsewhere.iterdir()) == []


def test_a_roster_without_ends_needs_no_day(enforce: Enforce, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "enforce.yaml").write_text("机关: 甲乡人民政府\n适用办法: shangjiang-2023\n", encoding="utf-8")
    (tmp_path / "roster.yaml").write_text("第一责任人: 甲某\n人员: {甲某: {职务: 乡长}}\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert enforce("roster", "statement", "--format", "md").code == 0
    assert "任职情况" not in (tmp_path / "statements" / "岗位责任书-甲某.md").read_text(encoding="utf-8")


def test_a_case_paper_is_not_asked_of_the_roster_nor_the_other_way(enforce: Enforce) -> None:
    ran = enforce("render", "SJ-2026-003", "--doc", "岗位责任书")
    assert ran.code == 2 and "enforce roster statement" in ran.err
