"""Files on disk: written whole or not at all, and not again where they are already as they should be."""

from __future__ import annotations

import errno
import os
import re
import stat
import time
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path

LONGEST = 120
"""Bytes of a file's stem; systems allow 255 with the ending, archives less."""
_PREFIX, _SUFFIX = ".enforce-", ".tmp"
_STALE = 3600.0
_RESERVED = re.compile(r"(?i)(?:con|prn|aux|nul|com[0-9]|lpt[0-9])")


@cache
def _unsafe() -> re.Pattern[str]:
    """Compiled when a name is made: a set that names the ideographs goes through all of them."""
    return re.compile(r"[^0-9A-Za-z\u3400-\u9fff\U00020000-\U0003ffff〔〕（）()·_-]+")


def safe_stem(name: str) -> str:
    """A file name without its ending that stands on every system and leads nowhere else."""
    stem = _unsafe().sub("_", unicodedata.normalize("NFC", name)).strip("_-.") or "_"
    while len(stem.encode("utf-8")) > LONGEST:
        stem = stem[:-1]
    return f"_{stem}" if _RESERVED.fullmatch(stem) else stem


def folded(name: str) -> str:
    """Two names with the same fold are one file on some system."""
    return unicodedata.normalize("NFKC", name).casefold()


def made(directory: Path, root: Path | None) -> Path:
    """The directory, made if need be. With `root` it has to lie inside: a link in a case
    repository must not lead the papers out of it (OSError)."""
    real = directory.resolve()  # before anything is made: outside nothing is
    if root is not None and not real.is_relative_to(root.resolve()):
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP), str(directory))
    real.mkdir(parents=True, exist_ok=True)
    return real


def temporary(name: str) -> bool:
    """Whether a file of this name is one that is still being written."""
    return name.startswith(_PREFIX) and name.endswith(_SUFFIX)


def write(path: Path, data: bytes, *, mode: int | None = None) -> bool:
    """Puts the bytes there in one step; a reader sees the old file or the new one. False where
    they are there already. A link in their place is replaced, never followed. `mode`: the permissions,
    where the file had some of its own. OSError, also for a directory, a device or a pipe in their place."""
    if found(path, len(data)) == data:
        return False
    if os.path.lexists(path) and not (path.is_symlink() or path.is_file()):
        raise OSError(errno.EEXIST, os.strerror(errno.EEXIST), str(path))
    with _beside(path, data, 0o666 & ~_umask() if mode is None else mode) as whole:
        whole.replace(path)
    return True


def create(path: Path, data: bytes) -> bool:
    """Puts a new file there in one step; False where something stands there already, which stays. OSError."""
    if os.path.lexists(path):
        return False
    with _beside(path, data, 0o666 & ~_umask()) as whole:
        try:
            os.link(whole, path)
        except FileExistsError:
            return False
        except OSError:  # a file system without links
            return _created(path, data)
    return True


@contextmanager
def _beside(path: Path, data: bytes, mode: int) -> Iterator[Path]:
    """The bytes, whole and on the disk, in a file next to `path`; gone afterwards if it still has that name."""
    import tempfile

    handle, name = tempfile.mkstemp(_SUFFIX, _PREFIX, path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(mode)
        yield Path(name)
    finally:
        with suppress(OSError):
            Path(name).unlink()


def _created(path: Path, data: bytes) -> bool:
    try:
        with path.open("xb") as file:
            file.write(data)
    except FileExistsError:
        return False
    return True


def found(path: Path, most: int) -> bytes | None:
    """The bytes of a regular file of at most this size; None for anything else."""
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    try:
        handle = os.open(path, flags)
    except OSError:
        return None
    status = os.fstat(handle)
    if not stat.S_ISREG(status.st_mode) or status.st_size > most:
        os.close(handle)
        return None
    with os.fdopen(handle, "rb") as file:  # of a directory Python makes no file
        return file.read(most + 1)


def sweep(directory: Path) -> None:
    """Removes what an interrupted run left, an hour later: another run may be at work now."""
    with suppress(OSError), os.scandir(directory) as entries:
        for entry in entries:
            if temporary(entry.name) and entry.is_file(follow_symlinks=False) \
                    and time.time() - entry.stat(follow_symlinks=False).st_mtime > _STALE:
                Path(entry.path).unlink()


def _umask() -> int:
    """What new files may not be for others."""
    mask = os.umask(0o077)
    os.umask(mask)
    return mask


def settle(directory: Path) -> None:
    """The names of the files written reach the disk too, on systems that can be asked: once for all
    papers of a case."""
    with suppress(OSError):
        handle = os.open(directory, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
