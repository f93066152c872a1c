"""The table of what people type, read by both parsers."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from enforcecli.problems import kind
from tests.text.support import mended, placed, plain, read
from tests.text.table import CLEAN, SLIPS, STRUCTURE, Row

PARSERS = pytest.mark.parametrize("pure", [False, True], ids=["libyaml", "pure"])
ROWS = SLIPS | STRUCTURE


@PARSERS
@pytest.mark.parametrize("row", ROWS.values(), ids=ROWS)
def test_problem_and_place(row: Row, pure: bool) -> None:
    text, expected, _ = row
    assert placed(read(text, pure=pure)) == expected


@pytest.mark.parametrize("row", ROWS.values(), ids=ROWS)
def test_the_fix(row: Row) -> None:
    text, _, fixed = row
    document = read(text)
    if fixed is None:
        assert all(p.fix is None for p in document.problems)
    else:
        assert mended(document) == fixed
        assert read(fixed).problems == ()


@pytest.mark.parametrize("row", [r for r in SLIPS.values() if r[2]], ids=[n for n, r in SLIPS.items() if r[2]])
def test_reading_goes_on_behind_a_slip(row: Row) -> None:
    """The nodes are those of the mended text, so the rest of the file is examined too."""
    text, _, fixed = row
    assert fixed is not None
    assert plain(read(text).root) == plain(read(fixed).root)


@PARSERS
@pytest.mark.parametrize("row", CLEAN.values(), ids=CLEAN)
def test_nothing_wrong(row: tuple[str, object], pure: bool) -> None:
    text, values = row
    document = read(text, pure=pure)
    assert placed(document) == []
    assert plain(document.root) == values


@pytest.mark.parametrize("row", ROWS.values(), ids=ROWS)
def test_messages_can_be_filled(row: Row) -> None:
    for problem in read(row[0]).problems:
        of = kind(problem.code)
        assert of.message.format(**dict(problem.args)) and of.remedy.format(**dict(problem.args))


@pytest.mark.parametrize("row", ROWS.values(), ids=ROWS)
def test_fixable_is_what_the_kind_says(row: Row) -> None:
    for problem in read(row[0]).problems:
        assert (problem.fix is not None) == kind(problem.code).fixable


def test_places_behind_a_slip_are_those_of_the_file() -> None:
    """Mending in memory moves characters; what is told does not move."""
    document = read("人: {姓名：李明，职务:所长, 时: 12:30, 末: 甲}\n名单：[一，二]\n")
    assert document.root is not None
    first = document.root.value[0][1]
    spans = {key.value: document.span(child) for key, child in first.value}
    assert [(s.column, s.end_column) for s in spans.values()] == [(8, 10), (14, 16), (21, 26), (31, 32)]
    second = document.root.value[1][1].value
    assert [document.span(n).column for n in second] == [5, 7]


def test_span_covers_the_value_only() -> None:
    text = "甲:\n  乙: 1 # 注\n  丙: [2, 3]   \n\n# 末\n丁: |\n  文\n\n戊: '己'\n"
    document = read(text)
    assert document.root is not None
    (_, block), (_, literal), (_, quoted) = document.root.value
    assert [text[slice(*document.offsets(n))] for n in (block, literal, quoted)] == [
        "乙: 1 # 注\n  丙: [2, 3]", "|\n  文", "'己'"]
    span = document.span(block)
    assert (span.line, span.column, span.end_line, span.end_column) == (2, 3, 3, 12)


def test_duplicate_names_the_line_of_the_first() -> None:
    problem = next(p for p in read("甲: 1\n乙: 2\n甲: 3\n").problems if p.code == "Y210")
    assert dict(problem.args) == {"key": "甲", "line": "1"}


def test_the_pure_parser_can_be_asked_for() -> None:
    """ENFORCE_PURE_YAML does what the argument does."""
    program = ("from enforcecli.text import nodes; root, _ = nodes.compose('甲: [乙]\\n'); "
               "print(type(root.start_mark).__module__)")
    for value, module in (("1", "ruamel.yaml.error"), ("", "ruamel.yaml.clib._ruamel_yaml")):
        run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, encoding="utf-8",
                             env={**os.environ, "ENFORCE_PURE_YAML": value, "PYTHONPATH": os.pathsep.join(sys.path)})
        assert run.stdout.strip() == module
