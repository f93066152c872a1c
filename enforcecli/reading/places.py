"""Where things stand in a case repository: names of files and directories, and where one begins.

Imports nothing of ours, so that whoever only looks around starts at once.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

OFFICE_FILE = "enforce.yaml"
ROSTER_FILE = "roster.yaml"
POWERS_FILE = "powers.yaml"
CASES, YEAR, APPRAISALS, RULEBOOKS = "cases", "year", "appraisals", "rulebooks"
BOOK_FILE = "rulebook.yaml"
ENDINGS = (".yaml", ".yml")
NOT_CASES = frozenset({RULEBOOKS, "templates", "decisions", "seals", YEAR, APPRAISALS, "slips"})
"""Directories of a case repository that hold no cases."""


def is_root(directory: Path) -> bool:
    """A case repository is where enforce.yaml or roster.yaml stands."""
    try:
        return (directory / OFFICE_FILE).is_file() or (directory / ROSTER_FILE).is_file()
    except OSError:  # a directory that may not be looked into
        return False


def root_of(path: Path) -> Path:
    """The case repository above a path: the nearest directory with enforce.yaml or roster.yaml,
    else the git work tree, else the path's own directory."""
    return _root_above(path if path.is_dir() else path.parent)


@lru_cache(maxsize=1024)
def _root_above(here: Path) -> Path:
    above = (here, *here.parents)
    for directory in above:
        if is_root(directory):
            return directory
        if (directory / ".git").exists():
            return directory
    return here
