"""Worked cases kept as data (tests/rules/worked/*.yaml): compact persons, expected results."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from enforcecli.model.case import Choice, Discretion, Finding, Involved
from enforcecli.model.rulebook import FAULT, Rulebook
from enforcecli.reading.library import Library
from enforcecli.reading.rulebook import read_rulebook

HERE = Path(__file__).parent
BOOKS = HERE.parent / "books"
SHANGJIANG = {"特殊情形": "无", "部门作出": "是"}
MARKS = {"改变": ("作出改变", "是"), "失实": ("汇报失实", "弄虚作假")}


@dataclass(frozen=True)
class Worked:
    name: str
    book: str
    finding: Finding
    expect: Mapping[str, Any]


@cache
def book(name: str) -> Rulebook:
    """A built-in book, or one of tests/books."""
    folder = BOOKS / name
    if not folder.is_dir():
        found = Library().book(name)
    else:
        files = {file.name: file.read_bytes() for file in sorted(folder.iterdir())}
        found, problems = read_rulebook(files, name)
        assert not problems, problems
    assert found is not None, f"no book {name}"
    return found


def load() -> list[Worked]:
    cases = []
    for file in sorted((HERE / "worked").glob("*.yaml")):
        data = YAML(typ="safe").load(file.read_text(encoding="utf-8"))
        for entry in data["cases"]:
            facts = {**(SHANGJIANG if data["book"].startswith("shangjiang") else data.get("defaults", {})), **entry["facts"]}
            if facts.get("审批情形") in ("同意", "审批时改变"):
                facts.setdefault("因汇报失实致审批失误", "否")
            cases.append(Worked(f"{data['book']}: {entry['name']}", data["book"], finding(facts, entry), entry))
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
