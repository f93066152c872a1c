"""Cases not settled at the year's end: whose term had passed by then, and who is in them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.review.support import bare, case, review, sample, table, values

LIMIT = "期限: {立案到决定: 30 日}\n"
FILED = "程序: {立案: {日期: %s, 批准: 赵某}%s}\n"
DECIDED = ", 决定: {日期: %s, 文号: 上江责〔2027〕1号}"
PAUSE = "结论: {类型: 中止, 理由: 等待, 日期: %s, 批准: 赵某}\n"


def office(tmp_path: Path, more: str, stage: str = "立案") -> Path:
    root = bare(tmp_path)
    (root / "enforce.yaml").write_text("机关: 某乡人民政府\n适用办法: shangjiang-2023\n" + LIMIT, encoding="utf-8")
    case(root, "SJ-2026-001", clue="2026-01-05", stage=stage, more=more)
    return root


@pytest.mark.parametrize(("more", "stage", "due", "remark"), [
    (FILED % ("2026-11-30", ""), "立案", "2026-12-30", "到年末已过期限"),
    (FILED % ("2026-12-01", ""), "立案", "2026-12-31", ""),
    (FILED % ("2026-12-02", ""), "立案", "2027-01-01", ""),
    (FILED % ("2026-03-02", "") + PAUSE % "2026-03-20", "立案", "2026-04-01", "中止"),
    (FILED % ("2026-03-02", "") + PAUSE % "2027-01-20", "立案", "2026-04-01", "到年末已过期限"),
    (FILED % ("2026-03-02", DECIDED % "2027-02-01"), "决定", "2026-04-01", "到年末已过期限"),
    (FILED % ("2027-01-04", ""), "立案", None, ""),
])
def test_a_term_passed_by_the_end_of_the_year(
        tmp_path: Path, more: str, stage: str, due: str | None, remark: str) -> None:
    """What came in the year after does not change what was pending, and overdue, at the end of this one."""
    found = review(office(tmp_path, more, stage), 2026)
    assert [row[4:] for row in values(table(found, "pending"))] == [[due, remark]]
    late = table(found, "overview").rows[4]
    assert (late[0].value, late[1].value) == ("其中到年末已过期限", 1 if "已过期限" in remark else 0)
    terms = [one for one in found.tables() if one.id == "term"]
    assert [row for one in terms for row in values(one)] == (
        [["立案到决定", "30 日", "2026", 0, None, None, None, 0, 1]] if late[1].value else [])


def test_late_decisions_and_cases_still_late_are_two_numbers(tmp_path: Path) -> None:
    root = office(tmp_path, FILED % ("2026-03-02", DECIDED % "2026-06-01"), "决定")
    case(root, "SJ-2026-002", clue="2026-01-05", stage="立案", more=FILED % ("2026-03-02", ""))
    row = table(review(root, 2026), "term").rows[0]
    assert [(cell.value, tuple(cell.cases)) for cell in row[-2:]] == [(1, ("SJ-2026-001",)), (1, ("SJ-2026-002",))]


def candidates(root: Path, unit: str | None = None) -> set[str]:
    found = [one for one in review(root, 2026, unit=unit).tables() if one.id == "candidate"]
    return {row[0] for one in found for row in values(one)}


def test_who_is_named_only_in_the_proposal_is_in_the_case(tmp_path: Path) -> None:
    root = sample(tmp_path)
    assert "吴某" in candidates(root)
    file = root / "cases" / "2026" / "SJ-2026-010.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("  周某: [M1, M5]\n", "  周某: [M1, M5]\n  吴某: [M1]\n"), encoding="utf-8")
    assert "吴某" not in candidates(root)


@pytest.mark.parametrize("day", ["2026-05-06", ""])
def test_no_candidate_of_a_unit_is_in_a_case_of_another_or_in_one_without_a_day(tmp_path: Path, day: str) -> None:
    root = sample(tmp_path)
    assert "钱某" in candidates(root, "综合行政执法队")
    case(root, "SJ-2026-099", clue=day or None, unit="林业站" if day else "综合行政执法队",
         more="过错事实:\n- 涉及人员:\n  - {人: 钱某, 角色: 承办人, 有无过错: 无}\n")
    assert "钱某" not in candidates(root, "综合行政执法队")
