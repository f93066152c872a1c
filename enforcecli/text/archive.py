"""ZIP archives nobody vouches for - papers, shells, workbooks: opened within bounds, and broken in one sense only."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Sequence
from enum import Enum

BROKEN = (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, OSError, EOFError, ValueError)
"""What the library raises, opening or unpacking an archive that is none, is damaged, encrypted or newer than it."""


class Unusable(Enum):
    """Why there are no members."""

    BROKEN = "broken"
    TOO_LARGE = "too large"


def odd(infos: Sequence[zipfile.ZipInfo]) -> bool:
    """Whether a directory says what no office program writes: a name twice, of which each reader takes another; a
    way of packing that hardly any reader knows; a folder with bytes of its own."""
    return len({i.filename for i in infos}) < len(infos) or any(
        i.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) or (i.is_dir() and i.file_size > 0) for i in infos)


def members(data: bytes, *, most: int, largest: int) -> dict[str, bytes] | Unusable:
    """The members by name. `most`: how many there may be; `largest`: bytes of all of them, unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            infos = archive.infolist()
            if len(infos) > most or sum(info.file_size for info in infos) > largest:
                return Unusable.TOO_LARGE
            if odd(infos):
                return Unusable.BROKEN
            return {info.filename: archive.read(info) for info in infos if not info.is_dir()}
    except BROKEN:
        return Unusable.BROKEN
