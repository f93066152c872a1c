"""Errors of the command line and of the system, in own words only."""

from __future__ import annotations

import errno
import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.main import get_command

from enforcecli.cli.app import app
from enforcecli.cli.command import UsageError
from enforcecli.cli.system_words import system_words
from enforcecli.cli.usage_words import usage_words
from tests.cli.conftest import Ran

Enforce = Callable[..., Ran]
ENGLISH = re.compile("[A-Za-z]{2,} [A-Za-z]{2,}")


def commands(command: Any, ctx: Any) -> Iterator[tuple[Any, Any]]:
    """Every command of the program with its context."""
    yield command, ctx
    for name in command.list_commands(ctx) if hasattr(command, "list_commands") else ():
        inner = command.get_command(ctx, name)
        yield from commands(inner, type(ctx)(inner, info_name=name, parent=ctx))


def every_command() -> list[tuple[Any, Any]]:
    root: Any = get_command(app)
    return list(commands(root, root.make_context("enforce", ["validate"])))


def wrong_values(kind: Any, directory: Path) -> list[str]:
    """Values of which a type of parameters says something; [] for text, which is never wrong."""
    name = type(kind).__name__
    if "Range" in name:
        return ["abc", "", "1.5", "-99999999999", "99999999999"]
    if "Int" in name or "Float" in name:
        return ["abc", "", "x\ny"]
    return [str(directory), str(directory / "没有"), str(directory / "file")] if "Path" in name else []


def test_every_value_every_parameter_refuses(tmp_path: Path) -> None:
    """No type may come in whose words are not known: each is asked about what it refuses."""
    (tmp_path / "file").write_text("", encoding="utf-8")
    seen: set[str] = set()
    for command, ctx in every_command():
        for param in command.get_params(ctx):
            seen.add(type(param.type).__name__)
            assert param.nargs in (1, -1), (command.name, param.name)
            for value in wrong_values(param.type, tmp_path):
                try:
                    param.type.convert(value, param, ctx)
                except UsageError as error:
                    assert not ENGLISH.search(usage_words(error)), usage_words(error)
    assert not {name for name in seen if not re.search("^(String|Int|IntRange|Path|Typer|Bool|Unprocessed)", name)}, seen


@pytest.mark.parametrize("kind", [
    {"exists": True}, {"exists": True, "file_okay": False}, {"exists": True, "dir_okay": False}, {"exists": True, "writable": True}])
@pytest.mark.parametrize("name", ["", "没有", "file"])
def test_what_paths_may_refuse(kind: dict[str, Any], name: str, tmp_path: Path) -> None:
    from typer.models import TyperPath

    (tmp_path / "file").write_text("", encoding="utf-8")
    try:
        TyperPath(**kind).convert(str(tmp_path / name), None, None)
    except UsageError as error:
        assert not ENGLISH.search(usage_words(error))
        assert str(tmp_path / name) in usage_words(error)
    else:
        assert name != "没有"


@pytest.mark.parametrize("args", [
    ("render", "--year", "abc"), ("render", "--year", "1"), ("review", "--year", "99999"), ("render", "--year"), ("render", "--yaer", "1"),
    ("render", "-q"), ("validate", "--strict=1"), ("import",), ("import", "a", "b"), ("roster",), ("roster", "nothing"), ("nothing",),
    ("new", "--draft", "x"), ("seal",), ("rulebook", "diff"), ("validate", "--format", "x"),
])
def test_usage_errors_are_chinese(args: tuple[str, ...], enforce: Enforce) -> None:
    ran = enforce(*args)
    first = ran.err.split("\n")[0]
    assert ran.code == 2 and (first.startswith("用法错误：") or first.startswith("用法："))
    assert not ENGLISH.search(first.replace("enforce ", ""))


@pytest.mark.parametrize("number", sorted({n for n in errno.errorcode if n}))
def test_the_system_speaks_our_words(number: int) -> None:
    said = os.strerror(number)
    for error in (OSError(number, said, "cases/a.yaml"), OSError(number, said), OSError(number, said, ".enforce-x1y2z3.tmp")):
        words = system_words(error)
        assert not ENGLISH.search(words) and said not in words and ".tmp" not in words and "{" not in words


def test_a_missing_file_is_missing(enforce: Enforce) -> None:
    assert system_words(OSError(errno.ENOENT, "x", "nofile")) == "找不到 nofile，请核对路径和文件名"
    assert system_words(OSError(errno.ENOENT, "x", "没有/.enforce-a.tmp")) == "没有 没有 这个目录，请先建立"
    assert system_words(OSError(errno.ENOSPC, "x", "a/.enforce-a.tmp")) == "系统拒绝了读写：a: 磁盘已满"
    for command in (("render", "没有.yaml"), ("seal", "没有.yaml"), ("import", "没有.xlsx")):
        ran = enforce(*command)
        assert (ran.code, ran.err) == (3, f"找不到 {command[1]}，请核对路径和文件名\n")


def test_a_word_of_a_commands_own_stays() -> None:
    assert usage_words(typer.BadParameter("--year 后面写年份")) == "--year 后面写年份"


@pytest.mark.parametrize("verb", ["validate", "assess"])
def test_a_case_number_stands_for_its_file(verb: str, enforce: Enforce) -> None:
    by_file, by_number = enforce(verb, "cases/2026/SJ-2026-003.yaml"), enforce(verb, "SJ-2026-003")
    assert (by_number.code, by_number.out) == (by_file.code, by_file.out)
    strange = enforce(verb, "SJ-2026-999")
    assert strange.code == 2 and "没有案号是 SJ-2026-999 的案件" in strange.err
