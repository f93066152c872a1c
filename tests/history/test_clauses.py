"""The item of the catalogue a tampering falls under is that of the measure the decision was made by."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

from enforcecli.history.clauses import clause
from enforcecli.history.verify.trail import Trail
from enforcecli.model.rulebook import Rulebook
from enforcecli.problems import all_kinds
from enforcecli.reading.library import Library
from tests.history.sealing import Sealing

PLACES = {"三（一）3（4）": "第九条第四项", "三（一）3（7）": "第九条第七项"}


def elsewhere(book: Rulebook) -> Rulebook:
    """The measure with the two items in other places."""
    faults = {code: replace(fault, cite=PLACES.get(str(fault.cite), fault.cite)) for code, fault in book.faults.items()}
    return replace(book, faults=faults)


def built_in() -> Rulebook:
    book = Library(None).book("shangjiang-2023")
    assert book is not None
    return book


def test_the_built_in_measure_has_both_items() -> None:
    book = built_in()
    assert (clause(book, in_force=False), clause(book, in_force=True)) == ("三（一）3（4）", "三（一）3（7）")
    assert clause(None, in_force=True) is None


@pytest.mark.parametrize("code", [kind.code for kind in all_kinds() if kind.code.startswith("V-")])
def test_no_kind_names_the_clause_of_one_measure(code: str) -> None:
    assert next(kind for kind in all_kinds() if kind.code == code).cite is None


def test_a_measure_without_such_items_is_not_cited() -> None:
    assert clause(replace(built_in(), faults={}), in_force=False) is None


def test_another_measure_is_cited_by_its_own_clauses(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Trail, "book_of", lambda trail, record: elsewhere(built_in()))
    office = Sealing(tmp_path / "office")
    record = office.seal().plan.record
    paper = next(one.path for one in record.outputs if one.path.endswith(".md"))
    with (office.root / paper).open("a", encoding="utf-8") as file:
        file.write("改\n")
    office.save("改错字")
    cites = {problem.code: problem.cite for problem in office.verify().problems}
    assert cites == {"V-TREE": "第九条第七项", "V-APPEND": "第九条第四项"}


def test_what_stands_for_no_seal_is_cited_by_the_measure_of_the_office(tmp_path: Path) -> None:
    """The last seal cut off, its tag forgotten: no record is left to say which measure."""
    office = Sealing(tmp_path / "office")
    office.seal()
    office.git("reset", "-q", "--hard", "HEAD~1")
    assert [(p.code, p.cite) for p in office.verify().problems] == [("V-TAG-STRAY", "三（一）3（4）")]
