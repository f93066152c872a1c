"""Procedure: who may act, and in which order and within which terms."""

from __future__ import annotations

from datetime import date

from enforcecli.checks.common import Found, View
from enforcecli.model.case import Case
from enforcecli.model.problem import Path, problem


def check(view: View, out: Found) -> None:
    _investigators(view, out)
    _own_case(view, out)
    steps = _steps(view.case)
    _order(view.case, steps, out)
    _act_first(view.case, steps, out)
    if view.case.procedure.deliberation is not None:
        _deliberation(view, out)


def _investigators(view: View, out: Found) -> None:
    inquiry = view.case.procedure.investigation
    if inquiry is None or len(inquiry.investigators) < 2 \
            or len({view.ids.get(w, w) for w in inquiry.investigators}) == len(inquiry.investigators):
        return
    seen: set[str] = set()
    for k, written in enumerate(inquiry.investigators):
        who = view.person(written)
        if who in seen:
            out.append(problem("C101", ("procedure", "investigation", "investigators", k), person=written))
        seen.add(who)


def _own_case(view: View, out: Found) -> None:
    """回避: nobody investigates, approves, chairs, attends or decides their own case."""
    case, procedure = view.case, view.case.procedure
    barred: dict[str, str] | None = None
    if procedure.recusal is not None and procedure.recusal.entries:
        barred = _recused(view, out)
    own, ids = view.involved, view.ids
    names = _who_acts(case)
    if barred is None and own.keys().isdisjoint([ids.get(name, name) for name in names if name is not None]):
        return

    def acts(code: str, written: str | None, where: Path) -> None:
        if written is None:
            return
        who = ids.get(written, written)
        if who in own:
            out.append(problem(code, where, person=written))
        elif barred is not None and who in barred:
            out.append(problem("C107", where, person=written))

    if procedure.filing is not None:
        acts("C103", procedure.filing.approved_by, ("procedure", "filing", "approved_by"))
    inquiry, meeting = procedure.investigation, procedure.deliberation
    if inquiry is not None:
        for k, written in enumerate(inquiry.investigators):
            acts("C102", written, ("procedure", "investigation", "investigators", k))
    if meeting is not None:
        acts("C104", meeting.chair, ("procedure", "deliberation", "chair"))
        for k, written in enumerate(meeting.present):
            acts("C105", written, ("procedure", "deliberation", "present", k))
    if case.conclusion is not None:
        acts("C106", case.conclusion.approved_by, ("conclusion", "approved_by"))
    if case.closing is not None:
        acts("C106", case.closing.approved_by, ("closing", "approved_by"))


def _who_acts(case: Case) -> list[str | None]:
    """Everyone who does something in the case by virtue of office."""
    p = case.procedure
    names: list[str | None] = []
    if p.filing is not None:
        names.append(p.filing.approved_by)
    if p.investigation is not None:
        names += p.investigation.investigators
    if p.deliberation is not None:
        names.append(p.deliberation.chair)
        names += p.deliberation.present
    if case.conclusion is not None:
        names.append(case.conclusion.approved_by)
    if case.closing is not None:
        names.append(case.closing.approved_by)
    return names


_REFUSED = ("驳回", "不予", "不需", "不必", "不回避", "无需", "不存在", "不构成")


def _recused(view: View, out: Found) -> dict[str, str]:
    """Those whose 回避 was granted. Nobody decides on their own recusal."""
    barred: dict[str, str] = {}
    recusal = view.case.procedure.recusal
    for k, entry in enumerate(recusal.entries if recusal is not None else ()):
        if entry.person is None:
            continue
        who = view.person(entry.person)
        if entry.decision is not None and not any(no in entry.decision for no in _REFUSED):
            barred[who] = entry.person
        if entry.decided_by is not None and view.person(entry.decided_by) == who:
            out.append(problem("C108", ("procedure", "recusal", "entries", k, "decided_by"),
                               person=entry.person))
    return barred


_Dated = tuple[str, Path, date]
_Step = tuple[str, Path, date | None]


def _steps(case: Case) -> list[_Step]:
    """The steps of a case in their lawful order, each as its key, its place and its day."""
    p = case.procedure
    return [
        ("线索", ("clue", "day"), case.clue.day if case.clue is not None else None),
        ("立案", ("procedure", "filing", "day"), p.filing.day if p.filing is not None else None),
        ("调查", ("procedure", "investigation", "day"),
         p.investigation.day if p.investigation is not None else None),
        ("告知", ("procedure", "notice", "day"), p.notice.day if p.notice is not None else None),
        ("讨论", ("procedure", "deliberation", "day"),
         p.deliberation.day if p.deliberation is not None else None),
        ("决定", ("procedure", "decision", "day"), p.decision.day if p.decision is not None else None),
    ]


def _order(case: Case, steps: list[_Step], out: Found) -> None:
    """线索 → 立案 → 调查 → 告知 → 讨论 → 决定 → 送达 → 结案; the same day is allowed."""
    last: _Dated | None = None
    for name, where, day in steps:
        if day is None:
            continue
        if last is not None and day < last[2]:
            out.append(problem("C201", where, later=name, later_day=day, earlier=last[0],
                               earlier_day=last[2]))
        else:
            last = (name, where, day)
    decided = case.procedure.decision.day if case.procedure.decision is not None else None
    if decided is not None:
        for written, service in case.procedure.service.items():
            if service.day is not None and service.day < decided:
                out.append(problem("C202", ("procedure", "service", written, "day"), person=written,
                                   day=service.day, decided=decided))
        _performed(case, decided, out)
    _appeals(case, decided, out)
    closed = case.closing.day if case.closing is not None else None
    if closed is not None and last is not None and closed < last[2]:
        out.append(problem("C201", ("closing", "day"), later="结案", later_day=closed, earlier=last[0],
                           earlier_day=last[2]))
    inquiry = case.procedure.investigation
    if inquiry is not None and inquiry.until is not None and inquiry.day is not None \
            and inquiry.until < inquiry.day:
        out.append(problem("C203", ("procedure", "investigation", "until"), start=inquiry.day,
                           end=inquiry.until))


def _performed(case: Case, decided: date, out: Found) -> None:
    for written, items in case.performance.items():
        for k, item in enumerate(items):
            if item.done_on is not None and item.done_on < decided:
                out.append(problem("C204", ("performance", written, k, "done_on"), person=written,
                                   day=item.done_on, decided=decided))


def _appeals(case: Case, decided: date | None, out: Found) -> None:
    for k, appeal in enumerate(case.appeals):
        if appeal.filed_on is not None and decided is not None and appeal.filed_on < decided:
            out.append(problem("C205", ("appeals", k, "filed_on"), day=appeal.filed_on, decided=decided))
        if appeal.day is not None and appeal.filed_on is not None and appeal.day < appeal.filed_on:
            out.append(problem("C206", ("appeals", k, "day"), day=appeal.day, filed=appeal.filed_on))


def _act_first(case: Case, steps: list[_Step], out: Found) -> None:
    """Nothing in a case comes before the act it is about."""
    act = case.act
    if act is None:
        return
    if act.since is not None and act.until is not None and act.until < act.since:
        out.append(problem("C207", ("act", "until"), start=act.since, end=act.until))
    day = act.since if act.omission and act.since is not None else act.day
    if day is None:
        return
    for name, where, done in steps:
        if done is not None:
            if done < day:
                out.append(problem("C208", where, step=name, day=done, act=day))
            break  # the later steps are compared with this one
    if case.correction is not None and case.correction.day is not None and case.correction.day < day:
        out.append(problem("C209", ("correction", "day"), day=case.correction.day, act=day))
    if case.clue is not None and case.clue.effective_day is not None and case.clue.effective_day < day:
        out.append(problem("C208", ("clue", "effective_day"), step="生效", day=case.clue.effective_day,
                           act=day))
    for k, sanction in enumerate(case.prior):
        if sanction.day is not None and sanction.day < day:
            out.append(problem("C210", ("prior", k, "day"), day=sanction.day, act=day))


def _deliberation(view: View, out: Found) -> None:
    """Dissent counts only when minuted, and only of those who were there."""
    meeting = view.case.procedure.deliberation
    if meeting is None:
        return
    chair = meeting.chair
    if chair in meeting.present and not meeting.dissents:
        return
    present = {view.person(p) for p in meeting.present}
    if chair is not None:
        if present and view.person(chair) not in present:
            out.append(problem("C403", ("procedure", "deliberation", "chair"), person=chair))
        present.add(view.person(chair))
    for k, dissent in enumerate(meeting.dissents):
        where: Path = ("procedure", "deliberation", "dissents", k)
        if dissent.minuted is not True:
            out.append(problem("C401", where, person=dissent.person))
        if view.person(dissent.person) not in present:
            out.append(problem("C402", where, person=dissent.person))
