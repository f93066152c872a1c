"""From an assessed case to the files of its papers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from hashlib import sha256
from typing import TYPE_CHECKING

from msgspec import Struct

from enforcecli.desk.examine import Examined
from enforcecli.documents.context import Paper, Refusal, papers
from enforcecli.documents.kinds import PaperKind
from enforcecli.documents.loader import Templates, templates_in
from enforcecli.documents.wording import render_text
from enforcecli.model.problem import Problem, problem
from enforcecli.model.roster import Office, Roster
from enforcecli.reading.workspace import Workspace
from enforcecli.text.write import folded, safe_stem

if TYPE_CHECKING:
    from enforcecli.documents.redact import Redaction

MARKDOWN, DOCX, PDF = "md", "docx", "pdf"
FORMATS = (MARKDOWN, DOCX, PDF)
CODE_WORD = "核验码"
_NO = frozenset({"否", "无", "no", "false", "不用"})
NO_DAY = date(1980, 1, 1)
"""The first day an archive can name."""
UNDECIDED = frozenset({"D116"})
"""Refusals that no entry of the case can cure: the finding itself cannot be decided."""


class Rendered(Struct, frozen=True):
    """One file. `name`: its stem. For a PDF `data` is the DOCX it is to be made from."""

    kind: PaperKind
    subject: str | None
    name: str
    format: str
    data: bytes


class _Subject(Struct, frozen=True):
    """The case a paper is made from, masked or not."""

    examined: Examined
    office: Office | None
    roster: Roster | None
    redaction: Redaction | None


def render(examined: Examined, workspace: Workspace, kinds: Sequence[PaperKind], persons: Sequence[str] = (),
           formats: Sequence[str] = (MARKDOWN, DOCX), public: bool = False,
           code: str = "") -> list[Rendered | Refusal]:
    """The papers of these kinds, in the order of the kinds; of these persons only, where some are
    named (ids, or words the case uses for them). A refusal for each that cannot be made. `code`: the
    核验码 printed at the foot of papers that are being sealed."""
    subject = _subject(examined, workspace, public)
    wanted = _wanted(examined, persons, subject.redaction)
    names: set[str] = set()
    made: list[Rendered | Refusal] = []
    for kind in kinds:
        for paper in papers(subject.examined, subject.office, subject.roster, kind):
            if wanted and not _concerns(paper, wanted):
                continue
            made.extend(_files(paper, subject, workspace, formats, names, code))
    return [_placed(one, examined) if isinstance(one, Refusal) else one for one in made]


def _subject(examined: Examined, workspace: Workspace, public: bool) -> _Subject:
    if not public or examined.case is None:
        return _Subject(examined, workspace.office, workspace.roster, None)
    from enforcecli.documents.redact import redacted

    masked = redacted(examined, workspace.roster)
    return _Subject(masked.examined, workspace.office, masked.roster, masked)


def _wanted(examined: Examined, persons: Sequence[str], redaction: Redaction | None) -> frozenset[str]:
    ids = examined.case.ids if examined.case is not None else {}
    found = (ids.get(word, word) for word in persons)
    return frozenset(redaction.person(one) if redaction is not None else one for one in found)


def _concerns(paper: Paper | Refusal, persons: frozenset[str]) -> bool:
    """Papers of the case as a whole, and letters to organs, are nobody's own."""
    return paper.kind.per == "person" and paper.subject in persons


def _files(paper: Paper | Refusal, subject: _Subject, workspace: Workspace, formats: Sequence[str],
           names: set[str], code: str) -> Iterator[Rendered | Refusal]:
    if isinstance(paper, Refusal):
        yield paper
        return
    templates = templates_in(workspace.files)
    text = _text(paper, subject, templates)
    if isinstance(text, Problem):
        yield Refusal(paper.kind, paper.subject, (text,))
        return
    name = _free(safe_stem(paper.name), names)
    data = {MARKDOWN: f"{text}{_foot(code)}".encode()}
    if {DOCX, PDF}.intersection(formats):
        shell = templates.shell(shell_of(paper.kind, subject.office))
        if isinstance(shell, Problem):
            yield Refusal(paper.kind, paper.subject, (shell,))
            return
        data[DOCX] = data[PDF] = _docx(text, paper, subject, shell, code)
    for form in formats:
        yield Rendered(paper.kind, paper.subject, name, form, data[form])


def _text(paper: Paper, subject: _Subject, templates: Templates) -> str | Problem:
    text = render_text(paper.kind.template, paper.context, templates)
    if isinstance(text, Problem) or subject.redaction is None:
        return text
    left = subject.redaction.left_in(text)
    return problem("D233", paper=paper.name, sort="、".join(left)).at(subject.examined.file, None) if left else text


def _docx(text: str, paper: Paper, subject: _Subject, shell: bytes, code: str) -> bytes:
    """The text in the shell of its kind. The day is the paper's own; the digest is the text's."""
    from enforcecli.documents.blocks import parse
    from enforcecli.documents.docx import Properties, to_docx
    from enforcecli.documents.fonts import Fonts

    office = subject.office
    digest = sha256(text.encode("utf-8")).hexdigest()
    properties = Properties(paper.kind.name, paper.context["机关"], paper_day(subject.examined), digest, code)
    fonts = Fonts.of(office.documents if office is not None else {})
    return to_docx(parse(text), shell, fonts, properties)


def _foot(code: str) -> str:
    return f"\n{CODE_WORD} {code}\n" if code else ""


def shell_of(kind: PaperKind, office: Office | None) -> str:
    """The look of the kind; an office that prints no red head (文书.红头: 否) has letters instead."""
    settings = office.documents if office is not None else {}
    head = settings.get("红头", settings.get("red_head"))
    return "letter" if kind.shell == "red" and str(head).casefold() in _NO else kind.shell


def paper_day(examined: Examined) -> date:
    """The day a file says it is of: of the decision, else of the conclusion, else of the last step
    taken, else of the act; never today."""
    case = examined.case
    assert case is not None
    act = case.act.reference_day if case.act is not None else None
    steps, end = case.procedure, case.conclusion
    known = (steps.decision, end, steps.deliberation, steps.notice, steps.investigation, steps.filing)
    return next((step.day for step in known if step is not None and step.day is not None), act or NO_DAY)


def _free(stem: str, names: set[str]) -> str:
    """The name, with a number behind it where another paper of the case has it."""
    name, count = stem, 1
    while folded(name) in names:
        count += 1
        name = f"{stem}-{count}"
    names.add(folded(name))
    return name


def _placed(refusal: Refusal, examined: Examined) -> Refusal:
    """Problems of the case with their places in its file."""
    if examined.case is None or all(p.file or p.level for p in refusal.problems):
        return refusal
    from enforcecli.reading.called import told
    from enforcecli.reading.case import shape_and_reader
    from enforcecli.reading.locate import placed
    from enforcecli.text.document import parse

    document = parse(examined.text.encode("utf-8"), examined.file)
    shape, ids = shape_and_reader(examined.book)[0], examined.case.ids
    return replace(refusal, problems=told(
        (p if p.file or not p.where else placed(p, document, shape, ids) for p in refusal.problems), document, shape))


def undecided(refusal: Refusal) -> bool:
    """Whether the paper waits for a question to be settled, not for an entry."""
    return any(p.code in UNDECIDED for p in refusal.problems)
