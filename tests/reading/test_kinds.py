"""The samples of the kinds of this layer: the bad one shows the problem, the good one does not; and
their words fill without a gap."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import enforcecli
from enforcecli.model.problem import Kind, Problem
from enforcecli.problems import fields_kinds, office_kinds, people_kinds
from enforcecli.reading.office import read_office
from enforcecli.reading.roster import read_roster
from enforcecli.reading.rulebook import read_rulebook
from tests.reading.support import book, case, codes, document, replaced, roster, text

KINDS = [k for family in (fields_kinds, people_kinds, office_kinds) for k in family.KINDS
         if re.fullmatch("K[0-9]+|[PO]1[0-9]{2}", k.code)]
CASE = "案号: SJ-2026-003\n案由: 甲\n行为: {日期: 2026-03-02}\n"


BOOK = Path(enforcecli.__file__).parent / "rulebooks" / "shangjiang-2023"


def _book(sample: str) -> tuple[Problem, ...]:
    files = {f.name: f.read_bytes() for f in BOOK.iterdir() if f.is_file()}
    files["rulebook.yaml"] = replaced(files["rulebook.yaml"].decode("utf-8"), sample).encode("utf-8")
    return read_rulebook(files, "book")[1]


def _problems(kind: Kind, sample: str) -> tuple[Problem, ...]:
    if kind.file == "rulebook":
        return _book(sample)
    if kind.file == "roster":
        return read_roster(document(replaced(text("roster.yaml"), sample)))[1]
    if kind.file == "office":
        return read_office(document(replaced(text("enforce.yaml"), sample)))[1]
    return case(replaced(CASE, sample), book=book(), roster=roster())[1]


@pytest.mark.parametrize("kind", KINDS, ids=lambda k: k.code)
def test_samples(kind: Kind):
    assert kind.code in codes(_problems(kind, kind.bad))
    good = _problems(kind, kind.good)
    assert kind.code not in codes(good)
    assert good == () or kind.file in {"roster", "rulebook"}  # what is left out is missed elsewhere


@pytest.mark.parametrize("kind", KINDS, ids=lambda k: k.code)
def test_words(kind: Kind):
    found = next(p for p in _problems(kind, kind.bad) if p.code == kind.code)
    for words in (kind.message, kind.remedy):
        filled = words.format(**dict(found.args))
        assert filled and "{" not in words.format(**{k: "" for k, _ in found.args}).replace("{类别", "")
    assert kind.doc.endswith("。") and not kind.title.endswith("。") and not kind.message.endswith("。")


def test_codes_are_distinct():
    assert len({k.code for k in KINDS}) == len(KINDS)
