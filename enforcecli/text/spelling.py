"""Spellings of a word that count as one."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_DASHES = re.compile("[‐-―−]")


@lru_cache(4096)
def fold(text: str) -> str:
    """The same text for all of them: width, case, and the gaps inside English words do not count."""
    plain = unicodedata.normalize("NFKC", text).strip().casefold()
    if plain.isascii() and plain[:1].isalpha():
        return plain.replace("_", " ").replace("-", " ")
    return _DASHES.sub("-", plain)
