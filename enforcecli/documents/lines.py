"""Lines broken by hand where the page would break them badly: titles, and lines to be filled in."""

from __future__ import annotations

import re

from wcwidth import wcswidth

_NOT_AT_END = "“‘（《〈〔【第与和及"
_NOT_AT_START = "”’）》〉〕】、，。；：？！的号条款项"
_COMMON = """
    行政 处罚 许可 强制 检查 确认 裁决 给付 执法 过错 责任 追究 决定 案件 复议 复核 撤销 变更 违法 诉讼 判决 人民 政府 机关 乡镇
    街道 赔偿 费用 承担 情况 事项 移送 建议 给予 处理 处分 通知 整改 告知 关于 有关 责令
"""
_WORDS = frozenset(_COMMON.split())
"""Words of such titles that no line breaks apart."""
_BLANK = re.compile("\u3000{3,}")
_LEAST_BLANK = 2


def balanced(title: str, room: int) -> list[str]:
    """A title too long for a line of `room` characters, in lines of about one length; a quotation
    mark or bracket stays with its words (GB/T 9704: 词意完整、排列对称)."""
    length = (wcswidth(title) + 1) // 2
    count = -(-length // room)
    if count < 2:
        return [title]
    lines, rest = [], title
    for left in range(count, 1, -1):
        ideal = -(-len(rest) // left)
        at = min(range(1, len(rest)), key=lambda i: (not _good(rest, i), i > room, abs(i - ideal), i))
        lines.append(rest[:at])
        rest = rest[at:]
    return [*lines, rest]


def _good(text: str, at: int) -> bool:
    """Whether a line may end before this character; never inside a figure or a word."""
    before, after = text[at - 1], text[at]
    inside = before.isascii() and after.isascii() and before.isalnum() and after.isalnum()
    return before not in _NOT_AT_END and after not in _NOT_AT_START and before + after not in _WORDS and not inside


def shortened_blanks(text: str, room: int) -> str:
    """A line to be filled in (签名：　　　　年　月　日) that is a little too long for `room` halves of a
    character: its longest blanks become shorter until it fits. As it is, if that does not help."""
    over = wcswidth(text) - room
    blanks = [[m.start(), m.end()] for m in _BLANK.finditer(text)]
    spare = sum(2 * (end - start - _LEAST_BLANK) for start, end in blanks)
    if not 0 < over <= spare:
        return text
    lengths = [end - start for start, end in blanks]
    for _ in range(-(-over // 2)):
        longest = max(range(len(lengths)), key=lambda i: (lengths[i], -i))
        lengths[longest] -= 1
    left = iter(lengths)
    return _BLANK.sub(lambda _: "\u3000" * next(left), text)
