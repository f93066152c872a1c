"""The samples of the X1 kinds: small workbooks written as text, “[sheet]” above its lines."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from enforcecli.authoring.importing import Reader
from enforcecli.authoring.sheets_in import read_file
from enforcecli.model.problem import Kind, Problem
from enforcecli.problems import all_kinds
from tests.authoring.contents import the_book

SAMPLES = [k for k in all_kinds() if k.file == "workbook" and k.bad]
SHOWN_ELSEWHERE = {"X101", "X117", "X119", "X120", "X121", "X122"}
"""Kinds no text can show: a file that is no workbook, quotes gone astray, what Excel does to cells, what export and import refuse."""


def codes(sample: str, folder: Path) -> list[str]:
    folder.mkdir()
    name = ""
    for line in csv.reader(sample.splitlines()):
        if line[0].startswith("["):
            name = line[0].strip("[]")
        else:
            with (folder / f"{name}.csv").open("a", encoding="utf-8", newline="") as file:
                csv.writer(file).writerow(line)
    grids = read_file(folder)
    assert not isinstance(grids, Problem)
    reader = Reader([the_book()])
    reader.read(grids)
    return [p.problem.code for p in reader.problems]


@pytest.mark.parametrize("of", SAMPLES, ids=lambda k: k.code)
def test_samples(of: Kind, tmp_path: Path) -> None:
    assert of.code in codes(of.bad, tmp_path / "bad")
    assert codes(of.good, tmp_path / "good") == []


def test_every_kind_is_shown_or_tested_elsewhere() -> None:
    kinds = {k.code for k in all_kinds() if k.file == "workbook"}
    assert kinds == {k.code for k in SAMPLES} | SHOWN_ELSEWHERE
