"""Numbers written in Chinese: 十五, 二〇二六, 壹万贰仟. Only unambiguous writing is a number."""

from __future__ import annotations

import re

_FORMAL = str.maketrans("壹贰貳叁參肆伍陆陸柒捌玖拾佰仟萬億两兩〇圆圓", "一二二三三四五六六七八九十百千万亿二二零元元")
_DIGIT = {c: i for i, c in enumerate("零一二三四五六七八九")}


def plain(text: str) -> str:
    """大写 and variant characters as the everyday ones; 圆 as 元."""
    return text.translate(_FORMAL)


def digits(text: str) -> int | None:
    """二零二六 read digit by digit. None if a character is no digit."""
    value = 0
    for c in plain(text):
        if c not in _DIGIT:
            return None
        value = value * 10 + _DIGIT[c]
    return value if text else None


def _section(text: str, leading: bool) -> int | None:
    """Up to four places (千百十个). A place passed over must be written 零: 三百五 is 350 to one
    reader and 305 to another, so it is no number here. `leading`: nothing stands before."""
    if not leading and text[:1] == "零" and text[2:3] == "千":
        text = text[1:]  # 壹拾万零柒仟: allowed after 万, though no place is passed over
    match = re.fullmatch(r"(?:([一二三四五六七八九])千)?(零?)(?:([一二三四五六七八九])百)?(零?)"
                         r"(?:([一二三四五六七八九]?)十)?(零?)([一二三四五六七八九]?)", text)  # compiled when first met
    if match is None or not text.strip("零"):
        return None
    thousand, zero1, hundred, zero2, ten, zero3, one = match.groups()
    places = [thousand, hundred, ten if ten is None else ten or "一", one or None]
    zeros = [False, bool(zero1), bool(zero2), bool(zero3)]
    seen, pending = not leading, False
    value = 0
    for place, (digit, zero) in enumerate(zip(places, zeros, strict=True)):
        pending = pending or zero
        if digit is None:
            continue
        if seen and place and places[place - 1] is None and not pending:
            return None
        value += _DIGIT[digit] * 10 ** (3 - place)
        seen, pending = True, False
    return None if pending else value


def number(text: str) -> int | None:
    """A whole number such as 十五, 三百零五, 壹拾万零柒仟. None if it is none or could be two."""
    text = plain(text)
    if text == "零":
        return 0
    if not text or text.count("亿") > 1 or text.count("万") > 1:
        return None
    total, rest, leading = 0, text, True
    for unit, size in (("亿", 10**8), ("万", 10**4)):
        if unit in rest:
            head, rest = rest.split(unit)
            value = _section(head, leading)
            if value is None:
                return None
            total, leading = total + value * size, False
    if not rest:
        return total
    value = _section(rest, leading)
    return None if value is None else total + value
