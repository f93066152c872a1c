"""Who answers by office on the day of the act (offices.yaml), and how the office's own head stands to the case."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML

from enforcecli.model.chain import FIRST, HEAD, IN_CHARGE
from enforcecli.model.result import CaseResult
from enforcecli.model.roster import Holder, Member, Office, Period, Roster, Term, Unit
from enforcecli.reading.case import read_case
from enforcecli.reading.roster import read_roster
from enforcecli.rules.assess import assess_case
from enforcecli.rules.chain import chain, position
from enforcecli.rules.posts import incumbents
from enforcecli.text.document import parse
from tests.rules.worked_cases import book

WORKED: list[dict[str, Any]] = YAML(typ="safe").load((Path(__file__).parent / "offices.yaml").read_text(encoding="utf-8"))
DAY = date(2026, 3, 2)
BOOK = book("shangjiang-2023")
OFFICES = (FIRST, IN_CHARGE, HEAD)
CITES = {FIRST: "四（一）", IN_CHARGE: "四（一）", HEAD: "四（二）"}


def flow(value: Any) -> str:
    """JSON is YAML as well."""
    return json.dumps(value, ensure_ascii=False, default=str)


def roster_of(one: dict[str, Any]) -> Roster:
    people = {who: {"姓名": who, "人员类别": "公务员", "任免机关": "县人民政府"} | one.get("people", {}).get(who, {})
              for who in ("赵某", "杨某", "刘某", "何某")}
    unit = {"隶属": "乡属", "负责人": one.get("heads", "刘某"), "分管领导": one.get("leaders", "杨某"), "目标": "零迟报"}
    written = {"第一责任人": one.get("first", "赵某"), "单位": {"林业站": unit}, "人员": people}
    found, _problems = read_roster(parse(flow(written).encode(), "roster.yaml"))
    return found


def result_of(one: dict[str, Any], **more: Any) -> CaseResult:
    act = {"种类": "行政处罚", "承办单位": "林业站", **one.get("act", {"日期": DAY.isoformat()})}
    people = {"人员": one["case"]} if "case" in one else {}
    involved = {"人": one.get("handler", "张某"), "角色": "承办人", "有无过错": "有"}
    fault = {"情形": "2", "特殊情形": "无", "部门作出": "否", "审批情形": "无需审批", "涉及人员": [involved]}
    stranger = {"张某": {"姓名": "张某", "人员类别": "公务员"}}
    people = {"人员": stranger | people.get("人员", {})}
    written = {"行为": act, **people, "过错事实": [fault], **more}
    roster = roster_of(one)
    case, _problems = read_case(parse(flow(written).encode(), "A-2026-001.yaml"), book=BOOK, roster=roster,
                                office=None, sha256="0" * 64)
    return assess_case(case, BOOK, roster, Office(organ="上江乡人民政府"))


@pytest.mark.parametrize("one", WORKED, ids=[one["name"] for one in WORKED])
def test_who_answers_by_office(one: dict[str, Any]) -> None:
    result = result_of(one)
    for office, expected in zip(OFFICES, one["expect"], strict=True):
        named = [line.person for line in result.leadership if line.office == office]
        vacant = [gap for gap in result.vacant if gap.office == office]
        if set(expected.split()) <= {"赵某", "杨某", "刘某", "何某", "钱某"}:
            assert (named, vacant) == (expected.split(), [])
        else:
            assert named == [] and len(vacant) == 1
            assert expected in "；".join(vacant[0].reasons)
            assert (vacant[0].cite, vacant[0].day) == (CITES[office], DAY)
            assert vacant[0].unit == (None if office == FIRST else "林业站")


def test_an_act_of_no_unit_of_the_roster_asks_for_the_first_person_only() -> None:
    for unit in ("不在名册", ""):
        result = result_of({"act": {"日期": "2026-03-02", "承办单位": unit}})
        assert ([line.person for line in result.leadership], result.vacant) == (["赵某"], ())


def test_without_a_day_nothing_is_said() -> None:
    result = result_of({"act": {}})
    assert (result.leadership, result.vacant) == ((), ())


# the office itself

def test_who_was_the_head_of_the_office_then_or_is_when_it_is_decided() -> None:
    """本机关不宜处理: nobody's own office decides on them (公务员法 on recusal; nobody judges their own case)."""
    first = [{"人": "何某", "至": "2026-04-30"}, {"人": "刘某", "自": "2026-05-01"}]

    def unfit(handler: str, **more: Any) -> str | None:
        return result_of({"first": first, "handler": handler}, **more).unfit

    decided = {"程序": {"立案": {"日期": "2026-04-10"}, "决定": {"日期": "2026-05-08"}}}
    filed = {"程序": {"立案": {"日期": "2026-04-10"}}}
    assert "第一责任人何某" in (unfit("何某") or "") and "第一责任人何某" in (unfit("何某", **decided) or "")
    assert "第一责任人刘某" in (unfit("刘某", **decided) or "")
    assert unfit("刘某", **filed) is None and unfit("刘某") is None and unfit("张某", **decided) is None


def test_who_no_longer_leads_the_office_does_not_stand_in_its_way() -> None:
    gone = {"people": {"赵某": {"任期": [{"至": "2026-02-28"}]}}, "handler": "赵某"}
    assert result_of(gone).unfit is None
    assert "赵某" in (result_of({"handler": "赵某"}).unfit or "")


def test_the_organ_above_is_that_of_the_head_of_the_day() -> None:
    one = {"first": [{"人": "何某", "至": "2020-12-31"}, {"人": "赵某", "自": "2021-01-01"}], "handler": "赵某",
           "people": {"何某": {"任免机关": "原县革委会"}}}
    line = result_of(one, 处理意见={"赵某": ["M1"]}).findings[0].persons[0]
    assert [(m.can.value, m.to) for m in line.methods] == [("refer", "县人民政府")]


# laws

days = st.dates(date(2026, 2, 26), date(2026, 3, 6))
periods = st.builds(Period, st.none() | days, st.none() | days)
members = st.builds(
    lambda terms, status, title: Member("甲", "甲", title=title, terms=tuple(terms), status=status),
    st.lists(st.builds(Term, periods, title=st.sampled_from([None, "站长", "执法员"])), max_size=3),
    st.sampled_from([None, "在职", "退休"]), st.sampled_from([None, "站长"]))


@given(members, periods, days)
def test_whoever_holds_an_office_is_written_for_the_day_and_not_known_to_be_elsewhere(
        member: Member, period: Period, day: date) -> None:
    found = incumbents((Holder("甲", period),), {"甲": member}, day)
    assert (found.persons == ()) is bool(found.doubts)
    if found.persons:
        assert period.covers(day)
        assert not member.terms or any(term.period.covers(day) for term in member.terms)
    elif period.covers(day) and period.since is not None and period.until is not None:
        assert member.terms and not any(t.period.covers(day) for t in member.terms)


@given(members, periods, days)
def test_chain_and_position_say_the_same(member: Member, period: Period, day: date) -> None:
    holders = (Holder("甲", period),)
    roster = Roster(holders, {"站": Unit("站", heads=holders, leaders=holders)}, {}, {"甲": member})
    made, held = chain(roster, day), position(roster, "甲", day)
    offices = [one.office for one in held.offices] if held is not None else []
    assert offices == [name for name, who in (
        (FIRST, made.first), (IN_CHARGE, made.branches[0].leaders), (HEAD, made.branches[0].units[0].heads)) if who]
