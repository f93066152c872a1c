"""“Did you mean”: the nearest of a few words, for short Chinese words, codes and English names."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from functools import lru_cache

_ALIKE = ("户戶", "青靑", "高髙", "黄黃", "吕呂", "己已巳", "未末", "土士", "日曰", "人入", "干千", "贷货", "侯候", "微徽",
          "析折", "拆折", "辨辩", "帐账", "象像", "做作", "的地得", "0oO〇零", "1lI|一", "2二", "3三", "5sS", "8B", "－-—–_",
          "责青", "受授", "复覆", "记纪", "其期", "定订", "制置", "象相", "即及", "既即")
_PAIRS = frozenset((a, b) for group in _ALIKE for a in group for b in group if a != b)
WHOLE, HALF = 2, 1
"""Costs: a wrong character, and one that looks or sounds like the right one."""


def _fold(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip().casefold()


def _swap(a: str, b: str) -> int:
    return 0 if a == b else HALF if (a, b) in _PAIRS else WHOLE


def _distance(a: str, b: str, limit: int) -> int:
    """Edit distance with transpositions, in half steps; `limit` + 1 once it is out of reach."""
    if abs(len(a) - len(b)) * WHOLE > limit:
        return limit + 1
    before: list[int] = []
    row = [j * WHOLE for j in range(len(b) + 1)]
    for i, x in enumerate(a, 1):
        last, row, older = row, [i * WHOLE], before
        for j, y in enumerate(b, 1):
            best = min(last[j] + WHOLE, row[j - 1] + WHOLE, last[j - 1] + _swap(x, y))
            if i > 1 and j > 1 and x == b[j - 2] and a[i - 2] == y:
                best = min(best, older[j - 2] + HALF)
            row.append(best)
        before = last
        if min(row) > limit and min(before) > limit:
            return limit + 1
    return row[-1]


def _reach(a: str, b: str) -> int:
    """How far a word may lie: one character in two, two in five, a third of the longer ones.
    Codes (3-5, M7) allow one slip only where they have three characters or more."""
    longest = max(len(a), len(b))
    if longest < 2:
        return HALF
    if a.isascii() and b.isascii():
        return WHOLE if longest < 6 else 2 * WHOLE
    return WHOLE if longest < 5 else 2 * WHOLE if longest < 9 else longest // 3 * WHOLE


def _shared_start(a: str, b: str) -> int:
    return next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))


@lru_cache(1024)
def _closest(word: str, candidates: tuple[str, ...]) -> str | None:
    wanted = _fold(word)
    found: tuple[int, int, int, str] | None = None
    for candidate in candidates:
        known = _fold(candidate)
        reach = _reach(wanted, known)
        distance = _distance(wanted, known, reach)
        if distance > reach and len(wanted) >= 2 and (wanted in known or known in wanted) and len(known) >= 2:
            distance = reach  # 公务 for 公务员身份, 承办 for 案件承办人
        if distance > reach or (not set(wanted) & set(known) and distance > HALF):
            continue
        rank = (distance, -_shared_start(wanted, known), abs(len(known) - len(wanted)), candidate)
        if found is None or rank < found:
            found = rank
    return found[3] if found else None


def closest(word: str, candidates: Iterable[str]) -> str | None:
    """The candidate most likely meant by `word`, or None if none is near.

    The same answer whatever the order of the candidates. Equal nearness is settled by the longer
    common beginning, then length,
    then code point order.
    """
    if not word.strip() or len(word) > 64:
        return None
    return _closest(word, tuple(c for c in candidates if c and len(c) <= 64))
