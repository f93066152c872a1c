"""Laws that hold for every finding under the Shangjiang measures (hypothesis)."""

from __future__ import annotations

from fractions import Fraction
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from enforcecli.model.case import Finding, Involved, Stated
from enforcecli.model.result import FindingResult
from enforcecli.rules.finding import assess_finding
from enforcecli.rules.rounding import largest_remainder
from tests.rules.worked_cases import book

BOOK = book("shangjiang-2023")
ROLES = [role.name for role in BOOK.roles.values() if not role.unit]
UNNAMED = [r for r in ROLES if not any(r in c.who for rule in BOOK.rules.values() for c in rule.bears or ())]
"""Roles no rule names: adding a person not at fault in such a role changes nothing."""

weights = st.one_of(st.none(), st.fractions(Fraction(1, 9), 9, max_denominator=9))


@st.composite
def persons(draw: st.DrawFn, name: str, parts: list[str]) -> Involved:
    roles = tuple(draw(st.lists(st.sampled_from(ROLES), min_size=1, max_size=2, unique=True)))
    fault = st.sampled_from(["有", "无"])
    facts: dict[str, Stated] = {"有无过错": draw(fault)}
    if parts and draw(st.booleans()):
        facts["有无过错"] = {part: draw(fault) for part in parts}
    if "审批人" in roles:
        facts["作出改变"] = draw(st.sampled_from(["是", "否"]))
    if {"承办人", "协办人"} & set(roles):
        facts["汇报失实"] = draw(st.sampled_from(["否", "弄虚作假", "其他"]))
    return Involved(name, name, roles, facts, draw(weights))


@st.composite
def findings(draw: st.DrawFn) -> Finding:
    approval = draw(st.sampled_from(["无需审批", "应报批未报批", "同意", "审批时改变"]))
    facts = {"特殊情形": "无", "部门作出": draw(st.sampled_from(["是", "否"])), "审批情形": approval}
    parts: dict[str, Fraction] = {}
    if approval == "审批时改变":
        altered = draw(st.fractions(0, 1, max_denominator=12))
        parts = {"改变部分": altered, "未改变部分": 1 - altered}
    if approval in ("同意", "审批时改变"):
        facts["因汇报失实致审批失误"] = draw(st.sampled_from(["是", "否"]))
    names = draw(st.lists(st.sampled_from("甲乙丙丁戊"), min_size=1, max_size=5, unique=True))
    return Finding(("2",), facts, parts, tuple(draw(persons(n, list(parts))) for n in names))


def shares(result: FindingResult) -> dict[str, tuple[object, ...]]:
    return {p.person: (p.share, p.grades, p.percent) for p in result.persons}


def answer(result: FindingResult) -> object:
    return result.undecided.kind if result.undecided is not None else shares(result)


@given(findings())
@settings(max_examples=300, deadline=None, derandomize=True)
def test_shares_add_up_to_one_exactly_or_the_reason_is_named(finding: Finding) -> None:
    result = assess_finding(BOOK, finding)
    if result.undecided is None:
        assert sum((p.share for p in result.persons if p.share is not None), Fraction(0)) == 1
        assert sum(p.percent or 0 for p in result.persons) == 10000
    else:
        assert result.undecided.question


@given(findings(), st.randoms(use_true_random=False))
@settings(max_examples=150, deadline=None, derandomize=True)
def test_the_order_of_persons_changes_nothing(finding: Finding, random: Random) -> None:
    shuffled = list(finding.involved)
    random.shuffle(shuffled)
    assert answer(assess_finding(BOOK, finding)) == answer(assess_finding(BOOK, replace(finding, involved=tuple(shuffled))))


@given(findings(), st.randoms(use_true_random=False))
@settings(max_examples=100, deadline=None, derandomize=True)
def test_the_order_of_rules_changes_nothing(finding: Finding, random: Random) -> None:
    rules = list(BOOK.rules.items())
    random.shuffle(rules)
    other = replace(BOOK, rules=dict(rules))
    assert answer(assess_finding(BOOK, finding)) == answer(assess_finding(other, finding))


@given(findings(), st.fractions(Fraction(1, 50), 50, max_denominator=50))
@settings(max_examples=100, deadline=None, derandomize=True)
def test_a_common_factor_on_the_weights_changes_nothing(finding: Finding, factor: Fraction) -> None:
    scaled = replace(finding, involved=tuple(replace(p, weight=(p.weight or 1) * factor) for p in finding.involved))
    assert answer(assess_finding(BOOK, finding)) == answer(assess_finding(BOOK, scaled))


@given(findings())
@settings(max_examples=100, deadline=None, derandomize=True)
def test_a_person_not_at_fault_whom_no_rule_names_changes_nothing(finding: Finding) -> None:
    extra = Involved("壬", "壬", (UNNAMED[0],), {"有无过错": "无"})
    before, after = assess_finding(BOOK, finding), assess_finding(BOOK, replace(finding, involved=(*finding.involved, extra)))
    if before.undecided is not None:
        assert answer(before) == answer(after)
    else:
        assert shares(after) == {**shares(before), "壬": (Fraction(0), (), 0)}


@given(findings())
@settings(max_examples=100, deadline=None, derandomize=True)
def test_renaming_a_person_changes_no_fraction_and_no_grade(finding: Finding) -> None:
    renamed = replace(finding, involved=tuple(replace(p, person="改" + p.person) for p in finding.involved))
    before, after = assess_finding(BOOK, finding), assess_finding(BOOK, renamed)
    assert [(p.share, p.grades) for p in before.persons] == [(p.share, p.grades) for p in after.persons]


@given(st.lists(st.fractions(0, 1, max_denominator=97), min_size=1, max_size=8), st.integers(0, 10**12))
@settings(max_examples=300, deadline=None, derandomize=True)
def test_cents_add_up_and_stay_within_a_unit_of_the_quota(raw: list[Fraction], total: int) -> None:
    whole = sum(raw)
    if not whole:
        raw, whole = [Fraction(1)], Fraction(1)
    quotas = [total * r / whole for r in raw]
    rounded = largest_remainder(quotas, total)
    assert sum(rounded) == total
    assert all(r >= 0 and abs(r - q) < 1 for r, q in zip(rounded, quotas, strict=True))
