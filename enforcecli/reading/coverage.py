"""Whether a book speaks to every sentence of its source: cited by an entry or listed under
`not_modelled` with a reason (docs/rulebook-format.md)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from msgspec import Struct

from enforcecli.model.problem import Problem, Span, problem
from enforcecli.model.rulebook import (
    Degree,
    Fact,
    Layer,
    NotModelled,
    Part,
    PersonFact,
    Role,
    Rule,
    Rulebook,
)
from enforcecli.reading.clauses import Clause, Mark, cite_path, contains_verbatim, parse, sentences

VOCABULARY = (Role, Degree, Fact, PersonFact, Part)
"""Words quoted from a norm; to name 全部责任 is not yet to apply the clause that imposes it."""


class Uncited(Struct, frozen=True):
    """A sentence of the source no entry speaks to: its line in the source and its words."""

    line: int
    text: str


class _Cite(Struct, frozen=True):
    """`whole`: the clauses under it are covered too (what is not modelled is not modelled whole)."""

    path: tuple[Mark, ...]
    text: str | None
    whole: bool


def uncited(book: Rulebook) -> tuple[Uncited, ...]:
    """The sentences of the source that carry a norm and are neither cited nor listed, in order.

    An entry with `text` speaks to the sentences its text is taken from, one without to its whole
    clause (not to the clauses under it). Headings, what stands before the first clause, and words
    that only lead in to a list are no norms.
    """
    cites = tuple(_cites(book))
    return tuple(Uncited(line, sentence) for clause in parse(book.source) if clause.path
                 for line, sentence in sentences(clause) if not _covered(clause, sentence, cites))


def coverage_problems(book: Rulebook, shown_source: str) -> tuple[Problem, ...]:
    """The same as problems, placed at the lines of the source file as shown."""
    lines = book.source.splitlines()
    found = []
    for missing in uncited(book):
        column = lines[missing.line - 1].find(missing.text) + 1 or 1
        span = Span(missing.line, column, missing.line, column + len(missing.text))
        found.append(problem("B140", text=missing.text).at(shown_source, span))
    return tuple(found)


def _covered(clause: Clause, sentence: str, cites: tuple[_Cite, ...]) -> bool:
    for cite in cites:
        if cite.path == clause.path or (cite.whole and clause.path[:len(cite.path)] == cite.path):
            if cite.text is None or contains_verbatim(cite.text, sentence.rstrip("。；;！")):
                return True
            if contains_verbatim(sentence, cite.text.strip().rstrip("。；;！")):
                return True
    return False


def _cites(book: Rulebook) -> Iterator[_Cite]:
    for entry in _entries(book):
        cite, text = _cite_of(entry)
        path = cite_path(cite) if cite else None
        if not path or (isinstance(entry, Rule) and entry.layer is Layer.SILENT):
            continue  # a rule that says “the measure is silent” speaks to no sentence of it
        yield _Cite(path, text, isinstance(entry, NotModelled) and text is None)


def _cite_of(entry: Any) -> tuple[str | None, str | None]:
    words = getattr(entry, "words", None)
    cite = getattr(entry, "cite", None) or getattr(words, "cite", None)
    return cite, getattr(words, "text", None) if words is not None else getattr(entry, "text", None)


def _entries(book: Rulebook) -> Iterator[Any]:
    """Every entry of the book, nested ones (bands) included."""
    for name in book.__struct_fields__:
        yield from _inside(getattr(book, name))


def _inside(value: Any) -> Iterator[Any]:
    if isinstance(value, VOCABULARY):
        return
    if isinstance(value, dict):
        for inner in value.values():
            yield from _inside(inner)
    elif isinstance(value, tuple):
        for inner in value:
            yield from _inside(inner)
    elif isinstance(value, Struct):
        if hasattr(value, "words") or hasattr(value, "cite"):
            yield value
        for name in value.__struct_fields__:
            if name not in ("words", "gate_words"):
                yield from _inside(getattr(value, name))
