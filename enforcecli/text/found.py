"""What the scans of raw text report, in offsets; positions are made from them once, at the end."""

from __future__ import annotations

from msgspec import Struct

from enforcecli.model.problem import Edit, Level

DEEPEST = 32
"""Levels of lists and mappings; a case has about five."""
MOST = 100
"""Slips of one sort told per file: a file of rubbish needs no thousand lines of report."""


class Found(Struct, frozen=True):
    """A slip at the characters start..end. `edits` mend it (None: no safe way). `silent` edits are
    made in memory only, so that reading can go on; a Found without a code is nothing but these."""

    code: str
    start: int
    end: int
    args: tuple[tuple[str, str], ...] = ()
    edits: tuple[Edit, ...] | None = None
    silent: tuple[Edit, ...] = ()
    level: Level | None = None


def found(code: str, start: int, end: int, *edits: Edit, level: Level | None = None, **args: object) -> Found:
    """A slip; with edits it can be mended."""
    return Found(code, start, end, tuple((k, str(v)) for k, v in sorted(args.items())), edits or None, (), level)


def silent(start: int, end: int, text: str) -> Found:
    """A change for the parser's eyes only."""
    return Found("", start, end, silent=(Edit(start, end, text),))


def quoted(text: str) -> str:
    """The text as a quoted value."""
    return "'" + text.replace("'", "''") + "'"


def apply(text: str, edits: list[Edit]) -> tuple[str, list[Edit]]:
    """The text after the edits, and the edits made: of two that overlap only the first is."""
    made: list[Edit] = []
    parts: list[str] = []
    at = 0
    for edit in sorted(edits, key=lambda e: (e.start, e.end)):
        if edit.start < at or (made and edit == made[-1]):
            continue
        parts += (text[at:edit.start], edit.text)
        at = edit.end
        made.append(edit)
    parts.append(text[at:])
    return "".join(parts), made
