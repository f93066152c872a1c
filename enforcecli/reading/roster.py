"""roster.yaml: units, posts and people (docs/roster-and-office.md)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from msgspec import Struct
from msgspec.structs import replace

from enforcecli.model.problem import Problem
from enforcecli.model.roster import Holder, Member, Period, Post, Roster, Term, Unit
from enforcecli.reading.member_shape import MEMBER
from enforcecli.reading.reader import compiled
from enforcecli.reading.report import Node, Reading
from enforcecli.reading.scalars import DATE
from enforcecli.reading.shape import TEXT, TEXTS, Either, Field, ListOf, MapOf, Record, Then
from enforcecli.reading.vocabulary import AFFILIATION
from enforcecli.text.names import safe_name
from enforcecli.text.suggest import closest

if TYPE_CHECKING:
    from enforcecli.text.document import Document


class _Placed(Struct, frozen=True):
    """A value and the node it stands at, for the references that are followed at the end."""

    value: Any
    node: Node


def _placed(value: Any, node: Node, reading: Reading) -> _Placed:
    return _Placed(value, node)


def _holder(person: str, since: date | None = None, until: date | None = None) -> Holder:
    return Holder(person, Period(since, until))


HOLDER = Record((
    Field("person", TEXT, "人", "person", "担任的人", "who", "刘某", ("人员", "姓名"), required=True),
    Field("since", DATE, "自", "from", "开始的日期", "first day", "2024-01-01", ("起", "开始")),
    Field("until", DATE, "至", "to", "结束的日期，当日仍在任", "last day", "2025-06-30", ("止", "结束")),
), _holder, zh="人、自、至", en="person, from, to")
HOLDERS = ListOf(Then(Either(Then(TEXT, lambda text, node, reading: Holder(text)), HOLDER, zh="人员的名字",
                             en="a person"), _placed), zh="人员的名字，或者 {人, 自, 至} 的列表", en="a person, or terms")
UNIT = Record((
    Field("affiliation", AFFILIATION, "隶属", "affiliation", "站所归谁管，决定谁有权处理", "who the unit belongs to", "乡属"),
    Field("heads", HOLDERS, "负责人", "head", "站所负责人", "head", "刘某", ("站长", "主要负责人", "heads")),
    Field("leaders", HOLDERS, "分管领导", "leader", "分管的领导", "leader in charge", "杨某", ("分管", "leaders")),
    Field("objectives", TEXTS, "目标", "objectives", "责任目标", "objectives", "[全年森林火情零迟报]", ("责任目标",)),
    Field("basis", TEXTS, "依据", "basis", "执法依据", "laws", "[中华人民共和国森林法]", ("法律依据",)),
), zh="站所的一组键值", en="a unit's entry")
POST = Record((
    Field("unit", TEXT, "单位", "unit", "岗位所在的站所", "unit", "林业站", ("部门", "站所")),
    Field("objectives", TEXTS, "目标", "objectives", "责任目标", "objectives", "[案卷按期归档]", ("责任目标",)),
    Field("duties", TEXTS, "职责", "duties", "办法所列职责的代码", "codes of duties", "[D3-1, D3-2]"),
), zh="岗位的一组键值", en="a post's entry")
SHAPE = Record((
    Field("first_responsible", HOLDERS, "第一责任人", "first_responsible", "行政主要负责人", "first person responsible",
          "赵某"),
    Field("units", MapOf(Then(UNIT, _placed), zh="“站所: 内容”", en="unit: entry"), "单位", "units", "站所",
          "units", "{林业站: {隶属: 乡属}}", ("站所", "部门")),
    Field("posts", MapOf(Then(POST, _placed), zh="“岗位: 内容”", en="post: entry"), "岗位", "posts", "岗位",
          "posts", "{林业执法岗: {单位: 林业站}}"),
    Field("people", MapOf(Then(MEMBER, _placed), zh="“人员: 内容”", en="person: entry"), "人员", "people", "人员",
          "people", "{张某: {单位: 林业站}}"),
), zh="名册", en="the roster")


class _Roster:
    """Follows the references once everything is read."""

    def __init__(self, values: Mapping[str, Any], reading: Reading) -> None:
        self.reading = reading
        self.values = values
        self.people: dict[str, Member] = {}
        self.names: dict[str, str | None] = {}

    def build(self) -> Roster:
        for who, entry in self._entries("people"):
            self.people[who] = Member(who, **{"name": who, **entry.value})
        for member in self.people.values():  # a name borne by two is nobody's
            self.names[member.name] = None if member.name in self.names else member.id
        units = {name: self._unit(name, entry.value) for name, entry in self._entries("units")}
        posts = {name: Post(name, **entry.value) for name, entry in self._entries("posts")}
        first = self._holders(self.values.get("first_responsible", ()))
        self._references(units, posts)
        return Roster(first, units, posts, self.people)

    def _entries(self, section: str) -> Iterable[tuple[str, _Placed]]:
        return (self.values.get(section) or {}).items()

    def _unit(self, name: str, values: Mapping[str, Any]) -> Unit:
        heads = self._holders(values.get("heads", ()))
        leaders = self._holders(values.get("leaders", ()))
        return Unit(name, **{**values, "heads": heads, "leaders": leaders})

    def _holders(self, placed: Iterable[_Placed]) -> tuple[Holder, ...]:
        found = []
        for entry in placed:
            holder: Holder = entry.value
            self._in_order(holder.period, entry.node)
            who = holder.person if holder.person in self.people else self.names.get(holder.person)
            if who is None and holder.person in self.names:
                self.reading.report(entry.node, "P103", written=holder.person, ids="、".join(sorted(
                    m.id for m in self.people.values() if m.name == holder.person)))
            elif who is None:
                self._unknown(entry.node, "P108", holder.person, (*self.people, *self.names))
            found.append(holder if who is None else replace(holder, person=who))
        return tuple(found)

    def _references(self, units: Mapping[str, Unit], posts: Mapping[str, Post]) -> None:
        for _, entry in self._entries("posts"):
            self._known(entry, entry.value.get("unit"), units, "P109", "单位")
        for who, entry in self._entries("people"):
            slip = safe_name(who)
            if slip is not None:
                self.reading.report(entry.node, slip.code, key="人员", written=who, more=dict(slip.args))
            terms: tuple[Term, ...] = entry.value.get("terms", ())
            for term in terms:
                self._in_order(term.period, _inner(entry.node, "任期", "terms") or entry.node)
            for unit in (entry.value.get("unit"), *(t.unit for t in terms)):
                self._known(entry, unit, units, "P109", "单位")
            for post in (entry.value.get("post"), *(t.post for t in terms)):
                self._known(entry, post, posts, "P110", "岗位")

    def _known(self, entry: _Placed, name: str | None, known: Mapping[str, object], code: str, key: str) -> None:
        """Without a section there is nothing to compare with."""
        if name is not None and known and name not in known:
            self._unknown(_scalar(entry.node, name) or entry.node, code, name, tuple(known))

    def _unknown(self, node: Node, code: str, written: str, known: tuple[str, ...]) -> None:
        guess = closest(written, known)
        if guess is None:
            self.reading.report(node, code, written=written)
        else:
            self.reading.report(node, {"P108": "P118", "P109": "P119", "P110": "P120"}[code], written=written,
                                guess=guess)

    def _in_order(self, period: Period, node: Node) -> None:
        if period.since is not None and period.until is not None and period.until < period.since:
            self.reading.report(node, "P111", since=period.since, until=period.until)


def _inner(node: Node, *keys: str) -> Node | None:
    return next((v for k, v in node.value if k.value in keys), None)


def _scalar(node: Node, text: str) -> Node | None:
    """The place inside an entry where the text stands."""
    if not isinstance(node.value, list):
        return node if node.value.strip() == text else None
    inside = (part[1] if isinstance(part, tuple) else part for part in node.value)
    return next((found for found in (_scalar(n, text) for n in inside) if found is not None), None)


def read_roster(document: Document) -> tuple[Roster, tuple[Problem, ...]]:
    """The roster and what is wrong with its fields; an empty or unreadable file is an empty roster."""
    reading = Reading(document)
    values = compiled(SHAPE)(document.root, reading) if document.root is not None else None
    roster = _Roster(values or {}, reading).build()
    return roster, tuple(reading.problems)
