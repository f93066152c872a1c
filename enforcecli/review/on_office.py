"""The sections on the office: rates with their denominators, the figures stated, several repositories."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from enforcecli.language import _
from enforcecli.review.report import Cell, Column, Kind, Section, Table
from enforcecli.review.tabling import Years, filled
from enforcecli.review.words import WHOLE_OFFICE
from enforcecli.review.year import Key, Year

RATES = (("reconsidered", "corrected"), ("sued", "lost"))
"""Of how many, how many went wrong."""
MONEY, SHARE = "fines", "coverage"
_NOT_ADDED = frozenset({SHARE, "remark"})
"""A share of staff cannot be added to another office's."""


def office_sections(years: Years) -> Iterator[Section]:
    yield Section(_("复议和诉讼"), filled(_rates(years)))
    yield Section(_("执法数字"), filled(*(_figures(year) for year in years)))
    yield Section(_("各单位"), filled(_places(years[0])))


def _rates(years: Years) -> Table:
    rows = []
    for unit in (*_units(years), None):
        for year in years:
            numbers = [_sum(year, unit, name) for pair in RATES for name in pair]
            if any(number is not None for number in numbers):
                of, wrong, sued, lost = numbers
                rows.append((Cell(_("合计") if unit is None else _unit(unit)), Cell(str(year.year)),
                             Cell(of), Cell(wrong), Cell(_rate(wrong, of)), Cell(sued), Cell(lost), Cell(_rate(lost, sued))))
    total = rows.pop() if rows and len(years) == 1 else None
    columns = (Column(_("站所")), Column(_("年度")), Column(_("被申请复议"), Kind.COUNT), Column(_("复议纠错"), Kind.COUNT),
               Column(_("纠错率"), Kind.SHARE), Column(_("被诉"), Kind.COUNT), Column(_("败诉"), Kind.COUNT),
               Column(_("败诉率"), Kind.SHARE))
    return Table("rate", _("纠错率和败诉率"), columns, tuple(rows), total,
                 note=_("数字来自 year/ 目录的年度数字；没有填写的空着，不当作零；分母是零的不算比率"))


def _rate(part: int | None, whole: int | None) -> Fraction | None:
    return Fraction(part, whole) if part is not None and whole else None


def _units(years: Years) -> list[str]:
    found = {unit for year in years for _place, unit, _name in year.figures}
    return sorted(found, key=lambda unit: (unit == WHOLE_OFFICE, unit))


def _unit(unit: str) -> str:
    return unit if unit != WHOLE_OFFICE else _("全机关")


def _sum(year: Year, unit: str | None, name: str) -> int | None:
    """Stated figures added, of a unit or of all; None where nobody stated one."""
    found = [value for (_place, one, figure), value in year.figures.items() if figure == name and unit in (None, one)]
    return sum(map(int, found)) if found else None


def _figures(year: Year) -> Table:
    units = _units([year])
    rows = []
    figures = [(named, key[2]) for key, named in year.names.items() if key[0] == "figure"]
    for named, name in sorted(figures, key=lambda one: one[0].place):
        cells = [_stated(year, unit, name) for unit in (*units, None)]
        if any(cell.value is not None for cell in cells):
            rows.append((Cell(named.name), *cells))
    columns = (Column(_("数字")), *(Column(_unit(unit), Kind.COUNT) for unit in units), Column(_("合计"), Kind.COUNT))
    return Table(f"figures-{year.year}", _("{year} 年各站所的数字").format(year=year.year), columns, tuple(rows),
                 note=_("罚没金额只作统计，不与任何人的考核挂钩（行政处罚法第七十四条）"))


def _stated(year: Year, unit: str | None, name: str) -> Cell:
    """A figure of a unit, or of all together (None); nothing where nobody stated it."""
    found = [value for (_place, one, figure), value in year.figures.items() if figure == name and unit in (None, one)]
    if not found or (name in _NOT_ADDED and len(found) > 1):
        return Cell(None)
    if name == SHARE:
        return Cell(Fraction(found[0]), kind=Kind.SHARE)
    if name == MONEY:
        return Cell(int(sum(map(Decimal, found)) * 100), kind=Kind.MONEY)
    return Cell(sum(map(int, found)))


def _places(year: Year) -> Table:
    """A row each, and all together; only where several were asked for."""
    if len(year.places) < 2:
        return Table("place", "", (), ())
    heads: tuple[tuple[Key, str], ...] = (
        (("cases",), _("案件数")), (("findings",), _("过错")), (("pursued", "person"), _("人次")), (("pursued", "unit"), _("单位（次）")),
        (("settled",), _("定案")), (("pending",), _("未定案")))
    rows = []
    for place, found in year.places.items():
        cells = [Cell(year.amount("place", place, *key), year.of(("place", place, *key))) if not found.trouble else Cell(None)
                 for key, _word in heads]
        rows.append((Cell(place), Cell(found.cases if not found.trouble else None), *cells, Cell(trouble(found.trouble))))
    total: tuple[Cell, ...] = (
        Cell(_("合计")), Cell(sum(p.cases for p in year.places.values())), Cell(year.amount("case"), year.of(("case",))),
        Cell(year.amount("finding"), year.of(("finding",))),
        Cell(year.amount("pursued", "person")), Cell(year.amount("pursued", "unit")), Cell(year.amount("flow", "settled")),
        Cell(year.amount("flow", "pending")), Cell(""))
    columns = (Column(_("单位")), Column(_("案件文件"), Kind.COUNT),
               *(Column(word, Kind.COUNT) for _key, word in heads), Column(_("备注")))
    return Table("place", _("各单位的情况"), columns, tuple(rows), total,
                 note=_("“人次”只计个人；作为责任承担者的单位另计在“单位（次）”"))


def trouble(word: str) -> str:
    """Why a repository was not counted."""
    return {"": "", "none": _("不是案件仓库，没有计入"), "missing": _("没有这个目录，没有计入")}.get(
        word, _("不能读取，没有计入：{reason}").format(reason=word))
