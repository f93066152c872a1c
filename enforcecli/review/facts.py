"""What the yearly review needs to know of one case: a small value, the same for every year asked.

It is what the cache keeps. Days are the case's own, written in the file; no day of a commit, of a file
or of the machine comes in.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from msgspec import Struct

from enforcecli.checks.terms import day_of, steps_of
from enforcecli.desk.examine import Examined
from enforcecli.model.case import STAGES, Case
from enforcecli.model.problem import Level
from enforcecli.model.result import Can, FindingResult, MethodResult, Outcome, PersonResult
from enforcecli.model.roster import Limit, Office
from enforcecli.model.rulebook import DegreeKind, Rulebook
from enforcecli.problems import level
from enforcecli.reading.workspace import Workspace
from enforcecli.review.words import APPRAISAL, AWARD, BROKEN, PURSUED, SUSPENDED, UNREAD
from enforcecli.rules.calendar import WORKING_DAY, exceeded, last_day, working_days_between
from enforcecli.rules.counts import revoked
from enforcecli.rules.people import People
from enforcecli.rules.recovery import cents, ordered_cents

APPRAISER = "考核机关"
AWARDS = ("评先", "评优")


class Method(Struct, frozen=True, array_like=True):
    """A method judged for a person. `words`: what the book says it means for this category of
    personnel; `sort`: APPRAISAL, AWARD or ''."""

    code: str
    name: str
    can: str
    to: str | None = None
    sort: str = ""
    words: str | None = None


class Bearer(Struct, frozen=True, array_like=True):
    """A line of a finding's result. `bears`: whether a grade makes the person responsible at all.
    `recovery` in cents; None: could not be computed."""

    person: str
    unit: bool
    at_fault: bool
    bears: bool
    grades: tuple[str, ...]
    severity: tuple[str, ...]
    recovery: int | None
    methods: tuple[Method, ...]


class Finding(Struct, frozen=True, array_like=True):
    """`outcome`: as in results; None with `why` (a kind of “cannot decide”) and `question`."""

    faults: tuple[str, ...]
    outcome: str | None
    why: str | None
    question: str | None
    bearers: tuple[Bearer, ...]
    kept: int | None


class Person(Struct, frozen=True, array_like=True):
    """Somebody of the case as of the day of the act."""

    id: str
    name: str
    unit: str | None
    personnel: str | None
    appraised_by: str | None


class Used(Struct, frozen=True, array_like=True):
    """A term of enforce.yaml (立案到决定) in this case: it runs from `since`, its last day is `due`; `until`
    the day the step was taken, after days `used` in the term's own unit. None: not taken yet."""

    term: str
    limit: str
    working: bool
    since: date
    due: date
    until: date | None
    used: int | None
    over: bool


class Money(Struct, frozen=True, array_like=True):
    """赔偿, in cents. `ordered` None: not for this office to order."""

    nature: str
    paid: int
    ordered: int


class Done(Struct, frozen=True, array_like=True):
    """An entry of 执行."""

    person: str
    matter: str
    day: date | None
    amount: int | None


class Sought(Struct, frozen=True, array_like=True):
    """An entry of 救济. `result` None: still open."""

    person: str
    way: str
    result: str | None


class CaseFacts(Struct, frozen=True, array_like=True):
    """One file. `failed`: why nothing else is known of it, UNREAD or BROKEN. `errors`: problems of level error.
    `unit` is 承办单位. `decided`: 程序.决定.日期; `concluded`: 结论.日期; `steps`: the stages that have a day."""

    file: str
    number: str | None = None
    failed: str = ""
    errors: int = 0
    stage: str = ""
    kind: str | None = None
    unit: str | None = None
    source: str | None = None
    source_result: str | None = None
    clue_day: date | None = None
    filed: date | None = None
    act_day: date | None = None
    decided: date | None = None
    conclusion: str | None = None
    concluded: date | None = None
    appraisal_year: int | None = None
    book: str | None = None
    unfit: str | None = None
    findings: tuple[Finding, ...] = ()
    involved: tuple[str, ...] = ()
    people: tuple[Person, ...] = ()
    terms: tuple[Used, ...] = ()
    money: Money | None = None
    done: tuple[Done, ...] = ()
    sought: tuple[Sought, ...] = ()
    corrected: str | None = None
    steps: tuple[tuple[str, date], ...] = ()

    @property
    def opened_on(self) -> date | None:
        """The day the matter came up: 线索, else 立案, else the act."""
        days = (self.clue_day, self.filed, self.act_day)
        first = next((day for day in days if day is not None), None)
        end = self.settled_on
        return end if first is None or (end is not None and end < first) else first

    @property
    def settled_on(self) -> date | None:
        """The day this office was done deciding: 决定, else a 结论 that ends the case (中止 does not)."""
        if self.decided is not None:
            return self.decided
        return self.concluded if self.conclusion not in (None, SUSPENDED, PURSUED) else None

    @property
    def year(self) -> int | None:
        """The one year the case is counted in: that of the decision or conclusion, before there is one
        that of the clue, the filing or the act."""
        day = self.settled_on or self.opened_on
        return day.year if day is not None else None

    @property
    def pursued(self) -> bool:
        """Whether this office decided that somebody is liable: what is computed earlier is a draft."""
        return self.decided is not None and self.conclusion in (None, PURSUED)

    @property
    def lifted(self) -> frozenset[str]:
        """Whose liability was revoked on 复核 or 申诉: the decision no longer stands against them."""
        return frozenset(sought.person for sought in self.sought if revoked(sought.result))

    def stage_on(self, day: date) -> str:
        """The stage of that day, as far as the steps after it tell."""
        if all(taken <= day for _stage, taken in self.steps):
            return self.stage
        return max((stage for stage, taken in self.steps if taken <= day), key=STAGES.index, default=STAGES[0])


def facts_of(examined: Examined, inside: str, workspace: Workspace) -> CaseFacts:
    """The facts of one examined case file; `inside` is its path within the repository."""
    case, result = examined.case, examined.result
    errors = sum(level(p) is Level.ERROR for p in examined.problems)
    if case is None or result is None:
        return CaseFacts(inside, failed=UNREAD if examined.unreadable else BROKEN, errors=errors)
    act, clue, procedure, end = case.act, case.clue, case.procedure, case.conclusion
    people = People(case, workspace.roster, workspace.office)
    findings = tuple(_finding(f, examined.book, people) for f in result.findings)
    return CaseFacts(
        inside, case.number, "", errors, case.stage, act.kind if act else None,
        act.unit if act else None, clue.source if clue else None, clue.result if clue else None,
        clue.day if clue else None, procedure.filing.day if procedure.filing else None,
        act.reference_day if act else None, procedure.decision.day if procedure.decision else None,
        end.kind if end else None, end.day if end else None, case.appraisal_year, result.rulebook, result.unfit,
        findings, _involved(case, people), tuple(_people(case, people)), tuple(_terms(case, workspace.office)),
        _money(case, workspace.office), tuple(_done(case)), tuple(_sought(case)),
        case.correction.manner if case.correction else None,
        tuple((stage, day) for stage in STAGES if (day := day_of(case, stage)[0]) is not None),
    )


def _finding(result: FindingResult, book: Rulebook | None, people: People) -> Finding:
    why = result.undecided
    return Finding(
        result.faults, result.outcome.value if result.outcome is not None and result.decided else None,
        why.kind.value if why is not None else None, why.question if why is not None else None,
        tuple(_bearer(line, book, people) for line in result.persons)
        if result.decided and result.outcome is Outcome.LIABLE else (), result.kept_by_organ)


def _bearer(line: PersonResult, book: Rulebook | None, people: People) -> Bearer:
    degrees = book.degrees if book is not None else {}
    bears = line.remainder or any(  # a grade of another version of the measure is one that bears
        grade not in degrees or degrees[grade].kind is not DegreeKind.NONE for grade in line.grades)
    return Bearer(line.person, line.unit, line.at_fault, bears, line.grades, line.severity, line.recovery,
                  tuple(_method(m, line.person, book, people) for m in line.methods))


def _method(method: MethodResult, person: str, book: Rulebook | None, people: People) -> Method:
    known = book.methods.get(method.method) if book is not None else None
    if known is None:
        return Method(method.method, method.name or "", method.can.value, method.to)
    member = people.member(person)
    personnel = (member.personnel if member is not None else None) or ""
    sort = APPRAISAL if APPRAISER in (known.organ, known.organs.get(personnel)) \
        else AWARD if any(word in known.name for word in AWARDS) else ""
    words = known.effects.get(personnel, known.effect) if sort and method.can is not Can.NOT_APPLICABLE else None
    return Method(method.method, known.name, method.can.value, method.to, sort, words)


def _involved(case: Case, people: People) -> tuple[str, ...]:
    """Everybody of 涉及人员 and 处理意见. Who is said to be without fault is among them: a post may bear
    without a fault of its own, and until the decision nobody is cleared."""
    listed = {one.person: one.is_unit for f in case.findings for one in f.involved}
    for written in case.dispositions:
        person = case.ids.get(written, written)
        member = people.member(person)
        listed.setdefault(person, member is not None and member.is_unit)
    return tuple(sorted(person for person, is_unit in listed.items() if not is_unit))


def _people(case: Case, people: People) -> Iterator[Person]:
    for person in _involved(case, people):
        member = people.member(person)
        if member is None:
            yield Person(person, person, None, None, None)
        else:
            yield Person(person, member.name, member.unit, member.personnel, member.appraised_by)


def _terms(case: Case, office: Office | None) -> Iterator[Used]:
    for key, limit in sorted(office.limits.items()) if office is not None else ():
        steps = steps_of(key)
        if steps is None:
            continue
        start, end = day_of(case, steps[0])[0], day_of(case, steps[1])[0]
        if start is not None and (end is not None or STAGES.index(case.stage) < STAGES.index(steps[1])):
            yield _used(key, limit, start, end, office)


def _used(key: str, limit: Limit, start: date, end: date | None, office: Office | None) -> Used:
    working, due = limit.unit == WORKING_DAY, last_day(start, limit, office)
    if end is None:
        return Used(key, limit.text, working, start, due, None, None, False)
    used = working_days_between(start, end, office) if working else max(0, (end - start).days)
    return Used(key, limit.text, working, start, due, end, used, exceeded(start, end, limit, office))


def _money(case: Case, office: Office | None) -> Money | None:
    paid = case.compensation
    if paid is None or paid.amount is None:
        return None
    ordered = ordered_cents(paid, office.organ if office is not None else None)
    return Money(paid.nature or "", int(cents(paid.amount)), int(ordered or 0))


def _done(case: Case) -> Iterator[Done]:
    for written, entries in sorted(case.performance.items()):
        for entry in entries:
            amount = int(cents(entry.amount)) if entry.amount is not None else None
            yield Done(case.ids.get(written, written), entry.matter or "", entry.done_on, amount)


def _sought(case: Case) -> Iterator[Sought]:
    for appeal in case.appeals:
        person = appeal.person or ""
        yield Sought(case.ids.get(person, person), appeal.way or "", appeal.result)
