"""Problems as GitHub workflow commands, one line each.

A workflow runs every line that begins with `::`, so values are escaped as the runner unescapes
them: `%`, CR and LF everywhere, `:` and `,` in properties too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from enforcecli.language import _
from enforcecli.model.problem import Level
from enforcecli.output.shown import Checked, Shown, show_all
from enforcecli.output.style import Style
from enforcecli.output.width import shown

_COMMANDS = {Level.ERROR: "error", Level.WARNING: "warning", Level.INFO: "notice"}


def render(files: Iterable[Checked], style: Style, strict: bool) -> Iterator[str]:
    for checked in files:
        for item in show_all(checked.problems, checked.file):
            yield _line(item) + "\n"


def _line(item: Shown) -> str:
    span = item.span
    properties: dict[str, object] = {"file": item.file.replace("\\", "/"), "line": span.line}
    if span.end_line == span.line:  # the runner takes columns only within one line
        properties |= {"endLine": span.end_line, "col": span.column, "endColumn": span.end_column}
    else:
        properties |= {"endLine": span.end_line}
    properties["title"] = item.code
    words = ",".join(f"{key}={_property(str(value))}" for key, value in properties.items())
    message = item.message + (f"\n{_('改法：')}{item.remedy}" if item.remedy else "")
    return f"::{_COMMANDS[item.level]} {words}::{_data(message)}"


def _data(text: str) -> str:
    escaped = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return "".join(map(shown, escaped))


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
