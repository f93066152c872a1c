"""What a file may hold, said once. A shape serves four uses: reading (reader.py), looking up a
place (locate.py), the JSON Schema (schema.py) and the table of keys (keys.py).

Shapes are values compared by identity; `reader.compiled(shape)` turns one into a closure, once.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Literal

from msgspec import Struct

Parse = Callable[[str], Any]
"""Text → value or `text.fields.Slip`."""


class Shape(Struct, frozen=True, eq=False, kw_only=True):
    """The kind of a value. `zh` and `en` say in an officer's words what is wanted."""

    zh: str = ""
    en: str = ""


class Text(Shape, frozen=True, eq=False):
    """Any text that is not empty. `pattern` is for the schema only."""

    pattern: str | None = None


class Word(Struct, frozen=True):
    """One word of a closed list: the Chinese word is the value, the others are ways to write it.
    `words` explains it in the schema."""

    zh: str
    en: tuple[str, ...] = ()
    words: str = ""
    also: tuple[str, ...] = ()  # further spellings, accepted as they stand


class Scalar(Shape, frozen=True, eq=False):
    """A text that means something else: date, money, share … `pattern` accepts (for the schema)
    what `parse` accepts; an editor may see it as a number (`number`: any; `numbers`: a schema
    of those accepted) or as a `boolean`. `words`: what may stand here, as far as it is known, where anything else is
    judged elsewhere."""

    parse: Parse
    pattern: str | None = None
    number: bool = False
    numbers: Mapping[str, Any] | None = None
    boolean: bool = False
    examples: tuple[str, ...] = ()
    words: tuple[Word, ...] = ()


class Choice(Shape, frozen=True, eq=False):
    """A word of a closed list, Chinese or English. The value is the Chinese word. `codes`: the
    problems for any other word, with and without a near one."""

    words: tuple[Word, ...]
    codes: tuple[str, str] = ("K201", "K202")


class PersonRef(Shape, frozen=True, eq=False):
    """A person named by id, name or 职务. The value is the resolved id, or with `pair` what
    `Reading.named` makes of it. A name nobody bears is a problem of this level, or none. `acting`: somebody who
    acts in a step of the procedure, so that a 职务 means who holds it on the day of the step."""

    level: Literal["error", "warning"] | None = "warning"
    pair: bool = False
    acting: bool = False


class ListOf(Shape, frozen=True, eq=False):
    """Items as a tuple. `bare`: one value stands for a list of one."""

    item: Shape
    bare: bool = True


class MapOf(Shape, frozen=True, eq=False):
    """A mapping whose keys are data (persons, parts, units). `key` reads a key: Text, PersonRef,
    Choice or Scalar; without it the text of the key as written."""

    value: Shape
    key: Shape | None = None


class Either(Shape, frozen=True, eq=False):
    """Read by the kind of node found; a kind without a shape is a problem."""

    scalar: Shape | None = None
    mapping: Shape | None = None
    sequence: Shape | None = None


class Then(Shape, frozen=True, eq=False):
    """The value of `shape`, handed on to `make(value, node, reading)`; None = unreadable."""

    shape: Shape
    make: Callable[[Any, Any, Any], Any]


class Attempt(Shape, frozen=True, eq=False):
    """The value of `shape` (or None) together with the errors met in it: a pair, never None."""

    shape: Shape


class Raw(Shape, frozen=True, eq=False):
    """Anything: text, list or dict, as written."""


class Field(Struct, frozen=True, eq=False):
    """A key of a record. `name` is the parameter of the record's `build` and the step of a path;
    `zh` and `en` are the keys an author writes (`en` defaults to `name`, "" = none).

    `into`: the value is gathered under `name` in the parameter `into` (a mapping).
    `first`: read before the other keys, in whatever order the author wrote them.
    `guard`: errors met while reading the value are also noted under this name
    (`Reading.noted[guard]`); `harmless`: they are not, whatever guard stands above.
    `flat`: a nested record whose fields belong to this record's paths.
    """

    name: str
    shape: Shape
    zh: str | None = None
    en: str | None = None
    words: str = ""
    words_en: str = ""
    example: str = ""
    aliases: tuple[str, ...] = ()
    required: bool = False
    into: str | None = None
    first: bool = False
    guard: str | None = None
    harmless: bool = False
    flat: bool = False

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys as documented: Chinese first."""
        en = self.name if self.en is None else self.en
        return tuple(dict.fromkeys(k for k in (self.zh, en) if k))

    @property
    def label(self) -> str:
        return self.keys[0]


class Record(Shape, frozen=True, eq=False):
    """A mapping with known keys. `build` is called with the fields' values by position: its
    parameters are matched to the fields by name, fields not given take the parameter's default,
    or None. `build` None: the value is a dict of what is stated.

    `rest`: a parameter (a mapping) that takes unknown keys, read with `rest_shape`, without
    complaint. `guard`: a key unknown or doubled is noted under this name where it is, or is
    nearest to, a field with this guard.
    """

    fields: Sequence[Field]
    build: Callable[..., Any] | None = None
    rest: str | None = None
    rest_shape: Shape | None = None
    guard: str | None = None

    def keys(self) -> dict[str, Field]:
        """Every documented key → its field."""
        return {key: f for f in self.fields for key in f.keys}

    def aliases(self) -> dict[str, Field]:
        return {key: f for f in self.fields for key in f.aliases}


TEXT = Text(zh="文字", en="text")
RAW = Raw(zh="任意内容", en="anything")
TEXTS = ListOf(TEXT, zh="文字或者文字的列表", en="a text or a list of texts")
