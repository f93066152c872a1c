"""Every decision made again from the bytes its record names, and held against what was sealed.

The same program must give the same answer and the same words. Another one may differ for good reasons; that
is told, and is no accusation.
"""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256

from msgspec.structs import replace

from enforcecli.desk.examine import Examined
from enforcecli.documents.kinds import KINDS
from enforcecli.documents.render import MARKDOWN, Rendered, render
from enforcecli.history.engine import engine
from enforcecli.history.record import Record
from enforcecli.history.verify.altered import item
from enforcecli.history.verify.trail import Trail, told
from enforcecli.model.problem import Problem
from enforcecli.output.results import digest


def check(trail: Trail) -> Iterator[Problem]:
    for record in trail.records:
        examined = trail.remaking.examined(record)
        if examined is None or examined.result is None or examined.case is None:
            yield told("V-REPRO-NONE", record.path)
            continue
        if digest(examined.result) != record.assessment.sha256:
            yield _differs(trail, record, "V-REPRO", record.path)
        elif record.engine == engine():
            yield from _papers(trail, record, examined)


def _differs(trail: Trail, record: Record, code: str, file: str) -> Problem:
    made, now = record.engine, engine()
    if made != now:
        return told("V-ENGINE", file, then=_named(made.version, made.code_sha256), now=_named(now.version, now.code_sha256))
    return replace(told(code, file, case=record.case_id), cite=item(trail, record))


def _named(version: str, code: str) -> str:
    return f"{version}（{code[:8]}）"


def _papers(trail: Trail, record: Record, examined: Examined) -> Iterator[Problem]:
    """The Markdown papers word by word: they come before the look, and take little time."""
    workspace = trail.remaking.with_files(record)
    kinds = [kind for kind in KINDS.values() if any(one.path.rsplit("/", 1)[-1].startswith(kind.name) for one in record.outputs)]
    made = {f"{one.name}.{one.format}": sha256(one.data).hexdigest()
            for one in render(examined, workspace, kinds, formats=(MARKDOWN,), code=record.code) if isinstance(one, Rendered)}
    for one in record.outputs:
        if one.role == MARKDOWN and made.get(one.path.rsplit("/", 1)[-1]) != one.sha256:
            yield _differs(trail, record, "V-REPRO-PAPER", one.path)
