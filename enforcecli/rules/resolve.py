"""From a rule's clauses to the persons who bear them (docs/rulebook-format.md, steps 5–6)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from enforcecli.model.case import Involved
from enforcecli.model.rulebook import OPEN, PERSONS_AT_FAULT, Clause, Degree, DegreeKind, Rule
from enforcecli.rules.situation import Situation


class Seat(Struct, frozen=True):
    """A clause with the persons who bear by it. `rules` are the rules that say so."""

    degree: Degree
    rules: tuple[str, ...]
    persons: frozenset[str]


class Vacancy(Struct, frozen=True):
    """A clause nobody fills."""

    rule: str
    clause: Clause

    @property
    def wants_fault(self) -> bool:
        return PERSONS_AT_FAULT in self.clause.who


class Drawn(Struct, frozen=True):
    """What a set of rules yields. `open_facts`: (person, fact) pairs that are 待查 though a clause
    reads them; `exempted_rules`: rules all of whose people in some clause are exempt."""

    seats: tuple[Seat, ...] = ()
    vacancies: tuple[Vacancy, ...] = ()
    exempted_rules: frozenset[str] = frozenset()
    open_facts: tuple[tuple[str, str], ...] = ()


def candidates(situation: Situation, clause: Clause, part: str) -> list[Involved]:
    """The persons of the clause's `who`, by role; 过错人 are persons at fault, never units."""
    who, anybody = clause.who, PERSONS_AT_FAULT in clause.who
    return [
        person for person in situation.finding.involved
        if not frozenset(person.roles).isdisjoint(who)
        or (anybody and not person.is_unit and situation.at_fault(person, part))
    ]


def matched(situation: Situation, clause: Clause, part: str) -> frozenset[str]:
    """Those of `who` who meet every `where`; a fact not stated does not match."""
    found = candidates(situation, clause, part)
    for condition in clause.where:
        found = [p for p in found if situation.person_value(p, condition.key, part) in condition.values]
    return frozenset([person.person for person in found])


def open_person_facts(situation: Situation, clause: Clause, part: str) -> list[tuple[str, str]]:
    """(person, fact) still 待查 among what the clause reads."""
    if not clause.where:
        return []
    return [
        (person.person, c.key) for person in candidates(situation, clause, part) for c in clause.where
        if situation.person_value(person, c.key, part) == OPEN
    ]


def exempted(situation: Situation, rules: Iterable[Rule], part: str) -> dict[str, Degree]:
    """Person → the degree the `exempt` rules give, the heaviest if several."""
    degrees: dict[str, Degree] = {}
    for rule in rules:
        for clause in rule.bears or ():
            degree = situation.book.degrees[clause.degree or ""]
            for person in matched(situation, clause, part):
                if person not in degrees or degree.rank < degrees[person].rank:
                    degrees[person] = degree
    return degrees


def draw(situation: Situation, rules: Sequence[Rule], exempt: Mapping[str, Degree], part: str, *,
         adding: bool = False) -> Drawn:
    """Fill the clauses of rules that stand together. An empty clause is skipped, drops its rule, or
    is a vacancy, in that order; the clauses of `add` rules (`adding`) are only skipped or vacant."""
    clauses = [(rule, clause) for rule in rules for clause in rule.bears or ()]
    if not clauses:
        return Drawn()
    open_facts = [pair for _, clause in clauses for pair in open_person_facts(situation, clause, part)]
    found = [matched(situation, clause, part) for _, clause in clauses]
    living = [people - exempt.keys() for people in found]
    degrees = [situation.book.degrees[clause.degree or ""] for _, clause in clauses]
    ratio_stands = any(people and d.kind is DegreeKind.RATIO for people, d in zip(living, degrees, strict=True))
    seats, vacancies, dropped = [], [], set()
    for (rule, clause), before, people, degree in zip(clauses, found, living, degrees, strict=True):
        if people:
            seats.append(Seat(degree, (rule.id,), people))
        elif clause.optional or degree.kind is DegreeKind.REST or (
                degree.kind is DegreeKind.RATIO and ratio_stands and not adding):
            continue
        elif before:
            dropped.add(rule.id)
        else:
            vacancies.append(Vacancy(rule.id, clause))
    return Drawn(tuple(seats), tuple(vacancies), frozenset(dropped), tuple(sorted(set(open_facts))))


def joined(seats: Iterable[Seat]) -> list[Seat]:
    """Clauses of the same degree with a person in common become one; disjoint ones stay separate."""
    result: list[Seat] = []
    for seat in seats:
        rules, persons = set(seat.rules), set(seat.persons)
        apart = []
        for other in result:
            if other.degree == seat.degree and other.persons & persons:
                rules |= set(other.rules)
                persons |= other.persons
            else:
                apart.append(other)
        result = [*apart, Seat(seat.degree, tuple(sorted(rules)), frozenset(persons))]
    return sorted(result, key=lambda s: (s.degree.rank, sorted(s.persons)))


def one_seat_each(seats: Iterable[Seat]) -> list[Seat]:
    """In one part a person bears by one clause only, the heavier; a clause emptied by this is skipped."""
    taken: set[str] = set()
    kept = []
    for seat in joined(seats):
        people = seat.persons - taken
        taken |= people
        if people:
            kept.append(Seat(seat.degree, seat.rules, people))
    return kept
