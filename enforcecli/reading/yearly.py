"""The files of a year in a repository: year/2026.yaml and appraisals/2026.yaml, by their year."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from msgspec import Struct

from enforcecli.model.appraisal import Appraisal
from enforcecli.model.problem import Problem
from enforcecli.model.year import YearFigures
from enforcecli.reading.appraisals import read_appraisals
from enforcecli.reading.files import shown_at
from enforcecli.reading.workspace import APPRAISALS, YEAR, SettingsFile, Workspace
from enforcecli.reading.year import read_year
from enforcecli.text.document import parse

_NOBODY: Mapping[str, str] = MappingProxyType({})


class YearFile(Struct, frozen=True):
    """A file of a year as read. `file` holds its document and problems; `figures` or `appraisal` is what
    it says, None where that cannot be told; `ids`: people as written → ids."""

    name: str
    file: SettingsFile
    figures: YearFigures | None = None
    appraisal: Appraisal | None = None
    ids: Mapping[str, str] = _NOBODY


def figures_of(workspace: Workspace, year: int) -> YearFile | None:
    """year/2026.yaml (or .yml); None if there is none."""
    return _of_year(workspace, YEAR, year)


def appraisals_of(workspace: Workspace, year: int) -> YearFile | None:
    """appraisals/2026.yaml (or .yml); None if there is none."""
    return _of_year(workspace, APPRAISALS, year)


def _of_year(workspace: Workspace, folder: str, year: int) -> YearFile | None:
    names = (f"{folder}/{year}.yaml", f"{folder}/{year}.yml")
    return next((yearly(workspace, name) for name in names if workspace.files.exists(name)), None)


def yearly(workspace: Workspace, inside: str, shown: str | None = None) -> YearFile:
    """A file of year/ or appraisals/ by its path within the repository. `shown`: how it is named in
    problems, else as the reader can open it."""
    path, place = workspace.root / inside, shown or shown_at(workspace.root, inside)
    source = workspace.files.read(inside, place)
    if isinstance(source, Problem):
        return YearFile(inside, SettingsFile(path, None, (source,)))
    document = parse(source.data, place)
    if document.root is None:
        return YearFile(inside, SettingsFile(path, document, document.problems))
    if inside.startswith(f"{YEAR}/"):
        figures, problems = read_year(document, workspace.roster)
        return YearFile(inside, SettingsFile(path, document, (*document.problems, *problems)), figures)
    appraisal, problems, ids = read_appraisals(document, workspace.roster)
    return YearFile(inside, SettingsFile(path, document, (*document.problems, *problems)), None, appraisal, ids)


def stem(inside: str) -> str:
    """2026 for year/2026.yaml."""
    return Path(inside).stem
