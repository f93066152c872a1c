"""enforce explain: what a problem code means, with a bad and a good sample."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from enforcecli.cli import streams
from enforcecli.cli.command import did_you_mean, one_of, verb
from enforcecli.language import N_, _, counted
from enforcecli.output.style import Style, style_for
from enforcecli.output.width import COLUMNS, hang, printable, wrap

if TYPE_CHECKING:
    from enforcecli.model.problem import Kind


@verb(
    N_("解释一个问题代码：它的意思和理由、错误与正确的写法、条款和依据。不写代码时列出全部代码。"),
    "enforce explain L301\nenforce explain",
)
def app(
    code: Annotated[str | None, typer.Argument(
        metavar=N_("代码"), help=N_("问题代码，核查结果每一行都有"))] = None,
    format: Annotated[str, typer.Option(
        "--format", metavar=N_("格式"), callback=one_of(("text", "json")), help=N_("text 或 json"))] = "text",
) -> int:
    from enforcecli.problems import all_kinds

    kinds = {kind.code: kind for kind in all_kinds()}
    if code is None:
        found = list(kinds.values())
    elif code.upper() in kinds:
        found = [kinds[code.upper()]]
    else:
        raise typer.BadParameter(_("没有问题代码 {code}").format(code=code)
                                 + did_you_mean(code.upper(), list(kinds)))
    if format == "json":
        _json(found)
    else:
        streams.lines(_list(found) if code is None else _page(found[0], style_for(sys.stdout)))
    return 0


def _list(kinds: list[Kind]) -> Iterator[str]:
    from enforcecli.output.shown import level_word
    from enforcecli.output.tables import table

    rows = [[kind.code, level_word(kind.level), printable(_(kind.title))] for kind in kinds]
    if rows:
        yield from table([_("代码"), _("级别"), _("名称")], rows, whole=frozenset({0, 1}))
    yield counted(_("共 {count} 项"), len(rows))


def _page(kind: Kind, style: Style) -> Iterator[str]:
    from enforcecli.output.shown import basis_label, blanks, level_word

    yield style.paint(f"{kind.code}  {level_word(kind.level)}  {_(kind.title)}", "strong")
    yield ""
    for paragraph in _(kind.doc).split("\n"):
        yield from wrap(" ".join(paragraph.split()), COLUMNS)
    if kind.remedy:
        yield ""
        yield from hang(_("改法："), blanks(_(kind.remedy)))
    for title, sample in ((_("错误的写法："), kind.bad), (_("正确的写法："), kind.good)):
        if sample:
            yield from ("", title)
            yield from (f"    {printable(line)}".rstrip() for line in sample.strip("\n").split("\n"))
    if kind.cite or kind.basis:
        yield ""
    if kind.cite:
        yield from hang(_("条款："), kind.cite)
    if kind.basis:
        yield from hang(basis_label(kind.basis), kind.basis)


def _json(kinds: list[Kind]) -> None:
    from enforcecli.output.jsonio import dumps
    from enforcecli.output.shown import blanks

    streams.utf8()
    streams.lines([dumps([
        {
            "code": k.code, "level": k.level.value, "title": _(k.title), "message": blanks(_(k.message)),
            "remedy": blanks(_(k.remedy)), "doc": _(k.doc), "bad": k.bad, "good": k.good, "file": k.file,
            "cite": k.cite, "basis": k.basis, "fixable": k.fixable,
        }
        for k in kinds
    ])])
