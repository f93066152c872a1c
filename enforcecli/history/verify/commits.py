"""The commits themselves: their dates, as each claims them, and where the history begins."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

from enforcecli.history.objects import Commit
from enforcecli.history.record import Record
from enforcecli.history.verify.trail import Trail, told
from enforcecli.model.problem import Problem, problem

SKEW = 3600
"""Seconds by which two clocks may differ before it is told."""
LONG_AGO = 30 * 86400
"""Seconds between writing and committing that are told."""
_DAY = timedelta(days=1)


def check(trail: Trail) -> Iterator[Problem]:
    roots = [commit for commit in trail.commits.values() if not commit.parents]
    if len(roots) > 1:
        yield problem("V-ROOTS", count=len(roots), listed="、".join(sorted(c.oid[:12] for c in roots)))
    latest = _latest(trail.given.today)
    for oid in trail.order:
        yield from _dates(trail, trail.commits[oid], latest)
    for record in trail.records:
        yield from _sealed_on(trail, record)


def _dates(trail: Trail, commit: Commit, latest: int | None) -> Iterator[Problem]:
    parents = [trail.commits[parent] for parent in commit.parents if parent in trail.commits]
    if any(commit.committer.when < parent.committer.when - SKEW for parent in parents):
        yield told("V-TIME-BACK", "", commit)
    if latest is not None and commit.committer.when > latest:
        yield told("V-TIME-FUTURE", "", commit, today=trail.given.today)
    if commit.author.when > commit.committer.when + SKEW:
        yield told("V-TIME-LATER", "", commit)
    elif commit.author.when < commit.committer.when - LONG_AGO:
        yield told("V-TIME-AUTHOR", "", commit, days=(commit.committer.when - commit.author.when) // 86400)


def _sealed_on(trail: Trail, record: Record) -> Iterator[Problem]:
    """A decision is not sealed before the day it was made (a day off for time zones)."""
    commit, decided = trail.seal_commit(record), _day(record.decided_on)
    if commit is None or decided is None:
        return
    sealed = datetime.fromtimestamp(min(max(commit.committer.when, 0), 253402300799), UTC).date()
    if sealed + _DAY < decided:
        yield told("V-TIME-SEAL", record.path, commit, day=record.decided_on)


def _latest(today: str) -> int | None:
    """The end of the day given, everywhere on earth."""
    day = _day(today)
    return None if day is None else int((datetime(day.year, day.month, day.day, tzinfo=UTC) + 2 * _DAY).timestamp())


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
