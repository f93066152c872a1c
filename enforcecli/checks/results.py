"""Checks that need the computed result: who bears, what may be imposed, what must be referred."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from enforcecli.checks.common import DECISION, NOTICE, Found, View, named
from enforcecli.checks.stages import lifted, open_facts
from enforcecli.model.case import Case, Finding, MethodChoice
from enforcecli.model.problem import Problem, problem
from enforcecli.model.result import Can, CaseResult, FindingResult, MethodResult, Outcome, PersonResult, Why
from enforcecli.model.roster import Office, Roster
from enforcecli.model.rulebook import Guideline, Rulebook


def check_result(case: Case, result: CaseResult, book: Rulebook | None, roster: Roster | None,
                 office: Office | None) -> list[Problem]:
    """What of the case does not go with what was computed from it."""
    view = View(case, book, roster, office)
    out: Found = []
    _recorded(case, result, out)
    if view.stage >= NOTICE and "S608" not in lifted(case):
        _undecided(view, result, out)
    if book is not None and book.guideline:
        _guideline(view, result, out)
    if view.stage >= DECISION and "S602" not in lifted(case):
        if result.unfit is not None:
            if not case.referrals:  # the organ may not decide: only the referral above is left
                out.append(problem("S607", ("referrals",), stage=case.stage))
        else:
            _disposed(view, result, out)
    return out


def _pairs(case: Case, result: CaseResult) -> Iterator[tuple[int, Finding, FindingResult]]:
    for i, (finding, found) in enumerate(zip(case.findings, result.findings, strict=False)):
        yield i, finding, found


def _recorded(case: Case, result: CaseResult, out: Found) -> None:
    """A share written down by hand that is not the computed one."""
    for i, finding, found in _pairs(case, result):
        computed: dict[str, Fraction | None] | None = None
        for j, one in enumerate(finding.involved):
            if one.recorded_share is None:
                continue
            if computed is None:
                computed = {p.person: p.share for p in found.persons}
            share = computed.get(one.person)
            if share is not None and share != one.recorded_share:
                out.append(problem("C518", ("findings", i, "involved", j, "recorded_share"),
                                   person=one.written, recorded=one.recorded_share, computed=share))


def _undecided(view: View, result: CaseResult, out: Found) -> None:
    """What the persons are told must be decided. 待查, and what an error blocks, is told as such."""
    for i, finding, found in _pairs(view.case, result):
        undecided = found.undecided
        if undecided is None or undecided.kind is Why.PROBLEM:
            continue
        if undecided.kind is Why.FACT_MISSING and any(map(open_facts, (
                finding.facts, *(one.facts for one in finding.involved)))):
            continue
        out.append(problem("S608", ("findings", i), stage=view.case.stage, question=undecided.question))


def _bearers(case: Case, result: CaseResult) -> dict[str, str]:
    """Everyone who bears in some finding, by id → the word to name them by."""
    bearers: dict[str, str] = {}
    for _, finding, found in _pairs(case, result):
        if found.outcome is not Outcome.LIABLE:
            continue
        written = {one.person: one.written for one in finding.involved}
        for person in found.persons:
            if person.grades and not person.remainder:
                bearers.setdefault(person.person, written.get(person.person, person.person))
    return bearers


def _methods(result: CaseResult) -> dict[str, list[MethodResult]]:
    """What was answered for each person, each method once (the findings repeat it; the strongest
    power wins: own fault may lie in one finding only)."""
    order = {Can.IMPOSE: 0, Can.REFER: 1, Can.NOT_APPLICABLE: 2}
    answers: dict[str, dict[tuple[str, str | None], MethodResult]] = {}
    for found in result.findings:
        for person in found.persons:
            mine = answers.setdefault(person.person, {})
            for answer in person.methods:
                key = (answer.method, answer.name)
                if key not in mine or order[answer.can] < order[mine[key].can]:
                    mine[key] = answer
    return {who: list(mine.values()) for who, mine in answers.items()}


def _disposed(view: View, result: CaseResult, out: Found) -> None:
    """At 决定: a choice for every bearer, a number where something is imposed, a referral where
    everything is another organ's to decide."""
    case, stage = view.case, view.case.stage
    disposed = {view.person(w) for w, choices in case.dispositions.items() if choices}
    for who, written in _bearers(case, result).items():
        if who not in disposed:
            out.append(problem("S602", ("dispositions",), stage=stage, person=written))
    decision = case.procedure.decision
    numbered = {view.person(w): w for w in decision.documents} if decision is not None else {}
    referred: dict[str, set[str]] = {}
    for referral in case.referrals:
        if referral.person is not None:
            referred.setdefault(view.person(referral.person), set()).add(referral.to or "")
    for who, answers in _methods(result).items():
        imposed = [a for a in answers if a.can is Can.IMPOSE]
        passed_on = [a for a in answers if a.can is Can.REFER]
        if imposed and who not in numbered:
            out.append(problem("S605", ("procedure", "decision", "documents"), stage=stage, person=who,
                               methods=_named(view, imposed)))
        if not passed_on:
            continue
        if not imposed and who in numbered and all(a.to is not None for a in passed_on):
            out.append(problem("C522", ("procedure", "decision", "documents", numbered[who]), person=who,
                               methods=_named(view, passed_on), organs=_organs(passed_on)))
        if who not in referred:
            if imposed:  # an organ nobody named is reported where the method stands
                passed_on = [a for a in passed_on if a.to is not None]
            if passed_on:
                code = "C520" if imposed else "S606"
                out.append(problem(code, ("referrals",), stage=stage, person=who, organs=_organs(passed_on),
                                   methods=_named(view, passed_on)))
            continue
        for answer in passed_on:
            if answer.to is not None and answer.to not in referred[who]:
                out.append(problem("C521", ("referrals",), person=who, organ=answer.to,
                                   method=named(view.book, answer.method, answer.name)))


def _named(view: View, answers: list[MethodResult]) -> str:
    return "、".join(named(view.book, a.method, a.name) for a in answers)


def _organs(answers: list[MethodResult]) -> str:
    return "、".join(sorted({a.to or "有权机关" for a in answers}))


def _guideline(view: View, result: CaseResult, out: Found) -> None:
    """The guideline only suggests: a choice outside it needs a reason."""
    book = view.book
    if book is None:
        return
    by_id = {view.person(w): (w, choices) for w, choices in view.case.dispositions.items()}
    for _, finding, found in _pairs(view.case, result):
        gravity = finding.consequence.gravity if finding.consequence is not None else None
        for person in found.persons:
            if person.person not in by_id:
                continue
            suggested = _suggested(book.guideline, gravity, person)
            written, choices = by_id[person.person]
            if suggested:
                _outside(book, written, choices, suggested, out)


def _suggested(guideline: tuple[Guideline, ...], gravity: str | None,
               person: PersonResult) -> dict[str, str | None]:
    """Method → clause, over the lines that fit; empty when none does. A key left out fits any."""
    return {m: line.words.cite for line in guideline
            if (not line.gravity or gravity in line.gravity)
            and (not line.degree or not set(line.degree).isdisjoint(person.grades))
            and (not line.severity or not set(line.severity).isdisjoint(person.severity))
            for m in line.methods}


def _outside(book: Rulebook, written: str, choices: tuple[MethodChoice, ...], suggested: dict[str, str | None],
             out: Found) -> None:
    for k, choice in enumerate(choices):
        where = ("dispositions", written, k)
        if choice.method in suggested or choice.reason or any(p.where == where and p.code == "C519"
                                                              for p in out):
            continue
        out.append(problem("C519", where, person=written, method=named(book, choice.method, choice.name),
                           suggested="、".join(named(book, m) for m in suggested), cite=next(iter(suggested.values()))))
