"""Every situation of a book, and the engine's answer in each."""

from __future__ import annotations

from collections import Counter
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from enforcecli.model.case import Finding
from enforcecli.model.result import Why
from enforcecli.model.rulebook import Condition, Rulebook
from enforcecli.proof.situations import Answer, How, Verdict, answer, answers, situations, variables
from enforcecli.rules.finding import assess_finding
from enforcecli.rules.situation import Situation
from tests.proof.support import books
from tests.rules.test_laws import findings
from tests.rules.worked_cases import book

SHANGJIANG = book("shangjiang-2023")


def without_special(known: Rulebook) -> Rulebook:
    """The book without 特殊情形 and N1."""
    return replace(known, facts={n: f for n, f in known.facts.items() if n != "特殊情形"},
                   rules={n: r for n, r in known.rules.items() if n != "N1"})


def verdicts(known: Rulebook) -> dict[Verdict, int]:
    return dict(Counter(a.verdict for a in answers(known)))


def test_the_situations_of_the_built_in_measure() -> None:
    assert verdicts(SHANGJIANG) == {Verdict.DECIDED: 16, Verdict.SILENT: 48}
    assert verdicts(without_special(SHANGJIANG)) == {Verdict.DECIDED: 16}


def test_a_measure_that_does_not_say_which_clause_prevails() -> None:
    found = answers(book("jia"))
    collide = [a for a in found if a.verdict is Verdict.CONFLICT]
    assert (len(found), len(collide)) == (12, 7)
    assert sum("X4" in a.rules for a in collide) == 6  # 负责人指使
    assert [a.rules for a in collide if "X4" not in a.rules] == [("X2b", "X3")]


def test_a_situation_has_only_the_facts_that_are_asked_in_it() -> None:
    for combination in situations(SHANGJIANG).combinations:
        facts = dict(combination.facts)
        assert ("因汇报失实致审批失误" in facts) == (facts["审批情形"] in ("同意", "审批时改变"))
        assert (combination.part != "全案") == (facts["审批情形"] == "审批时改变")


EXPECTED = {Why.NOT_COVERED: Verdict.SILENT, Why.CONFLICT: Verdict.CONFLICT, Why.NO_RULE: Verdict.GAP}


@given(findings())
@settings(max_examples=200, deadline=None, derandomize=True)
def test_enumeration_agrees_with_the_assessment_of_a_case(finding: Finding) -> None:
    """Each part of a case is one of the enumerated situations, and the rules are those found there."""
    known = {(c.facts, c.part): c for c in situations(SHANGJIANG).combinations}
    for part in assess_finding(SHANGJIANG, finding).parts:
        facts = tuple((name, value) for name in SHANGJIANG.facts
                      if (value := Situation(SHANGJIANG, finding).value(name, part.part)) is not None)
        found = answer(SHANGJIANG, known[facts, part.part])
        if part.undecided is None:
            assert (found.verdict, found.rules, found.beaten) == (Verdict.DECIDED, part.rules, part.beaten)
        else:
            assert found.verdict is EXPECTED.get(part.undecided.kind, Verdict.DECIDED)


def by_verdict(found: tuple[Answer, ...]) -> dict[tuple[Verdict, tuple[str, ...]], int]:
    counts: Counter[tuple[Verdict, tuple[str, ...]]] = Counter()
    for each in found:
        counts[each.verdict, each.rules] += each.combination.stands_for
    return dict(counts)


def factored(known: Rulebook) -> tuple[Answer, ...] | None:
    """The answers of the book factored, as if it had one situation too many."""
    every = situations(known)
    found = situations(known, every.total - 1)
    return tuple(answer(known, c) for c in found.combinations) if found.how is How.FACTORED else None


@given(books())
@settings(max_examples=200, deadline=None, derandomize=True)
def test_factoring_changes_no_count(known: Rulebook) -> None:
    found = factored(known)
    if found is not None:
        assert by_verdict(found) == by_verdict(answers(known))


def test_factoring_is_put_to_use() -> None:
    assert [len(factored(book(name)) or ()) for name in ("shangjiang-2023", "yi")] == [20, 16]


@given(books(), st.randoms(use_true_random=False))
@settings(max_examples=100, deadline=None, derandomize=True)
def test_the_order_of_the_rules_changes_nothing(known: Rulebook, random: Random) -> None:
    rules = list(known.rules.items())
    random.shuffle(rules)
    assert answers(replace(known, rules=dict(rules))) == answers(known)


@given(books())
@settings(max_examples=100, deadline=None, derandomize=True)
def test_each_situation_once_and_every_verdict_that_of_the_applicable_rules(known: Rulebook) -> None:
    found = answers(known)
    assert len({(a.combination.facts, a.combination.part, a.combination.present) for a in found}) == len(found)
    for each in found:
        silent = each.verdict is Verdict.SILENT
        assert silent or set(each.rules) <= set(each.applicable)
        assert silent or (each.verdict is Verdict.GAP) == (not each.applicable)
        assert {b.rule for b in each.beaten} == (set(each.applicable) - set(each.rules) if each.verdict is Verdict.DECIDED else set())


def test_a_role_that_is_asked_for_is_there_or_not() -> None:
    reviewed = Condition("有审核人", frozenset({"是"}))
    rule = replace(SHANGJIANG.rules["R4"], when=(*SHANGJIANG.rules["R4"].when, reviewed))
    asking = replace(SHANGJIANG, rules={**SHANGJIANG.rules, "R4": rule})
    assert variables(asking)[0] == "有审核人"
    assert situations(asking).total == 2 * situations(SHANGJIANG).total
    unapproved = [a for a in answers(asking) if dict(a.combination.facts)["审批情形"] == "应报批未报批" and a.verdict is Verdict.DECIDED]
    assert {("审核人" in a.combination.present, a.rules) for a in unapproved} == {(True, ("R4",)), (False, ("R2",)), (False, ("R1",))}


@pytest.mark.parametrize("most", [3, 7])
def test_what_is_too_much_is_sampled_always_the_same(most: int) -> None:
    found = situations(book("jia"), most)
    assert found.how is How.SAMPLED and 0 < len(found.combinations) <= most
    assert found == situations(book("jia"), most)
    assert found.total >= situations(book("jia")).total
    assert set(found.combinations) <= set(situations(book("jia")).combinations)
