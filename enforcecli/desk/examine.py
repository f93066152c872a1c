"""Each file read, checked and assessed: the one pass behind `validate` and `assess`.

A broken file hides nothing in another; every problem comes out placed in its file.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from types import MappingProxyType

from msgspec import Struct
from msgspec.structs import replace

from enforcecli.checks import check_case
from enforcecli.checks.office import check_measure, check_office
from enforcecli.checks.people import check_roster
from enforcecli.checks.powers import check_power
from enforcecli.checks.results import check_result
from enforcecli.desk.causes import own_causes
from enforcecli.desk.files import find_files, namesakes
from enforcecli.desk.judge import Judged, Task, decide
from enforcecli.desk.register import register_of
from enforcecli.desk.settings import MISSED, sheet
from enforcecli.desk.spans import Spans
from enforcecli.model.case import Case
from enforcecli.model.problem import Level, Problem, problem
from enforcecli.model.result import CaseResult, Receipt
from enforcecli.model.rulebook import Rulebook
from enforcecli.problems import level
from enforcecli.reading.called import told
from enforcecli.reading.case import read_case, shape_and_reader
from enforcecli.reading.files import shown_at
from enforcecli.reading.library import FOLDER
from enforcecli.reading.locate import lacking, locate, placed
from enforcecli.reading.office import SHAPE as OFFICE
from enforcecli.reading.roster import SHAPE as ROSTER
from enforcecli.reading.shape import Shape
from enforcecli.reading.workspace import OFFICE_FILE, ROSTER_FILE, SettingsFile, Workspace, shown
from enforcecli.text.decode import decode
from enforcecli.text.document import Document, lines, parse
from enforcecli.text.nodes import MappingNode
from enforcecli.text.source import UNREADABLE

_NO_IDS: Mapping[str, str] = MappingProxyType({})
BATCH = 50
"""From this many files on the garbage collector rests between files."""


class Examined(Struct, frozen=True):
    """One file. `text` is its decoded text, '' if it could not be opened; `result` None for
    enforce.yaml and roster.yaml."""

    file: str
    text: str
    problems: tuple[Problem, ...]
    result: CaseResult | None = None
    unreadable: bool = False
    case: Case | None = None
    book: Rulebook | None = None
    other: Judged | None = None
    """The case under the other version, where two had to be weighed (从旧兼从轻)."""

    def lines(self) -> Sequence[str]:
        return lines(self.text)


def examine(paths: Sequence[Path], *, progress: Callable[[int, int], None] | None = None,
            traced: bool = True) -> Iterator[Examined]:
    """Examine the files meant by the paths, in the order of their names. `progress(done, all)` is
    told after each; `traced` False leaves the reasoning out of the results."""
    files = find_files(paths)
    again = namesakes(files)
    with resting_collector(len(files)):
        for i, file in enumerate(files, start=1):
            examined = examine_file(file, traced=traced)
            if file in again:
                twin = problem("C901", ("number",), number=file.stem, other=shown(again[file]))
                examined = replace(examined, problems=(*examined.problems, twin.at(examined.file, None)))
            yield examined
            if progress is not None:
                progress(i, len(files))


@contextmanager
def resting_collector(files: int) -> Iterator[None]:
    """Nothing here makes cycles worth collecting file by file; in a batch resting saves an eighth of the
    time."""
    was = gc.isenabled()
    if files >= BATCH:
        gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def examine_file(path: Path, *, traced: bool = True) -> Examined:
    """One file on disk by what it is: the office's settings, the roster, a book, or a case."""
    workspace = Workspace.open(path)
    return examine_in(workspace, workspace.inside(path), shown(path), traced=traced)


def examine_in(workspace: Workspace, inside: str, name: str | None = None, *, traced: bool = True) -> Examined:
    """One file of a repository, wherever its files are kept. `inside`: its path within the repository;
    `name`: how it is shown, else as the reader can open it."""
    name = shown_at(workspace.root, inside) if name is None else name
    if inside == OFFICE_FILE and workspace.office_file is not None:
        return examined_sheet(workspace.office_file, partial(_check_office, workspace), OFFICE)
    if inside == ROSTER_FILE and workspace.roster_file is not None:
        return examined_sheet(workspace.roster_file, partial(_check_roster, workspace), ROSTER)
    beside = sheet(workspace, inside, name)
    if beside is not None:
        return examined_sheet(beside.file, beside.check, beside.shape, beside.ids)
    if inside.startswith(f"{FOLDER}/"):
        return _rulebook(inside, name, workspace)
    source = workspace.files.read(inside, name)
    if isinstance(source, Problem):
        return Examined(name, "", (source,), _unread(inside, ""), unreadable=True)
    return examine_case(parse(source.data, name), workspace, inside, source.sha256, traced=traced)


def examined_sheet(file: SettingsFile, check: Callable[[], list[Problem]], shape: Shape,
                   ids: Mapping[str, str] = _NO_IDS) -> Examined:
    """A file that is no case, with what `check` finds in its values."""
    document = file.document
    if document is None:
        return Examined(shown(file.path), "", file.problems, unreadable=True)
    errors = [p for p in file.problems if level(p) is Level.ERROR]
    unread = Spans([p.span for p in errors])

    def follows(p: Problem) -> bool:
        """Whether something is only missed because it could not be read, right there."""
        if p.code not in MISSED:
            return False
        there = unread.inside(locate(document, shape, p.where, ids=ids))
        return any(dict(errors[n].args).get("key") == MISSED[p.code] for n in there)

    found = [placed(p, document, shape, ids) for p in check() if not follows(p)]
    return Examined(document.file, document.text, told((*file.problems, *found), document, shape),
                    unreadable=any(p.code in UNREADABLE for p in document.problems))


def _check_office(workspace: Workspace) -> list[Problem]:
    if workspace.office is None:
        return []
    return [*check_measure(workspace.office, workspace.library.names()),
            *check_office(workspace.office, workspace.book())]


def _check_roster(workspace: Workspace) -> list[Problem]:
    return check_roster(workspace.roster, workspace.book(), None) if workspace.roster is not None else []


def _rulebook(inside: str, name: str, workspace: Workspace) -> Examined:
    """A book of the repository, all its files together, shown at its rulebook.yaml."""
    folder = f"{name.rpartition('/')[0]}/"
    found = tuple(p for p in workspace.library.problems() if p.file.startswith(folder))
    source = workspace.files.read(inside, name)
    text = "" if isinstance(source, Problem) else decode(source.data).text or ""
    return Examined(name, text, found, unreadable=any(p.code in UNREADABLE for p in found))


# a case

def examine_case(document: Document, workspace: Workspace, inside: str, sha256: str, *,
                 traced: bool = True) -> Examined:
    """Read, check and assess one case. `inside`: its path within the repository."""
    unreadable = any(p.code in UNREADABLE for p in document.problems)
    if document.root.__class__ is not MappingNode:
        problems = read_case(document, book=None, roster=workspace.roster, office=workspace.office, sha256=sha256)[1]
        every = (*document.problems, *problems)
        return Examined(document.file, document.text, every, _unread(inside, sha256, every), unreadable)
    settings = _unsound(workspace)
    decided = decide(Task(document, workspace, inside, sha256, traced, partial(register_of, workspace), blocking(workspace)))
    main, result = decided.main, decided.result
    book, written, roster, office = main.book, main.written, workspace.roster, workspace.office
    later = [*decided.found, *check_case(written, book, roster, office), *main.found,
             *check_result(written, result, book, roster, office)]
    if workspace.powers is not None:
        later += check_power(written, book, workspace.powers, roster)
    shape = shape_and_reader(main.words)[0]
    read = [*document.problems, *main.reading]
    own = own_causes(read, [placed(p, document, shape, written.ids) for p in later],
                     lambda where: lacking(document, shape, where, written.ids))
    every = _once([*(p.at(document.file, None) for p in settings), *told(own, document, shape)])
    return Examined(document.file, document.text, every, replace(result, problems=every), unreadable, main.case, book,
                    decided.other)


def blocking(workspace: Workspace) -> tuple[Problem, ...]:
    """Errors of the office's own settings: no case is computed with them."""
    usable = workspace.office_file is None or workspace.office_file.sound
    return () if usable else tuple(_unsound(workspace))


def _unsound(workspace: Workspace) -> list[Problem]:
    """What is wrong with the settings every case is judged with: told in each, for a case is often
    examined alone. Errors of the office's settings block it: a share may hang on them."""
    office, roster = workspace.office_file, workspace.roster_file
    found = []
    if office is not None and not office.sound:
        found.append(problem("C902", file=shown(office.path)))
    if roster is not None and not roster.readable:
        found.append(problem("C902", file=shown(roster.path)))
    elif roster is not None and not roster.sound:
        found.append(problem("C904", file=shown(roster.path)))
    return found


def _once(problems: Sequence[Problem]) -> tuple[Problem, ...]:
    return tuple(dict.fromkeys(problems))


def _unread(inside: str, sha256: str, problems: tuple[Problem, ...] = ()) -> CaseResult:
    """An unreadable file has a result without findings."""
    from enforcecli import __version__

    receipt = Receipt(f"enforce {__version__}", None, None, sha256, None)
    return CaseResult(None, inside, None, None, (), receipt, problems=problems)
