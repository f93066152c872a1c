"""Answers kept while a dialogue goes on: `.enforce/drafts/` of the case repository, one small file each.

They name persons before anything is established, so they are never committed: the directory tells git itself
to leave it alone.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path as File

from enforcecli.authoring.content import Content, Path
from enforcecli.authoring.questions import DEEPEST, MOST_ENTRIES
from enforcecli.model.problem import Problem, problem
from enforcecli.text.decode import LARGEST
from enforcecli.text.write import create, found, made, write

FOLDER = ".enforce/drafts"
FORMAT = "enforce-draft/1"
MOST = 999
"""Drafts of one repository."""


def drafts(root: File) -> list[File]:
    """The drafts of a repository, the oldest first; none where a link leads out of it."""
    folder = root / FOLDER
    try:
        if not folder.resolve().is_relative_to(root.resolve()):
            return []
        paths = [p for p in folder.iterdir() if p.suffix == ".json" and p.stem.isascii() and p.stem.isdigit()]
    except OSError:
        return []
    return sorted(paths, key=lambda p: int(p.stem))


def begin(root: File, answers: Mapping[Path, Content]) -> File:
    """A new draft with these answers. OSError."""
    folder = made(root / FOLDER, root)
    create(folder / ".gitignore", b"*\n")
    first = max((int(p.stem) for p in drafts(root)), default=0) + 1
    for number in range(first, first + MOST):
        path = folder / f"{number}.json"
        if create(path, _data(answers)):
            return path
    raise FileExistsError(str(folder))


def save(path: File, answers: Mapping[Path, Content]) -> None:
    """The answers so far, in one step: an interrupted run leaves the old file or the new one. OSError."""
    write(path, _data(answers))


def discard(path: File) -> None:
    with suppress(OSError):
        path.unlink()


def load(path: File) -> dict[Path, Content] | Problem:
    """The answers of a draft; X205 where the file is none."""
    data = found(path, LARGEST)
    try:
        kept = json.loads(data.decode("utf-8")) if data is not None else None
    except (ValueError, RecursionError):
        kept = None
    answers = _answers(kept) if isinstance(kept, dict) and kept.get("format") == FORMAT else None
    return problem("X205", draft=path.stem) if answers is None else answers


def _data(answers: Mapping[Path, Content]) -> bytes:
    kept = {"format": FORMAT, "answers": [[list(path), value] for path, value in answers.items()]}
    return (json.dumps(kept, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "backslashreplace")


def _answers(kept: dict[str, object]) -> dict[Path, Content] | None:
    found: dict[Path, Content] = {}
    listed = kept.get("answers")
    for entry in listed if isinstance(listed, list) else [None]:
        if not isinstance(entry, list) or len(entry) != 2 or not isinstance(entry[0], list):
            return None
        path, value = entry
        if not path or len(path) > DEEPEST or not all(
                isinstance(s, str) or (isinstance(s, int) and 0 <= s < MOST_ENTRIES) for s in path):
            return None
        if not isinstance(value, str) and not (isinstance(value, list) and all(isinstance(v, str) for v in value)):
            return None
        found[tuple(path)] = value
    return found
