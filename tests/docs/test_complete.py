"""The manual names every key and every word of a closed list, and its links lead somewhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from enforcecli.reading.kinds import FILE_KINDS, FileKind
from enforcecli.reading.rulebook_shape import BOOK as RULEBOOK
from enforcecli.reading.rulebook_shape import REQUIRED
from enforcecli.reading.shape import Shape
from tests.docs.pages import DOCS, README, ROOT, pages
from tests.docs.shapes import choices, sections, shape_of

CASE = (DOCS / "case-format.md").read_text(encoding="utf-8")
PEOPLE = (DOCS / "roster-and-office.md").read_text(encoding="utf-8")
BOOKS = (DOCS / "rulebook-format.md").read_text(encoding="utf-8")
YEARLY = (DOCS / "year-and-appraisal.md").read_text(encoding="utf-8")
TEXTS = {"case": CASE + PEOPLE, "roster": PEOPLE, "office": PEOPLE, "powers": YEARLY, "year": YEARLY, "appraisals": YEARLY}


def code(text: str) -> set[str]:
    """What stands in code: the words of `…` and of the blocks."""
    fenced = re.findall(r"^```\w*\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    spans = re.findall(r"`([^`\n]+)`", re.sub(r"^```\w*\n.*?^```$", "", text, flags=re.MULTILINE | re.DOTALL))
    return set(re.findall(r"[^\s:,\[\]{}\"]+", " ".join([*fenced, *spans])))


def keys_of(shape: Shape) -> set[str]:
    return {field.label for section in sections(shape) for field in section.fields}


@pytest.mark.parametrize("kind", FILE_KINDS)
def test_every_key_is_named(kind: FileKind) -> None:
    assert sorted(keys_of(shape_of(kind)) - code(TEXTS[kind])) == []


@pytest.mark.parametrize("kind", FILE_KINDS)
def test_every_word_of_a_closed_list_is_named(kind: FileKind) -> None:
    known = code(TEXTS[kind])
    lists = (c for c in choices(shape_of(kind)) if c.codes == ("K201", "K202"))
    assert sorted({w.zh for c in lists for w in c.words} - known) == []


def test_every_key_of_a_rulebook_is_named() -> None:
    assert sorted(keys_of(RULEBOOK) - code(BOOKS)) == []
    assert set(REQUIRED) <= code(BOOKS)


def test_every_word_of_a_rulebook_is_named() -> None:
    assert sorted({w.zh for c in choices(RULEBOOK) for w in c.words} - code(BOOKS + CASE)) == []


def anchors(page: Path) -> set[str]:
    """The anchors of the headings, as GitHub makes them."""
    lines = re.sub(r"^```.*?^```$", "", page.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
    heads = re.findall(r"^#{1,6} (.+)$", lines, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", head.lower()).strip().replace(" ", "-") for head in heads}


@pytest.mark.parametrize("page", pages(), ids=lambda p: p.relative_to(ROOT).as_posix())
def test_links(page: Path) -> None:
    text = re.sub(r"^```.*?^```$", "", page.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        if "://" in target:
            continue
        name, _, anchor = target.partition("#")
        there = (page.parent / name).resolve() if name else page
        assert there.exists(), target
        assert not anchor or anchor in anchors(there), target


def test_every_page_is_linked_from_the_readme() -> None:
    text = README.read_text(encoding="utf-8")
    assert [p.name for p in DOCS.glob("*.md") if f"(docs/{p.name})" not in text] == []
