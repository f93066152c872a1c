"""The slow scan of a text, line by line, before YAML reads it. It follows the layout leniently, so
that each slip is named where it was typed and prose is left alone."""

from __future__ import annotations

import re
from bisect import bisect_left

from enforcecli.model.problem import Edit
from enforcecli.text.clean_line import line
from enforcecli.text.flow import Flow, quoted_end
from enforcecli.text.found import DEEPEST, MOST, Found, found, quoted
from enforcecli.text.lines import NEAR, Lines
from enforcecli.text.values import (
    GAP,
    HAS_WIDE,
    SPECIAL,
    WIDE,
    comment_start,
    cut_by_comment,
    in_parentheses,
    key_slip,
    opens_wide,
    plain_slip,
    wide_gap,
    year_brackets,
)

_SPACES = re.compile(" *")
_PROPER_KEY = re.compile(r"[^#:\r\n]*+(?>(?:(?:(?<!\s)#|:(?![ \t\r\n]|\Z))[^#:\r\n]*+)*):")
_TYPED_KEY = re.compile(rf"([^\s:：，。；！？、,;\"'\[\]{{}}#“”]{{1,20}})([ \t{WIDE}]*)([:：])")
_CHILD_KEY = re.compile(r"[^\s:：，。；！？、,;\"'\[\]{}#“”]{1,20}(?:：|:(?=[^/0-9]))")
_KEY_HERE = re.compile(r"[^\s:：，。；！？、,;\"'\[\]{}#“”]{1,20}:(?=[ \r\n]|\Z)")
_BLOCK_HEADER = re.compile(r"[|>](?:[+-]?[1-9]?|[1-9][+-])[ \t]*(?:#[^\r\n]*)?(?=[\r\n]|\Z)")
_DASHES = "－—–−﹣‐‑‒•●·"
_EXTRA = re.compile(r"[ \t]*([，。；、;,.]+)(?=[ \t]*(?:#[^\r\n]*)?(?:[\r\n]|\Z))")
"""Punctuation behind the last bracket of a value."""
_WORD_END = re.compile(r"[ \t]*(?:#[^\r\n]*)?(?=[\r\n]|\Z)")
NOWHERE = 10**9


class Skim(Lines):
    """One pass over a text; `found` is in the order of the text."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.found: list[Found] = []
        self.plain_column = NOWHERE  # deeper lines go on with a plain value, which is prose
        while self.at < len(self.lines) and len(self.found) < MOST:
            self._line()

    def _report(self, slip: Found | None) -> None:
        if slip is not None:
            self.found.append(slip)

    def _line(self) -> None:
        index, self.at = self.at, self.at + 1
        start, end = self.lines[index][0], self._end(index)
        first, column = self._indent(index)
        if first < end and column > self.plain_column:
            column = self._sibling(start, first) or column
        if first >= end or column > self.plain_column:
            return
        self.plain_column = NOWHERE
        clean = line(self.text, start)
        if clean:
            self._clean(clean)
            return
        if self.text[start] == "%":
            self.found.append(Found("Y206", start, end, silent=(Edit(start, start + 1, "#"),)))
            return
        if self.text.startswith(("---", "..."), start):
            return
        if self.text[first] == "#":
            if HAS_WIDE.search(self.text, start, first):
                self._indentation(start, first, column)
            return
        self._indentation(start, first, column)
        self._dashes(first, column, end)

    def _clean(self, match: re.Match[str]) -> None:
        """Past a line with nothing to name."""
        while self.at < len(self.lines) and self.lines[self.at][0] < match.end():
            self.at += 1
        dashes = match["indent"] + match["dashes"]
        value = "plain" if match["plain"] else "item"
        if match[value] and self.text[match.end(value):match.end()].strip(" ")[:1] != "#":
            self.plain_column = len(dashes) if match["key"] else dashes.rindex("-")

    def _sibling(self, start: int, first: int) -> int | None:
        """The column of a key indented by as many U+3000 as the keys around it are by spaces. Two wide each they
        would make it prose that goes on with the value above, which no text in the form of a key is."""
        narrow = first - start
        if narrow <= self.plain_column and "\u3000" in self.text[start:first] and _KEY_HERE.match(self.text, first):
            return narrow
        return None

    def _indentation(self, start: int, first: int, column: int) -> None:
        """Indentation by anything but spaces."""
        blank = self.text[start:first]
        if not blank.strip(" "):
            return
        code = "Y106" if "\t" in blank else "Y105"
        wide = blank.lstrip(" ")[0]
        self.found.append(found(code, first - len(blank.lstrip(" ")), first,
                                Edit(start, first, " " * column), character=f"U+{ord(wide):04X}"))

    def _dashes(self, at: int, column: int, end: int) -> None:
        """The dashes of list items before the entry."""
        text, dash = self.text, -1
        while at < end:
            ch, after = text[at], text[at + 1:at + 2] if at + 1 < end else ""
            wrong = ch in _DASHES and after != ch
            if not wrong and (ch != "-" or after == "-"):
                break
            match = GAP.match(text, at + 1, end)
            stop = match.end() if match else at + 1
            if wrong:
                self.found.append(found("Y104", at, at + 1, Edit(at, stop, "- " if stop < end else "-"), written=ch))
            elif stop == at + 1 and stop < end:
                self.found.append(found("Y103", at, at + 1, Edit(stop, stop, " ")))
            elif stop < end:
                self._report(wide_gap(text, at + 1, stop))
            dash = column
            column += 1 + max(1, self._width(at + 1, stop))
            at = stop
        if at < end:
            self._entry(at, column, end, dash)

    def _entry(self, at: int, column: int, end: int, dash: int) -> None:
        """What stands on a line after indentation and dashes: a key with its value, or an item."""
        text = self.text
        if text[at] in "\"'":
            after = quoted_end(text, at)
            if after is None:
                self.at = len(self.lines)
            elif after < end and self._quoted_key(at, after, column, end):
                return
            else:
                self._after_value(at, after)
        elif text.startswith("? ", at):
            return
        elif dash >= 0 and in_parentheses(text, at, end):
            self._value(at, dash, end)
        elif text[at] in "[{" or (dash >= 0 and (text[at] in "［｛" or opens_wide(text, at))):
            if dash < 0 and self._among_items(column, end):
                self.found.append(found("Y234", at, at + 1, Edit(at, at, "- "), written=text[at]))
            self._value(at, dash if dash >= 0 else column, end)
        else:
            colon = self._key(at, column, end, dash)
            if colon is not None:
                self._value(colon, column, end)
            elif dash >= 0:
                self._value(at, dash, end)

    def _quoted_key(self, at: int, after: int, column: int, end: int) -> bool:
        text = self.text
        match = GAP.match(text, after, end)
        mark = match.end() if match else after
        if text[mark:mark + 1] not in {":", "："}:
            return False
        key = text[at + 1:after - 1]
        if text[mark] == "：":
            gap = GAP.match(text, mark + 1, end)
            self.found.append(found("Y101", mark, mark + 1, Edit(after, gap.end() if gap else mark + 1, ": "), key=key))
        elif mark + 1 < end and not text[mark + 1].isspace():
            self.found.append(found("Y102", mark, mark + 1, Edit(mark + 1, mark + 1, " "), key=key))
        self._value(mark + 1, column, end)
        return True

    def _key(self, at: int, column: int, end: int, dash: int) -> int | None:
        """The offset after the key's colon; None if there is no key."""
        text = self.text
        proper = _PROPER_KEY.match(text, at, end)
        typed = _TYPED_KEY.match(text, at, end)
        if proper and text[at] in SPECIAL:
            self._report(key_slip(text, at, proper.end() - 1))
            return proper.end()
        if typed is None or (proper and proper.end() <= typed.end() and not typed[2]):
            return self._proper(proper, at)
        name, _, colon = typed.groups()
        after = typed.end()
        value = GAP.match(text, after, end)
        stop = value.end() if value else after
        if proper and proper.end() == after:  # a proper key with white space before its colon
            self._report(wide_gap(text, typed.start(2), typed.end(2), "Y108", ""))
            return after
        if proper and colon == ":" and not re.search(r"\s", text[at:proper.end()]):
            return proper.end()  # 3:1: …, a key that holds a colon
        if dash >= 0 and not (proper and colon == "：") and not self._is_entry(name, colon, dash, column, after, stop):
            return None
        if colon == "：":
            code, mend = "Y101", Edit(typed.start(2), stop, ": " if stop < end else ":")
        elif stop > after:
            code, mend = "Y107", Edit(typed.start(2), stop, ": " if stop < end else ":")
        else:
            code, mend = "Y102", Edit(typed.start(2), after, ": ")
        self._report(found(code, typed.start(3), max(after, stop if code == "Y107" else after), mend, key=name,
                           character=f"U+{ord(text[after]):04X}" if code == "Y107" else ""))
        return stop

    def _proper(self, proper: re.Match[str] | None, at: int) -> int | None:
        if proper is None:
            return None
        inside = list(HAS_WIDE.finditer(self.text, at, proper.end()))
        if inside:
            self.found.append(found("Y108", *inside[0].span(), *(Edit(*blank.span(), "") for blank in inside),
                                    character=f"U+{ord(inside[0][0]):04X}"))
        return proper.end()

    def _is_entry(self, name: str, colon: str, dash: int, column: int, after: int, stop: int) -> bool:
        """Whether “- 说明：…” begins a mapping rather than a sentence: the next line goes on at the
        same column with a key, or other items of the list are mappings."""
        if colon == ":" and (not name[0].isalpha() or self.text.startswith("//", after)):
            return False
        if colon == ":" and stop > after:
            return True
        for index in range(self.at, len(self.lines)):
            first, indent = self._indent(index)
            if first < self._end(index) and self.text[first] != "#":
                if indent == column and _CHILD_KEY.match(self.text, first):
                    return True
                break
        near = self._mapping_items().get(dash, [])
        index = bisect_left(near, self.at - NEAR)
        return index < len(near) and near[index] < self.at + NEAR

    def _value(self, at: int, column: int, end: int) -> None:
        """A value on the line of its key or dash; `column` is theirs."""
        text = self.text
        match = GAP.match(text, at, end)
        start = match.end() if match else at
        if start > at and (not self.found or self.found[-1].end < start):
            self._report(wide_gap(text, at, start))
        if start >= end:
            return
        ch = text[start]
        header = _BLOCK_HEADER.match(text, start)
        if header:
            self._skip_block(column)
        elif ch in "\"'":
            after = quoted_end(text, start)
            if after is None:
                self.at = len(self.lines)
            else:
                self._after_value(start, after)
        elif ch in "[{" or (ch in "［｛" and ("］" if ch == "［" else "｝") in text[start:end]) \
                or (ch in "［｛" and text[end - 1] in "]}") or (ch in "【「" and opens_wide(text, start)):
            self._flow(start, column, end)
        else:
            self._plain(start, column, end)

    def _plain(self, start: int, column: int, end: int) -> None:
        stop = comment_start(self.text, start, end)
        cut = cut_by_comment(self.text, start, end)
        if cut:
            self.found.append(cut)
        if stop > start:
            stop = len(self.text[start:stop].rstrip()) + start
            self._report(plain_slip(self.text, start, stop, one_line=not self._goes_on(column)))
            self.plain_column = column if comment_start(self.text, start, end) == end else NOWHERE

    def _goes_on(self, column: int) -> bool:
        if self.at >= len(self.lines):
            return False
        first, indent = self._indent(self.at)
        return first < self._end(self.at) and indent > column and self.text[first] != "#"

    def _skip_block(self, column: int) -> None:
        """Past the lines of a | or > value. Lines indented by wide spaces are meant to belong to it."""
        while self.at < len(self.lines):
            start, end = self.lines[self.at][0], self._end(self.at)
            first, indent = self._indent(self.at)
            spaces = _SPACES.match(self.text, start)
            if first < end and (spaces is None or spaces.end() - start <= column):
                if indent <= column or first == start:
                    return
                self._indentation(start, first, indent)
            self.at += 1

    def _flow(self, start: int, column: int, end: int) -> None:
        flow = Flow(self.text, start)
        if flow.end is None:  # never closed: what was read as its content further down is not
            self.found += [slip for slip in flow.found if slip.end <= end]
            bracket = flow.opened[-1]
            if len(flow.opened) > DEEPEST:
                self.found.append(found("Y208", bracket, bracket + 1, most=DEEPEST))
                return
            if len(flow.found) >= MOST:
                return
            if flow.quote is not None:
                self.found.append(found("Y220", flow.quote, flow.quote + 1, quote=self.text[flow.quote]))
            else:
                self.found.append(found("Y221", bracket, bracket + 1, bracket=self.text[bracket]))
            self.at = len(self.lines)
            return
        extra = _EXTRA.match(self.text, flow.end)
        if extra is None and flow.end <= end and not _WORD_END.match(self.text, flow.end):
            self._not_a_flow(start, column, end)
            return
        self.found += flow.found
        if extra is not None:
            self.found.append(found("Y128", *extra.span(1), Edit(flow.end, extra.end(), ""), written=extra[1]))
        self._after_value(start, flow.end)

    def _not_a_flow(self, start: int, column: int, end: int) -> None:
        """[2026]3号: begins like a list and is none."""
        stop = comment_start(self.text, start, end)
        year = year_brackets(self.text, start, stop)
        value = self.text[start:stop].rstrip()
        self._report(year or found("Y121", start, start + 1, Edit(start, start + len(value), quoted(value)),
                                   character=value[0]))
        self.plain_column = column

    def _after_value(self, start: int, after: int) -> None:
        """Go on after a value that may span lines; nothing but a comment may follow on its line."""
        while self.at < len(self.lines) and self.lines[self.at][0] < after:
            self.at += 1
        if _WORD_END.match(self.text, after):
            return
        end = self._end(self.at - 1)
        if self.text[start] in "\"'":
            self.found.append(found("Y124", start, after, rest=self.text[after:end].strip()))
