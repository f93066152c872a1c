"""Terms: of the office (enforce.yaml 期限), of the measure (procedure, limitation), of the notice."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from enforcecli.checks.common import Found, View, is_at_fault, meets
from enforcecli.model.case import STAGES, Case
from enforcecli.model.problem import Level, Path, problem
from enforcecli.model.roster import Limit
from enforcecli.rules.calendar import (
    WORKING_DAY,
    add_months,
    calendar_known,
    exceeded,
    last_day,
    parse_limit,
    working_days_between,
)

RECONSIDERATION = "复核"


def check(view: View, out: Found) -> None:
    office, book, case = view.office, view.book, view.case
    if office is not None:
        for key, limit in office.limits.items():
            between = steps_of(key)
            if between is not None:
                _within(view, between, key, limit, None, out)
    if book is not None and book.procedure:
        for step in book.procedure:
            between, written = steps_of(step.step), parse_limit(step.limit)
            if between is not None and written is not None:
                _within(view, between, step.step, written, step.words.cite, out)
    if case.procedure.notice is not None and case.procedure.deliberation is not None:
        _hearing(view, out)
    if case.appeals:
        _reconsideration(view, out)
    if book is not None and book.limitation:
        _limitation(view, out)


@lru_cache(maxsize=64)
def steps_of(key: str) -> tuple[str, str] | None:
    """`立案到决定` → the two stages it runs between; None for a term of another sort."""
    start, found, end = key.partition("到")
    return (start, end) if found and start in STAGES and end in STAGES else None


def day_of(case: Case, stage: str) -> tuple[date | None, Path]:
    p = case.procedure
    match stage:
        case "线索":
            return (case.clue.day if case.clue else None), ("clue", "day")
        case "立案":
            return (p.filing.day if p.filing else None), ("procedure", "filing", "day")
        case "调查":
            return (p.investigation.day if p.investigation else None), ("procedure", "investigation", "day")
        case "告知":
            return (p.notice.day if p.notice else None), ("procedure", "notice", "day")
        case "讨论":
            return (p.deliberation.day if p.deliberation else None), ("procedure", "deliberation", "day")
        case "决定":
            return (p.decision.day if p.decision else None), ("procedure", "decision", "day")
        case "送达":
            days = [s.day for s in p.service.values() if s.day is not None]
            return (max(days) if days else None), ("procedure", "service")
        case "结案":
            return (case.closing.day if case.closing else None), ("closing", "day")
        case _:
            return None, ()


def _within(view: View, between: tuple[str, str], key: str, limit: Limit, cite: str | None,
            out: Found) -> None:
    """The later step within the limit after the earlier one. Without the calendar of public
    holidays a count of working days is a lower bound only: a warning."""
    start, _ = day_of(view.case, between[0])
    end, where = day_of(view.case, between[1])
    if start is None or end is None or not exceeded(start, end, limit, view.office):
        return
    due = last_day(start, limit, view.office)
    if limit.unit != WORKING_DAY:
        out.append(problem("C301", where, cite=cite, term=key, limit=limit.text, due=due, done=end,
                           used=(end - start).days))
        return
    used = working_days_between(start, end, view.office)
    code = "C302" if calendar_known(view.office, start, end) else "C303"
    out.append(problem(code, where, cite=cite, term=key, limit=limit.text, due=due, done=end, used=used))


def _hearing(view: View, out: Found) -> None:
    """No deliberation before the term to be heard is over, unless everyone has answered or waived."""
    notice, meeting = view.case.procedure.notice, view.case.procedure.deliberation
    if notice is None or meeting is None or notice.limit is None or notice.day is None \
            or meeting.day is None or view.all_answered(notice.defences):
        return
    if exceeded(notice.day, meeting.day, notice.limit, view.office):
        return
    answered = {view.person(k) for k, text in notice.defences.items() if text.strip()}
    waiting = [written for who, written in view.to_hear().items() if who not in answered]
    if waiting:
        out.append(problem("C304", ("procedure", "deliberation", "day"), day=meeting.day,
                           due=last_day(notice.day, notice.limit, view.office),
                           persons="、".join(waiting)))


def _reconsideration(view: View, out: Found) -> None:
    """复核: asked for within the remedy's term after service, decided within the office's term."""
    office, case = view.office, view.case
    if office is None:
        return
    to_decide = office.limits.get(RECONSIDERATION)
    to_ask = next((r.limit for r in office.reviews.values() if r.limit is not None), to_decide)
    served = {view.person(k): s.day for k, s in case.procedure.service.items()}
    for k, appeal in enumerate(case.appeals):
        if appeal.way != RECONSIDERATION or appeal.filed_on is None:
            continue
        known = served.get(view.person(appeal.person)) if appeal.person is not None else None
        if known is not None and to_ask is not None and exceeded(known, appeal.filed_on, to_ask, office):
            out.append(problem("C305", ("appeals", k, "filed_on"), day=appeal.filed_on, served=known,
                               limit=to_ask.text, due=last_day(known, to_ask, office)))
        if appeal.day is not None and to_decide is not None \
                and exceeded(appeal.filed_on, appeal.day, to_decide, office):
            out.append(problem("C306", ("appeals", k, "day"), day=appeal.day, filed=appeal.filed_on,
                               limit=to_decide.text, due=last_day(appeal.filed_on, to_decide, office)))


def _limitation(view: View, out: Found) -> None:
    """The measure's own limitation: a case filed too late against those it does not except."""
    case = view.case
    filed = case.procedure.filing.day if case.procedure.filing is not None else None
    if view.book is None or filed is None or case.act is None:
        return
    for limit in view.book.limitation:
        event = case.act.reference_day
        if limit.since == "discovery":
            event = case.clue.day if case.clue is not None else None
        if event is None or filed <= add_months(event, 12 * limit.years):
            continue
        late = {one.person: one.written for f in case.findings for one in f.involved
                if is_at_fault(one) and not (limit.except_ and meets(one, limit.except_))}
        if late:
            out.append(problem("C307", ("procedure", "filing", "day"), cite=limit.words.cite,
                               level=view.grown if view.grown is not Level.ERROR else None,
                               years=limit.years, event=event, day=filed,
                               persons="、".join(late.values())))
