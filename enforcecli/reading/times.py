"""What the values of a counted fact stand for: 零次, 一次, 二次以上 … as numbers of cases.

以上, 以下 and 以内 include the number they name, 超过 and 不满 do not (民法典第一千二百五十九条).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from itertools import pairwise

from enforcecli.model.rulebook import Times
from enforcecli.text import numerals

_N = "([0-9]{1,3}|[零〇一二两三四五六七八九十百]{1,5})"
_TIMES = "(?: ?(?:次|回|件|times?))?"
_OPEN_ENDS = (  # pattern, and what the least number is above the one named
    (re.compile(f"{_N}{_TIMES} ?(?:及|或者?|\\(含\\)|\\(含本数\\))?(?:以上|or more)"), 0),
    (re.compile(f"{_N}\\+"), 0),
    (re.compile(f"(?:至少|不少于|达到?|满){_N}{_TIMES}(?:以上)?"), 0),
    (re.compile(f"(?:超过|多于){_N}{_TIMES}"), 1),
    (re.compile(f"第{_N}次(?:及|或者?)?以上"), -1),
)
_UP_TO = re.compile(f"{_N}{_TIMES} ?(?:及)?以[下内]|(?:不超过|不多于|至多){_N}{_TIMES}")
_BELOW = re.compile(f"(?:不满|不足|少于){_N}{_TIMES}")
_EXACTLY = re.compile(f"{_N}{_TIMES}")
_THE_NTH = re.compile(f"第{_N}次")
_BETWEEN = re.compile(f"{_N}{_TIMES}(?:至|到|-|—|、|或者?|~){_N}{_TIMES}")
_WORDS = {"无": (0, 0), "否": (0, 0), "没有": (0, 0), "从未": (0, 0), "首次": (0, 0), "初次": (0, 0), "none": (0, 0),
          "never": (0, 0), "once": (1, 1), "twice": (2, 2), "twice or more": (2, None),
          "有": (1, None), "是": (1, None), "再次": (1, None)}


def times_of(values: Sequence[str]) -> tuple[Times, ...]:
    """The numbers each value stands for, in the book's order; () where some value cannot be read as
    a number or two values claim the same number."""
    found = [_times(value) for value in values]
    known = tuple(times for times in found if times is not None)
    if len(known) < len(found):
        return ()
    ordered = sorted(known, key=lambda times: times.least)
    apart = all(one.most is not None and one.most < after.least
                for one, after in pairwise(ordered))
    return known if apart else ()


def without_value(times: Sequence[Times]) -> int | None:
    """The least number of cases no value stands for; None where every number has one."""
    number = 0
    for one in sorted(times, key=lambda times: times.least):
        if one.least > number:
            return number
        if one.most is None:
            return None
        number = one.most + 1
    return number


def _times(value: str) -> Times | None:
    """以上 after a number includes it; 第二次 is one before it."""
    text = unicodedata.normalize("NFKC", value).strip().casefold()
    if text in _WORDS:
        return Times(value, *_WORDS[text])
    if match := _EXACTLY.fullmatch(text):
        return _made(value, _number(match[1]), _number(match[1]))
    if match := _THE_NTH.fullmatch(text):
        before = _less_one(match[1])
        return _made(value, before, before)
    if match := _BETWEEN.fullmatch(text):
        return _made(value, _number(match[1]), _number(match[2]))
    if match := _UP_TO.fullmatch(text):
        return _made(value, 0, _number(match[1] or match[2]))
    if match := _BELOW.fullmatch(text):
        return _made(value, 0, _less_one(match[1]))
    for pattern, more in _OPEN_ENDS:
        if match := pattern.fullmatch(text):
            number = _number(match[1])
            return None if number is None or number + more < 0 else Times(value, number + more)
    return None


def _made(value: str, least: int | None, most: int | None) -> Times | None:
    return Times(value, least, most) if least is not None and most is not None and 0 <= least <= most else None


def _less_one(text: str) -> int | None:
    number = _number(text)
    return None if number is None else number - 1


def _number(text: str) -> int | None:
    return int(text) if text.isascii() else numerals.number(text.replace("〇", "零"))
