"""The rulebooks at hand: those shipped with the program and those of one case repository.

The day of the act picks the version of a measure. A day that no version covers is an answer
(`NoVersion`), never a reason to take the nearest one.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from itertools import combinations
from pathlib import Path

from msgspec import Struct

from enforcecli.model.problem import Problem, problem
from enforcecli.model.rulebook import Rulebook
from enforcecli.reading.files import Files, OnDisk, shown_at
from enforcecli.reading.places import RULEBOOKS
from enforcecli.reading.rulebook import MAIN, read_checked, read_rulebook
from enforcecli.text.source import Source

FOLDER = RULEBOOKS
BUILT_IN = Path(__file__).resolve().parent.parent / FOLDER
CHECKED = BUILT_IN / "checked.txt"
"""“id digest” per line: the built-in books as the tests found them without a problem. A book edited
since has another digest and is read with every check."""
MOST_BOOKS = 500
"""Directories looked into: a repository nobody vouches for cannot keep the program busy."""


class NoVersion(Struct, frozen=True):
    """No version of the measure is recorded for that day; `question` says what to settle."""

    name: str
    day: date
    question: str


class Loaded(Struct, frozen=True):
    """A book as read: None with its problems when it has errors."""

    book: Rulebook | None
    problems: tuple[Problem, ...] = ()


class Library:
    """The books a case of the repository may name, given as its files or where it lies on disk; None:
    only the built-in ones. `shipped` False: only those of the repository, under any name.

    Built-in books are read once per process, those of the repository once per Library.
    """

    def __init__(self, files: Files | Path | None = None, *, shipped: bool = True) -> None:
        self._shipped = built_in_ids() if shipped else ()
        self._files = OnDisk(files) if isinstance(files, Path) else files
        self._own: dict[str, Loaded] = {}
        self._refused: list[Problem] = []
        self._own_ids = self._find()

    def ids(self) -> tuple[str, ...]:
        """Every book, readable or not, by id."""
        return tuple(sorted({*self._shipped, *self._own_ids}))

    def names(self) -> tuple[str, ...]:
        """What 适用办法 may say: ids of books and names of measures."""
        measures = {book.measure for book in self.books()}
        return tuple(sorted({*self.ids(), *measures}))

    def book(self, book_id: str) -> Rulebook | None:
        """The book of this id; None if there is none or it has errors."""
        return self._load(book_id).book

    def books(self) -> tuple[Rulebook, ...]:
        """All books without errors, by id."""
        return tuple(book for book_id in self.ids() if (book := self.book(book_id)) is not None)

    def of_measure(self, name: str) -> tuple[Rulebook, ...]:
        """The versions of one measure, earliest first."""
        books = (self.book(book_id) for book_id in self.ids() if self._may_be(book_id, name))
        return tuple(sorted((b for b in books if b is not None and b.measure == name),
                            key=lambda b: (b.effective.start, b.id)))

    def _may_be(self, book_id: str, measure: str) -> bool:
        """Whether the book could be a version of the measure, by a look at its bytes: a case must not wait
        for books of other measures to be read."""
        if book_id == measure or book_id in self._own or book_id in self._shipped or self._files is None:
            return True
        data = Folder(self._files, f"{FOLDER}/{book_id}").get(MAIN, b"")
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError:  # another encoding: it has to be read
            return True
        return measure in text or "\\" in text

    def problems(self) -> tuple[Problem, ...]:
        """The problems of the repository's books, of each and between versions of one measure."""
        each = [p for book_id in self._own_ids for p in self._load(book_id).problems]
        return (*self._refused, *each, *self._overlaps())

    def problems_of(self, book_id: str) -> tuple[Problem, ...]:
        return self._load(book_id).problems

    def folder(self, book_id: str) -> Folder | None:
        """The book's files, name → bytes, each read when asked for; None where there is no such book."""
        if book_id in self._shipped:
            return Folder(OnDisk(BUILT_IN), book_id)
        if self._files is None or book_id not in self._own_ids:
            return None
        return Folder(self._files, f"{FOLDER}/{book_id}")

    def choose(self, name: str, day: date) -> Rulebook | NoVersion:
        """The version in force on the day, of the measure `name` or of the measure of the book
        `name`. A book named and in force is taken as it is."""
        named = self.book(name)
        if named is not None and named.effective.covers(day):
            return named
        versions = self.of_measure(named.measure if named is not None else name)
        covering = [book for book in versions if book.effective.covers(day)]
        if len(covering) == 1:
            return covering[0]
        return NoVersion(name, day, _question(name, day, versions, covering))

    def _load(self, book_id: str) -> Loaded:
        if book_id in self._shipped:
            return _built_in(book_id)
        if self._files is None or book_id not in self._own_ids:
            return Loaded(None)
        if book_id not in self._own:
            self._own[book_id] = _read(Folder(self._files, f"{FOLDER}/{book_id}"))
        return self._own[book_id]

    def _find(self) -> tuple[str, ...]:
        """The repository's own book directories; one that shadows a built-in book is refused."""
        taken, own = {_same(book_id) for book_id in self._shipped}, []
        for name in _folders_in(self._files, FOLDER) if self._files is not None else ():
            if _same(name) in taken:
                self._refused.append(problem("B137", written=name).at(self._main(name), None))
            else:
                own.append(name)
        return tuple(own)

    def _main(self, book_id: str) -> str:
        """The main file of one of the repository's books, as shown."""
        root = self._files.root if self._files is not None else Path()
        return shown_at(root, f"{FOLDER}/{book_id}/{MAIN}")

    def overlapping(self) -> Iterator[tuple[str, str]]:
        """Versions of one measure in force on the same day, the earlier first, by id."""
        for first, second in combinations(sorted(self.books(), key=lambda b: (b.effective.start, b.id)), 2):
            ends = first.effective.end
            if first.measure == second.measure and (ends is None or second.effective.start < ends):
                yield first.id, second.id

    def _overlaps(self) -> Iterator[Problem]:
        """A problem of the repository's books."""
        for first, second in self.overlapping():
            own = second if second in self._own_ids else first
            if own in self._own_ids:
                yield problem("B136", first=first, second=second).at(self._main(own), None)


def is_vague(book: Rulebook, day: date) -> bool:
    """Whether the day lies in the year a book is in force “since” without a day being known."""
    until = book.effective.vague_until
    return until is not None and book.effective.start <= day < until


@cache
def built_in_ids() -> tuple[str, ...]:
    files = OnDisk(BUILT_IN)
    return tuple(name for name in _folders_in(files, "") if files.exists(f"{name}/{MAIN}"))


@cache
def checked_digests() -> dict[str, str]:
    try:
        lines = CHECKED.read_text(encoding="utf-8").splitlines()
    except OSError:
        return {}
    return dict(line.split(" ", 1) for line in lines if " " in line)


@cache
def _built_in(book_id: str) -> Loaded:
    folder, known = Folder(OnDisk(BUILT_IN), book_id), checked_digests().get(book_id)
    if known is not None:
        book = read_checked(folder, folder.shown, known)
        if book is not None:
            return Loaded(book)
    return _read(Folder(OnDisk(BUILT_IN), book_id))


def _read(folder: Folder) -> Loaded:
    book, problems = read_rulebook(folder, folder.shown)
    return Loaded(book, (*folder.problems, *problems))


class Folder(Mapping[str, bytes]):
    """The files of one directory, read when asked for, without leaving the repository. `shown`: the
    directory as the reader can open it."""

    def __init__(self, files: Files, folder: str) -> None:
        self._files, self._folder = files, folder
        self.shown = shown_at(files.root, folder)
        self._known: dict[str, bytes | None] = {}
        self.problems: list[Problem] = []

    def __getitem__(self, name: str) -> bytes:
        if name not in self._known:
            self._known[name] = self._read(name)
        data = self._known[name]
        if data is None:
            raise KeyError(name)
        return data

    def _read(self, name: str) -> bytes | None:
        path = f"{self._folder}/{name}"
        if not self._files.exists(path):  # a missing file is told by who asked for it
            return None
        found = self._files.read(path, f"{self.shown}/{name}")
        if isinstance(found, Source):
            return found.data
        self.problems.append(found)
        return None

    def __iter__(self) -> Iterator[str]:
        return iter(self._files.names(self._folder))

    def __len__(self) -> int:
        return sum(1 for _ in self)


def _folders_in(files: Files, folder: str) -> list[str]:
    return [name for name in files.folders(folder) if not name.startswith((".", "_"))][:MOST_BOOKS]


def _same(name: str) -> str:
    """Names a file system may take for one."""
    return unicodedata.normalize("NFC", name).casefold()


def _question(name: str, day: date, versions: tuple[Rulebook, ...], covering: list[Rulebook]) -> str:
    """Results speak the rulebook's language: these sentences are not translated."""
    written = f"{day.year}年{day.month}月{day.day}日"
    if covering:
        return f"{written}有{len(covering)}个版本同时适用（{'、'.join(b.id for b in covering)}），请先改正各版本的施行期间"
    notes = [b.effective.note for b in versions if b.effective.note and day < b.effective.start]
    known = "、".join(f"{b.id}（{_span(b)}）" for b in versions)
    if not known:
        return f"办法“{name}”没有可以使用的版本，请先改正该册办法中的错误"
    told = f"。{notes[0]}" if notes else ""
    return f"{written}适用的文本未收录（已收录：{known}），请录入当时有效的文本，不得套用相近版本{told}"


def _span(book: Rulebook) -> str:
    start, end = book.effective.start, book.effective.end
    begins = f"{start.year}年" if book.effective.vague_until else start.isoformat()
    return f"{begins}起" if end is None else f"{begins}起，{end.isoformat()}前"
