"""The formats problems are printed in: the same problems in each (docs/case-format.md)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from importlib import import_module

from enforcecli.output.shown import Checked
from enforcecli.output.style import Style

FORMATS = {
    "text": "problem_text", "json": "problem_json", "jsonl": "problem_jsonl", "sarif": "sarif",
    "github": "github", "gitlab": "gitlab", "junit": "junit",
}
MACHINE = frozenset(FORMATS) - {"text", "github"}
"""Always UTF-8, whatever the terminal: a file format, not a message."""


def report(files: Iterable[Checked], form: str, *, style: Style | None = None,
           strict: bool = False) -> Iterator[str]:
    """The report in pieces, each ending with a line break. Text, jsonl and github come file by
    file, the others at the end. KeyError for an unknown format."""
    module = import_module(f"enforcecli.output.{FORMATS[form]}")
    pieces: Iterator[str] = module.render(files, style or Style(), strict)
    return pieces
