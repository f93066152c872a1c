"""岗位责任书: what one person answers for, by the measure and the roster, to be signed. The only paper that
needs no case. Clauses are the measure's own words; nothing of it is worded here."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from hashlib import sha256
from typing import Any

from msgspec import Struct

from enforcecli.documents.kinds import STATEMENT
from enforcecli.documents.loader import templates_in
from enforcecli.documents.phrases import BLANK, DATE_BLANK, day, listed, sentence
from enforcecli.documents.render import DOCX, MARKDOWN, NO_DAY, PDF, Rendered, shell_of
from enforcecli.documents.wording import render_text
from enforcecli.model.chain import HEAD, IN_CHARGE, STAFF, Position
from enforcecli.model.problem import Problem
from enforcecli.model.roster import Credential, Roster
from enforcecli.model.rulebook import Rulebook
from enforcecli.reading.workspace import Workspace
from enforcecli.rules.chain import duties_of, general_of, position
from enforcecli.text.write import safe_stem

Data = dict[str, Any]
PRINCIPLE = "谁主管谁负责"


class Subject(Struct, frozen=True):
    """The repository a statement is made from, and its day (None: as the roster stands)."""

    workspace: Workspace
    roster: Roster
    book: Rulebook
    day: date | None


def statement(subject: Subject, person: str, formats: Sequence[str]) -> Iterator[Rendered | Problem]:
    """The files of one person's statement; a problem where a template or a shell is at fault. The person
    must be in service on the day."""
    held = position(subject.roster, person, subject.day)
    assert held is not None
    context = context_of(subject, held)
    templates = templates_in(subject.workspace.files)
    text = render_text(STATEMENT.template, context, templates)
    if isinstance(text, Problem):
        yield text
        return
    data = {MARKDOWN: text.encode()}
    if {DOCX, PDF}.intersection(formats):
        shell = templates.shell(shell_of(STATEMENT, subject.workspace.office))
        if isinstance(shell, Problem):
            yield shell
            return
        data[DOCX] = data[PDF] = _docx(text, subject, context, shell)
    name = safe_stem(f"{STATEMENT.name}-{person}")
    yield from (Rendered(STATEMENT, person, name, form, data[form]) for form in formats)


def _docx(text: str, subject: Subject, context: Data, shell: bytes) -> bytes:
    from enforcecli.documents.blocks import parse
    from enforcecli.documents.docx import Properties, to_docx
    from enforcecli.documents.fonts import Fonts

    office = subject.workspace.office
    properties = Properties(STATEMENT.name, context["机关"], subject.day or NO_DAY, sha256(text.encode()).hexdigest())
    return to_docx(parse(text), shell, Fonts.of(office.documents if office is not None else {}), properties)


def context_of(subject: Subject, held: Position) -> Data:
    """What the template may speak of (kinds.STATEMENT)."""
    book, office = subject.book, subject.workspace.office
    member = held.member
    return {
        "文种": STATEMENT.name,
        "机关": (office.organ or "") if office is not None else "",
        "办法": {"名称": book.title, "制定机关": book.issuer, "编号": book.id},
        "日期": day(subject.day),
        "空白": BLANK,
        "日期空白": DATE_BLANK,
        "人": {"姓名": member.name, "编号": member.id, "单位": member.unit or "", "岗位": member.post or "",
              "职务": member.title or "", "人员类别": member.personnel or "", "执法证": _credential(member.credential)},
        "身份": _offices(book, held),
        "上级": [{"身份": office, "姓名": _name(subject.roster, who)} for office, who in _each_once(held)],
        "目标": list(_objectives(subject.roster, held)),
        "职责": [{"代码": d.code, "条款": d.words.cite or "", "条文": sentence(d.words.text)}
               for d in duties_of(subject.roster, book, held)],
        "原则": [{"条款": gap.cite, "条文": sentence(gap.text)} for gap in book.not_modelled if PRINCIPLE in (gap.text or "")],
        "追究": {"条款": "、".join(dict.fromkeys(m.words.cite for m in book.methods.values() if m.words.cite))},
    }  # fmt: skip


def _credential(card: Credential | None) -> str:
    if card is None:
        return ""
    until = f"有效期至{day(card.until)}" if card.until is not None else ""
    more = "，".join(word for word in (card.issuer, until) if word)
    return f"{card.number or ''}（{more}）" if more else card.number or ""


def _offices(book: Rulebook, held: Position) -> list[Data]:
    """Each office once, with the units it is held in and the sentence that lays responsibility on it."""
    general = {d.role: d for d in general_of(book, held)}
    found = []
    for role in held.roles:
        duty = general.get(role)
        units = [one.unit for one in held.offices if one.office == role and one.unit is not None]
        found.append({"名称": role, "范围": listed(units), "条款": (duty.words.cite or "") if duty is not None else "",
                      "条文": sentence(duty.words.text) if duty is not None else ""})
    return found


def _each_once(held: Position) -> list[tuple[str, str]]:
    """A leader who is also the first person responsible signs once, as both."""
    offices: dict[str, list[str]] = {}
    for office, who in held.above:
        offices.setdefault(who, []).append(office)
    return [("兼".join(dict.fromkeys(several)), who) for who, several in offices.items()]


def _name(roster: Roster, who: str) -> str:
    member = roster.people.get(who)
    return member.name if member is not None else who


def _objectives(roster: Roster, held: Position) -> Iterator[Data]:
    """Those of the post, then of the unit: the own one, and for heads and leaders the units they answer for."""
    post = roster.posts.get(held.member.post or "")
    for text in post.objectives if post is not None else ():
        yield {"归属": held.member.post, "内容": sentence(text)}
    units = [one.unit for one in held.offices if one.office in (HEAD, IN_CHARGE)] or [
        held.member.unit if STAFF in held.roles else None]
    for name in dict.fromkeys(units):
        for text in roster.units[name].objectives if name is not None and name in roster.units else ():
            yield {"归属": name, "内容": sentence(text)}
