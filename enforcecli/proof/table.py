"""The situations of a book as a table a person can read through and sign: situations with one answer stand in
one row, and every row says how many it covers (together: all)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from msgspec import Struct

from enforcecli.model.result import Beaten
from enforcecli.model.rulebook import HAS_ROLE, WHOLE, Condition, Rulebook
from enforcecli.proof.situations import Answer, Verdict, variables
from enforcecli.rules.words import conditions


class Row(Struct, frozen=True):
    """Situations with one answer. `when`: the conditions that single them out, in the book's order (none:
    always); `parts`: the parts of the act meant, () for the whole act or every part alike; `count`: how
    many situations; `beaten`: the rules that apply somewhere in the row and give way, with the reason."""

    when: tuple[Condition, ...]
    parts: tuple[str, ...]
    count: int
    verdict: Verdict
    rules: tuple[str, ...]
    beaten: tuple[Beaten, ...] = ()
    added: tuple[str, ...] = ()
    exempting: tuple[str, ...] = ()
    blocking: tuple[str, ...] = ()
    severity: tuple[str, ...] = ()


Node = tuple[tuple[tuple[str, ...], Any], ...]
"""A level of the decision tree: (values, what follows), …, values () for all alike; at the bottom
(parts, answer)."""


class _Known(Struct, frozen=True, eq=False):
    """An answer and what is settled in its situation: facts and `有<role>`."""

    answer: Answer
    settled: Mapping[str, str]


def rows(book: Rulebook, answers: Sequence[Answer]) -> tuple[Row, ...]:
    """The answers, in as few rows as the order of the facts allows."""
    names = variables(book)
    known = [_Known(answer, dict(settled(book, answer))) for answer in answers]
    return tuple(_flat(_tree(known, names), names, (), known))


def every(book: Rulebook, answers: Iterable[Answer]) -> tuple[Row, ...]:
    """One row for every situation."""
    found = []
    for answer in answers:
        when = tuple(Condition(name, frozenset((value,))) for name, value in settled(book, answer))
        part = answer.combination.part
        found.append(_row(when, () if part == WHOLE else (part,), _key(answer), [answer]))
    return tuple(found)


def words(book: Rulebook, row: Row) -> str:
    """The situations of a row: 部门作出为是，审批情形为同意，改变部分."""
    told = conditions(book, row.when)
    return "，".join(filter(None, (told, "、".join(row.parts)))) or "任何情形"


def settled(book: Rulebook, answer: Answer) -> list[tuple[str, str]]:
    """The facts of a situation, before them `有<role>` as far as a condition asks for it."""
    facts, there = dict(answer.combination.facts), answer.combination.present
    return [(name, facts[name] if name in facts else "是" if name.removeprefix(HAS_ROLE) in there else "否")
            for name in variables(book) if name in facts or name not in book.facts]


def _key(answer: Answer) -> tuple[Any, ...]:
    """What makes two answers one. Where nobody bears yet, or nobody at all, nobody is added, exempt or treated more severely."""
    if answer.verdict is not Verdict.DECIDED:
        return (answer.verdict, answer.rules, (), (), answer.blocking, ())
    return (answer.verdict, answer.rules, answer.added, answer.exempting, answer.blocking, answer.severity)


def _tree(known: Sequence[_Known], names: Sequence[str]) -> Node:
    if not names:
        return _leaf(known)
    by_value: dict[str, list[_Known]] = {}
    for each in known:
        by_value.setdefault(each.settled.get(names[0], ""), []).append(each)
    alike: dict[Node, list[str]] = {}
    for value, those in by_value.items():
        alike.setdefault(_tree(those, names[1:]), []).append(value)
    if len(alike) == 1:  # whatever it is, or not asked at all: nothing hangs on it
        return (((), next(iter(alike))),)
    return tuple((tuple(values), follows) for follows, values in alike.items())


def _leaf(known: Sequence[_Known]) -> Node:
    """The parts of the act by their answer; () where all parts are alike or there are none."""
    parts: dict[tuple[Any, ...], dict[str, None]] = {}
    for each in known:
        parts.setdefault(_key(each.answer), {})[each.answer.combination.part] = None
    return tuple((() if len(parts) == 1 else tuple(listed), key) for key, listed in parts.items())


def _flat(node: Node, names: Sequence[str], when: tuple[Condition, ...], known: Sequence[_Known]) -> Iterator[Row]:
    for values, follows in node:
        if not names:
            yield _row(when, values, follows,
                       [k.answer for k in known if not values or k.answer.combination.part in values])
        elif not values:
            yield from _flat(follows, names[1:], when, known)
        else:
            those = [k for k in known if k.settled.get(names[0]) in values]
            yield from _flat(follows, names[1:], (*when, Condition(names[0], frozenset(values))), those)


def _row(when: tuple[Condition, ...], parts: tuple[str, ...], key: tuple[Any, ...], there: Sequence[Answer]) -> Row:
    verdict, rules, added, exempting, blocking, severity = key
    beaten = dict.fromkeys(b for answer in there for b in answer.beaten)
    return Row(when, parts, sum(answer.combination.stands_for for answer in there), verdict, rules,
               tuple(sorted(beaten, key=lambda b: (b.rule, b.by, b.reason))), added, exempting, blocking, severity)
