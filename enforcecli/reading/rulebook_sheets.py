"""The files of one book joined: what they say together, and where each piece stands.

Top-level keys are disjoint between the files of a book; only lists are continued in another file.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from enforcecli.model.problem import Level
from enforcecli.reading.rulebook_shape import Draft
from enforcecli.text.suggest import closest

NO_GUESS = "（没有相近的）"


class Sheets:
    """`roots[0]` is rulebook.yaml, the others its includes in the order named."""

    def __init__(self, roots: Sequence[Draft]) -> None:
        self.roots = tuple(roots)
        self._home: dict[str, Draft] = {}
        for root in self.roots:
            for key, value in root.values.items():
                first = self._home.setdefault(key, root)
                if first is not root and key != "include" and not (
                        isinstance(value, tuple) and isinstance(first.get(key), tuple)):
                    root.report("B106", key, on_key=True, key=key, first=first.reading.document.file)

    def one(self, key: str) -> Any:
        home = self._home.get(key)
        return home.get(key) if home is not None else None

    def table(self, key: str) -> Mapping[str, Draft]:
        return self.one(key) or {}

    def rows(self, key: str) -> tuple[Any, ...]:
        return tuple(row for root in self.roots for row in root.items(key))

    def has(self, key: str) -> bool:
        """Written at all, readable or not (what is unreadable has been reported)."""
        return any(k.value == key for root in self.roots for k, _ in root.node.value)

    def report(self, kind: str, /, *path: str, on_key: bool = False, level: Level | None = None,
               **args: object) -> None:
        """A problem at a top-level path, in the file that has it."""
        home = self._home.get(path[0], self.roots[0]) if path else self.roots[0]
        home.report(kind, *path, on_key=on_key, level=level, **args)

    def drafts(self, *, without: frozenset[str] = frozenset()) -> Iterator[Draft]:
        """Every entry of the book, at any depth; `without` names keys not entered."""
        for root in self.roots:
            yield from _drafts(root, without)


def _drafts(value: Any, without: frozenset[str]) -> Iterator[Draft]:
    if isinstance(value, Draft):
        yield value
        inner: Iterable[Any] = [v for key, v in value.values.items() if key not in without]
    elif isinstance(value, Mapping):
        inner = value.values()
    elif isinstance(value, tuple):
        inner = value
    else:
        return
    for piece in inner:
        yield from _drafts(piece, without)


def guess(word: str, candidates: Iterable[str]) -> dict[str, Any]:
    """What a problem about an unknown word says besides: the nearest one, and all there are."""
    known = tuple(candidates)
    return {"guess": closest(word, known) or NO_GUESS, "allowed": "、".join(known) or "（本册没有）"}
