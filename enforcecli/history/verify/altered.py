"""An alteration in the terms of the field: what it changes, whether the decision was in force, and which
item of the measure's own catalogue it falls under."""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace

from enforcecli.history.clauses import clause
from enforcecli.history.compare import compared, side_of
from enforcecli.history.objects import Commit
from enforcecli.history.record import Record
from enforcecli.history.verify.trail import Trail, told
from enforcecli.model.problem import Problem
from enforcecli.output.history_words import sentences
from enforcecli.reading.files import Blob

MOST = 4
"""Differences told of one alteration; `enforce diff` lists them all."""


def altered(trail: Trail, code: str, file: str, record: Record, commit: Commit | None,
            blob: Blob | None = None) -> Problem:
    """The problem `code`: a sealed file no longer says what was sealed. `blob`: what the case's file says
    instead."""
    what = _differences(trail, record, blob) if blob is not None else ""
    found = told(code, file, commit, case=record.case_id, seq=record.seq, what=what or file)
    return replace(found, cite=item(trail, record))


def item(trail: Trail, record: Record) -> str | None:
    """The clause of the catalogue that altering this decision falls under, in the words of the book it was
    made by; None where the book has no such item."""
    return clause(trail.book_of(record), in_force=bool(record.effective_on))


def of_files(trail: Trail, code: str, file: str, commit: Commit | None = None, **args: Any) -> Problem:
    """The problem `code`: the files of the trail were tampered with, whichever decision they belong to."""
    return told(code, file, commit, cite=clause(trail.book, in_force=False), **args)


def _differences(trail: Trail, record: Record, blob: Blob) -> str:
    file = record.case_file
    if file is None:
        return ""
    workspaces = (trail.remaking.with_files(record), trail.remaking.with_case(record, blob))
    return sentences(compared(*(side_of(workspace, file.name) for workspace in workspaces)), MOST)
