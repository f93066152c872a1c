"""What only another book knows is left out; without another book nothing is."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

from enforcecli.desk.examine import examine_file
from enforcecli.model.case import Case
from enforcecli.model.rulebook import Rulebook
from enforcecli.reading.versions import narrowed

FILES = sorted((Path(__file__).parents[2] / "sample_cases" / "cases").rglob("*.yaml"))
READ = [(found.case, found.book) for found in map(examine_file, FILES) if found.case is not None and found.book is not None]


@pytest.mark.parametrize(("case", "book"), READ, ids=[str(case.number) for case, _ in READ])
def test_no_other_book_and_one_that_knows_nothing_more_are_the_same(case: Case, book: Rulebook) -> None:
    assert narrowed(case, book, ()) == narrowed(case, book, (book,))


def test_a_discretion_that_says_nothing_goes_in_both() -> None:
    for case, book in READ:
        finding = next((f for f in case.findings if f.discretion is not None), None)
        if finding is not None and finding.discretion is not None:
            silent = replace(finding, discretion=replace(finding.discretion, values={}))
            made = replace(case, findings=(silent,))
            assert narrowed(made, book, ()) == narrowed(made, book, (book,))
            assert narrowed(made, book, ()).case.findings[0].discretion is None
            return
    raise AssertionError("no sample case with a discretion")
