"""The time stamps beside the seals."""

from __future__ import annotations

from collections.abc import Iterator

from enforcecli.history.record import Record
from enforcecli.history.stamps import LARGEST, token_of, valid
from enforcecli.history.verify.trail import Trail, told
from enforcecli.model.problem import Problem


def check(trail: Trail) -> Iterator[Problem]:
    there = [record for record in trail.records if token_of(record.seq) in trail.state.blobs]
    if trail.given.authority is None:
        if there:
            yield told("V-STAMP-OPEN", "", count=len(there))
        return
    for record in there:
        if not stamped(trail, record):
            yield told("V-STAMP", token_of(record.seq), seq=record.seq)


def stamped(trail: Trail, record: Record) -> bool:
    """Whether a valid stamp lies beside the record."""
    if trail.given.authority is None:
        return False
    if record.seq not in trail.stamps:
        token = trail.state.data(token_of(record.seq), LARGEST)
        trail.stamps[record.seq] = token is not None and valid(record.data(), token, trail.given.authority)
    return trail.stamps[record.seq]
