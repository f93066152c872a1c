"""What one case counts for in a year: the keys of its tallies. docs/yearly-review.md says the same in words.

A case is counted in one year only, that of `CaseFacts.year`. The flow of cases (carried over, new,
settled, pending) is that of the year's end. Grades, methods and money are those of cases this office has
decided; what is computed before is a draft and counts nowhere.
"""

from __future__ import annotations

from collections.abc import Container, Iterator
from datetime import date

from enforcecli.model.result import Can
from enforcecli.review.facts import Bearer, CaseFacts, Finding, Method, Used
from enforcecli.review.words import (
    APPRAISAL,
    AWARD,
    CARRIED,
    NEW,
    OVERDUE,
    PENDING,
    PURSUED,
    SETTLED,
    SUSPENDED,
)
from enforcecli.review.year import Key

Mark = tuple[Key, int]

NO_ITEM = ""
_ORDER = (Can.IMPOSE.value, Can.REFER.value, Can.NOT_APPLICABLE.value)


def marks(facts: CaseFacts, year: int, prefix: str = "") -> Iterator[Mark]:
    """Key and amount. `prefix` stands before the ids of people, who are other people in another place."""
    if facts.failed:
        yield ("left", facts.failed), 1
        return
    if facts.year is None:
        yield ("left", "undated"), 1
        yield from _barred(facts, prefix)
        return
    yield from _flow(facts, year, prefix)
    if prefix and facts.year == year:
        yield ("place", prefix[:-1], "cases"), 1
        yield ("place", prefix[:-1], "findings"), len(facts.findings)
    yield from _consequences(facts, year, prefix)
    if facts.year != year:
        return
    yield from _case(facts)
    yield from _findings(facts)
    yield from _terms(facts)
    if facts.money is not None:
        yield ("money", "paid", facts.money.nature), facts.money.paid
    for sought in facts.sought:
        yield ("sought", sought.way, sought.result or ""), 1
    if facts.pursued:
        yield from _pursued(facts, prefix)


def _flow(facts: CaseFacts, year: int, prefix: str) -> Iterator[Mark]:
    """Carried over + new = settled + pending at the end of the year."""
    opened, settled = facts.opened_on, facts.settled_on
    if opened is None or opened.year > year or (settled is not None and settled.year < year):
        return
    unit = facts.unit or NO_ITEM
    yield ("flow", NEW if opened.year == year else CARRIED), 1
    yield ("flow-of", unit, NEW if opened.year == year else CARRIED), 1
    if opened.year == year:
        yield ("month", f"{opened.month:02d}", NEW), 1
    if settled is not None and settled.year == year:
        yield ("flow", SETTLED), 1
        yield ("flow-of", unit, SETTLED), 1
        if prefix:
            yield ("place", prefix[:-1], SETTLED), 1
        yield ("month", f"{settled.month:02d}", SETTLED), 1
        if facts.decided is not None:  # served, carried out, closed in time: terms that run on
            yield from _overdue(_running(facts, date(year, 12, 31)), date(year, 12, 31))
        return
    yield ("flow", PENDING), 1
    yield ("flow-of", unit, PENDING), 1
    if prefix:
        yield ("place", prefix[:-1], PENDING), 1
    yield from _waiting(facts, opened, date(year, 12, 31), unit, prefix)
    for person in facts.involved:
        yield ("person", prefix + person, "pending"), 1


def _waiting(facts: CaseFacts, opened: date, end: date, unit: str, prefix: str) -> Iterator[Mark]:
    """A case pending at the end of the year: what it was waiting for on that day, whatever came later."""
    running = _running(facts, end)
    suspended = facts.conclusion == SUSPENDED and (facts.concluded is None or facts.concluded <= end)
    over = [] if suspended else list(_overdue(running, end))
    due = min((t.due for t in running), default=None)
    yield ("pending", opened.isoformat(), prefix + (facts.number or facts.file), facts.stage_on(end), unit,
           due.isoformat() if due is not None else "", SUSPENDED if suspended else OVERDUE if over else ""), 1
    if over:
        yield ("flow", OVERDUE), 1
    yield from over


def _running(facts: CaseFacts, end: date) -> list[Used]:
    return [t for t in facts.terms if t.since <= end and (t.until is None or t.until > end)]


def _overdue(running: list[Used], end: date) -> Iterator[Mark]:
    """A last day that is the year's last has not passed."""
    for term in running:
        if term.due < end:
            yield ("overdue", *_limit(term)), 1


def elsewhere(facts: CaseFacts, year: int, listed: Container[str], prefix: str = "") -> Iterator[Mark]:
    """Of a case that is not counted here, being another unit's: what it means for people. `listed`: the
    unit's own people, whose appraisal it is."""
    opened, settled = facts.opened_on, facts.settled_on
    if facts.failed:
        return
    for key, amount in _consequences(facts, year, prefix):
        if key[0] == "person" or (key[0] == "effect" and key[2] in listed):
            yield key, amount
    if opened is None:
        yield from _barred(facts, prefix)
    elif opened.year > year or (settled is not None and settled.year < year):
        return
    elif settled is None or settled.year > year:
        for person in facts.involved:
            yield ("elsewhere", prefix + person, "pending"), 1
    elif facts.pursued:
        for person in _persons(facts):
            yield ("elsewhere", prefix + person, "cases"), 1


def _barred(facts: CaseFacts, prefix: str) -> Iterator[Mark]:
    """Of a case of no year: whom it keeps from being proposed for a reward."""
    for person in facts.involved:
        yield ("barred", prefix + person), 1


def _case(facts: CaseFacts) -> Iterator[Mark]:
    yield ("case",), 1
    yield ("stage", facts.stage), 1
    yield ("kind", facts.kind or NO_ITEM), 1
    yield ("unit", facts.unit or NO_ITEM, "cases"), 1
    yield ("source", facts.source or NO_ITEM, facts.source_result or NO_ITEM), 1
    yield ("ended", _ended(facts)), 1
    if facts.errors:
        yield ("errors",), 1
    if facts.unfit:
        yield ("unfit",), 1
    if facts.corrected or facts.pursued:
        yield ("corrected", facts.corrected or NO_ITEM), 1


def _ended(facts: CaseFacts) -> str:
    """A conclusion without its day, or one that nothing was decided with, ends nothing."""
    if facts.pursued:
        return PURSUED
    ended = facts.settled_on is not None or facts.conclusion == SUSPENDED
    return facts.conclusion or NO_ITEM if ended else NO_ITEM


def _findings(facts: CaseFacts) -> Iterator[Mark]:
    for finding in facts.findings:
        yield ("finding",), 1
        yield ("unit", facts.unit or NO_ITEM, "findings"), 1
        for item in dict.fromkeys(finding.faults):
            yield ("fault", facts.book or "", item), 1
        if finding.why is not None:
            yield ("undecided", finding.why), 1


def _terms(facts: CaseFacts) -> Iterator[Mark]:
    for term in facts.terms:
        if term.used is not None:
            yield ("term", *_limit(term), f"{term.used:05d}", "over" if term.over else ""), 1


def _limit(term: Used) -> tuple[str, str, str]:
    return term.term, term.limit, "working" if term.working else "days"


def _lines(facts: CaseFacts) -> list[tuple[Finding, Bearer]]:
    """The lines of a decided case that still stand."""
    lifted = facts.lifted
    return [(finding, b) for finding in facts.findings for b in finding.bearers if b.person not in lifted]


def _persons(facts: CaseFacts) -> set[str]:
    """Who was pursued, units apart."""
    return {b.person for _, b in _lines(facts) if b.bears and not b.unit}


def _pursued(facts: CaseFacts, prefix: str) -> Iterator[Mark]:
    """Grades, methods and money of a decided case, each person once a case."""
    book, unit = facts.book or "", facts.unit or NO_ITEM
    bearers = [(finding, b) for finding, b in _lines(facts) if b.bears]
    if facts.lifted:
        yield ("left", "lifted"), 1
    for _, bearer in bearers:
        for grade in (*bearer.grades, *bearer.severity):
            yield ("grade", book, grade, "unit" if bearer.unit else "person"), 1
            if not bearer.unit:
                yield ("person", prefix + bearer.person, "grade", grade), 1
    for person, is_unit in dict.fromkeys((b.person, b.unit) for _, b in bearers):
        sort = "unit" if is_unit else "person"
        yield ("pursued", sort), 1
        if prefix:
            yield ("place", prefix[:-1], "pursued", sort), 1
        yield ("unit", unit, "pursued", sort), 1
        if not is_unit:
            yield ("person", prefix + person, "cases"), 1
            yield ("person", prefix + person, "findings"), sum(b.person == person for _, b in bearers)
    units = {b.person for _, b in bearers if b.unit}
    for person, method in _methods(facts):
        yield ("method", book, method.code, method.name, method.can), 1
        if person not in units and method.can != Can.NOT_APPLICABLE.value:
            yield ("person", prefix + person, "method", _label(method), method.can), 1
    yield from _money(facts)


def _methods(facts: CaseFacts) -> list[tuple[str, Method]]:
    """The methods chosen for each person, once a case: two findings judge the same choice twice, and
    what can be done in one of them can be done."""
    found: dict[tuple[str, str, str], Method] = {}
    for _, bearer in _lines(facts):
        for method in bearer.methods:
            key = (bearer.person, method.code, method.name)
            if key not in found or _ORDER.index(method.can) < _ORDER.index(found[key].can):
                found[key] = method
    return [(person, method) for (person, _, _), method in found.items()]


def _label(method: Method) -> str:
    return f"{method.code} {method.name}".rstrip()


def _money(facts: CaseFacts) -> Iterator[Mark]:
    lines = [b for _, b in _lines(facts)]
    borne = sum(b.recovery or 0 for b in lines)
    kept = sum(finding.kept or 0 for finding in facts.findings)
    if borne or kept or (facts.money is not None and facts.money.ordered):
        yield ("money", "ordered", ""), borne + kept
        yield ("money", "borne", ""), borne
        yield ("money", "kept", ""), kept
    if any(b.recovery is None for b in lines):
        yield ("money", "uncomputed", ""), 1
    for done in facts.done:
        yield ("done",), 1
        if done.amount is not None:
            yield ("money", "recovered", ""), done.amount


def _consequences(facts: CaseFacts, year: int, prefix: str) -> Iterator[Mark]:
    """What a decision means for the appraisal of the year it belongs to: the year stated in the case,
    else that of the decision (解释十九: in January and February the file has to say)."""
    if not facts.pursued or facts.decided is None:
        return
    if (facts.appraisal_year or facts.decided.year) != year:
        return
    if facts.appraisal_year is None and facts.decided.month <= 2 \
            and any(method.sort for _, method in _methods(facts)):
        yield ("left", "appraisal-year"), 1
    personnel = {person.id: person.personnel or "" for person in facts.people}
    for person, method in _methods(facts):
        if method.sort in (APPRAISAL, AWARD) and method.can != Can.NOT_APPLICABLE.value:
            yield ("effect", method.sort, prefix + person, _label(method), method.can, method.to or "",
                   method.words or "", personnel.get(person, "")), 1
    for person in _persons(facts):
        yield ("person", prefix + person, "year"), 1
