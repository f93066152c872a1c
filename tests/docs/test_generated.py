"""The generated pages are what the program says now (`make docs` renews them)."""

from __future__ import annotations

import pytest

from enforcecli.problems import FAMILIES, all_kinds
from tests.docs.generate import SITUATIONS, TITLES, generated
from tests.docs.pages import DOCS


@pytest.mark.parametrize("name", ["problems.md", "keys.md", SITUATIONS])
def test_fresh(name: str) -> None:
    page = DOCS / name
    assert page.read_text(encoding="utf-8") == generated()[page], "run: make docs"


def test_every_family_has_a_title() -> None:
    assert set(TITLES) == set(FAMILIES)


def test_every_kind_has_a_place() -> None:
    text = (DOCS / "problems.md").read_text(encoding="utf-8")
    assert [k.code for k in all_kinds() if f"\n### {k.code}\n" not in text] == []
