"""A paper as DOCX: the blocks of its text in the samples of a shell.

Nothing of the machine or the hour is in the file: the same text, shell and fonts give the same
members. The document is put together as text, which is many times faster than a tree per paper.
"""

from __future__ import annotations

import re
import zipfile
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from html import unescape
from io import BytesIO

from msgspec import Struct, structs

from enforcecli.documents.blocks import (
    ADDRESSEE,
    ATTACHMENTS,
    DATE,
    LEVEL_1,
    LEVEL_2,
    NUMBER,
    PARAGRAPH,
    RECORD,
    SIGNATURE,
    TABLE,
    TITLE,
    Block,
)
from enforcecli.documents.fonts import Fonts, pieces
from enforcecli.documents.freeze import freeze
from enforcecli.documents.lines import balanced, shortened_blanks
from enforcecli.documents.shell import ANCHOR, CELL, CODE, HEAD_CELL, MARK, ORGAN, RULE
from enforcecli.documents.shell_package import CORE, CUSTOM
from enforcecli.documents.shell_parts import HEAD as XML
from enforcecli.documents.shell_reading import BEFORE, CLOSING, HEAD, Sample, Shell, open_shell
from enforcecli.documents.tables import column_widths

_BODY = frozenset({LEVEL_1, LEVEL_2, PARAGRAPH, TABLE, ADDRESSEE})
_SIGNED = frozenset({SIGNATURE, DATE})
_KEEP = "<w:keepNext/>"
_HINT = '<w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr>'
_CELL_MARGIN = 190
_SMALL = 6
"""A table of so many rows stays on one page."""
_LOOSE = re.compile("\u3000\u3000|[!-~]{12}")
"""Room for a pen, or a word that cannot be broken: its line is not stretched to the margins."""
_LINE_OF_FORM, _TALL = 560, 1400  # about 1 cm and 2.5 cm
_OPINION = re.compile(r".*(?:意见|签名|签字|签章|批示|审批|批准)")
_UNSAYABLE = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ISSUED = re.compile(r"(.*?\S)[ \u3000]+([0-9\u3000 ]*年.*印发)")
_LISTED = re.compile(r"(附件：)?([0-9]{1,2}[.．、][ ]?)?")


class Properties(Struct, frozen=True):
    """What the file says of itself: title, organ, day of the paper (never today), sha256 of what it
    was made from; `code`: the code printed at the foot of a sealed paper."""

    title: str
    organ: str
    day: date
    digest: str
    code: str = ""


def to_docx(blocks: Sequence[Block], shell: bytes, fonts: Fonts, properties: Properties) -> bytes:
    """The paper. A shell that check_shell refuses raises ShellError."""
    opened = open_shell(shell, fonts)
    made = {HEAD: "".join(_mark(opened, properties.organ)), CLOSING: "".join(_record(opened, blocks))}
    if BEFORE in opened.slots:
        number = next((block for block in blocks if block.kind == NUMBER), Block(NUMBER))
        made[BEFORE] = _paragraph(opened.sample(NUMBER), number.text)
        blocks = [block for block in blocks if block is not number]
    made["flow"] = "".join(_flow(opened, [block for block in blocks if block.kind != RECORD]))
    organ, code = _escaped(properties.organ), _escaped(f"核验码 {properties.code}" if properties.code else "")
    first, *rest = (piece.replace(ORGAN, organ) for piece in opened.pieces)
    document = first + "".join(made[slot] + piece for slot, piece in zip(opened.slots, rest, strict=True))
    around = {name: text.replace(ORGAN, organ).replace(CODE, code) for name, text in opened.around.items()}
    texts = {**around, "word/document.xml": document, CORE: _core(properties),
             CUSTOM: _custom(properties)}
    return freeze({**opened.members, **{name: (XML + text).encode() for name, text in texts.items()}})


# paragraphs

def _flow(shell: Shell, blocks: Sequence[Block]) -> Iterator[str]:
    kept = _kept(blocks)
    text_seen = False
    for at, block in enumerate(blocks):
        keep = {"keepNext": _KEEP} if at in kept else {}
        if block.kind == TABLE:
            yield from _table(shell, block, keep=bool(keep))
        elif block.kind == ATTACHMENTS:
            yield from _attachments(shell.sample(ATTACHMENTS), block)
        elif block.kind == TITLE:
            again = text_seen and blocks[at - 1].kind != TITLE
            yield _title(shell, block.text, new_page=again)
        elif block.kind == PARAGRAPH and _LOOSE.search(block.text):
            sample = shell.sample(PARAGRAPH)
            room = shell.width // (5 * sample.size) - 4  # two characters in
            yield _paragraph(sample, shortened_blanks(block.text, room), jc='<w:jc w:val="left"/>', **keep)
        else:
            yield _paragraph(shell.sample(block.kind), block.text, **keep)
        text_seen = text_seen or block.kind in _BODY


def _title(shell: Shell, text: str, *, new_page: bool) -> str:
    sample = shell.sample(TITLE)
    page = {"pageBreakBefore": "<w:pageBreakBefore/>"} if new_page else {}
    lines = balanced(text, shell.width // (10 * sample.size))
    return f'{sample.opening(**page)}{"<w:r><w:br/></w:r>".join(_runs(sample, line) for line in lines)}</w:p>'


def _kept(blocks: Sequence[Block]) -> set[int]:
    """The blocks that stay on one page with what follows: from the last of the text through the
    attachments to the date, for no page may hold a signature and no text."""
    kept: set[int] = set()
    for at, block in enumerate(blocks):
        if block.kind not in _SIGNED or at == 0:
            continue
        before = at - 1
        while before > 0 and blocks[before].kind in {ATTACHMENTS, *_SIGNED}:
            kept.add(before)
            before -= 1
        kept.add(before)
    return kept


def _paragraph(sample: Sample, text: str, **extra: str) -> str:
    tab = f"<w:r>{sample.rpr or _HINT}<w:tab/></w:r>" if sample.tab else ""
    return f"{sample.opening(**extra)}{tab}{_runs(sample, text)}</w:p>"


def _runs(sample: Sample, text: str) -> str:
    return "".join(
        f'<w:r>{_with_font(sample.rpr, font)}<w:t xml:space="preserve">{_escaped(piece)}</w:t></w:r>'
        for piece, font in pieces(text, sample.font) if piece)


def _with_font(rpr: str, font: str | None) -> str:
    """The run's look; a stand-in font for characters the font lacks."""
    if font is None:
        return rpr or _HINT
    slots = f'<w:rFonts w:ascii="{font}" w:hAnsi="{font}" w:eastAsia="{font}" w:cs="{font}" w:hint="eastAsia"/>'
    if "<w:rFonts" in rpr:
        return re.sub(r"<w:rFonts[^>]*/>", slots, rpr)
    return rpr.replace("<w:rPr>", f"<w:rPr>{slots}") if rpr else f"<w:rPr>{slots}</w:rPr>"


def _escaped(text: str) -> str:
    text = _UNSAYABLE.sub("\ufffd", text)
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _mark(shell: Shell, organ: str) -> Iterator[str]:
    """The organ's mark, smaller where the name is too long for one line."""
    if HEAD in shell.slots:
        sample = shell.sample(MARK)
        text = sample.text.replace(ORGAN, organ)
        size = min(sample.size, shell.width // (10 * max(len(text), 1)))
        rpr = re.sub(r"<w:sz(?:Cs)? [^>]*/>", "", sample.rpr or _HINT)
        sized = rpr.replace("</w:rPr>", f'<w:sz w:val="{size}"/><w:szCs w:val="{size}"/></w:rPr>')
        yield _paragraph(structs.replace(sample, rpr=rpr if size == sample.size else sized), text)


def _attachments(sample: Sample, block: Block) -> Iterator[str]:
    """Each on its own line, two characters in; what turns over stands under the name's first
    character."""
    character = sample.size * 10
    for at, line in enumerate(block.text.split("\n")):
        match = _LISTED.match(line)
        head, ordinal = (match[1] or "", match[2] or "") if match is not None else ("", "")
        in_front = sum(character // 2 if c.isascii() else character for c in ordinal)
        hanging = in_front + (3 * character if head else 0)
        indent = f'<w:ind w:left="{5 * character + in_front}" w:hanging="{hanging}"/>'
        if at == 0 and not ordinal:
            yield _paragraph(sample, line, keepNext=_KEEP)
        else:
            yield _paragraph(sample, line, ind=indent, keepNext=_KEEP)


def _record(shell: Shell, blocks: Sequence[Block]) -> Iterator[str]:
    """版记: a rule above, between and below its lines."""
    lines = [block.text for block in blocks if block.kind == RECORD]
    last = f"{shell.sample(ANCHOR).opening()}</w:p>" if ANCHOR in shell.samples else ""
    if not lines:
        if blocks and blocks[-1].kind == TABLE:  # a document ends with a paragraph
            yield last or "<w:p/>"
        return
    rules = shell.samples.get(RULE, ())
    def rule(at: int) -> str:
        return f"{rules[at].opening()}{rules[at].runs}</w:p>" if rules else ""

    for at, line in enumerate(lines):
        yield rule(0 if at == 0 else min(1, len(rules) - 1))
        sample = shell.sample(RECORD, 1 if at else 0)
        issued = _ISSUED.fullmatch(line)
        if issued is None:
            yield _paragraph(sample, line)
        else:
            yield f"{sample.opening()}{_runs(sample, issued[1])}<w:r><w:tab/></w:r>{_runs(sample, issued[2])}</w:p>"
    yield rule(-1) + last


# tables

def _table(shell: Shell, block: Block, *, keep: bool) -> Iterator[str]:
    head, *rows = block.rows
    plain, bold = shell.sample(CELL), shell.sample(HEAD_CELL)
    widths = column_widths([row for row in block.rows if row], shell.width, size=plain.size, margin=_CELL_MARGIN)
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    yield f"<w:tbl><w:tblPr>{shell.table}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>"
    small = len(rows) <= _SMALL
    if head:
        kept = {"keepNext": _KEEP} if rows else {}
        yield _row("<w:tblHeader/>", [_cell(width, bold, text, 1, **kept) for width, text in zip(widths, head, strict=True)])
    for at, row in enumerate(rows):
        last = at == len(rows) - 1
        extra = {"keepNext": _KEEP} if (keep if last else small) else {}
        cells = _cells(plain, row, widths, block.aligns, form=not head, extra=extra)
        yield _row("" if head else _height(row), list(cells))
    yield "</w:tbl>"


def _row(height: str, cells: Sequence[str]) -> str:
    return f'<w:tr><w:trPr><w:cantSplit/>{height}</w:trPr>{"".join(cells)}</w:tr>'


def _height(row: Sequence[str]) -> str:
    """A line of a form leaves room for a pen; one for an opinion leaves more."""
    opinion = len(row) > 1 and _OPINION.fullmatch(row[0]) and len(row[1]) < 30
    return f'<w:trHeight w:val="{_TALL if opinion else _LINE_OF_FORM}" w:hRule="atLeast"/>'


def _cells(sample: Sample, row: Sequence[str], widths: Sequence[int], aligns: Sequence[str], *, form: bool,
           extra: dict[str, str]) -> Iterator[str]:
    """The cells of a row. In a form labels stand in the middle, and pairs of label and value that are wholly empty at its end
    widen the cell before them."""
    used = len(row)
    while form and used >= 4 and used % 2 == 0 and not row[used - 1] and not row[used - 2]:
        used -= 2
    for at in range(used):
        last = at == used - 1
        width = sum(widths[at:]) if last else widths[at]
        span = len(row) - used + 1 if last else 1
        place = aligns[at] or ("center" if form and at % 2 == 0 else "")
        align = {"jc": f'<w:jc w:val="{place}"/>'} if place else {}
        room = (width - _CELL_MARGIN) // (5 * sample.size)
        yield _cell(width, sample, shortened_blanks(row[at], room), span, **align, **extra)


def _cell(width: int, sample: Sample, text: str, span: int = 1, **extra: str) -> str:
    spanned = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    return (f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{spanned}<w:vAlign w:val="center"/></w:tcPr>'
            f"{_paragraph(sample, text, **extra)}</w:tc>")


# what the file says of itself

def _core(properties: Properties) -> str:
    when = f"{properties.day.isoformat()}T00:00:00Z"
    return (
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{_escaped(properties.title)}</dc:title><dc:creator>{_escaped(properties.organ)}</dc:creator>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{when}</dcterms:created>'
        f'<dcterms:modified xsi:type="dcterms:W3CDTF">{when}</dcterms:modified>'
        "<dc:language>zh-CN</dc:language></cp:coreProperties>"
    )


def _custom(properties: Properties) -> str:
    return (
        '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" '
        'xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">'
        '<property fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid="2" name="enforce-sha256">'
        f"<vt:lpwstr>{_escaped(properties.digest)}</vt:lpwstr></property></Properties>"
    )


# reading a paper back

_TEXT = re.compile(r"<w:t(?: [^>]*)?>([^<]*)</w:t>|(</w:p>)")


def words_of(docx: bytes) -> tuple[str, ...]:
    """The text of a paper's document, paragraph by paragraph, without empty ones."""
    with zipfile.ZipFile(BytesIO(docx)) as archive:
        document = archive.read("word/document.xml").decode()
    paragraphs = [""]
    for match in _TEXT.finditer(document):
        if match[2]:
            paragraphs.append("")
        else:
            paragraphs[-1] += unescape(match[1])
    return tuple(p for p in paragraphs if p)


def missing_words(blocks: Sequence[Block], docx: bytes) -> tuple[str, ...]:
    """The pieces of text of the blocks that the DOCX does not hold (spaces do not count)."""
    def bare(text: str) -> str:
        return re.sub(r"[ \u3000\t]", "", text)

    there = Counter(bare(text) for text in words_of(docx))
    wanted = Counter(bare(text) for block in blocks for text in block.words())
    return tuple(text for text in (wanted - there) if text)
