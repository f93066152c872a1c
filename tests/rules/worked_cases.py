"""The worked examples kept beside the books (cases.yaml), and findings written in short for other tests."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

from enforcecli.model.case import Choice, Discretion, Finding, Involved
from enforcecli.model.example import Expected
from enforcecli.model.rulebook import FAULT, Rulebook
from enforcecli.proof.worked import completed
from enforcecli.reading.examples import FILE, read_examples
from enforcecli.reading.library import BUILT_IN, Library
from enforcecli.reading.rulebook import read_rulebook
from enforcecli.text.document import parse

HERE = Path(__file__).parent
BOOKS = HERE.parent / "books"
SAMPLES = HERE.parents[1] / "sample_cases" / "rulebooks"
WITH_EXAMPLES = ("shangjiang-2023", "jia", "yi")
MARKS = {"改变": ("作出改变", "是"), "失实": ("汇报失实", "弄虚作假")}


@dataclass(frozen=True)
class Worked:
    name: str
    book: str
    finding: Finding
    expect: Expected


def folder_of(name: str) -> Path:
    """Where a book stands: one of tests/books, of the sample office, or a built-in one."""
    return next((home / name for home in (BOOKS, SAMPLES) if (home / name).is_dir()), BUILT_IN / name)


@cache
def book(name: str) -> Rulebook:
    """A built-in book, one of tests/books or of the sample office."""
    folder = folder_of(name)
    if folder.parent == BUILT_IN:
        found = Library().book(name)
    else:
        files = {file.name: file.read_bytes() for file in sorted(folder.iterdir())}
        found, problems = read_rulebook(files, name)
        assert not problems, problems
    assert found is not None, f"no book {name}"
    return found


def load() -> list[Worked]:
    """Every example of the books that have some, its common facts filled in."""
    cases = []
    for name in WITH_EXAMPLES:
        examples, problems = read_examples(parse((folder_of(name) / FILE).read_bytes(), f"{name}/{FILE}"), book(name))
        assert not problems, problems
        cases += [Worked(f"{name}: {e.name}", name, completed(book(name), e), e.expected) for e in examples.examples]
    return cases


def finding(facts: Mapping[str, Any], entry: Mapping[str, Any]) -> Finding:
    choice, discretion = entry.get("choice"), entry.get("discretion")
    return Finding(
        faults=("2",), facts=facts,
        parts={k: Fraction(str(v)) for k, v in entry.get("parts", {}).items()},
        involved=tuple(person(name, words) for name, words in entry["persons"].items()),
        discretion=Discretion({k: Fraction(str(v)) for k, v in discretion.items()}, "有理由") if discretion else None,
        choice=Choice(choice["rules"], choice["reason"]) if choice else None,
    )


def person(name: str, words: str) -> Involved:
    roles: list[str] = []
    facts: dict[str, str] = {}
    weight, unit, fault = None, False, False
    for word in words.split():
        fault = fault or word.endswith("*")
        word = word.rstrip("*")
        if word == "单位":
            unit = True
        elif word in MARKS:
            facts |= [MARKS[word]]
        elif "=" in word:
            facts |= [tuple(word.split("="))]
        elif word[0] == "w":
            weight = Fraction(word[1:])
        else:
            roles.append(word)
    if not unit:
        facts[FAULT] = "有" if fault else "无"
    return Involved(name, name, tuple(roles), facts, weight, unit)
