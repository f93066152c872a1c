"""enforce rulebook check and test: what they print and how they end."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from enforcecli.cli import streams
from enforcecli.cli.command import did_you_mean
from enforcecli.language import _

if TYPE_CHECKING:
    from enforcecli.desk.book import CheckedBook
    from enforcecli.proof.check import Proof
    from enforcecli.reading.library import Folder, Library

PROBLEMS = ("text", "json", "jsonl", "sarif", "github", "gitlab", "junit")
TABLES = ("text", "md", "html")


def folder_of(name: str | None) -> Folder:
    """The directory of the book meant: one named by its path, the id of a book or of a measure (its newest
    version), else the book of the office. Usage error where there is none."""
    return found_book(name)[0]


def found_book(name: str | None) -> tuple[Folder, Library | None]:
    """The same, and the books it stands among; None for a directory that is none of theirs."""
    from enforcecli.cli.workplace import book_named, opened
    from enforcecli.reading.files import OnDisk
    from enforcecli.reading.library import Folder
    from enforcecli.reading.rulebook import MAIN

    if name is not None:
        path = Path(name)
        if path.name == MAIN and path.is_file():
            path = path.parent
        if path.is_dir() and ((path / MAIN).is_file() or len(path.parts) > 1):
            whole = Path(os.path.normpath(path.absolute()))  # its last step is the book's id
            library = opened(whole).library
            folder, known = Folder(OnDisk(whole.parent), whole.name), library.folder(whole.name)
            return folder, library if known is not None and known.shown == folder.shown else None
    workspace = opened()
    library = workspace.library
    found = library.folder(name) if name is not None else None
    if found is None:
        found = library.folder(book_named(workspace, name).id)
    if found is None:
        raise typer.BadParameter(_("没有“{name}”这部办法，现有：{known}").format(
            name=name, known=_("、").join(library.ids())) + did_you_mean(name or "", library.names()))
    return found, library


def check(name: str | None, format: str, table: bool, single: bool, strict: bool) -> int:
    from enforcecli.cli.progress import Progress
    from enforcecli.desk.book import check_book

    _suits(format, table, single)
    folder, library = found_book(name)
    with Progress() as progress:
        checked = check_book(folder, progress, persons=not table or format != "text", library=library)
    proof = checked[0].proof
    if table and proof is not None:
        _table(proof, format, single)
        return _told_beside(checked, strict)
    return _problems(checked, format if not table else "text", strict, proof)


def _suits(format: str, table: bool, single: bool) -> None:
    if table and format not in TABLES:
        raise typer.BadParameter(_("--table 的格式应当是 {names} 之一，不能是“{value}”").format(
            names=_("、").join(TABLES), value=format))
    if not table and format not in PROBLEMS:
        raise typer.BadParameter(_("“{value}”只用于 --table").format(value=format))
    if single and not table:
        raise typer.BadParameter(_("--every 只与 --table 一起用"))


def _problems(checked: Sequence[CheckedBook], format: str, strict: bool, proof: Proof | None) -> int:
    from enforcecli.output.book_proof import summary
    from enforcecli.output.problems import MACHINE, report
    from enforcecli.output.style import style_for
    from enforcecli.output.tally import Tally

    tally, style = Tally(strict), style_for(sys.stdout)
    if format == "json":
        from enforcecli.output.book_proof import as_dict

        _json(as_dict(proof), checked)
        for each in checked:
            tally.add(each)
        return tally.code()
    if format in MACHINE:
        streams.utf8()

    def counted() -> Iterator[CheckedBook]:
        for each in checked:
            tally.add(each)
            yield each

    streams.write(report(counted(), format, style=style, strict=strict))
    if proof is not None and format == "text":
        streams.lines(summary(proof, style))
    elif proof is None and format == "text":
        streams.say(_("先改正上面的错误，才能逐一核对各种情形"))
    return tally.code()


def _table(proof: Proof, format: str, single: bool) -> None:
    from enforcecli.output.book_proof import table_rows, text_table
    from enforcecli.output.style import style_for

    found = table_rows(proof, single)
    if format == "text":
        streams.lines(text_table(proof, found, style_for(sys.stdout)))
        return
    from enforcecli.output import book_proof_pages as pages

    streams.utf8()
    streams.lines(pages.markdown(proof, found) if format == "md" else pages.html(proof, found))


def _told_beside(checked: Sequence[CheckedBook], strict: bool) -> int:
    """A table does not hide what is wrong with the book: how much there is, and where it is told."""
    from enforcecli.output.tally import Tally

    tally = Tally(strict)
    for each in checked:
        tally.add(each)
    if tally.errors or tally.warnings:
        streams.say(tally.line())
        streams.say(_("逐项见：enforce rulebook check {name}").format(name=checked[0].file.rsplit("/", 1)[0]))
    return tally.code()


def test(name: str | None, mutating: bool, format: str, strict: bool) -> int:
    from enforcecli.cli.progress import Progress
    from enforcecli.desk.book import run_examples
    from enforcecli.output.problems import MACHINE, report
    from enforcecli.output.style import style_for
    from enforcecli.output.tally import Tally

    folder = folder_of(name)
    with Progress() as progress:
        tested = run_examples(folder, mutating, progress)
    tally, style = Tally(strict), style_for(sys.stdout)
    for each in tested.files:
        tally.add(each)
    if format == "json":
        from enforcecli.output.book_examples import as_dict

        _json(as_dict(tested.book, tested.examples, tested.failed, tested.mutation), tested.files)
        return tally.code()
    if format in MACHINE:
        streams.utf8()
    streams.write(report(tested.files, format, style=style, strict=strict))
    if format == "text" and tested.failed is None:
        streams.say(_("先改正上面的错误，才能运行例子"))
    elif format == "text" and tested.book is not None and tested.examples and tested.failed is not None:
        from enforcecli.output.book_examples import lines

        streams.lines(lines(tested.book, tested.examples, tested.failed, tested.mutation, style))
        if mutating and tested.mutation is None:
            streams.say(_("例子要先与预期全部相符，才能试改规则书"))
    return tally.code()


def _json(data: dict[str, object], files: Sequence[CheckedBook]) -> None:
    """The data, and the problems as `validate` writes them."""
    from enforcecli.output.jsonio import dumps
    from enforcecli.output.problem_json import as_dict as problem_dict
    from enforcecli.output.shown import shown_of

    streams.utf8()
    streams.lines([dumps(data | {"problems": [problem_dict(item) for item in shown_of(files)]})])
