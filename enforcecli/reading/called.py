"""Problems told in the words of the file: its keys and words as their author wrote them, those that are not
there in the language of its keys.

The pure layers and the texts of the kinds know a key by its label. Which field of the file is meant follows
from where the problem is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from enforcecli.model.problem import Problem, Span
from enforcecli.problems import kind
from enforcecli.problems.mentions import Mention, mentions
from enforcecli.reading.locate import inner
from enforcecli.reading.report import Node
from enforcecli.reading.shape import (
    Attempt,
    Choice,
    Either,
    Field,
    ListOf,
    MapOf,
    Record,
    Scalar,
    Shape,
    Then,
    Word,
)
from enforcecli.reading.written_keys import WrittenKeys
from enforcecli.text.nodes import MappingNode, ScalarNode, SequenceNode
from enforcecli.text.spelling import fold

if TYPE_CHECKING:
    from enforcecli.text.document import Document

KEYS = frozenset({"degree", "earlier", "fact", "key", "later", "need", "part", "stated", "step", "wanting", "whole"})
"""Arguments of messages that are keys, or several joined by “、”."""
STATED = frozenset({"conclusion", "instance", "kind", "nature", "power", "result", "role", "source", "stage"})
"""Arguments of messages that are words of closed lists and stand in the file."""
WORDS = frozenset({"listed", "named", "reached", "roles"})
"""Those that need not stand there; several are joined by “、”."""
OTHER_SPELLING = "K104"
_LATIN_KEY = re.compile(r"[A-Za-z_][\"']?[ \t]*[:：]")
_ANSWERS = (Word("是", ("yes",)), Word("否", ("no",)))


class _Place(Struct, frozen=True):
    """A record of the shape, and the mapping it reads where the file has it."""

    record: Record
    node: Node = None


def told(problems: Iterable[Problem], document: Document, shape: Shape) -> tuple[Problem, ...]:
    """The problems of a file, each with what its author calls the keys and words it speaks of."""
    found = tuple(problems)
    if not found or document.root.__class__ is not MappingNode:
        return found
    if _LATIN_KEY.search(document.text) is None and all(p.code != OTHER_SPELLING for p in found):
        return found  # the usual file, which the problems speak of as it is
    keys = WrittenKeys(document.root)
    if keys.plain:
        return found
    names = _Names(document, shape, keys)
    return tuple(names.told(p) for p in found)


class _Names:
    """The names of one file."""

    def __init__(self, document: Document, shape: Shape, keys: WrittenKeys) -> None:
        self.document, self.shape, self.keys = document, shape, keys

    def told(self, problem: Problem) -> Problem:
        if problem.file and problem.file != self.document.file:
            return problem
        way, there = self._way(problem.span)
        called: dict[str, str] = {}
        if problem.code[0] in OF_FILES:
            for text in _texts(problem.code):
                called |= self._called(text, way, there)
        args = problem.args if problem.code[0] in _READ else tuple(
            (name, self._argument(name, value, way, there)) for name, value in problem.args)
        return problem if not called and args == problem.args else replace(problem, args=args, called=tuple(called.items()))

    def _argument(self, name: str, value: str, way: Sequence[_Place], there: Shape | None) -> str:
        if name in KEYS:
            return "、".join(self._key(label, way)[0] or label for label in value.split("、"))
        if name in STATED:
            return self._word(value, there, stated=True) or self._word(value, self.shape, stated=True) or value
        if name in WORDS:
            return "、".join(self._word(text, there) or self._word(text, self.shape) or text for text in value.split("、"))
        return value

    def _called(self, text: Sequence[Mention], way: Sequence[_Place], there: Shape | None) -> dict[str, str]:
        """What the mentions of a text are called. A key is looked for in the one mentioned before it, a word in
        its list."""
        called: dict[str, str] = {}
        fields: dict[Mention, tuple[Field, list[_Place]]] = {}
        last: tuple[Shape | None, list[_Place]] = (None, [])
        for mention in text:
            of = fields.get(mention.of) if mention.of is not None else None
            name = None if mention.key else self._word(mention.text, of[0].shape if of is not None else last[0])
            if name is None and mention.of is None:
                above = fields.get(mention.under) if mention.under is not None else None
                name, found, inside = self._key(mention.text, [*way, *last[1]], above[1] if above is not None else ())
                if found is not None:
                    fields[mention] = (found, inside)
                    last = (next(filter(_listing, _shapes(found.shape)), None), inside or last[1])
                elif not mention.key:
                    name = self._word(mention.text, there) or self._word(mention.text, self.shape)
            if name is not None and name != mention.text:
                called.setdefault(mention.name, name)
        return called

    # keys

    def _key(self, label: str, way: Sequence[_Place], above: Sequence[_Place] = ()) -> tuple[str | None, Field | None, list[_Place]]:
        """The name of a key, its field and the records below it: in the braces of `above`, on the way from the place of
        the problem up to the root, or anywhere below."""
        for place in (*above, *reversed(way), *(below for at in reversed(way) for below in _below(at.record))):
            field = next((f for f in place.record.fields if f.label == label), None)
            if field is not None:
                key, value = _pair(place.node, field)
                name = key.value.strip() if key is not None else self.keys.name(field)
                return name, field, [_Place(r, value if inner(field.shape, value) is r else None) for r in records(field.shape)]
        return None, None, []

    def _way(self, span: Span | None) -> tuple[list[_Place], Shape | None]:
        """The records from the root of the file down to the place, and the shape of what is there."""
        node, shape = self.document.root, inner(self.shape, self.document.root)
        way: list[_Place] = []
        while True:
            while isinstance(shape, ListOf) and node.__class__ is not SequenceNode:
                shape = inner(shape.item, node)
            if isinstance(shape, Record) and node.__class__ is MappingNode:
                way.append(_Place(shape, node))
            below = self._below(node, shape, span)
            if below is None:
                return way, shape
            node, shape = below[0], inner(below[1], below[0])

    def _below(self, node: Node, shape: Shape | None, span: Span | None) -> tuple[Node, Shape | None] | None:
        """The value or the item in which the place is."""
        if span is None or shape is None or node.__class__ is ScalarNode:
            return None
        starts = [(n[0] if n.__class__ is tuple else n, n) for n in node.value]
        before = [n for start, n in starts if self._at(start) <= (span.line, span.column)]
        if not before:
            return None
        if isinstance(shape, ListOf):
            return before[-1], shape.item
        if node.__class__ is not MappingNode:
            return None
        key, value = before[-1]
        if isinstance(shape, MapOf):
            return value, shape.value
        if not isinstance(shape, Record) or key.__class__ is not ScalarNode:
            return None
        field = next((f for f in shape.fields if fold(key.value) in _spellings(f)), None)
        return value, field.shape if field is not None else shape.rest_shape

    def _at(self, node: Node) -> tuple[int, int]:
        start = self.document.offsets(node)[0]
        span = self.document.span_of(start, start)
        return span.line, span.column

    # words

    def _word(self, text: str, shape: Shape | None, *, stated: bool = False) -> str | None:
        """A word of the closed lists at or below a shape, in the language of the keys; `stated`: as it stands in the
        file. None if it is no such word."""
        word = next((w for w in _words(shape) if w.zh == text), None)
        if word is None:
            return None
        proper = word.en[0] if word.en and self.keys.english else word.zh
        if not stated or proper in self.keys.values:
            return proper
        return next((s for s in (word.zh, *word.en, *word.also) if s in self.keys.values), proper)


_READ = "TYK"
"""The families told while reading, whose arguments are what stands in the file."""
OF_FILES = "ACDFKLMNOPQRSY"
"""The families that speak of the files officers write."""


@cache
def _texts(code: str) -> tuple[tuple[Mention, ...], ...]:
    of = kind(code)
    return tuple(filter(None, (tuple(mentions(of.message)), tuple(mentions(of.remedy)))))


def _spellings(field: Field) -> set[str]:
    return {fold(key) for key in (*field.keys, *field.aliases)}


def _pair(node: Node, field: Field) -> tuple[Node, Node]:
    """Key and value of a field in a mapping; twice None where it is not there."""
    if node.__class__ is not MappingNode:
        return None, None
    return next(((k, v) for k, v in node.value if k.__class__ is ScalarNode and fold(k.value) in _spellings(field)),
                (None, None))


def _shapes(shape: Shape | None) -> Iterator[Shape]:
    """A shape and what its value may be or hold, without the keys of records."""
    if shape is None:
        return
    yield shape
    inside = (shape.shape,) if isinstance(shape, Then | Attempt) else (shape.item,) if isinstance(shape, ListOf) \
        else (shape.value,) if isinstance(shape, MapOf) \
        else (shape.scalar, shape.mapping, shape.sequence) if isinstance(shape, Either) else ()
    for one in inside:
        yield from _shapes(one)


def records(shape: Shape | None) -> Iterator[Record]:
    """The records a value may be or hold, not those below their keys."""
    return (s for s in _shapes(shape) if isinstance(s, Record))


def _below(record: Record) -> Iterator[_Place]:
    """Every record below one, the nearest first."""
    level = [record]
    while level:
        level = [r for above in level for shape in (*(f.shape for f in above.fields), above.rest_shape) for r in records(shape)]
        yield from map(_Place, level)


def _listing(shape: Shape) -> bool:
    """Whether a shape lists the words that may stand there."""
    return isinstance(shape, Choice | Scalar)


def _words(shape: Shape | None) -> Iterator[Word]:
    """The words of closed lists at a shape; of a record those of its keys, the nearest first."""
    for one in _shapes(shape):
        if isinstance(one, Choice | Scalar):
            yield from one.words or (_ANSWERS if isinstance(one, Scalar) and one.boolean else ())
        elif isinstance(one, Record):
            for place in (_Place(one), *_below(one)):
                for field in place.record.fields:
                    yield from (w for s in _shapes(field.shape) if not isinstance(s, Record) for w in _words(s))
