"""One case file read under one book while another will be applied to it too.

What only the other book knows – a fact, a role, an item of the catalogue – is then no slip of the
author's, but nothing that this book can judge either: it is read and left out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from functools import lru_cache
from typing import Any, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from enforcecli.model.case import Case, Finding, Involved
from enforcecli.model.problem import Path
from enforcecli.model.result import CaseResult, FindingResult, PersonResult
from enforcecli.model.rulebook import Rulebook, Text

V = TypeVar("V")


@lru_cache(maxsize=64)
def wider(book: Rulebook, others: tuple[Rulebook, ...]) -> Rulebook:
    """The book with the words the others add; good for reading only. A word both have means what this
    book says."""
    if not others:
        return book
    books = (book, *others)
    return replace(
        book, facts=_joined([b.facts for b in books]), person_facts=_joined([b.person_facts for b in books]),
        roles=_joined([b.roles for b in books]), degrees=_joined([b.degrees for b in books]),
        faults=_joined([b.faults for b in books], _options(book)), parts=_joined([b.parts for b in books]),
        methods=_joined([b.methods for b in books]))


def _joined(tables: Sequence[Mapping[str, V]], taken: frozenset[str] = frozenset()) -> Mapping[str, V]:
    """The first table that has a word gives its meaning; an entry of a later table is known by its code
    alone where its name is one of the first's already."""
    found = dict(tables[0])
    spoken = {word for entry in found.values() for word in _spellings(entry)}
    for table in tables[1:]:
        for name, entry in table.items():
            if name not in found and name not in taken:
                found[name] = _silenced(entry, name, spoken)
    return found


def _spellings(entry: Any) -> tuple[str, ...]:
    return tuple(word.casefold() for word in (entry.name, entry.words.en, getattr(entry, "cite", None)) if word)


def _silenced(entry: Any, code: str, spoken: set[str]) -> Any:
    if spoken.isdisjoint(_spellings(entry)):
        return entry
    known = replace(entry, name=code, words=Text())
    return replace(known, cite="") if hasattr(entry, "cite") else known


def _options(book: Rulebook) -> frozenset[str]:
    return frozenset(code for fault in book.faults.values() for code in fault.options)


class Narrowed(Struct, frozen=True):
    """The case without what only the other books know. `kept`: for every finding the places, in the
    file, of the persons who have a position under this book too."""

    case: Case
    kept: tuple[tuple[int, ...], ...]

    def in_file(self, where: Path) -> Path:
        """A path of the narrowed case as a path of the file."""
        match where:
            case ("findings", int(i), "involved", int(j), *rest) if i < len(self.kept) and j < len(self.kept[i]):
                return ("findings", i, "involved", self.kept[i][j], *rest)
        return where


def narrowed(case: Case, book: Rulebook, others: tuple[Rulebook, ...]) -> Narrowed:
    if not others and all(f.discretion is None or f.discretion.values for f in case.findings):
        return Narrowed(case, tuple(tuple(range(len(f.involved))) for f in case.findings))  # the usual case: nothing is foreign
    foreign = _Foreign(book, others)
    kept = tuple(tuple(j for j, person in enumerate(finding.involved) if not foreign.outside(person))
                 for finding in case.findings)
    findings = tuple(foreign.without(finding, places) for finding, places in zip(case.findings, kept, strict=True))
    return Narrowed(replace(case, findings=findings), kept)


def relisted(result: CaseResult, whole: Case) -> CaseResult:
    """Everyone the file lists is in the result: who has no position under this book bears nothing."""
    return replace(result, findings=tuple(
        _relisted(found, finding) for found, finding in zip(result.findings, whole.findings, strict=True)))


def _relisted(found: FindingResult, finding: Finding) -> FindingResult:
    lines = {line.person: line for line in found.persons if not line.remainder}
    if not found.persons or lines.keys() >= {p.person for p in finding.involved}:
        return found
    listed = tuple(lines.get(p.person) or PersonResult(p.person, (), (), Fraction(0), 0, 0, unit=p.is_unit)
                   for p in finding.involved)
    return replace(found, persons=(*listed, *(line for line in found.persons if line.remainder)))


class _Foreign:
    """The words of the others that this book does not have."""

    def __init__(self, book: Rulebook, others: tuple[Rulebook, ...]) -> None:
        self.facts = {n for b in others for n in b.facts} - book.facts.keys()
        self.person_facts = {n for b in others for n in b.person_facts} - book.person_facts.keys()
        self.roles = {n for b in others for n in b.roles} - book.roles.keys()
        self.degrees = {n for b in others for n in b.degrees} - book.degrees.keys()
        self.faults = {n for b in others for n in (*b.faults, *_options(b))} - book.faults.keys() - _options(book)

    def outside(self, person: Involved) -> bool:
        return bool(person.roles) and self.roles >= set(person.roles)

    def without(self, finding: Finding, places: tuple[int, ...]) -> Finding:
        discretion = finding.discretion
        if discretion is not None:
            sizes = {n: size for n, size in discretion.values.items() if n not in self.degrees}
            discretion = replace(discretion, values=sizes) if sizes else None
        return replace(
            finding, faults=tuple(code for code in finding.faults if code not in self.faults),
            facts={n: value for n, value in finding.facts.items() if n not in self.facts},
            involved=tuple(self._person(finding.involved[j]) for j in places), discretion=discretion)

    def _person(self, person: Involved) -> Involved:
        return replace(person, roles=tuple(r for r in person.roles if r not in self.roles),
                       facts={n: value for n, value in person.facts.items() if n not in self.person_facts})
