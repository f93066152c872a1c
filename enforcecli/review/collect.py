"""A repository → its years: every case file read once, or not at all where nothing has changed."""

from __future__ import annotations

import os
from collections import Counter as Count
from collections.abc import Callable, Iterator, Sequence
from hashlib import blake2b, sha1
from pathlib import Path, PurePosixPath

from msgspec import Struct, field, msgpack

from enforcecli import __version__
from enforcecli.desk.examine import examine_in
from enforcecli.model.problem import Problem
from enforcecli.reading.files import OnDisk
from enforcecli.reading.library import FOLDER
from enforcecli.reading.workspace import (
    APPRAISALS,
    CASES,
    OFFICE_FILE,
    POWERS_FILE,
    ROSTER_FILE,
    Workspace,
    is_root,
)
from enforcecli.reading.workspace import YEAR as FIGURES
from enforcecli.review.cache import Cache, Row, directory
from enforcecli.review.facts import CaseFacts, facts_of
from enforcecli.review.indicators import marks
from enforcecli.review.people import Office, office_year
from enforcecli.review.scan import File, scan
from enforcecli.review.year import Counter, Key, Member, Named, Place, Year
from enforcecli.text.source import Source

Progress = Callable[[int, int], None]
POOL = 2000
"""From so many files to be read on, several processes read them."""
_BATCH = 100
_KEPT_AT_ONCE = 5000
PROGRAM = Path(__file__).resolve().parent.parent
_SETTINGS = (OFFICE_FILE, ROSTER_FILE, POWERS_FILE)


class Wanted(Struct, frozen=True):
    """What is asked of each repository. `named`: its path stands before its cases and people, for there
    are several. `cache` None: the usual directory; '' for none. `workers`: processes at most; None: one
    for each processor."""

    years: tuple[int, ...]
    unit: str | None = None
    named: bool = False
    cache: str | None = None
    workers: int | None = None

    def cache_directory(self) -> Path | None:
        return directory() if self.cache is None else Path(self.cache) if self.cache else None


class _Taken(OnDisk, frozen=True):
    """The files on disk, but for those whose bytes are at hand: what is assessed is what was hashed."""

    taken: dict[str, Source] = field(default_factory=dict)

    def read(self, name: str, shown: str | None = None) -> Source | Problem:
        return self.taken.pop(name, None) or OnDisk.read(self, name, shown)


def is_repository(root: Path) -> bool:
    return is_root(root) or (root / CASES).is_dir()


def collect(root: Path, wanted: Wanted, place: str = "", progress: Progress | None = None) -> tuple[Year, ...]:
    """The years of one repository. One that is none, or cannot be read, is a Place with its trouble and
    nothing else; what happened there is not known, and it is not counted as nothing."""
    try:
        if is_repository(root):
            return _collect(root, wanted, place, progress)
        trouble = "none" if root.is_dir() else "missing"
    except OSError as error:
        trouble = error.strerror or "unreadable"
    return tuple(Year(year, {place: Place(root.name, 0, trouble)}) for year in wanted.years)


def _collect(root: Path, wanted: Wanted, place: str, progress: Progress | None) -> tuple[Year, ...]:
    files = scan(root)
    context = context_of(root)
    cache = Cache(root, context, wanted.cache_directory())
    asked = (wanted.years, wanted.unit, place if wanted.named else "")
    still = all(file.stamp is not None for file in files)
    key = blake2b(msgpack.encode((asked, files)), digest_size=32).digest()
    kept = cache.snapshot(key) if still else None
    if kept is not None:
        return msgpack.decode(kept, type=tuple[Year, ...])
    years = _counted(root, files, cache, wanted, place, progress)
    if still and context_of(root) == context:
        cache.keep_snapshot(key, msgpack.encode(years))
    return years


def context_of(root: Path) -> bytes:
    """A digest of everything the facts of a case hang on besides its own file: the program, the office,
    the roster, the books, and the files of the years."""
    files, found = OnDisk(root), blake2b(__version__.encode(), digest_size=32)
    for name in sorted(PROGRAM.rglob("*")):
        if name.suffix in {".py", ".yaml", ".txt"}:
            stamp = name.stat()
            found.update(f"{name.name} {stamp.st_size} {stamp.st_mtime_ns}\n".encode("utf-8", "surrogateescape"))
    names = [*_SETTINGS, *(f"{folder}/{name}" for folder in (FIGURES, APPRAISALS) for name in files.names(folder)),
             *(f"{FOLDER}/{book}/{name}" for book in files.folders(FOLDER) for name in files.names(f"{FOLDER}/{book}"))]
    for inside in names:
        source = files.read(inside) if files.exists(inside) else None
        data = source.data if isinstance(source, Source) else repr(source).encode("utf-8", "surrogateescape")
        found.update(b"%d %d " % (len(os.fsencode(inside)), len(data)) + os.fsencode(inside) + data)
    return found.digest()


def _counted(root: Path, files: Sequence[File], cache: Cache, wanted: Wanted, place: str,
             progress: Progress | None) -> tuple[Year, ...]:
    workspace = Workspace.of(OnDisk(root))
    prefix = f"{place}:" if wanted.named else ""
    stems = Count(PurePosixPath(file.inside).stem for file in files)
    counters = [Counter() for _ in wanted.years]
    people: dict[str, Member] = {}
    books: set[str] = set()
    units: set[str] = set(workspace.roster.units) if workspace.roster is not None else set()
    for facts in _every(root, workspace, files, cache, wanted, progress):
        if facts.unit is not None:
            units.add(facts.unit)
        if wanted.unit is not None and not facts.failed and facts.unit != wanted.unit:
            if facts.unit is None:
                for counter, year in zip(counters, wanted.years, strict=True):
                    counter.add(prefix + _name(facts, stems), _unassigned(facts, year))
            continue
        books.add(facts.book or "")
        name = prefix + _name(facts, stems)
        counted = [counter.add(name, marks(facts, year, prefix))
                   for counter, year in zip(counters, wanted.years, strict=True)]
        if any(counted):
            for person in facts.people:
                people.setdefault(prefix + person.id, Member(
                    prefix + person.name, person.unit or "", "", person.personnel or "", person.appraised_by or ""))
    twice = tuple(sorted(stem for stem, times in stems.items() if times > 1))
    return tuple(_year(year, counter, office_year(workspace, year, wanted.unit, place, prefix), people,
                       _names(workspace, books), _place(workspace, root, len(files)), place, twice, units)
                 for year, counter in zip(wanted.years, counters, strict=True))


def _unassigned(facts: CaseFacts, year: int) -> Iterator[tuple[Key, int]]:
    """A case of no unit may be one of the unit asked for."""
    if facts.year in (None, year):
        yield ("left", "no-unit"), 1


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
    notes.update((("twice", place, stem), "") for stem in twice)
    return Year(year, {place: here}, cases, tallies, {**names, **office.names},
                {who: every[who] for who in sorted(every) if who in office.people or who in shown},
                office.figures, {key: notes[key] for key in sorted(notes)},
                tuple(sorted({*units, *(unit for _place, unit, _name in office.figures if unit)})))


def _place(workspace: Workspace, root: Path, cases: int) -> Place:
    organ = workspace.office.organ if workspace.office is not None else None
    return Place(organ or root.name, cases)


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

def _every(root: Path, workspace: Workspace, files: Sequence[File], cache: Cache, wanted: Wanted,
           progress: Progress | None) -> Iterator[CaseFacts]:
    """From the cache where the file is as it was, else read. In no order: nothing counted has one."""
    decode = msgpack.Decoder(CaseFacts).decode
    alone = not _counts(workspace)
    missing: list[tuple[File, Row | None]] = []
    before = cache.rows() if alone else iter(())
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
    for done, (found, changed) in enumerate(_read(root, workspace, missing, wanted), start=1):
        yield decode(found.facts)
        if changed:
            fresh.append(found)
        if progress is not None:
            progress(len(files) - len(missing) + done, len(files))
        if alone and len(fresh) >= _KEPT_AT_ONCE:
            cache.keep(fresh, ())
            fresh = []
    if alone and (fresh or gone):
        cache.keep(fresh, gone)


def _counts(workspace: Workspace) -> bool:
    """Whether a book counts over other cases: then the facts of a case are not those of its file alone."""
    return any(fact.count is not None for book in workspace.library.books() for fact in book.person_facts.values())


def _read(root: Path, workspace: Workspace, missing: Sequence[tuple[File, Row | None]],
          wanted: Wanted) -> Iterator[tuple[Row, bool]]:
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
        return Row(file.inside, file.stamp, blob, msgpack.encode(facts)), bool(blob)


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
