"""The kinds of file an officer writes, each with the shape that reads it."""

from __future__ import annotations

from importlib import import_module
from typing import Literal, get_args

from enforcecli.model.rulebook import Rulebook
from enforcecli.reading.shape import Record

FileKind = Literal["case", "roster", "office", "powers", "year", "appraisals"]
FILE_KINDS: tuple[FileKind, ...] = get_args(FileKind)


def shape_of(kind: FileKind, book: Rulebook | None = None) -> Record:
    """The shape of a kind of file; `book` gives a case its facts, roles and fault codes."""
    if kind == "case":
        from enforcecli.reading.case import shape_and_reader

        return shape_and_reader(book)[0]
    shape: Record = import_module(f"enforcecli.reading.{kind}").SHAPE
    return shape
