"""What all commands share: the lazy group, help in the chosen language, `--lang`, choices.

Only public names of typer are used: from 0.28 on it carries its own click.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from typing import Any, ClassVar

import typer
from typer.core import TyperCommand, TyperGroup, TyperOption
from typer.main import get_command

from enforcecli.cli import streams
from enforcecli.language import N_, _
from enforcecli.output.exits import USAGE

UsageError: type[Exception] = typer.BadParameter.__mro__[1]


def _lang() -> TyperOption:
    return TyperOption(param_decls=["--lang"], metavar="zh|en", expose_value=False,
                       help=N_("消息和帮助的语言；办法的用语不翻译"))


class Command(TyperCommand):
    """A command that writes its own help (enforcecli.cli.help)."""

    def get_params(self, ctx: Any) -> list[Any]:
        *own, last = super().get_params(ctx)
        return [*own, _lang(), last]

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        try:
            return super().parse_args(ctx, args)
        except UsageError as error:  # not every one knows its command
            vars(error)["ctx"] = getattr(error, "ctx", None) or ctx
            raise

    def format_help(self, ctx: Any, formatter: Any) -> None:
        from enforcecli.cli.help import help_text

        formatter.write(help_text(self, ctx))


class Group(TyperGroup):
    """A group whose commands are imported when they are asked for."""

    table: ClassVar[Mapping[str, tuple[str, str]]] = {}

    def list_commands(self, ctx: Any) -> list[str]:
        return [*self.table, *super().list_commands(ctx)]

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        if cmd_name not in self.table:
            return super().get_command(ctx, cmd_name)
        command = get_command(import_module(self.table[cmd_name][0]).app)
        command.name = cmd_name
        return command

    def about(self, name: str) -> str:
        """One line about a command, without importing it."""
        return self.table[name][1] if name in self.table else str(self.commands[name].help)

    def get_params(self, ctx: Any) -> list[Any]:
        *own, last = super().get_params(ctx)
        return [*own, _lang(), last]

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        if not args and not ctx.resilient_parsing:
            streams.say(ctx.get_help())
            raise typer.Exit(USAGE)
        return super().parse_args(ctx, args)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        name = args[0]
        if name not in self.list_commands(ctx) and not ctx.resilient_parsing:
            raise typer.BadParameter(_("没有 {name} 这个命令").format(name=name)
                                     + did_you_mean(name, self.list_commands(ctx)), ctx)
        return super().resolve_command(ctx, args)

    def format_help(self, ctx: Any, formatter: Any) -> None:
        from enforcecli.cli.help import help_text

        formatter.write(help_text(self, ctx))


def verb(help: str, example: str) -> Callable[[Callable[..., int]], typer.Typer]:
    """Makes a function the one command of its module. The function returns the exit code."""

    def build(function: Callable[..., int]) -> typer.Typer:
        app = typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)
        app.command(cls=Command, help=help, epilog=example)(function)
        return app

    return build


def group(help: str, example: str) -> typer.Typer:
    """A group within one module; its commands are added with `subverb`."""
    app = typer.Typer(cls=Group, add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)

    @app.callback(help=help, epilog=example)
    def nothing() -> None:
        """Options stand at the commands."""

    return app


def subverb(app: typer.Typer, name: str, help: str,
            example: str) -> Callable[[Callable[..., int]], Callable[..., int]]:
    return app.command(name, cls=Command, help=help, epilog=example)


def one_of(names: Sequence[str]) -> Callable[[str], str]:
    """A callback for an option that takes one of `names`."""

    def check(value: str) -> str:
        if value not in names:
            raise typer.BadParameter(_("应当是 {names} 之一，不能是“{value}”").format(
                names=_("、").join(names), value=value) + did_you_mean(value, names))
        return value

    return check


def did_you_mean(word: str, names: Sequence[str]) -> str:
    """，是否想写 … — or nothing."""
    from difflib import get_close_matches

    near = get_close_matches(word, names, 3, 0.6)
    return _("，是否想写 {names}？").format(names=_("、").join(near)) if near else ""
