"""Problems for people: place and message, the source line with carets, the remedy, the clause;
the totals last."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from enforcecli.language import _, counted
from enforcecli.model.problem import Level
from enforcecli.output.shown import Checked, Shown, basis_label, level_word, show_all
from enforcecli.output.style import Style
from enforcecli.output.tally import Tally
from enforcecli.output.width import COLUMNS, excerpt, flow, hang, printable, quote, width, wrap

LEAST = 24
"""Cells left behind a long path that are worth beginning a message in."""
_RANK = {level: rank for rank, level in enumerate(Level)}


def render(files: Iterable[Checked], style: Style, strict: bool) -> Iterator[str]:
    tally = Tally(strict)
    for checked in files:
        tally.add(checked)
        yield from of_file(checked, style)
    look = "ok" if not tally.failed else "error"
    totals = wrap(tally.line(), COLUMNS) if style.screen else [tally.line()]
    yield "\n".join(style.paint(line, look) for line in totals) + "\n"


def of_file(checked: Checked, style: Style, least: Level = Level.INFO) -> Iterator[str]:
    """The problems of one file down to the level `least`, an empty line after each."""
    lines: Sequence[str] | None = None
    fixable: dict[str, int] = {}
    for item in show_all(checked.problems, checked.file):
        if _RANK[item.level] > _RANK[least]:
            continue
        if item.fixable:
            fixable[item.file] = fixable.get(item.file, 0) + 1
        if lines is None and item.placed and item.file == checked.file:
            lines = checked.lines()
        yield "\n".join(_lines(item, lines or (), style)) + "\n\n"
    for file, count in fixable.items():
        words = counted(_("可以自动改 {count} 处："), count)
        yield f"{words}enforce fix {quote(printable(file))}\n\n"


def _lines(item: Shown, source: Sequence[str], style: Style) -> Iterator[str]:
    place = f"{printable(item.file)}:{item.span.line}:{item.span.column}:"
    word = style.paint(level_word(item.level), item.level.value)
    head = f"{style.paint(place, 'strong')} {word} {item.code}"
    yield from _message(head, f"{place} {level_word(item.level)} {item.code} ", flow(item.message), style)
    if item.placed and item.span.line <= len(source):
        yield from _source(item, source[item.span.line - 1], style)
    if item.remedy:
        yield from hang(_("改法："), flow(item.remedy), "  ")
    if item.cite:
        yield from hang(_("条款："), flow(item.cite), "  ")
    if item.basis:
        yield from hang(basis_label(item.basis), flow(item.basis), "  ")


def _message(head: str, plain: str, message: str, style: Style) -> Iterator[str]:
    """Place and message: one line for editors and CI, broken at 80 columns for a person. `plain` is
    the head as wide as it is seen."""
    room = COLUMNS - width(plain)
    if not style.screen or width(message) <= room:
        yield f"{head} {message}"
        return
    first = wrap(message, room)[0] if room >= LEAST else ""
    yield f"{head} {first}".rstrip()
    yield from (f"    {line}" for line in wrap(message[len(first):].lstrip(), COLUMNS - 4))


def _source(item: Shown, line: str, style: Style) -> Iterator[str]:
    span = item.span
    gutter = f"{span.line:>5} | "
    end = span.end_column if span.end_line == span.line else len(line) + 1
    text, carets = excerpt(line, span.column - 1, end - 1, COLUMNS - width(gutter))
    yield gutter + text
    yield " " * (width(gutter) - 2) + "| " + style.paint_carets(carets, item.level.value)
