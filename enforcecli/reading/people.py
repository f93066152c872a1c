"""Who is meant: the reading of a case file, which knows the roster and the case's own 人员."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from msgspec.structs import replace

from enforcecli.model.problem import Level, Problem
from enforcecli.model.roster import Member, Roster
from enforcecli.reading.report import Node, Reading
from enforcecli.rules.posts import member_on, resolve
from enforcecli.text.names import safe_name
from enforcecli.text.suggest import closest

if TYPE_CHECKING:
    from enforcecli.text.document import Document


class Named(NamedTuple):
    """A person as written and as resolved."""

    id: str
    written: str
    is_unit: bool


class CaseReading(Reading):
    """Reading one case. `people` are the case's own entries, over the roster's; `faulty` the errors
    met in an entry, by id."""

    __slots__ = ("_steps", "day", "faulty", "people", "roster")

    def __init__(self, document: Document, roster: Roster | None) -> None:
        super().__init__(document)
        self.roster = roster
        self.day: date | None = None
        self.people: dict[str, Member] = {}
        self.faulty: dict[str, tuple[Problem, ...]] = {}
        self._steps: dict[int, date | None] | None = None

    def person(self, node: Node, level: str | None) -> str:
        """The id; the text itself where nobody, or more than one, answers to it."""
        text: str = node.value.strip()
        known = self.ids.get(text)
        if known is not None:
            return known
        found = resolve(self.roster, self.people, text, self.day)
        if len(found) == 1:
            self.ids[text] = found[0]
            return found[0]
        return self._unknown(node, found, level, self.day)

    def acting(self, node: Node, level: str | None) -> str:
        """As `person`, but a 职务 is that of the day of the step; what a word means elsewhere in the case
        stays as it is."""
        text: str = node.value.strip()
        by_id = self.roster is None or text in self.roster.people or text in self.people
        day = self.day if by_id else self._day_of_step(node)
        if day == self.day:
            return self.person(node, level)
        found = resolve(self.roster, self.people, text, day)
        if len(found) != 1:
            return self._unknown(node, found, level, day)
        self.ids.setdefault(found[0], found[0])  # whom the case names, whatever they are called there
        return found[0]

    def _unknown(self, node: Node, found: tuple[str, ...], level: str | None, day: date | None) -> str:
        text: str = node.value.strip()
        if self.roster is None and not found:
            self.ids[text] = text
        elif level is not None:
            self._nobody(node, text, found, level, day)
        return text

    def _day_of_step(self, node: Node) -> date | None:
        """The day written beside the node or nearest above it; without one, the day of the act."""
        if self._steps is None:
            self._steps = dict(_dated(self.document.root, None))
        return self._steps.get(id(node)) or self.day

    def named(self, node: Node, level: str | None) -> Named:
        who = self.person(node, level)
        member = self.people.get(who)
        return Named(who, node.value.strip(), member is not None and member.is_unit)

    def _nobody(self, node: Node, text: str, found: tuple[str, ...], level: str, day: date | None) -> None:
        if found:
            self.report(node, "P103", written=text, ids="、".join(found))
            return
        severity = Level.ERROR if level == "error" else Level.WARNING
        listed = self.roster.people if self.roster is not None else {}
        if self.roster is not None and text in self.roster.units:
            self.report(node, "P104", level=severity, written=text)
            return
        former = sorted(m.id for m in listed.values() if text in (m.title, *(t.title for t in m.terms)))
        if former:
            self.report(node, "P105", level=severity, written=text, day=day or "", ids="、".join(former))
            return
        known = {**listed, **self.people}
        guess = closest(text, (*known, *(m.name for m in known.values()), *_titles(known.values())))
        if guess is None:
            self.report(node, "P102", level=severity, written=text)
        else:
            self.report(node, "P101", level=severity, written=text, guess=guess)

    def twice(self, node: Node, involved: Iterable[Any]) -> None:
        """Names the second entry of a person already listed in the finding."""
        seen: set[str] = set()
        again = []
        for entry in involved:
            if entry.person in seen:
                again.append(entry)
            seen.add(entry.person)
        if not again:
            return
        places: dict[str, list[Node]] = {}
        for place in (v for item in node.value for v in _scalars(item)):
            text = place.value.strip()
            places.setdefault(self.ids.get(text, text), []).append(place)
        for entry in again:
            where = places.get(entry.person, ())
            self.report(where[1] if len(where) > 1 else node, "P106", written=entry.written, person=entry.person)


def _dated(node: Node, day: date | None) -> Iterator[tuple[int, date | None]]:
    """Every scalar of a tree with the day written in the nearest mapping around it."""
    from enforcecli.text import fields
    from enforcecli.text.spelling import fold

    if not isinstance(node.value, list):
        yield id(node), day
        return
    pairs = [pair for pair in node.value if isinstance(pair, tuple)]
    for key, value in pairs:
        if isinstance(key.value, str) and isinstance(value.value, str) and fold(key.value) in {"日期", "date"}:
            read = fields.date(value.value)
            day = read if isinstance(read, date) else day
    for inner in [value for _, value in pairs] or node.value:
        yield from _dated(inner, day)


def _titles(members: Iterable[Member]) -> list[str]:
    return sorted({m.title for m in members if m.title})


def _scalars(item: Node) -> list[Node]:
    """The values of one mapping of 涉及人员 that stand under a key for the person."""
    from enforcecli.text.spelling import fold

    if not isinstance(item.value, list):
        return []
    return [v for pair in item.value if isinstance(pair, tuple) for k, v in (pair,)
            if isinstance(k.value, str) and fold(k.value) in {"人", "person", "人员", "姓名"}
            and isinstance(v.value, str)]


Stated = Mapping[str, tuple[dict[str, Any] | None, tuple[Problem, ...]]]
"""人员 as written: key → what is stated there, and the errors in it."""


def note_people(stated: Stated, node: Node, reading: Any) -> dict[str, Member]:
    """The case's members: entries of people not in the roster, and those of the roster with what
    is stated for this case in place of their own."""
    nodes = {k.value.strip(): k for k, _ in node.value if isinstance(k.value, str)}
    for key, (values, errors) in stated.items():
        base = _from_roster(reading.roster, key)
        who = base.id if base is not None else key
        slip = safe_name(key) if base is None else None
        if slip is not None:
            reading.report(nodes[key], slip.code, key="人员", written=key, more=dict(slip.args))
        if who in reading.people:
            reading.report(nodes[key], "K111", key="人员", written=key, same=who)
            continue
        reading.people[who] = merged(base, who, values or {}, reading.day)
        reading.ids[key] = who
        if errors:
            reading.faulty[who] = errors
    return dict(reading.people)


def _from_roster(roster: Roster | None, key: str) -> Member | None:
    """The roster's member the entry speaks of: by id, or by a name one person bears."""
    if roster is None:
        return None
    if key in roster.people:
        return roster.people[key]
    named = [m for m in roster.people.values() if m.name == key]
    return named[0] if len(named) == 1 else None


def merged(base: Member | None, who: str, values: dict[str, Any], day: date | None) -> Member:
    """Stated fields win. Who is given another unit, post or title for this case holds it whatever
    the roster's terms say; the rest stays as it was on the day of the act."""
    if base is None:
        name = values.get("name") or (values.get("unit") if values.get("is_unit") else None) or who
        return Member(who, **{**values, "name": name})
    if "terms" not in values and base.terms and values.keys() & {"unit", "post", "title"}:
        base = replace(member_on(base, day) or base, terms=())
    return replace(base, **values)
