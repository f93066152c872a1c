"""Problems as one JSON object, `enforce-problems/1`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from enforcecli.output.jsonio import dumps
from enforcecli.output.shown import Checked, Shown, shown_of
from enforcecli.output.style import Style

FORMAT = "enforce-problems/1"


def render(files: Iterable[Checked], style: Style, strict: bool) -> Iterator[str]:
    checked = list(files)
    problems = [as_dict(item) for item in shown_of(checked)]
    yield dumps({"format": FORMAT, "files": len(checked), "problems": problems}) + "\n"


def as_dict(item: Shown) -> dict[str, object]:
    span = item.span
    return {
        "file": item.file, "line": span.line, "column": span.column,
        "end_line": span.end_line, "end_column": span.end_column, "level": item.level.value,
        "code": item.code, "message": item.message, "remedy": item.remedy, "cite": item.cite,
        "fixable": item.fixable,
    }
