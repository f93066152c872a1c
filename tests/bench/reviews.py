"""The yearly review: warm, beside `git status` of the same tree; cold, beside check-jsonschema."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests.bench.generate import generate

YEAR = "2026"
GIT = ("-c", "user.name=bench", "-c", "user.email=bench@example.invalid", "-c", "commit.gpgsign=false", "-c", "gc.auto=0")
WARM, COLD = 3.0, 57 / 8
"""At most so many times git status; at least so many times faster than check-jsonschema, which takes 57 s of processor
time where a cold review of the same 10,000 files may take 8."""
MEMORY = 300


@dataclass(frozen=True)
class Tree:
    """A repository with many cases, and a cache of its own."""

    place: Path
    cache: Path
    number: int

    def review(self, enforce: Callable[..., list[str]]) -> list[str]:
        return ["env", f"XDG_CACHE_HOME={self.cache}", *enforce("review", self.place, "--year", YEAR)]

    def status(self) -> list[str]:
        return ["git", "-C", str(self.place), "status", "--short"]


def planted(directory: Path, number: int) -> Tree:
    """So many cases, committed."""
    place = directory / "many"
    generate(place, number)
    for command in (("init", "-q"), ("add", "-A"), ("commit", "-qm", "cases")):
        subprocess.run(["git", *GIT, *command], cwd=place, check=True, capture_output=True)
    return Tree(place, directory / "cache", number)
