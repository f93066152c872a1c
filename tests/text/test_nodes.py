"""Nodes are made by libyaml's composer, which is lent our classes for as long as it reads one text."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML
from ruamel.yaml import nodes as theirs

from enforcecli.text import nodes
from enforcecli.text.nodes import MappingNode, ScalarNode, SequenceNode, compose

SAMPLES = sorted((Path(__file__).parents[2] / "sample_cases" / "cases").rglob("*.yaml"))


def told(node: Any) -> Any:
    """All that is known of a node and those below it."""
    place = (node.start_mark.index, node.end_mark.index)
    if node.__class__ is ScalarNode:
        return "scalar", node.value, node.style, place
    if node.__class__ is SequenceNode:
        return "list", [told(child) for child in node.value], node.flow_style, place
    assert node.__class__ is MappingNode
    return "mapping", [(told(key), told(value)) for key, value in node.value], node.flow_style, place


def every(node: Any) -> Iterator[Any]:
    yield node
    if node.__class__ is MappingNode:
        for pair in node.value:
            yield from (inner for part in pair for inner in every(part))
    elif node.__class__ is SequenceNode:
        for child in node.value:
            yield from every(child)


@pytest.mark.parametrize("text", ["a: [1, {b: 2}]\n", "", "a: b: c", "- 1\n--- \n- 2\n"])
def test_what_is_lent_is_given_back(text: str) -> None:
    """After a text, and after one that is refused, ruamel.yaml has its own classes again."""
    compose(text, plain=True)
    assert nodes.libyaml.ScalarNode is theirs.ScalarNode
    assert nodes.libyaml.SequenceNode is theirs.SequenceNode
    assert nodes.libyaml.MappingNode is theirs.MappingNode
    assert YAML(typ="safe").load("a: [1, {b: 2}]") == {"a": [1, {"b": 2}]}


@pytest.mark.parametrize("file", SAMPLES, ids=lambda file: file.name)
def test_all_ways_lead_to_the_same_nodes(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By the composer, from libyaml's events where the composer takes no classes, and in pure Python."""
    text = file.read_text(encoding="utf-8")
    root, refused = compose(text, plain=True)
    assert root is not None and not refused
    assert {node.__class__ for node in every(root)} <= {MappingNode, SequenceNode, ScalarNode}
    monkeypatch.setattr(nodes, "_LENDS", False)
    for pure in (False, True):
        other, refused = compose(text, pure=pure)
        assert root is not None and not refused
        assert told(other) == told(root)


def test_a_composer_that_takes_nothing_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nodes of another making would be taken for none: then they are made from events."""
    monkeypatch.setattr(nodes, "_KINDS", {})
    assert not nodes._lends()
