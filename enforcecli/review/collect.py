"""A repository → its years: whole from the cache where nothing has changed, else counted anew.

What reads cases is imported only when a case has to be read.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from functools import cached_property
from hashlib import blake2b
from pathlib import Path

import msgspec
from msgspec import Struct, msgpack

from enforcecli import __version__
from enforcecli.reading.files import OnDisk
from enforcecli.reading.places import (
    APPRAISALS,
    CASES,
    OFFICE_FILE,
    POWERS_FILE,
    ROSTER_FILE,
    RULEBOOKS,
    is_root,
)
from enforcecli.reading.places import YEAR as FIGURES
from enforcecli.review.cache import ANSWERS, YEARS, Cache
from enforcecli.review.scan import fingerprint, scan
from enforcecli.review.wanted import Progress, Wanted, name_of
from enforcecli.review.year import Place, Year
from enforcecli.text.source import Source

PROGRAM = Path(__file__).resolve().parent.parent
LIBRARIES = Path(msgspec.__file__).resolve().parent.parent
"""Where the packages lie that the program uses."""
LARGEST = 4 * 1024 * 1024
"""Bytes of an answer that is kept: what a terminal or a page is given, not the data of a province."""
_LABEL = b"label"
_SETTINGS = (OFFICE_FILE, ROSTER_FILE, POWERS_FILE)


def is_repository(root: Path) -> bool:
    return is_root(root) or (root / CASES).is_dir()


def office_of(root: Path, wanted: Wanted) -> str:
    """The 机关 of a repository as it names it, else the name of its directory."""
    try:
        if not is_repository(root):
            return name_of(root)
        cache = Cache(root, context_of(root), wanted.cache_directory())
        kept = cache.kept(ANSWERS, _LABEL)
        if kept is not None:
            return bytes(kept).decode("utf-8")
        from enforcecli.reading.workspace import Workspace

        office = Workspace.of(OnDisk(root)).office
        label = " ".join(office.organ.split()) if office is not None and office.organ else name_of(root)
        cache.keep_whole(ANSWERS, _LABEL, label.encode("utf-8"))
        return label
    except OSError:
        return name_of(root)


class Answer(Struct, frozen=True, array_like=True):
    """What was printed of a review, the exit code, and the language the office chose."""

    text: str
    code: int
    language: str


class Standing:
    """A repository as it stands now: what is known of it is looked up, and kept, under a digest of all it hangs
    on. `place`: the word before its cases and people, where there are several."""

    def __init__(self, root: Path, wanted: Wanted, place: str = "") -> None:
        self._root, self._wanted, self._place = root, wanted, place
        self._certain = False
        """Whether the years told are those of the state digested."""

    @cached_property
    def _context(self) -> bytes:
        return context_of(self._root)

    @cached_property
    def _cache(self) -> Cache:
        return Cache(self._root, self._context, self._wanted.cache_directory())

    @cached_property
    def _key(self) -> bytes | None:
        """Of the files and what is asked of them; None where nothing is kept, or the stamps of the files cannot be
        trusted yet."""
        wanted = self._wanted
        still = fingerprint(self._root) if wanted.cache != "" else None
        return None if still is None else still + msgpack.encode(
            (wanted.years, wanted.unit, self._place if wanted.named else ""))

    def _still(self) -> bool:
        """Whether nothing has changed since it was digested."""
        now = Standing(self._root, self._wanted, self._place)
        return self._key is not None and (now._context, now._key) == (self._context, self._key)

    def years(self, progress: Progress | None = None) -> tuple[Year, ...]:
        """The years asked for. A directory that is no repository, or cannot be read, is a Place with its trouble and
        nothing else; what happened there is not known, and it is not counted as nothing."""
        try:
            if is_repository(self._root):
                return self._years(progress)
            trouble = "none" if self._root.is_dir() else "missing"
        except OSError as error:
            trouble = error.strerror or "unreadable"
        return tuple(Year(year, {self._place: Place(name_of(self._root), 0, trouble)}) for year in self._wanted.years)

    def _years(self, progress: Progress | None) -> tuple[Year, ...]:
        """From the cache where nothing has changed, else counted."""
        kept = self._cache.kept(YEARS, self._key) if self._key is not None else None
        if kept is not None:
            self._certain = True
            return msgpack.decode(kept, type=tuple[Year, ...])
        from enforcecli.review.counting import counted

        years = counted(self._root, scan(self._root), self._cache, self._wanted, self._place, progress)
        self._certain = self._still()
        if self._certain and self._key is not None:
            self._cache.keep_whole(YEARS, self._key, msgpack.encode(years))
        return years

    def answer(self, question: object) -> Answer | None:
        """What was printed of these years to the same question; None where it has to be made. `question`: what the
        text hangs on besides the years."""
        try:
            kept = self._cache.kept(ANSWERS, self._key + msgpack.encode(question)) if self._key is not None else None
        except OSError:  # told where the cases are read
            return None
        return msgpack.decode(kept, type=Answer) if kept is not None else None

    def keep(self, question: object, answer: Answer) -> None:
        """Keeps what was made of `years`, if they are those of the state digested."""
        if self._certain and self._key is not None and len(value := msgpack.encode(answer)) <= LARGEST:
            self._cache.keep_whole(ANSWERS, self._key + msgpack.encode(question), value)


def collect(root: Path, wanted: Wanted, place: str = "", progress: Progress | None = None) -> tuple[Year, ...]:
    """The years of one repository."""
    return Standing(root, wanted, place).years(progress)


def context_of(root: Path) -> bytes:
    """A digest of everything the facts of a case, and what is printed of them, hang on besides its own file: the
    program and what it runs with, the office, the roster, the books, and the files of the years."""
    files, found = OnDisk(root), blake2b(f"{__version__} {sys.version} {LIBRARIES.stat().st_mtime_ns}\n".encode(), digest_size=32)
    for line in sorted(_program(str(PROGRAM))):
        found.update(line)
    names = [*_SETTINGS, *(f"{folder}/{name}" for folder in (FIGURES, APPRAISALS) for name in files.names(folder)),
             *(f"{RULEBOOKS}/{book}/{name}" for book in files.folders(RULEBOOKS) for name in files.names(f"{RULEBOOKS}/{book}"))]
    for inside in names:
        source = files.read(inside) if files.exists(inside) else None
        data = source.data if isinstance(source, Source) else repr(source).encode("utf-8", "surrogateescape")
        found.update(b"%d %d " % (len(os.fsencode(inside)), len(data)) + os.fsencode(inside) + data)
    return found.digest()


def _program(directory: str) -> Iterator[bytes]:
    """A line for each file the program consists of: somebody may be working on it."""
    with os.scandir(directory) as entries:
        for entry in entries:
            if entry.name == "__pycache__":
                continue
            if entry.is_dir():
                yield from _program(entry.path)
            else:
                stamp = entry.stat()
                yield os.fsencode(f"{entry.path} {stamp.st_size} {stamp.st_mtime_ns}\n")
