"""Who answers by office on the day of the act, as assess and the papers tell it."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from enforcecli.output.width import width
from tests.cli.conftest import CASES, Ran

Enforce = Callable[..., Ran]
NUMBER = "SJ-2026-003"
FILE = f"cases/2026/{NUMBER}.yaml"


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The sample case of 林业站, act of 2026-03-02; the head of the unit retired and nobody wrote when."""
    (tmp_path / FILE).parent.mkdir(parents=True)
    for name in ("enforce.yaml", FILE):
        shutil.copy(CASES / name, tmp_path / name)
    roster = (CASES / "roster.yaml").read_text(encoding="utf-8")
    head, rest = roster.split("\n  刘某: ", 1)
    (tmp_path / "roster.yaml").write_text(head + "\n  刘某: " + rest.replace("现状: 在职", "现状: 退休", 1), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_json_keeps_known_and_vacant_apart(enforce: Enforce, office: Path) -> None:
    made = json.loads(enforce("assess", FILE, "--format", "json").out)
    assert made["leadership"] == [{"person": "赵某", "office": "第一责任人", "cite": "四（一）"},
                                  {"person": "杨某", "office": "分管领导", "cite": "四（一）"}]
    assert made["leadership_vacant"] == [{
        "office": "站所负责人", "unit": "林业站", "cite": "四（二）", "on": "2026-03-02",
        "reasons": ["名册写由刘某担任，但其现状是退休，没有写明何日离任"]}]


def test_nothing_is_added_where_everybody_is_known(enforce: Enforce) -> None:
    assert "leadership_vacant" not in json.loads(enforce("assess", str(CASES / FILE), "--format", "json").out)


@pytest.mark.parametrize(("language", "words"), [("zh", "不作推定"), ("en", "nothing is presumed")])
@pytest.mark.parametrize("form", ["text", "md"])
def test_it_is_said_with_the_clause(enforce: Enforce, office: Path, language: str, words: str, form: str) -> None:
    shown = enforce("assess", FILE, "--format", form, "--lang", language).out
    part = " ".join(shown[shown.index("杨某", shown.index("第一责任人")):].split())
    assert words in part and "四（二）" in part and "林业站 站所负责人" in part and "2026-03-02" in part
    assert form == "md" or max(map(width, shown.splitlines())) <= 80


def test_nobody_known_at_all_is_said_too(enforce: Enforce, office: Path) -> None:
    roster = (office / "roster.yaml").read_text(encoding="utf-8").replace("自: 2022-01-01", "自: 2026-03-03")
    (office / "roster.yaml").write_text(roster, encoding="utf-8")
    for form in ("text", "md"):
        shown = enforce("assess", FILE, "--format", form).out
        assert shown.count("不作推定") == 3 and "领导责任" in shown


def test_the_papers_leave_the_name_open(enforce: Enforce, office: Path) -> None:
    assert enforce("render", FILE, "--doc", "责任认定计算表", "--doc", "调查报告", "--format", "md").code == 0
    papers = [path.read_text(encoding="utf-8") for path in (office / "decisions").rglob("*.md")]
    assert len(papers) == 2
    for paper in papers:
        line = next(one for one in paper.splitlines() if "领导责任" in one)
        assert "刘某" not in line
        assert "（2026年3月2日由谁担任没有查明），站所负责人" in line and "杨某，分管领导" in line


def test_who_retired_is_named_where_the_office_has_its_last_day(enforce: Enforce, office: Path) -> None:
    roster = (office / "roster.yaml").read_text(encoding="utf-8")
    (office / "roster.yaml").write_text(roster.replace("负责人: 刘某", "负责人: [{人: 刘某, 至: 2026-06-30}]"), encoding="utf-8")
    made = json.loads(enforce("assess", FILE, "--format", "json").out)
    assert made["leadership"][-1] == {"person": "刘某", "office": "站所负责人", "cite": "四（二）"}
    assert "leadership_vacant" not in made
