"""Groups of persons an assessment cannot tell apart: one of them answers for all.

All that an assessment learns of a group is: what the check says of its facts, parts and persons; the sizes of the
parts; in each part judged which rules apply and what is still missing; and of each person, in the order written,
the fault, whether a unit, and which clauses of the rules that ask for persons (`rules_asking`) the person meets.
Groups of which all this is the same are of one kind. The questions are put by the engine's own functions, to one
person at a time; the tests hold what the engine asks, and what it answers, against it.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence

from msgspec import Struct, field

from enforcecli.model.case import Finding
from enforcecli.model.rulebook import FAULT, WHOLE, Rule, Rulebook
from enforcecli.proof.bearers import Bearer
from enforcecli.rules.allocate import rules_asking
from enforcecli.rules.resolve import matched, open_person_facts
from enforcecli.rules.situation import Situation
from enforcecli.rules.validate import check_finding


class Kinds(Struct, frozen=True, eq=False):
    """The kinds of frames and of persons met so far with a book, each with a number."""

    book: Rulebook
    _numbers: dict[Hashable, int] = field(default_factory=dict)
    _persons: dict[Bearer, tuple[Hashable, Mapping[str, Hashable]]] = field(default_factory=dict)

    def of(self, frame: Finding, bearers: Sequence[Bearer]) -> tuple[int, tuple[int, ...]]:
        """The kind of a frame – a finding with nobody in it but who fills the roles some condition asks about –
        and those of the bearers, for whom the rules of the frame ask."""
        situation = Situation(self.book, frame)
        asking = {rule.id for part, _ in situation.parts() for rule in rules_asking(situation, part)}
        names = [name for name in self.book.rules if name in asking]
        return self._number(_of_frame(situation)), tuple(self._number(self._of(b, names)) for b in bearers)

    def _of(self, bearer: Bearer, asking: Sequence[str]) -> Hashable:
        if bearer not in self._persons:
            self._persons[bearer] = _of_person(self.book, bearer)
        itself, meets = self._persons[bearer]
        return itself, tuple(meets[name] for name in asking)

    def _number(self, kind: Hashable) -> int:
        return self._numbers.setdefault(kind, len(self._numbers))


def _of_frame(situation: Situation) -> Hashable:
    """What is learnt of a finding before its persons are looked at."""
    judged = tuple(
        (part, situation.missing(part),
         tuple(tuple(rule.id for rule in rules) for rules in situation.applicable(part).values()))
        for part, _ in situation.parts())
    finding = situation.finding
    return tuple(finding.parts.items()), situation.parts_asked(), judged, check_finding(situation.book, finding)


def _of_person(book: Rulebook, bearer: Bearer) -> tuple[Hashable, Mapping[str, Hashable]]:
    """What is learnt of a person whatever the rules, and of each rule which of its clauses the person meets."""
    person = bearer.named("甲")
    alone = Situation(book, Finding(involved=(person,)))
    itself = alone.person_value(person, FAULT, WHOLE), person.is_unit, check_finding(book, alone.finding)
    return itself, {rule.id: _meets(alone, rule) for rule in book.rules.values()}


def _meets(alone: Situation, rule: Rule) -> Hashable:
    """Of each clause whether it is met, and the facts it reads that are still to be established."""
    return tuple((bool(matched(alone, clause, WHOLE)), tuple(fact for _, fact in open_person_facts(alone, clause, WHOLE)))
                 for clause in rule.bears or ())
