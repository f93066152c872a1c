"""enforce rulebook diff: what it prints and how it ends."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from enforcecli.cli import streams

if TYPE_CHECKING:
    from enforcecli.desk.book import ReadBook
    from enforcecli.output.book_diff import BookDiff


def diff(first: str, second: str, cases: Path | None, format: str) -> int:
    from enforcecli.cli.progress import Progress
    from enforcecli.cli.rulebook_check import folder_of
    from enforcecli.cli.workplace import to_read
    from enforcecli.desk.book import read_book
    from enforcecli.desk.compare import recompute
    from enforcecli.output.book_diff import BookDiff
    from enforcecli.output.exits import OK, UNREADABLE
    from enforcecli.proof.compare import compare
    from enforcecli.proof.entries import entries

    read = [read_book(folder_of(name)) for name in (first, second)]
    one, other = read[0].book, read[1].book
    if one is None or other is None:
        return _faulty([book for book in read if book.book is None])
    paths = to_read([cases] if cases is not None else None)
    with Progress() as progress:
        found = BookDiff(one, other, compare(one, other), entries(one, other),
                         tuple(recompute(paths, one, other, progress)))
    _print(found, format)
    return UNREADABLE if found.unread else OK


def _faulty(books: list[ReadBook]) -> int:
    """A book with errors says nothing certain: its problems instead of a comparison."""
    from enforcecli.desk.book import by_file
    from enforcecli.output.problem_text import of_file
    from enforcecli.output.style import style_for
    from enforcecli.output.tally import Tally

    tally = Tally(False)
    for book in books:
        for file in by_file(book.folder, book.problems, None, book.file):
            tally.add(file)
            streams.say("".join(of_file(file, style_for(sys.stderr))).rstrip("\n"))
    return tally.code()


def _print(found: BookDiff, format: str) -> None:
    from enforcecli.output import book_diff
    from enforcecli.output.style import style_for

    if format == "text":
        streams.lines(book_diff.text(found, style_for(sys.stdout)))
        return
    streams.utf8()
    if format == "md":
        streams.lines(book_diff.markdown(found))
        return
    from enforcecli.output.jsonio import dumps

    streams.lines([dumps(book_diff.as_dict(found))])
