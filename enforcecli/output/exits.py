"""Exit codes: one table for all commands."""

from __future__ import annotations

OK, PROBLEM, USAGE, UNREADABLE, UNDECIDED, INTEGRITY, INTERNAL, INTERRUPT = 0, 1, 2, 3, 4, 5, 70, 130
_FIRST = (INTERNAL, INTEGRITY, UNREADABLE, PROBLEM, UNDECIDED)


def combined(codes: set[int]) -> int:
    """The one code for several outcomes of a run: 70, 5, 3, 1, 4 in that order, else 0."""
    return next((code for code in _FIRST if code in codes), OK)
