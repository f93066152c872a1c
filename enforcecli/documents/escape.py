"""Text inside Markdown: what comes from data stays text, whatever characters it holds.

Characters that Markdown could take for markup are replaced, on their way into a template, by
stand-ins of the same length from a private-use plane (which no file of a case may contain); after
rendering a stand-in becomes its character, behind a backslash where Markdown would act on it.
So slicing, joining and macros in a template can neither lose an escape nor double it.
"""

from __future__ import annotations

import re
from functools import lru_cache

from enforcecli.text.characters import BAD

_ALWAYS = "\\`*_[]<>&|~$"
"""Active anywhere; `$` because some viewers set mathematics between two of them."""
_AT_START = "#+-="
"""Active at the start of a line only: headings, lists, rules."""
_AFTER_DIGITS = ".)"
_PLANE = 0xF0000
_HIDE = {ord(c): chr(_PLANE + ord(c)) for c in _ALWAYS + _AT_START + _AFTER_DIGITS + ":"}
_HIDDEN = re.compile("[\U000f0000-\U000f007f]")
_BARE = re.compile("[ \t>#+*=\\-\U000f0023\U000f002b\U000f002d\U000f003d]*")
_NUMBER = re.compile("[ \t>#+*\\-]*[0-9]{1,9}")
_SPACES = re.compile("[ \t\r\n\v\f\x1c-\x1f\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f]+")
"""Every space and line end but the full-width one, which leaves room on a form."""
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")


@lru_cache(8192)
def hide(text: str) -> str:
    """Text of data, on its way in: one line, no character that cannot be seen, stand-ins for the
    active ones."""
    return BAD.sub("\ufffd", _SPACES.sub(" ", text).strip(" ")).translate(_HIDE)


def hide_literal(text: str) -> str:
    """A string written in a template: its spaces are meant."""
    return text.translate(_HIDE)


def plain(text: str) -> str:
    """The text without stand-ins, as it was."""
    return _HIDDEN.sub(lambda m: chr(ord(m[0]) - _PLANE), text)


def reveal(text: str) -> str:
    """The rendered text as Markdown."""
    if not _HIDDEN.search(text):
        return text
    return "".join(_line(line) for line in text.splitlines(keepends=True))


def _line(line: str) -> str:
    bare = _BARE.match(line)
    start = bare.end() if bare else 0

    def one(match: re.Match[str]) -> str:
        character = chr(ord(match[0]) - _PLANE)
        return f"\\{character}" if _active(character, line, match.start(), start) else character

    return _HIDDEN.sub(one, line)


def _active(character: str, line: str, at: int, start: int) -> bool:
    if character in _ALWAYS:
        return True
    if character in _AT_START:
        return at <= start
    if character in _AFTER_DIGITS:  # a numbered list; www. would become a link
        return _NUMBER.fullmatch(line, 0, at) is not None or line[max(0, at - 3):at].casefold() == "www"
    return line[at + 1:at + 3] == "//"  # http:// would become a link


def unescape(text: str) -> str:
    """Markdown text without its backslashes."""
    return _ESCAPED.sub(r"\1", text)
