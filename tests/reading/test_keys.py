"""The table of keys, and what may be mended by itself."""

from __future__ import annotations

import pytest

from enforcecli.model.problem import Edit
from enforcecli.reading.keys import rows, table
from enforcecli.reading.kinds import FILE_KINDS
from enforcecli.text.found import apply
from tests.reading.support import book, case, codes


def test_every_key_of_the_contract_is_in_the_table():
    found = {row[0]: row[1] for row in rows("case", book())}
    wanted = {"案号": "number", "行为.期间.止": "to", "过错事实.情形": "fault", "过错事实.涉及人员.权重": "weight",
              "过错事实.审批情形": "approval", "处理意见.….期限": "term", "程序.送达.….签收": "signed_by", "原案程序": "original_procedure"}
    assert {path: found.get(path) for path in wanted} == wanted


@pytest.mark.parametrize("kind", FILE_KINDS)
def test_every_key_is_explained(kind):
    for path, english, _, words, words_en, example in rows(kind):
        assert english and words and words_en and example, path
    lines = table(kind).splitlines()
    assert len({line.replace("\\\\|", "").count("|") for line in lines}) == 1


def test_closed_lists_are_spelt_out():
    found = {row[0]: row[3] for row in rows("case")}
    assert "行政复议" in found["线索.来源"] and "实体" in found["过错事实.性质"]


@pytest.mark.parametrize(("content", "code", "instead"), [
    ("行为:\n  文号: 上江林罚决字[2026]5号\n", "Y370", "上江林罚决字〔2026〕5号"),
    ("程序:\n  决定:\n    文号:\n      张某: 上江责〔2026〕第3号\n", "Y371", "上江责〔2026〕3号"),
    ("案号: sj-2026-003\n", "Y361", "SJ-2026-003")])
def test_what_is_certain_can_be_mended(content: str, code: str, instead: str):
    _, (problem,) = case(content)
    assert problem.code == code and problem.fix is not None
    (edit,) = problem.fix
    assert edit == Edit(edit.start, edit.end, instead)
    mended = content[:edit.start] + edit.text + content[edit.end:]
    assert codes(case(mended)[1]) == []


@pytest.mark.parametrize("text", ['行为: {文号: "上江责[2026]3号"}\n', "行为: {文号: '上江责[2026]3号'}\n"])
def test_what_is_quoted_is_mended_within_its_quotes(text):
    _, (problem,) = case(text)
    assert problem.code == "Y370"
    assert apply(text, list(problem.fix))[0] == text.replace("[2026]", "〔2026〕")
    _, (escaped,) = case('行为: {文号: "上江责\\u005b2026]3号"}\n')
    assert escaped.code == "Y370" and escaped.fix is None


def test_a_paper_named_in_words_is_no_slip():
    assert case("线索: {文书: 行政判决书}\n")[1] == ()
