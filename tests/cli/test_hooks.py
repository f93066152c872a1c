"""Checks before a commit, run by git and by pre-commit themselves. Nothing is downloaded: the hooks run the
enforce of this checkout."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import ROOT
from tests.history.office import BARE, CASE, SAMPLES, Office

AUTHOR = {f"GIT_{role}_{what}": f"a{'@example.invalid' if what == 'EMAIL' else ''}"
          for role in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}


class Place(Office):
    """A repository as init leaves it, with the sample office's people, and `enforce` on the PATH."""

    def __init__(self, directory: Path) -> None:
        tools = directory / "tools"
        tools.mkdir()
        (tools / "enforce").write_text(f'#!/bin/sh\nexec "{sys.executable}" -m enforcecli "$@"\n', encoding="utf-8")
        (tools / "enforce").chmod(0o755)
        self.root = directory / "office"
        self.env = {k: v for k, v in os.environ.items() if not k.startswith(("GIT_", "PRE_COMMIT"))} | BARE | AUTHOR | {
            "PATH": f"{tools}:{os.environ['PATH']}", "PYTHONPATH": str(ROOT), "HOME": str(directory),
            "PRE_COMMIT_HOME": str(directory / "cache"), "ENFORCE_LANG": "zh", "PYTHONUTF8": "1"}
        self.call("enforce", "init", str(self.root), "--organ", "上江乡人民政府", cwd=directory)
        (self.root / "roster.yaml").write_bytes((SAMPLES / "roster.yaml").read_bytes())
        (self.root / "cases" / "2026").mkdir()

    def call(self, *command: str, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
        return subprocess.run(command, cwd=cwd or self.root, env=self.env, capture_output=True, encoding="utf-8",
                              check=False, timeout=120)


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(tmp_path)


def test_pre_commit_stops_a_slip_and_lets_the_rest_pass(place: Place) -> None:
    assert place.call(sys.executable, "-m", "pre_commit", "install").returncode == 0
    assert (place.root / ".git/hooks/pre-commit").exists() and (place.root / ".git/hooks/pre-push").exists()
    place.call("git", "add", "-A")
    first = place.call("git", "commit", "-m", "begin")
    assert first.returncode == 0, first.stdout + first.stderr
    place.sample()
    place.edit(CASE, "种类: 行政处罚", "种类: 行政检察")
    place.call("git", "add", "-A")
    stopped = place.call("git", "commit", "-m", "a slip")
    assert stopped.returncode == 1 and "错误 K201" in stopped.stderr and CASE in stopped.stderr
    place.edit(CASE, "种类: 行政检察", "种类: 行政处罚")
    still = place.call("git", "commit", "-m", "not staged yet")
    assert still.returncode == 1, "what is staged is what is committed"
    place.call("git", "add", "-A")
    assert place.call("git", "commit", "-m", "mended").returncode == 0
    everything = place.call(sys.executable, "-m", "pre_commit", "run", "--all-files")
    assert everything.returncode == 0, everything.stdout
    place.edit("roster.yaml", "  张某: {姓名: 张某,", "  张某某: {姓名: 张某某,")
    place.call("git", "add", "-A")
    stopped = place.call("git", "commit", "-m", "somebody leaves the roster")
    assert stopped.returncode == 1 and f"{CASE}:" in stopped.stderr, "the case judged by the roster is checked too"


@pytest.mark.parametrize("how", [("-a",), (CASE,), ("-i", CASE), ("-o", CASE)], ids=" ".join)
def test_the_index_that_git_makes_for_a_commit_counts(place: Place, how: tuple[str, ...]) -> None:
    """`git commit -a` and `git commit FILE` hand their hooks an index of their own."""
    place.sample()
    place.call("git", "add", "-A")
    assert place.call("git", "commit", "-q", "-m", "begin").returncode == 0
    hooks = place.root / ".git" / "hooks"
    hooks.mkdir(exist_ok=True)
    (hooks / "pre-commit").write_text("#!/bin/sh\nexec enforce validate --staged\n", encoding="utf-8")
    (hooks / "pre-commit").chmod(0o755)
    place.edit(CASE, "种类: 行政处罚", "种类: 行政检察")
    assert place.call("enforce", "validate", "--staged").returncode == 0
    stopped = place.call("git", "commit", "-m", "a slip", *how)
    assert stopped.returncode == 1 and "K201" in stopped.stdout + stopped.stderr
    place.edit(CASE, "种类: 行政检察", "种类: 行政许可")
    assert place.call("git", "commit", "-m", "mended", *how).returncode == 0


def test_an_index_from_elsewhere_is_not_looked_into(place: Place, tmp_path: Path) -> None:
    place.sample()
    place.call("git", "add", "-A")
    place.call("git", "commit", "-q", "-m", "begin")
    place.edit(CASE, "种类: 行政处罚", "种类: 行政检察")
    place.call("git", "add", "-A")
    place.env["GIT_INDEX_FILE"] = str(tmp_path / "elsewhere")
    ran = place.call("enforce", "validate", "--staged")
    assert ran.returncode == 1 and "K201" in ran.stdout
