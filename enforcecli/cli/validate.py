"""enforce validate: all problems of all files in one run."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from enforcecli.cli import streams
from enforcecli.cli.command import one_of, verb
from enforcecli.language import N_

if TYPE_CHECKING:
    from enforcecli.output.shown import Checked

FORMATS = ("text", "json", "jsonl", "sarif", "github", "gitlab", "junit")


@verb(
    N_("核查案件文件、人员名册（roster.yaml）和机关设置（enforce.yaml），一次列出全部问题，"
       "每个问题写明位置、说明、改法和条款。不写路径时核查整个案件仓库。"),
    "enforce validate\nenforce validate cases/2026/SJ-2026-003.yaml\n"
    "enforce validate cases/ --strict --format sarif > problems.sarif",
)
def app(
    paths: Annotated[list[Path] | None, typer.Argument(
        readable=False, metavar=N_("文件或目录"), help=N_("要核查的文件或目录，可以写几个"))] = None,
    format: Annotated[str, typer.Option(
        "--format", metavar=N_("格式"), callback=one_of(FORMATS),
        help=N_("text、json、jsonl、sarif、github、gitlab 或 junit"))] = "text",
    strict: Annotated[bool, typer.Option("--strict", help=N_("警告也算不通过"))] = False,
) -> int:
    from enforcecli.cli.progress import Progress
    from enforcecli.cli.workplace import tell_without_cases, to_read
    from enforcecli.desk.examine import examine
    from enforcecli.output.problems import MACHINE, report
    from enforcecli.output.style import style_for
    from enforcecli.output.tally import Tally

    wanted = to_read(paths)
    if format in MACHINE:
        streams.utf8()
    tally = Tally(strict)
    with Progress() as progress:

        def counted() -> Iterator[Checked]:
            for examined in examine(wanted, progress=progress, traced=False):
                tally.add(examined)
                progress.clear()
                yield examined

        streams.write(report(counted(), format, style=style_for(sys.stdout), strict=strict))
    tell_without_cases(wanted)
    return tally.code()
