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
from enforcecli.model.rulebook import Condition, Conditions, Rulebook
from enforcecli.proof.check import problems, prove
from enforcecli.proof.compare import compare
from enforcecli.proof.mutation import Same, difference
from enforcecli.proof.situations import (
    MOST,
    SAMPLE,
    Answer,
    How,
    Verdict,
    answer,
    answers,
    situations,
    variables,
)
from enforcecli.proof.table import every
from enforcecli.rules.finding import assess_finding
from enforcecli.rules.situation import Situation, Truth
from tests.proof.support import books, wide
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


@pytest.fixture
def judged(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """Ends the test when more is judged than every rule of `wide()`, a few times, in as many situations as are looked at
    one by one: no clock is needed to see that a book is too large."""
    counted: Counter[str] = Counter()
    original = Situation.judge_all

    def judging(self: Situation, terms: Conditions, part: str) -> Truth:
        counted["rules"] += 1
        if counted["rules"] > MOST * 5 * 20:
            pytest.fail("looks at more than it says")
        return original(self, terms, part)

    monkeypatch.setattr(Situation, "judge_all", judging)
    return counted


def test_a_book_of_a_million_situations_is_sampled_at_once(judged: Counter[str]) -> None:
    found = situations(wide())
    assert (found.how, found.total) == (How.SAMPLED, 2 ** 20)
    assert 0.9 * SAMPLE < len(found.combinations) <= SAMPLE
    assert judged["rules"] == 0, "what is sure to be too much is not begun"


def test_a_book_of_a_million_situations_is_checked_within_the_bound(judged: Counter[str]) -> None:
    proof = prove(wide())
    assert proof.groups is not None
    assert proof.groups.how is How.SAMPLED and 0 < proof.groups.tried <= SAMPLE
    assert [p.code for p in problems(replace(proof, groups=None))] == ["B208"]
    assert len(every(proof.book, proof.answers)) <= SAMPLE
    assert judged["rules"] > 0


def test_two_books_of_a_million_situations_are_compared_within_the_bound(judged: Counter[str]) -> None:
    rule = wide().rules["G3"]
    other = replace(wide(), rules={**wide().rules, "G3": replace(rule, when=rule.when[:1])})
    found = compare(wide(), other)
    assert (found.how, found.total) == (How.SAMPLED, 2 ** 20)
    assert found.changed == 0 < found.same <= SAMPLE, "they say the same, by other rules"
    assert judged["rules"] > 0


def test_facts_that_hang_on_others_do_not_hide_how_many_situations_there_are(judged: Counter[str]) -> None:
    first = Condition("事实0", frozenset({"是"}))
    facts = {n: f if n == "事实0" else replace(f, only_if=(first,)) for n, f in wide().facts.items()}
    assert situations(replace(wide(), facts=facts)).how is How.SAMPLED
    assert judged["rules"] > 0


def test_of_a_sample_no_change_is_called_none() -> None:
    known = situations(wide(16))
    assert known.how is How.SAMPLED
    assert difference(wide(16), wide(16), known) is Same.UNKNOWN
