"""The case file as a whole: whether the stage keeps pace with what is filled in."""

from __future__ import annotations

from enforcecli.checks.common import ORDER, Found, View
from enforcecli.checks.stages import LIFTED
from enforcecli.model.case import Case
from enforcecli.model.problem import problem


def check(view: View, out: Found) -> None:
    case = view.case
    reached = _reached(case)
    if ORDER[reached] > view.stage and not (case.conclusion is not None and case.conclusion.kind in LIFTED):
        out.append(problem("C002", ("stage",), stage=case.stage, reached=reached))


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
