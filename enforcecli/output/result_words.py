"""The words around a result, shared by the terminal and Markdown."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from enforcecli.language import _
from enforcecli.model.case import Case, Finding
from enforcecli.model.result import (
    Can,
    CaseResult,
    FindingResult,
    MethodResult,
    PartResult,
    PersonResult,
    Undecided,
    Vacancy,
)
from enforcecli.model.rulebook import WHOLE, Conditions, Rulebook
from enforcecli.output.results import (
    liable,
    money,
    money_matters,
    ordered_total,
    percent,
    percent_total,
    percents,
)
from enforcecli.output.words import can_word as can_word
from enforcecli.output.words import outcome_word as outcome_word
from enforcecli.output.words import why_word as why_word


def label() -> str:
    """Stands beside every share: the fractions are the office's own scale, not the measure's."""
    return _("内部测算参考比例，非《办法》条文，不作为定责依据")


def faults_line(finding: FindingResult, book: Rulebook | None) -> str:
    """The codes with their names, where the book is at hand."""
    names: dict[str, str] = {}
    for code, fault in book.faults.items() if book else ():
        names |= {code: fault.name, **fault.options}
    return "；".join(f"{code} {names[code]}" if code in names else code for code in finding.faults)


def clause_texts(part: PartResult, book: Rulebook | None) -> list[str]:
    """What the rules applied say."""
    texts = (book.rules[rule].words.text for rule in part.rules if rule in book.rules) if book else ()
    return [text for text in texts if text]


def rule_word(rule: str, book: Rulebook | None) -> str:
    """R6（三（二）6）"""
    known = book.rules.get(rule) if book else None
    return f"{rule}（{known.cite}）" if known else rule


def rules_word(rules: tuple[str, ...], book: Rulebook | None) -> str:
    return _("、").join(rule_word(rule, book) for rule in rules)


def method_word(method: MethodResult, book: Rulebook | None) -> str:
    """M7 with its name; 其他 with the name given."""
    if method.name:
        return f"{method.method} {method.name}"
    known = book.methods.get(method.method) if book else None
    return f"{method.method} {known.name}" if known else method.method


def method_line(method: MethodResult, book: Rulebook | None) -> str:
    """须移送 M7 … → the organ (or: not known)."""
    text = f"{can_word(method.can)} {method_word(method, book)}"
    if method.can is Can.REFER:
        text += _("，移送{organ}").format(organ=method.to) if method.to else _("，移送机关待核定")
    return text


def person_word(person: PersonResult) -> str:
    if person.remainder:
        return _("{name}（单位，余下部分）").format(name=person.person)
    return _("{name}（单位）").format(name=person.person) if person.unit else person.person


def part_word(part: PartResult, alone: bool) -> str:
    if alone and part.part == WHOLE:
        return part.part
    return _("{part}（占 {weight}）").format(part=part.part, weight=part.weight)


def conditions_word(conditions: Conditions, book: Rulebook) -> str:
    """审批情形 = 同意 / 审批时改变；… — the values in the book's order."""
    words = []
    for condition in conditions:
        known = book.facts.get(condition.key) or book.person_facts.get(condition.key)
        order = known.values if known else ()
        listed = [v for v in order if v in condition.values]
        values = listed + sorted(condition.values.difference(listed))
        words.append(f"{condition.key} = {' / '.join(values)}")
    return "；".join(words)


def facts_of(part: PartResult, finding: Finding | None, book: Rulebook | None) -> str:
    """The facts of the finding as stated for the part, in the book's order; without the case, what
    the rules applied ask for."""
    if book is None:
        return ""
    if finding is None:
        rules = [book.rules[rule] for rule in part.rules if rule in book.rules]
        return conditions_word(tuple(dict.fromkeys(c for rule in rules for c in rule.when)), book)
    words = []
    for name in book.facts:
        stated = finding.facts.get(name)
        value = stated.get(part.part) if isinstance(stated, Mapping) else stated
        if value is not None:
            words.append(f"{name} = {value}")
    return "；".join(words)


def entry_of(case: Case | None, number: int) -> Finding | None:
    """The entry of 过错事实 that the result's finding (from 1) answers."""
    return case.findings[number - 1] if case is not None and number <= len(case.findings) else None


def share_word(person: PersonResult) -> str:
    """7/10 = 70.00%"""
    if person.share is None:
        return _("不定比例")
    return f"{person.share} = {percent(person.percent)}%" if person.share else "0"


def shares_shown(finding: FindingResult, hidden: bool) -> bool:
    return liable(finding) and not hidden and any(p.share is not None for p in finding.persons)


def case_percents(shares: Mapping[str, Fraction]) -> list[str]:
    """7/20 = 35.00%, in the order of the shares; the percents add up."""
    sizes = percents(list(shares.values()))
    return [f"{share} = {percent(size)}%" if share else "0" for share, size in zip(shares.values(), sizes, strict=True)]


def case_money(result: CaseResult) -> list[tuple[str, str]]:
    """Of several findings with money: person → what that person pays in all, 240.00 + 1200.00 =
    1440.00. Nothing while a finding is open or an amount not computed."""
    findings = [finding for finding in result.findings if money_matters(finding)]
    if len(findings) < 2 or not all(finding.decided for finding in result.findings):
        return []
    paid: dict[str, list[int]] = {}
    for finding in findings:
        for person in finding.persons:
            if person.recovery is None:
                return []
            paid.setdefault(person_word(person), []).append(person.recovery)
    return [(name, _added([cents for cents in amounts if cents])) for name, amounts in paid.items()]


def _added(amounts: list[int]) -> str:
    words = " + ".join(str(money(cents)) for cents in amounts)
    return f"{words} = {money(sum(amounts))}" if len(amounts) > 1 else str(money(sum(amounts)))


def grades_word(person: PersonResult, decided: bool) -> str:
    return "、".join(person.grades) or (_("不承担") if decided else _("未定"))


def sums(finding: FindingResult, shares: bool) -> list[str]:
    """What the shares and the money add up to."""
    words = []
    if shares and (whole := percent_total(finding)) is not None:
        words.append(_("比例合计 {percent}%").format(percent=percent(whole)))
    if total := ordered_total(finding):
        kept = finding.kept_by_organ or 0
        words.append(_("追偿 {paid} + 机关自担 {kept} = 责令承担 {ordered} 元").format(
            paid=money(total - kept), kept=money(kept), ordered=money(total)))
    return words


def undecided_head(why: Undecided) -> str:
    words = why_word(why.kind)
    return _("{why}（{part}）").format(why=words, part=why.part) if why.part else words


def vacant_words(gap: Vacancy) -> str:
    """An office nobody is known to have held: which, by what clause, on what day, and why it is not known."""
    return _("{office}（{cite}）：{day} 由谁担任没有查明，不作推定：{reasons}。当日有人担任的，补写名册；确实空缺的，照实记录").format(
        office=f"{gap.unit} {gap.office}" if gap.unit else gap.office, cite=gap.cite, day=gap.day, reasons="；".join(gap.reasons))


def undecided_lines(why: Undecided, book: Rulebook | None) -> list[tuple[str, str]]:
    """What to settle: label and text."""
    lines = [
        (_("问题："), why.question),
        (_("缺少事实："), "、".join(why.facts)),
        (_("有关人员："), "、".join(why.persons)),
        (_("有关角色："), "、".join(why.roles)),
        (_("有关规则："), rules_word(why.rules, book)),
    ]
    for text, basis in why.notes:
        words = _("{text}（依据：{basis}）").format(text=text, basis=basis) if basis else text
        lines.append((_("参考："), words))
    return [(label, text) for label, text in lines if text]


def acting(part: PartResult) -> list[tuple[str, tuple[str, ...]]]:
    """Rules of the other layers that acted in this part."""
    named = ((_("另加 "), part.added), (_("免除 "), part.exempting), (_("停用 "), part.blocking))
    return [(name, rules) for name, rules in named if rules]
