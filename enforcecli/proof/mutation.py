"""Would the examples notice? Each mutant is put to them; of those that live it is looked for a situation that
tells it from the book - a new example in the making - and where there is none, that is proven."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from enum import Enum
from itertools import chain

from msgspec import Struct
from msgspec.structs import replace

from enforcecli.model.case import Choice, Finding
from enforcecli.model.example import Example
from enforcecli.model.problem import Problem, problem
from enforcecli.model.result import FindingResult, PersonResult
from enforcecli.model.rulebook import WHOLE, Rulebook
from enforcecli.proof.compare import together
from enforcecli.proof.mutants import Mutant, mutants
from enforcecli.proof.persons import LARGEST, MOST, Frame, Plan, plan_of, said
from enforcecli.proof.situations import Answer, Combination, How, Situations, Verdict, answer, situations
from enforcecli.proof.worked import holds
from enforcecli.rules.finding import assess_finding
from enforcecli.rules.order import order_of

FURTHER = 2000
"""Groups looked at, once a difference is found, for one in which somebody bears."""
CHOSEN = "集体研究"


class Same(Enum):
    """Why a mutant is no other book."""

    RULES = "rules"  # in every situation the same rules apply, prevail and say the same: for any persons
    GROUPS = "groups"  # every group of up to three persons gets the same answer
    UNKNOWN = "unknown"  # no difference found, and not all groups looked at


class Survivor(Struct, frozen=True, eq=False):
    """A mutant no example notices, and a finding that would: what the book answers, what the mutant."""

    mutant: Mutant
    finding: Finding
    before: str
    after: str


class Mutation(Struct, frozen=True, eq=False):
    """The outcome. `equivalent`: mutants proven to be the same book in other words; they count for nothing.
    `unproven`: no difference was found, and not all groups could be looked at; they count as not noticed."""

    total: int
    killed: int
    survivors: tuple[Survivor, ...]
    equivalent: tuple[tuple[Mutant, Same], ...]
    unproven: tuple[Mutant, ...] = ()

    @property
    def counted(self) -> int:
        return self.total - len(self.equivalent)


def mutate(book: Rulebook, examples: Sequence[Example],
           progress: Callable[[int, int], None] | None = None) -> Mutation:
    """Put every mutant to the examples, which the book itself answers as expected."""
    every = tuple(mutants(book))
    known = situations(book)
    killed, survivors, equivalent, unproven = 0, [], [], []
    for done, mutant in enumerate(every):
        if progress is not None:
            progress(done, len(every))
        if not all(holds(mutant.book, example) for example in examples):
            killed += 1
            continue
        other = difference(book, mutant.book, known)
        if other is Same.UNKNOWN:
            unproven.append(mutant)
        elif isinstance(other, Same):
            equivalent.append((mutant, other))
        else:
            survivors.append(Survivor(mutant, *other))
    return Mutation(len(every), killed, tuple(survivors), tuple(equivalent), tuple(unproven))


def difference(book: Rulebook, other: Rulebook, known: Situations,
               most: int = MOST) -> Same | tuple[Finding, str, str]:
    """A finding the two books answer differently, with both answers in words; else why there is none.
    The books differ in rules and sizes only; at most `most` groups are put to both."""
    if known.how is How.FACTORED:  # by the conditions of both: a changed one tells apart what the book does not
        known = situations(together(book, other))
    apart = {(c.facts, c.part, c.present) for c in known.combinations
             if book.degrees != other.degrees or _meaning(book, answer(book, c)) != _meaning(other, answer(other, c))}
    if not apart:
        return Same.UNKNOWN if known.how is How.SAMPLED else Same.RULES
    plan = plan_of(book, known, most, (other,))
    frames = tuple(pair for pair in plan.frames if any(k in apart for k in _situations_of(pair[0])))
    plan = Plan(frames, plan.total, plan.how)
    found, left = None, most
    for finding in chain(plan.findings(), _settled(book, plan)):
        if (left := left - 1) < 0:
            break
        before, after = _assessed(book, finding), _assessed(other, finding)
        if _said(before) != _said(after):
            found = found or (finding, outcome_words(before), outcome_words(after))
            if before is not None and before.undecided is None:  # the better example: somebody bears
                return finding, outcome_words(before), outcome_words(after)
            left = min(left, FURTHER)
    return found or (Same.UNKNOWN if left < 0 or known.how is How.SAMPLED else Same.GROUPS)


def _settled(book: Rulebook, plan: Plan) -> Iterator[Finding]:
    """Where the book itself leaves the part open: the groups again, with every choice the office may make."""
    for frame, bearers in plan.frames:
        judged = [name for name, size in frame.parts if size] or [WHOLE]
        at = answer(book, Combination(frame.facts, judged[0], frame.present))
        if len(judged) > 1 or at.verdict not in (Verdict.SILENT, Verdict.CONFLICT):
            continue
        for rule in at.applicable if at.verdict is Verdict.SILENT else at.rules:
            for finding in Plan(((replace(frame, largest=LARGEST), bearers),), 0, plan.how).findings():
                yield replace(finding, choice=Choice(rule, CHOSEN))


def _situations_of(frame: Frame) -> Iterator[tuple[object, str, frozenset[str]]]:
    for part in [name for name, size in frame.parts if size] or [WHOLE]:
        yield frame.facts, part, frame.present


def _meaning(book: Rulebook, at: Answer) -> object:
    """All that the outcome hangs on, whoever the persons are: which rules apply, which prevail over which,
    and what they say."""
    beats = order_of(book).beats
    there = frozenset(at.applicable)
    acting = (*at.applicable, *at.added, *at.exempting, *at.severity)
    return (at.verdict, at.rules, at.blocking, {name: beats[name] & there for name in at.applicable},
            [(name, book.rules[name].bears, book.rules[name].takes_remainder) for name in acting])


def _assessed(book: Rulebook, finding: Finding) -> FindingResult | None:
    """None where the book is broken: a mutant may be no sound book."""
    try:
        return assess_finding(book, finding, traced=False)
    except (AssertionError, KeyError):
        return None


def _said(result: FindingResult | None) -> object:
    return None if result is None else said(result)


def outcome_words(result: FindingResult | None) -> str:
    """甲 7/10、乙 3/10 – or why it cannot be decided."""
    if result is None:
        return "无法计算"
    if result.undecided is not None:
        return result.undecided.question
    return "，".join(_borne(person) for person in result.persons)


def _borne(person: PersonResult) -> str:
    """甲 7/10（主要责任）; a grade without a size has no fraction."""
    share = f" {person.share}" if person.share is not None else ""
    return f"{person.person}{share}" + (f"（{'、'.join(person.grades)}）" if person.grades else "")


def survivor_problem(survivor: Survivor, example: str) -> Problem:
    """`example`: the finding that would notice, in words."""
    mutant = survivor.mutant
    return problem(mutant.code, mutant.where, rule=mutant.rule, before=mutant.before, after=mutant.after,
                   example=example, now=survivor.before, then=survivor.after)

