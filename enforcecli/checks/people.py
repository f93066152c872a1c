"""The roster by itself, and the people of a case against the roster (docs/roster-and-office.md). Names
the roster does not know are told where it is read.

二1 of the measures: every unit and every post has an objective, and responsibility reaches the post
and the person. What is left without one is shown here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from itertools import pairwise

from enforcecli.checks.common import Found, Once, View, nearest
from enforcecli.model.case import Involved
from enforcecli.model.problem import Path, Problem, problem
from enforcecli.model.roster import Holder, Member, Roster
from enforcecli.model.rulebook import Rulebook
from enforcecli.rules.posts import in_time, incumbents, member_on, serves

_ACTING = ("承办", "协办", "经办", "主办", "办案", "直接责任", "执法人员", "执法员")
"""Words in the name of a role whose holder acted towards the citizen, and so needs the certificate."""


def check_roster(roster: Roster, book: Rulebook | None, day: date | None) -> list[Problem]:
    """What the roster leaves open on `day` (None: at any time)."""
    out: Found = []
    if not any(_holds(h, day) for h in roster.first_responsible):
        out.append(problem("P219", ("first_responsible",)))
    _units(roster, day, out)
    _posts(roster, book, day, out)
    _members(roster, book, day, out)
    _holders(roster, day, out)
    _leaders(roster, day, out)
    _staffed(roster, day, out)
    return out


def check_chain(roster: Roster, day: date | None) -> list[Problem]:
    """What only a look at the chain asks for: credentials that have run out by the day; without a day, times
    in which a unit had no head or leader between two."""
    out: Found = []
    if day is None:
        for name, unit in roster.units.items():
            for office, key, holders in (("负责人", "heads", unit.heads), ("分管领导", "leaders", unit.leaders)):
                for since, until in _vacancies(holders):
                    out.append(problem("P225", ("units", name, key), unit=name, office=office, since=since, until=until))
        return out
    for who, member in roster.people.items():
        card = member.credential
        if card is not None and card.until is not None and card.until < day and serves(member, day):
            out.append(problem("P224", ("people", who, "credential", "until"), person=who, until=card.until, day=day))
    return out


def _vacancies(holders: tuple[Holder, ...]) -> Iterator[tuple[date, date]]:
    """First and last day of each time between two holders in which there was none."""
    one = timedelta(days=1)
    reached: date | None = None  # the day until which the office is known to be held
    for holder in sorted(holders, key=lambda h: h.period.since or date.min):
        since = holder.period.since or date.min
        if reached is not None and since > reached + one:
            yield reached + one, since - one
        until = holder.period.until or date.max - one
        reached = until if reached is None else max(reached, until)


def _staffed(roster: Roster, day: date | None, out: Found) -> None:
    """A unit nobody belongs to, and a post that is another unit's than the person's."""
    manned: set[str | None] = set()
    for who, member in roster.people.items():
        if not serves(member, day):
            continue
        own, held = _on_day(member, day)
        manned.add(own)
        post = roster.posts.get(held or "")
        if post is None or post.unit is None:
            continue
        manned.add(post.unit)
        if own is not None and own in roster.units and post.unit in roster.units and post.unit != own:
            out.append(problem("P227", ("people", who, "post"), person=who, post=held, unit=own, other=post.unit))
    for name, unit in roster.units.items():
        heads = {h.person for h in unit.heads if _holds(h, day)}
        if name not in manned and roster.people and not heads & roster.people.keys():
            out.append(problem("P226", ("units", name), on_key=True, unit=name))


def _holds(holder: Holder, day: date | None) -> bool:
    return day is None or holder.period.covers(day)


def _on_day(member: Member, day: date | None) -> tuple[str | None, str | None]:
    """Unit and post on the day: those of the term, else of the person's own entry."""
    then = member_on(member, day) or member
    return then.unit, then.post


def _units(roster: Roster, day: date | None, out: Found) -> None:
    for name, unit in roster.units.items():
        where: Path = ("units", name)
        if not any(_holds(h, day) for h in unit.heads):
            out.append(problem("P201", where, on_key=True, unit=name))
        if not any(_holds(h, day) for h in unit.leaders):
            out.append(problem("P202", where, on_key=True, unit=name))
        if not unit.objectives:
            out.append(problem("P203", where, on_key=True, unit=name))


def _posts(roster: Roster, book: Rulebook | None, day: date | None, out: Found) -> None:
    filled = {_on_day(m, day)[1] for m in roster.people.values() if serves(m, day)}
    codes = frozenset(d.code for d in book.duties) if book is not None else frozenset()
    for name, post in roster.posts.items():
        where: Path = ("posts", name)
        if name not in filled:
            out.append(problem("P204", where, on_key=True, post=name))
        if not post.objectives:
            out.append(problem("P205", where, on_key=True, post=name))
        for k, code in enumerate(post.duties):
            if codes and code not in codes:
                out.append(problem("P217", (*where, "duties", k), post=name, duty=code,
                                   suggestion=nearest(code, sorted(codes))))


def _members(roster: Roster, book: Rulebook | None, day: date | None, out: Found) -> None:
    bands = book.recovery.bands if book is not None and book.recovery is not None else ()
    wage = any(b.floor_months is not None or b.cap_months is not None for b in bands)
    names: dict[str, str] = {}
    offices = {holder.person for _, holder in _offices(roster) if _holds(holder, day)}  # a post by itself
    for who, member in roster.people.items():
        where: Path = ("people", who)
        if not member.is_unit and serves(member, day) and not _on_day(member, day)[1] and who not in offices:
            out.append(problem("P206", where, on_key=True, person=who))
        if wage and member.monthly_wage is None and not member.is_unit:
            out.append(problem("P218", where, on_key=True, person=who))
        if member.name in names:
            out.append(problem("P210", (*where, "name"), person=who, name=member.name,
                               other=names[member.name]))
        names.setdefault(member.name, who)
        if len(member.terms) > 1:
            _terms(member, where, out)


def _offices(roster: Roster) -> Iterator[tuple[Path, Holder]]:
    """Everyone who holds an office at some time, and where that is written."""
    yield from ((("first_responsible",), holder) for holder in roster.first_responsible)
    for name, unit in roster.units.items():
        for key, holders in (("heads", unit.heads), ("leaders", unit.leaders)):
            yield from ((("units", name, key), holder) for holder in holders)


def _holders(roster: Roster, day: date | None, out: Found) -> None:
    """An office held by somebody not known to have held it: nobody answers there."""
    for where, holder in _offices(roster):
        member = roster.people.get(holder.person)
        if member is None or not in_time(holder.period, day) or incumbents((holder,), roster.people, day).persons:
            continue
        if day is None or not serves(member, day):
            out.append(problem("P228", where, person=holder.person))
        else:
            out.append(problem("P229", where, person=holder.person, day=day))


def _terms(member: Member, where: Path, out: Found) -> None:
    """Two terms at once with different posts: which held on the day of an act cannot be told."""
    ordered = sorted(enumerate(member.terms), key=lambda t: (t[1].period.since or date.min, t[0]))
    for (_, earlier), (k, later) in pairwise(ordered):
        until = earlier.period.until or date.max
        if (later.period.since or date.min) <= until and (earlier.unit, earlier.post, earlier.title) != (
                later.unit, later.post, later.title):
            out.append(problem("P222", (*where, "terms", k), person=member.id))


def _leaders(roster: Roster, day: date | None, out: Found) -> None:
    """领导成员 in charge of nothing: no unit has them as leader or head."""
    in_charge = {h.person for u in roster.units.values() for h in (*u.leaders, *u.heads) if _holds(h, day)}
    in_charge |= {h.person for h in roster.first_responsible if _holds(h, day)}
    for who, member in roster.people.items():
        if member.leadership and who not in in_charge and serves(member, day):
            out.append(problem("P209", ("people", who), on_key=True, person=who))


def _by_name(roster: Roster) -> dict[str, str]:
    return {m.name: who for who, m in roster.people.items()}


_roster_names = Once(_by_name)


def check_people(view: View, out: Found) -> None:
    """The people and the unit of a case against the roster."""
    case, roster = view.case, view.roster
    act = case.act
    if roster is None:
        return
    if act is not None and act.unit is not None and roster.units and act.unit not in roster.units:
        out.append(problem("P216", ("act", "unit"), unit=act.unit, suggestion=nearest(act.unit, roster.units)))
    if case.people:
        _overridden(case.people, roster, out)
    day = act.reference_day if act is not None else None
    if day is None:
        return
    for i, finding in enumerate(case.findings):
        for j, one in enumerate(finding.involved):
            member = case.people.get(one.person) or roster.people.get(one.person)
            if member is None or one.is_unit:
                continue
            if member.terms and not any(t.period.covers(day) for t in member.terms):
                out.append(problem("P221", ("findings", i, "involved", j, "person"), person=one.written, day=day))
            credential = member.credential
            if credential is None or credential.until is None or credential.until < day:
                _credential(view, one, member, day, ("findings", i, "involved", j, "person"), out)


def _credential(view: View, one: Involved, member: Member, day: date, where: Path, out: Found) -> None:
    """Whoever acted needs a certificate valid on the day of the act. People of other organs, known
    only from the case, are not asked: their papers are not in this roster."""
    act = view.case.act
    if act is None or act.kind in ("人民调解", "其他") or not _acted(one.roles):
        return
    credential = member.credential
    if credential is None:
        if view.roster is not None and one.person in view.roster.people:
            out.append(problem("P207", where, person=one.written, day=day))
    elif credential.until is not None and credential.until < day:
        out.append(problem("P208", where, person=one.written, until=credential.until, day=day))


def _acted(roles: tuple[str, ...]) -> bool:
    return any(word in role for role in roles for word in _ACTING)


def _overridden(people: Mapping[str, Member], roster: Roster, out: Found) -> None:
    """人员 of a case: the same id under another name, or the same name under another id."""
    names = _roster_names(roster)
    for who, member in people.items():
        there = roster.people.get(who)
        if there is not None:
            if there.name != member.name:
                out.append(problem("P211", ("people", who), on_key=True, person=who, name=member.name,
                                   other=there.name))
        elif not member.is_unit and member.name in names:
            out.append(problem("P223", ("people", who), on_key=True, person=who, name=member.name,
                               other=names[member.name]))
