"""The samples of the problem kinds, laid over small valid files and examined like any file.

A sample is a piece of a file: its top-level keys replace those of the base of its sort. Samples of
the sort `bytes` are whole files.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from enforcecli.desk.examine import examine_case, examine_file
from enforcecli.model.problem import Problem
from enforcecli.reading.workspace import OFFICE_FILE, POWERS_FILE, ROSTER_FILE, Workspace
from enforcecli.text.document import parse

SAMPLES = Path(__file__).parent / "samples"
SHEETS = {"roster": ROSTER_FILE, "office": OFFICE_FILE, "powers": POWERS_FILE, "year": "year/2026.yaml",
          "appraisals": "appraisals/2026.yaml"}
PLACES = {"case": "cases/SJ-2026-003.yaml", **SHEETS}
BASES = {sort: f"base_{sort}.yaml" for sort in PLACES}
_TOP_KEY = re.compile(r"""^["']?([^\s#"':：,{}\[\]&*!|>%@`-][^:：]*?)["']?\s*[:：]""")


@cache
def base(sort: str) -> str:
    return (SAMPLES / BASES[sort]).read_text(encoding="utf-8")


def blocks(text: str) -> dict[str, str]:
    """Top-level key → its lines; what stands before the first key belongs to it."""
    found: dict[str, str] = {}
    key = ""
    for line in text.splitlines(keepends=True):
        top = _TOP_KEY.match(line)
        if top is not None:
            key = top[1]
        found[key] = found.get(key, "") + line
    return found


def laid_over(sample: str, sort: str) -> str:
    """The base with the sample's keys in place of its own."""
    return "".join((blocks(base(sort)) | blocks(sample)).values())


def repository(root: Path, **texts: str) -> Path:
    """A case repository of the bases, with `texts` (by sort) in place of one of them."""
    for sort, place in PLACES.items():
        file = root / place
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(texts.get(sort, base(sort)), encoding="utf-8")
    return root


def examined(text: str, sort: str, workspace: Workspace, root: Path) -> tuple[Problem, ...]:
    """The problems of one file of a repository. A case is examined in `workspace`; any other
    file makes a repository of its own below `root`."""
    if sort == "case":
        data = text.encode()
        return examine_case(parse(data, Path(PLACES[sort]).name), workspace, PLACES[sort], "").problems
    return examine_file(repository(root, **{sort: text}) / PLACES[sort]).problems
