"""Papers and records nobody sealed, where sealed ones are kept: in the tree or on disk, ignored or not."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from enforcecli.history.record import FOLDER, PAPERS
from enforcecli.history.verify.altered import of_files
from enforcecli.history.verify.trail import Trail, told
from enforcecli.model.problem import Level, Problem

MOST = 20_000
"""Files of one folder that are looked at."""
NAMED = 3
_SEALED = re.compile(r"封存-[^/]*")
_OF_A_SEAL = re.compile(rf"{FOLDER}/(?:inputs/[0-9a-f]{{64}}|[0-9]{{6}}\.tsr)")
"""What a seal brings along, and a stamp beside it: named by what it holds, read only if a record names it."""
_LIKE_A_SEAL = re.compile(rf"{FOLDER}/[0-9]+\.json", re.IGNORECASE)


def check(trail: Trail) -> Iterator[Problem]:
    yield from _records(trail)
    yield from _papers(trail)


def _records(trail: Trail) -> Iterator[Problem]:
    """Whatever else lies in seals/. A record that is not committed, or goes by another name, is none."""
    known = {seal.path for seal in trail.seals}
    there = {path for path in trail.state.blobs if path.startswith(f"{FOLDER}/")} | set(_on_disk(trail, FOLDER))
    for path in sorted(there - known):
        if not _OF_A_SEAL.fullmatch(path):
            like = _LIKE_A_SEAL.fullmatch(path) is not None
            yield of_files(trail, "V-STRAY", path, level=Level.ERROR if like else Level.WARNING)


def _papers(trail: Trail) -> Iterator[Problem]:
    """Of every case what lies in a directory of sealed papers, and of sealed cases what lies beside it."""
    known = {one.path for seal in trail.seals if seal.record is not None for one in seal.record.outputs}
    sealed = {Path(one.path).parent.parent.as_posix(): record.case_id for record in trail.standing.values()
              for one in record.outputs}
    for folder, paths in sorted(_folders(trail).items()):
        name = sealed.get(folder, folder.rpartition("/")[2])
        beside: list[str] = []
        within: dict[str, list[str]] = {}
        for path in sorted(paths - known):
            part = path[len(folder) + 1:].partition("/")[0]
            (within.setdefault(part, []) if _SEALED.fullmatch(part) else beside).append(path)
        for part, more in within.items():
            yield of_files(trail, "V-UNSEALED-IN", f"{folder}/{part}", case=name, count=len(more), listed=_names(more))
        if beside and folder in sealed:
            yield told("V-UNSEALED", folder, case=name, count=len(beside), listed=_names(beside))


def _names(paths: list[str]) -> str:
    return "、".join(Path(path).name for path in paths[:NAMED])


def _folders(trail: Trail) -> dict[str, set[str]]:
    """Folder of a case's papers → the files in it and below."""
    found: dict[str, set[str]] = {}
    for path in trail.state.blobs:
        parts = path.split("/", 2)
        if parts[0] == PAPERS and len(parts) == 3:
            found.setdefault(f"{PAPERS}/{parts[1]}", set()).add(path)
    names: list[str] = []
    if trail.repository.top is not None:
        with suppress(OSError), os.scandir(trail.root / PAPERS) as entries:
            names = sorted(entry.name for entry in entries if entry.is_dir(follow_symlinks=False))
    for name in names:
        found.setdefault(f"{PAPERS}/{name}", set()).update(_on_disk(trail, f"{PAPERS}/{name}"))
    return found


def _on_disk(trail: Trail, folder: str) -> Iterator[str]:
    """Files below a folder, links not followed; none in a bare repository."""
    if trail.repository.top is None or (trail.root / folder).is_symlink():
        return
    count = 0
    for directory, folders, names in os.walk(trail.root / folder):
        folders.sort()
        below = Path(directory).relative_to(trail.root).as_posix()
        for name in sorted(names):
            count += 1
            if count > MOST:
                return
            if not name.startswith("."):
                yield f"{below}/{name}"
