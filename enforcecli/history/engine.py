"""Which program a seal was made with: a decision may come out otherwise under another one, and that is
no tampering."""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from pathlib import Path

from enforcecli import __version__
from enforcecli.history.record import Engine

NAME = "enforce"
DECIDING = ("checks", "desk", "documents", "model", "reading", "rules", "text")
"""The packages that an answer and its papers come from."""


@cache
def engine() -> Engine:
    """Name, version, and a digest over the names and bytes of the program's deciding modules."""
    package = Path(__file__).resolve().parent.parent
    whole = sha256()
    for folder in DECIDING:
        for path in sorted((package / folder).rglob("*.py")):
            name = path.relative_to(package).as_posix()
            own = sha256(path.read_bytes().replace(b"\r\n", b"\n")).hexdigest()
            whole.update(f"{name} {own}\n".encode())
    return Engine(NAME, __version__, whole.hexdigest())
