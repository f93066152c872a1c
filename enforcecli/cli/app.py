"""The command table. A verb's module is imported when the verb is called, so that help and every
command start without the others."""

from __future__ import annotations

import gc
import sys
from collections.abc import Mapping
from typing import Annotated, ClassVar

import typer
from typer.main import get_command

from enforcecli.cli import streams
from enforcecli.cli.command import Group
from enforcecli.cli.errors import run
from enforcecli.language import N_


class Commands(Group):
    table: ClassVar[Mapping[str, tuple[str, str]]] = {
        "init": ("enforcecli.cli.init", N_("建立案件仓库")),
        "new": ("enforcecli.cli.new", N_("登记一件新案件：逐项提问，写成案件文件")),
        "import": ("enforcecli.cli.import_", N_("把表格里的案件写成案件文件")),
        "export": ("enforcecli.cli.export", N_("把案件导出成表格，或者生成空白表格")),
        "validate": ("enforcecli.cli.validate", N_("核查案件、名册、设置和年度文件")),
        "fix": ("enforcecli.cli.fix", N_("改正文件里打字的毛病")),
        "assess": ("enforcecli.cli.assess", N_("测算每个案件的责任划分")),
        "render": ("enforcecli.cli.render", N_("按案件生成文书")),
        "seal": ("enforcecli.cli.seal", N_("封存一个案件的决定")),
        "verify": ("enforcecli.cli.verify", N_("核验封存的决定有没有被改动")),
        "anchor": ("enforcecli.cli.anchor", N_("把封存的摘要留存到仓库之外")),
        "review": ("enforcecli.cli.review", N_("汇总一个年度的案件和执法情况")),
        "roster": ("enforcecli.cli.roster", N_("核查名册，显示责任链，制作岗位责任书")),
        "template": ("enforcecli.cli.template", N_("查看和核对文书的模板")),
        "catalogue": ("enforcecli.cli.catalogue", N_("查阅办法的过错、规则、方式和职责")),
        "rulebook": ("enforcecli.cli.rulebook", N_("查阅已登记的办法")),
        "log": ("enforcecli.cli.log", N_("一件案件的改动经过")),
        "diff": ("enforcecli.cli.diff", N_("两个版本之间案件和结果的不同")),
        "schema": ("enforcecli.cli.schema", N_("输出案件文件的 JSON Schema")),
        "explain": ("enforcecli.cli.explain", N_("解释一个问题代码")),
    }


app = typer.Typer(cls=Commands, rich_markup_mode=None, pretty_exceptions_enable=False,
                  context_settings={"help_option_names": ["-h", "--help"]})


def _version(asked: bool) -> None:
    if asked:
        from enforcecli import __version__

        streams.lines([f"enforce {__version__}"])
        raise typer.Exit


@app.callback(
    help=N_("行政执法过错责任追究：以文件记录案件，依办法测算责任，写明每一条依据。"),
    epilog="enforce validate cases/\nenforce assess cases/2026/SJ-2026-003.yaml",
)
def enforce(
    version: Annotated[bool, typer.Option(
        "--version", is_eager=True, callback=_version, help=N_("显示版本"))] = False,
) -> None:
    """The commands do the work."""


def main() -> None:
    """The console script: exits with the code of the table in every --help."""
    code = run(get_command(app), sys.argv[1:])
    gc.freeze()  # else the interpreter, ending, looks for garbage among all that was made: a fifth of a short command
    sys.exit(code)
