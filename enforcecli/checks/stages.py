"""What each stage requires (docs/case-format.md). The tables are the contract: one line per requirement, a
stage requires its own lines and those of all stages before it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache

from msgspec import Struct

from enforcecli.checks.common import NOTICE, ORDER, Found, View, is_at_fault, values_of
from enforcecli.model.case import Case, Finding, Involved, Stated
from enforcecli.model.problem import Path, problem
from enforcecli.model.rulebook import OPEN

PURSUED = "追究"


class Need(Struct, frozen=True):
    """From `stage` on the case must state what `missing` looks for; `code` says so."""

    stage: str
    code: str
    where: Path
    missing: Callable[[Case], bool]


class FindingNeed(Struct, frozen=True):
    """The same for every entry of 过错事实."""

    stage: str
    code: str
    where: str
    missing: Callable[[Finding], bool]


class FaultNeed(Struct, frozen=True):
    """The same for every person at fault, where the book asks for the fact."""

    stage: str
    code: str
    fact: str


CASE_NEEDS = (
    Need("线索", "S101", ("number",), lambda c: not c.number),
    Need("线索", "S102", ("title",), lambda c: not c.title),
    Need("线索", "S103", ("act", "day"), lambda c: _undated(c)),
    Need("线索", "S104", ("act", "until"), lambda c: _open_ended(c)),
    Need("立案", "S201", ("procedure", "filing"), lambda c: c.procedure.filing is None),
    Need("立案", "S202", ("procedure", "filing", "day"),
         lambda c: c.procedure.filing is not None and c.procedure.filing.day is None),
    Need("立案", "S203", ("procedure", "filing", "approved_by"),
         lambda c: c.procedure.filing is not None and not c.procedure.filing.approved_by),
    Need("立案", "S204", ("findings",), lambda c: not c.findings),
    Need("调查", "S301", ("procedure", "investigation"), lambda c: c.procedure.investigation is None),
    Need("调查", "S302", ("procedure", "investigation", "investigators"), lambda c: _alone(c)),
    Need("告知", "S401", ("procedure", "notice", "day"),
         lambda c: c.procedure.notice is None or c.procedure.notice.day is None),
    Need("决定", "S601", ("procedure", "deliberation", "day"),
         lambda c: c.procedure.deliberation is None or c.procedure.deliberation.day is None),
    Need("决定", "S603", ("procedure", "decision", "day"),
         lambda c: c.procedure.decision is None or c.procedure.decision.day is None),
    Need("决定", "S604", ("procedure", "decision", "organ"),
         lambda c: c.procedure.decision is None or not c.procedure.decision.organ),
    Need("结案", "S901", ("closing", "day"), lambda c: c.closing is None or c.closing.day is None),
    Need("结案", "S902", ("correction",), lambda c: c.correction is None),
)

FINDING_NEEDS = (
    FindingNeed("立案", "S205", "faults", lambda f: not f.faults),
    FindingNeed("立案", "S206", "involved", lambda f: not f.involved),
    FindingNeed("调查", "S303", "text", lambda f: not f.text),
    FindingNeed("调查", "S304", "evidence", lambda f: not f.evidence),
    FindingNeed("告知", "S403", "cause", lambda f: not f.cause),
    FindingNeed("告知", "S404", "nature", lambda f: not f.nature),
    FindingNeed("告知", "S405", "consequence",
                lambda f: f.consequence is None or not (f.consequence.gravity or f.consequence.words)),
)

FAULT_NEEDS = (
    FaultNeed("告知", "S406", "主观过错"),
    FaultNeed("告知", "S407", "认错态度"),
)

# A conclusion other than 追究 ends the case early; what it lifts no longer makes sense.
_AFTER_CLUE = frozenset(n.code for n in (*CASE_NEEDS, *FINDING_NEEDS, *FAULT_NEEDS) if n.stage != "线索")
_AFTER_FILING = frozenset(n.code for n in (*CASE_NEEDS, *FINDING_NEEDS, *FAULT_NEEDS)
                          if n.stage not in ("线索", "立案", "结案")) | {"S902"}
_HEARING = frozenset({"S501", "S502"})
_PAPERS = frozenset({"S602", "S605", "S606", "S608", "S701"})
LIFTED: dict[str, frozenset[str]] = {
    # never filed, or not a matter of the measures: only the clue and the conclusion itself
    "不予立案": _AFTER_CLUE | _HEARING | _PAPERS | {"S402"},
    "不适用": _AFTER_CLUE | _HEARING | _PAPERS | {"S402"},
    # another organ goes on with it, at whatever stage
    "移送": _AFTER_CLUE | _HEARING | _PAPERS | {"S402"},
    # filed, then stopped: what had to be found out may still be open
    "中止": _AFTER_FILING | _HEARING | _PAPERS | {"S402"},
    "撤销案件": _AFTER_FILING | _HEARING | _PAPERS | {"S402"},
    # investigated in full; nobody is pursued, so there is nothing to notify, decide or serve
    "不予追究": _HEARING | _PAPERS | {
        "S401", "S403", "S404", "S405", "S406", "S407", "S601", "S603", "S604", "S902"},
}
_NOTHING: frozenset[str] = frozenset()


def _undated(case: Case) -> bool:
    act = case.act
    return act is None or (act.day is None and act.until is None and act.since is None)


def _open_ended(case: Case) -> bool:
    """An omission with a beginning only: the end picks the version of the measure."""
    act = case.act
    return act is not None and act.since is not None and act.until is None and act.day is None


def _alone(case: Case) -> bool:
    inquiry = case.procedure.investigation
    if inquiry is None:
        return False
    named = inquiry.investigators
    return len(named) < 2 or (len(named) == 2 and named[0] == named[1])


@cache
def _required(stage: int, conclusion: str | None) -> tuple[
        tuple[Need, ...], tuple[FindingNeed, ...], tuple[FaultNeed, ...]]:
    lifted = LIFTED.get(conclusion or PURSUED, _NOTHING)
    return (
        tuple(n for n in CASE_NEEDS if ORDER[n.stage] <= stage and n.code not in lifted),
        tuple(n for n in FINDING_NEEDS if ORDER[n.stage] <= stage and n.code not in lifted),
        tuple(n for n in FAULT_NEEDS if ORDER[n.stage] <= stage and n.code not in lifted),
    )


def lifted(case: Case) -> frozenset[str]:
    """The requirements that the conclusion of the case takes away."""
    if case.conclusion is None or case.conclusion.kind is None:
        return _NOTHING
    return LIFTED.get(case.conclusion.kind, _NOTHING)


def check(view: View, out: Found) -> None:
    """What the stage requires and is not there."""
    case = view.case
    conclusion = case.conclusion.kind if case.conclusion is not None else None
    needs, of_finding, of_fault = _required(view.stage, conclusion)
    for need in needs:
        if need.missing(case):
            out.append(problem(need.code, need.where, stage=case.stage))
    for i, finding in enumerate(case.findings):
        for asked in of_finding:
            if asked.missing(finding):
                out.append(problem(asked.code, ("findings", i, asked.where), stage=case.stage,
                                   number=i + 1))
        if of_fault:
            _person_facts(view, i, finding, of_fault, out)
    if case.conclusion is not None:
        _conclusion(view, out)
    gone = lifted(case)
    if view.stage >= NOTICE:
        if "S402" not in gone:
            _nothing_open(view, out)
        if view.stage > NOTICE and "S501" not in gone:
            _heard(view, out)
    if view.stage >= ORDER["送达"] and "S701" not in gone:
        _served(view, out)


def _person_facts(view: View, i: int, finding: Finding, needs: tuple[FaultNeed, ...], out: Found) -> None:
    for j, one in enumerate(finding.involved):
        if one.is_unit or not is_at_fault(one):
            continue
        for need in needs:
            if need.fact not in one.facts and _asked(view, need.fact, one):
                out.append(problem(need.code, ("findings", i, "involved", j, need.fact),
                                   stage=view.case.stage, person=one.written))


def _asked(view: View, name: str, one: Involved) -> bool:
    """Whether the book knows the fact and asks it of the person's roles."""
    if view.book is None:
        return True
    fact = view.book.person_facts.get(name)
    return fact is not None and (fact.roles is None or not fact.roles.isdisjoint(one.roles))


def _nothing_open(view: View, out: Found) -> None:
    """告知 tells the person what has been established; 待查 is not established."""
    for i, finding in enumerate(view.case.findings):
        for name in open_facts(finding.facts):
            out.append(problem("S402", ("findings", i, name), stage=view.case.stage, fact=name))
        for j, one in enumerate(finding.involved):
            for name in open_facts(one.facts):
                out.append(problem("S402", ("findings", i, "involved", j, name), stage=view.case.stage,
                                   fact=name))


def open_facts(facts: Mapping[str, Stated]) -> list[str]:
    """The facts that are still 待查, in one part at least."""
    return [name for name, stated in facts.items()
            if stated == OPEN or (stated.__class__ is not str and OPEN in values_of(stated))]


WAIVED = frozenset({"放弃", "未提出", "逾期未提出", "逾期未陈述", "无", "不陈述", "waived"})


def waived(text: str) -> bool:
    """Whether the words say that the person gave up being heard."""
    return text in WAIVED or text.strip() in WAIVED or text.strip().startswith("放弃")


def _heard(view: View, out: Found) -> None:
    notice = view.case.procedure.notice
    if notice is not None and view.all_answered(notice.defences):
        replies = notice.replies
        if all(who in replies or waived(text) for who, text in notice.defences.items()):
            return
    _unheard(view, out)


def _unheard(view: View, out: Found) -> None:
    notice = view.case.procedure.notice
    defences = {view.person(k): k for k in notice.defences} if notice is not None else {}
    replies = {view.person(k) for k in notice.replies} if notice is not None else set()
    for who, written in view.to_hear().items():
        key = defences.get(who)
        if notice is None or key is None or not notice.defences[key].strip():
            out.append(problem("S501", ("procedure", "notice", "defences"), stage=view.case.stage,
                               person=written))
        elif who not in replies and not waived(notice.defences[key]):
            out.append(problem("S502", ("procedure", "notice", "replies"), stage=view.case.stage,
                               person=written))


def _served(view: View, out: Found) -> None:
    procedure = view.case.procedure
    if procedure.decision is None:
        return
    served = {view.person(k) for k, s in procedure.service.items() if s.day is not None}
    for written in procedure.decision.documents:
        if view.person(written) not in served:
            out.append(problem("S701", ("procedure", "service", written, "day"), stage=view.case.stage,
                               person=written))


def _conclusion(view: View, out: Found) -> None:
    """结论: its own four parts, and nothing beside it that it excludes."""
    case, concluded = view.case, view.case.conclusion
    if concluded is None:
        return
    if concluded.kind is None:
        out.append(problem("S951", ("conclusion", "kind")))
        return
    if concluded.kind == PURSUED:
        return
    kind = concluded.kind
    if not concluded.reason:
        out.append(problem("S952", ("conclusion", "reason"), kind=kind))
    if concluded.day is None:
        out.append(problem("S953", ("conclusion", "day"), kind=kind))
    if not concluded.approved_by:
        out.append(problem("S954", ("conclusion", "approved_by"), kind=kind))
    if kind == "移送" and not case.referrals:
        out.append(problem("S956", ("conclusion", "kind")))
    for key, where, there in _EXCLUDED.get(kind, ()):
        if there(case):
            out.append(problem("S955", where, on_key=True, kind=kind, key=key))


_Excluded = tuple[str, Path, Callable[[Case], bool]]
_DISPOSED: _Excluded = ("处理意见", ("dispositions",), lambda c: bool(c.dispositions))
_NUMBERED: _Excluded = ("文号", ("procedure", "decision", "documents"),
                        lambda c: c.procedure.decision is not None and bool(c.procedure.decision.documents))
_SERVED: _Excluded = ("送达", ("procedure", "service"), lambda c: bool(c.procedure.service))
_FILED: _Excluded = ("立案", ("procedure", "filing"), lambda c: c.procedure.filing is not None)
_ORDERED: _Excluded = ("责令承担", ("compensation", "ordered"),
                       lambda c: c.compensation is not None and bool(c.compensation.ordered))
_EXCLUDED: dict[str, tuple[_Excluded, ...]] = {
    "不予立案": (_FILED, _DISPOSED, _NUMBERED, _SERVED, _ORDERED),
    "不予追究": (_DISPOSED, _NUMBERED, _SERVED, _ORDERED),
    "撤销案件": (_DISPOSED, _NUMBERED, _SERVED, _ORDERED),
    "不适用": (_DISPOSED, _NUMBERED, _SERVED, _ORDERED),
}
