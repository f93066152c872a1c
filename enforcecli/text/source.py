"""Reading a file's bytes from a repository nobody vouches for."""

from __future__ import annotations

import errno
import os
import stat
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from msgspec import Struct

from enforcecli.model.problem import Problem, problem
from enforcecli.text.decode import LARGEST, UNREADABLE, office

__all__ = ["LARGEST", "UNREADABLE", "Source", "read_bytes"]

_NOFOLLOW = getattr(os, "O_NOFOLLOW", 0)
_FLAGS = os.O_RDONLY | _NOFOLLOW | getattr(os, "O_NONBLOCK", 0) | \
    getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOCTTY", 0)
_REASONS = {errno.ENOENT: "T101", errno.ENOTDIR: "T101", errno.EACCES: "T102", errno.EPERM: "T102",
            errno.ENXIO: "T103", errno.EISDIR: "T103", errno.ELOOP: "T104"}


class Source(Struct, frozen=True):
    """The bytes of one file, read once; everything later works from them."""

    data: bytes
    shown: str

    @property
    def sha256(self) -> str:
        return sha256(self.data).hexdigest()


def read_bytes(path: Path, root: Path | None, shown: str) -> Source | Problem:
    """The bytes of a regular file, or why they cannot be had (a kind of UNREADABLE).

    A symlink is followed only inside `root` (None: anywhere). Never waits on a pipe or
    a device, never reads more than LARGEST bytes.
    """
    try:
        handle = _open(str(path), root)
    except (OSError, ValueError) as error:
        return _refusal(error, shown)
    if handle is None:
        return problem("T104").at(shown, None)
    try:
        status = os.fstat(handle)
        if not stat.S_ISREG(status.st_mode):
            return problem("T103").at(shown, None)
        data = _all(handle, status.st_size)
    except OSError as error:
        return _refusal(error, shown)
    finally:
        os.close(handle)
    if len(data) > LARGEST and office(data):
        return problem("T113").at(shown, None)
    if len(data) > LARGEST:
        return problem("T105", size=max(status.st_size, len(data)), most=LARGEST).at(shown, None)
    return Source(data, shown)


def _all(handle: int, size: int) -> bytes:
    """Up to LARGEST + 1 bytes; one read call for the usual file."""
    data = os.read(handle, min(size, LARGEST) + 1)
    if not data or len(data) == size:
        return data
    parts, length = [data], len(data)
    while length <= LARGEST and (more := os.read(handle, LARGEST + 1 - length)):
        parts.append(more)
        length += len(more)
    return b"".join(parts)


@lru_cache(1024)
def _real(directory: str) -> str:
    return os.path.realpath(directory, strict=True)


def _open(path: str, root: Path | None) -> int | None:
    """A handle of the file; None if the path leaves the root. The directories on the way may be
    links too; they are resolved once per directory, not once per file."""
    directory, name = os.path.split(path)
    if name in {"", ".", ".."}:
        raise IsADirectoryError(errno.EISDIR, "")
    real = f"{_real(directory or '.').rstrip(os.sep)}{os.sep}{name}"
    inside = None if root is None else f"{_real(str(root)).rstrip(os.sep)}{os.sep}"
    if (inside is None or real.startswith(inside)) and _FLAGS & _NOFOLLOW:
        try:
            return os.open(real, _FLAGS)
        except OSError as error:
            if error.errno != errno.ELOOP:
                raise
    real = os.path.realpath(real, strict=True)
    return os.open(real, _FLAGS) if inside is None or real.startswith(inside) else None


def _refusal(error: Exception, shown: str) -> Problem:
    code = _REASONS.get(error.errno or 0, "T106") if isinstance(error, OSError) else "T101"
    return problem(code).at(shown, None)
