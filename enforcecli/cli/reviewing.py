"""What `enforce review` does: the repositories meant, their years, the report, where it goes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

import typer
from msgspec import Struct

from enforcecli import language
from enforcecli.cli import streams
from enforcecli.cli.command import did_you_mean
from enforcecli.cli.progress import Progress
from enforcecli.language import _
from enforcecli.output.exits import OK, PROBLEM, UNREADABLE, combined
from enforcecli.output.width import flow
from enforcecli.reading.places import root_of
from enforcecli.review.collect import Answer, Standing, collect, is_repository
from enforcecli.review.wanted import Wanted
from enforcecli.review.words import BROKEN, ERRORS, OTHER_YEAR, TIED_TO_FINES, UNREAD
from enforcecli.review.year import Year, merged

if TYPE_CHECKING:
    from enforcecli.review.report import Report

FORMATS = ("table", "md", "json", "csv", "xlsx", "html", "docx")
BINARY = ("xlsx", "docx")
_SHORT = ("table", "md", "html")
"""Formats whose text is kept for the next time; the others hold every case behind every number, as --cases does."""
LONGEST_LIST = 16 * 1024 * 1024


class Order(Struct, frozen=True):
    """A command line as understood."""

    repositories: tuple[Path, ...]
    year: int
    compare: int | None
    unit: str | None
    format: str | None
    out: Path | None
    public: bool
    cases: bool
    list: Path | None
    dask: str | None
    no_cache: bool


def run(order: Order) -> int:
    form = _form(order)
    if order.out is not None:
        from enforcecli.cli.outputs import checked

        checked(order.out)
    named = _roots(order)
    years = tuple(y for y in (order.year, order.compare) if y is not None)
    wanted = Wanted(years, order.unit, len(named) > 1, "" if order.no_cache else None)
    if not wanted.named and order.dask is None:
        return _alone(named[0], wanted, form, order)
    from enforcecli.review.labels import labelled

    roots = labelled(named, wanted) if wanted.named else {"": named[0]}
    return _told(_collected(roots, wanted, order.dask), named[0] if len(roots) == 1 else None, form, order)


def _alone(root: Path, wanted: Wanted, form: str, order: Order) -> int:
    """One repository: what was printed to the same question is printed again, as long as nothing has changed."""
    standing, short = Standing(root, wanted), form in _SHORT and not order.cases
    question = (form, order.public, language.current(), language.settled())
    kept = standing.answer(question) if short else None
    if kept is not None:
        language.office(kept.language)
        _print([kept.text], form, order)
        return kept.code
    with Progress() as progress:
        years = standing.years(progress)
    return _told([years], root, form, order, partial(standing.keep, question) if short else None)


def _told(found: list[tuple[Year, ...]], root: Path | None, form: str, order: Order,
          keep: Callable[[Answer], None] | None = None) -> int:
    """The report of these repositories, printed. `root`: of the only one; `keep` takes what was printed."""
    from enforcecli.review.build import build

    spoken = next((p.language for p in found[0][0].places.values()), "")
    language.office(spoken)
    together = [merged(some, some[0].year) for some in zip(*found, strict=True)]
    _known_unit(order.unit, together)
    report = build(together, order.unit, public=order.public)
    code = _code(together)
    if form == "docx":
        data = _paper(report, root, order)
        if data is None:
            return PROBLEM
        _save(data, order)
    elif form == "xlsx":
        from enforcecli.review.as_xlsx import workbook

        _save(workbook(report), order)
    elif keep is not None:
        text = "".join(_pieces(report, form, order))
        keep(Answer(text, code, spoken))
        _print([text], form, order)
    else:
        _print(_pieces(report, form, order), form, order)
    return code


def _paper(report: Report, root: Path | None, order: Order) -> bytes | None:
    """The DOCX; None where the office's own shell is no good, which is told."""
    from enforcecli.output.shown import show_all
    from enforcecli.reading.workspace import Workspace
    from enforcecli.review.as_docx import paper

    office = Workspace.open(root).office if root is not None else None

    data = paper(report, root, office, cases=order.cases)
    if isinstance(data, bytes):
        return data
    for item in show_all([data], data.file or ""):
        streams.say(f"{item.code} {item.message} {item.remedy}".rstrip())
    return None


def _form(order: Order) -> str:
    """The format asked for, else that of the file's name."""
    ending = order.out.suffix.lstrip(".").lower() if order.out is not None else ""
    meant = {"txt": "table", "htm": "html"}.get(ending, ending)
    form = order.format or meant or "table"
    if order.format is not None and ending != "txt" and meant in FORMATS and meant != form:
        raise typer.BadParameter(_("--format 写的是 {format}，而文件名 {name} 的后缀是 {ending}，请改成一致").format(
            format=form, name=flow(str(order.out)), ending=ending))
    if form not in FORMATS:
        raise typer.BadParameter(_("从文件名 {name} 看不出格式，请写 --format").format(name=flow(str(order.out))))
    if form in BINARY and order.out is None:
        raise typer.BadParameter(_("{format} 要写到文件，例如 --out review.{format}").format(format=form))
    return form


def _roots(order: Order) -> list[Path]:
    """The repositories, each once."""
    named = [*order.repositories, *(_listed(order.list) if order.list is not None else ())]
    if order.list is not None and not named:
        raise typer.BadParameter(_("{file} 里没有写案件仓库").format(file=flow(str(order.list))))
    if not named:
        here = root_of(Path.cwd())
        if not is_repository(here):
            raise typer.BadParameter(_("当前目录不在案件仓库里，请写明案件仓库的目录"))
        return [here]
    found: dict[Path, str] = {}
    for path in named:
        found.setdefault(path.absolute().resolve(), path.as_posix())
    if len(found) == 1 and not is_repository(next(iter(found))):
        raise typer.BadParameter(_("{path} 不是案件仓库").format(path=flow(next(iter(found.values())))))
    return list(found)


def _listed(file: Path) -> Iterator[Path]:
    """A directory a line, relative to the list; empty lines and those that begin with # are passed over."""
    from enforcecli.text.write import found

    data = found(file, LONGEST_LIST)
    if data is None:
        raise typer.BadParameter(_("{file} 不存在、不是普通文件，或者太大").format(file=flow(str(file))))
    for line in data.decode("utf-8-sig", "surrogateescape").replace("\0", "").splitlines():
        word = line.strip()
        if word and not word.startswith("#"):
            yield file.parent / word


def _collected(roots: dict[str, Path], wanted: Wanted, dask: str | None) -> list[tuple[Year, ...]]:
    with Progress() as progress:
        if dask is not None:
            from enforcecli.review.cluster import NoCluster, collect_on

            try:
                return collect_on(dask, roots, wanted, progress)
            except NoCluster as error:
                raise typer.BadParameter(_("Dask 集群不能用：{reason}。需要 pip install 'enforcecli[dask]'，并且地址连得上").format(
                    reason=flow(str(error)))) from error
        found = []
        for done, (place, root) in enumerate(sorted(roots.items()), 1):
            found.append(collect(root, wanted, place))
            progress(done, len(roots))
        return found


def _known_unit(unit: str | None, years: Sequence[Year]) -> None:
    """A unit that stands in no case, roster or figure is a slip, not a unit without cases."""
    known = {word for year in years for word in year.units}
    if unit is not None and unit not in known:
        raise typer.BadParameter(_("没有“{unit}”这个站所").format(unit=flow(unit)) + did_you_mean(unit, sorted(known)))


def _print(pieces: Iterable[str], form: str, order: Order) -> None:
    if order.out is not None:
        _save("".join(pieces).encode("utf-8", "backslashreplace"), order)
        return
    if form not in ("table",):
        streams.utf8()
    streams.write(pieces)


def _save(data: bytes, order: Order) -> None:
    from enforcecli.cli.outputs import save

    assert order.out is not None
    save(order.out, data)


def _pieces(report: Report, form: str, order: Order) -> Iterator[str]:
    if form in ("table", "md"):
        module = import_module("enforcecli.review.as_text" if form == "table" else "enforcecli.review.as_md")
        yield from (f"{line}\n" for line in module.lines(report, cases=order.cases))
    elif form == "html":
        from enforcecli.review.as_html import page

        yield page(report)
    else:
        from enforcecli.review import as_json

        yield from (as_json.csv_lines(report) if form == "csv" else [as_json.json_text(report)])


def _code(years: Sequence[Year]) -> int:
    """What could not be read, or has errors, makes the numbers less than whole."""
    codes = {OK}
    for year in years:
        said = {what for what, *_rest in year.notes}
        if year.amount("left", UNREAD) or UNREAD in said or any(place.trouble for place in year.places.values()):
            codes.add(UNREADABLE)
        if year.amount("errors") or year.amount("left", BROKEN) or said & {ERRORS, OTHER_YEAR, TIED_TO_FINES}:
            codes.add(PROBLEM)
    return combined(codes)
