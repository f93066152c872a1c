"""The chain of responsibility on a day: first person responsible → leader in charge → 站所 and its head →
post → person (二1, 四（一）, 四（二）, 四（三）; 谁主管谁负责). Nothing here is a share."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from enforcecli.model.chain import (
    FIRST,
    HEAD,
    IN_CHARGE,
    STAFF,
    Branch,
    Chain,
    Held,
    Position,
    PostLink,
    UnitLink,
)
from enforcecli.model.roster import Holder, Member, Period, Roster
from enforcecli.model.rulebook import Duty, Rulebook
from enforcecli.rules.posts import (
    first_responsible_on,
    heads_on,
    incumbents,
    leaders_on,
    meet,
    member_on,
    serves,
)


def chain(roster: Roster, day: date | None) -> Chain:
    """In the order of the roster."""
    serving = _serving(roster, day)
    first = first_responsible_on(roster, day)
    branches: dict[tuple[str, ...], list[UnitLink]] = {}
    placed = set(first)
    for unit in roster.units.values():
        heads, leaders = heads_on(roster, unit, day), leaders_on(roster, unit, day)
        posts = _posts(roster, serving, unit.name, heads)
        branches.setdefault(leaders, []).append(UnitLink(unit.name, heads, posts))
        placed.update(heads, leaders, *(link.persons for link in posts))
    return Chain(day, first, tuple(Branch(who, tuple(units)) for who, units in branches.items()),
                 _elsewhere(roster, serving, placed))


def _serving(roster: Roster, day: date | None) -> dict[str, Member]:
    """Everyone in service, with the unit and post of the day. Whoever held an office served."""
    return {who: member_on(member, day) or member for who, member in roster.people.items()
            if not member.is_unit and (serves(member, day) or _offices(roster, who, day))}


def _unit_of(roster: Roster, member: Member) -> str | None:
    """The person's unit; of whom the roster gives only a post, that of the post."""
    post = roster.posts.get(member.post or "")
    return member.unit or (post.unit if post is not None else None)


def _posts(roster: Roster, serving: dict[str, Member], unit: str, heads: tuple[str, ...]) -> tuple[PostLink, ...]:
    """The posts of a unit, those nobody holds too, in the order of the roster. The head's own post is the
    office itself."""
    holders: dict[str | None, list[str]] = {}
    for who, member in serving.items():
        if _unit_of(roster, member) == unit and who not in heads:
            holders.setdefault(member.post, []).append(who)
    filled = {member.post for member in serving.values()}
    for post in roster.posts.values():
        if post.unit == unit and post.name not in filled:
            holders[post.name] = []
    order = {name: n for n, name in enumerate(roster.posts)}
    names = sorted(holders, key=lambda name: order.get(name or "", len(order)))
    return tuple(PostLink(name, tuple(holders[name])) for name in names)


def _elsewhere(roster: Roster, serving: dict[str, Member], placed: set[str]) -> tuple[PostLink, ...]:
    filled = {member.post for member in serving.values()}
    found: dict[str | None, list[str]] = {
        post.name: [] for post in roster.posts.values()
        if post.unit not in roster.units and post.name not in filled}
    for who, member in serving.items():
        if who not in placed:
            found.setdefault(member.post, []).append(who)
    return tuple(PostLink(post, tuple(persons)) for post, persons in found.items())


def position(roster: Roster, person: str, day: date | None) -> Position | None:
    """None for whoever is not in service on the day."""
    member = roster.people.get(person)
    if member is None or member.is_unit:
        return None
    offices = _offices(roster, person, day)
    if not offices and not serves(member, day):
        return None
    then = member_on(member, day) or member
    return Position(then, tuple(offices), tuple(_above(roster, then, offices, first_responsible_on(roster, day), day)))


def _offices(roster: Roster, person: str, day: date | None) -> list[Held]:
    def held(holders: tuple[Holder, ...]) -> bool:
        return any(h.person == person for h in holders) and \
            person in incumbents(holders, roster.people, day).persons

    units = roster.units.values()
    return [*([Held(FIRST)] if held(roster.first_responsible) else []),
            *(Held(IN_CHARGE, unit.name) for unit in units if held(unit.leaders)),
            *(Held(HEAD, unit.name) for unit in units if held(unit.heads))]


def _above(roster: Roster, member: Member, offices: list[Held], first: tuple[str, ...],
           day: date | None) -> Iterable[tuple[str, str]]:
    """谁主管谁负责: the head of the unit, the leader in charge of it, the first person responsible."""
    ranks = {held.office for held in offices}
    if FIRST in ranks:
        return []
    headed = [held.unit for held in offices if held.office == HEAD]
    names = headed or [_unit_of(roster, member)]
    units = [roster.units[name] for name in names if name is not None and name in roster.units]
    found: list[tuple[str, str]] = []
    if IN_CHARGE not in ranks:
        if HEAD not in ranks:
            found += [(HEAD, who) for unit in units for who in heads_on(roster, unit, day)]
        found += [(IN_CHARGE, who) for unit in units for who in leaders_on(roster, unit, day)]
    found += [(FIRST, who) for who in first]
    return [pair for n, pair in enumerate(found) if pair not in found[:n] and pair[1] != member.id]


# a year

def roles_in(roster: Roster, person: str, since: date, until: date) -> frozenset[str]:
    """The sorts of persons somebody was at some time in the period: an office counts while the own term lasts."""
    member = roster.people.get(person)
    terms = [t.period for t in member.terms] if member is not None and member.terms else [Period()]

    def held(holders: Iterable[Holder]) -> bool:
        own = [h.period for h in holders if h.person == person and meet(h.period, since, until)]
        return any(meet(term, max(since, p.since or since), min(until, p.until or until)) for p in own for term in terms)

    found = {FIRST} if held(roster.first_responsible) else set()
    for unit in roster.units.values():
        found |= {office for office, holders in ((IN_CHARGE, unit.leaders), (HEAD, unit.heads)) if held(holders)}
    return frozenset(found or {STAFF})


def served_in(member: Member, since: date, until: date) -> bool:
    """Whether the person was in service at some time in the period."""
    if not member.terms:
        return serves(member, None)
    return any(meet(t.period, since, until) for t in member.terms)


def duties_in(roster: Roster, book: Rulebook, person: str, since: date, until: date) -> frozenset[str]:
    """The codes of the duties that were the person's at some time in the period: those of the office
    held, and those the roster gives to the post."""
    roles = roles_in(roster, person, since, until)
    return frozenset(d.code for d in book.duties if d.role in roles) | post_duties_in(roster, person, since, until)


def post_duties_in(roster: Roster, person: str, since: date, until: date) -> frozenset[str]:
    """The codes the roster gives to the posts the person held in the period."""
    member = roster.people.get(person)
    if member is None:
        return frozenset()
    posts = {member.post} if not member.terms else {
        term.post or member.post for term in member.terms if meet(term.period, since, until)}
    return frozenset(code for name in posts
                     if name is not None and name in roster.posts for code in roster.posts[name].duties)


# a day

def duties_of(roster: Roster, book: Rulebook, held: Position) -> tuple[Duty, ...]:
    """The duties of a position in the order of the measure: those the roster gives to the post, and, of an
    office of which the post lists none, those the measure gives to such persons one by one."""
    post = roster.posts.get(held.member.post or "")
    codes = frozenset(post.duties) if post is not None else frozenset()
    general = {d.code for d in general_of(book, held)}
    for role in held.roles:
        own = {d.code for d in book.duties if d.role == role and d.code not in general}
        if not own & codes:
            codes |= own
    return tuple({d.code: d for d in book.duties if d.code in codes}.values())


def general_of(book: Rulebook, held: Position) -> tuple[Duty, ...]:
    """The sentence by which the measure lays responsibility on each office held: of the duties of such
    persons the one with the most general clause."""
    found = []
    for role in held.roles:
        own = [d for d in book.duties if d.role == role and d.words.cite]
        if own:
            found.append(min(own, key=lambda d: (len(d.words.cite or ""), d.words.cite or "")))
    return tuple(found)


def answering(roster: Roster, day: date | None) -> tuple[Position, ...]:
    """Everyone in service on the day, in the order of the roster."""
    found = (position(roster, who, day) for who in roster.people)
    return tuple(held for held in found if held is not None)
