"""What a review says of a person: of every case, of decisions that stand, of the duties somebody assessed."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.review.support import bare, by_name, case, review, sample, table, values

DECISION = "程序: {立案: {日期: 2026-03-02, 批准: 赵某}, 决定: {日期: 2026-05-08}}\n"


def edited(file: Path, *changes: tuple[str, str]) -> None:
    text = file.read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    file.write_text(text, encoding="utf-8")


def appeal(root: Path, number: str, person: str, outcome: str) -> None:
    with (root / "cases" / "2026" / f"{number}.yaml").open("a", encoding="utf-8") as file:
        file.write(f"\n救济: [{{人: {person}, 途径: 申诉, 提出: 2026-07-01, 机关: 县人民政府, 日期: 2026-07-30, 结果: {outcome}}}]\n")


@pytest.mark.parametrize(("outcome", "stands"), [("维持", True), ("撤销", False)])
def test_a_decision_that_was_revoked_stands_against_nobody(tmp_path: Path, outcome: str, stands: bool) -> None:
    """刘某 was to lose the awards of the year by SJ-2026-009, 张某 was found to bear a part there."""
    root = sample(tmp_path)
    appeal(root, "SJ-2026-009", "刘某", outcome)
    found = review(root, 2026)
    assert ("刘某" in by_name(found, "person")) is stands
    assert ("刘某" in by_name(found, "effect-award")) is stands
    assert by_name(found, "roll")["刘某"][4] == stands
    assert by_name(found, "person")["张某"][1] == 3
    assert by_name(found, "overview")["被追究责任（人次）"] == [16 + stands]
    told = by_name(found, "left").get("追究决定经复核、申诉被撤销的人，没有计入人次、方式和金额")
    assert (told is None) is stands
    assert told is None or told[2] == "SJ-2026-009"


def test_money_a_revoked_decision_ordered_is_ordered_from_nobody(tmp_path: Path) -> None:
    root = sample(tmp_path)
    before = by_name(review(root, 2026), "money")
    appeal(root, "SJ-2026-003", "张某", "撤销")
    after = by_name(review(root, 2026), "money")
    assert (before["其中个人承担"], after["其中个人承担"]) == (["5040.00"], ["0.00"])
    assert after["责令承担的总额"] == after["其中由本机关承担"]


def test_a_units_roll_counts_the_cases_of_other_units(tmp_path: Path) -> None:
    """罗某 and 黄某 of the forestry station were pursued in SJ-2026-013, which names no unit."""
    root = sample(tmp_path)
    whole, station = review(root, 2026), review(root, 2026, unit="林业站")
    roll = by_name(station, "roll")
    assert roll.keys() == {"刘某", "张某", "罗某", "黄某"}
    assert roll == {who: row for who, row in by_name(whole, "roll").items() if who in roll}
    assert roll["罗某"][4] == roll["黄某"][4] == 1
    assert "罗某" not in by_name(station, "person")


def test_who_was_pursued_again_in_another_units_case_is_marked_as_repeated(tmp_path: Path) -> None:
    root = sample(tmp_path)
    edited(root / "cases" / "2026" / "SJ-2026-009.yaml", ("承办单位: 林业站", "承办单位: 综合行政执法队"))
    station, squad = review(root, 2026, unit="林业站"), review(root, 2026, unit="综合行政执法队")
    assert by_name(station, "person")["张某"][1] == 2
    assert by_name(squad, "person")["张某"][1::4] == [1, "重复（连同别的站所的案件共 3 件）"]
    assert {row[0]: row[1] for row in values(table(squad, "frequency"))}["3 件"] == 1


def test_what_another_units_case_means_for_the_appraisal_is_told_to_the_persons_unit(tmp_path: Path) -> None:
    root = sample(tmp_path)
    edited(root / "cases" / "2026" / "SJ-2026-009.yaml", ("承办单位: 林业站", "承办单位: 综合行政执法队"))
    assert "刘某" in by_name(review(root, 2026, unit="林业站"), "effect-award")
    assert "刘某" not in by_name(review(root, 2026, unit="司法所"), "effect-award")


def test_a_duty_nobody_assessed_is_not_taken_to_be_met(tmp_path: Path) -> None:
    root = sample(tmp_path)
    assert "钱某" in by_name(review(root, 2026), "candidate")
    edited(root / "appraisals" / "2026.yaml", ("    D3-2: {结果: 履行, 证据: [法制审核意见书]}\n", ""))
    assert "钱某" not in by_name(review(root, 2026), "candidate")


def test_who_retired_without_a_stated_term_is_not_asked_for(tmp_path: Path) -> None:
    root = bare(tmp_path)
    (root / "roster.yaml").write_text("人员:\n  甲: {现状: 退休}\n  乙: {现状: 在职}\n", encoding="utf-8")
    assert {who: row[2] for who, row in by_name(review(root, 2026), "roll").items()} == {
        "甲": "本年度不在岗", "乙": "没有考核，也没有写明理由"}


@pytest.mark.parametrize(("conclusion", "word"), [
    ("追究, 理由: 查实, 日期: 2026-05-08", "尚未定案"), ("不予追究, 理由: 查无实据", "尚未定案"),
    ("不予追究, 理由: 查无实据, 日期: 2026-05-08", "不予追究"), ("中止, 理由: 等待, 日期: 2026-05-08", "中止")])
def test_what_has_not_ended_has_no_end(tmp_path: Path, conclusion: str, word: str) -> None:
    root = bare(tmp_path)
    case(root, "SJ-2026-001", clue="2026-02-03", more=f"结论: {{类型: {conclusion}, 批准: 赵某}}\n")
    found = review(root, 2026)
    assert by_name(found, "ended") == {word: [1]}
    assert by_name(found, "overview")["本年定案"] == [int(word == "不予追究")]


@pytest.mark.parametrize(("year", "stage"), [(2025, "告知"), (2026, None)])
def test_a_case_is_shown_at_the_stage_of_the_years_end(tmp_path: Path, year: int, stage: str | None) -> None:
    root = bare(tmp_path)
    case(root, "SJ-2025-001", clue="2025-09-01", stage="执行", more=(
        "程序: {立案: {日期: 2025-09-08, 批准: 赵某}, 告知: {日期: 2025-12-20, 期限: 5 工作日}, "
        "讨论: {日期: 2026-01-05, 主持: 赵某, 出席: [赵某]}, 决定: {日期: 2026-01-06}}\n考核年度: 2025\n"))
    assert by_name(review(root, year), "pending") == (
        {"SJ-2025-001": [stage, "林业站", "2025-09-01", None, ""]} if stage else {})


def test_a_decided_case_can_still_be_late(tmp_path: Path) -> None:
    root = bare(tmp_path)
    (root / "enforce.yaml").write_text(
        "机关: 某乡人民政府\n适用办法: shangjiang-2023\n期限: {立案到决定: 90 日, 立案到结案: 120 日}\n", encoding="utf-8")
    case(root, "SJ-2026-001", clue="2026-02-03", stage="执行", more=DECISION)
    found = review(root, 2026)
    assert by_name(found, "overview")["其中到年末已过期限"] == [0]
    assert by_name(found, "term") == {"立案到决定": ["90 日", "2026", 1, "67.0", "67.0", 67, 0, 0],
                                      "立案到结案": ["120 日", "2026", 0, None, None, None, 0, 1]}


def test_a_case_dropped_is_late_with_nothing(tmp_path: Path) -> None:
    root = bare(tmp_path)
    (root / "enforce.yaml").write_text("机关: 某乡人民政府\n适用办法: shangjiang-2023\n期限: {立案到决定: 10 日}\n", encoding="utf-8")
    case(root, "SJ-2026-001", clue="2026-02-03", stage="立案", more=(
        "程序: {立案: {日期: 2026-03-02, 批准: 赵某}}\n结论: {类型: 不予追究, 理由: 查无实据, 日期: 2026-03-05, 批准: 赵某}\n"))
    assert by_name(review(root, 2026), "term") == {}
