"""The roster of a repository as of a day: what it leaves open, and the chain of responsibility."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from enforcecli.checks.people import check_chain, check_roster
from enforcecli.desk.examine import Examined, examined_sheet
from enforcecli.model.chain import FIRST, HEAD, IN_CHARGE, STAFF, Overview
from enforcecli.model.problem import Problem
from enforcecli.model.roster import Period, Roster
from enforcecli.reading.roster import SHAPE
from enforcecli.reading.workspace import Workspace
from enforcecli.rules.chain import answering, chain, duties_of
from enforcecli.rules.leadership import office_cite
from enforcecli.rules.posts import resolve, serves


def examine_roster(workspace: Workspace, day: date | None) -> Examined | None:
    """roster.yaml with its problems as of the day (None: at any time); None where there is no roster."""
    file, roster = workspace.roster_file, workspace.roster
    if file is None:
        return None

    def check() -> list[Problem]:
        if roster is None:
            return []
        return [*check_roster(roster, workspace.book(), day), *check_chain(roster, day)]

    return examined_sheet(file, check, SHAPE)


def periods(roster: Roster) -> Iterator[Period]:
    """Every stated time of an office or a term."""
    units = roster.units.values()
    yield from (h.period for h in roster.first_responsible)
    yield from (h.period for unit in units for h in (*unit.heads, *unit.leaders))
    yield from (t.period for member in roster.people.values() for t in member.terms)


def changes(roster: Roster) -> bool:
    """Whether the roster says of anybody that a time has an end: who holds what then depends on the day."""
    return any(period.until is not None for period in periods(roster))


def left_out(roster: Roster) -> tuple[str, ...]:
    """People who are in service on some day, but not as the roster stands: all their terms have an end."""
    return tuple(who for who, m in roster.people.items() if m.terms and not m.is_unit and not serves(m, None))


def overview(workspace: Workspace, day: date | None) -> Overview:
    """The chain of responsibility with its clauses. The roster must be there."""
    roster, book = workspace.roster, workspace.book()
    assert roster is not None
    people = answering(roster, day)
    cites = {office: cite for office in (FIRST, IN_CHARGE, HEAD, STAFF)
             if book is not None and (cite := office_cite(book, office)) is not None}
    duties = {held.member.id: tuple(d.code for d in duties_of(roster, book, held))
              for held in people} if book is not None else {}
    organ = workspace.office.organ if workspace.office is not None else None
    return Overview(organ or "", chain(roster, day), people, cites, duties)


def people_on(roster: Roster, day: date | None) -> tuple[str, ...]:
    """Ids of everyone in service on the day, in the order of the roster."""
    return tuple(held.member.id for held in answering(roster, day))


def persons_meant(roster: Roster, word: str, day: date | None) -> tuple[str, ...]:
    """Ids of those a word may mean: an id, a name, a title held on the day."""
    return tuple(who for who in resolve(roster, {}, word, day) if who in roster.people)
