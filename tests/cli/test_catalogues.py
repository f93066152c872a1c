"""The catalogue of messages is complete and compiled."""

from __future__ import annotations

from gettext import GNUTranslations
from string import Formatter

import pytest

from enforcecli import language
from tests import catalogues

ENTRIES = catalogues.read_po(catalogues.PO.read_text(encoding="utf-8"))


def test_every_text_of_the_program_has_english() -> None:
    assert [text for text in catalogues.own_texts() if not ENTRIES.get(text)] == []


def test_every_text_of_the_problem_kinds_has_english() -> None:
    assert [text for text in catalogues.kind_texts() if not ENTRIES.get(text)] == []


def test_the_catalogue_holds_what_the_code_says_and_nothing_else() -> None:
    assert list(catalogues.updated(ENTRIES)) == list(ENTRIES)


def test_the_compiled_catalogue_is_fresh() -> None:
    """After a change: make catalogues."""
    assert catalogues.MO.read_bytes() == catalogues.compiled(ENTRIES)
    with catalogues.MO.open("rb") as file:
        catalogue = GNUTranslations(file)
    assert all(catalogue.gettext(text) == words for text, words in ENTRIES.items() if text and words)


def test_translations_fill_the_same_places() -> None:
    def places(text: str) -> set[str | None]:
        try:
            return {name for _text, name, _spec, _conversion in Formatter().parse(text) if name is not None}
        except ValueError:  # a text about braces, never filled in
            return {"{"}

    assert [t for t, words in ENTRIES.items() if t and words and places(t) != places(words)] == []


def test_po_comes_back_as_it_went() -> None:
    entries = {"": catalogues.HEADER, "a\nb": 'c "d" \\ e\n', "一": ""}
    assert catalogues.read_po(catalogues.write_po(entries)) == entries


def test_an_f_string_is_refused() -> None:
    with pytest.raises(ValueError, match="line 1: an f-string"):
        list(catalogues.texts_of('_(f"{x}")'))


@pytest.mark.parametrize(("word", "known"), [
    ("zh", "zh"), ("zh_CN.UTF-8", "zh"), ("中文", "zh"), ("en_GB", "en"), ("English", "en"), ("fr", None), ("", None),
    (None, None), ("C", None)])
def test_names_of_languages(word: str | None, known: str | None) -> None:
    assert language.known(word) == known


def test_who_decides_the_language() -> None:
    assert language.choose("en", {"ENFORCE_LANG": "zh"}) == "en"
    assert language.office("zh") == "en"
    assert language.choose(None, {"LANG": "en_US"}) == "en"
    assert language.office("zh") == "zh"
    assert language.office(None) == "zh"
    assert language.choose(None, {}) == "zh"
    assert language._("错误") == "错误"
    language.choose("en")
    assert language._("错误") == "error"
    assert language._("没有翻译的话") == "没有翻译的话"
