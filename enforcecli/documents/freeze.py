"""A DOCX with the same bytes whenever and wherever its content is the same.

A zip archive tells the time and the system it was made on; a paper must not. The members are what
counts: another zlib may compress them to other bytes, so papers are compared by `content_digest`.
"""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Mapping

_FIRST = "[Content_Types].xml"
_EPOCH = (1980, 1, 1, 0, 0, 0)
_LEVEL = 6


def freeze(members: Mapping[str, bytes]) -> bytes:
    """The archive: members in the order of their names (the content types first, as readers expect),
    one fixed time, no trace of the system."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in sorted(members, key=lambda n: (n != _FIRST, n)):
            info = zipfile.ZipInfo(name, _EPOCH)
            info.create_system = 0
            info.external_attr = 0
            archive.writestr(info, members[name], zipfile.ZIP_DEFLATED, _LEVEL)
    return buffer.getvalue()


def content_digest(docx: bytes) -> str:
    """The sha256 of the members' names and bytes: equal for two archives that hold the same,
    however they are packed. zipfile.BadZipFile if it is no archive."""
    whole = hashlib.sha256()
    with zipfile.ZipFile(io.BytesIO(docx)) as archive:
        for name in sorted(archive.namelist()):
            whole.update(f"{len(name.encode())} {name} ".encode())
            whole.update(hashlib.sha256(archive.read(name)).digest())
    return whole.hexdigest()
