"""The XML parts of a workbook, counted element by element in one pass that keeps nothing of them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from xml.parsers import expat

from msgspec import Struct

from enforcecli.authoring.grids import MOST_CELLS, MOST_COLUMNS, MOST_ROWS, MOST_SHEETS
from enforcecli.language import _

MOST_ELEMENTS, MOST_OTHERS, DEEPEST = 800_000, 100_000, 64
_MANY = frozenset({"row", "c", "v", "is", "si", "t", "phoneticPr"})
"""What a full sheet is made of; of all other elements there are few."""
_PLACE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_NUMBER = re.compile(r"[0-9]{1,7}")


class Look(Struct):
    """One sheet: its last row and column with content, counted from 1, and the ranges merged on it."""

    rows: int = 0
    columns: int = 0
    merged: list[str] = []


class Refused(Exception):
    """Ends a scan from within the parser. Its words are for the reader of the report."""


def swollen() -> str:
    return _("展开以后大得不合常理")


class Scan:
    """All parts of one package. An element costs about a microsecond; the limits hold for all parts together."""

    def __init__(self) -> None:
        self.looks: dict[str, Look] = {}
        self.relations: dict[str, dict[str, str]] = defaultdict(dict)
        self.sheets: dict[str, list[tuple[str, str]]] = defaultdict(list)
        self.from_1904 = False
        self._many = self._others = self._depth = self._row = self._column = 0
        self._part, self._look = "", Look()

    def parser(self, part: str) -> expat.XMLParserType:
        """What takes the bytes of one part; the parts come one after the other."""
        self._part, self._look, self._depth, self._row, self._column = part, Look(), 0, 0, 0
        made = expat.ParserCreate(namespace_separator=" ")
        made.StartElementHandler, made.EndElementHandler = self._start, self._end
        made.StartDoctypeDeclHandler = self._doctype
        return made

    def _doctype(self, *_declared: object) -> None:
        raise Refused(_("文件里有外部实体"))

    def _start(self, full: str, attributes: Mapping[str, str]) -> None:
        name = full[full.rfind(" ") + 1:]
        self._depth += 1
        self._many += 1
        if name not in _MANY:
            self._others += 1
        if self._depth > DEEPEST or self._many > MOST_ELEMENTS or self._others > MOST_OTHERS:
            raise Refused(swollen())
        if name == "c":
            self._cell(attributes.get("r"))
        elif name in ("v", "f", "is"):
            self._content()
        elif name == "row":
            self._next_row(attributes.get("r"))
        else:
            self._other(name, attributes)

    def _end(self, _name: str) -> None:
        self._depth -= 1

    def _next_row(self, stated: str | None) -> None:
        """A row that is not below the one before would be passed over in silence by the reader."""
        if stated is not None and _NUMBER.fullmatch(stated) is None:
            raise Refused(_("行或者列多得不合常理"))
        row = self._row + 1 if stated is None else int(stated)
        if row <= self._row:
            raise Refused(_("行的次序乱了"))
        self._row, self._column = row, 0

    def _cell(self, stated: str | None) -> None:
        column = self._column + 1
        if stated is not None:
            place = place_of(stated)
            if place is None or place[0] != self._row or place[1] < column:
                raise Refused(_("单元格的次序乱了"))
            column = place[1]
        self._column = column

    def _content(self) -> None:
        """Only what holds something counts: programs note the looks of empty cells to the last column."""
        look = self._look
        look.rows, look.columns = self._row, max(look.columns, self._column)
        if look.rows > MOST_ROWS or look.columns > MOST_COLUMNS or look.rows * look.columns > MOST_CELLS:
            raise Refused(_("行或者列多得不合常理"))

    def _other(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "worksheet":
            self.looks[self._part] = self._look
        elif name == "mergeCell":
            self._look.merged.append(attributes.get("ref", ""))
        elif name == "workbookPr":
            self.from_1904 |= attributes.get("date1904", "0") in ("1", "true", "on")
        elif name == "Relationship":
            self.relations[self._part][attributes.get("Id", "")] = attributes.get("Target", "")
        elif name == "sheet":
            key = next((value for a, value in attributes.items() if a.endswith(" id")), "")
            self.sheets[self._part].append((attributes.get("name", ""), key))
            if len(self.sheets[self._part]) > MOST_SHEETS:
                raise Refused(_("表多得不合常理"))


def place_of(reference: str) -> tuple[int, int] | None:
    """Row and column, from 1, of a reference like AB12."""
    found = _PLACE.fullmatch(reference)
    if found is None:
        return None
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(found[2]), column
