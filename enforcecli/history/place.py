"""A look at .git before git is run there: on a pipe, or on a device behind a link, git would wait for ever."""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from pathlib import Path

from enforcecli.history.objects import text_of
from enforcecli.text.write import found

_DEEPEST = 8
_LONGEST = 4096


def git_dir_of(top: Path) -> Path:
    """Where the `.git` of a work tree leads."""
    there = top / ".git"
    said = found(there, _LONGEST)
    if said is None or not said.startswith(b"gitdir:"):
        return there
    return top / text_of(said.removeprefix(b"gitdir:").strip().partition(b"\0")[0])


def no_file(git_dir: Path) -> str | None:
    """What in it is neither a file nor a directory, by its name; None where all is as it should be. The many
    directories of single objects are not looked through."""
    waiting = [(git_dir, 0)]
    while waiting:
        directory, depth = waiting.pop()
        with suppress(OSError), os.scandir(directory) as entries:
            for entry in entries:
                if directory.name == "objects" and len(entry.name) == 2:
                    continue
                try:
                    mode = entry.stat().st_mode
                except OSError:  # a link that leads nowhere: git says what it makes of it
                    continue
                if stat.S_ISDIR(mode) and not entry.is_symlink() and depth < _DEEPEST:
                    waiting.append((directory / entry.name, depth + 1))
                elif not stat.S_ISREG(mode) and not stat.S_ISDIR(mode):
                    return entry.name
    return None
