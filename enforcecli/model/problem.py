"""What validation reports: a *problem*. (An entry of 过错事实 is a *finding*; the two words never mix.)

Problems are values. A layer that knows the text gives them a `span`; a pure layer gives them a
`where`, the path through canonical names, and the reading layer turns it into a span when the
problem is printed.
"""

from __future__ import annotations

from enum import Enum
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

Path = tuple[str | int, ...]
"""Steps from the root of a file: canonical (English) key names, list indices, and the author's
own keys where keys are data (persons, parts, degrees)."""


class Level(Enum):
    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


class Span(Struct, frozen=True):
    """A place in a file: 1-based lines and columns, columns counted in characters; the end is
    exclusive."""

    line: int
    column: int
    end_line: int
    end_column: int


class Edit(Struct, frozen=True):
    """Replace the characters start..end (0-based offsets into the decoded text) by `text`."""

    start: int
    end: int
    text: str


class Problem(Struct, frozen=True):
    """One problem. `code` names a `Kind` in enforcecli.problems; `args` fill its message.

    `level` overrides the kind's own (some kinds grow from warning to error with the stage).
    `on_key` says that the key, not the value, at `where` is meant. `called`: what the author of the file
    calls keys and words that the texts of the kind mention, where that is something else.
    """

    code: str
    args: tuple[tuple[str, str], ...] = ()
    where: Path = ()
    on_key: bool = False
    file: str = ""
    span: Span | None = None
    level: Level | None = None
    cite: str | None = None
    fix: tuple[Edit, ...] | None = None
    called: tuple[tuple[str, str], ...] = ()

    def at(self, file: str, span: Span | None) -> Problem:
        """The same problem, placed in a file."""
        return replace(self, file=file, span=span)


def problem(code: str, where: Path = (), *, on_key: bool = False, level: Level | None = None,
            cite: str | None = None, **args: Any) -> Problem:
    """A problem at `where`; keyword arguments fill the message and are turned into text."""
    return Problem(code, tuple((k, str(v)) for k, v in sorted(args.items())), where,
                   on_key=on_key, level=level, cite=cite)


class Kind(Struct, frozen=True):
    """A kind of problem: its stable code, its texts (Chinese, translated by the catalogues), and
    a bad and a good sample, which are tests and pages of the reference.

    A sample is a piece of a file of the sort `file`: its top-level keys replace those of the
    small valid file the tests keep for that sort. `{}` in `message` and `remedy` are filled from
    the problem's args.
    """

    code: str
    level: Level
    title: str
    message: str
    remedy: str
    doc: str
    bad: str = ""
    good: str = ""
    file: str = "case"  # case | roster | office | rulebook | bytes
    cite: str | None = None
    basis: str | None = None  # a law other than the measures, printed as the author's reading
    fixable: bool = False
