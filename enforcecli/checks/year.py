"""The figures of a year against themselves and the roster (docs/year-and-appraisal.md). Statistics are
never judged; what cannot be right is told."""

from __future__ import annotations

from enforcecli.checks.common import Found
from enforcecli.model.problem import Path, Problem, problem
from enforcecli.model.roster import Roster
from enforcecli.model.year import Figures, YearFigures

_WITHIN = (("corrected", "复议纠错", "reconsidered", "被申请复议"), ("lost", "败诉", "sued", "被诉"),
           ("credentialed", "持证人数", "staff", "执法人员"), ("rectified", "完成整改", "defects", "发现问题"),
           ("files_passed", "评查合格", "files_reviewed", "案卷评查"))
"""A part and the whole it is taken of: what rates are computed from."""


def check_year(figures: YearFigures, stem: str, roster: Roster | None) -> list[Problem]:
    """`stem`: the name of the file without its ending."""
    out: Found = []
    if str(figures.year) != stem:
        out.append(problem("N201", ("year",), year=figures.year, file=stem))
    for name, one in figures.units.items():
        _figures(one, ("units", name), name, out)
    if figures.own is not None:
        _figures(figures.own, ("own",), "全机关", out)
    missing = [name for name in (roster.units if roster is not None else ()) if name not in figures.units]
    if missing:
        out.append(problem("N204", ("units",), on_key=True, units="、".join(missing), year=figures.year))
    return out


def _figures(one: Figures, where: Path, unit: str, out: Found) -> None:
    for part, part_key, whole, whole_key in _WITHIN:
        of, among = getattr(one, part), getattr(one, whole)
        if of is not None and among is not None and of > among:
            out.append(problem("N202", (*where, part), unit=unit, part=part_key, count=of, whole=whole_key, most=among))
        elif of and among is None:
            out.append(problem("N203", (*where, part), unit=unit, part=part_key, count=of, whole=whole_key))
    if one.fines and one.penalties == 0:
        out.append(problem("N205", (*where, "fines"), unit=unit, fines=f"{one.fines:.2f}"))
