"""The files of a repository that are no cases and stand beside roster and settings: the list of powers,
the figures of a year, its appraisals. Each is read and checked with what the repository knows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from types import MappingProxyType

from msgspec import Struct

from enforcecli.model.problem import Problem
from enforcecli.reading.shape import Shape
from enforcecli.reading.workspace import APPRAISALS, POWERS_FILE, YEAR, SettingsFile, Workspace

MISSED = {"A208": "结果", "Q201": "种类", "Q202": "权限来源", "Q203": "依据", "Q204": "期限", "Q205": "审批"}
"""Kinds that say something is not there → the key of it; where what is there could not be read, that is
told alone."""
_NOBODY: Mapping[str, str] = MappingProxyType({})


class Sheet(Struct, frozen=True):
    """A file, its shape, what is still to be checked, and the people in it as written → ids."""

    file: SettingsFile
    shape: Shape
    check: Callable[[], list[Problem]]
    ids: Mapping[str, str] = _NOBODY


def is_sheet(inside: str) -> bool:
    """Whether the file, by its path within the repository, is one of these."""
    folder, slash, name = inside.partition("/")
    return inside == POWERS_FILE or (bool(slash) and folder in (YEAR, APPRAISALS) and "/" not in name)


def sheet(workspace: Workspace, inside: str, name: str) -> Sheet | None:
    """The file at this path within the repository, shown as `name`; None for any other file."""
    if inside == POWERS_FILE and workspace.powers_file is not None:
        return _powers(workspace, workspace.powers_file)
    if inside == POWERS_FILE or not is_sheet(inside):
        return None
    from enforcecli.reading.yearly import stem, yearly

    found = yearly(workspace, inside, name)
    if inside.startswith(f"{YEAR}/"):
        from enforcecli.checks.year import check_year
        from enforcecli.reading.year import SHAPE as OF_YEAR

        figures = found.figures
        return Sheet(found.file, OF_YEAR, _nothing if figures is None else partial(
            check_year, figures, stem(inside), workspace.roster))
    from enforcecli.checks.appraisals import check_appraisal
    from enforcecli.reading.appraisals import SHAPE as OF_APPRAISALS

    appraisal = found.appraisal
    return Sheet(found.file, OF_APPRAISALS, _nothing if appraisal is None else partial(
        check_appraisal, appraisal, stem(inside), workspace.roster, workspace.book()), found.ids)


def _powers(workspace: Workspace, file: SettingsFile) -> Sheet:
    from enforcecli.checks.powers import check_powers
    from enforcecli.reading.powers import SHAPE as OF_POWERS

    powers = workspace.powers
    return Sheet(file, OF_POWERS, _nothing if powers is None else partial(check_powers, powers))


def _nothing() -> list[Problem]:
    return []
