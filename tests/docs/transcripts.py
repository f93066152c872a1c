"""The console blocks of the manual are run, and what they show must be what is printed.

    python -m tests.docs.transcripts            tell which blocks differ
    python -m tests.docs.transcripts --update   write the true output into the pages

Each page has its own copy of sample_cases, committed to git; its commands run there one after the
other, in Chinese, without colours. A line `...` stands for any lines. Between the commands a page may
write files there, as its reader would in an editor:

    <!-- file: path -->   the block is the whole file
    <!-- edit: path -->   in place of the block's `-` lines, which stand there once, come its `+` lines
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


    def write(self, block: Block) -> None:
        """A `file` or `edit` block done. ValueError for one that does not fit."""
        path = self.home / block.value
        if not path.resolve().is_relative_to(self.home.resolve()):
            raise ValueError(f"{block.name}: {block.value} lies elsewhere")
        text = block.text
        if block.key == "edit":
            old, new = ("".join(f"{line[2:]}\n" for line in block.lines if line[:1] == sign) for sign in "-+")
            before = path.read_text(encoding="utf-8")
            if not old or before.count(old) != 1:
                raise ValueError(f"{block.name}: the lines to replace stand in {block.value} {before.count(old)} times")
            text = before.replace(old, new)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


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
    steps = [block for block in blocks(page) if block.word == "console" or block.key in ("file", "edit")]
    if not any(block.word == "console" for block in steps):
        return found
    with tempfile.TemporaryDirectory() as directory:
        office = Office(Path(directory))
        for block in steps:
            if block.word != "console":
                office.write(block)
                continue
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
