"""enforce rulebook new: the files a measure begins with, nothing overwritten, and the way to a first checked measure."""

from __future__ import annotations

import os
from pathlib import Path

import typer
from msgspec import Struct

from enforcecli import language
from enforcecli.authoring.book_starter import NewBook, book_files
from enforcecli.cli import streams
from enforcecli.language import _
from enforcecli.output.exits import OK
from enforcecli.output.width import flow, hang
from enforcecli.reading.files import OnDisk
from enforcecli.reading.library import FOLDER, Library
from enforcecli.reading.workspace import Workspace, root_of, shown
from enforcecli.text.write import create, folded, made, safe_stem, settle


class Order(Struct, frozen=True):
    """What the command line asks for. `directory`: where the book's own directory is made; without one
    in the rulebooks/ of the case repository."""

    id: str
    title: str | None
    issuer: str | None
    directory: Path | None


def run(order: Order) -> int:
    """OSError where the disk refuses."""
    root = root_of((order.directory or Path()).absolute())
    workspace = Workspace.of(OnDisk(root))  # as it is before; not kept
    if workspace.office is not None:
        language.office(workspace.office.language)
    name = _usable(order.id)
    home = order.directory or root / FOLDER
    within = home.absolute() == root / FOLDER
    path = shown((home / name).absolute())
    new = NewBook(name, name if within else path, _filled(order.title, "--title") or _("（填写办法的全称）"),
                  _filled(order.issuer, "--issuer") or _("（填写制定机关）"), language.current() == "en")
    files = book_files(new)
    _nothing_there(home / name, files)
    _not_taken(name, workspace.library)
    folder = made(home / name, root if within else None)
    for file, data in files.items():
        if not create(folder / file, data):
            raise typer.BadParameter(_("{file} 已经有了，没有改动").format(file=flow(f"{path}/{file}")))
    settle(folder)
    streams.lines([*hang(_("新的规则书："), flow(path)), *hang(_("写入："), "  ".join(files), "  "), "",
                   _("下一步"),
                   *(line for n, step in enumerate(_steps(new, path, within), 1) for line in hang(f"{n}. ", step, "  "))])
    return OK


def _usable(name: str) -> str:
    """The id, if it can be a directory on every system and no built-in book or measure has it."""
    if not name or safe_stem(name) != name:
        raise typer.BadParameter(_("编号“{name}”不能用作目录名：用字母、数字、汉字和“-”，例如 xx-2024").format(name=name))
    shipped = {folded(known) for known in Library().names()}
    if folded(name) in shipped:
        raise typer.BadParameter(_("“{name}”是程序内置的办法，换一个编号，例如 {other}").format(name=name, other=f"{name}-2"))
    return name


def _not_taken(name: str, library: Library) -> None:
    """A directory of this name without a book in it is the one to be filled."""
    others = {*library.ids()} - {name}
    if folded(name) in {folded(known) for known in (*others, *(book.measure for book in library.books()))}:
        raise typer.BadParameter(_("已经有编号或者办法叫“{name}”，换一个编号；同一办法的新版本，在 rulebook.yaml 里写 measure").format(
            name=name))


def _filled(value: str | None, option: str) -> str | None:
    if value is not None and not value.strip():
        raise typer.BadParameter(_("{option} 后面要写内容").format(option=option))
    return value.strip() if value is not None else None


def _nothing_there(folder: Path, files: dict[str, bytes]) -> None:
    there = [file for file in files if os.path.lexists(folder / file)]
    if there:
        raise typer.BadParameter(_("{directory} 里已经有 {files}，一个文件也没有写").format(
            directory=flow(shown(folder.absolute())), files=_("、").join(there)))


def _steps(new: NewBook, path: str, within: bool) -> list[str]:
    steps = [
        _("先运行一次：enforce rulebook check {book}。这是一部能够运行的小例子").format(book=new.path),
        _("把 {file} 换成办法的全文，编号照原样，存成 UTF-8 的纯文本").format(file=f"{path}/source.txt"),
        _("从上到下改 {file}，每改一段就 check 一次：引不到的条款、没有用到的原文、空白和冲突都会指出来").format(
            file=f"{path}/rulebook.yaml"),
        _("在 {file} 里给每一条写一个例子，运行 enforce rulebook test {book} --mutate，直到没有发现不了的改动").format(
            file=f"{path}/cases.yaml", book=new.path),
        _("用 enforce rulebook check {book} --table --format html 打印全部情形，由懂办法的人逐行核对签字").format(book=new.path),
    ]
    if within:
        steps.append(_("在 enforce.yaml 里写 适用办法：{id}，登记第一件案件").format(id=new.id))
    return steps
