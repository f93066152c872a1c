"""Where a command works: the case repository above the paths given, and its books."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from enforcecli import language
from enforcecli.cli import streams
from enforcecli.cli.command import did_you_mean
from enforcecli.language import _
from enforcecli.model.result import CaseResult
from enforcecli.model.rulebook import Rulebook
from enforcecli.output.width import flow
from enforcecli.reading.library import FOLDER
from enforcecli.reading.workspace import CASES, OFFICE_FILE, ROSTER_FILE, Workspace, is_root, shown

if TYPE_CHECKING:
    from enforcecli.history.repository import Repository
    from enforcecli.output.result_report import BookOf

_NUMBER = re.compile(r"[A-Za-z]{1,8}-[0-9]{4}-[0-9]{3,5}")


def opened(path: Path | None = None) -> Workspace:
    """The repository a path lies in (the current directory without one); the office's language is
    taken up."""
    workspace = Workspace.open(path or Path())
    if workspace.office is not None:
        language.office(workspace.office.language)
    return workspace


def needs_office(repository: Repository, root: Path) -> None:
    """Usage error where a command that looks at one case repository is called above several: “nothing found” would
    look like “all is well”."""
    from enforcecli.history.snapshot import offices_below

    found = offices_below(repository, root)
    if found:
        words = _("、").join(map(flow, found[:3])) + ("……" if len(found) > 3 else "")
        raise typer.BadParameter(_("这里不是案件仓库。案件仓库在：{folders}。请到那里运行").format(folders=words))


def to_read(paths: Sequence[Path] | None) -> list[Path]:
    """The paths given (a case number stands for its file), else the whole repository."""
    found = case_paths(paths)
    workspace = opened(found[0] if found else None)
    if found:
        return found
    if is_root(workspace.root):
        return [workspace.root]
    if not (workspace.root / CASES).is_dir():  # never through whatever else the machine holds
        streams.say(_nothing_in(workspace.root))
        return []
    return [workspace.root / CASES]


def case_paths(paths: Sequence[Path] | None) -> list[Path]:
    """Files and directories as given; a case number stands for its file."""
    return [case_path(str(path)) for path in paths or ()]


def one_case(word: str) -> Path:
    """What has to be there: a case file, a directory of them, a case number. OSError for a missing file."""
    path = case_path(word)
    if path.suffix in {".yaml", ".yml"}:
        path.stat()
    if not path.exists():
        raise typer.BadParameter(_("“{case}”不是案件文件，也不是案号").format(case=flow(word)))
    return path


def case_path(word: str) -> Path:
    """A file as given; a case number stands for its file."""
    path = Path(word)
    if path.exists() or not _NUMBER.fullmatch(word):
        return path
    below = opened().root / CASES
    found = sorted(p for p in below.rglob("*") if p.suffix in {".yaml", ".yml"} and p.stem.upper() == word.upper())
    if not found:
        numbers = [p.stem for p in below.rglob("*.yaml")]
        raise typer.BadParameter(_("没有案号是 {number} 的案件").format(number=word) + did_you_mean(word, numbers))
    return found[0]


def faulty(name: str) -> str:
    """A book of the repository that has errors, and where they are told."""
    return _("办法“{name}”的数据有错误，先运行 enforce validate {path} 并改正").format(name=name, path=f"{FOLDER}/{name}")


def tell_without_cases(paths: Sequence[Path]) -> None:
    """Says of each directory in which no case was found where cases are looked for: silence would
    look like “all is well”."""
    from enforcecli.desk.files import without_cases

    for path in without_cases(paths):
        streams.say(_nothing_in(path))


def _nothing_in(path: Path) -> str:
    if is_root(path):
        words = _("没有找到案件：{directory} 的 cases/ 目录里没有以 .yaml 结尾的文件")
    else:
        words = _("没有找到案件：{directory} 里没有以 .yaml 结尾的文件。"
                  "案件放在案件仓库的 cases/ 目录里；有 enforce.yaml 或者 roster.yaml 的目录是案件仓库")
    return words.format(directory=flow(shown(path.absolute())))


def tell_no_case(paths: Sequence[Path]) -> None:
    """Says of a roster, of settings and their like given by name that there is nothing to assess in them."""
    from enforcecli.desk.files import is_settings

    for path in paths:
        if path.name == ROSTER_FILE and path.is_file():
            streams.say(_("{file} 是人员名册，不是案件，没有责任可以测算").format(file=flow(str(path))))
        elif path.name == OFFICE_FILE and path.is_file():
            streams.say(_("{file} 是机关设置，不是案件，没有责任可以测算").format(file=flow(str(path))))
        elif is_settings(path.absolute()) and path.is_file():
            streams.say(_("{file} 不是案件，没有责任可以测算").format(file=flow(str(path))))


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
    if found is None and name in library.ids():
        raise typer.BadParameter(faulty(str(name)))
    if found is None and name is not None:
        known = _("、").join(library.ids())
        raise typer.BadParameter(_("没有“{name}”这部办法，现有：{known}").format(name=name, known=known)
                                 + did_you_mean(name, library.names()))
    if found is None:
        known = _("、").join(library.ids())
        raise typer.BadParameter(_("用 --rulebook 写明办法，现有：{known}").format(known=known))
    return found


def _only(books: Sequence[Rulebook]) -> Rulebook | None:
    """The newest book where all are versions of one measure."""
    if len({book.measure for book in books}) != 1:
        return None
    return max(books, key=lambda book: (book.effective.start, book.id))
