"""Answers that are there before the first question: a file of answers, and options of the command line.

The file is shaped like a case file (JSON is YAML too), with Chinese or English keys; an option names its place:
过错事实.1.情形=3-5a.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from enforcecli.authoring.asking import act_day
from enforcecli.authoring.content import Content, Path, bare, content_of
from enforcecli.authoring.dialogue import World, book_of, flat, put
from enforcecli.authoring.questions import field_at, key_of, path_of, pieces
from enforcecli.model.problem import Problem, Span
from enforcecli.model.rulebook import Rulebook
from enforcecli.reading.case import shape_and_reader
from enforcecli.reading.report import Node
from enforcecli.reading.shape import ListOf, Record
from enforcecli.text.document import Document, parse
from enforcecli.text.nodes import MappingNode, SequenceNode


class Prefilled(Struct, frozen=True):
    """`answers`, and where each was written: in the file (`nodes`: the key, if it has one, and the value), or
    behind the key of an option (`keys`)."""

    answers: Mapping[Path, Content]
    file: Document | None
    nodes: Mapping[Path, tuple[Node | None, Node]]
    keys: Mapping[Path, str]

    def origin(self, path: Path, *, on_key: bool = False) -> Span | str | None:
        """Where a place of the case was written: in the file, or the option's key. What the file leaves to be
        guessed stands where its surroundings do; None for what nobody wrote."""
        for key in (path[:n] for n in range(len(path), 0, -1)):
            below = next((self.keys[p] for p in self.keys if p[:len(key)] == key), None)
            if below is not None:
                return below
            if key in self.nodes and self.file is not None:
                name, value = self.nodes[key]
                return self.file.span(name if on_key and name is not None and key == path else value)
        return None


def answers_from(world: World, file: Document | None, options: Sequence[tuple[str, str]]) -> Prefilled:
    """The answers of a file and of options (their keys `within_bounds`); what an option says goes before the file."""
    book = _book(world, _read(file, options, None).answers)
    return _read(file, options, book)


def _book(world: World, first: Mapping[Path, Content]) -> Rulebook | None:
    """The book the act's day picks, by a first look without one."""
    book = book_of(world, first) if act_day(first) is not None else None
    return book if isinstance(book, Rulebook) else None


def _read(file: Document | None, options: Sequence[tuple[str, str]], book: Rulebook | None) -> Prefilled:
    shape = shape_and_reader(book)[0]
    root = file.root if file is not None else None
    whole = content_of(root, shape) if root is not None else {}
    found: dict[Path, Content] = dict(flat(whole)) if root is not None else {}
    keys: dict[Path, str] = {}
    for key, value in options:
        raw: dict[str, Content] = {}
        put(raw, path_of(key), value)
        document = parse(json.dumps(raw, ensure_ascii=False).encode("utf-8", "replace"), "--set")
        said = content_of(document.root, shape) if document.root is not None else {}
        given = {path: _listed(v, path, shape) for path, v in flat(said) if v not in ({}, [])}
        found.update(given)
        keys.update(dict.fromkeys(given, key))
    nodes = dict(_places(whole, root)) if root is not None else {}
    return Prefilled({path: value for path, value in found.items() if path}, file, nodes, keys)


def _places(content: Content, value: Node, key: Node | None = None,
            path: Path = ()) -> Iterator[tuple[Path, tuple[Node | None, Node]]]:
    """Each place in what a file says → the nodes that say it; not below what was written twice."""
    yield path, (key, value)
    if isinstance(content, dict) and value.__class__ is MappingNode and len(content) == len(value.value):
        for (name, inner), (k, v) in zip(content.items(), value.value, strict=True):
            yield from _places(inner, v, k, (*path, name))
    elif isinstance(content, list):
        items = value.value if value.__class__ is SequenceNode else [value]
        for n, (inner, v) in enumerate(zip(content, items, strict=False)):
            yield from _places(inner, v, None, (*path, n))


UNKNOWN = frozenset({"K101", "K102"})
"""A key nobody knows."""
ABSENT = "K110"
"""A key that has to be there."""


def at_origins(given: Prefilled, paths: Sequence[Path], problems: Sequence[Problem]) -> list[tuple[str, Problem]]:
    """Problems of the case as lines (`importing.as_lines`), each with the key of the option it came from; one
    of the file has its place there, and ''."""
    found = []
    for p in problems:
        line = p.span.line if p.span is not None else 0
        path = paths[line - 1] if 0 < line <= len(paths) else ()
        origin = given.origin(path, on_key=p.on_key or p.code in UNKNOWN)
        if isinstance(origin, str):
            found.append((origin, p))
        elif given.file is not None:
            found.append(("", p.at(given.file.file, origin)))
        else:
            found.append((key_of(path), p))
    return found


def _listed(value: Content, path: Path, shape: Record) -> Content:
    """Several values behind one option."""
    try:
        inner = field_at(shape, path)[1]
    except KeyError:
        return value
    if isinstance(bare(inner), ListOf) and isinstance(value, list) and len(value) == 1 \
            and isinstance(value[0], str):
        return list(pieces(value[0]))
    return value
