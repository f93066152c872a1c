"""Results as data: `enforce-result/1` (docs/case-format.md).

Shares are strings of exact fractions, money strings with two decimals. Keys beyond the contract
appear only where they have something to say.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from hashlib import sha256

from enforcecli.model.problem import Problem
from enforcecli.model.result import (
    CaseResult,
    Counted,
    FindingResult,
    MethodResult,
    Outcome,
    PartResult,
    PersonResult,
    Receipt,
    Undecided,
    Versions,
)

FORMAT = "enforce-result/1"
Data = dict[str, object]


def money(cents: int | None) -> str | None:
    """Cents as yuan with two decimals."""
    return None if cents is None else f"{cents // 100}.{cents % 100:02d}"


def percent(hundredths: int | None) -> str | None:
    """Hundredths of a percent as a number with two decimals, without the sign."""
    return money(hundredths)


def as_dict(result: CaseResult, problems: Sequence[Problem] | None = None) -> Data:
    """One result. `problems` are those found in the file; without them the result's own."""
    book = {"id": result.rulebook, "sha256": result.rulebook_sha256} if result.rulebook else None
    shares = None
    if result.case_shares is not None and not result.hidden:
        shares = {person: str(share) for person, share in result.case_shares.items()}
    listed = result.problems if problems is None else problems
    data: Data = {
        "format": FORMAT, "case": result.case, "file": result.file, "rulebook": book,
        "findings": [_finding(finding, result.hidden) for finding in result.findings],
        "case_shares": shares,
        "leadership": [{"person": p.person, "office": p.office, "cite": p.cite} for p in result.leadership],
    }
    if result.vacant:
        data["leadership_vacant"] = [
            {"office": gap.office, "unit": gap.unit, "cite": gap.cite, "on": gap.day.isoformat(), "reasons": list(gap.reasons)}
            for gap in result.vacant]
    if result.hidden:
        data["hidden"] = True
    data |= _set(unfit=result.unfit, conclusion=result.conclusion)
    if result.versions is not None:
        data["versions"] = _versions(result.versions, result.hidden)
    data["problems"] = _problems(listed, result.file)
    data["receipt"] = _receipt(result.receipt)
    return data


def without_result(file: str, problems: Sequence[Problem]) -> Data:
    """What stands in the list for a file nothing could be computed from."""
    return {
        "format": FORMAT, "case": None, "file": file, "rulebook": None, "findings": [],
        "case_shares": None, "leadership": [],
        "problems": _problems(problems, file), "receipt": {},
    }


def _problems(problems: Sequence[Problem], file: str) -> list[Data]:
    from enforcecli.output.problem_json import as_dict
    from enforcecli.output.shown import show_all

    return [as_dict(item) for item in show_all(problems, file)]


def digest(result: CaseResult) -> str:
    """sha256 of the assessment alone: the result without receipt, problems and trace."""
    import json

    data = as_dict(result, ())
    del data["receipt"], data["problems"]
    data["findings"] = [
        {key: value for key, value in _finding(finding, result.hidden).items() if key != "trace"}
        for finding in result.findings
    ]
    text = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _finding(finding: FindingResult, hidden: bool) -> Data:
    data: Data = {
        "faults": list(finding.faults), "cites": list(finding.cites), "decided": finding.decided,
        "outcome": finding.outcome.value if finding.outcome and finding.decided else None,
    }
    if finding.undecided is not None:
        data["undecided"] = _undecided(finding.undecided)
    return data | {
        "parts": [_part(part) for part in finding.parts],
        "persons": [_person(person, hidden, finding.decided) for person in finding.persons],
        "kept_by_organ": money(finding.kept_by_organ), "trace": list(finding.trace),
    } | _set(counted=[_counted(one) for one in finding.counted])


def _part(part: PartResult) -> Data:
    data: Data = {
        "part": part.part, "weight": str(part.weight), "rules": list(part.rules),
        "beaten": [{"rule": b.rule, "by": b.by, "reason": b.reason} for b in part.beaten],
    }
    data |= _set(
        added=list(part.added), exempting=list(part.exempting), blocking=list(part.blocking),
        not_pursued=part.not_pursued, chosen=part.chosen,
    )
    if part.undecided is not None:
        data["undecided"] = _undecided(part.undecided)
    return data


def _person(person: PersonResult, hidden: bool, decided: bool) -> Data:
    share = None if hidden or person.share is None or not decided else str(person.share)
    data: Data = {"person": person.person, "grades": list(person.grades), "share": share,
                  "percent": percent(person.percent) if share is not None else None}
    if person.unit:
        data["unit"] = True
    if person.remainder:
        data["remainder"] = True
    if person.rulebook is not None:
        data["rulebook"] = person.rulebook
    return data | {
        "recovery": money(person.recovery), "severity": list(person.severity),
        "methods": [_method(method) for method in person.methods],
    }


def _method(method: MethodResult) -> Data:
    name = {"name": method.name} if method.name is not None else {}
    return {"method": method.method, **name, "power": method.can.value, "to": method.to,
            "remedy": method.remedy, "reason": method.reason}


def _counted(one: Counted) -> Data:
    return {
        "person": one.person, "fact": one.fact, "value": one.value, "number": len(one.cases), "by": one.by,
        "from": one.since.isoformat(), "to": one.until.isoformat(),
        "cases": [{"case": c.case, "file": c.file, "date": c.day.isoformat()} for c in one.cases],
    } | _set(provisional=one.provisional)


def _versions(versions: Versions, hidden: bool) -> Data:
    return {
        "on": versions.on.isoformat() if versions.on is not None else None,
        "older": version_data(versions.older), "later": version_data(versions.later),
        "persons": [{
            "person": p.person, "later_is": p.weighed.value, "applies": "later" if p.later_applies else "older",
            "respects": [{"finding": r.finding + 1, "respect": r.name, "older": r.older, "later": r.later,
                          "later_is": r.weighed.value} for r in p.respects if not (hidden and r.name == "share")],
        } for p in versions.persons],
    } | _set(question=versions.question)


def version_data(result: CaseResult) -> Data:
    """One of two versions: its own whole result, without the reasoning."""
    whole = as_dict(result, ())
    findings = [{key: value for key, value in _finding(f, result.hidden).items() if key != "trace"}
                for f in result.findings]
    return {"rulebook": whole["rulebook"], "findings": findings, "case_shares": whole["case_shares"]}


def _undecided(why: Undecided) -> Data:
    data: Data = {
        "kind": why.kind.value, "part": why.part, "rules": list(why.rules), "facts": list(why.facts),
        "roles": list(why.roles), "question": why.question,
        "notes": [{"text": text, "basis": basis} for text, basis in why.notes],
    }
    return data | _set(persons=list(why.persons))


def _receipt(receipt: Receipt) -> Data:
    return {
        "format": "enforce-receipt/1", "tool": receipt.tool, "rulebook": receipt.rulebook, "rulebook_sha256": receipt.rulebook_sha256,
        "case_sha256": receipt.case_sha256, "day": receipt.day,
        "discretion": [dict(entry) for entry in receipt.discretion],
        "choices": [dict(entry) for entry in receipt.choices],
        **({} if receipt.committed is None else {"commit": receipt.commit, "committed": receipt.committed}),
    }


def _set(**values: object) -> Data:
    return {key: value for key, value in values.items() if value}


def ordered_total(finding: FindingResult) -> int | None:
    """Recovery of all persons and what the organ keeps, in cents: what was ordered. None where
    no recovery was computed."""
    if finding.kept_by_organ is None:
        return None
    return finding.kept_by_organ + sum(person.recovery or 0 for person in finding.persons)


def money_matters(finding: FindingResult) -> bool:
    """Whether money is at stake: something was ordered, or what is ordered could not be computed."""
    return liable(finding) and ordered_total(finding) != 0


def relief(result: CaseResult) -> list[Fraction]:
    """For each finding what nobody bears because a later version is lighter for somebody: each version
    divides the whole, the lines that apply may come to less."""
    versions = result.versions
    if versions is None:
        return [Fraction(0) for _ in result.findings]
    return [Fraction(sum(p.share or 0 for p in before.persons) - sum(p.share or 0 for p in now.persons))
            if any(p.rulebook is not None for p in now.persons) else Fraction(0)
            for before, now in zip(versions.older.findings, result.findings, strict=True)]


def percent_total(finding: FindingResult) -> int | None:
    """The shares together in hundredths of a percent; None where no share has a size."""
    sizes = [person.percent for person in finding.persons if person.percent is not None]
    return sum(sizes) if sizes else None


def percents(shares: Sequence[Fraction]) -> list[int]:
    """Shares in hundredths of a percent that add up: rounded down, and what is missing goes to the
    largest remainders, ties to the earlier."""
    exact = [share * 10_000 for share in shares]
    sizes = [int(size) for size in exact]
    missing = round(sum(exact)) - sum(sizes)
    for i in sorted(range(len(sizes)), key=lambda i: (sizes[i] - exact[i], i))[:missing]:
        sizes[i] += 1
    return sizes


def liable(finding: FindingResult) -> bool:
    return finding.decided and finding.outcome is Outcome.LIABLE
