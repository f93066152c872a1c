"""A book of many parts or of many person facts is gone through in as many steps as tell something apart."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

import pytest
from msgspec.structs import replace

from enforcecli.model.rulebook import Clause, Condition, Layer, Part, PersonFact, Rule
from enforcecli.proof.bearers import bearers
from enforcecli.proof.check import prove
from enforcecli.proof.persons import plan_of
from enforcecli.proof.situations import situations
from tests.rules.worked_cases import book

SMALL = book("small")


@pytest.mark.parametrize("parts", [1, 2, 3, 4])
def test_the_sizes_of_the_parts_are_those_that_make_a_whole(parts: int) -> None:
    known = replace(SMALL, parts={f"部分{n}": Part(f"部分{n}") for n in range(parts)})
    wanted = [sizes for sizes in product((Fraction(0), Fraction(1, 2), Fraction(1)), repeat=parts) if sum(sizes) == 1]
    for facts in {frame.facts for frame, _ in plan_of(known, situations(known)).frames}:
        frames = [frame for frame, _ in plan_of(known, situations(known)).frames if frame.facts == facts]
        assert [tuple(size for _, size in frame.parts) for frame in frames] == wanted


def test_a_book_of_forty_parts_is_gone_through() -> None:
    """3 ** 40 ways to give each of them nothing, a half or all; 820 of them make a whole."""
    known = replace(SMALL, parts={f"部分{n}": Part(f"部分{n}") for n in range(40)})
    proof = prove(known, persons=False)
    assert len(plan_of(known, proof.situations).frames) == 2 * 820


def test_person_facts_one_clause_reads_are_not_multiplied() -> None:
    """Twenty facts of four values in one `where`: met or not met, by either role, at fault or not."""
    facts = {f"事实{n}": PersonFact(f"事实{n}", tuple("甲乙丙丁")) for n in range(20)}
    where = tuple(Condition(name, frozenset({"丙"})) for name in facts)
    rule = Rule("G3", "二（一）", Layer.SEVERITY, (), None, (Clause(("承办人",), None, where, False, "从重"),), {}, {})
    known = replace(SMALL, person_facts=facts, rules={**SMALL.rules, "G3": rule})
    found = [(b.role, dict(b.facts)) for b in bearers(known, known.rules.values())]
    assert [(role, given["有无过错"], given.get("事实0"), given.get("事实19")) for role, given in found] == [
        ("承办人", "有", "甲", "甲"), ("承办人", "有", "丙", "丙"), ("承办人", "无", "甲", "甲"), ("承办人", "无", "丙", "丙"),
        ("审批人", "有", None, None), ("审批人", "无", None, None)]
