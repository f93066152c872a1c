"""enforce import as its user meets it: everything or nothing is written, and slow work shows itself."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from enforcecli.authoring.importing import Found
from enforcecli.cli import progress
from tests.cli.conftest import CASES, Ran

Enforce = Callable[..., Ran]
HEADS = "案号,案由,行为.日期,行为.种类\n"


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, enforce: Enforce) -> Path:
    for name in ("enforce.yaml", "roster.yaml"):
        shutil.copy(CASES / name, tmp_path / name)
    (tmp_path / "cases").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def line(number: int, title: str = "反映乱收费") -> str:
    return f"SJ-2026-{number},{title},2026-03-02,行政检查\n"


def test_one_csv_file_is_the_sheet_of_cases_whatever_its_name(office: Path, enforce: Enforce) -> None:
    (office / "2026年旧案.csv").write_text(HEADS + line(801), encoding="utf-8")
    ran = enforce("import", "2026年旧案.csv")
    assert (ran.code, ran.out) == (0, "cases/2026/SJ-2026-801.yaml\n"), ran.err
    (office / "证据.csv").write_text("案号,过错,名称\nSJ-2026-801,1,收条\n", encoding="utf-8")
    ran = enforce("import", "证据.csv")  # the name of another sheet is believed
    assert ran.code == 1 and "没有名为“案件”的表" in ran.err


def test_a_cell_that_cannot_be_used_is_told_once_and_leaves_nothing_missing(office: Path, enforce: Enforce) -> None:
    (office / "表").mkdir()
    (office / "表/案件.csv").write_text(HEADS + line(801), encoding="utf-8")
    (office / "表/过错.csv").write_text("案号,过错,情形\nSJ-2026-801,1,=A1\n", encoding="utf-8")
    (office / "表/涉及人员.csv").write_text("案号,过错,人,角色,有无过错\nSJ-2026-801,1,张某,承办人,有\n", encoding="utf-8")
    ran = enforce("import", "表")
    assert ran.code == 1 and ran.err.count("错误 ") == 1 and "表 过错!C2: 错误 X115" in ran.err, ran.err


@pytest.mark.parametrize(("language", "words"), [
    ("zh", "X122 案件.csv 第 2 行有一格的英文双引号不成对"), ("en", "X122 案件.csv, line 2: the double quotes of a cell do not match")])
def test_a_quote_gone_astray_swallows_no_case(language: str, words: str, office: Path, enforce: Enforce) -> None:
    (office / "案件.csv").write_text(HEADS + line(801, '"反映乱收费') + line(802), encoding="utf-8")
    ran = enforce("--lang", language, "import", "案件.csv")
    assert ran.code == 3 and words in ran.err and ran.out == ""
    assert list((office / "cases").iterdir()) == []


@pytest.mark.parametrize("number", ["Z", "../../evil", "/etc/x", "-rf", "CON", "sj-2026-001", ".hidden", "'"])
def test_what_is_no_case_number_names_no_file(number: str, office: Path, enforce: Enforce) -> None:
    (office / "案件.csv").write_text(HEADS + line(801) + line(802).replace("SJ-2026-802", number), encoding="utf-8")
    ran = enforce("import", "案件.csv")
    assert ran.code == 1 and "案件!A3: 错误" in ran.err
    assert list((office / "cases").iterdir()) == []


def test_slow_work_shows_itself(office: Path, enforce: Enforce, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[tuple[int, int]] = []
    monkeypatch.setattr(progress.Progress, "__call__", lambda _self, done, total: seen.append((done, total)))
    (office / "案件.csv").write_text(HEADS + line(801) + line(802), encoding="utf-8")
    assert enforce("import", "案件.csv").code == 0
    assert seen == [(0, 2), (1, 2), (1, 2), (2, 2)]


def test_a_cell_for_every_place() -> None:
    """Its own cell, else the first below, else the nearest above."""
    found = Found("x", {}, {("a", 0, "b"): ("表", "B2"), ("a", 1, "c"): ("表", "C3"), ("d",): ("表", "D2")})
    assert [found.cell_of(p) for p in ((), ("a",), ("a", 1), ("a", 1, "z"), ("d", "e"), ("z",))] == [
        ("表", at) for at in ("B2", "B2", "C3", "C3", "D2", "B2")]
