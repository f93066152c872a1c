"""year/2026.yaml: the figures of a year per 站所 (docs/year-and-appraisal.md)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from enforcecli.model.problem import Problem
from enforcecli.model.roster import Roster
from enforcecli.model.year import Figures, YearFigures
from enforcecli.reading.naming import RosterReading, unit_names
from enforcecli.reading.reader import compiled
from enforcecli.reading.scalars import COUNT, MONEY, SHARE, YEAR
from enforcecli.reading.shape import TEXT, Field, MapOf, Record, Shape, Then

if TYPE_CHECKING:
    from enforcecli.text.document import Document


def _figure(name: str, zh: str, en: str, words: str, words_en: str, example: str, *also: str,
            shape: Shape = COUNT) -> Field:
    return Field(name, shape, zh, en, words, words_en, example, also)


FIGURES = Record((
    _figure("penalties", "行政处罚", "penalties", "作出处罚决定的件数", "penalty decisions", "14", "处罚"),
    _figure("fines", "罚没金额", "fines", "元；只作统计，不得与考核挂钩", "yuan; a statistic, never a score", "32000.00",
            "罚款", "罚没款", shape=MONEY),
    _figure("licences", "行政许可", "licences", "作出许可决定的件数", "licence decisions", "36", "许可"),
    _figure("coercions", "行政强制", "coercions", "采取强制措施和强制执行的件数", "coercive acts", "2", "强制"),
    _figure("inspections", "行政检查", "inspections", "检查的次数", "inspections", "120", "检查"),
    _figure("rulings", "行政裁决", "rulings", "作出裁决的件数", "rulings", "1", "裁决"),
    _figure("reconsidered", "被申请复议", "reconsidered", "被申请行政复议的件数", "applications for reconsideration", "2",
            "被复议", "复议"),
    _figure("corrected", "复议纠错", "corrected", "复议中被撤销、变更、确认违法等的件数", "corrected on reconsideration", "1", "被纠错", "纠错"),
    _figure("sued", "被诉", "sued", "被提起行政诉讼的件数", "lawsuits", "1", "被诉讼", "诉讼"),
    _figure("lost", "败诉", "lost", "败诉的件数", "lawsuits lost", "0"),
    _figure("complaints", "投诉举报", "complaints", "收到的对执法的投诉举报", "complaints about enforcement", "3", "投诉"),
    _figure("referred", "移送", "referrals", "移送司法机关和其他机关的案件", "cases handed over to other organs", "1", "案件移送"),
    _figure("staff", "执法人员", "staff", "在岗执法人员的人数", "enforcement staff", "4", "执法人员数"),
    _figure("credentialed", "持证人数", "credentialed", "其中持有效执法证的人数", "of these with a valid credential", "3", "持证"),
    _figure("trainings", "培训场次", "trainings", "组织的执法培训", "trainings held", "4", "培训"),
    _figure("training_hours", "培训学时", "training_hours", "各场培训的学时合计", "hours of all trainings", "32", "学时"),
    _figure("coverage", "培训覆盖率", "coverage", "参加过培训的执法人员所占比例", "share of the staff trained", "100%", "覆盖率",
            shape=SHARE),
    _figure("supervisions", "监督检查", "supervisions", "开展执法监督检查的次数", "supervisory checks", "4", "监督检查次数"),
    _figure("defects", "发现问题", "defects", "监督检查发现的问题", "defects found in them", "6"),
    _figure("rectified", "完成整改", "rectified", "其中已经整改的", "of these put right", "6", "整改"),
    _figure("internal_rules", "内部制度", "internal_rules", "现行有效的执法内部制度", "internal rules in force", "3", "制度"),
    _figure("files_reviewed", "案卷评查", "files_reviewed", "评查的案卷", "case files reviewed", "10", "评查"),
    _figure("files_passed", "评查合格", "files_passed", "其中合格的", "of these passed", "9", "合格"),
    _figure("awards", "奖励", "awards", "执法方面受到的表彰奖励", "awards", "1", "表彰"),
    _figure("remark", "说明", "words", "需要说明的", "remarks", "十月起人员减少一名", "备注", shape=TEXT),
), Figures, zh="一个站所的数字", en="figures of a unit")
SHAPE = Record((
    Field("year", YEAR, "年度", "year", "数字属于哪一年", "year of the figures", "2026", ("年份",), required=True),
    Field("units", Then(MapOf(FIGURES, zh="“站所: 数字”", en="unit: figures"), unit_names), "单位", "units", "各站所的数字",
          "figures of each unit", "{林业站: {行政处罚: 14}}", ("站所", "部门")),
    Field("own", FIGURES, "全机关", "office", "不归哪一个站所的数字，例如统一组织的培训", "what no unit counts", "{培训场次: 2}", ("机关",)),
), YearFigures, zh="年度数字", en="figures of the year")


def read_year(document: Document, roster: Roster | None = None) -> tuple[YearFigures | None, tuple[Problem, ...]]:
    """The figures and what is wrong with the fields; None for a file without a year."""
    reading = RosterReading(document, roster)
    found: YearFigures | None = compiled(SHAPE)(document.root, reading) if document.root is not None else None
    return found, tuple(reading.problems)


def stated(figures: Figures) -> Mapping[str, object]:
    """Name of a figure → its value, of those stated, in the order of the file's keys; without the remark."""
    found = {f.name: getattr(figures, f.name) for f in FIGURES.fields if f.name != "remark"}
    return {name: value for name, value in found.items() if value is not None}


def label(name: str) -> str:
    """行政处罚 for `penalties`: the key of the file."""
    return next(f.label for f in FIGURES.fields if f.name == name)
