"""Totals are counted apart from the rows, and are their sum; the flow of cases is in balance."""

from __future__ import annotations

from pathlib import Path

import pytest

from enforcecli.review.report import Kind, Report
from tests.bench.generate import generate
from tests.review.support import SAMPLES, review, values
from tests.review.support import table as table_of

BY_PARTS = {"unit", "kind", "stage", "month", "origin", "source", "ended", "frequency", "standing"}


@pytest.fixture(scope="module", params=["sample", "generated", "generated-2025"])
def report(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Report:
    if request.param == "sample":
        return review(SAMPLES, 2026)
    directory = tmp_path_factory.mktemp("many")
    generate(directory, 150)
    return review(directory, 2026 if request.param == "generated" else 2025)


def test_totals_are_the_sum_of_the_parts(report: Report) -> None:
    seen = set()
    for table in report.tables():
        if table.total is None or table.id not in BY_PARTS:
            continue
        seen.add(table.id)
        for j, column in enumerate(table.columns):
            if column.kind is Kind.COUNT:
                assert table.total[j].value == sum(row[j].value for row in table.rows), (table.id, column.label)
                cases = {case for row in table.rows for case in row[j].cases}
                assert cases == set(table.total[j].cases)
    assert {"unit", "kind", "stage", "ended", "frequency"} <= seen


def test_carried_and_new_are_settled_and_pending(report: Report) -> None:
    flow = {row[0]: row[1] for row in values(table_of(report, "overview"))}
    assert flow["上年结转"] + flow["本年新收"] == flow["本年定案"] + flow["年末未定案"]
    assert len(table_of(report, "pending").rows) == flow["年末未定案"]


def test_ordered_money_is_borne_or_kept(report: Report) -> None:
    money = {row[0].value: row[1].value for row in table_of(report, "money").rows}
    assert money["责令承担的总额"] == money["其中个人承担"] + money["其中由本机关承担"]


def test_what_pending_in_one_year_is_carried_into_the_next(tmp_path: Path) -> None:
    generate(tmp_path, 80)
    first, second = review(tmp_path, 2025), review(tmp_path, 2026)
    pending = {row[0].value for row in table_of(first, "pending").rows}
    carried = table_of(second, "overview").rows[0]
    assert set(carried[1].cases) == pending
