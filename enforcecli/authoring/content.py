"""What a case file says, apart from how it is typed: keys by their Chinese labels, values as text.

Between the YAML file, the dialogue and the workbook. Words of closed lists are their Chinese words, dates
ISO dates, money yuan with two decimals; shares, limits and everything else stay as the author wrote them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any

from enforcecli.reading.reader import plain
from enforcecli.reading.report import Node
from enforcecli.reading.shape import (
    Attempt,
    Choice,
    Either,
    Field,
    ListOf,
    MapOf,
    Raw,
    Record,
    Scalar,
    Shape,
    Then,
)
from enforcecli.text.nodes import MappingNode, ScalarNode, SequenceNode
from enforcecli.text.spelling import fold

Content = str | list["Content"] | dict[str, "Content"]
Path = tuple[str | int, ...]
"""Labels of keys, keys that are data, and places in lists (from 0)."""


def bare(shape: Shape) -> Shape:
    """The shape without the steps that follow reading."""
    while isinstance(shape, Then | Attempt):
        shape = shape.shape
    return shape


def content_of(node: Node, shape: Shape) -> Content:
    """What a node says; for a file read without errors nothing is lost but comments and layout. What the shape
    does not know is kept as it is."""
    shape = bare(shape)
    if isinstance(shape, Either):
        inner = {ScalarNode: shape.scalar, MappingNode: shape.mapping, SequenceNode: shape.sequence}[node.__class__]
        return _plain(node) if inner is None else content_of(node, inner)
    if isinstance(shape, Record) and node.__class__ is MappingNode:
        return _record(node, shape)
    if isinstance(shape, ListOf):
        items = node.value if node.__class__ is SequenceNode else [node]
        return [content_of(item, shape.item) for item in items]
    if isinstance(shape, MapOf) and node.__class__ is MappingNode:
        return {word(k.value, shape.key): content_of(v, shape.value) for k, v in node.value if k.__class__ is ScalarNode}
    if isinstance(shape, Raw) or node.__class__ is not ScalarNode:
        return _plain(node)
    return word(node.value, shape)


def _record(node: Node, record: Record) -> Content:
    known = fields_by_spelling(record)
    found: dict[str, Content] = {}
    for k, v in node.value:
        field = known.get(fold(k.value)) if k.__class__ is ScalarNode else None
        if field is not None:
            found[field.label] = content_of(v, field.shape)
        elif k.__class__ is ScalarNode:  # a fact of a book that is not at hand, or a mistake to be told later
            found[k.value.strip()] = _plain(v)
    return found


@lru_cache(512)
def fields_by_spelling(record: Record) -> Mapping[str, Field]:
    """Every spelling of a key, folded → its field; keys stand before aliases."""
    both = {**record.aliases(), **record.keys()}
    return {fold(key): field for key, field in both.items()}


def _plain(node: Node) -> Content:
    value: Content = plain(node)
    return value.strip() if isinstance(value, str) else value


def word(text: str, shape: Shape | None) -> str:
    """One value in its usual spelling."""
    shape = bare(shape) if shape is not None else None
    if isinstance(shape, Choice):
        return _chosen(text, shape)
    if isinstance(shape, Scalar):
        value: Any = shape.parse(text)
        if isinstance(value, str):
            return value
        if isinstance(value, date):
            return value.isoformat()
        if isinstance(value, Decimal):
            return str(value)
        if isinstance(value, bool):
            return "是" if value else "否"
    return text.strip()


def _chosen(text: str, shape: Choice) -> str:
    folded = fold(text)
    found = next((w.zh for w in shape.words if folded in {fold(s) for s in (w.zh, *w.en, *w.also)}), None)
    return text.strip() if found is None else found


def leaves(content: Content, path: Path = ()) -> Iterator[tuple[Path, str]]:
    """Every value with its path; a list or mapping without anything in it is the value ''."""
    if isinstance(content, str):
        yield path, content
    elif not content:
        yield path, ""
    elif isinstance(content, list):
        for n, item in enumerate(content):
            yield from leaves(item, (*path, n))
    else:
        for key, value in content.items():
            yield from leaves(value, (*path, key))
