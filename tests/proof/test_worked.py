"""Worked examples: read with places, run, and told apart from what was expected."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from enforcecli.desk.book import ExamplesRun, run_examples
from enforcecli.model.example import WHYS
from enforcecli.model.result import Why
from enforcecli.output.shown import show
from enforcecli.problems import all_kinds
from enforcecli.proof.worked import completed, holds
from enforcecli.reading.examples import FILE, read_examples
from enforcecli.reading.files import OnDisk
from enforcecli.reading.library import BUILT_IN, Folder, built_in_ids
from enforcecli.text.document import parse
from tests.proof.support import BOOKS, SHANGJIANG, files_of, written
from tests.rules.worked_cases import book

HEAD = "办法: small\n例子:\n"
ONE = """- 名称: 经审批
  经审批: 是
  涉及人员:
  - {人: 张某, 角色: 承办人, 有无过错: 有}
  - {人: 李某, 角色: 审批人, 有无过错: 无}
"""
GOOD = "  预期: {份额: {李某: 7/10, 张某: 3/10}, 责任: {李某: 主要责任, 张某: 次要责任}, 规则: G2, 问题: []}\n"
UNREAD = "- 名称: 经审批待查\n  经审批: 待查\n  涉及人员: [{人: 张某, 角色: 承办人, 有无过错: 有}]\n"
SILENT = "- 名称: 没有审批人\n  经审批: 是\n  涉及人员: [{人: 张某, 角色: 承办人, 有无过错: 有}]\n"


def ran(tmp_path: Path, text: str, *, mutating: bool = False) -> ExamplesRun:
    folder = written(tmp_path / "small", {**files_of(BOOKS / "small"), FILE: text.encode()})
    return run_examples(Folder(OnDisk(folder.parent), folder.name), mutating)


def told(found: ExamplesRun) -> list[tuple[str, int, str]]:
    return [(p.code, p.span.line if p.span else 0, show(p).message) for file in found.files for p in file.problems]


@pytest.mark.parametrize("text", [
    HEAD + ONE + GOOD,
    HEAD + ONE + "  预期: {规则: {全案: G2}}\n",
    HEAD + UNREAD + "  预期: {不能认定: 缺少事实, 缺少: 经审批}\n",
    HEAD + SILENT + "  预期: {不能认定: 角色无人, 空缺: 审批人, 规则: G2}\n",
    "共同事实: {经审批: 是}\n例子:\n" + ONE.replace("  经审批: 是\n", "") + GOOD,
    "rulebook: small\nexamples:\n- name: x\n  经审批: 否\n  persons: [{person: 张某, role: 承办人, at_fault: 有}]\n"
    "  expected: {shares: {张某: 100%}, grades: {张某: 全部责任}, cannot_decide: }\n".replace(", cannot_decide: ", ""),
])  # fmt: skip
def test_what_comes_out_as_expected_is_no_problem(text: str, tmp_path: Path) -> None:
    found = ran(tmp_path, text)
    assert (told(found), found.examples, found.failed) == ([], 1, 0)


WRONG = {
    "B231": (HEAD + ONE + "  预期: {不能认定: 规则冲突}\n", 8, "例子“经审批”的结论应当是“不能认定：规则冲突”，算得“张某 3/10、李某 7/10”"),
    "B232": (HEAD + ONE, 3, "例子“经审批”没有写预期的结果"),
    "B233": ("办法: small\n例子: []\n", 0, "“small”中没有可以运行的例子"),
    "B235": (HEAD + ONE + "  预期: {份额: {王某: 1}}\n", 8, "例子“经审批”写的“王某”，例子本身和本册都没有"),
    "B236": (HEAD + ONE + "  预期: {份额: {李某: 7/10, 张某: 4/10}}\n", 8, "例子“经审批”中，张某的份额应当是 2/5，算得 3/10"),
    "B237": (HEAD + ONE + "  预期: {责任: {李某: 次要责任}}\n", 8, "例子“经审批”中，李某的责任应当是“次要责任”，算得“主要责任”"),
    "B238": (HEAD + ONE + "  预期: {规则: G1}\n", 8, "例子“经审批”（全案）的规则应当是 G1，算得 G2"),
    "B239": (HEAD + SILENT + "  预期: {不能认定: 角色无人, 空缺: 承办人}\n", 6, "例子“没有审批人”应当要求查明：承办人；实际要求查明：审批人"),
    "B241": (HEAD + ONE + "  预期: {情节: {李某: 从重}}\n", 8, "例子“经审批”中，李某的情节应当是“从重”，算得“无”"),
    "B242": (HEAD + ONE + "  预期: {问题: L310}\n", 8, "例子“经审批”应当报告的问题：L310；实际报告：无"),
    "B243": (HEAD.replace("small", "jia") + ONE + GOOD, 1, "这些例子写明属于“jia”，却放在“small”的目录里"),
}


@pytest.mark.parametrize("code", WRONG)
def test_each_difference_is_told_at_its_line(code: str, tmp_path: Path) -> None:
    text, line, words = WRONG[code]
    found = told(ran(tmp_path, text))
    assert [(c, at) for c, at, _ in found] == [(code, line)]
    assert re.sub("“[^“]*small”中", "“small”中", found[0][2]) == words


def test_every_kind_of_the_examples_is_shown() -> None:
    assert {k.code for k in all_kinds() if "B230" < k.code < "B250" and k.file == "examples"} == set(WRONG)


@pytest.mark.parametrize(("text", "code"), [
    (HEAD + ONE.replace("经审批: 是", "经审皮: 是") + GOOD, "K101"),
    (HEAD + ONE + GOOD.replace("份额", "分额"), "K101"),
    (HEAD + ONE + "  预期: {不能认定: 角色无仁}\n", "K201"),
    (HEAD + ONE + "  预期: {份额: {李某: 0.7}}\n", "Y321"),
    (HEAD + ONE.replace("- 名称: 经审批\n  经", "- 经") + GOOD, "K110"),
    (HEAD + ONE.replace("李某, 角色", "张某, 角色") + GOOD, "P106"),
    (HEAD + "  - 甲：乙\n", ""),
    ("- 1\n", ""), ("", "Y201"), ("例子: 3\n", ""), ("例子: [3]\n", ""),
])  # fmt: skip
def test_slips_of_writing_are_told_as_in_a_case(text: str, code: str, tmp_path: Path) -> None:
    found = ran(tmp_path, text)
    codes = [c for c, *_ in told(found)]
    assert codes and (not code or code in codes), codes


def test_common_facts_hold_where_they_are_asked(tmp_path: Path) -> None:
    examples, _ = read_examples(parse((SHANGJIANG / FILE).read_bytes(), FILE), book("shangjiang-2023"))
    facts = {e.name: completed(book("shangjiang-2023"), e).facts for e in examples.examples}
    assert facts["承办人一人有过错，全部由其承担"] == {"特殊情形": "无", "部门作出": "否", "审批情形": "无需审批"}
    approved = facts["两名审批人会签，平分主要责任"]
    assert approved["因汇报失实致审批失误"] == "否"


@pytest.mark.parametrize("name", built_in_ids())
def test_the_examples_of_a_built_in_book_all_hold(name: str) -> None:
    found = run_examples(Folder(OnDisk(BUILT_IN), name), False)
    assert told(found) == [] and found.examples > 30
    examples, _ = read_examples(parse((BUILT_IN / name / FILE).read_bytes(), FILE), book(name))
    assert all(holds(book(name), example) for example in examples.examples)
    assert len({example.name for example in examples.examples}) == len(examples.examples)


def test_every_reason_that_can_come_up_has_its_word() -> None:
    assert set(Why) - set(WHYS.values()) == {Why.NO_VERSION}  # an example has no day
