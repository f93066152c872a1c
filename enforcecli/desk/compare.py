"""The cases of a repository computed under two books, whatever the day of their acts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

from enforcecli.desk.examine import blocking, resting_collector
from enforcecli.desk.files import find_files, is_settings
from enforcecli.desk.judge import Task, judge
from enforcecli.desk.register import register_of
from enforcecli.model.problem import Problem
from enforcecli.model.rulebook import Rulebook
from enforcecli.proof.compare import CaseCompared
from enforcecli.reading.workspace import Workspace, shown
from enforcecli.text.document import parse


def recompute(paths: Sequence[Path], first: Rulebook, second: Rulebook,
              progress: Callable[[int, int], None] | None = None) -> Iterator[CaseCompared]:
    """Every case the paths mean, in the order of the files' names. What only one of the books knows – a
    fact, a role, an item – is left out for the other."""
    files = [file for file in find_files(paths) if not is_settings(file)]
    with resting_collector(len(files)):
        for i, file in enumerate(files, 1):
            yield _compared(file, first, second)
            if progress is not None:
                progress(i, len(files))


def _compared(file: Path, first: Rulebook, second: Rulebook) -> CaseCompared:
    workspace = Workspace.open(file)
    inside, name = workspace.inside(file), shown(file)
    source = workspace.files.read(inside, name)
    if isinstance(source, Problem):
        return CaseCompared(name)
    document = parse(source.data, name)
    if document.root is None:
        return CaseCompared(name)
    task = Task(document, workspace, inside, source.sha256, traced=False, register=partial(register_of, workspace),
                blocking=blocking(workspace))
    return CaseCompared(name, judge(task, first, (second,)).result, judge(task, second, (first,)).result)
