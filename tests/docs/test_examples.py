"""The marked examples of the manual hold what their marks promise.

<!-- case: good -->      a complete case: no errors, no warnings
<!-- case: piece -->     top-level keys that replace those of the page's first complete case: no errors
<!-- case: bad K201 -->  the same, and these codes are reported
<!-- year: draft -->     as good, but warnings may be left
<!-- roster: good -->  <!-- office: good -->  <!-- powers: good -->  <!-- rulebook: good -->  <!-- source: id -->
<!-- rulebook: piece --> <!-- rulebook: bad B115 -->   keys in place of those of the page's first book
<!-- examples: id -->    a cases.yaml for a book: every example comes out as expected
<!-- worked: id -->      findings under a book, with the shares they come to
<!-- lighter: id id -->  findings under two versions of a measure, what applies to whom, and its shares
<!-- diff: id id -->     what `enforce rulebook diff` prints of two books of the page, cases left out
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from enforcecli.desk.examine import examine_file
from enforcecli.model.problem import Level, Problem
from enforcecli.model.result import CaseResult, Receipt
from enforcecli.model.rulebook import Rulebook
from enforcecli.output.book_diff import BookDiff
from enforcecli.output.book_diff import text as text_of
from enforcecli.output.shown import show
from enforcecli.output.style import Style
from enforcecli.problems import level
from enforcecli.proof.compare import compare
from enforcecli.proof.entries import entries
from enforcecli.proof.worked import judge as judge_examples
from enforcecli.reading.examples import FILE, read_examples
from enforcecli.reading.library import Library
from enforcecli.reading.rulebook import read_rulebook
from enforcecli.rules.finding import assess_finding
from enforcecli.rules.lighter import applied, weigh
from enforcecli.text.document import parse
from tests.docs.pages import DOCS, ROOT, Block, blocks, marked
from tests.rules.worked_cases import finding

SAMPLES = ROOT / "sample_cases"
FILES = {"roster": "roster.yaml", "office": "enforce.yaml", "powers": "powers.yaml", "year": "year/2026.yaml",
         "appraisals": "appraisals/2026.yaml"}


def named(found: list[Block]) -> list[object]:
    return [pytest.param(block, id=block.name) for block in found]


def keys(text: str) -> dict[str, str]:
    """Top-level key → its lines."""
    found: dict[str, str] = {}
    key = ""
    for line in text.splitlines(keepends=True):
        match = re.match(r"([^\s#\-][^:]*):", line)
        key = match[1] if match else key
        found[key] = found.get(key, "") + line
    return found


def whole(block: Block) -> str:
    """The file of a piece: its keys in place of those of the page's first complete example."""
    if block.value in ("good", "draft"):
        return block.text
    base = next(b for b in blocks(block.page) if (b.key, b.value) == (block.key, "good"))
    return "".join({**keys(base.text), **keys(block.text)}.values())


def said(problems: Iterable[Problem], *levels: Level) -> list[str]:
    return [f"{p.code} {show(p).message} {p.span}" for p in problems if level(p) in levels]


def judge(block: Block, problems: Iterable[Problem]) -> None:
    problems = tuple(problems)
    word, *codes = block.value.split()
    if word == "bad":
        assert set(codes) <= {p.code for p in problems}, said(problems, *Level)
    else:
        assert said(problems, *([Level.ERROR, Level.WARNING] if word == "good" else [Level.ERROR])) == []


@pytest.mark.parametrize("block", named([*marked("case"), *(block for kind in FILES for block in marked(kind))]))
def test_file(block: Block, tmp_path: Path) -> None:
    for name in ("roster.yaml", "enforce.yaml"):
        shutil.copy(SAMPLES / name, tmp_path)
    text = whole(block)
    number = re.search(r"^(?:案号|number): (\S+)$", text, re.MULTILINE)
    path = tmp_path / (FILES.get(block.key) or f"cases/2026/{number[1] if number else ''}.yaml")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    judge(block, examine_file(path).problems)


def source_of(text: str) -> tuple[str, bytes]:
    """The id of a book and the source text the page gives for it."""
    name = YAML(typ="safe").load(text)["rulebook"]
    return name, next(b.text for b in marked("source") if b.value == name).encode()


@pytest.mark.parametrize("block", named(marked("rulebook")))
def test_rulebook(block: Block) -> None:
    text = whole(block)
    name, source = source_of(text)
    book, problems = read_rulebook(
        {"rulebook.yaml": text.encode(), "source.txt": source}, f"rulebooks/{name}"
    )
    judge(block, problems)
    assert (book is None) is block.value.startswith("bad")


def book_of(name: str) -> Rulebook:
    """A book of the page, or one that comes with the program."""
    found = Library().book(name)
    for block in marked("rulebook"):
        if found is None and block.value == "good" and source_of(block.text)[0] == name:
            files = {"rulebook.yaml": block.text.encode(), "source.txt": source_of(block.text)[1]}
            found, _ = read_rulebook(files, f"rulebooks/{name}")
    assert found is not None
    return found


@pytest.mark.parametrize("block", named(marked("worked")))
def test_worked(block: Block) -> None:
    book = book_of(block.value)
    for entry in YAML(typ="safe").load(block.text):
        result = assess_finding(book, finding(entry["facts"], entry))
        if "cannot decide" in entry:
            assert result.undecided is not None, entry
            assert result.undecided.kind.value == entry["cannot decide"], entry
        else:
            assert result.undecided is None, (entry, result.undecided, said(result.problems, *Level))
            assert {p.person: p.share for p in result.persons} == {
                person: Fraction(str(share)) for person, share in entry["shares"].items()
            }, entry


def result_of(book: Rulebook, entry: dict[str, Any]) -> CaseResult:
    found = assess_finding(book, finding(entry["facts"], entry))
    assert found.undecided is None, (book.id, found.undecided)
    return CaseResult(None, "", book.id, book.sha256, (found,), Receipt("", book.id, None, "", None))


def shares(result: CaseResult) -> dict[str, Fraction | None]:
    return {p.person: p.share for p in result.findings[0].persons}


def fractions(given: dict[str, Any]) -> dict[str, Fraction]:
    return {person: Fraction(str(share)) for person, share in given.items()}


@pytest.mark.parametrize("block", named(marked("lighter")))
def test_lighter(block: Block) -> None:
    older, later = map(book_of, block.value.split())
    for entry in YAML(typ="safe").load(block.text):
        versions = weigh(result_of(older, entry), result_of(later, entry), older, later)
        assert shares(versions.older) == fractions(entry["older"])
        assert shares(versions.later) == fractions(entry["later"])
        assert {p.person: "later" if p.later_applies else "older" for p in versions.persons} == entry["applies"]
        assert shares(applied(versions)) == fractions(entry["shares"])


def printed(block: Block) -> str:
    one, other = map(book_of, block.value.split())
    found = BookDiff(one, other, compare(one, other), entries(one, other), ())
    return "".join(f"{line}\n" for line in text_of(found, Style()))


@pytest.mark.parametrize("block", named(marked("diff")))
def test_diff(block: Block) -> None:
    assert block.text == printed(block)


@pytest.mark.parametrize("block", named(marked("examples")))
def test_examples_beside_a_book(block: Block) -> None:
    book = book_of(block.value)
    found, problems = read_examples(parse(block.text.encode(), FILE), book)
    assert said(problems, *Level) == [] and len(found.examples) > 2
    assert said(judge_examples(book, found.examples), *Level) == []


def test_there_is_something_to_test() -> None:
    for key in ("case", *FILES, "rulebook", "source", "worked", "examples", "lighter", "diff"):
        assert marked(key), key
    assert len([b for page in DOCS.glob("*.md") for b in blocks(page) if b.key]) > 20
