"""Who is meant: id, name, 职务 on the day, the case's own people."""

from __future__ import annotations

from datetime import date

import pytest
from msgspec.structs import replace

from enforcecli.model.problem import Level
from enforcecli.problems import level
from enforcecli.rules.posts import (
    first_responsible_on,
    heads_on,
    leaders_on,
    member_on,
    resolve,
    unit_of,
)
from tests.reading.support import args, book, case, codes, roster

DAY = date(2026, 3, 2)
WHO = [
    ("张某", DAY, ("张某",)), ("周乙", DAY, ("周某乙",)), ("李某", DAY, ("李某乙", "李某甲")), ("李某甲", DAY, ("李某甲",)),
    ("乡长", DAY, ("赵某",)), ("副乡长", DAY, ("孙某", "杨某")), ("无人", DAY, ()),
    ("规划站站长", date(2025, 6, 30), ("郑某",)), ("规划站站长", date(2025, 7, 1), ()),
    ("规划站站长", date(2025, 9, 1), ("马某",)), ("规划建设助理员", date(2025, 8, 31), ("马某",)),
    ("规划建设助理员", DAY, ()), ("队长", DAY, ("郑某",)), ("队长", date(2025, 1, 1), ()),
    ("林业站站长", DAY, ("刘某",)), ("执法员", date(2023, 12, 31), ()), ("规划站站长", None, ("马某",)),
]


@pytest.mark.parametrize(("text", "day", "ids"), WHO)
def test_resolve(text: str, day: date | None, ids: tuple[str, ...]):
    assert resolve(roster(), {}, text, day) == ids


def test_as_the_roster_stands_who_has_left_holds_no_title():
    """On a day in the past they may have: then two are possible, and the case has to say who."""
    left = replace(roster().people["刘某"], status="退休")
    people = {**roster().people, "刘某": left, "新某": replace(left, id="新某", name="新某", status=None)}
    changed = replace(roster(), people=people)
    assert resolve(changed, {}, "林业站站长", None) == ("新某",)
    assert resolve(changed, {}, "林业站站长", DAY) == ("刘某", "新某")


def test_posts_on_a_day():
    zheng, ma = roster().people["郑某"], roster().people["马某"]
    before, after = date(2025, 6, 30), date(2025, 7, 1)
    then, now = member_on(zheng, before), member_on(zheng, after)
    assert then is not None and (then.unit, then.title) == ("规划站", "规划站站长")
    assert now is not None and (now.unit, now.title) == ("林业站", "队长")
    assert member_on(zheng, date(2021, 12, 31)) is None
    assert unit_of(roster(), zheng, before) is roster().units["规划站"]
    assert unit_of(roster(), roster().people["赵某"], DAY) is None
    plan = roster().units["规划站"]
    assert [heads_on(roster(), plan, d) for d in (before, after, date(2025, 9, 1), None)] == [("郑某",), (), ("马某",), ("马某",)]
    assert leaders_on(roster(), plan, DAY) == ("孙某",) and first_responsible_on(roster(), DAY) == ("赵某",)
    assert member_on(ma, None) is not None


def _involved(who: str, people: str = "", day: str = "2026-03-02", with_roster: bool = True):
    content = f"{people}过错事实: [{{情形: 2, 涉及人员: [{{人: {who}, 角色: 承办人}}]}}]\n行为: {{日期: {day}}}\n"
    found, problems = case(content, book=book(), roster=roster() if with_roster else None)
    return found, found.findings[0].involved[0], problems


@pytest.mark.parametrize(("who", "day", "expected"), [
    ("张某", "2026-03-02", "张某"), ("周乙", "2026-03-02", "周某乙"), ("执法员", "2026-03-02", "张某"),
    ("规划站站长", "2025-06-30", "郑某"), ("规划站站长", "2025年9月1日", "马某")])
def test_a_person_of_the_roster(who: str, day: str, expected: str):
    found, involved, problems = _involved(who, day=day)
    assert problems == () and (involved.person, involved.written) == (expected, who)
    assert found.ids == {who: expected}


@pytest.mark.parametrize(("who", "code", "told"), [
    ("张木", "P101", {"guess": "张某", "written": "张木"}), ("欧阳丙丁", "P102", {"written": "欧阳丙丁"}),
    ("李某", "P103", {"written": "李某", "ids": "李某乙、李某甲"}), ("副乡长", "P103", {"written": "副乡长", "ids": "孙某、杨某"}),
    ("林业站", "P104", {"written": "林业站"}),
    ("规划建设助理员", "P105", {"written": "规划建设助理员", "ids": "马某", "day": "2026-03-02"})])
def test_nobody_or_several_are_errors(who: str, code: str, told: dict[str, str]):
    found, involved, problems = _involved(who)
    assert codes(problems) == [code] and level(problems[0]) is Level.ERROR and args(problems[0]) == told
    assert involved.person == who and found.ids == {} and found.findings[0].blocked == problems


def test_elsewhere_an_unknown_name_is_a_warning_and_a_doubtful_one_an_error():
    _, problems = case("程序: {立案: {批准: 无人某某}, 讨论: {主持: 李某}}\n", roster=roster())
    assert [(p.code, level(p)) for p in problems] == [("P102", Level.WARNING), ("P103", Level.ERROR)]


HANDLED = "行为: {日期: 2025-06-01}\n过错事实: [{情形: 2, 涉及人员: [{人: 规划站站长, 角色: 承办人}]}]\n"
"""The head was 郑某 until the end of June, nobody for two months, and then 马某."""


@pytest.mark.parametrize("before", [True, False])
@pytest.mark.parametrize(("steps", "named"), [
    ("{立案: {日期: 2025-10-10, 批准: 规划站站长}}", ["马某"]),
    ("{立案: {批准: 规划站站长, date: 2025年10月10日}}", ["马某"]),
    ("{立案: {日期: 2025-06-30, 批准: 规划站站长}}", ["郑某"]),
    ("{立案: {批准: 规划站站长}}", ["郑某"]),  # no day: that of the act
    ("{立案: {日期: 明天, 批准: 规划站站长}}", ["郑某"]),
    ("{立案: {日期: 2025-10-10, 批准: 规划站 站长}}", ["规划站 站长"]),
    ("{调查: {日期: 2025-10-10, 人员: [规划站站长, 钱某]}}", ["马某", "钱某"]),
    ("{讨论: {日期: 2025-10-10, 主持: 规划站站长, 出席: [规划站站长, 李某甲], 不同意见: [{人: 规划站站长, 记录: 是}]}}",
     ["马某", "马某", "李某甲", "马某"]),
    ("{回避: {人员: [{人: 规划站站长, 日期: 2025-10-10, 决定人: 规划站站长}, {人: 规划站站长}]}}", ["马某", "马某", "郑某"]),
])
def test_who_handles_the_case_holds_the_title_on_the_day_of_the_step(steps: str, named: list[str], before: bool):
    content = f"程序: {steps}\n{HANDLED}" if before else f"{HANDLED}程序: {steps}\n"
    found, _ = case(content, book=book(), roster=roster())
    p = found.procedure
    who = [p.filing and p.filing.approved_by, *(p.investigation.investigators if p.investigation else ()),
           *((p.deliberation.chair, *p.deliberation.present, *(d.person for d in p.deliberation.dissents)) if p.deliberation else ()),
           *(one for e in (p.recusal.entries if p.recusal else ()) for one in (e.person, e.decided_by))]
    assert [one for one in who if one] == named
    assert {one for one in named if " " not in one} <= {*found.ids.values()}  # whose names the public version leaves out
    assert found.findings[0].involved[0].person == "郑某" and found.ids.get("规划站站长") == "郑某"


def test_a_title_nobody_held_on_the_day_of_the_step_is_told_with_that_day():
    _, problems = case(HANDLED + "程序: {立案: {日期: 2025-07-15, 批准: 规划站站长}}\n结论: {日期: 2025-10-10, 批准: 规划站站长}\n", roster=roster())
    told = [(p.code, level(p), args(p)) for p in problems if p.code.startswith("P")]
    assert told == [("P105", Level.WARNING, {"written": "规划站站长", "day": "2025-07-15", "ids": "郑某、马某"})]


def test_maps_of_the_procedure_speak_of_those_involved():
    found, _problems = case(HANDLED + "程序: {告知: {日期: 2025-10-10, 陈述申辩: {规划站站长: 放弃}}, 决定: {日期: 2025-10-20, 文号: {规划站站长: 甲责〔2025〕1号}}}\n",
                           book=book(), roster=roster())
    assert found.procedure.notice is not None and list(found.procedure.notice.defences) == ["郑某"]
    assert found.procedure.decision is not None and list(found.procedure.decision.documents) == ["郑某"]


def test_who_signs_may_be_anyone():
    found, problems = case("程序: {送达: {张某: {签收: 李某}, 周乙: {签收: 资料员}}}\n", roster=roster())
    assert problems == ()
    assert {who: s.signed_by for who, s in found.procedure.service.items()} == {"张某": "李某", "周某乙": "周某乙"}


def test_without_a_roster_any_name_is_its_own_id():
    found, involved, problems = _involved("谁也不认识", with_roster=False)
    assert problems == () and involved.person == "谁也不认识" and found.ids == {"谁也不认识": "谁也不认识"}


def test_maps_by_person_are_keyed_by_id():
    found, problems = case(
        "行为: {日期: 2026-03-02}\n处理意见: {周乙: M1}\n执行: {执法员: {事项: M1}}\n"
        "程序: {告知: {陈述申辩: {周乙: 放弃}, 答复: {乡长: 无}}, 决定: {文号: {周乙: 甲责〔2026〕1号}}, 送达: {周乙: {方式: 直接}}}\n",
        roster=roster())
    notice, decision = found.procedure.notice, found.procedure.decision
    assert problems == () and notice is not None and decision is not None
    assert list(found.dispositions) == ["周某乙"] and list(found.performance) == ["张某"]
    assert list(notice.defences) == ["周某乙"] and list(notice.replies) == ["赵某"]
    assert list(decision.documents) == ["周某乙"] and list(found.procedure.service) == ["周某乙"]


def test_the_cases_own_people():
    found, involved, problems = _involved("丙某", "人员: {丙某: {单位: 县林业局, 人员类别: civil servant}}\n")
    assert problems == () and not involved.is_unit
    assert found.people["丙某"].name == "丙某" and found.people["丙某"].personnel == "公务员"


def test_a_unit_of_the_case():
    found, involved, problems = _involved("县局", "人员: {县局: {类别: 单位, 单位: 县林业局}}\n")
    assert problems == () and involved.is_unit and found.people["县局"].is_unit
    assert found.people["县局"].name == "县林业局"


@pytest.mark.parametrize("key", ["周某乙", "周乙"])
def test_stated_fields_win_over_the_rosters(key: str):
    found, involved, problems = _involved("周乙", f"人员: {{{key}: {{职务: 代办员, 领导成员: 是}}}}\n")
    member = found.people["周某乙"]
    assert problems == () and involved.person == "周某乙"
    assert (member.title, member.leadership, member.unit, member.name) == ("代办员", True, "规划站", "周乙")


def test_a_post_stated_for_the_case_holds_whatever_the_terms_say():
    found, _, _ = _involved("郑某", "人员: {郑某: {职务: 代站长}}\n", day="2025-01-01")
    held = member_on(found.people["郑某"], date(2025, 1, 1))
    assert held is not None and (held.title, held.unit) == ("代站长", "规划站")


def test_the_order_of_keys_in_the_file_does_not_matter():
    one = case("行为: {日期: 2025-06-30}\n人员: {丙某: {职务: 临时}}\n处理意见: {规划站站长: M1, 临时: M1}\n", roster=roster())
    two = case("处理意见: {规划站站长: M1, 临时: M1}\n人员: {丙某: {职务: 临时}}\n行为: {日期: 2025-06-30}\n", roster=roster())
    assert one == two and list(one[0].dispositions) == ["郑某", "丙某"]


def test_one_person_under_two_keys_of_people():
    _, problems = case("人员: {周某乙: {职务: 甲}, 周乙: {职务: 乙}}\n", roster=roster())
    assert codes(problems) == ["K111"]


def test_a_holder_without_an_entry_is_known():
    from enforcecli.reading.roster import read_roster
    from tests.reading.support import document

    small, problems = read_roster(document("第一责任人: 欧阳甲乙\n单位: {站: {负责人: 上官丙丁}}\n人员: {丙某: {单位: 站}}\n"))
    assert codes(problems) == ["P108", "P108"]
    assert case("处理意见: {欧阳甲乙: M1, 上官丙丁: M1}\n", roster=small)[1] == ()


@pytest.mark.parametrize("key", ["a/b", "..", "con", "长" * 60])
def test_ids_become_file_names(key: str):
    _, problems = case(f"人员: {{{key}: {{单位: 甲}}}}\n", roster=roster())
    assert [c[:3] for c in codes(problems)] == ["Y39"]
