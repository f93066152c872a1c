"""enforce init: a case repository to begin with."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from enforcecli.cli.command import one_of, verb
from enforcecli.language import N_

PLATFORMS = ("github", "gitlab", "gitee")


@verb(
    N_("建立案件仓库：机关设置、人员名册、目录、编辑器的提示、提交前的核查、持续集成、服务器钩子的样本。"
       "已有的文件一个也不改。没有 git 仓库的，同时建立一个；提交由你自己来做。"),
    "enforce init\nenforce init 案件 --organ 上江乡人民政府\nenforce init --ci gitee",
)
def app(
    directory: Annotated[Path, typer.Argument(
        file_okay=False, metavar=N_("目录"), help=N_("建在哪里；没有的目录会建立，不写时为当前目录"))] = Path(),
    ci: Annotated[str | None, typer.Option(
        "--ci", metavar="github|gitlab|gitee", callback=lambda word: word and one_of(PLATFORMS)(word),
        help=N_("同时写这个平台的持续集成文件"))] = None,
    organ: Annotated[str | None, typer.Option(
        "--organ", metavar=N_("机关"), help=N_("本机关全称，写进 enforce.yaml；不写时留待填写"))] = None,
    measure: Annotated[str | None, typer.Option(
        "--measure", metavar=N_("办法"), help=N_("适用的办法；只有一部时不必写"))] = None,
) -> int:
    from enforcecli.cli.starting import Order, run

    return run(Order(directory, ci, organ, measure))

