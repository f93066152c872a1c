"""What a tab in the indentation stands for. Where another width would give the file another meaning,
nobody but the author knows."""

from __future__ import annotations

import re
from typing import Any

from msgspec.structs import replace

from enforcecli.model.problem import Edit
from enforcecli.text import nodes
from enforcecli.text.found import DEEPEST, Found, apply
from enforcecli.text.nodes import MappingNode, ScalarNode
from enforcecli.text.values import WIDE

_MIXED = re.compile(rf"(?:\A|[\r\n])\t*[ {WIDE}]")
"""Indentation by something other than tabs: without it they say the same however wide."""
_WIDTHS = (2, 4, 8)
"""What editors show a tab as."""


def undecided(text: str, slips: list[Found]) -> list[Found]:
    """The slips; those of tabs without their edits (made in memory all the same, so that reading goes
    on) where the width of a tab decides what belongs to what."""
    tabs = [s for s in slips if s.code == "Y106" and s.edits]
    if not tabs or not _MIXED.search(text):
        return slips
    others = [edit for s in slips if s not in tabs for edit in (*(s.edits or ()), *s.silent)]
    readings = []
    for width in _WIDTHS:
        mended, _ = apply(text.replace("\t", " "), [*others, *(_as_wide(text, s, width) for s in tabs)])
        root, refused = nodes.compose(mended)
        if root is not None and not refused:
            readings.append(_plain(root, DEEPEST))
    if all(reading == readings[0] for reading in readings[1:]):
        return slips
    return [replace(s, edits=None, silent=s.edits) if s in tabs and s.edits else s for s in slips]


def _as_wide(text: str, slip: Found, width: int) -> Edit:
    (edit,) = slip.edits or ()
    blank = text[edit.start:edit.end]
    return Edit(edit.start, edit.end, " " * (len(blank) + blank.count("\u3000") + blank.count("\t") * (width - 1)))


def _plain(node: Any, depth: int) -> Any:
    """The node as plain values, to be compared; deeper than a file may go all is alike."""
    if not depth:
        return None
    if node.__class__ is ScalarNode:
        return node.value
    if node.__class__ is MappingNode:
        return [(_plain(k, depth - 1), _plain(v, depth - 1)) for k, v in node.value]
    return [[_plain(child, depth - 1) for child in node.value]]
