"""Amounts of money as people write them → Decimal yuan with exactly two places."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

from enforcecli.text import numerals
from enforcecli.text.slip import Slip, remembered, slip

_FRAME = re.compile(r"(?:人民币|RMB|CNY)? ?¥? ?([^ ].*?) ?(亿|万|千|百)? ?(元|块)?(?:整|正)?(?:人民币)?")
_NUMBER = re.compile(r"([0-9]+)(?:\.([0-9]+))?")
_SCALE = {None: 1, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}
_NUMERALS = frozenset("零一二三四五六七八九十百千")
HIGHEST = 10**13
"""Yuan; a larger sum is a slip of the keyboard, not a township's compensation."""


def _cents(jiao: str | None, fen: str | None) -> Decimal:
    tens, ones = (numerals.digits(c) or 0 if c else 0 for c in (jiao, fen))
    return Decimal(tens * 10 + ones).scaleb(-2)


def _in_words(text: str) -> Decimal | Slip:
    """壹万贰仟元整, 叁佰元伍角, 伍角. Rare: its expressions are compiled when it is first met."""
    plain = numerals.plain(text).removeprefix("人民币").strip()
    cents = re.fullmatch(r"(?:([一二三四五六七八九])角)?(?:([一二三四五六七八九])分)?[整正]?", plain)
    if cents and plain[:1] not in {"", "整", "正"}:
        return _cents(*cents.groups()).quantize(Decimal("0.01"))
    match = re.fullmatch(r"([零一二三四五六七八九十百千万亿]+)元(?:(零?)([一二三四五六七八九])角)?"
                         r"(?:(零?)([一二三四五六七八九])分)?[整正]?", plain)
    if match is None:
        return Slip("Y310")
    yuan, _, jiao, zero, fen = match.groups()
    if fen and not jiao and not zero:  # 元 to 分 passes over 角: 零 must stand there
        return Slip("Y311")
    whole = numerals.number(yuan)
    if whole is None:
        return Slip("Y311")
    return Slip("Y314") if whole >= HIGHEST else (whole + _cents(jiao, fen)).quantize(Decimal("0.01"))


@remembered("Y310")
def money(text: str) -> Decimal | Slip:
    """￥12,000.50 · 12,000.50元 · 1.2万元 · １２０００ · 壹万贰仟元整 → Decimal yuan, two places.

    Refused: no amount (Y310), could be read in two ways (Y311), negative (Y312), parts of a
    cent (Y313), absurdly large (Y314).
    """
    folded = unicodedata.normalize("NFKC", text).strip()
    if folded[:1] in {"-", "−", "负"} or folded[:2] in {"¥-", "¥−"}:
        return Slip("Y312")
    if _NUMERALS & set(numerals.plain(folded)) and not re.search("[0-9]", folded):
        return _in_words(folded)
    frame = _FRAME.fullmatch(folded)
    if frame is None:
        return Slip("Y310")
    figure, unit, _ = frame.groups()
    if "," in figure:
        if not re.fullmatch(r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?", figure):
            return Slip("Y311" if re.fullmatch("[0-9.,]+", figure) else "Y310")
        figure = figure.replace(",", "")
    match = _NUMBER.fullmatch(figure)
    if match is None:
        return Slip("Y311" if re.fullmatch("[0-9.]+", figure) and figure.strip(".") else "Y310")
    whole, part = match[1], match[2] or ""
    if len(whole) > 1 and whole[0] == "0":
        return Slip("Y311")
    if len(whole) > 14:
        return Slip("Y314")
    return _scaled(f"{whole}.{part[:20]}", _SCALE[unit])


def _scaled(figure: str, scale: int) -> Decimal | Slip:
    value = Decimal(figure) * scale
    if value >= HIGHEST:
        return Slip("Y314")
    rounded = value.quantize(Decimal("0.01"))
    return rounded if rounded == value else slip("Y313", places=max(0, -int(value.normalize().as_tuple().exponent)))
