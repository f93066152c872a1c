"""Vocabulary of a book: roles, degrees, facts, parts (docs/rulebook-format.md), and the conditions that use it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec.structs import replace

from enforcecli.model.rulebook import (
    AT_FAULT,
    FAULT,
    HAS_ROLE,
    NOT_AT_FAULT,
    OPEN,
    PERSONS_AT_FAULT,
    WHOLE,
    Condition,
    Conditions,
    Count,
    Degree,
    DegreeKind,
    Fact,
    Part,
    PersonFact,
    Role,
    Text,
)
from enforcecli.reading.rulebook_shape import Draft
from enforcecli.reading.rulebook_sheets import Sheets, guess

Vocabulary = Mapping[str, tuple[str, ...]]
"""Fact → its values."""

FINDING_KEYS = frozenset(("情形", "事实", "证据", "原因", "性质", "后果", "可分部分", "比例调整", "规则适用选择",
                          "全案占比", "涉及人员", "目的", "违反规定", "文书", "扩展适用", "不移送理由"))
MOST_FACTS = 300
"""Of a finding and of persons together. Ten times what any measure has; each is a level of depth where a book is gone through."""
PERSON_KEYS = frozenset(("人", "角色", "权重", "份额"))
"""What the case file itself means by these keys: a fact of that name could never be stated."""
FAULT_EN = "at_fault"
"""The English key of 有无过错 in every book that gives it none."""
_SIZED = (DegreeKind.SHARE, DegreeKind.RATIO)


class Terms:
    """The vocabulary as read, and the check of every condition against it."""

    def __init__(self, sheets: Sheets) -> None:
        self.sheets = sheets
        self.roles = {name: Role(name, bool(d.get("unit")), d.words()) for name, d in sheets.table("roles").items()}
        self.degrees = self._degrees()
        self.finding_values = self._finding_values()
        self.person_values = self._person_values()
        self.facts = self._facts()
        self.person_facts = self._person_facts()
        self.parts = {name: Part(name, self.conditions(d, "only_if", self.finding_values), d.words())
                      for name, d in sheets.table("parts").items()}
        self._reserved()
        self._circles()
        self._size()

    # conditions

    def conditions(self, draft: Draft | None, key: str, vocabulary: Vocabulary) -> Conditions:
        """The conditions of `draft[key]`; an unknown fact or value is a problem at that word."""
        given = draft.get(key) if draft is not None else None
        if draft is None or not given:
            return ()
        found = []
        for fact, values in given.items():
            known = vocabulary.get(fact)
            if known is None:
                draft.report("B114", key, fact, on_key=True, written=fact, **guess(fact, vocabulary))
                continue
            for i, value in enumerate(values):
                if value not in known:
                    draft.report("B115", key, fact, i, fact=fact, written=value, **guess(value, known))
            found.append(Condition(fact, frozenset(values)))
        return tuple(sorted(found, key=lambda c: c.key))

    def role(self, draft: Draft, name: str, *path: str | int) -> bool:
        if name in self.roles:
            return True
        draft.report("B112", *path, written=name, **guess(name, self.roles))
        return False

    def _finding_values(self) -> dict[str, tuple[str, ...]]:
        values = {name: d.items("values") for name, d in self.sheets.table("facts").items()}
        return values | {HAS_ROLE + role: ("是", "否") for role in self.roles}

    def _person_values(self) -> dict[str, tuple[str, ...]]:
        declared = {name: d.items("values") for name, d in self.sheets.table("person_facts").items()}
        return {FAULT: (AT_FAULT, NOT_AT_FAULT)} | declared

    # entries

    def _degrees(self) -> dict[str, Degree]:
        """Heavier = earlier."""
        return {name: self._degree(name, rank, draft)
                for rank, (name, draft) in enumerate(self.sheets.table("degrees").items())}

    def _degree(self, name: str, rank: int, draft: Draft) -> Degree:
        kind = DegreeKind(draft.get("kind"))
        default, band = draft.get("default"), draft.get("range")
        if kind in _SIZED and not draft.wrote("default"):
            draft.report("B122", "kind", degree=name, kind=kind.value)
        if kind not in _SIZED and (default is not None or band is not None):
            draft.report("B122", "default" if default is not None else "range", on_key=True,
                         degree=name, kind=kind.value)
        low, high = self._band(name, kind, draft)
        for key, value in (("default", default), ("range", low), ("range", high)):
            if value is not None and kind is DegreeKind.SHARE and not 0 < value <= 1:
                draft.report("B121", key, degree=name, written=value, low="0", high="1")
        if default is not None and low is not None and high is not None and not low <= default <= high:
            draft.report("B121", "default", degree=name, written=default, low=low, high=high)
        return Degree(name, kind, rank, default, low, high, draft.words())

    def _band(self, name: str, kind: DegreeKind, draft: Draft) -> tuple[Any, Any]:
        band = draft.get("range")
        if band is None or kind not in _SIZED:
            return None, None
        if len(band) != 2 or band[0] > band[1]:
            draft.report("B121", "range", degree=name, written="、".join(map(str, band)), low="下限", high="上限")
            return None, None
        return band[0], band[1]

    def _values(self, name: str, draft: Draft) -> tuple[str, ...]:
        values: tuple[str, ...] = draft.items("values")
        for i, value in enumerate(values):
            if value in values[:i] or value == OPEN:
                draft.report("B130", "values", i, fact=name, written=value)
        return values

    def _facts(self) -> dict[str, Fact]:
        return {name: Fact(name, self._values(name, d), d.get("ask"), bool(d.get("per_part")),
                           self.conditions(d, "only_if", self.finding_values), d.words())
                for name, d in self.sheets.table("facts").items()}

    def _person_facts(self) -> dict[str, PersonFact]:
        """有无过错 comes first and is known to every book, declared or not."""
        found = {FAULT: PersonFact(FAULT, (AT_FAULT, NOT_AT_FAULT), per_part=True, words=Text(en=FAULT_EN))}
        for name, d in self.sheets.table("person_facts").items():
            values, asked = self._values(name, d), d.get("roles")
            if name == FAULT and set(values) != {AT_FAULT, NOT_AT_FAULT}:
                d.report("B125", "values", written=FAULT)
                continue
            for i, role in enumerate(asked or ()):
                self.role(d, role, "roles", i)
            found[name] = PersonFact(
                name, values, d.get("ask"), bool(d.get("per_part")) or name == FAULT,
                frozenset(asked) if asked is not None else None, self._count(name, values, d), d.words())
        if found[FAULT].words.en is None:
            found[FAULT] = replace(found[FAULT], words=replace(found[FAULT].words, en=FAULT_EN))
        return found

    def _count(self, name: str, values: tuple[str, ...], draft: Draft) -> Count | None:
        """Values that are no numbers of times cannot be counted; the case then states them."""
        given: Mapping[str, Any] | None = draft.get("count")
        if given is None:
            return None
        from enforcecli.reading.times import times_of, without_value

        times = times_of(values) if name != FAULT else ()
        gap = without_value(times) if times else None
        if not times:
            draft.report("B301", "count", on_key=True, fact=name, values="、".join(values))
        elif gap is not None:
            draft.report("B302", "values", fact=name, number=gap)
        months = given.get("window") or None  # 0: the calendar year
        return Count(given.get("findings", "decided"), months, given.get("match", "any"), given.get("by", "decision"), times)

    # names

    def _reserved(self) -> None:
        """Words the format itself uses, and names that stand for two things."""
        report, table = self.sheets.report, self.sheets.table
        for key, words in (("roles", {PERSONS_AT_FAULT}), ("parts", {WHOLE}), ("facts", {FAULT, OPEN}),
                           ("facts", {HAS_ROLE + role for role in self.roles}), ("person_facts", {OPEN})):
            for name in words & set(table(key)):
                report("B125", key, name, on_key=True, written=name)
        for name in sorted(set(table("facts")) & set(table("person_facts")) - {FAULT}):
            report("B111", "person_facts", name, on_key=True, written=name, kind="facts、person_facts")
        for key, taken in (("facts", FINDING_KEYS), ("person_facts", PERSON_KEYS)):
            for name in sorted(taken & set(table(key))):
                report("B135", key, name, on_key=True, written=name)

    def _circles(self) -> None:
        """A fact asked only if another is, and so on, must end somewhere."""
        needs = {name: [c.key for c in fact.only_if if c.key in self.facts] for name, fact in self.facts.items()}
        for name in needs:
            seen, to_visit = set[str](), list(needs[name])
            while to_visit:
                step = to_visit.pop()
                if step not in seen:
                    seen.add(step)
                    to_visit += needs[step]
            if name in seen:
                self.sheets.report("B123", "facts", name, "only_if", written=name)

    def _size(self) -> None:
        count = len(self.facts) + len(self.person_facts)
        if count > MOST_FACTS:
            self.sheets.report("B139", "facts" if self.facts else "person_facts", on_key=True, count=count, most=MOST_FACTS)
