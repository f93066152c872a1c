"""Appraisals of a year (appraisals/2026.yaml): duties met or not, with evidence (二3, 四)."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum

from msgspec import Struct, field

from enforcecli.model.case import Evidence


class Fulfilment(Enum):
    """履行情况."""

    MET = "履行"
    PARTLY = "部分履行"
    NOT = "未履行"


class Assessment(Struct, frozen=True):
    """One duty or indicator of one person or unit."""

    result: Fulfilment
    evidence: tuple[Evidence, ...] = ()
    remark: str | None = None


Assessments = Mapping[str, Assessment]
"""Code of a duty, or name of an indicator → the assessment."""


class Appraised(Struct, frozen=True):
    """A person or a unit: `duties` by their code; `indicators` the office's own, by name."""

    duties: Assessments = field(default_factory=dict)
    indicators: Assessments = field(default_factory=dict)


class Appraisal(Struct, frozen=True):
    """appraisals/2026.yaml. `people` by the id of the roster (where there is none: as written);
    `exempt`: who is not assessed this year → why."""

    year: int
    people: Mapping[str, Appraised] = field(default_factory=dict)
    units: Mapping[str, Appraised] = field(default_factory=dict)
    exempt: Mapping[str, str] = field(default_factory=dict)
