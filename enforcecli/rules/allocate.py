"""Who bears what: docs/rulebook-format.md, step by step. Pure; the order of rules and of persons never matters.

`allocate` answers for one finding; each step below is named as its paragraph is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from msgspec import Struct

from enforcecli.model.case import Choice
from enforcecli.model.problem import Problem, problem
from enforcecli.model.result import Beaten, PartResult, Undecided
from enforcecli.model.rulebook import FAULT, OPEN, Degree, DegreeKind, Layer, Rule, Rulebook
from enforcecli.rules import words
from enforcecli.rules.amounts import ONE, Division, NobodyAtFault, Scale, ScaleError, divide
from enforcecli.rules.order import Order, order_of
from enforcecli.rules.resolve import Seat, draw, exempted, matched, one_seat_each
from enforcecli.rules.situation import Situation

CHOICE = ("choice", "rules")
ALL_EXEMPT = "责任人均已依办法免责"


class Refused(Exception):
    """The part cannot be decided; carries the reason as a value."""

    def __init__(self, undecided: Undecided) -> None:
        self.undecided = undecided


class Blocked(Exception):
    """An error in the finding that only the computation sees."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem


class PartAnswer(Struct, frozen=True):
    """One decided part: the printed result, who sits where, the exempt, the division (None: grades
    without a size, or not pursued)."""

    result: PartResult
    seats: tuple[Seat, ...] = ()
    exempt: Mapping[str, Degree] | None = None
    division: Division | None = None
    unsized: bool = False

    @property
    def steps(self) -> tuple[str, ...]:
        """The arithmetic, line by line."""
        return tuple(map(str, self.division.steps)) if self.division is not None else ()


class Winners(Struct, frozen=True):
    """The rules that carry the part, the applicable ones they beat, the reason of a choice."""

    rules: tuple[Rule, ...]
    beaten: tuple[Beaten, ...]
    chosen: str | None = None


def decide_part(situation: Situation, part: str, weight: Fraction,
                scale: Mapping[str, Fraction]) -> PartAnswer:
    """Steps 2 to 10 for one part. `scale` is the size of every degree that has one.

    Raises Refused (cannot decide) and Blocked (scale, choice).
    """
    _refuse_missing(situation, part)
    layers = situation.applicable(part)
    exempt = exempted(situation, layers[Layer.EXEMPT], part)
    picker = _Picker(situation, part, layers)
    while True:
        winners = picker.pick()
        if any(rule.bears is None for rule in winners.rules):  # 10: nobody is pursued
            picker.require_choice_used()
            return PartAnswer(PartResult(part, weight, _ids(winners.rules), winners.beaten, not_pursued=True,
                                         chosen=winners.chosen, blocking=_blocking(situation, part)))
        distinct = winners.rules if situation.book.collect else winners.rules[:1]
        drawn = draw(situation, distinct, exempt, part)
        added = draw(situation, layers[Layer.ADD], exempt, part, adding=True)
        open_facts = sorted({*drawn.open_facts, *added.open_facts,
                             *_open_in_exempt(situation, layers[Layer.EXEMPT], part)})
        if open_facts:
            raise Refused(words.missing_person_facts(part, open_facts))
        if drawn.exempted_rules:  # 6 (b): dropped, and the rules it beat may stand
            whole = _ids(winners.rules) if not situation.book.collect else drawn.exempted_rules
            picker.drop(whole)
            continue
        if drawn.vacancies or added.vacancies:
            raise Refused(words.vacant(situation.book, part, [*drawn.vacancies, *added.vacancies]))
        break
    picker.require_choice_used()
    seats = one_seat_each([*_credit(drawn.seats, winners, situation.book), *added.seats])
    result = PartResult(
        part, weight, _ids(winners.rules), winners.beaten, _ids(layers[Layer.ADD]), _ids(layers[Layer.EXEMPT]),
        _blocking(situation, part), chosen=winners.chosen)
    if any(seat.degree.kind is DegreeKind.LABEL for seat in seats):  # 9
        return PartAnswer(result, tuple(seats), exempt, unsized=True)
    return _divided(situation, part, result, seats, exempt, layers[Layer.ALLOCATE], scale)


def winners_of(situation: Situation, part: str) -> Winners:
    """Steps 2 to 4 alone: the rules that carry the part, whoever the persons are. Raises Refused."""
    _refuse_missing(situation, part)
    return _Picker(situation, part, situation.applicable(part)).pick()


def rules_asking(situation: Situation, part: str) -> tuple[Rule, ...]:
    """The rules whose clauses an assessment may put to the persons of the part, whoever they are: those that
    carry it, that add, exempt, weigh, and that take what is left. A rule that gives way asks for nobody, unless
    those before it can fall because all their people are exempt (step 6)."""
    layers = situation.applicable(part)
    rivals = layers[Layer.ALLOCATE]
    try:
        carrying = rivals if layers[Layer.EXEMPT] else winners_of(situation, part).rules
    except Refused:
        carrying = ()
    pools = [rule for rule in rivals if rule.takes_remainder]
    asking = {rule.id: rule for rule in (*carrying, *pools, *layers[Layer.ADD], *layers[Layer.EXEMPT], *layers[Layer.SEVERITY])}
    return tuple(asking[name] for name in sorted(asking))


def _divided(situation: Situation, part: str, result: PartResult, seats: list[Seat],
             exempt: Mapping[str, Degree], rivals: Sequence[Rule], scale: Mapping[str, Fraction]) -> PartAnswer:
    """Steps 7 and 8."""
    people = {p.person: p for p in situation.finding.involved}

    def pool(named: frozenset[str]) -> Seat | None:
        for rule in rivals:
            if rule.takes_remainder and rule.bears:
                clause = rule.bears[0]
                free = matched(situation, clause, part) - exempt.keys() - named
                if free:
                    return Seat(situation.book.degrees[clause.degree or ""], (rule.id,), free)
        return None

    sizes = Scale(scale.__getitem__, {p: person.weight or ONE for p, person in people.items()},
                  frozenset(p for p, person in people.items() if situation.at_fault(person, part)))
    try:
        division = divide(seats, sizes, pool, situation.book.remainder_to_unit)
    except ScaleError as error:
        raise Blocked(problem("L301", part=part, reason=str(error))) from None
    except NobodyAtFault:
        raise Refused(words.nobody_at_fault(part, result.rules)) from None
    if division.entered is not None:
        seats = [*seats, division.entered]
    done = PartResult(part, result.weight, result.rules, result.beaten, result.added, result.exempting,
                      result.blocking, chosen=result.chosen, remainder=division.remainder,
                      remainder_to=division.remainder_to)
    return PartAnswer(done, tuple(seats), exempt, division)


class _Picker:
    """Steps 3 and 4: silence, order, conflict, and what the case itself settles."""

    def __init__(self, situation: Situation, part: str, layers: Mapping[Layer, Sequence[Rule]]) -> None:
        self.situation, self.part = situation, part
        self.order: Order = order_of(situation.book)
        self.rivals = list(layers[Layer.ALLOCATE])
        self.silent = list(layers[Layer.SILENT])
        self.dropped: set[str] = set()
        self.choice_used = False

    def drop(self, rules: Sequence[str] | frozenset[str]) -> None:
        self.dropped |= set(rules)

    def pick(self) -> Winners:
        standing = [rule for rule in self.rivals if rule.id not in self.dropped]
        chosen = chosen_rule(self.situation.finding.choice, self.part)
        if self.silent:
            if chosen is None:
                raise Refused(words.not_covered(self.part, self.silent))
            return self._settled(chosen, standing, standing)
        if not standing:
            if self.dropped:
                raise Refused(words.nobody_at_fault(self.part, self.dropped))
            raise Refused(words.no_rule(self.part, self._situation()))
        winners = self.order.maximal(standing)
        if self._agree(winners):
            return Winners(winners, self._beaten(winners, standing))
        if chosen is None:
            raise Refused(words.conflict(self.part, winners, self._situation()))
        return self._settled(chosen, winners, standing)

    def _settled(self, chosen: str, among: Sequence[Rule], standing: Sequence[Rule]) -> Winners:
        """The choice must name one of the rules it may settle between; it needs a reason."""
        choice = self.situation.finding.choice
        rule = next((r for r in among if r.id == chosen), None)
        if rule is None:
            names = "、".join(r.id for r in among) or "无"
            raise Blocked(problem("L402", CHOICE, part=self.part, rule=chosen, allowed=names))
        self.choice_used = True
        reason = (choice.reason if choice else None) or ""
        beaten = tuple(Beaten(r.id, rule.id, reason) for r in standing if r.id != rule.id)
        return Winners((rule,), beaten + self._dropped_as_beaten(rule.id), reason)

    def require_choice_used(self) -> None:
        """A choice where nothing is in conflict or silent is an error; one bare rule id for a
        finding in parts settles the parts that need it."""
        choice = self.situation.finding.choice
        if choice is not None and not isinstance(choice.rules, str) and not self.choice_used \
                and self.part in choice.rules:
            raise Blocked(problem("L401", CHOICE, part=self.part, rule=choice.rules[self.part]))

    def _agree(self, winners: Sequence[Rule]) -> bool:
        """exclusive: one winner, or the same bearers; collect: all stand together. `bears: none`
        beside another winner is a conflict in both."""
        if len(winners) == 1:
            return True
        if self.situation.book.collect:
            return len({rule.bears is None for rule in winners}) == 1
        return len({None if rule.bears is None else frozenset(rule.bears) for rule in winners}) == 1

    def _beaten(self, winners: Sequence[Rule], standing: Sequence[Rule]) -> tuple[Beaten, ...]:
        """`by` is the winner that beats it with the shortest chain of reasons the order gives; ties by id."""
        won = _ids(winners)
        beaten = []
        for rule in standing:
            if rule.id not in won:
                by = next(w for w in won if rule.id in self.order.beats[w])
                beaten.append(Beaten(rule.id, by, self.order.reason(by, rule.id) or ""))
        return tuple(beaten) + self._dropped_as_beaten(won[0])

    def _dropped_as_beaten(self, by: str) -> tuple[Beaten, ...]:
        return tuple(Beaten(rule, by, ALL_EXEMPT) for rule in sorted(self.dropped))

    def _situation(self) -> str:
        situation = self.situation
        known = {name: value for name in situation.book.facts
                 if (value := situation.value(name, self.part)) is not None}
        return words.situation(situation.book, known)


def _refuse_missing(situation: Situation, part: str) -> None:
    """Step 0: a fact some rule needs, or a person's 有无过错, is not known."""
    facts = situation.missing(part)
    if facts:
        raise Refused(words.missing_facts(situation.book, part, facts))
    unknown = sorted(p.person for p in situation.finding.involved
                     if situation.person_value(p, FAULT, part) == OPEN)
    if unknown:
        raise Refused(words.missing_fault(part, unknown))


def _open_in_exempt(situation: Situation, rules: Sequence[Rule], part: str) -> list[tuple[str, str]]:
    return list(draw(situation, rules, {}, part).open_facts)


def _credit(seats: Sequence[Seat], winners: Winners, book: Rulebook) -> list[Seat]:
    """Merged winners (same bearers) are all cited at every seat."""
    return list(seats) if book.collect else [Seat(s.degree, _ids(winners.rules), s.persons) for s in seats]


def _blocking(situation: Situation, part: str) -> tuple[str, ...]:
    return _ids(situation.applicable(part)[Layer.BLOCK])


def _ids(rules: Sequence[Rule]) -> tuple[str, ...]:
    return tuple(sorted(rule.id for rule in rules))


def chosen_rule(choice: Choice | None, part: str) -> str | None:
    """The rule the case names for the part; a bare id is meant for every part that needs one."""
    if choice is None:
        return None
    return choice.rules if isinstance(choice.rules, str) else choice.rules.get(part)


def answer_parts(situation: Situation, scale: Mapping[str, Fraction]) -> list[tuple[PartResult, PartAnswer | None]]:
    """Every part of weight > 0 with its answer; None where it cannot be decided (the result says why)."""
    book, finding = situation.book, situation.finding
    applies, missing = situation.parts_asked()
    asked = situation.parts()
    if not applies and missing:  # whether the act falls into parts is not known
        wanted = {*missing, *situation.missing(asked[0][0])}
        return [_undecided(asked[0][0], words.missing_facts(book, asked[0][0], [f for f in book.facts if f in wanted]))]
    if applies and not finding.parts:
        return [_undecided(asked[0][0], words.missing_parts(book, asked[0][0]))]
    answers: list[tuple[PartResult, PartAnswer | None]] = []
    for part, weight in asked:
        try:
            answer = decide_part(situation, part, weight, scale)
            answers.append((answer.result, answer))
        except Refused as refused:
            answers.append((PartResult(part, weight, undecided=refused.undecided), None))
    choice = finding.choice
    if choice is not None and isinstance(choice.rules, str) and not any(r.chosen is not None for r, _ in answers) \
            and all(a is not None for _, a in answers):
        raise Blocked(problem("L401", CHOICE, part=asked[0][0], rule=choice.rules))
    return answers


def _undecided(part: str, undecided: Undecided) -> tuple[PartResult, PartAnswer | None]:
    return PartResult(part, Fraction(1), undecided=undecided), None
