"""Money in words, numbers, dates: what papers write out."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enforcecli.documents import phrases
from enforcecli.documents.money_words import LIMIT, in_words, yuan
from enforcecli.model.roster import Limit
from enforcecli.text import numerals
from enforcecli.text.amounts import money


@pytest.mark.parametrize(("cents", "words"), [
    (0, "零元整"), (1, "壹分"), (10, "壹角整"), (12, "壹角贰分"), (101, "壹元零壹分"), (110, "壹元壹角整"), (1000, "壹拾元整"),
    (504000, "伍仟零肆拾元整"), (1000100, "壹万零壹元整"), (10700000, "壹拾万零柒仟元整"), (100000001, "壹佰万元零壹分"),
    (1000000000000, "壹佰亿元整"), (10000000100000, "壹仟亿零壹仟元整"), (123456789, "壹佰贰拾叁万肆仟伍佰陆拾柒元捌角玖分"),
])  # fmt: skip
def test_sums_in_words(cents: int, words: str) -> None:
    assert in_words(cents) == words


@given(st.integers(1, LIMIT - 1))
def test_what_is_written_is_read_back(cents: int) -> None:
    assert money(in_words(cents)) == Decimal(cents).scaleb(-2)


@given(st.integers(0, LIMIT - 1))
def test_figures_are_exact(cents: int) -> None:
    assert Decimal(yuan(cents)) == Decimal(cents).scaleb(-2)
    assert yuan(cents)[-3] == "."


@pytest.mark.parametrize("cents", [-1, LIMIT])
def test_no_words_beyond_the_groups(cents: int) -> None:
    with pytest.raises(ValueError, match=f"no words for {cents} cents"):
        in_words(cents)


@given(st.integers(1, 99))
def test_ordinals_are_numbers(number: int) -> None:
    assert numerals.number(phrases.ordinal(number)) == number


@pytest.mark.parametrize(("value", "words"), [
    (1, "一"), (10, "十"), (12, "十二"), (20, "二十"), (99, "九十九"), (100, "100"), (0, "0")])  # fmt: skip
def test_ordinals(value: int, words: str) -> None:
    assert phrases.ordinal(value) == words


@pytest.mark.parametrize(("value", "words"), [
    (Fraction(3, 5), "60%"), (Fraction(1, 3), "33.33%"), (Fraction(1), "100%"), (Fraction(1, 8), "12.5%"),
    (Fraction(0), "0%"), (Fraction(1, 1000), "0.1%")])  # fmt: skip
def test_percentages(value: Fraction, words: str) -> None:
    assert phrases.percent(value) == words


def test_days_have_no_leading_zero() -> None:
    assert phrases.day(date(2026, 3, 5)) == "2026年3月5日"
    assert phrases.day(None) == ""


@pytest.mark.parametrize(("unit", "words"), [
    ("working-day", "5个工作日"), ("day", "5日"), ("month", "5个月")])  # fmt: skip
def test_terms(unit: str, words: str) -> None:
    assert phrases.term(Limit(5, unit, "as written")) == words
    assert phrases.term(None) == ""


@pytest.mark.parametrize("written", ["事实。", " 事实 ", "事实；。", "事实"])
def test_the_template_closes_the_sentence(written: str) -> None:
    assert phrases.sentence(written) == "事实"


def test_a_fact_of_parts_names_them() -> None:
    assert phrases.stated({"改变部分": "是", "未改变部分": "否"}) == "改变部分：是，未改变部分：否"
    assert phrases.stated("是") == "是"
    assert phrases.stated(None) == ""
