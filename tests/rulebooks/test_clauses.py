"""Clauses of a source addressed as the source itself counts them (docs/rulebook-format.md)."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enforcecli.reading.clauses import cite_path, contains_verbatim, is_external, parse, resolve, sentences

LISTS = """某办法
（2023年调整）
为了……，制定本办法。
三、责任
（一）范围
1、甲；
2、有下列情形之一的：
（1）子一；
（10）子十；
（二）划分
１、全角。
①环一；
②环二。
（三）方式
原则一句。
方式一句。
四、职责
考核对象一句。
（一）责任人的职责是：
1、职责一。
2、职责二。
结尾一句。
"""
ARTICLES = """某规定
第一章 总则
第一条 目的。
第二条 第一款。
第二款有下列情形：（一）甲；（二）乙。
第八条规定的情形除外，这一行不是条文。
第三章 责任
第二十条 集体决定的：
（一）决策人；
1. 子目；
（二）参加人。
尾款。
第二十条之一 插入条。
"""


@pytest.mark.parametrize(("cite", "text"), [
    ("三（一）1", "甲；"), ("三(一)１", "甲；"), ("三、（一）1、", "甲；"),
    ("三（一）2（10）", "子十；"), ("三（一）2(10)", "子十；"),
    ("三（二）1", "全角。\n环一；\n环二。"), ("三（二）1②", "环二。"),
    ("三（三）", "方式\n原则一句。\n方式一句。"), ("三（三）原则", "方式\n原则一句。\n方式一句。"),
    ("四（一）2", "职责二。"), ("三（一）2（10）但书", "子十；"), ("三（四）", None), ("五", None), ("第三条", None), ("三（一）2（3）", None),
])
def test_lists(cite: str, text: str | None) -> None:
    assert resolve(LISTS, cite) == text


@pytest.mark.parametrize(("cite", "text"), [
    ("第一条", "目的。"), ("第1条", "目的。"), ("第二条第二款", "第二款有下列情形："), ("第二条（二）", "乙。"),
    ("第二条第二款第（二）项", "乙。"), ("第二条第二款第二项", "乙。"), ("第二条第九款", None),
    ("第二十条（一）1", "子目；"), ("第20条(二)", "参加人。"), ("第二十条第二款", "尾款。"),
    ("第二十条之一", "插入条。"), ("本规定第一条", "目的。"), ("第八条", None), ("第一章", None), ("一", None),
])
def test_articles(cite: str, text: str | None) -> None:
    assert resolve(ARTICLES, cite) == text


def test_an_unnumbered_line_belongs_to_the_heading_above_it_not_to_the_last_item() -> None:
    closing = next(c for c in parse(LISTS) if [line.text for line in c.lines][-1:] == ["结尾一句。"])
    assert closing.path == (("cn", 4),)
    assert "结尾" not in (resolve(LISTS, "四（一）2") or "")


def test_sentences_leave_out_headings_and_words_that_lead_in() -> None:
    found = [s for c in parse(LISTS) if c.path for _, s in sentences(c)]
    assert found == ["甲；", "子一；", "子十；", "全角。", "环一；", "环二。", "原则一句。", "方式一句。",
                     "考核对象一句。", "结尾一句。", "职责一。", "职责二。"]


@pytest.mark.parametrize("cite", ["国家赔偿法第十六条", "《中华人民共和国公务员法》第六十条", "公务员法", "政务处分法第55条",
                                  "事业单位人事管理条例第十条第一款", "某省行政执法责任制规定（2020修正）第三条"])
def test_laws_are_external(cite: str) -> None:
    assert is_external(cite)


@pytest.mark.parametrize("cite", ["三（二）1", "第十六条", "第二十条（一）", "八（二）但书", "三（三）方法", "本办法第三条", "序言", "瞎写", ""])
def test_clauses_of_the_measure_are_not(cite: str) -> None:
    assert not is_external(cite)


@pytest.mark.parametrize(("text", "inside"), [
    ("原则 一句", True), ("原则\n一句。\ue004方式", True), ("全角", True), ("原则二句", False), ("", False), ("  ", False),
    ("甲；2、有下列", True), ("甲；２、有下列", True), ("甲;2、有下列", False),
])
def test_verbatim_means_every_character_but_white_space_residue_and_width_of_digits(text: str, inside: bool) -> None:
    assert contains_verbatim(LISTS, text) is inside


@settings(deadline=None)
@given(st.text(max_size=60))
def test_no_cite_and_no_source_breaks_the_reader(text: str) -> None:
    for source in (LISTS, text):
        assert resolve(source, text) is None or cite_path(text) is not None
    assert is_external(text) in (True, False)


@settings(deadline=None)
@given(st.lists(st.sampled_from(["三、总\n", "（一）子\n", "1、项；\n", "（2）目；\n", "第十条 条。\n", "散句。\n"]), max_size=12))
def test_no_line_of_a_source_is_lost(lines: list[str]) -> None:
    source = "".join(lines)
    assert sum(len(c.lines) for c in parse(source)) == len(lines)
