"""One finding, whole: its parts added up, grades, percents, severity (docs/rulebook-format.md, steps 11–12)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from msgspec import Struct

from enforcecli.model.case import Finding
from enforcecli.model.problem import Level, Problem, problem
from enforcecli.model.result import FindingResult, Outcome, PersonResult, Undecided, Why
from enforcecli.model.roster import Office
from enforcecli.model.rulebook import Degree, DegreeKind, Layer, Rulebook
from enforcecli.rules.allocate import Blocked, PartAnswer, answer_parts
from enforcecli.rules.amounts import ONE, ZERO
from enforcecli.rules.resolve import matched
from enforcecli.rules.rounding import half_up, largest_remainder
from enforcecli.rules.situation import Situation
from enforcecli.rules.trace import trace_finding
from enforcecli.rules.validate import check_finding, scale_of

WORDLESS = (DegreeKind.JOINT, DegreeKind.LABEL, DegreeKind.NONE)
"""Kinds whose grade stands without an amount."""


def assess_finding(book: Rulebook, finding: Finding, office: Office | None = None,
                   unit_of_act: str | None = None, *, traced: bool = True) -> FindingResult:
    """Grades and shares of one finding. Money and methods are added by `assess`; nothing is ordered
    until then. `traced` False leaves out the lines of the reasoning.

    Problems found on the way are in `problems`, with paths relative to the finding; an error
    makes the finding undecided with kind `problem`.
    """
    cites = fault_cites(book, finding)
    errors = (*finding.blocked, *check_finding(book, finding, office))
    if errors:
        own = tuple(p for p in errors if p not in finding.blocked)
        return _blocked(finding, cites, own)
    scale, situation = scale_of(book, finding, office), Situation(book, finding)
    try:
        answered = answer_parts(situation, scale)
    except Blocked as blocked:
        return _blocked(finding, cites, (blocked.problem,))
    parts = tuple(result for result, _ in answered)
    answers = [answer for _, answer in answered if answer is not None]
    trace = trace_finding(situation, answered) if traced else ()
    undecided = next((p.undecided for p in parts if p.undecided is not None), None)
    if undecided is not None:
        return FindingResult(finding.faults, cites, None, parts, undecided=undecided, trace=trace)
    outcome = Outcome.NOT_PURSUED if all(p.not_pursued for p in parts) else Outcome.LIABLE
    persons = _persons(situation, answers, unit_of_act)
    return FindingResult(finding.faults, cites, outcome, parts, persons, kept_by_organ=0, trace=trace,
                         problems=_weights_assumed(finding, answers))


def fault_cites(book: Rulebook, finding: Finding) -> tuple[str, ...]:
    """The clauses of the fault items; an option (3-9a) cites its item."""
    cites = []
    for code in finding.faults:
        fault = book.faults.get(code) or next((f for f in book.faults.values() if code in f.options), None)
        if fault is not None:
            cites.append(fault.cite)
    return tuple(dict.fromkeys(cites))


def _blocked(finding: Finding, cites: tuple[str, ...], errors: tuple[Problem, ...]) -> FindingResult:
    undecided = Undecided(Why.PROBLEM, None, "本项过错事实的填写有错误，改正后才能计算")
    return FindingResult(finding.faults, cites, None, undecided=undecided, problems=errors)


class _Tally(Struct):
    """One bearer over the parts."""

    share: Fraction = ZERO
    sized: bool = False  # sat in at least one clause with an amount
    joint: bool = False
    degrees: tuple[Degree, ...] = ()


def _persons(situation: Situation, answers: Sequence[PartAnswer], unit_of_act: str | None) -> tuple[PersonResult, ...]:
    book, finding = situation.book, situation.finding
    tallies = {person.person: _Tally() for person in finding.involved}
    unit_share = ZERO
    for answer in answers:
        _count(answer, tallies)
        if answer.division is not None:
            unit_share = _plus(unit_share, answer.result.weight, answer.division.unit)
    unsized = any(answer.unsized for answer in answers)
    shares: dict[str, Fraction | None] = {
        p: None if unsized or (t.joint and not t.sized) else t.share for p, t in tallies.items()}
    _assert_whole(shares, unit_share, answers, unsized)
    rank = {p: min((d.rank for d in t.degrees), default=len(book.degrees)) for p, t in tallies.items()}
    severity = _severity(situation, answers)
    rest = None if unsized or not unit_share else unit_share
    percents, percent_of_rest = _percents(shares, rest, rank, answers)
    lines = [
        PersonResult(
            person.person, person.roles, _grades(tallies[person.person]), shares[person.person],
            percents.get(person.person), 0, severity.get(person.person, ()), unit=person.is_unit,
            at_fault=any(situation.at_fault(person, a.result.part) for a in answers),
        ) for person in finding.involved
    ]
    if unit_share:
        lines.append(PersonResult(unit_of_act or "承办单位", (), (), rest, percent_of_rest, 0, unit=True, remainder=True))
    return tuple(lines)


def _count(answer: PartAnswer, tallies: dict[str, _Tally]) -> None:
    amounts = answer.division.amounts if answer.division is not None else {}
    for seat in answer.seats:
        for person in seat.persons:
            tally = tallies[person]
            amount = amounts.get(person, ZERO)
            if seat.degree.kind is DegreeKind.JOINT:
                tally.joint = True
            elif seat.degree.kind is not DegreeKind.NONE:
                tally.sized = tally.sized or bool(amount)
            if amount or answer.unsized or seat.degree.kind in WORDLESS:
                tally.degrees += (seat.degree,)
    for person, amount in amounts.items():
        tallies[person].share = _plus(tallies[person].share, answer.result.weight, amount)
    for person, degree in (answer.exempt or {}).items():
        tallies[person].degrees += (degree,)


def _plus(total: Fraction, weight: Fraction, amount: Fraction) -> Fraction:
    """The total and a part's amount; nothing is computed where nothing changes."""
    if not amount:
        return total
    more = amount if weight == ONE else weight * amount
    return total + more if total else more


def _grades(tally: _Tally) -> tuple[str, ...]:
    """Distinct degrees, the heaviest first."""
    return tuple(dict.fromkeys(d.name for d in sorted(tally.degrees, key=lambda d: d.rank)))


def _assert_whole(shares: dict[str, Fraction | None], unit: Fraction, answers: Sequence[PartAnswer],
                  unsized: bool) -> None:
    """Step 11: every share ≥ 0; together exactly 1 less the parts not pursued, or all null."""
    if unsized:
        return
    sized = [share for share in shares.values() if share is not None]
    assert all(share.numerator >= 0 for share in sized), "a share below zero"
    assert sum((share for share in sized if share), unit) == _whole(answers), "the shares must add up"


def _whole(answers: Sequence[PartAnswer]) -> Fraction:
    spared = [answer.result.weight for answer in answers if answer.result.not_pursued]
    return ONE - sum(spared, ZERO) if spared else ONE


def _percents(shares: Mapping[str, Fraction | None], rest: Fraction | None, rank: Mapping[str, int],
              answers: Sequence[PartAnswer]) -> tuple[dict[str, int], int | None]:
    """Hundredths of a percent by largest remainder, by person and for the unit's rest, which comes
    last; ties: heavier grade, then person id."""
    sized = [(rank[person], person, share) for person, share in shares.items() if share is not None]
    quotas = [share * 10000 for _, _, share in sorted(sized)]
    if rest is not None:
        quotas.append(rest * 10000)
    if not quotas:
        return {}, None
    percents = largest_remainder(quotas, half_up(_whole(answers) * 10000))
    persons = [person for _, person, _ in sorted(sized)]
    return dict(zip(persons, percents, strict=False)), percents[-1] if rest is not None else None


def _severity(situation: Situation, answers: Sequence[PartAnswer]) -> dict[str, tuple[str, ...]]:
    """从重, 从轻, 减轻 by person; they never touch shares."""
    found: dict[str, set[str]] = {}
    for answer in answers:
        for rule in situation.applicable(answer.result.part)[Layer.SEVERITY]:
            for clause in rule.bears or ():
                for person in matched(situation, clause, answer.result.part):
                    found.setdefault(person, set()).add(clause.severity or "")
    return {person: tuple(sorted(words)) for person, words in found.items()}


def _weights_assumed(finding: Finding, answers: Sequence[PartAnswer]) -> tuple[Problem, ...]:
    """A warning when several share by weight and nobody's weight is stated."""
    weights = {person.person: person.weight for person in finding.involved}
    groups = {group for a in answers if a.division is not None for group in a.division.groups}
    return tuple(
        problem("L310", ("involved",), level=Level.WARNING, persons="、".join(sorted(group)))
        for group in sorted(groups, key=sorted) if all(weights.get(p) is None for p in group)
    )
