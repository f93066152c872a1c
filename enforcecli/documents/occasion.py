"""Whether a case gives occasion for a paper, and for whom: the persons or addressees it goes to,
or why there is none."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from enforcecli.documents.kinds import PaperKind
from enforcecli.documents.source import Source
from enforcecli.model.case import STAGES, Referral
from enforcecli.model.problem import Problem, problem
from enforcecli.model.result import Can, Outcome

STOPPING = ("不予立案", "不予追究", "撤销案件", "不适用", "移送", "中止")
"""结论.类型 after which nothing more is decided against anybody."""
_AGAINST = ("notice", "decision", "compensation", "finance")
"""Papers that lay something on a person."""
_REVIEW = "复核"


@dataclass(frozen=True, slots=True)
class Occasion:
    """For whom (None: for the case as a whole), or `why_not`. A paper that may not be made at all
    has `barred`."""

    subjects: tuple[str | None, ...] = ()
    why_not: str = ""
    barred: Problem | None = None


def occasion(source: Source, kind: PaperKind) -> Occasion:
    """What of the kind the case asks for."""
    if source.result.unfit is not None and kind.id != "referral":
        return _unfit(source.result.unfit, kind)
    ended = source.concluded
    if ended in STOPPING and kind.id in _AGAINST:
        return Occasion(why_not=f"案件的结论是{ended}")
    if STAGES.index(source.case.stage) < STAGES.index(kind.stage) and not _ahead(source, kind):
        return Occasion(why_not=f"案件在“{source.case.stage}”阶段，{kind.name}从“{kind.stage}”阶段起制作")
    return _OCCASIONS.get(kind.id, _whole)(source)


def _unfit(reason: str, kind: PaperKind) -> Occasion:
    """Only the letter to the organ above is left. To decide all the same is refused; the sheets of
    the file are simply not made."""
    if kind.file_paper:
        return Occasion(why_not=reason)
    return Occasion(barred=problem("D117", ("findings",), paper=kind.name, reason=reason))


def _ahead(source: Source, kind: PaperKind) -> bool:
    """What the conclusion brings about before its usual stage."""
    return kind.id == "closing" and source.concluded is not None


def _whole(source: Source) -> Occasion:
    return Occasion((None,))


def _if(there: bool, subjects: tuple[str | None, ...], why_not: str) -> Occasion:
    return Occasion(subjects) if there else Occasion(why_not=why_not)


def _filing(source: Source) -> Occasion:
    return _if(source.concluded != "不予立案", (None,), "结论是不予立案")


def _no_filing(source: Source) -> Occasion:
    return _if(source.concluded == "不予立案", (None,), "结论不是不予立案")


def _found(source: Source) -> Occasion:
    return _if(bool(source.case.findings), (None,), "没有过错事实")


def persons(source: Source) -> tuple[str, ...]:
    return tuple(p for p in source.involved if not source.is_unit(p))


def _interviewed(source: Source) -> Occasion:
    people = persons(source)
    return _if(bool(people), people, "没有涉及人员")


def bearers(source: Source) -> tuple[str, ...]:
    """Who answers for something, and who may yet: those of findings not decided."""
    return tuple(p for p in source.involved if source.bears(p) or source.undecided(p))


def _noticed(source: Source) -> Occasion:
    people = bearers(source)
    return _if(bool(people), people, "没有承担责任的人员")


def heard(source: Source) -> tuple[str, ...]:
    """Who is heard: the bearers, and whoever has a word on record."""
    notice = source.case.procedure.notice
    spoke = {source.id_of(word) for word in notice.defences} if notice is not None else set()
    return tuple(p for p in source.involved if p in spoke or p in bearers(source))


def _hearing(source: Source) -> Occasion:
    people = heard(source)
    return _if(bool(people), people, "没有需要听取陈述申辩的人员")


def _decided(source: Source) -> Occasion:
    """Bearers, save those of whom everything is another organ's to decide; and whoever has a number,
    which no decision may then lack a ground for."""
    people = tuple(p for p in source.involved if p in numbered(source) or (
        p in bearers(source) and not _wholly_referred(source, p)))  # fmt: skip
    return _if(bool(people), people, "没有由本机关决定处理的人员；由其他机关处理的，制作移送函")


def _wholly_referred(source: Source, person: str) -> bool:
    """Everything that applies is decided elsewhere: by another organ, or in the yearly appraisal."""
    able = [a for _, a in source.choices(person) if a.can is not Can.NOT_APPLICABLE]
    return bool(able) and all(a.can is Can.REFER for a in able)


def _not_pursued(source: Source) -> Occasion:
    people = persons(source)
    return _if(source.concluded == "不予追究" and bool(people), people, "结论不是不予追究")


def numbered(source: Source) -> tuple[str, ...]:
    """Who has a decision with a number."""
    decision = source.case.procedure.decision
    return tuple(dict.fromkeys(source.id_of(w) for w in decision.documents)) if decision is not None else ()


def _served(source: Source) -> Occasion:
    people = numbered(source)
    return _if(bool(people), people, "没有编号的决定书需要送达")


def ordered(source: Source) -> dict[str, int]:
    """Cents each person is ordered to pay, over all findings; only whoever pays something."""
    sums: dict[str, int] = {}
    for found in source.result.findings:
        for line in found.persons:
            if found.outcome is Outcome.LIABLE and line.recovery:
                sums[line.person] = sums.get(line.person, 0) + line.recovery
    return sums


def _paying(source: Source) -> Occasion:
    people = tuple(ordered(source))
    return _if(bool(people), people, "没有人被责令承担赔偿费用")


def _finance(source: Source) -> Occasion:
    return _if(bool(ordered(source)), (None,), "没有人被责令承担赔偿费用")


def referral_groups(source: Source) -> dict[str, tuple[str, tuple[Referral, ...]]]:
    """One letter per addressee and number: key → (addressee, what the case records of it). Methods
    another organ decides and no record names make a letter without number."""
    groups: dict[str, tuple[str, tuple[Referral, ...]]] = {}
    for one in source.case.referrals:
        to = one.to or ""
        key = to if all(k != to or r[0].document == one.document for k, (_, r) in groups.items()) else (
            f"{to}（{one.document or ''}）")  # fmt: skip
        held = groups.get(key, (to, ()))[1]
        groups[key] = (to, (*held, one))
    return groups | {to: (to, ()) for to in _unrecorded(source) if to not in {t for t, _ in groups.values()}}


def _unrecorded(source: Source) -> tuple[str, ...]:
    if source.concluded in STOPPING or STAGES.index(source.case.stage) < STAGES.index("讨论"):
        return ()
    organs: Iterable[str | None] = (a.to for p in source.involved for _, a in source.can(p, Can.REFER) if a.to not in (None, source.organ))
    return tuple(to for to in dict.fromkeys(organs) if to is not None)


def _referred(source: Source) -> Occasion:
    groups = tuple(referral_groups(source))
    if not groups and source.result.unfit is not None:
        groups = ("",)
    return _if(bool(groups), groups, "没有应当移送其他机关的事项")


def _rectified(source: Source) -> Occasion:
    unit = source.case.act.unit if source.case.act is not None else None
    liable = any(found.outcome is Outcome.LIABLE for found in source.result.findings)
    return _if(bool(unit) and liable, (unit,), "没有认定由承办单位整改的过错")


def _reviewed(source: Source) -> Occasion:
    """Reviews this office itself decides, and has decided or is about to."""
    people = tuple(dict.fromkeys(
        source.id_of(a.person) for a in source.case.appeals
        if a.person and _REVIEW in (a.way or _REVIEW) and (a.organ or source.organ) == source.organ))  # fmt: skip
    return _if(bool(people), people, "没有由本机关作出的复核")


_OCCASIONS: Mapping[str, Callable[[Source], Occasion]] = {
    "filing": _filing, "no-filing": _no_filing, "interview": _interviewed, "investigation": _found, "notice": _noticed,
    "hearing": _hearing, "legal-review": _found, "deliberation": _found, "calculation": _found,
    "decision": _decided, "no-pursuit": _not_pursued, "service": _served, "referral": _referred,
    "compensation": _paying, "finance": _finance, "rectification": _rectified, "review": _reviewed,
}  # fmt: skip
