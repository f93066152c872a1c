"""Standard streams that never fail on a character, and never leave a run half told."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterable
from contextlib import suppress
from typing import TextIO


def prepare() -> None:
    """Characters the encoding lacks are printed as their codes; the encoding itself stays, for
    pipes to other Chinese programs. A stream closed before the start is replaced by nowhere."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, io.TextIOWrapper(io.FileIO(os.devnull, "w"), encoding="utf-8"))
        elif isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def utf8() -> None:
    """For formats that are files: UTF-8 and LF whatever the terminal."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")


def write(pieces: Iterable[str]) -> None:
    """Data, to stdout."""
    for piece in pieces:
        sys.stdout.write(piece)


def lines(texts: Iterable[str]) -> None:
    for text in texts:
        sys.stdout.write(text + "\n")


def say(text: str) -> None:
    """A message, to stderr, after whatever data is out."""
    settle(sys.stdout)
    with suppress(OSError):  # nobody can be told
        sys.stderr.write(text + "\n")
    settle(sys.stderr)


def settle(stream: TextIO) -> bool:
    """Writes out what the stream still holds. Where that fails the rest goes nowhere, so that the
    interpreter ends without a word of its own; False then."""
    try:
        stream.flush()
    except (OSError, ValueError):
        with suppress(OSError, ValueError):
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, stream.fileno())
            os.close(nowhere)
        return False
    return True
