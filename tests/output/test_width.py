"""Widths, wrapping and clipping by the cells of a terminal."""

from __future__ import annotations

import unicodedata
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tabulate import tabulate
from wcwidth import wcwidth

from enforcecli.output.tables import table
from enforcecli.output.width import cells, excerpt, flow, hang, pad, printable, shown, width, wrap

TEXTS = st.text(st.sampled_from("甲乙丙，。；）》“” ab12%\t\x1b\u200b\u202eé𠮷—…(["), max_size=60)
WORDS = st.text(st.sampled_from("甲乙丙，。；）》ab12%-é "), min_size=1, max_size=30).map(
    lambda t: " ".join(t.split()) or "空")


def in_gbk(char: str) -> bool:
    try:
        return bool(char.encode("gbk"))
    except UnicodeEncodeError:
        return False


def test_cells_are_those_of_wcwidth() -> None:
    """For every character of GBK, rare names beyond it, and what Latin names need."""
    known = [chr(code) for code in range(0x20, 0x10000) if not 0xD800 <= code < 0xE000 and in_gbk(chr(code))]
    chars = [c for c in (*known, *"𠮷𬭎䶮éïñ") if shown(c) == c]
    assert len(chars) > 21_000
    assert [c for c in chars if cells(c) != wcwidth(c)] == []


@given(TEXTS)
def test_printable_leaves_nothing_that_acts(text: str) -> None:
    seen = printable(text)
    assert all(unicodedata.category(c)[0] != "C" for c in seen)
    assert printable(seen) == seen


@pytest.mark.parametrize(("text", "seen"), [
    ("a\nb", "a\\nb"), ("\x1b[31m", "\\x1b[31m"), ("\u200b", "\\u200b"), ("\U000e0001", "\\U000e0001"),
    ("\xa0", "\\xa0"), ("\u3000", "\u3000"), ("张三", "张三"), ("\x9b", "\\x9b"), ("\ud800", "\\ud800")])
def test_printable(text: str, seen: str) -> None:
    assert printable(text) == seen


@given(TEXTS.map(flow), st.integers(8, 40))
def test_wrap_fits_and_loses_nothing(text: str, size: int) -> None:
    lines = wrap(text, size)
    assert all(width(line) <= size for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")


def test_wrap_keeps_words_and_closing_punctuation() -> None:
    assert wrap("依照 SJ-2026-003 办理。", 10) == ["依照", "SJ-2026-00", "3 办理。"]
    assert wrap("一二三四五。六", 10) == ["一二三四", "五。六"]
    assert wrap("一二三四（五）六", 10) == ["一二三四", "（五）六"]


def test_hang() -> None:
    assert hang("改法：", "一二三" * 14, "  ") == ["  改法：" + "一二三" * 12, "        " + "一二三" * 2]


@given(st.text(st.sampled_from("甲ab\t\x1b“é "), max_size=120), st.integers(0, 130), st.integers(1, 9),
       st.integers(24, 80))
def test_excerpt_fits_and_points_into_the_text(line: str, start: int, length: int, columns: int) -> None:
    text, carets = excerpt(line, start, start + length, columns)
    assert width(text) <= columns
    assert set(carets.lstrip(" ")) == {"^"}
    if start < len(line):
        starts = [width(text[:i]) for i in range(len(text) + 1)]
        assert carets.index("^") in starts or carets.index("^") >= starts[-1]  # trailing blanks are cut


def test_excerpt_of_a_tab_and_an_escape() -> None:
    assert excerpt("\t甲\x1b: 乙", 5, 6, 40) == ("    甲\\x1b: 乙", "            ^^")


ROWS = st.lists(st.tuples(WORDS, WORDS, WORDS), min_size=1, max_size=4)


@given(ROWS)
def test_tables_are_what_tabulate_makes_of_them(rows: list[tuple[str, str, str]]) -> None:
    """The table of a result is drawn without tabulate only because importing it takes as long as half
    the command: the lines are the same."""
    headers = ["人员", "角色", "ab"]
    ours = table(headers, rows, right=frozenset({2}))
    if all(sum(map(width, row)) <= 76 for row in rows) and max(map(width, ours)) < 79:
        with patch("tabulate.MIN_PADDING", 0):
            theirs = tabulate(rows, headers, tablefmt="simple", disable_numparse=True,
                              colalign=("left", "left", "right"))
        assert ours == [line.rstrip() for line in theirs.split("\n")]


@given(ROWS)
def test_tables_fit_eighty_columns(rows: list[tuple[str, str, str]]) -> None:
    for line in table(["人员", "角色", "责任"], [(a * 3, b * 3, c) for a, b, c in rows]):
        assert width(line) <= 80


def test_columns_align_by_display_width() -> None:
    lines = table(["人", "x"], [["张某", "1"], ["ab", "22"]], right=frozenset({1}), footer=True)
    assert lines == ["人     x", "----  --", "张某   1", "----  --", "ab    22"]


def test_pad() -> None:
    assert (pad("甲", 4), pad("甲", 4, "right"), pad("甲乙丙", 4)) == ("甲  ", "  甲", "甲乙丙")


def test_our_own_words_are_in_gbk() -> None:
    from tests.catalogues import own_texts

    for text in own_texts():
        assert text.encode("gbk")


def test_no_line_begins_with_a_comma() -> None:
    """English lists of Chinese words: the comma stays with its word."""
    text = ", ".join(["案号", "案由", "适用办法", "阶段", "线索"])
    for size in range(6, 40):
        assert [line for line in wrap(text, size) if line.startswith((",", ";"))] == []


def test_a_colon_begins_no_line() -> None:
    assert wrap("支付日期: 12,000", 8) == ["支付日", "期:", "12,000"]
