"""A bar on stderr for work that takes more than a second; none in a pipe."""

from __future__ import annotations

import sys
import time
from types import TracebackType

from enforcecli.language import _

WIDTH = 30
AFTER = 1.0
EVERY = 0.1


class Progress:
    """Called with done and total; `with` clears the line at the end. The clock steers only what is
    drawn, no result."""

    def __init__(self) -> None:
        self._start = time.monotonic()
        self._last = 0.0
        self._drawn = False
        self._on = sys.stderr.isatty()

    def __call__(self, done: int, total: int) -> None:
        now = time.monotonic()
        if not self._on or now - self._start < AFTER or now - self._last < EVERY or total <= 0:
            return
        self._last, self._drawn = now, True
        full = WIDTH * done // total
        count = _("{done} / {total}").format(done=done, total=total)
        sys.stderr.write(f"\r[{'#' * full}{'.' * (WIDTH - full)}] {count} ")
        sys.stderr.flush()

    def clear(self) -> None:
        """Takes the bar off the line before something else is printed."""
        if self._drawn:
            sys.stderr.write("\r" + " " * (WIDTH + 30) + "\r")
            sys.stderr.flush()
            self._drawn = False

    def __enter__(self) -> Progress:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None,
                 trace: TracebackType | None) -> None:
        self.clear()
