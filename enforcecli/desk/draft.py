"""What would be wrong with a file if its bytes were these: for whoever changes a file and has not
written it yet."""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from enforcecli.desk.examine import examine_in
from enforcecli.model.problem import Problem
from enforcecli.reading.files import Files, OnDisk
from enforcecli.reading.library import FOLDER
from enforcecli.reading.workspace import OFFICE_FILE, POWERS_FILE, ROSTER_FILE, Workspace, shown
from enforcecli.text.source import Source

_SETTINGS = frozenset({OFFICE_FILE, ROSTER_FILE, POWERS_FILE})
"""What other files are judged with."""


class Draft(Struct, frozen=True):
    """The files on disk, but for one."""

    disk: OnDisk
    name: str
    data: bytes

    @property
    def root(self) -> Path:
        return self.disk.root

    def read(self, name: str, shown: str | None = None) -> Source | Problem:
        return Source(self.data, shown or name) if name == self.name else self.disk.read(name, shown)

    def exists(self, name: str) -> bool:
        return self.disk.exists(name)

    def names(self, folder: str) -> list[str]:
        return self.disk.names(folder)

    def folders(self, folder: str) -> list[str]:
        return self.disk.folders(folder)


def problems_of(path: Path, data: bytes) -> tuple[Problem, ...]:
    """The problems of the file at `path` with this content, judged with the repository around it."""
    workspace = Workspace.open(path)
    inside, name = workspace.inside(path), shown(path)
    files: Files = Draft(OnDisk(workspace.root), inside, data)
    if inside in _SETTINGS or inside.startswith(f"{FOLDER}/"):  # read anew, with what they are to hold
        drafted = Workspace.of(files)
    else:
        drafted = replace(workspace, files=files)
    return tuple(p for p in examine_in(drafted, inside, name, traced=False).problems if p.file in {"", name})
