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
    N_("核查案件文件、人员名册（roster.yaml）、机关设置（enforce.yaml）和权责清单、年度数字、年度考核，一次列出全部问题，"
       "每个问题写明位置、说明、改法和条款。不写路径时核查整个案件仓库；也可以只核查暂存的、"
       "某个版本以来改动的，或者两个版本之间（A..B）改动的。"),
    "enforce validate\nenforce validate cases/2026/SJ-2026-003.yaml\n"
    "enforce validate cases/ --strict --format sarif > problems.sarif\nenforce validate --staged\n"
    "enforce validate --changed-since main\nenforce validate HEAD~3..HEAD",
)
def app(
    paths: Annotated[list[Path] | None, typer.Argument(
        readable=False, metavar=N_("文件或目录"),
        help=N_("要核查的文件、目录或者案号，可以写几个；写 A..B 时核查版本 B 里与 A 不同的案件，不看工作目录"))] = None,
    format: Annotated[str, typer.Option(
        "--format", metavar=N_("格式"), callback=one_of(FORMATS),
        help=N_("text、json、jsonl、sarif、github、gitlab 或 junit"))] = "text",
    strict: Annotated[bool, typer.Option("--strict", help=N_("警告也算不通过"))] = False,
    staged: Annotated[bool, typer.Option(
        "--staged", help=N_("核查已暂存（git add）的内容，不看工作目录；名册、设置、办法有改动时连同有关案件"))] = False,
    changed_since: Annotated[str | None, typer.Option(
        "--changed-since", metavar=N_("版本"), help=N_("只核查工作目录里与这个版本（从分岔处算起）不同的案件"))] = None,
) -> int:
    from enforcecli.cli.progress import Progress
    from enforcecli.cli.workplace import case_paths, tell_without_cases, to_read
    from enforcecli.desk.examine import examine
    from enforcecli.output.problems import MACHINE, report
    from enforcecli.output.style import style_for
    from enforcecli.output.tally import Tally

    tally, paths = Tally(strict), case_paths(paths)
    with Progress() as progress:
        wanted = None
        if staged or changed_since is not None or any(".." in path.name for path in paths or ()):
            from enforcecli.cli.changes import asked

            wanted = asked(paths or (), staged, changed_since)
        if wanted is not None:
            from enforcecli.cli.changes import chosen

            read, files = [], chosen(wanted, progress)
        else:
            read = to_read(paths)
            files = examine(read, progress=progress, traced=False)
        if format in MACHINE:
            streams.utf8()

        def counted() -> Iterator[Checked]:
            for examined in files:
                tally.add(examined)
                progress.clear()
                yield examined

        streams.write(report(counted(), format, style=style_for(sys.stdout), strict=strict))
    tell_without_cases(read)
    return tally.code()
