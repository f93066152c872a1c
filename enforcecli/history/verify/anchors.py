"""Witnesses outside the repository: a line of an anchor file, a code on paper, a bundle in the archive.

Whoever can rewrite a repository can rewrite all of it, and it will agree with itself. Only what is kept
elsewhere shows that, and shows that something was cut off at the end.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct

from enforcecli.history.record import Record
from enforcecli.history.repository import Repository
from enforcecli.history.seals import seals_in
from enforcecli.history.states import state_of
from enforcecli.history.verify.altered import of_files
from enforcecli.history.verify.trail import Trail, moment, told
from enforcecli.model.problem import Problem

_LINE = re.compile(r"([0-9]{1,6}) ([0-9a-f]{64}) ([0-9a-f]{40}|[0-9a-f]{64}) ([0-9]{4}-[0-9]{2}-[0-9]{2})")


class Anchor(Struct, frozen=True):
    """One line: the seal's number and digest, the commit that was last, the day it was written down."""

    seq: int
    digest: str
    head: str
    day: str

    @property
    def line(self) -> str:
        return f"{self.seq:06d} {self.digest} {self.head} {self.day}"


def read_anchor(line: str) -> Anchor | None:
    """The anchor a line holds; None if it is none."""
    match = _LINE.fullmatch(" ".join(line.split()))
    return Anchor(int(match[1]), match[2], match[3], match[4]) if match is not None else None


def anchor_of(repository: Repository, root: Path) -> Anchor | None:
    """The anchor of the state now: last seal, last commit, the day that commit names. None without a seal."""
    head = repository.head()
    seals = seals_in(state_of(repository, root, head)) if head is not None else []
    if head is None or not seals or seals[-1].record is None:
        return None
    return Anchor(seals[-1].seq, seals[-1].record.digest, head, moment(repository.commit(head).committer)[:10])


def check(trail: Trail) -> Iterator[Problem]:
    by_number = {seal.seq: seal for seal in trail.seals}
    for number, line in trail.given.anchors:
        anchor = read_anchor(line)
        place = f"{trail.given.anchor_file}:{number}"
        if anchor is None:
            yield told("V-ANCHOR-LINE", place)
            continue
        seal = by_number.get(anchor.seq)
        record = seal.record if seal is not None else None
        if seal is None or record is None:
            yield of_files(trail, "V-ANCHOR-LOST", place, seq=anchor.seq, day=anchor.day)
        elif record.digest != anchor.digest:
            yield of_files(trail, "V-ANCHOR", place, seq=anchor.seq, day=anchor.day)
        if anchor.head not in trail.commits:
            yield told("V-ANCHOR-HEAD", place, oid=anchor.head[:12], day=anchor.day)
    codes = {seal.record.code for seal in trail.seals if seal.record is not None}
    for code in trail.given.codes:
        if code not in codes:
            yield told("V-CODE", "", mark=code)
    for head in trail.given.heads:
        if head not in trail.commits:
            yield told("V-BUNDLE", "", oid=head[:12])


def _archived(trail: Trail, record: Record) -> bool:
    """Whether the archive's history holds the seal's commit."""
    commit = trail.seal_commit(record)
    return commit is not None and any(commit.oid in trail.history(head) for head in trail.given.heads)


def witnessed(trail: Trail) -> int:
    """The number of the last seal that something outside the repository vouches for; 0 for none. An anchor
    vouches for all seals up to its own, for each names the one before."""
    anchors = [anchor for _number, line in trail.given.anchors if (anchor := read_anchor(line)) is not None]
    named = {(anchor.seq, anchor.digest) for anchor in anchors}
    codes = set(trail.given.codes)
    vouched = [seal.seq for seal in trail.seals if seal.record is not None and (
        (seal.seq, seal.record.digest) in named or seal.record.code in codes or _archived(trail, seal.record))]
    return max(vouched, default=0)
