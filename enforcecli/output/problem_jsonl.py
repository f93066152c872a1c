"""Problems as JSON, one per line, as they are found."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from enforcecli.output.jsonio import dumps
from enforcecli.output.problem_json import as_dict
from enforcecli.output.shown import Checked, show_all
from enforcecli.output.style import Style


def render(files: Iterable[Checked], style: Style, strict: bool) -> Iterator[str]:
    for checked in files:
        for item in show_all(checked.problems, checked.file):
            yield dumps(as_dict(item), indent=None) + "\n"
