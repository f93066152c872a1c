"""Whether a case that was sealed has only gone on: served, executed, appealed, put right, closed.

What was decided is sealed; what follows a decision is written into the same file, and is no alteration.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TypeVar

from msgspec.structs import replace

from enforcecli.desk.examine import Examined
from enforcecli.history.record import Record
from enforcecli.history.remake import Remaking
from enforcecli.history.repository import Repository
from enforcecli.model.case import STAGES, Case, Referral
from enforcecli.output.results import digest

T = TypeVar("T")


def goes_on(repository: Repository, root: Path, record: Record, now: Examined) -> bool:
    """Whether the case as it stands now says all the sealed one said, decides the same, and adds only
    what comes after a decision."""
    then = Remaking(repository, root).examined(record)
    if then is None or then.case is None or now.case is None or now.result is None:
        return False
    return digest(now.result) == record.assessment.sha256 and extends(then.case, now.case)


def extends(then: Case, now: Case) -> bool:
    """Whether `now` is `then` and later steps."""
    return (_decided(then) == _decided(now)
            and _stage(then) <= _stage(now)
            and _kept(then.procedure.service, now.procedure.service)
            and all(_begins(done, now.performance.get(person, ())) for person, done in then.performance.items())
            and _begins(then.appeals, now.appeals)
            and _begins(_undated(then.referrals), _undated(now.referrals))
            and _filled(then.referrals, now.referrals)
            and then.correction in (None, now.correction)
            and then.closing in (None, now.closing)
            and then.appraisal_year in (None, now.appraisal_year))


def _decided(case: Case) -> Case:
    """The case without what follows a decision, and without what depends on how it is written down."""
    return replace(case, file="", sha256="", ids={}, stage="", performance={}, appeals=(), correction=None, closing=None,
                   appraisal_year=None, referrals=(), procedure=replace(case.procedure, service={}))


def _stage(case: Case) -> int:
    return STAGES.index(case.stage) if case.stage in STAGES else -1


def _kept(old: Mapping[str, T], new: Mapping[str, T]) -> bool:
    """Whether every entry is still there as it was."""
    return all(new.get(key) == value for key, value in old.items())


def _begins(old: Sequence[T], new: Sequence[T]) -> bool:
    return tuple(new[:len(old)]) == tuple(old)


def _undated(referrals: Sequence[Referral]) -> tuple[Referral, ...]:
    return tuple(replace(one, day=None, document=None) for one in referrals)


def _filled(old: Sequence[Referral], new: Sequence[Referral]) -> bool:
    """Day and number of a letter may be added, not changed."""
    return all(a.day in (None, b.day) and a.document in (None, b.document) for a, b in zip(old, new, strict=False))
