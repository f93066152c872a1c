"""What `enforce fix` does with an order: each file read, mended, written in one step, and all of it told."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import typer
from msgspec import Struct

from enforcecli.authoring.fix import Mended, guessable, mend
from enforcecli.authoring.guesses import WRITING
from enforcecli.cli import streams
from enforcecli.cli.progress import Progress
from enforcecli.cli.workplace import opened, tell_without_cases
from enforcecli.desk.draft import problems_of
from enforcecli.desk.files import find_files
from enforcecli.language import _, counted
from enforcecli.model.problem import Level, Problem
from enforcecli.output import mended_text
from enforcecli.output.problem_text import of_file
from enforcecli.output.shown import Told
from enforcecli.output.style import Style, style_for
from enforcecli.output.tally import Tally
from enforcecli.output.width import COLUMNS, flow, printable, quote, wrap
from enforcecli.problems import level
from enforcecli.reading.places import ENDINGS
from enforcecli.reading.workspace import root_of, shown
from enforcecli.text.decode import UNREADABLE
from enforcecli.text.source import Source, read_bytes
from enforcecli.text.write import write


class Order(Struct, frozen=True):
    """The command line as given."""

    paths: Sequence[Path]
    diff: bool
    unsafe: bool


def run(order: Order) -> int:
    """Mends the files of the order. The exit code is what `validate` would say of them afterwards."""
    for path in order.paths:
        if not path.is_dir() and path.suffix.lower() not in ENDINGS:
            raise typer.BadParameter(_("{file} 不是 .yaml 文件，不能改").format(file=flow(str(path))))
    opened(order.paths[0])
    if order.diff and not sys.stdout.isatty():
        streams.utf8()  # a patch is a file, whatever the terminal
    tally, made, files = Tally(), 0, _files(order.paths)
    with Progress() as progress:
        for done, path in enumerate(files, start=1):
            mended = _one(path, order, tally, progress)
            made += bool(mended and mended.changes)
            progress(done, len(files))
    tell_without_cases(order.paths)
    _totals(order, tally, made)
    return tally.code()


def _files(paths: Sequence[Path]) -> list[Path]:
    """A file is itself, a book's file too; directories are what they are to all commands."""
    named = {path.absolute() for path in paths if not path.is_dir()}
    return sorted(named | set(find_files([path for path in paths if path.is_dir()])))


def _one(path: Path, order: Order, tally: Tally, progress: Progress) -> Mended | None:
    name = shown(path)
    source = read_bytes(path, root_of(path), name)
    if isinstance(source, Problem):
        progress.clear()
        _say(order, "".join(of_file(Told(name, (source,)), _style(order))).rstrip("\n"))
        tally.add(Told(name, (source,), unreadable=True))
        return None
    mended = mend(source.data, lambda data: problems_of(path, data), guessing=order.unsafe)
    progress.clear()
    kept = _kept(path, source, mended) if mended.changes and not order.diff else None
    if kept is not None:
        streams.say(kept)
        mended = Mended(source.data, source.data, (), problems_of(path, source.data))
        tally.add(Told(name, mended.left, unreadable=True))
        return mended
    _tell(name, mended, order)
    if not order.unsafe and guessable(mended, lambda data: problems_of(path, data)):
        _say(order, _("有的可以猜着改：{command}").format(
            command=f"enforce fix --unsafe --diff {quote(printable(name))}") + "\n")
    left = problems_of(path, source.data) if order.diff else mended.left
    tally.add(Told(name, left, unreadable=any(p.code in UNREADABLE for p in left)))
    return mended


def _kept(path: Path, source: Source, mended: Mended) -> str | None:
    """Writes the file; why it was left as it was. One file that cannot be written ends nothing: the others are done."""
    try:
        status = path.lstat()
        wrong = _obstacle(path, status, source)
        if wrong is None:
            write(path, mended.after, mode=stat.S_IMODE(status.st_mode))
    except OSError as error:
        return _("{file}：系统拒绝了读写，没有改（{reason}）").format(
            file=printable(shown(path)), reason=flow(error.strerror or str(error)))
    return wrong


def _obstacle(path: Path, status: os.stat_result, source: Source) -> str | None:
    """Why the file must not be written over. A new file takes the place of the old one, for which the permission
    of the directory would do; and other names of the old one would go on leading to it."""
    name = printable(shown(path))
    if stat.S_ISLNK(status.st_mode):
        return _("{file}：这是一个链接，没有改；请写明它指向的文件").format(file=name)
    if not status.st_mode & 0o222 or not os.access(path, os.W_OK):
        return _("{file}：文件是只读的，没有改；确实要改的，先取消只读").format(file=name)
    if status.st_nlink > 1:
        return _("{file}：这个文件还有别的名字（硬链接），没有改；改了会变成两份，请先复制成单独的文件").format(file=name)
    again = read_bytes(path, root_of(path), source.shown)
    if isinstance(again, Problem) or again.data != source.data:
        return _("{file}：读取以后文件又变了，没有改；请再运行一次").format(file=name)
    return None


def _style(order: Order) -> Style:
    return style_for(sys.stderr if order.diff else sys.stdout)


def _say(order: Order, text: str) -> None:
    """A report is data; beside a diff it is a message."""
    if order.diff:
        streams.say(text)
    else:
        streams.lines([text])


def _tell(name: str, mended: Mended, order: Order) -> None:
    before, after = mended.texts
    changes = [(change.problem, change.guessed) for change in mended.changes]
    if order.diff:
        streams.write(mended_text.diff(name, before, after, style_for(sys.stdout)))
        changes = [change for change in changes if before == after or change[1]]
    if changes:
        _say(order, "\n".join([*mended_text.report(name, before, after, changes, _style(order)), ""]))
    if mended.refused is not None:
        refused = Told(name, (mended.refused.at(name, None),))
        _say(order, "".join(of_file(refused, _style(order))).rstrip("\n") + "\n")
    _tell_left(name, after, mended.left, order)


def _tell_left(name: str, text: str, left: Sequence[Problem], order: Order) -> None:
    """What has to be mended by hand; of what is not a slip of writing only the number."""
    telling = [p for p in left if level(p) is not Level.INFO]
    slips = [p for p in telling if p.code[0] in WRITING]
    told = "".join(of_file(Told(name, slips, text), _style(order))).rstrip("\n")
    if told:
        _say(order, told + "\n")
    if len(telling) > len(slips):
        words = counted(_("另有 {count} 处问题不是打字的毛病，用 enforce validate 查看"), len(telling) - len(slips))
        _say(order, "\n".join(wrap(f"{printable(name)}  {words}", COLUMNS)) + "\n")


def _totals(order: Order, tally: Tally, made: int) -> None:
    def words() -> Iterator[str]:
        yield counted(_("共看了 {count} 个文件"), tally.files)
        yield counted(_("：要改的 {count} 个") if order.diff else _("：改了 {count} 个"), made)
        if tally.failed:
            yield counted(_("，还有错误的 {count} 个") if not order.diff else _("，现在有错误的 {count} 个"), tally.failed)

    _say(order, "".join(words()))
