"""One book, read, gone through and placed: the passes behind `rulebook check` and `rulebook test`."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from msgspec import Struct

from enforcecli.model.problem import Level, Problem, problem
from enforcecli.model.rulebook import Rulebook
from enforcecli.problems import level
from enforcecli.proof.check import Proof, finding_words, problems, prove
from enforcecli.proof.mutation import Mutation, mutate, survivor_problem
from enforcecli.proof.persons import Progress
from enforcecli.proof.worked import judge
from enforcecli.reading.called import told
from enforcecli.reading.coverage import coverage_problems
from enforcecli.reading.examples import FILE, examples_shape, read_examples
from enforcecli.reading.library import Folder, Library
from enforcecli.reading.locate import placed
from enforcecli.reading.rulebook import MAIN, read_with_sheets
from enforcecli.reading.rulebook_places import Places
from enforcecli.text.decode import decode
from enforcecli.text.document import lines, parse
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
        return lines(self.text)


def read_book(folder: Folder) -> ReadBook:
    book, found, sheets = read_with_sheets(folder, folder.shown)
    return ReadBook(folder, book, (*folder.problems, *found), Places(sheets))


def check_book(folder: Folder, progress: Progress | None = None, *, persons: bool = True,
               library: Library | None = None) -> tuple[CheckedBook, ...]:
    """Everything that can be said of a book without a case: first of rulebook.yaml, then of each of its
    other files in which something was found. `persons`: whether groups of persons are tried too. `library`: the books
    it stands among, if it does; versions of one measure must not be in force on one day."""
    read = read_book(folder)
    if read.book is None:
        return by_file(folder, read.problems, None, read.file)
    proof = prove(read.book, progress, persons=persons)
    pairs = [pair for pair in library.overlapping() if read.book.id in pair] if library is not None else []
    overlaps = (problem("B136", ("effective",), first=first, second=second) for first, second in pairs)
    found = (*read.problems, *(read.places.placed(p) for p in overlaps), *coverage_problems(read.book, f"{folder.shown}/{read.book.source_name}"),
             *(read.places.placed(p) for p in problems(proof)))
    return by_file(folder, found, proof, read.file)


def by_file(folder: Folder, found: Sequence[Problem], proof: Proof | None, main: str) -> tuple[CheckedBook, ...]:
    """The problems by the file they stand in, the main one first even if there is none in it."""
    apart: dict[str, list[Problem]] = {main: []}
    for each in found:
        apart.setdefault(each.file or main, []).append(each)
    if MAIN not in folder and len(apart) > 1 and not apart[main]:
        del apart[main]  # what is not there has not passed
    return tuple(
        CheckedBook(file, _text(folder, file), tuple(those), proof, any(p.code in UNREADABLE for p in those))
        for file, those in sorted(apart.items(), key=lambda pair: (pair[0] != main, pair[0])))


def _text(folder: Folder, file: str) -> str:
    name = file.rsplit("/", 1)[-1]
    return decode(folder[name]).text or "" if name in folder else ""


class ExamplesRun(Struct, frozen=True, eq=False):
    """A book put to its examples. `files`: the book's and the examples' problems; `failed`: how many
    examples are not answered as expected, None where they could not be run; `mutation` None where it was not
    asked for, or something failed."""

    files: tuple[CheckedBook, ...]
    book: Rulebook | None
    examples: int = 0
    failed: int | None = None
    mutation: Mutation | None = None


def run_examples(folder: Folder, mutating: bool, progress: Progress | None = None) -> ExamplesRun:
    """Run the examples of a book and, if all hold and it is wished, change the book to see whether they
    would notice."""
    read = read_book(folder)
    if read.book is None:
        return ExamplesRun(by_file(folder, read.problems, None, read.file), None)
    if FILE not in folder:
        missing = problem("B233", directory=folder.shown).at(f"{folder.shown}/{FILE}", None)
        return ExamplesRun(by_file(folder, (*folder.problems, missing), None, missing.file), read.book)
    document = parse(folder[FILE], f"{folder.shown}/{FILE}")
    written, found = read_examples(document, read.book)
    if any(level(p) is Level.ERROR for p in found):
        return ExamplesRun(by_file(folder, found, None, document.file), read.book, len(written.examples))
    if not written.examples:
        found = (*found, problem("B233", directory=folder.shown).at(document.file, None))
    shape = examples_shape(read.book)
    judged = told([placed(p, document, shape) for p in judge(read.book, written.examples)], document, shape)
    failed = len({p.where[1] for p in judged})
    mutation = mutate(read.book, written.examples, progress) if mutating and written.examples and not judged else None
    living = mutation.survivors if mutation is not None else ()
    unnoticed = [read.places.placed(survivor_problem(s, finding_words(s.finding))) for s in living]
    return ExamplesRun(by_file(folder, (*told(found, document, shape), *judged, *unnoticed), None, document.file), read.book,
                      len(written.examples), failed, mutation)
