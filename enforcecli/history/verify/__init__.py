"""`enforce verify`: what a repository's history can be held to (docs/trail.md).

In order: the surroundings; every object sound, else nothing can be asserted; the commits; the chain of the
seals; what is sealed against what stands, in the tree, on disk and in the index; people; every decision made
again; witnesses outside. Reading only: nothing is written, and nothing of the repository is run.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from msgspec import Struct

from enforcecli.history.refused import Refused
from enforcecli.history.repository import Repository
from enforcecli.history.verify import (
    again,
    anchors,
    chain,
    commits,
    disk,
    persons,
    program,
    succession,
    surroundings,
    tags,
    times,
    tree,
    unsealed,
)
from enforcecli.history.verify.trail import Given, Trail
from enforcecli.model.problem import Level, Problem, problem
from enforcecli.problems import level

Step = Callable[[Trail], Iterator[Problem]]
STEPS: tuple[Step, ...] = (
    commits.check, chain.check, tags.check, tree.check, unsealed.check, disk.check, persons.check, again.check,
    program.check, succession.check, anchors.check, times.check)
QUICK: tuple[Step, ...] = (chain.check, anchors.check)
"""What an anchor is held against; the decisions are not made again."""


class Verdict(Struct, frozen=True):
    """What was found, and how far what was not found carries. `asserted` False: something is missing, and
    nothing is said about the rest. `seals`: how many were looked at; `witnessed`: up to which one something
    outside vouches; `signed`: how many bear a valid signature of the one who approved; `stamped`: how many a
    valid time stamp; `remade`: whether the decisions were made again."""

    problems: tuple[Problem, ...]
    asserted: bool
    seals: int = 0
    last: int = 0
    witnessed: int = 0
    signed: int = 0
    stamped: int = 0
    head: str = ""
    commits: int = 0
    remade: bool = False

    @property
    def sound(self) -> bool:
        return self.asserted and not any(level(p) is Level.ERROR for p in self.problems)


def verify(repository: Repository, root: Path, given: Given, *, steps: Sequence[Step] = STEPS,
           progress: Callable[[int, int], None] | None = None) -> Verdict:
    """The verdict on a case repository. Refused is turned into “cannot be asserted”, except where there is
    nothing to read at all."""
    found = list(surroundings.check(repository, root))
    missing = list(surroundings.stopping(repository))
    broken = repository.fsck() if not missing else None
    if broken is not None:
        missing.append(problem("V-FSCK", words=broken))
    if missing:
        return Verdict((*found, *missing), asserted=False)
    head = repository.head()
    if head is None:
        return Verdict((*found, problem("V-EMPTY")), asserted=False)
    try:
        trail = Trail(repository, root, head, given)
        for at, step in enumerate(steps):
            found.extend(step(trail))
            if progress is not None:
                progress(at + 1, len(steps))
    except Refused as error:
        return Verdict((*found, error.problem), asserted=False)
    signed = sum(tags.signed(trail, record) for record in trail.records)
    stamped = sum(times.stamped(trail, record) for record in trail.records)
    return Verdict(tuple(dict.fromkeys(found)), True, len(trail.records), len(trail.seals), anchors.witnessed(trail),
                   signed, stamped, head, len(trail.commits), again.check in steps)
