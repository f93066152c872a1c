"""What a terminal shows: characters made harmless, widths in cells, wrapping, clipping.

Chinese characters fill two cells. Nothing that steers a terminal or hides in a text (controls,
ANSI escapes, bidi marks, zero-width characters) is ever written raw: `printable` shows its code.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

COLUMNS = 80
TAB = 4
_RISKY = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_NOT_FIRST = "，。；：、）》」』】〕！？”’%,;:"
_NOT_LAST = "（《「『【〔“‘"
_MEANT_FOR_SHELLS = frozenset(" \"'$`\\!%&|;<>()*?[]{}#~^")
_TOKEN = re.compile(r"[!-~]+|.", re.DOTALL)


@cache
def shown(char: str) -> str:
    """One character as it may be printed: itself, or its code where it would do something."""
    if " " <= char <= "~" or "一" <= char <= "鿿":
        return char
    if char in "\n\r\t":
        return {"\n": "\\n", "\r": "\\r", "\t": "\\t"}[char]
    if unicodedata.category(char) in _RISKY or char == "\xa0":
        code = ord(char)
        return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
    return char


def printable(text: str) -> str:
    """The text with every control, escape and invisible character shown as its code."""
    return text if text.isascii() and text.isprintable() else "".join(map(shown, text))


def flow(text: str) -> str:
    """Running text on one line: white space folded, then made printable."""
    return printable(" ".join(text.split()))


def quote(word: str) -> str:
    """A printable word as it is typed in a command: in quotation marks where a shell would split it."""
    if not _MEANT_FOR_SHELLS & set(word):
        return word
    return f'"{word}"' if not set("\"$`\\!%") & set(word) else "'" + word.replace("'", "'\\''") + "'"


@cache
def cells(char: str) -> int:
    """Cells of one printable character. The standard tables serve: wcwidth, which tabulate needs,
    says the same of what is written here and takes a fifth of the start-up to import."""
    if " " <= char <= "~":
        return 1
    if "一" <= char <= "鿿" or unicodedata.east_asian_width(char) in {"W", "F"}:
        return 2
    return 0 if unicodedata.category(char) in {"Mn", "Me"} else 1


def width(text: str) -> int:
    """Cells of a printable text."""
    return len(text) if text.isascii() else sum(map(cells, text))


def pad(text: str, size: int, align: str = "left") -> str:
    """The text filled with spaces to `size` cells."""
    gap = " " * max(0, size - width(text))
    return gap + text if align == "right" else text + gap


def wrap(text: str, size: int) -> list[str]:
    """Lines of at most `size` cells. Latin words and numbers stay whole where they fit, Chinese
    breaks anywhere but before closing and after opening punctuation."""
    lines: list[str] = []
    line, used = "", 0
    for token in _tokens(text):
        wide = width(token)
        if used + wide > size and line:
            lines.append(line.rstrip())
            line, used = "", 0
        while wide > size:
            head = _head(token, size)
            lines.append(head)
            token = token[len(head):]
            wide = width(token)
        if token == " " and not line:
            continue
        line, used = line + token, used + wide
    return [*lines, line.rstrip()] if line or not lines else lines


def _tokens(text: str) -> list[str]:
    tokens: list[str] = []
    for piece in _TOKEN.findall(text):
        if tokens and (piece[0] in _NOT_FIRST or tokens[-1][-1] in _NOT_LAST) and tokens[-1] != " ":
            tokens[-1] += piece
        else:
            tokens.append(piece)
    return tokens


def _head(text: str, size: int) -> str:
    """The longest beginning of at most `size` cells, at least one character."""
    used = 0
    for i, char in enumerate(text):
        used += cells(char)
        if used > size:
            return text[:max(1, i)]
    return text


def hang(label: str, text: str, indent: str = "", columns: int = COLUMNS) -> list[str]:
    """`label` and the text wrapped behind it, further lines under the text."""
    first = indent + label
    room = columns - width(first)
    if room < 24:  # a label too long to hang behind
        return [*[indent + line for line in wrap(label.rstrip(), columns - width(indent))],
                *[f"{indent}  {line}" for line in wrap(text, columns - width(indent) - 2)]]
    lines = wrap(text, room)
    return [(first + lines[0]).rstrip(), *[" " * width(first) + line for line in lines[1:]]]


def excerpt(line: str, start: int, end: int, columns: int) -> tuple[str, str]:
    """A source line and the carets under the characters start..end (0-based, end exclusive),
    clipped around the place to `columns` cells."""
    pieces, at = _pieces(line)
    start = min(start, len(pieces))
    end = max(start + 1, min(end, len(pieces)))
    left, right = _window(at, start, columns)
    text = "".join(pieces[left:right])
    before, after = "..." if left else "", "..." if right < len(pieces) else ""
    place = len(before) + at[start] - at[left]
    size = max(1, at[min(end, right)] - at[start]) if start < len(pieces) else 1
    return before + text.rstrip() + after, " " * place + "^" * size


def _pieces(line: str) -> tuple[list[str], list[int]]:
    """Each character as shown, and the cell each begins at (one entry more for the end)."""
    pieces: list[str] = []
    at = [0]
    for char in line.rstrip("\r\n"):
        piece = " " * (TAB - at[-1] % TAB) if char == "\t" else shown(char)
        pieces.append(piece)
        at.append(at[-1] + width(piece))
    at.append(at[-1] + 1)
    return pieces, at


def _window(at: list[int], start: int, columns: int) -> tuple[int, int]:
    """Indices left..right that fit into `columns` cells, with the place in the first half."""
    count = len(at) - 2
    if at[count] <= columns:
        return 0, count
    room = columns - 6
    left = 0
    while at[start] - at[left] > room // 2:
        left += 1
    right = left
    while right < count and at[right + 1] - at[left] <= room:
        right += 1
    while left and at[right] - at[left - 1] <= room:
        left -= 1
    return left, right
