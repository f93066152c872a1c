"""What an assessment answers (docs/case-format.md). Shares are exact fractions; money is in cents (int)."""

from __future__ import annotations

from collections.abc import Mapping
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

    @property
    def decided(self) -> bool:
        return self.undecided is None


class Leadership(Struct, frozen=True):
    """Standing responsibility shown beside the shares (四（一）, 四（二）)."""

    person: str
    office: str
    cite: str | None


class Receipt(Struct, frozen=True):
    """What the answer was computed from. No clock time."""

    tool: str
    rulebook: str | None
    rulebook_sha256: str | None
    case_sha256: str
    day: str | None
    discretion: tuple[Mapping[str, str], ...] = ()
    choices: tuple[Mapping[str, str], ...] = ()


class CaseResult(Struct, frozen=True):
    case: str | None
    file: str
    rulebook: str | None
    rulebook_sha256: str | None
    findings: tuple[FindingResult, ...]
    receipt: Receipt
    case_shares: Mapping[str, Fraction] | None = None
    leadership: tuple[Leadership, ...] = ()
    unfit: str | None = None
    """本机关不宜处理: the reason, when the office's head or who would decide is involved."""
    conclusion: str | None = None
    hidden: bool = False  # grades only: shares and percents are not shown
    problems: tuple[Problem, ...] = ()
