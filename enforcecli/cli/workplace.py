"""Where a command works: the case repository above the paths given, and its books."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from enforcecli import language
from enforcecli.cli.command import did_you_mean
from enforcecli.language import _
from enforcecli.model.result import CaseResult
from enforcecli.model.rulebook import Rulebook
from enforcecli.reading.workspace import Workspace

if TYPE_CHECKING:
    from enforcecli.output.result_report import BookOf


def opened(path: Path | None = None) -> Workspace:
    """The repository a path lies in (the current directory without one); the office's language is
    taken up."""
    workspace = Workspace.open(path or Path())
    if workspace.office is not None:
        language.office(workspace.office.language)
    return workspace


def to_read(paths: Sequence[Path] | None) -> list[Path]:
    """The paths given, else the whole repository."""
    workspace = opened(paths[0] if paths else None)
    return list(paths) if paths else [workspace.root]


def one_by_name(paths: Sequence[Path] | None) -> bool:
    """Whether the command names exactly one file: JSON is then one object, not a list."""
    return paths is not None and len(paths) == 1 and not paths[0].is_dir()


def books(path: Path) -> BookOf:
    """Finds the book a result was computed from, for clauses and names."""
    library = opened(path).library

    def book(result: CaseResult) -> Rulebook | None:
        return library.book(result.rulebook) if result.rulebook else None

    return book


def book_named(workspace: Workspace, name: str | None) -> Rulebook:
    """The book to show: the one named (a book, or the newest of a measure), else the office's,
    else the only one there is. Usage error where that leaves a choice."""
    library = workspace.library
    if name is not None:
        found = library.book(name) or next(iter(library.of_measure(name)[-1:]), None)
    else:
        found = workspace.book() or _only(library.books())
    if found is None:
        known = "、".join(library.names())
        raise typer.BadParameter(_("用 --rulebook 写明办法，现有：{known}").format(known=known)
                                 + did_you_mean(name or "", library.names()))
    return found


def _only(books: Sequence[Rulebook]) -> Rulebook | None:
    """The newest book where all are versions of one measure."""
    if len({book.measure for book in books}) != 1:
        return None
    return max(books, key=lambda book: (book.effective.start, book.id))
