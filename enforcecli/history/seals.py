"""The seals a state of the repository holds."""

from __future__ import annotations

import re

from msgspec import Struct

from enforcecli.history.record import FOLDER, Record, read_record
from enforcecli.reading.files import Recorded
from enforcecli.text.source import Source

_NAME = re.compile(r"([0-9]{6})\.json")


class SealFile(Struct, frozen=True):
    """A file of seals/. `record` None: it is not a record as a seal writes it."""

    seq: int
    path: str
    data: bytes
    record: Record | None


def seals_in(state: Recorded) -> list[SealFile]:
    """Every file named like a seal, in order."""
    found = []
    for name in state.names(FOLDER):
        match = _NAME.fullmatch(name)
        if match is None:
            continue
        source = state.read(f"{FOLDER}/{name}")
        data = source.data if isinstance(source, Source) else b""
        found.append(SealFile(int(match[1]), f"{FOLDER}/{name}", data, read_record(data)))
    return found


def of_case(seals: list[SealFile], number: str) -> list[Record]:
    """The seals of one case, the earliest first."""
    return [seal.record for seal in seals if seal.record is not None and seal.record.case_id == number]


