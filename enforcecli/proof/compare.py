"""Two books set against each other: in which situations the answer changes, and in which cases.

Situations are those of both books together: what only one book asks is gone through too, and the other
book answers without it. Two answers are the same where they say the same – who bears which degree, of
what size – whatever the rules are called.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from enforcecli.model.result import CaseResult, FindingResult, Why
from enforcecli.model.rulebook import (
    HAS_ROLE,
    WHOLE,
    Clause,
    Condition,
    Degree,
    DegreeKind,
    Fact,
    Part,
    Rule,
    Rulebook,
)
from enforcecli.proof.situations import MOST, Answer, Combination, How, Verdict, answer, situations, variables
from enforcecli.rules import words
from enforcecli.rules.situation import Situation, Truth

PART = "\0part"
Settled = Mapping[str, str]
"""The facts, `有<role>` and the part of one situation."""


class Piece(Struct, frozen=True):
    """A piece of what a book says, in the book's words: who `bears`, what the `rest` is for, who is put in (`add`),
    taken out (`exempt`), weighs heavier or lighter (`severity`); a `question`, one side of a `conflict`; a fact
    and a value that is not `listed`."""

    sort: str
    text: str


class Said(Struct, frozen=True):
    """What one book says in a situation. `verdict` None: the situation cannot be stated under this book.
    `rules`: who says so, with clauses."""

    verdict: Verdict | None
    pieces: tuple[Piece, ...] = ()
    rules: tuple[str, ...] = ()


class Change(Struct, frozen=True):
    """Situations in which the answer changes in the same way; `when` none: in any."""

    when: tuple[Condition, ...]
    parts: tuple[str, ...]
    count: int
    before: Said
    after: Said


class Compared(Struct, frozen=True):
    """`total`: situations of both books together (sampled: at most); `same`: those looked at with one answer."""

    total: int
    how: How
    same: int
    changed: int
    changes: tuple[Change, ...]


def compare(first: Rulebook, second: Rulebook, most: int = MOST) -> Compared:
    """The answers of both in every situation either of them knows."""
    joint = together(first, second)
    found = situations(joint, most)
    names = (*variables(joint), PART)
    known: list[tuple[Settled, tuple[Said, Said] | None, int]] = []
    seen: set[Hashable] = set()
    for combination in found.combinations:
        one, other = put_to(first, combination), put_to(second, combination)
        if one is None or other is None or (key := (_same(one), _same(other))) in seen:
            continue
        seen.add(key)
        before, after = _said(first, one), _said(second, other)
        same = (before.verdict, before.pieces) == (after.verdict, after.pieces)
        known.append((_settled(joint, combination), None if same else (before, after), combination.stands_for))
    changes = tuple(_changes(known, names, ()))
    same_count = sum(n for _, pair, n in known if pair is None)
    changed = sum(n for _, pair, n in known if pair is not None)
    total = found.total if found.how is How.SAMPLED else same_count + changed
    return Compared(total, found.how, same_count, changed, changes)


# the situations of both

def together(first: Rulebook, second: Rulebook) -> Rulebook:
    """A book that asks all that either of them asks; good only for going through its situations."""
    facts = {name: _fact(name, first.facts.get(name), second.facts.get(name))
             for name in (*first.facts, *(n for n in second.facts if n not in first.facts))}
    parts = {name: _part(name, first.parts.get(name), second.parts.get(name))
             for name in (*first.parts, *(n for n in second.parts if n not in first.parts))}
    rules = {f"{i}{rule.id}": replace(rule, id=f"{i}{rule.id}", over={}, blocks={})
             for i, book in enumerate((first, second)) for rule in book.rules.values()}
    return replace(first, id=f"{first.id}+{second.id}", facts=facts, parts=parts, rules=rules,
                   roles={**second.roles, **first.roles})


def _fact(name: str, one: Fact | None, other: Fact | None) -> Fact:
    """Asked wherever one of the two asks it; what does not fit one of them is left out for that one."""
    if one is None or other is None:
        found = one or other
        assert found is not None
        return found
    values = (*one.values, *(v for v in other.values if v not in one.values))
    return replace(one, values=values, only_if=one.only_if if one.only_if == other.only_if else ())


def _part(name: str, one: Part | None, other: Part | None) -> Part:
    if one is None or other is None:
        found = one or other
        assert found is not None
        return found
    return replace(one, only_if=one.only_if if one.only_if == other.only_if else ())


class Unstatable(Struct, frozen=True):
    """The situation has a value the book does not list."""

    fact: str
    value: str


def put_to(book: Rulebook, combination: Combination) -> Combination | Unstatable | None:
    """The situation as this book asks for it; None where the part does not exist in it."""
    facts: dict[str, str] = {}
    given = dict(combination.facts)
    for name in variables(book):
        if name not in book.facts or not _holds(book, book.facts[name].only_if, facts, combination.present):
            continue
        value = given.get(name)
        if value is None:
            return None
        if value not in book.facts[name].values:
            return Unstatable(name, value)
        facts[name] = value
    applying = [name for name, part in book.parts.items() if _holds(book, part.only_if, facts, combination.present)]
    if applying and combination.part not in applying:
        return None
    part = combination.part if applying else WHOLE
    return Combination(tuple((n, facts[n]) for n in book.facts if n in facts), part,
                       frozenset(combination.present & book.roles.keys()), combination.stands_for)


def _holds(book: Rulebook, terms: Sequence[Condition], facts: Mapping[str, str], present: frozenset[str]) -> bool:
    if not terms:
        return True
    seen = Situation(book, Combination(tuple(facts.items()), present=present).finding())
    return seen.judge_all(tuple(terms), WHOLE) is Truth.HOLDS


def _same(one: Combination | Unstatable) -> Hashable:
    """Two situations that are one to a book."""
    return one if isinstance(one, Unstatable) else (one.facts, one.part, one.present)


def _settled(joint: Rulebook, combination: Combination) -> Settled:
    there = {HAS_ROLE + role: "是" if role in combination.present else "否" for role in joint.roles}
    return {**there, **dict(combination.facts), PART: combination.part}


# what a book says

def _said(book: Rulebook, asked: Combination | Unstatable) -> Said:
    if isinstance(asked, Unstatable):
        return Said(None, (Piece("listed", asked.fact), Piece("listed", asked.value)))
    found = answer(book, asked)
    rules = tuple(f"{name}（{book.rules[name].cite}）" for name in found.rules if name in book.rules)
    return Said(found.verdict, tuple(_pieces(book, found)), rules)


def _pieces(book: Rulebook, found: Answer) -> Iterator[Piece]:
    rules = [book.rules[name] for name in found.rules]
    if found.verdict is Verdict.SILENT:
        yield from (Piece("question", text) for text in dict.fromkeys(rule.question or "" for rule in rules))
    elif found.verdict is Verdict.CONFLICT:
        yield from (Piece("conflict", text) for text in sorted(_bears(book, rule.bears) for rule in rules))
    elif found.verdict is Verdict.DECIDED:
        yield from (Piece("bears", text) for text in sorted(
            {_bears(book, (clause,)) for rule in rules for clause in rule.bears or ()}))
        yield from (Piece("rest", _bears(book, rule.bears)) for name in found.applicable
                    if (rule := book.rules[name]).takes_remainder and name not in found.rules and _leaves(book, rules))
        for sort, names in (("add", found.added), ("exempt", found.exempting), ("severity", found.severity)):
            yield from (Piece(sort, text) for text in sorted({_bears(book, book.rules[name].bears) for name in names}))


def _leaves(book: Rulebook, rules: Iterable[Rule]) -> bool:
    """Whether the winner's degrees leave something to others: fixed shares that are less than the whole."""
    degrees = [book.degrees[c.degree] for rule in rules for c in rule.bears or () if c.degree is not None]
    return all(d.kind is DegreeKind.SHARE for d in degrees) and \
        sum((d.default or Fraction(0) for d in degrees), Fraction(0)) < 1


def _bears(book: Rulebook, clauses: Iterable[Clause] | None) -> str:
    """审批人或者审批部门承担主要责任（7/10）."""
    return "不予追究" if clauses is None else "、".join(sorted(_clause(book, clause) for clause in clauses))


def _clause(book: Rulebook, clause: Clause) -> str:
    where = f"（{words.conditions(book, clause.where)}）" if clause.where else ""
    degree = book.degrees.get(clause.degree or "")
    bears = _degree(degree) if degree is not None else clause.severity or ""
    return "或者".join(clause.who) + where + bears + ("（没有这样的人时略去）" if clause.optional else "")


def _degree(degree: Degree) -> str:
    """承担主要责任（7/10）; a name that is no noun stands by itself: 不承担责任, 承担（按责任大小）."""
    if degree.kind is DegreeKind.NONE:
        return degree.name
    if degree.kind in (DegreeKind.WEIGHTED, DegreeKind.LABEL):
        return f"承担（{degree.name}）"
    if degree.default is None or (degree.kind is DegreeKind.SHARE and degree.default == 1):
        return f"承担{degree.name}"
    return f"承担{degree.name}（{degree.default if degree.kind is DegreeKind.SHARE else f'按 {degree.default} 计'}）"


# situations that change alike, in as few rows as the order of the facts allows

Node = Any
"""(values, what follows) …; at the bottom the pair of answers."""


def _changes(known: Sequence[tuple[Settled, tuple[Said, Said] | None, int]], names: Sequence[str],
             when: tuple[Condition, ...]) -> Iterable[Change]:
    yield from _flat(_tree(known, names), names, when, known)


def _tree(known: Sequence[tuple[Settled, Any, int]], names: Sequence[str]) -> Node:
    if not names:
        return known[0][1]
    by_value: dict[str, list[tuple[Settled, Any, int]]] = {}
    for each in known:
        by_value.setdefault(each[0].get(names[0], ""), []).append(each)
    alike: dict[Node, list[str]] = {}
    for value, those in by_value.items():
        alike.setdefault(_tree(those, names[1:]), []).append(value)
    if len(alike) == 1:
        return (((), next(iter(alike))),)
    return tuple((tuple(values), follows) for follows, values in alike.items())


def _flat(node: Node, names: Sequence[str], when: tuple[Condition, ...],
          known: Sequence[tuple[Settled, Any, int]]) -> Iterable[Change]:
    if not names:
        if node is not None:
            facts = tuple(c for c in when if c.key != PART)
            parts = tuple(sorted(v for c in when if c.key == PART for v in c.values if v != WHOLE))
            yield Change(facts, parts, sum(n for _, _, n in known), node[0], node[1])
        return
    for values, follows in node:
        those = [each for each in known if not values or each[0].get(names[0], "") in values]
        stated = frozenset(v for v in values if v)
        more = (Condition(names[0], stated),) if stated else ()
        yield from _flat(follows, names[1:], (*when, *more), those)


def situation_words(first: Rulebook, second: Rulebook, change: Change) -> str:
    """部门作出为是，审批情形为同意，改变部分."""
    def order(key: str) -> tuple[str, ...]:
        one, other = first.facts.get(key), second.facts.get(key)
        return (*(one.values if one else ()), *(other.values if other else ())) or ("是", "否")
    told = "，".join(f"{c.key}为{words.values(c, tuple(dict.fromkeys(order(c.key))))}" for c in change.when)
    return "，".join(filter(None, (told, "、".join(change.parts)))) or "任何情形"


# cases

class CaseCompared(Struct, frozen=True):
    """One case computed under both books. Both results None: the file cannot be read."""

    file: str
    before: CaseResult | None = None
    after: CaseResult | None = None

    @property
    def changed(self) -> bool:
        """Whether anybody's grade, share, circumstances or money, or the outcome, is another."""
        if self.before is None or self.after is None:
            return False
        return [_gist(f) for f in self.before.findings] != [_gist(f) for f in self.after.findings]

    @property
    def barred(self) -> bool:
        """Whether errors keep some finding from being computed under either book, so that there is nothing to compare:
        a case of quite another measure, say."""
        if self.before is None or self.after is None or self.changed:
            return False
        return any(f.undecided is not None and f.undecided.kind is Why.PROBLEM for f in self.before.findings)


def _gist(found: FindingResult) -> tuple[object, ...]:
    """What a finding comes to, for whom; rules and reasons aside."""
    why = found.undecided
    return (found.outcome, why and (why.kind, why.question), found.kept_by_organ,
            {(p.person, p.unit, p.remainder, p.grades, p.share, p.severity, p.recovery) for p in found.persons})
