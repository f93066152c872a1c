"""One slip, one problem: what only follows from an error already shown at the same place is left out.

A date that cannot be read is not also “missing”; a person written twice is not reported by the
reader and again by the rules.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from enforcecli.model.problem import Level, Problem, Span
from enforcecli.problems import level

FOLLOWING = frozenset("SLM")
"""Families that may only follow from an error of the same place: stages, liability, methods."""
INCOMPLETE = frozenset({"L106", "L204", "L303"})
"""Kinds that say something is lacking in a mapping: an error inside the mapping explains them."""


def own_causes(read: Sequence[Problem], later: Sequence[Problem]) -> list[Problem]:
    """Those of `later` that do not merely follow from an error of the reading or, for methods, of
    the checks."""
    suspects = [p for p in later if p.code[0] in FOLLOWING]
    if not suspects:
        return list(later)
    errors = _places(read)
    checked = errors + _places(p for p in later if p.code[0] not in FOLLOWING)
    dropped = {id(p) for p in suspects if _follows(p, checked if p.code[0] == "M" else errors)}
    return [p for p in later if id(p) not in dropped]


def _places(problems: Iterable[Problem]) -> list[Span]:
    return [p.span for p in problems if p.span is not None and level(p) is Level.ERROR]


def _follows(problem: Problem, errors: Iterable[Span]) -> bool:
    place = problem.span
    if place is None:
        return False
    return any(_within(place, error) or (problem.code in INCOMPLETE and _within(error, place)) for error in errors)


def _within(inner: Span, outer: Span) -> bool:
    return (outer.line, outer.column) <= (inner.line, inner.column) \
        and (inner.end_line, inner.end_column) <= (outer.end_line, outer.end_column)
