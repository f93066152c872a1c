"""A DOCX with the same bytes whenever and wherever its content is the same.

A zip archive tells the time and the system it was made on; a paper must not. The members are what
counts: another zlib may compress them to other bytes, so papers are compared by their `members`.
"""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Mapping
from functools import lru_cache

from enforcecli.text import archive

MOST_MEMBERS, LARGEST = 500, 20 * 1024 * 1024
"""Of a paper, unpacked."""
_FIRST = "[Content_Types].xml"
_DAY = 1 << 5 | 1
"""The first day an archive can name, 1 January 1980."""
_LEVEL = 6
_MODE = 0o600 << 16
"""Who may read a member: its owner. zipfile writes that where nothing is said."""


def freeze(parts: Mapping[str, bytes]) -> bytes:
    """The archive: members in the order of their names (the content types first, as readers expect),
    one fixed time, no trace of the system. Byte for byte what zipfile writes, but what papers share – styles,
    settings, fonts – is compressed once, not for each of them."""
    body, directory = bytearray(), bytearray()
    for name in sorted(parts, key=lambda n: (n != _FIRST, n)):
        called, flags = _name(name)
        data = parts[name]
        sum, packed = _packed(data)
        about = struct.pack("<HHHHHLLLHH", 20, flags, zipfile.ZIP_DEFLATED, 0, _DAY, sum, len(packed), len(data), len(called), 0)
        directory += b"PK\1\2" + struct.pack("<H", 20) + about + struct.pack("<HHHLL", 0, 0, 0, _MODE, len(body)) + called
        body += b"PK\3\4" + about + called + packed
    end = struct.pack("<HHHHLLH", 0, 0, len(parts), len(parts), len(directory), len(body), 0)
    return bytes(body + directory + b"PK\5\6" + end)


def _name(name: str) -> tuple[bytes, int]:
    """The name as the archive has it, and the flag that says how it is written."""
    return (name.encode("ascii"), 0) if name.isascii() else (name.encode("utf-8"), 0x800)


@lru_cache(128)
def _packed(data: bytes) -> tuple[int, bytes]:
    """The check sum and the compressed bytes."""
    packer = zlib.compressobj(_LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
    return zlib.crc32(data), packer.compress(data) + packer.flush()


def members(docx: bytes) -> dict[str, bytes] | None:
    """The members of a DOCX; None if it is none, or of a size no paper has."""
    found = archive.members(docx, most=MOST_MEMBERS, largest=LARGEST)
    return None if isinstance(found, archive.Unusable) else found
