"""One book, read, gone through and placed: the pass behind `rulebook check`."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from msgspec import Struct

from enforcecli.model.problem import Problem, problem
from enforcecli.model.rulebook import Rulebook
from enforcecli.proof.check import Proof, problems, prove
from enforcecli.proof.persons import Progress
from enforcecli.reading.coverage import coverage_problems
from enforcecli.reading.library import Folder
from enforcecli.reading.rulebook import MAIN, read_with_sheets
from enforcecli.reading.rulebook_places import Places
from enforcecli.text.decode import decode
from enforcecli.text.source import UNREADABLE

Texts = Callable[[str], Sequence[str]]


class ReadBook(Struct, frozen=True):
    """A book as its files say it; `book` None where it has errors. `places` finds its entries."""

    folder: Folder
    book: Rulebook | None
    problems: tuple[Problem, ...]
    places: Places

    @property
    def file(self) -> str:
        return f"{self.folder.shown}/{MAIN}"


class CheckedBook(Struct, frozen=True):
    """A book and all that was found in it; `proof` None where errors kept it from being gone through.
    One of the files, for printing: the problems of the others name theirs."""

    file: str
    text: str
    problems: tuple[Problem, ...]
    proof: Proof | None
    unreadable: bool = False

    def lines(self) -> Sequence[str]:
        return self.text.splitlines()


def read_book(folder: Folder) -> ReadBook:
    book, found, sheets = read_with_sheets(folder, folder.shown)
    return ReadBook(folder, book, (*folder.problems, *found), Places(sheets))


def check_book(folder: Folder, progress: Progress | None = None) -> tuple[CheckedBook, ...]:
    """Everything that can be said of a book without a case: first of rulebook.yaml, then of each of its
    other files in which something was found."""
    read = read_book(folder)
    if read.book is None:
        return by_file(folder, read.problems, None, read.file)
    proof = prove(read.book, progress)
    found = (*read.problems, *coverage_problems(read.book, f"{folder.shown}/{read.book.source_name}"),
             *(read.places.placed(p) for p in problems(proof)))
    return by_file(folder, found, proof, read.file)


def by_file(folder: Folder, found: Sequence[Problem], proof: Proof | None, main: str) -> tuple[CheckedBook, ...]:
    """The problems by the file they stand in, the main one first even if there is none in it."""
    apart: dict[str, list[Problem]] = {main: []}
    for each in found:
        apart.setdefault(each.file or main, []).append(each)
    return tuple(
        CheckedBook(file, _text(folder, file), tuple(those), proof, any(p.code in UNREADABLE for p in those))
        for file, those in sorted(apart.items(), key=lambda pair: (pair[0] != main, pair[0])))


def _text(folder: Folder, file: str) -> str:
    name = file.rsplit("/", 1)[-1]
    return decode(folder[name]).text or "" if name in folder else ""


def without_examples(folder: Folder) -> Problem:
    return problem("B233", directory=folder.shown).at(folder.shown, None)
