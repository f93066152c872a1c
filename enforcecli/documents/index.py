"""卷内目录: the papers of the file in the order of the procedure, with what the case says of them.
Pages are left to the pen."""

from __future__ import annotations

from typing import Any

from enforcecli.documents.kinds import KINDS, PaperKind
from enforcecli.documents.missing import missing
from enforcecli.documents.occasion import occasion, referral_groups
from enforcecli.documents.phrases import day
from enforcecli.documents.source import Source

Data = dict[str, Any]


def index(source: Source) -> list[Data]:
    """The clue's own document and the evidence stand where they came in: after the clue, after the
    investigation. A paper that cannot be made yet is not in the file."""
    rows: list[Data] = []
    for kind in KINDS.values():
        if kind.id == "index":
            continue
        for subject in occasion(source, kind).subjects:
            if not missing(source, kind.required, subject):
                rows.append(_row(source, kind, subject))
        if kind.id == "clue":
            rows += _clue(source)
        if kind.id == "interview":
            rows += _evidence(source)
    return [{"序号": str(n), **row} for n, row in enumerate(rows, start=1)]


def _row(source: Source, kind: PaperKind, subject: str | None) -> Data:
    number, date = _number_and_day(source, kind, subject)
    who = f"（{_called(source, kind, subject)}）" if subject else ""
    return {"文号": number, "日期": date, "题名": kind.name + who, "责任者": source.organ if not kind.file_paper else "",
            "备注": ""}  # fmt: skip


def _called(source: Source, kind: PaperKind, subject: str) -> str:
    if kind.per == "person":
        return source.name(subject)
    return referral_groups(source)[subject][0] if kind.id == "referral" and subject else subject


def _number_and_day(source: Source, kind: PaperKind, subject: str | None) -> tuple[str, str]:
    decision = source.case.procedure.decision
    if kind.id == "decision" and subject is not None:
        return source.number(subject), day(decision.day) if decision is not None else ""
    if kind.id == "referral" and subject is not None:
        _, recorded = referral_groups(source)[subject]
        return (
            next((r.document for r in recorded if r.document), ""),
            next((day(r.day) for r in recorded if r.day is not None), ""),
        )
    return "", _day(source, kind)


def _day(source: Source, kind: PaperKind) -> str:
    """The day of the step the paper belongs to, as the case gives it."""
    taken, end, clue = source.case.procedure, source.case.conclusion, source.case.clue
    days = {
        "clue": clue and clue.day,
        "filing": taken.filing and taken.filing.day,
        "investigation": taken.investigation and taken.investigation.until,
        "notice": taken.notice and taken.notice.day,
        "deliberation": taken.deliberation and taken.deliberation.day,
        "no-filing": end and end.day,
        "no-pursuit": end and end.day,
        "closing": source.case.closing and source.case.closing.day,
    }
    return day(days.get(kind.id) or None)


def _clue(source: Source) -> list[Data]:
    clue = source.case.clue
    if clue is None or not clue.document:
        return []
    return [{"文号": clue.document, "日期": day(clue.day), "题名": f"{clue.source or '来源'}文书",
             "责任者": clue.organ or "", "备注": ""}]  # fmt: skip


def _evidence(source: Source) -> list[Data]:
    """Each piece once, although several findings may rest on it."""
    pieces = dict.fromkeys(e for finding in source.case.findings for e in finding.evidence)
    return [
        {"文号": "", "日期": "", "题名": e.name, "责任者": "", "备注": f"原卷第{e.page}页" if e.page else e.file or ""}
        for e in pieces
    ]
