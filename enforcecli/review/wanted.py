"""What is asked of each repository of a review."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from msgspec import Struct

from enforcecli.output.width import printable

Progress = Callable[[int, int], None]
"""Told how many of how many are done."""


def name_of(root: Path) -> str:
    """The name of a directory as it can be printed and kept; bytes that are no text are shown as codes."""
    return printable(root.name or root.as_posix())


class Wanted(Struct, frozen=True):
    """`named`: the place stands before its cases and people, for there are several. `cache` None: the usual
    directory; '' for none. `workers`: processes at most; None: one for each processor."""

    years: tuple[int, ...]
    unit: str | None = None
    named: bool = False
    cache: str | None = None
    workers: int | None = None

    def cache_directory(self) -> Path | None:
        from enforcecli.review.cache import directory

        return directory() if self.cache is None else Path(self.cache) if self.cache else None
