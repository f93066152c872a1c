"""A rulebook changed in one place: every edit a slip or a rash hand could make to its rules."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from enforcecli.model.problem import Path
from enforcecli.model.rulebook import (
    AT_FAULT,
    FAULT,
    NOT_AT_FAULT,
    PERSONS_AT_FAULT,
    Clause,
    Condition,
    Conditions,
    Degree,
    DegreeKind,
    Rule,
    Rulebook,
)
from enforcecli.rules.words import conditions

HALF = Fraction(1, 2)


class Mutant(Struct, frozen=True, eq=False):
    """One edit. `code`: the problem that tells of it; `rule`: the rule (or the degree) changed, at `where`;
    `before` and `after`: what stood there and what stands there now ("" for nothing)."""

    code: str
    rule: str
    where: Path
    book: Rulebook
    before: str = ""
    after: str = ""


def mutants(book: Rulebook) -> Iterator[Mutant]:
    """Every edit, in the book's order."""
    for rule in book.rules.values():
        yield Mutant("B250", rule.id, ("rules", rule.id, "id"), _without(book, rule))
        yield from _keys(book, rule)
        yield from _when(book, rule)
        for at, clause in enumerate(rule.bears or ()):
            yield from _clause(book, rule, at, clause)
    for degree in book.degrees.values():
        yield from _sizes(book, degree)


def _with(book: Rulebook, rule: Rule) -> Rulebook:
    return replace(book, rules={**book.rules, rule.id: rule})


def _less(names: Mapping[str, str], one: str) -> dict[str, str]:
    return {name: reason for name, reason in names.items() if name != one}


def _without(book: Rulebook, rule: Rule) -> Rulebook:
    """The book without the rule, and without what others say of it."""
    return replace(book, rules={
        name: replace(other, over=_less(other.over, rule.id), blocks=_less(other.blocks, rule.id))
        for name, other in book.rules.items() if name != rule.id})


def _keys(book: Rulebook, rule: Rule) -> Iterator[Mutant]:
    """`over`, `blocks`, `part` and `also` taken out."""
    for other in rule.over:
        changed = replace(rule, over=_less(rule.over, other))
        yield Mutant("B251", rule.id, ("rules", rule.id, "over", other), _with(book, changed), other)
    for other in rule.blocks:
        changed = replace(rule, blocks=_less(rule.blocks, other))
        yield Mutant("B260", rule.id, ("rules", rule.id, "blocks", other), _with(book, changed), other)
    if rule.part is not None:
        yield Mutant("B258", rule.id, ("rules", rule.id, "part"), _with(book, replace(rule, part=None)), rule.part)
    if rule.takes_remainder:
        yield Mutant("B259", rule.id, ("rules", rule.id, "also"), _with(book, replace(rule, takes_remainder=False)))


def _when(book: Rulebook, rule: Rule) -> Iterator[Mutant]:
    for term, changed in _terms(book, rule.when):
        made = _with(book, replace(rule, when=_put(rule.when, term, changed)))
        yield _of_term(book, ("B252", "B253"), rule, ("rules", rule.id, "when", term.key), made, term, changed)


def _of_term(book: Rulebook, codes: tuple[str, str], rule: Rule, where: Path, made: Rulebook, term: Condition,
             changed: Condition | None) -> Mutant:
    before = conditions(book, (term,))
    if changed is None:
        return Mutant(codes[0], rule.id, where, made, before)
    return Mutant(codes[1], rule.id, where, made, before, conditions(book, (changed,)))


def _terms(book: Rulebook, terms: Conditions) -> Iterator[tuple[Condition, Condition | None]]:
    """Each condition left out, and with other values: of several one fewer, of one another; one more."""
    for term in terms:
        yield term, None
        known = values_of(book, term.key)
        if len(term.values) > 1:
            yield from ((term, replace(term, values=term.values - {value})) for value in known if value in term.values)
        for value in known:
            if value in term.values:
                continue
            if len(term.values) == 1:
                yield term, replace(term, values=frozenset((value,)))
            if len(term.values) + 1 < len(known):
                yield term, replace(term, values=term.values | {value})


def values_of(book: Rulebook, key: str) -> tuple[str, ...]:
    """The values a condition on this key may name."""
    known = book.facts.get(key) or book.person_facts.get(key)
    if known is not None:
        return known.values
    return (AT_FAULT, NOT_AT_FAULT) if key == FAULT else ("是", "否")


def _put(terms: Conditions, old: Condition, new: Condition | None) -> Conditions:
    return tuple(term for given in terms if (term := new if given is old else given) is not None)


def _clause(book: Rulebook, rule: Rule, at: int, clause: Clause) -> Iterator[Mutant]:
    def changed(**parts: Any) -> Rulebook:
        clauses = list(rule.bears or ())
        clauses[at] = replace(clause, **parts)
        return _with(book, replace(rule, bears=tuple(clauses)))

    where: Path = ("rules", rule.id, "bears", at)
    for who in _who(book, clause):
        yield Mutant("B254", rule.id, (*where, "who"), changed(who=who), "、".join(clause.who), "、".join(who))
    for degree in book.degrees if clause.degree is not None else ():
        if degree != clause.degree:
            yield Mutant("B255", rule.id, (*where, "degree"), changed(degree=degree), clause.degree or "", degree)
    for term, other in _terms(book, clause.where):
        made = changed(where=_put(clause.where, term, other))
        yield _of_term(book, ("B256", "B257"), rule, (*where, "where", term.key), made, term, other)


def _who(book: Rulebook, clause: Clause) -> Iterator[tuple[str, ...]]:
    """One fewer of several; each exchanged for every role the clause does not name."""
    others = [name for name in (*book.roles, PERSONS_AT_FAULT) if name not in clause.who]
    for i, _ in enumerate(clause.who):
        before, after = clause.who[:i], clause.who[i + 1:]
        if before or after:
            yield (*before, *after)
        yield from ((*before, other, *after) for other in others)


def _sizes(book: Rulebook, degree: Degree) -> Iterator[Mutant]:
    """Another size: the ends of the range, or half of it."""
    if degree.default is None:
        return
    sizes: Iterable[Fraction | None] = (degree.low, degree.high, degree.default * HALF)
    for size in dict.fromkeys(s for s in sizes if s is not None and s != degree.default):
        if degree.kind in (DegreeKind.SHARE, DegreeKind.RATIO):
            made = replace(book, degrees={**book.degrees, degree.name: replace(degree, default=size)})
            yield Mutant("B261", degree.name, ("degrees", degree.name, "default"), made, str(degree.default), str(size))
