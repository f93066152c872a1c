"""A case repository: where it begins, its office, roster and rulebooks.

Nothing in a case repository is executed; what is read stays inside it.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from msgspec import Struct

from enforcecli.model.powers import Powers
from enforcecli.model.problem import Level, Problem
from enforcecli.model.roster import Office, Roster
from enforcecli.model.rulebook import Rulebook
from enforcecli.problems import level
from enforcecli.reading.files import Files, OnDisk, below, shown_at
from enforcecli.reading.library import Library
from enforcecli.reading.office import read_office
from enforcecli.reading.places import APPRAISALS as APPRAISALS
from enforcecli.reading.places import CASES as CASES
from enforcecli.reading.places import OFFICE_FILE as OFFICE_FILE
from enforcecli.reading.places import POWERS_FILE as POWERS_FILE
from enforcecli.reading.places import ROSTER_FILE as ROSTER_FILE
from enforcecli.reading.places import YEAR as YEAR
from enforcecli.reading.places import _root_above as _root_above
from enforcecli.reading.places import is_root as is_root
from enforcecli.reading.places import root_of as root_of
from enforcecli.reading.roster import read_roster
from enforcecli.text.document import Document, parse
from enforcecli.text.source import Source


def shown(path: Path) -> str:
    """A path as the reader can open it: relative to the working directory where it lies below it,
    with forward slashes on every system."""
    return below(Path.cwd(), path)


class SettingsFile(Struct, frozen=True):
    """A file that is no case (enforce.yaml, roster.yaml …) as read: its document (None if it could not
    be opened), problems."""

    path: Path
    document: Document | None
    problems: tuple[Problem, ...]

    @property
    def readable(self) -> bool:
        """Whether there is anything to go by; a file that is not YAML says nothing about anybody."""
        return self.document is not None and self.document.root is not None

    @property
    def sound(self) -> bool:
        """Readable and without errors."""
        return self.readable and all(level(p) is not Level.ERROR for p in self.problems)


class Workspace(Struct, frozen=True):
    """What every case of a repository is judged with."""

    files: Files
    office: Office | None
    roster: Roster | None
    library: Library
    office_file: SettingsFile | None
    roster_file: SettingsFile | None
    powers: Powers | None = None
    powers_file: SettingsFile | None = None

    @property
    def root(self) -> Path:
        return self.files.root

    @staticmethod
    def open(start: Path) -> Workspace:
        """The repository on disk a path lies in; read once per process."""
        return _open(root_of(start.absolute()))

    @staticmethod
    def of(files: Files, *, shipped: bool = True) -> Workspace:
        """The repository made of these files, wherever they are kept. `shipped` False: without the
        books that come with the program."""
        office_file, office = _settings(files, OFFICE_FILE), None
        if office_file is not None and office_file.readable and office_file.document is not None:
            office, found = read_office(office_file.document)
            office_file = _with(office_file, found)
        roster, roster_file = _roster(files)
        powers, powers_file = _powers(files, roster)
        return Workspace(files, office, roster, Library(files, shipped=shipped), office_file, roster_file, powers, powers_file)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """The problems of office and roster themselves."""
        files: Iterable[SettingsFile | None] = (self.office_file, self.roster_file)
        return tuple(p for file in files if file is not None for p in file.problems)

    def inside(self, path: Path) -> str:
        """A path as the repository names it."""
        return below(self.root, path)

    def book(self) -> Rulebook | None:
        """The book that enforce.yaml names, for what needs no case: its newest version, where it names
        a measure."""
        name = self.office.measure if self.office is not None else None
        if name is None:
            return None
        named = self.library.book(name)
        if named is not None:
            return named
        books = self.library.of_measure(name)
        return max(books, key=lambda book: book.effective.start, default=None)


@lru_cache(maxsize=64)
def _open(root: Path) -> Workspace:
    return Workspace.of(OnDisk(root))


def _powers(files: Files, roster: Roster | None) -> tuple[Powers | None, SettingsFile | None]:
    file = _settings(files, POWERS_FILE)
    if file is None or not file.readable or file.document is None:
        return None, file
    from enforcecli.reading.powers import read_powers

    powers, found = read_powers(file.document, roster)
    return powers, _with(file, found)


def _roster(files: Files) -> tuple[Roster | None, SettingsFile | None]:
    source = files.read(ROSTER_FILE) if files.exists(ROSTER_FILE) else None
    if not isinstance(source, Source):
        return None, SettingsFile(files.root / ROSTER_FILE, None, (source,)) if source is not None else None
    return _roster_in(files.root / ROSTER_FILE, source.data, shown_at(files.root, ROSTER_FILE))


@lru_cache(maxsize=8)
def _roster_in(path: Path, data: bytes, place: str) -> tuple[Roster | None, SettingsFile]:
    """Kept, for one roster stands through many states of a history, and is long."""
    document = parse(data, place)
    if document.root is None:
        return None, SettingsFile(path, document, document.problems)
    roster, found = read_roster(document)
    return roster, SettingsFile(path, document, (*document.problems, *found))


def _settings(files: Files, name: str) -> SettingsFile | None:
    if not files.exists(name):
        return None
    path, source = files.root / name, files.read(name)
    if isinstance(source, Problem):
        return SettingsFile(path, None, (source,))
    document = parse(source.data, shown_at(files.root, name))
    return SettingsFile(path, document, document.problems)


def _with(file: SettingsFile, found: tuple[Problem, ...]) -> SettingsFile:
    return SettingsFile(file.path, file.document, (*file.problems, *found))
