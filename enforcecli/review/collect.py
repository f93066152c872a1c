"""A repository → its years: whole from the cache where nothing has changed, else counted anew.

What reads cases is imported only when a case has to be read.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from hashlib import blake2b
from pathlib import Path

from msgspec import msgpack

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
from enforcecli.review.cache import Cache
from enforcecli.review.scan import fingerprint, scan
from enforcecli.review.wanted import Progress, Wanted, name_of
from enforcecli.review.year import Place, Year
from enforcecli.text.source import Source

PROGRAM = Path(__file__).resolve().parent.parent
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
        kept = cache.snapshot(_LABEL)
        if kept is not None:
            return kept.decode("utf-8")
        from enforcecli.reading.workspace import Workspace

        office = Workspace.of(OnDisk(root)).office
        label = " ".join(office.organ.split()) if office is not None and office.organ else name_of(root)
        cache.keep_snapshot(_LABEL, label.encode("utf-8"))
        return label
    except OSError:
        return name_of(root)


def collect(root: Path, wanted: Wanted, place: str = "", progress: Progress | None = None) -> tuple[Year, ...]:
    """The years of one repository. One that is none, or cannot be read, is a Place with its trouble and
    nothing else; what happened there is not known, and it is not counted as nothing."""
    try:
        if is_repository(root):
            return _collect(root, wanted, place, progress)
        trouble = "none" if root.is_dir() else "missing"
    except OSError as error:
        trouble = error.strerror or "unreadable"
    return tuple(Year(year, {place: Place(name_of(root), 0, trouble)}) for year in wanted.years)


def _collect(root: Path, wanted: Wanted, place: str, progress: Progress | None) -> tuple[Year, ...]:
    context, still = context_of(root), fingerprint(root)
    cache = Cache(root, context, wanted.cache_directory())
    asked = msgpack.encode((wanted.years, wanted.unit, place if wanted.named else ""))
    kept = cache.snapshot(still + asked) if still is not None else None
    if kept is not None:
        return msgpack.decode(kept, type=tuple[Year, ...])
    from enforcecli.review.counting import counted

    years = counted(root, scan(root), cache, wanted, place, progress)
    if still is not None and (context_of(root), fingerprint(root)) == (context, still):
        cache.keep_snapshot(still + asked, msgpack.encode(years))
    return years


def context_of(root: Path) -> bytes:
    """A digest of everything the facts of a case hang on besides its own file: the program, the office,
    the roster, the books, and the files of the years."""
    files, found = OnDisk(root), blake2b(__version__.encode(), digest_size=32)
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
            if entry.is_dir():
                if entry.name not in ("__pycache__", "locale"):
                    yield from _program(entry.path)
            elif entry.name.endswith((".py", ".yaml", ".txt")):
                stamp = entry.stat()
                yield os.fsencode(f"{entry.path} {stamp.st_size} {stamp.st_mtime_ns}\n")
