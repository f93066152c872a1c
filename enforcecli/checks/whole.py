"""The case file as a whole: whether the stage keeps pace with what is filled in, and whether this office
is written as what it is called."""

from __future__ import annotations

from enforcecli.checks.common import ORDER, Found, View, nearly
from enforcecli.checks.stages import LIFTED
from enforcecli.model.case import Case
from enforcecli.model.problem import Path, problem


def check(view: View, out: Found) -> None:
    case = view.case
    reached = _reached(case)
    if ORDER[reached] > view.stage and not (case.conclusion is not None and case.conclusion.kind in LIFTED):
        out.append(problem("C002", ("stage",), stage=case.stage, reached=reached))
    organ = view.office.organ if view.office is not None else None
    if organ is not None:
        _own_name(case, organ, out)


def _own_name(case: Case, organ: str, out: Found) -> None:
    """Who pays and who decides is told by the name: a short form of it makes another organ."""
    act, paid, decision = case.act, case.compensation, case.procedure.decision
    stated: tuple[tuple[str | None, str, Path], ...] = (
        (act.organ if act is not None else None, "作出机关", ("act", "organ")),
        (paid.organ if paid is not None else None, "义务机关", ("compensation", "organ")),
        (decision.organ if decision is not None else None, "机关", ("procedure", "decision", "organ")),
    )
    for written, key, where in stated:
        if written is not None and written != organ and nearly(written, organ):
            out.append(problem("C003", where, key=key, written=written, office=organ))
    for who, choices in case.dispositions.items():
        for k, choice in enumerate(choices):
            if choice.organ is not None and choice.organ != organ and nearly(choice.organ, organ):
                out.append(problem("C003", ("dispositions", who, k, "organ"), key="机关", written=choice.organ,
                                   office=organ))


def _reached(case: Case) -> str:
    """The furthest stage that has a date."""
    p = case.procedure
    if case.closing is not None and case.closing.day is not None:
        return "结案"
    if p.service:
        return "送达"
    if p.decision is not None and p.decision.day is not None:
        return "决定"
    if p.deliberation is not None and p.deliberation.day is not None:
        return "讨论"
    if p.notice is not None and p.notice.day is not None:
        return "告知"
    if p.investigation is not None and p.investigation.day is not None:
        return "调查"
    return "立案" if p.filing is not None and p.filing.day is not None else "线索"
