"""Problems as a GitLab Code Quality report: an array, empty when all is well."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from enforcecli.model.problem import Level
from enforcecli.output.jsonio import dumps
from enforcecli.output.shown import Checked, shown_of
from enforcecli.output.style import Style

_SEVERITY = {Level.ERROR: "major", Level.WARNING: "minor", Level.INFO: "info"}


def render(files: Iterable[Checked], style: Style, strict: bool) -> Iterator[str]:
    yield dumps([
        {
            "description": item.message, "check_name": item.code, "fingerprint": item.fingerprint,
            "severity": _SEVERITY[item.level],
            "location": {
                "path": item.file.replace("\\", "/"),
                "positions": {
                    "begin": {"line": item.span.line, "column": item.span.column},
                    "end": {"line": item.span.end_line, "column": item.span.end_column},
                },
                "lines": {"begin": item.span.line, "end": item.span.end_line},
            },
        }
        for item in shown_of(files)
    ]) + "\n"
