"""Years merge in any order and any grouping to the same value."""

from __future__ import annotations

import shutil
from pathlib import Path
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import msgpack

from enforcecli.review.build import build
from enforcecli.review.collect import collect
from enforcecli.review.wanted import Wanted
from enforcecli.review.year import Counter, Member, Named, Place, Year, merged
from tests.review.support import SAMPLES, several, table, values

WORD = st.text("甲乙丙12:", min_size=1, max_size=3)
KEY = st.lists(WORD, min_size=1, max_size=3).map(tuple)


@st.composite
def year(draw: st.DrawFn) -> Year:
    """A year as one repository gives it."""
    counter = Counter()
    place = draw(st.sampled_from("ABCD"))
    for case in draw(st.lists(WORD, max_size=4, unique=True)):
        counter.add(f"{place}{case}", draw(st.lists(st.tuples(KEY, st.integers(0, 9)), max_size=4)))
    counter.add(None, draw(st.lists(st.tuples(KEY, st.integers(1, 9)), max_size=2)))
    cases, tallies = counter.tallies()
    people = {f"{place}{who}": Member(who) for who in draw(st.lists(WORD, max_size=2))}
    return Year(2026, {place: Place(place, len(cases))}, cases, tallies, {("fault", "b", place): Named(1, "n")},
                dict(sorted(people.items())), {(place, "u", "f"): "1"}, {("no-file", place): ""}, (place,))


@given(st.lists(year(), min_size=1, max_size=4), st.randoms(use_true_random=False))
@settings(max_examples=150, deadline=None)
def test_order_and_grouping_change_nothing(parts: list[Year], random: Random) -> None:
    whole = merged(parts, 2026)
    shuffled = list(parts)
    random.shuffle(shuffled)
    assert merged(shuffled, 2026) == whole
    folded = shuffled[0]
    for part in shuffled[1:]:
        folded = merged([folded, part], 2026)
    assert folded == whole
    middle = len(parts) // 2
    halves = [merged(half, 2026) for half in (parts[:middle], parts[middle:]) if half]
    assert merged(halves, 2026) == whole


@given(year())
@settings(max_examples=50, deadline=None)
def test_a_year_survives_the_cache(one: Year) -> None:
    assert msgpack.decode(msgpack.encode(one), type=Year) == one


@given(st.lists(year(), min_size=2, max_size=3))
@settings(max_examples=50, deadline=None)
def test_amounts_add_and_cases_unite(parts: list[Year]) -> None:
    whole = merged(parts, 2026)
    for key in whole.tallies:
        assert whole.amount(*key) == sum(part.amount(*key) for part in parts)
        assert set(whole.of(key)) == {case for part in parts for case in part.of(key)}


def test_one_office_cut_in_two_comes_to_the_same(tmp_path: Path) -> None:
    """Cases in two repositories with the same settings: the numbers of the whole."""
    roots = {}
    for part in ("甲", "乙"):
        root = tmp_path / part
        shutil.copytree(SAMPLES, root, ignore=shutil.ignore_patterns("slips", "year", "appraisals"))
        for i, file in enumerate(sorted((root / "cases").rglob("*.yaml"))):
            if (i % 2 == 0) == (part == "甲"):
                file.unlink()
        roots[part] = root
    together = build(several(roots, 2026))
    alone = build(collect(SAMPLES.absolute(), Wanted((2026,), cache="")))
    for id in ("overview", "unit", "stage", "fault", "method", "grade", "money", "month", "term"):
        assert values(table(together, id)) == values(table(alone, id)), id
    places = values(table(together, "place"))
    total = table(together, "place").total
    assert total is not None
    assert [sum(row[j] for row in places) for j in range(1, 8)] == [cell.value for cell in total[1:8]]
