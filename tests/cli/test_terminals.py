"""Every command in both languages, into a pipe of GBK: the first example of its help is run, whatever it
answers. What it says has every character, and no line at a terminal is wider than eighty columns."""

from __future__ import annotations

import io
import re
import shlex
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path, PureWindowsPath

import pytest
from typer.main import get_command

from enforcecli.cli.app import app
from enforcecli.cli.errors import run
from enforcecli.output.width import width
from enforcecli.reading.files import below
from enforcecli.reading.workspace import _open, _root_above
from tests.cli.conftest import CASES
from tests.cli.test_streams import on_a_terminal

CODE = re.compile(r"\\(?:x[0-9a-f]{2}|u[0-9a-f]{4}|U[0-9a-f]{8})")


def examples() -> Iterator[tuple[str, ...]]:
    """The first example of every command, without what the shell does."""
    def walk(command: object) -> Iterator[tuple[str, ...]]:
        if hasattr(command, "list_commands"):
            for name in command.list_commands(None):
                yield from walk(command.get_command(None, name))
        else:
            line = (command.epilog or "").split("\n")[0]
            yield tuple(shlex.split(re.split(r" [|<>]", line)[0]))[1:]

    yield from walk(get_command(app))


EXAMPLES = sorted(set(examples()))


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = tmp_path / "案件仓库"
    shutil.copytree(CASES, root)
    monkeypatch.chdir(root)
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"")))
    _open.cache_clear()
    _root_above.cache_clear()
    return root


def in_gbk(args: tuple[str, ...], monkeypatch: pytest.MonkeyPatch) -> tuple[int, str]:
    streams = [io.TextIOWrapper(io.BytesIO(), "gbk", newline="\n") for _ in range(2)]
    with monkeypatch.context() as patch:
        patch.setattr(sys, "stdout", streams[0])
        patch.setattr(sys, "stderr", streams[1])
        code = run(get_command(app), args)
    told = []
    for stream in streams:
        stream.flush()
        data = stream.buffer.getvalue()
        told.append(data.decode(stream.encoding))
    return code, "".join(told)


def test_every_command_has_an_example() -> None:
    assert len(EXAMPLES) > 25
    assert all(EXAMPLES)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("args", EXAMPLES, ids=" ".join)
def test_the_example_of_every_command_in_gbk(args: tuple[str, ...], language: str, office: Path,
                                             monkeypatch: pytest.MonkeyPatch) -> None:
    code, told = in_gbk((*args, "--lang", language), monkeypatch)
    assert code in {0, 1, 2, 3, 4, 5, 130}, told  # 130: a dialogue nobody answers
    assert told or code == 0
    assert CODE.search(told) is None
    assert "\x1b" not in told


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("args", [("validate", "slips"), ("assess",), ("fix", "--diff", "slips"), ("catalogue", "rules"), ("explain",),
                                  ("rulebook", "show", "shangjiang-2023"), ("template", "list"),
                                  ("render", "--person", "nobody-" * 9), ("catalogue", "faults", "--rulebook", "nothing-" * 8), ("roster", "show")], ids=" ".join)
def test_no_line_is_wider_than_a_terminal(args: tuple[str, ...], language: str) -> None:
    told = on_a_terminal(*args, "--lang", language)
    lines = [line.rstrip("\r").rpartition("\r")[2] for line in re.sub("\x1b\\[[0-9;]*m", "", told).split("\n")]
    assert [line for line in lines if width(line) > 80 and not line.startswith(("+", "-", " ", "@"))] == []


def test_paths_of_windows_are_shown_with_slashes() -> None:
    root = PureWindowsPath(r"D:\案卷\库")
    assert below(root, root / "cases" / "a.yaml") == "cases/a.yaml"
    assert below(root, PureWindowsPath(r"E:\x\a.yaml")) == "E:/x/a.yaml"
