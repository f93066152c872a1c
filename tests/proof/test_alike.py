"""One of a kind answers for all: every member of a kind, assessed itself, gets the answer of the one assessed."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from enforcecli.model.case import Finding, Involved
from enforcecli.model.rulebook import Clause, Rulebook
from enforcecli.proof.persons import Plan, by_kind, finding_backwards, plan_of, said, tried, try_groups
from enforcecli.proof.situations import How, situations
from enforcecli.rules import resolve
from enforcecli.rules.allocate import rules_asking
from enforcecli.rules.finding import assess_finding
from enforcecli.rules.situation import Situation
from tests.proof.support import books, books_of_every_kind, giving_way
from tests.rules.worked_cases import book


def outcome(known: Rulebook, finding: Finding) -> object:
    """All that the proof can say of a group, by assessing this very group."""
    result, flaw = tried(known, finding)
    backwards = assess_finding(known, finding_backwards(finding), traced=False) if result is not None else None
    lines = result and [(p.unit, p.at_fault) for p in result.persons]
    return (result and said(result), lines, backwards and said(backwards), flaw and (flaw.kind, flaw.words, flaw.codes))


def members(known: Rulebook, plan: Plan, wanted: range) -> Iterator[tuple[Finding, Finding]]:
    """Of the groups with these numbers those that are not assessed, each with the one that answers for it."""
    first = dict[tuple[int, ...], Finding]()
    for number, (kind, frame, group) in enumerate(by_kind(known, plan)):
        if kind not in first:
            first[kind] = plan.finding(frame, group)
        elif number in wanted:
            yield plan.finding(frame, group), first[kind]


@given(books_of_every_kind(), st.integers(0, 100))
@example(giving_way(), 0)
@settings(max_examples=120, deadline=None, derandomize=True)
def test_every_member_of_a_kind_gets_the_answer_of_the_one_assessed(known: Rulebook, start: int) -> None:
    plan = plan_of(known, situations(known))
    for member, assessed in members(known, plan, range(start % max(1, plan.size // 20), plan.size, max(1, plan.size // 20))):
        assert outcome(known, member) == outcome(known, assessed)


@pytest.mark.parametrize("name", ["shangjiang-2023", "jia", "yi"])
def test_every_member_of_a_kind_in_the_measures(name: str) -> None:
    """Some hundreds of them, in step with no frame."""
    known = book(name)
    for member, assessed in members(known, plan_of(known, situations(known)), range(0, 100_000, 41)):
        assert outcome(known, member) == outcome(known, assessed)


@given(books_of_every_kind())
@example(giving_way())
@settings(max_examples=40, deadline=None, derandomize=True)
def test_the_groups_come_to_what_they_come_to_one_by_one(known: Rulebook) -> None:
    every = situations(known)
    plan, found = plan_of(known, every, 150), try_groups(known, every, 150)
    results = [tried(known, finding)[0] for finding in plan.findings()]
    assert found.tried == len(results) >= found.assessed
    assert found.decided == sum(r is not None and r.undecided is None for r in results)
    assert sum(found.undecided.values()) == sum(r is not None and r.undecided is not None for r in results)


@given(books_of_every_kind())
@example(giving_way())
@settings(max_examples=60, deadline=None, derandomize=True)
def test_no_rule_asks_for_persons_but_those_that_are_said_to(known: Rulebook) -> None:
    """What an assessment reads of persons it reads here, clause by clause."""
    asked: list[Clause] = []
    reading = resolve.candidates

    def noted(situation: Situation, clause: Clause, part: str) -> list[Involved]:
        asked.append(clause)
        return reading(situation, clause, part)

    plan = plan_of(known, situations(known), 100)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(resolve, "candidates", noted)
        for finding in plan.findings():
            asked.clear()
            tried(known, finding)
            put = list(asked)
            situation = Situation(known, finding)
            allowed = {id(c) for part, _ in situation.parts() for rule in rules_asking(situation, part) for c in rule.bears or ()}
            assert {id(clause) for clause in put} <= allowed


@given(books())
@settings(max_examples=60, deadline=None, derandomize=True)
def test_as_many_groups_are_told_as_there_are(known: Rulebook) -> None:
    """Where a condition asks for a role, less those in which nobody has it."""
    every = situations(known)
    plan, found = plan_of(known, every), try_groups(known, every)
    assert found.how is every.how is How.ALL
    assert found.total == found.tried == len(list(plan.findings())) <= plan.size
