"""The text of a paper, as the blocks a page is made of.

A paper is written as Markdown that reads well as it stands, with a few conventions:

- `# ` one line of the title, broken by sense; several lines follow each other. After text: a new
  page with a title of its own (a reply slip)
- right after the title: the 文号, then the addressee, ending with `：`
- `## ` the level 一、, `### ` the level （一）
- `| … |` a table; a head row without any text is none, so the table is a form
- a paragraph that starts with `附件：`; each further line is one more attachment
- `>> ` the signature: who signs, and the date
- `>>> ` the closing record (版记): 抄送…, 印发机关 and date
- anything else is a paragraph; a backslash before an ASCII sign takes its meaning as Markdown
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct

TITLE, NUMBER, ADDRESSEE = "标题", "文号", "主送"
LEVEL_1, LEVEL_2, PARAGRAPH, TABLE = "一级", "二级", "段落", "表格"
ATTACHMENTS, SIGNATURE, DATE, RECORD = "附件", "署名", "日期", "版记"
BLOCK_KINDS = (TITLE, NUMBER, ADDRESSEE, LEVEL_1, LEVEL_2, PARAGRAPH, TABLE, ATTACHMENTS, SIGNATURE, DATE, RECORD)

_NUMBER = re.compile(r"[^〔〕，。；：]{0,40}〔[^〔〕]{0,12}〕[^〔〕，。；：]{0,12}号")
_DATE = re.compile(r"[^年月日]{0,24}年[^年月日]{0,12}月[^年月日]{0,12}日")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_RULE = re.compile(r"[ ]{0,3}:?-+:?[ ]*")
_PREFIXES = (("### ", LEVEL_2), ("## ", LEVEL_1), ("# ", TITLE), (">>> ", RECORD), (">> ", SIGNATURE))
_ALIGN = {(True, True): "center", (True, False): "left", (False, True): "right", (False, False): ""}
_STRANGE = re.compile(r"[*`~_]|!?\[[^\[\]]*\][(\[]|<[A-Za-z/!?]|&#?[0-9A-Za-z]{1,32};")
_STRANGE_START = re.compile(r"(?:[-+*](?:[ \t]|$)|[0-9]{1,9}[.)](?:[ \t]|$)|#|>|[ ]{4}|\t|(?:-[ ]?){3}|=+[ ]*$|---|~~~)")


class Block(Struct, frozen=True):
    """One block. `text` is plain text (attachments: one a line); a table has `rows` of cells, all
    of one length, the head row first, `()` in its place if there is none; `aligns` holds left, center,
    right or '' per column."""

    kind: str
    text: str = ""
    rows: tuple[tuple[str, ...], ...] = ()
    aligns: tuple[str, ...] = ()

    def words(self) -> Iterator[str]:
        """Its pieces of text, in the order of reading."""
        if self.kind == TABLE:
            yield from (cell for row in self.rows for cell in row)
        else:
            yield from self.text.split("\n")


def parse(text: str) -> tuple[Block, ...]:
    """The blocks of a paper. Text is never lost: what is not understood is a paragraph."""
    blocks: list[Block] = []
    for group in _groups(text.split("\n")):
        blocks.append(_block(group, blocks))
    return tuple(blocks)


def _groups(lines: Sequence[str]) -> Iterator[list[str]]:
    """The lines that make one block each."""
    group: list[str] = []
    sort = ""
    for line in lines:
        kind = _kind(line)
        if group and (kind != sort or kind not in {PARAGRAPH, TABLE}):
            yield group
            group = []
        sort = kind
        if kind:
            group.append(line)
    if group:
        yield group


def _kind(line: str) -> str:
    """What a line is by its beginning; '' for an empty one."""
    if not line.strip():
        return ""
    if line.startswith("|"):
        return TABLE
    if line.strip() in {"#", "##", "###", ">>", ">>>"}:
        return ""
    return next((kind for prefix, kind in _PREFIXES if line.startswith(prefix)), PARAGRAPH)


def _block(lines: list[str], before: Sequence[Block]) -> Block:
    kind = _kind(lines[0])
    if kind == TABLE:
        return _table(lines)
    if kind == PARAGRAPH:
        return _paragraph(lines, before[-1].kind if before else "")
    prefix = next(prefix for prefix, of in _PREFIXES if of == kind)
    text = plain(lines[0][len(prefix):].strip(" "))
    if kind == SIGNATURE and _DATE.fullmatch(text):
        kind = DATE
    return Block(kind, text)


def _paragraph(lines: list[str], before: str) -> Block:
    if lines[0].lstrip(" ").startswith("附件："):
        return Block(ATTACHMENTS, "\n".join(plain(line.strip(" ")) for line in lines))
    text = plain(_joined(lines))
    if before == TITLE and _NUMBER.fullmatch(text):
        return Block(NUMBER, text)
    if before in {TITLE, NUMBER} and text.endswith("："):
        return Block(ADDRESSEE, text)
    return Block(PARAGRAPH, text)


def _joined(lines: list[str]) -> str:
    """Chinese lines join without a space, words of other scripts with one."""
    text = lines[0].strip(" ")
    for line in lines[1:]:
        further = line.strip(" ")
        apart = text[-1:].isascii() and text[-1:].isalnum() and further[:1].isascii() and further[:1].isalnum()
        text += " " + further if apart else further
    return text


def _table(lines: list[str]) -> Block:
    rows = [_cells(line) for line in lines]
    aligns: tuple[str, ...] = ()
    if len(rows) > 1 and all(_RULE.fullmatch(cell) for cell in rows[1]):
        aligns = tuple(_ALIGN[cell.strip().startswith(":"), cell.strip().endswith(":")] for cell in rows.pop(1))
    width = max(len(row) for row in rows)
    full = [tuple(plain(cell) for cell in row) + ("",) * (width - len(row)) for row in rows]
    if not any(full[0]):
        full[0] = ()
    return Block(TABLE, rows=tuple(full), aligns=(aligns + ("",) * width)[:width])


def _cells(line: str) -> list[str]:
    """The cells of a row: what stands between bars that are not escaped."""
    cells, start, at = [], 1, 1
    while at < len(line):
        if line[at] == "\\":
            at += 1
        elif line[at] == "|":
            cells.append(line[start:at].strip(" "))
            start = at + 1
        at += 1
    if line[start:].strip(" "):
        cells.append(line[start:].strip(" "))
    return cells or [""]


def plain(markdown: str) -> str:
    """The text without the backslashes of Markdown."""
    return _ESCAPED.sub(r"\1", markdown)


def strange(text: str) -> Iterator[tuple[int, str]]:
    """The lines of a paper that Markdown reads as something these conventions have no block for
    (lists, bold, links, HTML): a reader of the text would see another paper than the page shows."""
    for at, line in enumerate(text.split("\n"), start=1):
        kind = _kind(line)
        prefix = next((p for p, of in _PREFIXES if of == kind), "")
        bare = _ESCAPED.sub("", line[len(prefix):])
        if _STRANGE.search(bare) or (kind == PARAGRAPH and _STRANGE_START.match(line)):
            yield at, line
