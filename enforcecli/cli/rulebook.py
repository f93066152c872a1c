"""enforce rulebook: the measures the repository knows."""

from __future__ import annotations

import sys
from pathlib import Path
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


@subverb(app, "new", N_("写一部新的规则书：rulebook.yaml、source.txt、cases.yaml 三个文件，是一部能够运行的小例子，"
                        "带说明，逐项换成自己的办法。已有的文件不改动"),
         "enforce rulebook new xx-2024 --title 某县过错责任追究办法 --issuer 某县政府")
def new(
    name: Annotated[str, typer.Argument(metavar=N_("代号"), help=N_("新办法的代号，也是目录名，例如 xx-2024"))],
    title: Annotated[str | None, typer.Option(
        "--title", metavar=N_("全称"), help=N_("办法的全称；不写时留待填写"))] = None,
    issuer: Annotated[str | None, typer.Option(
        "--issuer", metavar=N_("机关"), help=N_("制定机关；不写时留待填写"))] = None,
    directory: Annotated[Path | None, typer.Option(
        "--dir", file_okay=False, metavar=N_("目录"), help=N_("建在哪个目录下面；不写时为案件仓库的 rulebooks/"))] = None,
) -> int:
    from enforcecli.cli.rulebook_new import Order, run

    return run(Order(name, title, issuer, directory))


@subverb(app, "check", N_("逐一核对一部办法的全部情形：有没有空白、冲突、从不起作用的规则，引文与原文是否一致，"
                          "份额合计是否恰好为一；--table 列出每种情形由哪条规则确定责任，供核对签字"),
         "enforce rulebook check shangjiang-2023\nenforce rulebook check rulebooks/xx-2024 --strict\n"
         "enforce rulebook check --table --format html > table.html")
def check(
    name: Annotated[str | None, typer.Argument(
        metavar=N_("办法或目录"), help=N_("办法的代号，或者它的目录；不写时用 enforce.yaml 的适用办法"))] = None,
    table: Annotated[bool, typer.Option("--table", help=N_("列出全部情形和适用的规则，答复相同的合为一行"))] = False,
    every: Annotated[bool, typer.Option("--every", help=N_("与 --table 一起：每种情形各占一行"))] = False,
    format: Annotated[str, typer.Option(
        "--format", metavar=N_("格式"), callback=one_of(("text", "json", "jsonl", "sarif", "github", "gitlab", "junit", "md", "html")),
        help=N_("text、json、jsonl、sarif、github、gitlab 或 junit；--table 用 text、md 或 html"))] = "text",
    strict: Annotated[bool, typer.Option("--strict", help=N_("警告也算不通过"))] = False,
) -> int:
    from enforcecli.cli import rulebook_check

    return rulebook_check.check(name, format, table, every, strict)


@subverb(app, "diff", N_("比较两册办法：哪些情形的结论不同，哪些条目有增删改，仓库中的每件案件按两册各测算一次，"
                         "列出前后的等次、内部比例和追偿。有不同也不算出错，退出码仍是 0；其中一册有错误时是 1"),
         "enforce rulebook diff zhen-2024 zhen-2026\n"
         "enforce rulebook diff shangjiang-2023 rulebooks/shangjiang-2027 --format md")
def diff(
    first: Annotated[str, typer.Argument(metavar=N_("原办法"), help=N_("办法的代号，或者它的目录"))],
    second: Annotated[str, typer.Argument(metavar=N_("现办法"), help=N_("办法的代号，或者它的目录"))],
    cases: Annotated[Path | None, typer.Option(
        "--cases", metavar=N_("目录"), help=N_("重新测算哪些案件；不写时为整个案件仓库"))] = None,
    format: Annotated[str, typer.Option(
        "--format", metavar=N_("格式"), callback=one_of(("text", "md", "json")), help=N_("text、md 或 json"))] = "text",
) -> int:
    from enforcecli.cli import rulebook_diff

    return rulebook_diff.diff(first, second, cases, format)


@subverb(app, "test", N_("运行办法目录里的例子（cases.yaml），核对结果是否与预期相符；--mutate 再把规则书逐处改动，"
                         "看例子能不能发现，发现不了的逐一列出"),
         "enforce rulebook test shangjiang-2023\nenforce rulebook test rulebooks/xx-2024 --mutate")
def test(
    name: Annotated[str | None, typer.Argument(
        metavar=N_("办法或目录"), help=N_("办法的代号，或者它的目录；不写时用 enforce.yaml 的适用办法"))] = None,
    mutate: Annotated[bool, typer.Option("--mutate", help=N_("逐处改动规则书，看例子能不能发现"))] = False,
    format: Annotated[str, typer.Option(
        "--format", metavar=N_("格式"), callback=one_of(("text", "json", "jsonl", "sarif", "github", "gitlab", "junit")),
        help=N_("text、json、jsonl、sarif、github、gitlab 或 junit"))] = "text",
    strict: Annotated[bool, typer.Option("--strict", help=N_("警告也算不通过"))] = False,
) -> int:
    from enforcecli.cli import rulebook_check

    return rulebook_check.test(name, mutate, format, strict)


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
