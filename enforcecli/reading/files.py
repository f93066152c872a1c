"""The files of one case repository, wherever they are kept: on disk, in a commit, in the index.

Whoever reads a case, the roster or a book asks here, by the name the repository has for the file (with
forward slashes); so a case is judged the same from the working directory, from what is staged and from
any commit, and nothing has to be checked out.
"""

from __future__ import annotations

import os
import posixpath
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Protocol

from msgspec import Struct

from enforcecli.model.problem import Problem, problem
from enforcecli.text.decode import LARGEST, office
from enforcecli.text.source import Source, read_bytes

LINK, GITLINK = "120000", "160000"
_READ = 64 * LARGEST
"""Bytes of a blob that are looked at, to tell what it is instead of a case."""
_LINKS = 8
"""Links followed one behind the other before a file counts as leading nowhere."""


class Files(Protocol):
    """What the layers above ask of a repository's files. `root` is where the repository stands, or
    would stand, on disk."""

    @property
    def root(self) -> Path: ...

    def read(self, name: str, shown: str | None = None) -> Source | Problem:
        """The bytes of a regular file that lies within the repository, or why they cannot be had.
        `shown`: how the problem names the file, else `shown_at(root, name)`."""

    def exists(self, name: str) -> bool:
        """Whether a file, or something in the place of one, stands there, readable or not."""

    def names(self, folder: str) -> list[str]:
        """Names of the regular files directly in a directory, in order; none for no directory."""

    def folders(self, folder: str) -> list[str]:
        """Names of the directories directly in a directory, in order."""


def shown_at(root: Path, name: str) -> str:
    """A file as the reader can open it: relative to the working directory where it lies below it,
    with forward slashes on every system."""
    return below(Path.cwd(), root / name)


def below(directory: Path, path: Path) -> str:
    """The path from the directory on; whole where it lies elsewhere."""
    start = directory.as_posix()
    return path.as_posix().removeprefix(start if start.endswith("/") else f"{start}/")


class OnDisk(Struct, frozen=True):
    """The files as they lie below a directory."""

    root: Path

    def read(self, name: str, shown: str | None = None) -> Source | Problem:
        return read_bytes(self.root / name, self.root, shown or shown_at(self.root, name))

    def exists(self, name: str) -> bool:
        return os.path.lexists(self.root / name)

    def names(self, folder: str) -> list[str]:
        return self._listed(folder, lambda entry: entry.is_file())

    def folders(self, folder: str) -> list[str]:
        return self._listed(folder, lambda entry: entry.is_dir())

    def _listed(self, folder: str, wanted: Callable[[os.DirEntry[str]], bool]) -> list[str]:
        try:
            with os.scandir(self.root / folder) as entries:
                return sorted(entry.name for entry in entries if wanted(entry))
        except OSError:
            return []


class Blob(Struct, frozen=True):
    """A file as git lists it: its mode and the id of its bytes."""

    mode: str
    id: str


class Recorded:
    """The files of a state that git keeps: of a commit, or of the index. `blobs`: name → entry, for the
    whole repository; `fetch(id, most)` gives the bytes of a blob, its size alone where it is larger than
    `most`, None where the object is not there.
    """

    def __init__(self, root: Path, blobs: Mapping[str, Blob],
                 fetch: Callable[[str, int], bytes | int | None]) -> None:
        self.root = root
        self.blobs = blobs
        self._fetch = fetch

    def read(self, name: str, shown: str | None = None) -> Source | Problem:
        place = shown or shown_at(self.root, name)
        found = self._followed(name)
        if isinstance(found, str):
            return problem(found).at(place, None)
        data = self._fetch(found.id, _READ)
        if data is None:
            return problem("T106").at(place, None)
        size = data if isinstance(data, int) else len(data)
        if isinstance(data, bytes) and size <= LARGEST:
            return Source(data, place)
        if isinstance(data, bytes) and office(data):
            return problem("T113").at(place, None)
        return problem("T105", size=size, most=LARGEST).at(place, None)

    def data(self, name: str, most: int) -> bytes | None:
        """The bytes of a regular file of at most this size, for what is no text; None otherwise."""
        found = self._followed(name)
        data = self._fetch(found.id, most) if isinstance(found, Blob) else None
        return data if isinstance(data, bytes) else None

    def exists(self, name: str) -> bool:
        return name in self.blobs

    def names(self, folder: str) -> list[str]:
        return sorted(rest for rest in self._below(folder)
                      if "/" not in rest and self.blobs[f"{folder}/{rest}"].mode != GITLINK)

    def folders(self, folder: str) -> list[str]:
        return sorted({rest.split("/", 1)[0] for rest in self._below(folder) if "/" in rest})

    def _below(self, folder: str) -> Iterator[str]:
        start = f"{folder}/"
        return (name[len(start):] for name in self.blobs if name.startswith(start))

    def _followed(self, name: str) -> Blob | str:
        """The entry a name leads to, links followed within the repository; else the code of a problem."""
        for _ in range(_LINKS):
            blob = self.blobs.get(name)
            if blob is None:
                return "T101"
            if blob.mode == GITLINK:
                return "T103"
            if blob.mode != LINK:
                return blob
            target = self._fetch(blob.id, LARGEST)
            if not isinstance(target, bytes):
                return "T104"
            name = posixpath.normpath(posixpath.join(posixpath.dirname(name), os.fsdecode(target)))
            if name.startswith(("/", "../")):
                return "T104"
        return "T104"
