"""What a decision was made from, file by file, so that it can be made again from the same bytes.

What lies in the case repository is named by its path and blob. What came with the program - the built-in
book, the shipped templates - is added by the seal's commit below seals/inputs/, named by its digest.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256

from msgspec import Struct

from enforcecli.desk.examine import Examined
from enforcecli.documents.loader import ENDING, LARGEST_SHELL, SHELLS
from enforcecli.documents.shipped import DIRECTORY, shipped
from enforcecli.history.objects import BLOB, FILE
from enforcecli.history.record import INPUTS, Input
from enforcecli.history.repository import Repository
from enforcecli.reading.files import Blob, Recorded
from enforcecli.reading.library import FOLDER as BOOKS
from enforcecli.reading.workspace import OFFICE_FILE, ROSTER_FILE, Workspace
from enforcecli.text.source import Source

_USES = re.compile(r"\{%-?\+?\s*(?:include|import|extends|from)\b([^%]*)%\}")
_NAMED = re.compile(r"[a-z0-9_][a-z0-9_-]{0,60}\.md\.j2")


class Bound(Struct, frozen=True):
    """The inputs, and the files the seal's commit has to add for them (path → bytes)."""

    inputs: tuple[Input, ...]
    added: Mapping[str, bytes]


def bound(repository: Repository, state: Recorded, workspace: Workspace, examined: Examined,
          templates: Iterable[str], shells: Iterable[str]) -> Bound:
    """The inputs of an examined case. `templates`, `shells`: names of those its papers are made with."""
    found: list[Input] = []
    added: dict[str, bytes] = {}
    for role, name, data in _wanted(state, workspace, examined, templates, shells):
        blob = state.blobs.get(name)
        digest = sha256(data).hexdigest()
        path = name
        if blob is None or repository.name_of(BLOB, data) != blob.id:
            path, blob = f"{INPUTS}/{digest}", Blob(FILE, repository.name_of(BLOB, data))
            if path not in state.blobs:
                added[path] = data
        found.append(Input(role, name, path, blob.mode, blob.id, digest, len(data)))
    unique = {one.name: one for one in found}
    return Bound(tuple(unique[name] for name in sorted(unique)), added)


def _wanted(state: Recorded, workspace: Workspace, examined: Examined, templates: Iterable[str],
            shells: Iterable[str]) -> Iterator[tuple[str, str, bytes]]:
    """(role, name, bytes)."""
    assert examined.case is not None and examined.result is not None
    for role, name in (("case", examined.case.file), ("roster", ROSTER_FILE), ("office", OFFICE_FILE)):
        yield from _own(state, role, name)
    for name in examined.result.counted_files:
        yield from _own(state, "counted", name)
    for book_id in examined.result.rulebooks:
        folder = workspace.library.folder(book_id)
        for name in folder if folder is not None else ():
            data = folder.get(name) if folder is not None else None
            if data is not None:
                yield "rulebook", f"{BOOKS}/{book_id}/{name}", data
    for name in _reached(state, templates):
        yield from _template(state, f"{DIRECTORY}/{name}", name)
    for name in shells:
        yield from _template(state, f"{DIRECTORY}/{SHELLS}/{name}.docx", f"{SHELLS}/{name}.docx")


def _own(state: Recorded, role: str, name: str) -> Iterator[tuple[str, str, bytes]]:
    source = state.read(name)
    if isinstance(source, Source):
        yield role, name, source.data


def _template(state: Recorded, name: str, of_program: str) -> Iterator[tuple[str, str, bytes]]:
    """The office's own, else the shipped one."""
    data = state.data(name, LARGEST_SHELL)
    if data is None and shipped(of_program).is_file():
        data = shipped(of_program).read_bytes()
    if data is not None:
        yield "template", name, data


def _reached(state: Recorded, templates: Iterable[str]) -> list[str]:
    """The templates and all they include."""
    found: set[str] = set()
    waiting = list(templates)
    while waiting:
        name = waiting.pop()
        if name in found or not name.endswith(ENDING):
            continue
        found.add(name)
        for _role, _name, data in _template(state, f"{DIRECTORY}/{name}", name):
            used = " ".join(_USES.findall(data.decode("utf-8", "replace")))
            waiting.extend(_NAMED.findall(used))
    return sorted(found)
