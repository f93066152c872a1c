"""Files of the working tree held against what is committed: bytes read here, never by git, which would run
the filters a repository names."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from enforcecli.documents.loader import LARGEST_SHELL
from enforcecli.documents.shipped import DIRECTORY as TEMPLATES
from enforcecli.history.objects import BLOB
from enforcecli.history.repository import Repository
from enforcecli.reading.files import OnDisk, Recorded
from enforcecli.reading.library import FOLDER as BOOKS
from enforcecli.reading.workspace import OFFICE_FILE, ROSTER_FILE
from enforcecli.text.write import found


def unsaved(repository: Repository, root: Path, state: Recorded, paths: Sequence[str]) -> list[str]:
    """Those of the paths that differ on disk or in the index from the state, and what lies beside them
    uncommitted though a case is judged by it; in order."""
    below = repository.inside(root)
    start = f"{below}/" if below else ""
    staged = {change.path.removeprefix(start) for change in repository.staged() if change.path.startswith(start)}
    wrong = {path for path in paths if path in state.blobs and (path in staged or not same(repository, root, state, path))}
    beside = [OFFICE_FILE, ROSTER_FILE, *_below(root, BOOKS), *_below(root, TEMPLATES)]
    wrong |= {name for name in beside if os.path.lexists(root / name) and name not in state.blobs}
    return sorted(wrong)


def same(repository: Repository, root: Path, state: Recorded, path: str) -> bool:
    """Whether the file on disk is the committed one; other line ends, as some settings of git make them,
    are no difference."""
    data = on_disk(root, path)
    if data is None:
        return False
    blob = state.blobs[path].id
    return blob in (repository.name_of(BLOB, data), repository.name_of(BLOB, data.replace(b"\r\n", b"\n")))


def on_disk(root: Path, path: str, places: dict[str, bool] | None = None) -> bytes | None:
    """The bytes of a regular file that lies where its path says: no link on the way leads elsewhere.
    `places`: what is known of the directories, for many files."""
    folder = path.rpartition("/")[0]
    known = {} if places is None else places
    if folder not in known:
        known[folder] = os.path.realpath(root / folder) == str(Path(os.path.realpath(root)) / folder)
    return found(root / path, LARGEST_SHELL) if known[folder] else None


def _below(root: Path, folder: str) -> list[str]:
    """The files of a folder and of its folders."""
    files = OnDisk(root)
    names = [f"{folder}/{name}" for name in files.names(folder)]
    return names + [f"{folder}/{inner}/{name}" for inner in files.folders(folder) for name in files.names(f"{folder}/{inner}")]
