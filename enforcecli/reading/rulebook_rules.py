"""The rules of a book (docs/rulebook-format.md): who bears what, what beats what, and that both make sense."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from enforcecli.model.rulebook import (
    FAULT,
    PERSONS_AT_FAULT,
    Clause,
    Conditions,
    Layer,
    Note,
    Rule,
)
from enforcecli.reading.rulebook_facts import Terms
from enforcecli.reading.rulebook_shape import NOBODY, Draft
from enforcecli.reading.rulebook_sheets import Sheets, guess

_WANTS = {
    Layer.ALLOCATE: ("bears",), Layer.EXEMPT: ("bears",), Layer.ADD: ("bears",), Layer.SEVERITY: ("bears",),
    Layer.SILENT: ("question",), Layer.BLOCK: ("blocks",),
}
_REFUSES = {
    Layer.ALLOCATE: ("blocks", "question"), Layer.EXEMPT: ("blocks", "also"), Layer.ADD: ("blocks", "also"),
    Layer.SEVERITY: ("blocks", "also"), Layer.SILENT: ("blocks", "also", "bears"),
    Layer.BLOCK: ("bears", "over", "also"),
}
"""A rule of one layer that carries the keys of another would be read as something it does not do."""


def read_rules(sheets: Sheets, terms: Terms) -> dict[str, Rule]:
    """The rules by id, in the book's order. Doubled ids: the first stands."""
    drafts: dict[str, Draft] = {}
    for draft in sheets.rows("rules"):
        name = draft.get("id")
        if name in drafts:
            draft.report("B111", "id", written=name, kind="rules")
        else:
            drafts[name] = draft
    rules = {name: _rule(name, draft, terms) for name, draft in drafts.items()}
    _names(rules, drafts)
    _one_remainder(rules, drafts)
    _circles(rules, drafts)
    return rules


def _rule(name: str, draft: Draft, terms: Terms) -> Rule:
    layer = Layer(draft.get("layer") or "allocate")
    _keys_of_layer(name, layer, draft)
    part = draft.get("part")
    if part is not None and part not in terms.parts:
        draft.report("B116", "part", written=part, **guess(part, terms.parts))
    nobody = draft.get("bears") == NOBODY
    if nobody and (layer is not Layer.ALLOCATE or draft.get("also")):
        draft.report("B119", "bears", rule=name, layer=layer.value, key="bears: none")
    return Rule(
        id=name, cite=draft.get("cite") or "", layer=layer,
        when=terms.conditions(draft, "when", terms.finding_values), part=part,
        bears=None if nobody else tuple(_clause(name, layer, c, terms) for c in draft.items("bears")),
        over=draft.get("over") or {}, blocks=draft.get("blocks") or {},
        takes_remainder=bool(draft.get("also")), question=draft.get("question"),
        notes=tuple(Note(n.get("text") or "", n.get("basis")) for n in draft.items("notes")),
        words=draft.words())


def _keys_of_layer(name: str, layer: Layer, draft: Draft) -> None:
    for key in _WANTS[layer]:
        if not draft.get(key) and (not draft.wrote(key) or draft.get(key) == ()):
            draft.report("B127", "id", rule=name, layer=layer.value, missing=key)
    for key in _REFUSES[layer]:
        if draft.get(key):
            draft.report("B119", key, on_key=True, rule=name, layer=layer.value, key=key)


def _clause(rule: str, layer: Layer, draft: Draft, terms: Terms) -> Clause:
    who = draft.items("who")
    for i, role in enumerate(who):
        if role != PERSONS_AT_FAULT:
            terms.role(draft, role, "who", i)
    degree, severity = draft.get("degree"), draft.get("severity")
    wanted, other = ("severity", "degree") if layer is Layer.SEVERITY else ("degree", "severity")
    if not draft.wrote(wanted):
        draft.report("B127", rule=rule, layer=layer.value, missing=wanted)
    if draft.get(other) is not None:
        draft.report("B119", other, on_key=True, rule=rule, layer=layer.value, key=other)
    if degree is not None and degree not in terms.degrees:
        draft.report("B113", "degree", written=degree, **guess(degree, terms.degrees))
    where = terms.conditions(draft, "where", terms.person_values)
    _can_match(draft, who, where, terms)
    return Clause(who, degree, where, bool(draft.get("optional")), severity)


def _can_match(draft: Draft, who: Sequence[str], where: Conditions, terms: Terms) -> None:
    """A condition on a fact that none of the roles is asked matches nobody, ever."""
    if PERSONS_AT_FAULT in who:
        return
    for condition in where:
        fact = terms.person_facts.get(condition.key)
        if condition.key != FAULT and fact is not None and fact.roles is not None \
                and who and not fact.roles & set(who):
            draft.report("B134", "where", condition.key, on_key=True, fact=fact.name,
                         who="、".join(who), roles="、".join(sorted(fact.roles)))


def _names(rules: Mapping[str, Rule], drafts: Mapping[str, Draft]) -> None:
    """`over` and `blocks` name rules that exist, not themselves, and no block rule is switched off."""
    for name, rule in rules.items():
        for key, named in (("over", rule.over), ("blocks", rule.blocks)):
            for other in named:
                if other == name:
                    drafts[name].report("B128", key, other, on_key=True, rule=name, other=other)
                elif other not in rules:
                    drafts[name].report("B117", key, other, on_key=True, written=other, **guess(other, rules))
                elif rules[other].layer is Layer.BLOCK:
                    drafts[name].report("B128", key, other, on_key=True, rule=name, other=other)


def _one_remainder(rules: Mapping[str, Rule], drafts: Mapping[str, Draft]) -> None:
    takers = [name for name, rule in rules.items() if rule.takes_remainder]
    for name in takers[1:]:
        drafts[name].report("B120", "also", rule=name, first=takers[0])


def _circles(rules: Mapping[str, Rule], drafts: Mapping[str, Draft]) -> None:
    """`over` is an order: no rule beats itself through others. One problem per circle, at the rule
    of the circle the book writes last."""
    told: set[frozenset[str]] = set()
    for name in reversed(tuple(rules)):
        circle = _circle_from(name, rules)
        if circle and frozenset(circle) not in told:
            told.add(frozenset(circle))
            drafts[name].report("B118", "over", circle[1], on_key=True, circle=" → ".join(circle))


def _circle_from(start: str, rules: Mapping[str, Rule]) -> tuple[str, ...]:
    """The shortest way from a rule over others back to itself; () if there is none."""
    ways: list[tuple[str, ...]] = [(start,)]
    seen: set[str] = set()
    while ways:
        longer = []
        for way in ways:
            for step in sorted(rules[way[-1]].over):
                if step == start and len(way) > 1:
                    return (*way, start)
                if step in rules and step not in seen and step != start:
                    seen.add(step)
                    longer.append((*way, step))
        ways = longer
    return ()
