"""What was found, and by which clauses who answers for it: the 过错 of a paper's context."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from enforcecli.documents.phrases import listed, ordinal, sentence, stated
from enforcecli.documents.source import Source
from enforcecli.model.case import Evidence, Finding, Involved
from enforcecli.model.result import FindingResult, Outcome, PartResult
from enforcecli.model.rulebook import WHOLE, DegreeKind, Fault, Rulebook
from enforcecli.rules.allocate import Blocked, PartAnswer, answer_parts
from enforcecli.rules.situation import Situation
from enforcecli.rules.validate import scale_of

Data = dict[str, Any]
Answered = list[tuple[PartResult, PartAnswer | None]]

OUTCOMES = {Outcome.LIABLE: "追究", Outcome.NOT_PURSUED: "不予追究", Outcome.NOT_APPLICABLE: "不适用"}


def answered(source: Source, finding: Finding) -> Answered:
    """The parts of a finding with who sits where, as the assessment had them."""
    if source.book is None or finding.blocked:
        return []
    try:
        return answer_parts(Situation(source.book, finding), scale_of(source.book, finding, source.office))
    except Blocked:
        return []


def faults(source: Source) -> list[Data]:
    """Every entry of 过错事实."""
    count = len(source.case.findings)
    return [fault(source, i, finding, found, count) for i, finding, found in source.pairs()]


def fault(source: Source, i: int, finding: Finding, found: FindingResult, count: int = 1) -> Data:
    consequence = finding.consequence
    undecided = found.undecided
    return {
        "序号": ordinal(i + 1),
        "多项": count > 1,
        "情形": [_item(source.book, code) for code in finding.faults],
        "事实": sentence(finding.text),
        "证据": [_evidence(item) for item in finding.evidence],
        "原因": sentence(finding.cause),
        "性质": finding.nature or "",
        "后果": {
            "程度": (consequence.gravity if consequence else None) or "",
            "受损方": (consequence.injured if consequence else None) or "",
            "说明": sentence(consequence.words if consequence else None),
        },
        "要件": [
            {"名称": name, "内容": sentence(text)} for name, text in finding.needs.items() if name != "不移送理由"
        ],
        "不移送理由": sentence(finding.needs.get("不移送理由")),
        "办法所问": [{"名称": name, "取值": stated(value)} for name, value in finding.facts.items()],
        "认定": found.decided,
        "结果": OUTCOMES.get(found.outcome, "不能认定") if found.outcome else "不能认定",
        "疑问": sentence(undecided.question if undecided else None),
        "参考": [{"内容": sentence(text), "依据": basis or ""} for text, basis in undecided.notes] if undecided else [],
        "人员": [_member(source, one, found) for one in finding.involved],
        "部分": [_part(source, part, len(found.parts)) for part in found.parts],
    }


def _item(book: Rulebook | None, code: str) -> Data:
    """A fault item; an option (3-9a) with the words of its own half beside those of the item."""
    found = _find(book, code)
    if found is None:
        return {"代码": code, "条款": "", "名称": "", "条文": "", "引用": code, "选项": ""}
    text = sentence(found.words.text or found.name)
    return {
        "代码": code,
        "条款": found.cite,
        "名称": found.name,
        "条文": text,
        "引用": quoted(found.cite, text),
        "选项": found.options.get(code, ""),
    }


def _find(book: Rulebook | None, code: str) -> Fault | None:
    if book is None:
        return None
    return book.faults.get(code) or next((f for f in book.faults.values() if code in f.options), None)


def _evidence(item: Evidence) -> Data:
    return {"名称": item.name, "页": item.page or "", "文件": item.file or "", "证明": sentence(item.proves)}


def _member(source: Source, one: Involved, found: FindingResult) -> Data:
    line = next((p for p in found.persons if p.person == one.person and not p.remainder), None)
    grades = line.grades if line is not None and found.outcome is Outcome.LIABLE else ()
    return {
        "姓名": source.name(one.person),
        "编号": one.person,
        "角色": listed(one.roles),
        "事实": [{"名称": name, "取值": stated(value)} for name, value in one.facts.items()],
        "有无过错": stated(one.facts.get("有无过错")),
        "等次": listed((*grades, *(line.severity if line else ()))),
        "责任": _borne(source.book, grades) if found.decided else "尚不能认定",
    }


def _borne(book: Rulebook | None, grades: tuple[str, ...]) -> str:
    if book is None or not grades:
        return "不承担责任"
    return listed(burden(book, grade) for grade in grades)


def burden(book: Rulebook, grade: str) -> str:
    """A grade as the end of a sentence: 承担主要责任, 按责任大小承担责任, 不承担责任."""
    degree = book.degrees.get(grade)  # None: a word of the version that is lighter for the person
    if (degree is not None and degree.kind is DegreeKind.NONE) or "承担" in grade:
        return grade
    if grade[0] in "按依":
        return f"{grade}承担责任"
    return f"承担{grade}"


def _part(source: Source, part: PartResult, count: int) -> Data:
    """What decided one part of the act: the rule, those it beat and why."""
    return {
        "名称": "" if count == 1 and part.part == WHOLE else part.part,
        "规则": [clause(source.book, rule) for rule in part.rules],
        "让位": [
            {**clause(source.book, b.rule), "于": clause(source.book, b.by)["条款"], "理由": b.reason}
            for b in part.beaten
        ],
        "另加": [clause(source.book, rule) for rule in part.added],
        "免责": [clause(source.book, rule) for rule in part.exempting],
        "选定理由": sentence(part.chosen),
    }


def clause(book: Rulebook | None, rule: str) -> Data:
    found = book.rules.get(rule) if book is not None else None
    if found is None:
        return {"编号": rule, "条款": rule, "条文": "", "引用": rule}
    text = sentence(found.words.text)
    return {"编号": rule, "条款": found.cite, "条文": text, "引用": quoted(found.cite, text)}


def quoted(cite: str, text: str) -> str:
    """三（二）6“……”; the bare clause where the book does not quote it."""
    return f"{cite}“{text}”" if text else cite


def grounds(source: Source, finding: Finding, person: str) -> list[Data]:
    """Why the person bears: each part and grade with the clauses that lay it on them (条款); 适用 is
    the rule of the part, and 余下 that the person bears of what it leaves. A seat without an amount
    counts only where grades stand without one."""
    book = source.book
    if book is None:
        return []
    parts = answered(source, finding)
    lines: dict[tuple[str, str, tuple[str, ...]], Data] = {}
    for result, answer in parts:
        if answer is None:
            continue
        amount = answer.division.amounts.get(person, Fraction(0)) if answer.division is not None else Fraction(0)
        for seat in answer.seats:
            wordless = seat.degree.kind in (DegreeKind.JOINT, DegreeKind.LABEL)
            if person not in seat.persons or not (amount or answer.unsized or wordless):
                continue
            name = "" if len(parts) == 1 and result.part == WHOLE else result.part
            lines[name, seat.degree.name, seat.rules] = {
                "部分": name,
                "等次": seat.degree.name,
                "责任": burden(book, seat.degree.name),
                "条款": [clause(book, rule) for rule in seat.rules],
                "余下": not set(seat.rules) & {*result.rules, *result.added},
                "适用": [clause(book, rule) for rule in result.rules],
                "选定理由": sentence(result.chosen),
            }
    return list(lines.values())


def attitude(one: Involved) -> str:
    return stated(one.facts.get("认错态度"))
