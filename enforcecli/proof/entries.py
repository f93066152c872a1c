"""The entries of two books set against each other: what one of them has, lacks or says otherwise."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from msgspec import Struct

from enforcecli.model.rulebook import Clause, Condition, Count, Effective, Rule, Rulebook, Text


class Entry(Struct, frozen=True):
    """An entry of one of the tables that is not the same in both books. `how`: added, removed, changed,
    or renamed (`other` its new name: it says the same). `fields`: name, before, after."""

    table: str
    name: str
    how: str
    fields: tuple[tuple[str, str, str], ...] = ()
    other: str | None = None


TABLES: tuple[tuple[str, Callable[[Rulebook], Mapping[str, Any]]], ...] = (
    ("roles", lambda b: b.roles), ("degrees", lambda b: b.degrees), ("facts", lambda b: b.facts),
    ("parts", lambda b: b.parts), ("person_facts", lambda b: b.person_facts), ("rules", lambda b: b.rules),
    ("faults", lambda b: b.faults), ("methods", lambda b: b.methods), ("remedies", lambda b: b.remedies),
    ("duties", lambda b: {f"{duty.code} {duty.role}": duty for duty in b.duties}),
    ("objectives", lambda b: {objective.code: objective for objective in b.objectives}),
    ("legal_basis", lambda b: {law.name: law for law in b.legal_basis}),
)
LISTS: tuple[tuple[str, Callable[[Rulebook], Sequence[Any]]], ...] = (
    ("remedy_for", lambda b: b.remedy_for), ("guideline", lambda b: b.guideline), ("scope", lambda b: b.scope),
    ("procedure", lambda b: b.procedure), ("limitation", lambda b: b.limitation), ("not_modelled", lambda b: b.not_modelled),
)
"""Entries without a name of their own: another content is another entry."""
HEAD = ("title", "issuer", "effective", "measure", "collect", "remainder_to_unit", "later_lighter", "recovery")
NAMES = frozenset(("name", "id", "code", "rank"))
"""Fields that are the name itself, or follow from the order."""
KNOWN_BY = {"degrees": ("kind", "default", "low", "high"), "rules": ("layer", "when", "part", "bears", "takes_remainder")}
"""Table → the fields by which an entry that is new in the one is probably one gone from the other."""


def entries(first: Rulebook, second: Rulebook) -> tuple[Entry, ...]:
    """Everything the two books do not say alike, in the order of a book."""
    found = []
    head = tuple((key, plain(getattr(first, key)), plain(getattr(second, key))) for key in HEAD
                 if plain(getattr(first, key)) != plain(getattr(second, key)))
    if head:
        found.append(Entry("book", first.id, "changed", head, second.id))
    for table, of in TABLES:
        found += _entries(table, of(first), of(second))
    if [n for n in first.degrees if n in second.degrees] != [n for n in second.degrees if n in first.degrees]:
        found.append(Entry("degrees", "order", "changed", (("order", " > ".join(first.degrees), " > ".join(second.degrees)),)))
    for table, listed in LISTS:
        one, other = [_told(e) for e in listed(first)], [_told(e) for e in listed(second)]
        found += [Entry(table, told[0][1], "removed", _gone(told)) for told in one if told not in other]
        found += [Entry(table, told[0][1], "added", _new(told)) for told in other if told not in one]
    return tuple(found)


def _gone(told: Sequence[tuple[str, str]]) -> tuple[tuple[str, str, str], ...]:
    return tuple((field, text, "") for field, text in told)


def _new(told: Sequence[tuple[str, str]]) -> tuple[tuple[str, str, str], ...]:
    return tuple((field, "", text) for field, text in told)


def _entries(table: str, one: Mapping[str, Any], other: Mapping[str, Any]) -> list[Entry]:
    found = []
    gone, new = [n for n in one if n not in other], [n for n in other if n not in one]
    for name in gone:
        twin = next((n for n in new if table in KNOWN_BY and _content(table, one[name]) == _content(table, other[n])), None)
        if twin is not None:
            new.remove(twin)
            found.append(Entry(table, name, "renamed", (), twin))
        else:
            found.append(Entry(table, name, "removed", _gone(_told(one[name]))))
    for name, entry in one.items():
        if name in other and (fields := _fields(entry, other[name])):
            found.append(Entry(table, name, "changed", fields))
    return found + [Entry(table, name, "added", _new(_told(other[name]))) for name in new]


def _content(table: str, entry: Any) -> tuple[str, ...]:
    """What makes an entry known again under another name; two plain roles are not one."""
    return tuple(plain(getattr(entry, f)) for f in KNOWN_BY[table])


def _told(entry: Any) -> list[tuple[str, str]]:
    """What an entry says, field by field, its wording too; `bears: none` is said too."""
    found = [(f, plain(getattr(entry, f))) for f in entry.__struct_fields__ if f not in NAMES and f != "words"]
    if isinstance(entry, Rule) and entry.bears is None:
        found = [(f, "不予追究" if f == "bears" else told) for f, told in found]
    if isinstance(getattr(entry, "words", None), Text):
        found += [(f, plain(getattr(entry.words, f))) for f in Text.__struct_fields__ if f not in entry.__struct_fields__]
    return [(f, told) for f, told in found if told]


def _fields(one: Any, other: Any) -> tuple[tuple[str, str, str], ...]:
    """The fields that differ."""
    first, second = dict(_told(one)), dict(_told(other))
    names = (*one.__struct_fields__, *(f for f in Text.__struct_fields__ if f not in one.__struct_fields__))
    return tuple((f, first.get(f, ""), second.get(f, "")) for f in names if first.get(f) != second.get(f))


def plain(value: Any) -> str:
    """A value of a book as a person reads it."""
    if value is None or value is False:
        return ""
    if value is True:
        return "是"
    if isinstance(value, Condition):
        return f"{value.key}为{'或者'.join(sorted(value.values))}"
    if isinstance(value, Clause):
        where = f"（{plain(value.where)}）" if value.where else ""
        optional = "（没有这样的人时略去）" if value.optional else ""
        return "或者".join(value.who) + where + " " + (value.degree or value.severity or "") + optional
    if isinstance(value, Mapping):
        return "；".join(f"{k}：{plain(v)}" if plain(v) else str(k) for k, v in value.items())
    if isinstance(value, frozenset):
        return "、".join(sorted(map(plain, value)))
    if isinstance(value, tuple):
        return "、".join(filter(None, map(plain, value)))
    if isinstance(value, Effective):
        return f"{value.start} 起" + (f"，至 {value.end} 前" if value.end is not None else "")
    if isinstance(value, Count):
        window = f"{value.months} months" if value.months is not None else "calendar-year"
        return f"findings {value.findings}，window {window}，match {value.match}，by {value.by}"
    if isinstance(value, Struct):
        told = ((f, plain(getattr(value, f))) for f in value.__struct_fields__ if f not in NAMES and f != "words")
        return "；".join(f"{f} {text}" for f, text in told if text)
    return str(getattr(value, "value", value))
