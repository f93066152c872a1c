"""A case file in both languages, its closed lists, and what blocks what."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from msgspec import Struct
from msgspec.structs import replace

from enforcecli.model.case import Involved, MethodChoice
from enforcecli.model.problem import Level
from enforcecli.problems import level
from enforcecli.reading.case import peek
from enforcecli.reading.shape import Choice
from enforcecli.reading.vocabulary import CLOSED_LISTS
from tests.reading.support import NUMBER, args, book, case, codes, document, errors, roster, text

CHINESE, ENGLISH = text(f"{NUMBER}.yaml"), text("english.yaml")


def test_the_contract_example_reads_clean():
    found, problems = case(CHINESE, book=book(), roster=roster())
    assert problems == ()
    finding = found.findings[0]
    assert finding.faults == ("2", "3-5") and finding.blocked == ()
    assert finding.involved[0] == Involved(
        "张某", "张某", ("承办人",), {"有无过错": "有", "汇报失实": "弄虚作假", "主观过错": "故意", "认错态度": "主动承认"})
    assert finding.facts == {"特殊情形": "无", "部门作出": "是", "审批情形": "同意", "因汇报失实致审批失误": "是"}
    assert found.act is not None and found.act.reference_day == date(2026, 3, 2) and not found.act.omission
    assert found.compensation is not None
    assert (found.compensation.amount, found.compensation.ordered) == (Decimal("12000.00"), Fraction(3, 5))
    assert found.dispositions["张某"] == (MethodChoice("M7"), MethodChoice("M4", term=date(2026, 7, 31)))
    assert found.procedure.notice is not None and found.procedure.notice.limit is not None
    assert (found.procedure.notice.limit.count, found.procedure.notice.limit.unit) == (5, "working-day")
    assert found.original_procedure == {"法制审核": "有", "集体讨论": "不适用", "听证": "无", "两名执法人员": "待查"}
    assert found.people["李某"].title == "科员" and found.appraisal_year == 2026


def test_english_keys_and_words_give_the_same_case():
    chinese, _ = case(CHINESE, book=book(), roster=roster())
    english, problems = case(ENGLISH, book=book(), roster=roster())
    assert problems == ()
    assert english == chinese


def test_nothing_is_left_empty_by_the_example():
    """Every field of the model is read from some key."""
    found, _ = case(CHINESE, book=book(), roster=roster())
    empty = {name for name in found.__struct_fields__ if getattr(found, name) in (None, (), {})}
    assert empty == {"wholly_blocked"}
    assert all(isinstance(getattr(found, name), Struct) for name in ("clue", "act", "procedure", "closing"))


def test_values_are_frozen():
    found, _ = case(CHINESE, book=book(), roster=roster())
    for value in (found, found.findings[0], found.act, found.findings[0].involved[0]):
        assert replace(value) == value and hash(type(value))
        with pytest.raises(AttributeError):
            setattr(value, value.__struct_fields__[0], "x")


@pytest.mark.parametrize("choice", CLOSED_LISTS.values(), ids=CLOSED_LISTS)
def test_every_word_of_a_closed_list_in_every_spelling(choice: Choice):
    from enforcecli.reading.reader import read

    for word in choice.words:
        for spelling in (word.zh, *word.en, *word.also):
            for typed in (spelling, spelling.upper()):
                assert read(document(f"- {typed!r}"), _only(choice)) == ((word.zh,), ())


def _only(choice: Choice):
    from enforcecli.reading.shape import ListOf

    return ListOf(choice)


@pytest.mark.parametrize("choice", CLOSED_LISTS.values(), ids=CLOSED_LISTS)
def test_another_word_is_refused_with_the_list(choice: Choice):
    from enforcecli.reading.reader import read

    value, problems = read(document("- 天气晴朗无云"), _only(choice))
    assert value == () and codes(problems) == ["K202"]
    assert args(problems[0])["allowed"] == "、".join(w.zh for w in choice.words)


SLIPS = {
    "unknown key with a near one": ("案油: x", ["K101"]),
    "unknown key": ("天气: 晴", ["K102"]),
    "both languages": ("案由: x\ntitle: y", ["K103"]),
    "alias": ("标题: x", ["K104"]),
    "empty": ("案由:", ["K105"]),
    "null": ("案由: ~", ["K105"]),
    "list for text": ("案由: [x]", ["K107"]),
    "mapping for text": ("案由: {a: b}", ["K108"]),
    "text for mapping": ("线索: 自查", ["K106"]),
    "list for mapping": ("线索: [自查]", ["K106"]),
    "text for a finding": ("过错事实: 张某", ["K106"]),
    "text for persons": ("过错事实: [{情形: 2, 涉及人员: 张某}]", ["K106"]),
    "date": ("线索: {日期: 2026-02-30}", ["Y304"]),
    "share": ("赔偿: {责令承担: 60}", ["Y321"]),
    "money": ("赔偿: {金额: 很多}", ["Y310"]),
    "year": ("考核年度: 去年", ["Y380"]),
    "limit": ("程序: {告知: {期限: 五}}", ["Y341"]),
    "method missing": ("处理意见: {张某: [{期限: 2026-07-31}]}", ["K110"]),
    "a person twice in a map": ("执行: {张某: [{事项: M1}], 执法员: [{事项: M4}]}", ["K111"]),
    "wrong number": ("案号: SJ-2026-999", ["K301"]),
    "no number": ("案号: 三号", ["Y360"]),
    "weight": ("过错事实: [{情形: 2, 涉及人员: [{人: 张某, 权重: 0}]}]", ["Y331"]),
    "unknown fault, near": ("过错事实: [{情形: 3-55}]", ["K302"]),
    "unknown fault": ("过错事实: [{情形: 态度不好}]", ["K303"]),
    "all at once": ("案油: x\n线索: {日期: 2026.5, 来源: 天气晴朗}\n赔偿: []\n处理意见: {张木: [M1]}",
                    ["K101", "Y302", "K202", "K106", "P101"]),
}


@pytest.mark.parametrize(("content", "expected"), SLIPS.values(), ids=SLIPS)
def test_slips(content: str, expected: list[str]):
    _, problems = case(content + "\n", book=book(), roster=roster())
    assert codes(problems) == expected
    assert all(p.span is not None and p.file for p in problems)


def test_an_unknown_key_names_the_near_one_and_all_allowed():
    _, (problem,) = case("案由: x\n线所: {来源: 自查}\n")
    assert args(problem)["guess"] == "线索" and "处理意见" in args(problem)["allowed"]
    assert problem.span is not None and (problem.span.line, problem.span.column) == (2, 1)


LINES = {"情形": "2", "涉及人员": "[{人: 张某, 角色: 承办人, 有无过错: 有}]"}
BLOCKING = {
    "share of a part": "  可分部分: {改变部分: 40}\n",
    "weight": "  涉及人员: [{人: 张某, 权重: 重}]\n",
    "person": "  涉及人员: [{人: 无此人某某, 角色: 承办人}]\n",
    "person missing": "  涉及人员: [{角色: 承办人}]\n",
    "person twice": "  涉及人员: [{人: 张某}, {人: 执法员}]\n",
    "fact as a list": "  审批情形: [同意]\n",
    "misspelt fact": "  审批情型: 同意\n",
    "misspelt weight": "  涉及人员: [{人: 张某, 权种: 2}]\n",
    "fact in two spellings": "  涉及人员: [{人: 张某}]\n  persons: [{人: 张某}]\n",
    "discretion": "  比例调整: {主要责任: 很多, 理由: x}\n",
    "degree unknown": "  比例调整: {主要责仁: 80%, 理由: x}\n",
    "choice without rule": "  规则适用选择: {理由: x}\n",
    "part of the case": "  全案占比: 0.5\n",
}
HARMLESS = {
    "evidence": "  证据: [{页: 3}]\n",
    "nature": "  性质: 天气\n",
    "misspelt cause": "  原茵: x\n",
    "recorded share": "  涉及人员: [{人: 张某, 份额: 很多}]\n",
    "fault code": "  情形: 3-99\n",
}


def _with(lines: str) -> str:
    """A small finding with the given lines in place of its own."""
    stated = LINES | dict(line.strip().split(": ", 1) for line in lines.splitlines())
    body = "\n".join(f"  {key}: {value}" for key, value in stated.items())
    return f"行为: {{日期: 2026-03-02}}\n过错事实:\n-{body[1:]}\n"


@pytest.mark.parametrize("line", BLOCKING.values(), ids=BLOCKING)
def test_errors_in_what_the_shares_read_block_the_finding(line: str):
    found, problems = case(_with(line), book=book(), roster=roster())
    assert errors(problems) and found.findings[0].blocked
    assert set(found.findings[0].blocked) <= set(problems) and found.wholly_blocked == ()


@pytest.mark.parametrize("line", HARMLESS.values(), ids=HARMLESS)
def test_other_errors_block_nothing(line: str):
    found, problems = case(_with(line), book=book(), roster=roster())
    assert errors(problems) and found.findings[0].blocked == () and found.wholly_blocked == ()


WHOLLY = ("行为: {日期: 2026-02-30}\n", "行为: {日斯: 2026-02-03}\n", "行为: {期间: {起: 2026-01-01, 止: 五月}}\n",
          "适用办法: [a, b]\n", "适用力法: shangjiang-2023\n", "行为: {日期: 2026-01-01, date: 2026-01-02}\n")


@pytest.mark.parametrize("content", WHOLLY)
def test_errors_in_measure_and_day_block_the_case(content: str):
    found, problems = case(content, book=book(), roster=roster())
    assert found.wholly_blocked and set(found.wholly_blocked) <= set(problems)


def test_an_error_in_a_used_entry_of_people_blocks_the_findings_that_use_it():
    people = "人员: {甲: {人员类别: 天气晴朗}, 乙: {职务: 科员}}\n"
    finding = "- 情形: 2\n  涉及人员: [{{人: {who}, 角色: 承办人, 有无过错: 有}}]\n"
    content = people + "过错事实:\n" + finding.format(who="甲") + finding.format(who="乙")
    found, problems = case(content, book=book(), roster=roster())
    assert codes(problems) == ["K202"]
    assert [codes(f.blocked) for f in found.findings] == [["K202"], []]


def test_an_unreadable_finding_keeps_its_place():
    found, _ = case("过错事实: [张某, {情形: 2}]\n", book=book(), roster=roster())
    assert [codes(f.blocked) for f in found.findings] == [["K106"], []]


def test_without_a_book_unknown_keys_of_a_finding_are_facts():
    content = ("过错事实:\n- 情形: 甲-1\n  上级改变: 是\n  意见: {甲部分: 对}\n  涉及人员: [{人: 谁, 角色: 某, 一年内次数: 零次}]\n"
               "  比例调整: {直接责任: 5, 理由: x}\n")
    found, problems = case(content)
    finding = found.findings[0]
    assert problems == () and finding.facts == {"上级改变": "是", "意见": {"甲部分": "对"}}
    assert finding.involved[0].facts == {"一年内次数": "零次"} and finding.involved[0].person == "谁"
    assert finding.discretion is not None and finding.discretion.values == {"直接责任": Fraction(5)}


@pytest.mark.parametrize(("typed", "value"), [
    ("是", "是"), ("yes", "是"), ("true", "是"), ("√", "是"), ("有", "是"), ("否", "否"), ("no", "否"), ("FALSE", "否"),
    ("待查", "待查"), ("也许", "也许")])
def test_yes_and_no_are_one_spelling_where_the_fact_is_one(typed: str, value: str):
    found, problems = case(f"过错事实: [{{情形: 2, 部门作出: {typed}}}]\n", book=book())
    assert problems == () and found.findings[0].facts == {"部门作出": value}


def test_yes_and_no_stay_as_written_in_other_lists():
    found, _ = case("过错事实: [{情形: 2, 审批情形: yes}]\n", book=book())
    assert found.findings[0].facts == {"审批情形": "yes"}


def test_values_by_part():
    found, problems = case("过错事实: [{情形: 2, 因汇报失实致审批失误: {改变部分: yes, 未改变部分: 否}, "
                           "可分部分: {改变部分: 四成, 未改变部分: 3/5}}]\n", book=book())
    assert problems == ()
    assert found.findings[0].facts == {"因汇报失实致审批失误": {"改变部分": "是", "未改变部分": "否"}}
    assert found.findings[0].parts == {"改变部分": Fraction(2, 5), "未改变部分": Fraction(3, 5)}


def test_what_items_ask_for_is_kept_as_written():
    found, problems = case("过错事实: [{情形: 1, 目的: 牟利, 扩展适用: {理由: 一审生效}, 违反规定: 《甲》第三条}]\n", book=book())
    assert problems == ()
    assert found.findings[0].needs == {"目的": "牟利", "扩展适用": "一审生效", "违反规定": "《甲》第三条"}


def test_choice_of_a_rule_for_the_whole_or_by_part():
    content = "过错事实: [{{情形: 2, 规则适用选择: {{规则: {}, 理由: 集体研究}}}}]\n"
    whole, _ = case(content.format("R5"), book=book())
    parts, _ = case(content.format("{改变部分: R3, 未改变部分: R5}"), book=book())
    assert whole.findings[0].choice is not None and whole.findings[0].choice.rules == "R5"
    assert parts.findings[0].choice is not None
    assert parts.findings[0].choice.rules == {"改变部分": "R3", "未改变部分": "R5"}


def test_an_option_of_an_item_and_a_name_of_an_item_are_codes():
    some = next(f for f in book().faults.values() if f.options)
    option = next(iter(some.options))
    found, problems = case(f"过错事实: [{{情形: [{option}, {some.name}]}}]\n", book=book())
    assert problems == () and found.findings[0].faults == (option, some.code)


def test_an_omission_takes_its_day_from_the_end():
    content = "行为: {类型: 不作为, 期间: {起: 2025-10-09, 止: 2025-12-31}}\n"
    found, problems = case(content)
    assert problems == () and found.act is not None and found.act.omission
    assert found.act.reference_day == date(2025, 12, 31)
    assert peek(document(content)) == (None, date(2025, 12, 31))


@pytest.mark.parametrize(("content", "expected"), [
    (CHINESE, ("shangjiang-2023", date(2026, 3, 2))), (ENGLISH, ("shangjiang-2023", date(2026, 3, 2))),
    ("行为: {日期: 五月}\n", (None, None)), ("行为: 五月\n", (None, None)), ("- 1\n", (None, None)), ("", (None, None)),
    ("办法: a\n行为: {日期: 2026-01-02, 期间: {to: 2026年2月3日}}\n", ("a", date(2026, 2, 3)))])
def test_peek(content: str, expected: object):
    assert peek(document(content)) == expected


@pytest.mark.parametrize("file", ["cases/2026/SJ-2026-003.yaml", "SJ-2026-003.yml", "a\\SJ-2026-003.yaml", "-"])
def test_the_number_is_the_files_name(file: str):
    assert case("案号: SJ-2026-003\n", file=file)[1] == ()


def test_levels_are_those_of_the_kinds():
    _, problems = case("标题: x\n赔偿:\n天气: 晴\n")
    assert [level(p) for p in problems] == [Level.INFO, Level.WARNING, Level.ERROR]


def test_an_empty_file_is_an_empty_case():
    assert case("")[0].findings == ()
