"""Problems of a repository in words: they stand at a file or at none, never at a line of it unless they
say so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from enforcecli.language import _
from enforcecli.model.problem import Problem
from enforcecli.output.shown import Shown, basis_label, level_word, show
from enforcecli.output.style import Style
from enforcecli.output.width import COLUMNS, flow, hang, printable, wrap


def of_problems(problems: Iterable[Problem], style: Style) -> str:
    """The problems, an empty line between two."""
    return "\n\n".join("\n".join(_lines(show(problem), style)) for problem in problems)


def _lines(item: Shown, style: Style) -> Iterator[str]:
    place = f"{printable(item.file)}:{item.span.line}:{item.span.column}" if item.placed else printable(item.file)
    head = f"{level_word(item.level)} {item.code} "
    words = wrap((f"{place}  " if place else "") + head + flow(item.message), COLUMNS - 4)
    first, coloured = words[0], style.paint(head.rstrip(), item.level.value)
    yield first.replace(head.rstrip(), coloured, 1)
    yield from (f"    {line}" for line in words[1:])
    if item.remedy:
        yield from hang(_("改法："), flow(item.remedy), "  ")
    if item.cite:
        yield from hang(_("可能涉及：") if item.code.startswith("V-") else _("条款："), flow(item.cite), "  ")
    if item.basis:
        yield from hang(basis_label(item.basis), flow(item.basis), "  ")
