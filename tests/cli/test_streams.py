"""The command as a process: encodings, colours, pipes, full and closed outputs, languages."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from enforcecli.cli import errors, streams
from tests.cli.conftest import CASES, Ran, process

Enforce = Callable[..., Ran]
PLAIN = {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}


def test_gbk_pipe_gets_gbk() -> None:
    ran = process("catalogue", "rules", PYTHONIOENCODING="gbk")
    assert ran.returncode == 0
    assert "过错人：按责任大小" in ran.stdout.decode("gbk")


def test_ascii_locale_prints_codes_and_never_fails() -> None:
    ran = process("catalogue", "rules", **PLAIN)
    assert (ran.returncode, ran.stderr) == (0, b"")
    assert b"\\u8fc7\\u9519\\u4eba" in ran.stdout
    assert process("--help", **PLAIN).returncode == 0
    assert process("asess", **PLAIN).returncode == 2


def test_c_locale_reads_and_writes_utf8() -> None:
    assert "过错人" in process("catalogue", "rules", LC_ALL="C").stdout.decode()


@pytest.mark.parametrize("environ", [{"PYTHONIOENCODING": "gbk"}, PLAIN, {"PYTHONUTF8": "0", "LC_ALL": "C.UTF-8"}])
def test_json_is_utf8_whatever_the_terminal(environ: dict[str, str]) -> None:
    ran = process("catalogue", "show", "R1", "--format", "json", **environ)
    assert '"cite": "三（二）1"' in ran.stdout.decode("utf-8")
    assert b"\r\n" not in ran.stdout


@pytest.mark.parametrize(("environ", "start"), [
    ({}, "用法"), ({"LANG": "zh_CN.UTF-8"}, "用法"), ({"LANG": "en_US.UTF-8"}, "Usage"), ({"LC_ALL": "C.UTF-8"}, "用法"),
    ({"ENFORCE_LANG": "en"}, "Usage"), ({"ENFORCE_LANG": "zh", "LANG": "en_GB.UTF-8"}, "用法"),
    ({"ENFORCE_LANG": "xx"}, "用法"), ({"LANG": "en_US.UTF-8", "LC_ALL": "zh_CN.UTF-8"}, "用法")])
def test_language_from_the_environment(tmp_path: Path, environ: dict[str, str], start: str) -> None:
    """Where no office has a say."""
    ran = process("--help", cwd=tmp_path, PYTHONIOENCODING="utf-8", **environ)
    assert ran.stdout.decode().startswith(start)


def test_lang_beats_the_environment() -> None:
    assert process("--help", "--lang", "zh", ENFORCE_LANG="en", PYTHONIOENCODING="utf-8").stdout.decode().startswith("用法")


def test_a_closed_pipe_ends_quietly_with_141() -> None:
    ran = process(shell="(sleep 0.5; $ENFORCE schema case; echo $? >&2) | true")
    assert (ran.stdout, ran.stderr) == (b"", b"141\n")


def test_help_into_a_closed_pipe_is_quiet() -> None:
    ran = process(shell="$ENFORCE --help | true; exit ${PIPESTATUS[0]}")
    assert ran.returncode in {0, 141}
    assert ran.stderr == b""


def test_a_full_disk_is_one_line_and_code_3() -> None:
    ran = process(shell="$ENFORCE schema case >/dev/full")
    assert ran.returncode == 3
    assert ran.stderr.decode().startswith("系统拒绝了读写：")
    assert ran.stderr.count(b"\n") == 1


@pytest.mark.parametrize("redirect", [">&-", "2>&-", ">&- 2>&-", "<&-"])
def test_closed_streams_do_not_matter(redirect: str) -> None:
    ran = process(shell=f"$ENFORCE catalogue rules {redirect}")
    assert ran.returncode == 0
    assert ran.stderr == b""


def test_usage_error_with_stderr_closed_keeps_its_code() -> None:
    assert process(shell="$ENFORCE asess 2>&-").returncode == 2
    assert process(shell="$ENFORCE asess 2>/dev/full").returncode == 2


def on_a_terminal(*args: str, **environ: str) -> str:
    """What the command writes to a terminal."""
    master, slave = pty.openpty()
    env = {name: value for name, value in os.environ.items() if name not in {"NO_COLOR", "TERM"}}
    env |= {"PYTHONPATH": str(CASES.parent), "PYTHONIOENCODING": "utf-8", "TERM": "xterm", **environ}
    ran = subprocess.Popen([sys.executable, "-m", "enforcecli", *args], cwd=CASES, env=env, stdout=slave, stderr=slave)
    os.close(slave)
    told = b""
    while True:
        try:
            piece = os.read(master, 4096)
        except OSError:
            break
        if not piece:
            break
        told += piece
    ran.wait(60)
    os.close(master)
    return told.decode()


def test_colour_on_a_terminal_and_not_where_it_is_unwanted() -> None:
    assert "\x1b[1m" in on_a_terminal("catalogue", "show", "R1")
    for environ in ({"NO_COLOR": "1"}, {"TERM": "dumb"}):
        assert "\x1b" not in on_a_terminal("catalogue", "show", "R1", **environ)
    assert b"\x1b" not in process("catalogue", "show", "R1").stdout


def test_a_bug_is_one_line_with_code_70(enforce: Enforce, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(pieces: object) -> None:
        raise ZeroDivisionError("\x1b[31mred")

    monkeypatch.setattr(streams, "lines", broken)
    ran = enforce("explain", "L301")
    assert ran.code == 70
    assert ran.err.startswith("程序内部错误（ZeroDivisionError：\\x1b[31mred）")
    assert "Traceback" not in ran.err
    monkeypatch.setenv("ENFORCE_DEBUG", "1")
    assert "Traceback" in enforce("explain", "L301").err


def test_interrupt_is_130(enforce: Enforce, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(pieces: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(streams, "lines", interrupted)
    ran = enforce("explain", "L301")
    assert (ran.code, ran.err) == (130, "已中断。\n")


def test_the_exit_code_of_a_closed_pipe_is_the_shells() -> None:
    assert errors.PIPE_CLOSED == 128 + 13
