"""The worked examples of the measures, each with the result known by hand."""

from __future__ import annotations

import pytest

from enforcecli.model.example import Example
from enforcecli.proof.worked import differences
from enforcecli.rules.finding import assess_finding
from tests.rules.worked_cases import Worked, book, load


@pytest.mark.parametrize("worked", load(), ids=lambda w: w.name)
def test_worked_example(worked: Worked) -> None:
    result = assess_finding(book(worked.book), worked.finding)
    assert differences(Example(worked.name, worked.finding, worked.expect), result) == ()
    assert worked.expect.says
    if result.undecided is None:
        assert sum(p.percent or 0 for p in result.persons) == 10000
