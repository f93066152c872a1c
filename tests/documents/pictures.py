"""The pictures of docs/papers.md: papers of the sample cases, page beside page.

python -m tests.documents.pictures

Made where a 仿宋 and a 楷体 are installed (the pictures in the repository: Fandol fonts, Noto Serif CJK
for the 小标宋), so that they look like what an office prints.
"""

from __future__ import annotations

from pathlib import Path

import pymupdf

from enforcecli.desk.examine import examine_file
from enforcecli.documents.kinds import KINDS
from enforcecli.documents.pdf import to_pdf
from enforcecli.documents.render import DOCX, Rendered, render
from enforcecli.reading.workspace import Workspace

ROOT = Path(__file__).parents[2]
CASE = ROOT / "sample_cases" / "cases" / "2026" / "SJ-2026-003.yaml"
IMAGES = ROOT / "docs" / "images"
SHOWN = {"decision": "张某", "calculation": None, "referral": "县林业局", "filing": None, "service": "张某"}
"""Kind → for whom."""
WIDTH, HEIGHT, GAP = 595, 842, 12


def documents() -> dict[str, bytes]:
    kinds = [KINDS[kind] for kind in SHOWN]
    made = render(examine_file(CASE), Workspace.open(CASE), kinds, formats=(DOCX,))
    return {one.kind.id: one.data for one in made
            if isinstance(one, Rendered) and SHOWN[one.kind.id] in (None, one.subject)}


def strip(pdfs: list[bytes], most: int = 4) -> bytes:
    """The pages beside each other, as PNG."""
    sources = [pymupdf.open(stream=data) for data in pdfs]
    pages = [(source, at) for source in sources for at in range(source.page_count)][:most]
    sheet = pymupdf.open()
    page = sheet.new_page(width=len(pages) * (WIDTH + GAP) + GAP, height=HEIGHT + 2 * GAP)
    page.draw_rect(page.rect, color=None, fill=(0.85, 0.85, 0.85))
    for at, (source, number) in enumerate(pages):
        left = GAP + at * (WIDTH + GAP)
        place = pymupdf.Rect(left, GAP, left + WIDTH, GAP + HEIGHT)
        page.draw_rect(place, color=None, fill=(1, 1, 1))
        page.show_pdf_page(place, source, number)
    picture: bytes = page.get_pixmap(dpi=60).tobytes("png")
    return picture


def main() -> None:
    made = to_pdf(documents())
    if not isinstance(made, dict):
        raise SystemExit(f"no PDF: {made.code}")
    IMAGES.mkdir(exist_ok=True)
    for name, kinds in {"decision": ["decision"], "calculation": ["calculation"], "referral": ["referral"],
                        "forms": ["filing", "service"]}.items():
        (IMAGES / f"{name}.png").write_bytes(strip([made[kind] for kind in kinds]))


if __name__ == "__main__":
    main()
