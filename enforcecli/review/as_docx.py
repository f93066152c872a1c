"""The review as a paper of the office, in the same shell as its other tables."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from hashlib import sha256
from pathlib import Path

from enforcecli.documents.blocks import DATE, LEVEL_1, LEVEL_2, PARAGRAPH, SIGNATURE, TABLE, TITLE, Block
from enforcecli.documents.docx import Properties, to_docx
from enforcecli.documents.fonts import Fonts
from enforcecli.documents.loader import templates_of
from enforcecli.documents.phrases import ordinal
from enforcecli.language import _
from enforcecli.model.problem import Problem
from enforcecli.model.roster import Office
from enforcecli.output.width import printable
from enforcecli.review.as_json import json_text
from enforcecli.review.as_text import cell_text, traces
from enforcecli.review.report import Kind, Report, Table

SHELL = "table"


def paper(report: Report, root: Path | None, office: Office | None, *, cases: bool = False) -> bytes | Problem:
    """The bytes of the file; a problem where the office's own shell cannot be used. The file is dated the
    last day of the year: never today."""
    shell = templates_of(root).shell(SHELL)
    if isinstance(shell, Problem):
        return shell
    digest = sha256(json_text(report).encode("utf-8")).hexdigest()
    properties = Properties(report.title, report.organ, date(report.year, 12, 31), digest)
    fonts = Fonts.of(office.documents if office is not None else {})
    return to_docx(tuple(blocks(report, cases)), shell, fonts, properties)


def blocks(report: Report, cases: bool) -> Iterator[Block]:
    yield Block(TITLE, printable(report.who))
    yield Block(TITLE, printable(report.heading))
    yield from (Block(PARAGRAPH, printable(words)) for words in report.words)
    for number, section in enumerate(report.sections, 1):
        yield Block(LEVEL_1, _("{number}、{title}").format(number=ordinal(number), title=section.title))
        for at, table in enumerate(section.tables, 1):
            yield Block(LEVEL_2, _("（{number}）{title}").format(number=ordinal(at), title=printable(table.title)))
            yield _table(table)
            if table.note:
                yield Block(PARAGRAPH, printable(_("注：{note}").format(note=table.note)))
            if cases:
                yield from (Block(PARAGRAPH, words) for words in traces(table))
    yield Block(LEVEL_1, _("{number}、{title}").format(number=ordinal(len(report.sections) + 1), title=_("口径说明")))
    yield from (Block(PARAGRAPH, printable(f"{i}．{note}")) for i, note in enumerate(report.notes, 1))
    if report.zero:
        yield from (Block(PARAGRAPH, line) for line in report.sign)
    yield Block(SIGNATURE, printable(report.organ))
    yield Block(DATE, "\u3000\u3000\u3000\u3000年\u3000\u3000月\u3000\u3000日")


def _table(table: Table) -> Block:
    rows = (*table.rows, *((table.total,) if table.total is not None else ()))
    aligns = tuple("right" if column.kind not in (Kind.TEXT, Kind.DATE) else "" for column in table.columns)
    return Block(TABLE, rows=(
        tuple(printable(column.label) for column in table.columns),
        *(tuple(printable(cell_text(c, k)) for c, k in zip(row, table.columns, strict=True)) for row in rows)), aligns=aligns)
