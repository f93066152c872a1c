"""What a file says, value by value: each with the keys that lead to it and in one spelling. Two files that
say the same have the same leaves, whatever their layout, comments, order of keys and language of keys.

An entry of a list is known by whom or what it is about (the person, the name, the method), else by its
place in the list.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from msgspec import Struct

from enforcecli.reading.report import Node
from enforcecli.reading.shape import (
    Attempt,
    Choice,
    Either,
    Field,
    ListOf,
    MapOf,
    Record,
    Scalar,
    Shape,
    Then,
)
from enforcecli.text.document import Document
from enforcecli.text.nodes import MappingNode, ScalarNode, SequenceNode
from enforcecli.text.slip import Slip

Name = tuple[str, str]
"""A step on the way to a value: its name in Chinese and in English."""
Way = tuple[Name, ...]
TELLING = ("person", "name", "method", "to", "matter", "way")
"""Fields that tell what an entry of a list is about, the first one stated."""


_AROUND = (Then, Attempt, Either)
"""Shapes that stand around another."""


class Leaf(Struct, frozen=True):
    """`value` in one spelling, to compare; `written` as it stands in the file, to show."""

    value: str
    written: str


def leaves(document: Document, shape: Shape) -> dict[Way, Leaf]:
    """Every value of the file in its order; {} for a file that could not be read."""
    return dict(_of(document.root, shape, ())) if document.root is not None else {}


def _of(node: Node, shape: Shape | None, way: Way) -> Iterator[tuple[Way, Leaf]]:
    shape = _inner(shape, node)
    if node.__class__ is ScalarNode:
        yield way, _leaf(node.value, shape)
    elif node.__class__ is SequenceNode:
        yield from _items(node.value, shape.item if isinstance(shape, ListOf) else None, way)
    elif isinstance(shape, ListOf):
        yield from _items([node], shape.item, way)
    elif node.__class__ is MappingNode:
        yield from _pairs(node, shape, way)


def _pairs(node: Node, shape: Shape | None, way: Way) -> Iterator[tuple[Way, Leaf]]:
    for key, value in node.value:
        if key.__class__ is not ScalarNode:
            continue
        word = key.value.strip()
        field = _field(shape, word) if isinstance(shape, Record) else None
        if field is not None:
            yield from _of(value, field.shape, (*way, _name(field)))
        else:
            inner = shape.value if isinstance(shape, MapOf) else shape.rest_shape if isinstance(shape, Record) else None
            word = _leaf(word, shape.key).value if isinstance(shape, MapOf) and shape.key is not None else word
            yield from _of(value, inner, (*way, (word, word)))


def _items(nodes: Sequence[Node], shape: Shape | None, way: Way) -> Iterator[tuple[Way, Leaf]]:
    """A list: what it is made of as one value, then what each entry says besides. A list of plain values is
    one value."""
    told = [_about(node, shape) for node in nodes]
    if all(text is not None for text in told):
        names = [leaf for leaf in told if leaf is not None]
        yield way, Leaf("、".join(leaf.value for leaf in names), "、".join(leaf.written for leaf in names))
    seen: dict[str, int] = {}
    for n, (node, about) in enumerate(zip(nodes, told, strict=True), start=1):
        if node.__class__ is ScalarNode:
            continue
        word = about.value if about is not None else str(n)
        seen[word] = seen.get(word, 0) + 1
        step = word if seen[word] == 1 else f"{word}（{seen[word]}）"
        here = (*way, (step, step))
        for below, leaf in _of(node, shape, here):
            if about is None or leaf != about or len(below) > len(here) + 1:  # whom it is about is said already
                yield below, leaf


def _about(node: Node, shape: Shape | None) -> Leaf | None:
    """What an entry is about; None where only its place tells."""
    inner = _inner(shape, node)
    if node.__class__ is ScalarNode:
        return _leaf(node.value, inner)
    if node.__class__ is not MappingNode or not isinstance(inner, Record):
        return None
    stated = {field.name: (field, value) for key, value in node.value
              if key.__class__ is ScalarNode and value.__class__ is ScalarNode
              and (field := _field(inner, key.value.strip())) is not None}
    for name in TELLING:
        if name in stated:
            field, value = stated[name]
            return _leaf(value.value, _inner(field.shape, value))
    return None


def _leaf(text: str, shape: Shape | None) -> Leaf:
    written = " ".join(text.split())
    if isinstance(shape, Choice):
        word = next((w.zh for w in shape.words if written in (w.zh, *w.en, *w.also)), written)
        return Leaf(word, word)
    if isinstance(shape, Scalar) and written:
        value = shape.parse(text)
        return Leaf(written if isinstance(value, Slip) else str(value), written)
    return Leaf(written, written)


def _inner(shape: Shape | None, node: Node) -> Shape | None:
    """The shape that reads this kind of node."""
    while isinstance(shape, _AROUND):
        if not isinstance(shape, Either):
            shape = shape.shape
        elif node.__class__ is ScalarNode:
            shape = shape.scalar
        else:
            shape = shape.mapping if node.__class__ is MappingNode else shape.sequence
    return shape


def _field(record: Record, word: str) -> Field | None:
    return _table(record).get(word)


@lru_cache(512)
def _table(record: Record) -> dict[str, Field]:
    """Every key of a record, other spellings too → its field."""
    return {**record.aliases(), **record.keys()}


@lru_cache(1024)
def _name(field: Field) -> Name:
    return field.keys[0], field.keys[-1]
