"""Slips inside brackets: [李明，王强], ［…］, 【…】, {人：张某}, {时间:12:30}, {金额: 12,000元}.

A lenient walk over one flow value. Prose in a value (说明: 停产，损失待核) is left alone; a
full-width mark is a slip only where it can be nothing but a separator.
"""

from __future__ import annotations

import re

from enforcecli.model.problem import Edit
from enforcecli.text.found import DEEPEST, MOST, Found, found, quoted, silent
from enforcecli.text.values import (
    GAP,
    SPECIAL,
    WIDE,
    cut_by_comment,
    grouped_amount,
    key_slip,
    opens_wide,
    plain_slip,
    wide_gap,
    year_brackets,
)

_STOP = re.compile(r"[,\[\]{}\r\n］｝】」]|[ \t]#")
_CLOSES = re.compile(rf"[ \t{WIDE}]*(?:[,，\]}}］｝】」\r\n]|\Z|[ \t]#)")
_GOES_ON = re.compile(rf"[ \t{WIDE}]*(?:[,，、；\]}}］｝】」:：\r\n]|\Z|[ \t]#)")
_COLON = re.compile(r"[:：]")
_NEXT_KEY = re.compile(rf"[，、；;][ \t{WIDE}]*([^\s:：，。；！？、,;“”]{{1,20}})([:：])(?=(\s|\Z)?)")
_MISSED = re.compile(rf"[^\s:：][ \t{WIDE}]+([^\s:：，。；！？、,;“”]{{1,20}}: )")
"""A key behind a value with nothing but a space between them."""
_COMMA = re.compile(rf"[，、；][ \t{WIDE}]*")
_NAME = re.compile(r"[\u3400-\u9fff·〇]{1,4}|[0-9A-Za-z.\-]{1,10}|《[^《》]{1,40}》"
                   r"|[\u3400-\u9fff]{1,30}(?:法|条例|办法|规定|规则|细则|决定)")
_SHORT = 10
_GLUED = frozenset("[]{},")
_CHOKES = re.compile(r"[:?]")
_CLOSES_WITH = {"[": "]］】", "{": "}｝」"}
_OPENING = {"］": "［", "｝": "｛", "】": "【", "」": "「"}
_CLOSER = {"[": "]", "{": "}"}
_QUOTED = {'"': re.compile(r'"[^"\\]*+(?>(?:\\.[^"\\]*+)*)"', re.DOTALL),
           "'": re.compile(r"'[^']*+(?>(?:''[^']*+)*)'")}


def quoted_end(text: str, start: int) -> int | None:
    """Where the quoted value at `start` ends; None if it never does."""
    match = _QUOTED[text[start]].match(text, start)
    return match.end() if match else None


class Flow:
    """The walk over one value in brackets. `end` is where it ends, None if it never does; then
    `opened` ends with the bracket that lacks its other half, or `quote` is the quotation mark that
    lacks it."""

    __slots__ = ("end", "found", "opened", "quote", "stack", "text")

    def __init__(self, text: str, start: int) -> None:
        self.text = text
        self.found: list[Found] = []
        self.stack: list[str] = []
        self.opened: list[int] = []
        self.quote: int | None = None
        self.end = self._walk(self._open(start, text[start]))

    def _walk(self, at: int) -> int | None:
        text, size = self.text, len(self.text)
        while at < size and len(self.found) < MOST and len(self.stack) <= DEEPEST:
            ch = text[at]
            if ch in " \t\r\n":
                at += 1
            elif ch == "#" and text[at - 1] in " \t\r\n":
                at = self._line_end(at)
            elif ch in "[{" or (ch in "［｛【「" and opens_wide(text, at)):
                at = self._open(at, ch)
            elif ch in "]}" or (ch in _OPENING and self._closes_here(at, at, ch)):
                if ch not in _CLOSES_WITH[self.stack[-1]]:
                    return None
                at = self._close(at, ch)
                if not self.stack:
                    return at
            elif ch in "\"'":
                after = quoted_end(text, at)
                if after is None or (self._line_end(at) < after and not _GOES_ON.match(text, after)):
                    self.quote = at  # its other half is missing, or is the first half of another pair
                    return None
                at = self._after_node(after)
            elif ch in "，、；" and self.stack[-1] == "[":
                at = self._separator("Y110", at, at, ", ")
            elif ch in ",:":
                at = self._gap(at + 1)
            else:
                at = self._plain(at)
        return None

    def _line_end(self, at: int) -> int:
        end = self.text.find("\n", at)
        return len(self.text) if end < 0 else end

    def _gap(self, at: int) -> int:
        """Past white space; wide white space is named."""
        match = GAP.match(self.text, at)
        end = match.end() if match else at
        slip = wide_gap(self.text, at, end)
        if slip:
            self.found.append(slip)
        return end

    def _open(self, at: int, ch: str) -> int:
        kind = "[" if ch in "[［【" else "{"
        if ch != kind:
            self.found.append(found("Y111", at, at + 1, Edit(at, at + 1, kind), written=ch, wanted=kind))
        self.stack.append(kind)
        self.opened.append(at)
        return self._gap(at + 1)

    def _close(self, at: int, ch: str) -> int:
        kind = self.stack.pop()
        self.opened.pop()
        wanted = _CLOSER[kind]
        if ch in _OPENING:
            self.found.append(found("Y111", at, at + 1, Edit(at, at + 1, wanted), written=ch, wanted=wanted))
        return self._after_node(at + 1) if self.stack else at + 1

    def _after_node(self, at: int) -> int:
        """After a quoted or bracketed value: full-width marks here can only be separators."""
        text = self.text
        match = GAP.match(text, at)
        mark = match.end() if match else at
        ch = text[mark:mark + 1]
        if ch == "：" and self.stack[-1:] == ["{"]:
            return self._separator("Y101", at, mark, ": ")
        if ch in {"，", "、", "；"}:
            return self._separator("Y110", at, mark, ", ")
        return at

    def _separator(self, code: str, start: int, mark: int, instead: str) -> int:
        match = GAP.match(self.text, mark + 1)
        end = match.end() if match else mark + 1
        self.found.append(found(code, mark, mark + 1, Edit(start, end, instead), written=self.text[mark]))
        return end

    def _plain(self, at: int) -> int:
        end = self._token_end(at)
        stop = len(self.text[at:end].rstrip()) + at
        if stop == at:  # nothing here: a stray mark of a kind the walk does not know
            return max(end, at + 1)
        if self.stack[-1] == "{":
            return self._entry(at, stop, end)
        return self._item(at, stop, end)

    def _token_end(self, at: int) -> int:
        """The end of a plain token. 上江函[2026]3号 is one token to its author."""
        text, pos = self.text, at
        while True:
            match = _STOP.search(text, pos)
            if match is None:
                return len(text)
            ch, pos = match[0][-1], match.start()
            if ch == "[":
                slip = year_brackets(text, pos, len(text))
                if slip is None or pos == at:
                    return pos
                self.found.append(slip)
                pos = slip.end
            elif ch in _OPENING:
                if self._closes_here(at, pos, ch):
                    return pos
                pos += 1
            else:
                return pos

    def _closes_here(self, at: int, pos: int, ch: str) -> bool:
        return ch in _CLOSES_WITH[self.stack[-1]] and _CLOSES.match(self.text, pos + 1) is not None \
            and _OPENING[ch] not in self.text[at:pos]

    def _entry(self, at: int, stop: int, end: int) -> int:
        """key: value in {…}."""
        text = self.text
        colon = _COLON.search(text, at, stop)
        if colon is None:
            return self._cut(at, end)
        if text[at] in SPECIAL and colon[0] == ":":
            slip = key_slip(text, at, colon.start())
            if slip:
                self.found.append(slip)
        after = GAP.match(text, colon.end())
        value = after.end() if after else stop
        self._colon(colon, at, value, stop)
        if value >= stop:
            return max(value, colon.end())
        if text[value] in "\"'" or opens_wide(text, value):
            return value
        amount = grouped_amount(text, value) if text.startswith(",", end) else None
        if amount is not None:
            self.found.append(amount)
            return self._after_node(amount.end)
        following = self._next_entry(value, stop, colon[0] == "：" or value == colon.end())
        if following is not None:
            mark, resume = following
            self._value(value, mark)
            return resume
        self._value(value, stop)
        return self._cut(value, end)

    def _colon(self, colon: re.Match[str], at: int, value: int, stop: int) -> None:
        text, (start, after) = self.text, colon.span()
        key = text[at:start]
        if colon[0] == "：":
            name = key.strip()
            self.found.append(found("Y101", start, after, Edit(start, value, ": "), key=name))
            return
        if after == value and (after < stop or text[after:after + 1] in _GLUED):
            self.found.append(found("Y102", start, after, Edit(after, after, " "), key=key.strip()))
        slip = wide_gap(text, after, value)
        if slip:
            self.found.append(slip)

    def _next_entry(self, value: int, stop: int, careless: bool) -> tuple[int, int] | None:
        """A full-width comma after which the next key begins. `：` (or a colon without its space)
        behind it marks a key only if this entry's own colon was typed as carelessly; else it is prose."""
        for match in _NEXT_KEY.finditer(self.text, value, stop):
            ascii_colon = match[2] == ":" and match[3] is not None
            if ascii_colon or careless:
                mark, start = match.start(), match.start(1)
                if self.text[mark] == ";":
                    continue
                self.found.append(found("Y110", mark, mark + 1, Edit(mark, start, ", "), written=self.text[mark]))
                return mark, start
        return None

    def _value(self, start: int, stop: int) -> None:
        stop = len(self.text[start:stop].rstrip()) + start
        if start >= stop or self.text[start] in "\"'":
            return
        missed = _MISSED.search(self.text, start, stop) if self.stack[-1] == "{" else None
        slip = plain_slip(self.text, start, stop)
        if slip and slip.code == "Y122" and missed:
            self.found.append(found("Y222", missed.start(1), missed.end(1) - 2, bracket="{"))
        elif slip:
            self.found.append(slip)
        elif _CHOKES.search(self.text, start, stop):  # 12:30 is text; the C parser cannot read it here
            self.found.append(silent(start, stop, quoted(self.text[start:stop])))

    def _item(self, at: int, stop: int, end: int) -> int:
        """One item of […]."""
        text = self.text
        commas = [] if ": " in text[at:stop] else list(_COMMA.finditer(text, at, stop))
        parted = bool(commas) and self._commas(at, stop, commas)
        if not parted and text.find(": ", at, stop) < 0 and not text.startswith(":", stop - 1):
            self._value(at, stop)
        return self._cut(at, end)

    def _commas(self, at: int, stop: int, commas: list[re.Match[str]]) -> bool:
        """Whether the full-width commas part items. 李明，王强: two names, or one sentence? Names and
        titles of laws are a slip; short phrases alone in a list are doubtful (warning); else it is prose."""
        text = self.text
        bounds = [at, *(edge for c in commas for edge in c.span()), stop]
        pieces = [text[a:b].strip() for a, b in zip(bounds[::2], bounds[1::2], strict=True)]
        edits = [Edit(c.start(), c.end(), ", ") for c in commas]
        first = commas[0]
        mark = text[first.start()]
        if all(_NAME.fullmatch(piece) for piece in pieces if piece):
            self.found.append(found("Y110", first.start(), first.start() + 1, *edits, written=mark))
            return True
        if max(map(len, pieces)) <= _SHORT and first.group()[0] == "，" and self._alone(at, stop):
            self.found.append(found("Y113", first.start(), first.start() + 1, written=mark))
        return False

    def _alone(self, at: int, stop: int) -> bool:
        before, after = self.text[:at].rstrip()[-1:], self.text[stop:].lstrip()[:1]
        return before in "[［" and after in "]］"

    def _cut(self, at: int, end: int) -> int:
        """At the end of a token: a # that cuts the line off, brackets and all."""
        line = self._line_end(end)
        slip = cut_by_comment(self.text, at, line) if self.text[end:end + 2].strip()[:1] == "#" else None
        if slip is None:
            return end
        match = re.compile(r"[,\]}]").search(self.text, slip.start, line)
        if match is None:
            self.found.append(slip)
            return line
        value = self.text[at:match.start()].rstrip()
        self.found.append(found("Y126", slip.start, match.start(),
                                Edit(at, at + len(value), quoted(value)), rest=slip.args[0][1]))
        return match.start()
