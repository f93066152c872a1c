"""JSON as the tool writes it: UTF-8, keys in the order given, nothing invisible left raw."""

from __future__ import annotations

import json
import re

_HIDDEN = re.compile(
    "[\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]"
)


def dumps(value: object, *, indent: int | None = 2) -> str:
    """One JSON text without a final line break. Characters that steer or hide on a terminal are
    escaped: inside JSON they can only stand in strings, where \\uXXXX means the same."""
    text = json.dumps(value, ensure_ascii=False, indent=indent)
    return _HIDDEN.sub(lambda m: f"\\u{ord(m[0]):04x}", text)
