"""Largest remainder: whole units (cents, hundredths of a percent) that add up."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction


def largest_remainder(quotas: Sequence[Fraction], total: int) -> list[int]:
    """Round the quotas down to whole units and give the units still missing to the largest
    remainders; ties go to the earlier. The quotas add up to about `total` (within half a unit
    for each); the result adds up to it exactly."""
    floors = [quota.numerator // quota.denominator for quota in quotas]
    missing = total - sum(floors)
    if missing:
        by_remainder = sorted(range(len(quotas)), key=lambda i: (floors[i] - quotas[i], i))
        for i in by_remainder[:missing]:
            floors[i] += 1
    assert sum(floors) == total, "largest remainder must add up"
    return floors


def half_up(value: Fraction) -> int:
    """To the nearest whole unit, halves up (value ≥ 0)."""
    return (2 * value.numerator + value.denominator) // (2 * value.denominator)
