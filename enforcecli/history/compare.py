"""Two states of a case, or of a file of settings, compared in the terms of the field.

What the author wrote is compared value by value (reading/leaves.py), what follows from it result by result:
a share can change although the file of the case does not.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from msgspec import Struct

from enforcecli.desk.examine import Examined, examine_case, examine_in
from enforcecli.model.case import Case
from enforcecli.model.history import Comparison, Difference, Effect, Topic, Unread
from enforcecli.model.problem import Problem
from enforcecli.model.result import Can, CaseResult, FindingResult, PersonResult
from enforcecli.reading.case import shape_and_reader
from enforcecli.reading.leaves import Leaf, Way, leaves
from enforcecli.reading.workspace import Workspace
from enforcecli.text.document import parse

RESTS_ON = frozenset({"measure", "act", "people", "findings", "compensation", "dispositions"})
"""Keys whose values a decision rests on; a change of them after it was served changes what it says."""
SAYS = frozenset({"decision", "service"})
"""Keys of the procedure that belong to the decision itself."""


NO_BYTES = "-"


class Side(Struct, frozen=True):
    """One state of a case. `said`: its values. `unread`: sha256 of a file that is no list of keys, or - where not even
    its bytes can be had; "" of one that can be read."""

    examined: Examined
    said: Mapping[Way, Leaf]
    unread: str = ""


def side_of(workspace: Workspace, inside: str) -> Side:
    """A case of a repository, examined. `inside`: its path there."""
    source = workspace.files.read(inside)
    if isinstance(source, Problem):
        return Side(examine_in(workspace, inside, traced=False), {}, NO_BYTES)
    document = parse(source.data, inside)
    examined = examine_case(document, workspace, inside, source.sha256, traced=False)
    return Side(examined, leaves(document, shape_and_reader(examined.book)[0]), source.sha256 if document.root is None else "")


def compared(before: Side | None, after: Side | None) -> Comparison:
    """What changed, in the record and in the result. None: there was, or is, no such case."""
    unread = _unread(before, after)
    if before is not None and after is not None and before.unread == after.unread != NO_BYTES and unread is Unread.BOTH:
        return Comparison()
    if unread in (Unread.AFTER, Unread.BOTH):
        was_served = tuple(_served(before.examined.case if before is not None else None))
        return Comparison(served=was_served, binding=bool(was_served), unread=unread)
    record = tuple(differences(before.said if before else {}, after.said if after else {}))
    effects = tuple(_effects(_result(before), _result(after)))
    served = tuple(_served(before.examined.case if before is not None else None))
    binding = bool(served) and (bool(effects) or any(_binds(entry) for entry in record))
    return Comparison(record, effects, served, binding, unread)


def _unread(before: Side | None, after: Side | None) -> Unread | None:
    old, new = (side is not None and bool(side.unread) for side in (before, after))
    if old and new:
        return Unread.BOTH
    return Unread.BEFORE if old else Unread.AFTER if new else None


def differences(old: Mapping[Way, Leaf], new: Mapping[Way, Leaf]) -> Iterator[Difference]:
    """Values that differ, in the order of the new state, then what is gone. An entry that is new, or gone, as a
    whole is told once, with what it says."""
    yield from (Difference(way, old[way].written, leaf.written) for way, leaf in new.items()
                if way in old and old[way].value != leaf.value)
    for way, parts in _gathered(new, old):
        yield Difference(way, None, _joined(parts), parts)
    for way, parts in _gathered(old, new):
        yield Difference(way, _joined(parts), None, parts)


_Parts = tuple[tuple[Way, str], ...]


def _joined(parts: _Parts) -> str:
    """日期 2026-04-27；期限 5 工作日"""
    return "；".join(" ".join([*(zh for zh, _en in way), value]) for way, value in parts)


def _gathered(these: Mapping[Way, Leaf], those: Mapping[Way, Leaf]) -> Iterator[tuple[Way, _Parts]]:
    """What only `these` state, by the highest key that `those` lack."""
    known = {way[:n] for way in those for n in range(len(way) + 1)}
    found: dict[Way, list[tuple[Way, str]]] = {}
    for way, leaf in these.items():
        if way in those:
            continue
        top = next((way[:n] for n in range(1, len(way)) if way[:n] not in known), way)
        found.setdefault(top, []).append((way[len(top):], leaf.written))
    yield from ((way, tuple(parts)) for way, parts in found.items())


def _result(state: Side | None) -> CaseResult | None:
    return state.examined.result if state is not None else None


def _effects(old: CaseResult | None, new: CaseResult | None) -> Iterator[Effect]:
    before, after = _told(old), _told(new)
    for key in {**before, **after}:
        if before.get(key) != after.get(key):
            topic, finding, person, detail = key
            yield Effect(topic, before.get(key), after.get(key), finding, person, detail)


_Key = tuple[Topic, int | None, str | None, str | None]


def _told(result: CaseResult | None) -> dict[_Key, str]:
    """What a result says, by what it says it of; what is not said is left out."""
    if result is None:
        return {}
    found: dict[_Key, str | None] = {
        (Topic.RULEBOOK, None, None, None): result.rulebook,
        (Topic.CONCLUSION, None, None, None): result.conclusion,
        (Topic.UNFIT, None, None, None): result.unfit,
    }
    for number, finding in enumerate(result.findings, start=1):
        found |= {(topic, number, person, detail): value
                  for topic, person, detail, value in _finding(finding, result.hidden)}
    for person, share in (result.case_shares or {}).items():
        found[Topic.CASE_SHARE, None, person, None] = None if result.hidden else str(share)
    offices: dict[str, list[str]] = {}
    for one in result.leadership:
        offices.setdefault(one.person, []).append(one.office)
    found |= {(Topic.LEADERSHIP, None, person, None): "、".join(held) for person, held in offices.items()}
    return {key: value for key, value in found.items() if value is not None}


def _finding(finding: FindingResult, hidden: bool) -> Iterator[tuple[Topic, str | None, str | None, str | None]]:
    if finding.undecided is not None:
        yield Topic.DECIDED, None, None, f"{finding.undecided.kind.value}: {finding.undecided.question}"
    elif finding.outcome is not None:
        yield Topic.OUTCOME, None, None, finding.outcome.value
    yield Topic.RULES, None, None, "、".join(dict.fromkeys(rule for part in finding.parts for rule in part.rules)) or None
    for one in finding.counted:
        yield Topic.COUNTED, one.person, one.fact, one.value
    for person in finding.persons:
        yield from _person(person, hidden)
    if finding.kept_by_organ is not None:
        yield Topic.KEPT, None, None, money(finding.kept_by_organ)


def _person(person: PersonResult, hidden: bool) -> Iterator[tuple[Topic, str | None, str | None, str | None]]:
    yield Topic.GRADE, person.person, None, "、".join(person.grades) or None
    yield Topic.SHARE, person.person, None, None if hidden or person.share is None else _share(person)
    yield Topic.SEVERITY, person.person, None, "、".join(person.severity) or None
    yield Topic.RECOVERY, person.person, None, money(person.recovery) if person.recovery is not None else None
    for method in person.methods:
        to = f" {method.to}" if method.can is Can.REFER and method.to else ""
        name = f"{method.method} {method.name}" if method.name else method.method
        yield Topic.METHOD, person.person, name, f"{method.can.value}{to}"


def _share(person: PersonResult) -> str:
    """7/10 = 70.00%, as an assessment prints it."""
    return f"{person.share} = {money(person.percent)}%" if person.percent is not None else str(person.share)


def money(cents: int) -> str:
    """Yuan with two decimals."""
    return f"{cents // 100}.{cents % 100:02d}"


def _served(case: Case | None) -> Sequence[tuple[str, date | None]]:
    """Person → day of service of the decision."""
    return [(person, service.day) for person, service in case.procedure.service.items()] if case is not None else []


def _binds(entry: Difference) -> bool:
    first = entry.way[0][1] if entry.way else ""
    if first == "procedure":
        return len(entry.way) > 1 and entry.way[1][1] in SAYS
    return first in RESTS_ON
