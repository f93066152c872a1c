"""A seal made with a program whose measure or wording somebody doctored: made again from what the seal brought along
it comes to the same, so it is held against what this program ships."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from msgspec.structs import replace

import enforcecli
from enforcecli.history.engine import engine
from enforcecli.history.record import Engine
from enforcecli.history.verify import program
from enforcecli.model.problem import Level, Problem
from enforcecli.problems import level
from tests.history.office import BARE
from tests.history.sealing import Sealing

PACKAGE = Path(enforcecli.__file__).parent
TEMPLATE = "templates/decision.md.j2"
BOOK = "enforcecli/rulebooks/shangjiang-2023/rulebook.yaml"


def doctored(directory: Path, name: str, old: str, new: str) -> Path:
    """A copy of the program in which one file that is no code says something else."""
    for folder in (PACKAGE, PACKAGE.parent / "templates"):
        shutil.copytree(folder, directory / folder.name, ignore=shutil.ignore_patterns("__pycache__"))
    path = directory / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    return directory


def sealed_with(office: Sealing, directory: Path) -> None:
    env = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")} | BARE
    done = subprocess.run([sys.executable, "-m", "enforcecli", "seal", "SJ-2026-003"], cwd=office.root, capture_output=True,
                          env=env | {"PYTHONPATH": str(directory)}, check=False)
    assert done.returncode == 0, done.stderr.decode()


def found(office: Sealing) -> list[Problem]:
    return list(office.verify().problems)


def test_a_doctored_measure_is_found(tmp_path: Path) -> None:
    office = Sealing(tmp_path / "office")
    sealed_with(office, doctored(tmp_path / "program", BOOK, "default: 7/10", "default: 51/100"))
    assert [(p.code, dict(p.args)["input"], p.cite) for p in found(office)] == [
        ("V-SHIPPED", "rulebooks/shangjiang-2023/rulebook.yaml", "三（一）3（4）")]


def test_a_doctored_wording_is_found(tmp_path: Path) -> None:
    office = Sealing(tmp_path / "office")
    sealed_with(office, doctored(tmp_path / "program", TEMPLATE, "救济途径", "其他"))
    assert [(p.code, dict(p.args)["input"]) for p in found(office)] == [("V-SHIPPED", TEMPLATE)]


@pytest.mark.parametrize(("name", "old", "new", "of"), [
    (BOOK, "default: 7/10", "default: 51/100", Level.WARNING), (TEMPLATE, "救济途径", "其他", Level.INFO)])
def test_of_another_version_it_is_told_as_that(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, old: str,
                                               new: str, of: Level) -> None:
    """A later version may ship another wording; its measure is worth a look."""
    office = Sealing(tmp_path / "office")
    sealed_with(office, doctored(tmp_path / "program", name, old, new))
    later = replace(engine(), version="9.9.9")
    monkeypatch.setattr(program, "engine", lambda: later)
    assert [(p.code, level(p)) for p in found(office)] == [("V-SHIPPED-OTHER", of)]


def test_another_version_that_ships_the_same_is_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    office = Sealing(tmp_path / "office")
    office.seal()
    monkeypatch.setattr(program, "engine", lambda: Engine("enforce", "9.9.9", "0" * 64))
    assert found(office) == []
