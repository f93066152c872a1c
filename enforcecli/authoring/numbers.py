"""The next free case number over the whole tree: numbers are used once, and a gap may be one that was given
out, so counting goes on behind the highest.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

_NUMBER = re.compile("([A-Z]{1,8})-([0-9]{4})-([0-9]{3,5})")
FALLBACK = "AJ"
"""案件: what an office without a case begins with."""


def next_number(stems: Iterable[str], year: int | None, prefix: str | None = None) -> str:
    """A number no file bears. The letters are those most of the files begin with."""
    used = [m.groups() for s in stems if (m := _NUMBER.fullmatch(s.upper()))]
    if prefix is None:
        letters = Counter(p for p, _, _ in used)
        prefix = min(letters, key=lambda p: (-letters[p], p), default=FALLBACK)
    if year is None:
        year = max((int(y) for _, y, _ in used), default=2000)
    highest = max((int(n) for p, y, n in used if p == prefix and int(y) == year), default=0)
    return f"{prefix}-{year}-{highest + 1:03d}"


def place_of(number: str) -> str | None:
    """Where the case file of this number stands in the repository; None for what is no case number: a file
    of such a name would not be found again."""
    match = _NUMBER.fullmatch(number)
    return f"cases/{match[2]}/{number}.yaml" if match else None
