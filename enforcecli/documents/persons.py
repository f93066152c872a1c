"""One person of the case as a paper speaks of them: who, what they answer for, what is chosen,
how they were heard, which remedies stand open."""

from __future__ import annotations

from typing import Any

from enforcecli.checks.stages import waived
from enforcecli.documents.faults import attitude, fault, grounds
from enforcecli.documents.phrases import day, listed, ordinal, sentence, stated, term
from enforcecli.documents.source import Source
from enforcecli.documents.versions import of_person
from enforcecli.model.case import MethodChoice
from enforcecli.model.result import Can, MethodResult
from enforcecli.model.roster import Member
from enforcecli.model.rulebook import Method

Data = dict[str, Any]

VERBS = ("责令", "取消", "给予", "调离", "限期", "通报", "暂扣", "收回")
"""Methods whose name begins with what is done; the others are given: 给予批评教育."""
SANCTION = "处分"


def person(source: Source, who: str) -> Data:
    """The 人 of a paper made for one person."""
    return {
        **identity(source, who),
        "责任": (lines := _responsibility(source, who)),
        "从轻": of_person(source, who),
        "认错态度": next((line["认错态度"] for line in lines if line["认错态度"]), ""),
        "方式": methods(source, who),
        "救济": remedies(source, who),
        "申辩": hearing(source, who),
        "送达": service(source, who),
        "移送": [{"对象": r.to or "", "文书": r.document or "", "日期": day(r.day)} for r in source.referrals(who)],
        "既往处理": [
            listed((p.organ or "", p.kind or "", p.document or "", day(p.day)))
            for p in source.case.prior
            if p.person and source.id_of(p.person) == who
        ],
    }


def identity(source: Source, who: str) -> Data:
    """Unit, post and title are those on the day of the act."""
    member = source.member(who)
    is_unit = source.is_unit(who)
    return {
        "姓名": member.name,
        "编号": who,
        "是单位": is_unit,
        "称呼": "你单位" if is_unit else "你",
        "单位": (member.unit or "") if not is_unit else "",
        "岗位": member.post or "",
        "职务": member.title or "",
        "人员类别": member.personnel or "",
        "职级": member.rank or "",
        "政治面貌": member.political or "",
        "任免机关": member.appointed_by or "",
        "考核机关": member.appraised_by or "",
        "任职": office_of(source, member),
    }


def office_of(source: Source, member: Member) -> str:
    """林业站执法员; 林业站站长 where the title already names the unit; 上江乡人民政府副乡长 for who
    belongs to no unit of the office."""
    if member.is_unit:
        return ""
    place = member.unit or (source.organ if member.leadership else member.staff_unit) or ""
    title = member.title or member.post or ""
    return title if place and title.startswith(place) else place + title


def _responsibility(source: Source, who: str) -> list[Data]:
    """The findings that list the person, with what they answer for in each."""
    count = len(source.case.findings)
    lines: list[Data] = []
    for i, finding, one, found, line in source.lines(who):
        of_finding = fault(source, i, finding, found, count)
        lines.append(
            {
                "次序": ordinal(len(lines) + 1),
                "名称": next((item["名称"] for item in of_finding["情形"]), ""),
                "过错": of_finding,
                "角色": listed(one.roles),
                "等次": listed(line.grades),
                "依据": grounds(source, finding, who) if found.decided else [],
                "情节": listed(line.severity),
                "本人有过错": line.at_fault,
                "主观过错": stated(one.facts.get("主观过错")),
                "认错态度": attitude(one),
            }
        )
    return lines


# methods

def methods(source: Source, who: str) -> Data:
    """What the office decides itself (决定), what it can only propose (建议), what does not apply."""
    return {
        "决定": [_decided(source, who, *pair) for pair in source.can(who, Can.IMPOSE)],
        "建议": [_proposed(source, who, *pair) for pair in source.can(who, Can.REFER)],
        "不适用": [
            {"名称": _name(source, *pair), "理由": pair[1].reason} for pair in source.can(who, Can.NOT_APPLICABLE)
        ],
    }


def _decided(source: Source, who: str, choice: MethodChoice, answer: MethodResult) -> Data:
    name = _name(source, choice, answer)
    effect = _effect(source, who, choice, name)
    return {
        "名称": name,
        "动词": verb(name),
        "期限": day(choice.term),
        "说明": "" if effect.startswith("建议") else effect,
        "理由": sentence(choice.reason),
        "依据": sentence(choice.basis),
        "条款": _cite(source, choice),
        "是处分": SANCTION in name,
    }


def _proposed(source: Source, who: str, choice: MethodChoice, answer: MethodResult) -> Data:
    name = _name(source, choice, answer)
    return {
        "名称": name,
        "动词": verb(name),
        "机关": answer.to or "",
        "本机关": answer.to is not None and answer.to == source.organ,
        "期限": day(choice.term),
        "说明": _effect(source, who, choice, name),
        "缘由": answer.reason,
        "理由": sentence(choice.reason),
        "依据": sentence(choice.basis),
        "条款": _cite(source, choice),
        "年度": _appraisal_year(source, name),
    }


def verb(name: str) -> str:
    if "考核" in name:
        return "将其"
    return "" if name.startswith(VERBS) else "给予"


def _method(source: Source, choice: MethodChoice) -> Method | None:
    return source.book.methods.get(choice.method) if source.book is not None else None


def _name(source: Source, choice: MethodChoice, answer: MethodResult) -> str:
    method = _method(source, choice)
    return choice.name or answer.name or (method.name if method is not None else choice.method)


def _cite(source: Source, choice: MethodChoice) -> str:
    method = _method(source, choice)
    return method.cite if method is not None else ""


def _effect(source: Source, who: str, choice: MethodChoice, name: str) -> str:
    """What the method means for this sort of staff; nothing where the name says it all."""
    method = _method(source, choice)
    if method is None:
        return ""
    effect = method.effects.get(source.member(who).personnel or "", method.effect) or ""
    return sentence(effect) if set(effect) - set("建议给予，、；。") - set(name) else ""


def _appraisal_year(source: Source, name: str) -> str:
    """The year whose appraisal is meant: as stated, else that of the decision. In January and
    February the year has to be stated."""
    if "考核" not in name:
        return ""
    decision = source.case.procedure.decision
    decided = decision.day if decision is not None else None
    year = source.case.appraisal_year or (decided.year if decided is not None and decided.month > 2 else None)
    return f"{year}年" if year is not None else ""


# remedies, hearing, service

def remedies(source: Source, who: str) -> list[Data]:
    """The remedies against what the office itself decides, each with the methods it is for. None
    is named where the book and enforce.yaml name none."""
    by_remedy: dict[str, list[str]] = {}
    for choice, answer in source.can(who, Can.IMPOSE):
        if answer.remedy is not None:
            by_remedy.setdefault(answer.remedy, []).append(_name(source, choice, answer))
    return [remedy(source, name, names) for name, names in by_remedy.items()]


def remedy(source: Source, name: str, names: list[str]) -> Data:
    found = source.book.remedies.get(name) if source.book is not None else None
    own = source.office.reviews.get(name) if source.office is not None else None
    return {
        "名称": name,
        "方式": listed(names),
        "内部": own is not None,
        "文字": sentence(found.text if found is not None else None),
        "机关": (own.organ if own is not None else found.organ if found is not None else None) or "",
        "期限": term(own.limit if own is not None else None),
        "依据": (own.basis if own is not None else found.basis if found is not None else None) or "",
    }


def hearing(source: Source, who: str) -> Data:
    notice = source.case.procedure.notice
    said = source.of_person(notice.defences, who) if notice is not None else None
    replied = source.of_person(notice.replies, who) if notice is not None else None
    return {
        "告知日期": day(notice.day) if notice is not None else "",
        "期限": term(notice.limit if notice is not None else None),
        "已记": bool(said and said.strip()),
        "放弃": said is not None and waived(said),
        "意见": sentence(said),
        "答复": sentence(replied),
    }


def service(source: Source, who: str) -> Data:
    found = next((s for w, s in source.case.procedure.service.items() if source.id_of(w) == who), None)
    return {
        "日期": day(found.day) if found is not None else "",
        "方式": (found.manner or "") if found is not None else "",
        "签收": (found.signed_by or "") if found is not None else "",
    }
