"""What the calculation sheet says of counted facts, and of two versions weighed against each other
(从旧兼从轻)."""

from __future__ import annotations

from typing import Any

from enforcecli.documents.money_words import yuan
from enforcecli.documents.phrases import day, hundredths, listed, ordinal
from enforcecli.documents.source import Source
from enforcecli.model.result import CaseResult, Outcome, Weighed

Data = dict[str, Any]

WEIGHED = {Weighed.LIGHTER: "后者较轻", Weighed.SAME: "相同", Weighed.HEAVIER: "后者较重", Weighed.UNCLEAR: "不能确定"}


def sources(source: Source) -> list[Source]:
    """The case by each version that was weighed, the older first; the case itself where there is only one."""
    versions = source.result.versions
    return [source] if versions is None else [source.under(versions.older), source.under(versions.later)]


def versions(source: Source, shown: bool) -> Data:
    """Both versions person by person, and which applies; empty where only one came into question."""
    weighed = source.result.versions
    if weighed is None:
        return {}
    older, later = sources(source)
    names = [_title(one) for one in (older, later)]
    return {
        "行为时": names[0],
        "后来": names[1],
        "决定日期": day(weighed.on),
        "疑问": weighed.question or "",
        "凭据": next(f"{r.rulebook}（{(r.rulebook_sha256 or '')[:16]}）" for r in (weighed.later, weighed.older)
                     if r.rulebook != source.result.receipt.rulebook),
        "人员": [
            {
                "编号": p.person,
                "姓名": source.name(p.person),
                "行为时": _words(weighed.older, p.person, shown),
                "后来": _words(weighed.later, p.person, shown),
                "比较": WEIGHED[p.weighed],
                "适用": names[1] if p.later_applies else names[0],
            }
            for p in weighed.persons
        ],
    }


def of_person(source: Source, person: str) -> Data:
    """For a paper of one person: the later version applies because it is lighter; empty otherwise."""
    weighed = source.result.versions
    own = next((p for p in weighed.persons if p.person == person), None) if weighed is not None else None
    if own is None or not own.later_applies:
        return {}
    older, later = sources(source)
    return {"行为时": _title(older), "后来": _title(later)}


def _title(source: Source) -> str:
    return source.book.title if source.book is not None else ""


def _words(result: CaseResult, person: str, shown: bool) -> str:
    """主要责任，7/10（70.00%），追偿7000.00元; finding by finding where there are several."""
    told = []
    for i, found in enumerate(result.findings):
        line = next((p for p in found.persons if p.person == person and not p.remainder), None)
        if line is None:
            continue
        grades = line.grades if found.outcome is Outcome.LIABLE else ()
        words = [listed((*grades, *line.severity)) or "不承担责任"]
        if shown and grades and line.share is not None:
            words.append(f"{line.share}（{hundredths(line.percent)}）")
        if line.recovery:
            words.append(f"追偿{yuan(line.recovery)}元")
        told.append((f"过错{ordinal(i + 1)}：" if len(result.findings) > 1 else "") + "，".join(words))
    return "；".join(told) or "不承担责任"


def counts(source: Source) -> list[Data]:
    """Each counted fact of each person with the cases that were counted."""
    count = len(source.result.findings)
    return [
        {
            "过错": f"过错{ordinal(i + 1)}" if count > 1 else "",
            "编号": one.person,
            "姓名": source.name(one.person),
            "事实": one.fact,
            "取值": one.value or f"{len(one.cases)}次",
            "自": day(one.since),
            "至": day(one.until),
            "按": "决定日期" if one.by == "decision" else "行为日期",
            "暂计": one.provisional,
            "案件": [{"案号": c.case or c.file, "日期": day(c.day)} for c in one.cases],
        }
        for i, found in enumerate(source.result.findings)
        for one in found.counted
    ]
