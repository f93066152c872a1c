"""A case repository as a commit keeps it: read from git's objects, nothing checked out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from enforcecli.history.refused import Refused
from enforcecli.history.repository import Repository
from enforcecli.reading.files import Blob, Recorded


def state_of(repository: Repository, root: Path, commit: str) -> Recorded:
    """The files below `root` (the case repository, in the work tree) at a commit."""
    below = repository.inside(root)
    start = f"{below}/" if below else ""
    tree = repository.ls_tree(commit, [below] if below else [])
    blobs = {path[len(start):]: Blob(entry.mode, entry.oid) for path, entry in tree.items() if path.startswith(start)}
    return Recorded(root, blobs, fetching(repository))


def fetching(repository: Repository,
             beside: Mapping[str, bytes] | None = None) -> Callable[[str, int], bytes | int | None]:
    """Bytes of a blob; its size where it is larger than asked for; None where it cannot be had. `beside`:
    bytes git does not keep, by the name it would give them."""

    def fetch(oid: str, most: int) -> bytes | int | None:
        try:
            data = beside[oid] if beside is not None and oid in beside else repository.blob(oid)
        except Refused:
            return None
        return data if len(data) <= most else len(data)

    return fetch
