"""Who held what on a day (二 1: responsibility reaches unit, post and person; people change posts).

All look-ups are as of a day; `None` for the day means “as the roster stands”: terms that have not
ended, holders whose time is open.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from msgspec.structs import replace

from enforcecli.model.roster import Holder, Member, Period, Roster, Term, Unit


def in_time(period: Period, day: date | None) -> bool:
    """Whether the period covers the day; without a day, whether it is still open."""
    return period.until is None if day is None else period.covers(day)


_GONE = ("离职", "离任", "退休", "调离", "调出", "辞职", "辞退", "开除", "死亡", "去世")


def serves(member: Member, day: date | None) -> bool:
    """Whether the person was in service: inside a term where terms are kept. 现状 is as of now, so that
    somebody retired still served in a term that has ended; a term left open says nothing against it."""
    gone = member.status is not None and any(word in member.status for word in _GONE)
    if not member.terms:
        return not gone
    return any(in_time(t.period, day) and not (gone and t.period.until is None) for t in member.terms)


def meet(period: Period, since: date | None, until: date | None) -> bool:
    """Whether the period has a day in common with since..until, both included; None = open."""
    return (period.until is None or since is None or since <= period.until) and (
        period.since is None or until is None or period.since <= until)


def member_on(member: Member, day: date | None) -> Member | None:
    """The member with the unit, post and title of that day; None outside every term. A member
    without 任期 is taken to have held the entry's post always. The latest term wins where two
    overlap."""
    if not member.terms:
        return member
    held = [t for t in member.terms if in_time(t.period, day)]
    if not held:
        return None
    term = max(held, key=_since)
    return replace(member, unit=term.unit or member.unit, post=term.post or member.post,
                   title=term.title or member.title)


def _since(term: Term) -> date:
    return term.period.since or date.min


def unit_of(roster: Roster, member: Member, day: date | None) -> Unit | None:
    """The roster's unit the member belonged to on that day."""
    then = member_on(member, day) or member
    return roster.units.get(then.unit) if then.unit is not None else None


def held_by(holders: Iterable[Holder], day: date | None) -> tuple[str, ...]:
    """Ids of those who held an office on the day, in the order written."""
    return tuple(dict.fromkeys(h.person for h in holders if in_time(h.period, day)))


def heads_on(unit: Unit, day: date | None) -> tuple[str, ...]:
    """负责人 of the unit on that day."""
    return held_by(unit.heads, day)


def leaders_on(unit: Unit, day: date | None) -> tuple[str, ...]:
    """分管领导 of the unit on that day."""
    return held_by(unit.leaders, day)


def first_responsible_on(roster: Roster, day: date | None) -> tuple[str, ...]:
    """第一责任人 on that day (四（一）)."""
    return held_by(roster.first_responsible, day)


def resolve(roster: Roster | None, people: Mapping[str, Member], text: str,
            day: date | None) -> tuple[str, ...]:
    """The ids `text` may mean, sorted: an id; else everyone of that name; else everyone holding
    that 职务 on the day (站长, or with the unit before it: 林业站站长). One = resolved, none =
    unknown, several = ambiguous. `people` are the case's own entries and stand before the roster's
    of the same id. Who is named in the roster only as the holder of an office has no entry, but is
    known."""
    listed = roster.people if roster is not None else {}
    if text in people or text in listed:
        return (text,)
    if roster is not None and text in _holders(roster):
        return (text,)
    known = {**listed, **people}
    named = sorted(m.id for m in known.values() if m.name == text)
    if named:
        return tuple(named)
    return tuple(sorted(m.id for m in known.values() if text in _titles(m, day)))


def _holders(roster: Roster) -> set[str]:
    holders = [*roster.first_responsible, *(h for u in roster.units.values() for h in (*u.heads, *u.leaders))]
    return {h.person for h in holders}


def _titles(member: Member, day: date | None) -> set[str]:
    """Every 职务 held on the day; a person may hold two at a time."""
    if member.is_unit:
        return set()
    held = [t for t in member.terms if in_time(t.period, day)] if member.terms else [Term(Period())]
    pairs = [(t.unit or member.unit or "", t.title or member.title) for t in held]
    return {spelling for unit, title in pairs if title for spelling in (title, unit + title)}
