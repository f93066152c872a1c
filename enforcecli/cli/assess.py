"""enforce assess: who bears what, and why."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from enforcecli.cli import streams
from enforcecli.cli.command import one_of, verb
from enforcecli.language import N_

if TYPE_CHECKING:
    from enforcecli.desk.examine import Examined
    from enforcecli.output.result_report import BookOf

FORMATS = ("text", "json", "jsonl", "yaml", "md")


@verb(
    N_("按案件适用的办法测算责任：先列结果（人员、角色、责任、内部比例、追偿、处理方式），"
       "再列理由（适用的规则、让位的规则、事实）。不能认定时说明缺什么、要研究什么，不猜。"),
    "enforce assess cases/2026/SJ-2026-003.yaml\nenforce assess cases/ --format json > results.json\n"
    "enforce assess cases/2026/SJ-2026-003.yaml --explain",
)
def app(
    paths: Annotated[list[Path] | None, typer.Argument(
        readable=False, metavar=N_("文件或目录"), help=N_("案件文件、目录或者案号，可以写几个；不写时为整个案件仓库"))] = None,
    format: Annotated[str, typer.Option(
        "--format", metavar=N_("格式"), callback=one_of(FORMATS),
        help=N_("text、json、jsonl、yaml 或 md"))] = "text",
    explain: Annotated[bool, typer.Option("--explain", help=N_("列出推理的全过程"))] = False,
    receipt: Annotated[bool, typer.Option(
        "--receipt", help=N_("另列测算凭证：程序、办法、案件的摘要，案件在哪一次提交里"))] = False,
    strict: Annotated[bool, typer.Option("--strict", help=N_("警告也算不通过"))] = False,
) -> int:
    from enforcecli.cli.progress import Progress
    from enforcecli.cli.workplace import (
        books,
        case_paths,
        one_by_name,
        tell_no_case,
        tell_without_cases,
        to_read,
    )
    from enforcecli.desk.examine import examine
    from enforcecli.output.tally import Tally, has_errors

    paths = case_paths(paths)
    wanted = to_read(paths)
    single = one_by_name(paths)
    tally = Tally(strict)
    with Progress() as progress, ExitStack() as closing:
        with_receipt = _receipts(closing) if receipt else None


        def counted() -> Iterator[Examined]:
            for examined in examine(wanted, progress=progress):
                if examined.result is None and not single and not has_errors(examined):
                    continue  # the roster and the settings are no cases
                tally.add(examined)
                if examined.result is not None:
                    tally.undecided += any(not f.decided for f in examined.result.findings)
                progress.clear()
                yield examined if with_receipt is None else with_receipt(examined)

        book_of = books(wanted[0] if wanted else Path())
        if format == "text":
            _text(counted(), book_of, explain)
            if not single:
                streams.lines([tally.results_line()])
        else:
            from enforcecli.output.result_report import report

            streams.utf8()
            streams.write(report(counted(), format, single=single, book_of=book_of, explain=explain))
    tell_without_cases(wanted)
    tell_no_case(wanted)
    return tally.code()


def _receipts(closing: ExitStack) -> Callable[[Examined], Examined]:
    """Completes the receipt of each result by the commit its case is in."""
    from msgspec.structs import replace

    from enforcecli.cli.workplace import opened
    from enforcecli.history.receipt import Receipts

    known: dict[Path, Receipts] = {}

    def complete(examined: Examined) -> Examined:
        if examined.result is None:
            return examined
        root = opened(Path(examined.file)).root
        if root not in known:
            known[root] = Receipts(root)
            closing.callback(known[root].close)
        return replace(examined, result=known[root].of(examined.result))

    return complete


def _text(files: Iterator[Examined], books: BookOf, explain: bool) -> None:
    """Results to stdout, errors and warnings of the files to stderr."""
    from enforcecli.model.problem import Level
    from enforcecli.output.result_text import render
    from enforcecli.output.style import style_for
    from enforcecli.problems import level

    style = style_for(sys.stdout)
    for examined in files:
        if examined.case is not None and examined.result is not None:
            book = books(examined.result)
            streams.lines(render(examined.result, book, style, explain=explain,
                                 case=examined.case, file=examined.file))
            if examined.result.receipt.committed is not None:
                from enforcecli.output.receipt_text import lines

                streams.lines(["", *lines(examined.result)])
            streams.lines([""])
        if any(level(problem) is not Level.INFO for problem in examined.problems):
            from enforcecli.output.problem_text import of_file

            streams.say("".join(of_file(examined, style_for(sys.stderr), Level.WARNING)).rstrip("\n"))
