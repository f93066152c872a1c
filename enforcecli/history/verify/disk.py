"""The working tree and the index, held against the last commit. Bytes are read and hashed here: git would
apply the filters a repository names, and believe the flags somebody set in the index."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator

from enforcecli.history.clauses import clause
from enforcecli.history.objects import BLOB
from enforcecli.history.record import FOLDER, Record
from enforcecli.history.unsaved import on_disk
from enforcecli.history.verify.altered import item
from enforcecli.history.verify.trail import Trail, told
from enforcecli.history.verify.tree import standing_at, stands
from enforcecli.model.problem import Problem
from enforcecli.reading.files import Blob


def check(trail: Trail) -> Iterator[Problem]:
    if trail.repository.top is None:
        return
    sealed = _sealed(trail)
    for path in sorted(sealed):
        if path in trail.state.blobs:
            yield from _file(trail, path, sealed[path])
    yield from _index(trail, sealed)


def _sealed(trail: Trail) -> dict[str, Record | None]:
    """Sealed path → the seal whose case it is, None for a record or what came with the program."""
    found: dict[str, Record | None] = {path: None for path in trail.state.blobs if path.startswith(f"{FOLDER}/")}
    for record in trail.records:
        found |= {one.path: record for one in record.outputs}
    for record in trail.standing.values():
        place = standing_at(trail, record) if record.seq >= trail.given.since else None
        if place is not None:
            found[place] = record
    return found


def _file(trail: Trail, path: str, record: Record | None) -> Iterator[Problem]:
    """One sealed file on disk."""
    place, blob = trail.root / path, trail.state.blobs[path]
    entry = trail.index.get(trail.git_path(path))
    try:
        status = os.lstat(place)
    except OSError:
        if entry is not None and entry.flag.upper() == "S":
            yield told("V-SPARSE", path)
        else:
            yield told("V-WORK-GONE", path)
        return
    if not stat.S_ISREG(status.st_mode):
        yield told("V-WORK-TYPE", path)
        return
    data = on_disk(trail.root, path, trail.places)
    if data is None:
        yield told("V-WORK-TYPE", path)
    elif trail.repository.name_of(BLOB, data) == blob.id:
        return
    elif trail.repository.name_of(BLOB, data.replace(b"\r\n", b"\n")) == blob.id:
        yield told("V-CRLF", path)
    elif record is not None and _going_on(trail, path, record, data):
        yield told("V-OPEN", path, case=record.case_id)
    else:
        yield _with(told("V-WORK", path), trail, record)


def _going_on(trail: Trail, path: str, record: Record, data: bytes) -> bool:
    """Whether the file is the case's, with later steps only."""
    file = record.case_file
    if file is None or path in {one.path for one in record.outputs}:
        return False
    name = trail.repository.name_of(BLOB, data)
    return stands(trail, record, Blob(file.mode, name), {name: data})


def _index(trail: Trail, sealed: dict[str, Record | None]) -> Iterator[Problem]:
    """What is staged, and flags that keep git from looking."""
    for change in trail.repository.staged():
        path = trail.own_path(change.path)
        if path not in sealed or path is None:
            continue
        record = sealed[path]
        if change.status != "D" and record is not None and path not in {one.path for one in record.outputs} \
                and stands(trail, record, Blob(change.mode, change.oid)):
            yield told("V-OPEN", path, case=record.case_id)
        else:
            yield _with(told("V-STAGED", path), trail, record)
    for git_path, entry in sorted(trail.index.items()):
        path = trail.own_path(git_path)
        if path is None:
            continue
        hidden = entry.flag == "S" and path in sealed and os.path.lexists(trail.root / path)
        if hidden or entry.flag not in ("H", "S", "M"):
            yield told("V-IDXFLAG", path)


def _with(found: Problem, trail: Trail, record: Record | None) -> Problem:
    from msgspec.structs import replace

    return replace(found, cite=item(trail, record) if record is not None else clause(trail.book, in_force=False))
