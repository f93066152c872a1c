"""Time stamps by RFC 3161 over the records of seals, checked by openssl: that a record existed before the
time an authority put on it. Works without a network; who the authority is, the one who verifies says."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from enforcecli.history.git import environment
from enforcecli.history.record import FOLDER
from enforcecli.history.refused import refused

LARGEST = 64 * 1024
"""Bytes of a token; a usual one has two thousand."""


def token_of(seq: int) -> str:
    """Where the token of a seal lies, beside its record."""
    return f"{FOLDER}/{seq:06d}.tsr"


def valid(data: bytes, token: bytes, authority: Path) -> bool:
    """Whether the token is a stamp on these bytes by an authority whose certificate leads to `authority`
    (a PEM file). V-OPENSSL where there is no openssl."""
    path = os.pathsep.join(p for p in os.environ.get("PATH", os.defpath).split(os.pathsep) if Path(p).is_absolute())
    program = shutil.which("openssl", path=path)
    if program is None:
        raise refused("V-OPENSSL")
    with tempfile.TemporaryDirectory(prefix="enforce-") as own:
        file, answer = Path(own) / "data", Path(own) / "token"
        file.write_bytes(data)
        answer.write_bytes(token)
        command = [program, "ts", "-verify", "-data", str(file), "-in", str(answer), "-CAfile", str(authority.absolute())]
        return subprocess.run(command, env=environment(), capture_output=True, check=False).returncode == 0
