"""What an assessment answers (docs/case-format.md). Shares are exact fractions; money is in cents (int)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import Enum
from fractions import Fraction

from msgspec import Struct

from enforcecli.model.problem import Problem


class Outcome(Enum):
    LIABLE = "liable"
    NOT_PURSUED = "not-pursued"
    NOT_APPLICABLE = "not-applicable"


class Why(Enum):
    """Kinds of “cannot decide”."""

    FACT_MISSING = "fact-missing"
    VACANT_ROLE = "vacant-role"
    NOBODY_AT_FAULT = "nobody-at-fault"
    CONFLICT = "conflict"
    NOT_COVERED = "not-covered"
    NO_RULE = "no-rule"
    NO_VERSION = "no-version"
    PROBLEM = "problem"


class Undecided(Struct, frozen=True):
    """“Cannot decide” as a value: what is missing or in conflict, and the question to settle."""

    kind: Why
    part: str | None
    question: str
    rules: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    persons: tuple[str, ...] = ()  # whose facts are missing
    roles: tuple[str, ...] = ()
    notes: tuple[tuple[str, str | None], ...] = ()  # (text, basis)


class Beaten(Struct, frozen=True):
    rule: str
    by: str
    reason: str


class PartResult(Struct, frozen=True):
    """One part of the finding. `added`, `exempting`, `blocking`: the rules of those layers that
    acted here. Not decided: `undecided` says why and `rules` is empty."""

    part: str
    weight: Fraction
    rules: tuple[str, ...] = ()
    beaten: tuple[Beaten, ...] = ()
    added: tuple[str, ...] = ()
    exempting: tuple[str, ...] = ()
    blocking: tuple[str, ...] = ()
    not_pursued: bool = False
    chosen: str | None = None  # reason of the 规则适用选择 that settled it
    remainder: Fraction = Fraction(0)  # what the named bearers left
    remainder_to: str | None = None  # rest | pool | absorb | unit
    undecided: Undecided | None = None


class Can(Enum):
    IMPOSE = "impose"
    REFER = "refer"
    NOT_APPLICABLE = "not-applicable"


class MethodResult(Struct, frozen=True):
    """`to` None with REFER: the organ is not known from the roster."""

    method: str
    can: Can
    reason: str
    to: str | None = None
    name: str | None = None
    remedy: str | None = None


class PersonResult(Struct, frozen=True):
    """`share` None: the grade has no size, or is hidden (grades only). `percent` in hundredths of
    a percent. `recovery` in cents; None: could not be computed."""

    person: str
    roles: tuple[str, ...]
    grades: tuple[str, ...]
    share: Fraction | None
    percent: int | None
    recovery: int | None = None
    severity: tuple[str, ...] = ()
    methods: tuple[MethodResult, ...] = ()
    unit: bool = False
    remainder: bool = False  # the unit's line that takes an unallocated remainder
    at_fault: bool = False
    rulebook: str | None = None  # the later version the line comes from, where it is lighter for the person


class CountedCase(Struct, frozen=True):
    """A case that was counted: its number, its path within the repository, the day it counts by."""

    case: str | None
    file: str
    day: date


class Counted(Struct, frozen=True):
    """A counted fact of one person: which cases, from `since` to `until` (both inclusive), and the value
    that number stands for; None: the book has no value for it. `provisional`: this case has no decision
    yet, the last day of its procedure stands for it."""

    person: str
    fact: str
    value: str | None
    cases: tuple[CountedCase, ...]
    since: date
    until: date
    by: str  # decision | act
    provisional: bool = False


class FindingResult(Struct, frozen=True):
    faults: tuple[str, ...]
    cites: tuple[str, ...]
    outcome: Outcome | None  # None: cannot be decided
    parts: tuple[PartResult, ...] = ()
    persons: tuple[PersonResult, ...] = ()
    kept_by_organ: int | None = None  # cents
    undecided: Undecided | None = None
    trace: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()  # found while computing; paths relative to the finding
    counted: tuple[Counted, ...] = ()

    @property
    def decided(self) -> bool:
        return self.undecided is None


class Leadership(Struct, frozen=True):
    """Standing responsibility shown beside the shares (四（一）, 四（二）)."""

    person: str
    office: str
    cite: str | None


class Vacancy(Struct, frozen=True):
    """An office of which nobody is known to have held it on the day of the act, and why not. `unit`: None for
    the whole office."""

    office: str
    unit: str | None
    cite: str
    day: date
    reasons: tuple[str, ...]


class Receipt(Struct, frozen=True):
    """What the answer was computed from. No clock time."""

    tool: str
    rulebook: str | None
    rulebook_sha256: str | None
    case_sha256: str
    day: str | None
    discretion: tuple[Mapping[str, str], ...] = ()
    choices: tuple[Mapping[str, str], ...] = ()
    commit: str | None = None
    committed: bool | None = None
    """The commit checked out, and whether it holds the case as read. None: nobody asked (--receipt)."""


class Weighed(Enum):
    """What a later version is for a person, set against the one of the day of the act."""

    LIGHTER = "lighter"
    SAME = "same"
    HEAVIER = "heavier"
    UNCLEAR = "unclear"


class Respect(Struct, frozen=True):
    """One respect in which the two results of a person differ in a finding (0-based), in words."""

    finding: int
    name: str  # grade | share | severity | methods | recovery
    older: str
    later: str
    weighed: Weighed


class PersonVersions(Struct, frozen=True):
    """Both results weighed for one person; the later version applies only where it is lighter."""

    person: str
    weighed: Weighed
    respects: tuple[Respect, ...] = ()

    @property
    def later_applies(self) -> bool:
        return self.weighed is Weighed.LIGHTER


class Versions(Struct, frozen=True):
    """从旧兼从轻: the whole result under the version of the act's day and under the later one. `on`: the
    day of the decision, None while there is none (then the newest version recorded is compared)."""

    older: CaseResult
    later: CaseResult
    persons: tuple[PersonVersions, ...]
    on: date | None = None
    question: str | None = None
    """Why the two cannot be weighed for anybody: one of them gives no result."""


class CaseResult(Struct, frozen=True):
    case: str | None
    file: str
    rulebook: str | None
    rulebook_sha256: str | None
    findings: tuple[FindingResult, ...]
    receipt: Receipt
    case_shares: Mapping[str, Fraction] | None = None
    leadership: tuple[Leadership, ...] = ()
    vacant: tuple[Vacancy, ...] = ()
    unfit: str | None = None
    """本机关不宜处理: the reason, when the office's head or who would decide is involved."""
    conclusion: str | None = None
    hidden: bool = False  # grades only: shares and percents are not shown
    problems: tuple[Problem, ...] = ()
    versions: Versions | None = None
    """Where a later version had to be weighed. `findings` then hold for every person the line of the
    version that applies to that person."""

    @property
    def counted_files(self) -> tuple[str, ...]:
        """The other cases the result rests on, as paths within the repository."""
        own = {c.file for f in self.findings for one in f.counted for c in one.cases}
        both = (self.versions.older, self.versions.later) if self.versions is not None else ()
        return tuple(sorted(own.union(*(result.counted_files for result in both))))

    @property
    def rulebooks(self) -> tuple[str, ...]:
        """Every book the result rests on, by id."""
        both = (self.versions.older, self.versions.later) if self.versions is not None else ()
        return tuple(sorted({r.rulebook for r in (self, *both) if r.rulebook is not None}))
