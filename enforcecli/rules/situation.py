"""One finding under one book: what is known part by part, and which rules therefore apply.

A condition holds, fails, or is open: never a default for a missing fact (docs/rulebook-format.md, steps 0–2).
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from fractions import Fraction
from functools import lru_cache

from msgspec import Struct, field

from enforcecli.model.case import Finding, Involved, Stated
from enforcecli.model.rulebook import (
    AT_FAULT,
    FAULT,
    HAS_ROLE,
    OPEN,
    WHOLE,
    Condition,
    Conditions,
    Layer,
    Rule,
    Rulebook,
)


class Truth(Enum):
    HOLDS = "holds"
    FAILS = "fails"
    OPEN = "open"


def stated(value: Stated | None, part: str) -> str | None:
    """The value stated for a part; a bare value holds for every part."""
    return value if value is None or isinstance(value, str) else value.get(part)


class Situation(Struct, frozen=True, eq=False):
    """A finding seen through its book. Answers are per part."""

    book: Rulebook
    finding: Finding
    _seen: dict[str, Known] = field(default_factory=dict)

    # facts of the finding

    def value(self, name: str, part: str) -> str | None:
        """The fact's value in the part; None when unstated or 待查."""
        value = stated(self.finding.facts.get(name), part)
        return None if value == OPEN else value

    def present(self, role: str) -> bool:
        return any(role in person.roles for person in self.finding.involved)

    def judge(self, condition: Condition, part: str) -> Truth:
        """A condition on a fact whose `only_if` fails, fails."""
        fact = self.book.facts.get(condition.key)
        if fact is None:
            there = "是" if self.present(condition.key.removeprefix(HAS_ROLE)) else "否"
            return Truth.HOLDS if there in condition.values else Truth.FAILS
        asked = self.judge_all(fact.only_if, part)
        if asked is Truth.FAILS:
            return Truth.FAILS
        value = self.value(condition.key, part)
        if value is None:
            return Truth.OPEN
        return Truth.HOLDS if value in condition.values else Truth.FAILS

    def judge_all(self, conditions: Conditions, part: str) -> Truth:
        """AND: one failure decides."""
        answer = Truth.HOLDS
        for condition in conditions:
            truth = self.judge(condition, part)
            if truth is Truth.FAILS:
                return Truth.FAILS
            if truth is Truth.OPEN:
                answer = Truth.OPEN
        return answer

    def open_facts(self, conditions: Conditions, part: str) -> list[str]:
        """The facts whose absence keeps the conditions from holding or failing."""
        if self.judge_all(conditions, part) is not Truth.OPEN:
            return []
        return [c.key for c in conditions if self.judge(c, part) is Truth.OPEN]

    # rules

    def rules_here(self, part: str) -> list[Rule]:
        """The rules that speak of this part or of any part."""
        return [rule for rule in self.book.rules.values() if rule.part is None or rule.part == part]

    def missing(self, part: str) -> tuple[str, ...]:
        """All facts without which some rule of the part can neither apply nor fail, in the book's order."""
        return self._known(part).missing

    def applicable(self, part: str) -> Mapping[Layer, tuple[Rule, ...]]:
        """The rules that apply in the part by layer, less those an applicable `block` rule names."""
        return self._known(part).layers

    def _known(self, part: str) -> Known:
        """Conditions read the values of facts and the roles there are, nothing else."""
        if part in self._seen:
            return self._seen[part]
        facts = frozenset((name, value) for name in self.finding.facts
                          if (value := self.value(name, part)) is not None)
        roles = frozenset(role for person in self.finding.involved for role in person.roles)
        known = self._seen[part] = _known(self.book, part, facts, roles)
        return known

    # parts

    def parts(self) -> tuple[tuple[str, Fraction], ...]:
        """The parts of weight > 0 with their weights, in the book's order; 全案 when none applies."""
        if not self.finding.parts:
            return ((WHOLE, Fraction(1)),)
        return tuple((name, self.finding.parts[name]) for name in self.book.parts
                     if self.finding.parts.get(name, 0) > 0)

    def parts_asked(self) -> tuple[bool, tuple[str, ...]]:
        """Whether some part of the book applies, and the facts that are missing to know."""
        return self._known(WHOLE).parts_asked

    # persons

    def person_value(self, person: Involved, name: str, part: str) -> str | None:
        """As stated, 待查 included; a unit's 有无过错 is 无 unless stated."""
        value = stated(person.facts.get(name), part)
        if value is None and name == FAULT and person.is_unit:
            return "无"
        return value

    def at_fault(self, person: Involved, part: str) -> bool:
        return self.person_value(person, FAULT, part) == AT_FAULT


class Known(Struct, frozen=True):
    """What follows for one part from its facts and roles, whoever fills them."""

    missing: tuple[str, ...]
    layers: Mapping[Layer, tuple[Rule, ...]]
    parts_asked: tuple[bool, tuple[str, ...]]


@lru_cache(maxsize=4096)
def _known(book: Rulebook, part: str, facts: frozenset[tuple[str, str]], roles: frozenset[str]) -> Known:
    """Worked out once for all findings of which as much is known: they come in a few dozen kinds."""
    plain = Situation(book, Finding(facts=dict(facts), involved=(Involved("", "", tuple(roles)),)))
    here = plain.rules_here(part)
    wanted = {fact for rule in here for fact in plain.open_facts(rule.when, part)}
    asked = [entry.only_if for entry in book.parts.values()]
    unknown = {fact for terms in asked for fact in plain.open_facts(terms, part)}
    return Known(
        _in_order(book, wanted), _by_layer([r for r in here if plain.judge_all(r.when, part) is Truth.HOLDS]),
        (any(plain.judge_all(terms, part) is Truth.HOLDS for terms in asked), _in_order(book, unknown)))


def _in_order(book: Rulebook, facts: set[str]) -> tuple[str, ...]:
    return tuple(name for name in book.facts if name in facts)


def _by_layer(holding: list[Rule]) -> dict[Layer, tuple[Rule, ...]]:
    blocked = {name for rule in holding if rule.layer is Layer.BLOCK for name in rule.blocks}
    standing = sorted((rule for rule in holding if rule.layer is Layer.BLOCK or rule.id not in blocked),
                      key=lambda rule: rule.id)
    return {layer: tuple(rule for rule in standing if rule.layer is layer) for layer in Layer}
