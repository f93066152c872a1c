"""One English word per Chinese term, and every key and every name of the model among them."""

from __future__ import annotations

import ast
import re
from collections import Counter

from enforcecli.reading.kinds import FILE_KINDS
from tests.docs.pages import DOCS, ROOT
from tests.docs.shapes import sections, shape_of


def rows() -> list[tuple[str, str, set[str]]]:
    """(Chinese, English, keys and names) of every row."""
    text = (DOCS / "glossary.md").read_text(encoding="utf-8")
    found = re.findall(r"^\| ([^|`]+) \| ([^|`]+) \|([^|]*)\|$", text, re.MULTILINE)
    return [
        (zh, en, set(re.findall(r"`(\w+)`", names)))
        for zh, en, names in found
        if zh != "中文" and not zh.startswith("---")
    ]


def twice(words: list[str]) -> list[str]:
    return [word for word, count in Counter(words).items() if count > 1]


def test_one_word_each_way() -> None:
    assert twice([zh for zh, _, _ in rows()]) == []
    assert twice([en for _, en, _ in rows()]) == []


def keys() -> set[tuple[str, str]]:
    """(Chinese key, English key) of all files."""
    fields = [f for kind in FILE_KINDS for s in sections(shape_of(kind)) for f in s.fields]
    return {(field.label, english) for field in fields for english in (field.keys[1:] or [""])}


def test_every_key_is_listed() -> None:
    known = {zh: names for zh, _, names in rows()}
    assert sorted(zh for zh, _ in keys() if zh not in known) == []
    assert sorted((zh, en) for zh, en in keys() if en and en not in known[zh]) == []


def names() -> set[str]:
    """The classes of the model."""
    files = (ROOT / "enforcecli" / "model").glob("*.py")
    return {
        node.name
        for file in files
        for node in ast.parse(file.read_text(encoding="utf-8")).body
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_")
    }


def test_every_name_of_the_model_is_listed_once() -> None:
    listed = [name for _, _, found in rows() for name in found if name[0].isupper()]
    assert sorted(set(listed) ^ names()) == []
    assert twice(listed) == []


def test_no_key_is_listed_that_is_none() -> None:
    english = {en for _, en in keys()} | {"at_fault"}
    assert (
        sorted(name for _, _, found in rows() for name in found if name[0].islower() and name not in english)
        == []
    )
