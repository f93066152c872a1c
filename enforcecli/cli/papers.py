"""What `enforce render` does with an order: each case examined, its papers made, written or held
against those on disk, and the whole told."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import typer
from msgspec import Struct

from enforcecli.cli import streams
from enforcecli.cli.command import did_you_mean
from enforcecli.cli.progress import Progress
from enforcecli.cli.workplace import one_case, opened, to_read
from enforcecli.desk.examine import Examined, examine
from enforcecli.documents.compare import compared
from enforcecli.documents.context import Refusal
from enforcecli.documents.kinds import KINDS, PaperKind, find_kind
from enforcecli.documents.render import DOCX, FORMATS, MARKDOWN, PDF, Rendered, render, undecided
from enforcecli.language import _
from enforcecli.model.problem import Level, Problem, problem
from enforcecli.output.exits import PROBLEM, UNDECIDED, UNREADABLE, combined
from enforcecli.output.problem_text import of_file
from enforcecli.output.shown import Told
from enforcecli.output.style import style_for
from enforcecli.output.tally import has_errors
from enforcecli.output.width import flow
from enforcecli.problems import level
from enforcecli.reading.workspace import Workspace, shown
from enforcecli.text.write import made, safe_stem, settle, sweep, write

DECISIONS = "decisions"
PUBLIC = "公开"


class Order(Struct, frozen=True):
    """The command line as given."""

    cases: Sequence[str]
    docs: Sequence[str]
    formats: Sequence[str]
    persons: Sequence[str]
    out: Path | None
    public: bool
    check: bool
    year: int | None


def run(order: Order) -> int:
    """Carries the order out; the exit code."""
    kinds = _kinds(order)
    wanted = to_read([one_case(word) for word in order.cases] or None)
    _known_persons(order.persons, wanted)
    with Progress() as progress:
        work = _Work(order, kinds, single=len(wanted) == 1 and not wanted[0].is_dir(), progress=progress)
        for examined in examine(wanted, progress=progress):
            work.take(examined)
        work.finish()
    return work.code()


def _kinds(order: Order) -> list[PaperKind]:
    found = [_kind(word) for word in order.docs]
    inner = [kind.name for kind in found if kind.file_paper]
    if order.public and inner:
        raise typer.BadParameter(_("{papers}是卷内材料，没有公开版").format(papers=_("、").join(inner)))
    every = found or [k for k in KINDS.values() if not (order.public and k.file_paper)]
    return list(dict.fromkeys(every))


def _kind(word: str) -> PaperKind:
    found = find_kind(word)
    if found is None:
        near = did_you_mean(word, [*(k.name for k in KINDS.values()), *KINDS])
        raise typer.BadParameter(_("没有“{word}”这种文书").format(word=flow(word)) + (
            near or _("；有哪些文书，用 enforce template list 查看")))
    if found.id not in KINDS:
        raise typer.BadParameter(_("{paper}按名册制作，不属于案件，用 enforce roster statement").format(paper=found.name))
    return found


def _known_persons(persons: Sequence[str], wanted: Sequence[Path]) -> None:
    """Usage error for who stands neither in the roster nor in any of the cases. The cases are read for that
    only where the roster does not know the word."""
    roster = opened(wanted[0] if wanted else None).roster
    known = {word for m in (roster.people.values() if roster is not None else ()) for word in (m.id, m.name)}
    strange = [word for word in persons if word not in known]
    if not strange:
        return
    for examined in examine(wanted, traced=False):
        if examined.case is not None:
            known |= {*examined.case.ids, *examined.case.ids.values()}
    for word in strange:
        if word not in known:
            raise typer.BadParameter(_("名册和案件里都没有“{word}”").format(word=flow(word)) + did_you_mean(word, sorted(known)))


class _Work:
    """What has been done so far."""

    def __init__(self, order: Order, kinds: Sequence[PaperKind], *, single: bool, progress: Progress) -> None:
        self._order, self._kinds, self._single, self._progress = order, kinds, single, progress
        self._codes: set[int] = set()
        self._written = self._kept = self._refused = self._wrong = 0
        self._taken = 0
        self._pdfs: list[tuple[Path, bytes]] = []

    def take(self, examined: Examined) -> None:
        """One file: the papers of a case, nothing for the settings."""
        if examined.case is None or examined.result is None:
            if examined.unreadable or (examined.result is not None and has_errors(examined)):
                self._tell(Told(examined.file, examined.problems, examined.text))
                self._codes.add(UNREADABLE if examined.unreadable else PROBLEM)
            return
        if self._order.year is not None and self._order.year != _year(examined):
            return
        self._taken += 1
        workspace = Workspace.open(Path(examined.file))
        order = self._order
        papers = render(examined, workspace, self._kinds, order.persons, order.formats, order.public)
        self._refuse(examined, [p for p in papers if isinstance(p, Refusal)])
        files = [p for p in papers if isinstance(p, Rendered)]
        if order.check:
            self._compare(examined, workspace, files)
        else:
            self._write(examined, workspace, files)
        if files and has_errors(examined):
            self._codes.add(PROBLEM)
            self._say(_("{case}：案件有错误，文书只供起草；用 enforce validate 列出").format(case=examined.file))

    # where

    def _directory(self, examined: Examined, workspace: Workspace) -> tuple[Path, Path | None]:
        """Where the papers of a case lie, and what they must not leave."""
        assert examined.case is not None
        own = safe_stem(examined.case.number or Path(examined.file).stem)
        if self._order.out is not None:
            return (self._order.out if self._single else self._order.out / own), None
        directory = workspace.root / DECISIONS / own
        return (directory / PUBLIC if self._order.public else directory), workspace.root

    # write

    def _write(self, examined: Examined, workspace: Workspace, files: Sequence[Rendered]) -> None:
        if not files:
            return
        directory, root = self._directory(examined, workspace)
        real = made(directory, root)
        sweep(real)
        for file in files:
            path = real / f"{file.name}.{file.format}"
            if file.format == PDF:
                self._pdfs.append((path, file.data))
                continue
            self._done(write(path, file.data), directory / path.name)
        settle(real)

    def _done(self, written: bool, path: Path) -> None:
        self._written += written
        self._kept += not written
        self._progress.clear()
        streams.lines([(_("写入  {path}") if written else _("未变  {path}")).format(path=flow(shown(path.absolute())))])

    # check

    def _compare(self, examined: Examined, workspace: Workspace, files: Sequence[Rendered]) -> None:
        directory, _root = self._directory(examined, workspace)
        problems: list[Problem] = []
        for file in files:
            if file.format == PDF:  # no two conversions give the same bytes
                continue
            path = directory / f"{file.name}.{file.format}"
            found = compared(path, shown(path.absolute()), file.data)
            self._kept += not found
            self._wrong += bool(found)
            problems.extend(found)
        if not self._order.docs and not self._order.persons:
            problems.extend(self._beyond(directory, files))
        if problems:
            self._tell(Told(examined.file, problems))
            if any(level(p) is Level.ERROR for p in problems):
                self._codes.add(PROBLEM)

    def _beyond(self, directory: Path, files: Sequence[Rendered]) -> list[Problem]:
        """Papers on disk that the case does not give."""
        given = {f"{file.name}.{form}" for file in files for form in FORMATS}
        there = sorted(p for p in directory.glob("*") if p.suffix[1:] in {MARKDOWN, DOCX} and p.name not in given)
        return [problem("D232", paper=shown(p.absolute())).at(shown(p.absolute()), None) for p in there]

    # refusals

    def _refuse(self, examined: Examined, refusals: Sequence[Refusal]) -> None:
        asked = bool(self._order.docs) and self._single
        told = [r for r in refusals if not r.idle or asked]
        if not told:
            return
        self._refused += len(told)
        for refusal in told:
            about = refusal.kind.name + (f"（{refusal.subject}）" if refusal.subject else "")
            self._say(_("未生成  {paper}").format(paper=flow(about)))
            self._codes.add(UNDECIDED if undecided(refusal) else PROBLEM)
        problems = dict.fromkeys(p for r in told for p in r.problems)
        self._tell(Told(examined.file, list(problems), examined.text))

    # told

    def _say(self, text: str) -> None:
        self._progress.clear()
        streams.say(text)

    def _tell(self, told: Told) -> None:
        self._say("".join(of_file(told, style_for(sys.stderr))).rstrip("\n"))

    def finish(self) -> None:
        """What is done for all cases at once, and the totals."""
        self._convert()
        if self._order.year is not None and not self._taken:
            self._say(_("没有 {year} 年的案件（作出决定的年份；没有决定的，按行为发生的年份）").format(year=self._order.year))
        if self._order.check:
            streams.lines([_("共核对 {count} 份：一致 {same}，不一致 {wrong}；不能生成 {refused} 份").format(
                count=self._kept + self._wrong, same=self._kept, wrong=self._wrong, refused=self._refused)])
            return
        streams.lines([_("共 {count} 份：写入 {written}，未变 {kept}；未生成 {refused} 份").format(
            count=self._written + self._kept, written=self._written, kept=self._kept, refused=self._refused)])

    def _convert(self) -> None:
        """All PDF in one go: the office program takes seconds to start."""
        from enforcecli.documents.pdf import to_pdf

        wanted = {str(path): data for path, data in self._pdfs}
        made_of = to_pdf(wanted) if wanted else {}
        if isinstance(made_of, Problem):
            self._tell(Told("PDF", [made_of.at("PDF", None)]))
            self._codes.add(PROBLEM)
            return
        for path, data in made_of.items():
            self._done(write(Path(path), data), Path(path))

    def code(self) -> int:
        return combined(self._codes)


def _year(examined: Examined) -> int | None:
    """The year of the decision; without one of the conclusion, of the act."""
    case = examined.case
    assert case is not None
    decision, end, act = case.procedure.decision, case.conclusion, case.act
    days = (decision and decision.day, end and end.day, act and act.reference_day)
    return next((day.year for day in days if day), None)
