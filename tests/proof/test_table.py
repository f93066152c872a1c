"""The table of all situations: every situation in exactly one row, and the row says what the engine says."""

from __future__ import annotations

from hypothesis import given, settings

from enforcecli.model.rulebook import Rulebook
from enforcecli.proof.situations import Answer, Verdict, answers
from enforcecli.proof.table import Row, every, rows, settled, words
from tests.proof.support import books
from tests.rules.worked_cases import book


def covers(known: Rulebook, row: Row, answer: Answer) -> bool:
    facts = dict(settled(known, answer))
    return all(facts.get(c.key) in c.values for c in row.when) and (not row.parts or answer.combination.part in row.parts)


@given(books())
@settings(max_examples=150, deadline=None, derandomize=True)
def test_every_situation_stands_in_one_row_that_is_true_of_it(known: Rulebook) -> None:
    found = answers(known)
    table = rows(known, found)
    for answer in found:
        mine = [row for row in table if covers(known, row, answer)]
        assert [(r.verdict, r.rules, r.added, r.blocking) for r in mine] == [
            (answer.verdict, answer.rules, answer.added if answer.verdict is Verdict.DECIDED else (), answer.blocking)]
        assert set(answer.beaten) <= set(mine[0].beaten)
    for row in table:
        assert row.count == sum(covers(known, row, answer) for answer in found) > 0


def test_the_table_of_the_built_in_measure() -> None:
    known = book("shangjiang-2023")
    table = rows(known, answers(known))
    assert (len(table), sum(row.count for row in table)) == (12, 64)
    assert words(known, table[-1]) == "特殊情形为集体决定或者执行上级命令或者领导指使或者干预"
    assert (table[-1].rules, table[-1].count) == (("N1",), 48)
    altered = [row for row in table if row.parts]
    assert [(row.parts, row.rules) for row in altered] == [(("改变部分",), ("R3",)), (("未改变部分",), ("R5",))]
    assert [(b.rule, b.by, b.reason) for b in altered[0].beaten] == [
        ("R1", "R3", "被审批人改变的特别规定；特别规定优于一般规定"), ("R2", "R3", "被审批人改变的特别规定"), ("R5", "R3", "改变是审批的特别情形")]


def test_where_nothing_is_decided_nothing_is_added() -> None:
    """N1 to N3 of 乙型 whatever the superior organ did, whoever has erred before: one row each."""
    known = book("yi")
    silent = [row for row in rows(known, answers(known)) if row.verdict is Verdict.SILENT]
    assert [(row.rules, row.count) for row in silent] == [(("N2",), 4), (("N1",), 6), (("N3",), 18)]
    assert {(row.added, row.exempting, row.severity) for row in silent} == {((), (), ())}


def test_one_row_each_where_it_is_wished() -> None:
    known = book("shangjiang-2023")
    table = every(known, answers(known))
    assert len(table) == 64 and {row.count for row in table} == {1}
    assert len({words(known, row) for row in table}) == 64
