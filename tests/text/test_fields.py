"""How values are written: text → value or slip, as data."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date as Date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enforcecli.model.roster import Limit
from enforcecli.problems import kind
from enforcecli.text import fields, numerals
from enforcecli.text.fields import Slip

MARCH = Date(2026, 3, 5)
GOOD: dict[str, dict[str, Any]] = {
    "date": dict.fromkeys(("2026-3-5", "2026-03-05", "2026.3.5", "2026/3/5", "2026年3月5日", "2026年03月05号", "２０２６－３－５", "２０２６年３月５日", "2026 年 3 月 5 日", " 2026-3-5 ", "2026—3—5", "二〇二六年三月五日", "二零二六年三月五日"), MARCH)
    | {"二〇二六年十二月二十三日": Date(2026, 12, 23), "2024-02-29": Date(2024, 2, 29)},
    "money": {t: Decimal("12000.00") for t in (
        "12000", "12000.00", "12000.0", "12,000", "￥12,000.00", "¥12000", "12,000元", "12000元整", "1.2万元", "1.2万", "１２０００",
        "１２，０００．００", "人民币12000元", "壹万贰仟元整", "壹万贰仟圆整", "人民币壹万贰仟元整", "一万二千元", "12千元", "0.00012亿元")}
    | {"￥12,000.50": Decimal("12000.50"), "12,000.50元": Decimal("12000.50"), "0": Decimal("0.00"), "0.01": Decimal("0.01"),
       "壹拾万零柒仟元伍角叁分": Decimal("107000.53"), "壹拾万柒仟元": Decimal("107000.00"), "伍角": Decimal("0.50"),
       "壹仟零壹元": Decimal("1001.00"), "拾元": Decimal("10.00"), "叁佰元零伍分": Decimal("300.05"),
       "壹亿零伍万元": Decimal("100050000.00"), "贰拾万零伍拾元": Decimal("200050.00")},
    "share": {"60%": Fraction(3, 5), "60％": Fraction(3, 5), "6/10": Fraction(3, 5), "６／１０": Fraction(3, 5), "六成": Fraction(3, 5),
              "6成": Fraction(3, 5), "百分之六十": Fraction(3, 5), "五分之三": Fraction(3, 5), "1/3": Fraction(1, 3),
              "三分之一": Fraction(1, 3), "七成": Fraction(7, 10), "七成五": Fraction(3, 4), "七成半": Fraction(3, 4),
              "十成": Fraction(1), "33.3%": Fraction(333, 1000), "0": Fraction(0), "1": Fraction(1), "0%": Fraction(0),
              "100%": Fraction(1), "1/1": Fraction(1), "1 / 3": Fraction(1, 3)},
    "weight": {"1": Fraction(1), "２": Fraction(2), "1/2": Fraction(1, 2), "3/2": Fraction(3, 2), "007": Fraction(7)},
    "limit": {"15 工作日": Limit(15, "working-day", "15 工作日"), "5个工作日": Limit(5, "working-day", "5个工作日"),
              "30 日": Limit(30, "day", "30 日"), "30天": Limit(30, "day", "30天"), "２ 个月": Limit(2, "month", "２ 个月"),
              "两个月": Limit(2, "month", "两个月"), "十五日": Limit(15, "day", "十五日"), "3日内": Limit(3, "day", "3日内"),
              "1年": Limit(12, "month", "1年"), "六个月内": Limit(6, "month", "六个月内")},
    "yes_no": dict.fromkeys(("是", "有", "对", "√", "true", "True", "yes", "Ｙ", " 是 "), True)
    | dict.fromkeys(("否", "无", "×", "false", "NO", "没有", "不是", "x"), False),
    "case_number": {"SJ-2026-003": "SJ-2026-003", "ABCDEFGH-2026-12345": "ABCDEFGH-2026-12345", " SJ-2026-003 ": "SJ-2026-003"},
    "document_number": {"上江责〔2026〕3号": "上江责〔2026〕3号", "〔2026〕12号": "〔2026〕12号", "县政复决字〔2026〕11号": "县政复决字〔2026〕11号"},
    "year": {"2026": 2026, "２０２６": 2026, "2026年": 2026, "2026年度": 2026},
    "months": {"6": 6, "6个月": 6, "六个月": 6, "两个月": 2, "１２": 12},
}
BAD: dict[str, dict[str, str]] = {
    "date": {"2026.5": "Y302", "2026-05": "Y302", "2026年5月": "Y302", "2026": "Y303", "2026年": "Y303", "2026-02-30": "Y304",
             "2025-02-29": "Y304", "2026-13-01": "Y308", "2026-0-1": "Y308", "2026-03-05 10:30": "Y305", "2026-03-05T10:30": "Y305",
             "2026年3月5日上午": "Y305", "3月5日": "Y306", "1026-03-05": "Y306", "0000-01-01": "Y306", "近期": "Y301", "": "Y301",
             "20260305": "Y301", "2026-3-5-": "Y301", "26-3-5": "Y301", "2026-003-05": "Y301", "9" * 5000: "Y301", "二〇二六年三十月五日": "Y308"},
    "money": {"": "Y310", "若干": "Y310", "约1万": "Y310", "1e4": "Y310", "1万2千": "Y310", "元": "Y310", "12000.50.1": "Y311",
              "1,2000": "Y311", "12,00": "Y311", "12.000,50": "Y311", "0012": "Y311", "三百五元": "Y311", "一万二元": "Y311",
              "壹仟壹元": "Y311", "壹万伍佰元": "Y311", "叁佰元伍分": "Y311", "-5": "Y312", "－5": "Y312", "¥-5": "Y312", "负五元": "Y312",
              "12.345": "Y313", "0.0000001万元": "Y313", "9" * 40: "Y314", "10000000000000": "Y314", "一二三": "Y310", "9" * 5000: "Y310"},
    "share": {"60": "Y321", "0.6": "Y321", "0.0": "Y321", "2": "Y321", "120%": "Y322", "3/2": "Y322", "1/0": "Y320", "0/0": "Y320",
              "大部分": "Y320", "": "Y320", "-1/2": "Y320", "60%%": "Y320", "六": "Y320", "十一成": "Y320", "9" * 5000: "Y320"},
    "weight": {"0": "Y331", "0/2": "Y331", "1.5": "Y330", "-1": "Y330", "": "Y330", "1/0": "Y330", "重": "Y330", "9" * 5000: "Y330"},
    "limit": {"15": "Y341", "十五": "Y341", "0 日": "Y340", "尽快": "Y340", "": "Y340", "3 周": "Y340", "-3 日": "Y340", "9" * 5000: "Y340"},
    "yes_no": {"": "Y350", "待查": "Y350", "1": "Y350", "是的吧": "Y350", "9" * 5000: "Y350"},
    "case_number": {"SJ-26-003": "Y360", "SJ2026003": "Y360", "三号": "Y360", "SJ-2026-03": "Y360", "SJ-2026-003456": "Y360",
                    "sj-2026-003": "Y361", "ＳＪ－２０２６－００３": "Y361", "SJ—2026—003": "Y361", "SJ-2026-003\n.": "Y360", "9" * 5000: "Y360",
                    "SJ-２０２６-003": "Y361"},
    "document_number": {"上江责[2026]3号": "Y370", "上江责【2026】3号": "Y370", "上江责（2026）3号": "Y370", "上江责﹝2026﹞3号": "Y370",
                        "上江责(2026)3号": "Y370", "上江责［2026］3号": "Y370", "上江责〔2026〕第3号": "Y371", "上江责〔2026〕03号": "Y372",
                        "上江责〔２０２６〕3号": "Y374", "上江责〔2026〕 3号": "Y374", "上江责〔2026年〕3号": "Y374",
                        "上江责〔26〕3号": "Y373", "上江责2026-3号": "Y373", "三号": "Y373", "": "Y373", "上江责〔2026〕3": "Y373",
                        "上江责〔2026〕000号": "Y373", "上江责〔0026〕3号": "Y373", "9" * 5000: "Y373"},
    "year": {"26": "Y380", "二〇二六": "Y380", "": "Y380", "1026": "Y380", "9" * 5000: "Y380"},
    "months": {"0": "Y381", "半年": "Y381", "": "Y381", "-1": "Y381", "9" * 5000: "Y381"},
}
PARSERS: dict[str, Callable[[str], Any]] = {name: getattr(fields, name) for name in GOOD}


@pytest.mark.parametrize(("name", "text"), [(n, t) for n, rows in GOOD.items() for t in rows])
def test_good(name: str, text: str) -> None:
    value = PARSERS[name](text)
    assert value == GOOD[name][text]
    assert type(value) is type(GOOD[name][text])


@pytest.mark.parametrize(("name", "text"), [(n, t) for n, rows in BAD.items() for t in rows],
                         ids=[f"{n}-{t[:20]}" for n, rows in BAD.items() for t in rows])
def test_bad(name: str, text: str) -> None:
    value = PARSERS[name](text)
    assert isinstance(value, Slip)
    assert value.code == BAD[name][text]
    of, given = kind(value.code), {"key": "日期", "written": text, **dict(value.args)}
    assert of.message.format(**given) and of.remedy.format(**given)


def test_every_parser_has_good_and_bad_rows() -> None:
    assert set(GOOD) == set(BAD) == set(fields.__all__) - {"Slip"}


def test_money_always_has_two_places() -> None:
    assert all(value.as_tuple().exponent == -2 for value in GOOD["money"].values())
    assert all(PARSERS["money"](text).as_tuple().exponent == -2 for text in GOOD["money"])


@pytest.mark.parametrize("text", [t for t, code in BAD["document_number"].items() if code != "Y373"])
def test_the_corrected_document_number_is_good(text: str) -> None:
    slip = fields.document_number(text)
    assert isinstance(slip, Slip)
    assert slip.instead == fields.document_number(slip.instead or "") == "上江责〔2026〕3号"


@pytest.mark.parametrize("text", [t for t, code in BAD["case_number"].items() if code == "Y361"])
def test_the_corrected_case_number_is_good(text: str) -> None:
    slip = fields.case_number(text)
    assert isinstance(slip, Slip)
    assert slip.instead == fields.case_number(slip.instead or "") == "SJ-2026-003"


@pytest.mark.parametrize(("text", "percent"), [("60", "60%"), ("0.6", "60%"), ("0.333", "33.3%"), ("2", "2%"), ("100", "100%")])
def test_bare_share_says_what_it_would_be(text: str, percent: str) -> None:
    slip = fields.share(text)
    assert isinstance(slip, Slip)
    assert dict(slip.args)["percent"] == percent


TEXT = st.text(st.sampled_from("0123456789０１２．，,.-/％%年月日号元万亿壹贰拾佰仟零角分整〔〕[]第成分之工作个是 　\x00") | st.characters(), max_size=80)


@given(TEXT)
def test_no_text_makes_a_parser_fail(text: str) -> None:
    for parse in PARSERS.values():
        value = parse(text)
        assert value is not None
        if isinstance(value, Slip):
            kind(value.code)


@given(st.dates(Date(1900, 1, 1), Date(2199, 12, 31)), st.sampled_from(["{}-{}-{}", "{}.{}.{}", "{}/{}/{}", "{}年{}月{}日"]))
def test_every_day_is_read_back(day: Date, form: str) -> None:
    assert fields.date(form.format(day.year, day.month, day.day)) == day


@given(st.integers(0, 10**15 - 1))
def test_every_sum_is_read_back(cents: int) -> None:
    yuan = Decimal(cents).scaleb(-2)
    assert fields.money(f"{yuan:.2f}") == fields.money(f"￥{yuan:,.2f}") == yuan


@given(st.fractions(0, 1, max_denominator=10**6))
def test_every_share_is_read_back(part: Fraction) -> None:
    assert fields.share(f"{part.numerator}/{part.denominator}") == part


def in_words(number: int) -> str:
    """大写 by the rules for bills: one 零 for each gap."""
    if not number:
        return "零"
    digits, places = "零壹贰叁肆伍陆柒捌玖", ["", "拾", "佰", "仟"]
    out, gap = "", False
    for unit, size in (("亿", 10**8), ("万", 10**4), ("", 1)):
        section, number = divmod(number, size) if size > 1 else (number, 0)
        if not section:
            gap = bool(out)
            continue
        for place in (3, 2, 1, 0):
            digit = section // 10**place % 10
            if digit:
                out += ("零" if gap else "") + digits[digit] + places[place]
                gap = False
            else:
                gap = bool(out)
        out, gap = out + unit, gap and bool(section % 10 == 0)
    return out


@given(st.integers(1, 9999))
def test_words_up_to_ten_thousand(number: int) -> None:
    assert numerals.number(in_words(number)) == number


@given(st.integers(1, 10**12 - 1))
def test_words_are_read_as_written_or_refused(number: int) -> None:
    assert numerals.number(in_words(number)) in {number, None}


@given(st.text(st.sampled_from("零一二三五九十百千万亿两"), max_size=10))
def test_no_two_writings_of_different_length_are_guessed(text: str) -> None:
    """What is accepted names each of its digits: none is dropped."""
    value = numerals.number(text)
    if value:
        named = sorted(c for c in numerals.plain(text) if c in "一二三五九")
        digits = sorted("零一二三四五六七八九"[int(c)] for c in str(value) if c != "0")
        assert [d for d in digits if d != "一"] == [n for n in named if n != "一"]
