"""Recovery of compensation: who may be ordered to pay, and how much (docs/rulebook-format.md, Money).

Exact fractions until the last step; the result is in cents and adds up with 机关自担.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from msgspec import Struct, field

from enforcecli.model.case import Compensation, Finding, Involved, Stated
from enforcecli.model.problem import Level, Problem, problem
from enforcecli.model.result import PersonResult
from enforcecli.model.rulebook import OPEN, Band, Conditions, Recovery, Rulebook
from enforcecli.rules.people import People
from enforcecli.rules.rounding import half_up, largest_remainder

STATE_COMPENSATION = "国家赔偿"


class Recovered(Struct, frozen=True):
    """Cents by person and the organ's own line; both None when it could not be computed."""

    by_person: Mapping[str, int] | None
    kept_by_organ: int | None
    problems: tuple[Problem, ...] = ()
    steps: tuple[str, ...] = field(default=())


NOTHING = Recovered({}, 0)
UNKNOWN = Recovered(None, None)


def cents(amount: object) -> Fraction:
    return Fraction(str(amount)) * 100


def ordered_cents(compensation: Compensation | None, this_office: str | None) -> int:
    """What the case orders in all: paid × 责令承担, to the cent, halves up. 0 unless it is state
    compensation paid by this office (国家赔偿法第十六条: only the 赔偿义务机关 may order)."""
    if compensation is None or compensation.amount is None or compensation.ordered is None:
        return 0
    if compensation.nature != STATE_COMPENSATION or compensation.organ not in (None, this_office):
        return 0
    return half_up(cents(compensation.amount) * compensation.ordered)


def divide_ordered(total: int, weights: Sequence[Fraction]) -> list[int]:
    """The ordered cents over the findings by 全案占比."""
    return largest_remainder([total * w for w in weights], total)


class Order(Struct, frozen=True):
    """What one finding's recovery reads: the cents ordered and paid for it, and whom the rulebook lets pay."""

    book: Rulebook
    finding: Finding
    people: People
    cents: int
    paid: Fraction  # cents
    parts: tuple[str, ...]

    def recover(self, lines: Sequence[PersonResult]) -> Recovered:
        """Each person inside the gate pays ordered × own share, not renormalised; the rest stays
        with the organ."""
        if not self.cents:
            return NOTHING
        if lines and all(line.share is None for line in lines):  # grades without a size
            return Recovered(None, None, (problem("R101", level=Level.WARNING),))
        unknown = [(line, fact) for line in lines for fact in self._open_gate(line)]
        if unknown:
            return Recovered(None, None, tuple(
                problem("R102", ("involved",), person=line.person, fact=fact) for line, fact in unknown))
        quotas: dict[str, Fraction] = {}
        problems: list[Problem] = []
        for line in lines:
            if line.share and self._inside_gate(line):
                amount = self._amount(line, problems)
                if amount is not None:
                    quotas[line.person] = amount
        if any(p.code == "R103" for p in problems):
            return Recovered(None, None, tuple(problems))
        if sum(quotas.values(), Fraction(0)) > self.cents:
            problems.append(problem("R104"))
        if problems:
            return Recovered({}, self.cents, tuple(problems))
        return self._in_cents(quotas, lines)

    def _in_cents(self, quotas: Mapping[str, Fraction], lines: Sequence[PersonResult]) -> Recovered:
        """Ties: heavier grade, then person id; the organ's line last."""
        rank = {line.person: min((self.book.degrees[g].rank for g in line.grades), default=99) for line in lines}
        order = sorted(quotas, key=lambda p: (rank[p], p))
        kept = self.cents - sum(quotas.values(), Fraction(0))
        rounded = largest_remainder([*(quotas[p] for p in order), kept], self.cents)
        assert all(c >= 0 for c in rounded), "no one receives money"
        return Recovered(dict(zip(order, rounded, strict=False)), rounded[-1])

    # the gate

    def _gate(self) -> Conditions:
        return self.book.recovery.gate if self.book.recovery is not None else ()

    def _involved(self, person: str) -> Involved | None:
        return next((p for p in self.finding.involved if p.person == person), None)

    def _open_gate(self, line: PersonResult) -> list[str]:
        """Gate facts not known for a bearer at fault."""
        person = self._involved(line.person)
        if person is None or line.unit or not line.share or not line.at_fault:
            return []
        reads = {c.key for c in (*self._gate(), *(c for band in self._bands() for c in band.where))}
        return sorted(key for key in reads if not self._known(person.facts.get(key)))

    def _known(self, value: Stated | None) -> bool:
        values = [value.get(p) for p in self.parts] if isinstance(value, Mapping) else [value]
        return all(v is not None and v != OPEN for v in values)

    def _inside_gate(self, line: PersonResult) -> bool:
        """Own fault and the gate; units pay nothing."""
        person = self._involved(line.person)
        return person is not None and not line.unit and line.at_fault and self._meets(person, self._gate())

    def _meets(self, person: Involved, conditions: Conditions) -> bool:
        return all(self._values(person.facts.get(c.key)) & c.values for c in conditions)

    def _values(self, value: Stated | None) -> set[str]:
        """What is stated of the person in any part."""
        if isinstance(value, Mapping):
            return {value[p] for p in self.parts if p in value}
        return {value} if value is not None else set()

    # the bands

    def _bands(self) -> tuple[Band, ...]:
        recovery: Recovery | None = self.book.recovery
        return recovery.bands if recovery is not None else ()

    def _amount(self, line: PersonResult, problems: list[Problem]) -> Fraction | None:
        """In cents. Within a band the ordered amount must lie between its bounds; where the floor
        or the cap leaves nothing between them, the floor or the cap is the amount."""
        share = line.share or Fraction(0)
        ordered = self.cents * share
        person = self._involved(line.person)
        band = next((b for b in self._bands() if person is not None and self._meets(person, b.where)), None)
        if band is None:
            return ordered
        member = self.people.member(line.person)
        wage = cents(member.monthly_wage) if member is not None and member.monthly_wage is not None else None
        if wage is None and (band.floor_months is not None or band.cap_months is not None):
            problems.append(problem("R103", ("involved",), person=line.person))
            return None
        base = self.paid * share
        low, high = band.low * base, band.high * base
        floor = band.floor_months * wage if band.floor_months is not None and wage is not None else None
        cap = band.cap_months * wage if band.cap_months is not None and wage is not None else None
        if floor is not None and high < floor:
            return floor
        if cap is not None and low > cap:
            return cap
        low = max(low, floor) if floor is not None else low
        high = min(high, cap) if cap is not None else high
        if not low <= ordered <= high:
            problems.append(problem("R105", person=line.person, low=_yuan(low), high=_yuan(high), ordered=_yuan(ordered)))
            return None
        return ordered


def _yuan(amount: Fraction) -> str:
    whole = half_up(amount)
    return f"{whole // 100}.{whole % 100:02d}"
