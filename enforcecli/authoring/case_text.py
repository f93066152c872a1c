"""A case file as a careful author would type it: short mappings on one line, quotes only where they are
needed, comments behind the values. What is written reads back as it was.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from msgspec import Struct

from enforcecli.authoring.content import Content, Path, bare
from enforcecli.output.width import width
from enforcecli.reading.shape import Choice, Either, Field, ListOf, MapOf, Record, Shape
from enforcecli.text.document import parse

COLUMNS = 110
BLOCK = frozenset({"act", "people", "findings", "evidence", "involved", "procedure", "dispositions", "referrals"})
"""Fields whose entries stand on lines of their own, however short they are."""
ORDER = {name: n for n, name in enumerate(("faults", "weight", "text", "evidence", "cause", "nature", "consequence"))}
"""A finding is told first; its facts follow in the order of the book, the persons last."""
_SAFE = re.compile("[一-鿿0-9A-Za-z〔《][一-鿿0-9A-Za-z〔〕《》（）·。./%_-]*")
_WIDE = re.compile("[【「［｛】」］｝]")
_NULLS = frozenset({"", "~", "null", "Null", "NULL"})


def case_text(content: Mapping[str, Content], shape: Record, *, english: bool = False,
              comments: Mapping[Path, str] | None = None, head: str = "") -> str:
    """The file. `english`: keys and words of closed lists in English; the rulebook's words stay its own.
    `comments` stand behind the values at their paths, `head` is comment lines before the first key."""
    writer = _Writer(english, comments or {})
    lines = [*_commented(head), *writer.block(dict(content), shape, 0, ())]
    return "".join(f"{line}\n" for line in lines)


def _commented(text: str) -> list[str]:
    return [f"# {line}".rstrip() for line in text.splitlines()]


class _Writer(Struct, frozen=True):
    english: bool
    comments: Mapping[Path, str]

    def block(self, value: Content, shape: Shape | None, indent: int, path: Path) -> Iterator[str]:
        """The lines of a list or mapping that has something in it."""
        pad = " " * indent
        if isinstance(value, dict):
            for key, name, inner, field in self.entries(value, shape):
                yield from self.entry(f"{pad}{name}:", value[key], inner, indent, (*path, key), field)
        elif isinstance(value, list):
            for n, item in enumerate(value):
                yield from self.item(item, _item(shape), indent, (*path, n))

    def entries(self, value: dict[str, Content], shape: Shape | None
                ) -> Iterator[tuple[str, str, Shape | None, Field | None]]:
        """Each key with its spelling, the shape of its value and its field, in the order of the shape."""
        shape = _kind(shape, dict)
        if isinstance(shape, Record):
            known = {f.label: f for f in _in_order(shape)}
            for label, field in known.items():
                if label in value:
                    yield label, _key(field.keys[-1] if self.english else label), field.shape, field
            yield from ((key, _key(key), shape.rest_shape, None) for key in value if key not in known)
        else:
            inner = shape.value if isinstance(shape, MapOf) else None
            yield from ((key, _key(key), inner, None) for key in value)

    def entry(self, head: str, value: Content, shape: Shape | None, indent: int, path: Path,
              field: Field | None) -> Iterator[str]:
        """`key: value` on one line where it fits, else what is below it."""
        value = _short(value, shape)
        note = f"  # {self.comments[path]}" if path in self.comments else ""
        if isinstance(value, str):
            text = self.spelt(value, shape)
            if "\n" in text:
                yield from _paragraphs(head, text, indent)
            else:
                yield f"{head} {scalar(text, 'block')}{note}"
            return
        one = self.flow(value, shape)
        spread = field is not None and field.name in BLOCK
        if not value or (one is not None and not spread and width(f"{head} {one}") <= COLUMNS):
            yield f"{head} {one}{note}"
            return
        yield head + note
        yield from self.block(value, shape, indent + (2 if isinstance(value, dict) else 0), path)

    def item(self, value: Content, shape: Shape | None, indent: int, path: Path) -> Iterator[str]:
        pad = " " * indent
        if isinstance(value, str):
            yield f"{pad}- {scalar(self.spelt(value, shape), 'item')}"
            return
        one = self.flow(value, shape) if not _spreads(shape) else None
        if not value or (one is not None and width(f"{pad}- {one}") <= COLUMNS):
            yield f"{pad}- {one if value else self.flow(value, shape)}"
            return
        lines = list(self.block(value, shape, indent + 2, path))
        yield f"{pad}- {lines[0][indent + 2:]}"
        yield from lines[1:]

    def flow(self, value: Content, shape: Shape | None) -> str | None:
        """The value on one line in brackets; None where it holds paragraphs."""
        if isinstance(value, str):
            return None  # a value by itself needs no brackets
        if isinstance(value, list):
            parts = [self._inside(item, _item(shape), "list") for item in value]
            return None if None in parts else f"[{', '.join(p for p in parts if p is not None)}]"
        pairs = [(name, self._inside(_short(value[key], inner), inner, "map"))
                 for key, name, inner, _ in self.entries(value, shape)]
        if any(text is None for _, text in pairs):
            return None
        return f"{{{', '.join(f'{name}: {text}' for name, text in pairs)}}}"

    def _inside(self, value: Content, shape: Shape | None, place: str) -> str | None:
        if isinstance(value, str):
            text = self.spelt(value, shape)
            return None if "\n" in text else scalar(text, place)
        return self.flow(value, shape)

    def spelt(self, text: str, shape: Shape | None) -> str:
        """A word of a closed list of the program's own, in the language of the file."""
        inner = _kind(shape, str)
        if self.english and isinstance(inner, Choice) and inner.codes == ("K201", "K202"):
            return next((w.en[0] for w in inner.words if w.zh == text and w.en), text)
        return text


def _in_order(record: Record) -> list[Field]:
    if all(f.name != "involved" for f in record.fields):
        return list(record.fields)
    return sorted(record.fields, key=lambda f: 90 if f.name == "involved" else ORDER.get(f.name, 50))


def _kind(shape: Shape | None, sort: type) -> Shape | None:
    """The shape of this sort of value, where several are possible."""
    if shape is None:
        return None
    shape = bare(shape)
    if isinstance(shape, Either):
        return _kind(shape.scalar if sort is str else shape.mapping if sort is dict else shape.sequence, sort)
    return shape


def _item(shape: Shape | None) -> Shape | None:
    listed = _kind(shape, list)
    return listed.item if isinstance(listed, ListOf) else None


def _spreads(shape: Shape | None) -> bool:
    """A finding: never on one line."""
    inner = _kind(shape, dict)
    return isinstance(inner, Record) and any(f.name in BLOCK for f in inner.fields)


def _short(value: Content, shape: Shape | None) -> Content:
    """A list of one plain value is written as the value."""
    listed = bare(shape) if shape is not None else None
    if isinstance(value, list) and len(value) == 1 and isinstance(value[0], str) and isinstance(listed, ListOf) \
            and listed.bare and not isinstance(bare(listed.item), Either) and "\n" not in value[0]:
        return value[0]
    return value


def _paragraphs(head: str, text: str, indent: int) -> list[str]:
    """Text of several lines: as it is, below its key; in quotes where YAML would change it."""
    pad = " " * (indent + 2)
    lines = ["|-", *(pad + line if line else "" for line in text.split("\n"))]
    if _says("甲: " + "\n".join(lines).replace(f"\n{pad}", "\n  ") + "\n", text):
        return [f"{head} |-", *lines[1:]]
    return [f"{head} {json.dumps(text, ensure_ascii=False)}"]


@lru_cache(4096)
def scalar(text: str, place: str) -> str:
    """The text as a value on one line, with quotes where it needs them. `place`: block, item, map or list."""
    if _SAFE.fullmatch(text) and text not in _NULLS:
        return text
    around = {"block": ("甲: {}\n",), "item": ("甲:\n- {}\n",),
              "map": ("甲: {{乙: {}, 丙: 丁}}\n", "甲: {{丙: 丁, 乙: {}}}\n"),
              "list": ("甲: [{}, 丙]\n", "甲: [丙, {}]\n", "甲: [{}]\n")}[place]
    for written in _spellings(text):
        if all(_says(sample.format(written), text) for sample in around):
            return written
    return json.dumps(text, ensure_ascii=False)


def _spellings(text: str) -> tuple[str, ...]:
    """Ways to write a value on one line, the plainest first. Brackets typed wide may be prose or a slip,
    depending on what stands around them."""
    quoted = (f'"{text}"', "'" + text.replace("'", "''") + "'")
    return quoted if text in _NULLS or _WIDE.search(text) else (text, *quoted)


@lru_cache(4096)
def _key(text: str) -> str:
    """A key, with quotes where it needs them."""
    if _SAFE.fullmatch(text) and text not in _NULLS:
        return text
    for written in _spellings(text):
        if all(_says(sample.format(written), text) for sample in ("{}: 甲\n", "甲: {{{}: 乙}}\n")):
            return written
    return json.dumps(text, ensure_ascii=False)


def _says(yaml: str, text: str) -> bool:
    """Whether the sample holds the text, as it is, and nothing anybody would stumble over."""
    if "\ud800" <= max(yaml) <= "\udfff":
        return False
    document = parse(yaml.encode("utf-8", "surrogatepass"), "")
    return document.root is not None and not document.problems and text in _texts(document.root)


def _texts(node: object) -> Iterator[str]:
    value = getattr(node, "value", node)
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for child in value:
            for inner in child if isinstance(child, tuple) else (child,):
                yield from _texts(inner)
