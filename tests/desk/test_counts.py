"""Counted facts: which cases count for whom, edge by edge; the count feeds the severity and wins."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enforcecli.model.result import Counted, CountedCase
from enforcecli.model.rulebook import Count, Times
from enforcecli.reading.times import times_of, without_value
from enforcecli.rules.counts import article, window
from tests.desk.small_repository import case, examined, finding, made

FACTS = "  程序: 一般\n"
HERE = "SJ-2026-100"
TIMES = "一年内次数"


def ci(*, decided: str = "", act: str = "2026-03-01", fault: str = "1", who: str = "甲", more: str = "",
       stated: str = "", at_fault: str = "有", again: str | None = None) -> str:
    """A case of the book `ci` with one finding, or two, about one person."""
    persons = f"人: {who}, 角色: 承办人, 有无过错: {at_fault}{stated}"
    items = [finding(fault, FACTS, persons)] + ([finding(again, FACTS, persons)] if again else [])
    return case("ci", *items, act=act, decided=decided, more=more)


def counts(root: Path, cases: dict[str, str], number: str = HERE) -> dict[str, Counted]:
    made(root, cases, "ci")
    result = examined(root, number).result
    assert result is not None
    return {one.fact: one for one in result.findings[0].counted}


@pytest.mark.parametrize(("decided", "there"), [
    ("2025-05-07", False), ("2025-05-08", True), ("2026-05-07", True), ("2026-05-08", False), ("2026-05-09", False),
])
def test_twelve_months_are_from_the_same_day_to_the_day_before(tmp_path: Path, decided: str, there: bool) -> None:
    found = counts(tmp_path, {HERE: ci(decided="2026-05-08"), "SJ-2025-001": ci(decided=decided, act="2025-01-01")})
    one = found[TIMES]
    assert (one.since, one.until) == (date(2025, 5, 8), date(2026, 5, 7))
    assert one.cases == ((CountedCase("SJ-2025-001", "cases/SJ-2025-001.yaml", date.fromisoformat(decided)),) if there else ())
    assert one.value == ("一次" if there else "零次")


@pytest.mark.parametrize(("decided", "there"), [
    ("2025-12-31", False), ("2026-01-01", True), ("2026-05-07", True), ("2026-05-08", False), ("2026-12-31", False),
])
def test_a_calendar_year_begins_in_january_and_ends_the_day_before(tmp_path: Path, decided: str, there: bool) -> None:
    found = counts(tmp_path, {HERE: ci(decided="2026-05-08"), "SJ-2025-001": ci(decided=decided, act="2025-01-01")})
    assert len(found["自然年次数"].cases) == there


@pytest.mark.parametrize(("act", "there"), [
    ("2025-02-28", False), ("2025-03-01", True), ("2026-02-28", True), ("2026-03-01", False),
])
def test_by_act_the_days_of_the_acts_decide(tmp_path: Path, act: str, there: bool) -> None:
    found = counts(tmp_path, {HERE: ci(decided="2026-05-08"), "SJ-2025-001": ci(decided="2026-04-01", act=act)})
    assert len(found["行为次数"].cases) == there


def test_what_was_decided_later_does_not_change_a_decision(tmp_path: Path) -> None:
    """The act lies within the window, but it was held against the person only afterwards."""
    found = counts(tmp_path, {HERE: ci(decided="2026-05-08"), "SJ-2025-001": ci(decided="2026-05-08", act="2026-01-01")})
    assert found["行为次数"].cases == () and found["行为次数"].value == "零次"


@pytest.mark.parametrize(("fault", "same_item", "same_article"), [("1", True, True), ("2", False, True), ("3", False, False)])
def test_any_item_the_same_item_the_same_article(tmp_path: Path, fault: str, same_item: bool, same_article: bool) -> None:
    found = counts(tmp_path, {HERE: ci(decided="2026-05-08"), "SJ-2025-001": ci(decided="2026-04-01", fault=fault)})
    assert [len(found[f].cases) for f in (TIMES, "同项次数", "同条次数")] == [1, same_item, same_article]


def test_an_open_case_counts_only_where_all_count(tmp_path: Path) -> None:
    found = counts(tmp_path, {HERE: ci(decided="2026-05-08"), "SJ-2025-001": ci(act="2026-01-01")})
    assert not found[TIMES].cases and not found["行为次数"].cases
    assert found["曾涉案"].value == "是"


def test_a_case_never_counts_itself(tmp_path: Path) -> None:
    """Neither the file, nor a copy of it under another name with the same number."""
    copy = ci(decided="2026-05-01").replace("NUMBER", HERE)
    found = counts(tmp_path, {HERE: ci(decided="2026-05-08"), "SJ-2026-101": copy})
    assert all(one.cases == () for one in found.values())


def test_two_findings_of_one_case_are_one_case(tmp_path: Path) -> None:
    found = counts(tmp_path, {HERE: ci(decided="2026-05-08"), "SJ-2025-001": ci(decided="2026-04-01", again="2")})
    assert len(found[TIMES].cases) == 1 and found[TIMES].value == "一次"


def test_only_the_same_person_is_counted_and_only_who_bears(tmp_path: Path) -> None:
    found = counts(tmp_path, {
        HERE: ci(decided="2026-05-08"), "SJ-2025-001": ci(decided="2026-04-01", who="乙"),
        "SJ-2025-002": case("ci", finding("1", FACTS, "人: 甲, 角色: 审核人, 有无过错: 无", "人: 乙, 角色: 承办人, 有无过错: 有"),
                            decided="2026-04-01")})
    assert found[TIMES].cases == ()


@pytest.mark.parametrize("more", [
    "救济: [{人: 甲, 途径: 复核, 日期: 2026-04-20, 结果: 撤销原决定}]\n",
    "结论: {类型: 不予追究, 理由: 某, 日期: 2026-04-01, 批准: 丁}\n",
])
def test_what_no_longer_stands_does_not_count(tmp_path: Path, more: str) -> None:
    found = counts(tmp_path, {HERE: ci(decided="2026-05-08"), "SJ-2025-001": ci(decided="2026-04-01", more=more)})
    assert found[TIMES].cases == () and not found["曾涉案"].cases


def test_the_count_feeds_the_severity_and_the_result_names_the_cases(tmp_path: Path) -> None:
    made(tmp_path, {HERE: ci(decided="2026-05-08"), "SJ-2025-001": ci(decided="2026-04-01"),
                    "SJ-2025-002": ci(decided="2025-09-01")}, "ci")
    first, last = examined(tmp_path, "SJ-2025-002").result, examined(tmp_path, HERE).result
    assert first is not None and last is not None
    assert first.findings[0].persons[0].severity == () and first.counted_files == ()
    assert last.findings[0].persons[0].severity == ("从重",)
    assert last.findings[0].persons[0].share == Fraction(1)
    assert last.counted_files == ("cases/SJ-2025-001.yaml", "cases/SJ-2025-002.yaml")
    assert {c.fact: c.value for c in last.findings[0].counted}[TIMES] == "二次以上"


def test_the_count_wins_over_what_is_stated_and_says_so(tmp_path: Path) -> None:
    made(tmp_path, {HERE: ci(decided="2026-05-08", stated=f", {TIMES}: 二次以上")}, "ci")
    shown = examined(tmp_path, HERE)
    assert shown.result is not None and shown.result.findings[0].persons[0].severity == ()
    (told,) = [p for p in shown.problems if p.code == "B311"]
    assert dict(told.args)["stated"] == "二次以上" and dict(told.args)["counted"] == "零次"
    assert told.span is not None and told.span.line == 11


def test_stated_as_counted_is_no_problem(tmp_path: Path) -> None:
    made(tmp_path, {HERE: ci(decided="2026-05-08", stated=f", {TIMES}: 零次")}, "ci")
    assert "B311" not in {p.code for p in examined(tmp_path, HERE).problems}


def test_without_a_decision_the_last_day_of_the_procedure_stands_for_it(tmp_path: Path) -> None:
    more = "程序: {立案: {日期: 2026-04-10, 批准: 丁}}\n"
    found = counts(tmp_path, {HERE: ci(more=more), "SJ-2025-001": ci(decided="2026-04-10"),
                              "SJ-2025-002": ci(decided="2026-04-11")})
    one = found[TIMES]
    assert one.provisional and one.until == date(2026, 4, 10)
    assert [c.case for c in one.cases] == ["SJ-2025-001"]


def test_no_order_of_files_matters(tmp_path: Path) -> None:
    """The same cases under names that sort the other way round."""
    days = ["2026-04-01", "2025-09-01", "2026-01-15"]
    answers = []
    for turn, order in enumerate((days, days[::-1])):
        root = tmp_path / str(turn)
        root.mkdir()
        found = counts(root, {f"SJ-2025-00{i}": ci(decided=day) for i, day in enumerate(order)} | {HERE: ci(decided="2026-05-08")})
        answers.append([c.day for c in found[TIMES].cases])
    assert answers[0] == answers[1] == sorted(map(date.fromisoformat, days))


def test_a_case_that_cannot_be_read_says_nothing_of_anybody(tmp_path: Path) -> None:
    found = counts(tmp_path, {HERE: ci(decided="2026-05-08"), "SJ-2025-001": "x: [\n", "SJ-2025-002": ""})
    assert found[TIMES].value == "零次"


def test_the_same_books_over_other_files_count_anew(tmp_path: Path) -> None:
    """As when a sealed decision is made again: books read once, the files of another state."""
    from msgspec.structs import replace

    from enforcecli.desk.examine import examine_in
    from enforcecli.reading.files import OnDisk
    from enforcecli.reading.workspace import Workspace

    (tmp_path / "a").mkdir(), (tmp_path / "b").mkdir()
    made(tmp_path / "a", {HERE: ci(decided="2026-05-08")}, "ci")
    made(tmp_path / "b", {HERE: ci(decided="2026-05-08"), "SJ-2025-001": ci(decided="2026-04-01")}, "ci")
    first = Workspace.of(OnDisk(tmp_path / "a"))
    second = replace(first, files=OnDisk(tmp_path / "b"))
    found = [examine_in(w, f"cases/{HERE}.yaml").result for w in (first, second)]
    assert [r.counted_files for r in found if r is not None] == [(), ("cases/SJ-2025-001.yaml",)]


def test_nothing_is_read_for_a_book_without_counts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import enforcecli.desk.register as register

    monkeypatch.setattr(register, "_collected", lambda workspace: pytest.fail("the cases were read"))
    text = case("small", finding("1", "  经审批: 否\n", "人: 甲, 角色: 承办人, 有无过错: 有"))
    made(tmp_path, {HERE: text}, "small")
    result = examined(tmp_path, HERE).result
    assert result is not None and result.findings[0].counted == ()


# the words and the windows

@pytest.mark.parametrize(("value", "least", "most"), [
    ("零次", 0, 0), ("无", 0, 0), ("首次", 0, 0), ("一次", 1, 1), ("2次", 2, 2), ("第二次", 1, 1), ("第三次以上", 2, None),
    ("二次以上", 2, None), ("两次及以上", 2, None), ("超过两次", 3, None), ("不满三次", 0, 2), ("一至二次", 1, 2),
    ("三次以下", 0, 3), ("2次（含）以上", 2, None), ("是", 1, None), ("否", 0, 0), ("twice or more", 2, None), ("2+", 2, None),
])
def test_values_as_numbers(value: str, least: int, most: int | None) -> None:
    """以上 and 以下 include the number, 超过 and 不满 do not."""
    assert times_of([value]) == (Times(value, least, most),)


@pytest.mark.parametrize("values", [["多次"], ["零次", "偶尔"], ["一次以上", "二次以上"], ["二至一次"]])
def test_values_that_are_no_numbers_are_not_counted(values: list[str]) -> None:
    assert times_of(values) == ()


@given(st.lists(st.integers(0, 6), min_size=1, max_size=4, unique=True).map(sorted), st.integers(0, 9))
def test_every_number_has_one_value_or_is_named_as_having_none(numbers: list[int], asked: int) -> None:
    times = times_of([*(f"{n}次" for n in numbers), f"超过{numbers[-1]}次"])
    fitting = [t.value for t in times if t.holds(asked)]
    assert len(fitting) == (asked in numbers or asked > numbers[-1])
    gap = without_value(times)
    assert gap == next((n for n in range(numbers[-1]) if n not in numbers), None)


@pytest.mark.parametrize(("cite", "above"), [
    ("第六条（三）", "第六条"), ("第六条", "第六条"), ("第十六条之一第二款", "第十六条之一"), ("三（一）3（5）", "三（一）3"),
    ("三（一）1", "三（一）"), ("一1", "一"), ("一", "一"),
])
def test_the_article_of_a_clause(cite: str, above: str) -> None:
    assert article(cite) == above


@given(st.dates(), st.integers(1, 999))
def test_a_window_ends_the_day_before_and_never_begins_after_it(day: date, months: int) -> None:
    since, until = window(day, Count(months=months))
    assert since <= until <= day
    assert window(date(2024, 2, 29), Count(months=12)) == (date(2023, 2, 28), date(2024, 2, 28))
    assert window(date(2026, 3, 31), Count(months=1)) == (date(2026, 2, 28), date(2026, 3, 30))
