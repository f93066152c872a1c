"""Places around and within a place, found without asking each, are those one finds by asking each."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from enforcecli.desk.spans import Spans
from enforcecli.model.problem import Span

POINTS = st.tuples(st.integers(1, 4), st.integers(1, 6))
PLACES = st.tuples(POINTS, POINTS).map(lambda ends: Span(*min(ends), *max(ends)))


def within(inner: Span, outer: Span) -> bool:
    return (outer.line, outer.column) <= (inner.line, inner.column) \
        and (inner.end_line, inner.end_column) <= (outer.end_line, outer.end_column)


@given(st.lists(st.none() | PLACES, max_size=12), PLACES)
def test_as_one_by_one(spans: list[Span | None], place: Span) -> None:
    index = Spans(spans)
    first = {span: spans.index(span) for span in spans if span is not None}
    assert sorted(index.containing(place)) == sorted(n for span, n in first.items() if within(place, span))
    assert sorted(index.inside(place)) == sorted(n for span, n in first.items() if within(span, place))


def test_nowhere_is_nowhere() -> None:
    index = Spans([Span(1, 1, 2, 2)])
    assert [*index.containing(None), *index.inside(None)] == []
