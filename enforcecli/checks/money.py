"""赔偿: what was paid, and whether those responsible were ordered to bear of it."""

from __future__ import annotations

from enforcecli.checks.common import DECISION, NOTICE, Found, View, is_at_fault, meets, nearly
from enforcecli.checks.stages import LIFTED
from enforcecli.model.case import Compensation, Involved
from enforcecli.model.problem import Level, problem
from enforcecli.model.rulebook import Condition

STATE_COMPENSATION = "国家赔偿"
_GATE = (Condition("主观过错", frozenset({"故意", "重大过失"})),)
"""National law: only intent or gross negligence. A book that carries its own gate is asked first."""


def check(view: View, out: Found) -> None:
    paid = view.case.compensation
    if paid is None:
        return
    act = view.case.act
    day = (act.since or act.day) if act is not None else None
    if paid.paid_on is not None and day is not None and paid.paid_on < day:
        out.append(problem("C604", ("compensation", "paid_on"), paid=paid.paid_on, act=day))
    if paid.amount is not None and paid.amount <= 0:
        out.append(problem("C605", ("compensation", "amount"), amount=paid.amount))
    if paid.ordered:
        _ordered(view, paid, out)
    elif paid.nature == STATE_COMPENSATION and paid.paid_on is not None and view.stage >= NOTICE:
        _not_ordered(view, paid, out)


def _elsewhere(view: View, paid: Compensation) -> bool:
    """Whether another organ paid: only the 赔偿义务机关 may order."""
    office = view.office
    return office is not None and office.organ is not None and paid.organ is not None \
        and paid.organ != office.organ


def _ordered(view: View, paid: Compensation, out: Found) -> None:
    if paid.nature is not None and paid.nature != STATE_COMPENSATION:
        out.append(problem("C602", ("compensation", "ordered"), nature=paid.nature))
    elif _elsewhere(view, paid):
        office = (view.office.organ if view.office is not None else None) or ""
        if not nearly(paid.organ or "", office):  # a slip in the office's own name is told as such
            out.append(problem("C603", ("compensation", "ordered"), organ=paid.organ, office=office))
    else:
        if paid.amount is None:
            out.append(problem("C606", ("compensation", "amount")))
        if paid.paid_on is None:
            out.append(problem("C607", ("compensation", "paid_on")))


def _not_ordered(view: View, paid: Compensation, out: Found) -> None:
    """The organ *shall* order once it has paid and there is intent or gross negligence."""
    case = view.case
    if _elsewhere(view, paid) or (case.conclusion is not None and case.conclusion.kind in LIFTED):
        return
    book = view.book
    gate = book.recovery.gate if book is not None and book.recovery is not None else ()
    persons = {one.person: one.written for f in case.findings for one in f.involved
               if _inside(one) and meets(one, gate or _GATE)}
    if persons:
        out.append(problem("C601", ("compensation", "ordered"), persons="、".join(persons.values()),
                           level=None if view.stage >= DECISION else Level.WARNING))


def _inside(one: Involved) -> bool:
    return not one.is_unit and is_at_fault(one)
