"""Slips of typing mended in the text itself: nothing is written anew, so that comments, layout, line
ends and every character outside the edits stay.

Only the edits that problems carry are made, and each carries one only where a single reading is
possible. Guesses (guesses.py) are made when they are asked for. Everything made is told.
"""

from __future__ import annotations

import codecs
from collections.abc import Callable, Sequence

from msgspec import Struct

from enforcecli.authoring.guesses import Guess, guesses, helped
from enforcecli.model.problem import Edit, Problem, problem
from enforcecli.text.decode import LARGEST, decode
from enforcecli.text.document import parse

ROUNDS = 15
"""Readings of one file: mending a slip may bring the next one to light, and a reading tells a hundred. A
file that is not settled by then is no file of slips, and is left as it is."""
Examine = Callable[[bytes], Sequence[Problem]]
"""The problems of the file if its bytes were these."""


class Change(Struct, frozen=True):
    """One slip mended: the problem as it was told, and whether the edit is a guess."""

    problem: Problem
    guessed: bool = False


class Mended(Struct, frozen=True):
    """A file before and after, as bytes. `left` are the problems of the file after; `refused` says why
    the whole was left as it is although there was something to mend."""

    before: bytes
    after: bytes
    changes: tuple[Change, ...]
    left: tuple[Problem, ...]
    refused: Problem | None = None

    @property
    def texts(self) -> tuple[str, str]:
        return decode(self.before).text or "", decode(self.after).text or ""


def mend(data: bytes, examine: Examine, *, guessing: bool = False) -> Mended:
    """The file with every slip mended that has one reading only; with `guessing` also what can be
    guessed. Mending what this returns changes nothing. A byte order mark stays, none is added; a file
    in another encoding becomes UTF-8."""
    now, changes, tried = data, list[Change](), set[Guess]()
    for _ in range(ROUNDS):
        step = _surely(now, parse(now, "").problems)
        if step is None:  # all of it can be read; how its values are written is seen now
            found = tuple(examine(now))
            step = _surely(now, found) or (_guessed(now, found, examine, tried) if guessing else None)
            if step is None:
                return Mended(data, now, tuple(changes), found)
        now, made = step
        changes += made
        if len(now) > LARGEST:
            return Mended(data, data, (), tuple(examine(data)), problem("T105", size=len(now), most=LARGEST))
    return Mended(data, data, (), tuple(examine(data)), problem("Y129", rounds=ROUNDS))


def guessable(mended: Mended, examine: Examine) -> bool:
    """Whether guessing would mend something of what is left."""
    return _guessed(mended.after, mended.left, examine, set()) is not None


_Step = tuple[bytes, list[Change]]


def _surely(data: bytes, found: Sequence[Problem]) -> _Step | None:
    """All edits of this round that touch no others; those that do come in the next."""
    made: list[Edit] = []
    changes: list[Change] = []
    for wrong in sorted((p for p in found if p.fix is not None), key=lambda p: _order((p.fix or _NONE)[0])):
        edits = sorted(wrong.fix or (), key=_order)
        if not edits or not made or _behind(edits[0], made[-1]):
            made += edits
            changes.append(Change(wrong))
    return (_applied(data, made), changes) if changes else None


_NONE = (Edit(0, 0, ""),)


def _order(edit: Edit) -> tuple[int, int]:
    return edit.start, edit.end


def _behind(edit: Edit, other: Edit) -> bool:
    """Whether an edit begins where the other is done, and does not put something in at the same place."""
    return edit.start >= other.end and not edit.start == edit.end == other.start == other.end


def _guessed(data: bytes, found: Sequence[Problem], examine: Examine, tried: set[Guess]) -> _Step | None:
    """The first guess that helps: one by one, for the next may look different after it."""
    text = decode(data).text
    for guess in guesses(text, found) if text is not None else ():
        if guess not in tried:
            tried.add(guess)
            after = _applied(data, guess.edits)
            if helped(guess, found, examine(after)):
                return after, [Change(guess.problem, guessed=True)]
    return None


def _applied(data: bytes, edits: Sequence[Edit]) -> bytes:
    """The bytes after edits that touch no others, in UTF-8."""
    text = decode(data).text or ""
    parts, at = list[str](), 0
    for edit in sorted(edits, key=_order):
        parts += (text[at:edit.start], edit.text)
        at = edit.end
    parts.append(text[at:])
    mark = codecs.BOM_UTF8 if data.startswith(codecs.BOM_UTF8) else b""
    return mark + "".join(parts).encode("utf-8")
