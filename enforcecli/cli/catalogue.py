"""enforce catalogue: what a measure says, entry by entry."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from enforcecli.cli import streams
from enforcecli.cli.command import did_you_mean, group, one_of, subverb
from enforcecli.language import N_, _

if TYPE_CHECKING:
    from enforcecli.output.book_words import Entry

app = group(
    N_("查阅办法的过错情形、责任规则、责任方式和职责。"),
    "enforce catalogue faults\nenforce catalogue show R6\nenforce catalogue search 审批",
)

Book = Annotated[str | None, typer.Option(
    "--rulebook", metavar=N_("办法"), help=N_("办法的代号；不写时用 enforce.yaml 的适用办法"))]
Format = Annotated[str, typer.Option(
    "--format", metavar=N_("格式"), callback=one_of(("text", "json")), help=N_("text 或 json"))]


@subverb(app, "faults", N_("列出过错情形"), "enforce catalogue faults")
def faults(rulebook: Book = None, format: Format = "text") -> int:
    return _list(rulebook, "faults", format)


@subverb(app, "rules", N_("列出责任划分规则"), "enforce catalogue rules")
def rules(rulebook: Book = None, format: Format = "text") -> int:
    return _list(rulebook, "rules", format)


@subverb(app, "methods", N_("列出责任追究方式"), "enforce catalogue methods")
def methods(rulebook: Book = None, format: Format = "text") -> int:
    return _list(rulebook, "methods", format)


@subverb(app, "duties", N_("列出职责"), "enforce catalogue duties")
def duties(rulebook: Book = None, format: Format = "text") -> int:
    return _list(rulebook, "duties", format)


@subverb(app, "show", N_("显示一项的全部内容"), "enforce catalogue show 3-5\nenforce catalogue show R6")
def show(
    code: Annotated[str, typer.Argument(metavar=N_("代码"), help=N_("过错、规则、方式或职责的代码"))],
    rulebook: Book = None, format: Format = "text",
) -> int:
    found = _entries(rulebook, None)
    matching = [entry for entry in found if entry.code.casefold() == code.casefold()]
    if not matching:
        raise typer.BadParameter(_("办法里没有代码 {code}").format(code=code)
                                 + did_you_mean(code, [entry.code for entry in found]))
    _print(matching, format, pages=True)
    return 0


@subverb(app, "search", N_("查找一个词"), "enforce catalogue search 审批")
def search(
    word: Annotated[str, typer.Argument(metavar=N_("词"), help=N_("要查找的词"))],
    rulebook: Book = None, format: Format = "text",
) -> int:
    _print([entry for entry in _entries(rulebook, None) if entry.mentions(word)], format)
    return 0


def _list(rulebook: str | None, sort: str, format: str) -> int:
    _print(_entries(rulebook, sort), format)
    return 0


def _entries(rulebook: str | None, sort: str | None) -> list[Entry]:
    from enforcecli.cli.workplace import book_named, opened
    from enforcecli.output.book_words import all_entries, entries

    book = book_named(opened(), rulebook)
    return all_entries(book) if sort is None else entries(book, sort)


def _print(found: list[Entry], format: str, *, pages: bool = False) -> None:
    if format == "json":
        from enforcecli.output.jsonio import dumps

        streams.utf8()
        streams.lines([dumps([entry.as_dict() for entry in found])])
        return
    from enforcecli.output.book_text import listing, page
    from enforcecli.output.style import style_for

    if pages:
        for entry in found:
            streams.lines(page(entry, style_for(sys.stdout)))
    else:
        streams.lines(listing(found))
