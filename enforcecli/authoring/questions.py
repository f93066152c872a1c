"""A question of the dialogue is a value: where its answer goes, what may stand there, how an answer is read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from enforcecli.authoring.content import Content, Path, bare
from enforcecli.model.problem import Problem, problem
from enforcecli.reading.scalars import DOCUMENT
from enforcecli.reading.shape import Choice, Either, Field, ListOf, MapOf, PersonRef, Record, Scalar, Shape
from enforcecli.text import fields
from enforcecli.text.fields import Slip

Answers = Mapping[Path, Content]
"""Path → answer, in the order given: a text, or a list of texts; '' is a question passed over."""
ASIDE = "?"
"""First step of a path whose answer steers the dialogue and stands in no file."""
YES, NO = "是", "否"
DEEPEST, MOST_ENTRIES = 16, 1000
"""Steps of a key, entries of a list: more than any case has, less than what a slip or malice may write."""


class Option(Struct, frozen=True):
    """One answer offered. `words` says what it means; `about` is searched too."""

    value: str
    words: str = ""
    about: str = ""


class Question(Struct, frozen=True):
    """`required`: an answer is needed. `default`: what Enter means. `many`: several may be given. `free`: other
    answers than the options are taken; `plus`: only with a “+” before them, so that a slip of the keyboard makes
    no new person; `borne`: names that would be read as somebody else's. `shape` reads a free answer."""

    path: Path
    words: str
    options: tuple[Option, ...] = ()
    required: bool = False
    default: str | None = None
    many: bool = False
    free: bool = True
    plus: bool = False
    borne: frozenset[str] = frozenset()
    shape: Shape | None = None
    example: str = ""

    @property
    def key(self) -> str:
        """The path as people write it: entries of lists are counted from 1."""
        return key_of(self.path)

    @property
    def label(self) -> str:
        """What messages call the question: its key, or its words where the answer stands in no file."""
        return self.words if self.path[0] == ASIDE else self.key


def key_of(path: Path) -> str:
    """A path as people write it."""
    return ".".join(str(s + 1) if isinstance(s, int) else s for s in path)


def path_of(key: str) -> Path:
    """过错事实.1.情形 → its path."""
    return tuple(int(s) - 1 if _counts(s) else s for s in key.split("."))


def within_bounds(key: str) -> bool:
    """Whether the key goes no deeper and counts no further than a case may."""
    steps = key.split(".", DEEPEST)
    return len(steps) <= DEEPEST and all(len(s) <= 4 and int(s) <= MOST_ENTRIES for s in steps if _counts(s))


def _counts(step: str) -> bool:
    return step.isascii() and step.isdigit() and step != "0"


def read_answer(question: Question, text: str) -> Content | Problem:
    """The answer as it will stand in the file, or what is wrong with it. '' where nothing was answered and
    nothing has to be."""
    text = text.strip()
    if not text:
        if question.default is not None:
            return [question.default] if question.many and question.default else question.default
        return problem("X201", key=question.label) if question.required else ""
    if not question.many:
        return _one(question, text)
    found: list[Content] = []
    for piece in pieces(text):
        value = _one(question, piece)
        if isinstance(value, Problem):
            return value
        if value not in found:
            found.append(value)
    return found


def pieces(text: str) -> list[str]:
    """Several answers on one line, however they are set apart."""
    for mark in "，、；;,\t":
        text = text.replace(mark, "\n")
    found = [piece.strip() for piece in text.split("\n") if piece.strip()]
    if len(found) == 1 and all(p.isascii() and p.isdigit() for p in found[0].split()):
        return found[0].split()  # numbers of options: 1 3
    return found


def _one(question: Question, text: str) -> str | Problem:
    if question.plus and text[0] in "+＋" and text[1:].strip():
        name = text[1:].strip()
        return problem("X207", written=name) if name in question.borne else name
    if question.options:
        chosen = matching(question.options, text)
        if len(chosen) == 1:
            return chosen[0].value
        several = sum(text.casefold() in o.value.casefold() for o in chosen) > 1  # a part of two names is neither
        if not question.free or several:
            return _no_option(question, text, chosen)
    return _read(question, text)


def _no_option(question: Question, text: str, chosen: Sequence[Option]) -> Problem:
    if {o.value for o in question.options} == {YES, NO}:
        return problem("X206", key=question.label, written=text, yes=question.options[0].value, no=question.options[1].value)
    if chosen:
        return problem("X203", key=question.label, written=text, several="、".join(o.value for o in chosen[:9]))
    if question.plus:
        return problem("X204", key=question.label, written=text)
    allowed = "、".join(o.value for o in question.options[:20])
    return problem("X202", key=question.label, written=text, allowed=allowed)


def _read(question: Question, text: str) -> str | Problem:
    """A free answer, by the parser that will read it in the file."""
    if question.shape is DOCUMENT:
        number = fields.document_number(text)
        return text if isinstance(number, str) else number.instead or text
    shape = scalar_of(question.shape)
    if isinstance(shape, Scalar):
        value = shape.parse(text)
        if isinstance(value, Slip):
            if value.instead is not None:
                return value.instead
            told = {"key": str(question.path[-1]), "written": text, **dict(value.args)}
            return Problem(value.code, tuple(sorted(told.items())))
    return text


def matching(options: Sequence[Option], text: str) -> list[Option]:
    """The options meant: by value, by number (as listed), else all that hold the text."""
    wanted = text.casefold()
    exact = [o for o in options if o.value.casefold() == wanted]
    if not exact and numbered(options) and len(text) < 5 and text.isascii() and text.isdigit() \
            and 0 < int(text) <= len(options):
        return [options[int(text) - 1]]
    return exact or search(options, text)


def numbered(options: Sequence[Option]) -> bool:
    """Whether options are counted for choosing: codes that are numbers themselves are not."""
    return not any(o.value.isascii() and o.value.isdigit() for o in options)


def search(options: Iterable[Option], text: str) -> list[Option]:
    """All options whose value or words hold every word of `text`; else those whose further text does."""
    words, listed = text.casefold().split(), list(options)
    near = [o for o in listed if all(w in f"{o.value} {o.words}".casefold() for w in words)]
    return near or [o for o in listed if all(w in f"{o.value} {o.words} {o.about}".casefold() for w in words)]


def scalar_of(shape: Shape | None) -> Shape | None:
    """The shape of one plain value."""
    while shape is not None:
        shape = bare(shape)
        if isinstance(shape, ListOf):
            shape = shape.item
        elif isinstance(shape, Either):
            shape = shape.scalar
        else:
            return shape
    return None


def field_at(shape: Shape, path: Path) -> tuple[Field, Shape]:
    """The field a path leads to (or into), and the shape of the value there. KeyError where the format has none."""
    found: Field | None = None
    for step in path:
        inner = bare(shape)
        while isinstance(inner, Either):
            inner = bare(inner.mapping or inner.sequence or inner.scalar or inner)
        if isinstance(inner, ListOf):
            shape = inner.item
        elif isinstance(inner, MapOf):
            shape = inner.value
        elif isinstance(inner, Record):
            found = next((f for f in inner.fields if f.label == step), None)
            if found is None:
                raise KeyError(path)
            shape = found.shape
    if found is None:
        raise KeyError(path)
    return found, shape


def of_field(shape: Shape, path: Path, english: bool, *, words: str | None = None, options: Sequence[Option] = (),
             required: bool = False, default: str | None = None, free: bool = True, plus: bool = False,
             borne: frozenset[str] = frozenset()) -> Question:
    """The question a field of the file asks: its words, its closed list, whether it is a list."""
    field, inner = field_at(shape, path)
    one = scalar_of(inner)
    listed = tuple(options)
    if isinstance(one, Choice) and not options:
        listed = tuple(Option(w.zh, w.en[0] if english and w.en else w.words, " ".join(w.en)) for w in one.words)
    told = words or (field.words_en if english and field.words_en else field.words) or field.label
    told = told[:1].upper() + told[1:]
    example = field.example if field.example[:1] not in ("{", "[", "…") else ""
    read_by = inner if inner is DOCUMENT else one if not isinstance(one, PersonRef) else None
    return Question(path, told, listed, required, default, isinstance(bare(inner), ListOf),
                    free and not isinstance(one, Choice), plus, borne, read_by, example)
