"""enforce verify: what the history of a case repository can be held to."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from enforcecli.cli import streams
from enforcecli.cli.command import one_of, verb
from enforcecli.language import N_, _

if TYPE_CHECKING:
    from enforcecli.history.verify import Verdict
    from enforcecli.model.problem import Problem


@verb(
    N_("核验封存的决定有没有被改动：历史是否完整，封存是否首尾相接，文件与封存的是否一致，起草和批准是不是两个人，"
       "并用封存的文件把每个决定重新测算一遍。只读取，不执行仓库里的任何东西。与留存在外面的摘要、核验码比对，才能发现整个重写和截去末尾。"),
    "enforce verify\nenforce verify --anchor 留存.txt\nenforce verify --code 7VHC1-D2HS9-8CN8W-RE68A\n"
    "enforce verify --since 12 --format json",
)
def app(
    path: Annotated[Path, typer.Argument(
        readable=False, metavar=N_("目录"), help=N_("案件仓库；不写时为当前目录所在的仓库"))] = Path(),
    anchor: Annotated[Path | None, typer.Option(
        "--anchor", metavar=N_("文件"), help=N_("enforce anchor export 写出的留存，一行一份"))] = None,
    code: Annotated[list[str] | None, typer.Option(
        "--code", metavar=N_("核验码"), help=N_("文书上的核验码，可以写几次"))] = None,
    bundle: Annotated[Path | None, typer.Option(
        "--bundle", metavar=N_("文件"), help=N_("enforce anchor export --bundle 写出的归档"))] = None,
    since: Annotated[int, typer.Option(
        "--since", metavar=N_("编号"), help=N_("只核验这一号和以后的封存；首尾相接仍从第一号查起"))] = 1,
    today: Annotated[str, typer.Option(
        "--today", metavar=N_("日期"), help=N_("今天的日期，用来找出时间还没有到的提交"))] = "",
    tsa: Annotated[Path | None, typer.Option(
        "--tsa", metavar=N_("文件"), help=N_("时间戳机构的证书（PEM），用来核对 seals/ 里的时间戳"))] = None,
    strict: Annotated[bool, typer.Option("--strict", help=N_("警告也算不通过"))] = False,
    format: Annotated[str, typer.Option(
        "--format", metavar=N_("格式"), callback=one_of(("text", "json")), help=N_("text 或 json"))] = "text",
) -> int:
    from enforcecli.cli.progress import Progress
    from enforcecli.cli.witnesses import root_in, witnesses
    from enforcecli.history.repository import Repository
    from enforcecli.history.verify import verify

    with Repository.open(path) as repository, Progress() as progress:
        given = witnesses(repository, anchor, code or (), bundle, since, today, tsa)
        verdict = verify(repository, root_in(repository, path), given, progress=progress)
    if verdict.last and not 1 <= since <= verdict.last:
        raise typer.BadParameter(_("应当是 1 到 {last}，不能是 {since}：只有这些封存").format(last=verdict.last, since=since), param_hint="--since")
    tell(verdict, format)
    return exit_code(verdict, strict)


def tell(verdict: Verdict, form: str) -> None:
    """Problems first, the verdict last; all of it is what was asked for, so it goes to stdout."""
    if form == "json":
        from enforcecli.output.jsonio import dumps
        from enforcecli.output.verdict_text import as_dict

        streams.utf8()
        streams.lines([dumps(as_dict(verdict))])
        return
    from enforcecli.output.style import style_for
    from enforcecli.output.trail_text import of_problems
    from enforcecli.output.verdict_text import lines

    if verdict.problems:
        streams.lines([of_problems(_ranked(verdict.problems), style_for(sys.stdout)), ""])
    streams.lines(lines(verdict))


def _ranked(problems: Sequence[Problem]) -> list[Problem]:
    """Errors first; within a level in the order they were found."""
    from enforcecli.model.problem import Level
    from enforcecli.problems import level

    return sorted(problems, key=lambda problem: list(Level).index(level(problem)))


def exit_code(verdict: Verdict, strict: bool) -> int:
    from enforcecli.model.problem import Level
    from enforcecli.output.exits import INTEGRITY, PROBLEM, UNDECIDED, combined
    from enforcecli.problems import level

    codes = set() if verdict.asserted else {UNDECIDED}
    for problem in verdict.problems:
        if problem.code == "V-ANCHOR-LINE" or (strict and level(problem) is Level.WARNING):
            codes.add(PROBLEM)
        elif verdict.asserted and level(problem) is Level.ERROR:
            codes.add(INTEGRITY)
    return combined(codes)


