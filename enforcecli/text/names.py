"""Names that become file names: case numbers, rulebook ids, person ids."""

from __future__ import annotations

import re

from enforcecli.text.slip import Slip, slip

MOST_CHARACTERS = 40
MOST_BYTES = 120
"""A Chinese character is three bytes; with a suffix a name stays under the 255 bytes of a file system."""
_MARKS = frozenset("〇〔〕()（）·._-—")


def safe_name(text: str) -> Slip | None:
    """None if the text can be a file name on every system; else why not.

    Y390 empty, Y391 too long, Y392 a character that is not allowed, Y393 a start or end that
    is not allowed, Y394 a name Windows keeps for itself.
    """
    if not text:
        return slip("Y390")
    if len(text) > MOST_CHARACTERS or len(text.encode("utf-8", "surrogatepass")) > MOST_BYTES:
        return slip("Y391", most=MOST_CHARACTERS)
    wrong = next((c for c in text if not _allowed(c)), None)
    if wrong is not None:
        return slip("Y392", character=shown(wrong))
    if text[0] in "-." or text[-1] == ".":
        return slip("Y393", character=text[0] if text[0] in "-." else text[-1])
    return slip("Y394") if re.fullmatch(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9]|conin|conout)(?:\..*)?", text.casefold()) else None


def _allowed(character: str) -> bool:
    """Letters, digits, ideographs and a few marks."""
    if character.isascii():
        return character.isalnum() or character in _MARKS
    return "\u3400" <= character <= "\u9fff" or "\U00020000" <= character <= "\U0003ffff" or character in _MARKS


def shown(character: str) -> str:
    """A character so that it can be seen: itself with its number, or the number alone."""
    number = f"U+{ord(character):04X}"
    return f"“{character}”（{number}）" if character.isprintable() and not character.isspace() else number
