"""roster.yaml and enforce.yaml."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from enforcecli.model.roster import Credential, Holder, Office, Period, Roster, Term
from enforcecli.reading.roster import read_roster
from tests.reading.support import codes, document, office, roster, text


def test_the_roster():
    found = roster()
    assert found.first_responsible == (Holder("赵某"),)
    assert found.units["林业站"].heads == (Holder("刘某"),) and found.units["林业站"].affiliation == "乡属"
    assert found.units["规划站"].heads == (Holder("郑某", Period(None, date(2025, 6, 30))),
                                       Holder("马某", Period(date(2025, 9, 1))))
    zhang = found.people["张某"]
    assert zhang.credential == Credential("25-0101", "县司法局", date(2027, 12, 31))
    assert (zhang.leadership, zhang.terms, zhang.status) == (False, (Term(Period(date(2024, 1, 1))),), "在职")
    assert found.people["钱某"].monthly_wage == Decimal("3200.00") and found.people["周某乙"].name == "周乙"
    assert found.people["王某"].sealing == ("审核",) and found.people["王某"].signing_keys == ("ssh-ed25519 AAAA",)
    assert found.posts["林业执法岗"].duties == ("D3-1", "D3-2")


def test_the_roster_in_english():
    english = """
first_responsible: 周乙
units: {站: {affiliation: county, head: {person: 周某乙, from: 2025-01-01}, leader: 周某乙, objectives: 甲, basis: 乙}}
posts: {岗: {unit: 站, objectives: [甲], duties: D1}}
people: {周某乙: {name: 周乙, unit: 站, post: 岗, personnel: civil servant, leadership: no, terms: {from: 2025-01-01}}}
"""
    found, problems = read_roster(document(english))
    assert problems == () and found.first_responsible == (Holder("周某乙"),)
    assert found.units["站"].affiliation == "县派出"
    assert found.units["站"].heads == (Holder("周某乙", Period(date(2025, 1, 1))),)
    assert found.people["周某乙"].leadership is False


@pytest.mark.parametrize(("piece", "expected"), [
    ("人员: {张某: {单位: 林业占}}", ["P119"]), ("人员: {张某: {单位: 水务中心}}", ["P109"]),
    ("人员: {张某: {岗位: 林业执法冈}}", ["P120"]), ("人员: {张某: {岗位: 外勤}}", ["P110"]),
    ("第一责任人: 赵木", ["P118"]), ("第一责任人: 李某", ["P103"]), ("岗位: {岗: {单位: 林业占}}", ["P119"]),
    ("人员: {张某: {任期: [{自: 2026-01-01, 至: 2025-01-01}]}}", ["P111"]),
    ("人员: {张某: {任期: {单位: 林业占}}}", ["P119"]),
    ("人员: {张某: {人员类别: 公务圆}}", ["K201"]), ("人员: {张某: {执法证: 25-0101}}", ["K106"]),
    ("人员: [张某]", ["K106"]), ("人员: {a/b: {职务: 甲}}", ["Y392"]), ("单位: {林业站: {隶属: 天上}}", ["K202"]),
    ("单位: {林业站: {负责人: [{自: 2024-01-01}]}}", ["K110"]), ("人员: {张某: {月基本工资: 很多}}", ["Y310"])])
def test_slips_of_a_roster(piece: str, expected: list[str]):
    base = "单位: {林业站: {隶属: 乡属}}\n岗位: {林业执法岗: {单位: 林业站}}\n人员: {赵某: {职务: 乡长}, 李某甲: {姓名: 李某}, 李某乙: {姓名: 李某}}\n"
    from tests.reading.support import replaced

    _, problems = read_roster(document(replaced(base, piece + "\n")))
    assert codes(problems) == expected and all(p.span for p in problems)


def test_a_roster_without_units_has_nothing_to_compare_with():
    assert read_roster(document("人员: {张某: {单位: 某站, 岗位: 某岗}}\n"))[1] == ()


@pytest.mark.parametrize("content", ["", "# 空\n", "人员: {张某: {}}\n"])
def test_small_rosters(content: str):
    found, problems = read_roster(document(content))
    assert isinstance(found, Roster) and problems == ()


def test_the_office():
    found, problems = office(text("enforce.yaml"))
    assert problems == ()
    assert (found.organ, found.measure, found.language) == ("上江乡人民政府", "shangjiang-2023", "zh")
    assert found.scale == {"主要责任": Fraction(7, 10)} and found.limits["立案到决定"].unit == "working-day"
    assert found.days_off == {date(2026, 5, 1), date(2026, 5, 2)} and found.days_on == {date(2026, 5, 9)}
    assert found.reviews["内部复核"].limit is not None and found.reviews["内部复核"].limit.count == 30
    assert found.documents == {"字体": {"正文": "仿宋_GB2312", "标题": "方正小标宋简体"}, "红头": "是", "机关代字": "上江责"}


@pytest.mark.parametrize("written", ["比例: 不显示", "scale: hidden"])
def test_hidden_shares(written: str):
    found, problems = office(written + "\n")
    assert problems == () and found.scale is None


def test_without_holidays_days_off_are_unknown_with_them_known():
    assert office("")[0] == Office() and office("")[0].days_off is None and Office().scale == {}
    assert office("节假日: {班: 2026-05-09}\n")[0].days_off == frozenset()


@pytest.mark.parametrize(("content", "expected"), [
    ("节假日: {休: [2026-05-01], 班: [2026-05-01]}", ["O101"]), ("语言: 法文", ["K202"]), ("比例: 七成", ["K202"]),
    ("比例: {主要责任: 0.7}", ["Y321"]), ("期限: {复核: 很久}", ["Y340"]), ("节假日: [2026-05-01]", ["K106"]),
    ("文书: 宋体", ["K106"]), ("救济: {内部复核: 有}", ["K106"]), ("脚本: rm", ["K102"]), ("机关:", ["K105"])])
def test_slips_of_an_office(content: str, expected: list[str]):
    assert codes(office(content + "\n")[1]) == expected


def test_ratio_numbers_are_sizes_too():
    assert office("比例: {直接责任: 5, 主要责任: 70%}\n")[0].scale == {"直接责任": Fraction(5), "主要责任": Fraction(7, 10)}
