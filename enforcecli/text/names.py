"""Names that become file names: case numbers, rulebook ids, person ids."""

from __future__ import annotations

import re

from enforcecli.text.slip import Slip, slip

MOST_CHARACTERS = 40
MOST_BYTES = 120
"""A Chinese character is three bytes; with a suffix a name stays under the 255 bytes of a file system."""
_ALLOWED = re.compile(r"[0-9A-Za-z\u3400-\u9fff〇〔〕()（）·._\-—\U00020000-\U0003ffff]*")
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9]|conin|conout)(?:\..*)?")


def safe_name(text: str) -> Slip | None:
    """None if the text can be a file name on every system; else why not.

    Y390 empty, Y391 too long, Y392 a character that is not allowed, Y393 a start or end that
    is not allowed, Y394 a name Windows keeps for itself.
    """
    if not text:
        return slip("Y390")
    if len(text) > MOST_CHARACTERS or len(text.encode("utf-8", "surrogatepass")) > MOST_BYTES:
        return slip("Y391", most=MOST_CHARACTERS)
    match = _ALLOWED.match(text)
    if match is None or match.end() < len(text):
        return slip("Y392", character=shown(text[match.end() if match else 0]))
    if text[0] in "-." or text[-1] == ".":
        return slip("Y393", character=text[0] if text[0] in "-." else text[-1])
    return slip("Y394") if _RESERVED.fullmatch(text.casefold()) else None


def shown(character: str) -> str:
    """A character so that it can be seen: itself with its number, or the number alone."""
    number = f"U+{ord(character):04X}"
    return f"“{character}”（{number}）" if character.isprintable() and not character.isspace() else number
