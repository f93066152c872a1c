"""Lists and pages of a rulebook's entries for the terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from enforcecli.language import _, counted, current
from enforcecli.model.rulebook import Rulebook
from enforcecli.output.book_words import Entry
from enforcecli.output.style import Style
from enforcecli.output.tables import table
from enforcecli.output.width import flow, hang, width


def listing(found: Sequence[Entry]) -> Iterator[str]:
    """One line per entry: code, clause, name (for duties and nameless entries the text)."""
    rows = [[flow(e.code), flow(e.cite), flow(_title(e))] for e in found]
    if rows:
        yield from table([_("代码"), _("条款"), _("名称")], rows, whole=frozenset({0, 1}))
    yield counted(_("共 {count} 项"), len(found))


def _title(entry: Entry) -> str:
    return f"{entry.name}：{entry.text or ''}" if entry.sort == "duties" else entry.name


def page(entry: Entry, style: Style) -> Iterator[str]:
    """Everything an entry says."""
    yield style.paint(flow(f"{entry.code}  {entry.name}"), "strong")
    gloss = entry.en if current() != "zh" else None
    for label, text in ((_("条款："), entry.cite), (_("条文："), entry.text), (_("英文："), gloss)):
        if text:
            yield from hang(label, flow(text), "  ")
    for label, lines in entry.details:
        for i, line in enumerate(lines):
            yield from hang(label if i == 0 else " " * width(label), flow(line), "  ")


def book_page(book: Rulebook, style: Style) -> Iterator[str]:
    """What a book is, what it covers and what it does not model."""
    yield style.paint(flow(f"{book.id}  {book.title}"), "strong")
    force = _("自 {start} 起").format(start=book.effective.start.isoformat())
    if book.effective.end:
        force += _("，至 {end} 前").format(end=book.effective.end.isoformat())
    counts = _("过错 {faults} 项，规则 {rules} 条，责任方式 {methods} 种，职责 {duties} 项").format(
        faults=len(book.faults), rules=len(book.rules), methods=len(book.methods), duties=len(book.duties))
    for label, text in (
        (_("制定机关："), book.issuer), (_("施行："), force), (_("说明："), book.effective.note or ""),
        (_("内容："), counts), (_("责任等级："), "、".join(book.degrees)), (_("角色："), "、".join(book.roles)),
        (_("所依法律："), "、".join(law.name for law in book.legal_basis)), (_("内容校验码（SHA-256）："), book.sha256),
    ):
        if text:
            yield from hang(label, flow(text), "  ")
    if book.not_modelled:
        yield "  " + _("未纳入测算的条款：")
        for gap in book.not_modelled:
            yield from hang(flow(gap.cite) + " ", flow(gap.reason), "    ")


def books(found: Sequence[Rulebook]) -> Iterator[str]:
    """The list of books."""
    rows = [[flow(b.id), b.effective.start.isoformat(),
             b.effective.end.isoformat() if b.effective.end else "", flow(b.title)] for b in found]
    if rows:
        yield from table([_("办法"), _("施行"), _("失效"), _("名称")], rows, whole=frozenset({0, 1, 2}))
    yield counted(_("共 {count} 部"), len(found))
