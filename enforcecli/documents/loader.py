"""Where the wording and the look of the papers come from: the office's own templates/, inside its
case repository, before those that are shipped."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from functools import cached_property, lru_cache
from pathlib import Path

from msgspec import Struct

from enforcecli.documents.shipped import DIRECTORY, shipped
from enforcecli.model.problem import Problem, Span, problem
from enforcecli.reading.files import Files, Recorded
from enforcecli.text.characters import BAD
from enforcecli.text.decode import decode
from enforcecli.text.source import read_bytes
from enforcecli.text.write import found

SHELLS = "shells"
ENDING = ".md.j2"
LARGEST_SHELL = 5 * 1024 * 1024
NAME = re.compile(r"[a-z0-9_][a-z0-9_-]{0,60}\.md\.j2")


class Template(Struct, frozen=True):
    """One text. `file`: its path as told to people; `own`: the office's, not vouched for."""

    name: str
    text: str
    file: str
    own: bool


class Templates:
    """The texts one office renders with. `root`: its case repository; None: the shipped ones only."""

    def __init__(self, root: Path | None = None) -> None:
        self.root = root

    def find(self, name: str) -> Template | Problem:
        """The office's text of this name, else the shipped one. D201 if there is none, else why
        it cannot be read."""
        if NAME.fullmatch(name) is None:
            return problem("D201", name=name)
        if name in self.own_names:
            assert self.root is not None
            return _read(self.root / DIRECTORY / name, self.root, f"{DIRECTORY}/{name}", own=True)
        path = shipped(name)
        if not path.is_file():
            return problem("D201", name=name)
        return _read(path, None, name, own=False)

    @cached_property
    def own_names(self) -> tuple[str, ...]:
        """The texts the office has of its own."""
        return _names(self.root / DIRECTORY) if self.root is not None else ()

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Every text there is, shipped or own."""
        return tuple(sorted({*self.own_names, *_names(shipped(""))}))

    @cached_property
    def sources(self) -> Mapping[str, str]:
        """Name → text of all that can be read: what a template may include."""
        found = ((name, self.find(name)) for name in self.names)
        return {name: item.text for name, item in found if isinstance(item, Template)}

    @cached_property
    def _shells(self) -> dict[str, bytes | Problem]:
        return {}

    def shell(self, name: str) -> bytes | Problem:
        """The DOCX a paper of this look is filled into: the office's own, else the shipped one; the
        problem of one that cannot be used."""
        if name not in self._shells:
            self._shells[name] = self._read_shell(f"{SHELLS}/{name}.docx")
        return self._shells[name]

    def _read_shell(self, name: str) -> bytes | Problem:
        own = self.root / DIRECTORY / name if self.root is not None else None
        if own is None or not os.path.lexists(own):
            return shipped(name).read_bytes()
        shown = f"{DIRECTORY}/{name}"
        assert self.root is not None
        real = own.resolve()
        data = found(real, LARGEST_SHELL) if real.is_relative_to(self.root.resolve()) else None
        return _shell(data, shown, "T104" if own.is_symlink() else "T103")

    def file_of(self, name: str) -> str:
        """A name as told to people."""
        return f"{DIRECTORY}/{name}" if name in self.own_names else name


class RecordedTemplates(Templates):
    """The texts of a state that git keeps. One that says what the shipped one says is the shipped one."""

    def __init__(self, files: Recorded) -> None:
        super().__init__(files.root)
        self._files = files

    @cached_property
    def own_names(self) -> tuple[str, ...]:
        return tuple(name for name in self._files.names(DIRECTORY) if NAME.fullmatch(name) and not self._same(name))

    def find(self, name: str) -> Template | Problem:
        if name not in self.own_names:
            return super().find(name)
        source = self._files.read(f"{DIRECTORY}/{name}", f"{DIRECTORY}/{name}")
        return source if isinstance(source, Problem) else _template(source.data, name, f"{DIRECTORY}/{name}", own=True)

    def _read_shell(self, name: str) -> bytes | Problem:
        if not self._files.exists(f"{DIRECTORY}/{name}"):
            return shipped(name).read_bytes()
        return _shell(self._files.data(f"{DIRECTORY}/{name}", LARGEST_SHELL), f"{DIRECTORY}/{name}", "T103")

    def _same(self, name: str) -> bool:
        path = shipped(name)
        return path.is_file() and self._files.data(f"{DIRECTORY}/{name}", LARGEST_SHELL) == path.read_bytes()


@lru_cache(64)
def templates_of(root: Path | None) -> Templates:
    """The texts of a repository, read once per process."""
    return Templates(root)


MOST_STATES = 16
_RECORDED: dict[tuple[Path, frozenset[tuple[str, str]]], Templates] = {}
"""States with the same texts are read once: a process of its own may render for each."""


def templates_in(files: Files) -> Templates:
    """The texts a repository's files hold, on disk or kept by git."""
    if not isinstance(files, Recorded):
        return templates_of(files.root)
    key = (files.root, frozenset((name, blob.id) for name, blob in files.blobs.items() if name.startswith(f"{DIRECTORY}/")))
    if key not in _RECORDED:
        while len(_RECORDED) >= MOST_STATES:
            del _RECORDED[next(iter(_RECORDED))]
        _RECORDED[key] = RecordedTemplates(files)
    return _RECORDED[key]


def _names(directory: Path) -> tuple[str, ...]:
    try:
        with os.scandir(directory) as entries:
            return tuple(sorted(e.name for e in entries if NAME.fullmatch(e.name)))
    except OSError:  # no such directory
        return ()


def _shell(data: bytes | None, shown: str, otherwise: str) -> bytes | Problem:
    """The shell if it can be used; `otherwise`: the kind of problem where there are no bytes."""
    if data is None:
        return problem(otherwise).at(shown, None)
    from enforcecli.documents.shell_reading import check_shell

    return next(iter(check_shell(data, shown)), data)


def _read(path: Path, root: Path | None, shown: str, *, own: bool) -> Template | Problem:
    source = read_bytes(path, root, shown)
    return source if isinstance(source, Problem) else _template(source.data, path.name, shown, own=own)


def _template(data: bytes, name: str, shown: str, *, own: bool) -> Template | Problem:
    decoded = decode(data)
    if decoded.text is None:
        found = decoded.problem or problem("T110")
        return found.at(shown, found.span)
    text = decoded.text.replace("\r\n", "\n").replace("\r", "\n")
    bad = BAD.search(text)
    if bad is not None:
        line = text.count("\n", 0, bad.start()) + 1
        column = bad.start() - text.rfind("\n", 0, bad.start())
        return problem("D202", character=f"U+{ord(bad[0]):04X}").at(shown, Span(line, column, line, column + 1))
    return Template(name, text, shown, own)
