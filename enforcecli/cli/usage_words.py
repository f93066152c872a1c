"""What is wrong with a command line, in own words: what Click says is English."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from enforcecli.language import N_, _

_RANGE = re.compile(r"(?P<value>.*) is not in the range (?:(?P<least>[-0-9.]+)<=?)?x(?:<=?(?P<most>[-0-9.]+))?(?:>=?(?P<over>[-0-9.]+))?\.", re.DOTALL)
_CONVERTED = (
    (re.compile(r"(?P<value>.*) is not a valid (?:int|integer)(?: range)?\.", re.DOTALL), N_("要写整数，不能是“{value}”")),
    (re.compile(r"(?P<value>.*) is not a valid float(?: range)?\.", re.DOTALL), N_("要写数字，不能是“{value}”")),
    (re.compile(r"(?P<value>.*) is not a valid boolean\..*", re.DOTALL), N_("要写 true 或者 false，不能是“{value}”")),
    (re.compile(r"(?P<value>.*) is not one of (?P<names>.*)\.", re.DOTALL), N_("应当是 {names} 之一，不能是“{value}”")),
    (re.compile(r"(?:File|Directory|Path) (?P<value>.*) does not exist\.", re.DOTALL), N_("找不到 {value}，请核对路径和文件名")),
    (re.compile(r"(?:File|Directory|Path) (?P<value>.*) is a file\.", re.DOTALL), N_("{value} 是文件，不是目录")),
    (re.compile(r"(?:File|Directory|Path) (?P<value>.*) is a directory\.", re.DOTALL), N_("{value} 是目录，不是文件")),
    (re.compile(r"(?:File|Directory|Path) (?P<value>.*) is not (?:readable|writable)\.", re.DOTALL), N_("没有读写 {value} 的权限")),
)
"""What the types of parameters say of a value."""


def usage_words(error: Any) -> str:
    """One sentence for an error of Click's, or of a command's own."""
    kind, param = type(error).__name__, getattr(error, "param", None)
    name = _name(param) if param is not None else getattr(error, "option_name", "")
    of_kind: dict[str, Callable[[Any, str], str]] = {
        "MissingParameter": _missing, "NoSuchOption": _no_option, "BadOptionUsage": _no_value, "BadParameter": _bad}
    if kind in of_kind:
        return of_kind[kind](error, name)
    if error.message == "Missing command.":
        return _("没有写要执行的命令")
    if "extra argument" in error.message:
        return _("多写了参数：{words}").format(words=error.message.partition("(")[2].removeprefix("s) (").rstrip(")"))
    return str(error.message)


def _missing(error: Any, name: str) -> str:
    return _("没有写“{name}”，例如 {example}").format(name=name, example=_example(error.ctx))


def _no_option(error: Any, name: str) -> str:
    near = sorted(error.possibilities or ())
    words = _("没有 {name} 这个选项").format(name=name)
    return words + (_("，是否想写 {names}？").format(names=_("、").join(near)) if near else "")


def _no_value(error: Any, name: str) -> str:
    if "not take" in error.message:
        return _("{name} 后面不写值").format(name=name)
    return _("{name} 后面缺少值").format(name=name)


def _bad(error: Any, name: str) -> str:
    words = value_words(str(error.message))
    return f"{name} {words}" if name else words


def value_words(message: str) -> str:
    """What is wrong with a value; a command's own words as they are."""
    out_of_range = _RANGE.fullmatch(message)
    if out_of_range is not None:
        return _range(_bare(out_of_range["value"]), out_of_range["least"] or out_of_range["over"], out_of_range["most"])
    for pattern, words in _CONVERTED:
        found = pattern.fullmatch(message)
        if found is not None:
            said = {key: _bare(value) for key, value in found.groupdict().items()}
            if "names" in said:
                said["names"] = _("、").join(_bare(one) for one in found["names"].split(", "))
            return _(words).format(**said)
    return message


def _range(value: str, least: str | None, most: str | None) -> str:
    if least is not None and most is not None:
        return _("应当在 {least} 到 {most} 之间，不能是“{value}”").format(least=least, most=most, value=value)
    if least is not None:
        return _("不能小于 {least}，不能是“{value}”").format(least=least, value=value)
    return _("不能大于 {most}，不能是“{value}”").format(most=most, value=value)


def _bare(quoted: str) -> str:
    """'abc' → abc."""
    return quoted[1:-1] if len(quoted) > 1 and quoted[0] == quoted[-1] and quoted[0] in "'\"" else quoted


def _example(ctx: Any) -> str:
    """The first word behind the command in its first example."""
    line: str = ctx.command.epilog.split("\n")[0]
    return line.removeprefix(ctx.command_path).split()[0]


def _name(param: Any) -> str:
    return str(param.opts[0]) if param.param_type_name == "option" else _(param.metavar or param.name)
