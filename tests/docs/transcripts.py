"""The console blocks of the manual are run, and what they show must be what is printed.

    python -m tests.docs.transcripts            tell which blocks differ
    python -m tests.docs.transcripts --update   write the true output into the pages

Each page has its own copy of sample_cases, committed to git; its commands run there one after the
other, in Chinese, without colours. A line `...` stands for any lines.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.docs.pages import ROOT, Block, blocks, pages

ELLIPSIS = "..."
COMMIT = "git init -q; git add -A; git -c user.name=demo -c user.email=demo@example.invalid commit -qm demo"
PLAIN = {"PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", "LC_ALL": "C.UTF-8", "NO_COLOR": "1"}


class Office:
    """A copy of the sample office below a directory, to run commands in."""

    def __init__(self, directory: Path) -> None:
        self.home, tools = directory / "office", directory / "bin"
        shutil.copytree(ROOT / "sample_cases", self.home)
        tools.mkdir()
        (tools / "enforce").write_text(f'#!/bin/sh\nexec "{sys.executable}" -m enforcecli "$@"\n')
        (tools / "enforce").chmod(0o755)
        self.environment = {**PLAIN, "PATH": f"{tools}:{os.environ['PATH']}", "HOME": str(directory)}
        self.run(COMMIT)

    def run(self, command: str) -> list[str]:
        """The lines a command prints, both streams as a terminal shows them."""
        done = subprocess.run(
            ["sh", "-c", command], cwd=self.home, env=self.environment, timeout=120, check=False,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )  # fmt: skip
        return [line.rstrip() for line in done.stdout.decode().rstrip().splitlines()]


def commands(block: Block) -> list[tuple[str, list[str]]]:
    """(command, lines shown) in order. IndexError for a line before the first `$`."""
    found: list[tuple[str, list[str]]] = []
    for line in block.lines:
        if line.startswith("$ "):
            found.append((line[2:], []))
        else:
            found[-1][1].append(line)
    return found


def same(shown: list[str], printed: list[str]) -> bool:
    pattern = "".join("(?:.*\n)*?" if line == ELLIPSIS else re.escape(line) + "\n" for line in shown)
    return re.fullmatch(pattern, "".join(f"{line}\n" for line in printed)) is not None


def true_lines(page: Path) -> dict[Block, list[str]]:
    """Console blocks of a page that differ → the lines they should hold. What is elided stays so
    where the rest is true."""
    found: dict[Block, list[str]] = {}
    consoles = [block for block in blocks(page) if block.word == "console"]
    if not consoles:
        return found
    with tempfile.TemporaryDirectory() as directory:
        office = Office(Path(directory))
        for block in consoles:
            lines: list[str] = []
            for command, shown in commands(block):
                printed = office.run(command)
                lines += [f"$ {command}", *(shown if same(shown, printed) else printed)]
            if lines != list(block.lines):
                found[block] = lines
    return found


def update(page: Path, found: dict[Block, list[str]]) -> None:
    lines = page.read_text(encoding="utf-8").splitlines()
    for block in sorted(found, key=lambda b: b.first, reverse=True):
        lines[block.first : block.first + len(block.lines)] = found[block]
    page.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


if __name__ == "__main__":
    for each in pages():
        differing = true_lines(each)
        for stale in differing:
            print(stale.name)
        if differing and "--update" in sys.argv[1:]:
            update(each, differing)
