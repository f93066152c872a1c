"""Paths → places. The pure layers name a place by canonical names; here the shape's own tables
find the node, whatever spelling the author chose."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from enforcecli.model.problem import Path, Problem, Span
from enforcecli.reading.report import Node
from enforcecli.reading.shape import Attempt, Either, Field, ListOf, MapOf, Raw, Record, Shape, Then
from enforcecli.text.nodes import MappingNode, ScalarNode, SequenceNode
from enforcecli.text.spelling import fold

if TYPE_CHECKING:
    from enforcecli.text.document import Document

_NO_IDS: Mapping[str, str] = {}


class _Walk:
    """One walk down the nodes: where it stands, under which key, and what is left of the path."""

    def __init__(self, node: Node, shape: Shape | None, where: Path, ids: Mapping[str, str]) -> None:
        self.node, self.shape, self.ids = node, shape, ids
        self.key: Node | None = None
        self.left = list(where)

    def run(self) -> None:
        while self.left and self._step():
            pass

    def _step(self) -> bool:
        """One step down; False where the file has no such place."""
        shape = inner(self.shape, self.node)
        if isinstance(shape, ListOf):
            return self._item(shape)
        if self.node.__class__ is SequenceNode:
            return self._item(None)
        if self.node.__class__ is not MappingNode:
            return False
        if isinstance(shape, Record):
            return self._field(shape)
        if isinstance(shape, MapOf):
            return self._entry(str(self.left[0]), shape.value)
        return self._entry(str(self.left[0]), shape if isinstance(shape, Raw) else None)

    def _item(self, shape: ListOf | None) -> bool:
        item = shape.item if shape is not None else None
        if self.node.__class__ is not SequenceNode:  # one value stands for a list of one
            if self.left[0] == 0:
                self.left.pop(0)
            self.shape = item
            return not isinstance(self.left[0], int) if self.left else True
        index = self.left[0]
        if not isinstance(index, int) or not 0 <= index < len(self.node.value):
            return False
        self.left.pop(0)
        self.node, self.key, self.shape = self.node.value[index], None, item
        return True

    def _go(self, pair: tuple[Node, Node], shape: Shape | None, *, steps: int = 1) -> bool:
        self.key, self.node = pair
        self.shape = shape
        del self.left[:steps]
        return True

    def _entry(self, step: str, shape: Shape | None) -> bool:
        """An entry whose key is data: by its text, or by whom it names."""
        pairs = [(k, v) for k, v in self.node.value if k.__class__ is ScalarNode]
        for pair in pairs:
            if pair[0].value.strip() == step:
                return self._go(pair, shape)
        for pair in pairs:
            if self.ids.get(pair[0].value.strip()) == step:
                return self._go(pair, shape)
        return False

    def _field(self, record: Record) -> bool:
        step = str(self.left[0])
        field = next((f for f in record.fields if f.name == step), None)
        if field is None and step in {record.rest, *(f.into for f in record.fields)}:
            self.left.pop(0)  # a gathered mapping is no key of the file; its entries are
            return not self.left or self._field(record)
        if field is None:
            field = {**record.aliases(), **record.keys()}.get(step)
        if field is not None:
            return self._named(record, field)
        for flat in (f for f in record.fields if f.flat):
            nested = inner(flat.shape, self.node)
            if isinstance(nested, Record) and any(f.name == step for f in nested.fields):
                pair = self._pair(record, flat)
                return pair is not None and self._go(pair, nested, steps=0)
        return record.rest is not None and self._entry(step, record.rest_shape)

    def _named(self, record: Record, field: Field) -> bool:
        pair = self._pair(record, field)
        return pair is not None and self._go(pair, field.shape)

    def _pair(self, record: Record, field: Field) -> tuple[Node, Node] | None:
        spellings = {fold(key) for key in (*field.keys, *field.aliases)}
        return next(((k, v) for k, v in self.node.value
                     if k.__class__ is ScalarNode and fold(k.value) in spellings), None)


def inner(shape: Shape | None, node: Node) -> Shape | None:
    """The shape that reads this very node."""
    while isinstance(shape, Then | Attempt | Either):
        if isinstance(shape, Either):
            kinds: dict[Any, Shape | None] = {ScalarNode: shape.scalar, MappingNode: shape.mapping,
                                              SequenceNode: shape.sequence}
            shape = kinds.get(node.__class__)
        else:
            shape = shape.shape
    return shape


def locate(document: Document, shape: Shape, where: Path, on_key: bool = False,
           ids: Mapping[str, str] = _NO_IDS) -> Span | None:
    """The place of a path. Where the path goes deeper than the file, the place of the last key
    that is there; None where not even its first step is."""
    if document.root is None:
        return None
    walk = _Walk(document.root, shape, where, ids)
    walk.run()
    return _place(document, walk, on_key)


def _place(document: Document, walk: _Walk, on_key: bool) -> Span | None:
    if not walk.left:
        node = walk.key if on_key and walk.key is not None else walk.node
    elif walk.node is document.root:
        return None
    else:
        node = walk.key if walk.key is not None else _first_key(walk.node)
    return document.span(node)


def lacking(document: Document, shape: Shape, where: Path,
            ids: Mapping[str, str] = _NO_IDS) -> tuple[Span, frozenset[str]] | None:
    """Where the path leaves the file: the place of the mapping it ends in, and every spelling of the
    key that is not there. None where the path is there in full."""
    if document.root is None:
        return None
    walk = _Walk(document.root, shape, where, ids)
    walk.run()
    if not walk.left:
        return None
    step = str(walk.left[0])
    record = inner(walk.shape, walk.node)
    field = next((f for f in record.fields if f.name == step), None) if isinstance(record, Record) else None
    return document.span(walk.node), frozenset((step, *field.keys) if field is not None else (step,))


def _first_key(node: Node) -> Node:
    """An item of a list has no key of its own: its first one stands for it."""
    return node.value[0][0] if node.__class__ is MappingNode and node.value else node


def placed(problem: Problem, document: Document, shape: Shape, ids: Mapping[str, str] = _NO_IDS) -> Problem:
    """The problem with file and place; one that has a place keeps it."""
    if problem.span is not None:
        return problem if problem.file else replace(problem, file=document.file)
    if document.root is None:
        return problem.at(document.file, None)
    walk = _Walk(document.root, shape, problem.where, ids)
    walk.run()
    return problem.at(document.file, _place(document, walk, problem.on_key))
