"""An alteration in the terms of the field: what it changes, whether the decision was in force, and which
item of the measure's own catalogue it falls under."""

from __future__ import annotations

import re

from msgspec.structs import replace

from enforcecli.history.compare import compared, side_of
from enforcecli.history.objects import Commit
from enforcecli.history.record import Record
from enforcecli.history.verify.trail import Trail, told
from enforcecli.model.problem import Problem
from enforcecli.model.rulebook import Rulebook
from enforcecli.output.history_words import sentences
from enforcecli.reading.files import Blob

MOST = 4
"""Differences told of one alteration; `enforce diff` lists them all."""
_IN_FORCE = re.compile(r"擅自(?:变更|改变|撤销).*决定")
_FILES = re.compile(r"(?:隐匿|隐瞒|涂改|更改|篡改|伪造|销毁).*(?:案卷|文书|证据|材料)")


def altered(trail: Trail, code: str, file: str, record: Record, commit: Commit | None,
            blob: Blob | None = None) -> Problem:
    """The problem `code`: a sealed file no longer says what was sealed. `blob`: what the case's file says
    instead."""
    what = "；".join(_differences(trail, record, blob)) if blob is not None else ""
    found = told(code, file, commit, case=record.case_id, seq=record.seq, what=what or file)
    return replace(found, cite=item(trail, record))


def item(trail: Trail, record: Record) -> str | None:
    """The clause of the catalogue that altering this decision falls under, in the words of the book it was
    made by; None where the book has no such item."""
    book = _book(trail, record)
    if book is None:
        return None
    wanted = _IN_FORCE if record.effective_on else _FILES
    return next((fault.cite for fault in book.faults.values() if wanted.search(fault.words.text or "")), None)


def _book(trail: Trail, record: Record) -> Rulebook | None:
    return next(iter(trail.remaking.workspace(record).library.books()), None)


def _differences(trail: Trail, record: Record, blob: Blob) -> list[str]:
    file = record.case_file
    if file is None:
        return []
    workspaces = (trail.remaking.with_files(record), trail.remaking.with_case(record, blob))
    return sentences(compared(*(side_of(workspace, file.name) for workspace in workspaces)), MOST)
