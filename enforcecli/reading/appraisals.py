"""appraisals/2026.yaml: duties met or not, by person and by unit (docs/year-and-appraisal.md)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from enforcecli.model.appraisal import Appraisal, Appraised, Assessment, Fulfilment
from enforcecli.model.case import Evidence
from enforcecli.model.problem import Problem
from enforcecli.model.roster import Roster
from enforcecli.reading.finding_shape import EVIDENCE
from enforcecli.reading.naming import RosterReading, unit_names
from enforcecli.reading.reader import compiled
from enforcecli.reading.scalars import YEAR
from enforcecli.reading.shape import TEXT, Choice, Either, Field, ListOf, MapOf, PersonRef, Record, Then, Word

if TYPE_CHECKING:
    from enforcecli.text.document import Document

RESULT = Choice((
    Word(Fulfilment.MET.value, ("met",), also=("已履行", "完成")),
    Word(Fulfilment.PARTLY.value, ("partly", "partly met"), also=("基本履行", "部分完成")),
    Word(Fulfilment.NOT.value, ("not", "not met"), also=("没有履行", "不履行", "未完成")),
), zh="履行情况", en="fulfilment")
_RESULT = Then(RESULT, lambda word, node, reading: Fulfilment(word))
PROOF = ListOf(Either(Then(TEXT, lambda text, node, reading: Evidence(text)), EVIDENCE, zh="证据", en="evidence"))
ASSESSMENT = Record((
    Field("result", _RESULT, "结果", "result", "履行、部分履行还是未履行", "met, partly or not", "部分履行", ("履行情况",), required=True),
    Field("evidence", PROOF, "证据", "evidence", "据以认定的材料", "what it rests on", "[{名称: 案卷评查记录, 页: 12}]", ("材料",)),
    Field("remark", TEXT, "说明", "words", "怎样履行的，或者差在哪里", "in words", "两件勘验记录不完整", ("备注",)),
), Assessment, zh="结果、证据、说明", en="result, evidence, words")
GIVEN = Either(Then(_RESULT, lambda result, node, reading: Assessment(result)), ASSESSMENT,
               zh="履行、部分履行、未履行，或者 {结果, 证据, 说明}", en="a result, or {result, evidence, words}")


def _appraised(indicators: Mapping[str, Assessment] | None = None,
               duties: Mapping[str, Assessment] | None = None) -> Appraised:
    return Appraised(duties or {}, indicators or {})


APPRAISED = Record((
    Field("indicators", MapOf(GIVEN, zh="“指标: 结果”", en="indicator: result"), "指标", "indicators",
          "办法职责以外的考核指标；不得与罚款挂钩", "the office's own indicators, never tied to fines",
          "{案卷评查合格率: {结果: 履行, 证据: 评查通报}}", ("考核指标",)),
), _appraised, rest="duties", rest_shape=GIVEN, zh="“职责代码: 结果”", en="code of a duty: result")


def _appraisal(year: int, people: Mapping[str, Appraised] | None = None,
               units: Mapping[str, Appraised] | None = None, exempt: Mapping[str, str] | None = None) -> Appraisal:
    return Appraisal(year, people or {}, units or {}, exempt or {})


_PERSON = PersonRef(level="error")
SHAPE = Record((
    Field("year", YEAR, "年度", "year", "考核哪一年", "year assessed", "2026", ("考核年度", "年份"), required=True),
    Field("people", MapOf(APPRAISED, _PERSON, zh="“人员: 各项职责”", en="person: duties"), "人员", "people", "每个人的各项职责",
          "each person's duties", "{张某: {D3-1: 履行}}"),
    Field("units", Then(MapOf(APPRAISED, zh="“站所: 各项职责”", en="unit: duties"), unit_names), "单位", "units", "每个站所的各项职责",
          "each unit's duties", "{林业站: {D2-2: 履行}}", ("站所", "部门")),
    Field("exempt", MapOf(TEXT, _PERSON, zh="“人员: 理由”", en="person: reason"), "不考核", "exempt", "本年度不参加考核的人和理由",
          "who is not assessed, and why", "{何某: 已于上年退休}", ("不参加考核", "免考核")),
), _appraisal, zh="年度考核", en="appraisals of the year")


def read_appraisals(document: Document, roster: Roster | None = None,
                    ) -> tuple[Appraisal | None, tuple[Problem, ...], Mapping[str, str]]:
    """The appraisals, what is wrong with the fields, and the people as written → their ids (for the
    places of problems). None for a file without a year."""
    reading = RosterReading(document, roster)
    found: Any = compiled(SHAPE)(document.root, reading) if document.root is not None else None
    return found, tuple(reading.problems), reading.ids
