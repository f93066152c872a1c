"""Which year a case belongs to, and what must not move it there: order, names, commits."""

from __future__ import annotations

import os
import random
import subprocess
from pathlib import Path

import pytest

from enforcecli.review.as_json import json_text
from enforcecli.review.build import build
from tests.review.support import SAMPLES, bare, case, review, sample, table, values, years

END = "结论: {类型: 不予立案, 理由: 查无实据, 日期: %s, 批准: 赵某}\n"
PAUSE = "结论: {类型: 中止, 理由: 等待, 日期: %s, 批准: 赵某}\n"


@pytest.mark.parametrize(("clue", "act", "more", "year"), [
    ("2025-12-31", "2025-01-01", "", 2025),
    ("2026-01-01", "2025-12-31", "", 2026),
    (None, "2025-12-31", "", 2025),
    ("2025-12-31", None, END % "2026-01-02", 2026),
    ("2025-12-31", None, PAUSE % "2026-01-02", 2025),
    ("2026-02-01", None, END % "2025-12-31", 2025),
])
def test_the_year_of_a_case(tmp_path: Path, clue: str | None, act: str | None, more: str, year: int) -> None:
    root = bare(tmp_path)
    case(root, "SJ-2026-001", clue=clue, act=act, more=more)
    both = {y.year: y for y in years(root, 2025, 2026)}
    assert {y: one.amount("case") for y, one in both.items()} == {year: 1, 4051 - year: 0}


def test_carried_over_settled_the_year_after(tmp_path: Path) -> None:
    root = bare(tmp_path)
    case(root, "SJ-2025-001", clue="2025-12-30", more=END % "2026-01-05")
    flow = [[row[1] for row in values(table(review(root, y), "overview"))[:6]] for y in (2025, 2026)]
    assert flow == [[0, 1, 0, 1, 0, 0], [1, 0, 1, 0, 0, 1]]
    assert review(root, 2027).zero


def test_undated_unread_and_broken_are_counted_and_named(tmp_path: Path) -> None:
    root = bare(tmp_path)
    case(root, "SJ-2026-001")
    (root / "cases" / "SJ-2026-002.yaml").write_text("- 不是案件\n", encoding="utf-8")
    (root / "cases" / "SJ-2026-003.yaml").symlink_to(tmp_path / "elsewhere.yaml")
    report = review(root, 2026)
    left = {row[0]: (row[2], row[3]) for row in values(table(report, "left"))}
    assert left["没有任何日期，不知属于哪一年，没有计入"] == (1, "SJ-2026-001")
    assert left["文件的写法有错误，读不出案件，没有计入"] == (1, "cases/SJ-2026-002.yaml")
    assert left["文件不能读取，没有计入"] == (1, "cases/SJ-2026-003.yaml")
    assert not report.zero
    assert "上述文件查清以前，不能作出零报告。" in report.words


def test_a_case_number_used_twice_is_told_and_both_counted(tmp_path: Path) -> None:
    root = bare(tmp_path)
    case(root, "SJ-2026-001", clue="2026-03-01")
    (root / "cases" / "2026").mkdir()
    (root / "cases" / "2026" / "SJ-2026-001.yaml").write_bytes((root / "cases" / "SJ-2026-001.yaml").read_bytes())
    report = review(root, 2026)
    assert table(report, "overview").rows[1][1].cases == ("cases/2026/SJ-2026-001.yaml", "cases/SJ-2026-001.yaml")
    assert "案号 SJ-2026-001 有两个文件，分别计入。" in report.notes


def test_decisions_of_january_without_an_appraisal_year_are_told() -> None:
    facts = years(SAMPLES, 2026)[0]
    assert facts.amount("left", "appraisal-year") == 0


def test_shuffled_files_and_commits_and_a_backdated_one_change_nothing(tmp_path: Path) -> None:
    expected = json_text(build(years(SAMPLES, 2026, 2025)))
    for seed in (1, 2):
        office = sample(tmp_path / str(seed))
        files = sorted((office / "cases").rglob("*.yaml"))
        kept = {file: file.read_bytes() for file in files}
        for file in files:
            file.unlink()
        git(office, "init", "-q")
        chance = random.Random(seed)
        chance.shuffle(files)
        for i, file in enumerate(files):
            file.write_bytes(kept[file])
            git(office, "add", "-A")
            git(office, "commit", "-qm", "a case", day=f"{2010 + i}-01-01T00:00:00Z")
        assert json_text(build(years(office, 2026, 2025))) == expected


def git(office: Path, *args: str, day: str = "2026-01-01T00:00:00Z") -> None:
    who = {f"GIT_{role}_{what}": value for role in ("AUTHOR", "COMMITTER")
           for what, value in (("NAME", "a"), ("EMAIL", "a@example.invalid"), ("DATE", day))}
    subprocess.run(["git", "-c", "commit.gpgsign=false", *args], cwd=office, env=os.environ | who, check=True, capture_output=True)
