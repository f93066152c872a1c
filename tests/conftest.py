"""The laws that hypothesis tries are tried on the same examples everywhere, and no time fails a test: a change fails
because of what it changes. `pytest --hypothesis-profile=search` looks for new examples.

Tests that look at pages need LibreOffice and the fonts, or a browser; elsewhere they are left out, and
the end of the run says so and why. With ENFORCE_LAYOUT=require (as continuous integration sets it) a
machine that lacks something fails at the start."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from functools import cache

import pytest
from hypothesis import HealthCheck, settings

from enforcecli.documents.pdf import find_program
from tests.review.browser import find_browser

settings.register_profile("same", derandomize=True, deadline=None, database=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("search", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("same")

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


@cache
def lacking_browser() -> str:
    return "" if find_browser() is not None else "a browser (Debian: chromium)"


NEEDS: dict[str, Callable[[], str]] = {"test_layout.py": lacking, "test_page.py": lacking_browser}
"""Files of tests → what the machine lacks for them."""


def pytest_configure() -> None:
    what = [word for needed in NEEDS.values() if (word := needed())]
    if os.environ.get("ENFORCE_LAYOUT") == "require" and what:
        raise pytest.UsageError(f"ENFORCE_LAYOUT=require: this machine lacks {', '.join(what)}")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    left_out = [item for item in items if item.path.name in NEEDS and NEEDS[item.path.name]()]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in left_out]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    for name, needed in NEEDS.items():
        if what := needed():
            terminalreporter.write_line(f"{name} left out: this machine lacks {what}")
