"""The built-in measure: complete, verbatim, every reading given with its reason."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from enforcecli.model.rulebook import Layer, Power, Rulebook
from enforcecli.reading.clauses import contains_verbatim, is_external, parse, resolve, sentences
from enforcecli.reading.coverage import coverage_problems, uncited
from enforcecli.reading.library import BUILT_IN, Library, built_in_ids, checked_digests
from enforcecli.reading.rulebook import read_checked, read_rulebook

ID = "shangjiang-2023"
NUMERALS = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二", "十三", "十四", "十五", "十六", "十七", "十八", "十九", "二十", "二十一"]
PERSONNEL = {"公务员", "参公人员", "事业人员", "编外聘用", "村社区干部", "协管人员"}


@pytest.fixture(scope="module")
def book() -> Rulebook:
    found = Library().book(ID)
    assert found is not None
    return found


def files(book_id: str) -> dict[str, bytes]:
    return {p.name: p.read_bytes() for p in (BUILT_IN / book_id).iterdir() if p.is_file()}


@pytest.mark.parametrize("book_id", built_in_ids())
def test_a_built_in_book_has_no_problem_at_all(book_id: str) -> None:
    book, problems = read_rulebook(files(book_id), f"rulebooks/{book_id}")
    assert problems == ()
    assert book is not None and book.id == book_id


@pytest.mark.parametrize("book_id", built_in_ids())
def test_every_norm_of_the_source_is_cited_or_listed_with_a_reason(book_id: str) -> None:
    book = Library().book(book_id)
    assert book is not None
    assert uncited(book) == ()
    assert all(n.reason for n in book.not_modelled)


@pytest.mark.parametrize("cut", ["R4", "3-7", "D2-2", "O3", "四", "三（三）"])
def test_the_test_of_coverage_is_able_to_fail(book: Rulebook, cut: str) -> None:
    """Without an entry its sentence is uncited."""
    shorter = replace(
        book, rules=without(book.rules, cut), faults=without(book.faults, cut),
        duties=tuple(d for d in book.duties if d.code != cut),
        objectives=tuple(o for o in book.objectives if o.code != cut),
        not_modelled=tuple(n for n in book.not_modelled if n.cite != cut))
    assert uncited(shorter) != ()
    told = coverage_problems(shorter, "book/source.txt")
    assert [p.code for p in told] == ["B140"] * len(uncited(shorter))
    lines = book.source.splitlines()
    for found, missing in zip(told, uncited(shorter), strict=True):
        assert found.span is not None and found.span.line == missing.line
        assert missing.text in lines[missing.line - 1]


def without(entries: Mapping[str, Any], code: str) -> dict[str, Any]:
    return {name: entry for name, entry in entries.items() if name != code}


@pytest.mark.parametrize("book_id", built_in_ids())
def test_the_digest_of_the_checked_book_is_recorded(book_id: str) -> None:
    """After a change of a built-in book: write the digest shown here into rulebooks/checked.txt."""
    book, problems = read_rulebook(files(book_id), f"rulebooks/{book_id}")
    assert problems == () and book is not None
    assert checked_digests()[book_id] == book.sha256


@pytest.mark.parametrize("book_id", built_in_ids())
def test_the_short_way_to_a_checked_book_gives_the_same_book(book_id: str) -> None:
    whole, _ = read_rulebook(files(book_id), f"rulebooks/{book_id}")
    assert whole is not None
    short = read_checked(files(book_id), f"rulebooks/{book_id}", whole.sha256)
    assert short is not None
    names = whole.__struct_fields__
    assert [getattr(short, name) for name in names] == [getattr(whole, name) for name in names]


def test_a_book_changed_since_is_read_with_every_check() -> None:
    given = files(ID)
    given["rulebook.yaml"] = given["rulebook.yaml"].replace("cite: 三（二）4".encode(), "cite: 三（二）9".encode())
    assert read_checked(given, f"rulebooks/{ID}", checked_digests()[ID]) is None
    book, problems = read_rulebook(given, f"rulebooks/{ID}")
    assert book is None and {p.code for p in problems} == {"B107"}


def test_what_is_quoted_is_quoted_everywhere(book: Rulebook) -> None:
    entries: list[Any] = [*book.rules.values(), *book.faults.values(), *book.methods.values()]
    for entry in entries:
        assert entry.words.text, entry
        clause = resolve(book.source, entry.cite)
        assert clause is not None and contains_verbatim(clause, entry.words.text)
    for words in (*(d.words for d in book.duties), *(o.words for o in book.objectives)):
        assert words.text and contains_verbatim(resolve(book.source, words.cite or "") or "", words.text)


def test_every_clause_of_the_source_has_its_item(book: Rulebook) -> None:
    assert list(book.faults) == ["1", "2", *(f"3-{n}" for n in range(1, 13))]
    assert [f.cite for f in book.faults.values()] == [
        "三（一）1", "三（一）2", *(f"三（一）3（{n}）" for n in range(1, 13))]
    assert list(book.rules) == ["R1", "R2", "R3", "R4", "R5", "R6", "N1"]
    assert list(book.methods) == [f"M{n}" for n in range(1, 10)]
    assert [m.name for m in book.methods.values()] == ["批评教育", "责令书面检讨", "通报批评", "限期改正", "取消评先进资格", "本年度考核定为不称职", "给予纪律处分", "调离原工作岗位", "取消执法资格"]
    assert sum(1 for c in parse(book.source) for _ in sentences(c) if c.path) > 50


def test_every_stand_taken_is_written_down(book: Rulebook) -> None:
    text = (BUILT_IN / ID / "rulebook.yaml").read_text("utf-8")
    assert set(re.findall("【解释(.+?)】", text)) == set(NUMERALS)


def test_result_clauses_purpose_and_other_provision_must_be_stated(book: Rulebook) -> None:
    needs = {code: fault.needs for code, fault in book.faults.items() if fault.needs}
    assert needs == {"1": ("文书",), "2": ("文书",), "3-3": ("后果",), "3-4": ("目的",), "3-5": ("后果",),
                     "3-6": ("后果",), "3-8": ("不移送理由",), "3-10": ("后果",), "3-11": ("不移送理由",),
                     "3-12": ("违反规定",)}


def test_items_with_alternatives_have_options(book: Rulebook) -> None:
    options = {code: list(f.options) for code, f in book.faults.items() if f.options}
    assert list(options) == ["3-4", "3-5", "3-7", "3-8", "3-9", "3-11"]
    assert book.faults["3-9"].options == {"3-9a": "不使用罚没收据", "3-9b": "违反规定随意减免罚没款"}
    for code, codes in options.items():
        assert codes == [f"{code}{letter}" for letter in "abcd"[:len(codes)]]


def test_power_follows_who_appoints_and_appraises(book: Rulebook) -> None:
    methods = book.methods
    assert {code for code, m in methods.items() if m.own_fault} == {"M5", "M6", "M7", "M8", "M9"}
    assert {code for code, m in methods.items() if "unit" in m.targets} == {"M3", "M4", "M5"}
    assert all(set(m.power) == PERSONNEL for m in methods.values())
    assert set(methods["M6"].power.values()) == set(methods["M9"].power.values()) == {Power.REFER}
    assert methods["M7"].power["编外聘用"] is Power.NEVER
    assert methods["M7"].organs["村社区干部"] == "监察机关" and methods["M7"].organs["事业人员"] == "任免机关"
    assert methods["M6"].organ == "考核机关" and methods["M9"].organ == "发证机关"
    assert "不合格" in methods["M6"].effects["事业人员"] and "不称职" in methods["M6"].effects["公务员"]
    assert methods["M4"].needs == ("期限",) and methods["M9"].needs == ("执法证",)


def test_a_remedy_is_named_only_where_the_book_says_so(book: Rulebook) -> None:
    for entry in book.remedy_for:
        assert entry.remedy in book.remedies
        assert set(entry.methods) <= set(book.methods) and entry.decider
    assert "M6" not in {m for entry in book.remedy_for for m in entry.methods}
    assert book.remedies["内部复核"].organ == "本机关"


def test_everything_of_other_laws_is_marked_as_the_reading_of_the_author(book: Rulebook) -> None:
    assert book.recovery is not None and is_external(book.recovery.gate_words.cite or "")
    assert book.recovery.gate_words.basis and book.recovery.bands == ()
    assert book.scope[0].kinds == ("人民调解",) and book.scope[0].words.basis
    assert all(remedy.basis for name, remedy in book.remedies.items() if name != "内部复核")
    assert all(note.basis for note in book.rules["N1"].notes)


def test_what_the_measure_does_not_say_stays_empty(book: Rulebook) -> None:
    assert book.guideline == () and book.procedure == () and book.limitation == ()
    assert book.rules["N1"].layer is Layer.SILENT


def test_standing_responsibility_and_duties_by_office(book: Rulebook) -> None:
    by_role: dict[str, list[str]] = {}
    for duty in book.duties:
        by_role.setdefault(duty.role, []).append(duty.code)
    five = [f"D1-{n}" for n in range(1, 6)]
    assert by_role == {"第一责任人": ["D1A", *five], "分管领导": ["D1B", *five],
                       "站所负责人": ["D2", "D2-1", "D2-2", "D2-3"], "一般工作人员": ["D3", "D3-1", "D3-2"]}


def test_the_source_is_a_text_file_of_its_own() -> None:
    assert Path(BUILT_IN / ID / "source.txt").read_bytes().endswith("提高执法水平。\n".encode())
