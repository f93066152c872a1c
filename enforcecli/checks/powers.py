"""权责清单: the list by itself, and the act of a case against it (docs/year-and-appraisal.md).

An act the list does not carry, or without the approval the list asks for, points to the measure's item
for breach of power (三（一）3（1）: 违反审批、处理权限). Whether there was a power is for people to say; all
of this is a warning and blocks nothing.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from enforcecli.checks.common import Found, nearest
from enforcecli.checks.faults import catalogue
from enforcecli.model.case import Act, Case
from enforcecli.model.powers import NO_APPROVAL, PowerItem, Powers
from enforcecli.model.problem import Path, Problem, problem
from enforcecli.model.roster import Roster
from enforcecli.model.rulebook import Rulebook

_NOT_LISTED = frozenset({"人民调解", "其他"})
"""Kinds a list of powers does not speak of."""
_GIVEN = ("赋权", "委托")


def check_powers(powers: Powers) -> list[Problem]:
    """What the list leaves open: without basis, source or approval an item says nothing."""
    out: Found = []
    for name, item in powers.items.items():
        where: Path = ("items", name)
        for value, code in ((item.kind, "Q201"), (item.source, "Q202"), (item.basis, "Q203"), (item.limit, "Q204"),
                            (item.approval, "Q205")):
            if not value:
                out.append(problem(code, where, on_key=True, item=name))
        if item.source in _GIVEN and item.document is None:
            out.append(problem("Q206", where, on_key=True, item=name, source=item.source))
        if item.source == "委托" and item.period.until is None:
            out.append(problem("Q207", where, on_key=True, item=name))
    return out


def check_power(case: Case, book: Rulebook | None, powers: Powers, roster: Roster | None) -> list[Problem]:
    """The act of a case against the list: is it there, by the stated right, on that day, with approval.
    A unit the roster does not know is no unit to compare by; that is told elsewhere."""
    act = case.act
    out: Found = []
    if act is None or not powers.items:
        return out
    if roster is not None and act.unit is not None and roster.units and act.unit not in roster.units:
        act = replace(act, unit=None)
    meant = _meant(act, powers, out)
    if not meant and act.item is None:
        _not_listed(case, act, book, out)
    elif meant:
        _compare(case, act, meant, book, out)
    return out


def _meant(act: Act, powers: Powers, out: Found) -> list[PowerItem]:
    """The item the act names, else all that may be meant by its kind and unit."""
    if act.item is not None:
        item = powers.items.get(act.item)
        if item is None:
            out.append(problem("Q301", ("act", "item"), item=act.item, suggestion=nearest(act.item, powers.items)))
        return [item] if item is not None else []
    return [item for item in powers.items.values()
            if item.kind == act.kind and (act.unit is None or item.unit in (None, act.unit))]


def _not_listed(case: Case, act: Act, book: Rulebook | None, out: Found) -> None:
    if act.kind is None or act.kind in _NOT_LISTED or _named(case, book):
        return
    out.append(problem("Q302", ("act", "kind"), kind=act.kind, unit=act.unit or "本机关", fault=_fault(book),
                       cite=_cite(book)))


def _compare(case: Case, act: Act, meant: Sequence[PowerItem], book: Rulebook | None, out: Found) -> None:
    """Of several that may be meant only what holds for all of them is told."""
    names, day = "、".join(item.name for item in meant), act.reference_day
    one = meant[0]
    if act.item is not None and one.kind is not None and act.kind is not None and one.kind != act.kind:
        out.append(problem("Q307", ("act", "kind"), item=one.name, kind=act.kind, listed=one.kind))
    if act.item is not None and one.unit is not None and act.unit is not None and one.unit != act.unit:
        out.append(problem("Q306", ("act", "unit"), item=one.name, unit=act.unit, listed=one.unit))
    in_time = [item for item in meant if day is None or item.period.covers(day)]
    if not in_time:
        if not _named(case, book):
            out.append(problem("Q304", ("act", "item" if act.item is not None else "day"), item=names, day=day,
                               fault=_fault(book), cite=_cite(book)))
        return
    sources = dict.fromkeys(item.source for item in in_time)
    if act.power is not None and None not in sources and act.power not in sources and act.power != "无":
        out.append(problem("Q303", ("act", "power"), item=names, power=act.power,
                           listed="、".join(s for s in sources if s is not None)))
    if all(item.approval not in (None, NO_APPROVAL) for item in in_time):
        _approval(case, in_time, names, book, out)


def _approval(case: Case, items: Sequence[PowerItem], names: str, book: Rulebook | None, out: Found) -> None:
    """The case says that no approval was needed, the list that it was."""
    levels = "、".join(dict.fromkeys(item.approval or "" for item in items))
    for i, finding in enumerate(case.findings):
        stated = next((fact for fact, value in finding.facts.items() if value == NO_APPROVAL), None)
        if stated is not None:
            out.append(problem("Q305", ("findings", i, stated), item=names, approval=levels, stated=stated,
                               fault=_fault(book), cite=_cite(book)))


def _named(case: Case, book: Rulebook | None) -> bool:
    """Whether the case already puts the act under the item for breach of power."""
    code = catalogue(book).power if book is not None else None
    return code is not None and any(code in finding.faults for finding in case.findings)


def _fault(book: Rulebook | None) -> str:
    return (catalogue(book).power if book is not None else None) or "违反权限"


def _cite(book: Rulebook | None) -> str | None:
    code = catalogue(book).power if book is not None else None
    return catalogue(book).items[code].fault.cite if book is not None and code is not None else None
