"""Test kinds in place of the catalogue, and goldens: files compared word for word."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from enforcecli import language
from tests.output.values import KINDS

GOLDEN = Path(__file__).parent / "golden"


@pytest.fixture(autouse=True)
def kinds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("enforcecli.problems._family", lambda letter: KINDS)


@pytest.fixture(autouse=True)
def chinese() -> Iterator[None]:
    language.choose("zh")
    yield
    language.choose("zh")


@pytest.fixture
def golden() -> Callable[[str, str], None]:
    """Compares with tests/output/golden/<name>; GOLDEN=write accepts what is there now."""

    def compare(name: str, text: str) -> None:
        path = GOLDEN / name
        if os.environ.get("GOLDEN") == "write":
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(text.encode())
        assert text == path.read_bytes().decode()

    return compare
