"""JSON Schema 2020-12 of each kind of file, made from the shapes, for editors that complete
and check while one types.

An editor sees YAML 1.2 values: `2`, `true` and the like are accepted wherever the reader accepts
the text. The schema is the narrower of the two on spellings (aliases, full-width digits in words)
and cannot see what needs the calendar, the roster or the file's name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, Literal

from enforcecli.model.rulebook import Rulebook
from enforcecli.reading.kinds import FileKind, shape_of
from enforcecli.reading.scalars import YES_NO
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
    Word,
)

Keys = Literal["zh", "en", "both"]
Schema = dict[str, Any]
DIALECT = "https://json-schema.org/draft/2020-12/schema"
_TEXT: Schema = {"type": ["string", "number", "boolean"], "pattern": r"\S"}
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?")


def json_schema(kind: FileKind, book: Rulebook | None, keys: Keys) -> Schema:
    """The schema of one kind of file; `book` gives a case its facts, roles and fault codes."""
    shape = shape_of(kind, book)
    made = _Made(keys)
    root = made.record(shape)
    return {"$schema": DIALECT, "title": f"{shape.zh} / {shape.en}", **root, "$defs": made.definitions}


class _Made:
    """The definitions made so far, by the shape they say."""

    def __init__(self, keys: Keys) -> None:
        self.keys = keys
        self.definitions: dict[str, Schema] = {}
        self._names: dict[int, str] = {}

    def of(self, shape: Shape) -> Schema:
        if isinstance(shape, Then | Attempt):
            return self.of(shape.shape)
        if isinstance(shape, Record | Scalar | Choice):
            return self._named(shape)
        if isinstance(shape, Text | PersonRef):
            return dict(_TEXT)
        if isinstance(shape, ListOf):
            return self._list(shape)
        if isinstance(shape, MapOf):
            return self._map(shape)
        if isinstance(shape, Either):
            return _any({"type": "object"} if isinstance(s, Raw) and s is shape.mapping else self.of(s)
                        for s in (shape.scalar, shape.mapping, shape.sequence) if s is not None)
        if isinstance(shape, Raw):
            return {"not": {"type": "null"}}
        raise TypeError(shape)

    def _named(self, shape: Record | Scalar | Choice) -> Schema:
        name = self._names.get(id(shape))
        if name is None:
            base = re.sub("[^a-z]+", "-", shape.en.lower()).strip("-")[:32] or "value"
            name = next(n for n in (base, *(f"{base}-{i}" for i in range(2, 999))) if n not in self.definitions)
            self._names[id(shape)] = name
            self.definitions[name] = {}  # holds the name while the inside is made
            self.definitions[name] = self._inside(shape)
        return {"$ref": f"#/$defs/{name}"}

    def _inside(self, shape: Record | Scalar | Choice) -> Schema:
        if isinstance(shape, Record):
            return self.record(shape)
        if isinstance(shape, Choice):
            title = f"{shape.zh} / {shape.en}"
            return {"title": title, **_words(shape.words, self.keys, title)}
        return _scalar(shape, self.keys)

    def _list(self, shape: ListOf) -> Schema:
        item = self.of(shape.item)
        listed = {"type": "array", "items": item}
        return _any((item, listed)) if shape.bare else listed

    def _map(self, shape: MapOf) -> Schema:
        key = shape.key
        while isinstance(key, Then):
            key = key.shape
        names: Schema = {"pattern": r"\S"}
        if isinstance(key, Scalar | Choice) and key.words:
            names = {"enum": [s for w in key.words for s in (w.zh, *w.en, *w.also)]}
        return {"type": "object", "additionalProperties": self.of(shape.value), "propertyNames": names}

    def record(self, shape: Record) -> Schema:
        """An object with the keys of the wanted language, none twice."""
        properties: dict[str, Schema] = {}
        required: list[Schema] = []
        twice: list[Schema] = []
        for field in shape.fields:
            keys = self._spellings(field)
            properties.update((key, self._property(field)) for key in keys)
            if field.required:
                required.append(_any({"required": [key]} for key in keys))
            if len(keys) > 1:
                twice.append({"required": list(keys)})
        schema: Schema = {"type": "object", "properties": properties}
        schema["additionalProperties"] = self.of(shape.rest_shape) if shape.rest and shape.rest_shape else False
        if required:
            schema["allOf"] = required
        if twice:
            schema["not"] = {"anyOf": twice}
        return schema

    def _spellings(self, field: Field) -> tuple[str, ...]:
        keys = field.keys
        if self.keys == "both" or len(keys) == 1:
            return keys
        return keys[:1] if self.keys == "zh" else keys[1:]

    def _property(self, field: Field) -> Schema:
        title = " / ".join(field.keys)
        words = " / ".join(w for w in (field.words, field.words_en) if w)
        told: Schema = {"title": title, "description": words} if words else {"title": title}
        if field.example and field.example[0] not in "{[\"":
            told["examples"] = [field.example]
        return {**told, **self.of(field.shape)}


def _any(schemas: Iterable[Schema]) -> Schema:
    made = list(schemas)
    return made[0] if len(made) == 1 else {"anyOf": made}


def _also_number(text: str) -> list[Any]:
    """How an editor sees the text when it stands without quotes."""
    if text in {"true", "false"}:
        return [text == "true"]
    if _NUMBER.fullmatch(text):
        return [float(text) if "." in text else int(text)]
    return []


def _words(words: Iterable[Word], keys: Keys, asked: str) -> Schema:
    """Each word with its meaning; further spellings are accepted without being offered. The meanings stand
    in `enumDescriptions` and what to write in `errorMessage`, where editors look for them."""
    offered: dict[str, str] = {}
    others: dict[str, None] = {}
    unquoted: list[Any] = []
    for word in words:
        spellings = [word.zh, *word.en] if keys != "en" or not word.en else [*word.en, word.zh]
        shown = 1 if keys != "both" else 1 + min(1, len(word.en))
        meaning = word.words or " / ".join(dict.fromkeys((word.zh, *word.en[:1])))
        offered |= dict.fromkeys(spellings[:shown], meaning)
        others |= dict.fromkeys((*spellings[shown:], *word.also))
        unquoted.extend(n for s in (*spellings, *word.also) for n in _also_number(s))
    message = {"errorMessage": f"{asked}：{_few(offered)}"}
    ways: list[Schema] = [{"enum": list(offered), "enumDescriptions": list(offered.values()), **message}]
    more = [_MARK.sub(r"\\\g<0>", word) for word in others if word not in offered]
    if more:
        ways.append({"type": "string", "pattern": f"^(?:{'|'.join(more)})$", **message})
    if unquoted:
        ways.append({"enum": [n for i, n in enumerate(unquoted) if n not in unquoted[:i] or isinstance(n, bool)], **message})
    return {"anyOf": ways} if len(ways) > 1 else ways[0]


_MARK = re.compile(r"[\\^$.|?*+()\[\]{}/]")
"""What means something in a pattern, as every dialect of patterns escapes it."""
_FEW = 12


def _few(words: Iterable[str]) -> str:
    told = list(words)
    return "、".join(told[:_FEW]) + ("…" if len(told) > _FEW else "")


def _scalar(shape: Scalar, keys: Keys) -> Schema:
    title = f"{shape.zh} / {shape.en}"
    told: Schema = {"title": title}
    if shape.examples:
        told["examples"] = list(shape.examples)
    if shape.words:
        schema = _words(shape.words, keys, title)
        if shape.boolean:
            ways = schema.get("anyOf", [schema])
            schema = {"anyOf": [*ways, {"type": "boolean"}, {"type": "string", "pattern": YES_NO.pattern}]}
        return {**told, **schema}
    if shape.pattern is None:
        return {**told, **_TEXT}
    message = {"errorMessage": f"{title}：{'、'.join(shape.examples)}" if shape.examples else title}
    ways = [{"type": "string", "pattern": shape.pattern, **message}]
    if shape.number or shape.numbers is not None:
        ways.append({"type": "number", **(shape.numbers or {}), **message})
    if shape.boolean:
        ways.append({"type": "boolean"})
    return {**told, **_any(ways)}
