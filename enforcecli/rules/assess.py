"""From a case to its result: every finding alone, then money, methods and what stands beside them.

Pure: the case, its book, the roster and the office in, a `CaseResult` out; no clock, no files.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from msgspec.structs import replace

from enforcecli import __version__
from enforcecli.model.case import Case, Finding
from enforcecli.model.problem import Problem, problem
from enforcecli.model.result import (
    CaseResult,
    FindingResult,
    MethodResult,
    Outcome,
    PersonResult,
    Receipt,
    Undecided,
    Why,
)
from enforcecli.model.roster import Office, Roster
from enforcecli.model.rulebook import Rulebook, Scope
from enforcecli.rules.finding import assess_finding, fault_cites
from enforcecli.rules.leadership import heads_of_office, leadership, unfit
from enforcecli.rules.methods import Judge, method_problems
from enforcecli.rules.people import People
from enforcecli.rules.recovery import UNKNOWN, Order, Recovered, cents, divide_ordered, ordered_cents
from enforcecli.rules.trace import without_sizes
from enforcecli.rules.validate import OFFICE_SCALE

NOT_PURSUED = ("不予立案", "不予追究", "撤销案件")
NOT_APPLICABLE = ("不适用",)
"""结论.类型 that end a case without liability; 移送 and 中止 leave the shares standing."""


def assess_case(case: Case, book: Rulebook | None, roster: Roster | None, office: Office | None,
                no_version: str | None = None, *, traced: bool = True) -> CaseResult:
    """Assess one case. `book` None with `no_version` says why no version of the measure is recorded
    for the act's day; without it an error of the case stands in the way. `traced` False leaves out
    the lines of the reasoning, for whoever wants the problems only."""
    if book is None or case.wholly_blocked:
        return _without_book(case, no_version if not case.wholly_blocked else None)
    people = People(case, roster, office)
    reason = unfit(case, roster)
    problems: list[Problem] = []
    unit = (case.act.unit or case.act.organ) if case.act is not None else None
    scope = _outside(case, book)
    answered = [
        _placed(i, _ended(case, scope, book, finding, assess_finding(book, finding, office, unit, traced=traced)))
        for i, finding in enumerate(case.findings)
    ]
    hidden = office is not None and office.scale is None
    if hidden:
        answered = [replace(result, trace=without_sizes(result.trace)) for result in answered]
    answered = _with_recovery(case, book, people, answered, problems)
    above = _organ_above(people, roster, case) if reason is not None else None
    judge = Judge(book, case, people, above)
    answered = [_with_methods(judge, result) for result in answered]
    problems += _method_problems(case, answered)
    if reason is not None:
        problems.append(problem("M201", ("findings",), reason=reason))
    known, vacant = leadership(case, book, roster)
    return CaseResult(
        case.number, case.file, book.id, book.sha256, tuple(answered), _receipt(case, book),
        case_shares=_case_shares(case, answered, problems),
        leadership=known, vacant=vacant, unfit=reason, conclusion=_conclusion(case),
        hidden=hidden,
        problems=tuple(_once([*(p for result in answered for p in result.problems), *problems])),
    )


def _once(problems: Sequence[Problem]) -> list[Problem]:
    return list(dict.fromkeys(problems))


def _placed(index: int, result: FindingResult) -> FindingResult:
    """Paths of the finding's own problems, from the root of the case."""
    if not result.problems:
        return result
    return replace(result, problems=tuple(
        p if p.code == OFFICE_SCALE else replace(p, where=("findings", index, *p.where)) for p in result.problems))


# results that need no shares

def _without_book(case: Case, no_version: str | None) -> CaseResult:
    if no_version is not None:
        undecided = Undecided(Why.NO_VERSION, None, no_version)
    else:
        undecided = Undecided(Why.PROBLEM, None, "适用办法、行为日期或者本机关的设置有错误，改正后才能计算")
    findings = tuple(FindingResult(f.faults, (), None, undecided=undecided) for f in case.findings)
    return CaseResult(case.number, case.file, None, None, findings, _receipt(case, None),
                      conclusion=_conclusion(case))


def _outside(case: Case, book: Rulebook) -> Scope | None:
    """The measure does not cover this kind of act."""
    kind = case.act.kind if case.act is not None else None
    return next((scope for scope in book.scope if kind in scope.kinds), None)


def _ended(case: Case, scope: Scope | None, book: Rulebook, finding: Finding,
           computed: FindingResult) -> FindingResult:
    """A finding that ends without liability: outside the measure, or concluded so by the office.
    What the book would say stays in the trace, and a conclusion that differs from it is a problem."""
    kind = case.conclusion.kind if case.conclusion is not None else None
    problems: tuple[Problem, ...] = ()
    if scope is not None:
        outcome, words = Outcome.NOT_APPLICABLE, f"不属于办法适用范围：{scope.reason}"
    elif kind in NOT_APPLICABLE:
        outcome, words = Outcome.NOT_APPLICABLE, f"结论：{_conclusion(case)}"
    elif kind in NOT_PURSUED:
        outcome, words = Outcome.NOT_PURSUED, f"结论：{_conclusion(case)}"
        if computed.outcome is Outcome.LIABLE:
            bearers = "、".join(line.person for line in computed.persons if line.grades)
            problems = (problem("L603", conclusion=kind, persons=bearers),)
    else:
        return computed
    persons = tuple(PersonResult(p.person, p.roles, (), Fraction(0), 0, recovery=0, unit=p.is_unit)
                    for p in finding.involved)
    return FindingResult(finding.faults, fault_cites(book, finding), outcome, persons=persons, kept_by_organ=0,
                         trace=(words, *computed.trace), problems=(*computed.problems, *problems))


def _conclusion(case: Case) -> str | None:
    end = case.conclusion
    if end is None:
        return None
    return "，".join(word for word in (end.kind, end.reason) if word)


# money

def _with_recovery(case: Case, book: Rulebook, people: People, results: Sequence[FindingResult],
                   problems: list[Problem]) -> list[FindingResult]:
    total = ordered_cents(case.compensation, people.this_office)
    if not total:
        return list(results)
    weights = [finding.weight for finding in case.findings]
    if len(weights) == 1 and weights[0] is None:
        weights = [Fraction(1)]
    stated = [w for w in weights if w is not None]
    if len(stated) < len(weights) or sum(stated, Fraction(0)) != 1:
        if len(stated) < len(weights):  # a wrong sum is named by itself
            problems.append(problem("R106", ("compensation",)))
        return [_recovered(result, UNKNOWN) for result in results]
    paid = case.compensation.amount if case.compensation is not None else None
    done = []
    for i, (finding, result, weight, ordered) in enumerate(
            zip(case.findings, results, stated, divide_ordered(total, stated), strict=True)):
        if not result.decided or result.outcome is Outcome.NOT_APPLICABLE:
            done.append(result)
            continue
        order = Order(book, finding, people, ordered, cents(paid or 0) * weight,
                      tuple(part.part for part in result.parts))
        recovered = order.recover(result.persons)
        problems += [replace(p, where=("findings", i, *p.where)) for p in recovered.problems]
        done.append(_recovered(result, recovered))
    return done


def _recovered(result: FindingResult, money: Recovered) -> FindingResult:
    if not result.decided:
        return result
    persons = tuple(replace(line, recovery=None if money.by_person is None else money.by_person.get(line.person, 0))
                    for line in result.persons)
    return replace(result, persons=persons, kept_by_organ=money.kept_by_organ)


# methods and what stands beside

def _with_methods(judge: Judge, result: FindingResult) -> FindingResult:
    chosen = judge.case.dispositions
    if result.outcome is not Outcome.LIABLE or not chosen:
        return result
    persons = tuple(replace(line, methods=judge.judge(line, chosen[line.person])) if line.person in chosen else line
                    for line in result.persons)
    return replace(result, persons=persons)


def _method_problems(case: Case, results: Sequence[FindingResult]) -> list[Problem]:
    """Every person once, whatever the number of findings."""
    judged: dict[str, list[tuple[MethodResult, ...]]] = {}
    for line in (line for result in results for line in result.persons if line.methods):
        judged.setdefault(line.person, []).append(line.methods)
    return [p for person, methods in judged.items() for p in method_problems(case, person, methods)]


def _organ_above(people: People, roster: Roster | None, case: Case) -> str:
    """The organ above this office: who appoints its first person responsible; '' if not known."""
    for person in heads_of_office(case, roster):
        member = people.member(person)
        above = people.above(member) if member is not None else None
        if above is not None:
            return above
    return ""


def _case_shares(case: Case, results: Sequence[FindingResult],
                 problems: list[Problem]) -> Mapping[str, Fraction] | None:
    """Only if every finding states 全案占比, they add up, and every finding has sized shares."""
    weights = [finding.weight for finding in case.findings]
    if not weights or any(w is None for w in weights):
        if any(w is not None for w in weights):
            problems.append(problem("L602", ("findings",)))
        return None
    total = sum((w for w in weights if w is not None), Fraction(0))
    if total != 1:
        problems.append(problem("L601", ("findings",), total=total))
        return None
    shares: dict[str, Fraction] = {}
    for result, weight in zip(results, weights, strict=True):
        if not result.decided or any(line.share is None for line in result.persons):
            return None
        for line in result.persons:
            shares[line.person] = shares.get(line.person, Fraction(0)) + (line.share or 0) * (weight or 0)
    return dict(sorted(shares.items()))


def _receipt(case: Case, book: Rulebook | None) -> Receipt:
    day = case.act.reference_day if case.act is not None else None
    discretion = tuple(
        {"finding": str(i + 1), **{k: str(v) for k, v in f.discretion.values.items()}, "reason": f.discretion.reason or ""}
        for i, f in enumerate(case.findings) if f.discretion is not None)
    choices = tuple(
        {"finding": str(i + 1), "rules": f.choice.rules if isinstance(f.choice.rules, str)
         else "，".join(f"{p}：{r}" for p, r in sorted(f.choice.rules.items())), "reason": f.choice.reason or ""}
        for i, f in enumerate(case.findings) if f.choice is not None)
    return Receipt(f"enforce {__version__}", book.id if book is not None else None,
                   book.sha256 if book is not None else None, case.sha256,
                   day.isoformat() if day is not None else None, discretion, choices)
