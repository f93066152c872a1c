"""What a year knows of an office beside its cases: who was in it, how duties were met, the stated figures."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from msgspec import Struct, field

from enforcecli.desk.examine import examine_in
from enforcecli.model.appraisal import Appraisal, Appraised, Assessment
from enforcecli.model.problem import Level
from enforcecli.model.roster import Member as Listed
from enforcecli.model.roster import Period, Roster, Term
from enforcecli.problems import level
from enforcecli.reading.workspace import APPRAISALS, Workspace
from enforcecli.reading.workspace import YEAR as FIGURES
from enforcecli.reading.year import FIGURES as FIGURE_KEYS
from enforcecli.reading.year import stated
from enforcecli.reading.yearly import YearFile, appraisals_of, figures_of
from enforcecli.review.indicators import Mark
from enforcecli.review.words import ABSENT, ASSESSED, ELSEWHERE, EXEMPT, OPEN, WHOLE_OFFICE
from enforcecli.review.year import Key, Member, Named


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
    figures, appraisals = figures_of(workspace, year), appraisals_of(workspace, year)
    appraisal = appraisals.appraisal if appraisals is not None else None
    people = dict(_people(workspace, appraisal, year, unit, prefix))
    book = workspace.book()
    names: dict[Key, Named] = {
        ("duty", "", duty.code): Named(i, duty.words.text or "", duty.words.cite or "")
        for i, duty in enumerate(book.duties if book is not None else ())}
    names.update((("figure", "", key.name), Named(i, key.label)) for i, key in enumerate(FIGURE_KEYS.fields))
    return Office(
        people, tuple(_duties(appraisal, people, unit, prefix)),
        dict(_figures(figures, unit, place)),
        names,
        dict(_notes(workspace, place, figures, appraisals)),
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
        standing, words = _standing(person, member, appraisal, here, bool(term))
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
    first, last = date(year, 1, 1), date(year, 12, 31)
    held = [t for t in member.terms if (t.period.since or date.min) <= last and (t.period.until or date.max) >= first]
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


def _figures(file: YearFile | None, unit: str | None, place: str) -> Iterator[tuple[Key, str]]:
    given = file.figures if file is not None else None
    if given is None:
        return
    every = {**given.units, **({WHOLE_OFFICE: given.own} if given.own is not None else {})}
    for name, figures in sorted(every.items()):
        if unit is None or name == unit:
            yield from (((place, name, key), str(value)) for key, value in stated(figures).items())


def _notes(workspace: Workspace, place: str, figures: YearFile | None,
           appraisals: YearFile | None) -> Iterator[tuple[Key, str]]:
    """What is not there, or cannot be relied on."""
    for folder, file in ((FIGURES, figures), (APPRAISALS, appraisals)):
        if file is None:
            yield ("no-file", folder, place), ""
        elif errors := sum(level(p) is Level.ERROR for p in examine_in(workspace, file.name).problems):
            yield ("file-errors", file.name, place), str(errors)
    if workspace.roster is None:
        yield ("no-roster", place), ""
    for settings in (workspace.office_file, workspace.roster_file):
        if settings is not None and not settings.sound:
            yield ("file-errors", settings.path.name, place), "1"
