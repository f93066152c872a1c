"""The one walk over a tree of nodes: duplicate and odd keys, depth, characters that came in by
escapes."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any
from unicodedata import is_normalized, normalize

from enforcecli.text.found import DEEPEST, MOST, Found, found
from enforcecli.text.nodes import MappingNode, Node, ScalarNode


def check(root: Node, text: str, *, plain: bool = False) -> tuple[bool, list[Found]]:
    """Whether the tree may be used, and what is wrong with it. `plain`: the text is known to hold
    no escapes and no characters with two ways of writing."""
    if root.__class__ is ScalarNode:
        return False, [found("Y212", root.start_mark.index, root.end_mark.index)]
    escaped = not plain and "\\" in text
    exact = plain or (not escaped and is_normalized("NFC", text))
    suspects = _suspects(root, exact, "<<" in text)
    if suspects is None:
        return False, [_too_deep(root)]
    wrong = list(islice((slip for node in suspects for slip in _keys(node)), MOST))
    if escaped:
        wrong += islice(_escapes(root), MOST)
    return True, wrong


def _suspects(root: Node, exact: bool, merge: bool) -> list[Node] | None:
    """The mappings that deserve a second look, level by level; None if there are too many levels."""
    suspects: list[Node] = []
    level = [root]
    for _ in range(DEEPEST):
        below: list[Node] = []
        for node in level:  # every node of every file comes by here: plain loops are the fastest
            value = node.value
            if node.__class__ is MappingNode:
                names = {}
                try:
                    for key, child in value:
                        names[key.value] = key
                        if child.__class__ is not ScalarNode:
                            below.append(child)
                    if not exact or len(names) != len(value) or (merge and "<<" in names):
                        suspects.append(node)
                except TypeError:  # a list or a mapping as key
                    suspects.append(node)
                    known = set(map(id, below))
                    below += [c for c in _children(node) if c.__class__ is not ScalarNode and id(c) not in known]
            else:
                for child in value:
                    if child.__class__ is not ScalarNode:
                        below.append(child)
        if not below:
            return suspects
        level = below
    return None


def _too_deep(root: Node) -> Found:
    """The first node of the first level too many."""
    node, rest = root, [iter(_children(root))]
    while len(rest) <= DEEPEST:
        node = next(rest[-1], None)
        if node is None:
            rest.pop()
        elif node.__class__ is not ScalarNode:
            rest.append(iter(_children(node)))
    return found("Y208", node.start_mark.index, node.start_mark.index + 1, most=DEEPEST)


def _children(node: Node) -> Iterator[Node]:
    if node.__class__ is MappingNode:
        for key, child in node.value:
            yield key
            yield child
    elif node.__class__ is not ScalarNode:
        yield from node.value


def _keys(node: Node) -> Iterator[Found]:
    """Keys that are no words, merge keys, and keys given twice (é typed in two ways is one key)."""
    first: dict[str, Any] = {}
    told: set[str] = set()
    for key, _ in node.value:
        start, end = key.start_mark.index, key.end_mark.index
        if key.__class__ is not ScalarNode:
            yield found("Y209", start, end)
            continue
        name = normalize("NFC", key.value)
        if name == "<<" and not key.style:
            yield found("Y205", start, end)
        elif name in first:
            known = first[name].start_mark
            yield found("Y210", start, end, key=name, line=known.line + 1)
            if name not in told:
                told.add(name)
                yield found("Y211", known.index, first[name].end_mark.index, key=name)
        else:
            first[name] = key


def _escapes(root: Node) -> Iterator[Found]:
    """Characters that are refused when typed are refused when written as \\u202e in quotes."""

    from enforcecli.text.characters import BAD, code_of
    from enforcecli.text.names import shown

    level = [root]
    while level:
        node = level.pop()
        if node.__class__ is not ScalarNode:
            level.extend(_children(node))
        elif node.style == '"' and (match := BAD.search(node.value)):
            yield found(code_of(match[0]), node.start_mark.index, node.end_mark.index, character=shown(match[0]))
