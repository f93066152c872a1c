"""What `enforce diff` compares."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import typer

from enforcecli.cli.changes import needs_tree, range_of
from enforcecli.cli.command import did_you_mean
from enforcecli.cli.workplace import needs_office, opened
from enforcecli.desk.examine import BATCH, resting_collector
from enforcecli.history.between import changes, numbers
from enforcecli.history.repository import Repository
from enforcecli.history.snapshot import Snapshot, commit_of, place_of, same_number
from enforcecli.language import _
from enforcecli.model.history import Changes
from enforcecli.output.width import flow


def between(words: Sequence[str], progress: Callable[[int, int], None]) -> Changes:
    """The differences. Usage error for a case that is in neither state. V-REV, V-NOREPO."""
    ranges = [found for word in words if (found := range_of(word)) is not None]
    if len(ranges) > 1:
        raise typer.BadParameter(_("A..B 只能写一个"))
    cases = [word for word in words if range_of(word) is None]
    workspace = opened(next((Path(word) for word in cases if Path(word).exists()), None))
    with Repository.open(workspace.root) as repository, resting_collector(BATCH):
        needs_office(repository, workspace.root)
        if ranges:
            old, new = commit_of(repository, ranges[0].old), commit_of(repository, ranges[0].new)
            if ranges[0].apart:
                old = repository.merge_base(old, new) or old
            states = Snapshot.of_commit(repository, old), Snapshot.of_commit(repository, new)
        else:
            needs_tree(repository)
            head = repository.head()
            before = Snapshot.of_commit(repository, head) if head is not None else Snapshot.empty(repository)
            states = before, Snapshot.on_disk(repository, workspace.root)
        root = place_of(repository, workspace.root) or ""
        return changes(*states, root, [_number(word, states, root) for word in cases], progress)


def _number(word: str, states: Sequence[Snapshot], root: str) -> str:
    known = numbers(states, root)
    key = same_number(word)
    if key not in known:
        raise typer.BadParameter(_("没有案号是 {number} 的案件").format(number=flow(word))
                                 + did_you_mean(word, list(known.values())))
    return known[key]
