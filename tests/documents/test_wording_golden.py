"""The texts of the sample cases, word for word; which papers each case gives and which it refuses."""

from __future__ import annotations

from pathlib import Path

import pytest

from enforcecli.documents.context import Paper
from enforcecli.documents.kinds import KINDS
from tests.documents.wording import CASES, GOLDEN, SHOWN, TABLE, every, golden_files, table, text

FILES = golden_files()


@pytest.mark.parametrize("path", sorted(FILES), ids=lambda p: f"{p.parent.name}/{p.stem}")
def test_the_text_is_the_one_kept(path: Path) -> None:
    """After a change that is meant: python -m tests.documents.wording --update, and read the diff."""
    assert FILES[path] == path.read_text(encoding="utf-8")


def test_nothing_else_is_kept() -> None:
    assert set(GOLDEN.rglob("*.md")) == set(FILES)


def test_every_kind_is_kept_once_at_least() -> None:
    assert {kind for kinds in SHOWN.values() for kind in kinds} == set(KINDS)
    names = {path.name.split("-")[0] for path in FILES}
    assert {kind.name for kind in KINDS.values()} <= {n.removesuffix(".md") for n in names}


def test_what_is_made_and_what_is_refused() -> None:
    assert table() == TABLE.read_text(encoding="utf-8")


@pytest.mark.parametrize("path", CASES, ids=lambda p: p.stem)
def test_the_same_words_twice(path: Path) -> None:
    once, again = ([text(p) for p in every(path) if isinstance(p, Paper)] for _ in range(2))
    assert once == again and once
