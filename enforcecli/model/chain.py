"""The chain of responsibility (责任链): first person responsible → leader in charge → 站所 and its head → post →
person (二1, 四（一）, 四（二）, 四（三）)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from msgspec import Struct

from enforcecli.model.roster import Member

FIRST, IN_CHARGE, HEAD, STAFF = "第一责任人", "分管领导", "站所负责人", "一般工作人员"
"""The four sorts of persons the measure gives duties to."""


class PostLink(Struct, frozen=True):
    """A post and who holds it. `post` None: people to whom no post is given."""

    post: str | None
    persons: tuple[str, ...]


class UnitLink(Struct, frozen=True):
    unit: str
    heads: tuple[str, ...]
    posts: tuple[PostLink, ...]


class Branch(Struct, frozen=True):
    """What the same leaders have in their charge; no leaders: nobody has."""

    leaders: tuple[str, ...]
    units: tuple[UnitLink, ...]


class Chain(Struct, frozen=True):
    """As of `day`; None: as the roster stands. `elsewhere`: people in service who hold no office and
    belong to no unit, and posts of no unit that nobody holds."""

    day: date | None
    first: tuple[str, ...]
    branches: tuple[Branch, ...]
    elsewhere: tuple[PostLink, ...]


class Held(Struct, frozen=True):
    """An office somebody holds; `unit`: where it is held, None for the whole office."""

    office: str
    unit: str | None = None


class Position(Struct, frozen=True):
    """Where a person stands in the chain: `member` as of the day, the offices held, and to whom the
    person answers, nearest first."""

    member: Member
    offices: tuple[Held, ...]
    above: tuple[tuple[str, str], ...]  # (office, person)

    @property
    def roles(self) -> tuple[str, ...]:
        """Of the measure's four sorts of persons, those the person is."""
        return tuple(dict.fromkeys(held.office for held in self.offices)) or (STAFF,)


class Overview(Struct, frozen=True):
    """The chain with all that stands beside it. `people`: everyone in service, in the order of the roster;
    `cites`: office → the clause that lays responsibility on it; `duties`: person → codes."""

    organ: str
    chain: Chain
    people: tuple[Position, ...]
    cites: Mapping[str, str]
    duties: Mapping[str, tuple[str, ...]]
