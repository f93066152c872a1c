"""Running the command line: in this process, or as a process of its own with a chosen environment."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from typer.main import get_command

from enforcecli import language
from enforcecli.cli.app import app
from enforcecli.cli.errors import run

ROOT = Path(__file__).resolve().parent.parent.parent
CASES = ROOT / "sample_cases"
LOCALE = ("LC_ALL", "LC_MESSAGES", "LANG", "ENFORCE_LANG", "ENFORCE_DEBUG", "NO_COLOR", "PYTHONIOENCODING", "PYTHONUTF8")


@dataclass(frozen=True)
class Ran:
    code: int
    out: str
    err: str


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for name in LOCALE:
        monkeypatch.delenv(name, raising=False)
    yield
    language.choose("zh")


@pytest.fixture
def enforce(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Callable[..., Ran]:
    monkeypatch.chdir(CASES)

    def call(*args: str) -> Ran:
        code = run(get_command(app), args)
        told = capsys.readouterr()
        return Ran(code, told.out, told.err)

    return call


def process(*args: str, cwd: Path = CASES, shell: str | None = None, **environ: str) -> subprocess.CompletedProcess[bytes]:
    """`enforce ARGS` (or a shell line in which $ENFORCE is the command), with only these variables."""
    env = {name: value for name, value in os.environ.items() if name not in LOCALE}
    env |= {"PYTHONPATH": str(ROOT), **environ}
    command = [sys.executable, "-m", "enforcecli"]
    if shell is not None:
        env["ENFORCE"] = " ".join(command)
        return subprocess.run(["bash", "-c", shell], cwd=cwd, env=env, capture_output=True, timeout=60, check=False)
    return subprocess.run([*command, *args], cwd=cwd, env=env, capture_output=True, timeout=60, check=False)
