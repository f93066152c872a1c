"""Rendering a template that nobody vouches for with data that nobody vouches for.

A template sees plain values only and may do little with them: named filters, a few methods of
strings and mappings, numbers of modest size. A value that is absent, or has nothing to print, is a
problem and never an empty place in a decision. An office's own templates run in a process of their
own, with limits of memory and time (enforcecli.documents.worker).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from jinja2 import (
    BaseLoader,
    StrictUndefined,
    TemplateNotFound,
    TemplateSyntaxError,
    UndefinedError,
    pass_context,
)
from jinja2.compiler import CodeGenerator, Frame
from jinja2.exceptions import SecurityError, TemplateRuntimeError
from jinja2.ext import Extension
from jinja2.lexer import Token, TokenStream
from jinja2.nodes import Concat
from jinja2.runtime import LoopContext, Macro, TemplateReference, Undefined
from jinja2.sandbox import ImmutableSandboxedEnvironment
from msgspec import Struct

from enforcecli.documents.escape import hide, hide_literal, plain, reveal
from enforcecli.documents.loader import ENDING, Templates
from enforcecli.model.problem import Problem, Span

LONGEST = 400_000
"""Characters of one paper. The longest of the samples has about six thousand."""
LARGEST = 10**15
MOST_TURNS = 1_000
FILTERS = ("batch", "default", "dictsort", "first", "groupby", "items", "join", "last", "length", "list", "map",
           "reject", "rejectattr", "replace", "select", "selectattr", "sort", "sum", "trim", "unique")
METHODS: Mapping[type, frozenset[str]] = {
    dict: frozenset({"items", "keys", "values", "get"}),
    str: frozenset({"startswith", "endswith", "split", "strip", "removeprefix", "removesuffix"}),
    LoopContext: frozenset({"index", "index0", "revindex", "revindex0", "first", "last", "length", "previtem", "nextitem"}),
}


class Fault(Struct, frozen=True):
    """Why a template gave no text: a kind of problem, the template, its line (0: not known)."""

    code: str
    name: str
    line: int
    args: tuple[tuple[str, str], ...] = ()

    def placed(self, templates: Templates) -> Problem:
        span = Span(self.line, 1, self.line, 1) if self.line else None
        return Problem(self.code, self.args).at(templates.file_of(self.name), span)


def rendered(environment: Environment, name: str, context: Mapping[str, Any]) -> str | Fault:
    """The Markdown of one paper, rendered in this process, or why there is none."""
    try:
        pieces = []
        length = 0
        for piece in environment.get_template(name).generate(guarded(context)):
            length += len(piece)
            if length > LONGEST:
                return Fault("D207", name, 0, (("most", str(LONGEST)),))
            pieces.append(piece)
        return _tidy(reveal("".join(pieces)))
    except Exception as error:  # whatever a template can bring about is its own fault
        return fault_of(error, name)


def guarded(value: Any) -> Any:
    """Plain values with their texts made harmless. TypeError for any other object: a template
    never sees one."""
    kind = value.__class__
    if kind is str:
        return hide(value)
    if kind is dict or isinstance(value, Mapping):
        return {hide(key): guarded(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [guarded(item) for item in value]
    if value is None or isinstance(value, (bool, int)):
        return value
    if isinstance(value, str):
        return hide(value)
    raise TypeError(f"{type(value).__name__} in the values of a template")


def _tidy(text: str) -> str:
    """No trailing spaces, no two empty lines in a row, one line end at the end."""
    kept: list[str] = []
    for line in text.split("\n"):
        line = line.rstrip(" \t")
        if line or (kept and kept[-1]):
            kept.append(line)
    return "\n".join(kept).rstrip("\n") + "\n"


class _Generator(CodeGenerator):
    """`a ~ b` glues what can be printed, and nothing else."""

    def visit_Concat(self, node: Concat, frame: Frame) -> None:
        self.write("environment.glued((")
        for part in node.nodes:
            self.visit(part, frame)
            self.write(", ")
        self.write("))")


class Environment(ImmutableSandboxedEnvironment):
    """Jinja with almost everything taken away; what is left is denied unless named."""

    code_generator_class = _Generator
    intercepted_binops = frozenset({"**", "*", "%", "+", "-", "//", "/"})

    def __init__(self, sources: Mapping[str, str] | Templates) -> None:
        super().__init__(loader=_Loader(sources), undefined=Absent, finalize=_finalize, optimized=False,
                         trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True, extensions=[_Literals], cache_size=200)
        self.globals = {"range": _range}
        self.filters = {name: self.filters[name] for name in FILTERS}
        self.filters["join"] = _join

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        if isinstance(obj, TemplateReference) or (type(obj).__name__ == "TemplateModule" and isinstance(value, Macro)):
            return not attr.startswith("_")
        return attr in METHODS.get(type(obj), frozenset())

    def wrap_str_format(self, value: Any) -> None:
        """`format` is a method like any other that was not named: denied."""

    def getattr(self, obj: Any, attribute: str) -> Any:
        """A mapping's own entry comes before a method of the same name."""
        if isinstance(obj, dict) and attribute in obj:
            return obj[attribute]
        return super().getattr(obj, attribute)

    def glued(self, parts: tuple[Any, ...]) -> str:
        return "".join(_printable(part) for part in parts)

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        if operator in {"**", "/"}:
            raise SecurityError(operator)
        numbers = all(isinstance(side, int) and not isinstance(side, bool) for side in (left, right))
        if not numbers and not (operator == "+" and type(left) is type(right) and isinstance(left, (str, list))):
            str(left), str(right)  # an absent value says which
            raise SecurityError(operator)
        result = super().call_binop(context, operator, left, right)
        if numbers and abs(result) > LARGEST:
            raise SecurityError(operator)
        return result


class Absent(StrictUndefined):
    """A name that was not given: any use of it fails with the bare name."""

    __slots__ = ()

    @property
    def _undefined_message(self) -> str:
        return plain(str(self._undefined_name)) if self._undefined_name is not None else "?"


class Unprintable(TemplateRuntimeError):
    """A value that has no words: None, yes/no, a list."""


class _Loader(BaseLoader):
    def __init__(self, sources: Mapping[str, str] | Templates) -> None:
        self._sources = sources

    def get_source(self, environment: Any, template: str) -> tuple[str, str, None]:
        name = plain(template)
        known = self._sources.sources if isinstance(self._sources, Templates) else self._sources
        if name not in known:
            raise TemplateNotFound(name)
        return known[name], name, None


class _Literals(Extension):
    """Strings written in a template are text as data is: only what stands outside of {{ }} and
    {% %} is Markdown."""

    def filter_stream(self, stream: TokenStream) -> Iterator[Token]:
        for token in stream:
            yield Token(token.lineno, "string", hide_literal(token.value)) if token.type == "string" else token


@pass_context  # so that nothing is evaluated when a template is only compiled
def _finalize(context: Any, value: Any) -> Any:
    return _printable(value)


def _printable(value: Any) -> Any:
    if isinstance(value, str):
        return value
    if isinstance(value, int) and not isinstance(value, bool):
        return hide(str(value))
    if isinstance(value, Undefined):
        str(value)
    raise Unprintable(type(value).__name__)


def _range(*bounds: int) -> range:
    turns = range(*bounds)
    if len(turns) > MOST_TURNS:
        raise SecurityError("range")
    return turns


def _join(values: Any, between: str = "", attribute: str | None = None) -> str:
    """The words of a list; a word that is absent or has nothing to print is a problem."""
    items = ([item[attribute] for item in values] if attribute is not None else values)
    return str(between).join(_printable(item) for item in items)


# what went wrong

def fault_of(error: Exception, name: str) -> Fault:
    """The kind of problem behind an exception of the template engine."""
    where, line = _place(error, name)
    if isinstance(error, TemplateSyntaxError):
        return _syntax(error, plain(error.name or name))
    if isinstance(error, TemplateNotFound):
        return Fault("D201", where, line, (("name", plain(str(error.name))),))
    if isinstance(error, Unprintable):
        return Fault("D205", where, line)
    if isinstance(error, UndefinedError):
        return Fault("D204", where, line, (("name", plain(str(error))),))
    if isinstance(error, SecurityError):
        return Fault("D206", where, line)
    return Fault("D208", where, line, (("words", f"{type(error).__name__}: {plain(str(error))[:200]}"),))


_UNKNOWN_TAG = re.compile("Encountered unknown tag '([^']{1,40})'.*", re.DOTALL)


def _syntax(error: TemplateSyntaxError, name: str) -> Fault:
    words = plain(str(error.message))
    tag = _UNKNOWN_TAG.fullmatch(words)
    if tag is not None and not tag[1].startswith("end"):
        return Fault("D210", name, error.lineno, (("tag", tag[1]),))
    if words.startswith("Unexpected end of template"):
        return Fault("D211", name, error.lineno)
    return Fault("D203", name, error.lineno, (("words", words[:200]),))


def _place(error: BaseException, name: str) -> tuple[str, int]:
    """The template and line the error came from: the engine writes them into the traceback."""
    found, trace = (name, 0), error.__traceback__
    while trace is not None:
        file = trace.tb_frame.f_code.co_filename
        if file.endswith(ENDING):
            found = (file, trace.tb_lineno)
        trace = trace.tb_next
    return found
