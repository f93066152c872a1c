"""Papers made for looking at: texts in the conventions, and what stands where on their pages (in mm
from the upper left corner of the paper)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache

import pymupdf
from msgspec import structs

from enforcecli.documents.blocks import parse
from enforcecli.documents.docx import Properties, to_docx
from enforcecli.documents.fonts import Fonts
from enforcecli.documents.shell import make_shell

ORGAN = "上江乡人民政府"
PROPERTIES = Properties("决定书", ORGAN, date(2026, 5, 8), "0" * 64)
MM = 72 / 25.4

HEAD = f"# {ORGAN}\n# 行政执法过错责任追究决定书\n\n上江责〔2026〕3号\n\n张某：\n\n"
END = f"附件：1．责任认定计算表\n2．送达回证\n\n>> {ORGAN}\n>> 2026年5月8日\n"
RECORD = f"\n>>> 抄送：县林业局，县司法局。\n>>> {ORGAN}办公室　　2026年5月8日印发\n"
TABLE = "| 人员 | 责任等次 | 承担（元） |\n|---|:---:|---:|\n| 张某 | 主要责任 | 5040.00 |\n"
FORM = "| | | | |\n|---|---|---|---|\n| 案号 | SJ-2026-003 | 阶段 | 决定 |\n| 案由 | 某厂处罚决定被撤销 | | |\n| 审批意见 | 　　 | | |\n"


def sentence(characters: int) -> str:
    """So many characters of Chinese without punctuation: nothing is compressed, nothing hangs."""
    return ("经查张某作为承办人未到现场复核即行报告致使案件定性不准" * (characters // 27 + 1))[:characters]


def decision(body: str, end: str = END) -> str:
    return f"{HEAD}{body}\n\n{end}"


@cache
def shell(name: str) -> bytes:
    return make_shell(name)


def made(text: str, name: str = "letter", fonts: Fonts | None = None, code: str = "") -> bytes:
    """The DOCX of a text in a shipped shell."""
    return to_docx(parse(text), shell(name), fonts or Fonts(), structs.replace(PROPERTIES, code=code))


@dataclass(frozen=True)
class Line:
    """A line of type. `base`: its baseline; the text without the spaces around it."""

    text: str
    left: float
    right: float
    base: float
    size: float
    font: str


def lines(page: pymupdf.Page) -> list[Line]:
    """The lines of a page from top to bottom; pieces on one baseline are one line."""
    rows: dict[float, list[Line]] = {}
    for piece in sorted(pieces(page), key=lambda line: (line.base, line.left)):
        near = next((base for base in rows if abs(base - piece.base) < 0.3), piece.base)
        rows.setdefault(near, []).append(piece)
    return [_joined(rows[base]) for base in sorted(rows)]


def pieces(page: pymupdf.Page) -> Iterator[Line]:
    """The runs of type of a page, as they come."""
    for block in page.get_text("rawdict")["blocks"]:
        for line in block.get("lines", ()):
            for span in line["spans"]:
                inked = [c for c in span["chars"] if not c["c"].isspace()]
                if inked:
                    yield Line("".join(c["c"] for c in inked), inked[0]["bbox"][0] / MM, inked[-1]["bbox"][2] / MM,
                               inked[0]["origin"][1] / MM, span["size"], span["font"])


def _joined(pieces: list[Line]) -> Line:
    pieces = sorted(pieces, key=lambda line: line.left)
    first = pieces[0]
    return Line("".join(p.text for p in pieces), first.left, pieces[-1].right, first.base, first.size, first.font)


def rules(page: pymupdf.Page) -> list[tuple[float, float, float]]:
    """The horizontal lines drawn on a page: height, left, right."""
    found = []
    for drawing in page.get_drawings():
        box = drawing["rect"]
        if box.height < 2 * MM and box.width > 20 * MM:
            found.append(((box.y0 + box.y1) / 2 / MM, box.x0 / MM, box.x1 / MM))
    return sorted(found)


def red_ink(page: pymupdf.Page) -> float:
    """Where red begins on a page."""
    picture = page.get_pixmap(dpi=127)  # 5 dots to a mm
    for y in range(picture.height):
        row = picture.samples[y * picture.stride:y * picture.stride + picture.width * 3]
        if any(row[x] > 200 and row[x + 1] < 90 for x in range(0, len(row), 3)):
            return y / 5
    return -1.0
