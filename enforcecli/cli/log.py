"""enforce log: how a case came to be what it is."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from enforcecli.cli import streams
from enforcecli.cli.command import one_of, verb
from enforcecli.language import N_, _
from enforcecli.output.exits import OK, UNDECIDED

FORMATS = ("text", "json", "md")


@verb(
    N_("一件案件的改动经过，从第一次提交起，用办案的话来说：谁（作者和提交者，按提交里写的）、什么时候（日期异常的指出来）、"
       "改了什么（阶段、情形、事实、人员、责任、比例、方式、金额）。名册、设置、办法的改动使结果改变的，也在其中。"
       "不写案件时列出全部案件；用 --from、--to 按案件自己的日期选。"),
    "enforce log SJ-2026-003\nenforce log cases/2026/SJ-2026-003.yaml --format md\n"
    "enforce log --from 2026-01-01 --to 2026-12-31",
)
def app(
    cases: Annotated[list[str] | None, typer.Argument(
        metavar=N_("案件"), help=N_("案号或者案件文件，可以写几个；不写时为全部案件"))] = None,
    since: Annotated[str | None, typer.Option(
        "--from", metavar=N_("日期"), help=N_("立案日期（没有的用线索、行为的日期）不早于这一天的案件"))] = None,
    until: Annotated[str | None, typer.Option(
        "--to", metavar=N_("日期"), help=N_("立案日期不晚于这一天的案件"))] = None,
    format: Annotated[str, typer.Option(
        "--format", metavar=N_("格式"), callback=one_of(FORMATS), help=N_("text、json 或 md"))] = "text",
) -> int:
    from enforcecli.cli.past import Wanted, told
    from enforcecli.cli.progress import Progress
    from enforcecli.output.history import stories
    from enforcecli.output.history_words import incomplete
    from enforcecli.output.style import style_for

    with Progress() as progress:
        found = told(Wanted(tuple(cases or ()), since, until), progress)
    if found is None:
        streams.say(_("这个仓库还没有提交过，没有历史：先用 git add 和 git commit 提交案件"))
        found = []
    elif not found:
        streams.say(_("没有符合条件的案件"))
    if format == "json":
        streams.utf8()
    streams.write(stories([one for one in found if one.steps], format, style_for(sys.stdout)))
    for one in found:
        if not one.steps:
            streams.say(_("{number} 还没有提交过，没有历史").format(number=one.number))
    if all(one.whole for one in found):
        return OK
    streams.say(incomplete())
    return UNDECIDED
