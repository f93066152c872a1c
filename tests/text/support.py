"""What the tests of this area share."""

from __future__ import annotations

from typing import Any

from enforcecli.text.document import Document, parse
from enforcecli.text.found import apply
from enforcecli.text.nodes import ScalarNode, SequenceNode


def plain(node: Any) -> Any:
    """A node as Python values; mappings as lists of pairs, so that nothing is lost."""
    if node is None:
        return None
    if node.__class__ is ScalarNode:
        return node.value
    if node.__class__ is SequenceNode:
        return [plain(child) for child in node.value]
    return [(plain(key), plain(child)) for key, child in node.value]


def placed(document: Document) -> list[tuple[str, int, int]]:
    """Code, line and column of each problem."""
    return [(p.code, p.span.line, p.span.column) for p in document.problems if p.span is not None]


def read(text: str, *, pure: bool = False) -> Document:
    return parse(text.encode("utf-8", "surrogatepass"), "f.yaml", pure=pure)


def mended(document: Document) -> str:
    """The text after every fix that is offered."""
    return apply(document.text, [edit for p in document.problems for edit in p.fix or ()])[0]
