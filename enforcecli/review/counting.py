"""The cases of a repository counted: each read, or remembered where it is as it was."""

from __future__ import annotations

import os
from collections import Counter as Count
from collections.abc import Iterator, Sequence
from hashlib import sha1
from pathlib import Path, PurePosixPath

from msgspec import field, msgpack

from enforcecli.desk.examine import examine_in
from enforcecli.model.problem import Problem
from enforcecli.model.result import CaseResult
from enforcecli.reading.files import OnDisk
from enforcecli.reading.workspace import Workspace
from enforcecli.review.cache import Cache, Row
from enforcecli.review.facts import CaseFacts, facts_of
from enforcecli.review.indicators import elsewhere, marks
from enforcecli.review.people import Office, office_year
from enforcecli.review.scan import File
from enforcecli.review.wanted import Progress, Wanted, name_of
from enforcecli.review.words import TWICE
from enforcecli.review.year import Counter, Key, Member, Named, Place, Year
from enforcecli.text.source import Source

POOL = 2000
"""From so many files to be read on, several processes read them."""
_BATCH = 100
_KEPT_AT_ONCE = 5000


class _Taken(OnDisk, frozen=True):
    """The files on disk, but for those whose bytes are at hand: what is assessed is what was hashed."""

    taken: dict[str, Source] = field(default_factory=dict)

    def read(self, name: str, shown: str | None = None) -> Source | Problem:
        return self.taken.pop(name, None) or OnDisk.read(self, name, shown)


def counted(root: Path, files: Sequence[File], cache: Cache, wanted: Wanted, place: str,
            progress: Progress | None) -> tuple[Year, ...]:
    """The years wanted, from every file."""
    workspace = Workspace.of(OnDisk(root))
    prefix = f"{place}:" if wanted.named else ""
    stems = Count(PurePosixPath(file.inside).stem for file in files)
    counters = [Counter() for _ in wanted.years]
    offices = [office_year(workspace, year, wanted.unit, place, prefix) for year in wanted.years]
    people: dict[str, Member] = {}
    books: set[str] = set()
    units: set[str] = set(workspace.roster.units) if workspace.roster is not None else set()
    for facts in _every(root, files, cache, wanted, progress):
        if facts.unit is not None:
            units.add(facts.unit)
        if wanted.unit is not None and not facts.failed and facts.unit != wanted.unit:
            for counter, office, year in zip(counters, offices, wanted.years, strict=True):
                counter.add(prefix + _name(facts, stems), _elsewhere(facts, year, office, prefix))
            continue
        books.add(facts.book or "")
        name = prefix + _name(facts, stems)
        seen = [counter.add(name, marks(facts, year, prefix))
                for counter, year in zip(counters, wanted.years, strict=True)]
        if any(seen):
            for person in facts.people:
                people.setdefault(prefix + person.id, Member(
                    prefix + person.name, person.unit or "", "", person.personnel or "", person.appraised_by or ""))
    twice = tuple(sorted(stem for stem, times in stems.items() if times > 1))
    return tuple(_year(year, counter, office, people, _names(workspace, books), _place(workspace, root, len(files)),
                       place, twice, units)
                 for year, counter, office in zip(wanted.years, counters, offices, strict=True))


def _elsewhere(facts: CaseFacts, year: int, office: Office, prefix: str) -> Iterator[tuple[Key, int]]:
    """A case of another unit than asked for; one of no unit may be of that unit."""
    if facts.unit is None and facts.year in (None, year):
        yield ("left", "no-unit"), 1
    yield from elsewhere(facts, year, office.people, prefix)


def _name(facts: CaseFacts, stems: Count[str]) -> str:
    """The case number, which is the name of the file; the path where two files bear one."""
    stem = PurePosixPath(facts.file).stem
    return stem if stems[stem] == 1 and not facts.failed else facts.file


def _year(year: int, counter: Counter, office: Office, people: dict[str, Member], names: dict[Key, Named],
          here: Place, place: str, twice: tuple[str, ...], units: set[str]) -> Year:
    counter.add(None, office.marks)
    cases, tallies = counter.tallies()
    every = {**people, **office.people}
    shown = {key[1] for key in tallies if key[0] == "person"} | {key[2] for key in tallies if key[0] == "effect"}
    notes: dict[Key, str] = dict(office.notes)
    notes.update(((TWICE, stem, place), "") for stem in twice)
    return Year(year, {place: here}, cases, tallies, {**names, **office.names},
                {who: every[who] for who in sorted(every) if who in office.people or who in shown},
                office.figures, {key: notes[key] for key in sorted(notes)},
                tuple(sorted({*units, *(unit for _place, unit, _name in office.figures if unit)})))


def _place(workspace: Workspace, root: Path, cases: int) -> Place:
    office = workspace.office
    return Place((office.organ if office is not None else None) or name_of(root), cases,
                 language=(office.language if office is not None else None) or "")


def _names(workspace: Workspace, books: set[str]) -> dict[Key, Named]:
    """The words of the books used, in the order the books have them."""
    found: dict[Key, Named] = {}
    for book_id in sorted(books):
        book = workspace.library.book(book_id) if book_id else None
        if book is None:
            continue
        found["book", "", book_id] = Named(0, book.title)
        for i, (code, fault) in enumerate(book.faults.items()):
            found["fault", book_id, code] = Named(i * 100, fault.name, fault.cite)
            for j, (option, name) in enumerate(fault.options.items(), start=1):
                found["fault", book_id, option] = Named(i * 100 + j, name, fault.cite)
        for degree in book.degrees.values():
            found["grade", book_id, degree.name] = Named(degree.rank, degree.name, degree.words.cite or "")
        for i, method in enumerate(book.methods.values()):
            found["method", book_id, method.code] = Named(i, method.name, method.cite)
    return found


# the facts of every file

def _every(root: Path, files: Sequence[File], cache: Cache, wanted: Wanted,
           progress: Progress | None) -> Iterator[CaseFacts]:
    """From the cache where the file is as it was, else read. In no order: nothing counted has one."""
    decode = msgpack.Decoder(CaseFacts).decode
    missing: list[tuple[File, Row | None]] = []
    before = cache.rows()
    row = next(before, None)
    gone: list[str] = []
    for file in files:
        while row is not None and row.inside < file.inside:
            gone.append(row.inside)
            row = next(before, None)
        same = row if row is not None and row.inside == file.inside else None
        if same is not None:
            row = next(before, None)
        if same is not None and same.stamp is not None and same.stamp == file.stamp:
            yield decode(same.facts)
        else:
            missing.append((file, same))
    gone += [left.inside for left in (row, *before) if left is not None]
    fresh: list[Row] = []
    for done, (found, changed) in enumerate(_read(root, missing, wanted), start=1):
        yield decode(found.facts)
        if changed:
            fresh.append(found)
        if progress is not None:
            progress(len(files) - len(missing) + done, len(files))
        if len(fresh) >= _KEPT_AT_ONCE:
            cache.keep(fresh, ())
            fresh = []
    if fresh or gone:
        cache.keep(fresh, gone)


def _read(root: Path, missing: Sequence[tuple[File, Row | None]], wanted: Wanted) -> Iterator[tuple[Row, bool]]:
    """The rows of files that were not as they were, and whether they are to be kept."""
    workers = wanted.workers or os.cpu_count() or 1
    if len(missing) < POOL or workers == 1:
        reader = Reader(root)
        yield from (reader.row(file, before) for file, before in missing)
        return
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    parts = [missing[i:i + _BATCH] for i in range(0, len(missing), _BATCH)]
    with ProcessPoolExecutor(workers, get_context("spawn"), _begin, (root,)) as pool:
        for rows in pool.map(_rows, parts):
            yield from rows


class Reader:
    """Reads and examines case files of one repository."""

    def __init__(self, root: Path) -> None:
        self._files = _Taken(root)
        self._workspace = Workspace.of(self._files)

    def row(self, file: File, before: Row | None) -> tuple[Row, bool]:
        """The row of a file; what was found in the same bytes before stands."""
        source = self._files.read(file.inside)
        blob = b"" if isinstance(source, Problem) else blob_id(source.data)
        if before is not None and blob and before.blob == blob:
            return Row(file.inside, file.stamp, blob, before.facts), file.stamp is not None
        if isinstance(source, Source):
            self._files.taken[file.inside] = source
        examined = examine_in(self._workspace, file.inside, traced=False)
        facts = facts_of(examined, file.inside, self._workspace)
        row = Row(file.inside, file.stamp, blob, msgpack.encode(facts))
        return row, bool(blob) and not self._counts(examined.result)

    def _counts(self, result: CaseResult | None) -> bool:
        """Whether a book of the result counts over other cases: its facts are not those of its file alone."""
        books = (self._workspace.library.book(book_id) for book_id in (result.rulebooks if result is not None else ()))
        return any(fact.count is not None for book in books if book is not None for fact in book.person_facts.values())


def blob_id(data: bytes) -> bytes:
    """The name git gives to these bytes."""
    return sha1(b"blob %d\0" % len(data) + data, usedforsecurity=False).digest()


_reader: Reader | None = None


def _begin(root: Path) -> None:
    """In a process of the pool."""
    global _reader
    import gc

    gc.disable()  # nothing here makes cycles worth collecting
    _reader = Reader(root)


def _rows(files: Sequence[tuple[File, Row | None]]) -> list[tuple[Row, bool]]:
    assert _reader is not None
    return [_reader.row(file, before) for file, before in files]
