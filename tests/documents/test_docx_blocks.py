"""The text of a paper as blocks: every convention, and that no text is lost or made."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from enforcecli.documents.blocks import BLOCK_KINDS, TABLE, Block, parse, plain, strange
from enforcecli.documents.escape import hide, reveal

CASES = {
    "a title": ("# 甲\n# 乙\n", [("标题", "甲"), ("标题", "乙")]),
    "a number after the title": ("# 甲\n\n上江责〔2026〕3号\n", [("标题", "甲"), ("文号", "上江责〔2026〕3号")]),
    "a number to be filled in": ("# 甲\n\n上江责〔　　〕　号\n", [("标题", "甲"), ("文号", "上江责〔　　〕　号")]),
    "a number elsewhere is text": ("上江责〔2026〕3号\n", [("段落", "上江责〔2026〕3号")]),
    "a sentence with a number is no number": ("# 甲\n\n依据上江责〔2026〕3号作出。\n", [("标题", "甲"), ("段落", "依据上江责〔2026〕3号作出。")]),
    "an addressee": ("# 甲\n\n上江责〔2026〕3号\n\n张某：\n\n经查：\n",
                     [("标题", "甲"), ("文号", "上江责〔2026〕3号"), ("主送", "张某："), ("段落", "经查：")]),
    "levels": ("## 一、事实\n### （一）经过\n经过如下。\n", [("一级", "一、事实"), ("二级", "（一）经过"), ("段落", "经过如下。")]),
    "paragraphs": ("甲。\n\n\n乙。\n", [("段落", "甲。"), ("段落", "乙。")]),
    "lines of one paragraph": ("甲，\n乙，\nSJ\nA1\n", [("段落", "甲，乙，SJ A1")]),
    "attachments": ("附件：1．甲\n2．乙\n", [("附件", "附件：1．甲\n2．乙")]),
    "a signature": (">> 上江乡人民政府\n>> 2026年5月8日\n", [("署名", "上江乡人民政府"), ("日期", "2026年5月8日")]),
    "a date to be filled in": (">> 　　　　年　　月　　日\n", [("日期", "　　　　年　　月　　日")]),
    "a record": (">>> 抄送：甲。\n>>> 乙　　2026年5月8日印发\n", [("版记", "抄送：甲。"), ("版记", "乙　　2026年5月8日印发")]),
    "escapes are text": ("\\# 甲 \\* \\| \\\\ \\<b\\>\n", [("段落", "# 甲 * | \\ <b>")]),
    "marks with nothing behind": ("#\n>>\n>>> \n", []),
    "nothing": ("\n \n", []),
}


@pytest.mark.parametrize("name", CASES)
def test_blocks(name: str) -> None:
    text, expected = CASES[name]
    assert [(block.kind, block.text) for block in parse(text)] == expected


def test_a_table() -> None:
    assert parse("| 人 | 元 | 等次 |\n|:--|--:|:-:|\n| 张\\|某 | 5 |\n|  | \\\\ | 无 |\n") == (
        Block(TABLE, rows=(("人", "元", "等次"), ("张|某", "5", ""), ("", "\\", "无")), aligns=("left", "right", "center")),)


def test_a_form_has_no_head() -> None:
    assert parse("| | |\n|---|---|\n| 案号 | 1 |\n") == (Block(TABLE, rows=((), ("案号", "1")), aligns=("", "")),)


def test_two_tables_stand_apart() -> None:
    assert [len(block.rows) for block in parse("| 甲 |\n|---|\n| 1 |\n\n| 乙 |\n|---|\n| 2 |\n")] == [2, 2]


STRANGE = ["- 甲", "* 甲", "1. 甲", "**甲**", "`甲`", "[甲](乙)", "![甲](乙)", "<b>甲</b>", "&nbsp;", "~~甲~~", "```", "---", "#### 甲",
           "    甲", "> 甲", "_甲_"]
FAMILIAR = ["甲", "# 甲", "## 一、甲", ">> 甲", ">>> 甲", "1．甲", "\\- 甲", "\\*\\*甲\\*\\*", "2026-03-05", "3 < 5", "A & B", "（1）甲", "| 甲 |"]


@pytest.mark.parametrize("line", STRANGE)
def test_markdown_without_a_block_is_told(line: str) -> None:
    assert list(strange(f"甲\n\n{line}\n")) == [(3, line)]


@pytest.mark.parametrize("line", FAMILIAR)
def test_what_the_conventions_know_is_not_told(line: str) -> None:
    assert list(strange(f"甲\n\n{line}\n")) == []


TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Co", "Cn", "Zl", "Zp")), max_size=30)


def escaped(text: str) -> str:
    """As a template prints it."""
    return reveal(hide(text))


@given(TEXTS)
def test_text_of_data_comes_back(text: str) -> None:
    shown = plain(escaped(text))
    assert "".join(block.text for block in parse(f"经查{escaped(text)}。")) == f"经查{shown}。"
    assert list(strange(f"经查{escaped(text)}。")) == []


@given(st.lists(TEXTS, min_size=1, max_size=4))
def test_data_in_a_table_stays_in_its_cell(cells: list[str]) -> None:
    line = "|" + "".join(f" 甲{escaped(cell)} |" for cell in cells)
    (table,) = parse(f"{line}\n|{'---|' * len(cells)}\n")
    assert [cell.removeprefix("甲").strip() for cell in table.rows[0]] == [plain(escaped(cell)).strip() for cell in cells]


MARKDOWN = MarkdownIt("commonmark").enable("table")


def seen(text: str) -> str:
    """The text a viewer of Markdown shows, without spaces."""
    found = [child.content for token in MARKDOWN.parse(text) for child in token.children or () if child.type == "text"]
    return re.sub(r"\s", "", "".join(found))


@given(st.lists(TEXTS, min_size=1, max_size=3))
def test_a_viewer_of_markdown_shows_the_same(pieces: list[str]) -> None:
    text = "\n\n".join(f"经查{escaped(piece)}。" for piece in pieces)
    assert re.sub(r"\s", "", "".join(block.text for block in parse(text))) == seen(text)


@given(st.text("#>| \\甲：附件〔2026〕号-\n", max_size=60))
def test_anything_is_some_blocks(text: str) -> None:
    for block in parse(text):
        assert block.kind in BLOCK_KINDS
        assert len({len(row) for row in block.rows if row}) <= 1
        assert all("\n" not in cell for row in block.rows for cell in row)
