"""The worked cases of the measures, each with the result known by hand."""

from __future__ import annotations

from fractions import Fraction

import pytest

from enforcecli.rules.finding import assess_finding
from tests.rules.worked_cases import Worked, book, load


@pytest.mark.parametrize("worked", load(), ids=lambda w: w.name)
def test_worked_case(worked: Worked) -> None:
    result = assess_finding(book(worked.book), worked.finding)
    expect = worked.expect
    if "undecided" in expect:
        assert result.undecided is not None and result.undecided.kind.value == expect["undecided"]
        assert list(result.undecided.roles) == expect.get("roles", list(result.undecided.roles))
        assert list(result.undecided.facts) == expect.get("missing", list(result.undecided.facts))
        assert list(result.undecided.rules) == expect.get("conflict", list(result.undecided.rules))
    else:
        assert result.undecided is None, result.undecided
        assert {p.person: p.share for p in result.persons} == {k: Fraction(v) for k, v in expect["shares"].items()}
        assert sum(p.percent or 0 for p in result.persons) == 10000
    if "rules" in expect:
        assert list(result.parts[0].rules) == expect["rules"]
    for name, grades in expect.get("grades", {}).items():
        assert list(next(p for p in result.persons if p.person == name).grades) == grades
    if "problems" in expect:
        assert sorted({p.code for p in result.problems}) == expect["problems"]
