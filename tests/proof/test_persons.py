"""Every small group of persons: how many there are, and that what is wrong would be found."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from itertools import combinations_with_replacement

import pytest
from hypothesis import given, settings
from msgspec.structs import replace

from enforcecli.model.case import Finding, Involved
from enforcecli.model.result import FindingResult
from enforcecli.model.rulebook import Rulebook
from enforcecli.proof import persons
from enforcecli.proof.bearers import bearers
from enforcecli.proof.persons import Groups, plan_of, try_groups
from enforcecli.proof.situations import How, situations
from enforcecli.rules.finding import assess_finding
from tests.proof.support import books, wide
from tests.proof.test_situations import without_special
from tests.rules.worked_cases import book

SHANGJIANG = book("shangjiang-2023")


def groups(known: Rulebook, most: int = persons.MOST) -> Groups:
    return try_groups(known, situations(known), most)


def test_the_groups_of_the_built_in_measure() -> None:
    """Without 特殊情形, and without the approving unit, there are 13,580."""
    plain = without_special(SHANGJIANG)
    found = [f for f in plan_of(plain, situations(plain)).findings() if not any(p.is_unit for p in f.involved)]
    assert len(found) == 13_580
    assert len({(str(f.facts), str(f.parts), str([(p.roles, p.facts) for p in f.involved])) for f in found}) == 13_580


def test_persons_no_rule_tells_apart_count_once() -> None:
    rules = SHANGJIANG.rules.values()
    found = [(b.role, dict(b.facts)) for b in bearers(SHANGJIANG, rules)]
    assert [f["汇报失实"] for role, f in found if role == "承办人" and f["有无过错"] == "有"] == ["否", "汇报事实有误"]
    assert [f["作出改变"] for role, f in found if role == "审批人" and f["有无过错"] == "有"] == ["是", "否"]
    assert "协办人" not in {role for role, _ in found}  # no rule names it, nor 审核人: the first stands for both


def test_an_unstated_fact_is_a_kind_of_its_own_where_every_value_is_read() -> None:
    found = {dict(b.facts).get("意见") for b in bearers(book("yi"), book("yi").rules.values()) if b.role == "集体参加人"}
    assert found == {"正确", "错误", None}


@pytest.mark.parametrize("step", [1, 2, 7, 1000])
def test_a_sample_of_the_groups_is_every_so_manieth_of_them(step: int) -> None:
    plan = plan_of(book("jia"), situations(book("jia")))
    every = list(plan.findings())
    wanted = [list(group) for frame, bearers in plan.frames for size in range(1, frame.largest + 1)
              for group in combinations_with_replacement([b.role for b in bearers], size)]
    assert [[p.roles[0] for p in f.involved] for f in every] == wanted
    assert list(replace(plan, step=step).findings()) == every[::step]
    assert replace(plan, step=step).size == len(every[::step])


def test_a_sample_is_in_step_with_no_frame() -> None:
    known = situations(wide(16))
    sizes = {len(finding.involved) for finding in plan_of(wide(16), known).findings()}
    assert known.how is How.SAMPLED and sizes == {1, 2, 3}


@pytest.mark.parametrize(("name", "most"), [("jia", 500), ("small", 20), ("yi", persons.MOST)])
def test_too_many_groups_are_factored_and_find_nothing_else(name: str, most: int) -> None:
    found = groups(book(name), most)
    assert found.flaws == ()
    assert found.how is not How.ALL and found.tried <= most < found.total


def test_factoring_keeps_every_kind_of_answer() -> None:
    every, fewer = groups(book("jia")), groups(book("jia"), 2000)
    assert fewer.how is How.FACTORED and fewer.tried < every.tried
    assert set(fewer.undecided) == set(every.undecided)


@given(books())
@settings(max_examples=30, deadline=None, derandomize=True)
def test_no_book_breaks_the_assessment(known: Rulebook) -> None:
    assert [f for f in groups(known, 400).flaws if f.kind != "problem"] == []


def assessing(change: Callable[[Finding, FindingResult], FindingResult]) -> Callable[..., FindingResult]:
    return lambda known, finding, **more: change(finding, assess_finding(known, finding, **more))


def first_heavier(finding: Finding, result: FindingResult) -> FindingResult:
    """As if who is written first bore all."""
    return replace(result, persons=tuple(
        replace(p, share=Fraction(p.person == finding.involved[0].person)) for p in result.persons))


def too_little(finding: Finding, result: FindingResult) -> FindingResult:
    return replace(result, persons=tuple(
        replace(p, share=p.share and p.share * Fraction(99, 100)) for p in result.persons))


def breaking(finding: Finding, result: FindingResult) -> FindingResult:
    assert len(finding.involved) < 3, "three are too many"
    return result


@pytest.mark.parametrize(("change", "kind"), [(first_heavier, "order"), (too_little, "sum"), (breaking, "crash")])
def test_a_fault_of_the_engine_is_found(change: Callable[[Finding, FindingResult], FindingResult], kind: str,
                                        monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(persons, "assess_finding", assessing(change))
    found = groups(book("small")).flaws
    assert [flaw.kind for flaw in found] == [kind]
    assert found[0].finding.involved


def test_shares_that_exceed_the_whole_are_found_by_trying() -> None:
    small = book("small")
    doubled = {**small.degrees, "次要责任": replace(small.degrees["主要责任"], name="次要责任", rank=2)}
    found = groups(replace(small, degrees=doubled)).flaws
    assert [(flaw.kind, flaw.codes) for flaw in found] == [("problem", ("L301",))]
    assert [p.roles for p in found[0].finding.involved] == [("承办人",), ("审批人",)]
    assert isinstance(found[0].finding.involved[0], Involved)
