"""Which cases `enforce log` is asked about, and their histories."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import typer
from msgspec import Struct

from enforcecli.cli.command import did_you_mean
from enforcecli.cli.workplace import needs_office, opened
from enforcecli.desk.examine import BATCH, resting_collector
from enforcecli.desk.files import cases_of
from enforcecli.history.repository import Repository
from enforcecli.history.snapshot import number_of, same_number
from enforcecli.history.story import Past
from enforcecli.language import _
from enforcecli.model.case import Case
from enforcecli.model.history import Story
from enforcecli.output.width import flow
from enforcecli.reading.case import read_case
from enforcecli.reading.workspace import Workspace
from enforcecli.text import fields
from enforcecli.text.document import parse
from enforcecli.text.source import Source


class Wanted(Struct, frozen=True):
    """What the command line asks for."""

    cases: tuple[str, ...]
    since: str | None
    until: str | None


def told(wanted: Wanted, progress: Callable[[int, int], None]) -> list[Story] | None:
    """The histories, by number; None where nothing was ever committed and no case is named. Usage error for a case nobody ever recorded, and for what is no day."""
    since, until = _day("--from", wanted.since), _day("--to", wanted.until)
    if since is not None and until is not None and since > until:
        raise typer.BadParameter(_("--from 的 {since} 在 --to 的 {until} 之后").format(since=since, until=until))
    files = [Path(word) for word in wanted.cases]
    workspace = opened(next((file for file in files if file.exists()), None))
    with Repository.open(workspace.root) as repository, resting_collector(BATCH):
        needs_office(repository, workspace.root)
        head = repository.head()
        if head is None and not wanted.cases:
            return None
        past = Past(repository, workspace.root, head)
        if wanted.cases:
            numbers = [_number(word, past, workspace) for word in wanted.cases]
        else:
            numbers = past.numbers()
        if since is not None or until is not None:
            days = _days(workspace)
            numbers = [n for n in numbers if _covers(days.get(same_number(n)), since, until)]
        found = []
        for done, number in enumerate(dict.fromkeys(numbers), start=1):
            found.append(past.story(number))
            progress(done, len(numbers))
    return found


def _number(word: str, past: Past, workspace: Workspace) -> str:
    """The case a word means: a file, or a number, of a case that is there or once was."""
    if Path(word).is_file():
        return number_of(word)
    known = {same_number(number): number for number in past.numbers()}
    known |= {same_number(name): number_of(name) for name in cases_of(workspace.files)}
    found = known.get(same_number(word))
    if found is None:
        raise typer.BadParameter(_("没有案号是 {number} 的案件").format(number=flow(word))
                                 + did_you_mean(word, list(known.values())))
    return found


def _day(option: str, word: str | None) -> date | None:
    if word is None:
        return None
    found = fields.date(word)
    if not isinstance(found, date):
        raise typer.BadParameter(_("{option} 后面写日期，例如 2026-01-31，不能是“{value}”").format(
            option=option, value=flow(word)))
    return found


def _covers(day: date | None, since: date | None, until: date | None) -> bool:
    return day is not None and (since is None or since <= day) and (until is None or day <= until)


def _days(workspace: Workspace) -> dict[str, date]:
    """Case → its own day, from the files as they stand: dates of commits can be set at will."""
    found: dict[str, date] = {}
    for name in cases_of(workspace.files):
        source = workspace.files.read(name)
        if isinstance(source, Source):
            case, _problems = read_case(parse(source.data, name), book=None, roster=workspace.roster,
                                        office=workspace.office, sha256=source.sha256)
            day = _own_day(case)
            if day is not None:
                found[same_number(name)] = day
    return found


def _own_day(case: Case) -> date | None:
    """立案; before it, the clue's day, else the act's."""
    filing, clue, act = case.procedure.filing, case.clue, case.act
    days = (filing.day if filing else None, clue.day if clue else None, act.reference_day if act else None)
    return next((day for day in days if day is not None), None)
