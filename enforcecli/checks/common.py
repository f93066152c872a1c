"""What several families of checks ask of one case, computed once.

Ten thousand files pass through here: nothing is built unless there is a problem to report.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Generic, TypeVar

from enforcecli.model.case import STAGES, Case, Involved, Stated
from enforcecli.model.problem import Level, Problem
from enforcecli.model.roster import Office, Roster
from enforcecli.model.rulebook import AT_FAULT, FAULT, Conditions, Rulebook

ORDER = {stage: i for i, stage in enumerate(STAGES)}
NOTICE = ORDER["告知"]
DECISION = ORDER["决定"]
CLOSING = ORDER["结案"]

Found = list[Problem]

K = TypeVar("K")
V = TypeVar("V")


class View:
    """One case beside the book, roster and office it is checked against."""

    __slots__ = ("at_fault", "book", "case", "ids", "involved", "office", "roster", "stage")

    def __init__(self, case: Case, book: Rulebook | None, roster: Roster | None,
                 office: Office | None) -> None:
        self.case = case
        self.book = book
        self.roster = roster
        self.office = office
        self.ids = case.ids
        self.stage = ORDER.get(case.stage, 0)
        involved: dict[str, bool] = {}
        at_fault: set[str] = set()
        for finding in case.findings:
            for one in finding.involved:
                involved[one.person] = one.is_unit
                if is_at_fault(one):
                    at_fault.add(one.person)
        self.involved = involved
        """Everyone of 涉及人员 → whether it is a unit."""
        self.at_fault = at_fault

    def person(self, written: str) -> str:
        """The id of a person as written; the word itself when it does not resolve."""
        return self.ids.get(written, written)

    def to_hear(self) -> dict[str, str]:
        """Who must be heard before the decision: every person at fault or up for a method, by id
        → the word to name them by."""
        people = {p: p for p, is_unit in self.involved.items() if not is_unit and p in self.at_fault}
        for written in self.case.dispositions:
            who = self.person(written)
            if not self.involved.get(who, True):  # a stranger to the case is reported as such
                people.setdefault(who, written)
        return people

    def all_answered(self, defences: Mapping[str, str]) -> bool:
        """Whether everyone to be heard stands in 陈述申辩 by their id with something said. False may
        only mean that someone is written otherwise."""
        return all(map(defences.get, self.at_fault)) and all(map(defences.get, self.case.dispositions))

    @property
    def grown(self) -> Level:
        """A warning until 调查, an error from 告知 on."""
        return Level.ERROR if self.stage >= NOTICE else Level.WARNING


def values_of(stated: Stated) -> Iterable[str]:
    """A fact's value, or its values over the parts."""
    return (stated,) if isinstance(stated, str) else stated.values()


def is_at_fault(one: Involved) -> bool:
    stated = one.facts.get(FAULT)
    return stated == AT_FAULT or (stated is not None and not isinstance(stated, str)
                                  and AT_FAULT in stated.values())


def meets(one: Involved, where: Conditions) -> bool:
    """Whether the person's facts satisfy the conditions, in one part at least."""
    for condition in where:
        stated = one.facts.get(condition.key)
        if stated is None or condition.values.isdisjoint(values_of(stated)):
            return False
    return True


def nearest(word: str, known: Iterable[str]) -> str:
    """The known word most like the one written, '' if none is near."""
    from enforcecli.text.suggest import closest

    return closest(word, known) or ""


def named(book: Rulebook | None, code: str, name: str | None = None) -> str:
    """A method by code and name, for officers know it by its name; 其他 by its own name."""
    if name:
        return name
    method = book.methods.get(code) if book is not None else None
    return f"{method.code} {method.name}" if method is not None else code


_LEVELS = "省州盟市县区旗乡镇街村"
_POSITIONS = frozenset("上下东西南北前后大小新老")


def nearly(written: str, organ: str) -> bool:
    """Whether the words look like a short or misspelt name of the organ: 上江乡政府, 上江乡, 上江乡人名政府.
    Not a part of it (…林业站), nor an organ of another level (上江县人民政府) or of the place next
    door (下江乡人民政府)."""
    if written == organ or len(written) < 2:
        return False
    levels = [[c for c in name if c in _LEVELS][-1:] for name in (written, organ)]
    if levels[0] and levels[1] and levels[0] != levels[1]:
        return False
    short, long = sorted((written, organ), key=len)
    if len(short) < len(long) and (short[-1] == long[-1] or organ.startswith(written)) and _skips(short, long):
        return True
    if abs(len(written) - len(organ)) > 1 or len(organ) < 6 or not nearest(written, (organ,)):
        return False
    changed = set(written) ^ set(organ)
    return not changed or not changed <= _POSITIONS


def _skips(short: str, long: str) -> bool:
    """Whether the short word is the long one with characters left out."""
    rest = iter(long)
    return all(character in rest for character in short)


class Once(Generic[K, V]):
    """Remembers what was derived from a value, by the value's identity (a book or a roster is one
    object through a whole run). Holds a handful, so that a long session does not grow."""

    __slots__ = ("_derive", "_kept")

    def __init__(self, derive: Callable[[K], V]) -> None:
        self._derive = derive
        self._kept: dict[int, tuple[K, V]] = {}

    def __call__(self, value: K) -> V:
        kept = self._kept.get(id(value))
        if kept is not None and kept[0] is value:
            return kept[1]
        if len(self._kept) >= 16:
            self._kept.clear()
        derived = self._derive(value)
        self._kept[id(value)] = (value, derived)
        return derived
