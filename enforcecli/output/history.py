"""Histories and comparisons as text, Markdown and JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from enforcecli.model.history import Changes, Comparison, Difference, Story
from enforcecli.output import history_words as words
from enforcecli.output.history_words import Item
from enforcecli.output.jsonio import dumps
from enforcecli.output.style import Style
from enforcecli.output.width import COLUMNS, flow, printable, wrap

FORMATS = ("text", "json", "md")
LOG, DIFF = "enforce-log/1", "enforce-diff/1"


def stories(told: Sequence[Story], form: str, style: Style) -> Iterator[str]:
    """Histories of cases, in pieces that end with a line break."""
    if form == "json":
        yield dumps({"format": LOG, "cases": [_story(one) for one in told]}) + "\n"
        return
    items = [words.story(one) for one in told]
    notes = words.notes(step.comparison for one in told for step in one.steps)
    yield from _outline(items, notes, form, style)


def changes(told: Changes, form: str, style: Style) -> Iterator[str]:
    """What differs between two states."""
    if form == "json":
        yield dumps({"format": DIFF, "settings": [
            {"file": one.file, "fate": one.fate.value, "record": [_difference(d) for d in one.record]}
            for one in told.settings], "cases": [
            {"case": one.number, "file": one.file, "fate": one.fate.value, **_comparison(one.comparison)}
            for one in told.cases]}) + "\n"
        return
    yield from _outline(words.changes(told), words.notes(one.comparison for one in told.cases), form, style)


def _outline(items: Sequence[Item], notes: Sequence[str], form: str, style: Style) -> Iterator[str]:
    for n, item in enumerate(items):
        if n:
            yield "\n"
        lines = _markdown(item, 0) if form == "md" else _text(item, 0, style)
        yield from (f"{line}\n" for line in lines)
    for note in notes:
        yield "\n" + "\n".join(wrap(flow(note), COLUMNS)) + "\n"


def _text(item: Item, depth: int, style: Style) -> Iterator[str]:
    pad = "  " * depth
    lines = wrap(printable(item.text), COLUMNS - len(pad) - 2)
    for n, line in enumerate(lines):
        yield f"{pad}{'  ' if n else ''}{style.paint(line, item.look) if item.look else line}"
    for n, below in enumerate(item.below):
        if depth == 0 and n:
            yield ""
        yield from _text(below, depth + 1, style)


def _markdown(item: Item, depth: int) -> Iterator[str]:
    from enforcecli.output.result_md import md

    if depth == 0:
        yield f"## {md(item.text)}"
        yield ""
    else:
        yield f"{'  ' * (depth - 1)}- {md(item.text)}"
    for below in item.below:
        yield from _markdown(below, depth + 1)


def _story(told: Story) -> dict[str, Any]:
    return {"case": told.number, "whole": told.whole, "steps": [{
        "commit": step.commit, "merge": step.merge,
        "author": {"name": step.author.name, "email": step.author.email, "when": step.author.when},
        "committer": {"name": step.committer.name, "email": step.committer.email, "when": step.committer.when},
        "anomalies": [one.value for one in step.anomalies], "subject": step.subject, "file": step.file or None,
        "fate": step.fate.value, "stage": step.stage, "causes": list(step.causes), "seals": list(step.seals),
        **_comparison(step.comparison),
    } for step in told.steps]}


def _comparison(told: Comparison) -> dict[str, Any]:
    return {
        "record": [_difference(one) for one in told.record],
        "result": [{"topic": one.topic.value, "finding": one.finding, "person": one.person, "detail": one.detail,
                    "old": one.old, "new": one.new} for one in told.effects],
        "served": [{"person": person, "date": day.isoformat() if day else None} for person, day in told.served],
        "after_service": told.binding,
        "unread": told.unread.value if told.unread is not None else None,
    }


def _difference(one: Difference) -> dict[str, Any]:
    return {"key": [zh for zh, _en in one.way], "english": [en for _zh, en in one.way], "old": one.old, "new": one.new}

