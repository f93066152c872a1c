"""The review as Markdown, for a pull request or a note. Data is escaped: it draws no table and no link."""

from __future__ import annotations

from collections.abc import Iterator

from enforcecli.language import _
from enforcecli.output.result_md import md, table
from enforcecli.review.as_text import cell_text, traces
from enforcecli.review.report import Kind, Report, Table


def lines(report: Report, *, cases: bool = False) -> Iterator[str]:
    yield f"# {md(report.title)}"
    for words in report.words:
        yield from ("", md(words))
    for section in report.sections:
        yield from ("", f"## {md(section.title)}")
        for one in section.tables:
            yield from ("", f"### {md(one.title)}", "")
            yield from _table(one)
            if one.note:
                yield from ("", md(_("注：{note}").format(note=one.note)))
            if cases:
                yield ""
                yield from (f"- {md(words)}" for words in traces(one))
    yield from ("", f"## {_('口径说明')}", "")
    yield from (f"{number}. {md(note)}" for number, note in enumerate(report.notes, 1))
    if report.zero:
        for line in report.sign:
            yield from ("", md(line))


def _table(one: Table) -> list[str]:
    rows = [[cell_text(cell, column) for cell, column in zip(row, one.columns, strict=True)]
            for row in (*one.rows, *((one.total,) if one.total is not None else ()))]
    right = frozenset(i for i, column in enumerate(one.columns) if column.kind not in (Kind.TEXT, Kind.DATE))
    return table([column.label for column in one.columns], rows, right)
