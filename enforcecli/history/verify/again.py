"""Every decision made again from the bytes its record names, and held against what was sealed: the answer, what
the record says of the case, and every paper.

The same program must come to the same. Another one may differ for good reasons; that is told, and is no
accusation.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from hashlib import sha256

from msgspec.structs import replace

from enforcecli.desk.examine import Examined
from enforcecli.documents.freeze import members
from enforcecli.documents.kinds import KINDS
from enforcecli.documents.render import DOCX, MARKDOWN, Rendered, render
from enforcecli.history.engine import engine
from enforcecli.history.record import Output, Record
from enforcecli.history.seal import SEALED, stated, unfit
from enforcecli.history.verify.altered import item
from enforcecli.history.verify.sharing import shared
from enforcecli.history.verify.trail import Trail, told
from enforcecli.model.problem import Problem
from enforcecli.output.results import digest


def check(trail: Trail) -> Iterator[Problem]:
    for found in shared(partial(_of, trail), trail.records, trail.repository.forked):
        yield from found


def _of(trail: Trail, record: Record) -> list[Problem]:
    return list(_made_again(trail, record))


def _made_again(trail: Trail, record: Record) -> Iterator[Problem]:
    examined = trail.remaking.examined(record)
    if examined is None or examined.result is None or examined.case is None:
        yield told("V-REPRO-NONE", record.path)
    elif examined.case.number != record.case_id:
        yield told("V-REPRO-STATED", record.path, case=record.case_id, key="case_id")
    elif digest(examined.result) != record.assessment.sha256:
        yield _differs(trail, record, "V-REPRO", record.path)
    else:
        found = [*_stated(record, examined), *_papers(trail, record, examined)]
        # Whoever forges a seal would name a program nobody has: what differs is told for those too, if once.
        yield from found if record.engine == engine() or not found else [_differs(trail, record, "V-REPRO", record.path)]


def _differs(trail: Trail, record: Record, code: str, file: str) -> Problem:
    made, now = record.engine, engine()
    if made != now:
        return told("V-ENGINE", file, then=made.shown, now=now.shown)
    return replace(told(code, file, case=record.case_id), cite=item(trail, record))


def _stated(record: Record, examined: Examined) -> Iterator[Problem]:
    """What the record says of the case is what the case says, and it was fit to be sealed."""
    for key, value in stated(examined).items():
        if getattr(record, key) != value:
            yield told("V-REPRO-STATED", record.path, case=record.case_id, key=key)
    if any(True for _against in unfit(examined)):
        yield told("V-UNFIT", record.path, case=record.case_id)


def _papers(trail: Trail, record: Record, examined: Examined) -> Iterator[Problem]:
    """The papers word by word. Archives are compared by what they hold: another machine packs it into other
    bytes."""
    workspace = trail.remaking.with_files(record)
    named = [one.path.rsplit("/", 1)[-1] for one in record.outputs]
    # A seal of this program has a paper of every kind that is sealed; another version may have sealed other kinds.
    kinds = SEALED if record.engine == engine() else tuple(
        kind for kind in KINDS.values() if any(name.startswith(kind.name) for name in named))
    made = {f"{one.name}.{one.format}": one.data for one in render(
        examined, workspace, kinds, formats=(MARKDOWN, DOCX), code=record.code) if isinstance(one, Rendered)}
    for one, name in zip(record.outputs, named, strict=True):
        if name not in made or not _same(trail, one, made[name]):
            yield _differs(trail, record, "V-REPRO-PAPER", one.path)
    lacking = sorted(set(made) - set(named))
    if lacking:
        yield told("V-REPRO-LACKS", record.path, case=record.case_id, paper=lacking[0])


def _same(trail: Trail, one: Output, made: bytes) -> bool:
    """Whether the sealed paper says what was made. One that is not there any more is told of elsewhere."""
    if sha256(made).hexdigest() == one.sha256:
        return True
    blob = trail.state.blobs.get(one.path)
    if one.role != DOCX or blob is None:
        return blob is None
    there = members(trail.repository.blob(blob.id))
    return there is not None and there == members(made)
