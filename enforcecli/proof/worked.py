"""Worked examples: does the book answer each as it was worked out by hand?

Paths are relative to the example: ("expected", "shares", person).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction

from msgspec import Struct
from msgspec.structs import replace

from enforcecli.model.case import Finding
from enforcecli.model.example import WHYS, Example, Expected
from enforcecli.model.problem import Path, Problem, problem
from enforcecli.model.result import FindingResult, Outcome, Why
from enforcecli.model.rulebook import WHOLE, Rulebook
from enforcecli.rules.finding import assess_finding
from enforcecli.rules.situation import Situation, Truth
from enforcecli.text.suggest import closest

WORDS = {why: word for word, why in WHYS.items()}
NONE = "无"


class Difference(Struct, frozen=True):
    """Where the answer is not the one expected: the code of the problem, `where` within the example, whom
    or which part it is about, what should be there and what is."""

    code: str
    where: Path
    of: str
    expected: str
    found: str


def answer_of(book: Rulebook, example: Example) -> FindingResult:
    """What the book answers, with the facts common to all examples filled in where they are asked."""
    return assess_finding(book, completed(book, example), traced=False)


def completed(book: Rulebook, example: Example) -> Finding:
    """The finding with the common facts it leaves out. A fact that is not asked stays out."""
    facts = dict(example.finding.facts)
    waiting = [name for name in book.facts if name in example.common and name not in facts]
    while waiting:  # a fact may hang on another of the common ones
        seen = Situation(book, Finding(facts=facts, involved=example.finding.involved))
        ready = [n for n in waiting if seen.judge_all(book.facts[n].only_if, WHOLE) is Truth.HOLDS]
        if not ready:
            break
        facts[ready[0]] = example.common[ready[0]]
        waiting.remove(ready[0])
    return replace(example.finding, facts=facts)


def differences(example: Example, result: FindingResult) -> tuple[Difference, ...]:
    """Everything expected that did not come out."""
    return tuple(_differences(example.expected, result))


def holds(book: Rulebook, example: Example) -> bool:
    """Whether the book answers the example as expected; False too where it cannot answer at all."""
    try:
        return not differences(example, answer_of(book, example))
    except (AssertionError, KeyError):  # a changed book may be no sound book
        return False


def _differences(expected: Expected, result: FindingResult) -> Iterator[Difference]:
    found = result.undecided.kind if result.undecided is not None else None
    if expected.undecided is not found and (expected.undecided is not None or _wants_decision(expected)):
        yield Difference("B231", ("undecided",), "", _why(expected.undecided), _decision(result))
        return
    if expected.not_pursued is not None and expected.not_pursued is not (result.outcome is Outcome.NOT_PURSUED):
        wanted = "不予追究" if expected.not_pursued else "追究"
        yield Difference("B231", ("not_pursued",), "", wanted, _decision(result))
    yield from _shares(expected, result)
    for code, key, given in (("B237", "grades", expected.grades), ("B241", "severity", expected.severity)):
        by_person = {p.person: getattr(p, key) for p in result.persons}
        for person, words in (given or {}).items():
            if by_person.get(person, ()) != words:
                yield Difference(code, (key, person), person, _list(words), _list(by_person.get(person, ())))
    yield from _rules(expected, result)
    for key, names in (("facts", expected.facts), ("roles", expected.roles)):
        there: tuple[str, ...] = getattr(result.undecided, key, ())
        if names is not None and sorted(names) != sorted(there):
            yield Difference("B239", (key,), "", _list(names), _list(there))
    codes = sorted({p.code for p in result.problems})
    if expected.problems is not None and sorted(expected.problems) != codes:
        yield Difference("B242", ("problems",), "", _list(expected.problems), _list(codes))


def _wants_decision(expected: Expected) -> bool:
    """What is expected of persons presumes that something is decided."""
    return bool(expected.shares is not None or expected.grades or expected.severity or expected.not_pursued)


def _shares(expected: Expected, result: FindingResult) -> Iterator[Difference]:
    if expected.shares is None or result.undecided is not None:
        return
    for person in result.persons:
        wanted = expected.shares.get(person.person, Fraction(0))
        if person.share != wanted:
            yield Difference("B236", ("shares", person.person), person.person, str(wanted),
                             "没有份额" if person.share is None else str(person.share))


def _rules(expected: Expected, result: FindingResult) -> Iterator[Difference]:
    """By part where it is so written; else all the rules together, or those the question is about."""
    if isinstance(expected.rules, Mapping):
        by_part = {part.part: part.rules for part in result.parts}
        for part, rules in expected.rules.items():
            there = by_part.get(part, ())
            if tuple(sorted(rules)) != there:
                yield Difference("B238", ("rules", part), part, _list(rules), _list(there))
    elif expected.rules is not None:
        asked = result.undecided
        there = asked.rules if asked is not None else tuple(rule for part in result.parts for rule in part.rules)
        if sorted(set(expected.rules)) != sorted(set(there)):
            yield Difference("B238", ("rules",), WHOLE, _list(expected.rules), _list(sorted(set(there))))


def _decision(result: FindingResult) -> str:
    if result.undecided is None:
        return "不予追究" if result.outcome is Outcome.NOT_PURSUED else "、".join(
            f"{p.person} {'没有份额' if p.share is None else p.share}" for p in result.persons)
    reasons = [f"（{'、'.join(dict.fromkeys(p.code for p in result.problems))}）"] if result.problems else []
    return "".join((_why(result.undecided.kind), *reasons))


def _why(kind: Why | None) -> str:
    return "能够认定" if kind is None else f"不能认定：{WORDS[kind]}"


def _list(names: Iterable[str]) -> str:
    return "、".join(names) or NONE


# the run

def judge(book: Rulebook, examples: Sequence[Example]) -> tuple[Problem, ...]:
    """What is wrong with the examples: not what was expected, nothing expected, names the book lacks."""
    found: list[Problem] = []
    for i, example in enumerate(examples):
        here = [*_unknown(book, example)]
        if not example.expected.says:
            here.append(problem("B232", (), name=example.name))
        if not here:
            here = [problem(d.code, ("expected", *d.where), name=example.name, of=d.of, expected=d.expected,
                            found=d.found) for d in differences(example, answer_of(book, example))]
        found += [replace(p, where=("examples", i, *p.where)) for p in here]
    return tuple(found)


def _unknown(book: Rulebook, example: Example) -> Iterator[Problem]:
    """Persons the example lacks; rules, degrees and parts the book lacks."""
    expected = example.expected
    persons = [person.person for person in example.finding.involved]
    by_person = {"shares": expected.shares, "grades": expected.grades, "severity": expected.severity}
    for key, given in by_person.items():
        for person in given or {}:
            if person not in persons and not (key == "shares" and book.remainder_to_unit):
                yield _unlike(example, ("expected", key, person), person, persons, on_key=True)
    for person, grades in (expected.grades or {}).items():
        for grade in grades:
            if grade not in book.degrees:
                yield _unlike(example, ("expected", "grades", person), grade, book.degrees)
    rules: Mapping[str, Iterable[str]] = expected.rules if isinstance(expected.rules, Mapping) else {"": expected.rules or ()}
    for part, names in rules.items():
        if part and part not in (*book.parts, WHOLE):
            yield _unlike(example, ("expected", "rules", part), part, book.parts, on_key=True)
        for name in names:
            if name not in book.rules:
                yield _unlike(example, ("expected", "rules", *([part] if part else [])), name, book.rules)
    for name in example.common:
        if name not in book.facts:
            yield _unlike(example, (), name, book.facts)


def _unlike(example: Example, where: Path, written: str, known: Iterable[str], *,
            on_key: bool = False) -> Problem:
    names = tuple(known)
    return problem("B235", where, on_key=on_key, name=example.name, written=written,
                   allowed=_list(names), suggestion=closest(written, names) or "")
