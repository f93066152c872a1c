"""What the tests of this area share: the base files, and short ways to read."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from enforcecli.model.case import Case
from enforcecli.model.problem import Level, Problem
from enforcecli.model.roster import Office, Roster
from enforcecli.model.rulebook import Rulebook
from enforcecli.problems import level
from enforcecli.reading.case import read_case
from enforcecli.reading.library import Library
from enforcecli.reading.office import read_office
from enforcecli.reading.roster import read_roster
from enforcecli.text.document import Document, parse

BASE = Path(__file__).parent / "base"
NUMBER = "SJ-2026-003"


def text(name: str) -> str:
    return (BASE / name).read_text(encoding="utf-8")


def document(content: str, file: str = f"{NUMBER}.yaml") -> Document:
    return parse(content.encode("utf-8"), file)


@cache
def book() -> Rulebook:
    found = Library(BASE).book("shangjiang-2023")
    assert found is not None
    return found


@cache
def roster() -> Roster:
    found, problems = read_roster(document(text("roster.yaml"), "roster.yaml"))
    assert problems == ()
    return found


def case(content: str, *, book: Rulebook | None = None, roster: Roster | None = None,
         file: str = f"{NUMBER}.yaml") -> tuple[Case, tuple[Problem, ...]]:
    return read_case(document(content, file), book=book, roster=roster, office=None, sha256="0" * 64)


def office(content: str) -> tuple[Office, tuple[Problem, ...]]:
    return read_office(document(content, "enforce.yaml"))


def codes(problems: tuple[Problem, ...]) -> list[str]:
    return [p.code for p in problems]


def errors(problems: tuple[Problem, ...]) -> list[str]:
    return [p.code for p in problems if level(p) is Level.ERROR]


def args(problem: Problem) -> dict[str, Any]:
    return dict(problem.args)


def replaced(base: str, piece: str) -> str:
    """The base file with the top-level keys of `piece` in place of its own."""
    return "".join((_sections(base) | _sections(piece)).values())


def _sections(content: str) -> dict[str, str]:
    """Top-level key → its lines."""
    found: dict[str, str] = {}
    key = ""
    for line in content.splitlines(keepends=True):
        if line[:1] not in {" ", "-", "#", "\n"}:
            key = line.split(":", 1)[0]
        found[key] = found.get(key, "") + line
    return found
