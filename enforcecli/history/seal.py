"""`enforce seal`: a decision bound to everything it was made from (docs/trail.md).

What is sealed is what is committed: the case, the roster, the settings, the book and the templates are read
from the commit the seal is put on, never from the working tree. People and their powers are taken from that
same state, so that no commit can empower itself. The seal is one commit that adds and changes nothing else.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from enforcecli.desk.examine import Examined, examine_in
from enforcecli.documents.compare import docx_text
from enforcecli.documents.context import Refusal
from enforcecli.documents.kinds import KINDS, PaperKind
from enforcecli.documents.render import DOCX, MARKDOWN, Rendered, render, shell_of
from enforcecli.history.clauses import clause
from enforcecli.history.engine import engine
from enforcecli.history.going_on import goes_on
from enforcecli.history.inputs import bound
from enforcecli.history.objects import Commit
from enforcecli.history.people import APPROVE, DRAFT, REVIEW, away, by_email, by_word, last_written, may
from enforcecli.history.record import (
    CONTINUED,
    CORRECTED,
    PAPERS,
    SCHEMA,
    Assessment,
    Output,
    Party,
    Record,
    Supersedes,
    message,
    tag_message,
    tag_of,
)
from enforcecli.history.repository import Repository
from enforcecli.history.seals import of_case, seals_in
from enforcecli.history.signing import configured_key, sign
from enforcecli.history.states import state_of
from enforcecli.history.unsaved import unsaved
from enforcecli.history.writing import Draft, Identity, identity, identity_line, publish, tag_body
from enforcecli.model.problem import Level, Problem, problem
from enforcecli.model.roster import Member, Roster
from enforcecli.output.results import digest
from enforcecli.problems import level
from enforcecli.reading.files import Recorded
from enforcecli.reading.workspace import Workspace
from enforcecli.text.write import safe_stem

SEALED = tuple(kind for kind in KINDS.values() if not kind.file_paper or kind.id in ("calculation", "service"))
"""The papers a seal is put on: what leaves the office, the calculation it rests on, and the receipt that whoever is
served signs: with the code on it, a witness in the addressee's own hand."""
DECIDING = frozenset({"decision", "no-pursuit", "compensation"})
"""Papers without which there is no decision to seal."""


class Order(Struct, frozen=True):
    """The command line: the case's path within its repository, and what was said about the seal."""

    inside: str
    reviewer: str | None = None
    supersede: bool = False
    reason: str = ""
    basis: str = ""
    sign: bool = True


class Plan(Struct, frozen=True):
    """A seal as it would be: the record, the files its commit adds, and the papers that could not be
    made."""

    record: Record
    files: dict[str, bytes]
    left_out: tuple[Refusal, ...]
    warnings: tuple[Problem, ...]


class Sealed(Struct, frozen=True):
    plan: Plan
    commit: Commit
    signed: bool


def seal(repository: Repository, root: Path, order: Order) -> Sealed | tuple[Problem, ...]:
    """Seals the case, or says why not. Tree and index are left to `history.placing`. Refused."""
    who = identity(repository, "COMMITTER")
    key = configured_key(repository) if order.sign else None
    last: Plan | tuple[Problem, ...] = ()

    def build(tip: str | None) -> Draft | None:
        nonlocal last
        last = prepare(repository, root, order, who, tip)
        if not isinstance(last, Plan):
            return None
        below = repository.inside(root)
        files = {f"{below}/{name}" if below else name: data for name, data in last.files.items()}
        tag = {f"refs/tags/{tag_of(last.record)}": partial(_tag, repository, last.record, key)}
        return Draft(files, message(last.record), tag, author=who)

    commit = publish(repository, build)
    return Sealed(last, commit, key is not None) if commit is not None and isinstance(last, Plan) else _against(last)


def _against(last: Plan | tuple[Problem, ...]) -> tuple[Problem, ...]:
    return () if isinstance(last, Plan) else last


def _tag(repository: Repository, record: Record, key: str | None, commit: str) -> bytes:
    body = tag_body(commit, tag_of(record), identity_line(repository), tag_message(record))
    return body + sign(body, key) if key is not None else body


# what would be sealed

def prepare(repository: Repository, root: Path, order: Order, who: Identity,
            tip: str | None) -> Plan | tuple[Problem, ...]:
    """The seal on top of a commit, or every reason against it."""
    if tip is None:
        return (problem("V-UNCOMMITTED", listed=order.inside),)
    state = state_of(repository, root, tip)
    if order.inside not in state.blobs:
        return (problem("V-UNCOMMITTED", listed=order.inside),)
    workspace = Workspace.of(state)
    ground = _Ground(repository, root, tip, state, workspace, examine_in(workspace, order.inside))
    against = list(unfit(ground.examined))
    if against:
        return tuple(against)
    dirty = unsaved(repository, root, state, [order.inside])
    if dirty:
        return (problem("V-UNCOMMITTED", listed="、".join(dirty)),)
    earlier = _earlier(ground)
    supersedes = _supersedes(earlier, ground, order)
    if isinstance(supersedes, list) and [p.code for p in supersedes] == ["V-SEALED"]:
        return tuple(supersedes)  # whoever asks: nothing is left to do
    people = _people(ground, order, who)
    made = _made(ground)
    if isinstance(earlier, list) or isinstance(supersedes, list) or isinstance(people, list) or isinstance(made, list):
        return tuple(p for found in (earlier, supersedes, people, made) if isinstance(found, list) for p in found)
    return _plan(ground, earlier, supersedes, people, made)


class _Ground(Struct, frozen=True):
    """What a seal is put on: a commit, the state it keeps, and the case in it."""

    repository: Repository
    root: Path
    tip: str
    state: Recorded
    workspace: Workspace
    examined: Examined


def _plan(ground: _Ground, earlier: _Earlier, supersedes: Supersedes | None, people: _People,
          made: _Made) -> Plan | tuple[Problem, ...]:
    examined, workspace, repository = ground.examined, ground.workspace, ground.repository
    case, result = examined.case, examined.result
    assert case is not None and result is not None
    inputs = bound(repository, ground.state, workspace, examined, [kind.template for kind in made.kinds],
                   [shell_of(kind, workspace.office) for kind in made.kinds])
    kept = [ground.state.blobs.get(one.path) for one in inputs.inputs]
    if any(blob is not None and blob.id != one.blob for blob, one in zip(kept, inputs.inputs, strict=True)):
        return (problem("V-BADCHAIN"),)  # somebody put other bytes where those of the program are kept
    # What came with the program is nobody's to edit; another seal may just now be putting it in place.
    dirty = unsaved(repository, ground.root, ground.state, [one.path for one in inputs.inputs if one.path == one.name])
    if dirty:
        return (problem("V-UNCOMMITTED", listed="、".join(dirty)),)
    record = Record(
        SCHEMA, earlier.next_seq, earlier.prev, str(case.number), (), ground.tip, repository.format, inputs.inputs,
        Assessment(digest(result)), (), engine(), people.drafter, people.reviewer, people.approver, "", "", (), supersedes)
    record = replace(record, **stated(examined))
    papers = [p for p in render(examined, workspace, made.kinds, formats=(MARKDOWN, DOCX), code=record.code)
              if isinstance(p, Rendered)]
    folder = f"{PAPERS}/{safe_stem(record.case_id)}/封存-{record.seq:06d}"
    outputs = {f"{folder}/{paper.name}.{paper.format}": paper for paper in papers}
    record = replace(record, outputs=tuple(_output(path, outputs[path], record.code) for path in sorted(outputs)))
    files = {**inputs.added, **{path: paper.data for path, paper in outputs.items()}, record.path: record.data()}
    return Plan(record, files, made.left_out, people.warnings)


def stated(examined: Examined) -> dict[str, Any]:
    """What a record says of its case: numbers and day of the decision, the first day it was served, the
    warnings that were open."""
    case = examined.case
    assert case is not None
    decision, end = case.procedure.decision, case.conclusion
    decided = decision.day if decision is not None and decision.day is not None else end.day if end is not None else None
    served = [one.day for one in case.procedure.service.values() if one.day is not None]
    return {
        "decision_no": tuple(sorted(set(decision.documents.values()))) if decision is not None else (),
        "decided_on": decided.isoformat() if decided is not None else "",
        "effective_on": min(served).isoformat() if served else "",
        "waivers": tuple(sorted({p.code for p in examined.problems if level(p) is Level.WARNING})),
    }


def _output(path: str, paper: Rendered, code: str) -> Output:
    return Output(paper.format, path, sha256(paper.data).hexdigest(), words_digest(paper.format, paper.data, code))


def words_digest(form: str, data: bytes, code: str) -> str:
    """sha256 of a paper's words: of a Markdown paper without the line of the code, of a DOCX the
    paragraphs of text."""
    if form == MARKDOWN:
        foot = f"\n核验码 {code}\n".encode()
        return sha256(data.removesuffix(foot)).hexdigest()
    return sha256("\n".join(docx_text(data) or []).encode("utf-8", "surrogatepass")).hexdigest()


# may it be sealed

def unfit(examined: Examined) -> Iterator[Problem]:
    """Why there is no decision to seal."""
    case, result = examined.case, examined.result
    if case is None or result is None or examined.unreadable or not case.number:
        yield problem("V-ERRORS", case=examined.file, count=max(1, _errors(examined)))
        return
    if _errors(examined):
        yield problem("V-ERRORS", case=case.number, count=_errors(examined))
    ended = case.conclusion is not None and case.conclusion.day is not None
    if not ended and any(not finding.decided for finding in result.findings):
        yield problem("V-UNDECIDED", case=case.number)
    decision = case.procedure.decision
    if not ended and (decision is None or decision.day is None):
        yield problem("V-STAGE", case=case.number, stage=case.stage)


def _errors(examined: Examined) -> int:
    return sum(level(p) is Level.ERROR for p in examined.problems)


class _Earlier(Struct, frozen=True):
    """What was sealed before: the place in the chain, and the last seal of this case."""

    next_seq: int
    prev: str
    of_case: Record | None


def _earlier(ground: _Ground) -> _Earlier | list[Problem]:
    seals, case = seals_in(ground.state), ground.examined.case
    assert case is not None
    if any(seal.record is None or seal.record.seq != seal.seq for seal in seals) \
            or [seal.seq for seal in seals] != list(range(1, len(seals) + 1)):
        return [problem("V-BADCHAIN")]
    prev = sha256(seals[-1].data).hexdigest() if seals else ""
    return _Earlier(len(seals) + 1, prev, next(iter(of_case(seals, str(case.number))[::-1]), None))


def _supersedes(earlier: _Earlier | list[Problem], ground: _Ground, order: Order) -> Supersedes | list[Problem] | None:
    """How this seal stands to the last one of the case."""
    before = earlier.of_case if isinstance(earlier, _Earlier) else None
    if before is None:
        return [problem("V-NOTHING")] if order.supersede else None
    file, case = before.case_file, ground.examined.case
    if file is not None and case is not None and file.sha256 == case.sha256:
        return [problem("V-SEALED", case=before.case_id, seq=before.seq, mark=before.code)]
    if goes_on(ground.repository, ground.root, before, ground.examined):
        return Supersedes(before.seq, CONTINUED, order.reason, order.basis)
    if not order.supersede or not order.reason or not order.basis:
        changed = problem("V-CHANGED", case=before.case_id, seq=before.seq)
        return [replace(changed, cite=clause(ground.examined.book, in_force=bool(before.effective_on)))]
    return Supersedes(before.seq, CORRECTED, order.reason, order.basis)


# who

class _People(Struct, frozen=True):
    drafter: Party
    reviewer: Party | None
    approver: Party
    warnings: tuple[Problem, ...] = ()


def _people(ground: _Ground, order: Order, who: Identity) -> _People | list[Problem]:
    below, roster = ground.repository.inside(ground.root), ground.workspace.roster
    written = last_written(ground.repository, f"{below}/{order.inside}" if below else order.inside, ground.tip)
    if roster is None or written is None:
        return [problem("V-NOROSTER")]
    drafter, approver = by_email(roster, written.author.email), by_email(roster, who.email)
    reviewer = by_word(roster, order.reviewer) if order.reviewer is not None else None
    found = [
        *_known(drafter, written.author.name, written.author.email, DRAFT, roster),
        *_known(approver, who.name, who.email, APPROVE, roster),
        *([problem("V-REVIEWER", person=order.reviewer)] if order.reviewer is not None and reviewer is None else []),
        *(_entitled(reviewer, REVIEW, roster) if reviewer is not None else []),
        *(problem("V-AWAY", person=one.id, what=what, day=who.day) for one, what in ((reviewer, REVIEW), (approver, APPROVE))
          if one is not None and away(one, who.day)),
    ]
    if drafter is not None and approver is not None and drafter.id == approver.id:
        found.append(problem("V-4EYES", file=order.inside, person=approver.id))
    if reviewer is not None and reviewer in (drafter, approver):
        found.append(problem("V-SAMEREVIEWER", person=reviewer.id))
    if found or drafter is None or approver is None:
        return found
    committed = by_email(roster, written.committer.email)
    warnings = [problem("V-WHO-COMMITTER", file=order.inside, drafter=drafter.id, committer=approver.id)] \
        if committed is not None and committed.id == approver.id else []
    return _People(
        Party(drafter.id, written.author.name, written.author.email),
        Party(reviewer.id, reviewer.name, next(iter(reviewer.emails), "")) if reviewer is not None else None,
        Party(approver.id, who.name, who.email), tuple(warnings))


def _known(member: Member | None, name: str, email: str, what: str, roster: Roster) -> list[Problem]:
    if member is None:
        return [problem("V-UNKNOWN", name=name, email=email, what=what)]
    return _entitled(member, what, roster)


def _entitled(member: Member, what: str, roster: Roster) -> list[Problem]:
    return [] if may(roster, member, what) else [problem("V-NOTENTITLED", person=member.id, what=what)]


# the papers

class _Made(Struct, frozen=True):
    kinds: tuple[PaperKind, ...]
    left_out: tuple[Refusal, ...]


def _made(ground: _Ground) -> _Made | list[Problem]:
    """The kinds of paper the case gives; the problems of a decision that is not fit to sign."""
    from enforcecli.documents.context import papers

    kinds: list[PaperKind] = []
    refused: list[Refusal] = []
    for kind in SEALED:
        found = papers(ground.examined, ground.workspace.office, ground.workspace.roster, kind)
        kinds += [kind] if any(not isinstance(p, Refusal) for p in found) else []
        refused += [p for p in found if isinstance(p, Refusal) and not p.idle]
    wrong = [p for refusal in refused if refusal.kind.id in DECIDING for p in refusal.problems]
    if all(kind.file_paper for kind in kinds):
        wrong.append(problem("V-NOPAPER"))
    if wrong:
        return [p.at(p.file or ground.examined.file, p.span) for p in dict.fromkeys(wrong)]
    return _Made(tuple(kinds), tuple(refused))
