"""移送函: one letter per addressee, wording by what the addressee is asked to do."""

from __future__ import annotations

from typing import Any

from enforcecli.documents import arithmetic
from enforcecli.documents.occasion import referral_groups
from enforcecli.documents.persons import identity, methods
from enforcecli.documents.phrases import DATE_BLANK, NUMBER_BLANK, day, hundredths, listed, sentence
from enforcecli.documents.source import Source

Data = dict[str, Any]


def referral(source: Source, subject: str | None) -> Data:
    """Persons of the letter with what is proposed to this addressee, and the matter as recorded."""
    to, recorded = referral_groups(source).get(subject or "", (subject or "", ()))
    number = next((r.document for r in recorded if r.document), None)
    sent = next((r.day for r in recorded if r.day is not None), None)
    matters: dict[str, list[str]] = {}
    for one in recorded:
        matters.setdefault(source.id_of(one.person) if one.person else "", []).append(sentence(one.matter))
    people = list(matters) if matters else [p for p in source.involved if _asked(source, p, to)]
    return {
        "对象": to,
        "文号": number or NUMBER_BLANK,
        "落款": {"机关": source.organ, "日期": day(sent) or DATE_BLANK},
        "不宜处理": source.result.unfit or "",
        "移送": [
            {
                **identity(source, who),
                "角色": _roles(source, who),
                "等次": _grades(source, who),
                "事由": listed(matters.get(who, [])),
                "建议": _asked(source, who, to),
            }
            for who in people
            if who
        ],
        "参考份额": _reference(source) if source.result.unfit is not None else [],
        "显示比例": arithmetic.shown(source),
        "证件": [_credential(source, who) for who in people if who and _takes_credential(source, who, to)],
    }


def _asked(source: Source, who: str, to: str) -> list[Data]:
    return [m for m in methods(source, who)["建议"] if m["机关"] == to]


def _roles(source: Source, who: str) -> str:
    return listed(dict.fromkeys(role for _, _, one, *_ in source.lines(who) for role in one.roles))


def _grades(source: Source, who: str) -> str:
    if source.undecided(who):
        return ""
    return listed(dict.fromkeys(g for *_, line in source.lines(who) for g in line.grades))


def _takes_credential(source: Source, who: str, to: str) -> bool:
    held = source.member(who).credential
    return held is not None and held.issuer == to


def _credential(source: Source, who: str) -> Data:
    held = source.member(who).credential
    return {
        "姓名": source.name(who),
        "号": (held.number or "") if held is not None else "",
        "有效期至": day(held.until) if held is not None else "",
    }


def _reference(source: Source) -> list[Data]:
    """本机关不宜处理: what the measure would say, for the organ above to use or not."""
    rows = []
    for _, _, found in source.pairs():
        for line in found.persons:
            sized = arithmetic.shown(source) and bool(line.share)
            rows.append(
                {
                    "姓名": source.name(line.person),
                    "角色": listed(line.roles),
                    "等次": listed(line.grades) or "不承担",
                    "份额": f"{line.share}（{hundredths(line.percent)}）" if sized else "",
                }
            )
    return rows
