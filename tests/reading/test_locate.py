"""Paths of canonical names → places in the file, whatever the author wrote."""

from __future__ import annotations

import pytest

from enforcecli.model.problem import Path, problem
from enforcecli.reading.case import shape_and_reader
from enforcecli.reading.locate import locate, placed
from enforcecli.reading.roster import SHAPE as ROSTER
from tests.reading.support import NUMBER, book, case, document, roster, text

FILE = """\
标题: 甲
act:
  期间: {起: 2026-01-01, to: 2026-02-01}
过错事实:
  情形: 2
  审批情形: {改变部分: 同意}
  扩展适用: {理由: 乙}
  涉及人员:
  - {人: 执法员, 角色: 承办人, 有无过错: 有}
  - 人: 李某甲
    角色: [审批人, 承办人]
程序:
  决定: {文号: {执法员: 丙}}
处理意见: {执法员: [M1, {方式: M4}]}
"""
IDS = {"执法员": "张某"}
PLACES: list[tuple[Path, str, str]] = [
    (("title",), "甲", "标题"), (("act", "until"), "2026-02-01", "to"), (("act", "since"), "2026-01-01", "起"),
    (("act", "period"), "{起: 2026-01-01, to: 2026-02-01}", "期间"),
    (("findings", 0, "faults"), "2", "情形"), (("findings", 0, "faults", 0), "2", "情形"),
    (("findings", 0, "facts", "审批情形"), "{改变部分: 同意}", "审批情形"),
    (("findings", 0, "审批情形", "改变部分"), "同意", "改变部分"),
    (("findings", 0, "needs", "扩展适用"), "{理由: 乙}", "扩展适用"),
    (("findings", 0, "involved", 0, "person"), "执法员", "人"),
    (("findings", 0, "involved", 0, "roles", 0), "承办人", "角色"),
    (("findings", 0, "involved", 1, "roles", 1), "承办人", "承办人"),
    (("findings", 0, "involved", 0, "facts", "有无过错"), "有", "有无过错"),
    (("procedure", "decision", "documents", "张某"), "丙", "执法员"),
    (("procedure", "decision", "documents", "执法员"), "丙", "执法员"),
    (("dispositions", "张某", 0), "M1", "M1"), (("dispositions", "张某", 1, "method"), "M4", "方式"),
    # deeper than the file: the last key that is there
    (("act", "day"), "act", "act"), (("findings", 0, "cause"), "过错事实", "过错事实"),
    (("findings", 0, "involved", 0, "weight"), "人", "人"), (("findings", 0, "involved", 7), "涉及人员", "涉及人员"),
    (("procedure", "notice", "day"), "程序", "程序"), (("dispositions", "杨某"), "处理意见", "处理意见"),
    (("title", "x", 0), "标题", "标题"), (("findings", 0, "facts", "部门作出"), "过错事实", "过错事实"),
]


def _text(content: str, span) -> str:
    lines = content.splitlines()
    assert span is not None and span.line == span.end_line
    return lines[span.line - 1][span.column - 1:span.end_column - 1]


@pytest.mark.parametrize(("where", "value", "key"), PLACES)
def test_places(where: Path, value: str, key: str):
    made, shape = document(FILE), shape_and_reader(book())[0]
    assert _text(FILE, locate(made, shape, where, False, IDS)) == value
    assert _text(FILE, locate(made, shape, where, True, IDS)) == key


@pytest.mark.parametrize("where", [("number",), ("conclusion", "kind"), ("天气",), (0,)])
def test_nothing_of_the_path_is_there(where: Path):
    assert locate(document(FILE), shape_and_reader(None)[0], where) is None


@pytest.mark.parametrize("content", ["", "- 1\n", "a\n"])
def test_files_that_are_no_mapping(content: str):
    assert locate(document(content), shape_and_reader(None)[0], ("title",)) is None


def test_the_roster_by_holder_and_term():
    content = text("roster.yaml")
    span = locate(document(content), ROSTER, ("units", "规划站", "heads", 1, "since"))
    assert _text(content, span) == "2025-09-01"
    assert _text(content, locate(document(content), ROSTER, ("people", "郑某", "terms", 0, "until"))) == "2025-06-30"
    assert _text(content, locate(document(content), ROSTER, ("units", "林业站", "heads", 0, "person"))) == "负责人"


def test_every_value_of_the_example_has_a_place():
    content = text(f"{NUMBER}.yaml")
    made, shape = document(content), shape_and_reader(book())[0]
    found, _ = case(content, book=book(), roster=roster())
    for place in _paths(found):
        assert locate(made, shape, place, False, found.ids) is not None, place


def _paths(found) -> list[Path]:

    skip = {"file", "sha256", "ids", "wholly_blocked", "stage"}
    return [(name,) for name in found.__struct_fields__ if name not in skip]


def test_a_problem_is_placed_once():
    made, shape = document(FILE), shape_and_reader(None)[0]
    first = placed(problem("K102", ("title",), written="x"), made, shape)
    assert first.file == f"{NUMBER}.yaml" and first.span is not None and first.span.line == 1
    assert placed(first, document("a: 1\n", "other.yaml"), shape) is first
