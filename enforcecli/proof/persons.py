"""Every small group of persons in every situation: each answer adds up to one or is a named “cannot decide”,
nothing breaks, and the order of the persons changes nothing.

Persons no clause of the book tells apart count once, values no condition tells apart too, and the size of a
part is 0, 1/2 or 1: parts are judged one by one and added up, so other sizes bring no other judgement.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import product
from math import comb, gcd

from msgspec import Struct

from enforcecli.model.case import Finding, Involved
from enforcecli.model.result import FindingResult, Why
from enforcecli.model.rulebook import (
    AT_FAULT,
    FAULT,
    HAS_ROLE,
    NOT_AT_FAULT,
    PERSONS_AT_FAULT,
    WHOLE,
    Clause,
    Role,
    Rule,
    Rulebook,
)
from enforcecli.proof.situations import Answer, Combination, How, Situations, Verdict, answer, conditions_on
from enforcecli.rules.finding import assess_finding
from enforcecli.rules.resolve import matched
from enforcecli.rules.situation import Situation

Progress = Callable[[int, int], None]
LARGEST = 3
"""Persons in a group."""
MOST = 60_000
"""Groups assessed; a book that has more is factored, then sampled."""
SAMPLE = 5_000
"""Groups assessed where the situations are a sample themselves: more of them would prove no more."""
NAMES = ("甲", "乙", "丙")
SIZES = (Fraction(0), Fraction(1, 2), Fraction(1))
OPEN = (Verdict.SILENT, Verdict.CONFLICT, Verdict.GAP)
"""Verdicts that leave nothing to ask of the persons."""


class Frame(Struct, frozen=True):
    """What is common to the groups: the facts, the sizes of the parts (none: 全案), the roles present as far
    as a condition asks for them; `largest`: how many persons are worth trying."""

    facts: tuple[tuple[str, str], ...]
    parts: tuple[tuple[str, Fraction], ...] = ()
    present: frozenset[str] = frozenset()
    largest: int = LARGEST


class Bearer(Struct, frozen=True):
    """A kind of person, as far as the book tells persons apart."""

    role: str
    facts: tuple[tuple[str, str], ...]
    unit: bool = False

    def named(self, name: str) -> Involved:
        return Involved(name, name, (self.role,), dict(self.facts), None, self.unit)


class Flaw(Struct, frozen=True):
    """A group the book (or the program) fails on. `kind`: crash, sum, order, problem; `words` what happened;
    `codes` of the problems that keep it from being computed."""

    kind: str
    finding: Finding
    words: str
    codes: tuple[str, ...] = ()


class Groups(Struct, frozen=True):
    """What became of the groups. `undecided`: how many by reason; `total`: how many groups there are, `tried`
    those assessed; `flaws`: the first of each kind."""

    total: int
    tried: int
    how: How
    decided: int
    undecided: Mapping[Why, int]
    flaws: tuple[Flaw, ...]


def try_groups(book: Rulebook, known: Situations, most: int = MOST, progress: Progress | None = None) -> Groups:
    """Assess every group of up to three persons, forwards and backwards. `progress(done, all)` is told."""
    plan = plan_of(book, known, most)
    decided, undecided, flaws = 0, Counter[Why](), dict[str, Flaw]()
    whole_number = plan.tried
    for done, finding in enumerate(plan.findings()):
        result, flaw = tried(book, finding)
        if progress is not None:
            progress(done, whole_number)
        if flaw is not None:
            flaws.setdefault(flaw.kind, flaw)
        if result is not None and result.undecided is not None:
            undecided[result.undecided.kind] += 1
        elif result is not None:
            decided += 1
    return Groups(plan.total, whole_number, plan.how, decided, undecided, tuple(flaws.values()))


def tried(book: Rulebook, finding: Finding) -> tuple[FindingResult | None, Flaw | None]:
    """The result of one group, and what is wrong with it. Any exception is a flaw: this looks for bugs."""
    try:
        result = assess_finding(book, finding, traced=False)
        backwards = assess_finding(book, finding_backwards(finding), traced=False) if len(finding.involved) > 1 else result
    except Exception as error:  # whatever it is, it must be told with the group that brings it about
        return None, Flaw("crash", finding, f"{type(error).__name__}: {error}")
    if result.undecided is not None and result.undecided.kind is Why.PROBLEM:
        reasons = [dict(p.args).get("reason", "") for p in result.problems]
        return result, Flaw("problem", finding, "；".join(filter(None, reasons)),
                            tuple(dict.fromkeys(p.code for p in result.problems)))
    if not whole(result):
        return result, Flaw("sum", finding, str(total(result)))
    if said(result) != said(backwards):
        return result, Flaw("order", finding, "")
    return result, None


def finding_backwards(finding: Finding) -> Finding:
    return Finding(facts=finding.facts, parts=finding.parts, involved=finding.involved[::-1])


def total(result: FindingResult) -> Fraction:
    return sum((p.share for p in result.persons if p.share is not None), Fraction(0))


def whole(result: FindingResult) -> bool:
    """Together 1 less the parts not pursued, or no share at all, or the question to settle is named."""
    if result.undecided is not None:
        return bool(result.undecided.question)
    if all(p.share is None for p in result.persons):
        return True
    spared = sum((part.weight for part in result.parts if part.not_pursued), Fraction(0))
    return total(result) == 1 - spared and all(p.share is None or p.share >= 0 for p in result.persons)


def said(result: FindingResult) -> object:
    """What a result says of each person, or why it cannot be decided: all that an answer is."""
    if result.undecided is not None:
        u = result.undecided
        return u.kind, u.part, u.rules, frozenset(u.facts), frozenset(u.persons), frozenset(u.roles)
    persons = {(p.person, p.remainder): (p.share, p.percent, p.grades, p.severity) for p in result.persons}
    rules = tuple((p.part, p.rules, p.added, p.exempting, p.not_pursued) for p in result.parts)
    return result.outcome, persons, rules


# which groups

class Plan(Struct, frozen=True):
    """The groups to assess: frames with the bearers worth telling apart in each; every `step`-th of them."""

    frames: tuple[tuple[Frame, tuple[Bearer, ...]], ...]
    total: int
    how: How
    step: int = 1

    @property
    def tried(self) -> int:
        return -(-_size(self.frames) // self.step)

    def findings(self) -> Iterator[Finding]:
        """Every `step`-th group, as the finding to assess; those between are not even made."""
        first = 0
        for frame, bearers in self.frames:
            count = _count(len(bearers), frame.largest)
            yield from _findings(frame, bearers, range(first, count, self.step))
            first = (first - count) % self.step


def plan_of(book: Rulebook, known: Situations, most: int = MOST, others: Sequence[Rulebook] = ()) -> Plan:
    """The groups of a book. `others`: books of the same vocabulary whose rules must be able to tell the
    persons apart as well (a change is looked for by putting the same group to both)."""
    rules = [rule for each in (book, *others) for rule in each.rules.values()]
    every = bearers(book, rules)
    frames = tuple((frame, _there(every, frame, book)) for frame in _frames(book, known, rules))
    size = _size(frames)
    if known.how is How.SAMPLED and not others:
        return Plan(frames, size, How.SAMPLED, _step(frames, min(most, SAMPLE)))
    if size <= most or others:
        return Plan(frames, size, known.how)
    fewer = tuple(_merged(book, frames))
    count = _size(fewer)
    if count <= most:
        return Plan(fewer, size, max(known.how, How.FACTORED, key=list(How).index))
    return Plan(fewer, size, How.SAMPLED, _step(fewer, most))


def _size(frames: Iterable[tuple[Frame, tuple[Bearer, ...]]]) -> int:
    return sum(_count(len(bearers), frame.largest) for frame, bearers in frames)


def _step(frames: Sequence[tuple[Frame, tuple[Bearer, ...]]], most: int) -> int:
    """So far apart that at most `most` are left; in step with no frame, or it would meet the same group in each."""
    counts = {_count(len(bearers), frame.largest) for frame, bearers in frames}
    step = max(1, -(-_size(frames) // most))
    while any(count and gcd(step, count) > 1 for count in counts):
        step += 1
    return step


def _count(kinds: int, largest: int) -> int:
    """Groups of 1 … largest out of so many kinds."""
    return sum(comb(kinds + n - 1, n) for n in range(1, largest + 1))


def _findings(frame: Frame, kinds: tuple[Bearer, ...], wanted: Iterable[int]) -> Iterator[Finding]:
    """The groups with these numbers, of all there are in the frame; none where somebody has to be there and is not."""
    facts, parts = dict(frame.facts), dict(frame.parts)
    for number in wanted:
        group = _group(kinds, number)
        if not frame.present or frame.present <= {bearer.role for bearer in group}:
            involved = tuple(bearer.named(name) for bearer, name in zip(group, NAMES, strict=False))
            yield Finding(facts=facts, parts=parts, involved=involved)


def _group(kinds: Sequence[Bearer], number: int) -> list[Bearer]:
    """The group with this number: first those of one person, then of two …, each size in the order of the kinds."""
    size = 1
    while number >= (count := comb(len(kinds) + size - 1, size)):
        number, size = number - count, size + 1
    group, first = [], 0
    for left in range(size - 1, -1, -1):  # how many follow
        while number >= (count := comb(len(kinds) - first + left - 1, left)):
            number, first = number - count, first + 1
        group.append(kinds[first])
    return group


def _there(every: tuple[Bearer, ...], frame: Frame, book: Rulebook) -> tuple[Bearer, ...]:
    """The bearers that fit a frame: nobody in a role the frame says nobody has."""
    return tuple(b for b in every if b.role in frame.present or b.role not in asked_roles(book))


def asked_roles(book: Rulebook) -> frozenset[str]:
    """The roles some condition asks about with 有<role>."""
    read = {c.key for terms in conditions_on(book) for c in terms}
    return frozenset(role for role in book.roles if HAS_ROLE + role in read)


def _frames(book: Rulebook, known: Situations, rules: Sequence[Rule]) -> Iterator[Frame]:
    """The facts of the situations, values no condition tells apart once, with every size of the parts. Where
    the book itself leaves every part open the persons are not even asked for: one is enough."""
    by_facts: dict[tuple[object, ...], list[Combination]] = {}
    for combination in known.combinations:
        if known.how is not How.ALL or _first_of_its_kind(book, combination, rules):
            by_facts.setdefault((combination.facts, combination.present), []).append(combination)
    for met in by_facts.values():
        verdicts = {c.part: answer(book, c).verdict for c in met}
        names = [c.part for c in met if c.part != WHOLE]
        for sizes in _sizes(len(names)):
            parts = tuple(zip(names, sizes, strict=True))
            judged = [name for name, size in parts if size] or [WHOLE]
            open_ = all(verdicts[part] in OPEN for part in judged if part in verdicts)
            yield Frame(met[0].facts, parts, met[0].present, 1 if open_ else LARGEST)


def _sizes(parts: int) -> Iterator[tuple[Fraction, ...]]:
    return (sizes for sizes in product(SIZES, repeat=parts) if not sizes or sum(sizes) == 1)


def _first_of_its_kind(book: Rulebook, combination: Combination, rules: Sequence[Rule]) -> bool:
    """Whether every value is the first of those that every condition treats alike."""
    terms = [c for given in (*conditions_on(book), *(rule.when for rule in rules)) for c in given]
    for name, value in combination.facts:
        mine = [c.values for c in terms if c.key == name]
        alike = next(v for v in book.facts[name].values if all((v in s) == (value in s) for s in mine))
        if alike != value:
            return False
    return True


# which persons

def bearers(book: Rulebook, rules: Iterable[Rule]) -> tuple[Bearer, ...]:
    """The kinds of person the rules tell apart: by role (those no rule names count as one), by fault and by
    the person facts some `where` reads."""
    clauses = [clause for rule in rules for clause in rule.bears or ()]
    named = asked_roles(book).union(*(clause.who for clause in clauses))
    found: dict[object, Bearer] = {}
    for role in book.roles.values():
        for bearer in _of_role(book, role, clauses):
            found.setdefault((role.name if role.name in named else "", _matches(book, bearer, clauses)), bearer)
    return tuple(found.values())


def _matches(book: Rulebook, bearer: Bearer, clauses: Sequence[Clause]) -> tuple[object, ...]:
    """What the engine sees of a person: the clauses matched, and whether at fault."""
    alone = Situation(book, Finding(involved=(bearer.named("甲"),)))
    matching = tuple(bool(matched(alone, clause, WHOLE)) for clause in clauses)
    return alone.at_fault(alone.finding.involved[0], WHOLE), matching


def _of_role(book: Rulebook, role: Role, clauses: Sequence[Clause]) -> Iterator[Bearer]:
    """At fault or not, with every value of the facts read of this role, and with none stated."""
    mine = [c for c in clauses if role.name in c.who or (PERSONS_AT_FAULT in c.who and not role.unit)]
    read = sorted({c.key for clause in mine for c in clause.where} - {FAULT})
    facts = [book.person_facts[name] for name in read if name in book.person_facts]
    asked = [fact for fact in facts if fact.roles is None or role.name in fact.roles]
    for fault in (AT_FAULT, NOT_AT_FAULT):
        for values in product(*((*fact.values, None) for fact in asked)):
            given = tuple((fact.name, value) for fact, value in zip(asked, values, strict=True) if value is not None)
            yield Bearer(role.name, ((FAULT, fault), *given), role.unit)


def _merged(book: Rulebook, frames: Iterable[tuple[Frame, tuple[Bearer, ...]]],
            ) -> Iterator[tuple[Frame, tuple[Bearer, ...]]]:
    """Frames in which the same rules apply once, and in each only the persons its rules tell apart."""
    seen = set()
    for frame, every in frames:
        applying = []
        for part in [name for name, size in frame.parts if size] or [WHOLE]:
            at = answer(book, Combination(frame.facts, part, frame.present))
            applying.append((_rules(at), at.verdict))
        key = (tuple(applying), tuple(size for _, size in frame.parts), frame.present)
        if key in seen:
            continue
        seen.add(key)
        rules = [book.rules[name] for names, _ in applying for name in names]
        clauses = [clause for rule in rules for clause in rule.bears or ()]
        asked = asked_roles(book)
        kinds = {(_matches(book, b, clauses), b.role if b.role in asked else ""): b for b in reversed(every)}
        yield frame, tuple(b for b in every if b in kinds.values())


def _rules(at: Answer) -> tuple[str, ...]:
    return (*at.applicable, *at.added, *at.exempting, *at.severity)
