"""enforce render: the papers of the cases, as files."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from enforcecli.cli.command import did_you_mean, verb
from enforcecli.language import N_, _


def formats(value: str) -> str:
    from enforcecli.documents.render import FORMATS

    for name in value.split(","):
        if name not in FORMATS:
            raise typer.BadParameter(_("应当是 {names} 之一，不能是“{value}”").format(
                names=_("、").join(FORMATS), value=name) + did_you_mean(name, FORMATS))
    return value


@verb(
    N_("按案件生成文书：每份文书一个文件，写到 decisions/ 下案件自己的目录。缺少必备内容的文书不生成，写明缺什么；"
       "不能认定的不出决定。已经生成、内容没有变的不再写。"),
    "enforce render cases/2026/SJ-2026-003.yaml\nenforce render SJ-2026-003 --doc 决定书 --format md,docx,pdf\n"
    "enforce render cases/ --check\nenforce render SJ-2026-003 --public --out public/",
)
def app(
    cases: Annotated[list[str] | None, typer.Argument(
        metavar=N_("案件"), help=N_("案件文件、目录或者案号，可以写几个；不写时为整个案件仓库"))] = None,
    doc: Annotated[list[str] | None, typer.Option(
        "--doc", metavar=N_("文种"), help=N_("只要这种文书，可以写几次；不写时为案件到这一阶段应有的全部文书"))] = None,
    format: Annotated[str, typer.Option(
        "--format", metavar=N_("格式"), callback=formats, help=N_("md、docx、pdf，几种用逗号隔开"))] = "md,docx",
    person: Annotated[list[str] | None, typer.Option(
        "--person", metavar=N_("人员"), help=N_("只要这个人的文书，可以写几次"))] = None,
    out: Annotated[Path | None, typer.Option(
        "--out", metavar=N_("目录"), help=N_("写到这个目录；不写时为 decisions/ 下以案号命名的目录"))] = None,
    public: Annotated[bool, typer.Option(
        "--public", help=N_("公开版：隐去姓名、证件号码、住址、电话，证据只写种类；卷内材料不出"))] = False,
    check: Annotated[bool, typer.Option(
        "--check", help=N_("不写文件，核对目录里的文书与案件现在的内容是否一致"))] = False,
    year: Annotated[int | None, typer.Option(
        "--year", metavar=N_("年份"), min=1900, max=2199, help=N_("只要这一年作出决定的案件；没有决定的，按行为发生的年份"))] = None,
) -> int:
    from enforcecli.cli.papers import Order, run

    return run(Order(cases or [], doc or [], format.split(","), person or [], out, public, check, year))
