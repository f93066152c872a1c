"""Archives no reader should trust, made of the members of a sound one."""

from __future__ import annotations

import io
import warnings
import zipfile
from collections.abc import Callable, Iterable, Mapping

Members = Mapping[str, bytes]


def packed(members: Iterable[tuple[str, bytes]], way: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(buffer, "w", way) as archive:
        warnings.simplefilter("ignore")  # of a name there twice
        for name, data in members:
            archive.writestr(name, data)
    return buffer.getvalue()


def spoiled(members: Members, way: int) -> bytes:
    """The bytes of the largest member are no longer what its way of packing writes."""
    data = bytearray(packed(members.items(), way))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        info = max(archive.infolist(), key=lambda i: i.compress_size)
    start = info.header_offset + 30 + len(info.filename.encode())
    data[start + 12:start + 40] = bytes([255]) * 28
    return bytes(data)


DAMAGED: dict[str, Callable[[Members], bytes]] = {
    "no archive": lambda members: b"PK",
    "cut off": lambda members: packed(members.items())[:-30],
    "spoiled": lambda members: spoiled(members, zipfile.ZIP_DEFLATED),
    "spoiled, unpacked": lambda members: spoiled(members, zipfile.ZIP_STORED),
    "spoiled, bzip2": lambda members: spoiled(members, zipfile.ZIP_BZIP2),
    "spoiled, lzma": lambda members: spoiled(members, zipfile.ZIP_LZMA),
    "packed as hardly any reader knows": lambda members: packed(members.items(), zipfile.ZIP_LZMA),
    "a name twice": lambda members: packed([*members.items(), *list(members.items())[:1]]),
    "a folder with bytes": lambda members: packed([*members.items(), ("word/", b"x")]),
}
"""What is wrong → the archive."""
