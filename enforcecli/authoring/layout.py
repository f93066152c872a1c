"""Which sheets and columns a workbook of cases has, read off the shapes that read the files: a new key of
the format is a new column, and nobody has to remember it.

A mapping of a case is columns (行为.日期), a list of mappings a sheet of its own. A row of such a sheet says
which case it belongs to, which fault, which person.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from enforcecli.authoring.content import bare, fields_by_spelling, word
from enforcecli.authoring.questions import scalar_of
from enforcecli.model.rulebook import Rulebook
from enforcecli.reading.case import shape_and_reader
from enforcecli.reading.shape import (
    Choice,
    Either,
    Field,
    ListOf,
    MapOf,
    PersonRef,
    Record,
    Scalar,
    Shape,
    Text,
    Word,
)
from enforcecli.text.spelling import fold

LIST, KEY = "#", "*"
"""Steps of a path that stand for a place in a list and for a key that is data (a person)."""
Steps = tuple[str, ...]
CASE, NUMBER, PERSON = "案号", "过错", "人"
"""Headings of the columns that say what a row belongs to."""
KEYS_EN = {CASE: "number", NUMBER: "finding", PERSON: "person"}
NAMES: dict[Steps, tuple[str, str]] = {
    (): ("案件", "cases"), ("程序",): ("程序", "procedure"), ("程序", KEY): ("逐人程序", "by_person"),
    ("过错事实", LIST): ("过错", "findings"), ("过错事实", LIST, "涉及人员", LIST): ("涉及人员", "persons"),
    ("人员", KEY): ("名册外人员", "people"), ("人员", KEY, "任期", LIST): ("任期", "terms"),
    ("处理意见", KEY, LIST): ("处理", "dispositions"), ("程序", "回避", "人员", LIST): ("回避", "recusal"),
}
"""Sheets that are not called after their key."""
ASIDE = {"说明": "notes", "选项": "options"}
"""Sheets that hold no cases."""


class Column(Struct, frozen=True, eq=False):
    """One column: the path below the sheet's record, the shape of one value, whether a cell holds several."""

    path: Steps
    shape: Shape
    field: Field
    english: str
    many: bool = False

    @property
    def heading(self) -> str:
        return ".".join(s for s in self.path if s != KEY)


class Sheet(Struct, frozen=True, eq=False):  # compared by identity: layouts are cached
    """One sheet. `base`: where its records stand in a case; `keys`: the headings of the columns that say so;
    `counted`: its rows are numbered, because other sheets point at them."""

    base: Steps
    name: str
    english: str
    record: Shape
    columns: tuple[Column, ...]
    keys: tuple[str, ...] = (CASE,)
    counted: bool = False

    @property
    def apart(self) -> bool:
        """Whether its rows gather what several mappings of the record say of one person."""
        return any(KEY in c.path for c in self.columns)

    def called(self, english: bool) -> str:
        return self.english if english else self.name

    def headings(self, english: bool) -> list[str]:
        keys = [KEYS_EN[k] if english else k for k in self.keys]
        return [*keys, *(c.english if english else c.heading for c in self.columns)]


def layout(books: Iterable[Rulebook | None]) -> tuple[Sheet, ...]:
    """The sheets for cases under these books: every column any of them has."""
    sheets: dict[Steps, Sheet] = {}
    for book in books:
        for sheet in of_book(book):
            known = sheets.get(sheet.base)
            if known is None:
                sheets[sheet.base] = sheet
            else:
                have = {c.path for c in known.columns}
                more = tuple(c for c in sheet.columns if c.path not in have)
                sheets[sheet.base] = replace(known, columns=(*known.columns, *more))
    return tuple(sheets.values())


def of_book(book: Rulebook | None) -> list[Sheet]:
    walk = _Walk(book)
    walk.sheet((), shape_and_reader(book)[0], ())
    return walk.sheets()


class _Walk:
    """The sheets found on one walk down the shape of a case."""

    def __init__(self, book: Rulebook | None) -> None:
        self.book = book
        self._made: dict[Steps, tuple[Shape, list[Column]]] = {}

    def sheets(self) -> list[Sheet]:
        bases = tuple(self._made)
        return [self._sheet(base, record, columns, bases) for base, (record, columns) in self._made.items()]

    def _sheet(self, base: Steps, record: Shape, columns: list[Column], bases: Sequence[Steps]) -> Sheet:
        counted = base[-1:] == (LIST,) and any(b[:len(base)] == base and b != base for b in bases)
        above = [NUMBER if s == LIST else PERSON for s in (base if counted else base[:-1]) if s in (LIST, KEY)]
        if base[-1:] == (KEY,):
            above.append(PERSON)
        name, english = NAMES.get(base) or (_last(base), self._english(base))
        return Sheet(base, name, english, record, tuple(columns), (CASE, *above), counted)

    def _english(self, base: Steps) -> str:
        shape: Shape = shape_and_reader(self.book)[0]
        name = _last(base)
        for step in base:
            inner = bare(shape)
            if isinstance(inner, Record):
                field = next(f for f in inner.fields if f.label == step)
                shape, name = field.shape, field.keys[-1]
            elif isinstance(inner, MapOf):
                shape = inner.value
            elif isinstance(inner, ListOf):
                shape = record_of(inner.item) or inner.item
        return name

    def sheet(self, base: Steps, record: Record, path: Steps) -> None:
        self._made[base] = (record, [])
        self.fields(base, record, path, "")

    def fields(self, base: Steps, record: Record, path: Steps, english: str) -> None:
        for field in record.fields:
            if base or path or field.label != CASE:  # the number is the key of every sheet
                self.field(base, field, field.shape, (*path, field.label), english + field.keys[-1])

    def field(self, base: Steps, field: Field, shape: Shape, path: Steps, english: str) -> None:
        """One key: a column, several, or a sheet of its own."""
        inner = bare(shape)
        if isinstance(inner, Record):
            if base == () and field.name == "procedure":
                self.sheet((*base, *path), inner, ())
            else:
                self.fields(base, inner, path, f"{english}.")
        elif isinstance(inner, ListOf) and (record := record_of(inner.item)) is not None:
            self.sheet((*base, *path, LIST), record, ())
        elif isinstance(inner, ListOf):
            self._column(base, field, inner.item, path, english, many=True)
        elif isinstance(inner, MapOf):
            self.map(base, field, inner, path, english)
        elif isinstance(inner, Either) and isinstance(by_part := bare(inner.mapping or inner), MapOf):
            self._column(base, field, shape, path, english)
            if self._per_part(field):
                self.map(base, field, by_part, path, english)
        else:
            self._column(base, field, shape, path, english)

    def map(self, base: Steps, field: Field, shape: MapOf, path: Steps, english: str) -> None:
        """Keys that are words of a list are columns, persons are rows; parts of an act without its book are
        neither."""
        value, words = bare(shape.value), words_of(shape.key)
        if words:
            for text in words:
                self._column(base, field, shape.value, (*path, text), f"{english}.{text}")
        elif isinstance(value, ListOf) and (record := record_of(value.item)) is not None:
            self.sheet((*base, *path, KEY, LIST), record, ())
        elif base == () and isinstance(value, Record):
            self.sheet((*base, *path, KEY), value, ())
        elif shape.key is not None and isinstance(bare(shape.key), PersonRef):
            apart = (*base, KEY)
            if apart not in self._made:
                self._made[apart] = (self._made[base][0], [])
            self.field(apart, field, value, (*path, KEY), english)

    def _column(self, base: Steps, field: Field, shape: Shape, path: Steps, english: str, *, many: bool = False) -> None:
        one = scalar_of(shape)
        self._made[base][1].append(Column(path, one or Text(), field, english, many))

    def _per_part(self, field: Field) -> bool:
        """Whether a fact may differ from part to part; a rule may be chosen for each."""
        if self.book is None or field.into != "facts":
            return self.book is not None
        fact = self.book.facts.get(field.name) or self.book.person_facts.get(field.name)
        return fact is not None and fact.per_part


def record_of(shape: Shape) -> Record | None:
    """The mapping an item of a list may be."""
    inner = bare(shape)
    if isinstance(inner, Either):
        inner = bare(inner.mapping) if inner.mapping is not None else inner
    return inner if isinstance(inner, Record) else None


def words_of(shape: Shape | None, *, english: bool = False) -> tuple[str, ...]:
    """The words a value is taken from, as far as they are known."""
    inner = bare(shape) if shape is not None else None
    listed = tuple(_spelling(w, english) for w in _listed(inner))
    if listed or not isinstance(inner, Scalar):
        return listed
    return tuple(e for e in inner.examples if not e.isascii() and _is_list(inner))


def english_words(shape: Shape) -> dict[str, str]:
    """The words of the closed list at a shape that have an English one."""
    return {w.zh: w.en[0] for w in _listed(bare(shape)) if w.en}


def chinese_word(text: str, shape: Shape | None) -> str:
    """The word of the closed list at a shape that is written with this English one; any other text as it is."""
    if shape is None or not text.isascii():
        return text
    folded = fold(text)
    return next((w.zh for w in _listed(bare(shape)) if folded in map(fold, w.en)), text)


def _listed(shape: Shape | None) -> tuple[Word, ...]:
    if isinstance(shape, Scalar) and shape.boolean and not shape.words:
        return _ANSWERS
    return shape.words if isinstance(shape, Choice | Scalar) else ()


def _spelling(word: Word, english: bool) -> str:
    return word.en[0] if english and word.en else word.zh


_ANSWERS = (Word("是", ("yes",)), Word("否", ("no",)))


def _is_list(shape: Scalar) -> bool:
    """A scalar without a pattern takes words; dates and the like have one."""
    return shape.pattern is None


def _last(base: Steps) -> str:
    return next(s for s in reversed(base) if s not in (LIST, KEY))


def resolved(heading: str, record: Shape) -> tuple[Steps, Shape, bool] | None:
    """The path, the shape of one value and whether there may be several, for a heading in any spelling."""
    return next(_resolve(tuple(heading.split(".")), record, ()), None)


def _resolve(left: Steps, shape: Shape, path: Steps) -> Iterator[tuple[Steps, Shape, bool]]:
    inner = bare(shape)
    if isinstance(inner, Either) and left:
        inner = bare(inner.mapping) if inner.mapping is not None else inner
    if isinstance(inner, Record) and left:
        field = fields_by_spelling(inner).get(fold(left[0]))
        if field is not None:
            yield from _resolve(left[1:], field.shape, (*path, field.label))
    elif isinstance(inner, MapOf):
        if words_of(inner.key):
            if left:
                yield from _resolve(left[1:], inner.value, (*path, word(left[0], inner.key)))
        else:
            yield from _resolve(left, inner.value, (*path, KEY))
    elif isinstance(inner, ListOf) and not left and record_of(inner.item) is None:
        yield path, scalar_of(inner.item) or Text(), True
    elif not left and not isinstance(inner, ListOf | Record):
        yield path, scalar_of(shape) or Text(), False


def by_name(sheets: Iterable[Sheet]) -> Mapping[str, Sheet]:
    """Every name a sheet may bear."""
    found: dict[str, Sheet] = {}
    for sheet in sheets:
        for name in (sheet.name, sheet.english, *([_last(sheet.base)] if sheet.base[-1:] == (LIST,) else [])):
            found.setdefault(fold(name), sheet)
    return found
