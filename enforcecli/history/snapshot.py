"""States of a git repository as case repositories: what a commit or the index holds, judged without a
checkout, and which of its files a change concerns."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from enforcecli.desk.examine import Examined, examine_in
from enforcecli.history.objects import BLOB, FILE
from enforcecli.history.record import FOLDER as SEALS
from enforcecli.history.refused import USAGE, refused
from enforcecli.history.repository import Repository
from enforcecli.history.states import fetching
from enforcecli.model.problem import problem
from enforcecli.reading.files import Blob, Files, OnDisk, Recorded, shown_at
from enforcecli.reading.library import FOLDER
from enforcecli.reading.places import ENDINGS, NOT_CASES
from enforcecli.reading.rulebook import MAIN
from enforcecli.reading.workspace import (
    APPRAISALS,
    CASES,
    OFFICE_FILE,
    POWERS_FILE,
    ROSTER_FILE,
    YEAR,
    Workspace,
    is_root,
    root_of,
)
from enforcecli.text.source import Source
from enforcecli.text.write import folded

SETTINGS = (OFFICE_FILE, ROSTER_FILE, POWERS_FILE)
"""What cases are judged by, beside the books."""


class Snapshot:
    """All files of one state of a git repository. `blobs`: path → entry; a directory that holds
    enforce.yaml or roster.yaml is a case repository of its own. `top`: where the paths begin on disk;
    `files`: the files of the case repository at a path."""

    def __init__(self, top: Path, blobs: Mapping[str, Blob], files: Callable[[Snapshot, str], Files]) -> None:
        self.top = top
        self.blobs = blobs
        self.roots = _roots(blobs)
        self._files = files
        self._at: dict[str, Workspace] = {}

    @staticmethod
    def of_commit(repository: Repository, commit: str) -> Snapshot:
        entries = repository.ls_tree(commit)
        return _recorded(repository, {path: Blob(entry.mode, entry.oid) for path, entry in entries.items()})

    @staticmethod
    def empty(repository: Repository) -> Snapshot:
        """What there is before the first commit."""
        return _recorded(repository, {})

    @staticmethod
    def staged(repository: Repository) -> Snapshot:
        """What the next commit would hold."""
        repository.index_file = _own_index(repository)
        return _recorded(repository, {e.path: Blob(e.mode, e.oid) for e in repository.ls_files_stage()})

    @staticmethod
    def on_disk(repository: Repository, near: Path) -> Snapshot:
        """What lies in the working directory, of the files that are judged or that others are judged by: in
        the case repositories that git knows and in the one `near` lies in. Read and hashed here: git would run
        the filters of the repository."""
        top = _top(repository)
        roots = {root for root in _roots(entry.path for entry in repository.ls_files_stage()) if is_root(top / root)}
        here = place_of(repository, root_of(near))
        blobs: dict[str, Blob] = {}
        for root in sorted(roots | ({here} if here is not None else set())):
            files = OnDisk(top / root)
            for inside in _on_disk(top / root):
                source = files.read(inside)
                oid = repository.name_of(BLOB, source.data) if isinstance(source, Source) else ""
                blobs[f"{root}/{inside}" if root else inside] = Blob(FILE, oid)
        return Snapshot(top, blobs, lambda snapshot, root: OnDisk(snapshot.top / root))

    def root_of(self, path: str) -> str:
        """The case repository a file belongs to: the nearest above it, else the top."""
        return max((root for root in self.roots if not root or path.startswith(f"{root}/")), key=len, default="")

    def workspace(self, root: str) -> Workspace:
        """The case repository at a path, read from this state."""
        if root not in self._at:
            self._at[root] = Workspace.of(self._files(self, root))
        return self._at[root]

    def differing(self, other: Snapshot) -> list[str]:
        """The paths that stand otherwise in the other state, or in one of the two only, of the files that are
        judged or that others are judged by."""
        paths = (path for path in {**self.blobs, **other.blobs}
                 if _id(self.blobs.get(path)) != _id(other.blobs.get(path)))
        return [path for path in paths if kind_of(self.inside(path)) is not None]

    def inside(self, path: str) -> str:
        """A path as its case repository names it."""
        return path[len(self.root_of(path)):].lstrip("/")


def _recorded(repository: Repository, blobs: Mapping[str, Blob]) -> Snapshot:
    fetch = fetching(repository)

    def files(snapshot: Snapshot, root: str) -> Files:
        start = f"{root}/" if root else ""
        below = {path[len(start):]: blob for path, blob in snapshot.blobs.items() if path.startswith(start)}
        return Recorded(snapshot.top / root, below, fetch)

    return Snapshot(_top(repository), blobs, files)


def place_of(repository: Repository, path: Path) -> str | None:
    """A path as git names it: '' for the top; None where it lies elsewhere. A directory may be reached through
    links, a link in the place of a file is itself."""
    real = path.resolve() if path.is_dir() else path.parent.resolve() / path.name
    top = _top(repository)
    return real.relative_to(top).as_posix() if real != top and real.is_relative_to(top) else "" if real == top else None


def _top(repository: Repository) -> Path:
    """Where the files stand, or would stand, on disk."""
    return repository.top or repository.git_dir


def _roots(paths: Iterable[str]) -> tuple[str, ...]:
    """The case repositories among the paths; '' is the top."""
    split = (path.rpartition("/") for path in paths)
    return tuple(sorted({folder for folder, _slash, name in split if name in (OFFICE_FILE, ROSTER_FILE)}))


def _id(blob: Blob | None) -> str | None:
    return blob.id if blob is not None else None


def offices_below(repository: Repository, root: Path) -> tuple[str, ...]:
    """The case repositories git knows below a directory that is none itself; () where it is one, or holds cases or
    seals of its own."""
    if repository.top is not None and is_root(root):
        return ()
    head = repository.head()
    paths = [entry.path for entry in repository.ls_files_stage()] if repository.top is not None \
        else list(repository.ls_tree(head)) if head is not None else []
    start = f"{place}/" if (place := place_of(repository, root)) else ""
    inside = [path[len(start):] for path in paths if path.startswith(start)]
    if any(path.startswith((f"{CASES}/", f"{SEALS}/")) or path in (OFFICE_FILE, ROSTER_FILE) for path in inside):
        return ()
    found = _roots(inside)
    return tuple(one for one in found if not any(one.startswith(f"{other}/") for other in found))


def _own_index(repository: Repository) -> Path | None:
    """The index that git hands to a hook: for `git commit -a` and `git commit FILE` it makes one of its own.
    One that lies elsewhere is nobody's business."""
    named = os.environ.get("GIT_INDEX_FILE")
    if not named:
        return None
    path = Path(os.path.realpath(named))
    return path if path.is_relative_to(repository.git_dir) or path.is_relative_to(repository.common_dir) else None


@lru_cache(100_000)
def same_number(path: str) -> str:
    """What two files (or numbers) of one case share: on some systems they would be one file."""
    return folded(number_of(path))


def number_of(path: str) -> str:
    """The number a case has by its file's name; a number is itself."""
    name = path.rpartition("/")[2]
    ending = next((ending for ending in ENDINGS if name.lower().endswith(ending)), "")
    return name[:len(name) - len(ending)]


class Target(Struct, frozen=True):
    """A file to examine: the case repository it belongs to, and its path there."""

    root: str
    inside: str

    @property
    def path(self) -> str:
        return f"{self.root}/{self.inside}" if self.root else self.inside


class Choice(Struct, frozen=True):
    """What to examine. `brought`: files that changed and brought every case they judge along."""

    targets: tuple[Target, ...]
    brought: tuple[str, ...] = ()


def kind_of(inside: str) -> str | None:
    """settings, book, year or case, by the path within a case repository; None for what is not judged."""
    parts = inside.split("/")
    if inside in SETTINGS:
        return "settings"
    if parts[0] == FOLDER and len(parts) > 2:
        return "book"
    if not inside.lower().endswith(ENDINGS) or any(part.startswith(".") for part in parts):
        return None
    if parts[0] in (YEAR, APPRAISALS) and len(parts) == 2:
        return "year"
    return "case" if parts[0] == CASES and not NOT_CASES.intersection(parts[:-1]) else None


def touched(snapshot: Snapshot, changes: Iterable[str], below: Sequence[str] = ()) -> Choice:
    """What changed among the files that are judged, and every case judged by settings or books that changed.
    `below`: paths to keep to, all without."""
    wanted: dict[Target, None] = {}
    brought: list[str] = []
    for path in sorted(set(changes)):
        root, inside = snapshot.root_of(path), snapshot.inside(path)
        kind = kind_of(inside)
        if kind is None or not _within(path, below):
            continue
        if kind in ("settings", "book"):
            brought.append(path)
            wanted.update(dict.fromkeys(t for t in cases(snapshot) if t.root == root))
        target = Target(root, _main(inside) if kind == "book" else inside)
        if target.path in snapshot.blobs:
            wanted[target] = None
    return Choice(tuple(sorted(wanted, key=lambda t: t.path)), tuple(brought))


def named(snapshot: Snapshot, paths: Sequence[str]) -> Choice:
    """The files of the state at and below these paths; one named and absent is examined all the same, and
    told to be missing."""
    wanted: dict[Target, None] = {}
    for path in paths:
        if path in snapshot.blobs or not any(_within(known, [path]) for known in snapshot.blobs):
            root, inside = snapshot.root_of(path), snapshot.inside(path)
            wanted[Target(root, _main(inside) if kind_of(inside) == "book" else inside)] = None
            continue
        for target in judged(snapshot):
            if _within(target.path, [path]):
                wanted[target] = None
    return Choice(tuple(sorted(wanted, key=lambda t: t.path)))


def judged(snapshot: Snapshot) -> Iterator[Target]:
    """Every file of the state that `validate` judges, a book by its main file."""
    for path in snapshot.blobs:
        root, inside = snapshot.root_of(path), snapshot.inside(path)
        kind = kind_of(inside)
        if kind is not None and (kind != "book" or inside == _main(inside)):
            yield Target(root, inside)


def cases(snapshot: Snapshot) -> Iterator[Target]:
    return (target for target in judged(snapshot) if kind_of(target.inside) == "case")


def _main(inside: str) -> str:
    """A file of a book means the book."""
    return f"{FOLDER}/{inside.split('/')[1]}/{MAIN}"


def _within(path: str, below: Sequence[str]) -> bool:
    return not below or any(not start or path == start or path.startswith(f"{start}/") for start in below)


def examine(snapshot: Snapshot, targets: Sequence[Target]) -> Iterator[Examined]:
    """Each file as the state holds it; a case number used twice anywhere in the state is told."""
    numbers: dict[str, list[str]] = {}
    for target in cases(snapshot):
        numbers.setdefault(same_number(target.path), []).append(target.path)
    for target in targets:
        examined = examine_in(snapshot.workspace(target.root), target.inside, traced=False)
        twins = [path for path in numbers.get(same_number(target.path), ()) if path != target.path]
        if twins and kind_of(target.inside) == "case":
            twin = problem("C901", ("number",), number=Path(target.path).stem, other=shown_at(snapshot.top, twins[0]))
            examined = replace(examined, problems=(*examined.problems, twin.at(examined.file, None)))
        yield examined


# what changed

def commit_of(repository: Repository, word: str) -> str:
    """The commit a word means. V-REV if it means none."""
    found = repository.resolve(word)
    if found is None:
        raise refused("V-REV", USAGE, rev=word)
    return found


def base_of(repository: Repository, word: str) -> str:
    """The commit from which HEAD and the one named went apart; the one named where they share none."""
    commit, head = commit_of(repository, word), repository.head()
    return (repository.merge_base(commit, head) if head is not None else None) or commit


def _on_disk(root: Path) -> Iterator[str]:
    """The files of a case repository on disk that are judged, or that others are judged by."""
    for directory, folders, names in os.walk(root):
        above = Path(directory).relative_to(root).as_posix()
        folders[:] = sorted(f for f in folders if not f.startswith(".")
                            and (above != "." or f in (CASES, YEAR, APPRAISALS, FOLDER)))
        for name in sorted(names):
            inside = name if above == "." else f"{above}/{name}"
            if kind_of(inside) is not None:
                yield inside
