"""enforce rulebook: the measures the repository knows."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from enforcecli.cli import streams
from enforcecli.cli.command import group, one_of, subverb
from enforcecli.language import N_

if TYPE_CHECKING:
    from enforcecli.model.rulebook import Rulebook

app = group(
    N_("查阅已登记的办法：随程序附带的，和案件仓库 rulebooks/ 里的。"),
    "enforce rulebook list\nenforce rulebook show shangjiang-2023",
)

Format = Annotated[str, typer.Option(
    "--format", metavar=N_("格式"), callback=one_of(("text", "json")), help=N_("text 或 json"))]


@subverb(app, "list", N_("列出全部办法"), "enforce rulebook list")
def list_books(format: Format = "text") -> int:
    from enforcecli.cli.workplace import faulty, opened
    from enforcecli.output.book_text import books
    from enforcecli.output.exits import OK, PROBLEM

    library = opened().library
    found = library.books()
    if format == "json":
        _json([_summary(book) for book in found])
    else:
        streams.lines(books(found))
    broken = sorted(set(library.ids()) - {book.id for book in found})
    for name in broken:
        streams.say(faulty(name))
    return PROBLEM if broken else OK


@subverb(app, "show", N_("显示一部办法的概要"), "enforce rulebook show shangjiang-2023")
def show(
    name: Annotated[str, typer.Argument(metavar=N_("办法"), help=N_("办法的代号"))],
    format: Format = "text",
    source: Annotated[bool, typer.Option("--source", help=N_("显示办法的原文"))] = False,
) -> int:
    from enforcecli.cli.workplace import book_named, opened
    from enforcecli.output.book_text import book_page
    from enforcecli.output.style import style_for
    from enforcecli.output.width import printable

    book = book_named(opened(), name)
    if source:
        streams.lines(printable(line) for line in book.source.splitlines())
    elif format == "json":
        _json(_summary(book))
    else:
        streams.lines(book_page(book, style_for(sys.stdout)))
    return 0


def _summary(book: Rulebook) -> dict[str, object]:
    end = book.effective.end
    return {
        "id": book.id, "measure": book.measure, "title": book.title, "issuer": book.issuer,
        "from": book.effective.start.isoformat(), "to": end.isoformat() if end else None,
        "sha256": book.sha256, "faults": len(book.faults), "rules": len(book.rules),
        "methods": len(book.methods), "duties": len(book.duties),
    }


def _json(value: object) -> None:
    from enforcecli.output.jsonio import dumps

    streams.utf8()
    streams.lines([dumps(value)])
