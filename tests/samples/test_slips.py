"""Faulty files: each is answered with exactly the problems written beside it, at their places."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from enforcecli.desk.examine import examine_file
from enforcecli.problems import kind

SLIPS = Path(__file__).parents[2] / "sample_cases" / "slips"
EXPECTED: dict[str, Any] = YAML(typ="safe").load((SLIPS / "expected.yaml").read_text(encoding="utf-8"))


def test_every_slip_is_listed() -> None:
    files = {f.relative_to(SLIPS).as_posix() for f in SLIPS.rglob("*.yaml")}
    assert files - {"expected.yaml"} == set(EXPECTED)


@pytest.mark.parametrize("file", sorted(EXPECTED))
def test_problems_of_a_slip(file: str) -> None:
    found = [(p.code, p.span.line, p.span.column) if p.span else (p.code, 0, 0)
             for p in examine_file(SLIPS / file).problems]
    assert sorted(found) == sorted((p["code"], p["line"], p["column"]) for p in EXPECTED[file]["问题"])


@pytest.mark.parametrize("code", sorted({p["code"] for slip in EXPECTED.values() for p in slip["问题"]}))
def test_the_codes_are_in_the_catalogue(code: str) -> None:
    assert kind(code).message
