"""The office's language before anything is read: help and usage errors are told in it too.

One line of enforce.yaml is looked for, without the YAML parser: a help page must not wait for it. What
the file really says is taken up by `workplace.opened`, when a command reads the repository.
"""

from __future__ import annotations

import re
from pathlib import Path

_LINE = re.compile(r"(?m)^(?:语言|language)[ ]*:[ ]+['\"]?([^\s'\"#]{1,20})")
_MOST = 64 * 1024
_OFFICE, _OTHERS = "enforce.yaml", ("roster.yaml", ".git")


def here() -> str | None:
    """The word behind 语言 in the enforce.yaml of the repository one works in; None if there is none."""
    try:
        start = Path.cwd()
        for directory in (start, *start.parents):
            if (directory / _OFFICE).is_file():
                with (directory / _OFFICE).open("rb") as file:
                    match = _LINE.search(file.read(_MOST).decode("utf-8", "replace"))
                return match[1] if match else None
            if any((directory / name).exists() for name in _OTHERS):
                return None
    except OSError:  # a directory that is gone, or may not be looked into
        pass
    return None
