"""Values of fields: text → value, or the `Slip` that says what is wrong with the writing.

Width is folded (NFKC) here, on numbers and dates only, never on prose. Every parser is a pure
function of the text and remembers what it has seen.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date as Date
from decimal import Decimal
from fractions import Fraction

from enforcecli.model.roster import Limit
from enforcecli.text import numerals
from enforcecli.text.amounts import money
from enforcecli.text.docnumber import document_number
from enforcecli.text.slip import Slip, remembered, slip

__all__ = ["Slip", "case_number", "date", "document_number", "limit", "money", "months", "share", "weight",
           "year", "yes_no"]

_DATE = re.compile(r"([0-9]{4}) ?(?:-|\.|/|年) ?([0-9]{1,2}) ?(?:-|\.|/|月) ?([0-9]{1,2}) ?[日号]?")
_YEAR = re.compile(r"([0-9]{4}) ?年?度?")
FIRST_YEAR, LAST_YEAR = 1900, 2199


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip()


@remembered("Y301")
def date(text: str) -> Date | Slip:
    """2026-3-5 · 2026.3.5 · 2026/3/5 · 2026年3月5日 · full-width digits · 二〇二六年三月五日.

    Y301 no date, Y302 day missing, Y303 only a year, Y304 no such day, Y305 with a time of
    day, Y306 year missing or out of range, Y307 with midnight or the right day of the week,
    Y308 no such month.
    """
    folded = _folded(text).replace("—", "-").replace("–", "-").replace("−", "-")
    match = _DATE.fullmatch(folded)
    if match is None:
        return _more_than_a_date(folded) or _no_date(folded)
    return _day(int(match[1]), int(match[2]), int(match[3]))


def _more_than_a_date(folded: str) -> Slip | None:
    """2026/3/5 0:00:00 and 2026年3月5日（星期四） say one day; a day of the week that is wrong does not."""
    match = re.fullmatch(r"(.*?[日号0-9]) ?(?:[ T]0{1,2}:00(?::00(?:\.0{1,6})?)?|\(?(?:星期|周|礼拜)([一二三四五六日天])\)?)", folded)
    day = date(match[1]) if match else None
    if match is None or not isinstance(day, Date):
        return None
    if match[2] and "一二三四五六日".index(match[2].replace("天", "日")) != day.weekday():
        return None
    return slip("Y307", instead=match[1], good=match[1])


def _day(y: int, m: int, d: int) -> Date | Slip:
    if not FIRST_YEAR <= y <= LAST_YEAR:
        return slip("Y306", year=y)
    try:
        return Date(y, m, d)
    except ValueError:
        return slip("Y304" if 1 <= m <= 12 else "Y308", year=y, month=m, day=d)


def _no_date(folded: str) -> Date | Slip:
    chinese = re.fullmatch(r"([零〇一二三四五六七八九]{4})年([一二三四五六七八九十]{1,3})月([一二三四五六七八九十廿]{1,3})[日号]", folded)
    if chinese:
        parts = (numerals.digits(chinese[1]), numerals.number(chinese[2]),
                 numerals.number(chinese[3].replace("廿", "二十")))
        if parts[0] is not None and parts[1] is not None and parts[2] is not None:
            return _day(parts[0], parts[1], parts[2])
    month = re.fullmatch(r"([0-9]{4}) ?[-./年] ?([0-9]{1,2}) ?月?", folded)
    if month:
        return slip("Y302", year=month[1], month=month[2])
    if _YEAR.fullmatch(folded):
        return Slip("Y303")
    if re.fullmatch(r"[0-9]{4} ?[-./年] ?[0-9]{1,2} ?[-./月] ?[0-9]{1,2}[日号]?[ T上下早晚中凌星(].*", folded):
        return Slip("Y305")
    return slip("Y306", year="") if re.fullmatch(r"[0-9]{1,2} ?[-./月] ?[0-9]{1,2} ?[日号]?", folded) else Slip("Y301")


_RATIO = re.compile(r"([0-9]{1,9}) ?/ ?([0-9]{1,9})")
_PERCENT = re.compile(r"([0-9]{1,9}(?:\.[0-9]{1,9})?) ?%")


@remembered("Y320")
def share(text: str) -> Fraction | Slip:
    """n/m · 60% · 六成 · 七成五 · 三分之一 · 0 · 1 → Fraction in [0, 1].

    Y320 no share, Y321 a bare number (60 or 0.6: which is meant?), Y322 more than the whole.
    """
    folded = _folded(text)
    if folded in {"0", "1"}:
        return Fraction(int(folded))
    value = _fraction(folded)
    if value is None:
        if re.fullmatch(r"[0-9]{1,9}(?:\.[0-9]{1,9})?", folded):
            number = Decimal(folded)
            return slip("Y321", percent=f"{(number if number > 1 else number * 100).normalize():f}%")
        return Slip("Y320")
    return value if 0 <= value <= 1 else slip("Y322")


def _fraction(folded: str) -> Fraction | None:
    if match := _RATIO.fullmatch(folded):
        return Fraction(int(match[1]), int(match[2])) if int(match[2]) else None
    if match := _PERCENT.fullmatch(folded):
        return Fraction(match[1]) / 100
    if match := re.fullmatch(r"([0-9]{1,2}|[一二三四五六七八九十])成(半|[一二三四五六七八九1-9])?", folded):
        return Fraction(_small(match[1]) * 10 + (5 if match[2] == "半" else _small(match[2])), 100)
    if match := re.fullmatch(r"([零〇一二三四五六七八九十百]{1,5})分之([零〇一二三四五六七八九十百]{1,5})", folded):
        below = 100 if match[1] == "百" else numerals.number(match[1])
        above = numerals.number(match[2])
        return Fraction(above, below) if below and above is not None else None
    return None


def _small(text: str | None) -> int:
    if not text:
        return 0
    return int(text) if text.isascii() else numerals.number(text) or 0


@remembered("Y330")
def weight(text: str) -> Fraction | Slip:
    """A positive whole number or n/m. Y330 none, Y331 zero (who bears nothing has no fault)."""
    folded = _folded(text)
    match = _RATIO.fullmatch(folded)
    if match:
        value = Fraction(int(match[1]), int(match[2])) if int(match[2]) else None
    else:
        value = Fraction(int(folded)) if re.fullmatch("[0-9]{1,9}", folded) else None
    if value is None:
        return Slip("Y330")
    return value or Slip("Y331")


_LIMIT = re.compile(r"([0-9]{1,4}|[零一二三四五六七八九十百两]{1,5}) ?(?:个 ?)?(工作日|自然日|日|天|月|年)?内?")
_UNITS = {"工作日": "working-day", "自然日": "day", "日": "day", "天": "day", "月": "month", "年": "month"}


@remembered("Y340")
def limit(text: str) -> Limit | Slip:
    """15 工作日 · 5个工作日 · 30 日 · 30天 · 2 个月 · 1 年 → Limit (a year is twelve months).

    Y340 no length of time, Y341 the unit is missing.
    """
    folded = " ".join(_folded(text).split())
    match = _LIMIT.fullmatch(folded)
    if match is None:
        return Slip("Y340")
    count = int(match[1]) if match[1].isascii() else numerals.number(match[1])
    if not count:
        return Slip("Y340")
    if match[2] is None:
        return slip("Y341", count=count)
    return Limit(count * 12 if match[2] == "年" else count, _UNITS[match[2]], text.strip())


_YES = frozenset(["是", "有", "对", "真", "√", "✓", "✔", "☑", "true", "yes", "y"])
_NO = frozenset(["否", "无", "不", "错", "假", "×", "✗", "✘", "☒", "x", "没有", "不是", "false", "no", "n"])


@remembered("Y350")
def yes_no(text: str) -> bool | Slip:
    """是 有 true yes √ 对 → True; 否 无 false no × → False. Y350 neither."""
    word = _folded(text).lower()
    return True if word in _YES else False if word in _NO else Slip("Y350")


@remembered("Y360")
def case_number(text: str) -> str | Slip:
    """SJ-2026-003: up to eight capitals, the year, three to five digits. Y360 no case number
    (`instead` where only width or capitals are wrong)."""
    text = text.strip()
    if re.fullmatch("[A-Z]{1,8}-[0-9]{4}-[0-9]{3,5}", text):
        return text
    folded = _folded(text).upper().replace("—", "-").replace("–", "-").replace("−", "-").replace(" ", "")
    good = folded if re.fullmatch("[A-Z]{1,8}-[0-9]{4}-[0-9]{3,5}", folded) else None
    return slip("Y361", instead=good, good=good) if good else Slip("Y360")


@remembered("Y380")
def year(text: str) -> int | Slip:
    """2026 · 2026年 · 2026年度. Y380 no year."""
    match = _YEAR.fullmatch(_folded(text))
    value = int(match[1]) if match else 0
    return value if FIRST_YEAR <= value <= LAST_YEAR else Slip("Y380")




@remembered("Y381")
def months(text: str) -> int | Slip:
    """6 · 6个月 · 六个月 → a number of months, at least one. Y381 none."""
    match = re.fullmatch(r"([0-9]{1,3}|[零一二三四五六七八九十两]{1,3}) ?(?:个? ?月)?", _folded(text))
    count = match and (int(match[1]) if match[1].isascii() else numerals.number(match[1]))
    return count or Slip("Y381")
