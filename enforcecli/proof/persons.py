"""Every small group of persons in every situation: each answer adds up to one or is a named “cannot decide”,
nothing breaks, and the order of the persons changes nothing.

Persons no clause of the book tells apart count once, values no condition tells apart too, and the size of a
part is 0, 1/2 or 1: parts are judged one by one and added up, so other sizes bring no other judgement.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import chain, combinations, combinations_with_replacement
from math import comb, gcd

from msgspec import Struct

from enforcecli.model.case import Finding, Involved
from enforcecli.model.result import FindingResult, Why
from enforcecli.model.rulebook import WHOLE, Rule, Rulebook
from enforcecli.proof.alike import Kinds
from enforcecli.proof.bearers import Bearer, asked_roles, bearers, matches
from enforcecli.proof.situations import Answer, Combination, How, Situations, Verdict, answer, conditions_on
from enforcecli.rules.finding import assess_finding

Progress = Callable[[int, int], None]
Group = tuple[int, ...]
"""The numbers of the bearers of a frame, one for each person."""
Kind = tuple[int, ...]
"""The kinds of a frame and of the persons in it (`alike.Kinds`)."""
LARGEST = 3
"""Persons in a group."""
MOST = 60_000
"""Groups tried; a book that has more is factored, then sampled."""
SAMPLE = 5_000
"""Groups tried where the situations are a sample themselves: more of them would prove no more."""
NAMES = ("甲", "乙", "丙")
OPEN = (Verdict.SILENT, Verdict.CONFLICT, Verdict.GAP)
"""Verdicts that leave nothing to ask of the persons."""
DECIDED, BROKEN = "decided", "broken"


class Frame(Struct, frozen=True):
    """What is common to the groups: the facts, the sizes of the parts (none: 全案), the roles present as far
    as a condition asks for them; `largest`: how many persons are worth trying."""

    facts: tuple[tuple[str, str], ...]
    parts: tuple[tuple[str, Fraction], ...] = ()
    present: frozenset[str] = frozenset()
    largest: int = LARGEST

    def finding(self, involved: Iterable[Involved] = ()) -> Finding:
        """A finding with these persons; without them whoever has to be there."""
        persons = tuple(involved) or tuple(Involved(role, role, (role,)) for role in sorted(self.present))
        return Finding(facts=dict(self.facts), parts=dict(self.parts), involved=persons)


class Flaw(Struct, frozen=True):
    """A group the book (or the program) fails on. `kind`: crash, sum, order, problem; `words` what happened;
    `codes` of the problems that keep it from being computed."""

    kind: str
    finding: Finding
    words: str
    codes: tuple[str, ...] = ()


class Groups(Struct, frozen=True):
    """What became of the groups. `total`: how many there are; `tried`: of how many the outcome was looked at,
    by assessing `assessed` of them – one for all no rule can tell apart; `undecided`: how many by reason; `flaws`:
    the first of each kind."""

    total: int
    tried: int
    assessed: int
    how: How
    decided: int
    undecided: Mapping[Why, int]
    flaws: tuple[Flaw, ...]


def try_groups(book: Rulebook, known: Situations, most: int = MOST, progress: Progress | None = None) -> Groups:
    """What becomes of every group of up to three persons. Of those an assessment cannot tell apart one is
    assessed, forwards and backwards. `progress(done, all)` is told."""
    plan = plan_of(book, known, most)
    came_to, flaws, counts = dict[Kind, Why | str](), dict[str, Flaw](), Counter[Why | str]()
    for done, (kind, frame, group) in enumerate(by_kind(book, plan)):
        if kind not in came_to:
            result, flaw = tried(book, plan.finding(frame, group))
            if flaw is not None:
                flaws.setdefault(flaw.kind, flaw)
            came_to[kind] = _came_to(result)
            if progress is not None:
                progress(done, plan.size)
        counts[came_to[kind]] += 1
    undecided = {why: count for why, count in counts.items() if isinstance(why, Why)}
    return Groups(plan.total, counts.total(), len(came_to), plan.how, counts[DECIDED], undecided, tuple(flaws.values()))


def by_kind(book: Rulebook, plan: Plan) -> Iterator[tuple[Kind, int, Group]]:
    """The groups of the plan – frame and bearers – each with its kind. The persons of a group are written in the
    order of their kinds, so that groups of as many of each kind are of one."""
    kinds, at = Kinds(book), -1
    for number, group in plan.groups():
        if number != at:
            frame, there = plan.frames[number]
            at, (of_frame, of_bearers) = number, kinds.of(frame.finding(), there)
            place = [of_bearers.index(kind) for kind in of_bearers].__getitem__
        written = tuple(sorted(group, key=place))
        yield (of_frame, *[of_bearers[i] for i in written]), number, written


def _came_to(result: FindingResult | None) -> Why | str:
    if result is None:
        return BROKEN
    return DECIDED if result.undecided is None else result.undecided.kind


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
    def size(self) -> int:
        """How many of them there are, at most: some of the roles in a frame may have to be filled."""
        return -(-_numbered(self.frames) // self.step)

    def groups(self) -> Iterator[tuple[int, Group]]:
        """Every `step`-th group: the number of its frame, and those of its bearers there; the groups between are
        not even made, nor those in which somebody who has to be there is not."""
        first = 0
        for number, (frame, there) in enumerate(self.frames):
            for group in _groups(len(there), frame.largest, first, self.step):
                if not frame.present or frame.present <= {there[i].role for i in group}:
                    yield number, group
            first = (first - _count(len(there), frame.largest)) % self.step

    def finding(self, number: int, group: Group) -> Finding:
        """The group as the finding to assess."""
        frame, there = self.frames[number]
        return frame.finding(there[i].named(name) for i, name in zip(group, NAMES, strict=False))

    def findings(self) -> Iterator[Finding]:
        return (self.finding(number, group) for number, group in self.groups())


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


Frames = Iterable[tuple[Frame, tuple[Bearer, ...]]]


def _size(frames: Frames) -> int:
    """Groups in which everybody is there who has to be."""
    return sum(_filling(frame.present, [bearer.role for bearer in there], frame.largest) for frame, there in frames)


def _filling(needed: frozenset[str], roles: Sequence[str], largest: int) -> int:
    """Groups out of kinds of these roles in which each role needed is filled, by inclusion and exclusion."""
    absent = chain.from_iterable(combinations(needed, n) for n in range(len(needed) + 1))
    return sum((-1) ** len(out) * _count(sum(role not in out for role in roles), largest) for out in absent)


def _numbered(frames: Frames) -> int:
    """Groups that have a number."""
    return sum(_count(len(there), frame.largest) for frame, there in frames)


def _step(frames: Collection[tuple[Frame, tuple[Bearer, ...]]], most: int) -> int:
    """So far apart that at most `most` are left; in step with no frame, or it would meet the same group in each."""
    counts = {_count(len(there), frame.largest) for frame, there in frames}
    step = max(1, -(-_numbered(frames) // most))
    while any(count and gcd(step, count) > 1 for count in counts):
        step += 1
    return step


def _count(kinds: int, largest: int) -> int:
    """Groups of 1 … largest out of so many kinds."""
    return sum(comb(kinds + n - 1, n) for n in range(1, largest + 1))


def _groups(kinds: int, largest: int, first: int, step: int) -> Iterator[Group]:
    """Every `step`-th of the groups of 1 … `largest` of so many kinds."""
    if step == 1:
        return chain.from_iterable(combinations_with_replacement(range(kinds), size) for size in range(1, largest + 1))
    return (_group(kinds, number) for number in range(first, _count(kinds, largest), step))


def _group(kinds: int, number: int) -> Group:
    """The group with this number: first those of one person, then of two …, each size in the order of the kinds."""
    size = 1
    while number >= (count := comb(kinds + size - 1, size)):
        number, size = number - count, size + 1
    group, first = [], 0
    for left in range(size - 1, -1, -1):  # how many follow
        while number >= (count := comb(kinds - first + left - 1, left)):
            number, first = number - count, first + 1
        group.append(first)
    return tuple(group)


def _there(every: tuple[Bearer, ...], frame: Frame, book: Rulebook) -> tuple[Bearer, ...]:
    """The bearers that fit a frame: nobody in a role the frame says nobody has."""
    return tuple(b for b in every if b.role in frame.present or b.role not in asked_roles(book))


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
    """Every way to add up to the whole: one part is all of it, or two are half of it each."""
    if not parts:
        return iter([()])
    halves = combinations_with_replacement(range(parts), 2)
    return iter(sorted(tuple(Fraction((i == one) + (i == other), 2) for i in range(parts)) for one, other in halves))


def _first_of_its_kind(book: Rulebook, combination: Combination, rules: Sequence[Rule]) -> bool:
    """Whether every value is the first of those that every condition treats alike."""
    terms = [c for given in (*conditions_on(book), *(rule.when for rule in rules)) for c in given]
    for name, value in combination.facts:
        mine = [c.values for c in terms if c.key == name]
        alike = next(v for v in book.facts[name].values if all((v in s) == (value in s) for s in mine))
        if alike != value:
            return False
    return True


def _merged(book: Rulebook, frames: Frames) -> Iterator[tuple[Frame, tuple[Bearer, ...]]]:
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
        kinds = {(matches(book, b, clauses), b.role if b.role in asked else ""): b for b in reversed(every)}
        yield frame, tuple(b for b in every if b in kinds.values())


def _rules(at: Answer) -> tuple[str, ...]:
    return (*at.applicable, *at.added, *at.exempting, *at.severity)
