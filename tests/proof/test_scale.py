"""Whether the sizes that stand together fit, as the engine divides them: clauses it makes one count once."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from enforcecli.model.rulebook import Clause, Condition, Layer, Rule, Rulebook
from enforcecli.proof.check import problems, prove
from tests.rules.worked_cases import book

ALL, MAIN = "全部责任", "主要责任"
AT_FAULT = (Condition("有无过错", frozenset({"有"})),)


def collecting(*bears: tuple[Clause, ...]) -> Rulebook:
    """A book of rules that all apply and stand together."""
    known = book("small")
    rules = {f"G{i}": Rule(f"G{i}", "二（一）", Layer.ALLOCATE, (), None, clauses, {}, {}) for i, clauses in enumerate(bears)}
    return replace(known, collect=True, rules=rules)


@pytest.mark.parametrize(("bears", "code"), [
    ([(Clause(("承办人",), ALL),), (Clause(("承办人",), ALL),)], None),  # the same clause twice is one
    ([(Clause(("承办人",), MAIN),), (Clause(("承办人", "审批人"), MAIN),)], None),  # so is a wider one of the same degree
    ([(Clause(("承办人",), ALL),), (Clause(("承办人",), MAIN),)], None),  # a person bears by the heavier only
    ([(Clause(("承办人",), ALL),), (Clause(("审批人",), MAIN),)], "B211"),
    ([(Clause(("承办人",), MAIN),), (Clause(("审批人",), MAIN),)], "B211"),
    ([(Clause(("承办人", "审批人"), MAIN),), (Clause(("承办人",), ALL),)], "B211"),  # the approver is left with the lighter one
    ([(Clause(("承办人",), ALL, AT_FAULT),), (Clause(("承办人",), MAIN),)], "B211"),  # who is not at fault bears by the other
])
def test_clauses_of_the_same_persons_count_once(bears: list[tuple[Clause, ...]], code: str | None) -> None:
    """What is said of the sizes is what trying every group finds."""
    proof = prove(collecting(*bears))
    assert proof.groups is not None
    told = {p.code for p in problems(proof)} & {"B211", "B213", "B224"}
    assert told == ({code} if code else set())
    assert bool(proof.groups.flaws) == (code is not None)
