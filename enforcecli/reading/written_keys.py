"""Keys as their author wrote them: a file may say 线索 or clue, and is told of what it says."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from enforcecli.reading.shape import Field
from enforcecli.text.nodes import MappingNode, ScalarNode
from enforcecli.text.spelling import fold

Node = Any


class WrittenKeys:
    """The keys of a file, and under which of them each node stands."""

    def __init__(self, root: Node) -> None:
        self._above: dict[int, tuple[Node, Node]] = {}  # id of a node → the key it stands under, the node around it
        rest: list[tuple[Node, Node]] = [(root, None)] if root is not None else []
        self.values: set[str] = set()
        """Every text that stands as a value."""
        self.plain = True
        """Whether every key is the one a problem would name by itself."""
        latin = count = 0
        while rest:
            node, key = rest.pop()
            if node.__class__ is MappingNode:
                for k, v in node.value:
                    if k.__class__ is ScalarNode:
                        fields = labels(k.value)
                        if fields:  # other keys are data, or misspelt
                            count, latin = count + 1, latin + k.value.isascii()
                            self.plain = self.plain and k.value in fields
                        self._above[id(k)], self._above[id(v)] = (key, node), (k, node)
                        rest.append((v, k))
            elif node.__class__ is ScalarNode:
                self.values.add(node.value.strip())
            else:
                for child in node.value:
                    self._above[id(child)] = (key, node)
                    rest.append((child, key))
        self.english = 2 * latin > count
        """Whether the author writes English keys, for keys that are not there yet."""

    def above(self, node: Node, label: str) -> str:
        """The nearest key over the node that spells the field of this label; the label where none does."""
        around = self._above.get(id(node))
        while around is not None:
            key, outer = around
            if key is not None and label in labels(key.value):
                return str(key.value).strip()
            around = self._above.get(id(outer))
        return label

    def name(self, field: Field) -> str:
        """The key of a field that is not there."""
        return field.keys[-1] if self.english else field.label


_FIELDS: list[Field] = []
_LABELS: dict[str, set[str]] = {}


def known(fields: Iterable[Field]) -> None:
    """Takes note of the fields of a shape; every shape that is read tells its own."""
    _FIELDS.extend(fields)


def labels(key: str) -> set[str]:
    """The labels of the fields that may be written with this key."""
    while _FIELDS:
        field = _FIELDS.pop()
        for spelling in (*field.keys, *field.aliases):
            _LABELS.setdefault(fold(spelling), set()).add(field.label)
    return _LABELS.get(fold(key), set())
