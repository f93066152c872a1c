"""The history of cases in legal terms: one pass of git over all commits, then both states of each commit
that matters to a case, examined and compared.

A case is followed by its number, wherever its file stands. What it is judged by belongs to its history too:
a share may change because of the roster, the settings or a book.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta, timezone
from functools import cached_property
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from enforcecli.history.compare import Side, compared, side_of
from enforcecli.history.objects import Change, Commit, Signature
from enforcecli.history.record import read_record
from enforcecli.history.repository import Repository
from enforcecli.history.snapshot import SETTINGS, number_of, place_of, same_number
from enforcecli.history.states import fetching, state_of
from enforcecli.model.history import Anomaly, Comparison, Deed, Fate, Hand, Story
from enforcecli.model.problem import Problem
from enforcecli.reading.files import Blob, Recorded
from enforcecli.reading.library import FOLDER as BOOKS
from enforcecli.reading.library import Library
from enforcecli.reading.places import ENDINGS
from enforcecli.reading.workspace import CASES, Workspace
from enforcecli.rules.counts import counted_facts
from enforcecli.text.source import Source

Blobs = Mapping[str, Blob]
"""Name within the case repository → file."""
_ZONE = re.compile(r"([+-])([0-9]{2})([0-9]{2})")
_SEAL = re.compile(r"seals/[0-9]{6}\.json")
_NOTHING: Blobs = {}
_Near = tuple[tuple[str, str], ...]
"""The files that bear on a case, each with its id."""
_Known = tuple[_Near, str]
"""The same, and for a book that counts over the cases the state of all of them."""


class _Point(Struct, frozen=True):
    """One commit as it bears on the cases: `parents`, and what it changed against the first of them."""

    oid: str
    parents: tuple[str, ...]
    judging: tuple[Change, ...]
    cases: Mapping[str, tuple[Change, ...]]
    seals: tuple[Change, ...]


class Past:
    """The history of one case repository. `root`: where it stands on disk."""

    def __init__(self, repository: Repository, root: Path, tip: str | None = None) -> None:
        self.repository = repository
        self.root = root
        self._start = f"{below}/" if (below := place_of(repository, root)) else ""
        self._fetch = fetching(repository)
        self._tips = [tip] if tip is not None else []
        self._settings: dict[_Near, Workspace] = {}
        self._sides: dict[_Known, Side] = {}
        self._counting: set[_Near] = set()
        self._known: dict[tuple[int, int], tuple[_State, bool]] = {}  # the state is kept, so that its ids stay its own

    @cached_property
    def _points(self) -> list[_Point]:
        """Every commit, oldest first. Git is asked for all that changed in the case repository: to hold each entry of
        each tree against half a dozen paths takes it longer than to name what is not wanted."""
        line = self.repository.line(self._tips, [self._start.rstrip("/")] if self._start else [])
        return [self._point(oid, parents, changes) for oid, parents, changes in reversed(line)]

    def _point(self, oid: str, parents: tuple[str, ...], changes: Sequence[Change]) -> _Point:
        judging, seals = [], []
        cases: dict[str, tuple[Change, ...]] = {}
        for change in changes:
            name = change.path[len(self._start):]
            if name.startswith(f"{CASES}/"):
                if name.lower().endswith(ENDINGS):
                    cases[same_number(name)] = (*cases.get(same_number(name), ()), change)
            elif _SEAL.fullmatch(name):
                seals.append(change)
            elif name in SETTINGS or name.startswith(f"{BOOKS}/"):
                judging.append(change)
        return _Point(oid, parents, tuple(judging), cases, tuple(seals))

    @cached_property
    def _judged_by(self) -> Mapping[str, Blobs]:
        """Commit → what cases are judged by there."""
        return self._kept({point.oid: point.judging for point in self._points})

    @cached_property
    def _registers(self) -> Mapping[str, str]:
        """Commit → the last one that changed any case: where it is the same, counting gives the same."""
        found: dict[str, str] = {}
        for point in self._points:
            before = found.get(point.parents[0], "") if point.parents else ""
            found[point.oid] = point.oid if point.cases else before
        return found

    def _kept(self, changed: Mapping[str, Sequence[Change]]) -> dict[str, Blobs]:
        """Commit → the files these changes leave there."""
        found: dict[str, Blobs] = {}
        for point in self._points:
            before = found.get(point.parents[0], _NOTHING) if point.parents else _NOTHING
            changes = changed.get(point.oid, ())
            found[point.oid] = self._after(before, changes) if changes else before
        return found

    def _after(self, before: Blobs, changes: Sequence[Change]) -> Blobs:
        after = dict(before)
        for change in changes:
            name = change.path[len(self._start):]
            if change.status == "D":
                after.pop(name, None)
            else:
                after[name] = Blob(change.mode, change.oid)
        return after

    def numbers(self) -> list[str]:
        """The number of every case there ever was, in order."""
        found = {number_of(change.path) for point in self._points for each in point.cases.values() for change in each}
        return sorted(found)

    def story(self, number: str) -> Story:
        """The history of the case with this number; without steps if there never was one."""
        key = same_number(number)
        cases = self._kept({point.oid: point.cases.get(key, ()) for point in self._points})
        steps = [step for point in self._points if (step := self._step(point, cases, key)) is not None]
        return Story(number, tuple(steps), not self.repository.shallow)

    def _step(self, point: _Point, cases: Mapping[str, Blobs], key: str) -> Deed | None:
        """What the commit did to the case; None where it does not concern it."""
        states = [self._at(oid, cases) for oid in point.parents] or [_State(None, _NOTHING, _NOTHING)]
        before, after = states[0], self._at(point.oid, cases)
        seals = tuple(self._seals(point, key))
        if not seals and (not (before.case or after.case) or any(self._joins(state, after) for state in states)):
            return None
        told = compared(self._side(before), self._side(after)) if self._differ(before, after) else Comparison()
        fate = _fate(before.case, after.case, told)
        causes = _causes(before, after)
        if fate is Fate.UNTOUCHED and not causes and not told.empty:  # counted otherwise, because of other cases
            causes = tuple(sorted(change.path[len(self._start):] for each in point.cases.values() for change in each))
        return self._told(point, after, told, fate, causes, seals)

    def _at(self, oid: str, cases: Mapping[str, Blobs]) -> _State:
        """The case at a commit; nothing at one that a shallow clone lacks."""
        return _State(oid, cases.get(oid, _NOTHING), self._judged_by.get(oid, _NOTHING), self._registers.get(oid, ""))

    def _joins(self, parent: _State, after: _State) -> bool:
        """Whether the commit left everything as it was in this parent: a merge that takes over one side, or
        joins what does not touch the case, is nobody's change."""
        if not self._differ(parent, after):
            return True
        return parent.case == after.case and compared(self._side(parent), self._side(after)).empty

    def _differ(self, before: _State, after: _State) -> bool:
        """Whether the case can be another one: its file, what it is judged by, or what is counted."""
        if (before.case, before.judged_by) != (after.case, after.judged_by):
            return True
        return before.register != after.register and self._counts(after)

    def _counts(self, state: _State) -> bool:
        """Whether the case is judged by a book that counts over the cases. Asked at every commit: the states between
        two changes share what they hold, and are known by it."""
        shared = id(state.case), id(state.judged_by)
        if shared not in self._known:
            self._known[shared] = state, self._side(state) is not None and state.near in self._counting
        return self._known[shared][1]

    def _told(self, point: _Point, after: _State, told: Comparison, fate: Fate, causes: tuple[str, ...],
              seals: tuple[int, ...]) -> Deed:
        commit, *parents = self.repository.commits([point.oid, *point.parents])
        now = self._side(after)
        case = now.examined.case if now is not None else None
        file = next(iter(sorted(after.case)), "")
        return Deed(point.oid, _hand(commit.author), _hand(commit.committer), commit.subject, fate, told, file,
                    case.stage if case is not None else None, causes, tuple(_anomalies(commit, parents)), seals,
                    len(point.parents) > 1)

    def _seals(self, point: _Point, key: str) -> Iterator[int]:
        """Numbers of the seals of the case that the commit adds."""
        for change in point.seals:
            record = read_record(self.repository.blob(change.oid)) if change.status == "A" else None
            if record is not None and same_number(record.case_id) == key:
                yield record.seq

    def _side(self, state: _State) -> Side | None:
        """The case in a state, examined; None where there is no such case."""
        if not state.case:
            return None
        near = state.near
        known = near, (state.register if near in self._counting else "")
        if known not in self._sides:
            found = side_of(self._workspace(state), min(state.case))
            if found.examined.book is not None and counted_facts(found.examined.book):
                self._counting.add(near)
                known = near, state.register
            self._sides[known] = found
        return self._sides[known]

    def _workspace(self, state: _State) -> Workspace:
        """The repository at a commit. Settings and roster are read once for all commits that share them; a library
        is made for each, since what its books count depends on all cases there."""
        known = tuple(sorted((name, blob.id) for name, blob in state.judged_by.items()))
        files = _Files(Recorded(self.root, {**state.judged_by, **state.case}, self._fetch),
                       lambda: state_of(self.repository, self.root, str(state.commit)))
        if known not in self._settings:
            self._settings[known] = Workspace.of(files)
        return replace(self._settings[known], files=files, library=Library(files))


class _State(Struct, frozen=True):
    """A case at a commit (None: before the first): its file, and what it is judged by."""

    commit: str | None
    case: Blobs
    judged_by: Blobs
    register: str = ""

    @property
    def near(self) -> _Near:
        return tuple(sorted((name, blob.id) for name, blob in {**self.judged_by, **self.case}.items()))


class _Files:
    """The files that bear on one case; whoever asks for others (counted facts look into every case) is given
    the whole commit."""

    def __init__(self, near: Recorded, whole: Callable[[], Recorded]) -> None:
        self.root = near.root
        self._near = near
        self._find = whole

    @cached_property
    def _whole(self) -> Recorded:
        return self._find()

    def read(self, name: str, shown: str | None = None) -> Source | Problem:
        return self._of(name).read(name, shown)

    def exists(self, name: str) -> bool:
        return self._of(name).exists(name)

    def names(self, folder: str) -> list[str]:
        return self._of(folder).names(folder)

    def folders(self, folder: str) -> list[str]:
        return self._of(folder).folders(folder)

    def _of(self, name: str) -> Recorded:
        near = name in SETTINGS or name in self._near.blobs or name == BOOKS or name.startswith(f"{BOOKS}/")
        return self._near if near else self._whole


def _fate(before: Blobs, after: Blobs, told: Comparison) -> Fate:
    if not before:
        return Fate.CREATED
    if not after:
        return Fate.DELETED
    if before == after:
        return Fate.UNTOUCHED
    if told.empty:
        return Fate.MOVED if before.keys() != after.keys() else Fate.LAYOUT
    return Fate.CHANGED


def _causes(before: _State, after: _State) -> tuple[str, ...]:
    """The files that the case is judged by and that changed."""
    names = {**before.judged_by, **after.judged_by}
    return tuple(sorted(name for name in names if before.judged_by.get(name) != after.judged_by.get(name)))


def _hand(who: Signature) -> Hand:
    return Hand(who.name, who.email, moment(who.when, who.zone))


def moment(seconds: int, zone: str) -> str:
    """2026-05-08 09:12:33 +0800; a time no calendar has is told in seconds."""
    match = _ZONE.fullmatch(zone)
    if match is None:
        return f"@{seconds} {zone}"
    minutes = int(match[2]) * 60 + int(match[3])
    try:
        there = timezone(timedelta(minutes=-minutes if match[1] == "-" else minutes))
        return f"{datetime.fromtimestamp(seconds, there):%Y-%m-%d %H:%M:%S} {zone}"
    except (ValueError, OverflowError, OSError):
        return f"@{seconds} {zone}"


def _anomalies(commit: Commit, parents: Sequence[Commit]) -> Iterator[Anomaly]:
    author, committer = commit.author, commit.committer
    if any(committer.when < parent.committer.when for parent in parents):
        yield Anomaly.BEFORE_PARENT
    if author.when > committer.when:
        yield Anomaly.AUTHOR_LATER
    elif author.when < committer.when:
        yield Anomaly.REWORKED
    if (author.name, author.email) != (committer.name, committer.email):
        yield Anomaly.OTHER_COMMITTER
