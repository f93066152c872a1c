"""What a paper cannot do without: the elements absent from the case, as problems placed where
they should stand. The tables of kinds.py say which paper asks for which."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from enforcecli.checks.stages import waived
from enforcecli.documents.source import Source
from enforcecli.model.case import Finding, Involved
from enforcecli.model.problem import Path, Problem, problem
from enforcecli.model.result import Can, Outcome, PersonResult
from enforcecli.model.roster import Member
from enforcecli.model.rulebook import AT_FAULT, FAULT, OPEN, DegreeKind

Element = Callable[[Source, str | None], Iterator[Problem]]
"""Of the case, or of the person the paper is for."""

FACTORS = (("原因", "cause"), ("性质", "nature"), ("后果", "consequence"))
"""Three of the four factors that a choice of methods rests on; the fourth is the person's own."""
ATTITUDE = "认错态度"


def missing(source: Source, required: tuple[str, ...], subject: str | None) -> tuple[Problem, ...]:
    """Everything the elements miss, each problem once."""
    found = (p for name in required for p in ELEMENTS[name](source, subject))
    return tuple(dict.fromkeys(found))


def _findings(source: Source, subject: str | None) -> Iterator[tuple[int, Finding, Involved | None]]:
    """The findings a paper speaks of: those that list the person; all of them for the case."""
    for i, finding, _ in source.pairs():
        one = next((p for p in finding.involved if p.person == subject), None)
        if subject is None or one is not None:
            yield i, finding, one


def unit_to_sign(source: Source, subject: str | None) -> Iterator[Problem]:
    if not source.organ:
        yield problem("D101", ("procedure", "decision", "organ"))


def number(source: Source, subject: str | None) -> Iterator[Problem]:
    if subject is not None and not source.number(subject):
        yield problem("D102", ("procedure", "decision", "documents"), person=source.name(subject))


def identity(source: Source, subject: str | None) -> Iterator[Problem]:
    if subject is None or source.is_unit(subject):
        return
    member = source.member(subject)
    wanting = [name for name, word in (
        ("单位", member.unit or member.leadership or member.staff_unit), ("职务", member.title or member.post),
        ("人员类别", member.personnel)) if not word]  # fmt: skip
    if wanting:
        yield problem("D103", ("people", subject) if subject in source.case.people else (),
                      person=_called(source, member), wanting="、".join(wanting))  # fmt: skip


def _called(source: Source, member: Member) -> str:
    return member.name if member.name == member.id else f"{member.name}（{member.id}）"


def facts(source: Source, subject: str | None) -> Iterator[Problem]:
    for i, finding, _ in _findings(source, subject):
        if not finding.text:
            yield problem("D104", ("findings", i, "text"), number=i + 1)


def evidence(source: Source, subject: str | None) -> Iterator[Problem]:
    for i, finding, _ in _findings(source, subject):
        if not finding.evidence:
            yield problem("D105", ("findings", i, "evidence"), number=i + 1)


def faults(source: Source, subject: str | None) -> Iterator[Problem]:
    for i, finding, _ in _findings(source, subject):
        if not finding.faults:
            yield problem("D106", ("findings", i, "faults"), number=i + 1)


def grade(source: Source, subject: str | None) -> Iterator[Problem]:
    """A grade with its clause: nothing is decided that “cannot decide” leaves open."""
    for i in source.undecided(subject):
        undecided = source.result.findings[i].undecided
        assert undecided is not None
        yield problem("D116", ("findings", i), number=i + 1, question=undecided.question)
    if subject is not None and not source.undecided(subject) and not source.bears(subject):
        yield problem("D107", ("findings",), person=source.name(subject))


def factors(source: Source, subject: str | None) -> Iterator[Problem]:
    for i, finding, one in _findings(source, subject):
        if subject is not None and not _bears_in(source, i, subject):
            continue
        consequence = finding.consequence
        stated = (finding.cause, finding.nature, consequence and (consequence.gravity or consequence.words))
        for (name, key), value in zip(FACTORS, stated, strict=True):
            if not value:
                yield problem("D108", ("findings", i, key), number=i + 1, factor=name)
        if one is not None and not one.is_unit and _own_fault(one) and _asked(source, one) \
                and one.facts.get(ATTITUDE, OPEN) == OPEN:  # fmt: skip
            place: Path = ("findings", i, "involved", finding.involved.index(one))
            yield problem("D108", place, number=i + 1, factor=f"{source.name(subject)}的{ATTITUDE}")


def _bears_in(source: Source, index: int, person: str) -> bool:
    found = source.result.findings[index]
    return found.outcome is not Outcome.LIABLE or any(
        p.person == person and _counts(source, p) for p in found.persons)  # fmt: skip


def _counts(source: Source, line: PersonResult) -> bool:
    book = source.book
    return book is not None and any(
        g not in book.degrees or book.degrees[g].kind is not DegreeKind.NONE for g in line.grades)


def _own_fault(one: Involved) -> bool:
    stated = one.facts.get(FAULT)
    return stated == AT_FAULT or (isinstance(stated, Mapping) and AT_FAULT in stated.values())


def _asked(source: Source, one: Involved) -> bool:
    """Whether the book asks for the attitude of whoever has these roles."""
    fact = source.book.person_facts.get(ATTITUDE) if source.book is not None else None
    return fact is not None and (fact.roles is None or not fact.roles.isdisjoint(one.roles))


def methods(source: Source, subject: str | None) -> Iterator[Problem]:
    """At least one that the office may decide or propose, and its term where it needs one."""
    if subject is None or not source.bears(subject):
        return
    able = [pair for pair in source.choices(subject) if pair[1].can is not Can.NOT_APPLICABLE]
    if not able:
        yield problem("D109", ("dispositions",), person=source.name(subject))
    for choice, _ in able:
        method = source.book.methods.get(choice.method) if source.book is not None else None
        if method is not None and "期限" in method.needs and choice.term is None:
            yield problem("D110", ("dispositions", subject), person=source.name(subject), method=method.name)


def imposed(source: Source, subject: str | None) -> Iterator[Problem]:
    """A decision decides something of the office's own."""
    if subject is not None and source.can(subject, Can.REFER) and not source.can(subject, Can.IMPOSE):
        yield problem("D119", ("dispositions", subject), person=source.name(subject))


def heard(source: Source, subject: str | None) -> Iterator[Problem]:
    """How the defence was heard and answered; giving it up is an answer."""
    if subject is None:
        return
    notice = source.case.procedure.notice
    said = _said(source, subject)
    if not said:
        yield problem("D111", ("procedure", "notice", "defences"), person=source.name(subject))
    elif notice is not None and not waived(said) and not source.of_person(notice.replies, subject):
        yield problem("D112", ("procedure", "notice", "replies"), person=source.name(subject))


def _said(source: Source, subject: str) -> str:
    notice = source.case.procedure.notice
    return (source.of_person(notice.defences, subject) or "").strip() if notice is not None else ""


def remedies(source: Source, subject: str | None) -> Iterator[Problem]:
    """A remedy that is named needs its words, and the office's own its organ, term and basis."""
    if subject is None:
        return
    named = dict.fromkeys(a.remedy for _, a in source.can(subject, Can.IMPOSE) if a.remedy is not None)
    for name in named:
        found = source.book.remedies.get(name) if source.book is not None else None
        own = source.office.reviews.get(name) if source.office is not None else None
        wanting = [] if found is not None and found.text else ["文字"]
        if own is not None:
            wanting += [w for w, value in (("机关", own.organ), ("期限", own.limit), ("依据", own.basis)) if not value]
        if wanting:
            yield problem("D113", ("dispositions", subject), remedy=name, wanting="、".join(wanting))


def proposals(source: Source, subject: str | None) -> Iterator[Problem]:
    """A proposal goes to somebody."""
    if subject is None:
        return
    for choice, answer in source.can(subject, Can.REFER):
        if answer.to is None:
            method = source.book.methods.get(choice.method) if source.book is not None else None
            name = choice.name or (method.name if method is not None else choice.method)
            yield problem("D115", ("dispositions", subject), person=source.name(subject), method=name,
                          reason=answer.reason)  # fmt: skip


def decision_day(source: Source, subject: str | None) -> Iterator[Problem]:
    decision = source.case.procedure.decision
    if decision is None or decision.day is None:
        yield problem("D114", ("procedure", "decision", "day"))


def investigators(source: Source, subject: str | None) -> Iterator[Problem]:
    inquiry = source.case.procedure.investigation
    if inquiry is None or len(set(inquiry.investigators)) < 2:
        yield _wanting(("procedure", "investigation", "investigators"), "两名以上调查人员")


def limit(source: Source, subject: str | None) -> Iterator[Problem]:
    notice = source.case.procedure.notice
    if notice is None or notice.limit is None:
        yield _wanting(("procedure", "notice", "limit"), "陈述申辩的期限")


def conclusion(source: Source, subject: str | None) -> Iterator[Problem]:
    end = source.case.conclusion
    if end is None or not end.reason:
        yield _wanting(("conclusion", "reason"), "结论的理由")
    if end is None or end.day is None:
        yield _wanting(("conclusion", "day"), "结论的日期")


def compensation(source: Source, subject: str | None) -> Iterator[Problem]:
    paid = source.case.compensation
    if paid is None:
        return
    for name, key, value in (("赔偿依据的文书", "document", paid.document), ("支付赔偿的日期", "paid_on", paid.paid_on)):
        if not value:
            yield _wanting(("compensation", key), name)


def appeal(source: Source, subject: str | None) -> Iterator[Problem]:
    for k, one in enumerate(source.case.appeals):
        if one.person is None or source.id_of(one.person) != subject:
            continue
        for name, key, value in (("提出复核的日期", "filed_on", one.filed_on), ("复核结论", "result", one.result),
                                 ("复核决定的日期", "day", one.day)):  # fmt: skip
            if not value:
                yield _wanting(("appeals", k, key), name)


def addressee(source: Source, subject: str | None) -> Iterator[Problem]:
    if not subject:
        yield _wanting(("referrals",), "移送的对象")


def _wanting(where: Path, element: str) -> Problem:
    return problem("D118", where, element=element)


ELEMENTS: Mapping[str, Element] = {
    "unit-to-sign": unit_to_sign, "number": number, "identity": identity, "facts": facts, "evidence": evidence,
    "faults": faults, "grade": grade, "factors": factors, "methods": methods, "imposed": imposed, "heard": heard,
    "remedies": remedies, "proposals": proposals, "decision-day": decision_day, "investigators": investigators,
    "limit": limit, "conclusion": conclusion, "compensation": compensation, "appeal": appeal,
    "addressee": addressee,
}  # fmt: skip
