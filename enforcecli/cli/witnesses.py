"""What the one who verifies brings along: anchors, codes from paper, a bundle."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from enforcecli.language import _
from enforcecli.output.width import flow

if TYPE_CHECKING:
    from enforcecli.history.repository import Repository
    from enforcecli.history.verify.trail import Given

LARGEST = 1024 * 1024


def root_in(repository: Repository, path: Path) -> Path:
    """The case repository a path lies in; of a bare repository, its top."""
    from enforcecli import language
    from enforcecli.cli.workplace import needs_office
    from enforcecli.reading.workspace import Workspace, root_of

    if repository.top is None:
        needs_office(repository, repository.git_dir)
        return repository.git_dir
    root = Path(root_of(path.absolute()).resolve())
    office = Workspace.open(root).office
    language.office(office.language if office is not None else None)
    found = root if root.is_relative_to(repository.top) else repository.top
    needs_office(repository, found)
    return found


def witnesses(repository: Repository, anchor: Path | None, codes: Sequence[str], bundle: Path | None,
              since: int, today: str, authority: Path | None) -> Given:
    """Everything brought along, read. Usage error for what cannot be meant."""
    from enforcecli.history.code import read_code
    from enforcecli.history.verify.trail import Given

    read = [read_code(code) for code in codes]
    for written, code in zip(codes, read, strict=True):
        if code is None:
            raise typer.BadParameter(_("“{code}”不是核验码：应当是 20 个字母和数字，最后一位用来查错。请与文书逐个核对").format(code=written))
    if since < 1:
        raise typer.BadParameter(_("--since 写封存的编号，从 1 开始，不能是“{value}”").format(value=since))
    if today:
        try:
            date.fromisoformat(today)
        except ValueError:
            raise typer.BadParameter(_("--today 要写成 2026-05-08 这样的日期，不能是“{value}”").format(value=today)) from None
    if authority is not None:
        with authority.open("rb"):  # told as a file that cannot be opened
            pass
    lines = _lines(anchor)
    if anchor is not None and not lines:  # compared with nothing, it would come out as if all agreed
        raise typer.BadParameter(_("{file} 里一行留存也没有，没有可以比对的").format(file=flow(str(anchor))))
    return Given(lines, str(anchor) if anchor is not None else "", tuple(filter(None, read)),
                 repository.bundle_heads(bundle) if bundle is not None else (), since, today, authority)


def _lines(path: Path | None) -> tuple[tuple[int, str], ...]:
    """The lines of an anchor file that say something; lines with # are remarks. OSError."""
    if path is None:
        return ()
    with path.open("rb") as file:
        text = file.read(LARGEST).decode("utf-8-sig", "replace")
    lines = enumerate(text.replace("\r\n", "\n").split("\n"), start=1)
    return tuple((number, line) for number, line in lines if line.strip() and not line.lstrip().startswith("#"))
