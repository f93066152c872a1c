"""Who drafted and who approved, by person: counted with the roster as it was before the seal."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from enforcecli.history.objects import Commit
from enforcecli.history.people import APPROVE, DRAFT, REVIEW, away, by_email, may, wrote
from enforcecli.history.record import Record
from enforcecli.history.verify.trail import Trail, told
from enforcecli.model.problem import Level, Problem
from enforcecli.model.roster import Member, Roster
from enforcecli.reading.workspace import ROSTER_FILE


def check(trail: Trail) -> Iterator[Problem]:
    for record in trail.records:
        roster, commit = trail.roster_before(record), trail.seal_commit(record)
        if roster is None:
            yield told("V-NOPEOPLE", record.path)
        elif commit is not None:
            yield from _four_eyes(record, roster, commit)
            yield from _drafted(trail, record, roster)
            yield from _entitled(record, roster)
            yield from _away(record, roster, commit)
            yield from _granted(trail, record, roster)


def _four_eyes(record: Record, roster: Roster, commit: Commit) -> Iterator[Problem]:
    drafter = by_email(roster, record.drafter.email)
    approver = by_email(roster, record.approver.email)
    if record.drafter.id == record.approver.id or (drafter is not None and drafter == approver):
        yield told("V-4EYES", record.path, person=record.approver.id)
    makers = {_id(by_email(roster, who.email)) for who in (commit.author, commit.committer)}
    if makers != {record.approver.id} or _id(approver) != record.approver.id:
        yield told("V-SEALER", record.path, commit, person=record.approver.id)


def _drafted(trail: Trail, record: Record, roster: Roster) -> Iterator[Problem]:
    """The drafter is the author of the bytes that were sealed."""
    file = record.case_file
    if file is None or record.base_commit not in trail.commits:
        return
    before, path = trail.history(record.base_commit), trail.git_path(file.path)
    written = next((commit for commit, changes in trail.touching.get(path, [])
                    if commit.oid in before and wrote(commit, changes, path)), None)
    if written is None:
        yield told("V-INPUT", record.path, input=file.path)
        return
    author, committer = by_email(roster, written.author.email), by_email(roster, written.committer.email)
    if _id(author) != record.drafter.id or written.author.email != record.drafter.email:
        yield told("V-WHO", record.path, written, person=record.drafter.id)
    elif committer is not None and committer.id == record.approver.id:
        yield told("V-WHO-COMMITTER", file.path, drafter=record.drafter.id, committer=committer.id)


def _entitled(record: Record, roster: Roster) -> Iterator[Problem]:
    parties = [(record.drafter, DRAFT), (record.approver, APPROVE)]
    if record.reviewer is not None:
        parties.append((record.reviewer, REVIEW))
        if record.reviewer.id in (record.drafter.id, record.approver.id):
            yield told("V-SAMEREVIEWER", record.path, person=record.reviewer.id)
    for party, what in parties:
        member = roster.people.get(party.id)
        if member is None or not may(roster, member, what):
            yield told("V-NOTENTITLED", record.path, person=party.id, what=what)


def _away(record: Record, roster: Roster, commit: Commit) -> Iterator[Problem]:
    """Who approves or reviews is in office on the day of the seal. The day is what the commit claims, and a
    clock may be wrong: a warning."""
    day = commit.committer.day
    for party, what in ((record.reviewer, REVIEW), (record.approver, APPROVE)):
        member = roster.people.get(party.id) if party is not None else None
        if member is not None and away(member, day):
            yield replace(told("V-AWAY", record.path, person=member.id, what=what, day=day), level=Level.WARNING)


def _granted(trail: Trail, record: Record, roster: Roster) -> Iterator[Problem]:
    """What the approver's power rests on was not written into the roster by the drafter: addresses, powers
    and keys. The commit that first brought a roster is left aside, for somebody has to begin."""
    before, path = trail.history(record.base_commit), trail.git_path(ROSTER_FILE)
    for commit, changes in trail.touching.get(path, []):
        change = next(one for one in changes if one.path == path)
        if commit.oid not in before or change.status != "M" or not wrote(commit, changes, path):
            continue
        old, new = (_power(trail.roster_of(blob), record.approver.id) for blob in (change.old, change.oid))
        if old != new:
            if _id(by_email(roster, commit.author.email)) == record.drafter.id:
                yield told("V-GRANT", record.path, commit, person=record.approver.id)
            return


def _power(roster: Roster | None, person: str) -> tuple[tuple[str, ...], ...]:
    member = roster.people.get(person) if roster is not None else None
    return () if member is None else (member.emails, member.sealing, member.signing_keys)


def _id(member: Member | None) -> str | None:
    return member.id if member is not None else None
