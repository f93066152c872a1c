"""The sections on the cases of the year: how many, of what, from where, how they ended."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from fractions import Fraction

from enforcecli.language import _
from enforcecli.model.case import STAGES
from enforcecli.model.result import Can, Why
from enforcecli.output.words import can_word, why_word
from enforcecli.review.report import Cell, Column, Kind, Row, Rows, Section, Table
from enforcecli.review.tabling import (
    Line,
    Measure,
    Years,
    filled,
    listed,
    ranked,
    several,
    simple,
    tally,
    unstated,
    year_label,
)
from enforcecli.review.words import CARRIED, NEW, OVERDUE, PENDING, SETTLED, SUSPENDED
from enforcecli.review.year import Key, Named, Year

MONTHS = tuple(f"{month:02d}" for month in range(1, 13))
GROUPS = {
    "行政复议": "reconsideration", "法院裁判": "court", "自查": "self", "案卷评查": "self", "投诉举报": "public", "信访": "public",
    "上级检查": "superior", "执法监督意见": "superior", "检察建议": "superior", "纪检监察移送": "superior",
    "审计巡察": "superior", "人大监督": "superior", "国家赔偿": "compensation",
}
"""来源 → who raised the matter."""


def case_sections(years: Years) -> Iterator[Section]:
    yield Section(_("总的情况"), filled(_overview(years), _left(years), _pending(years[0])))
    yield Section(_("过错的分布"), filled(
        _units(years), _faults(years), _kinds(years), _stages(years), _months(years)))
    yield Section(_("问题的来源和行为的纠正"), filled(_origins(years), _sources(years), _corrected(years), _sought(years)))
    yield Section(_("处理结果"), filled(_ended(years), _grades(years), _methods(years), _undecided(years)))
    yield Section(_("办理期限"), filled(_terms(years)))
    yield Section(_("赔偿和追偿"), filled(_money(years)))


def _overview(years: Years) -> Table:
    lines = [
        Line((_("上年结转"),), ("flow", CARRIED)), Line((_("本年新收"),), ("flow", NEW)),
        Line((_("本年定案"),), ("flow", SETTLED)), Line((_("年末未定案"),), ("flow", PENDING)),
        Line((_("其中到年末已过期限"),), ("flow", OVERDUE)),
        Line((_("本年度案件"),), ("case",)), Line((_("过错（项）"),), ("finding",)),
        Line((_("被追究责任（人次）"),), ("pursued", "person")), Line((_("被追究责任的单位（次）"),), ("pursued", "unit")),
    ]
    return simple("overview", _("案件和人次"), (_("项目"),), lines, years)


def _left(years: Years) -> Table:
    """What could not be counted, or only with doubt: named, file by file."""
    words = {
        "unread": _("文件不能读取，没有计入"), "broken": _("文件的写法有错误，读不出案件，没有计入"), "undated": _("没有任何日期，不知属于哪一年，没有计入"),
        "no-unit": _("没有写承办单位，没有计入本站所"), "appraisal-year": _("一、二月作出决定而没有写考核年度，暂按决定的年份"),
        "lifted": _("追究决定经复核、申诉被撤销的人，没有计入人次、方式和金额"),
    }
    lines: list[tuple[str, Key]] = [(words[key], ("left", key)) for key in words]
    lines += [(_("文件有错误，数字可能不全"), ("errors",)), (_("本机关不宜处理"), ("unfit",)),
              (_("追偿数额不能计算"), ("money", "uncomputed", ""))]
    rows = []
    for year in years:
        for word, key in lines:
            cell = tally(year, key)
            if cell.cases:
                rows.append((Cell(word), Cell(year_label(year)), Cell(len(cell.cases), cell.cases),
                             Cell(listed(cell.cases))))
    columns = (Column(_("情况")), Column(_("年度")), Column(_("件"), Kind.COUNT), Column(_("案号")))
    return Table("left", _("没有计入或者需要注意的"), columns, tuple(rows))


def _pending(year: Year) -> Table:
    """By the day they came up, with the first of the office's own terms to end."""
    keys = list(year.under("pending"))

    def row(at: int) -> Row:
        opened, number, stage, unit, due, how = keys[at]
        return (
            Cell(number, year.of(("pending", *keys[at]))), Cell(stage), Cell(unstated(unit)),
            Cell(date.fromisoformat(opened)), Cell(date.fromisoformat(due) if due else None),
            Cell({SUSPENDED: _("中止"), OVERDUE: _("到年末已过期限")}.get(how, "")))

    columns = (Column(_("案号")), Column(_("案件阶段")), Column(_("站所")), Column(_("收案"), Kind.DATE),
               Column(_("期限届满"), Kind.DATE), Column(_("备注")))
    return Table("pending", _("年末未定案的案件"), columns, Rows(len(keys), row),
                 note=_("年末指 12 月 31 日；年度还没有过完的，按到那一天仍没有定案计。中止的不计过期"))


def _units(years: Years) -> Table:
    names = list(dict.fromkeys(rest[0] for rest in (*ranked(years, "unit"), *ranked(years, "flow-of"))))
    names.sort(key=lambda name: (not name, [-y.amount("unit", name, "cases") for y in years], name))
    measures = (
        Measure(_("案件数"), lambda name: ("unit", name, "cases")),
        Measure(_("过错"), lambda name: ("unit", name, "findings")),
        Measure(_("人次"), lambda name: ("unit", name, "pursued", "person")),
        Measure(_("单位（次）"), lambda name: ("unit", name, "pursued", "unit")),
        Measure(_("新收"), lambda name: ("flow-of", name, NEW)),
        Measure(_("定案"), lambda name: ("flow-of", name, SETTLED)),
        Measure(_("未定案"), lambda name: ("flow-of", name, PENDING)),
    )
    totals = ((("case",),), (("finding",),), (("pursued", "person"),), (("pursued", "unit"),), (("flow", NEW),),
              (("flow", SETTLED),), (("flow", PENDING),))
    return several("unit", _("按站所（承办单位）"), _("站所"), names, measures, years, totals=totals, bars=(1, 2),
                   note=_("“人次”只计个人；作为责任承担者的单位另计在“单位（次）”"))


def _named(years: Years, sort: str, book: str, code: str) -> Named:
    found = (year.names.get((sort, book, code)) for year in years)
    return next((named for named in found if named is not None), Named(10**6, ""))


def _in_book(years: Years, sort: str, *prefix: str) -> list[Key]:
    """In the order of the book; books of several measures one after the other."""
    found = {rest for year in years for rest in year.under(*prefix)}
    return sorted(found, key=lambda rest: (not rest[0], rest[0], _named(years, sort, rest[0], rest[1]).place, rest))


def _faults(years: Years) -> Table:
    rows = _in_book(years, "fault", "fault")
    lines = [Line((rest[1], *_words(years, rest)), ("fault", *rest)) for rest in rows]
    return simple("fault", _("按过错情形"), (_("情形代码"), _("名称"), _("条款")), lines, years, bars=True,
                  note=_("一项过错可以有几种情形，各计一次，所以不加合计"))


def _words(years: Years, rest: Key) -> tuple[str, str]:
    if not rest[0]:
        return _("（没有确定适用哪部办法）"), ""
    named = _named(years, "fault", rest[0], rest[1])
    return named.name, named.cite


def _kinds(years: Years) -> Table:
    lines = [Line((unstated(rest[0]),), ("kind", *rest)) for rest in ranked(years, "kind")]
    return simple("kind", _("按执法行为的种类"), (_("种类"),), lines, years, total=("case",), bars=True)


def _stages(years: Years) -> Table:
    lines = [Line((stage,), ("stage", stage)) for stage in STAGES if any(y.amount("stage", stage) for y in years)]
    return simple("stage", _("按阶段"), (_("案件阶段"),), lines, years, total=("case",))


def _months(years: Years) -> Table:
    """All twelve, once anything happened."""
    happened = any(True for year in years for _rest in year.under("month"))
    measures = (Measure(_("新收"), lambda month: ("month", month, NEW)),
                Measure(_("定案"), lambda month: ("month", month, SETTLED)))
    return several("month", _("按月份"), _("月份"), MONTHS if happened else (), measures, years,
                   totals=((("flow", NEW),), (("flow", SETTLED),)), shown=_month, bars=(1, 2))


def _month(month: str) -> str:
    return _("{month} 月").format(month=int(month))


# where from, and how it was put right

def _origins(years: Years) -> Table:
    words = {
        "reconsideration": _("行政复议"), "court": _("法院裁判"), "superior": _("上级和监督机关"), "self": _("自查和评查"),
        "public": _("群众反映"), "compensation": _("国家赔偿"), "": _("其他"),
    }
    found: dict[str, list[Key]] = {group: [] for group in words}
    for source, result in ranked(years, "source"):
        found[GROUPS.get(source, "")].append(("source", source, result))
    rows = tuple((Cell(words[group]), *(tally(y, *keys) for y in years)) for group, keys in found.items() if keys)
    total = (Cell(_("合计")), *(tally(y, ("case",)) for y in years))
    columns = (Column(_("由谁提出")), *(Column(year_label(y), Kind.COUNT) for y in years))
    return Table("origin", _("问题由谁提出"), columns, rows, total, bars=tuple(range(1, len(columns))))


def _sources(years: Years) -> Table:
    lines = [Line((unstated(rest[0]), rest[1]), ("source", *rest)) for rest in ranked(years, "source")]
    return simple("source", _("来源和结果"), (_("来源"), _("结果")), lines, years, total=("case",))


def _corrected(years: Years) -> Table:
    lines = [Line((rest[0] or _("已追究而没有记载"),), ("corrected", *rest)) for rest in ranked(years, "corrected")]
    return simple("corrected", _("行为本身的纠正"), (_("纠正方式"),), lines, years)


def _sought(years: Years) -> Table:
    lines = [Line((unstated(rest[0]), rest[1] or _("尚无结果")), ("sought", *rest)) for rest in ranked(years, "sought")]
    return simple("sought", _("对处理决定的复核和申诉"), (_("途径"), _("结果")), lines, years)


# how they ended

def _ended(years: Years) -> Table:
    lines = [Line((rest[0] or _("尚未定案"),), ("ended", *rest)) for rest in ranked(years, "ended")]
    return simple("ended", _("案件的结果"), (_("结果"),), lines, years, total=("case",))


def _grades(years: Years) -> Table:
    lines = [Line((rest[1], _("单位") if rest[2] == "unit" else _("个人")), ("grade", *rest))
             for rest in _in_book(years, "grade", "grade")]
    return simple("grade", _("责任（已作出决定的）"), (_("责任"), _("承担者")), lines, years, bars=True,
                  note=_("一人在几项过错中各有责任的，各计一次"))


def _methods(years: Years) -> Table:
    rows = list(dict.fromkeys(rest[:3] for rest in _in_book(years, "method", "method")))
    names = {" ".join(rest[1:]): rest for rest in rows}

    def key(can: Can) -> Measure:
        return Measure(can_word(can), lambda name: ("method", *names[name], can.value))

    return several("method", _("追究方式（已作出决定的，次）"), _("方式"), list(names), [key(can) for can in Can], years,
                   note=_("一人在一件案件里的一种方式计一次；对单位的也计在内"))


def _undecided(years: Years) -> Table:
    lines = [Line((why_word(Why(rest[0])),), ("undecided", *rest)) for rest in ranked(years, "undecided")]
    return simple("undecided", _("不能认定的过错"), (_("原因"),), lines, years)


# days and money

def _terms(years: Years) -> Table:
    rows = []
    limits = sorted({rest[:3] for year in years for sort in ("term", "overdue") for rest in year.under(sort)})
    for term, limit, sort in limits:
        for year in years:
            used = [(int(rest[0]), rest) for rest in year.under("term", term, limit, sort)]
            if used or year.amount("overdue", term, limit, sort):
                rows.append(_term(year, (term, limit, sort), used))
    columns = (Column(_("期限")), Column(_("规定")), Column(_("年度")), Column(_("件"), Kind.COUNT), Column(_("平均"), Kind.DAYS),
               Column(_("中位"), Kind.DAYS), Column(_("最长"), Kind.COUNT), Column(_("办完超期"), Kind.COUNT), Column(_("未办已过期"), Kind.COUNT))
    return Table("term", _("用了多少日"), columns, tuple(rows),
                 note=_("按 enforce.yaml 的期限和节假日计算；工作日的期限以工作日计，其余以日计。“件”和日数只算已经办完的；"
                        "“未办已过期”是到年末还没有办完而已过期限的，中止的不计"))


def _term(year: Year, term: Key, used: list[tuple[int, Key]]) -> tuple[Cell, ...]:
    keys: list[Key] = [("term", *term, *rest) for _days, rest in used]
    days = sorted(d for d, rest in used for _each in range(year.amount("term", *term, *rest)))
    late = tally(year, ("overdue", *term))
    if not days:
        return (*map(Cell, (*term[:2], str(year.year), 0, None, None, None, 0)), late)
    middle = Fraction(days[(len(days) - 1) // 2] + days[len(days) // 2], 2)
    longest: list[Key] = [("term", *term, *rest) for d, rest in used if d == days[-1]]
    over: list[Key] = [("term", *term, *rest) for _days, rest in used if rest[1]]
    return (Cell(term[0]), Cell(term[1]), Cell(str(year.year)), tally(year, *keys),
            Cell(Fraction(sum(days), len(days)), year.of(*keys)), Cell(middle, year.of(*keys)),
            Cell(days[-1], year.of(*longest)), tally(year, *over), late)


def _money(years: Years) -> Table:
    lines = [Line((_("支付：{nature}").format(nature=unstated(rest[0])),), ("money", "paid", *rest))
             for rest in ranked(years, "money", "paid")]
    words = (("ordered", _("责令承担的总额")), ("borne", _("其中个人承担")), ("kept", _("其中由本机关承担")), ("recovered", _("已经追回")))
    lines += [Line((word,), ("money", key, "")) for key, word in words if any(y.of(("money", key, "")) for y in years)]
    return simple("money", _("金额（元）"), (_("项目"),), lines, years, kind=Kind.MONEY,
                  note=_("责令承担和追回的，只算已经作出决定的案件；由本机关承担的，不向个人追偿"))
