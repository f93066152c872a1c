"""What is said when a node is not what the shape wants. Reached only when something is wrong."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from typing import Any

from enforcecli.reading.report import Hit, Node, Read, Reading
from enforcecli.reading.shape import Choice, Either, Field, ListOf, Record, Scalar, Shape
from enforcecli.text.nodes import MappingNode, ScalarNode
from enforcecli.text.slip import Slip
from enforcecli.text.spelling import fold
from enforcecli.text.suggest import closest

_NULLS = frozenset({"~", "null", "Null", "NULL"})
_QUOTATION = frozenset({"“”", "””", "““", "‘’", "「」", "『』", '＂＂', "''", '""'})
HERE = "本文件"
"""The label of the root of a file."""


def is_nothing(node: Node) -> bool:
    """A key with no value after it: nothing, white space, or a plain null."""
    return node.__class__ is ScalarNode and (
        not node.value.strip() or (not node.style and node.value.strip() in _NULLS))


def _empty(node: Node, reading: Reading, label: str) -> None:
    reading.report(node, "K105", key=label or HERE)


def not_text(node: Node, reading: Reading, label: str, shape: Shape) -> None:
    """A list or a mapping (or nothing) where one value belongs."""
    if is_nothing(node):
        _empty(node, reading, label)
    elif node.__class__ is MappingNode:
        reading.report(node, "K108", key=label or HERE, more=_wanted(shape))
    else:
        reading.report(node, "K107", key=label or HERE, more=_wanted(shape))


def not_list(node: Node, reading: Reading, label: str, shape: ListOf) -> None:
    if is_nothing(node):
        _empty(node, reading, label)
    else:
        reading.report(node, "K109", key=label or HERE, more=_wanted(shape))


def not_mapping(node: Node, reading: Reading, label: str, shape: Shape) -> None:
    if is_nothing(node):
        _empty(node, reading, label)
    else:
        reading.report(node, "K106", key=label or HERE, example=_example(shape, reading))


def no_such_kind(node: Node, reading: Reading, label: str, shape: Either) -> None:
    if is_nothing(node):
        _empty(node, reading, label)
    elif node.__class__ is ScalarNode and shape.mapping is not None:
        not_mapping(node, reading, label, shape.mapping)
    elif node.__class__ is ScalarNode:
        reading.report(node, "K109", key=label or HERE, more=_wanted(shape))
    else:
        not_text(node, reading, label, shape)


def slip(node: Node, reading: Reading, label: str, shape: Scalar, found: Slip) -> None:
    """A value its parser refused: the slip's own code, told with the key it stands under."""
    bare = _bare(node.value)
    if found.instead is None and bare and not isinstance(shape.parse(bare), Slip):
        reading.report(node, "Y300", key=label or HERE, written=node.value, good=bare, instead=bare)
        return
    told = {"key": label or HERE, "written": node.value, **dict(found.args)}
    reading.report(node, found.code, more=told, instead=found.instead)


def no_such_word(node: Node, reading: Reading, label: str, shape: Choice,
                 table: Mapping[str, str]) -> str | None:
    """The word after a second, more patient look; else a problem with the nearest word."""
    if node.__class__ is not ScalarNode or is_nothing(node):
        not_text(node, reading, label, shape)
        return None
    folded = {fold(spelling): word for spelling, word in table.items()}
    found = folded.get(fold(node.value))
    if found is not None:
        return found
    bare = _bare(node.value)
    if bare and fold(bare) in folded:
        reading.report(node, "Y300", key=label or HERE, written=node.value, good=bare, instead=bare)
        return None
    chinese, english = [w.zh for w in shape.words], [s for w in shape.words for s in w.en]
    guess = closest(node.value.strip(), (*chinese, *english))
    in_english = guess in english if guess is not None else node.value.isascii()  # as the author writes
    words = "、".join(w.en[0] if in_english and w.en else w.zh for w in shape.words)
    if guess is None:
        reading.report(node, shape.codes[1], key=label or HERE, written=node.value, allowed=words)
    else:
        reading.report(node, shape.codes[0], key=label or HERE, written=node.value, allowed=words,
                       guess=guess)
    return None


def _bare(text: str) -> str | None:
    """A value without the quotation marks around it and the full stop behind it; None if it has none."""
    bare = text.strip().rstrip("。；，、;,")
    if len(bare) > 1 and bare[0] + bare[-1] in _QUOTATION:
        bare = bare[1:-1].strip()
    return bare if bare and bare != text.strip() else None


def alike(one: Node, other: Node) -> bool:
    """Keys YAML would call the same, but for the composition of letters."""
    return bool(one.value == other.value
                or unicodedata.normalize("NFC", one.value) == unicodedata.normalize("NFC", other.value))


def same_key(knode: Node, reading: Reading, label: str, node: Node, key: object) -> None:
    """Two entries of a map that mean the same (a person by name and by 职务)."""
    same = [k for k, _ in node.value if k.__class__ is ScalarNode and alike(k, knode)]
    if len(same) < 2:  # literally the same key twice is reported with the text (duplicate keys)
        reading.report(knode, "K111", key=label or HERE, written=knode.value, same=key)


MOST_GUESSES = 200
"""A file with more problems is not one of misspelt keys: no further near words are looked for."""


class Strange:
    """The keys of one record that its table does not know as they stand."""

    __slots__ = ("_allowed", "_by_fold", "_guard", "_hits", "_keys", "_label", "_read_rest", "_record", "_rest")

    def __init__(self, record: Record, label: str, hits: Mapping[int, Hit], read_rest: Read | None,
                 rest: int | None) -> None:
        self._record, self._label, self._hits = record, label or HERE, hits
        self._read_rest, self._rest, self._guard = read_rest, rest, record.guard
        self._keys: dict[str, Field] = {}
        self._by_fold: dict[str, Field] = {}
        self._allowed = ("", "")  # the keys as they are told in Chinese, and in English

    def _tables(self) -> dict[str, Field]:
        if not self._keys:
            self._keys = self._record.keys()
            both = self._record.aliases() | self._keys
            self._by_fold = {fold(key): f for key, f in both.items()}
            self._allowed = ("、".join(f.label for f in self._record.fields), "、".join(f.keys[-1] for f in self._record.fields))
        return self._by_fold

    def __call__(self, k: Node, v: Node, values: list[Any], reading: Reading) -> Hit | None:
        """The hit of an alias or a looser spelling; None when the key is refused or kept as data."""
        since = len(reading.problems)
        if k.__class__ is not ScalarNode or k.value == "<<":
            return None  # reported with the text
        folded = fold(k.value)
        f = self._tables().get(folded)
        if f is not None:
            if folded not in {fold(key) for key in f.keys}:
                reading.report(k, "K104", written=k.value, key=f.label)
            return self._hits[id(f)]
        if self._read_rest is not None and self._rest is not None:
            self._keep(k, v, values, self._read_rest, self._rest, reading)
            return None
        few = len(reading.problems) < MOST_GUESSES
        guess = closest(k.value.strip(), tuple(self._keys)) if few else None
        allowed = self._allowed[reading.keys.english]
        if guess is None:
            reading.report(k, "K102", written=k.value, key=self._label, allowed=allowed)
            return None
        reading.report(k, "K101", written=k.value, key=self._label, allowed=allowed, guess=guess)
        if self._keys[guess].guard == self._guard:
            self._note(reading, since)
        return None

    def _keep(self, k: Node, v: Node, values: list[Any], read_rest: Read, slot: int,
              reading: Reading) -> None:
        value = read_rest(v, reading)
        if value is not None:
            values[slot] = {**(values[slot] or {}), k.value.strip(): value}

    def _note(self, reading: Reading, since: int) -> None:
        if self._guard is not None:
            reading.note(self._guard, since)

    def missing(self, node: Node, reading: Reading, f: Field) -> None:
        reading.report(node, "K110", key=self._label, missing=reading.keys.name(f), what=f.words, example=f.example)

    def doubled(self, k: Node, node: Node, reading: Reading, bit: int) -> None:
        """The second spelling of a key already given; the first one stands."""
        field = next(f for f in self._record.fields if self._hits[id(f)][1] == bit)
        spellings = self._tables()
        first = next(other for other, _ in node.value
                     if other.__class__ is ScalarNode and spellings.get(fold(other.value)) is field)
        if alike(first, k):  # literally the same: reported with the text (duplicate keys)
            return
        since = len(reading.problems)
        reading.report(k, "K103", written=k.value, first=first.value, line=first.start_mark.line + 1)
        if field.guard is not None and field.guard == self._guard:
            self._note(reading, since)


def _wanted(shape: Shape) -> dict[str, str]:
    """What belongs there, in both languages: the words of a shape are its own, no catalogue has them."""
    return {"wanted": shape.zh or "一个值", "wanted_en": shape.en or "one value"}


def _example(shape: Shape, reading: Reading) -> str:
    if isinstance(shape, Record):
        return "；".join(f"{reading.keys.name(f)}: {f.example or '…'}" for f in shape.fields[:3])
    return "某项: 值"

