"""The case files of a repository with what the system says of them: a walk that opens nothing.

Whether a file is as it was is told by its stamps. Git's index is not asked: it knows the bytes git would
store, which line endings and filters make other than the bytes on disk, and these are what is assessed.
"""

from __future__ import annotations

import os
import stat
import time
from array import array
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from hashlib import blake2b
from operator import attrgetter
from pathlib import Path

from msgspec import Struct

from enforcecli.reading.places import (
    BOOK_FILE,
    CASES,
    ENDINGS,
    NOT_CASES,
    OFFICE_FILE,
    POWERS_FILE,
    ROSTER_FILE,
)

SETTINGS = frozenset({OFFICE_FILE, ROSTER_FILE, POWERS_FILE, BOOK_FILE})

STILL = 2_000_000_000
"""Nanoseconds: a file stamped later than so long ago may change again under the same stamp."""

Stamp = tuple[int, int, int, int, int]
"""Of a regular file: modified and changed (nanoseconds), size, file number, device."""


class File(Struct, frozen=True, array_like=True):
    """A case file by its path within the repository. `stamp` None: a link, or nothing a stamp could be
    trusted of; it is read every time."""

    inside: str
    stamp: Stamp | None


def scan(root: Path, now: int | None = None) -> list[File]:
    """The files that may hold cases, in the order of their paths: those `enforce assess` would read."""
    until = (time.time_ns() if now is None else now) - STILL
    found: list[File] = []
    _look(f"{root}{os.sep}{CASES}", f"{CASES}/", until, found)
    found.sort(key=attrgetter("inside"))
    return found


def _look(directory: str, inside: str, until: int, found: list[File]) -> None:
    """A hundred thousand files pass through here: it asks for nothing twice."""
    try:
        with os.scandir(directory) as listing:
            entries = list(listing)
    except OSError:  # named in the review like a file that cannot be read
        if os.path.lexists(directory):
            found.append(File(inside.rstrip("/"), None))
        return
    for entry in entries:
        name = entry.name
        if name[0] == ".":
            continue
        if not name.isascii() and not name.isprintable() and (told := text_of(name)) != name:
            found.append(File(inside + told, None))  # a name that is no text: told as one that cannot be read
            continue
        if entry.is_dir(follow_symlinks=False):
            if name not in NOT_CASES:
                _look(entry.path, f"{inside}{name}/", until, found)
        elif name.lower().endswith(ENDINGS) and name not in SETTINGS:
            found.append(File(inside + name, _stamp(entry, until)))


def text_of(name: str) -> str:
    """A file name as text; bytes of it that are none are written out."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def _stamp(entry: os.DirEntry[str], until: int) -> Stamp | None:
    try:
        at = entry.stat(follow_symlinks=False)
    except OSError:
        return None
    modified, changed = at.st_mtime_ns, at.st_ctime_ns
    if modified > until or changed > until or not stat.S_ISREG(at.st_mode):
        return None
    return modified, changed, at.st_size, at.st_ino, at.st_dev


def fingerprint(root: Path, now: int | None = None) -> bytes | None:
    """A digest of the names, times and sizes of everything below cases/; None where some cannot be trusted.
    The same digest means that nothing has changed. It is taken before every review, of a hundred thousand
    files too, so it makes nothing it does not need; the order is that of the directory."""
    names: list[str] = []
    numbers = array("q")
    if not _gather(f"{root}{os.sep}{CASES}", names, numbers):
        return None
    until = (time.time_ns() if now is None else now) - STILL
    if max(numbers[0::3], default=0) > until or max(numbers[1::3], default=0) > until:
        return None
    found = blake2b("\0".join(names).encode("utf-8", "surrogateescape"), digest_size=32)
    found.update(numbers.tobytes())
    return found.digest()


def _gather(directory: str, names: list[str], numbers: array[int]) -> bool:
    """Whether all of it are directories that can be looked into and regular files."""
    below: list[str] = []
    names.append(f"\n{directory}")
    try:
        with _entries(directory) as entries:
            if not _take(entries, names, numbers, below):
                return False
    except FileNotFoundError:
        return not below  # no cases/: nothing is there
    except OSError:
        return False
    return all(_gather(f"{directory}{os.sep}{name}", names, numbers) for name in sorted(below))


@contextmanager
def _entries(directory: str) -> Iterator[Iterable[os.DirEntry[str]]]:
    """What stands in a directory. Looked at through a handle of it where the system can, so that its path is not
    gone through again for each file."""
    if os.scandir not in os.supports_fd:
        with os.scandir(directory) as entries:
            yield entries
        return
    handle = os.open(directory, os.O_RDONLY | getattr(os, "O_DIRECTORY", 0) | getattr(os, "O_CLOEXEC", 0))
    try:
        with os.scandir(handle) as entries:
            yield entries
    finally:
        os.close(handle)


def _take(entries: Iterable[os.DirEntry[str]], names: list[str], numbers: array[int], below: list[str]) -> bool:
    """A hundred thousand files pass through here."""
    add, put = names.append, numbers.append
    for entry in entries:
        if entry.is_file(follow_symlinks=False):
            at = entry.stat(follow_symlinks=False)
            add(entry.name)
            put(at.st_mtime_ns)
            put(at.st_ctime_ns)
            put(at.st_size)
        elif entry.is_dir(follow_symlinks=False):
            below.append(entry.name)
        else:
            return False
    return True
