"""“Did you mean”."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enforcecli.text.suggest import closest

ROLES = ("承办人", "审批人", "审核人", "批准人", "集体讨论成员")
KEYS = ("案号", "案由", "阶段", "线索", "行为", "人员", "过错事实", "赔偿", "处理意见", "移送", "程序", "执行", "纠正", "结论", "结案")
METHODS = tuple(f"M{i}" for i in range(1, 15))


@pytest.mark.parametrize(("word", "candidates", "expected"), [
    ("承辦人", ROLES, "承办人"), ("承办", ROLES, "承办人"), ("办承人", ROLES, "承办人"), ("审批", ROLES, "审批人"),
    ("过错实事", KEYS, "过错事实"), ("过错事时", KEYS, "过错事实"), ("按号", KEYS, "案号"), ("处理意贝", KEYS, "处理意见"),
    ("赔偿金", KEYS, "赔偿"), ("撒销", ("撤销", "维持", "变更"), "撤销"), ("撤消", ("撤销", "维持"), "撤销"), ("情行", ("情形", "程度"), "情形"),
    ("3-5", ("3-51", "3-4", "3-6"), "3-51"), ("3-51", ("3-5", "3-1"), "3-5"), ("3—5", ("3-5", "3-6"), "3-5"), ("2-O", ("2-0", "2-3"), "2-0"),
    ("M77", METHODS, "M7"), ("m7", METHODS, "M7"), ("Ｍ７", METHODS, "M7"), ("facts", ("fault", "fact", "act"), "fact"),
    ("aproved", ("approved", "vetoed"), "approved"), ("已", ("己", "是"), "己"),
    ("经办人", ("承办人", "协办人"), None), ("经办人", ("承办人", "审批人"), "承办人"), ("审核", ("审核人", "审核员"), None),
    ("章某", ("何某", "张某"), None), ("章某", ("何某",), None), ("章某某", ("何某某",), None), ("张明", ("何明",), None),
    ("张小明", ("章小明",), None), ("李某", ("李某某", "王某"), "李某某"), ("李名", ("李明", "王强"), "李明"), ("呂某", ("吕某", "何某"), "吕某"),
    ("3-90", ("3-9", "3-9a", "3-9b", "3-10"), "3-9"), ("3-13", ("3-1", "3-10", "3-11", "3-12"), None), ("案油", KEYS, "案由"),
    ("天气", KEYS, None), ("xyz", ("abc",), None), ("甲", ("乙", "丙"), None), ("", KEYS, None), ("  ", KEYS, None), ("案由", (), None),
    ("一" * 100, KEYS, None), ("zzzzzz", METHODS, None)])
def test_closest(word: str, candidates: tuple[str, ...], expected: str | None) -> None:
    assert closest(word, candidates) == expected


@given(st.text(st.sampled_from("案号由阶段人员批审ab3-"), max_size=6), st.permutations(KEYS + ROLES + ("3-5", "3-51")))
def test_the_order_of_the_candidates_does_not_matter(word: str, candidates: list[str]) -> None:
    assert closest(word, candidates) == closest(word, tuple(sorted(candidates)))


@given(st.sampled_from(KEYS + ROLES + METHODS))
def test_a_word_is_closest_to_itself(word: str) -> None:
    assert closest(word, KEYS + ROLES + METHODS) == word


@given(st.text(max_size=80), st.lists(st.text(max_size=80), max_size=8))
def test_any_text(word: str, candidates: list[str]) -> None:
    assert closest(word, candidates) in {None, *candidates}
