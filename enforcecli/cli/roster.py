"""enforce roster: what the roster leaves open, the chain of responsibility, the statements to be signed."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from enforcecli.cli import streams
from enforcecli.cli.command import group, one_of, subverb
from enforcecli.cli.render import formats
from enforcecli.language import N_, _

if TYPE_CHECKING:
    from enforcecli.desk.examine import Examined
    from enforcecli.reading.workspace import Workspace

PROBLEM_FORMATS = ("text", "json", "jsonl", "sarif", "github", "gitlab", "junit")

app = group(
    N_("人员名册（roster.yaml）：核查责任有没有落实到岗到人，显示责任链，制作岗位责任书。"),
    "enforce roster check --on 2026-06-30\nenforce roster show\nenforce roster statement 张某 --on 2026-06-30",
)


def day(value: str | None) -> str | None:
    """A callback for an option that takes a date in any of the ways a file may write one."""
    from enforcecli.text.fields import Slip, date

    if value is not None and isinstance(date(value), Slip):
        raise typer.BadParameter(_("“{value}”不是日期，应当写成 2026-06-30 这样").format(value=value))
    return value


On = Annotated[str | None, typer.Option(
    "--on", metavar=N_("日期"), callback=day, help=N_("看哪一天的任职；不写时为名册现状（没有写止日的任职）"))]


@subverb(app, "check", N_("核查名册：站所、岗位、人员有没有目标、负责人、分管领导，执法证是否有效。不写日期时看任何时候"),
         "enforce roster check\nenforce roster check --on 2026-06-30 --strict")
def check(
    on: On = None,
    format: Annotated[str, typer.Option(
        "--format", metavar=N_("格式"), callback=one_of(PROBLEM_FORMATS),
        help=N_("text、json、jsonl、sarif、github、gitlab 或 junit"))] = "text",
    strict: Annotated[bool, typer.Option("--strict", help=N_("警告也算不通过"))] = False,
) -> int:
    from enforcecli.cli.workplace import opened
    from enforcecli.output.problems import MACHINE, report
    from enforcecli.output.style import style_for
    from enforcecli.output.tally import Tally

    examined = _examined(opened(), _date(on))
    if format in MACHINE:
        streams.utf8()
    tally = Tally(strict)
    tally.add(examined)
    streams.write(report([examined], format, style=style_for(sys.stdout), strict=strict))
    return tally.code()


@subverb(app, "show", N_("显示责任链：第一责任人、分管领导、站所和负责人、岗位、人员，以及每个人对谁负责"),
         "enforce roster show\nenforce roster show --on 2025-08-01 --format md")
def show(
    on: On = None,
    format: Annotated[str, typer.Option(
        "--format", metavar=N_("格式"), callback=one_of(("text", "json", "md")),
        help=N_("text、json 或 md"))] = "text",
) -> int:
    from enforcecli.cli.workplace import opened
    from enforcecli.desk.roster import overview
    from enforcecli.output import roster_report

    workspace, when = opened(), _date(on)
    examined = _examined(workspace, when)
    code = _unusable(workspace, examined)
    if workspace.roster is None:
        return code
    view = overview(workspace, when)
    if format == "json":
        from enforcecli.output.jsonio import dumps

        streams.utf8()
        streams.lines([dumps(roster_report.data(view))])
    elif format == "md":
        streams.utf8()
        streams.lines(roster_report.markdown(view))
    else:
        streams.lines(roster_report.text(view))
    if when is None:
        _tell_left_out(workspace)
    return code


@subverb(app, "statement", N_("制作岗位责任书：每人一份，写明岗位、目标、职责及其条款、对谁负责，供本人和上级签字"),
         "enforce roster statement --on 2026-06-30\nenforce roster statement 张某 刘某 --on 2026-06-30 --format md,docx,pdf")
def statement(
    persons: Annotated[list[str] | None, typer.Argument(
        metavar=N_("人员"), help=N_("名册里的编号、姓名或者职务，可以写几个；不写时为当天在职的每个人"))] = None,
    on: Annotated[str | None, typer.Option(
        "--on", metavar=N_("日期"), callback=day, help=N_("按哪一天的任职制作；名册里有人写了止日的，必须写"))] = None,
    out: Annotated[Path | None, typer.Option(
        "--out", metavar=N_("目录"), help=N_("写到这个目录；不写时为案件仓库的 statements/"))] = None,
    format: Annotated[str, typer.Option(
        "--format", metavar=N_("格式"), callback=formats, help=N_("md、docx、pdf，几种用逗号隔开"))] = "md,docx",
) -> int:
    from enforcecli.cli.statements import run
    from enforcecli.cli.workplace import opened

    workspace, when = opened(), _date(on)
    code = _unusable(workspace, _examined(workspace, when))
    if workspace.roster is None:
        return code
    return run(workspace, when, persons or [], out, format.split(","), code)


def _date(text: str | None) -> date | None:
    from datetime import date

    from enforcecli.text.fields import date as parsed

    found = parsed(text) if text is not None else None
    return found if isinstance(found, date) else None


def _examined(workspace: Workspace, when: date | None) -> Examined:
    """The roster as of the day; a usage error where there is none."""
    from enforcecli.desk.roster import examine_roster
    from enforcecli.output.width import flow
    from enforcecli.reading.workspace import ROSTER_FILE, shown

    found = examine_roster(workspace, when)
    if found is None:
        raise typer.BadParameter(_("{directory} 里没有名册 {file}").format(
            directory=flow(shown(workspace.root)), file=ROSTER_FILE))
    return found


def _unusable(workspace: Workspace, examined: Examined) -> int:
    """The exit code for a roster with errors, which are told; what is shown of it may be wrong."""
    from enforcecli.model.problem import Level
    from enforcecli.output.exits import OK, PROBLEM, UNREADABLE
    from enforcecli.output.problem_text import of_file
    from enforcecli.output.style import style_for
    from enforcecli.output.tally import has_errors

    if not has_errors(examined) and not examined.unreadable:
        return OK
    streams.say("".join(of_file(examined, style_for(sys.stderr), Level.ERROR)).rstrip("\n"))
    return UNREADABLE if examined.unreadable else PROBLEM


def _tell_left_out(workspace: Workspace) -> None:
    from enforcecli.desk.roster import left_out
    from enforcecli.output.width import COLUMNS, flow, wrap

    names = left_out(workspace.roster) if workspace.roster is not None else ()
    if names:
        told = _("任期都写了止日、没有列入的：{people}。要看某一天的，写 --on 日期").format(people=flow(_("、").join(names)))
        for line in wrap(told, COLUMNS):
            streams.say(line)
