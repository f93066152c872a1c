"""Cases → the rows of a workbook. What the sheets could not give back is not exported, and said to be so."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from enforcecli.authoring.content import Content, content_of
from enforcecli.authoring.grids import Cell, Grid
from enforcecli.authoring.importing import Reader, of_reading
from enforcecli.authoring.layout import CASE, Sheet, Steps, layout
from enforcecli.authoring.sheets_out import too_long
from enforcecli.authoring.tables import Row, rows, spread
from enforcecli.desk.examine import Examined
from enforcecli.language import _
from enforcecli.model.problem import Level, Problem, problem
from enforcecli.model.rulebook import Rulebook
from enforcecli.output.shown import show
from enforcecli.problems import level
from enforcecli.reading.case import shape_and_reader
from enforcecli.text.document import parse


class Exported(Struct, frozen=True):
    """The sheets, the rows of each, how many cases are in them, and what was left out."""

    sheets: tuple[Sheet, ...]
    tables: dict[Steps, list[Row]]
    count: int
    refused: tuple[Problem, ...]


def export(cases: Sequence[Examined], book: Rulebook | None, books: Sequence[Rulebook]) -> Exported:
    """`book`: the office's own, whose columns come first; `books`: all there are."""
    used = {id(c.book): c.book for c in cases if c.book is not None}
    first = [book] if book is not None else []
    sheets = layout([*first, *(b for b in used.values() if b is not book), *([] if first or used else [None])])
    tables: dict[Steps, list[Row]] = {}
    refused: list[Problem] = []
    count = 0
    for case in cases:
        reason = _unfit(case)
        if reason is None:
            said = said_in(case)
            own = {s.base: list(rows(s, str(said.get(CASE, "")), said)) for s in sheets}
            reason = _lost(said, sheets, own, books)
        if reason is not None:
            refused.append(problem("X119", number=case.file, reason=reason))
            continue
        count += 1
        for base, found in own.items():
            tables.setdefault(base, []).extend(found)
    return Exported(sheets, tables, count, tuple(refused))


def said_in(case: Examined) -> dict[str, Content]:
    """The content of a case read without errors, short forms written out."""
    shape = shape_and_reader(case.book)[0]
    root = parse(case.text.encode("utf-8", "surrogatepass"), case.file).root
    said = spread(content_of(root, shape), shape) if root is not None else {}
    return said if isinstance(said, dict) else {}


def _unfit(case: Examined) -> str | None:
    """Why a case cannot be read well enough."""
    if case.unreadable or case.case is None:
        lost = next((p for p in case.problems if p.span is None), None)  # not there, a directory, no permission
        return _("文件读不出来") if lost is None else show(lost).message.rstrip("。.")
    wrong = next((p for p in case.problems if of_reading(p) and level(p) is Level.ERROR), None)
    if wrong is not None:
        return show(wrong).message
    return None if case.case.number else _("没有案号")


def _lost(said: dict[str, Content], sheets: Sequence[Sheet], own: dict[Steps, list[Row]],
          books: Sequence[Rulebook]) -> str | None:
    """Reads the rows back: what would come out differently is not let out."""
    if any(too_long(found) for found in own.values()):
        return _("有一处文字超过表格程序一格的长度")
    reader = Reader(books)
    back = reader.read([as_grid(sheet, own[sheet.base]) for sheet in sheets])
    if len(back) == 1 and not reader.problems and back[0].content == said:
        return None
    there = back[0].content if back else {}
    keys = "、".join(k for k in said if said[k] != there.get(k)) or CASE
    return _("表格装不下“{keys}”的内容").format(keys=keys)


def as_grid(sheet: Sheet, found: Sequence[Row]) -> Grid:
    """Rows as a sheet that was read."""
    lines = [sheet.headings(False), *((*row.keys, *row.values) for row in found)]
    return Grid(sheet.name, {n: {c: Cell(v) for c, v in enumerate(line) if v} for n, line in enumerate(lines, start=1)})
