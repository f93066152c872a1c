"""What lies before a commit, whatever was asked before: merges, several beginnings, commits a clone lacks."""

from __future__ import annotations

from types import SimpleNamespace
from typing import cast

from hypothesis import given
from hypothesis import strategies as st

from enforcecli.history.verify.trail import Trail


@st.composite
def histories(draw: st.DrawFn) -> dict[str, tuple[str, ...]]:
    """Commit → its parents, the oldest first; `lost` is one that is not there."""
    found: dict[str, tuple[str, ...]] = {}
    for number in range(draw(st.integers(1, 12))):
        known = st.sampled_from([*found, "lost"])
        found[str(number)] = tuple(draw(st.lists(known, max_size=3, unique=True)))
    return found


def before(parents: dict[str, tuple[str, ...]], oid: str) -> frozenset[str]:
    if oid not in parents:
        return frozenset()
    return frozenset({oid}).union(*(before(parents, parent) for parent in parents[oid]))


@given(histories(), st.data())
def test_the_history_of_each_commit_in_any_order(parents: dict[str, tuple[str, ...]], data: st.DataObject) -> None:
    trail = object.__new__(Trail)
    commits = {oid: SimpleNamespace(parents=those) for oid, those in parents.items()}
    vars(trail).update(commits=cast(object, commits))
    for oid in data.draw(st.permutations([*parents, "lost"])):
        assert trail.history(oid) == before(parents, oid)
