"""The papers of the sample cases as text, and as a table of what is made and what refused.

python -m tests.documents.wording --update
"""

from __future__ import annotations

import re
import shutil
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from enforcecli.desk.examine import Examined, examine_file
from enforcecli.documents.context import Paper, Refusal, papers
from enforcecli.documents.kinds import KINDS
from enforcecli.documents.loader import Templates
from enforcecli.documents.sandbox import render_text
from enforcecli.reading.workspace import Workspace

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "sample_cases"
GOLDEN = Path(__file__).parent / "golden"
TABLE = GOLDEN / "papers.txt"
CASES = tuple(sorted((SAMPLES / "cases").glob("*/*.yaml")))
SHOWN = {
    "SJ-2026-003": tuple(KINDS),  # every paper of a case with referral and recovery
    "SJ-2025-005": ("calculation", "decision", "compensation", "referral", "finance", "closing"),
    "SJ-2025-006": ("no-pursuit", "closing", "investigation", "calculation"),
    "SJ-2025-007": ("no-filing", "index"),
    "SJ-2026-001": ("clue",),
    "SJ-2026-002": ("decision", "service", "rectification"),
    "SJ-2026-005": ("investigation", "calculation"),
    "SJ-2026-007": ("investigation", "deliberation", "calculation", "interview"),
    "SJ-2026-008": ("decision", "deliberation", "review"),
    "SJ-2026-011": ("decision", "referral"),
    "SJ-2026-012": ("referral",),
    "SJ-2026-014": ("decision",),
}
"""Case → the kinds whose text is kept: each shape of each paper once."""
_RECEIPT = re.compile(r"^计算凭据：.*$", re.MULTILINE)


@cache
def workspace(root: Path = SAMPLES) -> Workspace:
    return Workspace.open(root)


@cache
def examined(path: Path) -> Examined:
    return examine_file(path)


def made(path: Path, kind: str, root: Path = SAMPLES) -> list[Paper | Refusal]:
    here = workspace(root)
    return papers(examined(path), here.office, here.roster, KINDS[kind])


def every(path: Path, root: Path = SAMPLES) -> Iterator[Paper | Refusal]:
    for kind in KINDS:
        yield from made(path, kind, root)


def text(paper: Paper) -> str:
    """By the shipped templates. What changes with every edit of a sample is left out."""
    worded = render_text(paper.kind.template, paper.context, Templates())
    assert isinstance(worded, str), worded
    return _RECEIPT.sub("计算凭据：…", worded)


def golden_files() -> dict[Path, str]:
    files = {}
    for path in CASES:
        for kind in SHOWN.get(path.stem, ()):
            for paper in made(path, kind):
                if isinstance(paper, Paper):
                    files[GOLDEN / path.stem / f"{paper.name}.md"] = text(paper)
    return files


def table() -> str:
    """One line per paper: case, kind, for whom, made or the codes of the refusal."""
    lines = []
    for path in CASES:
        for paper in every(path):
            if isinstance(paper, Refusal) and paper.idle:
                continue
            answer = "made" if isinstance(paper, Paper) else " ".join(sorted({p.code for p in paper.problems}))
            lines.append(f"{path.stem} {paper.kind.id} {paper.subject or '-'} {answer}")
    return "\n".join(lines) + "\n"


def update() -> None:
    for directory in GOLDEN.glob("*/"):
        shutil.rmtree(directory)
    for path, words in golden_files().items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(words, encoding="utf-8", newline="\n")
    TABLE.write_text(table(), encoding="utf-8", newline="\n")


if __name__ == "__main__" and "--update" in sys.argv:
    update()
