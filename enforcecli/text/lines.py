"""The lines of a text as their author sees them: where each begins, and what stands beside it."""

from __future__ import annotations

import re

from enforcecli.text.values import GAP, WIDE

_LINE = re.compile(r"[^\r\n]*+(?:\r\n|\r|\n|\Z)")
_ITEM = re.compile(rf"([ \t{WIDE}]*)-[ \t{WIDE}]*(?:[{{]|[^\s:：，,;\"'\[\]{{}}#]{{1,20}}:(?:\s|\Z))")
NEAR = 20
"""Lines within which another item of a list says what its items are."""


class Lines:
    """The lines of a text; `at` is the next one to look at."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.lines = [m.span() for m in _LINE.finditer(text) if m.start() < m.end()]
        self.at = 0
        self.tab = self._tab_width()
        self.mappings: dict[int, list[int]] | None = None

    def _tab_width(self) -> int:
        """What a tab stands for: the indentation the author uses elsewhere."""
        widths = {len(m[1]) for m in re.finditer(r"(?m)^( +)[^ #\t\r\n]", self.text)}
        return 4 if widths and min(widths) == 4 else 2

    def _end(self, index: int) -> int:
        """Where the line ends, without its line break."""
        start, end = self.lines[index]
        while end > start and self.text[end - 1] in "\r\n":
            end -= 1
        return end

    def _indent(self, index: int) -> tuple[int, int]:
        """Offset of the first character of a line, and its column as the author sees it."""
        start = self.lines[index][0]
        match = GAP.match(self.text, start, self._end(index))
        end = match.end() if match else start
        return end, self._width(start, end)

    def _width(self, start: int, end: int) -> int:
        """Columns as seen: U+3000 is two wide."""
        blank = self.text[start:end]
        if blank.isascii() and "\t" not in blank:
            return end - start
        return end - start + blank.count("\u3000") + blank.count("\t") * (self.tab - 1)

    def _among_items(self, column: int, end: int) -> bool:
        """Whether the line just begun stands in a column where the item above, or the line below, has a
        dash."""
        for index in range(self.at - 2, max(self.at - 2 - NEAR, -1), -1):
            first, indent = self._indent(index)
            if first < self._end(index) and self.text[first] != "#" and indent <= column:
                if indent == column and self.text.startswith("- ", first):
                    return True
                break
        if self.at >= len(self.lines) or self.text[max(end - NEAR, 0):end].rstrip()[-1:] not in {"]", "}"}:
            return False
        first, indent = self._indent(self.at)
        return indent == column and self.text.startswith("- ", first)

    def _mapping_items(self) -> dict[int, list[int]]:
        """Column → lines of the list items that are mappings; looked for once per file."""
        if self.mappings is None:
            self.mappings = {}
            for index, (start, end) in enumerate(self.lines):
                match = _ITEM.match(self.text, start, end)
                if match:
                    self.mappings.setdefault(self._width(*match.span(1)), []).append(index)
        return self.mappings
