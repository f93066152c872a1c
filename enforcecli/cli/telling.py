"""A problem that stands in no line of a file: in a cell of a sheet, in an option of the command line."""

from __future__ import annotations

import sys

from enforcecli.cli import streams
from enforcecli.language import _
from enforcecli.model.problem import Problem
from enforcecli.output.shown import level_word, show
from enforcecli.output.style import style_for
from enforcecli.output.width import COLUMNS, flow, hang, wrap


def tell_at(place: str, problem: Problem) -> None:
    """案件.xlsx 过错!C5: 错误 … with the remedy and the clause, to stderr."""
    shown = show(problem)
    line = f"{flow(place)}: {level_word(shown.level)} {shown.code} {flow(shown.message)}"
    for text in wrap(line, COLUMNS) if style_for(sys.stderr).screen else [line]:
        streams.say(text)
    if shown.remedy:
        for text in hang(_("改法："), flow(shown.remedy), "  "):
            streams.say(text)
    if shown.cite:
        for text in hang(_("条款："), flow(shown.cite), "  "):
            streams.say(text)
