"""A clean text is matched as bytes; that says the same of it as matching its characters."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from enforcecli.text import clean
from tests.text.test_fuzz import PIECES, SEEDS

BY_CHARACTERS = re.compile(clean.expressions(clean.of_characters)[0])
KNOWN = "\r\n" + clean.OTHERS + "㐀䶿一鿿〇"
LAYOUTS = ["{}", "{}: 值\n", "键{}: 值\n", "键: {}\n", "键: 值{}值\n", "键: 值:{}值\n", "- {}\n", "- 值{}值\n", "键: [{}]\n", "键: [值{}, 乙]\n",
           "键: {{{}: 值}}\n", "键: {{键{}: 值{}}}\n", "键: '{}'\n", '键: "{}"\n', "键: 值 #{}\n", "键: 值 # {}\n", "# {}\n", "键: |\n  {}\n",
           "键: |{}\n", "{}键: 值\n", "- 键{}: |\n    值\n"]


def agree(text: str) -> None:
    if clean.KNOWN.fullmatch(text):
        assert clean.whole(text) == (BY_CHARACTERS.fullmatch(text) is not None), text
    else:
        assert not clean.whole(text)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_known_character_wherever_it_may_stand(layout: str) -> None:
    for character in KNOWN:
        agree(layout.replace("{}", character).replace("{{", "{").replace("}}", "}"))


def test_the_cases_of_the_tables() -> None:
    for text in SEEDS:
        agree(text)


@settings(max_examples=500)
@given(st.lists(st.sampled_from([*PIECES, *KNOWN, "键: ", "\n键: ", "- ", "值", "?", "`"]), max_size=40).map("".join))
@example("键: 值?\n")
@example("?: 值\n")
@example("键?: 值\n")
@example("键: [值?, 乙]\n")
def test_any_text(text: str) -> None:
    agree(text)


def test_no_two_known_characters_are_one_byte() -> None:
    """But the question mark, which is in the same sets as the character it is taken for."""
    alone = [c for c in KNOWN if c not in "㐀䶿一鿿〇" and c != clean.QUESTION]
    assert len({clean.as_bytes(c) for c in alone} | {clean.as_bytes("一")}) == len(alone) + 1
    assert {clean.as_bytes(c) for c in "㐀䶿一鿿〇"} == {clean.HAN.encode()}
    sets: list[str] = []
    clean.expressions(lambda there: sets.append(there) or "x")
    assert len(sets) == 10
    assert all((clean.QUESTION in there) == (clean.ALIKE in there) for there in sets)
