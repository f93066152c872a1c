"""Appraisals, figures and the list of powers: what the samples of the kinds do not show."""

from __future__ import annotations

from datetime import date

import pytest
from msgspec.structs import replace

from enforcecli.checks.appraisals import check_appraisal, tied_to_fines
from enforcecli.checks.people import check_chain, check_roster
from enforcecli.checks.powers import check_power
from enforcecli.checks.year import check_year
from enforcecli.model.appraisal import Appraisal, Appraised, Assessment, Fulfilment
from enforcecli.model.case import Act, Case, Evidence, Finding
from enforcecli.model.powers import PowerItem, Powers
from enforcecli.model.problem import Problem
from enforcecli.model.roster import Credential, Holder, Member, Period, Post, Roster, Term, Unit
from enforcecli.model.year import Figures, YearFigures
from tests.reading.support import book

NAMES = {"罚款任务完成率": True, "人均罚款额": True, "罚没收入增长": True, "罚款总量": True, "罚单数": True, "没收违法所得金额": True,
         "罚款票据使用率": False, "罚缴分离执行情况": False, "罚款上缴国库率": False, "案卷评查合格率": False, "投诉办结率": False,
         "完成罚款": True, "fines target": True, "罚款": True, "人均罚款": True, "罚 款 任 务": True, "没收物品价值": True, "罚款执行率": True,
         "罚款裁量适当率": False, "罚没物品保管": False, "罚款决定被撤销": False, "fines": True, "fine work": False, "fines paid to the treasury": False}

WORDS = {"没有完成下达的罚款任务": True, "按罚没收入提成": True, "罚没收入低于上年": True, "与罚款挂钩": True, "罚款数额裁量不当": False,
         "拟定的罚款超过法定上限": False, "罚款全部上缴国库，按期完成": False, "完成案卷整理、罚款收据核对": False}


@pytest.mark.parametrize(("text", "tied"), NAMES.items())
def test_indicators_tied_to_fines(text: str, tied: bool) -> None:
    assert tied_to_fines(text, name=True) is tied


@pytest.mark.parametrize(("text", "tied"), WORDS.items())
def test_words_tied_to_fines(text: str, tied: bool) -> None:
    assert tied_to_fines(text) is tied


def codes(found: list[Problem]) -> list[str]:
    return [p.code for p in found]


MET = Assessment(Fulfilment.MET, (Evidence("记录"),))
YEAR = (date(2025, 1, 1), date(2025, 12, 31))
MOVED = Roster(
    (Holder("赵"),),
    {"甲站": Unit("甲站", heads=(Holder("郑", Period(until=date(2025, 6, 30))),), leaders=(Holder("赵"),))},
    {"执法岗": Post("执法岗", "甲站", duties=("D3-1",))},
    {"赵": Member("赵", "赵"),
     "郑": Member("郑", "郑", "甲站", "执法岗", terms=(
         Term(Period(until=date(2025, 6, 30)), post="站长岗"), Term(Period(date(2025, 7, 1), date(2025, 11, 30))))),
     "何": Member("何", "何", "甲站", "执法岗", terms=(Term(Period(until=date(2024, 12, 31))),), status="退休")})


def appraised(**duties: Assessment) -> Appraised:
    return Appraised({code.replace("_", "-"): given for code, given in duties.items()})


def test_who_changed_posts_has_the_duties_of_both() -> None:
    appraisal = Appraisal(2025, {"赵": appraised(D1_1=MET), "郑": appraised(D2_3=MET, D3_1=MET, D3_2=MET)})
    found = check_appraisal(appraisal, "2025", MOVED, book())
    assert [(p.code, p.where) for p in found] == [("A203", ("people", "郑", "duties", "D3-2"))]
    assert "D2-3" in dict(found[0].args)["allowed"] and "D3-1" in dict(found[0].args)["allowed"]


def test_only_who_served_in_the_year_is_missed() -> None:
    assert codes(check_appraisal(Appraisal(2025, exempt={"赵": "新任"}), "2025", MOVED, book())) == ["A207"]
    (missed,) = check_appraisal(Appraisal(2024, exempt={"赵": "新任", "郑": "借调"}), "2024", MOVED, book())
    assert dict(missed.args)["people"] == "何"
    assert check_appraisal(Appraisal(2026, exempt={"赵": "新任"}), "2026", MOVED, book()) == []


def test_without_roster_or_book_nobody_is_missed() -> None:
    appraisal = Appraisal(2025, {"甲": appraised(X1=MET)})
    assert check_appraisal(appraisal, "2025", None, None) == []
    assert codes(check_appraisal(appraisal, "2025", None, book())) == ["A202"]


def test_figures_stated_as_nothing_ask_for_no_whole() -> None:
    figures = YearFigures(2026, {"甲站": Figures(lost=0, corrected=2, reconsidered=2)}, Figures(rectified=1))
    found = check_year(figures, "2026", MOVED)
    assert [(p.code, p.where) for p in found] == [("N203", ("own", "rectified"))]


# the list of powers

LISTED = Powers({
    "处罚甲": PowerItem("处罚甲", "行政处罚", "赋权", unit="甲站", approval="分管领导", period=Period(date(2024, 1, 1), date(2025, 12, 31))),
    "处罚乙": PowerItem("处罚乙", "行政处罚", "法定", unit="甲站", approval="无需审批", period=Period(date(2025, 1, 1))),
    "检查": PowerItem("检查", "行政检查", "法定", approval="无需审批")})
ACT = Act(kind="行政处罚", day=date(2025, 3, 1), unit="甲站", power="赋权")


def power(act: Act, *findings: Finding, roster: Roster | None = None) -> list[Problem]:
    return check_power(Case("SJ-2025-001.yaml", "", act=act, findings=findings), book(), LISTED, roster)


def test_of_several_only_what_holds_for_all_is_told() -> None:
    unapproved = Finding(faults=("3-10",), facts={"审批情形": "无需审批"})
    assert power(ACT, unapproved) == []  # 处罚乙 needs none
    assert power(replace(ACT, power="法定"), unapproved) == []
    assert codes(power(replace(ACT, power="委托"))) == ["Q303"]
    assert codes(power(replace(ACT, day=date(2024, 6, 1)), unapproved)) == ["Q305"]  # only 处罚甲 then
    assert codes(power(replace(ACT, item="处罚甲"), unapproved)) == ["Q305"]


def test_the_ends_of_the_time_are_in_it() -> None:
    for day, found in ((date(2024, 1, 1), []), (date(2023, 12, 31), ["Q304"]), (date(2025, 12, 31), []),
                       (date(2026, 1, 1), ["Q304"])):
        assert codes(power(replace(ACT, item="处罚甲", day=day))) == found


def test_an_act_not_listed_is_told_unless_the_case_says_so_itself() -> None:
    act = replace(ACT, kind="行政强制措施")
    (found,) = power(act, Finding(faults=("3-10",)))
    assert (found.code, dict(found.args)["fault"], found.cite) == ("Q302", "3-1", "三（一）3（1）")
    assert power(act, Finding(faults=("3-1",))) == []
    assert power(replace(act, kind="人民调解")) == []


def test_a_unit_nobody_knows_is_no_unit_to_compare_by() -> None:
    act = replace(ACT, unit="甲占", kind="行政检查", power=None)
    assert power(act, roster=MOVED) == []
    assert codes(power(replace(ACT, unit="甲占", kind="行政许可", power=None), roster=MOVED)) == ["Q302"]


# the roster on a day

def test_a_retired_person_still_served_before() -> None:
    def empty(day: date | None) -> bool:
        return any(p.code == "P204" for p in check_roster(MOVED, None, day))

    assert not empty(date(2024, 12, 31)) and empty(date(2025, 3, 1)) and not empty(date(2025, 7, 1))


def test_vacancies_between_holders() -> None:
    unit = MOVED.units["甲站"]
    later = (*unit.heads, Holder("何", Period(date(2025, 9, 1), date(2025, 9, 30))), Holder("赵", Period(date(2025, 9, 15))))
    roster = replace(MOVED, units={"甲站": replace(unit, heads=later)})
    assert [dict(p.args) for p in check_chain(roster, None)] == [
        {"unit": "甲站", "office": "负责人", "since": "2025-07-01", "until": "2025-08-31"}]
    assert check_chain(MOVED, None) == []  # nobody after: that is no time between two


def test_a_credential_is_valid_on_its_last_day() -> None:
    holder = replace(MOVED.people["赵"], credential=Credential("25-1", "县司法局", date(2025, 12, 31)))
    roster = replace(MOVED, people={**MOVED.people, "赵": holder})
    assert check_chain(roster, date(2025, 12, 31)) == []
    assert [(p.code, p.where) for p in check_chain(roster, date(2026, 1, 1))] == [
        ("P224", ("people", "赵", "credential", "until"))]
