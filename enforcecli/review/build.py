"""Years → the report: what is printed, in which order."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from enforcecli.language import _
from enforcecli.review.on_cases import case_sections
from enforcecli.review.on_office import office_sections, trouble
from enforcecli.review.on_people import people_sections
from enforcecli.review.report import Report
from enforcecli.review.tabling import Years, listed
from enforcecli.review.words import (
    CARRIED,
    ERRORS,
    NEW,
    NO_FILE,
    NO_ROSTER,
    OTHER_YEAR,
    OVERDUE,
    PENDING,
    SETTLED,
    TIED_TO_FINES,
    TWICE,
    UNREAD,
)
from enforcecli.review.year import Year

_LEFT = ("unread", "broken", "undated", "no-unit")


def build(years: Years, unit: str | None = None, *, public: bool = False) -> Report:
    """The review of `years[0]` beside `years[1]`, if there is one. `public`: nobody is named."""
    year = years[0]
    zero = is_zero(year)
    sections = [*([] if zero else case_sections(years)), *people_sections(years), *office_sections(years)]
    if public:
        sections = [replace(s, tables=tuple(t for t in s.tables if not t.personal)) for s in sections]
    return Report(
        _office(year, None), _("{year} 年度行政执法过错责任追究情况").format(year=year.year), year.year, years[1].year if len(years) > 1 else None, unit, zero,
        tuple(_opening(year, unit, zero)), tuple(s for s in sections if s.tables),
        tuple(_how(years, public)), (_("单位负责人（签字）："), _("填报人（签字）："), _("填报日期：")))


def is_zero(year: Year) -> bool:
    """Whether nothing happened, and that can be said: every file was read, and none is of this year."""
    nothing = not year.amount("case") and not any(True for _rest in year.under("flow"))
    return nothing and not _unclear(year)


def _unclear(year: Year) -> bool:
    return any(year.amount("left", word) for word in _LEFT) or any(p.trouble for p in year.places.values())


def _office(year: Year, unit: str | None) -> str:
    """Whose review it is. What could not be read is not among the offices counted."""
    places = list(year.places.values())
    read = sum(not place.trouble for place in places)
    if len(places) == 1:
        name = places[0].label
    elif read == len(places):
        name = _("{count} 个单位").format(count=read)
    else:
        name = _("{count} 个单位（另 {left} 个未能读取）").format(count=read, left=len(places) - read)
    return name + unit if unit else name


def _opening(year: Year, unit: str | None, zero: bool) -> Iterator[str]:
    office, read = _office(year, unit), sum(place.cases for place in year.places.values())
    if zero:
        yield _("{office} {year} 年度未发生行政执法过错责任追究情形：没有结转、新收、在办或者定案的案件。").format(
            office=office, year=year.year)
        yield _("案件仓库现有案件文件 {count} 个，全部读取，没有一件属于本年度。").format(count=read)
        return
    yield _("{year} 年度：上年结转 {carried} 件，本年新收 {new} 件；定案 {settled} 件，年末未定案 {pending} 件。").format(
        year=year.year, **{word: year.amount("flow", word) for word in (CARRIED, NEW, SETTLED, PENDING)})
    yield _("按决定、结论的年度（没有的按收案的年度）计入本年度的案件 {cases} 件、过错 {findings} 项，追究责任个人 {people} 人次、单位 {units} 次。").format(
        cases=year.amount("case"), findings=year.amount("finding"), people=year.amount("pursued", "person"),
        units=year.amount("pursued", "unit"))
    late = year.of(("flow", OVERDUE))
    if late:
        yield _("年末未定案的案件，到年末已过期限的 {count} 件：{cases}。").format(count=len(late), cases=listed(late))
    unread = year.of(*(("left", word) for word in _LEFT))
    if unread:
        yield _("没有计入的文件 {count} 个：{cases}。").format(count=len(unread), cases=listed(unread))
    for place, found in year.places.items():
        if found.trouble:
            yield _("{place}：{trouble}。").format(place=place or found.label, trouble=trouble(found.trouble))
    if _unclear(year) and not year.amount("case"):
        yield _("上述文件查清以前，不能作出零报告。")


def _how(years: Years, public: bool) -> Iterator[str]:
    """口径说明: how was counted, and what was not there to count."""
    yield _("年度依案件文件自己写明的日期，不依文件或者提交的时间。")
    yield _("一件案件只计入一个年度：有决定或者结论（中止除外）的，计入决定、结论的年度；还没有的，依次按线索、立案、行为的日期。"
            "定案以后改计入定案的年度。")
    yield _("结转、新收、定案、未定案按年末的状态计：结转加新收等于定案加未定案；定案是作出决定或者写明结论。")
    yield _("责任、追究方式、金额和人次只算已经作出追究决定的案件；人次是人与案件的对应，一人两案计两人次，"
            "只计个人，承担责任的单位另计。")
    yield _("对考核的影响按案件写明的考核年度，没有写的按决定的年度。")
    yield _("本表不设罚款、没收的考核指标（行政处罚法第七十四条）。")
    if public:
        yield _("公开版，不列个人。")
    for year in years:
        yield from _missing(year)


def _missing(year: Year) -> Iterator[str]:
    words = {
        NO_FILE: _("没有 {name}，有关数字没有列出。"), ERRORS: _("{name} 有错误，数字可能不全，先用 enforce validate 核查并改正。"),
        UNREAD: _("{name} 不能读取，有关内容没有列出。"), OTHER_YEAR: _("{name} 里写的是另一个年度，没有采用。"),
        TIED_TO_FINES: _("{name} 把考核与罚款、没收的款项挂钩，不予采用（行政处罚法第七十四条）。"),
        NO_ROSTER: _("没有人员名册，没有列出考核名单。"), TWICE: _("案号 {name} 有两个文件，分别计入。"),
    }
    for what, name, place in year.notes:
        sentence = words[what].format(name=name)
        yield _("{place}：{words}").format(place=place, words=sentence) if place else sentence
