"""What a year knows of an office beside its cases: who was in it, how duties were met, the stated figures."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from msgspec import Struct, field

from enforcecli.model.appraisal import Appraisal, Appraised, Assessment
from enforcecli.model.roster import Member as Listed
from enforcecli.model.roster import Period, Roster, Term
from enforcecli.model.year import YearFigures
from enforcecli.reading.workspace import Workspace
from enforcecli.reading.year import FIGURES as FIGURE_KEYS
from enforcecli.reading.year import stated
from enforcecli.review.given import given_in
from enforcecli.review.indicators import Mark
from enforcecli.review.words import ABSENT, ASSESSED, ELSEWHERE, EXEMPT, OPEN, WHOLE_OFFICE
from enforcecli.review.year import Key, Member, Named
from enforcecli.rules.chain import post_duties_in, served_in
from enforcecli.rules.posts import meet


class Office(Struct, frozen=True):
    """`marks`: tallies no case stands behind."""

    people: dict[str, Member] = field(default_factory=dict)
    marks: tuple[Mark, ...] = ()
    figures: dict[Key, str] = field(default_factory=dict)
    names: dict[Key, Named] = field(default_factory=dict)
    notes: dict[Key, str] = field(default_factory=dict)


def office_year(workspace: Workspace, year: int, unit: str | None, place: str, prefix: str) -> Office:
    """The roster, the appraisals and the figures of one repository for one year; of one unit only, if
    it is given."""
    given = given_in(workspace, year, place)
    appraisal = given.appraisal
    people = dict(_people(workspace, appraisal, year, unit, prefix))
    book = workspace.book()
    names: dict[Key, Named] = {
        ("duty", "", duty.code): Named(i, duty.words.text or "", duty.words.cite or "")
        for i, duty in enumerate(book.duties if book is not None else ())}
    names.update((("figure", "", key.name), Named(i, key.label)) for i, key in enumerate(FIGURE_KEYS.fields))
    return Office(
        people, (*_duties(appraisal, people, unit, prefix), *_open_duties(appraisal, workspace.roster, people, year, prefix)),
        dict(_figures(given.figures, unit, place)),
        names,
        dict.fromkeys(given.notes, ""),
    )


def _people(workspace: Workspace, appraisal: Appraisal | None, year: int, unit: str | None,
            prefix: str) -> Iterator[tuple[str, Member]]:
    roster, here = workspace.roster, workspace.office.organ if workspace.office is not None else None
    for person, member in sorted(roster.people.items()) if roster is not None else ():
        if member.is_unit:
            continue
        term = _term(member, year)
        at = (term.unit if term is not None else None) or member.unit or ""
        if unit is not None and at != unit:
            continue
        post = (term.title if term is not None else None) or member.title or ""
        standing, words = _standing(person, member, appraisal, here, served_in(member, *_days(year)))
        yield prefix + person, Member(prefix + _name(roster, member), at, post, member.personnel or "",
                                      member.appraised_by or "", standing, words, True)


def _name(roster: Roster | None, member: Listed) -> str:
    """The name; the id where two people bear it."""
    names = [other.name for other in roster.people.values()] if roster is not None else []
    return member.name if names.count(member.name) == 1 else member.id


def _term(member: Listed, year: int) -> Term | None:
    """The last post held in the year."""
    if not member.terms:
        return Term(Period())
    held = [t for t in member.terms if meet(t.period, *_days(year))]
    return max(held, key=lambda t: t.period.since or date.min) if held else None


def _standing(person: str, member: Listed, appraisal: Appraisal | None, here: str | None,
              present: bool) -> tuple[str, str]:
    if appraisal is not None and person in appraisal.people:
        return ASSESSED, ""
    if appraisal is not None and person in appraisal.exempt:
        return EXEMPT, appraisal.exempt[person]
    if not present:
        return ABSENT, ""
    if member.appraised_by is not None and member.appraised_by != here:
        return ELSEWHERE, member.appraised_by
    return OPEN, ""


def _duties(appraisal: Appraisal | None, people: dict[str, Member], unit: str | None,
            prefix: str) -> Iterator[Mark]:
    if appraisal is None:
        return
    for person, given in appraisal.people.items():
        if unit is None or prefix + person in people:
            yield from _given(given, prefix + person, "person")
    for name, given in appraisal.units.items():
        if unit is None or name == unit:
            yield from _given(given, prefix + name, "unit")


def _open_duties(appraisal: Appraisal | None, roster: Roster | None, people: dict[str, Member], year: int,
                 prefix: str) -> Iterator[Mark]:
    """Duties of somebody's post that nobody assessed: not known to be met."""
    if appraisal is None or roster is None:
        return
    for person, given in appraisal.people.items():
        if prefix + person in people:
            for code in sorted(post_duties_in(roster, person, *_days(year)) - given.duties.keys()):
                yield ("duty-open", prefix + person, code), 1


def _days(year: int) -> tuple[date, date]:
    return date(year, 1, 1), date(year, 12, 31)


def _given(given: Appraised, who: str, sort: str) -> Iterator[Mark]:
    for code, assessment in given.duties.items():
        result = assessment.result.name
        yield ("duty", code, result), 1
        yield ("duty-of", sort, who, code, result, *_proof(assessment)), 1
    for name, assessment in given.indicators.items():
        yield ("indicator", name, assessment.result.name), 1
        yield ("duty-of", sort, who, name, assessment.result.name, *_proof(assessment)), 1


def _proof(assessment: Assessment) -> tuple[str, str]:
    """What it rests on, and what was said of it."""
    names = (f"{e.name}（{e.page}）" if e.page else e.name for e in assessment.evidence)
    return "、".join(names), assessment.remark or ""


def _figures(given: YearFigures | None, unit: str | None, place: str) -> Iterator[tuple[Key, str]]:
    if given is None:
        return
    every = {**given.units, **({WHOLE_OFFICE: given.own} if given.own is not None else {})}
    for name, figures in sorted(every.items()):
        if unit is None or name == unit:
            yield from (((place, name, key), str(value)) for key, value in stated(figures).items())
