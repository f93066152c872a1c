"""How a case came to be what it is: one step for each commit that changed it, or what it is judged by."""

from __future__ import annotations

from datetime import date
from enum import Enum

from msgspec import Struct

Name = tuple[str, str]
"""A word in Chinese and in English, where the file's own keys give both."""


class Difference(Struct, frozen=True):
    """One value of a file. `way`: the keys that lead to it; None: not stated on that side. An entry that is new,
    or gone, as a whole has `parts`: what it says, each with the keys below `way`."""

    way: tuple[Name, ...]
    old: str | None
    new: str | None
    parts: tuple[tuple[tuple[Name, ...], str], ...] = ()


class Topic(Enum):
    """What of a result changed."""

    RULEBOOK = "rulebook"
    DECIDED = "decided"
    OUTCOME = "outcome"
    RULES = "rules"
    GRADE = "grade"
    SHARE = "share"
    SEVERITY = "severity"
    COUNTED = "counted"
    RECOVERY = "recovery"
    METHOD = "method"
    KEPT = "kept"
    CASE_SHARE = "case-share"
    LEADERSHIP = "leadership"
    UNFIT = "unfit"
    CONCLUSION = "conclusion"


class Effect(Struct, frozen=True):
    """One change of a result. `finding` from 1; values as a result's JSON has them, a share as 7/10 = 70.00%,
    money in yuan with two decimals, a referral with its addressee (`refer 县林业局`)."""

    topic: Topic
    old: str | None
    new: str | None
    finding: int | None = None
    person: str | None = None
    detail: str | None = None  # METHOD: which; COUNTED: the fact


class Unread(Enum):
    """Of which of two states the file of a case cannot be read."""

    BEFORE = "before"
    AFTER = "after"
    BOTH = "both"


class Comparison(Struct, frozen=True):
    """What two states of a case say differently. `served`: to whom the decision had been served before the
    change, and when; `binding`: the change touches what that decision rests on, or says; `unread`: which state's file
    cannot be read at all. Of a file that could be read before, nothing is then called gone."""

    record: tuple[Difference, ...] = ()
    effects: tuple[Effect, ...] = ()
    served: tuple[tuple[str, date | None], ...] = ()
    binding: bool = False
    unread: Unread | None = None

    @property
    def empty(self) -> bool:
        return not self.record and not self.effects and self.unread is None


class Fate(Enum):
    """What a commit did with the file of a case."""

    CREATED = "created"
    CHANGED = "changed"
    MOVED = "moved"
    DELETED = "deleted"
    LAYOUT = "layout"  # other bytes that say the same
    UNTOUCHED = "untouched"  # only what the case is judged by changed


class Anomaly(Enum):
    """What is odd about the dates and names of a commit. None of it proves anything by itself."""

    BEFORE_PARENT = "before-parent"  # committed before the commit it builds on
    AUTHOR_LATER = "author-later"  # written after it was committed
    REWORKED = "reworked"  # written earlier than committed: amended, rebased or taken over
    OTHER_COMMITTER = "other-committer"


class Hand(Struct, frozen=True):
    """Who and when, as the commit claims it; nothing renamed by a mailmap. `when`: 2026-05-08 09:12:33 +0800,
    in the time zone the commit names."""

    name: str
    email: str
    when: str


class Deed(Struct, frozen=True):
    """One commit. `causes`: what else of the repository it changed that the case is judged by."""

    commit: str
    author: Hand
    committer: Hand
    subject: str
    fate: Fate
    comparison: Comparison
    file: str
    stage: str | None
    causes: tuple[str, ...] = ()
    anomalies: tuple[Anomaly, ...] = ()
    seals: tuple[int, ...] = ()
    """Numbers of the seals of this case that the commit added."""
    merge: bool = False


class Story(Struct, frozen=True):
    """The history of one case, from its first commit on. `whole` False: the clone is shallow, and what came
    before its first commit cannot be told."""

    number: str
    steps: tuple[Deed, ...]
    whole: bool = True


class Compared(Struct, frozen=True):
    """One case in two states. `file`: where it stands now, or stood."""

    number: str
    file: str
    fate: Fate
    comparison: Comparison


class Settings(Struct, frozen=True):
    """One file of those that cases are judged by, in two states."""

    file: str
    fate: Fate
    record: tuple[Difference, ...] = ()


class Changes(Struct, frozen=True):
    """Everything that differs between two states of a case repository."""

    settings: tuple[Settings, ...]
    cases: tuple[Compared, ...]
