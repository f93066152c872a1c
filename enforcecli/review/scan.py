"""The case files of a repository with what the system says of them: a walk that opens nothing.

Whether a file is as it was is told by its stamps. Git's index is not asked: it knows the bytes git would
store, which line endings and filters make other than the bytes on disk, and these are what is assessed.
"""

from __future__ import annotations

import os
import stat
import time
from collections.abc import Iterator
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
    return sorted(_below(str(root / CASES), len(str(root)) + 1, until), key=lambda file: file.inside)


def _below(directory: str, cut: int, until: int) -> Iterator[File]:
    try:
        with os.scandir(directory) as listing:
            entries = list(listing)
    except OSError:  # named in the review like a file that cannot be read
        if os.path.lexists(directory):
            yield File(directory[cut:].replace(os.sep, "/"), None)
        return
    for entry in entries:
        name = entry.name
        if name.startswith("."):
            continue
        if entry.is_dir(follow_symlinks=False):
            if name not in NOT_CASES:
                yield from _below(entry.path, cut, until)
        elif name.lower().endswith(ENDINGS) and name not in SETTINGS:
            yield File(entry.path[cut:].replace(os.sep, "/"), _stamp(entry, until))


def _stamp(entry: os.DirEntry[str], until: int) -> Stamp | None:
    try:
        found = entry.stat(follow_symlinks=False)
    except OSError:
        return None
    if not stat.S_ISREG(found.st_mode) or found.st_mtime_ns > until or found.st_ctime_ns > until:
        return None
    return found.st_mtime_ns, found.st_ctime_ns, found.st_size, found.st_ino, found.st_dev
