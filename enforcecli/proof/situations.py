"""Every situation a book knows - each legal combination of its facts, in each part of the act - and which
rules carry it, as the engine itself decides (docs/rulebook-format.md, steps 0–4).

Facts are finite, so this is a proof by looking at every case. A book with too many combinations is
factored: facts no condition ever names together cannot influence each other, so of each such group only
what makes different rules apply is combined. Where even that is too much a sample is taken, and said so.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from enum import Enum
from fractions import Fraction
from itertools import product
from math import prod

from msgspec import Struct

from enforcecli.model.case import Finding, Involved
from enforcecli.model.result import Beaten, Why
from enforcecli.model.rulebook import HAS_ROLE, WHOLE, Conditions, Layer, Rulebook
from enforcecli.rules.allocate import Refused, winners_of
from enforcecli.rules.situation import Situation, Truth

MOST = 20_000
"""Combinations looked at one by one; a book that has more is factored, then sampled."""
SAMPLE = 5_000
"""Combinations drawn for a sample: a gap in one of a thousand is met all but surely, and a book of any size is
gone through in seconds."""
_PART = "\0part"
Partial = dict[str, str]
"""Facts (and `有<role>`: 是/否) settled so far."""


class How(Enum):
    """How the combinations were gone through."""

    ALL = "all"
    FACTORED = "factored"  # all of them, those that cannot differ looked at once
    SAMPLED = "sampled"


class Combination(Struct, frozen=True):
    """One situation. `facts`: those asked in it, in the book's order; `part`: 全案 where the act does not
    fall into parts; `present`: the roles somebody has, among those a condition asks about; `stands_for`:
    how many situations are like this one (1 unless factored)."""

    facts: tuple[tuple[str, str], ...]
    part: str = WHOLE
    present: frozenset[str] = frozenset()
    stands_for: int = 1

    def finding(self) -> Finding:
        """A finding in this situation, without persons of its own."""
        parts = {} if self.part == WHOLE else {self.part: Fraction(1)}
        there = (Involved("", "", tuple(sorted(self.present))),) if self.present else ()
        return Finding(facts=dict(self.facts), parts=parts, involved=there)


class Situations(Struct, frozen=True):
    """The combinations of a book. `total`: how many situations the book has (sampled: at most)."""

    combinations: tuple[Combination, ...]
    total: int
    how: How


class Verdict(Enum):
    DECIDED = "decided"  # one rule, or several that say the same or stand together
    NOT_PURSUED = "not-pursued"
    SILENT = "silent"  # left silent on purpose: cannot decide, with the book's own question
    CONFLICT = "conflict"
    GAP = "gap"  # no rule at all


class Answer(Struct, frozen=True):
    """What the book answers in one situation, whoever the persons are. `rules`: those that carry it; in
    conflict those that collide; silent those that say so. `applicable`: every `allocate` rule whose
    conditions hold, blocked ones left out."""

    combination: Combination
    verdict: Verdict
    rules: tuple[str, ...] = ()
    applicable: tuple[str, ...] = ()
    beaten: tuple[Beaten, ...] = ()
    added: tuple[str, ...] = ()
    exempting: tuple[str, ...] = ()
    blocking: tuple[str, ...] = ()
    severity: tuple[str, ...] = ()


_VERDICTS = {Why.NOT_COVERED: Verdict.SILENT, Why.CONFLICT: Verdict.CONFLICT, Why.NO_RULE: Verdict.GAP}


def answer(book: Rulebook, combination: Combination) -> Answer:
    """The answer of the engine in one situation."""
    situation = Situation(book, combination.finding())
    layers = situation.applicable(combination.part)
    ids = {layer: tuple(rule.id for rule in rules) for layer, rules in layers.items()}
    beaten: tuple[Beaten, ...] = ()
    try:
        winners = winners_of(situation, combination.part)
    except Refused as refused:
        verdict, rules = _VERDICTS[refused.undecided.kind], refused.undecided.rules
    else:
        pursued = all(rule.bears is not None for rule in winners.rules)
        verdict = Verdict.DECIDED if pursued else Verdict.NOT_PURSUED
        rules, beaten = tuple(sorted(rule.id for rule in winners.rules)), winners.beaten
    return Answer(combination, verdict, rules, ids[Layer.ALLOCATE], beaten, ids[Layer.ADD], ids[Layer.EXEMPT],
                  ids[Layer.BLOCK], ids[Layer.SEVERITY])


def answers(book: Rulebook, most: int = MOST) -> tuple[Answer, ...]:
    return tuple(answer(book, combination) for combination in situations(book, most).combinations)


# the combinations

def situations(book: Rulebook, most: int = MOST) -> Situations:
    """Every situation of the book, in the order of its facts and of their values. What is sure to be too much
    is not begun."""
    every = variables(book)
    found = _all(book, every, most) if _least(book, every) <= most else None
    return found or _factored(book, most) or _sampled(book, every, min(most, SAMPLE))


def _least(book: Rulebook, names: Iterable[str]) -> int:
    """So many ways at least: those of the variables that are always asked."""
    return prod(2 if fact is None else len(fact.values)
                for fact in (book.facts.get(name) for name in names) if fact is None or not fact.only_if)


def _all(book: Rulebook, names: Iterable[str], most: int) -> Situations | None:
    found: list[Combination] = []
    for partial in _partials(book, names):
        found += [_combination(book, partial, part) for part in _parts(book, partial)]
        if len(found) > most:
            return None
    return Situations(tuple(found), len(found), How.ALL)


def variables(book: Rulebook) -> tuple[str, ...]:
    """The facts in an order in which each is asked after those it hangs on; before them 有<role> for the
    roles some condition asks about."""
    read = {c.key for terms in conditions_on(book) for c in terms}
    order = [name for name in (HAS_ROLE + role for role in book.roles) if name in read]
    waiting = list(book.facts)
    while waiting:
        ready = [name for name in waiting
                 if all(c.key not in waiting or c.key == name for c in book.facts[name].only_if)]
        order += ready
        waiting = [name for name in waiting if name not in ready]
    return tuple(order)


def conditions_on(book: Rulebook) -> Iterator[Conditions]:
    yield from (rule.when for rule in book.rules.values())
    yield from (fact.only_if for fact in book.facts.values())
    yield from (part.only_if for part in book.parts.values())


def _values(book: Rulebook, name: str, known: Partial) -> tuple[str | None, ...]:
    """The values a variable may take; (None,) where it is not asked."""
    fact = book.facts.get(name)
    if fact is None:
        return ("否", "是")
    return fact.values if _holds(book, fact.only_if, known) else (None,)


def _holds(book: Rulebook, terms: Conditions, known: Partial) -> bool:
    return not terms or _seen(book, known).judge_all(terms, WHOLE) is Truth.HOLDS


def _seen(book: Rulebook, known: Partial) -> Situation:
    facts = {name: value for name, value in known.items() if name in book.facts}
    return Situation(book, Finding(facts=facts, involved=(Involved("", "", tuple(sorted(_present(book, known)))),)))


def _present(book: Rulebook, known: Partial) -> frozenset[str]:
    return frozenset(role for role in book.roles if known.get(HAS_ROLE + role) == "是")


def _partials(book: Rulebook, names: Iterable[str]) -> Iterator[Partial]:
    """Every way to settle the variables, those not asked left out."""
    names = tuple(names)

    def settle(at: int, known: Partial) -> Iterator[Partial]:
        if at == len(names):
            yield known
            return
        for value in _values(book, names[at], known):
            yield from settle(at + 1, known if value is None else {**known, names[at]: value})

    return settle(0, {})


def _parts(book: Rulebook, known: Partial) -> tuple[str, ...]:
    applying = tuple(name for name, part in book.parts.items() if _holds(book, part.only_if, known))
    return applying or (WHOLE,)


def _combination(book: Rulebook, known: Partial, part: str, stands_for: int = 1) -> Combination:
    facts = tuple((name, known[name]) for name in book.facts if name in known)
    return Combination(facts, part, _present(book, known), stands_for)


# too many to look at one by one

def _factored(book: Rulebook, most: int) -> Situations | None:
    """All situations, by groups of facts that never meet in a condition; None if that is too much too."""
    factors = []
    for names in _groups(book):
        found = _representatives(book, names, most)
        if found is None:
            return None
        factors.append(found)
    if prod(len(factor) for factor in factors) > most:
        return None
    combinations = []
    for chosen in product(*factors):
        known: Partial = {name: value for partial, _ in chosen for name, value in partial.items()}
        part = known.pop(_PART, WHOLE)
        combinations.append(_combination(book, known, part, prod(count for _, count in chosen)))
    return Situations(tuple(combinations), sum(c.stands_for for c in combinations), How.FACTORED)


def _groups(book: Rulebook) -> list[tuple[str, ...]]:
    """The variables, apart where no condition and no rule ever names them together; the parts of the act
    are one variable more."""
    names = [*variables(book), *([_PART] if book.parts else [])]
    home = {name: {name} for name in names}

    def meet(met: Iterable[str]) -> None:
        joined = set[str]().union(*(home[name] for name in met if name in home))
        for name in joined:
            home[name] = joined

    for rule in book.rules.values():
        meet([*(c.key for c in rule.when), *([_PART] if rule.part else [])])
    for fact in book.facts.values():
        meet([fact.name, *(c.key for c in fact.only_if)])
    for part in book.parts.values():
        meet([_PART, *(c.key for c in part.only_if)])
    groups = {id(home[name]): tuple(n for n in names if n in home[name]) for name in names}
    return list(groups.values())


def _representatives(book: Rulebook, names: tuple[str, ...], most: int) -> list[tuple[Partial, int]] | None:
    """One way to settle the group for each set of rules it makes apply, and how many ways do so; None if
    there are more than `most` ways."""
    asked = [name for name in names if name != _PART]
    if _least(book, asked) > most:
        return None
    within = set(names)
    mine = [rule for rule in book.rules.values() if {c.key for c in rule.when} <= within]
    first: dict[frozenset[str], Partial] = {}
    counts: dict[frozenset[str], int] = {}
    ways = 0
    for partial in _partials(book, asked):
        seen = _seen(book, partial)
        for part in _parts(book, partial) if _PART in within else (None,):
            ways += 1
            if ways > most:
                return None
            applying = frozenset(rule.id for rule in mine if rule.part in (None, part)
                                 and seen.judge_all(rule.when, part or WHOLE) is Truth.HOLDS)
            first.setdefault(applying, partial if part is None else {**partial, _PART: part})
            counts[applying] = counts.get(applying, 0) + 1
    return [(partial, counts[applying]) for applying, partial in first.items()]


def _draws() -> Iterator[int]:
    """Numbers without a pattern that matters here, the same on every machine (a congruential generator)."""
    state = 0
    while True:
        state = (state * 6364136223846793005 + 1442695040888963407) % 2**64
        yield state >> 33


def _sampled(book: Rulebook, names: tuple[str, ...], most: int) -> Situations:
    """`most` situations drawn evenly, always the same ones."""
    drawn = _draws()
    found: dict[Combination, None] = {}
    for _ in range(most):
        known: Partial = {}
        for name in names:
            values = _values(book, name, known)
            value = values[next(drawn) % len(values)]
            if value is not None:
                known[name] = value
        parts = _parts(book, known)
        found.setdefault(_combination(book, known, parts[next(drawn) % len(parts)]))
    sizes: Mapping[str, int] = {name: len(fact.values) for name, fact in book.facts.items()}
    at_most = prod(sizes.get(name, 2) for name in names) * max(1, len(book.parts))
    return Situations(tuple(found), at_most, How.SAMPLED)
