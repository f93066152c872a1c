"""What `enforce roster statement` does: the statement of each person asked for, as files."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import typer

from enforcecli.cli import streams
from enforcecli.cli.command import did_you_mean
from enforcecli.cli.workplace import book_named
from enforcecli.desk.roster import changes, people_on, persons_meant
from enforcecli.documents.render import PDF, Rendered
from enforcecli.documents.statement import Subject, statement
from enforcecli.language import _
from enforcecli.model.problem import Problem
from enforcecli.model.roster import Roster
from enforcecli.output.exits import PROBLEM
from enforcecli.output.shown import Told
from enforcecli.output.width import flow
from enforcecli.reading.workspace import Workspace, shown
from enforcecli.text.write import made, settle, sweep, write

STATEMENTS = "statements"


def run(workspace: Workspace, when: date | None, persons: Sequence[str], out: Path | None,
        formats: Sequence[str], code: int) -> int:
    """Writes the files; `code`: the exit code if nothing more is wrong."""
    roster = workspace.roster
    assert roster is not None
    if when is None and changes(roster):
        raise typer.BadParameter(_("名册里有人写了任职的止日，不同的日子责任人不同：写明 --on 日期"))
    subject = Subject(workspace, roster, book_named(workspace, None), when)
    wanted = _wanted(roster, persons, when)
    directory, root = (out, None) if out is not None else (workspace.root / STATEMENTS, workspace.root)
    real = made(directory, root)
    sweep(real)
    job = _Job(directory, real)
    for who in wanted:
        for file in statement(subject, who, formats):
            job.take(file)
    job.convert()
    settle(real)
    streams.lines([_("共 {count} 份：写入 {written}，未变 {kept}").format(
        count=job.written + job.kept, written=job.written, kept=job.kept)])
    return code or job.code


def _wanted(roster: Roster, persons: Sequence[str], when: date | None) -> list[str]:
    """The ids meant; a usage error for who is not there on the day, or might be several."""
    serving = people_on(roster, when)
    if not persons:
        return list(serving)
    found = []
    for word in persons:
        meant = persons_meant(roster, word, when)
        if len(meant) > 1:
            raise typer.BadParameter(_("“{word}”可能是其中任何一个：{people}").format(word=word, people=_("、").join(meant)))
        if not meant:
            raise typer.BadParameter(_("名册里没有“{word}”").format(word=word) + did_you_mean(word, list(roster.people)))
        if meant[0] not in serving:
            raise typer.BadParameter(_("{person}在这一天不在职").format(person=meant[0]))
        found.append(meant[0])
    return list(dict.fromkeys(found))


class _Job:
    """What has been written so far."""

    def __init__(self, directory: Path, real: Path) -> None:
        self._directory, self._real = directory, real
        self._pdfs: dict[str, bytes] = {}
        self.written = self.kept = self.code = 0

    def take(self, file: Rendered | Problem) -> None:
        if isinstance(file, Problem):
            self._tell(file)
            return
        name = f"{file.name}.{file.format}"
        if file.format == PDF:
            self._pdfs[name] = file.data
        else:
            self._write(name, file.data)

    def convert(self) -> None:
        """All PDF in one go: the office program takes seconds to start."""
        from enforcecli.documents.pdf import to_pdf

        found = to_pdf(self._pdfs) if self._pdfs else {}
        if isinstance(found, Problem):
            self._tell(found.at("PDF", None))
            return
        for name, data in found.items():
            self._write(name, data)

    def _write(self, name: str, data: bytes) -> None:
        done = write(self._real / name, data)
        self.written += done
        self.kept += not done
        path = flow(shown((self._directory / name).absolute()))
        streams.lines([(_("写入  {path}") if done else _("未变  {path}")).format(path=path)])

    def _tell(self, problem: Problem) -> None:
        from enforcecli.output.problem_text import of_file
        from enforcecli.output.style import style_for

        self.code = PROBLEM
        streams.say("".join(of_file(Told(problem.file, [problem]), style_for(sys.stderr))).rstrip("\n"))
