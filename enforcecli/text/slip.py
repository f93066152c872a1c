"""What a parser of field values answers when the text is not a value."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import TypeVar

from msgspec import Struct

LONGEST = 64
"""No value with a grammar of its own is longer; longer text is refused unread and not remembered."""
MEMO = 4096
"""Values remembered per parser: the same dates and shares recur over ten thousand files."""


class Slip(Struct, frozen=True):
    """Text that is no value of its field. `code` names a kind, `args` fill its message (the reader
    adds `key` and `written`). `instead` is the whole text as it should be, where only one
    correction is possible."""

    code: str
    args: tuple[tuple[str, str], ...] = ()
    instead: str | None = None


def slip(code: str, *, instead: str | None = None, **args: object) -> Slip:
    return Slip(code, tuple((k, str(v)) for k, v in sorted(args.items())), instead)


T = TypeVar("T")


def remembered(code: str) -> Callable[[Callable[[str], T | Slip]], Callable[[str], T | Slip]]:
    """A parser that answers a repeated text from memory and refuses over-long text with `code`."""

    def around(parse: Callable[[str], T | Slip]) -> Callable[[str], T | Slip]:
        known = lru_cache(MEMO)(parse)

        def parser(text: str) -> T | Slip:
            return known(text) if len(text) <= LONGEST else Slip(code)

        parser.__doc__, parser.__name__ = parse.__doc__, parse.__name__
        return parser

    return around
