"""Everything a verification looks at, read once: objects, index and settings of the repository.

Nothing here asks git about the working tree; the bytes on disk are read in `disk.py`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta, timezone
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import Any

from msgspec import Struct

from enforcecli.history.objects import Change, Commit, Entry, Ref, Signature, Tag
from enforcecli.history.people import wrote
from enforcecli.history.record import FOLDER, Record
from enforcecli.history.remake import Remaking
from enforcecli.history.repository import Repository
from enforcecli.history.seals import SealFile, seals_in
from enforcecli.history.states import state_of
from enforcecli.model.problem import Problem, problem
from enforcecli.model.roster import Roster
from enforcecli.model.rulebook import Rulebook
from enforcecli.reading.files import Recorded
from enforcecli.reading.roster import read_roster
from enforcecli.reading.workspace import ROSTER_FILE, Workspace
from enforcecli.text.document import parse

TAGS = "refs/tags/enforce/seal/"


class Given(Struct, frozen=True):
    """What the one who verifies brings along: lines of an anchor file, codes from papers, heads of a bundle,
    the number of the first seal to look at, the day it is, the certificate of the time stamp authority."""

    anchors: tuple[tuple[int, str], ...] = ()  # (number of the line, the line)
    anchor_file: str = ""
    codes: tuple[str, ...] = ()
    heads: tuple[str, ...] = ()
    since: int = 1
    today: str = ""
    authority: Path | None = None


class Trail:
    """One repository with commits. Paths of commits and index are git's, from the top of the work tree;
    those of records are from the root of the case repository: `git_path` leads from these to those."""

    def __init__(self, repository: Repository, root: Path, head: str, given: Given) -> None:
        self.repository, self.root, self.head, self.given = repository, root, head, given
        self.below = repository.inside(root) if repository.top is not None else ""
        self.order: Sequence[str] = repository.rev_list([head])
        self.commits: Mapping[str, Commit] = {c.oid: c for c in repository.commits(self.order)}
        self.changes: Mapping[str, list[Change]] = repository.touched(self.order)
        self.state: Recorded = state_of(repository, root, head)
        self.seals: Sequence[SealFile] = seals_in(self.state)
        self.refs: Sequence[Ref] = repository.refs()
        self.remaking = Remaking(repository, root)
        self._rosters: dict[str, Roster | None] = {}
        self.places: dict[str, bool] = {}  # directory on disk → whether no link leads elsewhere
        self.stamps: dict[int, bool] = {}  # number of a seal → whether its time stamp is valid
        self.signatures: dict[int, bool] = {}  # number of a seal → whether its signature is valid

    def git_path(self, path: str) -> str:
        return f"{self.below}/{path}" if self.below else path

    def own_path(self, git_path: str) -> str | None:
        """The path within the case repository; None for what lies beside it."""
        if not self.below:
            return git_path
        return git_path[len(self.below) + 1:] if git_path.startswith(f"{self.below}/") else None

    @cached_property
    def records(self) -> tuple[Record, ...]:
        """The seals that can be read and are to be looked at."""
        return tuple(s.record for s in self.seals if s.record is not None and s.seq >= self.given.since)

    @cached_property
    def standing(self) -> Mapping[str, Record]:
        """Case → its last seal."""
        return {s.record.case_id: s.record for s in self.seals if s.record is not None}

    @cached_property
    def touching(self) -> Mapping[str, list[tuple[Commit, list[Change]]]]:
        """Git path → the commits that touched it, newest first."""
        found: dict[str, list[tuple[Commit, list[Change]]]] = {}
        for oid in self.order:
            changes = self.changes.get(oid, [])
            for path in {change.path for change in changes}:
                found.setdefault(path, []).append((self.commits[oid], changes))
        return found

    def writers(self, path: str) -> Iterator[Commit]:
        """The commits that gave a file of the case repository its bytes, newest first."""
        whole = self.git_path(path)
        return (commit for commit, changes in self.touching.get(whole, []) if wrote(commit, changes, whole))

    def seal_commit(self, record: Record) -> Commit | None:
        """The commit that added the record: the oldest that wrote its file."""
        return next(iter(list(self.writers(record.path))[::-1]), None)

    def after(self, commit: Commit) -> set[str]:
        """The commits that are not in the history of this one."""
        return set(self.order) - self.history(commit.oid)

    def history(self, oid: str) -> frozenset[str]:
        """The commit and all before it, as far as they are known."""
        if oid not in self._histories:
            seen: set[str] = set()
            waiting = [oid]
            while waiting:
                one = waiting.pop()
                if one in self._histories:  # of two seals, the later one's begins with the earlier one's
                    seen |= self._histories[one]
                elif one not in seen and one in self.commits:
                    seen.add(one)
                    waiting.extend(self.commits[one].parents)
            self._histories[oid] = frozenset(seen)
        return self._histories[oid]

    @cached_property
    def _histories(self) -> dict[str, frozenset[str]]:
        return {}

    def roster_of(self, blob: str) -> Roster | None:
        """The roster in a blob, read once."""
        if blob not in self._rosters:
            document = parse(self.repository.blob(blob), ROSTER_FILE)
            self._rosters[blob] = read_roster(document)[0] if document.root is not None else None
        return self._rosters[blob]

    @cached_property
    def digests(self) -> Mapping[str, tuple[str, int]]:
        """Blob → sha256 and size, of what the records name and the repository has."""
        named = {one.blob for record in self.records for one in record.inputs}
        named |= {blob.id for record in self.records for one in record.outputs if (blob := self.state.blobs.get(one.path))}
        there = self.repository.there(sorted(named))
        return {oid: (sha256(data).hexdigest(), len(data)) for oid, _kind, data in self.repository.objects(there)}

    @cached_property
    def tags(self) -> Mapping[str, tuple[Ref, Tag | None]]:
        """Ref → the seal's tag; None for one that is not annotated."""
        return {ref.name: (ref, self.repository.tag(ref.oid) if ref.kind == "tag" else None)
                for ref in self.refs if ref.name.startswith(TAGS)}

    @cached_property
    def index(self) -> Mapping[str, Entry]:
        return {entry.path: entry for entry in self.repository.ls_files_stage()}

    def book_of(self, record: Record) -> Rulebook | None:
        """The measure a decision was made by."""
        return next(iter(self.remaking.workspace(record).library.books()), None)

    @cached_property
    def book(self) -> Rulebook | None:
        """The measure of the last decision that was sealed, else the one the office names now."""
        record = next((seal.record for seal in reversed(self.seals) if seal.record is not None), None)
        return self.book_of(record) if record is not None else Workspace.of(self.state).book()

    def roster_before(self, record: Record) -> Roster | None:
        """The roster the record names: `chain` holds it against the state before the seal."""
        return self.remaking.workspace(record).roster


def told(code: str, file: str, commit: Commit | None = None, **args: Any) -> Problem:
    """A problem at a file of the case repository; with a commit also who did it and when."""
    more = {"commit": "-", "who": "-", "when": "-"} if commit is None else \
        {"commit": commit.oid[:12], "who": _who(commit), "when": moment(commit.committer)}
    words: dict[str, Any] = {**more, **args}
    return problem(code, **words).at(file, None)


def _who(commit: Commit) -> str:
    """Raw names, as the commit says them; the committer too where it is somebody else."""
    author = f"{commit.author.name} <{commit.author.email}>"
    other = f"{commit.committer.name} <{commit.committer.email}>"
    return author if author == other else f"{author} / {other}"


def moment(signature: Signature) -> str:
    """Day and minute where the one who wrote it was."""
    zone = signature.zone
    offset = timedelta(hours=int(zone[1:3]), minutes=int(zone[3:5])) * (-1 if zone[0] == "-" else 1)
    try:
        at = datetime.fromtimestamp(signature.when, UTC).astimezone(timezone(offset))
    except (ValueError, OverflowError, OSError):
        return str(signature.when)
    return f"{at:%Y-%m-%d %H:%M} {zone}"


def is_seal_path(path: str) -> bool:
    return path.startswith(f"{FOLDER}/")
