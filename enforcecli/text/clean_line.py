"""The clean lines of a file that is not clean as a whole, so that the slow scan passes them quickly."""

from __future__ import annotations

import re

from enforcecli.text import clean

LINE = re.compile(clean.expressions(clean.of_characters)[1])
"""One clean line (or a value in brackets over several), its dashes, key and plain value by name."""


def line(text: str, start: int) -> re.Match[str] | None:
    """The clean line at `start`, if it is one. (An item needs a dash before it.)"""
    match = LINE.match(text, start)
    if match is None or (match["key"] is None and not match["dashes"]) or not clean.KNOWN.fullmatch(match[0]):
        return None
    return match
