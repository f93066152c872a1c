"""A file the command line names for what a command prints: written whole, and never over what belongs to
a case repository or is no file."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import typer

from enforcecli.cli import streams
from enforcecli.language import _
from enforcecli.output.width import flow
from enforcecli.reading.places import is_root, root_of

OWN = frozenset({"cases", "rulebooks", "templates", "decisions", "seals", "year", "appraisals", ".git", ".enforce"})
"""Directories of a case repository whose files other commands write, or people do."""


def save(path: Path, data: bytes) -> None:
    """Puts the bytes there and says so. Usage error where they must not go; OSError."""
    from enforcecli.text.write import write

    checked(path)
    write(path, data)
    streams.say(_("已写到 {file}").format(file=flow(str(path))))


def checked(path: Path) -> None:
    """Usage error for a place without its directory, for what is no regular file, and for the files a
    case repository consists of."""
    name = flow(str(path))
    if not path.parent.is_dir():
        raise typer.BadParameter(_("没有 {directory} 这个目录，请先建立").format(directory=flow(str(path.parent))))
    try:
        there = path.stat()
    except OSError:
        there = None
    if there is not None and not stat.S_ISREG(there.st_mode):
        raise typer.BadParameter(_("{file} 不是普通文件，不能写").format(file=name))
    real = Path(os.path.realpath(path))
    root = root_of(real)
    inside = real.relative_to(root).parts if is_root(root) else ()
    if inside[:1] and (inside[0] in OWN or (len(inside) == 1 and real.suffix.lower() in (".yaml", ".yml"))):
        raise typer.BadParameter(_("{file} 是案件仓库的文件，请写到别处").format(file=name))
