"""Who held what on a day (二 1: responsibility reaches unit, post and person; people change posts).

All look-ups are as of a day; `None` for the day means “as the roster stands”: terms that have not
ended, holders whose time is open.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from msgspec.structs import replace

from enforcecli.model.roster import Holder, Incumbents, Member, Period, Roster, Term, Unit


def in_time(period: Period, day: date | None) -> bool:
    """Whether the period covers the day; without a day, whether it is still open."""
    return period.until is None if day is None else period.covers(day)


_GONE = ("离职", "离任", "退休", "调离", "调出", "辞职", "辞退", "开除", "死亡", "去世")


def serves(member: Member, day: date | None) -> bool:
    """Whether the person was in service: inside a term where terms are kept. 现状 is as of now, so that
    somebody retired still served in a term that has ended; a term left open says nothing against it."""
    gone = _gone(member)
    if not member.terms:
        return not gone
    return any(in_time(t.period, day) and not (gone and t.period.until is None) for t in member.terms)


def _gone(member: Member) -> bool:
    """Whether 现状 says that the person has left; since when it does not say."""
    return member.status is not None and any(word in member.status for word in _GONE)


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


def incumbents(holders: Iterable[Holder], people: Mapping[str, Member], day: date | None) -> Incumbents:
    """Who held an office on the day, in the order written: whom the roster writes for the day, as long as
    nothing else it says of the person stands against that. Nobody is taken on a guess; the doubts say why."""
    holders = tuple(holders)
    written = [h for h in holders if in_time(h.period, day)]
    doubts = {h: _doubt(h, people.get(h.person), day) for h in written}
    found = tuple(dict.fromkeys(h.person for h in written if doubts[h] is None))
    if found:
        return Incumbents(found)
    nobody = "名册所列的人都不在这一日担任" if holders else "名册没有写明"
    return Incumbents((), tuple(dict.fromkeys(filter(None, doubts.values()))) or (nobody,))


def _doubt(holder: Holder, member: Member | None, day: date | None) -> str | None:
    """Why somebody written for an office is not known to have held it on the day."""
    if member is None or member.is_unit:
        return None  # named as the holder and nowhere else
    who = f"名册写由{holder.person}担任"
    if day is None:
        return None if serves(member, None) else f"{who}，但其已经不在任"
    if member.terms and not any(t.period.covers(day) for t in member.terms):
        return f"{who}，但其任期不含这一日"
    dated = holder.period.until is not None or any(
        t.period.until is not None and t.period.covers(day) for t in member.terms)
    if _gone(member) and not dated:
        return f"{who}，但其现状是{member.status}，没有写明何日离任"
    then, at_last = _jobs(member, day), _jobs(member, holder.period.until)
    if holder.period.since is None and then and at_last and not then & at_last:
        job = "、".join(sorted("".join(filter(None, one)) for one in then))
        return f"{who}而没有写自何日起，其这一日的职务是{job}，与后来不同"
    return None


def _jobs(member: Member, day: date | None) -> set[tuple[str | None, ...]]:
    """Unit, post and title of every term of the day."""
    return {(t.unit or member.unit, t.post or member.post, t.title or member.title)
            for t in member.terms if in_time(t.period, day)}


def heads_on(roster: Roster, unit: Unit, day: date | None) -> tuple[str, ...]:
    """负责人 of the unit on that day."""
    return incumbents(unit.heads, roster.people, day).persons


def leaders_on(roster: Roster, unit: Unit, day: date | None) -> tuple[str, ...]:
    """分管领导 of the unit on that day."""
    return incumbents(unit.leaders, roster.people, day).persons


def first_responsible_on(roster: Roster, day: date | None) -> tuple[str, ...]:
    """第一责任人 on that day (四（一）)."""
    return incumbents(roster.first_responsible, roster.people, day).persons


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
    if day is None and not serves(member, day):
        return set()  # as the roster stands they hold nothing
    held = [t for t in member.terms if in_time(t.period, day)] if member.terms else [Term(Period())]
    pairs = [(t.unit or member.unit or "", t.title or member.title) for t in held]
    return {spelling for unit, title in pairs if title for spelling in (title, unit + title)}
