"""How a run ends: usage errors, failures of the system and of the program, one line each.

An unexpected exception is a bug of the program: exit 70, the traceback only with ENFORCE_DEBUG=1.
A reader that has closed the pipe ends the run quietly with 141, as the shell does (128 + SIGPIPE):
an answer that was not read through must not look like “all is well”.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import typer

from enforcecli.cli import office_language, streams
from enforcecli.cli.command import UsageError
from enforcecli.language import _, choose, known, office, settled
from enforcecli.output.exits import INTERNAL, INTERRUPT, OK, UNREADABLE, USAGE
from enforcecli.output.width import COLUMNS, flow, hang, wrap

if TYPE_CHECKING:
    from enforcecli.history.refused import Refused

PIPE_CLOSED = 141


def run(command: Any, args: Sequence[str]) -> int:
    """Runs the command line and returns the exit code; nothing is raised."""
    streams.prepare()
    code = _run(command, list(args))
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        code = PIPE_CLOSED
    except OSError as error:
        code = _system(error)
    streams.settle(sys.stdout)
    streams.settle(sys.stderr)
    return code


def _run(command: Any, args: list[str]) -> int:
    try:
        wrong = _language(args)
        if wrong is not None:
            return _say_usage(_("--lang 应当是 zh 或者 en，不能是“{value}”").format(value=wrong), None)
        code = command.main(args, prog_name="enforce", standalone_mode=False)
        if code == INTERRUPT:
            streams.say(_("已中断。"))
        return code if isinstance(code, int) else OK
    except UsageError as error:
        return _usage(error)
    except (KeyboardInterrupt, typer.Abort):
        streams.say(_("已中断。"))
        return INTERRUPT
    except BrokenPipeError:
        return PIPE_CLOSED
    except SystemExit as end:
        if isinstance(end.__context__, BrokenPipeError):
            return PIPE_CLOSED
        return end.code if isinstance(end.code, int) else OK
    except OSError as error:
        if os.environ.get("ENFORCE_DEBUG"):
            raise
        return _system(error)
    except Exception as error:
        from enforcecli.history.refused import Refused

        return _refusal(error) if isinstance(error, Refused) else _bug(error)


def _language(args: Sequence[str]) -> str | None:
    """Chooses the language before anything is printed; the word after --lang if it is none."""
    word = None
    for i, arg in enumerate(args):
        if arg == "--":
            break
        if arg == "--lang" and i + 1 < len(args):
            word = args[i + 1]
        elif arg.startswith("--lang="):
            word = arg.partition("=")[2]
    choose(word)
    if not settled():
        office(office_language.here())
    return word if word is not None and known(word) is None else None


def _system(error: OSError) -> int:
    """The disk is full, a file may not be read …: one line."""
    from enforcecli.cli.system_words import system_words

    streams.say(system_words(error))
    return UNREADABLE


def _refusal(error: Refused) -> int:
    """What git refuses: one line, and what to do about it."""
    from enforcecli.output.shown import show

    shown = show(error.problem)
    streams.say(flow(f"{shown.code} {shown.message}") + "\n" + "\n".join(hang(_("改法："), shown.remedy)))
    return error.code


def _bug(error: Exception) -> int:
    if os.environ.get("ENFORCE_DEBUG"):
        import traceback

        streams.say(traceback.format_exc().rstrip())
    streams.say(_("程序内部错误（{kind}：{words}）。这是程序的缺陷，不是案件的问题；"
                  "设置 ENFORCE_DEBUG=1 再运行一次可以看到详情。").format(
                      kind=type(error).__name__, words=flow(str(error))))
    return INTERNAL


def _usage(error: Any) -> int:
    from enforcecli.cli.usage_words import usage_words

    return _say_usage(usage_words(error), error.ctx)


def _say_usage(words: str, ctx: Any) -> int:
    """One clear sentence (one line where nobody reads it at a terminal), then an example."""
    from enforcecli.output.style import style_for

    told = _("用法错误：{words}").format(words=flow(words))
    for line in wrap(told, COLUMNS) if style_for(sys.stderr).screen else [told]:
        streams.say(line)
    command = ctx.command if ctx is not None else None
    path = ctx.command_path if ctx is not None else "enforce"
    example = (getattr(command, "epilog", None) or "enforce validate cases/").split("\n")[0]
    streams.say(_("例：{example}").format(example=example))
    streams.say(_("详见：{command}").format(command=f"{path} --help"))
    return USAGE
