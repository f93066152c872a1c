"""What all cases of a repository say of whom, for counted facts: one pass over the cases, made when the
first counted fact is met and kept for the repository."""

from __future__ import annotations

from enforcecli.desk.files import cases_of
from enforcecli.desk.judge import Task, decide
from enforcecli.model.problem import Problem
from enforcecli.reading.files import Files
from enforcecli.reading.library import Library
from enforcecli.reading.workspace import Workspace
from enforcecli.rules.counts import Occurrence, Register, occurrences
from enforcecli.text.document import parse

_KEPT: dict[tuple[int, int], tuple[Library, Files, Register]] = {}
"""By the identity of the repository's books and of its files, which are kept beside so that their ids
stay their own: the same books may judge the files of several states."""
MOST_KEPT = 8


def register_of(workspace: Workspace) -> Register:
    """Person → the findings that hold them liable, or at fault, in every case of cases/.

    Whether an earlier finding holds somebody liable is judged by what that case states itself: counting
    does not count again. A case that cannot be read, or has no book, says nothing of anybody.
    """
    key = (id(workspace.library), id(workspace.files))
    known = _KEPT.get(key)
    if known is None:
        if len(_KEPT) >= MOST_KEPT:
            _KEPT.clear()
        known = _KEPT[key] = (workspace.library, workspace.files, _collected(workspace))
    return known[2]


def _collected(workspace: Workspace) -> Register:
    found: dict[str, list[Occurrence]] = {}
    for name in cases_of(workspace.files):
        source = workspace.files.read(name)
        if isinstance(source, Problem):
            continue
        document = parse(source.data, name)
        if document.root is None:
            continue
        decided = decide(Task(document, workspace, name, source.sha256, traced=False))
        book, other = decided.main.book, decided.other
        if book is None:
            continue
        for one in occurrences(decided.main.case, decided.result, book, other.book if other is not None else None):
            found.setdefault(one.person, []).append(one)
    return found
