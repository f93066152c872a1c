"""Papers of a case in which the older version applies to one person and the later one to another."""

from __future__ import annotations

from pathlib import Path

import pytest

from enforcecli.documents.context import Paper
from tests.documents.two_versions import COUNTED, TWO, every, repository
from tests.documents.wording import text

OLD, NEW = "某县执法过错责任办法（2024年）", "某县执法过错责任办法（2026年）"


def worded(root: Path, number: str, kind: str) -> dict[str | None, str]:
    found = every(root, number, kind)
    assert all(isinstance(paper, Paper) for paper in found), found
    return {paper.subject: text(paper) for paper in found if isinstance(paper, Paper)}


def test_each_decision_speaks_of_the_version_that_applies_to_the_person(tmp_path: Path) -> None:
    decisions = worded(repository(tmp_path), TWO, "decision")
    assert f"依照《{OLD}》" in decisions["甲"] and NEW not in decisions["甲"]
    assert f"依照《{NEW}》" in decisions["乙"] and f"行为发生时施行的是《{OLD}》" in decisions["乙"]
    for words in decisions.values():
        assert "承担次要责任" in words and "承担主要责任" not in words


def test_the_sheet_shows_both_computations_and_what_applies(tmp_path: Path) -> None:
    (sheet,) = worded(repository(tmp_path), TWO, "calculation").values()
    assert sheet.index(f"过错一（依《{OLD}》）") < sheet.index(f"过错一（依《{NEW}》）") < sheet.index("## 从旧兼从轻")
    assert "| 甲 | 次要责任，3/10（30.00%），追偿3000.00元 | 主要责任，7/10（70.00%），追偿7000.00元 | 后者较重 |" in sheet
    assert "| 乙 | 主要责任，7/10（70.00%），追偿7000.00元 | 次要责任，3/10（30.00%），追偿3000.00元 | 后者较轻 |" in sheet
    assert "| 机关自担 | 责令承担总额减去各人承担的部分 | 4000.00 |" in sheet


def test_the_money_ordered_is_the_same_in_every_paper(tmp_path: Path) -> None:
    root = repository(tmp_path)
    orders = worded(root, TWO, "compensation")
    assert set(orders) == {"甲", "乙"} and all("3000.00" in words for words in orders.values())
    assert all("7000.00" not in words for words in orders.values())


def test_an_office_that_shows_grades_only_shows_no_share_here_either(tmp_path: Path) -> None:
    (sheet,) = worded(repository(tmp_path, office="比例: 不显示\n"), TWO, "calculation").values()
    assert "从旧兼从轻" in sheet and "3/10" not in sheet and "30.00%" not in sheet


@pytest.mark.parametrize("words", ["甲的一年内次数：一次（2025年5月1日至2026年5月1日，按决定日期，本案尚未决定，暂计至该日）",
                                   "计入的案件：SJ-2026-150（2026年4月1日）。"])
def test_the_sheet_names_the_cases_counted(tmp_path: Path, words: str) -> None:
    (sheet,) = worded(repository(tmp_path), COUNTED, "calculation").values()
    assert words in sheet
