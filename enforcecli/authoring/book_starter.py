"""The files a new rulebook begins with: a small measure that works, and comments that say how to make it one's own.
The texts are data (enforcecli/starter/book), in two languages as in `starter`."""

from __future__ import annotations

import re

from msgspec import Struct

from enforcecli.authoring.case_text import scalar
from enforcecli.authoring.starter import SOURCES, lines_of
from enforcecli.reading.examples import FILE
from enforcecli.reading.rulebook import MAIN

FILES = ("source.txt", MAIN, FILE)


class NewBook(Struct, frozen=True):
    """What the files say. `path`: how the commands shown in them name the book."""

    id: str
    path: str
    title: str
    issuer: str
    english: bool = False


def book_files(new: NewBook) -> dict[str, bytes]:
    """Name → bytes, in the order in which they are to be made one's own."""
    return {name: _text(name, new).encode("utf-8") for name in FILES}


def _text(name: str, new: NewBook) -> str:
    plain = {"id": new.id, "title": new.title, "issuer": new.issuer}
    values = plain if name.endswith(".txt") else {key: scalar(value, "block") for key, value in plain.items()}
    values |= {"path": new.path}
    return re.sub(r"\{(id|title|issuer|path)\}", lambda found: values[found[1]], lines_of(SOURCES / "book" / name, new.english))
