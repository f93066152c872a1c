"""enforce template: the wording of the papers, the shipped one and the office's own."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from enforcecli.cli import streams
from enforcecli.cli.command import did_you_mean, group, one_of, subverb
from enforcecli.language import N_, _

PROBLEM_FORMATS = ("text", "json", "jsonl", "sarif", "github", "gitlab", "junit")

app = group(
    N_("文书的模板：随程序附带的，和案件仓库 templates/ 里本单位自己的；同名的用本单位的。"),
    "enforce template list\nenforce template check",
)


@subverb(app, "list", N_("列出各种文书和它的模板"), "enforce template list")
def list_templates(
    format: Annotated[str, typer.Option(
        "--format", metavar=N_("格式"), callback=one_of(("text", "json")), help=N_("text 或 json"))] = "text",
) -> int:
    from enforcecli.cli.workplace import opened
    from enforcecli.documents.kinds import WORDED
    from enforcecli.documents.loader import templates_of

    templates = templates_of(opened().root)
    kinds = [(k, k.template in templates.own_names) for k in WORDED.values()]
    if format == "json":
        from enforcecli.output.jsonio import dumps

        streams.utf8()
        streams.lines([dumps([
            {"id": k.id, "name": k.name, "template": templates.file_of(k.template), "own": own, "per": k.per,
             "stage": k.stage, "file_paper": k.file_paper, "variables": sorted(k.variables)}
            for k, own in kinds
        ])])
        return 0
    from enforcecli.output.tables import table

    streams.lines(table([_("文种"), _("代号"), _("阶段"), _("模板")], [
        [k.name, k.id, k.stage, _("本单位") if own else _("随附")] for k, own in kinds], whole=frozenset({1, 2, 3})))
    return 0


@subverb(app, "check", N_("核对模板：标签、名称、必备内容"),
         "enforce template check\nenforce template check decision.md.j2")
def check(
    names: Annotated[list[str] | None, typer.Argument(
        metavar=N_("模板"), help=N_("模板的文件名或者文种；不写时为本单位的全部模板，没有的为随附的全部模板"))] = None,
    format: Annotated[str, typer.Option(
        "--format", metavar=N_("格式"), callback=one_of(PROBLEM_FORMATS),
        help=N_("text、json、jsonl、sarif、github、gitlab 或 junit"))] = "text",
    strict: Annotated[bool, typer.Option("--strict", help=N_("警告也算不通过"))] = False,
) -> int:
    from collections.abc import Iterator

    from enforcecli.cli.workplace import opened
    from enforcecli.documents.loader import templates_of
    from enforcecli.documents.template_check import CheckedTemplate, check_all
    from enforcecli.output.problems import MACHINE, report
    from enforcecli.output.style import style_for
    from enforcecli.output.tally import Tally

    templates = templates_of(opened().root)
    wanted = [_name(word, templates.names) for word in names or ()] or templates.own_names or templates.names
    if format in MACHINE:
        streams.utf8()
    tally = Tally(strict)

    def counted() -> Iterator[CheckedTemplate]:
        for checked in check_all(templates, wanted):
            tally.add(checked)
            yield checked

    streams.write(report(counted(), format, style=style_for(sys.stdout), strict=strict))
    return tally.code()


def _name(word: str, known: tuple[str, ...]) -> str:
    """The file of a template given by its name, path or kind of paper."""
    from pathlib import PurePath

    from enforcecli.documents.kinds import find_kind

    name = PurePath(word).name
    kind = find_kind(name)
    if kind is not None:
        return kind.template
    if name not in known:
        raise typer.BadParameter(_("没有“{name}”这个模板").format(name=word) + did_you_mean(name, known))
    return name
