"""enforce import: cases from a workbook or from CSV files."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from enforcecli.cli import streams
from enforcecli.cli.command import verb
from enforcecli.language import N_, _

if TYPE_CHECKING:
    from enforcecli.authoring.grids import Placed
    from enforcecli.authoring.importing import Found
    from enforcecli.cli.progress import Progress
    from enforcecli.reading.workspace import Workspace


@verb(
    N_("把表格里的案件写成案件文件，放在 cases/<年度>/ 下。表格用 enforce export --template 生成，"
       "也可以是一个 CSV 文件，或者放着几个 CSV 文件的目录（一个文件一张表，文件名就是表名）。\n"
       "有问题的单元格逐个指出（表名!单元格），都改正了才写；已有的案件文件不覆盖。"),
    "enforce import 案件.xlsx\nenforce import 案件.xlsx --dry-run\nenforce import 表格/",
)
def app(
    source: Annotated[Path, typer.Argument(
        metavar=N_("表格"), help=N_("XLSX 文件、CSV 文件或者放着 CSV 文件的目录"))],
    dry_run: Annotated[bool, typer.Option("--dry-run", help=N_("只检查，不写文件"))] = False,
) -> int:
    from enforcecli.authoring.importing import Reader
    from enforcecli.authoring.sheets_in import read_file
    from enforcecli.cli.progress import Progress
    from enforcecli.cli.workplace import opened
    from enforcecli.model.problem import Level, Problem
    from enforcecli.output.exits import OK, PROBLEM, UNREADABLE
    from enforcecli.output.shown import show
    from enforcecli.output.width import flow
    from enforcecli.problems import level
    from enforcecli.reading.workspace import CASES, is_root

    workspace = opened()
    if not is_root(workspace.root) and not (workspace.root / CASES).is_dir():
        raise typer.BadParameter(_("这里不是案件仓库：没有 enforce.yaml、roster.yaml 或者 cases/ 目录；先运行 enforce init"))
    source.stat()  # what is not there is told as missing
    grids = read_file(source)
    if isinstance(grids, Problem):
        shown = show(grids)
        streams.say(flow(f"{source}: {shown.code} {shown.message}"))
        streams.say("  " + _("改法：") + flow(shown.remedy))
        return UNREADABLE
    reader = Reader(workspace.library.books())
    found = reader.read(grids, alone=source.suffix.lower() == ".csv" and not source.is_dir())
    with Progress() as progress:
        texts, problems = _texts(workspace, found, progress)
    cells = {p.place for p in reader.problems}  # of a cell that cannot be used, what it would mean is not asked
    told = sorted([*reader.problems, *(p for p in problems if p.place not in cells)], key=_order([g.name for g in grids]))
    _tell(source, told)
    errors = sum(level(p.problem) is Level.ERROR for p in told)
    if errors:
        streams.say(_("表格里有 {count} 处错误，没有写任何文件").format(count=errors))
        return PROBLEM
    if not dry_run:
        with Progress() as progress:
            _write(workspace, texts, progress)
    same = len(found) - len(texts)
    streams.say((_("检查了 {count} 件：可以写成 {new} 件，已有而且相同的 {same} 件") if dry_run else
                 _("共 {count} 件：写成 {new} 件，已有而且相同的 {same} 件")).format(count=len(found), new=len(texts), same=same))
    return OK


def _texts(workspace: Workspace, found: Sequence[Found], progress: Progress) -> tuple[dict[str, str], list[Placed]]:
    """Place of the new files → text, and what is wrong with the cells."""
    from enforcecli.authoring.case_text import case_text
    from enforcecli.authoring.content import content_of
    from enforcecli.authoring.exporting import said_in
    from enforcecli.authoring.grids import Placed
    from enforcecli.authoring.importing import as_lines, at_cells
    from enforcecli.authoring.numbers import place_of
    from enforcecli.desk.examine import examine_case, examine_file
    from enforcecli.desk.files import find_files
    from enforcecli.language import current
    from enforcecli.model.problem import problem
    from enforcecli.reading.case import shape_and_reader
    from enforcecli.reading.workspace import shown
    from enforcecli.text.document import parse

    there = {path.stem: path for path in find_files([workspace.root])}
    texts: dict[str, str] = {}
    problems: list[Placed] = []
    for nth, case in enumerate(found):
        progress(nth, len(found))
        place = place_of(case.number) or ""
        lines, paths = as_lines(case.content)
        name = place or case.number  # without a place: what is no case number is an error of its cell
        document = parse(lines.encode("utf-8", "surrogatepass"), name)
        examined = examine_case(document, workspace, name, "", traced=False)
        wrong = list(at_cells(case, paths, examined.problems))
        problems += wrong
        if case.number in there:
            old = examine_file(there[case.number], traced=False)
            if said_in(old) != said_in(examined):
                problems.append(Placed(*(case.cell_of(()) or ("", "")), problem(
                    "X120", number=case.number, file=shown(there[case.number]))))
        elif document.root is not None and place:
            shape = shape_and_reader(examined.book)[0]
            said = content_of(document.root, shape)
            texts[place] = case_text(said if isinstance(said, dict) else {}, shape, english=current() == "en")
    return texts, problems


def _order(sheets: Sequence[str]) -> Callable[[Placed], tuple[int, int, int, str]]:
    """By sheet as they follow one another, row and column."""
    places = {name: n for n, name in enumerate(sheets)}

    def key(placed: Placed) -> tuple[int, int, int, str]:
        letters = placed.at.rstrip("0123456789")
        return places.get(placed.sheet, -1), int(placed.at[len(letters):] or 0), len(letters), placed.at

    return key


def _tell(source: Path, told: Sequence[Placed]) -> None:
    """Every bad cell: 案件.xlsx 过错!C5: 错误 …"""
    from enforcecli.cli.telling import tell_at

    for placed in told:
        tell_at(" ".join(p for p in (source.name or str(source), placed.place) if p), placed.problem)


def _write(workspace: Workspace, texts: dict[str, str], progress: Progress) -> None:
    from enforcecli.reading.workspace import shown
    from enforcecli.text.write import create, made

    for nth, (place, text) in enumerate(texts.items()):
        progress.clear()
        path = workspace.root / place
        directory = made(path.parent, workspace.root)
        if create(directory / path.name, text.encode("utf-8", "backslashreplace")):
            streams.lines([shown(path)])
        else:  # another run was quicker
            streams.say(_("{file} 已经有了，没有覆盖").format(file=shown(path)))
        progress(nth + 1, len(texts))
