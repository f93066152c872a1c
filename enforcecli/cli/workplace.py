"""Where a command works: the case repository above the paths given, and its books."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import typer

from enforcecli import language
from enforcecli.language import _
from enforcecli.model.result import CaseResult
from enforcecli.model.rulebook import Rulebook
from enforcecli.output.result_report import BookOf
from enforcecli.reading.workspace import Workspace


def opened(paths: Sequence[Path] | None = None) -> Workspace:
    """The repository of the first path, or of the current directory; the office's language is
    taken up."""
    workspace = Workspace.open(paths[0] if paths else Path())
    if workspace.office is not None:
        language.office(workspace.office.language)
    return workspace


def to_read(workspace: Workspace, paths: Sequence[Path] | None) -> list[Path]:
    """The paths given, else the whole repository."""
    return list(paths) if paths else [workspace.root]


def one_by_name(paths: Sequence[Path] | None) -> bool:
    """Whether the command names exactly one file: JSON is then one object, not a list."""
    return paths is not None and len(paths) == 1 and not paths[0].is_dir()


def book_of(workspace: Workspace) -> BookOf:
    """The book a result was computed from, for clauses and names."""

    def book(result: CaseResult) -> Rulebook | None:
        return workspace.library.book(result.rulebook) if result.rulebook else None

    return book


def book_named(workspace: Workspace, name: str | None) -> Rulebook:
    """The book to show: the one named (a book, or the newest of a measure), else the office's,
    else the only one there is. Usage error where that leaves a choice."""
    library = workspace.library
    books = [library.book(id) for id in library.ids()]
    wanted = name or (workspace.office.measure if workspace.office else None)
    fitting = [book for book in books if wanted is None or wanted in (book.id, book.measure)]
    exact = [book for book in fitting if book.id == wanted]
    if exact:
        return exact[0]
    if not fitting or (wanted is None and len({book.measure for book in fitting}) > 1):
        known = "、".join(book.id for book in books)
        raise typer.BadParameter(_("用 --rulebook 写明办法，现有：{known}").format(known=known))
    return max(fitting, key=lambda book: (book.effective.start, book.id))
