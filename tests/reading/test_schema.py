"""The JSON Schema and the reader judge the same files alike.

What a schema cannot see, or sees more strictly, is listed in EXCEPTIONS.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any, get_args

import jsonschema_rs
import pytest

from enforcecli.cli.schema import Kind
from enforcecli.reading.appraisals import read_appraisals
from enforcecli.reading.kinds import FILE_KINDS, FileKind
from enforcecli.reading.office import read_office
from enforcecli.reading.powers import read_powers
from enforcecli.reading.roster import read_roster
from enforcecli.reading.schema import Keys, json_schema
from enforcecli.reading.year import read_year
from enforcecli.text.nodes import MappingNode, SequenceNode
from tests.reading.support import NUMBER, book, case, codes, document, roster, text


@cache
def validator(kind: FileKind, keys: Keys = "both", with_book: bool = True) -> Any:
    return jsonschema_rs.Draft202012Validator(json_schema(kind, book() if with_book else None, keys))


def as_an_editor_sees(content: str) -> Any:
    """The core schema of YAML 1.2: numbers, booleans and nulls beside strings."""
    return _seen(document(content).root)


def _seen(node: Any) -> Any:
    if isinstance(node, MappingNode):
        return {k.value: _seen(v) for k, v in node.value}
    if isinstance(node, SequenceNode):
        return [_seen(n) for n in node.value]
    text = node.value
    if node.style:
        return text
    if text in {"", "~", "null", "Null", "NULL"}:
        return None
    if text in {"true", "True", "TRUE", "false", "False", "FALSE"}:
        return text.lower() == "true"
    if re.fullmatch("[-+]?[0-9]+", text):
        return int(text)
    if re.fullmatch(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", text):
        return float(text)
    return text


def _read(kind: FileKind, content: str) -> list[str]:
    if kind == "roster":
        return codes(read_roster(document(content))[1])
    if kind == "office":
        return codes(read_office(document(content))[1])
    if kind == "powers":
        return codes(read_powers(document(content), roster())[1])
    if kind == "year":
        return codes(read_year(document(content), roster())[1])
    if kind == "appraisals":
        return codes(read_appraisals(document(content), roster())[1])
    return codes(case(content, book=book(), roster=roster())[1])


@pytest.mark.parametrize(("kind", "name"), [("case", f"{NUMBER}.yaml"), ("case", "english.yaml"), ("roster", "roster.yaml"),
                                            ("office", "enforce.yaml")])
def test_good_files_pass_both(kind: FileKind, name: str):
    seen = as_an_editor_sees(text(name))
    assert [e.message for e in validator(kind).iter_errors(seen)] == []
    assert _read(kind, text(name)) == []


BOOK_FREE: list[Keys] = ["zh", "en", "both"]


@pytest.mark.parametrize("keys", BOOK_FREE)
@pytest.mark.parametrize("kind", FILE_KINDS)
@pytest.mark.parametrize("with_book", [True, False])
def test_every_schema_is_a_schema(kind: FileKind, keys: Keys, with_book: bool):
    made = json_schema(kind, book() if with_book else None, keys)
    assert made["$schema"].endswith("2020-12/schema")
    jsonschema_rs.meta.validate(made)
    named = list(made["properties"].values())
    assert all(p["title"] and p["description"] for p in named)


def test_the_command_offers_every_kind_of_file() -> None:
    assert get_args(Kind) == FILE_KINDS


@pytest.mark.parametrize("name", ["powers.yaml", "year/2025.yaml", "year/2026.yaml", "appraisals/2026.yaml"])
def test_the_sample_files_pass_both(name: str) -> None:
    kind: FileKind = next(k for k in FILE_KINDS if name.startswith(k))
    content = (Path(__file__).parents[2] / "sample_cases" / name).read_text(encoding="utf-8")
    assert [e.message for e in validator(kind).iter_errors(as_an_editor_sees(content))] == []


def test_keys_of_one_language():
    chinese, english = (json_schema("case", book(), keys)["properties"] for keys in ("zh", "en"))
    assert "案由" in chinese and "title" not in chinese
    assert "title" in english and "案由" not in english
    assert validator("case", "zh").is_valid(as_an_editor_sees(text(f"{NUMBER}.yaml")))


def test_fault_codes_are_offered_with_their_words():
    definitions = json_schema("case", book(), "both")["$defs"]
    lists = [o for d in definitions.values() for o in (d, *d.get("anyOf", ())) if "enumDescriptions" in o]
    assert all(len(o["enum"]) == len(o["enumDescriptions"]) == len(set(o["enum"])) for o in lists)
    fault = next(iter(book().faults.values()))
    assert any((fault.code, f"{fault.cite} {fault.name}") in zip(o["enum"], o["enumDescriptions"], strict=True) for o in lists)


GOOD: list[tuple[FileKind, str]] = [
    ("case", "过错事实: {情形: 2}"), ("case", '过错事实: [{情形: ["2", 3-5]}]'), ("case", "过错事实: [{情形: 3-10, 部门作出: true}]"),
    ("case", "过错事实: [{情形: 2, 部门作出: 待查}]"), ("case", "赔偿: {责令承担: 1}"), ("case", "赔偿: {责令承担: 六成, 金额: 1.2万元}"),
    ("case", "赔偿: {金额: 壹万贰仟元整}"), ("case", "赔偿: {金额: '￥12,000.50'}"), ("case", "线索: {日期: 2026年3月5日}"),
    ("case", "线索: {日期: '２０２６．３．５'}"), ("case", "线索: {日期: 二〇二六年三月五日}"), ("case", "考核年度: 2025年度"),
    ("case", "案由: 123"), ("case", "程序: {告知: {期限: 五个工作日内}}"), ("case", "处理意见: {张某: M1}"),
    ("case", "过错事实: [{涉及人员: {人: 张某, 权重: 2}}]"), ("case", "过错事实: [{涉及人员: {人: 张某, 权重: 1/2, 角色: handler}}]"),
    ("case", "过错事实: [{可分部分: {改变部分: 0, 未改变部分: 1}}]"), ("case", "原案程序: {听证: true}"),
    ("case", "过错事实: [{证据: 笔录}]"), ("case", "过错事实: [{扩展适用: {理由: 甲}}]"),
    ("case", "过错事实: [{规则适用选择: {规则: {改变部分: R3}, 理由: 甲}}]"),
    ("roster", "人员: {张某: {领导成员: no, 月基本工资: 3200, 任期: {自: 2024-01-01}}}"),
    ("powers", "权责事项: {甲: {种类: permit, 期限: 20 工作日, 审批: none, 自: 2024-01-01}}"),
    ("year", "年度: 2026\n单位: {林业站: {行政处罚: 14, 行政检查: 120 次, 败诉: 无, 培训覆盖率: 2/3, 罚没金额: 3.2万元}}"),
    ("year", "year: 2026年\noffice: {trainings: '1,200'}"),
    ("appraisals", "年度: 2026\n人员: {张某: {D3-1: met, D3-2: {结果: 未履行, 证据: 记录}, 指标: {甲: 部分履行}}}\n不考核: {刘某: 借调}"),
    ("office", "比例: 不显示"), ("office", "比例: {直接责任: 5}"), ("office", "文书: {红头: true}"), ("office", "语言: en"),
]


@pytest.mark.parametrize(("kind", "content"), GOOD)
def test_both_accept(kind: FileKind, content: str):
    assert _read(kind, content + "\n") == []
    assert [e.message for e in validator(kind).iter_errors(as_an_editor_sees(content))] == []


BAD: list[tuple[FileKind, str]] = [
    ("case", "案油: x"), ("case", "案由: [x]"), ("case", "案由: {a: b}"), ("case", "案由:"), ("case", "案由: ~"), ("case", '案由: " "'),
    ("case", "案由: x\ntitle: y"), ("case", "线索: 自查"), ("case", "线索: [自查]"), ("case", "线索: {来源: 天气}"),
    ("case", "线索: {日期: 2026.5}"), ("case", "线索: {日期: 2026}"), ("case", "线索: {日期: 五月}"), ("case", "线索: {日期: 3月5日}"),
    ("case", "赔偿: {责令承担: 60}"), ("case", "赔偿: {责令承担: 0.6}"), ("case", "赔偿: {责令承担: 六}"),
    ("case", "赔偿: {金额: -5}"), ("case", "赔偿: {金额: 很多}"), ("case", "考核年度: 去年"), ("case", "案号: 三号"), ("case", "案号: sj-1"),
    ("case", "程序: {告知: {期限: 5}}"), ("case", "程序: {告知: {期限: 很久}}"), ("case", "程序: {告知: {陈述申辩: 放弃}}"),
    ("case", "过错事实: 张某"), ("case", "过错事实: [{情形: 99}]"), ("case", "过错事实: [{情形: {a: b}}]"),
    ("case", "过错事实: [{天气: 晴}]"), ("case", "过错事实: [{审批情形: [同意]}]"), ("case", "过错事实: [{涉及人员: [{角色: 承办人}]}]"),
    ("case", "过错事实: [{涉及人员: [{人: 张某, 权重: 0}]}]"), ("case", "过错事实: [{涉及人员: [{人: 张某, 天气: 晴}]}]"),
    ("case", "过错事实: [{证据: [{页: 3}]}]"), ("case", "过错事实: [{规则适用选择: {理由: 甲}}]"),
    ("case", "过错事实: [{比例调整: {主要责任: 很多}}]"), ("case", "过错事实: [{后果: {程度: 天大}}]"), ("case", "处理意见: [M1]"),
    ("case", "处理意见: {张某: [{期限: 2026-07-31}]}"), ("case", "程序: {送达: {张某: 2026-05-09}}"), ("case", "原案程序: {听证: 也许}"),
    ("case", "人员: {丙: {类别: 公司}}"), ("case", "人员: [丙]"), ("case", "阶段: 快了"), ("case", "结论: {类型: 算了}"),
    ("roster", "人员: {张某: {人员类别: 工人}}"), ("roster", "人员: {张某: {领导成员: 也许}}"), ("roster", "单位: {站: {隶属: 天上}}"),
    ("roster", "单位: {站: {负责人: [{自: 2024-01-01}]}}"), ("roster", "人员: {张某: {任期: 2024}}"), ("roster", "人员: 张某"),
    ("roster", "人员: {张某: {封存: 全部}}"), ("office", "比例: 七成"), ("office", "比例: {主要责任: 0.7}"), ("office", "期限: {复核: 很久}"),
    ("office", "节假日: [2026-05-01]"), ("office", "文书: 宋体"), ("office", "语言: 法文"), ("office", "脚本: rm"),
    ("office", "救济: {内部复核: 有}"),
    ("powers", "权责事项: {甲: {权限来源: 自设}}"), ("powers", "权责事项: {甲: {审批: 站长批准}}"), ("powers", "权责事项: {甲: {期限: 90}}"),
    ("powers", "权责事项: [甲]"), ("powers", "权力: {}"),
    ("year", "单位: {}"), ("year", "年度: 今年"), ("year", "年度: 2026\n单位: {林业站: {行政处罚: -1}}"),
    ("year", "年度: 2026\n单位: {林业站: {行政处罚: 1.5}}"), ("year", "年度: 2026\n单位: {林业站: {行政检察: 1}}"),
    ("year", "年度: 2026\n单位: {林业站: {培训覆盖率: 95}}"), ("appraisals", "人员: {}"),
    ("appraisals", "年度: 2026\n人员: {张某: {D3-1: 一般}}"), ("appraisals", "年度: 2026\n人员: {张某: {D3-1: {证据: 记录}}}"),
    ("appraisals", "年度: 2026\n不考核: [刘某]"),
]


@pytest.mark.parametrize(("kind", "content"), BAD)
def test_both_complain(kind: FileKind, content: str):
    assert _read(kind, content + "\n")
    assert not validator(kind).is_valid(as_an_editor_sees(content))


EXCEPTIONS: list[tuple[FileKind, str, bool, bool]] = [
    # content, the reader is content, the schema is content
    ("case", "线索: {日期: 2026-02-30}", False, True),  # the calendar
    ("case", "案号: SJ-2026-999", False, True),  # the file's name
    ("case", "处理意见: {无人某某: M1}", False, True),  # the roster
    ("case", "执行: {张某: {事项: M1}, 执法员: {事项: M4}}", False, True),  # one person under two names
    ("case", "赔偿: {金额: 0.001}", False, True),  # parts of a cent
    ("case", "过错事实: [{全案占比: 5/3}]", False, True),  # more than the whole
    ("case", "过错事实: [{涉及人员: {人: 张某, 权重: 0/1}}]", False, True),  # zero as a fraction
    ("roster", "人员: {张某: {任期: {自: 2026-01-01, 至: 2025-01-01}}}", False, True),  # the order of days
    ("office", "节假日: {休: 2026-05-01, 班: 2026-05-01}", False, True),  # one day twice
    ("case", "阶段: ＤＥＣＩＳＩＯＮ", True, False),  # width and case of words
    ("case", "Stage: decision", True, False),  # and of keys
    ("case", "过错事实: [{审批情形: 也许}]", True, False),  # judged with the rules
    ("case", "过错事实: [{涉及人员: {人: 张某, 角色: 门卫}}]", True, False),  # likewise
    ("case", "处理意见: {张某: M99}", True, False),  # likewise
]


@pytest.mark.parametrize(("kind", "content", "reader", "schema"), EXCEPTIONS)
def test_exceptions(kind: FileKind, content: str, reader: bool, schema: bool):
    assert (_read(kind, content + "\n") == []) is reader
    assert validator(kind).is_valid(as_an_editor_sees(content)) is schema
