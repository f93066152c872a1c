"""Answers that are there before the first question: a file of answers, and options of the command line.

The file is shaped like a case file (JSON is YAML too), with Chinese or English keys; an option names its place:
过错事实.1.情形=3-5a.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from enforcecli.authoring.asking import act_day
from enforcecli.authoring.content import Content, Path, bare, content_of
from enforcecli.authoring.dialogue import World, book_of, flat, put
from enforcecli.authoring.questions import field_at, path_of, pieces
from enforcecli.model.rulebook import Rulebook
from enforcecli.reading.case import shape_and_reader
from enforcecli.reading.reader import Node
from enforcecli.reading.shape import ListOf, Record
from enforcecli.text.document import parse


def answers_from(world: World, root: Node | None, options: Sequence[tuple[str, str]]) -> dict[Path, Content]:
    """The answers of a file and of options; what an option says goes before the file."""
    book = _book(world, _read(root, options, None))
    return _read(root, options, book)


def _book(world: World, first: Mapping[Path, Content]) -> Rulebook | None:
    """The book the act's day picks, by a first look without one."""
    book = book_of(world, first) if act_day(first) is not None else None
    return book if isinstance(book, Rulebook) else None


def _read(root: Node | None, options: Sequence[tuple[str, str]], book: Rulebook | None) -> dict[Path, Content]:
    shape = shape_and_reader(book)[0]
    found: dict[Path, Content] = dict(flat(content_of(root, shape))) if root is not None else {}
    for key, value in options:
        raw: dict[str, Content] = {}
        put(raw, path_of(key), value)
        document = parse(json.dumps(raw, ensure_ascii=False).encode("utf-8", "replace"), "--set")
        said = content_of(document.root, shape) if document.root is not None else {}
        found.update((path, _listed(v, path, shape)) for path, v in flat(said) if v not in ({}, []))
    return {path: value for path, value in found.items() if path}


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
