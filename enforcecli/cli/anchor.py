"""enforce anchor: a line to keep outside the repository, and the whole history for the archive."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from enforcecli.cli import streams
from enforcecli.cli.command import group, one_of, subverb
from enforcecli.language import N_, _

app = group(
    N_("把封存的摘要留存到仓库之外：抄在登记簿上、寄出去、交给档案。仓库被整个改写或者截去末尾，只有外面的留存能看出来。"),
    "enforce anchor export >> ../留存.txt\nenforce anchor check ../留存.txt",
)
_PATH = typer.Option("--path", metavar=N_("目录"), help=N_("案件仓库；不写时为当前目录所在的仓库"))


@subverb(
    app, "export", N_("写出一行：最后一份封存的编号、摘要，最后的提交，它的日期。--bundle 另写一个文件，含有全部历史，供归档。"),
    "enforce anchor export >> ../留存.txt\nenforce anchor export --bundle ../2026.bundle",
)
def export(
    path: Annotated[Path, _PATH] = Path(),
    bundle: Annotated[Path | None, typer.Option(
        "--bundle", metavar=N_("文件"), help=N_("把全部历史写成这个文件"))] = None,
) -> int:
    from enforcecli.cli.verify import exit_code, tell
    from enforcecli.cli.witnesses import root_in
    from enforcecli.history.repository import Repository
    from enforcecli.history.verify import QUICK, verify
    from enforcecli.history.verify.anchors import anchor_of
    from enforcecli.history.verify.trail import Given
    from enforcecli.output.exits import UNDECIDED

    with Repository.open(path) as repository:
        root = root_in(repository, path)
        verdict = verify(repository, root, Given(), steps=QUICK)
        if not verdict.sound:  # what is broken is not to be witnessed
            tell(verdict, "text")
            return exit_code(verdict, strict=False)
        anchor = anchor_of(repository, root)
        if anchor is None:
            streams.say(_("还没有封存，没有可以留存的。"))
            return UNDECIDED
        if bundle is not None:
            from enforcecli.cli.outputs import save

            save(bundle, repository.bundle())
    streams.utf8()
    streams.lines([anchor.line])
    return 0


@subverb(
    app, "check", N_("把仓库与留存比对：只看封存是否首尾相接、与留存是否相符，不重新测算；全部核验用 enforce verify --anchor。"),
    "enforce anchor check ../留存.txt",
)
def check(
    file: Annotated[Path, typer.Argument(readable=False, metavar=N_("文件"), help=N_("enforce anchor export 写出的留存，一行一份"))],
    path: Annotated[Path, _PATH] = Path(),
    format: Annotated[str, typer.Option(
        "--format", metavar=N_("格式"), callback=one_of(("text", "json")), help=N_("text 或 json"))] = "text",
) -> int:
    from enforcecli.cli.verify import exit_code, tell
    from enforcecli.cli.witnesses import root_in, witnesses
    from enforcecli.history.repository import Repository
    from enforcecli.history.verify import QUICK, verify

    with Repository.open(path) as repository:
        given = witnesses(repository, file, (), None, 1, "", None)
        verdict = verify(repository, root_in(repository, path), given, steps=QUICK)
    tell(verdict, format)
    return exit_code(verdict, strict=False)
