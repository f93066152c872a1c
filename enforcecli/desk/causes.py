"""One slip, one problem: what only follows from an error already shown is left out.

A date that cannot be read is not also “missing”, nor is what stands under a misspelt key; a person
written twice is not reported by the reader and again by the rules.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from msgspec.structs import replace

from enforcecli.desk.spans import Spans
from enforcecli.model.problem import Edit, Level, Path, Problem, Span
from enforcecli.problems import level

FOLLOWING = frozenset("CFLMS")
"""Families that may only follow from an error of the same place: checks, stages, liability, methods."""
INCOMPLETE = frozenset({"L106", "L204", "L303"})
"""Kinds that say something is lacking in a mapping: an error inside the mapping explains them."""
OF_A_PERSON = frozenset({"S501", "S502", "S602", "S605", "S701"})
"""Kinds that miss an entry under somebody's name: a name not understood there explains them."""
UNHEARD = "C304"
ELSEWHERE: dict[str, Path] = {UNHEARD: ("procedure", "notice", "defences")}
"""What is missed by kinds that are told at another place."""
BELOW: dict[str, Path] = {"C504": ("name",), "C509": ("organ",), "C510": ("basis",)}
"""What is missed by kinds that are told of the whole entry."""
GUESSING = frozenset({"K101", "P101"})
"""A key and a person not known, with the one that was probably meant."""
NUMBERS = frozenset({"Y371", "Y372", "Y374"})
"""Slips in a 文号 whose remedy writes the whole number anew, its brackets too."""

Lacking = Callable[[Path], "tuple[Span, frozenset[str]] | None"]
"""Where a path leaves the file: the place of the mapping, and the spellings of the key it lacks."""


def own_causes(read: Sequence[Problem], later: Sequence[Problem], lacking: Lacking | None = None) -> list[Problem]:
    """What the reading found and those of `later` that do not merely follow from one of its errors
    or, for methods, from one of the checks. Nothing gets milder by it: a name that was only doubtful
    is an error where an error follows from it."""
    read = _brackets_once(read)
    causes = _Causes([p for p in read if p.span is not None and (p.code == "P101" or level(p) is Level.ERROR)], lacking)
    errors = Spans([p.span for p in later if p.code[0] not in "LMS" and level(p) is Level.ERROR])
    blameless = {p.where[:2] for p in later if p.code == "F305"}
    kept: list[Problem] = []
    raised: set[int] = set()
    for p in later:
        if p.code[0] in FOLLOWING:
            cause = causes.of(p)
            if cause is not None and level(p) is Level.ERROR:
                raised.add(id(cause))
            if cause is not None or (p.code[0] == "M" and next(errors.containing(p.span), None) is not None):
                continue
        if p.code == "S608" and p.where in blameless:
            continue  # nobody at fault: the item says so in its own words
        kept.append(p)
    return [*(replace(p, level=Level.ERROR) if id(p) in raised and level(p) is not Level.ERROR else p for p in read),
            *kept]


class _Causes:
    """The problems others may follow from, by place and, for keys and persons not known, by what was
    probably meant."""

    def __init__(self, causes: Sequence[Problem], lacking: Lacking | None) -> None:
        self._causes, self._lacking = causes, lacking
        self._spans = Spans([cause.span for cause in causes])
        self._meant: dict[tuple[str, str], list[int]] = {}
        for n, cause in enumerate(causes):
            if cause.code in GUESSING:
                self._meant.setdefault((cause.code, dict(cause.args)["guess"]), []).append(n)

    def of(self, problem: Problem) -> Problem | None:
        """The first cause of the problem, if it has one."""
        place = problem.span
        found = [*self._spans.containing(place), *self._misnamed(problem)]
        if problem.code in INCOMPLETE:
            found += self._spans.inside(place)
        return self._causes[min(found)] if found else None

    def _misnamed(self, problem: Problem) -> Iterator[int]:
        """Causes that are a key or a name not understood, right where what is missed should stand."""
        if not self._meant:
            return
        args = dict(problem.args)
        if problem.code == UNHEARD:
            yield from self._meant.get(("P101", args["persons"]), ())
        elif problem.code in OF_A_PERSON:
            for n in self._meant.get(("P101", args["person"]), ()):
                if _within(self._causes[n].span, problem.span):
                    yield n
        gap = self._lacking and self._lacking(
            ELSEWHERE.get(problem.code, problem.where) + BELOW.get(problem.code, ()))
        for n in (n for key in (gap[1] if gap else ()) for n in self._meant.get(("K101", key), ())):
            if gap and _within(self._causes[n].span, gap[0]):
                yield n


def _brackets_once(read: Sequence[Problem]) -> list[Problem]:
    """[2026]第012号: the brackets are told, and mended, with the rest of the number."""
    brackets = [p for p in read if p.code == "Y125"]
    if not brackets or not any(p.code in NUMBERS for p in read):
        return list(read)
    told: list[Problem] = []
    within: set[int] = set()
    for p in read:
        inside = next((b for b in brackets if p.code in NUMBERS and _within(b.span, p.span)), None)
        if inside is not None:
            within.add(id(inside))
        told.append(p if inside is None else replace(p, fix=p.fix or _whole_number(p, inside)))
    return [p for p in told if id(p) not in within]


def _whole_number(number: Problem, bracket: Problem) -> tuple[Edit, ...] | None:
    """The edit that writes the number as it should be: its place follows from that of the bracket."""
    if number.span is None or bracket.span is None or not bracket.fix:
        return None
    if number.span.line != bracket.span.line or number.span.line != number.span.end_line:
        return None
    start = bracket.fix[0].start - (bracket.span.column - number.span.column)
    return (Edit(start, start + number.span.end_column - number.span.column, dict(number.args)["good"]),)


def _within(inner: Span | None, outer: Span | None) -> bool:
    return inner is not None and outer is not None and (outer.line, outer.column) <= (inner.line, inner.column) \
        and (inner.end_line, inner.end_column) <= (outer.end_line, outer.end_column)
