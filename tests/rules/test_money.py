"""Recovery: the gate, the bands, the cents (docs/rulebook-format.md, Money, told as cases)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from enforcecli.model.case import Act, Case, Compensation, Finding, Involved
from enforcecli.model.result import CaseResult
from enforcecli.model.roster import Member, Office
from enforcecli.model.rulebook import Band, Condition, Recovery, Rulebook
from enforcecli.rules.assess import assess_case
from tests.rules.worked_cases import book

BOOK = book("shangjiang-2023")
OFFICE = Office(organ="上江乡人民政府")
GATE = (Condition("主观过错", frozenset({"故意", "重大过失"})),)
INTENT = (Condition("主观过错", frozenset({"故意"})),)
PAID = Compensation(organ="上江乡人民政府", amount=Decimal("12000.00"), nature="国家赔偿", ordered=Fraction(3, 5))


def handler(name: str, state: str | None, fault: str = "有", weight: int = 1) -> Involved:
    facts = {"有无过错": fault} | ({"主观过错": state} if state else {})
    return Involved(name, name, ("承办人",), facts, Fraction(weight))


def case(*involved: Involved, paid: Compensation = PAID, wages: Mapping[str, str] | None = None) -> Case:
    finding = Finding(("2",), {"特殊情形": "无", "部门作出": "否", "审批情形": "无需审批"}, involved=tuple(involved))
    people = {p: Member(p, p, monthly_wage=Decimal(w)) for p, w in (wages or {}).items()}
    return Case("cases/A-2026-001.yaml", "", act=Act(day=date(2026, 3, 2)), findings=(finding,), compensation=paid,
                people=people)


def assess(of: Case, measure: Rulebook = BOOK) -> CaseResult:
    return assess_case(of, measure, None, OFFICE)


def paid(result: CaseResult) -> dict[str, int | None]:
    return {line.person: line.recovery for line in result.findings[0].persons}


def codes(result: CaseResult) -> set[str]:
    return {p.code for p in result.problems}


def with_band(low: str, high: str, floor: int | None = None, cap: int | None = None) -> Rulebook:
    band = Band(INTENT, Fraction(low), Fraction(high), Fraction(floor) if floor else None, Fraction(cap) if cap else None)
    return replace(BOOK, recovery=Recovery(GATE, (band,)))


def test_who_is_outside_the_gate_pays_nothing_and_nobody_pays_for_them() -> None:
    result = assess(case(handler("甲", "故意"), handler("乙", "一般过失")))
    assert paid(result) == {"甲": 360000, "乙": 0}
    assert result.findings[0].kept_by_organ == 360000


def test_a_gate_fact_not_known_computes_nothing() -> None:
    for state in (None, "待查"):
        result = assess(case(handler("甲", state), handler("乙", "故意")))
        assert paid(result) == {"甲": None, "乙": None}
        assert result.findings[0].kept_by_organ is None and "R102" in codes(result)


def test_only_state_compensation_of_this_office_is_ordered() -> None:
    for other in (replace(PAID, nature="返还财产"), replace(PAID, organ="县林业局"), replace(PAID, ordered=None)):
        assert paid(assess(case(handler("甲", "故意"), paid=other))) == {"甲": 0}


def test_several_findings_need_their_part_of_the_case() -> None:
    of = case(handler("甲", "故意"))
    two = replace(of, findings=of.findings * 2)
    assert "R106" in codes(assess(two)) and paid(assess(two)) == {"甲": None}
    thirds = (Fraction(1, 3), Fraction(2, 3))
    weighed = replace(of, findings=tuple(replace(of.findings[0], weight=w) for w in thirds))
    assert [f.persons[0].recovery for f in assess(weighed).findings] == [240000, 480000]
    assert assess(weighed).case_shares == {"甲": Fraction(1)}


def test_within_a_band_the_ordered_amount_stands() -> None:
    assert paid(assess(case(handler("甲", "故意"), wages={"甲": "3000"}), with_band("3/10", "7/10", 1, 12))) == {"甲": 720000}


def test_outside_the_band_nothing_is_ordered() -> None:
    result = assess(case(handler("甲", "故意")), with_band("3/10", "1/2"))
    assert paid(result) == {"甲": 0} and result.findings[0].kept_by_organ == 720000 and "R105" in codes(result)


def test_the_cap_and_the_floor() -> None:
    low_wage = case(handler("甲", "故意"), wages={"甲": "200"})
    assert paid(assess(low_wage, with_band("3/10", "7/10", None, 12))) == {"甲": 240000}  # 30 % is above the cap
    high_wage = case(handler("甲", "故意"), handler("乙", "故意"), handler("丙", "一般过失"),
                     wages={"甲": "1500", "乙": "1500"})
    assert paid(assess(high_wage, with_band("3/10", "7/10", 2))) == {"甲": 300000, "乙": 300000, "丙": 0}


def test_a_floor_never_makes_the_organ_gain() -> None:
    result = assess(case(handler("甲", "故意"), handler("乙", "故意"), wages={"甲": "9000", "乙": "9000"}),
                    with_band("3/10", "7/10", 2))
    assert paid(result) == {"甲": 0, "乙": 0} and "R104" in codes(result)


def test_a_band_in_wages_needs_the_wage() -> None:
    result = assess(case(handler("甲", "故意")), with_band("3/10", "7/10", 2))
    assert paid(result) == {"甲": None} and "R103" in codes(result)


@given(st.lists(st.tuples(st.sampled_from(["故意", "重大过失", "一般过失"]), st.integers(1, 30)), min_size=1, max_size=6),
       st.integers(1, 10**9), st.fractions(Fraction(1, 20), 1, max_denominator=20))
@settings(max_examples=150, deadline=None, derandomize=True)
def test_persons_and_the_organ_add_up_to_the_ordered_cents(people: list[tuple[str, int]], cents: int, ratio: Fraction) -> None:
    involved = [handler(f"人{i}", state, weight=weight) for i, (state, weight) in enumerate(people)]
    money = replace(PAID, amount=Decimal(cents) / 100, ordered=ratio)
    finding = assess(case(*involved, paid=money)).findings[0]
    ordered = int(cents * ratio + Fraction(1, 2))
    assert sum(line.recovery or 0 for line in finding.persons) + (finding.kept_by_organ or 0) == ordered
    assert all((line.recovery or 0) >= 0 for line in finding.persons)
