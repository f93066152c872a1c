"""What `enforce init` does: the files written where there are none, the git repository, the next steps."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from unicodedata import category

import typer
from msgspec import Struct
from msgspec.structs import replace

from enforcecli import language
from enforcecli.authoring.starter import CI, HOOK, HOOKS, PIPELINES, Ci, Start, files
from enforcecli.cli import streams
from enforcecli.cli.workplace import book_named
from enforcecli.history.git import create
from enforcecli.history.refused import Refused
from enforcecli.history.repository import Repository, looks_bare
from enforcecli.history.writing import identity
from enforcecli.language import _
from enforcecli.model.rulebook import Rulebook
from enforcecli.output.exits import OK, UNREADABLE
from enforcecli.output.shown import show
from enforcecli.output.width import flow, hang
from enforcecli.reading.files import OnDisk
from enforcecli.reading.kinds import FILE_KINDS, FileKind
from enforcecli.reading.schema import Schema, json_schema
from enforcecli.reading.workspace import Workspace, shown
from enforcecli.text.write import made, settle, write

LONGEST = 100
"""Characters of an organ's name."""
UNWRITABLE = frozenset({"Cc", "Cs", "Zl", "Zp"})
"""Kinds of characters no name has: controls, ends of lines, halves of characters."""


class Order(Struct, frozen=True):
    """What the command line asks for."""

    directory: Path
    ci: str | None
    organ: str | None
    measure: str | None


def run(order: Order) -> int:
    """OSError where the disk refuses."""
    if order.organ is not None and not order.organ.strip():
        raise typer.BadParameter(_("--organ 后面要写本机关全称"))
    if order.organ is not None and (len(order.organ) > LONGEST or any(category(c) in UNWRITABLE for c in order.organ)):
        raise typer.BadParameter(_("--organ 应当是一行文字，至多 {most} 个字，不能有控制字符").format(most=LONGEST))
    here = Path(os.path.realpath(order.directory))
    if any(looks_bare(path) for path in (here, *here.parents)):
        raise typer.BadParameter(_("“{directory}”在 git 自己的目录里面，案件仓库不能建在这里").format(directory=flow(str(order.directory))))
    directory = made(order.directory, None)
    workspace = Workspace.of(OnDisk(directory))  # as it is before; not kept
    if workspace.office is not None:
        language.office(workspace.office.language)
    book = _book(workspace, order.measure)
    placeholder = _("（填写本机关全称）")
    start = Start(order.organ.strip() if order.organ else placeholder, order.measure or book.id,
                  language.current() == "en", _platform(order.ci))
    schemas = _schemas(book, start.english)
    wrong = _in_the_way(directory, files(start, schemas))
    if wrong:
        streams.say(_("没有写任何文件：{paths} 不是目录，或者是通向别处的链接；移走以后再运行").format(
            paths=_("、").join(flow(path) for path in wrong)))
        return UNREADABLE
    top = _repository(directory)
    wanted = files(replace(start, top=top), schemas)
    written: list[str] = []
    try:
        kept = _write(directory, wanted, written)
    except OSError:
        told = _("没有写完：已写 {written}；还没有写 {missing}。排除故障以后再运行一次，会接着写完").format(
            written=_("、").join(written) or "—",
            missing=_("、").join(name for name in wanted if not os.path.lexists(directory / name)))
        streams.say("\n".join(hang("", told)))
        raise
    streams.lines(_report(directory, written, kept))
    streams.lines(_elsewhere(order, top))
    streams.lines([_("下一步"), *_numbered(_steps(order, top, kept))])
    return OK


def _book(workspace: Workspace, name: str | None) -> Rulebook:
    """The measure named, else the one of enforce.yaml, else the only one. Usage error where that leaves a choice."""
    measures = sorted({book.measure for book in workspace.library.books()})
    if name is None and workspace.book() is None and len(measures) != 1:
        raise typer.BadParameter(_("用 --measure 写明适用的办法，现有：{known}").format(known=_("、").join(measures)))
    return book_named(workspace, name)


def _repository(directory: Path) -> bool:
    """Whether the directory is the top of a git repository, which is made where there is none. Without
    git there is none; that is told, and the files are of use all the same."""
    try:
        found = Repository.find(directory)
        if found is None:
            create(directory)
            return True
        with found:
            return found.top == directory
    except Refused as refusal:
        if refusal.problem.code != "V-NOGIT":
            raise
        what = show(refusal.problem)
        streams.say(flow(f"{what.code} {what.message}") + "\n" + "\n".join(hang(_("改法："), what.remedy)))
        return True


def _platform(word: str | None) -> Ci | None:
    return next((name for name in CI if name == word), None)


def _schemas(book: Rulebook, english: bool) -> dict[FileKind, Schema]:
    return {kind: json_schema(kind, book, "en" if english else "zh") for kind in FILE_KINDS}


def _in_the_way(directory: Path, wanted: Iterable[str]) -> list[str]:
    """What stands where a directory is needed and is none, or leads out of the repository."""
    found = {parent for name in wanted for parent in Path(name).parents if os.path.lexists(directory / parent)}
    return sorted(str(parent) for parent in found if not (directory / parent).is_dir()
                  or not (directory / parent).resolve().is_relative_to(directory.resolve()))


def _write(directory: Path, wanted: dict[str, bytes], written: list[str]) -> list[str]:
    """Puts down in `written` what is written, one by one; returns what was already there and stays, whatever it is."""
    kept: list[str] = []
    for name, data in wanted.items():
        path = directory / name
        folder = made(path.parent, directory)
        if os.path.lexists(path) or (path.name == ".gitkeep" and any(folder.iterdir())):
            kept.append(name)
            continue
        write(folder / path.name, data, mode=0o755 if name == HOOK else None)
        settle(folder)
        written.append(name)
    return kept


def _report(directory: Path, written: list[str], kept: list[str]) -> list[str]:
    where = flow(shown(directory))
    lines = [_("案件仓库：{directory}").format(directory=where)]
    if written:
        lines += hang(_("写入："), "  ".join(map(_named, written)), "  ")
    if kept:
        lines += hang(_("已有，没有改动："), "  ".join(map(_named, kept)), "  ")
    return [*lines, ""]


def _named(path: str) -> str:
    return path.removesuffix(".gitkeep")


def _elsewhere(order: Order, top: bool) -> list[str]:
    """Hooks and pipelines that would not be found here."""
    if top:
        return []
    names = [HOOKS, *([PIPELINES[ci]] if (ci := _platform(order.ci)) is not None else [])]
    words = _("这个目录在另一个 git 仓库里面。{names} 只在 git 仓库的最上层起作用，没有写；需要时在那里另行设置。")
    return [*hang("", words.format(names=_("、").join(names))), ""]


def _steps(order: Order, top: bool, kept: list[str]) -> list[str]:
    """What to do with a repository that has just begun."""
    steps = []
    if order.organ is None and "enforce.yaml" not in kept:
        steps.append(_("打开 enforce.yaml，把“机关”改为本机关全称"))
    if "roster.yaml" not in kept:
        steps.append(_("在 roster.yaml 里登记人员；登记之前 enforce validate 有一条警告 P219，属于正常"))
    steps.append(_("用 enforce new 登记第一件案件，用 enforce validate 核查"))
    if not _identified(order.directory):
        steps.append(_("告诉 git 你是谁：git config user.name 姓名，再 git config user.email 邮箱；邮箱与名册里的一致"))
    steps.append(_("提交：git add -A，再 git commit -m \"建立案件仓库\""))
    if top:
        steps.append(_("让每次提交之前自动核查：先 pip install pre-commit，再 pre-commit install"))
    if top and order.ci is not None:
        steps.append(_("持续集成：把 enforce 的安装包（.whl 文件）放进 .enforce/wheels/ 并提交，"
                       "或者在平台上把变量 ENFORCE_PACKAGE 设为安装地址"))
    return steps


def _identified(directory: Path) -> bool:
    """Whether git knows who commits here; without git nobody asks."""
    try:
        found = Repository.find(directory)
        if found is not None:
            with found:
                identity(found)
    except Refused as refusal:
        return refusal.problem.code != "V-IDENT"
    return True


def _numbered(steps: list[str]) -> list[str]:
    return [line for n, step in enumerate(steps, start=1) for line in hang(f"{n}. ", step, "  ")]
