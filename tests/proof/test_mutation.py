"""Whether the examples would notice a change of the book, and the proof where there is nothing to notice."""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import HealthCheck, given, settings
from msgspec.structs import replace

from enforcecli.model.example import Example
from enforcecli.model.rulebook import Clause, Condition, Fact, Layer, Rule, Rulebook
from enforcecli.output.book_examples import as_dict, lines
from enforcecli.output.style import Style
from enforcecli.proof import mutation
from enforcecli.proof.mutants import mutants
from enforcecli.proof.mutation import Mutation, Same, difference, mutate, outcome_words
from enforcecli.proof.situations import How, answer, situations
from enforcecli.reading.examples import FILE, read_examples
from enforcecli.reading.library import built_in_ids
from enforcecli.rules.finding import assess_finding
from enforcecli.text.document import parse
from tests.proof.support import books
from tests.rules.worked_cases import WITH_EXAMPLES, book, folder_of


@cache
def examples(name: str) -> tuple[Example, ...]:
    return read_examples(parse((folder_of(name) / FILE).read_bytes(), FILE), book(name))[0].examples


@cache
def mutated(name: str) -> Mutation:
    return mutate(book(name), examples(name))


@cache
def unsettled() -> Mutation:
    """甲型 changed, and none of its examples in which the office chose between rules."""
    return mutate(book("jia"), [e for e in examples("jia") if e.finding.choice is None])


def test_every_built_in_book_has_examples() -> None:
    assert set(built_in_ids()) <= set(WITH_EXAMPLES)


@pytest.mark.parametrize("name", WITH_EXAMPLES)
def test_the_examples_beside_a_book_notice_every_change_that_is_one(name: str) -> None:
    found = mutated(name)
    assert [(s.mutant.code, s.mutant.where, s.mutant.after) for s in found.survivors] == []
    assert found.killed == found.counted > 100
    assert {same for _, same in found.equivalent} <= {Same.RULES}


def test_what_changes_nothing_in_the_built_in_measure() -> None:
    """Three edges that follow from others; and the altered part is there only where an approver altered."""
    assert [(m.code, m.rule, m.before, m.after) for m, _ in mutated("shangjiang-2023").equivalent] == [
        ("B251", "R3", "R2", ""),
        ("B252", "R3", "审批情形为审批时改变", ""),
        *(("B253", "R3", "审批情形为审批时改变", f"审批情形为{other}或者审批时改变") for other in ("无需审批", "应报批未报批", "同意")),
        ("B251", "R6", "R2", ""), ("B251", "R6", "R5", "")]


def test_an_example_taken_away_is_missed() -> None:
    name = "执行上级命令：办法未作规定"
    known = book("shangjiang-2023")
    fewer = [e for e in examples("shangjiang-2023") if e.name != name]
    (survivor,) = mutate(known, fewer).survivors
    assert (survivor.mutant.code, survivor.mutant.rule) == ("B253", "N1")
    assert survivor.finding.facts["特殊情形"] == "执行上级命令"


def test_what_a_survivor_shows_tells_the_two_books_apart() -> None:
    found = unsettled()
    assert found.survivors
    for survivor in found.survivors:
        before = assess_finding(book("jia"), survivor.finding)
        after = assess_finding(survivor.mutant.book, survivor.finding)
        assert (outcome_words(before), outcome_words(after)) == (survivor.before, survivor.after)
        assert survivor.before != survivor.after


def test_a_rule_that_only_a_choice_brings_to_bear_is_no_dead_letter() -> None:
    """X4 of 甲型 collides everywhere: what it says shows only where the office has chosen it."""
    chosen = [s for s in unsettled().survivors if s.mutant.rule == "X4"]
    assert chosen and all(s.finding.choice is not None and s.finding.choice.rules == "X4" for s in chosen)


def test_every_kind_of_edit_is_made() -> None:
    """Of the measures at hand, and of one with parts, blocks and layers."""
    known = book("shangjiang-2023")
    block = Rule("B1", "三（二）", Layer.BLOCK, blocks={"R4": "不适用"})
    more = replace(known, rules={**known.rules, "B1": block})
    made = {m.code for m in mutants(more)}
    assert made == {f"B{n}" for n in range(250, 262)}


@given(books())
@settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
def test_each_mutant_is_another_book_changed_in_one_place(known: Rulebook) -> None:
    seen = set()
    for mutant in mutants(known):
        assert mutant.before != mutant.after or mutant.code in ("B250", "B259")
        assert (mutant.book.rules, mutant.book.degrees) != (known.rules, known.degrees)
        changed = [name for name in known.rules if mutant.book.rules.get(name) != known.rules[name]]
        assert mutant.code in ("B250", "B261") or changed == [mutant.rule]
        seen.add((mutant.code, mutant.where, mutant.before, mutant.after))
    assert len(seen) == sum(1 for _ in mutants(known))


@given(books())
@settings(max_examples=25, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
def test_what_is_called_the_same_answers_the_same(known: Rulebook) -> None:
    """A difference in who carries a situation is never called none."""
    for mutant in mutants(known):
        every = situations(known)
        if difference(known, mutant.book, every, 20) is Same.RULES:
            for combination in every.combinations:
                before, after = answer(known, combination), answer(mutant.book, combination)
                assert (before.verdict, before.rules) == (after.verdict, after.rules)


def test_a_change_not_proven_to_be_none_counts_as_not_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a sample nothing is proven: what no example notices and no difference was found for stays in the count."""
    monkeypatch.setattr(mutation, "situations", lambda known: situations(known, 3))
    found = mutate(book("jia"), ())
    assert found.unproven and found.equivalent == ()
    assert found.counted == found.total == found.killed + len(found.survivors) + len(found.unproven)
    told = "\n".join(lines(book("jia"), 1, 0, found, Style(False)))
    assert "不能确定的改动：" in told and "没有区别的改动：" not in told
    data = as_dict(book("jia"), 1, 0, found)["mutation"]
    assert isinstance(data, dict) and len(data["unproven"]) == len(found.unproven)


@given(books())
@settings(max_examples=25, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
def test_a_factored_book_hides_no_change(known: Rulebook) -> None:
    """A changed condition may tell apart values the book itself does not: what all situations show, the factored show too."""
    every = situations(known)
    fewer = situations(known, every.total - 1)
    if fewer.how is How.FACTORED:
        for mutant in mutants(known):
            with pytest.MonkeyPatch.context() as patch:
                patch.setattr(mutation, "situations", lambda both, total=every.total: situations(both, total - 1))
                found = difference(known, mutant.book, fewer, 20)
            assert found is not Same.RULES or difference(known, mutant.book, every, 20) is Same.RULES


def test_a_value_more_is_no_other_word_for_the_same_in_a_factored_book() -> None:
    """三 stands for 二 as long as no condition names one of them."""
    rule = Rule("G1", "一1", Layer.ALLOCATE, (Condition("甲", frozenset({"一"})),), None, (Clause(("承办人",), "全部责任"),), {}, {})
    facts = {f"事实{n}": Fact(f"事实{n}", ("是", "否")) for n in range(20)} | {"甲": Fact("甲", ("一", "二", "三"))}
    known = replace(book("small"), facts=facts, rules={"G1": rule})
    more = replace(rule, when=(Condition("甲", frozenset({"一", "三"})),))
    every = situations(known)
    assert every.how is How.FACTORED
    assert not isinstance(difference(known, replace(known, rules={"G1": more}), every), Same)


def test_a_book_in_other_words_is_the_same_book() -> None:
    known = book("jia")
    again = replace(known, rules=dict(reversed(known.rules.items())))
    assert difference(known, again, situations(known)) is Same.RULES
    rule = replace(known.rules["X1"], bears=(Clause(("过错人",), "全部责任"),))
    other = difference(known, replace(known, rules={**known.rules, "X1": rule}), situations(known))
    assert not isinstance(other, Same)
