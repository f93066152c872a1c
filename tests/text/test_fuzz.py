"""Laws that hold for any bytes and any text."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from enforcecli.model.problem import Level
from enforcecli.problems import kind, level
from enforcecli.text import clean
from enforcecli.text.document import Document, parse
from enforcecli.text.nodes import MappingNode
from enforcecli.text.skim import Skim
from tests.text.support import mended, placed, plain, read
from tests.text.table import CLEAN, SLIPS, STRUCTURE

PIECES = [" ", "  ", "\n", "\n", "\r\n", "\t", "：", ":", ": ", "-", "- ", "－", ",", ", ", "，", "、", "[", "]", "{", "}", "［", "］", "'", '"',
          "#", " #", "\u3000", "\u00a0", "\u200b", "%", "&", "*", "!", "|", ">", "?", "? ", "@", "\\", "---", "<<", "甲", "乙：", "键: ", "值", "3-5",
          "2026", "〔2026〕3号", "a", "1:30", "。", "\ufffd", "\\q"]
YAMLISH = st.lists(st.sampled_from(PIECES), max_size=40).map("".join)
SEEDS = [row[0] for row in (SLIPS | STRUCTURE).values()] + [row[0] for row in CLEAN.values()]


@st.composite
def damaged(draw: st.DrawFn) -> str:
    """A text of the tables with a few places changed."""
    text = draw(st.sampled_from(SEEDS))
    for _ in range(draw(st.integers(1, 3))):
        at = draw(st.integers(0, len(text)))
        text = text[:at] + draw(st.sampled_from(PIECES)) + text[at + draw(st.integers(0, 2)):]
    return text


def sound(document: Document) -> None:
    """Every problem has a kind, a file and a place in it, and says what it has to say."""
    lines = len(document.text.splitlines()) + 1
    for problem in document.problems:
        of = kind(problem.code)
        of.message.format(**dict(problem.args))
        of.remedy.format(**dict(problem.args))
        assert problem.file == document.file
        if problem.span is not None:
            span = problem.span
            assert 1 <= span.line <= span.end_line
            assert not document.text or span.end_line <= lines + document.text.count("\r")
            assert span.column >= 1 and (span.line, span.column) <= (span.end_line, span.end_column)
        for edit in problem.fix or ():
            assert 0 <= edit.start <= edit.end <= len(document.text)
    if document.root is None:
        assert any(level(p) is Level.ERROR for p in document.problems)
        return
    for key, value in document.root.value if document.root.__class__ is MappingNode else ():
        start, end = document.offsets(key)
        assert 0 <= start <= end <= len(document.text)
        assert document.span(value).line >= document.span(key).line


@given(st.binary(max_size=200))
@example(b"\xff\xfe")
@example(b"\xef\xbb\xbf\xef\xbb\xbfa: 1")
@example(b"a: \xed\xa0\x80")
def test_any_bytes(data: bytes) -> None:
    sound(parse(data, "f"))
    sound(parse(data, "f", pure=True))


@given(st.text(max_size=200))
def test_any_text(text: str) -> None:
    sound(read(text))


@settings(max_examples=400)
@given(YAMLISH | damaged())
@example("人: ［")
@example("{'a")
@example('甲: "\ufffd\\q"\n乙: 丙\n')
@example("甲: \ufffda\n" * 120 + "乙: 'c\n")
def test_text_that_looks_like_a_file(text: str) -> None:
    sound(read(text))


@settings(max_examples=300)
@given(damaged())
def test_the_parsers_never_see_two_different_trees(text: str) -> None:
    """One may refuse an odd text the other still reads (libyaml knows less of YAML 1.2), but what
    both read they read alike."""
    by_c, by_python = read(text), read(text, pure=True)
    if by_c.root is not None and by_python.root is not None:
        assert plain(by_c.root) == plain(by_python.root)


@settings(max_examples=300)
@given(YAMLISH | damaged())
def test_a_clean_text_has_no_slip(text: str) -> None:
    """The fast look never lets pass what the slow one would name."""
    if clean.whole(text):
        assert Skim(text).found == []


@settings(max_examples=300)
@given(damaged())
def test_what_is_fixed_is_not_fixed_again(text: str) -> None:
    """A fix removes its own problem: run often enough, it ends."""
    for _ in range(6):
        after = mended(read(text))
        if after == text:
            return
        text = after
    assert mended(read(text)) == text


SAMPLES = Path(__file__).parents[2] / "sample_cases"


@pytest.mark.parametrize("file", sorted(SAMPLES.rglob("*.y*ml")), ids=lambda file: file.relative_to(SAMPLES).as_posix())
def test_both_parsers_on_the_samples(file: Path) -> None:
    document, slow = parse(file.read_bytes(), "f"), parse(file.read_bytes(), "f", pure=True)
    assert placed(document) == placed(slow)
    assert plain(document.root) == plain(slow.root)
    if "slips" not in file.parts:
        assert placed(document) == []
