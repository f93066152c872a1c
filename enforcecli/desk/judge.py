"""One case under the book, or the books, that apply to it: which version the day of the act picks, what
is counted, whether a later version is lighter."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from msgspec import Struct
from msgspec.structs import replace

from enforcecli.model.case import Case
from enforcecli.model.problem import Level, Problem, problem
from enforcecli.model.result import CaseResult
from enforcecli.model.rulebook import Rulebook
from enforcecli.problems import level
from enforcecli.reading.case import peek, read_case
from enforcecli.reading.library import FOLDER, Library, NoVersion
from enforcecli.reading.rulebook import MAIN
from enforcecli.reading.versions import narrowed, relisted, wider
from enforcecli.reading.workspace import Workspace
from enforcecli.rules.assess import assess_case
from enforcecli.rules.counts import (
    Register,
    count_all,
    count_problems,
    counted_facts,
    decided_on,
    told,
    with_counts,
)
from enforcecli.rules.lighter import applied, version_problems, weigh
from enforcecli.text.document import Document
from enforcecli.text.suggest import closest


class Task(Struct, frozen=True):
    """One case file of a repository. `register`: what the other cases say of whom, asked for only where
    something is counted; None: nothing is counted. `blocking`: errors outside the case that keep it
    from being computed."""

    document: Document
    workspace: Workspace
    inside: str
    sha256: str
    traced: bool = True
    register: Callable[[], Register] | None = None
    blocking: tuple[Problem, ...] = ()


class Judged(Struct, frozen=True):
    """The case under one book. `written`: as the file has it; `case`: as it was assessed, without what
    only another book knows and with the counted facts as counted. `words`: the book whose words it was
    read with."""

    book: Rulebook | None
    words: Rulebook | None
    written: Case
    case: Case
    result: CaseResult
    reading: tuple[Problem, ...]
    found: tuple[Problem, ...]


class Decided(Struct, frozen=True):
    """The answer. `main`: what the case is checked and its papers are made with; `other`: the other
    version, where two had to be weighed."""

    main: Judged
    result: CaseResult
    other: Judged | None = None
    found: tuple[Problem, ...] = ()


def decide(task: Task) -> Decided:
    """The case under the version of its day, weighed against a later one where the measure says so."""
    book, why_not, found = book_of(task.document, task.workspace)
    task = replace(task, blocking=(*found, *task.blocking))
    candidates = later_versions(task.workspace.library, book)
    older = judge(task, book, candidates, why_not)
    later = version_of(candidates, older.case)
    if book is None or later is None:
        return Decided(older, older.result, found=tuple(found))
    newer = judge(task, later, (book, *(b for b in candidates if b is not later)))
    versions = weigh(older.result, newer.result, book, later, decided_on(older.case))
    result = applied(versions)
    said = version_problems(versions)
    if versions.question is not None:
        said += [replace(p, level=Level.WARNING) for p in newer.found if level(p) is Level.ERROR]
    if result.rulebook == later.id:
        return Decided(newer, result, older, tuple(said))
    return Decided(older, result, newer, tuple(said))


def judge(task: Task, book: Rulebook | None, others: tuple[Rulebook, ...] = (),
          why_not: str | None = None) -> Judged:
    """The case read and assessed under this book; what only `others` know is left out."""
    workspace = task.workspace
    words = wider(book, others) if book is not None else None
    written, reading = read_case(task.document, book=words, roster=workspace.roster, office=workspace.office,
                                 sha256=task.sha256)
    written = replace(written, file=task.inside, wholly_blocked=(*written.wholly_blocked, *task.blocking))
    if book is None:
        result = assess_case(written, None, workspace.roster, workspace.office, why_not, traced=task.traced)
        return Judged(None, None, written, written, result, reading, result.problems)
    own = narrowed(written, book, others)
    counts = count_all(own.case, book, task.register()) if task.register is not None and counted_facts(book) else {}
    case = with_counts(own.case, counts)
    result = told(assess_case(case, book, workspace.roster, workspace.office, why_not, traced=task.traced), counts)
    found = (*result.problems, *count_problems(own.case, counts))
    placed = tuple(replace(p, where=own.in_file(p.where)) for p in found)
    return Judged(book, words, written, case, relisted(result, written), reading, placed)


# which book

def book_of(document: Document, workspace: Workspace) -> tuple[Rulebook | None, str | None, list[Problem]]:
    """The version of the measure that the act's day picks; else why there is none, or the problem
    that stands in the way."""
    named, day = peek(document)
    library = workspace.library
    name = named or (workspace.office.measure if workspace.office is not None else None)
    if name is None:
        return None, None, [problem("L702")]
    if name not in library.ids() and name not in library.names():  # names of measures take reading every book
        suggestion = closest(name, library.names()) or ""
        known = "、".join(library.names())
        return None, None, [problem("L701", ("measure",), measure=name, known=known, suggestion=suggestion)]
    if name in library.ids() and library.book(name) is None:
        return None, None, [problem("C903", ("measure",), book=name, file=f"{FOLDER}/{name}/{MAIN}")]
    if day is None:
        return None, None, []
    chosen = library.choose(name, day)
    if isinstance(chosen, NoVersion):
        return None, chosen.question, []
    return chosen, None, []


def later_versions(library: Library, book: Rulebook | None) -> tuple[Rulebook, ...]:
    """Later versions of the measure that are to be weighed against the book, earliest first: 从旧兼从轻
    may be ordered by the text that comes (as a rule) or by the one that goes."""
    if book is None:
        return ()
    return tuple(b for b in library.of_measure(book.measure)
                 if b.effective.start > book.effective.start and (b.later_lighter or book.later_lighter))


def version_of(candidates: Sequence[Rulebook], case: Case) -> Rulebook | None:
    """The one in force on the day of the decision (行政处罚法第三十七条 compares that one); while there is
    no decision, the newest."""
    day = decided_on(case)
    if day is None:
        return candidates[-1] if candidates else None
    return next((b for b in candidates if b.effective.covers(day)), None)
