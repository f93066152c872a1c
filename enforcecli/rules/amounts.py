"""How much each bears within one part (docs/rulebook-format.md, steps 7–8). Exact fractions only."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction

from msgspec import Struct, field

from enforcecli.model.rulebook import DegreeKind
from enforcecli.rules.resolve import Seat

POOLED = (DegreeKind.WEIGHTED, DegreeKind.EQUAL)
ZERO, ONE = Fraction(0), Fraction(1)


class ScaleError(Exception):
    """The sizes of the degrees do not fit one part; `str()` is the reason in words."""


class NobodyAtFault(Exception):
    """Something is left and nobody may take it."""


class Step(Struct, frozen=True):
    """A line of the arithmetic; written out only where the reasoning is asked for."""

    pattern: str
    values: tuple[object, ...]

    def __str__(self) -> str:
        return self.pattern.format(*self.values)


class Division(Struct):
    """The division of one part: amounts by person, the pool that came in, the remainder and where
    it went, and the groups that shared by weight."""

    amounts: dict[str, Fraction] = field(default_factory=dict)
    entered: Seat | None = None
    remainder: Fraction = ZERO
    remainder_to: str | None = None
    unit: Fraction = ZERO
    groups: list[frozenset[str]] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)

    def give(self, person: str, amount: Fraction) -> None:
        held = self.amounts.get(person)
        self.amounts[person] = amount if held is None else held + amount


class Scale(Struct, frozen=True):
    """What the division reads besides the seats: the size of a degree, the persons' weights, who is
    at fault in the part."""

    size: Callable[[str], Fraction]
    weights: Mapping[str, Fraction]
    at_fault: frozenset[str]


def split(division: Division, amount: Fraction, seats: Sequence[Seat], scale: Scale) -> None:
    """Split an amount over the persons of the seats, by weight; degree kind `equal` by heads."""
    shares = {person: ONE if seat.degree.kind is DegreeKind.EQUAL else scale.weights[person]
              for seat in seats for person in sorted(seat.persons)}
    first = next(iter(shares.values()), ONE)
    if all(weight is first or weight == first for weight in shares.values()):
        each = amount if len(shares) == 1 else amount / len(shares)
        for person in shares:
            division.give(person, each)
    else:
        total = sum(shares.values(), ZERO)
        for person, weight in shares.items():
            division.give(person, amount * weight / total)
    if any(seat.degree.kind is not DegreeKind.EQUAL for seat in seats) and len(shares) > 1:
        division.groups.append(frozenset(shares))
    names = "、".join(shares)
    by = "" if len(shares) == 1 else "，按权重分" if division.groups and division.groups[-1] == frozenset(shares) else "，均分"
    grades = "、".join(dict.fromkeys(seat.degree.name for seat in seats))
    division.steps.append(Step("{}：{} {}{}", (names, grades, amount, by)))


def divide(seats: Sequence[Seat], scale: Scale, pool: Callable[[frozenset[str]], Seat | None],
           unit_takes_rest: bool) -> Division:
    """Divide one part (= 1) among the seats.

    `pool(named)` gives the seat of the rule marked `also: remainder` less those already named.
    ScaleError: the sizes exceed the part, or share and ratio meet. NobodyAtFault: a remainder
    that no one may bear.
    """
    shares = [seat for seat in seats if seat.degree.kind is DegreeKind.SHARE]
    ratios = [seat for seat in seats if seat.degree.kind is DegreeKind.RATIO]
    pooled = [seat for seat in seats if seat.degree.kind in POOLED]
    if ratios and (shares or pooled):
        raise ScaleError("同一部分中，按比值分担的责任不能与按份额或者按大小分担的责任并存")
    division = Division()
    if ratios:
        total = sum((scale.size(seat.degree.name) for seat in ratios), ZERO)
        for seat in ratios:
            split(division, scale.size(seat.degree.name) / total, [seat], scale)
        return division
    left = ONE
    for seat in shares:
        size = scale.size(seat.degree.name)
        split(division, size, [seat], scale)
        left -= size
    if left < 0:
        names = "、".join(f"{seat.degree.name} {scale.size(seat.degree.name)}" for seat in shares)
        raise ScaleError(f"各责任的份额之和超过全部：{names}")
    if pooled:
        split(division, left, pooled, scale)
    elif left:
        division.remainder = left
        rest = [seat for seat in seats if seat.degree.kind is DegreeKind.REST]
        _give_remainder(division, seats, rest, scale, pool, unit_takes_rest)
    return division


def _give_remainder(division: Division, seats: Iterable[Seat], rest: Sequence[Seat], scale: Scale,
                    pool: Callable[[frozenset[str]], Seat | None], unit_takes_rest: bool) -> None:
    """The rule's own `rest` clause, else the remainder pool, else the bearers at fault or the unit."""
    left = division.remainder
    if rest:
        division.remainder_to = "rest"
        split(division, left, rest, scale)
        return
    named = frozenset[str]().union(*(seat.persons for seat in seats))
    division.entered = pool(named)
    if division.entered is not None:
        division.remainder_to = "pool"
        split(division, left, [division.entered], scale)
    elif unit_takes_rest:
        division.remainder_to = "unit"
        division.unit = left
        division.steps.append(Step("余下 {} 记于承办单位", (left,)))
    else:
        division.remainder_to = "absorb"
        absorbing = {p: a for p, a in division.amounts.items() if a and p in scale.at_fault}
        if not absorbing:
            raise NobodyAtFault
        whole = sum(absorbing.values(), ZERO)
        for person, amount in absorbing.items():
            division.give(person, left if len(absorbing) == 1 else left * amount / whole)
        division.steps.append(Step("余下 {} 无其他过错人承担，由有过错的 {} 承担", (left, "、".join(sorted(absorbing)))))
