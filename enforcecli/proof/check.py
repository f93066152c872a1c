"""What is wrong, and what is only worth knowing, in a book whose every situation has been looked at.

Problems name their place by the rule: ("rules", id, key …), ("facts", name).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from enforcecli.model.case import Finding
from enforcecli.model.problem import Problem, problem
from enforcecli.model.rulebook import FAULT, Layer, Rule, Rulebook
from enforcecli.proof.persons import Flaw, Groups, Progress, try_groups
from enforcecli.proof.scale import scale_problems
from enforcecli.proof.situations import Answer, How, Situations, Verdict, answer, conditions_on, situations
from enforcecli.proof.table import Row, rows, words
from enforcecli.rules.order import order_of

SHOWN = 3
"""Rows of situations a message names; the table has them all."""
SCALE = ("B211", "B213")
"""What is told of the degrees explains why a group cannot be computed."""
ALL_FLAWS: Mapping[str, str] = {"crash": "B221", "sum": "B222", "order": "B223", "problem": "B224"}


class Proof(Struct, frozen=True):
    """A book gone through: its situations, the answer in each, and what became of the groups of persons
    (None: they were not tried)."""

    book: Rulebook
    situations: Situations
    answers: tuple[Answer, ...]
    groups: Groups | None = None

    def count(self, verdict: Verdict) -> int:
        """How many situations have this verdict (of those looked at, where only a sample was)."""
        return sum(a.combination.stands_for for a in self.answers if a.verdict is verdict)


def prove(book: Rulebook, progress: Progress | None = None, *, persons: bool = True) -> Proof:
    """Look at every situation of the book and (`persons`) at every small group of persons in each."""
    known = situations(book)
    groups = try_groups(book, known, progress=progress) if persons else None
    return Proof(book, known, tuple(answer(book, c) for c in known.combinations), groups)


def problems(proof: Proof) -> tuple[Problem, ...]:
    """Everything found, the rules in the book's order."""
    book, answers = proof.book, proof.answers
    table = rows(book, answers)
    scale = scale_problems(book, answers)
    flaws = proof.groups.flaws if proof.groups is not None else ()
    return (
        *_limits(proof), *_gaps(book, table), *_conflicts(book, table),
        *(() if proof.situations.how is How.SAMPLED else _of_all(book, answers, table)),
        *_unread(book), *scale, *_flaws(flaws, {p.code for p in scale}))


def _of_all(book: Rulebook, answers: Sequence[Answer], table: Sequence[Row]) -> Iterator[Problem]:
    """What can be said only of a book seen whole: a sample says nothing of what never happens."""
    yield from _dead(book, answers)
    yield from _redundant(book, answers)
    yield from _general(book, table)
    yield from _silent(book, table)


def _limits(proof: Proof) -> Iterator[Problem]:
    """A sample is no proof, and that is said."""
    known, groups = proof.situations, proof.groups
    if known.how is How.SAMPLED:
        yield problem("B208", ("facts",), on_key=True, looked=len(known.combinations), total=known.total)
    elif groups is not None and groups.how is How.SAMPLED:
        yield problem("B209", ("rules",), on_key=True, looked=groups.tried, total=groups.total)


def _told(book: Rulebook, found: Sequence[Row]) -> dict[str, Any]:
    """How many situations, and the first of them in words."""
    said = "；".join(words(book, row) for row in found[:SHOWN])
    return {"count": sum(row.count for row in found), "situations": f"{said} …" if len(found) > SHOWN else said}


def _gaps(book: Rulebook, table: Sequence[Row]) -> Iterator[Problem]:
    found = [row for row in table if row.verdict is Verdict.GAP]
    if found:
        yield problem("B201", ("rules",), on_key=True, **_told(book, found))


def _conflicts(book: Rulebook, table: Sequence[Row]) -> Iterator[Problem]:
    """One for each set of rules that collide: so many `over` are missing."""
    by_rules: dict[tuple[str, ...], list[Row]] = {}
    for row in table:
        if row.verdict is Verdict.CONFLICT:
            by_rules.setdefault(row.rules, []).append(row)
    order = list(book.rules)
    for rules, found in sorted(by_rules.items()):
        last = max(rules, key=order.index)
        yield problem("B202", ("rules", last, "id"), rules="、".join(rules), last=last,
                      other=next(r for r in rules if r != last), **_told(book, found))


def _dead(book: Rulebook, answers: Sequence[Answer]) -> Iterator[Problem]:
    """Rules that never apply, and rivals that apply and never carry anything."""
    applying = {rule for a in answers for rule in _acting(a)}
    silent = {rule for a in answers if a.verdict is Verdict.SILENT for rule in a.rules}
    carrying = {rule for a in answers if a.verdict is not Verdict.SILENT for rule in a.rules}
    for rule in book.rules.values():
        if rule.id not in applying | silent:
            yield problem("B203", ("rules", rule.id, "when"), rule=rule.id)
        elif rule.layer is Layer.ALLOCATE and rule.id not in carrying and not rule.takes_remainder:
            beaten = {b.by for a in answers for b in a.beaten if b.rule == rule.id}
            yield problem("B204", ("rules", rule.id, "id"), rule=rule.id, by="、".join(sorted(beaten)) or "—")


def _acting(answer: Answer) -> tuple[str, ...]:
    return (*answer.applicable, *answer.added, *answer.exempting, *answer.blocking, *answer.severity)


def _redundant(book: Rulebook, answers: Sequence[Answer]) -> Iterator[Problem]:
    """Edges without which the same rules carry every situation."""
    rivals = sorted({a.applicable for a in answers if a.applicable})
    before = _carriers(book, rivals)
    for rule in book.rules.values():
        for other in rule.over:
            if _carriers(without_edge(book, rule, other), rivals) == before:
                yield problem("B205", ("rules", rule.id, "over", other), on_key=True, rule=rule.id, other=other)


def without_edge(book: Rulebook, rule: Rule, other: str) -> Rulebook:
    over = {name: reason for name, reason in rule.over.items() if name != other}
    return replace(book, rules={**book.rules, rule.id: replace(rule, over=over)})


def _carriers(book: Rulebook, rivals: Iterable[tuple[str, ...]]) -> list[tuple[str, ...]]:
    order = order_of(book)
    return [tuple(rule.id for rule in order.maximal(book.rules[name] for name in names)) for names in rivals]


def _general(book: Rulebook, table: Sequence[Row]) -> Iterator[Problem]:
    """Situations in which only a rule without conditions speaks."""
    for rule in book.rules.values():
        found = [row for row in table if row.verdict is Verdict.DECIDED and row.rules == (rule.id,)]
        if found and rule.layer is Layer.ALLOCATE and not rule.when and rule.part is None:
            yield problem("B206", ("rules", rule.id, "id"), rule=rule.id, **_told(book, found))


def _silent(book: Rulebook, table: Sequence[Row]) -> Iterator[Problem]:
    for rule in book.rules.values():
        found = [row for row in table if row.verdict is Verdict.SILENT and rule.id in row.rules]
        if found:
            yield problem("B207", ("rules", rule.id, "id"), rule=rule.id, **_told(book, found))


def _unread(book: Rulebook) -> Iterator[Problem]:
    """Facts of the finding no condition reads: every case is asked for them in vain."""
    read = {c.key for terms in conditions_on(book) for c in terms}
    for name in book.facts:
        if name not in read and name != FAULT:
            yield problem("B210", ("facts", name), on_key=True, fact=name)


def _flaws(flaws: Iterable[Flaw], known: set[str]) -> Iterator[Problem]:
    for flaw in flaws:
        if flaw.kind != "problem" or "L301" not in flaw.codes or not known & set(SCALE):
            yield problem(ALL_FLAWS[flaw.kind], ("rules",), on_key=True, group=finding_words(flaw.finding), words=flaw.words)


def finding_words(finding: Finding) -> str:
    """The facts and the persons of a finding: 审批情形为同意；甲（承办人，有无过错为有）."""
    facts = "，".join(f"{name}为{value}" for name, value in finding.facts.items())
    parts = "，".join(f"{name}占{size}" for name, size in finding.parts.items())
    persons = "、".join(
        f"{p.written}（{'，'.join((*p.roles, *(f'{k}为{v}' for k, v in p.facts.items())))}）" for p in finding.involved)
    choice = f"规则适用选择为{finding.choice.rules}" if finding.choice is not None else ""
    return "；".join(filter(None, (facts, parts, persons, choice)))
