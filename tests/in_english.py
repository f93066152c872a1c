"""A file of an office that writes English: every key, and every word of a closed list, by its English name."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from enforcecli.model.problem import Edit
from enforcecli.reading.locate import inner
from enforcecli.reading.shape import Choice, ListOf, MapOf, Record, Scalar, Shape
from enforcecli.text.document import Document, parse
from enforcecli.text.nodes import MappingNode, ScalarNode, SequenceNode
from enforcecli.text.spelling import fold


def in_english(text: str, shape: Shape) -> str:
    document = parse(text.encode(), "f.yaml")
    for edit in sorted(_edits(document, document.root, shape), key=lambda e: -e.start):
        text = text[:edit.start] + edit.text + text[edit.end:]
    return text


def _edits(document: Document, node: Any, shape: Shape | None) -> Iterator[Edit]:
    shape = inner(shape, node)
    if isinstance(shape, ListOf) and node.__class__ is not SequenceNode:
        shape = inner(shape.item, node)
    if isinstance(shape, ListOf):
        for item in node.value:
            yield from _edits(document, item, shape.item)
    elif isinstance(shape, Record) and node.__class__ is MappingNode:
        spelt = {fold(key): f for f in shape.fields for key in (*f.aliases, *f.keys)}
        for key, value in node.value:
            field = spelt.get(fold(key.value))
            if field is not None:
                yield Edit(*document.offsets(key), field.keys[-1])
            yield from _edits(document, value, shape.rest_shape if field is None else field.shape)
    elif isinstance(shape, MapOf) and node.__class__ is MappingNode:
        for _, value in node.value:
            yield from _edits(document, value, shape.value)
    elif isinstance(shape, Choice | Scalar) and node.__class__ is ScalarNode:
        word = next((w for w in shape.words if w.zh == node.value and w.en), None)
        if word is not None:
            yield Edit(*document.offsets(node), word.en[0])
