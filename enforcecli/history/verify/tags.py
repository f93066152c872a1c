"""The tags of the seals. A tag is a convenience and can be moved or left behind by a clone; one that is there
says the same as its seal. A signature on it is checked with the keys the roster had before the seal."""

from __future__ import annotations

import re
from collections.abc import Iterator

from enforcecli.history.objects import COMMIT, Commit, Tag
from enforcecli.history.people import by_email
from enforcecli.history.record import FOLDER, Record, read_record, tag_message, tag_of
from enforcecli.history.signing import valid
from enforcecli.history.verify.altered import of_files
from enforcecli.history.verify.trail import Trail, is_seal_path, told
from enforcecli.model.problem import Problem

_SEAL = re.compile(rf"(?:.+/)?{FOLDER}/[0-9]{{6}}\.json")


def check(trail: Trail) -> Iterator[Problem]:
    known = {f"refs/tags/{tag_of(seal.record)}" for seal in trail.seals if seal.record is not None}
    for name in sorted(name for name in set(trail.tags) - known if not _of_another(trail, name)):
        yield of_files(trail, "V-TAG-STRAY", "", tag=name.removeprefix("refs/tags/"))
    for record in trail.records:
        yield from _tag(trail, record)


def _of_another(trail: Trail, name: str) -> bool:
    """Whether the tag is that of a seal of another case repository within this git repository: a county may keep
    its towns together. Its commit, in the history here, added that record elsewhere."""
    _ref, tag = trail.tags[name]
    changes = trail.changes.get(tag.object, []) if tag is not None else []
    added = [c.oid for c in changes if c.status == "A" and _SEAL.fullmatch(c.path)
             and not is_seal_path(trail.own_path(c.path) or "")]
    records = (read_record(trail.repository.blob(oid)) for oid in added)
    return any(record is not None and name == f"refs/tags/{tag_of(record)}" for record in records)


def _tag(trail: Trail, record: Record) -> Iterator[Problem]:
    name = tag_of(record)
    ref, tag = trail.tags.get(f"refs/tags/{name}", (None, None))
    commit = trail.seal_commit(record)
    if ref is None:
        yield told("V-TAG-NONE", record.path, tag=name)
    elif tag is None:
        yield told("V-TAG-LIGHT", record.path, tag=name)
    elif not _same(tag, commit, record):
        yield told("V-TAG", record.path, tag=name, object=tag.object[:12])
    else:
        yield from _tagger(trail, record, tag)
        yield from _signature(trail, record, tag)


def _same(tag: Tag, commit: Commit | None, record: Record) -> bool:
    """Whether the tag names this seal, its commit and its digest."""
    return commit is not None and (tag.kind, tag.object, tag.name) == (COMMIT, commit.oid, tag_of(record)) \
        and tag.message == tag_message(record)


def _tagger(trail: Trail, record: Record, tag: Tag) -> Iterator[Problem]:
    """Who made the tag is the one who approved."""
    person = by_email(trail.roster_before(record), tag.tagger.email) if tag.tagger is not None else None
    if person is None or person.id != record.approver.id:
        who = f"{tag.tagger.name} <{tag.tagger.email}>" if tag.tagger is not None else "-"
        yield told("V-TAG-WHO", record.path, tag=tag.name, name=who, person=record.approver.id)


def _signature(trail: Trail, record: Record, tag: Tag) -> Iterator[Problem]:
    keys = keys_of(trail, record)
    if not tag.signature:
        if keys:
            yield told("V-SIG-NONE", record.path, tag=tag.name, person=record.approver.id)
    elif not signed(trail, record):
        yield told("V-SIG", record.path, tag=tag.name, person=record.approver.id)


def keys_of(trail: Trail, record: Record) -> tuple[str, ...]:
    """The approver's keys as the roster had them before the seal."""
    roster = trail.roster_before(record)
    member = roster.people.get(record.approver.id) if roster is not None else None
    return member.signing_keys if member is not None else ()


def signed(trail: Trail, record: Record) -> bool:
    """Whether the seal's tag carries a signature by a key of the approver."""
    known = trail.signatures
    if record.seq not in known:
        _ref, tag = trail.tags.get(f"refs/tags/{tag_of(record)}", (None, None))
        commit = trail.seal_commit(record)
        known[record.seq] = (
            tag is not None and tag.tagger is not None and bool(tag.signature) and _same(tag, commit, record)
            and valid(tag.signed, tag.signature, keys_of(trail, record), tag.tagger.when))
    return known[record.seq]
