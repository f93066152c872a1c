"""The widths of the columns of a table."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enforcecli.documents.tables import column_widths

SIZE, MARGIN = 21, 216
PROPORTIONAL = 9 * SIZE * 5 // 8
"""A figure, in twentieths of a point, in a font that gives it an eighth more than half a character."""


@pytest.mark.parametrize("figure", ["2026", "66.67%", "2025-09-08", "12000.00", "SJ-2026-003"])
def test_a_figure_stays_on_one_line_in_any_font(figure: str) -> None:
    rows = [["单位", "数"], ["上江镇人民政府林业站" * 6, figure]]
    assert column_widths(rows, 8845, size=SIZE, margin=MARGIN)[1] - MARGIN >= len(figure) * PROPORTIONAL


@given(st.lists(st.lists(st.text("甲1a-。 ", max_size=30), min_size=3, max_size=3), min_size=1, max_size=5), st.integers(3000, 14000))
def test_the_columns_fill_the_width(rows: list[list[str]], width: int) -> None:
    widths = column_widths(rows, width, size=SIZE, margin=MARGIN)
    assert sum(widths) == width
    assert min(widths) > 0
