"""The receipt of reasoning: rule applied, rules beaten and why, rules that did not apply and the
fact that failed, the arithmetic (docs/rulebook-format.md, step 12). In the rulebook's language."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from enforcecli.model.result import PartResult
from enforcecli.model.rulebook import Layer, Rule
from enforcecli.rules.allocate import PartAnswer
from enforcecli.rules.situation import Situation, Truth
from enforcecli.rules.words import conditions

LAYER_WORDS = {
    Layer.ADD: "另有承担人", Layer.EXEMPT: "免责", Layer.BLOCK: "排除其他规则",
    Layer.SEVERITY: "情节", Layer.SILENT: "办法未作规定",
}
COMPUTED, SUMMED = "计算：", "合计："


def without_sizes(trace: Sequence[str]) -> tuple[str, ...]:
    """The reasoning for an office that shows grades only: every line but the arithmetic."""
    return tuple(line for line in trace if not line.startswith((COMPUTED, SUMMED)))


def trace_finding(situation: Situation, answered: Sequence[tuple[PartResult, PartAnswer | None]]) -> tuple[str, ...]:
    """The lines for every part, in the book's order of parts; rules by id."""
    lines: list[str] = []
    for result, answer in answered:
        lines.append(f"〔{result.part}〕占比 {result.weight}")
        lines += _facts(situation, result.part)
        lines += _rules(situation, result)
        if answer is not None:
            lines += [f"{COMPUTED}{step}" for step in answer.steps]
        if result.undecided is not None:
            lines.append(f"不能认定：{result.undecided.question}")
    lines += _sums(answered)
    return tuple(lines)


def _facts(situation: Situation, part: str) -> list[str]:
    known = [f"{name}为{value}" for name in situation.book.facts
             if (value := situation.value(name, part)) is not None]
    return [f"事实：{'，'.join(known)}"] if known else []


def _rules(situation: Situation, result: PartResult) -> list[str]:
    book = situation.book
    lines = [f"适用 {_rule(book.rules[rule])}" for rule in result.rules]
    if result.chosen is not None:
        lines.append(f"规则由本案选定，理由：{result.chosen}")
    lines += [f"不适用 {_rule(book.rules[b.rule])}：{b.by} 优先（{b.reason}）" for b in result.beaten]
    for layer, names in ((Layer.ADD, result.added), (Layer.EXEMPT, result.exempting), (Layer.BLOCK, result.blocking)):
        lines += [f"{LAYER_WORDS[layer]}：{_rule(book.rules[name])}" for name in names]
    spoken = {*result.rules, *(b.rule for b in result.beaten), *result.added, *result.exempting, *result.blocking}
    for rule in sorted(book.rules.values(), key=lambda rule: rule.id):
        if rule.id not in spoken:
            lines += _not_applied(situation, rule, result.part)
    return lines


def _not_applied(situation: Situation, rule: Rule, part: str) -> list[str]:
    """The first condition that failed, or what is not known."""
    if rule.part is not None and rule.part != part:
        return [f"不适用 {_rule(rule)}：只适用于{rule.part}"]
    for condition in rule.when:
        truth = situation.judge(condition, part)
        if truth is Truth.FAILS:
            return [f"不适用 {_rule(rule)}：不符合“{conditions(situation.book, (condition,))}”"]
        if truth is Truth.OPEN:
            return [f"尚不能判断 {_rule(rule)}：{condition.key}未查明"]
    return []


def _rule(rule: Rule) -> str:
    return f"{rule.id}（{rule.cite}）"


def _sums(answered: Sequence[tuple[PartResult, PartAnswer | None]]) -> list[str]:
    """How the parts add up, where there are several."""
    if len(answered) < 2:
        return []
    terms: dict[str, list[tuple[Fraction, Fraction]]] = {}
    for result, answer in answered:
        for person, amount in (answer.division.amounts if answer is not None and answer.division else {}).items():
            terms.setdefault(person, []).append((result.weight, amount))
    return [
        f"{SUMMED}{person} = " + " + ".join(f"{w}×{a}" for w, a in sums) + f" = {sum((w * a for w, a in sums), Fraction(0))}"
        for person, sums in sorted(terms.items())
    ]
