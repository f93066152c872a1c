"""Lines somebody types."""

from __future__ import annotations

import os
import select
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager


def read_line() -> str:
    """A line with its end, typed or piped; "" when there is no more.

    Raises KeyboardInterrupt on Ctrl-C, also where it is pressed in the moment before the reading starts: the
    interpreter notes such a signal, but would look at its note only when a line has come."""
    if sys.stdin is None:
        return ""
    if os.name == "posix" and sys.stdin.isatty():  # elsewhere only sockets can be waited for
        with _signals() as signals:
            select.select([sys.stdin, signals], [], [])
    return sys.stdin.readline()


@contextmanager
def _signals() -> Iterator[int]:
    """A pipe in which every signal leaves a byte."""
    read, write = os.pipe()
    os.set_blocking(write, False)
    before = signal.set_wakeup_fd(write)
    try:
        yield read
    finally:
        signal.set_wakeup_fd(before)
        os.close(read)
        os.close(write)
