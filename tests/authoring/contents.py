"""Contents of case files made at random, from the shapes that read them."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from enforcecli.authoring.content import Content, bare
from enforcecli.authoring.layout import words_of
from enforcecli.model.rulebook import Rulebook
from enforcecli.reading.library import Library
from enforcecli.reading.shape import Choice, Either, ListOf, MapOf, PersonRef, Record, Scalar, Shape
from enforcecli.text.characters import BAD

NAMES = st.sampled_from(["张某", "李某甲", "杨某", "周某", "钱某", "O'Brien", "yes", "null", "0012"])
PIECES = st.sampled_from([
    "事实", "未核对", "，", "、", "：", "；", "。", ": ", ":", " #", "#", "- ", "-", "[", "]", "{", "}", ",", '"', "'", "&", "*", "!", "|",
    ">", "%", "@", "`", "\\", "\n", "\n\n", "  ", " ", "〔2026〕", "[2026]", "（一）", "【", "】", "「", "」", "？", "1,234.50元", "true", "~",
    "null", "3-5", "2026-03-02", "0x1f", "1e3", "e\u0301", "㐀", "𠮷", "\t", "=1+1", "+86", "…", "—"])
TEXTS = st.lists(PIECES, min_size=1, max_size=8).map(lambda p: "".join(p).strip()).filter(lambda t: t and not BAD.search(t))


def the_book() -> Rulebook:
    found = Library().book("shangjiang-2023")
    assert found is not None
    return found


def values(shape: Shape) -> st.SearchStrategy[Any]:
    """Anything the shape takes, in the spelling `content_of` gives it."""
    inner = bare(shape)
    if isinstance(inner, Record):
        return _record(inner)
    if isinstance(inner, ListOf):
        return st.lists(values(inner.item), min_size=0, max_size=3)
    if isinstance(inner, MapOf):
        keys = st.sampled_from(words) if (words := words_of(inner.key)) else NAMES
        return st.dictionaries(keys, values(inner.value), max_size=3)
    if isinstance(inner, Either):
        return st.one_of(*(values(s) for s in (inner.scalar, inner.mapping, inner.sequence) if s is not None))
    if isinstance(inner, PersonRef):
        return NAMES
    if isinstance(inner, Choice):
        return st.sampled_from([w.zh for w in inner.words])
    if isinstance(inner, Scalar) and (words_of(inner) or inner.examples):
        return st.sampled_from([*words_of(inner), *map(_usual(inner), inner.examples)])
    return TEXTS


def _usual(shape: Scalar) -> Any:
    from enforcecli.authoring.content import word

    return lambda text: word(text, shape)


@st.composite
def _record(draw: Any, record: Record) -> dict[str, Content]:
    found: dict[str, Content] = {}
    for field in record.fields:
        if field.required or draw(st.integers(0, 2)) == 0:
            found[field.label] = draw(values(field.shape))
    return found
