"""The sample office reviewed: what was counted by hand is what is printed."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from enforcecli.review.as_html import bars_of
from enforcecli.review.build import build
from enforcecli.review.report import Report
from tests.review.support import SAMPLES, bare, review, several, table, values

EXPECTED: dict[str, Any] = YAML(typ="safe").load(
    (Path(__file__).parent / "expected" / "sample-2026.yaml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def report() -> Report:
    return review(SAMPLES, 2026)


def plain(value: object) -> object:
    return value.isoformat() if hasattr(value, "isoformat") else value


@pytest.mark.parametrize("id", EXPECTED)
def test_table(report: Report, id: str) -> None:
    assert values(table(report, id)) == [[plain(cell) for cell in row] for row in EXPECTED[id]]


def test_faults_in_the_order_of_the_catalogue(report: Report) -> None:
    found = [(row[0], row[3]) for row in values(table(report, "fault"))]
    assert found == [("1", 1), ("2", 4), ("3-1", 2), ("3-2", 1), ("3-5", 1), ("3-5a", 1), ("3-10", 6), ("3-12", 1)]


def test_persons_and_repeats(report: Report) -> None:
    found = {row[0]: (row[2], row[3], row[6]) for row in values(table(report, "person"))}
    assert found == {
        "张某": (3, 3, "重复"), "杨某": (3, 3, "重复"), "孙某": (2, 2, "重复"), "李某乙": (2, 2, "重复"), "冯某": (1, 2, ""),
        "刘某": (1, 1, ""), "徐某": (1, 1, ""), "李某甲": (1, 1, ""), "罗某": (1, 1, ""), "陈某": (1, 1, ""), "黄某": (1, 1, ""),
    }


def test_proposals_for_the_appraisal_and_awards(report: Report) -> None:
    assert values(table(report, "effect-appraisal")) == [
        ["陈某", "公务员", "M6 本年度考核定为不称职", "须移送，县司法局", "作为本年度考核依据，建议确定为不称职"]]
    assert [row[:3] for row in values(table(report, "effect-award"))] == [["刘某", "事业人员", "M5 取消评先进资格"]]


def test_everybody_of_the_roster_is_assessed_or_exempt_with_a_reason(report: Report) -> None:
    roll = {row[0]: (row[3], row[4]) for row in values(table(report, "roll"))}
    assert len(roll) == 20
    assert roll["何某"][0] == "本年度不在岗" or roll["何某"][1]
    assert all(words or standing in ("已考核", "本年度不在岗") for standing, words in roll.values())


def test_who_may_be_rewarded_met_every_duty_and_is_in_no_case(report: Report) -> None:
    names = {row[0] for row in values(table(report, "candidate"))}
    pursued = {row[0] for row in values(table(report, "person"))}
    short = {row[0] for row in values(table(report, "duty-of")) if row[2] != "履行"}
    pending = {row[0] for row in values(table(report, "roll")) if row[6]}
    assert names
    assert not names & (pursued | short | pending)


def test_whoever_is_in_a_pending_case_is_shown_there_with_or_without_a_fault(report: Report) -> None:
    roll = {row[0].value: row[6].cases for row in table(report, "roll").rows}
    assert (roll["周某"], roll["马某"]) == (("SJ-2026-010",), ("SJ-2026-006",))
    assert len(roll["郑某"]) == 2


def test_duties_with_their_evidence(report: Report) -> None:
    rows = values(table(report, "duty-of"))
    assert ["张某", "D3-1", "未履行", "案件 SJ-2026-003", "未到现场复核，报告不实"] in rows
    assert [row[2] for row in rows] == sorted((row[2] for row in rows), key=["未履行", "部分履行", "履行"].index)
    counted = {row[0].split("（")[0]: row[1:] for row in values(table(report, "duty"))}
    for code, numbers in counted.items():
        assert numbers == [sum(row[1] == code and row[2] == word for row in rows) for word in ("履行", "部分履行", "未履行")]


def test_rates_have_their_denominators(report: Report) -> None:
    whole = table(report, "rate").total
    assert whole is not None
    of, wrong, rate, sued, lost, share = (cell.value for cell in whole[2:])
    assert isinstance(of, int) and isinstance(wrong, int) and isinstance(sued, int) and isinstance(lost, int)
    assert isinstance(rate, Fraction) and isinstance(share, Fraction)
    assert rate * of == wrong
    assert share * sued == lost


def test_every_number_is_traced_to_its_cases(report: Report) -> None:
    """A count of cases has as many cases; another number stands on some unless it is zero."""
    for id in ("overview", "unit", "stage", "kind", "month", "source", "ended"):
        for row in table(report, id).rows:
            for cell in row:
                if isinstance(cell.value, int):
                    assert bool(cell.cases) == bool(cell.value)
    for row in table(report, "stage").rows:
        assert len(row[1].cases) == row[1].value
    assert table(report, "fault").rows[0][3].cases == ("SJ-2026-005",)


def test_people_are_counted_alike_wherever_they_are_counted(report: Report, tmp_path: Path) -> None:
    """Units that bear are a number of their own, in no number of people."""
    overview = {row[0]: row[1] for row in values(table(report, "overview"))}
    whole = table(report, "unit").total
    assert whole is not None
    people, units = overview["被追究责任（人次）"], overview["被追究责任的单位（次）"]
    assert (whole[3].value, whole[4].value) == (people, units)
    assert people == sum(row[2] for row in values(table(report, "person")))
    assert units > 0
    assert f"个人 {people} 人次、单位 {units} 次" in report.words[1]
    places = table(build(several({"甲": bare(tmp_path), "乙": SAMPLES}, 2026)), "place")
    column = [one.label for one in places.columns].index("人次")
    assert sorted(row[column] for row in values(places)) == [0, people]


def test_the_opening_adds_up(report: Report) -> None:
    assert report.words[0] == "2026 年度：上年结转 2 件，本年新收 16 件；定案 9 件，年末未定案 9 件。"
    assert report.words[2].startswith("年末未定案的案件，到年末已过期限的 7 件：SJ-2025-004、")


def test_last_year_beside_this_year() -> None:
    both = review(SAMPLES, 2026, 2025)
    assert [row[1:] for row in values(table(both, "overview"))[:5]] == [[2, 0], [16, 8], [9, 6], [9, 2], [7, 1]]
    alone = {row[0]: row[1] for row in values(table(review(SAMPLES, 2025), "overview"))}
    assert {row[0]: row[2] for row in values(table(both, "overview"))} == alone


def test_the_bars_of_two_years_are_those_of_each_row() -> None:
    one = table(review(SAMPLES, 2026, 2025), "unit")
    assert [one.columns[at].label for at in one.bars] == ["案件数", "过错"]
    bars = bars_of(one)
    assert bars is not None
    assert [(bar.label, bar.value) for bar in bars.bars[:4]] == [("林业站 2026", "6"), ("", "6"), ("林业站 2025", "2"), ("", "1")]


def test_one_unit(report: Report) -> None:
    station = review(SAMPLES, 2026, unit="林业站")
    assert values(table(station, "unit")) == [row for row in values(table(report, "unit")) if row[0] == "林业站"]
    left = {row[0]: row[3] for row in values(table(station, "left"))}
    assert left["没有写承办单位，没有计入本站所"] == "SJ-2026-013"
    assert {row[1] for row in values(table(station, "roll"))} == {"林业站"}
