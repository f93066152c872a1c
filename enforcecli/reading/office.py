"""enforce.yaml: the office's own settings (docs/roster-and-office.md). Declarative only."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from enforcecli.model.problem import Problem
from enforcecli.model.roster import Limit, Office, Review
from enforcecli.reading.reader import compiled
from enforcecli.reading.report import Node, Reading
from enforcecli.reading.scalars import DATE, LIMIT, SIZE
from enforcecli.reading.shape import RAW, TEXT, Choice, Either, Field, ListOf, MapOf, Record, Then, Word

if TYPE_CHECKING:
    from enforcecli.text.document import Document

HIDDEN = "不显示"
LANGUAGE = Choice((Word("zh", ("chinese",), "中文", ("中文", "汉语", "zh-CN", "zh_CN")),
                   Word("en", ("english",), "英文", ("英文", "英语"))), zh="zh 或者 en", en="zh or en")


def _days(off: tuple[date, ...] = (), on: tuple[date, ...] = ()) -> tuple[frozenset[date], frozenset[date]]:
    return frozenset(off), frozenset(on)


def _days_apart(days: tuple[frozenset[date], frozenset[date]], node: Node,
                reading: Reading) -> tuple[frozenset[date], frozenset[date]]:
    both = sorted(days[0] & days[1])
    if both:
        reading.report(node, "O101", days="、".join(d.isoformat() for d in both))
    return days


DAYS = Record((
    Field("days_off", ListOf(DATE), "休", "off", "放假的日子", "days off", "[2026-05-01]", ("放假", "休息")),
    Field("days_on", ListOf(DATE), "班", "on", "调休上班的日子", "days worked instead", "[2026-05-09]", ("上班", "调休")),
), lambda days_off=(), days_on=(): _days(days_off, days_on), zh="休、班", en="off, on")
REVIEW = Record((
    Field("organ", TEXT, "机关", "organ", "受理的机关", "organ", "上江乡人民政府"),
    Field("limit", LIMIT, "期限", "limit", "提出的期限", "time limit", "30 日"),
    Field("basis", TEXT, "依据", "basis", "依据的制度", "basis", "…"),
), zh="机关、期限、依据", en="organ, limit, basis")


def _reviews(found: Mapping[str, Any], node: Node, reading: Reading) -> dict[str, Review]:
    return {key: Review(key, **values) for key, values in found.items()}


def _office(organ: str | None = None, measure: str | None = None, language: str | None = None,
            scale: str | Mapping[str, Fraction] | None = None, limits: Mapping[str, Limit] | None = None,
            days: tuple[frozenset[date] | None, frozenset[date]] = (None, frozenset()),
            reviews: Mapping[str, Review] | None = None,
            documents: Mapping[str, object] | None = None) -> Office:
    sizes = None if isinstance(scale, str) else scale or {}
    return Office(organ, measure, language, sizes, limits or {}, *days, reviews or {}, documents or {})


SHAPE = Record((
    Field("organ", TEXT, "机关", "organ", "本机关的全称", "full name of the office", "上江乡人民政府", ("单位", "本机关")),
    Field("measure", TEXT, "适用办法", "measure", "案件不写时适用的办法", "default measure", "shangjiang-2023",
          ("办法", "rulebook")),
    Field("language", LANGUAGE, "语言", "language", "提示用中文还是英文", "language of messages", "zh"),
    Field("scale", Either(Choice((Word(HIDDEN, ("hidden", "hide")),), zh="各档的比例，或者“不显示”",
                                 en="sizes, or hidden"), MapOf(SIZE)), "比例", "scale",
          "各档的内部测算比例；“不显示”只出责任等次", "sizes of the degrees, or hidden", "{主要责任: 7/10}"),
    Field("limits", MapOf(LIMIT), "期限", "limits", "本机关规定的办理期限", "time limits", "{立案到决定: 15 工作日}"),
    Field("days", Then(DAYS, _days_apart), "节假日", "holidays", "放假与调休", "holidays", "{休: [2026-05-01]}", ("假期",),
          flat=True),
    Field("reviews", Then(MapOf(REVIEW), _reviews), "救济", "reviews", "本机关自设的复核", "reviews the office offers",
          "{内部复核: {机关: 上江乡人民政府, 期限: 30 日}}"),
    Field("documents", Either(mapping=RAW, zh="文书的设置", en="settings of papers"), "文书", "documents", "文书的字体、红头等",
          "fonts and letterhead", "{红头: 是, 机关代字: 上江责}"),
), _office, zh="本机关的设置", en="the office's settings")


def read_office(document: Document) -> tuple[Office, tuple[Problem, ...]]:
    """The office and what is wrong with its settings; an empty or unreadable file is all defaults."""
    reading = Reading(document)
    office = compiled(SHAPE)(document.root, reading) if document.root is not None else None
    return office or Office(), tuple(reading.problems)
