"""enforce new: a new case by question and answer."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from enforcecli.cli.command import verb
from enforcecli.language import N_, _

if TYPE_CHECKING:
    from enforcecli.authoring.dialogue import World
    from enforcecli.reading.workspace import Workspace
    from enforcecli.text.document import Document


@verb(
    N_("登记一件新案件：按办法规定的次序逐项提问，只问还有意义的事实，随时显示按现有回答测算的结果，最后写成带说明的案件文件。"
       "案号取整个案件仓库里下一个没有用过的号。每答一题就存一次，中断以后用 --resume 继续。\n"
       "不用终端也可以：--from 读写好的答案（JSON 或者 YAML，键和案件文件相同），--set 逐项写答案；没有写的按没有回答处理。"),
    "enforce new\nenforce new --resume\nenforce new --from answers.json\n"
    "enforce new --set 案由=反映乱收费 --set 行为.日期=2026-03-02 --no-ask",
)
def app(
    source: Annotated[str | None, typer.Option(
        "--from", metavar=N_("文件"), help=N_("从文件读答案，不再提问；- 为标准输入"))] = None,
    options: Annotated[list[str] | None, typer.Option(
        "--set", metavar=N_("键=值"), help=N_("写明一项答案，可以写几次；第几项从 1 起数：过错事实.1.情形=3-9a"))] = None,
    no_ask: Annotated[bool, typer.Option("--no-ask", help=N_("不提问：没有写明的按没有回答处理"))] = False,
    resume: Annotated[bool, typer.Option("--resume", help=N_("接着写没有写完的一份（有几份的，接着写最近的）"))] = False,
    draft: Annotated[int | None, typer.Option(
        "--draft", metavar=N_("编号"), help=N_("接着写这个编号的一份"))] = None,
    prefix: Annotated[str | None, typer.Option(
        "--prefix", metavar=N_("字头"), help=N_("案号的字头，例如 SJ；不写时用现有案件的"))] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help=N_("只显示写成的文件，不写盘"))] = False,
) -> int:
    from enforcecli.authoring.prefilled import answers_from
    from enforcecli.cli.dialogue import Session
    from enforcecli.cli.workplace import opened
    from enforcecli.output.exits import PROBLEM
    from enforcecli.reading.workspace import CASES, is_root

    workspace = opened()
    if not is_root(workspace.root) and not (workspace.root / CASES).is_dir():
        raise typer.BadParameter(_("这里不是案件仓库：没有 enforce.yaml、roster.yaml 或者 cases/ 目录；先运行 enforce init"))
    world = _world(workspace, _letters(prefix))
    session = Session(workspace, world)
    if resume or draft is not None:
        code = session.take_up(draft)
        if code is not None:
            return code
    file, code = _read(source)
    if code is not None:
        return code
    session.prefill(answers_from(world, file, _pairs(options or ())))
    if source is not None or no_ask:
        missing = session.pass_over()
        if missing is not None:
            if session.tell_misread(absent=False):  # a key misspelt may be the very one that is missing
                return PROBLEM
            raise typer.BadParameter(_("缺少必须回答的“{key}”：用 --set {key}=… 写明，或者写进 --from 的文件").format(
                key=missing.key))
        return session.finish(dry_run=dry_run, asked=False)
    return session.converse(dry_run=dry_run)


def _letters(prefix: str | None) -> str | None:
    if prefix is not None and not (prefix.isascii() and prefix.isalpha() and prefix.isupper() and len(prefix) <= 8):
        raise typer.BadParameter(_("--prefix 应当是一至八个大写字母，不能是“{value}”").format(value=prefix))
    return prefix


def _pairs(options: Sequence[str]) -> list[tuple[str, str]]:
    from enforcecli.authoring.questions import MOST_ENTRIES, within_bounds

    found = []
    for option in options:
        key, mark, value = option.partition("=")
        if not mark or not key.strip(". "):
            raise typer.BadParameter(_("--set 应当写成 键=值，不能是“{value}”").format(value=option))
        if not within_bounds(key.strip()):
            raise typer.BadParameter(_("--set 的键“{key}”层次太深，或者序号超过 {most}").format(
                key=key if len(key) <= 40 else key[:40] + "…", most=MOST_ENTRIES))
        found.append((key.strip(), value.strip()))
    return found


def _read(source: str | None) -> tuple[Document | None, int | None]:
    """The file of answers, or the exit code."""
    from enforcecli.cli import streams
    from enforcecli.cli.dialogue import tell
    from enforcecli.desk.examine import Examined
    from enforcecli.model.problem import Level, Problem
    from enforcecli.output.exits import PROBLEM, UNREADABLE
    from enforcecli.problems import level
    from enforcecli.text.document import parse
    from enforcecli.text.source import Source, read_bytes

    if source is None:
        return None, None
    if source == "-" and sys.stdin is None:
        streams.say(_("标准输入没有打开，读不到答案"))
        return None, UNREADABLE
    found = Source(sys.stdin.buffer.read(), "<stdin>") if source == "-" else read_bytes(Path(source), None, source)
    if isinstance(found, Problem):
        tell(Examined(source, "", (found,)))
        return None, UNREADABLE
    document = parse(found.data, found.shown)
    errors = [p for p in document.problems if level(p) is Level.ERROR]
    if errors or document.root is None:
        tell(Examined(found.shown, document.text, document.problems))
        return None, PROBLEM
    return document, None


def _world(workspace: Workspace, prefix: str | None) -> World:
    from datetime import date

    from enforcecli.authoring.dialogue import World
    from enforcecli.authoring.numbers import next_number
    from enforcecli.desk.files import find_files
    from enforcecli.language import current
    from enforcecli.model.rulebook import Rulebook
    from enforcecli.reading.library import NoVersion

    library = workspace.library

    def book_on(name: str, day: date) -> Rulebook | str:
        if name not in library.names():
            return _("没有“{name}”这部办法").format(name=name)
        found = library.choose(name, day)
        return found.question if isinstance(found, NoVersion) else found

    def number(year: int | None) -> str:
        return next_number((p.stem for p in find_files([workspace.root])), year, prefix)

    measures = tuple(sorted({book.measure for book in library.books()}))
    return World(workspace.office, workspace.roster, measures, book_on, number, current() == "en")
