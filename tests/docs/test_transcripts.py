"""What the manual shows at the prompt is what the program prints."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.docs.pages import ROOT, pages
from tests.docs.transcripts import same, true_lines


@pytest.mark.parametrize("page", pages(), ids=lambda p: p.relative_to(ROOT).as_posix())
def test_page(page: Path) -> None:
    stale = true_lines(page)
    assert not stale, "\n".join(
        f"{block.name}: python -m tests.docs.transcripts --update\n" + "\n".join(lines)
        for block, lines in stale.items()
    )


@pytest.mark.parametrize(
    ("shown", "printed", "alike"),
    [
        (["a", "b"], ["a", "b"], True),
        (["a", "b"], ["a", "c"], False),
        (["a"], ["a", "b"], False),
        (["a", "..."], ["a", "b", "c"], True),
        (["...", "c"], ["a", "b", "c"], True),
        (["a", "...", "c"], ["a", "c"], True),
        (["..."], [], True),
        (["a", "...", "d"], ["a", "b", "c"], False),
        ([], ["a"], False),
        (["a.c"], ["abc"], False),
    ],
)
def test_lines_match(shown: list[str], printed: list[str], alike: bool) -> None:
    assert same(shown, printed) is alike


def test_readme_opens_with_demo_and_test() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    first = text.split("```")[1]
    assert "make demo" in first and "make test" in first
    targets = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert "\ndemo:" in targets and "\ntest:" in targets
