"""The papers of the sample cases as text, and as a table of what is made and what refused.

python -m tests.documents.wording --update
"""

from __future__ import annotations

import re
import shutil
import sys
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path

from enforcecli.desk.examine import Examined, examine_file
from enforcecli.documents.context import Paper, Refusal, papers
from enforcecli.documents.kinds import KINDS, STATEMENT
from enforcecli.documents.loader import Templates
from enforcecli.documents.statement import Subject, context_of
from enforcecli.documents.wording import render_text
from enforcecli.reading.workspace import Workspace
from enforcecli.rules.chain import position

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
    files |= {GOLDEN / "名册" / f"{paper.name}.md": text(paper) for paper in statements()}
    return files


def statements() -> list[Paper]:
    """The statement of each sort of person, and of one whose head's office is vacant."""
    return [statement(who, day) for who, day in (
        ("赵某", date(2026, 6, 30)), ("孙某", date(2026, 6, 30)), ("刘某", None), ("张某", date(2026, 6, 30)), ("马某", date(2025, 8, 1)))]


def statement(who: str, day: date | None, root: Path = SAMPLES) -> Paper:
    here = workspace(root)
    book = here.book()
    assert here.roster is not None and book is not None
    held = position(here.roster, who, day)
    assert held is not None
    return Paper(STATEMENT, who, context_of(Subject(here, here.roster, book, day), held), f"{STATEMENT.name}-{who}")


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
