"""The seals of one case after one another: each later one names the one it takes the place of, and either the
case only went on, or the correction states its reason and its basis."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from enforcecli.history.going_on import extends
from enforcecli.history.record import CONTINUED, CORRECTED, Record
from enforcecli.history.verify.altered import item
from enforcecli.history.verify.trail import Trail, told
from enforcecli.model.problem import Problem


def check(trail: Trail) -> Iterator[Problem]:
    last: dict[str, Record] = {}
    for seal in trail.seals:
        record = seal.record
        if record is None:
            continue
        before = last.get(record.case_id)
        last[record.case_id] = record
        if record.seq >= trail.given.since and not _follows(trail, before, record):
            yield replace(told("V-SUPERSEDES", record.path, case=record.case_id), cite=item(trail, before or record))


def _follows(trail: Trail, before: Record | None, record: Record) -> bool:
    now = record.supersedes
    if before is None or now is None:
        return before is None and now is None
    if now.seq != before.seq:
        return False
    if now.how == CORRECTED:
        return bool(now.reason and now.basis)
    old, new = trail.remaking.examined(before), trail.remaking.examined(record)
    return now.how == CONTINUED and old is not None and new is not None and old.case is not None \
        and new.case is not None and before.assessment == record.assessment and extends(old.case, new.case)
