"""Whether the sizes of the degrees that stand together in one situation fit into the part they divide
(docs/rulebook-format.md, step 7)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction

from enforcecli.model.problem import Problem, problem
from enforcecli.model.rulebook import Clause, Degree, DegreeKind, Rulebook
from enforcecli.proof.situations import Answer, Verdict

SIZELESS = (DegreeKind.LABEL, DegreeKind.NONE, DegreeKind.JOINT, DegreeKind.REST)


def scale_problems(book: Rulebook, answers: Iterable[Answer]) -> tuple[Problem, ...]:
    """One problem for each set of rules that stand together and whose sizes do not fit."""
    together = {(_carrying(book, answer), answer.added) for answer in answers if answer.verdict is Verdict.DECIDED}
    found = dict.fromkeys(p for rules, added in sorted(together) for p in _judge(book, rules, added))
    return tuple(found)


def _carrying(book: Rulebook, answer: Answer) -> tuple[str, ...]:
    """Rules that say the same are one: they are counted once."""
    return answer.rules if book.collect else answer.rules[:1]


def _judge(book: Rulebook, rules: Sequence[str], added: Sequence[str]) -> Iterator[Problem]:
    clauses = [clause for name in (*rules, *added) for clause in book.rules[name].bears or ()]
    if any(book.degrees[clause.degree or ""].kind is DegreeKind.LABEL for clause in clauses):
        return  # grades without a size: nothing is divided
    degrees = [book.degrees[clause.degree or ""] for clause in _standing(book, clauses)]
    where = ("rules", rules[0], "bears")
    names = "、".join((*rules, *added))
    shares = [degree for degree in degrees if degree.kind is DegreeKind.SHARE]
    if any(d.kind is DegreeKind.RATIO for d in degrees) and any(
            d.kind is not DegreeKind.RATIO and d.kind not in SIZELESS for d in degrees):
        yield problem("B213", where, rules=names, degrees=_named(degrees))
    least, usual, most = (sum((_size(d, which) for d in shares), Fraction(0)) for which in ("low", "default", "high"))
    if usual > 1 or least > 1:
        yield problem("B211", where, rules=names, degrees=_named(shares), total=max(usual, least))
    elif most > 1:
        yield problem("B212", where, rules=names, degrees=_named(shares), total=most)


def _standing(book: Rulebook, clauses: Sequence[Clause]) -> list[Clause]:
    """The clauses that can stand beside each other. Whoever another one takes for sure, by a heavier or by the same
    degree, bears by that one only (steps 4 and 6)."""
    kept: list[Clause] = []
    for clause in sorted(clauses, key=lambda c: (book.degrees[c.degree or ""].rank, bool(c.where), -len(c.who))):
        if not any(set(clause.who) <= set(other.who) and other.where in ((), clause.where) for other in kept):
            kept.append(clause)
    return kept


def _size(degree: Degree, which: str) -> Fraction:
    """The least, the usual or the greatest size; without a range they are one."""
    usual = degree.default if degree.default is not None else Fraction(0)
    size: Fraction | None = {"low": degree.low, "default": usual, "high": degree.high}[which]
    return usual if size is None else size


def _named(degrees: Iterable[Degree]) -> str:
    return "、".join(dict.fromkeys(degree.name for degree in degrees))
