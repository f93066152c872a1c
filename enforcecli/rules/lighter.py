"""从旧兼从轻: which of two versions of a measure is lighter for a person, and what then applies
(docs/rulebook-format.md, Two versions). Pure.

The older version applies. Where the later one is lighter for a person, and in no respect heavier, the
later one applies to that person, as a whole. For one person the two are never mixed: nobody gets the
grade of the one and the money of the other.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction

from msgspec.structs import replace

from enforcecli.model.problem import Problem, problem
from enforcecli.model.result import (
    Can,
    CaseResult,
    FindingResult,
    Outcome,
    PersonResult,
    PersonVersions,
    Respect,
    Versions,
    Weighed,
)
from enforcecli.model.rulebook import DegreeKind, Rulebook

LIGHTER, SAME, HEAVIER, UNCLEAR = Weighed.LIGHTER, Weighed.SAME, Weighed.HEAVIER, Weighed.UNCLEAR
NOTHING = "不承担责任"
SEVERITY = ("减轻", "从轻", "", "从重")
"""The lightest first; '' = no circumstance of either kind."""


class Pair:
    """One person in one finding under both versions."""

    def __init__(self, older: Rulebook, later: Rulebook) -> None:
        self.older, self.later = older, later
        self._beats = _order(list(older.degrees), list(later.degrees))

    def respects(self, index: int, a: PersonResult | None, b: PersonResult | None) -> Iterator[Respect]:
        """The respects in which the results differ; `a` the older line, `b` the later one, None where
        the finding lays nothing on the person."""
        old, new = _grade(self.older, a), _grade(self.later, b)
        if old is None and new is None:
            return
        if old != new:
            yield Respect(index, "grade", _words(a), _words(b), self.grades(old, new))
        if old is None or new is None:  # bearing nothing is lighter than anything
            return
        assert a is not None and b is not None
        if a.share != b.share:
            yield Respect(index, "share", _plain(a.share), _plain(b.share), _less(a.share, b.share))
        if a.severity != b.severity:
            yield Respect(index, "severity", "、".join(a.severity), "、".join(b.severity), _severity(a, b))
        yield from self._methods(index, a, b)
        if a.recovery != b.recovery:
            yield Respect(index, "recovery", _yuan(a.recovery), _yuan(b.recovery), _less(a.recovery, b.recovery))

    def grades(self, old: str | None, new: str | None) -> Weighed:
        """By the order of the degrees: what is heavier in one of the books is heavier, and so on through
        the words both have; where the two books contradict each other, or share no word, unclear."""
        if old == new:
            return SAME
        if old is None or new is None:
            return HEAVIER if old is None else LIGHTER
        heavier, lighter = new in self._beats.get(old, ()), old in self._beats.get(new, ())
        if heavier is lighter:
            return UNCLEAR
        return LIGHTER if heavier else HEAVIER

    def _methods(self, index: int, a: PersonResult, b: PersonResult) -> Iterator[Respect]:
        """What was chosen and may be imposed or proposed. Only methods that bear the same name under
        both codes can be set against each other; others the choice itself has to be adapted for."""
        if {m.method for m in a.methods} != {m.method for m in b.methods} or any(
                m.name is None and not self._same_method(m.method) for m in a.methods):
            return
        old, new = _allowed(a), _allowed(b)
        if old != new:
            weighed = LIGHTER if new < old else HEAVIER if old < new else UNCLEAR
            yield Respect(index, "methods", "、".join(sorted(old)), "、".join(sorted(new)), weighed)

    def _same_method(self, code: str) -> bool:
        one, other = self.older.methods.get(code), self.later.methods.get(code)
        return one is not None and other is not None and one.name == other.name


def weigh(older: CaseResult, later: CaseResult, old_book: Rulebook, new_book: Rulebook,
          on: date | None = None) -> Versions:
    """Both results of one case weighed for everyone. `on`: the day of the decision."""
    question = next((f"依 {book.id}，{f.undecided.question}" for result, book in ((older, old_book), (later, new_book))
                     for f in result.findings if f.undecided is not None), None)
    if question is not None or len(older.findings) != len(later.findings):
        return Versions(older, later, (), on, question or "两个版本读出的过错事实不一致")
    pair = Pair(old_book, new_book)
    people = dict.fromkeys(line.person for result in (older, later) for f in result.findings
                           for line in f.persons if not line.remainder)
    return Versions(older, later, tuple(_weighed(person, pair, older, later) for person in people), on)


def _weighed(person: str, pair: Pair, older: CaseResult, later: CaseResult) -> PersonVersions:
    """Over all findings: lighter in something and heavier in nothing."""
    respects = tuple(
        r for i, (a, b) in enumerate(zip(older.findings, later.findings, strict=True))
        for r in pair.respects(i, _line(a, person), _line(b, person)))
    seen = {r.weighed for r in respects} - {SAME}
    weighed = next(iter(seen)) if len(seen) == 1 else UNCLEAR if seen else SAME
    return PersonVersions(person, weighed, respects)


def _line(found: FindingResult, person: str) -> PersonResult | None:
    """None also in a finding that ends without liability."""
    if found.outcome is not Outcome.LIABLE:
        return None
    return next((p for p in found.persons if p.person == person and not p.remainder), None)


# what applies

def applied(versions: Versions) -> CaseResult:
    """The older result, with the line of the later one for everyone for whom that is lighter; the later
    result as a whole where it is lighter for all who bear anything.

    Each of the two divides the whole. Taken together the lines may come to less than 1 and never to
    more: a line is only replaced by one whose share is no larger. What is missing is borne by nobody,
    and in money it stays with the organ."""
    older, later = versions.older, versions.later
    lighter = {p.person for p in versions.persons if p.later_applies}
    if not lighter:
        return replace(older, versions=versions)
    bearing = {p.person for p in versions.persons if p.weighed is not SAME or _bears(older, p.person)}
    if bearing <= lighter:
        return replace(later, versions=versions)
    findings = tuple(_joined(a, b, lighter, later.rulebook)
                     for a, b in zip(older.findings, later.findings, strict=True))
    return replace(older, findings=findings, case_shares=_case_shares(versions, lighter), versions=versions)


def _bears(result: CaseResult, person: str) -> bool:
    return any((line := _line(f, person)) is not None and line.grades for f in result.findings)


def _joined(older: FindingResult, later: FindingResult, lighter: set[str], book: str | None) -> FindingResult:
    """A finding for which one version pursues nobody has no line to take: the person then bears nothing."""
    theirs = {p.person: p for p in later.persons if p.person in lighter}
    if older.outcome is not Outcome.LIABLE or not theirs:
        return older
    persons = tuple(replace(theirs[p.person], rulebook=book) if p.person in theirs and not p.remainder else p
                    for p in older.persons)
    counted = (*older.counted, *(c for c in later.counted if c.person in lighter and c not in older.counted))
    return replace(older, persons=persons, kept_by_organ=_kept(older, persons), counted=counted)


def _kept(older: FindingResult, persons: Sequence[PersonResult]) -> int | None:
    """What was ordered less what the persons pay."""
    if older.kept_by_organ is None or any(p.recovery is None for p in persons):
        return None
    ordered = older.kept_by_organ + sum(p.recovery or 0 for p in older.persons)
    return ordered - sum(p.recovery or 0 for p in persons)


def _case_shares(versions: Versions, lighter: set[str]) -> Mapping[str, Fraction] | None:
    old, new = versions.older.case_shares, versions.later.case_shares
    if old is None or new is None:
        return None
    return {person: (new if person in lighter else old).get(person, Fraction(0)) for person in old}


def version_problems(versions: Versions) -> list[Problem]:
    """What a person has to decide, because the program cannot."""
    older, later = versions.older.rulebook or "", versions.later.rulebook or ""
    if versions.question is not None:
        return [problem("B313", ("findings",), later=later, reason=versions.question)]
    return [problem("B312", ("findings",), person=p.person, older=older, later=later,
                    respects="；".join(_respect(r, versions.older.hidden) for r in p.respects))
            for p in versions.persons if p.weighed is UNCLEAR]


def _respect(respect: Respect, hidden: bool) -> str:
    """An office that shows grades only shows no share here either."""
    name = _NAMES[respect.name]
    if hidden and respect.name == "share":
        return f"{name}不同"
    return f"{name}：{respect.older or '无'} → {respect.later or '无'}"


_NAMES = {"grade": "责任等次", "share": "内部比例", "severity": "情节", "methods": "处理方式", "recovery": "追偿"}


# one respect

def _grade(book: Rulebook, line: PersonResult | None) -> str | None:
    """The heaviest grade; None for who bears nothing."""
    if line is None:
        return None
    return next((g for g in line.grades if book.degrees[g].kind is not DegreeKind.NONE), None)


def _order(*lists: Sequence[str]) -> dict[str, frozenset[str]]:
    """Word → all words lighter than it, by the lists (heaviest first) taken together."""
    below: dict[str, set[str]] = {}
    for words in lists:
        for i, word in enumerate(words):
            below.setdefault(word, set()).update(words[i + 1:i + 2])
    found = {}
    for word in below:
        seen: set[str] = set()
        open_words = list(below[word])
        while open_words:
            step = open_words.pop()
            if step not in seen:
                seen.add(step)
                open_words += below.get(step, ())
        found[word] = frozenset(seen)
    return found


def _less(old: Fraction | int | None, new: Fraction | int | None) -> Weighed:
    """A size that one of the two does not have cannot be compared."""
    if old is None or new is None:
        return UNCLEAR
    return LIGHTER if new < old else HEAVIER if new > old else SAME


def _severity(a: PersonResult, b: PersonResult) -> Weighed:
    old, new = _place(a.severity), _place(b.severity)
    return _less(old, new)


def _place(words: Sequence[str]) -> int | None:
    """None for words that are not on the scale, or for several that point different ways."""
    if not words:
        return SEVERITY.index("")
    return SEVERITY.index(words[0]) if len(words) == 1 and words[0] in SEVERITY else None


def _allowed(line: PersonResult) -> frozenset[str]:
    return frozenset(m.name or m.method for m in line.methods if m.can is not Can.NOT_APPLICABLE)


def _words(line: PersonResult | None) -> str:
    return "、".join(line.grades) if line is not None and line.grades else NOTHING


def _plain(share: Fraction | None) -> str:
    return "" if share is None else str(share)


def _yuan(cents: int | None) -> str:
    return "" if cents is None else f"{cents // 100}.{cents % 100:02d}"
