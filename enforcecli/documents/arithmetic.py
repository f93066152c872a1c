"""The calculation sheet and the money: how each number came about, rule by rule.

Shares are the office's own scale and never leave without their label; where enforce.yaml hides
them none is written anywhere.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from enforcecli.documents.faults import answered, clause, fault
from enforcecli.documents.money_words import in_words, yuan
from enforcecli.documents.phrases import day, hundredths, listed, ordinal, percent, sentence, stated
from enforcecli.documents.source import Source
from enforcecli.model.case import Finding, Involved
from enforcecli.model.result import FindingResult, Outcome, PersonResult
from enforcecli.rules.recovery import cents, divide_ordered, ordered_cents

Data = dict[str, Any]


def shown(source: Source) -> bool:
    """Whether shares may be written at all."""
    return not source.result.hidden and (source.office is None or source.office.scale is not None)


def calculation(source: Source) -> list[Data]:
    """Per finding: the rule of each part, the arithmetic, the lines of the persons."""
    count = len(source.case.findings)
    return [
        {
            "过错": fault(source, i, finding, found, count),
            "占比": str(finding.weight) if finding.weight is not None else "",
            "调整": _adjusted(finding) if shown(source) else [],
            "部分": _parts(source, finding),
            "合计": _sums(source, finding) if shown(source) else [],
            "人员": [_line(source, finding, found, line) for line in found.persons],
        }
        for i, finding, found in source.pairs()
    ]


def _adjusted(finding: Finding) -> list[Data]:
    if finding.discretion is None:
        return []
    reason = sentence(finding.discretion.reason)
    return [{"等次": name, "比例": str(value), "理由": reason} for name, value in finding.discretion.values.items()]


def _parts(source: Source, finding: Finding) -> list[Data]:
    parts: list[Data] = []
    for result, answer in answered(source, finding):
        steps = answer.steps if answer is not None and shown(source) else ()
        parts.append(
            {
                "次序": ordinal(len(parts) + 1),
                "名称": result.part,
                "占比": str(result.weight),
                "规则": [clause(source.book, rule) for rule in result.rules],
                "让位": [
                    {**clause(source.book, b.rule), "于": b.by, "理由": b.reason} for b in result.beaten
                ],
                "选定理由": sentence(result.chosen),
                "步骤": list(steps),
                "疑问": sentence(result.undecided.question if result.undecided is not None else None),
            }
        )
    return parts


def _sums(source: Source, finding: Finding) -> list[str]:
    """How the parts add up for each person, where there are several."""
    terms: dict[str, list[tuple[Fraction, Fraction]]] = {}
    parts = answered(source, finding)
    for result, answer in parts:
        for who, amount in (answer.division.amounts if answer is not None and answer.division else {}).items():
            terms.setdefault(who, []).append((result.weight, amount))
    if len(parts) < 2:
        return []
    return [
        f"{who}：" + " + ".join(f"{weight} × {amount}" for weight, amount in sums)
        + f" = {sum((weight * amount for weight, amount in sums), Fraction(0))}"
        for who, sums in sorted(terms.items())
    ]  # fmt: skip


def _line(source: Source, finding: Finding, found: FindingResult, line: PersonResult) -> Data:
    one = next((p for p in finding.involved if p.person == line.person), None)
    sized = shown(source) and line.share is not None
    return {
        "姓名": source.name(line.person),
        "编号": line.person,
        "角色": listed(line.roles),
        "等次": listed(line.grades) or ("余额归单位" if line.remainder else "不承担"),
        "份额": str(line.share) if sized else "",
        "百分比": hundredths(line.percent) if sized and line.share else "",
        "权重": str(one.weight) if one is not None and one.weight is not None and shown(source) else "",
        "有无过错": stated(one.facts.get("有无过错")) if one is not None else "",
    }


def case_shares(source: Source) -> list[Data]:
    """The shares of the whole case, where every finding states its own."""
    shares = source.result.case_shares
    if shares is None or not shown(source):
        return []
    return [
        {"姓名": source.name(who), "编号": who, "份额": str(share), "百分比": percent(share)}
        for who, share in shares.items()
    ]


# money

def ordered_total(source: Source) -> int:
    """Cents ordered in all: paid × 责令承担."""
    return ordered_cents(source.case.compensation, source.people.this_office)


def recovery(source: Source) -> Data:
    """The second computation, with its own gate. `有`: whether state compensation was paid and an
    order given."""
    paid, book = source.case.compensation, source.book
    total = ordered_total(source)
    amount = int(cents(paid.amount)) if paid is not None and paid.amount is not None else 0
    clause_of = book.recovery if book is not None else None
    kept = [found.kept_by_organ for found in source.result.findings]
    people = _payers(source, total)
    return {
        "有赔偿": paid is not None,
        "有": bool(total),
        "性质": (paid.nature or "") if paid is not None else "",
        "义务机关": (paid.organ or "") if paid is not None else "",
        "文书": (paid.document or "") if paid is not None else "",
        "支付日期": day(paid.paid_on) if paid is not None else "",
        "金额": yuan(amount),
        "金额大写": in_words(amount),
        "责令比例": percent(paid.ordered) if paid is not None and paid.ordered else "",
        "责令总额": yuan(total),
        "责令总额大写": in_words(total),
        "已算": all(value is not None for value in kept),
        "个人合计": yuan(sum(line.recovery or 0 for found in source.result.findings for line in found.persons)),
        "自担": yuan(sum(value or 0 for value in kept)),
        "条款": (clause_of.words.cite or "") if clause_of is not None else "",
        "条文": sentence(clause_of.words.text) if clause_of is not None else "",
        "法律": (clause_of.gate_words.cite or "") if clause_of is not None else "",
        "按语": sentence(clause_of.gate_words.basis) if clause_of is not None else "",
        "人员": people,
    }


def _payers(source: Source, total: int) -> list[Data]:
    """Everyone listed, with the sum or the reason why there is none, finding by finding."""
    if not total:
        return []
    parts = _ordered_by_finding(source, total)
    rows: dict[str, list[tuple[int, FindingResult, PersonResult, Involved | None]]] = {}
    for i, finding, found in source.pairs():
        for line in found.persons:
            one = next((p for p in finding.involved if p.person == line.person), None)
            rows.setdefault(line.person, []).append((i, found, line, one))
    people = []
    for who, lines in rows.items():
        sums = [line.recovery or 0 if found.outcome is Outcome.LIABLE else 0 for _, found, line, _ in lines]
        people.append(
            {
                "姓名": source.name(who),
                "编号": who,
                "金额": yuan(sum(sums)),
                "大写": in_words(sum(sums)),
                "承担": sum(sums) > 0,
                "步骤": [_step(source, parts[i], i, line, one, len(parts)) for i, _, line, one in lines],
            }
        )
    return people


def _ordered_by_finding(source: Source, total: int) -> list[int]:
    """The ordered cents of each finding by 全案占比; the whole where there is only one."""
    weights = [finding.weight for finding in source.case.findings]
    if len(weights) == 1:
        return [total]
    stated_weights = [w for w in weights if w is not None]
    if len(stated_weights) < len(weights) or sum(stated_weights, Fraction(0)) != 1:
        return [0] * len(weights)
    return divide_ordered(total, stated_weights)


def _step(source: Source, ordered: int, index: int, line: PersonResult, one: Involved | None, count: int) -> Data:
    """`式` is empty where shares are not shown or the sum is nothing."""
    sized = shown(source) and line.share is not None and bool(line.recovery)
    return {
        "项": f"过错{ordinal(index + 1)}" if count > 1 else "",
        "式": f"{yuan(ordered)} × {line.share} = {yuan(line.recovery or 0)}" if sized else "",
        "金额": yuan(line.recovery) if line.recovery is not None else "",
        "理由": "" if line.recovery else _why_nothing(source, line, one),
    }


def _why_nothing(source: Source, line: PersonResult, one: Involved | None) -> str:
    if line.recovery is None:
        return "尚不能计算"
    if line.unit or one is None:
        return "单位不承担赔偿费用"
    if not line.grades:
        return "不承担责任"
    if not line.at_fault:
        return "本人无过错，系岗位责任，不承担赔偿费用"
    gate = source.book.recovery if source.book is not None else None
    mind = stated(one.facts.get("主观过错"))
    if gate is not None and gate.gate_words.cite:
        return f"主观上为{mind}，依照{gate.gate_words.cite}不承担" if mind else f"不符合{gate.gate_words.cite}的条件"
    return "不承担"
