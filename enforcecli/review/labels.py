"""What repositories are called when several are reviewed: the words before their cases and people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from enforcecli.output.width import printable
from enforcecli.review.collect import office_of
from enforcecli.review.wanted import Wanted


def labelled(roots: Sequence[Path], wanted: Wanted) -> dict[str, Path]:
    """Each by its office. Where two bear one name the end of their directories is added, as much of it as
    tells them apart. The order they are given in changes nothing."""
    offices = {root: office_of(root, wanted) for root in sorted(roots)}
    times = Counter(offices.values())
    found: dict[str, Path] = {}
    for root, office in offices.items():
        alike = [other for other, name in offices.items() if name == office and other != root]
        label = office if times[office] == 1 else f"{office}（{_end(root, alike)}）"
        free, count = label, 1
        while free in found:  # an office may be called what another was just called to tell it apart
            count += 1
            free = f"{label}（{count}）"
        found[free] = root
    return found


def _end(root: Path, others: Sequence[Path]) -> str:
    """The last parts of a path that no other path ends with."""
    size = next((n for n in range(1, len(root.parts)) if all(o.parts[-n:] != root.parts[-n:] for o in others)), len(root.parts))
    return printable("/".join(root.parts[-size:]))
