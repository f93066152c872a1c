"""enforce schema: the files' JSON Schema, for editors that complete and check while one types."""

from __future__ import annotations

from typing import Annotated, Literal, cast, get_args

import typer

from enforcecli.cli import streams
from enforcecli.cli.command import one_of, verb
from enforcecli.language import N_

Kind = Literal["case", "roster", "office", "powers", "year", "appraisals"]
Keys = Literal["zh", "en", "both"]


@verb(
    N_("输出一种文件的 JSON Schema，供编辑器在录入时提示和核对。办法的词（角色、事实的取值等）取自所选办法。"),
    "enforce schema case > case.schema.json\nenforce schema appraisals --keys zh",
)
def app(
    kind: Annotated[str, typer.Argument(
        metavar=N_("文件种类"), callback=one_of(get_args(Kind)), help=N_("case（案件）、roster（人员名册）、office（机关设置）、powers（权责清单）、year（年度数字）或 appraisals（年度考核）"))],
    keys: Annotated[str, typer.Option(
        "--keys", metavar="zh|en|both", callback=one_of(get_args(Keys)), help=N_("键名用中文、英文或者都可以"))] = "both",
    rulebook: Annotated[str | None, typer.Option(
        "--rulebook", metavar=N_("办法"), help=N_("办法的代号；不写时用 enforce.yaml 的适用办法"))] = None,
) -> int:
    from enforcecli.cli.workplace import book_named, opened
    from enforcecli.output.jsonio import dumps
    from enforcecli.reading.schema import json_schema

    book = book_named(opened(), rulebook)
    streams.utf8()
    streams.lines([dumps(json_schema(cast(Kind, kind), book, cast(Keys, keys)))])
    return 0
