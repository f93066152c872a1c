"""The sentences of “cannot decide”: what is missing and the question to settle.

Results speak the rulebook's language and are never translated: they stand in decisions.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from enforcecli.model.result import Undecided, Why
from enforcecli.model.rulebook import FAULT, PERSONS_AT_FAULT, Condition, Conditions, Rule, Rulebook
from enforcecli.rules.resolve import Vacancy


def values(condition: Condition, order: Sequence[str] = ()) -> str:
    """The values of a condition, in the order the book lists them."""
    listed = [v for v in order if v in condition.values]
    return "或者".join(listed + sorted(condition.values - set(listed)))


def conditions(book: Rulebook, terms: Conditions) -> str:
    """Conditions in words: 审批情形为同意或者审批时改变，部门作出为是."""
    def order(key: str) -> tuple[str, ...]:
        known = book.facts.get(key) or book.person_facts.get(key)
        return known.values if known else ("是", "否")
    return "，".join(f"{c.key}为{values(c, order(c.key))}" for c in terms)


def named(rules: Iterable[Rule]) -> str:
    return "、".join(f"{rule.id}（{rule.cite}）" for rule in rules)


def missing_facts(book: Rulebook, part: str, facts: Sequence[str]) -> Undecided:
    asks = [book.facts[f].ask or f for f in facts]
    return Undecided(Why.FACT_MISSING, part, "请查明并填写：" + "；".join(asks), facts=tuple(facts))


def missing_person_facts(part: str, pairs: Sequence[tuple[str, str]]) -> Undecided:
    question = "请查明并填写：" + "；".join(f"{person}的{fact}" for person, fact in pairs)
    return Undecided(Why.FACT_MISSING, part, question, facts=tuple(dict.fromkeys(f for _, f in pairs)),
                     persons=tuple(dict.fromkeys(p for p, _ in pairs)))


def missing_parts(book: Rulebook, part: str) -> Undecided:
    names = "、".join(book.parts)
    return Undecided(Why.FACT_MISSING, part, f"请在“可分部分”中写明各部分所占比重：{names}", facts=("可分部分",))


def missing_fault(part: str, persons: Sequence[str]) -> Undecided:
    return missing_person_facts(part, [(person, FAULT) for person in persons])


def not_covered(part: str, rules: Sequence[Rule]) -> Undecided:
    question = "；".join(dict.fromkeys(rule.question or f"{rule.cite}对此未作规定" for rule in rules))
    notes = tuple((n.text, n.basis) for rule in rules for n in rule.notes)
    return Undecided(Why.NOT_COVERED, part, question, rules=tuple(r.id for r in rules), notes=notes)


def conflict(part: str, rules: Sequence[Rule], situation: str) -> Undecided:
    question = f"{named(rules)}同时适用而结论不同，办法未规定何者优先（{situation}）；请集体研究后以“规则适用选择”写明所适用的规则和理由"
    return Undecided(Why.CONFLICT, part, question, rules=tuple(r.id for r in rules))


def no_rule(part: str, situation: str) -> Undecided:
    return Undecided(Why.NO_RULE, part, f"办法没有适用于这一情形的规则（{situation}）")


def vacant(book: Rulebook, part: str, vacancies: Sequence[Vacancy]) -> Undecided:
    """A clause for persons at fault that nobody meets means nobody is at fault."""
    offices = [v for v in vacancies if not v.wants_fault]
    if not offices:
        return nobody_at_fault(part, [v.rule for v in vacancies])
    asks: list[str] = []
    roles: list[str] = []
    for vacancy in offices:
        who = "或者".join(vacancy.clause.who)
        where = f"（{conditions(book, vacancy.clause.where)}）" if vacancy.clause.where else ""
        asks.append(f"{vacancy.rule}（{book.rules[vacancy.rule].cite}）规定由{who}{where}承担，涉及人员中没有符合的人")
        roles += vacancy.clause.who
    return Undecided(Why.VACANT_ROLE, part, "；".join(dict.fromkeys(asks)) + "；请查明并补充，或者核对角色和事实",
                     rules=tuple(sorted({v.rule for v in offices})), roles=tuple(dict.fromkeys(roles)))


def nobody_at_fault(part: str, rules: Iterable[str] = ()) -> Undecided:
    return Undecided(Why.NOBODY_AT_FAULT, part, "造成过错的人未查明：涉及人员中没有可以承担这一部分责任的过错人",
                     rules=tuple(sorted(set(rules))), roles=(PERSONS_AT_FAULT,))


def situation(book: Rulebook, facts: Mapping[str, str]) -> str:
    return "，".join(f"{name}为{facts[name]}" for name in book.facts if name in facts)
