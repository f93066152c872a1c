"""enforce review: the yearly review, of one repository or of many."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from enforcecli.cli.command import one_of, verb
from enforcecli.language import N_, _

FORMATS = ("table", "md", "json", "csv", "xlsx", "html", "docx")


def _format(value: str | None) -> str | None:
    return None if value is None else one_of(FORMATS)(value)


@verb(
    N_("汇总一个年度的案件：情形、站所、阶段、责任、方式、期限、金额、人员、职责、纠错率。年度依案件自己的日期；"
       "每个数字都可以追到案号，不能计入的逐件列明。没有案件的年度出零报告。"),
    "enforce review --year 2026\nenforce review --year 2026 --compare 2025 --out 2026.xlsx\n"
    "enforce review --year 2026 --unit 林业站 --format html --out 林业站.html\n"
    "enforce review --year 2026 --list 各乡镇.txt --format csv",
)
def app(
    repositories: Annotated[list[Path] | None, typer.Argument(
        readable=False, metavar=N_("案件仓库"), help=N_("案件仓库的目录，可以写几个；不写时为当前目录所在的仓库"))] = None,
    year: Annotated[int | None, typer.Option(
        "--year", metavar=N_("年份"), min=1, max=9999, help=N_("哪一个年度，必须写明"))] = None,
    compare: Annotated[int | None, typer.Option(
        "--compare", metavar=N_("年份"), min=1, max=9999, help=N_("并列另一个年度的数字"))] = None,
    unit: Annotated[str | None, typer.Option(
        "--unit", metavar=N_("站所名称"), help=N_("只汇总一个站所"))] = None,
    format: Annotated[str | None, typer.Option(
        "--format", metavar=N_("格式"), callback=_format,
        help=N_("table、md、json、csv、xlsx、html 或 docx；不写时看 --out 的后缀，再没有就是 table"))] = None,
    out: Annotated[Path | None, typer.Option(
        "--out", metavar=N_("文件"), help=N_("写到这个文件"))] = None,
    public: Annotated[bool, typer.Option("--public", help=N_("公开版：不列个人"))] = False,
    cases: Annotated[bool, typer.Option(
        "--cases", help=N_("table 和 md 里，每张表下列出各个数字的案号；其他格式总有"))] = False,
    listed: Annotated[Path | None, typer.Option(
        "--list", metavar=N_("文件"), help=N_("从文件读案件仓库的目录，一行一个"))] = None,
    dask: Annotated[str | None, typer.Option(
        "--dask", metavar=N_("地址"), help=N_("在 Dask 集群上汇总各个仓库，例如 tcp://主机:8786"))] = None,
    no_cache: Annotated[bool, typer.Option(
        "--no-cache", help=N_("不用也不写缓存；结果与用缓存时相同"))] = False,
) -> int:
    from enforcecli.cli.reviewing import Order, run

    if year is None:
        raise typer.BadParameter(_("没有写年度，例如 --year 2026"))
    if compare == year:
        raise typer.BadParameter(_("--compare 与 --year 是同一个年度 {year}，没有可以并列的").format(year=year))
    return run(Order(tuple(repositories or ()), year, compare, unit, format, out,
                     public, cases, listed, dask, no_cache))
