"""A published measure as data (docs/rulebook-format.md): roles, degrees, facts, rules and what hangs on them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import Enum
from fractions import Fraction

from msgspec import Struct, field

FAULT = "有无过错"
"""The person fact every measure turns on; known to every book, declared or not."""
AT_FAULT = "有"
NOT_AT_FAULT = "无"
OPEN = "待查"
"""Not yet established: counts as unstated."""
PERSONS_AT_FAULT = "过错人"
"""Reserved in `who`: the persons with 有无过错 = 有 in the part."""
WHOLE = "全案"
"""The one part of an act that does not fall into parts."""
HAS_ROLE = "有"
"""Prefix in `when`: 有<role> asks whether the finding lists anyone with the role."""


class Condition(Struct, frozen=True):
    """One key and the values that satisfy it (OR inside, AND between conditions)."""

    key: str
    values: frozenset[str]


Conditions = tuple[Condition, ...]
"""Sorted by key; empty holds always."""


class DegreeKind(Enum):
    SHARE = "share"
    WEIGHTED = "weighted"
    REST = "rest"
    EQUAL = "equal"
    RATIO = "ratio"
    JOINT = "joint"
    LABEL = "label"
    NONE = "none"


class Layer(Enum):
    ALLOCATE = "allocate"
    SILENT = "silent"
    EXEMPT = "exempt"
    ADD = "add"
    BLOCK = "block"
    SEVERITY = "severity"


class Text(Struct, frozen=True):
    """What any entry may carry besides its own keys."""

    cite: str | None = None
    text: str | None = None
    basis: str | None = None
    note: str | None = None
    en: str | None = None


class Role(Struct, frozen=True):
    name: str
    unit: bool = False
    words: Text = Text()


class Degree(Struct, frozen=True):
    """A grade in the words of the measure. `default` is a fraction of the part (share) or a ratio
    number (ratio); `low`..`high` the band of discretion, None = no discretion. `rank` 0 is the
    heaviest."""

    name: str
    kind: DegreeKind
    rank: int
    default: Fraction | None = None
    low: Fraction | None = None
    high: Fraction | None = None
    words: Text = Text()


class Times(Struct, frozen=True):
    """A value of a counted fact and the numbers of cases it stands for; `most` None = no upper end."""

    value: str
    least: int
    most: int | None = None

    def holds(self, number: int) -> bool:
        return self.least <= number and (self.most is None or number <= self.most)


class Count(Struct, frozen=True):
    """How a counted fact is counted over the repository (docs/rulebook-format.md). `times`: what the
    values of the fact stand for; empty where they cannot be read, then nothing is counted."""

    findings: str = "decided"  # decided | all
    months: int | None = None  # None = calendar year
    match: str = "any"  # any | fault | article
    by: str = "decision"  # decision | act
    times: tuple[Times, ...] = ()


class Fact(Struct, frozen=True):
    """A fact of the finding; its values are a closed list."""

    name: str
    values: tuple[str, ...]
    ask: str | None = None
    per_part: bool = False
    only_if: Conditions = ()
    words: Text = Text()


class PersonFact(Struct, frozen=True):
    """A fact of one person of the finding; `roles` None = asked of everyone."""

    name: str
    values: tuple[str, ...]
    ask: str | None = None
    per_part: bool = False
    roles: frozenset[str] | None = None
    count: Count | None = None
    words: Text = Text()


class Part(Struct, frozen=True):
    name: str
    only_if: Conditions = ()
    words: Text = Text()


class Clause(Struct, frozen=True):
    """Who bears which degree. `severity` stands instead of `degree` in rules of that layer."""

    who: tuple[str, ...]
    degree: str | None = None
    where: Conditions = ()
    optional: bool = False
    severity: str | None = None


class Note(Struct, frozen=True):
    text: str
    basis: str | None = None


class Rule(Struct, frozen=True):
    """when + bears + over. `bears` None = `bears: none`: in this situation nobody is pursued
    (allocate only); () for the layers that give nothing."""

    id: str
    cite: str
    layer: Layer = Layer.ALLOCATE
    when: Conditions = ()
    part: str | None = None
    bears: tuple[Clause, ...] | None = ()
    over: Mapping[str, str] = field(default_factory=dict)
    blocks: Mapping[str, str] = field(default_factory=dict)
    takes_remainder: bool = False  # `also: remainder`
    question: str | None = None
    notes: tuple[Note, ...] = ()
    words: Text = Text()


class Fault(Struct, frozen=True):
    """An entry of the fault catalogue. `needs`: keys a finding under it must state; `options`:
    the alternatives of an item that has several (3-9a, 3-9b …)."""

    code: str
    cite: str
    name: str
    needs: tuple[str, ...] = ()
    options: Mapping[str, str] = field(default_factory=dict)
    words: Text = Text()


class Power(Enum):
    IMPOSE = "impose"
    REFER = "refer"
    NEVER = "never"


class Method(Struct, frozen=True):
    """A method of pursuing liability. `power`: the most the label of the person allows, by
    人员类别 (a category not named: impose). `organ` (or `organs` by 人员类别) decides; `effect` (or
    `effects` by 人员类别) is the wording of what it means."""

    code: str
    cite: str
    name: str
    targets: frozenset[str] = frozenset({"person"})
    own_fault: bool = False
    power: Mapping[str, Power] = field(default_factory=dict)
    organ: str = "本机关"
    organs: Mapping[str, str] = field(default_factory=dict)
    needs: tuple[str, ...] = ()
    effect: str | None = None
    words: Text = Text()
    effects: Mapping[str, str] = field(default_factory=dict)


class Remedy(Struct, frozen=True):
    id: str
    text: str
    organ: str | None = None
    days: str | None = None
    basis: str | None = None


class RemedyFor(Struct, frozen=True):
    """Empty tuple = any."""

    remedy: str
    methods: tuple[str, ...] = ()
    decider: tuple[str, ...] = ()
    personnel: tuple[str, ...] = ()


class Band(Struct, frozen=True):
    """Recovery band: `low`..`high` of (compensation × share); floor and cap in months of the
    person's 月基本工资."""

    where: Conditions
    low: Fraction
    high: Fraction
    floor_months: Fraction | None = None
    cap_months: Fraction | None = None
    words: Text = Text()


class Recovery(Struct, frozen=True):
    """`words`: the measure's own clause; `gate_words`: where the gate stands (often another law)."""

    gate: Conditions = ()
    bands: tuple[Band, ...] = ()
    words: Text = Text()
    gate_words: Text = Text()


class Guideline(Struct, frozen=True):
    """Suggests only. Empty = any."""

    gravity: tuple[str, ...] = ()
    degree: tuple[str, ...] = ()
    severity: tuple[str, ...] = ()
    methods: tuple[str, ...] = ()
    words: Text = Text()


class Scope(Struct, frozen=True):
    """Acts the measure does not cover: `kinds` are values of 行为.种类."""

    kinds: tuple[str, ...]
    reason: str
    words: Text = Text()


class Duty(Struct, frozen=True):
    code: str
    role: str
    words: Text


class Objective(Struct, frozen=True):
    code: str
    words: Text


class Step(Struct, frozen=True):
    step: str
    limit: str
    words: Text = Text()


class Limitation(Struct, frozen=True):
    years: int
    since: str = "act"  # act | discovery
    except_: Conditions = ()
    words: Text = Text()


class Law(Struct, frozen=True):
    """A law the measure relies on; `now` its present name or state."""

    name: str
    now: str | None = None
    note: str | None = None


class NotModelled(Struct, frozen=True):
    cite: str
    reason: str
    text: str | None = None


class Effective(Struct, frozen=True):
    """In force from `start` (inclusive) to `end` (exclusive); a whole year written as `from: 2023`
    starts on 1 January and is `vague` all through that year."""

    start: date
    end: date | None = None
    vague_until: date | None = None  # exclusive
    note: str | None = None

    def covers(self, day: date) -> bool:
        return self.start <= day and (self.end is None or day < self.end)


class Rulebook(Struct, frozen=True, eq=False):  # compared and hashed by identity: books are cached
    id: str
    title: str
    issuer: str
    effective: Effective
    measure: str
    collect: bool  # combine: collect; False = exclusive
    remainder_to_unit: bool  # remainder_empty: unit; False = absorb
    roles: Mapping[str, Role]
    degrees: Mapping[str, Degree]
    facts: Mapping[str, Fact]
    parts: Mapping[str, Part]
    person_facts: Mapping[str, PersonFact]
    rules: Mapping[str, Rule]
    faults: Mapping[str, Fault]
    methods: Mapping[str, Method] = field(default_factory=dict)
    legal_basis: tuple[Law, ...] = ()
    remedies: Mapping[str, Remedy] = field(default_factory=dict)
    remedy_for: tuple[RemedyFor, ...] = ()
    recovery: Recovery | None = None
    guideline: tuple[Guideline, ...] = ()
    scope: tuple[Scope, ...] = ()
    duties: tuple[Duty, ...] = ()
    objectives: tuple[Objective, ...] = ()
    procedure: tuple[Step, ...] = ()
    limitation: tuple[Limitation, ...] = ()
    not_modelled: tuple[NotModelled, ...] = ()
    later_lighter: bool = False
    source_name: str = "source.txt"
    source: str = ""
    sha256: str = ""
