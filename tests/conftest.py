"""Tests that look at pages need LibreOffice and the fonts; elsewhere they are left out, and the end of
the run says so and why. With ENFORCE_LAYOUT=require (as continuous integration sets it) a machine
that lacks something fails at the start."""

from __future__ import annotations

import os
import subprocess
from functools import cache

import pytest

from enforcecli.documents.pdf import find_program

LAYOUT_TESTS = "test_layout.py"
FONTS = ("Noto Serif CJK SC", "Noto Sans CJK SC")


@cache
def lacking() -> str:
    """What the machine lacks to look at pages; '' if nothing."""
    if find_program() is None:
        return "LibreOffice (Debian: libreoffice-writer-nogui)"
    try:
        listed = subprocess.run(["fc-list", ":", "family"], capture_output=True, encoding="utf-8", check=False).stdout
    except OSError:
        return "fontconfig"
    missing = [font for font in FONTS if font not in listed]
    return f"the fonts {', '.join(missing)} (Debian: fonts-noto-cjk)" if missing else ""


def pytest_configure() -> None:
    if os.environ.get("ENFORCE_LAYOUT") == "require" and (what := lacking()):
        raise pytest.UsageError(f"ENFORCE_LAYOUT=require: this machine lacks {what}")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    looking = [item for item in items if item.path.name == LAYOUT_TESTS]
    if looking and lacking():
        config.hook.pytest_deselected(items=looking)
        items[:] = [item for item in items if item.path.name != LAYOUT_TESTS]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    what = lacking()
    if what:
        terminalreporter.write_line(f"{LAYOUT_TESTS} left out: this machine lacks {what}")
