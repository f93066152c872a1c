"""The kinds of person a book tells apart: by their role, fault and the facts some `where` reads."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from enforcecli.model.case import Finding, Involved
from enforcecli.model.rulebook import (
    AT_FAULT,
    FAULT,
    HAS_ROLE,
    NOT_AT_FAULT,
    PERSONS_AT_FAULT,
    WHOLE,
    Clause,
    PersonFact,
    Role,
    Rule,
    Rulebook,
)
from enforcecli.proof.situations import conditions_on
from enforcecli.rules.resolve import matched
from enforcecli.rules.situation import Situation


class Bearer(Struct, frozen=True):
    """A kind of person, as far as the book tells persons apart."""

    role: str
    facts: tuple[tuple[str, str], ...]
    unit: bool = False

    def named(self, name: str) -> Involved:
        return Involved(name, name, (self.role,), dict(self.facts), None, self.unit)


def bearers(book: Rulebook, rules: Iterable[Rule]) -> tuple[Bearer, ...]:
    """The kinds of person the rules tell apart: by role (those no rule names count as one), by fault and by
    the person facts some `where` reads."""
    clauses = [clause for rule in rules for clause in rule.bears or ()]
    named = asked_roles(book).union(*(clause.who for clause in clauses))
    found: dict[object, Bearer] = {}
    for role in book.roles.values():
        for bearer in _of_role(book, role, clauses):
            found.setdefault((role.name if role.name in named else "", matches(book, bearer, clauses)), bearer)
    return tuple(found.values())


def matches(book: Rulebook, bearer: Bearer, clauses: Sequence[Clause]) -> tuple[object, ...]:
    """What the engine sees of a person: the clauses matched, and whether at fault."""
    alone = Situation(book, Finding(involved=(bearer.named("甲"),)))
    matching = tuple(bool(matched(alone, clause, WHOLE)) for clause in clauses)
    return alone.at_fault(alone.finding.involved[0], WHOLE), matching


def _of_role(book: Rulebook, role: Role, clauses: Sequence[Clause]) -> Iterator[Bearer]:
    """At fault or not, with every value of the facts read of this role, and with none stated."""
    mine = [c for c in clauses if role.name in c.who or (PERSONS_AT_FAULT in c.who and not role.unit)]
    read = sorted({c.key for clause in mine for c in clause.where} - {FAULT})
    facts = [book.person_facts[name] for name in read if name in book.person_facts]
    asked = [fact for fact in facts if fact.roles is None or role.name in fact.roles]
    for fault in (AT_FAULT, NOT_AT_FAULT):
        for given in _told_apart(asked, mine):
            yield Bearer(role.name, ((FAULT, fault), *given), role.unit)


def _told_apart(facts: Sequence[PersonFact], clauses: Sequence[Clause]) -> Iterable[tuple[tuple[str, str], ...]]:
    """The first way to state the facts, or to leave them open, for each set of clauses that may still be met; fact by
    fact, for ten facts in one `where` have a million values together, and tell two kinds of person apart."""
    found: dict[tuple[bool, ...], tuple[tuple[str, str], ...]] = {(True,) * len(clauses): ()}
    for fact in facts:
        further: dict[tuple[bool, ...], tuple[tuple[str, str], ...]] = {}
        for met, given in found.items():
            for value in (*fact.values, None):
                still = tuple(ok and all(value in c.values for c in clause.where if c.key == fact.name)
                              for ok, clause in zip(met, clauses, strict=True))
                further.setdefault(still, given if value is None else (*given, (fact.name, value)))
        found = further
    return found.values()


def asked_roles(book: Rulebook) -> frozenset[str]:
    """The roles some condition asks about with 有<role>."""
    read = {c.key for terms in conditions_on(book) for c in terms}
    return frozenset(role for role in book.roles if HAS_ROLE + role in read)
