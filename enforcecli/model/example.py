"""A worked example kept beside a rulebook (cases.yaml): a finding, and what must come out of it."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from msgspec import Struct, field

from enforcecli.model.case import Finding
from enforcecli.model.result import Why

WHYS: Mapping[str, Why] = {
    "缺少事实": Why.FACT_MISSING, "角色无人": Why.VACANT_ROLE, "没有过错人": Why.NOBODY_AT_FAULT,
    "规则冲突": Why.CONFLICT, "未作规定": Why.NOT_COVERED, "没有规则": Why.NO_RULE, "填写有误": Why.PROBLEM,
}
"""The words of 不能认定 in an example."""


class Expected(Struct, frozen=True):
    """What is expected; None: not said. `rules`: those that carry the finding (a mapping: by part), or, where
    it cannot be decided, those the question is about. `facts`, `roles`: what a question asks for.
    `problems`: the codes reported, warnings included."""

    shares: Mapping[str, Fraction] | None = None
    grades: Mapping[str, tuple[str, ...]] | None = None
    severity: Mapping[str, tuple[str, ...]] | None = None
    rules: tuple[str, ...] | Mapping[str, tuple[str, ...]] | None = None
    undecided: Why | None = None
    facts: tuple[str, ...] | None = None
    roles: tuple[str, ...] | None = None
    problems: tuple[str, ...] | None = None
    not_pursued: bool | None = None

    @property
    def says(self) -> bool:
        """Whether anything is expected at all."""
        return any(getattr(self, name) is not None for name in self.__struct_fields__)


class Example(Struct, frozen=True):
    """`common`: facts stated once for all examples, which hold where the finding leaves them out and they
    are asked."""

    name: str
    finding: Finding
    expected: Expected = Expected()
    common: Mapping[str, str] = field(default_factory=dict)
