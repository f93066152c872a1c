"""The case itself as papers speak of it: the clue, the act, the steps taken, the correction."""

from __future__ import annotations

from typing import Any

from enforcecli.documents.phrases import BLANK, day, listed, sentence, term
from enforcecli.documents.source import Source

Data = dict[str, Any]


def clue(source: Source) -> Data:
    found = source.case.clue
    if found is None:
        return dict.fromkeys(("来源", "机关", "文书", "日期", "结果", "审级", "生效日期"), "")
    return {
        "来源": found.source or "",
        "机关": found.organ or "",
        "文书": found.document or "",
        "日期": day(found.day),
        "结果": found.result or "",
        "审级": found.instance or "",
        "生效日期": day(found.effective_day),
    }


def act(source: Source) -> Data:
    """`时间` is the day, or the time an omission lasted."""
    found = source.case.act
    if found is None:
        return {
            **dict.fromkeys(
                ("文号", "种类", "类型", "时间", "作出机关", "承办单位", "权限来源", "相对人"), ""
            ),
            "依据": [],
        }
    since, until = day(found.since), day(found.until)
    return {
        "文号": found.document or "",
        "种类": found.kind or "",
        "类型": "不作为" if found.omission else "作为",
        "时间": day(found.day) or (f"{since}至{until}" if since and until else since or until),
        "作出机关": found.organ or "",
        "承办单位": found.unit or "",
        "权限来源": found.power or "",
        "相对人": found.party or "",
        "依据": list(found.basis),
    }


def measure(source: Source) -> Data:
    """Where no version of the measure is recorded for the day, the name the case or the office uses."""
    book, office = source.book, source.office
    named = source.case.measure or (office.measure if office is not None else None) or BLANK
    return {
        "名称": book.title if book is not None else named,
        "制定机关": book.issuer if book is not None else "",
        "编号": book.id if book is not None else "",
        "方式条款": _methods_cite(source),
        "方式条文": _methods_words(source),
    }


def _methods_cite(source: Source) -> str:
    """The clause that lists the methods."""
    cites = [m.cite for m in source.book.methods.values()] if source.book is not None else []
    return next(iter(dict.fromkeys(cites)), "")


def _methods_words(source: Source) -> str:
    """The sentence of the measure on how methods are chosen, where the book quotes it."""
    if source.book is None:
        return ""
    fact = source.book.person_facts.get("认错态度")
    return sentence(fact.words.text) if fact is not None and fact.words.cite == _methods_cite(source) else ""


def procedure(source: Source) -> Data:
    steps = source.case.procedure
    filing, inquiry = steps.filing, steps.investigation
    return {
        "立案": {
            "日期": day(filing.day) if filing else "",
            "批准": source.name(filing.approved_by) if filing else "",
        },
        "调查": {
            "日期": day(inquiry.day) if inquiry else "",
            "终结": day(inquiry.until) if inquiry else "",
            "人员": [source.name(word) for word in inquiry.investigators] if inquiry else [],
        },
        "告知": {
            "日期": day(steps.notice.day) if steps.notice else "",
            "期限": term(steps.notice.limit if steps.notice else None),
        },
        "讨论": {"日期": day(steps.deliberation.day) if steps.deliberation else ""},
        "决定": {"日期": day(steps.decision.day) if steps.decision else ""},
        "原案": [
            {"名称": name, "情况": word} for name, word in source.case.original_procedure.items()
        ],
    }


def recusal(source: Source) -> Data:
    found = source.case.procedure.recusal
    entries = found.entries if found is not None else ()
    return {
        "审查": (found.review or "") if found is not None else "",
        "人员": [
            {
                "姓名": source.name(e.person),
                "事由": sentence(e.reason),
                "决定": sentence(e.decision),
                "决定人": source.name(e.decided_by),
                "日期": day(e.day),
            }
            for e in entries
        ],
    }


def deliberation(source: Source) -> Data:
    found = source.case.procedure.deliberation
    dissents = found.dissents if found is not None else ()
    return {
        "日期": day(found.day) if found is not None else "",
        "主持": source.name(found.chair) if found is not None else "",
        "出席": [source.name(word) for word in found.present] if found is not None else [],
        "意见": sentence(found.opinion) if found is not None else "",
        "不同意见": [
            {"姓名": source.name(d.person), "意见": sentence(d.opinion), "入册": bool(d.minuted)} for d in dissents
        ],
    }


def conclusion(source: Source) -> Data:
    found = source.case.conclusion
    return {
        "类型": (found.kind or "") if found is not None else "",
        "理由": sentence(found.reason) if found is not None else "",
        "日期": day(found.day) if found is not None else "",
        "批准": source.name(found.approved_by) if found is not None else "",
    }


def correction(source: Source) -> Data:
    found = source.case.correction
    return {
        "方式": (found.manner or "") if found is not None else "",
        "日期": day(found.day) if found is not None else "",
        "文书": (found.document or "") if found is not None else "",
    }


def closing(source: Source) -> Data:
    found = source.case.closing
    return {
        "日期": day(found.day) if found is not None else "",
        "批准": source.name(found.approved_by) if found is not None else "",
    }


def leadership(source: Source) -> list[Data]:
    """Standing responsibility: shown beside what was divided, never mixed with it."""
    known = [(source.name(one.person), one.office, one.cite) for one in source.result.leadership]
    known += [(f"（{day(gap.day)}由谁担任没有查明）", gap.office, gap.cite) for gap in source.result.vacant]
    return [{"姓名": name, "职责": office, "条款": cite or ""} for name, office, cite in known]


def copies(source: Source) -> str:
    """抄送 as the office's settings name them."""
    found = source.setting("抄送")
    if isinstance(found, list | tuple):
        return listed(str(word) for word in found)
    return str(found) if found else ""
