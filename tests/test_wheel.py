"""An installed wheel works outside the checkout: rulebooks, templates and samples are inside."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


def run(*command: str, at: Path, path: Path | None = None) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(path)} if path is not None else dict(os.environ)
    return subprocess.run(command, cwd=at, env=environment, capture_output=True, text=True, encoding="utf-8", check=False)


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel's files in a directory of their own, found before the checkout."""
    place = tmp_path_factory.mktemp("wheel")
    built = run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(place), at=ROOT)
    assert built.returncode == 0, built.stderr
    (wheel,) = place.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(place / "site")
    return place / "site"


def test_what_the_program_needs_is_inside(installed: Path) -> None:
    for part in ("rulebooks/shangjiang-2023/rulebook.yaml", "rulebooks/shangjiang-2023/source.txt",
                 "locale/en/LC_MESSAGES/enforce.mo", "starter/gitignore",
                 "starter/pre-commit-config.yaml", "_shipped/sample_cases/enforce.yaml", "_shipped/templates"):
        assert (installed / "enforcecli" / part).exists(), part


def test_it_assesses_a_case_elsewhere(installed: Path, tmp_path: Path) -> None:
    shutil.copytree(installed / "enforcecli" / "_shipped" / "sample_cases", tmp_path / "案件 库")
    where = run(sys.executable, "-c", "import enforcecli; print(enforcecli.__file__)", at=tmp_path, path=installed)
    assert where.stdout.startswith(str(installed))
    result = run(sys.executable, "-m", "enforcecli", "assess", "cases/2026/SJ-2026-003.yaml",
                 at=tmp_path / "案件 库", path=installed)
    assert result.returncode == 0, result.stderr
    assert "R6（三（二）6）" in result.stdout and "比例合计 100.00%" in result.stdout
