"""Every kind of problem that shows a sample: the bad one has the problem, the good one has not."""

from __future__ import annotations

import string
from pathlib import Path

import pytest

from enforcecli.model.problem import Kind, Level, Problem
from enforcecli.problems import all_kinds, kind, level
from enforcecli.reading.workspace import Workspace
from enforcecli.text.document import parse
from tests.problem_samples import BASES, base, examined, laid_over, repository

LAID_OVER = [k for k in all_kinds() if k.file in BASES and k.bad]
WHOLE_FILES = [k for k in all_kinds() if k.file == "bytes" and k.bad]

OF_THE_WHOLE_FILE = {"S901"}
"""Kinds whose sample lacks a top-level key: there is no line to point at."""


def name(of: Kind) -> str:
    return of.code


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return Workspace.open(repository(tmp_path_factory.mktemp("base")))


def told(problems: tuple[Problem, ...]) -> str:
    return "\n".join(f"{p.code} {p.where} {dict(p.args)}" for p in problems)


@pytest.mark.parametrize("sort", BASES)
def test_the_bases_are_clean(sort: str, workspace: Workspace, tmp_path: Path) -> None:
    problems = examined(base(sort), sort, workspace, tmp_path)
    assert not problems, told(problems)


@pytest.mark.parametrize("of", LAID_OVER, ids=name)
def test_bad_sample_has_the_problem(of: Kind, workspace: Workspace, tmp_path: Path) -> None:
    problems = examined(laid_over(of.bad, of.file), of.file, workspace, tmp_path)
    mine = [p for p in problems if p.code == of.code]
    assert mine, told(problems)
    assert of.code in OF_THE_WHOLE_FILE or all(p.span is not None for p in mine), told(problems)


@pytest.mark.parametrize("of", LAID_OVER, ids=name)
def test_good_sample_has_not(of: Kind, workspace: Workspace, tmp_path: Path) -> None:
    assert of.good, f"{of.code} shows what is wrong but not what is right"
    problems = examined(laid_over(of.good, of.file), of.file, workspace, tmp_path)
    assert of.code not in {p.code for p in problems}, told(problems)


@pytest.mark.parametrize("of", [k for k in LAID_OVER if k.code[0] in "CSFANQ" or k.code[:2] in ("P2", "O2")], ids=name)
def test_good_sample_is_readable(of: Kind, workspace: Workspace, tmp_path: Path) -> None:
    """What the reference shows as right is not wrong in its writing."""
    problems = examined(laid_over(of.good, of.file), of.file, workspace, tmp_path)
    slips = [p for p in problems if p.code[0] in "TYK" and level(p) is Level.ERROR]
    assert not slips, told(tuple(slips))


@pytest.mark.parametrize("of", WHOLE_FILES, ids=name)
def test_whole_file_samples(of: Kind) -> None:
    def codes(text: str) -> set[str]:
        return {p.code for p in parse(text.encode(), "SJ-2026-003.yaml").problems}

    assert of.code in codes(of.bad), codes(of.bad)
    assert of.code not in codes(of.good), codes(of.good)


def fields(text: str) -> set[str]:
    return {field for _, field, _, _ in string.Formatter().parse(text) if field is not None}


@pytest.mark.parametrize("of", LAID_OVER, ids=name)
def test_message_and_remedy_are_filled(of: Kind, workspace: Workspace, tmp_path: Path) -> None:
    """Every placeholder is given by the problem."""
    problems = examined(laid_over(of.bad, of.file), of.file, workspace, tmp_path)
    for found in (p for p in problems if p.code == of.code):
        given = {key for key, _ in found.args}
        assert fields(of.message) | fields(of.remedy) <= given, found


def test_every_kind_speaks() -> None:
    for of in all_kinds():
        assert of.title and of.message and of.doc, of.code
        assert kind(of.code) is of
