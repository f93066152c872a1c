"""enforce fix: slips of typing mended in the files themselves."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from enforcecli.cli.command import verb
from enforcecli.language import N_


@verb(
    N_("改正文件里打字的毛病：编码、全角标点、缩进、空格、引号、括号、文号、日期的写法。只改这些地方，注释、排版和别的字都不动；"
       "有两种读法的不改，说明还要自己改什么。改了哪一行、为什么改，逐条列出。"),
    "enforce fix cases/2026/SJ-2026-003.yaml\nenforce fix --diff cases/2026/SJ-2026-003.yaml\n"
    "enforce fix --unsafe --diff roster.yaml",
)
def app(
    paths: Annotated[list[Path], typer.Argument(
        readable=False, metavar=N_("文件或目录"), help=N_("要改的 .yaml 文件，可以写几个；目录是其中所有的 .yaml 文件"))],
    diff: Annotated[bool, typer.Option("--diff", help=N_("只显示会怎样改（unified diff），不写文件"))] = False,
    unsafe: Annotated[bool, typer.Option(
        "--unsafe", help=N_("也改需要人核对的：写错的键和词、漏掉的括号和引号、被当成注释的字等；每一处都注明是猜的"))] = False,
) -> int:
    from enforcecli.cli.mending import Order, run

    return run(Order(paths, diff, unsafe))
