"""The table of all situations as a page to read through, print and sign: Markdown and HTML. What a
rulebook says is escaped; the HTML loads nothing and runs nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from enforcecli.language import _, current
from enforcecli.output.book_proof import cells, heads, notes, told
from enforcecli.output.result_md import md
from enforcecli.output.width import flow
from enforcecli.proof.check import Proof
from enforcecli.proof.table import Row

STYLE = """\
body { font: 11pt/1.5 "Noto Serif CJK SC", "Songti SC", SimSun, serif; margin: 2em auto; max-width: 62em; padding: 0 1em; color: #111; }
h1 { font-size: 1.4em; margin-bottom: .2em; } p { margin: .3em 0; } .small { font-size: .8em; color: #444; overflow-wrap: anywhere; }
table { border-collapse: collapse; width: 100%; margin: 1em 0; } thead { display: table-header-group; }
th, td { border: 1px solid #777; padding: .3em .5em; text-align: left; vertical-align: top; }
th { background: #eee; } tr { break-inside: avoid; } .n { text-align: right; white-space: nowrap; } td:nth-child(4) { min-width: 8em; }
.open td { background: #fbf3df; } .sign span { display: inline-block; min-width: 16em; margin: 1.2em 1em 0 0; border-bottom: 1px solid #111; }
@media print { body { margin: 0; max-width: none; font-size: 9.5pt; } }
"""


def _told(proof: Proof) -> list[str]:
    """The lines above the table, below the title."""
    return [proof.book.id, *(label + text for label, text in told(proof))]


def _sealed(proof: Proof) -> str:
    return _("内容校验码（SHA-256）：") + proof.book.sha256


def markdown(proof: Proof, found: Sequence[Row], level: str = "#") -> Iterator[str]:
    book = proof.book
    yield f"{level} {md(book.title)}{_('：')}{_('全部情形一览')}"
    yield ""
    for line in (*_told(proof), _sealed(proof)):
        yield f"- {md(line)}"
    yield ""
    yield from table_only(proof, found)
    yield ""
    for line in notes(proof, found):
        yield f"- {md(line)}"


def table_only(proof: Proof, found: Sequence[Row]) -> Iterator[str]:
    """The rows as a table in Markdown."""
    yield "| " + " | ".join(map(md, heads())) + " |"
    yield "| ---: | --- | ---: | --- | --- | --- |"
    for number, row in enumerate(found, 1):
        told = ("<br>".join(map(md, cell.split("\n"))) for cell in cells(proof.book, number, row))
        yield "| " + " | ".join(told) + " |"


def html(proof: Proof, found: Sequence[Row]) -> Iterator[str]:
    book = proof.book
    title = flow(book.title) + _("：") + _("全部情形一览")
    language = "zh-CN" if current() == "zh" else "en"
    yield f'<!DOCTYPE html>\n<html lang="{language}">\n<head>\n<meta charset="utf-8">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield f"<title>{escape(title)}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>"
    yield f"<h1>{escape(title)}</h1>"
    yield from (f"<p>{escape(flow(line))}</p>" for line in _told(proof))
    yield f'<p class="small">{escape(_sealed(proof))}</p>'
    yield "<table>\n<thead><tr>" + "".join(f"<th>{escape(head)}</th>" for head in heads()) + "</tr></thead>\n<tbody>"
    for number, row in enumerate(found, 1):
        open_ = ' class="open"' if row.verdict.value not in ("decided", "not-pursued") else ""
        yield f"<tr{open_}>" + "".join(
            f'<td{_right(i)}>{"<br>".join(escape(flow(line)) for line in cell.split(chr(10)))}</td>'
            for i, cell in enumerate(cells(book, number, row))) + "</tr>"
    yield "</tbody>\n</table>"
    yield from (f"<p>{escape(line)}</p>" for line in notes(proof, found))
    words = (_("核对意见："), _("核对人："), _("日期："))
    yield '<p class="sign">' + "".join(f"<span>{escape(word)}</span>" for word in words) + "</p>"
    yield "</body>\n</html>"


def _right(column: int) -> str:
    return ' class="n"' if column in (0, 2) else ""
