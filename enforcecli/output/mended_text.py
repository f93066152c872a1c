"""What was mended in a file, for people: each line before and after, and why; or as a unified diff."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from enforcecli.language import _, counted
from enforcecli.model.problem import Problem
from enforcecli.output.shown import show
from enforcecli.output.style import Style
from enforcecli.output.width import flow, hang, printable

_BREAK = re.compile(r"\r\n|\r|\n")
_END_MISSING = "\\ No newline at end of file\n"
DEEPEST = 24
"""Cells of indentation shown before a line that was mended."""
Change = tuple[Problem, bool]
"""A problem that was mended, and whether by guessing."""


def report(file: str, before: str, after: str, changes: Sequence[Change], style: Style) -> Iterator[str]:
    """Lines: the file and how much was mended, then line by line what and why. Mending joins and breaks
    no lines, so that a line before has one after."""
    yield f"{style.paint(printable(file), 'strong')}  {counted(_('改了 {count} 处'), len(changes))}"
    old, new = _BREAK.split(before), _BREAK.split(after)
    by_line: dict[int, list[Change]] = {}
    for change in changes:
        by_line.setdefault(change[0].span.line if change[0].span else 1, []).append(change)
    for line, here in sorted(by_line.items()):
        if line <= min(len(old), len(new)) and old[line - 1] != new[line - 1]:
            yield from (style.paint(text, "error") for text in _as_it_stands(f"{line:>5} - ", old[line - 1]))
            yield from (style.paint(text, "ok") for text in _as_it_stands("      + ", new[line - 1]))
        yield from _reasons(here)


def _as_it_stands(label: str, line: str) -> list[str]:
    """A line of the file behind its label, with its indentation."""
    text = line.lstrip(" ")
    return hang(label + line[:min(len(line) - len(text), DEEPEST)], printable(text), "")


def _reasons(changes: Sequence[Change]) -> Iterator[str]:
    """Why: the messages of the problems; the same one is said once, with its number."""
    told: dict[str, int] = {}
    for problem, guessed in changes:
        words = f"{problem.code} {flow(show(problem).message)}"
        if not problem.fix and not guessed:
            words += _("改存为 UTF-8。")
        if guessed:
            words += _("（这是猜的，请核对）")
        told[words] = told.get(words, 0) + 1
    for words, count in told.items():
        yield from hang("        ", words if count == 1 else f"{words} × {count}")


def diff(file: str, before: str, after: str, style: Style) -> Iterator[str]:
    """A unified diff as patch and git read it, each piece with its line break. For a person at a
    terminal what would steer it is shown as codes, and a carriage return not at all."""
    from difflib import unified_diff

    name = printable(file)
    for line in unified_diff(_kept(before), _kept(after), f"a/{name}", f"b/{name}"):
        body, end = (line[:-1], "\n") if line.endswith("\n") else (line, "")
        if style.screen:
            body = printable(body.removesuffix("\r"))
        look = {"+": "ok", "-": "error", "@": "info"}.get(line[0])
        yield (style.paint(body, look) if look else body) + (end or "\n" + _END_MISSING)


def _kept(text: str) -> list[str]:
    """The lines as patch counts them, with their line breaks."""
    lines = text.split("\n")
    return [*(line + "\n" for line in lines[:-1]), *lines[-1:]] if lines[-1] else [line + "\n" for line in lines[:-1]]
