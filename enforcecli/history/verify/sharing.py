"""Much of the same work, shared out among the processors of the machine."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeVar

T = TypeVar("T")
R = TypeVar("R")
LEAST = 24
"""Fewer pieces than this are done at once, without other processes."""
_WORK: list[tuple[Callable[[Any], Any], Sequence[Any]]] = []
"""What a forked process inherits; work and pieces need not be sent to it."""


def shared(work: Callable[[T], R], pieces: Sequence[T], forked: Callable[[], None]) -> Iterator[R]:
    """The results, in the order of the pieces. `forked` is called first in every other process. Where
    processes cannot be forked, everything is done here."""
    count = min(_processors(), len(pieces) // (LEAST // 2))
    if count < 2 or not hasattr(os, "fork"):
        yield from map(work, pieces)
        return
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    _WORK.append((work, pieces))
    try:
        with ProcessPoolExecutor(count, get_context("fork"), initializer=forked) as pool:
            yield from pool.map(_one, range(len(pieces)), chunksize=4)
    finally:
        _WORK.pop()


def _one(number: int) -> Any:
    work, pieces = _WORK[-1]
    return work(pieces[number])


def _processors() -> int:
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # not on every system
        return os.cpu_count() or 1
