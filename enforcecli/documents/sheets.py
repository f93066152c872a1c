"""What papers of one kind speak of beyond what all do."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from enforcecli.documents import arithmetic, steps
from enforcecli.documents.index import index
from enforcecli.documents.letters import referral
from enforcecli.documents.money_words import in_words, yuan
from enforcecli.documents.occasion import bearers, ordered
from enforcecli.documents.persons import hearing, identity, methods, person, remedies, service
from enforcecli.documents.phrases import day, listed, sentence, term
from enforcecli.documents.source import Source
from enforcecli.documents.versions import counts, sources, versions

Data = dict[str, Any]
Own = Callable[[Source, str | None], Data]


def _recusal(source: Source, subject: str | None) -> Data:
    return {"回避": steps.recusal(source)}


def _investigation(source: Source, subject: str | None) -> Data:
    return {"领导责任": steps.leadership(source), "事项": _proposed(source)}


def _hearing(source: Source, subject: str | None) -> Data:
    notice = source.case.procedure.notice
    return {"申辩期限": term(notice.limit if notice is not None else None)}


def _proposed(source: Source) -> list[Data]:
    """Each bearer with what is intended."""
    return [
        {**identity(source, who), "责任": _grades(source, who), "方式": methods(source, who), "申辩": hearing(source, who)}
        for who in bearers(source)
    ]


def _grades(source: Source, who: str) -> str:
    """The grades of every finding that lays one on the person; none before all is decided."""
    if source.undecided(who):
        return ""
    return listed(dict.fromkeys(g for *_, line in source.lines(who) for g in line.grades))


def _legal_review(source: Source, subject: str | None) -> Data:
    """What the reviewer looks at, and the readings of other laws that are the author's own."""
    gate = source.book.recovery if source.book is not None else None
    bases = {}
    for who in bearers(source):
        for one in remedies(source, who):
            bases[f"救济（{one['名称']}）"] = one["依据"]
        for choice, _ in source.choices(who):
            method = source.book.methods.get(choice.method) if source.book is not None else None
            if method is not None and method.words.basis:
                bases[f"追究方式（{method.name}）"] = method.words.basis
            if choice.basis:
                bases[f"追究方式（{choice.name or choice.method}）"] = choice.basis
    if gate is not None and gate.gate_words.basis and source.case.compensation is not None:
        bases[f"追偿（{gate.gate_words.cite or ''}）"] = gate.gate_words.basis
    laws = source.case.act.basis if source.case.act is not None else ()
    return {
        "事项": _proposed(source),
        "核对": _checked(source),
        "待核依据": [{"事项": name, "依据": sentence(text)} for name, text in bases.items() if text]
        + [{"事项": "原行为的依据", "依据": law} for law in laws],
    }


def _checked(source: Source) -> list[Data]:
    """What the file shows of each point of the review; the finding is the reviewer's."""
    taken, notice = source.case.procedure, source.case.procedure.notice
    filed, inquiry, recusal = taken.filing, taken.investigation, taken.recusal
    heard = [source.name(w) for w in notice.defences] if notice is not None else []
    undecided = source.undecided()
    return [
        {"要点": "立案经过批准", "情况": f"{day(filed.day)}由{source.name(filed.approved_by)}批准立案"
         if filed is not None and filed.day and filed.approved_by else ""},
        {"要点": "回避", "情况": (recusal.review or "") if recusal is not None else ""},
        {"要点": "调查人员两名以上", "情况": listed(source.name(w) for w in inquiry.investigators) if inquiry else ""},
        {"要点": "事实清楚、证据确实", "情况": f"过错事实{len(source.case.findings)}项，证据"
         f"{sum(len(f.evidence) for f in source.case.findings)}件"},
        {"要点": "责任划分有条款依据", "情况": f"第{'、'.join(str(i + 1) for i in undecided)}项尚不能认定"
         if undecided else listed(dict.fromkeys(_rules(source)))},
        {"要点": "告知与陈述申辩", "情况": f"{day(notice.day)}告知；已记录陈述申辩或者放弃的：{listed(heard) or '无'}"
         if notice is not None and notice.day else ""},
    ]  # fmt: skip


def _rules(source: Source) -> list[str]:
    book = source.book
    return [] if book is None else [
        book.rules[rule].cite for found in source.result.findings for part in found.parts for rule in part.rules]  # fmt: skip


def _deliberation(source: Source, subject: str | None) -> Data:
    return {"讨论": {**steps.deliberation(source), "事项": _proposed(source)}}


def _calculation(source: Source, subject: str | None) -> Data:
    receipt = source.result.receipt
    weighed = sources(source)
    return {
        "计算": [{**one, "版本": steps.measure(part)["名称"] if len(weighed) > 1 else ""}
               for part in weighed for one in arithmetic.calculation(part)],
        "版本": versions(source, arithmetic.shown(source)),
        "计次": counts(source),
        "全案份额": arithmetic.case_shares(source),
        "追偿": arithmetic.recovery(source),
        "凭据": {"程序": receipt.tool, "办法": receipt.rulebook or "", "办法摘要": (receipt.rulebook_sha256 or "")[:16],
               "案件摘要": receipt.case_sha256[:16]},
        "领导责任": steps.leadership(source),
        "显示比例": arithmetic.shown(source),
    }  # fmt: skip


def _decision(source: Source, subject: str | None) -> Data:
    return {"文号": source.number(subject or ""), "讨论": steps.deliberation(source)}


def _service(source: Source, subject: str | None) -> Data:
    who = subject or ""
    return {"文号": source.number(who), "送达": service(source, who), "送达文书": "行政执法过错责任追究决定书"}


def _compensation(source: Source, subject: str | None) -> Data:
    sums = arithmetic.recovery(source)
    own = next(one for one in sums["人员"] if one["编号"] == subject)
    return {"追偿": sums, "本人追偿": own}


def _finance(source: Source, subject: str | None) -> Data:
    sums = [
        {**identity(source, who), "金额": yuan(cents), "大写": in_words(cents), "文号": source.number(who)}
        for who, cents in ordered(source).items()
    ]
    return {"财政部门": str(source.setting("财政部门") or ""), "追偿": arithmetic.recovery(source), "追偿人员": sums}


def _rectification(source: Source, subject: str | None) -> Data:
    """A term only where a method sets one for the unit itself."""
    choices = source.choices(subject or "")
    return {"对象": subject or "", "整改": {"期限": next((day(c.term) for c, _ in choices if c.term), "")}}


def _review(source: Source, subject: str | None) -> Data:
    one = next(a for a in source.case.appeals if a.person and source.id_of(a.person) == subject)
    reviews = source.office.reviews.values() if source.office is not None else ()
    own = next((r for r in reviews if r.organ in (None, source.organ)), None)
    return {
        "文号": source.number(subject or ""),
        "复核": {"途径": one.way or "复核", "提出": day(one.filed_on), "日期": day(one.day), "结果": one.result or "",
               "机关": one.organ or source.organ, "依据": (own.basis or "") if own is not None else ""},
    }  # fmt: skip


def _closing(source: Source, subject: str | None) -> Data:
    appeals = [
        {"姓名": source.name(a.person), "途径": a.way or "", "提出": day(a.filed_on), "机关": a.organ or "",
         "日期": day(a.day), "结果": a.result or "尚无结果"}
        for a in source.case.appeals
    ]  # fmt: skip
    people = [
        {**person(source, who), "等次": _grades(source, who), "文号": source.number(who), "执行": _performed(source, who)}
        for who in source.involved
    ]
    return {"处理": people, "追偿": arithmetic.recovery(source), "复核情况": appeals, "结案": steps.closing(source)}


def _performed(source: Source, who: str) -> list[Data]:
    done = []
    for word, items in source.case.performance.items():
        if source.id_of(word) != who:
            continue
        for item in items:
            method = source.book.methods.get(item.matter or "") if source.book is not None else None
            done.append({"事项": method.name if method is not None else item.matter or "", "完成": day(item.done_on),
                         "金额": yuan(int(item.amount * 100)) if item.amount is not None else ""})  # fmt: skip
    return done


def _index(source: Source, subject: str | None) -> Data:
    return {"目录": index(source)}


BY_KIND: Mapping[str, Own] = {
    "recusal": _recusal, "investigation": _investigation, "notice": _hearing, "hearing": _hearing,
    "legal-review": _legal_review, "deliberation": _deliberation, "calculation": _calculation,
    "decision": _decision, "service": _service, "referral": referral, "compensation": _compensation,
    "finance": _finance, "rectification": _rectification, "review": _review, "closing": _closing, "index": _index,
}  # fmt: skip
