"""Which files `validate` is asked about, where git is to say it: what is staged, what changed since a
commit, what changed from one commit to another."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import typer
from msgspec import Struct

from enforcecli import language
from enforcecli.cli import streams
from enforcecli.desk.examine import Examined
from enforcecli.history import snapshot
from enforcecli.history.repository import Repository
from enforcecli.history.snapshot import Choice, Snapshot
from enforcecli.language import _
from enforcecli.output.width import flow

_RANGE = re.compile(r"([^/\s][^\s]*?|)(\.\.\.?)([^/.\s][^\s]*|)")


class Range(Struct, frozen=True):
    """A..B (what B holds otherwise than A) or A...B (otherwise than where the two went apart)."""

    old: str
    new: str
    apart: bool


def range_of(word: str) -> Range | None:
    """The range a word means; None for a path. A side left out is HEAD."""
    match = _RANGE.fullmatch(word)
    if match is None or not (match[1] or match[3]) or Path(word).exists():
        return None
    return Range(match[1] or "HEAD", match[3] or "HEAD", match[2] == "...")


class Asked(Struct, frozen=True):
    """What the command line says."""

    paths: Sequence[Path]
    staged: bool
    since: str | None
    range: Range | None

    def check(self) -> None:
        """Usage error where more than one of them says what to look at."""
        if sum((self.staged, self.since is not None, self.range is not None)) > 1:
            raise typer.BadParameter(_("--staged、--changed-since 和 A..B 只能写一个"))


def asked(paths: Sequence[Path], staged: bool, since: str | None) -> Asked | None:
    """None where git has no say."""
    ranges = [between for word in paths if (between := range_of(str(word))) is not None]
    if len(ranges) > 1:
        raise typer.BadParameter(_("A..B 只能写一个"))
    if not (ranges or staged or since is not None):
        return None
    found = Asked([word for word in paths if range_of(str(word)) is None], staged, since,
                  ranges[0] if ranges else None)
    found.check()
    return found


def chosen(order: Asked, progress: Callable[[int, int], None]) -> Iterator[Examined]:
    """What is asked for, each file examined. Refused where git or the repository will not have it."""
    repository = Repository.open((order.paths[0] if order.paths else Path()).absolute())
    if order.range is None:
        needs_tree(repository)
    below = [_place(repository, path) for path in order.paths]
    if order.since is not None:
        kept, choice = _since(repository, order, below)
    elif order.range is not None:
        kept, choice = _between(repository, order.range, below)
    else:
        kept = Snapshot.staged(repository)
        choice = _staged(repository, kept, below)
    _speak(kept, choice)
    _tell(choice)
    return _examined(repository, kept, choice, progress)


def needs_tree(repository: Repository) -> None:
    """Usage error in a bare repository, which has neither an index nor files to look at."""
    if repository.top is None:
        raise typer.BadParameter(_("这是裸仓库，没有工作目录，要写明两个版本 A..B"))


def _place(repository: Repository, path: Path) -> str:
    found = snapshot.place_of(repository, path)
    if found is None:
        raise typer.BadParameter(_("{path} 不在这个 git 仓库里").format(path=flow(str(path))))
    return found


def _staged(repository: Repository, kept: Snapshot, below: Sequence[str]) -> Choice:
    """What is staged; of paths given, all that the index holds there, and whatever a staged change of
    settings among them judges."""
    changed = snapshot.touched(kept, [change.path for change in repository.staged()], below)
    if not below:
        return changed
    given = snapshot.named(kept, below)
    targets = dict.fromkeys((*given.targets, *(changed.targets if changed.brought else ())))
    return Choice(tuple(sorted(targets, key=lambda t: t.path)), changed.brought)


def _between(repository: Repository, wanted: Range, below: Sequence[str]) -> tuple[Snapshot, Choice]:
    old, new = snapshot.commit_of(repository, wanted.old), snapshot.commit_of(repository, wanted.new)
    if wanted.apart:
        old = repository.merge_base(old, new) or old
    kept = Snapshot.of_commit(repository, new)
    return kept, snapshot.touched(kept, [change.path for change in repository.changed(old, new)], below)


def _since(repository: Repository, order: Asked, below: Sequence[str]) -> tuple[Snapshot, Choice]:
    """The working directory, of the files that stand otherwise than in the commit."""
    base = snapshot.base_of(repository, str(order.since))
    now = Snapshot.on_disk(repository, (order.paths[0] if order.paths else Path()).absolute())
    return now, snapshot.touched(now, now.differing(Snapshot.of_commit(repository, base)), below)


def _speak(kept: Snapshot, choice: Choice) -> None:
    """The office's language is taken up, as it is everywhere."""
    root = choice.targets[0].root if choice.targets else next(iter(kept.roots), "")
    office = kept.workspace(root).office
    if office is not None:
        language.office(office.language)


def _tell(choice: Choice) -> None:
    """What was taken in besides, or that there is nothing: silence would look like “all is well”."""
    if choice.brought:
        words = _("、").join(map(flow, choice.brought[:3])) + ("……" if len(choice.brought) > 3 else "")
        streams.say(_("{files} 有改动，按它们判断的案件一并核查").format(files=words))
    if not choice.targets:
        streams.say(_("没有要核查的改动"))


def _examined(repository: Repository, kept: Snapshot, choice: Choice,
              progress: Callable[[int, int], None]) -> Iterator[Examined]:
    with repository:
        for done, examined in enumerate(snapshot.examine(kept, choice.targets), start=1):
            yield examined
            progress(done, len(choice.targets))
