"""“Did you mean”: the nearest of a few words, for short Chinese words, codes and English names."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from functools import lru_cache

_ALIKE = ("户戶", "青靑", "高髙", "黄黃", "吕呂", "己已巳", "未末", "土士", "日曰", "人入", "干千", "贷货", "侯候", "微徽",
          "析折", "拆折", "辨辩", "帐账", "象像", "做作", "的地得", "0oO〇零", "1lI|一", "2二", "3三", "5sS", "8B", "－-—–_",
          "责青", "由油", "案按", "受授", "复覆", "记纪", "其期", "定订", "制置", "象相", "即及", "既即")
_SURNAMES = frozenset(
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦许何吕施张孔曹严华金魏陶姜戚谢邹喻柏窦章云苏潘葛范彭郎鲁韦马苗方俞任袁柳鲍史唐费薛雷贺倪汤罗毕郝安常乐于傅"
    "齐康伍余顾孟黄穆萧尹姚邵汪毛臧戴宋庞熊纪舒屈祝董梁杜阮蓝季贾江童郭梅林钟徐邱骆高夏蔡田樊胡凌霍虞万柯管卢莫房裘缪解应丁邓洪包左石崔吉龚程邢裴陆"
    "翁甄曲封段侯宁仇祖武刘景龙叶司黎白蒲赖卓乔闻党谭姬申冉桑桂牛边燕温庄柴瞿阎连习艾向古易廖耿匡文欧聂曾关肖丘闫涂佟占牟覃岳车代佘")
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


def _other_person(a: str, b: str) -> bool:
    """张某 and 何某 share what everybody shares, 张明 and 何明 a given name: two persons, no slip."""
    if not 2 <= len(a) <= 3 or not 2 <= len(b) <= 3 or a[0] == b[0] or _swap(a[0], b[0]) == HALF:
        return False
    return set(a) & set(b) == {"某"} or (a[0] in _SURNAMES and b[0] in _SURNAMES)


def _shared_start(a: str, b: str) -> int:
    return next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))


@lru_cache(1024)
def _closest(word: str, candidates: tuple[str, ...]) -> str | None:
    wanted = _fold(word)
    found: tuple[int, int] | None = None
    nearest: set[str] = set()
    for candidate in candidates:
        known = _fold(candidate)
        reach = _reach(wanted, known)
        distance = _distance(wanted, known, reach)
        if distance > reach and len(wanted) >= 2 and (wanted in known or known in wanted) and len(known) >= 2:
            distance = reach  # 公务 for 公务员身份, 承办 for 案件承办人
        if distance > reach or _other_person(wanted, known) or (not set(wanted) & set(known) and distance > HALF):
            continue
        rank = (distance, -_shared_start(wanted, known))
        if found is None or rank < found:
            found, nearest = rank, {candidate}
        elif rank == found:
            nearest.add(candidate)
    return _one_of(nearest, len(wanted))


def _one_of(nearest: set[str], length: int) -> str | None:
    """The one of several that is meant: 3-9, of which 3-9a and 3-9b are parts; else the one as long as
    the word; else none, for to name one of them would be to guess."""
    if len(nearest) > 1:
        short = min(nearest, key=len)
        if all(word == short or (word.startswith(short) and not word[len(short)].isdigit()) for word in nearest):
            return short
        off = {word: abs(len(_fold(word)) - length) for word in nearest}
        nearest = {word for word in nearest if off[word] == min(off.values())}
    return next(iter(nearest)) if len(nearest) == 1 else None


def closest(word: str, candidates: Iterable[str]) -> str | None:
    """The candidate most likely meant by `word`, or None if none is near.

    The same answer whatever the order of the candidates. Equal nearness is settled by the longer
    common beginning, then by what `_one_of` knows; if two are still equally near, none is suggested.
    """
    if not word.strip() or len(word) > 64:
        return None
    return _closest(word, tuple(c for c in candidates if c and len(c) <= 64))
