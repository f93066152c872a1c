"""The table of keys of a file, for docs/keys.md: Chinese and English keys, what stands there, an
example. Made from the shapes that read the files, so it cannot be out of date."""

from __future__ import annotations

from collections.abc import Iterator

from enforcecli.model.rulebook import Rulebook
from enforcecli.reading.kinds import FileKind, shape_of
from enforcecli.reading.shape import Attempt, Choice, Either, Field, ListOf, MapOf, Record, Shape, Then


def rows(kind: FileKind, book: Rulebook | None = None) -> Iterator[tuple[str, ...]]:
    """(path in Chinese, English key, other spellings, meaning, meaning in English, example), in the
    order of the shape. Keys that are data are shown as “…”."""
    yield from _rows(shape_of(kind, book), ())


def _rows(record: Record, above: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    for field in record.fields:
        path = (*above, field.label)
        yield (".".join(path), field.keys[-1], " ".join(field.aliases), _meaning(field), field.words_en,
               field.example)
        for inner, step in _records(field.shape):
            yield from _rows(inner, (*path, *step))


def _meaning(field: Field) -> str:
    words = _choice(field.shape)
    return field.words if words is None else f"{field.words}（{'、'.join(w.zh for w in words.words)}）"


def _choice(shape: Shape) -> Choice | None:
    """The closed list a value is taken from, however it is wrapped."""
    while isinstance(shape, Then | Attempt | ListOf):
        shape = shape.item if isinstance(shape, ListOf) else shape.shape
    return shape if isinstance(shape, Choice) else None


def _records(shape: Shape, step: tuple[str, ...] = ()) -> Iterator[tuple[Record, tuple[str, ...]]]:
    """The records below a value."""
    if isinstance(shape, Record):
        yield shape, step
    elif isinstance(shape, Then | Attempt):
        yield from _records(shape.shape, step)
    elif isinstance(shape, ListOf):
        yield from _records(shape.item, step)
    elif isinstance(shape, MapOf):
        yield from _records(shape.value, (*step, "…"))
    elif isinstance(shape, Either):
        for inner in (shape.scalar, shape.mapping, shape.sequence):
            if inner is not None:
                yield from _records(inner, step)


def table(kind: FileKind, book: Rulebook | None = None) -> str:
    """The rows as a Markdown table, Chinese headings."""
    lines = ["| 键 | 英文键 | 也可以写 | 说明 | English | 例 |", "|---|---|---|---|---|---|"]
    lines += ["| " + " | ".join(_cell(c, code=n in {0, 1, 2, 5}) for n, c in enumerate(row)) + " |"
              for row in rows(kind, book)]
    return "\n".join(lines) + "\n"


def _cell(text: str, *, code: bool) -> str:
    text = text.replace("|", "\\|")
    return f"`{text}`" if code and text else text
