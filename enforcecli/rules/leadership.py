"""Standing responsibility, shown beside the shares, never mixed with them (四（一）, 四（二）), and
whether this office may handle the case at all."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import lru_cache

from enforcecli.model.case import Case
from enforcecli.model.chain import FIRST, HEAD, IN_CHARGE
from enforcecli.model.result import Leadership, Vacancy
from enforcecli.model.roster import Holder, Roster
from enforcecli.model.rulebook import Rulebook
from enforcecli.rules.posts import incumbents


def leadership(case: Case, book: Rulebook, roster: Roster | None) -> tuple[tuple[Leadership, ...], tuple[Vacancy, ...]]:
    """Who answers for the unit of the act by office on the day of the act: the first person
    responsible, the leader in charge, the head of the 站所; and the offices nobody is known to have held."""
    day = case.act.reference_day if case.act is not None else None
    if roster is None or case.act is None or day is None:
        return (), ()
    known: list[Leadership] = []
    vacant: list[Vacancy] = []
    people = {**roster.people, **case.people} if case.people else roster.people
    for office, unit, holders in _chain(roster, case.act.unit):
        cite = office_cite(book, office)
        if cite is None:
            continue
        found = incumbents(holders, people, day)
        known += [Leadership(person, office, cite) for person in found.persons]
        if not found.persons:
            vacant.append(Vacancy(office, unit, cite, day, found.doubts))
    return tuple(known), tuple(vacant)


def _chain(roster: Roster, name: str | None) -> Iterable[tuple[str, str | None, tuple[Holder, ...]]]:
    yield FIRST, None, roster.first_responsible
    unit = roster.units.get(name or "")
    if unit is not None:
        yield IN_CHARGE, unit.name, unit.leaders
        yield HEAD, unit.name, unit.heads


@lru_cache(maxsize=256)
def office_cite(book: Rulebook, office: str) -> str | None:
    """The clause that lays the responsibility on the office: of its duties' cites the most general."""
    cites = [duty.words.cite for duty in book.duties if duty.role == office and duty.words.cite]
    return min(cites, key=lambda cite: (len(cite), cite), default=None)


def unfit(case: Case, roster: Roster | None) -> str | None:
    """Why this office should not handle the case: its own head, or whoever would decide, is among
    the persons involved. None if nothing stands against it."""
    involved = {person.person for finding in case.findings for person in finding.involved}
    for person in heads_of_office(case, roster):
        if person in involved:
            return f"本机关不宜处理：第一责任人{person}是涉及人员，应报上级机关处理"
    for person in _deciders(case):
        if person in involved:
            return f"本机关不宜处理：将作决定的{person}是涉及人员，应报上级机关处理"
    return None


def heads_of_office(case: Case, roster: Roster | None) -> tuple[str, ...]:
    """第一责任人 when the case is handled – who takes office after the act must not decide on it either – and
    on the day of the act."""
    if roster is None:
        return ()
    people = {**roster.people, **case.people} if case.people else roster.people
    found = [who for day in (_handled(case), case.act.reference_day if case.act is not None else None)
             if day is not None for who in incumbents(roster.first_responsible, people, day).persons]
    return tuple(dict.fromkeys(found))


def _handled(case: Case) -> date | None:
    """The day of the decision, else of the conclusion, else of the last step taken."""
    steps, end = case.procedure, case.conclusion
    known = (steps.decision, end, steps.deliberation, steps.notice, steps.investigation, steps.filing)
    return next((step.day for step in known if step is not None and step.day is not None), None)


def _deciders(case: Case) -> Iterable[str]:
    deliberation, conclusion = case.procedure.deliberation, case.conclusion
    return [person for person in (
        deliberation.chair if deliberation is not None else None,
        conclusion.approved_by if conclusion is not None else None,
    ) if person is not None]
