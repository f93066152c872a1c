"""Sums of money as papers write them: 5040.00 and 伍仟零肆拾元整. Cents in, exact."""

from __future__ import annotations

_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_UNITS = ("", "拾", "佰", "仟")
_GROUPS = ("", "万", "亿")
LIMIT = 10**14
"""Cents beyond which there is no group word."""


def yuan(cents: int) -> str:
    """Yuan with two decimals: 504000 → 5040.00."""
    return f"{cents // 100}.{cents % 100:02d}"


def in_words(cents: int) -> str:
    """The sum in capital numerals, as receipts and orders write it (票据填写规范 of the banks):
    one 零 for any run of zeros, 整 where nothing follows 元 or 角. ValueError below 0 or beyond
    what the group words reach."""
    if not 0 <= cents < LIMIT:
        raise ValueError(f"no words for {cents} cents")
    whole, rest = divmod(cents, 100)
    tens, ones = divmod(rest, 10)
    text = _whole(whole) + "元" if whole or not rest else ""
    if tens:
        text += _DIGITS[tens] + "角"
    elif ones and whole:
        text += "零"
    return text + (_DIGITS[ones] + "分" if ones else "整")


def _whole(number: int) -> str:
    if number == 0:
        return _DIGITS[0]
    text, gap = "", False
    for place in range(11, -1, -1):
        digit = number // 10**place % 10
        group, unit = divmod(place, 4)
        if digit:
            text += (_DIGITS[0] if gap and text else "") + _DIGITS[digit] + _UNITS[unit]
            gap = False
        else:
            gap = True
        if unit == 0 and number // 10**place % 10000:
            text += _GROUPS[group]
    return text
