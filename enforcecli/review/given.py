"""What the office states about a year – its figures, its appraisals – as far as the review may rely on it."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from enforcecli.desk.examine import examine_in
from enforcecli.model.appraisal import Appraisal
from enforcecli.model.problem import Level
from enforcecli.model.year import YearFigures
from enforcecli.problems import level
from enforcecli.reading.workspace import APPRAISALS, Workspace
from enforcecli.reading.workspace import YEAR as FIGURES
from enforcecli.reading.yearly import YearFile, appraisals_of, figures_of
from enforcecli.review.words import ERRORS, NO_FILE, NO_ROSTER, OTHER_YEAR, TIED_TO_FINES, UNREAD
from enforcecli.review.year import Key

_TIED = "A210"


class Given(Struct, frozen=True):
    """`figures`, `appraisal`: None where there are none to be used; `notes`: (what, file, place), what has
    to be said of the files."""

    figures: YearFigures | None
    appraisal: Appraisal | None
    notes: tuple[Key, ...]


def given_in(workspace: Workspace, year: int, place: str) -> Given:
    """A file that states another year than its name is of no year. An appraisal tied to fines is refused
    as a whole (行政处罚法第七十四条): what else it says was measured by them too."""
    figures, appraisals = figures_of(workspace, year), appraisals_of(workspace, year)
    found = {folder: _wrong(workspace, file, year) for folder, file in ((FIGURES, figures), (APPRAISALS, appraisals))}
    notes = [(what, file.name if file is not None else f"{folder}/{year}.yaml", place)
             for (folder, what), file in zip(found.items(), (figures, appraisals), strict=True) if what]
    return Given(
        figures.figures if figures is not None and found[FIGURES] != OTHER_YEAR else None,
        appraisals.appraisal if appraisals is not None and found[APPRAISALS] not in (OTHER_YEAR, TIED_TO_FINES) else None,
        (*notes, *_settings(workspace, place)))


def _wrong(workspace: Workspace, file: YearFile | None, year: int) -> str:
    """The worst that is wrong with a file; '' for nothing."""
    if file is None:
        return NO_FILE
    examined = examine_in(workspace, file.name)
    stated = file.figures or file.appraisal
    if examined.unreadable:
        return UNREAD
    if any(problem.code == _TIED for problem in examined.problems):
        return TIED_TO_FINES
    if stated is not None and stated.year != year:
        return OTHER_YEAR
    return ERRORS if any(level(problem) is Level.ERROR for problem in examined.problems) else ""


def _settings(workspace: Workspace, place: str) -> Iterator[Key]:
    if workspace.roster is None:
        yield NO_ROSTER, "", place
    for file in (workspace.office_file, workspace.roster_file):
        if file is not None and not file.sound:
            yield UNREAD if examine_in(workspace, file.path.name).unreadable else ERRORS, file.path.name, place
