"""Cases as rows and rows as cases. Pure: what a cell looks like in a workbook is decided elsewhere."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence

from msgspec import Struct

from enforcecli.authoring.content import Content, bare
from enforcecli.authoring.content import Path as Place
from enforcecli.authoring.layout import CASE, KEY, LIST, Column, Sheet, Steps, english_words, record_of
from enforcecli.reading.shape import Either, ListOf, MapOf, Record, Shape

SEPARATORS = "、；;，,\n"
_SPLIT = re.compile(r'"(?:[^"\\]|\\.)*"|[^、；;，,\n"][^、；;，,\n]*')


class Row(Struct, frozen=True):
    """One row: the values of the key columns, then of the columns; '' is an empty cell."""

    keys: tuple[str, ...]
    values: tuple[str, ...]


def rows(sheet: Sheet, number: str, content: Content) -> Iterator[Row]:
    """The rows of one case in a sheet. `content` as `spread` makes it."""
    if sheet.apart:
        yield from _apart(sheet, number, content)
        return
    ends = sheet.base[-1:]
    for keys, record in _records(content, sheet.base, ()):
        values = tuple(cell(value_at(record, c.path), many=c.many) for c in sheet.columns)
        if any(values) or record is None or sheet.counted or ends in ((), (KEY,)):
            yield Row((number, *(keys if sheet.counted or ends != (LIST,) else keys[:-1])), values)


def _records(content: Content | None, base: Steps, keys: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Content | None]]:
    """Every record a base leads to, with its keys; an empty list is one without values."""
    if not base:
        yield keys, content
        return
    step, below = base[0], base[1:]
    if step == LIST:
        items = content if isinstance(content, list) else []
        for n, item in enumerate(items, start=1):
            yield from _records(item, below, (*keys, str(n)))
        if not items and isinstance(content, list) and not below:
            yield (*keys, ""), None
    elif step == KEY:
        for key, value in (content if isinstance(content, dict) else {}).items():
            yield from _records(value, below, (*keys, key))
    elif isinstance(content, dict) and step in content:
        yield from _records(content[step], below, keys)


def _apart(sheet: Sheet, number: str, content: Content) -> Iterator[Row]:
    record = value_at(content, sheet.base[:-1])
    persons: dict[str, None] = {}
    for column in sheet.columns:
        by_person = value_at(record, column.path[:column.path.index(KEY)])
        persons.update(dict.fromkeys(by_person if isinstance(by_person, dict) else ()))
    for person in persons:
        values = tuple(cell(value_at(record, tuple(person if s == KEY else s for s in c.path)), many=c.many)
                       for c in sheet.columns)
        yield Row((number, person), values)


def in_english(sheet: Sheet, row: Row) -> Row:
    """The row with the words of closed lists in English; importing makes them what they were."""
    return Row(row.keys, tuple(_in_english(v, c) if v else v for v, c in zip(row.values, sheet.columns, strict=True)))


def _in_english(text: str, column: Column) -> str:
    words = english_words(column.shape)
    if text in words or not column.many:
        return words.get(text, text)
    several = apart(text)
    return text if words.keys().isdisjoint(several) else joined([words.get(t, t) for t in several])


def value_at(content: Content | None, path: Steps) -> Content | None:
    for step in path:
        if not isinstance(content, dict):
            return None
        content = content.get(step)
    return content


def cell(value: Content | None, *, many: bool) -> str:
    """The text of a cell; '' for what does not belong into one."""
    if many and isinstance(value, list):
        return joined([v for v in value if isinstance(v, str)])
    return value if isinstance(value, str) else ""


def joined(items: Sequence[str]) -> str:
    """Several values in one cell: 张某、杨某; in quotes what would be taken apart."""
    return "、".join(json.dumps(i, ensure_ascii=False)
                    if not i or i[0] == '"' or i != i.strip() or set(i) & set(SEPARATORS) else i for i in items)


def apart(text: str) -> list[str]:
    """The values of a cell, however they are set apart."""
    found = []
    for match in _SPLIT.finditer(text):
        piece = match[0].strip()
        if piece.startswith('"'):
            try:
                piece = str(json.loads(piece))
            except ValueError:
                piece = piece.strip('"')
        if piece:
            found.append(piece)
    return found


# what is written short in a file, in full

def spread(content: Content, shape: Shape | None) -> Content:
    """Short forms written out: a method by its code alone is a mapping with 方式."""
    inner = bare(shape) if shape is not None else None
    if isinstance(inner, Either):
        return _either(content, inner)
    if isinstance(content, list):
        item = inner.item if isinstance(inner, ListOf) else None
        return [spread(c, item) for c in content]
    if isinstance(content, dict):
        return {key: spread(value, _below(inner, key)) for key, value in content.items()}
    return content


def _either(content: Content, shape: Either) -> Content:
    if isinstance(content, list):
        return spread(content, shape.sequence)
    if isinstance(content, dict):
        said = spread(content, shape.mapping)
        only = _only_field(shape)
        if only is not None and isinstance(said, dict) and set(said) == {only}:
            return said[only]
        return said
    needed = needed_field(shape)
    return {needed: content} if needed is not None else content


def _only_field(shape: Either) -> str | None:
    """A mapping of one key says no more than its value."""
    record = bare(shape.mapping) if shape.mapping is not None else None
    return record.fields[0].label if isinstance(record, Record) and len(record.fields) == 1 and shape.scalar else None


def needed_field(shape: Either) -> str | None:
    """The key a value stands for when it is written alone."""
    record = record_of(shape)
    if record is None or len(record.fields) == 1 or shape.scalar is None:
        return None
    needed = [f.label for f in record.fields if f.required]
    return needed[0] if len(needed) == 1 else None


def _below(shape: Shape | None, key: str) -> Shape | None:
    if isinstance(shape, Record):
        return next((f.shape for f in shape.fields if f.label == key), shape.rest_shape)
    return shape.value if isinstance(shape, MapOf) else None


# rows back to cases

class Build:
    """One case as its rows are read, with the cell each value came from."""

    def __init__(self, number: str) -> None:
        self.content: dict[str, Content] = {CASE: number}
        self.cells: dict[Place, tuple[str, str]] = {}

    def place(self, sheet: Sheet, keys: Sequence[str]) -> Place:
        """Where the record of a row stands; a list grows by one for a row that is not numbered."""
        path: Place = ()
        left = list(keys)
        for n, step in enumerate(sheet.base):
            if step == KEY:
                path = (*path, left.pop(0))
            elif step != LIST:
                path = (*path, step)
            elif n == len(sheet.base) - 1 and not sheet.counted:
                path = (*path, self._length(path))
            else:
                path = (*path, int(left.pop(0)) - 1)
        return path[:-1] if sheet.apart else path

    def _length(self, path: Place) -> int:
        here: Content | None = self.content
        for step in path:
            if isinstance(here, dict) and isinstance(step, str):
                here = here.get(step)
            elif isinstance(here, list) and isinstance(step, int) and step < len(here):
                here = here[step]
            else:
                return 0
        return len(here) if isinstance(here, list) else 0

    def put(self, path: Place, value: Content, at: tuple[str, str]) -> None:
        """Puts a value, or an empty mapping or list, at its path."""
        here: Content = self.content
        for step, below in zip(path, [*path[1:], None], strict=True):
            fresh: Content = value if below is None else [] if isinstance(below, int) else {}
            if isinstance(here, dict) and isinstance(step, str):
                here = here.setdefault(step, fresh) if below is not None else self._set(here, step, fresh)
            elif isinstance(here, list) and isinstance(step, int):
                if step == len(here):
                    here.append(fresh)
                here = here[step]
        self.cells[path] = at

    @staticmethod
    def _set(here: dict[str, Content], step: str, value: Content) -> Content:
        if value in ({}, []) and step in here:
            return here[step]
        here[step] = value
        return value
