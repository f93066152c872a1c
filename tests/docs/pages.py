"""The pages of the manual and the fenced blocks in them.

A block may carry a mark: an HTML comment on the line above its fence, such as
`<!-- case: good -->`. What a mark promises is tested (test_examples.py).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
README = ROOT / "README.md"
CHINESE = ROOT / "README.zh-CN.md"
_MARK = re.compile(r"<!-- (?P<key>[a-z]+): (?P<value>[^>]*?) -->")


@dataclass(frozen=True, slots=True)
class Block:
    """One fenced block: the word behind the fence, the mark above it, the lines inside. `first` is
    the index of the first line inside, 0-based."""

    page: Path
    first: int
    word: str
    key: str
    value: str
    lines: tuple[str, ...]

    @property
    def text(self) -> str:
        return "".join(f"{line}\n" for line in self.lines)

    @property
    def name(self) -> str:
        """Where it stands, for the name of a test."""
        return f"{self.page.relative_to(ROOT).as_posix()}:{self.first + 1}"


def pages() -> list[Path]:
    return [README, CHINESE, *sorted(DOCS.glob("*.md"))]


def blocks(page: Path) -> Iterator[Block]:
    """The fenced blocks of a page, in order. ValueError for a fence that is never closed."""
    lines = page.read_text(encoding="utf-8").splitlines()
    at = 0
    while at < len(lines):
        if lines[at].startswith("```"):
            end = lines.index("```", at + 1)
            mark = _MARK.fullmatch(lines[at - 1]) if at else None
            key, value = (mark["key"], mark["value"]) if mark else ("", "")
            yield Block(page, at + 1, lines[at][3:], key, value, tuple(lines[at + 1 : end]))
            at = end
        at += 1


def marked(key: str) -> list[Block]:
    """Every block of the manual with this mark."""
    return [block for page in pages() for block in blocks(page) if block.key == key]
