"""The indicators of a year as a value that merges.

An indicator is a *tally*: what was counted or summed, and the cases it was counted in. Tallies stand
under a key, a tuple of words. Years of several repositories merge in any order and any grouping to the
same value, so a province is counted like an office.
"""

from __future__ import annotations

import sys
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import TypeVar, overload

from msgspec import Struct, field

Key = tuple[str, ...]
K = TypeVar("K")
V = TypeVar("V")


class Tally(Struct, frozen=True, array_like=True):
    """`amount`: a number of something, or cents. `refs`: places in `Year.cases`, sorted, 4 bytes each,
    the smallest first: a hundred thousand cases stand in thirty tallies each."""

    amount: int
    refs: bytes = b""


class Named(Struct, frozen=True, array_like=True):
    """A word of a rulebook behind a code: its place in the book, its name, its clause."""

    place: int
    name: str
    cite: str = ""


class Member(Struct, frozen=True, array_like=True):
    """A person as the review names them. `standing`: how the person stands in the appraisal of the year
    (see people.py), with `words` for a reason given."""

    name: str
    unit: str = ""
    post: str = ""
    personnel: str = ""
    appraiser: str = ""
    standing: str = ""
    words: str = ""
    listed: bool = False


class Place(Struct, frozen=True, array_like=True):
    """A repository that was counted. `trouble`: why it could not be; `language`: the office's own."""

    label: str
    cases: int = 0
    trouble: str = ""
    language: str = ""


class Cases(Sequence[str]):
    """The names of the cases behind a number, put together when they are asked for: most numbers are printed
    without them."""

    __slots__ = ("_found", "_names", "_parts")

    def __init__(self, names: Sequence[str], parts: Sequence[bytes]) -> None:
        self._names, self._parts = names, [part for part in parts if part]
        self._found: tuple[str, ...] | None = None

    def _all(self) -> tuple[str, ...]:
        if self._found is None:
            places = sorted({at for part in self._parts for at in unpacked(part)})
            self._found = tuple(self._names[at] for at in places)
        return self._found

    @overload
    def __getitem__(self, at: int) -> str: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[str]: ...
    def __getitem__(self, at: int | slice) -> str | Sequence[str]:
        return self._all()[at]

    def __len__(self) -> int:
        return len(self._parts[0]) // 4 if len(self._parts) == 1 else len(self._all())

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and self._all() == tuple(other)

    def __hash__(self) -> int:
        return hash(self._all())


class Year(Struct, frozen=True, dict=True):
    """`year` of the review; `places`: the repositories counted; `cases` names the cases tallies refer to,
    sorted. `names`: (sort, book, code) → its words; `people`: place and id → who it is; `figures`: (place,
    unit, figure) → its value as written; `notes`: (what, file, place), something to be said;
    `units`: every 站所 met with, in whatever file."""

    year: int
    places: dict[str, Place] = field(default_factory=dict)
    cases: tuple[str, ...] = ()
    tallies: dict[Key, Tally] = field(default_factory=dict)
    names: dict[Key, Named] = field(default_factory=dict)
    people: dict[str, Member] = field(default_factory=dict)
    figures: dict[Key, str] = field(default_factory=dict)
    notes: dict[Key, str] = field(default_factory=dict)
    units: tuple[str, ...] = ()

    def amount(self, *key: str) -> int:
        tally = self.tallies.get(key)
        return tally.amount if tally is not None else 0

    def of(self, *keys: Key) -> Cases:
        """The cases behind the tallies of these keys, each once."""
        return Cases(self.cases, [self.tallies[key].refs for key in keys if key in self.tallies])

    @cached_property
    def keys(self) -> tuple[Key, ...]:
        """The keys of all tallies, sorted."""
        return tuple(sorted(self.tallies))

    def under(self, *prefix: str) -> Iterator[Key]:
        """The rest of each key that begins so, sorted."""
        size = len(prefix)
        for at in range(bisect_left(self.keys, prefix), len(self.keys)):
            key = self.keys[at]
            if key[:size] != prefix:
                return
            yield key[size:]


def packed(refs: Iterable[int]) -> bytes:
    """Numbers as four bytes each, the smallest first on every machine."""
    numbers = array("I", refs)
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers.tobytes()


def unpacked(data: bytes) -> Sequence[int]:
    numbers = array("I")
    numbers.frombytes(data)
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers


class Counter:
    """Gathers the tallies of one repository, case by case."""

    def __init__(self) -> None:
        self.cases: list[str] = []
        self._amounts: dict[Key, int] = {}
        self._refs: dict[Key, array[int]] = {}

    def add(self, case: str | None, marks: Iterable[tuple[Key, int]]) -> bool:
        """What one case counts for, and whether it does; None: marks that no case stands behind."""
        amounts, refs, at = self._amounts, self._refs, len(self.cases)
        seen = False
        for key, amount in marks:
            amounts[key] = amounts.get(key, 0) + amount
            if case is not None:
                seen = True
                found = refs.get(key)
                if found is None:
                    refs[key] = array("I", (at,))
                elif found[-1] != at:
                    found.append(at)
        if seen and case is not None:
            self.cases.append(case)
        return seen

    def tallies(self) -> tuple[tuple[str, ...], dict[Key, Tally]]:
        """The names of the cases, sorted, and the tallies that refer to them."""
        order = sorted(range(len(self.cases)), key=self.cases.__getitem__)
        moved = order == list(range(len(order)))
        place = {old: new for new, old in enumerate(order)} if not moved else None
        found = {}
        for key in sorted(self._amounts):
            refs: Iterable[int] = self._refs.get(key, ())
            found[key] = Tally(self._amounts[key], packed(sorted(place[at] for at in refs) if place else refs))
        return tuple(self.cases[at] for at in order), found


def merged(years: Sequence[Year], year: int) -> Year:
    """All of them as one. Amounts add, cases are united, words about the same thing are the same."""
    if len(years) == 1:
        return years[0]
    cases = tuple(sorted({case for one in years for case in one.cases}))
    at = {case: i for i, case in enumerate(cases)}
    amounts: dict[Key, int] = {}
    refs: dict[Key, set[int]] = {}
    for one in years:
        moved = [at[case] for case in one.cases]
        for key, tally in one.tallies.items():
            amounts[key] = amounts.get(key, 0) + tally.amount
            refs.setdefault(key, set()).update(moved[i] for i in unpacked(tally.refs))
    return Year(
        year, united(one.places for one in years), cases,
        {key: Tally(amounts[key], packed(sorted(refs[key]))) for key in sorted(amounts)},
        united(one.names for one in years), united(one.people for one in years),
        united(one.figures for one in years), united(one.notes for one in years),
        tuple(sorted({unit for one in years for unit in one.units})),
    )


def united(parts: Iterable[Mapping[K, V]]) -> dict[K, V]:
    """Sorted by key. Where two parts differ about a key the greater value stands, whatever their order."""
    found: dict[K, V] = {}
    for part in parts:
        for key, value in part.items():
            found[key] = max(found[key], value, key=repr) if key in found else value
    return {key: found[key] for key in sorted(found, key=_order)}


def _order(key: object) -> list[str]:
    """Keys are words or tuples of words."""
    return list(key) if isinstance(key, tuple) else [str(key)]
