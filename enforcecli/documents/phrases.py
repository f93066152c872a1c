"""How papers write dates, numbers and lists, and the blanks left for the pen."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from fractions import Fraction

from enforcecli.model.case import Stated
from enforcecli.model.roster import Limit

BLANK = "　　　　"
DATE_BLANK = "　　　　年　　月　　日"
NUMBER_BLANK = "〔　　　　〕　　号"
SHARE_LABEL = "内部测算参考比例，非《办法》条文，不作为定责依据"
"""Stands beside every share: no measure attaches a number to 主要 or 次要."""

_FIGURES = "零一二三四五六七八九"
_TERMS = {"working-day": "个工作日", "day": "日", "month": "个月"}


def day(value: date | None) -> str:
    """成文日期 of GB/T 9704: Arabic, the year in full, no leading zero. Empty for None."""
    return f"{value.year}年{value.month}月{value.day}日" if value is not None else ""


def ordinal(number: int) -> str:
    """1 → 一, 12 → 十二, 20 → 二十; from 100 on in figures."""
    if not 1 <= number < 100:
        return str(number)
    tens, ones = divmod(number, 10)
    head = "" if not tens else "十" if tens == 1 else f"{_FIGURES[tens]}十"
    return head + (_FIGURES[ones] if ones or not tens else "")


def listed(words: Iterable[str]) -> str:
    return "、".join(word for word in words if word)


def stated(value: Stated | None) -> str:
    """A fact as stated: its value, or the value of each part."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    return "，".join(f"{part}：{word}" for part, word in value.items())


def percent(value: Fraction) -> str:
    """A fraction as a percentage, exact where two decimals hold it: 3/5 → 60%, 1/3 → 33.33%."""
    hundredths = round(value * 10000)
    whole, rest = divmod(hundredths, 100)
    return f"{whole}.{rest:02d}".rstrip("0").rstrip(".") + "%" if rest else f"{whole}%"


def hundredths(value: int | None) -> str:
    """Hundredths of a percent as the assessment rounded them: 7000 → 70.00%."""
    return "" if value is None else f"{value // 100}.{value % 100:02d}%"


def sentence(text: str | None) -> str:
    """What an officer wrote, without the full stop the template adds."""
    return (text or "").strip().rstrip("。；;. ")


def term(limit: Limit | None) -> str:
    """A length of time: 5个工作日, 30日, 2个月."""
    if limit is None:
        return ""
    return f"{limit.count}{_TERMS.get(limit.unit, limit.unit)}"
