"""`make demo` and `make clean` remove the demo, but not what somebody made in it."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.cli.conftest import ROOT

GIT = "git -c user.name=demo -c user.email=demo@example.invalid -c commit.gpgsign=false"
FRESH = f"mkdir demo && cd demo && git init -q && echo 案号: 一 > a.yaml && {GIT} add -A && {GIT} commit -qm demo"
DEMOS = {  # what was done → whether the demo may go
    "nothing there": ("true", True),
    "as made": (FRESH, True),
    "a file changed": (f"{FRESH} && echo x >> a.yaml", False),
    "a file added": (f"{FRESH} && echo x > b.yaml", False),
    "a file removed": (f"{FRESH} && rm a.yaml", False),
    "a change committed": (f"{FRESH} && echo x >> a.yaml && {GIT} commit -qam more", False),
    "a change on a branch": (f"{FRESH} && git checkout -qb other && echo x >> a.yaml && {GIT} commit -qam more"
                             " && git checkout -q -", False),
    "not ours": ("mkdir demo && touch demo/letter.docx", False),
}


@pytest.mark.parametrize("target", ["demo", "clean"])
@pytest.mark.parametrize("name", DEMOS)
def test_changes_in_the_demo_are_spared(tmp_path: Path, name: str, target: str) -> None:
    done, may_go = DEMOS[name]
    shutil.copy(ROOT / "Makefile", tmp_path)
    (tmp_path / "sample_cases").mkdir()
    (tmp_path / "sample_cases" / "new.yaml").touch()
    subprocess.run(["sh", "-c", done], cwd=tmp_path, check=True)
    before = sorted(p.name for p in tmp_path.glob("demo/[!.]*"))
    ran = subprocess.run(["make", "-o", ".venv/.ready", target], cwd=tmp_path, capture_output=True, check=False)
    after = sorted(p.name for p in tmp_path.glob("demo/[!.]*"))
    told = ran.stderr.decode().startswith("demo/ holds changes of yours: move or remove it first\n")
    assert told is not may_go
    assert after == ((["new.yaml"] if target == "demo" else []) if may_go else before)
    assert ran.returncode or may_go
