"""Shapes made into closures that read nodes. A clean file costs one table look-up and one call per
value; spans, problems and words are made only where something is wrong (slips.py).

`None` is the value of what is absent or unreadable; what is unreadable has been reported.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from enforcecli.model.problem import Problem
from enforcecli.reading import slips, written_keys
from enforcecli.reading.report import EMPTY, Hit, Node, Read, Reading
from enforcecli.reading.shape import (
    Attempt,
    Choice,
    Either,
    Field,
    ListOf,
    MapOf,
    PersonRef,
    Raw,
    Record,
    Scalar,
    Shape,
    Text,
    Then,
)
from enforcecli.text.fields import Slip
from enforcecli.text.nodes import MappingNode, ScalarNode, SequenceNode

if TYPE_CHECKING:
    from enforcecli.text.document import Document

NOTHING = frozenset({"", "~", "null", "Null", "NULL"})
"""What an author leaves who writes a key and no value."""
MEMO = 4096
"""Values remembered per scalar shape: dates and shares repeat over thousands of files."""


def read(document: Document, shape: Shape) -> tuple[Any, tuple[Problem, ...]]:
    """The value of a whole file and its problems. An empty file is None without a problem of ours."""
    reading = Reading(document)
    if document.root is None:
        return None, ()
    return compiled(shape)(document.root, reading), tuple(reading.problems)


_COMPILED: dict[int, tuple[Shape, Read]] = {}


def compiled(shape: Shape, label: str = "") -> Read:
    """The closure that reads a node of this shape; made once per shape and label."""
    if label:
        return _compile(shape, label)
    known = _COMPILED.get(id(shape))
    if known is None:  # the shape is kept beside, so that its id stays its own
        known = _COMPILED[id(shape)] = (shape, _compile(shape, label))
    return known[1]


def _compile(shape: Shape, label: str) -> Read:
    return _MAKERS[type(shape)](shape, label)


def _text(shape: Text, label: str) -> Read:
    def read_text(node: Node, reading: Reading) -> str | None:
        if node.__class__ is ScalarNode:
            text: str = node.value.strip()
            if text not in NOTHING or not slips.is_nothing(node):
                return text
        slips.not_text(node, reading, label, shape)
        return None

    return read_text


def _scalar(shape: Scalar, label: str) -> Read:
    known: dict[str, Any] = {}
    parse = shape.parse

    def read_scalar(node: Node, reading: Reading) -> Any:
        if node.__class__ is not ScalarNode:
            return slips.not_text(node, reading, label, shape)
        text = node.value
        value = known.get(text)
        if value is not None:
            return value
        if text in NOTHING and slips.is_nothing(node):
            return slips.not_text(node, reading, label, shape)
        value = parse(text)
        if value.__class__ is Slip:
            return slips.slip(node, reading, label, shape, value)
        if len(known) < MEMO:
            known[text] = value
        return value

    return read_scalar


def _choice(shape: Choice, label: str) -> Read:
    table = {spelling: word.zh for word in shape.words for spelling in (*word.en, *word.also)}
    table.update((word.zh, word.zh) for word in shape.words)

    def read_choice(node: Node, reading: Reading) -> Any:
        if node.__class__ is ScalarNode:
            value = table.get(node.value)
            if value is not None:
                return value
        return slips.no_such_word(node, reading, label, shape, table)

    return read_choice


def _person(shape: PersonRef, label: str) -> Read:
    level, pair, acting = shape.level, shape.pair, shape.acting

    def read_person(node: Node, reading: Reading) -> Any:
        if node.__class__ is not ScalarNode:
            return slips.not_text(node, reading, label, shape)
        known = None if pair else reading.ids.get(node.value)
        if known is not None and (not acting or known == node.value):
            return known
        if slips.is_nothing(node):
            return slips.not_text(node, reading, label, shape)
        if acting:
            return reading.acting(node, level)
        return reading.named(node, level) if pair else reading.person(node, level)

    return read_person


def _attempt(shape: Attempt, label: str) -> Read:
    inner = _compile(shape.shape, label)

    def read_attempt(node: Node, reading: Reading) -> tuple[Any, tuple[Problem, ...]]:
        since = len(reading.problems)
        value = inner(node, reading)
        return value, reading.errors(since) if len(reading.problems) != since else ()

    return read_attempt


def _list(shape: ListOf, label: str) -> Read:
    item, bare = _compile(shape.item, label), shape.bare

    def read_list(node: Node, reading: Reading) -> tuple[Any, ...] | None:
        if node.__class__ is SequenceNode:
            found = [item(n, reading) for n in node.value]
            return tuple(found) if None not in found else tuple(x for x in found if x is not None)
        if not bare or slips.is_nothing(node):
            slips.not_list(node, reading, label, shape)
            return None
        one = item(node, reading)
        return (one,) if one is not None else None

    return read_list


def _map(shape: MapOf, label: str) -> Read:
    read_value = _compile(shape.value, label)
    read_key = _text(Text(), label) if shape.key is None else _compile(shape.key, label)

    def read_map(node: Node, reading: Reading) -> dict[Any, Any] | None:
        if node.__class__ is not MappingNode:
            slips.not_mapping(node, reading, label, shape)
            return None
        found: dict[Any, Any] = {}
        for k, v in node.value:
            key = read_key(k, reading) if k.__class__ is ScalarNode else None
            value = read_value(v, reading)
            if key is None or value is None:
                continue
            if key in found:
                slips.same_key(k, reading, label, node, key)
            else:
                found[key] = value
        return found

    return read_map


def _either(shape: Either, label: str) -> Read:
    readers = {cls: _compile(s, label) for cls, s in
               ((ScalarNode, shape.scalar), (MappingNode, shape.mapping), (SequenceNode, shape.sequence))
               if s is not None}

    def read_either(node: Node, reading: Reading) -> Any:
        read_kind = readers.get(node.__class__)
        if read_kind is None:
            return slips.no_such_kind(node, reading, label, shape)
        return read_kind(node, reading)

    return read_either


def _then(shape: Then, label: str) -> Read:
    inner, make = _compile(shape.shape, label), shape.make

    def read_then(node: Node, reading: Reading) -> Any:
        value = inner(node, reading)
        return None if value is None else make(value, node, reading)

    return read_then


def plain(node: Node) -> Any:
    """Text, list or dict, as written; keys that are not text are left out."""
    if node.__class__ is ScalarNode:
        return node.value
    if node.__class__ is SequenceNode:
        return [plain(n) for n in node.value]
    return {k.value: plain(v) for k, v in node.value if k.__class__ is ScalarNode}


def _raw(shape: Raw, label: str) -> Read:
    def read_raw(node: Node, reading: Reading) -> Any:
        return slips.not_text(node, reading, label, shape) if slips.is_nothing(node) else plain(node)

    return read_raw


def guarded(inner: Read, field: Field) -> Read:
    """Errors inside are noted under the field's guard, or (`harmless`) under none."""
    guard = field.guard

    def read_guarded(node: Node, reading: Reading) -> Any:
        since = len(reading.problems)
        value = inner(node, reading)
        if len(reading.problems) != since:
            if guard is None:
                reading.sound.update(id(p) for p in reading.problems[since:])
            else:
                reading.note(guard, since)
        return value

    return read_guarded


def _hits(record: Record, slots: Mapping[str, int]) -> dict[int, Hit]:
    """id of field → hit."""
    hits: dict[int, Hit] = {}
    written_keys.known(record.fields)
    for n, f in enumerate(record.fields):
        inner = _compile(f.shape, f.label)
        if f.guard is not None or f.harmless:
            inner = guarded(inner, f)
        hits[id(f)] = (slots[f.into or f.name], 1 << n, inner, f.name if f.into else None)
    return hits


def _parameters(record: Record) -> dict[str, Any]:
    """Parameter of `build` → value when the field is not given."""
    if record.build is None:
        return {f.into or f.name: None for f in record.fields}
    make: Any = record.build
    if isinstance(record.build, type):
        names, defaults = make.__struct_fields__, make.__struct_defaults__
    else:
        names, defaults = make.__code__.co_varnames[: make.__code__.co_argcount], make.__defaults__ or ()
    required = len(names) - len(defaults)
    return dict.fromkeys(names[:required]) | {
        name: EMPTY if hasattr(default, "factory") else default
        for name, default in zip(names[required:], defaults, strict=True)}


def _record(record: Record, label: str) -> Read:
    absent = _parameters(record)
    slots = {name: n for n, name in enumerate(absent)}
    names, template = tuple(absent), list(absent.values())
    hits = _hits(record, slots)
    table = {key: hits[id(f)] for key, f in record.keys().items()}
    required = tuple((hits[id(f)][0], hits[id(f)][1], f) for f in record.fields if f.required)
    ahead = sum(hits[id(f)][1] for f in record.fields if f.first)
    strange = slips.Strange(record, label, hits, _compile(record.rest_shape, label)
                            if record.rest_shape else None, slots.get(record.rest or ""))
    get, copy = table.get, template.copy
    build = record.build

    def read_record(node: Node, reading: Reading) -> Any:
        if node.__class__ is not MappingNode:
            return slips.not_mapping(node, reading, label, record)
        values, seen = copy(), 0
        pairs = node.value if not ahead else _ahead(node.value, get, ahead)
        for k, v in pairs:
            try:
                hit = get(k.value)
            except TypeError:  # the key is itself a list or a mapping
                hit = None
            if hit is None:
                hit = strange(k, v, values, reading)
                if hit is None:
                    continue
            slot, bit, read_value, gathered = hit
            if seen & bit:
                strange.doubled(k, node, reading, bit)
                continue
            seen |= bit
            value = read_value(v, reading)
            if value is None:
                continue
            if gathered is None:
                values[slot] = value
            elif values[slot]:
                values[slot][gathered] = value
            else:
                values[slot] = {gathered: value}
        for slot, bit, f in required:
            if values[slot] is None:
                if not seen & bit or _left_empty(node, get, bit):
                    strange.missing(node, reading, f)
                return None
        if build is None:
            return {name: value for name, value in zip(names, values, strict=True) if value is not None}
        return build(*values)

    return read_record


def _ahead(pairs: list[Any], get: Callable[[str], Hit | None], ahead: int) -> list[Any]:
    """The pairs with those to be read first in front, in the order of the fields."""
    early: list[tuple[int, Any]] = []
    late: list[Any] = []
    for pair in pairs:
        key = pair[0].value
        hit = get(key) if key.__class__ is str else None
        if hit is not None and hit[1] & ahead:
            early.append((hit[1], pair))
        else:
            late.append(pair)
    early.sort(key=itemgetter(0))
    return [pair for _, pair in early] + late


def _left_empty(node: Node, get: Callable[[str], Hit | None], bit: int) -> bool:
    for k, v in node.value:
        hit = get(k.value) if k.__class__ is ScalarNode else None
        if hit is not None and hit[1] == bit:
            return slips.is_nothing(v)
    return False


_MAKERS: dict[type[Shape], Callable[[Any, str], Read]] = {
    Text: _text, Scalar: _scalar, Choice: _choice, PersonRef: _person, ListOf: _list, MapOf: _map,
    Either: _either, Then: _then, Raw: _raw, Record: _record,
    Attempt: _attempt,
}
