"""The keys of a file, read off the shapes: for the table of keys and for the tests of the manual."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from enforcecli.model.rulebook import Rulebook
from enforcecli.reading import kinds
from enforcecli.reading.library import Library
from enforcecli.reading.shape import (
    Attempt,
    Choice,
    Either,
    Field,
    ListOf,
    MapOf,
    PersonRef,
    Raw,
    Record,
    Scalar,
    Shape,
    Then,
)

BOOK = "shangjiang-2023"


@dataclass(frozen=True, slots=True)
class Section:
    """The keys of one mapping; `path` names the keys that lead to it."""

    path: tuple[str, ...]
    fields: tuple[Field, ...]


def book() -> Rulebook:
    found = Library().book(BOOK)
    assert found is not None
    return found


def shape_of(kind: kinds.FileKind) -> Record:
    return kinds.shape_of(kind, book())


def plain(shape: Shape) -> Shape:
    """The shape without the steps that follow reading."""
    while isinstance(shape, Then | Attempt):
        shape = shape.shape
    return shape


def sections(shape: Shape, path: tuple[str, ...] = ()) -> Iterator[Section]:
    """Every mapping with known keys, the outer before the inner."""
    shape = plain(shape)
    if isinstance(shape, Record):
        yield Section(path, tuple(shape.fields))
        for field in shape.fields:
            yield from sections(field.shape, (*path, field.label))
    elif isinstance(shape, ListOf):
        yield from sections(shape.item, (*path[:-1], f"{path[-1]}[]"))
    elif isinstance(shape, MapOf):
        yield from sections(shape.value, (*path, "*"))
    elif isinstance(shape, Either):
        for inner in (shape.mapping, shape.sequence):
            if inner is not None:
                yield from sections(inner, path)


def kind_of(shape: Shape) -> str:
    """What may stand as the value, in a few words."""
    shape = plain(shape)
    if isinstance(shape, ListOf):
        return f"{kind_of(shape.item)} · list"
    if isinstance(shape, MapOf):
        return f"{kind_of(shape.key) if shape.key else 'name'} → {kind_of(shape.value)}"
    if isinstance(shape, Either):
        return " or ".join(
            dict.fromkeys(kind_of(s) for s in (shape.scalar, shape.mapping, shape.sequence) if s)
        )
    if isinstance(shape, Choice):
        return f"one of {shape.en}"
    if isinstance(shape, Record):
        only = shape.fields[0] if len(shape.fields) == 1 else None
        return f"{{{only.label}: {kind_of(only.shape)}}}" if only else "mapping"
    if isinstance(shape, PersonRef | Raw | Scalar):
        return shape.en
    return "text"


def choices(shape: Shape) -> Iterator[Choice]:
    """Every closed list met on the way."""
    shape = plain(shape)
    if isinstance(shape, Choice):
        yield shape
    elif isinstance(shape, Record):
        for field in shape.fields:
            yield from choices(field.shape)
    else:
        for name in ("item", "key", "value", "scalar", "mapping", "sequence"):
            inner = getattr(shape, name, None)
            if isinstance(inner, Shape):
                yield from choices(inner)
