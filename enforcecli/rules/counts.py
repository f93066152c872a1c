"""Counted facts: how often a person was held liable before (docs/rulebook-format.md, Counting). Pure:
what the other cases say of whom comes in as values.

What is counted are cases, not findings: one event is one case, however many items it falls under. A
case never counts itself, and what was decided after a decision never changes it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from functools import lru_cache

from msgspec import Struct
from msgspec.structs import replace

from enforcecli.model.case import Case, Finding, Involved
from enforcecli.model.problem import Problem, problem
from enforcecli.model.result import CaseResult, Counted, CountedCase, FindingResult, Outcome
from enforcecli.model.rulebook import AT_FAULT, FAULT, OPEN, Count, DegreeKind, PersonFact, Rulebook
from enforcecli.rules.calendar import add_months

REVOKED = ("撤销", "revoked", "annulled")
"""Words of 救济.结果 after which the person's liability no longer stands."""


class Occurrence(Struct, frozen=True):
    """One finding of one case and one person of it, as far as counting asks. `codes`: the items of the
    catalogue; `articles`: their clauses one level up; both mean something within one measure only."""

    case: str | None
    file: str
    person: str
    measure: str
    codes: frozenset[str]
    articles: frozenset[str]
    held: bool  # found liable, and it still stands
    decided_on: date | None
    acted_on: date | None

    def day(self, by: str) -> date | None:
        return self.decided_on if by == "decision" else self.acted_on


Register = Mapping[str, Sequence[Occurrence]]
"""Person → what all cases of the repository say."""


def counted_facts(book: Rulebook) -> tuple[PersonFact, ...]:
    """The facts the program counts under this book."""
    return tuple(f for f in book.person_facts.values() if f.count is not None and f.count.times)


# what a case says for others to count

def occurrences(case: Case, result: CaseResult, book: Rulebook,
                later: Rulebook | None = None) -> Iterable[Occurrence]:
    """Everyone whom a finding holds liable, or, where it is not decided yet, finds at fault. `later`: the
    version some lines of the result come from."""
    decision = case.procedure.decision
    decided_on = decision.day if decision is not None else None
    acted_on = case.act.reference_day if case.act is not None else None
    lifted = {case.ids.get(a.person or "", a.person) for a in case.appeals if revoked(a.result)}
    for finding, found in zip(case.findings, result.findings, strict=True):
        codes = frozenset(_items(book, finding))
        articles = frozenset(article(book.faults[code].cite) for code in codes)
        held = _held((book,) if later is None else (book, later), found)
        for person in finding.involved:
            if person.person in lifted:
                continue
            if person.person in held or (found.undecided is not None and _at_fault(person)):
                yield Occurrence(case.number, case.file, person.person, book.measure, codes, articles,
                                 person.person in held, decided_on, acted_on)


def _held(books: Sequence[Rulebook], found: FindingResult) -> frozenset[str]:
    """Who bears a grade that is more than 不承担责任."""
    if found.outcome is not Outcome.LIABLE:
        return frozenset()
    nothing = {d.name for book in books for d in book.degrees.values() if d.kind is DegreeKind.NONE}
    return frozenset(p.person for p in found.persons if set(p.grades) - nothing and not p.remainder)


def _at_fault(person: Involved) -> bool:
    stated = person.facts.get(FAULT)
    return AT_FAULT in (stated.values() if isinstance(stated, Mapping) else (stated,))


def revoked(outcome: str | None) -> bool:
    """Whether a result of 复核 or 申诉 leaves nothing of the liability."""
    return any(word in (outcome or "").casefold() for word in REVOKED)


def _items(book: Rulebook, finding: Finding) -> Iterable[str]:
    """The items of the catalogue; an option (3-9a) counts as its item."""
    for code in finding.faults:
        if code in book.faults:
            yield code
        else:
            yield from (fault.code for fault in book.faults.values() if code in fault.options)


@lru_cache(maxsize=512)
def article(cite: str) -> str:
    """The article a clause belongs to: 第六条（三） → 第六条; without articles the clause one level up,
    三（一）3（5） → 三（一）3. A clause of the first level is its own article."""
    text = cite.strip()
    named = re.match("第[0-9零〇一二三四五六七八九十百千]+条(?:之[一二三四五六七八九十]+)?", text)
    if named is not None:
        return named[0]
    return _above(text) or text


def _above(cite: str) -> str:
    """The clause without its last step: a number in brackets, in digits or in ideographs. It is taken from
    the end: an expression would try every place it could begin at."""
    text = cite[:-1] if cite.endswith(("、", ".", "．")) else cite
    if text.endswith(("）", ")")):
        opened = max(text.rfind("（"), text.rfind("("))
        return text[:opened] if opened > max(text.rfind("）", 0, -1), text.rfind(")", 0, -1)) else cite
    for digits in ("0123456789", "一二三四五六七八九十百"):
        if text.endswith(tuple(digits)):
            return text.rstrip(digits)
    return cite


# counting

def count_all(case: Case, book: Rulebook, register: Register) -> dict[int, tuple[Counted, ...]]:
    """Finding (by place) → what was counted for its persons, in their order."""
    found: dict[int, tuple[Counted, ...]] = {}
    for i, finding in enumerate(case.findings):
        counts = [_count(case, book, finding, person, fact, register)
                  for person in finding.involved for fact in counted_facts(book)
                  if fact.roles is None or fact.roles & set(person.roles)]
        found[i] = tuple(one for one in counts if one is not None)
    return found


def _count(case: Case, book: Rulebook, finding: Finding, person: Involved, fact: PersonFact,
           register: Register) -> Counted | None:
    """None where no day of the case says when the window ends."""
    how = fact.count
    day, provisional = reference_day(case, how.by) if how is not None else (None, False)
    if how is None or day is None:
        return None
    since, until = window(day, how, provisional)
    codes = frozenset(_items(book, finding))
    articles = frozenset(article(book.faults[code].cite) for code in codes)
    cases: dict[str, CountedCase] = {}
    for one in register.get(person.person, ()):
        when = one.day(how.by)
        if when is None or not since <= when <= until or _is_itself(case, one) or not _standing(case, how, one):
            continue
        if how.match == "any" or (one.measure == book.measure and (
                one.codes & codes if how.match == "fault" else one.articles & articles)):
            cases[one.file] = CountedCase(one.case, one.file, when)
    ordered = tuple(sorted(cases.values(), key=lambda c: (c.day, c.file)))
    value = next((times.value for times in how.times if times.holds(len(ordered))), None)
    return Counted(person.person, fact.name, value, ordered, since, until, how.by, provisional)


def reference_day(case: Case, by: str) -> tuple[date | None, bool]:
    """The day the window ends before. By decision: the day of this case's decision; while there is none,
    the last day its procedure shows, and then it is provisional."""
    act = case.act.reference_day if case.act is not None else None
    if by == "act":
        return act, False
    decided = decided_on(case)
    if decided is not None:
        return decided, False
    steps = case.procedure
    filing, notice, talk, search = steps.filing, steps.notice, steps.deliberation, steps.investigation
    days = (act, case.clue and case.clue.day, filing and filing.day, notice and notice.day, talk and talk.day,
            search and search.day, search and search.until)
    return max((day for day in days if day), default=None), True


def decided_on(case: Case) -> date | None:
    """The day of the decision, or of the conclusion that stands instead of one."""
    decision, end = case.procedure.decision, case.conclusion
    return (decision.day if decision is not None else None) or (end.day if end is not None else None)


def window(day: date, how: Count, provisional: bool = False) -> tuple[date, date]:
    """First and last day, both inclusive: from the same day so many months before (or 1 January) to the
    day before. A provisional day is counted with: the decision will be later than it."""
    until = day if provisional or day == date.min else day - timedelta(days=1)
    if how.months is None:
        return date(day.year, 1, 1), until
    months = day.year * 12 + day.month - 1
    return (add_months(day, -how.months) if how.months <= months - 12 else date.min), until


def _is_itself(case: Case, one: Occurrence) -> bool:
    """The same file, or a draft of it elsewhere under the same number."""
    return one.file == case.file or (case.number is not None and one.case == case.number)


def _standing(case: Case, how: Count, one: Occurrence) -> bool:
    """`decided`: held liable by a decision, one that came before this case's own."""
    if how.findings != "decided":
        return True
    if not one.held or one.decided_on is None:
        return False
    own = decided_on(case)
    return own is None or one.decided_on < own


# the count wins

def with_counts(case: Case, counts: Mapping[int, Sequence[Counted]]) -> Case:
    """The case with every counted fact as counted, whatever was stated."""
    if not any(counts.values()):
        return case
    return replace(case, findings=tuple(
        replace(finding, involved=tuple(_with(person, counts.get(i, ())) for person in finding.involved))
        for i, finding in enumerate(case.findings)))


def _with(person: Involved, counts: Sequence[Counted]) -> Involved:
    own = {one.fact: one.value for one in counts if one.person == person.person}
    if not own:
        return person
    facts = {name: value for name, value in person.facts.items() if name not in own}
    return replace(person, facts=facts | {name: value for name, value in own.items() if value is not None})


def told(result: CaseResult, counts: Mapping[int, Sequence[Counted]]) -> CaseResult:
    """The result with what was counted for it."""
    return replace(result, findings=tuple(
        replace(found, counted=tuple(counts.get(i, ()))) for i, found in enumerate(result.findings)))


def count_problems(case: Case, counts: Mapping[int, Sequence[Counted]]) -> list[Problem]:
    """Where the case states something else than was counted."""
    out = []
    for i, finding in enumerate(case.findings):
        for j, person in enumerate(finding.involved):
            for one in counts.get(i, ()):
                stated = person.facts.get(one.fact) if one.person == person.person else None
                values = set(stated.values()) if isinstance(stated, Mapping) else {stated}
                wrong = sorted(v for v in values if v is not None and v not in (OPEN, one.value))
                if wrong:
                    out.append(problem(
                        "B311", ("findings", i, "involved", j, one.fact), person=person.written, fact=one.fact,
                        stated="、".join(wrong), counted=one.value or "（办法没有相应的值）", number=len(one.cases),
                        since=one.since, until=one.until,
                        cases="、".join(c.case or c.file for c in one.cases) or "（没有）"))
    return out
