"""What a seal's commit added, put where people look for it: the working tree and the index.

The seal stands once the branch has moved. An interrupted run may leave the rest undone; it is done by the
next run of `enforce seal` on the case.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from time import sleep

from msgspec import Struct

from enforcecli.history.record import Record
from enforcecli.history.repository import Repository
from enforcecli.history.states import state_of
from enforcecli.history.writing import take_up
from enforcecli.reading.files import Recorded
from enforcecli.text.write import made, settle, write

_WAITS = (0.05, 0.1, 0.2, 0.4, 0.8)


def files_of(state: Recorded, record: Record) -> list[str]:
    """The files a seal added, as the state holds them: the record, its papers, inputs of the program."""
    inputs = [one.path for one in record.inputs if one.path != one.name]
    return [path for path in (record.path, *inputs, *(one.path for one in record.outputs)) if path in state.blobs]


class Placed(Struct, frozen=True):
    """The names of the files written; `indexed`: whether the index has them all."""

    written: tuple[str, ...]
    indexed: bool


def place(repository: Repository, root: Path, commit: str, record: Record) -> Placed:
    """Writes those files that are not on disk as the commit has them, and takes them up into the index.
    A file there that says something else is left alone: `verify` tells."""
    state = state_of(repository, root, commit)
    names = files_of(state, record)
    written = [name for name in names if not (root / name).exists()]
    for name in written:
        write(made((root / name).parent, root) / Path(name).name, repository.blob(state.blobs[name].id))
    for folder in {(root / name).parent for name in written}:
        settle(folder)
    below = repository.inside(root)
    return Placed(tuple(written), _take_up(repository, commit, [f"{below}/{name}" if below else name for name in names]))


def _take_up(repository: Repository, commit: str, paths: Sequence[str]) -> bool:
    """The index may be in use by somebody for a moment; where it stays so, git shows the files as
    deleted in it, and the next run mends it."""
    for wait in (*_WAITS, 0.0):
        held = {entry.path: entry.oid for entry in repository.ls_files_stage(paths)}
        if all(path in held for path in paths) or take_up(repository, commit, paths):
            return True
        sleep(wait)
    return False
