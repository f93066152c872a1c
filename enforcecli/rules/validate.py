"""Step 0 of the shares: is the finding one the book can judge? (docs/rulebook-format.md, steps 0–1, 7)

Every problem here blocks the finding. Paths are relative to the finding. Odd combinations of
person facts are no business of this module: they never block.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from enforcecli.model.case import Finding, Involved, Stated
from enforcecli.model.problem import Path, Problem, problem
from enforcecli.model.roster import Office
from enforcecli.model.rulebook import FAULT, OPEN, WHOLE, DegreeKind, Layer, PersonFact, Rulebook
from enforcecli.rules.situation import Situation, Truth
from enforcecli.text.suggest import closest

OFFICE_SCALE = "L504"
"""The one error here that is not of the finding but of the office, and the same for every finding."""
SIZED = (DegreeKind.SHARE, DegreeKind.RATIO)


def check_finding(book: Rulebook, finding: Finding, office: Office | None = None) -> tuple[Problem, ...]:
    """All errors of the finding that keep its shares from being computed."""
    return (
        *_facts(book, finding), *_parts(book, finding), *_persons(book, finding),
        *_discretion(book, finding), *_office_scale(book, office), *_choice(book, finding),
    )


def scale_of(book: Rulebook, finding: Finding, office: Office | None) -> dict[str, Fraction]:
    """The size of every degree that has one: 比例调整, else the office's 比例, else the default."""
    scale = {d.name: d.default for d in book.degrees.values() if d.kind in SIZED and d.default is not None}
    if office is not None and office.scale:
        scale |= {name: size for name, size in office.scale.items() if name in scale}
    if finding.discretion is not None:
        scale |= {name: size for name, size in finding.discretion.values.items() if name in scale}
    return scale


def _facts(book: Rulebook, finding: Finding) -> Iterator[Problem]:
    situation = Situation(book, finding)
    for name, value in finding.facts.items():
        fact = book.facts.get(name)
        if fact is None:
            yield problem("L101", (name,), on_key=True, fact=name, suggestion=_suggest(name, list(book.facts)))
            continue
        if value not in fact.values:
            yield from _stated(finding, value, (name,), fact.per_part, fact.values, name)
        if fact.only_if and all(situation.judge_all(fact.only_if, part) is Truth.FAILS
                                for part, _ in situation.parts()):
            yield problem("L103", (name,), on_key=True, fact=name,
                          only_if="，".join(f"{c.key}为{'或者'.join(sorted(c.values))}" for c in fact.only_if))


def _stated(finding: Finding, value: Stated, where: Path, per_part: bool, allowed: Sequence[str],
            name: str) -> Iterator[Problem]:
    """A bare value holds for every part; a mapping covers every part of weight > 0."""
    if isinstance(value, str):
        yield from _listed(value, where, allowed, name)
        return
    if not per_part:
        yield problem("L104", where, fact=name)
        return
    weights: Mapping[str, Fraction] = finding.parts or {WHOLE: Fraction(1)}
    for part in value:
        if part not in weights:
            yield problem("L105", (*where, part), on_key=True, fact=name, part=part, parts="、".join(weights))
        else:
            yield from _listed(value[part], (*where, part), allowed, name)
    lacking = [part for part, weight in weights.items() if weight > 0 and part not in value]
    if lacking:
        yield problem("L106", where, fact=name, parts="、".join(lacking))


def _listed(value: str, where: Path, allowed: Sequence[str], name: str) -> Iterator[Problem]:
    if value not in allowed and value != OPEN:
        yield problem("L102", where, fact=name, value=value, allowed="、".join(allowed),
                      suggestion=_suggest(value, allowed))


def _parts(book: Rulebook, finding: Finding) -> Iterator[Problem]:
    if not finding.parts:
        return
    for part in finding.parts:
        if part not in book.parts:
            yield problem("L201", ("parts", part), on_key=True, part=part, parts="、".join(book.parts) or "无",
                          suggestion=_suggest(part, list(book.parts)))
    situation = Situation(book, finding)
    truths = {name: situation.judge_all(book.parts[name].only_if, WHOLE)
              for name in finding.parts if name in book.parts}
    for name, truth in truths.items():
        if truth is Truth.FAILS:
            yield problem("L202", ("parts", name), on_key=True, part=name,
                          only_if="，".join(f"{c.key}为{'或者'.join(sorted(c.values))}"
                                           for c in book.parts[name].only_if))
    for name, weight in finding.parts.items():
        if not 0 <= weight <= 1:
            yield problem("L203", ("parts", name), part=name, weight=weight)
    total = sum(finding.parts.values(), Fraction(0))
    if total != 1:
        yield problem("L204", ("parts",), total=total)


def _persons(book: Rulebook, finding: Finding) -> Iterator[Problem]:
    seen: set[str] = set()
    for i, person in enumerate(finding.involved):
        where: Path = ("involved", i)
        if person.person in seen:
            yield problem("L302", (*where, "person"), person=person.written)
        seen.add(person.person)
        yield from _roles(book, person, where)
        if FAULT not in person.facts and not person.is_unit:
            yield problem("L303", where, person=person.written)
        if person.weight is not None and person.weight <= 0:
            yield problem("L304", (*where, "weight"), person=person.written)
        for name, value in person.facts.items():
            yield from _person_fact(book, finding, person, name, value, where)


def _roles(book: Rulebook, person: Involved, where: Path) -> Iterator[Problem]:
    if not person.roles:
        yield problem("L305", where, person=person.written, roles="、".join(book.roles))
    for role in person.roles:
        known = book.roles.get(role)
        if known is None:
            yield problem("L306", (*where, "roles"), role=role, roles="、".join(book.roles),
                          suggestion=_suggest(role, list(book.roles)))
        elif known.unit and not person.is_unit:
            yield problem("L307", (*where, "roles"), role=role, person=person.written)
        elif person.is_unit and not known.unit:
            yield problem("L308", (*where, "roles"), role=role, person=person.written)


def _person_fact(book: Rulebook, finding: Finding, person: Involved, name: str, value: Stated,
                 where: Path) -> Iterator[Problem]:
    fact: PersonFact | None = book.person_facts.get(name)
    if fact is None:
        yield problem("L101", (*where, name), on_key=True, fact=name,
                      suggestion=_suggest(name, list(book.person_facts)))
        return
    if fact.roles is not None and not fact.roles & set(person.roles):
        yield problem("L309", (*where, name), on_key=True, fact=name, person=person.written,
                      roles="、".join(r for r in book.roles if r in fact.roles))
    if value not in fact.values:
        yield from _stated(finding, value, (*where, name), fact.per_part, fact.values, name)


def _discretion(book: Rulebook, finding: Finding) -> Iterator[Problem]:
    discretion = finding.discretion
    if discretion is None:
        return
    if not discretion.reason:
        yield problem("L501", ("discretion",))
    for name, size in discretion.values.items():
        if name not in book.degrees:
            yield problem("L502", ("discretion", name), on_key=True, degree=name,
                          suggestion=_suggest(name, list(book.degrees)))
        else:
            yield from _in_range(book, name, size, ("discretion", name), "L503")


def _office_scale(book: Rulebook, office: Office | None) -> Iterator[Problem]:
    """The office's own scale is bound by the same band; a degree the book lacks is ignored."""
    for name, size in ((office.scale if office is not None else None) or {}).items():
        if name in book.degrees:
            yield from _in_range(book, name, size, (), OFFICE_SCALE)


def _in_range(book: Rulebook, name: str, size: Fraction, where: Path, code: str) -> Iterator[Problem]:
    degree = book.degrees[name]
    if degree.kind not in SIZED or degree.low is None or degree.high is None:
        yield problem(code, where, degree=name, size=size, band="无裁量幅度", band_en="no band")
    elif not degree.low <= size <= degree.high:
        yield problem(code, where, degree=name, size=size, band=f"{degree.low} 至 {degree.high}",
                      band_en=f"{degree.low} to {degree.high}")


def _choice(book: Rulebook, finding: Finding) -> Iterator[Problem]:
    choice = finding.choice
    if choice is None:
        return
    if not choice.reason:
        yield problem("L403", ("choice",))
    named = {None: choice.rules} if isinstance(choice.rules, str) else dict(choice.rules)
    parts = finding.parts or {WHOLE: Fraction(1)}
    for part, rule in named.items():
        where: Path = ("choice", "rules") if part is None else ("choice", "rules", part)
        if part is not None and part not in parts:
            yield problem("L404", where, on_key=True, part=part, parts="、".join(parts))
        if rule not in book.rules or book.rules[rule].layer is not Layer.ALLOCATE:
            able = [r.id for r in book.rules.values() if r.layer is Layer.ALLOCATE]
            yield problem("L405", where, rule=rule, rules="、".join(able), suggestion=_suggest(rule, able))


def _suggest(word: str, known: Sequence[str]) -> str:
    return closest(word, known) or ""
