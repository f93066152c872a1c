"""Whatever stands where something else belongs is reported, and nothing ever breaks."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from enforcecli.reading.appraisals import read_appraisals
from enforcecli.reading.case import read_case, shape_and_reader
from enforcecli.reading.locate import locate
from enforcecli.reading.office import read_office
from enforcecli.reading.powers import read_powers
from enforcecli.reading.roster import read_roster
from enforcecli.reading.year import read_year
from enforcecli.text.document import Document
from enforcecli.text.nodes import MappingNode, ScalarNode, SequenceNode
from tests.reading.support import NUMBER, book, document, roster, text

BASES = Path(__file__).parents[1] / "samples"
FILES = {"case": text(f"{NUMBER}.yaml"), "english": text("english.yaml"), "roster": text("roster.yaml"),
         "office": text("enforce.yaml"),
         **{kind: (BASES / f"base_{kind}.yaml").read_text(encoding="utf-8") for kind in ("powers", "year", "appraisals")}}
SHEETS: dict[str, Callable[..., tuple[Any, ...]]] = {
    "powers": read_powers, "year": read_year, "appraisals": read_appraisals}
GARBAGE = "\u2603 无此值 \u2603"


def _read(kind: str, made: Document, *, bare: bool = False) -> tuple[Any, ...]:
    if kind == "roster":
        return read_roster(made)[1]
    if kind == "office":
        return read_office(made)[1]
    if kind in SHEETS:
        return SHEETS[kind](made, None if bare else roster())[1]
    return read_case(made, book=None if bare else book(), roster=None if bare else roster(), office=None,
                     sha256="0")[1]


def _nodes(node: Any) -> list[Any]:
    found = [node]
    for _, _, child in _places(node):
        found.extend(_nodes(child))
    return found


def _places(node: Any) -> list[tuple[Any, int | tuple[int, int], Any]]:
    """Every child with where it stands: (parent, index, child), keys as well as values."""
    if node.__class__ is MappingNode:
        return [(node, (i, side), pair[side]) for i, pair in enumerate(node.value) for side in (0, 1)]
    return [(node, i, child) for i, child in enumerate(node.value)] if node.__class__ is SequenceNode else []


def _all_places(root: Any) -> list[tuple[Any, int | tuple[int, int], Any]]:
    return [place for node in _nodes(root) for place in _places(node)]


def _put(place: tuple[Any, int | tuple[int, int], Any], kind: str) -> None:
    """Another kind of node in the place of this one."""
    parent, at, old = place
    new = _made(old, kind)
    if isinstance(at, int):
        parent.value[at] = new
    else:
        pair = list(parent.value[at[0]])
        pair[at[1]] = new
        parent.value[at[0]] = tuple(pair)


def _made(old: Any, kind: str) -> Any:
    marks = (old.start_mark, old.end_mark)
    scalar = ScalarNode(None, GARBAGE, *marks, style='"')
    if kind in {"text", "nothing"}:
        return scalar if kind == "text" else ScalarNode(None, "", *marks, style="")
    if kind == "nested":
        return SequenceNode(None, [_made(old, "list")], *marks, flow_style=True)
    if kind in {"list", "empty list"}:
        return SequenceNode(None, [scalar] if kind == "list" else [], *marks, flow_style=True)
    return MappingNode(None, [(scalar, scalar)] if kind == "mapping" else [], *marks, flow_style=True)


KINDS = st.sampled_from(["list", "mapping", "text", "empty list", "empty mapping", "nothing", "nested"])


@settings(max_examples=600, deadline=None)
@given(st.sampled_from(sorted(FILES)), st.lists(st.tuples(st.integers(0, 10_000), KINDS), min_size=1, max_size=4),
       st.booleans())
def test_no_node_breaks_the_reading(kind: str, changes: list[tuple[int, str]], bare: bool):
    made = document(FILES[kind])
    for at, into in changes:
        places = _all_places(made.root)
        if places:
            _put(places[at % len(places)], into)
    for problem in _read(kind, made, bare=bare):
        assert problem.span is not None
    if kind in {"case", "english"}:
        for where in (("findings", 0, "involved", 0, "person"), ("procedure", "decision", "documents", "张某"),
                      ("act", "until"), ("compensation", "amount")):
            locate(made, shape_and_reader(None)[0], where)


@settings(max_examples=400, deadline=None)
@given(st.sampled_from(sorted(FILES)), st.integers(0, 10_000))
def test_a_mapping_in_place_of_any_value_is_reported(kind: str, at: int):
    """A mapping of garbage is right nowhere but where keys and values are free."""
    made = document(FILES[kind])
    free = {id(n) for n in _free(kind, made.root)}
    places = [p for p in _all_places(made.root) if id(p[2]) not in free and (isinstance(p[1], int) or p[1][1])]
    _put(places[at % len(places)], "mapping")
    assert _read(kind, made)


def _free(kind: str, root: Any) -> list[Any]:
    """Places where unknown keys with texts are right: 文书 of the office; maps by part (facts, rules:
    judged with the rulebook), people as such."""
    names = {"文书", "特殊情形", "部门作出", "审批情形", "因汇报失实致审批失误", "有无过错", "汇报失实", "主观过错", "认错态度"}
    found: list[Any] = []
    for node in _nodes(root):
        if node.__class__ is MappingNode:
            found += [n for k, v in node.value if k.value in names for n in _nodes(v)]
    return found


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=60))
def test_any_text_as_a_file(content: str):
    for kind in ("case", "roster", "office", *SHEETS):
        made = document(content)
        if made.root is not None:
            _read(kind, made)
