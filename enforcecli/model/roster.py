"""The people and the office: roster.yaml and enforce.yaml (docs/roster-and-office.md)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction

from msgspec import Struct, field


class Period(Struct, frozen=True):
    """From `since` to `until`, both days included; None = open."""

    since: date | None = None
    until: date | None = None

    def covers(self, day: date) -> bool:
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


class Holder(Struct, frozen=True):
    """Someone who holds an office for a time (负责人, 分管领导, 第一责任人)."""

    person: str
    period: Period = Period()


class Incumbents(Struct, frozen=True):
    """Who held an office on a day. Where nobody is known to, `doubts` say why, in the words of a result."""

    persons: tuple[str, ...]
    doubts: tuple[str, ...] = ()


class Credential(Struct, frozen=True):
    """执法证."""

    number: str | None = None
    issuer: str | None = None
    until: date | None = None


class Member(Struct, frozen=True):
    """A person of 人员 (roster or case). `terms`: 任期, each may state another unit, post and
    title for its time; `kind` '单位' marks a unit written in a case's 人员."""

    id: str
    name: str
    unit: str | None = None
    post: str | None = None
    title: str | None = None  # 职务
    personnel: str | None = None  # 人员类别
    appointed_by: str | None = None  # 任免机关
    appraised_by: str | None = None  # 考核机关
    leadership: bool | None = None  # 领导成员
    credential: Credential | None = None
    terms: tuple[Term, ...] = ()
    status: str | None = None  # 现状
    staff_unit: str | None = None  # 编制单位
    appointment: str | None = None  # 任职方式
    rank: str | None = None  # 职级
    political: str | None = None  # 政治面貌
    monthly_wage: Decimal | None = None  # 月基本工资, yuan
    emails: tuple[str, ...] = ()
    signing_keys: tuple[str, ...] = ()
    sealing: tuple[str, ...] = ()  # 封存
    is_unit: bool = False


class Term(Struct, frozen=True):
    """任期: what the person held for a time; a field left out is as in the person's own entry."""

    period: Period
    unit: str | None = None
    post: str | None = None
    title: str | None = None


class Unit(Struct, frozen=True):
    """站所. `affiliation` 隶属: 乡属, 县派出 or 双重管理."""

    name: str
    affiliation: str | None = None
    heads: tuple[Holder, ...] = ()
    leaders: tuple[Holder, ...] = ()
    objectives: tuple[str, ...] = ()
    basis: tuple[str, ...] = ()


class Post(Struct, frozen=True):
    name: str
    unit: str | None = None
    objectives: tuple[str, ...] = ()
    duties: tuple[str, ...] = ()


class Roster(Struct, frozen=True):
    first_responsible: tuple[Holder, ...] = ()
    units: Mapping[str, Unit] = field(default_factory=dict)
    posts: Mapping[str, Post] = field(default_factory=dict)
    people: Mapping[str, Member] = field(default_factory=dict)


class Limit(Struct, frozen=True):
    """A length of time as written (15 工作日, 30 日, 2 个月): `count` of `unit`, which is
    working-day, day or month."""

    count: int
    unit: str
    text: str


class Review(Struct, frozen=True):
    """救济.内部复核 and its like: a remedy the office itself offers."""

    id: str
    organ: str | None = None
    limit: Limit | None = None
    basis: str | None = None


class Office(Struct, frozen=True):
    """enforce.yaml. `scale` None = 不显示 (grades only)."""

    organ: str | None = None
    measure: str | None = None
    language: str | None = None
    scale: Mapping[str, Fraction] | None = field(default_factory=dict)
    limits: Mapping[str, Limit] = field(default_factory=dict)
    days_off: frozenset[date] | None = None
    days_on: frozenset[date] = frozenset()
    reviews: Mapping[str, Review] = field(default_factory=dict)
    documents: Mapping[str, object] = field(default_factory=dict)
