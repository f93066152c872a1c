"""Ctrl-C at a question is never lost, whenever it is pressed."""

from __future__ import annotations

import os
import pty
import signal
import sys
import threading
from collections.abc import Iterator
from typing import TextIO

import pytest

from enforcecli.cli import keyboard


class Reading:
    """A terminal whose reading, once begun, hears no signal: the moment in which Ctrl-C used to be lost."""

    def __init__(self, terminal: TextIO) -> None:
        self._terminal = terminal
        self.begun = False

    def isatty(self) -> bool:
        return True

    def fileno(self) -> int:
        return self._terminal.fileno()

    def readline(self) -> str:
        self.begun = True
        return self._terminal.readline()


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[int, Reading]]:
    before = signal.signal(signal.SIGINT, signal.default_int_handler)  # a run in the background may have been told to ignore it
    master, slave = pty.openpty()
    with os.fdopen(slave, encoding="utf-8") as terminal:
        reading = Reading(terminal)
        monkeypatch.setattr(sys, "stdin", reading)
        yield master, reading
    os.close(master)
    signal.signal(signal.SIGINT, before)


def test_a_line_is_read(typed: tuple[int, Reading]) -> None:
    master, _ = typed
    os.write(master, "张某\n李某\n".encode())
    assert [keyboard.read_line(), keyboard.read_line()] == ["张某\n", "李某\n"]


def test_ctrl_c_is_heard_before_the_reading_begins(typed: tuple[int, Reading]) -> None:
    _, reading = typed
    pressed = threading.Timer(0.1, os.kill, (os.getpid(), signal.SIGINT))
    pressed.start()
    with pytest.raises(KeyboardInterrupt):
        keyboard.read_line()
    pressed.join()
    assert not reading.begun


def test_the_way_signals_were_heard_is_put_back(typed: tuple[int, Reading]) -> None:
    master, _ = typed
    os.write(master, b"\n")
    keyboard.read_line()
    assert signal.set_wakeup_fd(-1) == -1


def test_end_of_the_terminal(typed: tuple[int, Reading]) -> None:
    master, _ = typed
    os.write(master, b"\x04")
    assert keyboard.read_line() == ""


def test_no_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    assert keyboard.read_line() == ""
