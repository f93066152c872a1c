"""Colour only where it is seen and wanted: a terminal, TERM not dumb, NO_COLOR unset."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import TextIO

from msgspec import Struct

_CODES = {"error": "31;1", "warning": "33;1", "info": "36", "ok": "32", "strong": "1", "faint": "2"}


class Style(Struct, frozen=True):
    """Paints the tool's own words; data is made printable before it comes here. `screen`: a person
    reads it on a terminal, long lines are broken; elsewhere a problem is told on one line."""

    color: bool = False
    screen: bool = False

    def paint(self, text: str, look: str) -> str:
        return f"\x1b[{_CODES[look]}m{text}\x1b[0m" if self.color and text else text

    def paint_carets(self, carets: str, look: str) -> str:
        """Carets behind their spaces: only the marks are painted."""
        marks = carets.lstrip(" ")
        return carets[:len(carets) - len(marks)] + self.paint(marks, look)


def style_for(stream: TextIO, environ: Mapping[str, str] | None = None) -> Style:
    """The style for a stream (https://no-color.org: any non-empty NO_COLOR)."""
    env = os.environ if environ is None else environ
    try:
        screen = stream.isatty() and env.get("TERM", "") != "dumb"  # dumb: an editor that reads places
    except ValueError:  # closed
        return Style()
    return Style(screen and not env.get("NO_COLOR"), screen)
