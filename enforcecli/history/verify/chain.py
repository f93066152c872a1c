"""The seals among themselves: one after the other, never touched again, each added by a commit that says so
and does nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256

from enforcecli.history.objects import Commit, trailers
from enforcecli.history.record import KEYS, Record, said
from enforcecli.history.verify.altered import of_files
from enforcecli.history.verify.trail import Trail, is_seal_path, told
from enforcecli.model.problem import Problem
from enforcecli.reading.workspace import OFFICE_FILE, ROSTER_FILE


def check(trail: Trail) -> Iterator[Problem]:
    yield from _appended(trail)
    yield from _chained(trail)
    for record in trail.records:
        commit = trail.seal_commit(record)
        if commit is not None:
            yield from _said(record, commit)
            yield from _alone(trail, record, commit)
    yield from _inputs(trail)


def _appended(trail: Trail) -> Iterator[Problem]:
    """What is in seals/, and a paper once sealed, is only ever added."""
    papers = {one.path for record in trail.records for one in record.outputs}
    for oid in trail.order:
        touched = {path for change in trail.changes.get(oid, []) if change.status != "A"
                   and (path := trail.own_path(change.path)) is not None and (is_seal_path(path) or path in papers)}
        for path in sorted(touched):
            yield of_files(trail, "V-APPEND", path, trail.commits[oid])


def _chained(trail: Trail) -> Iterator[Problem]:
    """No number is missing, every file is a record, and names the digest of the one before."""
    before, number = "", 0
    for seal in trail.seals:
        number += 1
        if seal.seq != number:
            yield of_files(trail, "V-CHAIN-GAP", seal.path, number=number)
            number = seal.seq
        if seal.record is None:
            yield told("V-CHAIN-RECORD", seal.path)
        elif seal.record.seq != seal.seq:
            yield told("V-CHAIN-SEQ", seal.path, seq=seal.record.seq)
        elif seal.record.prev != before:
            yield told("V-CHAIN", seal.path)
        before = sha256(seal.data).hexdigest()


def _said(record: Record, commit: Commit) -> Iterator[Problem]:
    """The commit's trailers are those of the record, each once."""
    found = trailers(commit.message)
    for key, value in said(record).items():
        values = [given for name, given in found if name.lower() == key.lower()]
        if values != [value]:
            yield told("V-TRAILER", record.path, commit, key=key, value="、".join(values) or "-")
            return
    if any(name.lower().startswith("enforce-") and name not in KEYS for name, _value in found):
        yield told("V-TRAILER", record.path, commit, key="Enforce-", value="-")


def _alone(trail: Trail, record: Record, commit: Commit) -> Iterator[Problem]:
    """The commit stands on the state the record names, and adds the seal's own files only."""
    if commit.parents != (record.base_commit,):
        yield told("V-BASE", record.path, commit, base=record.base_commit[:12])
    own = {record.path, *(one.path for one in record.outputs), *(one.path for one in record.inputs if one.path != one.name)}
    more = sorted({change.path for change in trail.changes.get(commit.oid, [])
                   if trail.own_path(change.path) not in own or change.status != "A"})
    if more:
        yield told("V-ALONE", record.path, commit, listed="、".join(more[:3]), count=len(more))


def _inputs(trail: Trail) -> Iterator[Problem]:
    """What a decision was made from was there before it, or came with its commit; the roster and the
    settings of that state are among it."""
    asked: list[tuple[Record, str, str]] = []
    for record in trail.records:
        if record.base_commit not in trail.commits:
            yield told("V-INPUT", record.path, input=record.base_commit[:12])
            continue
        named = {one.path: one.blob for one in record.inputs}
        asked += [(record, path, named.get(path, "")) for path in (*named, ROSTER_FILE, OFFICE_FILE)]
    wanted = [(record.base_commit, trail.git_path(path)) for record, path, _blob in asked]
    for (record, path, blob), found in zip(asked, trail.repository.blobs_at(wanted), strict=True):
        if found == (blob or None) or (found is None and blob == _added(trail, record, path)):
            continue
        yield told("V-INPUT", record.path, input=path)
    for record in trail.records:
        yield from _digests(trail, record)


def _added(trail: Trail, record: Record, path: str) -> str:
    """The blob the seal's own commit added at the path; - for none."""
    commit = trail.seal_commit(record)
    changes = trail.changes.get(commit.oid, []) if commit is not None else []
    return next((c.oid for c in changes if c.path == trail.git_path(path) and c.status == "A"), "-")


def _digests(trail: Trail, record: Record) -> Iterator[Problem]:
    """The bytes of each input have the digest and the size the record says."""
    for one in record.inputs:
        known = trail.digests.get(one.blob)
        if known != (one.sha256, one.size):
            yield told("V-INPUT", record.path, input=one.name)
            return
