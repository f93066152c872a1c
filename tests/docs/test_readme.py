"""The README names the commands and exit codes there are, and no page one there is not."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from enforcecli.cli.app import Commands
from enforcecli.cli.help import EXIT_CODES
from tests.docs.pages import README, ROOT, pages

TEXT = README.read_text(encoding="utf-8")
BY_HAND = [page for page in pages() if page.name not in {"problems.md", "keys.md"}]


def test_every_command_has_a_row() -> None:
    assert sorted(re.findall(r"^\| `enforce (\w+)", TEXT, re.MULTILINE)) == sorted(Commands.table)


def test_every_exit_code_has_a_row() -> None:
    assert re.findall(r"^\| ([0-9]+) \|", TEXT, re.MULTILINE) == [code for code, _ in EXIT_CODES]


@pytest.mark.parametrize("page", BY_HAND, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_only_commands_there_are(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert set(re.findall(r"(?:`|^|\$ )enforce ([a-z]+)", text, re.MULTILINE)) <= set(Commands.table)
