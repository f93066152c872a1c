"""enforce export: cases as a workbook, or an empty one to fill in."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from enforcecli.cli import streams
from enforcecli.cli.command import one_of, verb
from enforcecli.language import N_, _
from enforcecli.output.width import flow

if TYPE_CHECKING:
    from enforcecli.authoring.exporting import Exported
    from enforcecli.model.rulebook import Rulebook
    from enforcecli.reading.workspace import Workspace

FORMATS = ("xlsx", "csv")


def _format(value: str | None) -> str | None:
    return None if value is None else one_of(FORMATS)(value)


@verb(
    N_("把案件导出成表格，一种列表一张表：案件、过错、涉及人员、证据、程序、处理、执行等，带下拉列表和填写说明。"
       "导出的表格用 enforce import 可以原样导入；表格装不下的案件不导出，并且说明原因。已有的文件不覆盖。\n"
       "--template 生成空白表格。"),
    "enforce export --template\nenforce export cases/2026 --out 2026.xlsx\nenforce export --format csv --out 表格",
)
def app(
    paths: Annotated[list[Path] | None, typer.Argument(
        readable=False, metavar=N_("文件或目录"), help=N_("要导出的案件，可以写几个；不写时为整个案件仓库"))] = None,
    out: Annotated[Path | None, typer.Option(
        "--out", "-o", metavar=N_("文件"), help=N_("写到哪个文件（CSV 时为目录）；不写时为 案件.xlsx"))] = None,
    form: Annotated[str | None, typer.Option(
        "--format", metavar=N_("格式"), callback=_format, help=N_("xlsx 或 csv；不写时看 --out 的后缀，再没有就是 xlsx"))] = None,
    template: Annotated[bool, typer.Option("--template", help=N_("空白表格，只有栏目、下拉列表和说明"))] = False,
    rulebook: Annotated[str | None, typer.Option(
        "--rulebook", metavar=N_("办法"), help=N_("空白表格按哪部办法；不写时为本单位适用的"))] = None,
) -> int:
    from enforcecli.authoring.exporting import export
    from enforcecli.cli.outputs import checked
    from enforcecli.cli.progress import Progress
    from enforcecli.cli.workplace import book_named, opened, tell_without_cases, to_read
    from enforcecli.desk.examine import examine
    from enforcecli.output.exits import OK, PROBLEM
    from enforcecli.output.shown import show

    format = _agreed(form, out)
    if template and paths:
        raise typer.BadParameter(_("--template 是空白表格，不写案件"))
    workspace = opened(paths[0] if paths else None)
    book = book_named(workspace, rulebook) if template or rulebook else workspace.book()
    target = out or Path(_default(format, template))
    if format == "xlsx":
        checked(target)
    cases = []
    if not template:
        wanted = to_read(paths)
        with Progress() as progress:
            cases = [e for e in examine(wanted, progress=progress, traced=False) if e.result is not None]
        tell_without_cases(wanted)
        if not cases:
            return PROBLEM
    exported = export(cases, book, workspace.library.books())
    for refused in exported.refused:
        shown = show(refused)
        streams.say(flow(f"{shown.code} {shown.message}"))
    if not template and not exported.count:
        return PROBLEM
    if not _write(target, _files(exported, format, book, workspace)):
        return PROBLEM
    if not template:
        streams.say(_("已导出 {count} 件案件").format(count=exported.count))
    return PROBLEM if exported.refused else OK


def _agreed(form: str | None, out: Path | None) -> str:
    """The format asked for, else that of the file's name; the two must not contradict each other."""
    if out is None:
        return form or "xlsx"
    ending = out.suffix.lower()
    name = flow(str(out))
    if form is None and ending != ".xlsx":
        raise typer.BadParameter(_("从文件名 {name} 看不出格式，请写 --format").format(name=name))
    if form == "xlsx" and ending != ".xlsx":
        raise typer.BadParameter(_("XLSX 文件的名称要以 .xlsx 结尾，不能是 {name}").format(name=name))
    if form == "csv" and ending in (".csv", ".xlsx"):
        raise typer.BadParameter(_("CSV 是放在一个目录里的几个文件，--out 写目录的名称，不能是 {name}").format(name=name))
    return form or "xlsx"


def _default(format: str, template: bool) -> str:
    name = _("案件模板") if template else _("案件")
    return f"{name}.xlsx" if format == "xlsx" else name


def _files(exported: Exported, format: str, book: Rulebook | None, workspace: Workspace) -> Mapping[str, bytes] | bytes:
    from enforcecli.authoring.sheets_out import Offered, csv_files, workbook
    from enforcecli.language import current

    english = current() == "en"
    if format == "csv":
        return csv_files(exported.sheets, exported.tables, english)
    return workbook(exported.sheets, exported.tables, Offered(book, workspace.roster, english))


def _write(target: Path, files: Mapping[str, bytes] | bytes) -> bool:
    """Writes the file, or the directory of files; nothing that is there is touched."""
    from enforcecli.text.write import create

    if target.exists() or target.is_symlink():
        streams.say(_("{file} 已经有了，没有覆盖；用 --out 写到别处").format(file=flow(str(target))))
        return False
    if isinstance(files, bytes):
        create(target, files)
    else:
        target.mkdir(parents=True)
        for name, data in files.items():
            create(target / name, data)
    streams.lines([flow(str(target))])
    return True
