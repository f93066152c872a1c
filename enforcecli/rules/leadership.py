"""Standing responsibility, shown beside the shares, never mixed with them (四（一）, 四（二）), and
whether this office may handle the case at all."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from enforcecli.model.case import Case
from enforcecli.model.chain import FIRST, HEAD, IN_CHARGE
from enforcecli.model.result import Leadership
from enforcecli.model.roster import Roster
from enforcecli.model.rulebook import Rulebook
from enforcecli.rules.people import People
from enforcecli.rules.posts import first_responsible_on, heads_on, leaders_on


def leadership(case: Case, book: Rulebook, roster: Roster | None) -> tuple[Leadership, ...]:
    """Who answers for the unit of the act by office on the day of the act: the first person
    responsible, the leader in charge, the head of the 站所."""
    day = case.act.reference_day if case.act is not None else None
    if roster is None or case.act is None or day is None:
        return ()
    unit = roster.units.get(case.act.unit or "")
    chain = [(FIRST, first_responsible_on(roster, day))]
    if unit is not None:
        chain += [(IN_CHARGE, leaders_on(unit, day)), (HEAD, heads_on(unit, day))]
    return tuple(
        Leadership(person, office, cite)
        for office, persons in chain if (cite := office_cite(book, office)) is not None for person in persons
    )


@lru_cache(maxsize=256)
def office_cite(book: Rulebook, office: str) -> str | None:
    """The clause that lays the responsibility on the office: of its duties' cites the most general."""
    cites = [duty.words.cite for duty in book.duties if duty.role == office and duty.words.cite]
    return min(cites, key=lambda cite: (len(cite), cite), default=None)


def unfit(case: Case, people: People, roster: Roster | None) -> str | None:
    """Why this office should not handle the case: its own head, or whoever would decide, is among
    the persons involved. None if nothing stands against it."""
    involved = {person.person for finding in case.findings for person in finding.involved}
    day = case.act.reference_day if case.act is not None else None
    if roster is not None and day is not None:
        for person in first_responsible_on(roster, day):
            if person in involved:
                return f"本机关不宜处理：第一责任人{person}是涉及人员，应报上级机关处理"
    for person in _deciders(case):
        if person in involved:
            return f"本机关不宜处理：将作决定的{person}是涉及人员，应报上级机关处理"
    return None


def _deciders(case: Case) -> Iterable[str]:
    deliberation, conclusion = case.procedure.deliberation, case.conclusion
    return [person for person in (
        deliberation.chair if deliberation is not None else None,
        conclusion.approved_by if conclusion is not None else None,
    ) if person is not None]
