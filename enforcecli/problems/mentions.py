"""Where the texts of a kind speak of a file: its keys and words, so that they can be told as the author of the
file calls them.

A Chinese text quotes what it takes from a file: “程序”, “告知: {{日期: …}}”. In an English text every Chinese
word is such a quotation, and what stands in parentheses behind it explains it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from msgspec import Struct

_QUOTED = re.compile("“[^“”]*”")
_TOKEN = re.compile(r"\{\{|\}\}|\{[a-z_]+\}|[:,]|[^\s:,{}\[\]()（）“”、；，。…]+")
_EXPLAINED = re.compile(r"(“[^“”]*”|[一-龥]+(?:: …)?)( \([^()]*\))?")
_CHINESE = re.compile("[一-龥]+")


class Mention(Struct, frozen=True):
    """A word of a text that may be a key or a word of the file, and where it stands (start, end). `under`: the
    mention of the key in whose braces it is; `of`: the mention of the key whose value it is; `key`: a colon follows."""

    text: str
    start: int
    end: int
    under: Mention | None = None
    of: Mention | None = None
    key: bool = False

    @property
    def name(self) -> str:
        """What its proper name is kept under: the same word may be a key and a value (类别: 单位, 单位: 林业站)."""
        return f": {self.text}" if self.of is not None else self.text


def mentions(text: str, *, quoted: bool = True) -> Iterator[Mention]:
    """What a template mentions, in its order. Not `quoted`: wherever it stands."""
    if not quoted:
        yield from _in(text, 0, len(text))
        return
    for quotation in _QUOTED.finditer(text):
        yield from _in(text, quotation.start() + 1, quotation.end() - 1)


def _in(text: str, start: int, end: int) -> Iterator[Mention]:
    around: list[Mention | None] = []
    last: Mention | None = None  # the key whose value comes next
    for token in _TOKEN.finditer(text, start, end):
        if token[0] == "{{":
            around.append(last)
            last = None
        elif token[0] == "}}":
            last = around.pop() if around else None
        elif token[0] == ",":
            last = None
        elif _CHINESE.fullmatch(token[0]):
            key = text.startswith(":", token.end())
            under = around[-1] if around else None
            found = Mention(token[0], *token.span(), under, None if key else last, key)
            yield found
            last = found if key else None


def named(text: str, names: Mapping[str, str], *, english: bool) -> str:
    """The template with the names the author uses; in English an explanation goes where nothing is left to explain."""
    if not names:
        return text
    if not english:
        return _named(text, names, quoted=True)
    done, at = [], 0
    for found in _EXPLAINED.finditer(text):
        words = _named(found[1], names, quoted=False)
        explained = words == found[1] or _CHINESE.search(words) is not None
        done += [text[at:found.start()], words, (found[2] or "") if explained else ""]
        at = found.end()
    return "".join((*done, text[at:]))


def _named(text: str, names: Mapping[str, str], *, quoted: bool) -> str:
    done, at = [], 0
    for found in mentions(text, quoted=quoted):
        if found.name in names:
            done += [text[at:found.start], names[found.name].replace("{", "{{").replace("}", "}}")]
            at = found.end
    return "".join((*done, text[at:]))
