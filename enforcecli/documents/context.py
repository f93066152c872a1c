"""From an assessed case to what each paper says: plain values for a template, or a refusal that
names what is missing. No paper is half a paper."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from enforcecli.desk.examine import Examined
from enforcecli.documents import sheets, steps
from enforcecli.documents.faults import fault, faults
from enforcecli.documents.kinds import PaperKind
from enforcecli.documents.missing import missing
from enforcecli.documents.occasion import occasion
from enforcecli.documents.persons import identity, person
from enforcecli.documents.phrases import BLANK, DATE_BLANK, NUMBER_BLANK, SHARE_LABEL, day
from enforcecli.documents.source import Source
from enforcecli.model.problem import Level, Problem, problem
from enforcecli.model.roster import Office, Roster

Data = dict[str, Any]

_UNFIT_FOR_NAMES = re.compile(r"[^0-9A-Za-z\u4e00-\u9fff〔〕（）]+")
LONGEST_NAME = 80


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper, ready to be worded. `subject`: the id of the person, or the addressee; None for
    the case as a whole. `name`: the stem of its file."""

    kind: PaperKind
    subject: str | None
    context: Data
    name: str


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why there is no such paper: what is missing, or that the case gives no occasion for it."""

    kind: PaperKind
    subject: str | None
    problems: tuple[Problem, ...]

    @property
    def idle(self) -> bool:
        """Nothing is wrong: the case has no use for the paper."""
        return all(p.level is Level.INFO for p in self.problems)


def papers(examined: Examined, office: Office | None, roster: Roster | None,
           kind: PaperKind) -> list[Paper | Refusal]:  # fmt: skip
    """Every paper of the kind the case asks for, in the order of 涉及人员 or of the addressees."""
    source = Source.of(examined, office, roster)
    if source is None:
        return [Refusal(kind, None, (problem("D120").at(examined.file, None),))]
    return papers_of(source, kind)


def papers_of(source: Source, kind: PaperKind) -> list[Paper | Refusal]:
    asked = occasion(source, kind)
    if asked.barred is not None:
        return [Refusal(kind, None, (asked.barred,))]
    if asked.why_not:
        return [Refusal(kind, None, (problem("D190", level=Level.INFO, paper=kind.name, reason=asked.why_not),))]
    return [_paper(source.for_person(subject) if "人" in kind.own else source, kind, subject) for subject in asked.subjects]


def _paper(source: Source, kind: PaperKind, subject: str | None) -> Paper | Refusal:
    lacking = missing(source, kind.required, subject)
    if lacking:
        return Refusal(kind, subject, lacking)
    context = {**_common(source, kind), **_own(source, kind, subject)}
    return Paper(kind, subject, context, file_name(kind, subject))


def file_name(kind: PaperKind, subject: str | None) -> str:
    """行政执法过错责任追究决定书-张某. Characters that some file system refuses become a dash; not
    longer than every file system takes."""
    stem = _UNFIT_FOR_NAMES.sub("-", subject or "").strip("-")
    return f"{kind.name}-{stem}"[:LONGEST_NAME] if stem else kind.name


def _common(source: Source, kind: PaperKind) -> Data:
    """What every paper may speak of (kinds.COMMON)."""
    code = source.setting("机关代字")
    return {
        "文种": kind.name,
        "机关": source.organ,
        "机关代字": str(code) if code else "",
        "案号": source.case.number or "",
        "案由": source.case.title or "",
        "阶段": source.case.stage,
        "办法": steps.measure(source),
        "线索": steps.clue(source),
        "行为": steps.act(source),
        "过错": faults(source),
        "人员": _people(source),
        "程序": steps.procedure(source),
        "结论": steps.conclusion(source),
        "纠正": steps.correction(source),
        "落款": {"机关": source.organ, "日期": _signed_on(source, kind)},
        "抄送": steps.copies(source),
        "空白": BLANK,
        "日期空白": DATE_BLANK,
        "文号空白": (str(code) if code else "") + NUMBER_BLANK,
        "比例说明": SHARE_LABEL,
    }


def _people(source: Source) -> list[Data]:
    """Everyone of 涉及人员, with the roles in the findings taken together."""
    roles: dict[str, dict[str, None]] = {}
    for finding in source.case.findings:
        for one in finding.involved:
            roles.setdefault(one.person, {}).update(dict.fromkeys(one.roles))
    return [{**identity(source, who), "角色": "、".join(names)} for who, names in roles.items()]


def _signed_on(source: Source, kind: PaperKind) -> str:
    """The day the case gives for the paper; a blank where it gives none."""
    steps_taken, end = source.case.procedure, source.case.conclusion
    days = {
        "decision": steps_taken.decision and steps_taken.decision.day,
        "notice": steps_taken.notice and steps_taken.notice.day,
        "no-pursuit": end and end.day,
        "closing": source.case.closing and source.case.closing.day,
        "investigation": steps_taken.investigation and steps_taken.investigation.until,
    }
    return day(days.get(kind.id) or None) or DATE_BLANK


def _own(source: Source, kind: PaperKind, subject: str | None) -> Data:
    """What only papers of this kind speak of."""
    own: Data = _OWN[kind.id](source, subject) if kind.id in _OWN else {}
    if "人" in kind.own and subject is not None:
        own["人"] = person(source, subject)
        if subject is not None:
            own["过错"] = _of_person(source, subject)
    return own


def _of_person(source: Source, subject: str) -> list[Data]:
    """A person's paper speaks of the findings that list the person, and of no other."""
    count = len(source.case.findings)
    return [
        fault(source, i, finding, found, count)
        for i, finding, found in source.pairs()
        if any(one.person == subject for one in finding.involved)
    ]


_OWN: Mapping[str, Callable[[Source, str | None], Data]] = sheets.BY_KIND
