"""enforce diff: what differs between two versions, in the terms of the field."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from enforcecli.cli import streams
from enforcecli.cli.command import one_of, verb
from enforcecli.language import N_, _
from enforcecli.output.exits import OK

FORMATS = ("text", "json", "md")


@verb(
    N_("两个版本之间有什么不同：机关设置、名册、办法改了什么，每件案件的记录和测算结果改了什么。"
       "不写 A..B 时比较最近一次提交和工作目录，提交之前可以看看改动会带来什么结果。"),
    "enforce diff\nenforce diff SJ-2026-003\nenforce diff HEAD~3..HEAD\n"
    "enforce diff v2025..HEAD cases/2026/SJ-2026-003.yaml --format md",
)
def app(
    words: Annotated[list[str] | None, typer.Argument(
        metavar=N_("A..B 案件"), help=N_("两个版本（A...B 从分岔处算起），和要看的案件：案号或者文件，可以写几个"))] = None,
    format: Annotated[str, typer.Option(
        "--format", metavar=N_("格式"), callback=one_of(FORMATS), help=N_("text、json 或 md"))] = "text",
) -> int:
    from enforcecli.cli.comparing import between
    from enforcecli.cli.progress import Progress
    from enforcecli.output.history import changes
    from enforcecli.output.style import style_for

    with Progress() as progress:
        found = between(words or (), progress)
    if format == "json":
        streams.utf8()
    streams.write(changes(found, format, style_for(sys.stdout)))
    if not (found.settings or found.cases):
        streams.say(_("没有改动"))
    return OK
