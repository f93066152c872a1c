"""Sheets → cases, with every bad cell named. Pure: what a case means is asked of `examine`."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache

from msgspec import Struct

from enforcecli.authoring.content import Content
from enforcecli.authoring.content import Path as Place
from enforcecli.authoring.grids import FROM_1900, Cell, Grid, Placed, day_of, reference
from enforcecli.authoring.layout import (
    ASIDE,
    CASE,
    KEY,
    KEYS_EN,
    LIST,
    NUMBER,
    Sheet,
    Steps,
    by_name,
    chinese_word,
    layout,
    resolved,
)
from enforcecli.authoring.tables import Build, apart
from enforcecli.model.problem import Level, Problem
from enforcecli.model.rulebook import Rulebook
from enforcecli.problems import level
from enforcecli.reading.scalars import DATE, MONEY
from enforcecli.reading.shape import Shape
from enforcecli.text import fields
from enforcecli.text.fields import Slip
from enforcecli.text.spelling import fold
from enforcecli.text.suggest import closest

MOST_TOLD = 200
_GONE_WRONG = re.compile(r"[0-9](?:\.[0-9]+)?[Ee]\+[0-9]{2}")


class Found(Struct, frozen=True, dict=True):
    """One case read from the sheets."""

    number: str
    content: dict[str, Content]
    cells: Mapping[Place, tuple[str, str]]

    def cell_of(self, path: Place) -> tuple[str, str] | None:
        """The cell a place in the case came from: its own, the first below it, else the nearest above."""
        while path not in self._places and path:
            path = path[:-1]
        return self._places.get(path)

    @cached_property
    def _places(self) -> Mapping[Place, tuple[str, str]]:
        """Every path that holds a value or leads to one: a case may have as many problems as cells."""
        leading: dict[Place, tuple[str, str]] = {}
        for path, at in self.cells.items():
            for length in range(len(path)):
                leading.setdefault(path[:length], at)
        return {**leading, **self.cells}


class _Head(Struct, frozen=True):
    """One column in use: a key, or a path below the sheet's record."""

    heading: str
    key: str | None = None
    path: Steps = ()
    shape: Shape | None = None
    many: bool = False


class Reader:
    """Reads all sheets; problems are collected, never raised."""

    def __init__(self, books: Sequence[Rulebook]) -> None:
        self.problems: list[Placed] = []
        self._books = tuple(books)
        self._sheets = _sheets(self._books)
        self._builds: dict[str, Build] = {}
        self._day_zero = FROM_1900

    def read(self, grids: Sequence[Grid], *, alone: bool = False) -> list[Found]:
        """The cases, in the order of the sheet of cases. `alone`: the one sheet of a file that cannot name it, which
        is taken for that of the cases if its name says nothing else."""
        names = by_name(self._sheets)
        nameless = alone and not any(fold(grid.name) in names for grid in grids)
        found = {CASES_BASE: (self._sheets[0], grids[0])} if nameless else self._known(grids, names)
        if CASES_BASE not in found:
            self._tell("", "", "X102", sheet=self._sheets[0].name)
            return []
        order = sorted(found, key=lambda b: (not _is_counted(self._sheets, b), len(b))) if found else []
        for base in [CASES_BASE, *(b for b in order if b != CASES_BASE)]:
            sheet, grid = found[base]
            self._sheet(sheet, grid)
        return [Found(number, build.content, build.cells) for number, build in self._builds.items()]

    def _tell(self, sheet: str, at: str, code: str, /, **args: object) -> None:
        if len(self.problems) < MOST_TOLD:
            told = tuple(sorted((name, str(value)) for name, value in args.items()))
            self.problems.append(Placed(sheet, at, Problem(code, told)))

    def _known(self, grids: Sequence[Grid], names: Mapping[str, Sheet]) -> dict[Steps, tuple[Sheet, Grid]]:
        aside = {fold(n) for pair in ASIDE.items() for n in pair}
        found: dict[Steps, tuple[Sheet, Grid]] = {}
        for grid in grids:
            sheet = names.get(fold(grid.name))
            if sheet is not None and sheet.base in found:
                self._tell(grid.name, "", "X104", other=found[sheet.base][1].name)
            elif sheet is not None:
                found[sheet.base] = (sheet, grid)
            elif fold(grid.name) not in aside and grid.rows:
                near = closest(grid.name, [s.name for s in self._sheets]) or ""
                self._tell(grid.name, "", "X103", sheet=grid.name, suggestion=near,
                           known="、".join(s.name for s in self._sheets))
        return found

    # one sheet

    def _sheet(self, sheet: Sheet, grid: Grid) -> None:
        for merged in grid.merged:
            self._tell(grid.name, merged.partition(":")[0], "X121", cells=merged)
        if not grid.rows:
            return
        self._day_zero = grid.day_zero
        top = min(grid.rows)
        heads = self._heads(sheet, grid, top)
        missing = [k for k in sheet.keys if k not in {h.key for h in heads.values()} and k != NUMBER]
        for key in missing:
            self._tell(grid.name, reference(top, 0), "X106", heading=key)
        if missing:
            return
        lines = [(row, grid.rows[row]) for row in sorted(grid.rows) if row != top]
        if sheet.counted:
            lines = self._counted(sheet, grid, heads, lines)
        for row, cells in lines:
            self._row(sheet, grid.name, heads, row, cells)

    def _heads(self, sheet: Sheet, grid: Grid, top: int) -> dict[int, _Head]:
        found: dict[int, _Head] = {}
        seen: dict[tuple[str | None, Steps], str] = {}
        for column, cell in grid.rows[top].items():
            head = _head(self._books, sheet, cell.text)
            at = reference(top, column)
            if head is None:
                known = [*sheet.headings(False), *sheet.headings(True)]
                self._tell(grid.name, at, "X105", heading=cell.text, suggestion=closest(cell.text, known) or "")
            elif (head.key, head.path) in seen:
                self._tell(grid.name, at, "X107", heading=cell.text, other=seen[head.key, head.path])
            else:
                found[column] = head
                seen[head.key, head.path] = at
        for column in {c for cells in grid.rows.values() for c in cells} - set(grid.rows[top]):
            row = next(r for r in sorted(grid.rows) if column in grid.rows[r])
            self._tell(grid.name, reference(row, column), "X108", written=grid.rows[row][column].text)
        return found

    def _counted(self, sheet: Sheet, grid: Grid, heads: Mapping[int, _Head],
                 lines: list[tuple[int, Mapping[int, Cell]]]) -> list[tuple[int, Mapping[int, Cell]]]:
        """Rows in the order of their numbers; a number left out is that of its place."""
        column = next((c for c, h in heads.items() if h.key == NUMBER), None)
        places: dict[str, int] = {}
        ordered = []
        for row, cells in lines:
            number = _key_text(cells, heads, CASE)
            places[number] = nth = places.get(number, 0) + 1
            stated = cells[column].text if column is not None and column in cells else ""
            ordered.append((int(stated) if stated.isascii() and stated.isdigit() and len(stated) < 6 else nth, row, cells))
        return [(row, cells) for _nth, row, cells in sorted(ordered, key=lambda o: o[:2])]

    # one row

    def _row(self, sheet: Sheet, name: str, heads: Mapping[int, _Head], row: int, cells: Mapping[int, Cell]) -> None:
        keys = self._keys(sheet, name, heads, row, cells)
        if keys is None:
            return
        first = (name, reference(row, next(c for c, h in heads.items() if h.key == CASE)))
        build = self._build(sheet, first, keys[0])
        place = self._place(sheet, first, keys, build) if build is not None else None
        if build is None or place is None:
            return
        used = [(column, cell, head) for column, cell in cells.items()
                if (head := heads.get(column)) is not None and head.key is None]
        for column, cell, head in used:
            self._put(build, place, keys, head, cell, name, reference(row, column))
        if not used and sheet.base != CASES_BASE and not sheet.apart:
            nothing = place[:-1] if sheet.base[-1] == LIST and not sheet.counted else place
            build.put(nothing, [] if nothing != place else {}, first)

    def _keys(self, sheet: Sheet, name: str, heads: Mapping[int, _Head], row: int,
              cells: Mapping[int, Cell]) -> list[str] | None:
        """The values of the key columns; None where one is missing or unusable."""
        found: list[str] = []
        for key in sheet.keys:
            column = next((c for c, h in heads.items() if h.key == key), None)
            cell = cells.get(column) if column is not None else None
            if cell is not None and not self._sound(cell, name, reference(row, column or 0), key):
                return None
            text = cell.text if cell is not None else ""
            if not text and key == NUMBER:
                text = self._assumed(sheet, found[0])
            if not text or (key == NUMBER and not (text.isascii() and text.isdigit() and 0 < int(text) < 1000)):
                self._tell(name, reference(row, column or 0), "X109" if not text else "X110", heading=key, written=text)
                return None
            found.append(text)
        return found

    def _assumed(self, sheet: Sheet, number: str) -> str:
        """The number of a fault left out: the next one on its own sheet, the only one elsewhere."""
        build = self._builds.get(number)
        listed = build.content.get(sheet.base[0]) if build is not None else None
        count = len(listed) if isinstance(listed, list) else 0
        if sheet.counted:
            return str(count + 1)
        return "1" if count == 1 else ""

    def _build(self, sheet: Sheet, first: tuple[str, str], number: str) -> Build | None:
        known = self._builds.get(number)
        if sheet.base == CASES_BASE:
            if known is not None:
                self._tell(*first, "X111", number=number)
                return None
            known = self._builds[number] = Build(number)
            known.cells[(CASE,)] = first
        elif known is None:
            near = closest(number, self._builds) if len(self.problems) < MOST_TOLD else None
            self._tell(*first, "X112", number=number, suggestion=near or "")
        return known

    def _place(self, sheet: Sheet, first: tuple[str, str], keys: list[str], build: Build) -> Place | None:
        """Where the row's record stands, if what it belongs to is there."""
        if NUMBER in sheet.keys:
            nth = int(keys[sheet.keys.index(NUMBER)])
            listed = build.content.get(sheet.base[0])
            count = len(listed) if isinstance(listed, list) else 0
            if sheet.counted and nth != count + 1:
                self._tell(*first, "X113", number=keys[0], nth=nth, expected=count + 1)
                return None
            if not sheet.counted and nth > count:
                self._tell(*first, "X114", number=keys[0], nth=nth)
                return None
        return build.place(sheet, keys[1:])

    def _put(self, build: Build, place: Place, keys: Sequence[str], head: _Head, cell: Cell, sheet: str, at: str) -> None:
        """One value into its place; one that cannot be used too, so that nothing is missed that hangs on it."""
        text = cell.text
        if not self._sound(cell, sheet, at, head.heading):
            pass
        elif head.shape is DATE and cell.was != "date":
            text = day_of(text, self._day_zero) or text
        elif head.shape is not DATE and cell.was == "date":
            self._tell(sheet, at, "X117", heading=head.heading, written=text)
        elif head.shape is MONEY and cell.was == "number":
            amount = fields.money(text)
            text = text if isinstance(amount, Slip) else str(amount)
        path = (*place, *(keys[-1] if s == KEY else s for s in head.path))
        value: Content = [chinese_word(t, head.shape) for t in apart(text)] if head.many else chinese_word(text, head.shape)
        build.put(path, value, (sheet, at))

    def _sound(self, cell: Cell, sheet: str, at: str, heading: str) -> bool:
        """Whether what stands in the cell is what somebody typed."""
        if cell.was == "formula":
            self._tell(sheet, at, "X115", heading=heading, written=cell.text)
        elif cell.was == "error":
            self._tell(sheet, at, "X116", heading=heading, written=cell.text)
        elif _GONE_WRONG.fullmatch(cell.text) or (cell.was == "number" and len(cell.text.lstrip("-")) > 15
                                                  and "." not in cell.text):
            self._tell(sheet, at, "X118", heading=heading, written=cell.text)
        else:
            return True
        return False


CASES_BASE: Steps = ()


@lru_cache(64)
def _sheets(books: tuple[Rulebook | None, ...]) -> tuple[Sheet, ...]:
    """The sheets of all the books, and of cases whose book is not at hand; made once."""
    return layout([*books, None])


@lru_cache(8192)
def _head(books: tuple[Rulebook, ...], sheet: Sheet, heading: str) -> _Head | None:
    """What a heading means on a sheet under any of the books."""
    folded = fold(heading)
    key = next((k for k in sheet.keys if folded in (fold(k), fold(KEYS_EN[k]))), None)
    if key is not None:
        return _Head(heading, key)
    for book in (*books, None):
        record = next((s.record for s in _sheets((book,)) if s.base == sheet.base), None)
        found = resolved(heading, record) if record is not None else None
        if found is not None and (KEY in found[0]) == sheet.apart:
            return _Head(heading, None, *found)
    return None


def _is_counted(sheets: Iterable[Sheet], base: Steps) -> bool:
    return any(s.counted for s in sheets if s.base == base)


def _key_text(cells: Mapping[int, Cell], heads: Mapping[int, _Head], key: str) -> str:
    column = next((c for c, h in heads.items() if h.key == key), None)
    return cells[column].text if column is not None and column in cells else ""


# a case read as a file, its problems back at the cells

def of_reading(p: Problem) -> bool:
    """Whether a value cannot be read as it was meant: it has to be mended first. P2… judges what was read."""
    return p.code[0] in "TYK" or p.code.startswith("P1")


def as_lines(content: Content) -> tuple[str, list[Place]]:
    """The case as text with one value a line, and what stands on each line."""
    lines = list(_lines(content, (), "", ""))
    return "".join(f"{text}\n" for text, _path in lines), [path for _text, path in lines]


def _lines(value: Content, path: Place, head: str, tail: str) -> Iterator[tuple[str, Place]]:
    if isinstance(value, str) or not value:
        yield f"{head}{json.dumps(value, ensure_ascii=False)}{tail}", path
        return
    opening, closing = ("{", "}") if isinstance(value, dict) else ("[", "]")
    yield head + opening, path
    inner: list[tuple[Place, str, Content]] = [((*path, k), f"{json.dumps(k, ensure_ascii=False)}: ", v) for k, v in value.items()] \
        if isinstance(value, dict) else [((*path, n), "", v) for n, v in enumerate(value)]
    for n, (place, start, item) in enumerate(inner):
        yield from _lines(item, place, start, "," if n < len(inner) - 1 else "")
    yield closing + tail, path


def at_cells(found: Found, paths: Sequence[Place], problems: Iterable[Problem]) -> Iterator[Placed]:
    """The problems of the reading, each at the cell it came from."""
    for p in problems:
        if not of_reading(p) or level(p) is Level.INFO:
            continue
        line = p.span.line if p.span is not None else 0
        path = paths[line - 1] if 0 < line <= len(paths) else ()
        sheet, at = found.cell_of(path) or ("", "")
        yield Placed(sheet, at, p)

