"""The sections on people: who was pursued and how often, what it means for the appraisal, duties met."""

from __future__ import annotations

from collections.abc import Iterator

from enforcecli.language import _
from enforcecli.model.appraisal import Fulfilment
from enforcecli.model.result import Can
from enforcecli.output.words import can_word
from enforcecli.review.report import Cell, Column, Kind, Section, Table
from enforcecli.review.tabling import Measure, Years, filled, several, tally, year_label
from enforcecli.review.words import ABSENT, APPRAISAL, ASSESSED, AWARD, ELSEWHERE, EXEMPT, OPEN
from enforcecli.review.year import Key, Member, Year

REPEATED = 2
"""From so many cases of a year on somebody is flagged."""
NOBODY = Member("")


def people_sections(years: Years) -> Iterator[Section]:
    year = years[0]
    yield Section(_("人员"), filled(_frequency(years), _persons(years)))
    yield Section(_("对考核和评先的影响"), filled(_effects(year, APPRAISAL), _effects(year, AWARD)))
    told = [y for y in years if y is year or any(True for _rest in y.under("duty-of"))]  # no appraisals: nothing, not zero
    yield Section(_("职责履行情况"), filled(_duties(told), _indicators(told), _each(year)))
    yield Section(_("年度考核的范围"), filled(_standings(year), _roll(year), _candidates(year)))


def pursued(year: Year) -> list[str]:
    """Everybody this office pursued in the year, those most often first."""
    found = {rest[0] for rest in year.under("person") if rest[1] == "cases"}
    return sorted(found, key=lambda who: (-year.amount("person", who, "cases"), who))


def named(year: Year, who: str) -> str:
    """A person or a unit as the review names it: with the place where there are several."""
    return year.people.get(who, NOBODY).name or who


def _times_in(year: Year, who: str) -> int:
    """In how many cases somebody was pursued in the year, those of other units among them."""
    return year.amount("person", who, "cases") + year.amount("elsewhere", who, "cases")


def _frequency(years: Years) -> Table:
    """How many people in one, two … cases: names nobody."""
    times = sorted({_times_in(year, who) for year in years for who in pursued(year)})
    rows = []
    for count in times:
        cells = []
        for year in years:
            who = [one for one in pursued(year) if _times_in(year, one) == count]
            cells.append(Cell(len(who), year.of(*((sort, one, "cases") for one in who for sort in ("person", "elsewhere")))))
        rows.append((Cell(_("{count} 件").format(count=count)), *cells))
    total = (Cell(_("合计")), *(Cell(len(pursued(y)), y.of(*(("person", one, "cases") for one in pursued(y)))) for y in years))
    columns = (Column(_("一年内被追究")), *(Column(year_label(y) + _("（人）"), Kind.COUNT) for y in years))
    return Table("frequency", _("被追究责任的次数"), columns, tuple(rows), total)


def _persons(years: Years) -> Table:
    year, compared = years[0], len(years) > 1
    rows = []
    for who in pursued(year):
        member = year.people.get(who, NOBODY)
        before = [tally(y, ("person", who, "cases")) for y in years[1:]]
        rows.append((
            Cell(named(year, who)), Cell(member.unit), tally(year, ("person", who, "cases")), *before,
            tally(year, ("person", who, "findings")), Cell(_times(year, who, "grade")), Cell(_methods(year, who)),
            Cell(_repeated(year, who))))
    columns = (Column(_("人员")), Column(_("单位")), Column(_("案件数"), Kind.COUNT),
               *([Column(_("上年"), Kind.COUNT)] if compared else []), Column(_("过错"), Kind.COUNT),
               Column(_("责任")), Column(_("方式")), Column(_("备注")))
    return Table("person", _("被追究责任的人员"), columns, tuple(rows), personal=True,
                 note=_("同一年内两件以上的注明“重复”"))


def _repeated(year: Year, who: str) -> str:
    cases, others = _times_in(year, who), year.amount("elsewhere", who, "cases")
    if cases < REPEATED:
        return ""
    return _("重复（连同别的站所的案件共 {count} 件）").format(count=cases) if others else _("重复")


def _times(year: Year, who: str, sort: str) -> str:
    found = [(rest[0], year.amount("person", who, sort, *rest)) for rest in year.under("person", who, sort)]
    return _("、").join(word if times == 1 else _("{word}（{times}）").format(word=word, times=times) for word, times in found)


def _methods(year: Year, who: str) -> str:
    found = []
    for label, can in year.under("person", who, "method"):
        times = year.amount("person", who, "method", label, can)
        word = label if can == Can.IMPOSE.value else _("{method}（移送）").format(method=label)
        found.append(word if times == 1 else _("{word}（{times}）").format(word=word, times=times))
    return _("、").join(found)


def _effects(year: Year, sort: str) -> Table:
    rows = []
    for who, label, can, to, words, personnel in year.under("effect", sort):
        key: Key = ("effect", sort, who, label, can, to, words, personnel)
        rows.append((Cell(named(year, who), year.of(key)), Cell(personnel), Cell(label),
                     Cell(can_word(Can(can)) if not to else _("{can}，{organ}").format(can=can_word(Can(can)), organ=to)),
                     Cell(words)))
    columns = (Column(_("人员")), Column(_("人员类别")), Column(_("方式")), Column(_("由谁决定")), Column(_("含义")))
    title = _("年度考核的建议") if sort == APPRAISAL else _("评先资格")
    return Table(f"effect-{sort}", title, columns, tuple(sorted(rows, key=lambda row: str(row[0].value))), personal=True)


# duties

def fulfilment_word(name: str) -> str:
    return {"MET": _("履行"), "PARTLY": _("部分履行"), "NOT": _("未履行")}[name]


def _fulfilments(sort: str) -> list[Measure]:
    def measure(result: Fulfilment) -> Measure:
        return Measure(fulfilment_word(result.name), lambda code: (sort, code, result.name))

    return [measure(result) for result in Fulfilment]


def _duties(years: Years) -> Table:
    codes = {rest[0] for year in years for rest in year.under("duty")}
    names = {code: next((y.names["duty", "", code] for y in years if ("duty", "", code) in y.names), None) for code in codes}
    order = sorted(codes, key=lambda code: (found.place if (found := names[code]) is not None else 10**6, code))

    def words(code: str) -> str:
        found = names[code]
        return _("{code}（{cite}）{words}").format(code=code, cite=found.cite, words=found.name) if found is not None else code

    return several("duty", _("按职责（次）"), _("办法规定的职责"), order, _fulfilments("duty"), years, shown=words,
                   note=_("一人或者一个站所的一项职责计一次"))


def _indicators(years: Years) -> Table:
    names = sorted({rest[0] for year in years for rest in year.under("indicator")})
    return several("indicator", _("按本机关的指标"), _("指标"), names, _fulfilments("indicator"), years)


def _each(year: Year) -> Table:
    """Every duty of everybody with what it rests on: those not met first."""
    order = [result.name for result in reversed(Fulfilment)]
    found = sorted(year.under("duty-of"), key=lambda key: (order.index(key[3]), key[1], key[2]))
    rows = tuple((Cell(named(year, who)), Cell(code), Cell(fulfilment_word(result)), Cell(proof), Cell(remark))
                 for _sort, who, code, result, proof, remark in found)
    columns = (Column(_("人员或者站所")), Column(_("职责代码")), Column(_("结果")), Column(_("证据")), Column(_("说明")))
    return Table("duty-of", _("逐人的履行情况和证据"), columns, rows, personal=True)


# who is assessed

def _standing_word(standing: str) -> str:
    return {ASSESSED: _("已考核"), EXEMPT: _("不考核"), ELSEWHERE: _("由其他机关考核"), ABSENT: _("本年度不在岗"),
            OPEN: _("没有考核，也没有写明理由")}[standing]


def _listed(year: Year) -> list[tuple[str, Member]]:
    return [(who, member) for who, member in year.people.items() if member.listed]


def _standings(year: Year) -> Table:
    rows = []
    for standing in (ASSESSED, EXEMPT, ELSEWHERE, ABSENT, OPEN):
        count = sum(member.standing == standing for _who, member in _listed(year))
        if count:
            rows.append((Cell(_standing_word(standing)), Cell(count)))
    total = (Cell(_("合计")), Cell(len(_listed(year)))) if rows else None
    return Table("standing", _("考核到人的情况"), (Column(_("情况")), Column(_("人"), Kind.COUNT)), tuple(rows), total)


def _roll(year: Year) -> Table:
    rows = [(Cell(named(year, who)), Cell(member.unit), Cell(member.post), Cell(_standing_word(member.standing)),
             Cell(member.words), *(tally(year, ("person", who, what), ("elsewhere", who, what)) for what in ("cases", "pending")))
            for who, member in _listed(year)]
    columns = (Column(_("人员")), Column(_("单位")), Column(_("职务")), Column(_("考核")), Column(_("不考核的理由")),
               Column(_("被追究"), Kind.COUNT), Column(_("在办"), Kind.COUNT))
    return Table("roll", _("人员名单"), columns, tuple(rows), personal=True,
                 note=_("“被追究”是本年度作出决定的案件；“在办”是年末没有定案、本人列在涉及人员或者处理意见里的案件，"
                        "写明没有过错的也算，因为还没有定案。别的站所的案件也算"))


def candidates(year: Year) -> list[str]:
    """赏罚严明: assessed, every duty met, nothing pursued, nothing pending, no award withdrawn."""
    short = {rest[1] for rest in year.under("duty-of") if rest[3] != Fulfilment.MET.name}
    short |= {rest[0] for rest in year.under("duty-open")}
    barred = {rest[1] for rest in year.under("effect")}
    barred |= {rest[0] for sort in ("barred", "elsewhere") for rest in year.under(sort)}
    met = {rest[1] for rest in year.under("duty-of")}
    return [who for who, member in _listed(year)
            if member.standing == ASSESSED and who in met and who not in short and who not in barred
            and not year.amount("person", who, "cases") and not year.amount("person", who, "pending")
            and not year.amount("person", who, "year")]


def _candidates(year: Year) -> Table:
    rows = [(Cell(named(year, who)), Cell(year.people[who].unit), Cell(year.people[who].post)) for who in candidates(year)]
    columns = (Column(_("人员")), Column(_("单位")), Column(_("职务")))
    return Table("candidate", _("可以奖励的人选"), columns, tuple(rows), personal=True,
                 note=_("各项职责都履行、本年度没有被追究、没有列在任何在办案件里的人（别的站所的案件也算），供研究奖励时参考"))
