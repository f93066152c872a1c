"""The chain of responsibility: derived by hand for the sample office, and who moves within a year."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from enforcecli.model.chain import Held
from enforcecli.model.roster import Holder, Member, Period, Roster, Term, Unit
from enforcecli.reading.workspace import Workspace
from enforcecli.rules.chain import (
    answering,
    chain,
    duties_in,
    duties_of,
    general_of,
    position,
    roles_in,
    served_in,
)
from tests.reading.support import book

SPRING, AUGUST, LATER = date(2025, 3, 1), date(2025, 8, 1), date(2026, 6, 30)


def sample() -> Roster:
    roster = Workspace.open(Path(__file__).parents[2] / "sample_cases").roster
    assert roster is not None
    return roster


def told(day: date | None) -> list[str]:
    """The chain in lines: unit, its leaders, its heads, then post and people."""
    made = chain(sample(), day)
    lines = [f"第一责任人 {'、'.join(made.first)}"]
    for branch in made.branches:
        for unit in branch.units:
            posts = " ".join(f"{link.post}:{'、'.join(link.persons) or '空'}" for link in unit.posts)
            lines.append(f"{unit.unit} {'、'.join(branch.leaders)} {'、'.join(unit.heads) or '空'} {posts}")
    return [*lines, *(f"{link.post} {'、'.join(link.persons)}" for link in made.elsewhere)]


SAME = ["第一责任人 赵某", "林业站 杨某 刘某 林业执法岗:张某 护林防火岗:黄某、罗某",
        "农业农村服务中心 杨某 周某 农业执法岗:宋某 农业执法辅助岗:吴某"]
LAST = ["民政和宗教事务办 孙某 冯某 民政助理岗:李某乙", "司法所 赵某 王某 司法助理岗:陈某"]
EXPECTED = {
    SPRING: [*SAME, "村镇规划建设站 孙某 郑某 规划建设岗:马某、徐某", "综合行政执法队 孙某 何某 综合执法岗:李某甲 法制审核岗:钱某", *LAST],
    AUGUST: [*SAME, "村镇规划建设站 孙某 空 村建站站长岗:空 规划建设岗:马某、徐某",
             "综合行政执法队 孙某 郑某 综合执法岗:李某甲 法制审核岗:钱某", *LAST],
    LATER: [*SAME, "村镇规划建设站 孙某 马某 规划建设岗:徐某", "综合行政执法队 孙某 郑某 综合执法岗:李某甲 法制审核岗:钱某", *LAST],
}


@pytest.mark.parametrize("day", EXPECTED, ids=str)
def test_the_chain_of_the_sample_office(day: date) -> None:
    assert told(day) == EXPECTED[day]


def test_as_the_roster_stands_is_as_on_a_later_day() -> None:
    assert told(None) == told(LATER)


POSITIONS = {
    ("赵某", LATER): (["第一责任人", "分管领导 司法所"], []),
    ("孙某", LATER): (["分管领导 村镇规划建设站", "分管领导 综合行政执法队", "分管领导 民政和宗教事务办"], ["第一责任人 赵某"]),
    ("马某", AUGUST): ([], ["分管领导 孙某", "第一责任人 赵某"]),  # the head's office is vacant
    ("马某", LATER): (["站所负责人 村镇规划建设站"], ["分管领导 孙某", "第一责任人 赵某"]),
    ("郑某", SPRING): (["站所负责人 村镇规划建设站"], ["分管领导 孙某", "第一责任人 赵某"]),
    ("张某", LATER): ([], ["站所负责人 刘某", "分管领导 杨某", "第一责任人 赵某"]),
    ("陈某", LATER): ([], ["站所负责人 王某", "分管领导 赵某", "第一责任人 赵某"]),
}


@pytest.mark.parametrize(("who", "day"), POSITIONS, ids=str)
def test_where_somebody_stands(who: str, day: date) -> None:
    held = position(sample(), who, day)
    assert held is not None

    def word(one: Held) -> str:
        return f"{one.office} {one.unit}" if one.unit else one.office

    assert ([*map(word, held.offices)], [f"{office} {person}" for office, person in held.above]) == POSITIONS[who, day]


def test_nobody_stands_anywhere_outside_their_term() -> None:
    assert position(sample(), "何某", LATER) is None and position(sample(), "何某", None) is None
    assert position(sample(), "何某", date(2025, 6, 30)) is not None
    assert position(sample(), "无人", LATER) is None


DUTIES = {"赵某": "D1-1 D1-2 D1-3 D1-4 D1-5", "杨某": "D1-1 D1-2 D1-3 D1-5", "刘某": "D2-1 D2-2 D2-3", "黄某": "D3-1",
          "张某": "D3-1 D3-2"}


@pytest.mark.parametrize(("who", "codes"), DUTIES.items())
def test_duties_on_a_day(who: str, codes: str) -> None:
    held = position(sample(), who, LATER)
    assert held is not None
    assert " ".join(d.code for d in duties_of(sample(), book(), held)) == codes


@pytest.mark.parametrize(("listed", "codes"), [
    ((), "D2-1 D2-2 D2-3"), (("D3-1",), "D2-1 D2-2 D2-3 D3-1"), (("D2-1", "D3-1"), "D2-1 D3-1"), (("D9-9",), "D2-1 D2-2 D2-3")])
def test_an_office_keeps_its_duties_where_the_post_lists_only_others(listed: tuple[str, ...], codes: str) -> None:
    """四（二）: 其职责是. A head who handles cases too is still the head."""
    roster = sample()
    post = roster.people["刘某"].post or ""
    roster = replace(roster, posts={**roster.posts, post: replace(roster.posts[post], duties=listed)})
    held = position(roster, "刘某", LATER)
    assert held is not None
    assert " ".join(d.code for d in duties_of(roster, book(), held)) == codes


def test_each_office_has_its_sentence() -> None:
    held = position(sample(), "赵某", LATER)
    assert held is not None
    assert [d.code for d in general_of(book(), held)] == ["D1A", "D1B"]


def test_within_a_year_both_posts_count() -> None:
    roster, of_2025 = sample(), (date(2025, 1, 1), date(2025, 12, 31))
    assert roles_in(roster, "马某", *of_2025) == {"站所负责人"}
    assert {"D2-1", "D3-1", "D3-2"} <= duties_in(roster, book(), "马某", *of_2025)  # staff until August, head from September
    assert "D3-2" not in duties_in(roster, book(), "马某", date(2026, 1, 1), date(2026, 12, 31))
    assert served_in(roster.people["何某"], *of_2025)
    assert not served_in(roster.people["何某"], date(2026, 1, 1), date(2026, 12, 31))


@pytest.mark.parametrize(("term", "office", "role"), [
    (Period(None, date(2024, 12, 31)), Period(), "一般工作人员"),  # the office stands open, the term was over before
    (Period(None, date(2025, 1, 1)), Period(), "站所负责人"),
    (Period(date(2025, 12, 31)), Period(), "站所负责人"),
    (Period(date(2026, 1, 1)), Period(), "一般工作人员"),
    (Period(date(2025, 7, 1)), Period(None, date(2025, 6, 30)), "一般工作人员"),  # never both at a time
    (Period(date(2025, 7, 1)), Period(None, date(2025, 7, 1)), "站所负责人"),
])
def test_an_office_counts_in_a_year_while_the_own_term_lasts(term: Period, office: Period, role: str) -> None:
    member = Member("甲", "甲", terms=(Term(term),))
    roster = Roster(units={"站": Unit("站", heads=(Holder("甲", office),))}, people={"甲": member})
    assert roles_in(roster, "甲", date(2025, 1, 1), date(2025, 12, 31)) == {role}


@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)))
def test_everybody_in_service_is_in_the_chain_once(day: date) -> None:
    """Whoever serves stands somewhere, and as a member of staff in one place only."""
    roster, made = sample(), chain(sample(), day)
    units = [unit for branch in made.branches for unit in branch.units]
    staff = [who for links in (*(u.posts for u in units), made.elsewhere) for link in links for who in link.persons]
    offices = {*made.first, *(w for b in made.branches for w in b.leaders), *(w for u in units for w in u.heads)}
    serving = {held.member.id for held in answering(roster, day)}
    assert len(staff) == len(set(staff))
    assert serving <= offices | set(staff) and set(staff) <= serving
