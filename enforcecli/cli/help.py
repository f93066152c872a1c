"""Help as this tool writes it: usage, what it does, arguments, options, examples, exit codes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from enforcecli.language import N_, _
from enforcecli.output.width import COLUMNS, pad, width, wrap

EXIT_CODES = (
    ("0", N_("正常")),
    ("1", N_("有错误（加 --strict 时：或者警告）")),
    ("2", N_("命令写法不对")),
    ("3", N_("有文件打不开或者无法解码")),
    ("4", N_("不能认定")),
    ("5", N_("完整性被破坏")),
    ("70", N_("程序内部错误")),
    ("130", N_("被中断")),
)
_OWN = {
    "--help": N_("显示本帮助"),
    "--install-completion": N_("为当前的命令行安装自动补全"),
    "--show-completion": N_("显示自动补全的脚本"),
}
LABEL = 26


def help_text(command: Any, ctx: Any) -> str:
    """The whole help of a command or group, ending without a line break."""
    return "\n".join(_lines(command, ctx))


def _lines(command: Any, ctx: Any) -> Iterator[str]:
    params = [param for param in command.get_params(ctx) if not getattr(param, "hidden", False)]
    arguments = [param for param in params if param.param_type_name == "argument"]
    names = command.list_commands(ctx) if hasattr(command, "list_commands") else []
    words = [ctx.command_path, _("[选项]"), *([_("命令 …")] if names else []), *map(_argument, arguments)]
    yield _("用法：") + " ".join(words)
    yield ""
    for paragraph in _(command.help or "").split("\n"):
        yield from wrap(paragraph, COLUMNS)
    yield from _section(_("命令："), [(name, _(command.about(name))) for name in names])
    yield from _section(_("参数："), [(_metavar(param), _(param.help or "")) for param in arguments])
    options = [param for param in params if param.param_type_name == "option"]
    yield from _section(_("选项："), [(_option(param), _words(param)) for param in options])
    yield from ("", _("例："))
    yield from (f"  {line}" for line in (command.epilog or "").split("\n"))
    yield from _section(_("退出码："), [(code, _(text)) for code, text in EXIT_CODES], 5)
    yield from wrap("  " + _("同时出现几种时，依 70、5、3、1、4 的次序取一个。"), COLUMNS)


def _section(title: str, rows: list[tuple[str, str]], size: int = 0) -> Iterator[str]:
    if not rows:
        return
    yield from ("", title)
    size = size or min(LABEL, max(width(name) for name, _text in rows) + 2)
    for name, text in rows:
        lines = wrap(text, COLUMNS - 2 - size)
        if width(name) + 2 > size:
            yield f"  {name}"
        else:
            yield (f"  {pad(name, size)}" + lines.pop(0)).rstrip()
        yield from (" " * (2 + size) + line for line in lines)


def _metavar(param: Any) -> str:
    return _(param.metavar or str(param.name).upper())


def _argument(param: Any) -> str:
    word = _metavar(param) + ("..." if param.nargs == -1 else "")
    return word if param.required else f"[{word}]"


def _option(param: Any) -> str:
    """Short names first, in an order of their own: typer keeps those of --help in a set."""
    names = ", ".join(sorted([*param.opts, *param.secondary_opts], key=lambda name: (name.startswith("--"), name)))
    return names if getattr(param, "is_flag", False) else f"{names} {_metavar(param)}"


def _words(param: Any) -> str:
    own = next((_OWN[name] for name in param.opts if name in _OWN), None)
    text = _(own or param.help or "")
    default = param.default
    if isinstance(default, str) and default:
        text += _("（默认 {value}）").format(value=default)
    return text
