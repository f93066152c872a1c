"""What a seal says it took from the program, held against what this program ships.

The built-in book and the shipped templates lie in no commit before the seal; the seal brings them along. Whoever
doctors them in a copy of the program seals what agrees with itself, and comes to the same when made again.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from hashlib import sha256

from enforcecli.documents.shipped import DIRECTORY as TEMPLATES
from enforcecli.documents.shipped import shipped
from enforcecli.history.engine import engine
from enforcecli.history.record import Input, Record
from enforcecli.history.verify.altered import of_files
from enforcecli.history.verify.trail import Trail, told
from enforcecli.model.problem import Level, Problem
from enforcecli.reading.library import BUILT_IN

MOST = 3


def check(trail: Trail) -> Iterator[Problem]:
    seen: set[tuple[str, ...]] = set()
    for record in trail.records:
        other = [one for one in record.inputs if one.path != one.name and _digest(one.name) != one.sha256]
        if record.engine == engine():  # the same program ships the same
            yield from (of_files(trail, "V-SHIPPED", record.path, case=record.case_id, input=one.name) for one in other)
            continue
        for level, roles in ((Level.WARNING, ("rulebook",)), (Level.INFO, ("template",))):
            named = [one for one in other if one.role in roles]
            key = tuple(one.sha256 for one in named)
            if named and key not in seen:  # told once for all seals that were made from it
                seen.add(key)
                yield _another(record, named, level)


def _another(record: Record, named: list[Input], level: Level) -> Problem:
    files = "、".join(one.name for one in named[:MOST])
    return told("V-SHIPPED-OTHER", record.path, listed=files, count=len(named), then=record.engine.shown, level=level)


@cache
def _digest(name: str) -> str | None:
    """sha256 of what the program ships under the name an input has; None where it ships nothing of the name."""
    folder, _slash, rest = name.partition("/")
    path = shipped(rest) if folder == TEMPLATES else BUILT_IN / rest
    return sha256(path.read_bytes()).hexdigest() if rest and path.is_file() else None
