"""Books as data: those of the tests and of the sample office load without a problem, each in bad/ has its problem at its line.

In bad/*.yaml `#! CODES` at the end of a line names what must be reported there, and nothing else
may be; a first line `#! CODE file line` names a place in an included file (files/).
"""

from __future__ import annotations

import re
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enforcecli.model.problem import Kind, Level
from enforcecli.model.rulebook import FAULT, DegreeKind, Layer, Power, Rulebook
from enforcecli.problems import all_kinds, kind, level
from enforcecli.reading.rulebook import digest, read_rulebook
from tests.rules.worked_cases import folder_of

HERE = Path(__file__).parent
BAD = sorted((HERE / "bad").glob("*.yaml"))
SHARED = {p.name: p.read_bytes() for p in sorted((HERE / "files").iterdir())}
ELSEWHERE = {"B136", "B137", "B138", "B140"}
"""Of several books, of a directory, of the source: tested in test_library.py and test_built_in_book.py."""


def book_files(name: str) -> dict[str, bytes]:
    return {p.name: p.read_bytes() for p in sorted(folder_of(name).iterdir())}


def load(name: str) -> Rulebook:
    book, problems = read_rulebook(book_files(name), f"tests/books/{name}")
    assert problems == ()
    assert book is not None
    return book


def expected(text: str) -> list[tuple[str, str, int]]:
    """(code, file, line) as the marks say."""
    found = []
    for number, line in enumerate(text.splitlines(), 1):
        mark = re.search(r"#! (.*)", line)
        if mark is None:
            continue
        words = mark[1].split()
        if number == 1 and len(words) == 3 and words[1].endswith(".yaml"):
            found.append((words[0], words[1], int(words[2])))
        else:
            found += [(code, "rulebook.yaml", number) for code in words]
    return sorted(found)


@pytest.mark.parametrize("path", BAD, ids=lambda p: p.stem)
def test_each_bad_book_has_its_problem_at_its_line(path: Path) -> None:
    text = path.read_text("utf-8")
    book, problems = read_rulebook({**SHARED, "rulebook.yaml": text.encode()}, "rulebooks/bad")
    found = sorted((p.code, p.file.removeprefix("rulebooks/bad/"), p.span.line if p.span else 0) for p in problems)
    assert found == expected(text)
    has_error = any((p.level or kind(p.code).level).value == "error" for p in problems)
    assert (book is None) == has_error


@pytest.mark.parametrize("path", BAD, ids=lambda p: p.stem)
def test_each_problem_can_be_told(path: Path) -> None:
    """Every placeholder of message and remedy is filled."""
    _, problems = read_rulebook({**SHARED, "rulebook.yaml": path.read_bytes()}, "rulebooks/bad")
    for found in problems:
        told = kind(found.code)
        for sentence in (told.message, told.remedy):
            assert "{" not in sentence.format_map(dict(found.args))


def test_every_kind_has_a_bad_book() -> None:
    told = {path.stem.split("-")[0] for path in BAD}
    assert {k.code for k in all_kinds() if k.code.startswith("B1")} - told == ELSEWHERE


@pytest.mark.parametrize("sample", [k for k in all_kinds() if k.code.startswith("B1") and k.bad], ids=lambda k: k.code)
def test_samples_of_the_kinds_do_what_they_say(sample: Kind) -> None:
    def codes(piece: str) -> set[str]:
        files = book_files("small")
        files["rulebook.yaml"] = with_keys(files["rulebook.yaml"].decode(), piece).encode()
        return {p.code for p in read_rulebook(files, "tests/books/small")[1]}

    assert sample.code in codes(sample.bad)
    assert codes(sample.good) == set()


def with_keys(text: str, piece: str) -> str:
    """The text with its top-level keys replaced by those of the piece."""
    keys = set(re.findall(r"^(\w+):", piece, re.M))
    blocks = re.split(r"^(?=\w+:)", text, flags=re.M)
    return "".join(b for b in blocks if b.split(":")[0] not in keys) + piece


@pytest.mark.parametrize("name", ["small", "jia", "yi"])
def test_measures_of_other_shapes_are_data(name: str) -> None:
    book = load(name)
    assert book.id == book.measure == name
    assert all(rule.cite for rule in book.rules.values())
    assert book.person_facts[FAULT].values == ("有", "无")
    assert book.person_facts[FAULT].per_part


def test_the_two_drafts_of_another_shape() -> None:
    jia, yi = load("jia"), load("yi")
    assert not jia.collect and yi.collect and yi.remainder_to_unit and yi.later_lighter
    assert [r.id for r in jia.rules.values()] == ["X1", "X2", "X2b", "X3", "X4", "X5"]
    assert yi.rules["S1"].layer is Layer.SEVERITY
    assert [clause.severity for clause in yi.rules["S1"].bears or ()] == ["从重"]
    assert yi.degrees["直接责任"].kind is DegreeKind.RATIO and yi.degrees["直接责任"].default == 5
    count = yi.person_facts["一年内次数"].count
    assert count is not None and (count.months, count.by) == (12, "decision")


def test_what_an_included_file_says_belongs_to_the_book() -> None:
    yi = load("yi")
    assert list(yi.faults) == ["1", "2", "3"]
    assert yi.recovery is not None
    band = yi.recovery.bands[0]
    assert (band.low, band.high) == (Fraction(3, 10), Fraction(7, 10))
    assert (band.floor_months, band.cap_months) == (Fraction(2), Fraction(12))
    assert yi.recovery.gate_words.cite == "国家赔偿法第十六条"
    assert yi.methods["M3"].organs == {"公务员": "任免机关", "编外聘用": "本机关"}
    assert yi.methods["M3"].power == {"编外聘用": Power.IMPOSE, "村社区干部": Power.NEVER}
    assert yi.limitation[0].years == 2 and yi.limitation[0].except_[0].values == {"故意"}
    assert yi.effective.vague_until is not None and yi.effective.vague_until.year == 2020


def test_the_digest_covers_every_file_of_the_book_and_no_other() -> None:
    files = {name: data for name, data in book_files("yi").items() if name != "cases.yaml"}
    book = load("yi")
    assert book.sha256 == digest(files)
    more = read_rulebook({**files, "cases.yaml": b"x"}, "rulebooks/yi")[0]
    assert more is not None and more.sha256 == book.sha256
    for name in files:
        changed = read_rulebook({**files, name: files[name] + b"\n"}, "rulebooks/yi")[0]
        assert changed is not None and changed.sha256 != book.sha256


def test_a_key_may_be_written_in_any_order() -> None:
    files = book_files("small")
    head, *blocks = re.split(r"^(?=\w+:)", files["rulebook.yaml"].decode(), flags=re.M)
    files["rulebook.yaml"] = (head + "".join(reversed(blocks))).encode()
    book, problems = read_rulebook(files, "tests/books/small")
    assert problems == () and book is not None
    assert book.rules == load("small").rules


PIECES = [line for path in (*BAD, folder_of("jia") / "rulebook.yaml", folder_of("yi") / "rulebook.yaml")
          for line in path.read_text("utf-8").splitlines(keepends=True)]


@settings(deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=25))
def test_lines_thrown_together_are_read_or_refused_with_places(lines: list[str]) -> None:
    book, problems = read_rulebook({**SHARED, "rulebook.yaml": "".join(lines).encode()}, "rulebooks/bad")
    assert book is None or book.id == "bad"
    assert all(p.span is not None for p in problems)


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_no_slip_in_a_good_book_crashes_the_reader(data: st.DataObject) -> None:
    """One character of the small book changed, taken out or put in; or a value made something else."""
    files = book_files("small")
    text = files["rulebook.yaml"].decode()
    start = data.draw(st.integers(0, len(text)))
    end = min(len(text), start + data.draw(st.integers(0, 12)))
    put = data.draw(st.sampled_from(["", "[]", "{}", "null", "：", "- ", "x", "{a: b}", "[a, {b: c}]", "\n", '""', "1/0"]))
    files["rulebook.yaml"] = (text[:start] + put + text[end:]).encode()
    book, problems = read_rulebook(files, "tests/books/small")
    assert (book is None) == any(level(p) is Level.ERROR for p in problems)


@pytest.mark.parametrize("files", [{}, {"rulebook.yaml": b""}, {"rulebook.yaml": b"- 1\n"}, {"rulebook.yaml": b"\xff\xfe\x00"},
                                   {"rulebook.yaml": "rulebook：x\n".encode()}], ids=str)
def test_what_is_no_book_is_a_problem_never_a_crash(files: dict[str, bytes]) -> None:
    book, problems = read_rulebook(files, "rulebooks/x")
    assert book is None and problems
