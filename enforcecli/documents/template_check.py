"""Reading a template before it is used: tags that will not work, names nobody gives, contents that
are missing. Nothing is rendered and nothing of the template is executed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any

from jinja2 import meta, nodes
from msgspec import Struct

from enforcecli.documents.escape import plain
from enforcecli.documents.kinds import WORDED, PaperKind
from enforcecli.documents.loader import ENDING, Template, Templates, templates_of
from enforcecli.documents.sandbox import METHODS, Environment, Fault, fault_of
from enforcecli.model.problem import Problem, Span, problem
from enforcecli.text.suggest import closest

LONGEST = 60
_WIDE_TAG = re.compile("｛[｛％%]|[％%]｝|｝｝|【【|】】|{｛|｛{|}｝|｝}")
_TAG = re.compile(r"\{\{[^{}\n]{0,1000}\}\}|\{%[^{}\n]{0,1000}%\}")
_STRING = re.compile("\"[^\"\n]*\"|'[^'\n]*'")
_WIDE_SIGN = re.compile("[“”‘’（），。：；＝！｜［］＋－＜＞　]")
_OF_LOOPS = frozenset().union(*METHODS.values()) | {"loop", "caller", "varargs", "kwargs"}


class CheckedTemplate(Struct, frozen=True):
    """A template and what is wrong with it."""

    file: str
    problems: tuple[Problem, ...]
    text: str = ""
    unreadable: bool = False

    def lines(self) -> Sequence[str]:
        return self.text.splitlines()


def check_all(templates: Templates, names: Iterable[str]) -> Iterator[CheckedTemplate]:
    """The named templates, each with its problems in the order of the lines."""
    for name in names:
        yield check(templates, name)


def check(templates: Templates, name: str) -> CheckedTemplate:
    found = templates.find(name)
    if isinstance(found, Problem):
        placed = found if found.file else found.at(templates.file_of(name), None)
        return CheckedTemplate(placed.file, (placed,), unreadable=found.code[0] == "T")
    problems = list(_problems(found, templates))
    problems.sort(key=lambda p: (p.span.line, p.span.column) if p.span is not None else (0, 0))
    return CheckedTemplate(found.file, tuple(problems), found.text)


def _problems(template: Template, templates: Templates) -> Iterator[Problem]:
    wide = [*_wide_tags(template), *_wide_signs(template)]
    yield from wide
    if template.own:
        yield from _useless(template, templates)
    tree = _tree(template.text, template.name)
    if isinstance(tree, Fault):
        fault = tree.placed(templates)
        lines = {p.span.line for p in wide if p.code == "D223" and p.span is not None}
        if fault.span is None or fault.span.line not in lines:  # the sign is the cause
            yield fault
        return
    yield from _unknown(template, tree, templates)
    yield from _unfound(template, tree, templates)
    yield from _not_provided(template, tree, templates)
    yield from _lacking(template, tree, templates)


@lru_cache(1)
def _environment() -> Environment:
    return Environment({})


@lru_cache(256)
def _tree(text: str, name: str) -> nodes.Template | Fault:
    """The template read and compiled; nothing of it is executed."""
    try:
        tree = _environment().parse(text)
        _environment().compile(text, raw=True)
        return tree
    except Exception as error:  # whatever the text brings about is its own fault
        return fault_of(error, name)


def _at(template: Template, code: str, line: int, column: int, length: int, **args: Any) -> Problem:
    span = Span(line, column, line, column + length)
    return problem(code, **args).at(template.file, span)


def _paragraph(line: str, column: int) -> str:
    """The line, or the piece of it around the column."""
    start = max(0, min(column - 1 - LONGEST // 2, len(line) - LONGEST))
    piece = line[start:start + LONGEST]
    return ("…" if start else "") + piece.strip() + ("…" if start + LONGEST < len(line) else "")


# full-width signs

def _wide_tags(template: Template) -> Iterator[Problem]:
    for number, line in enumerate(template.text.split("\n"), start=1):
        for match in _WIDE_TAG.finditer(line):
            at = match.start() + 1
            yield _at(template, "D221", number, at, len(match[0]), braces=match[0], paragraph=_paragraph(line, at))


def _wide_signs(template: Template) -> Iterator[Problem]:
    """Outside of the strings of a tag; the engine knows no such sign."""
    for number, line in enumerate(template.text.split("\n"), start=1):
        for tag in _TAG.finditer(line):
            bare = _STRING.sub(lambda m: " " * len(m[0]), tag[0])
            sign = _WIDE_SIGN.search(bare)
            if sign is not None:
                at = tag.start() + sign.start() + 1
                yield _at(template, "D223", number, at, 1, character=sign[0], paragraph=_paragraph(line, at))


# names

def _kinds(name: str, templates: Templates) -> tuple[PaperKind, ...]:
    """The kinds whose papers this text goes into, included or by itself."""
    return tuple(kind for kind in WORDED.values() if name in _included(kind.template, templates))


def _included(name: str, templates: Templates) -> frozenset[str]:
    """The template and all it includes, by name."""
    found: set[str] = set()
    ahead = [name]
    while ahead:
        one = ahead.pop()
        if one in found or one not in templates.sources:
            continue
        found.add(one)
        ahead.extend(_references(templates.sources[one], one))
    return frozenset(found)


@lru_cache(256)
def _references(text: str, name: str) -> tuple[str, ...]:
    tree = _tree(text, name)
    if isinstance(tree, Fault):
        return ()
    return tuple(plain(other) for other in meta.find_referenced_templates(tree) if other)


def _unknown(template: Template, tree: nodes.Template, templates: Templates) -> Iterator[Problem]:
    """Top-level names that no paper of these kinds is given, and entries no template knows."""
    kinds = _kinds(template.name, templates)
    given = frozenset[str]().union(*(kind.variables for kind in kinds or WORDED.values()))
    lines = template.text.split("\n")
    for name, line in _undeclared(tree):
        if name not in given:
            yield _no_such(template, lines, name, line, given)
    entries = _entries() | {key for kind in WORDED.values() for key in kind.variables}
    for name, line in _attributes(tree):
        if name not in entries and name not in _OF_LOOPS:
            yield _no_such(template, lines, name, line, entries)


def _no_such(template: Template, lines: Sequence[str], name: str, line: int, known: Iterable[str]) -> Problem:
    near = closest(name, known)
    text = lines[line - 1] if 0 < line <= len(lines) else ""
    column = text.find(name) + 1 or 1
    args = {"name": name, "paragraph": _paragraph(text, column)}
    if near is None:
        return _at(template, "D225", line, column, len(name), **args)
    return _at(template, "D220", line, column, len(name), **args, nearest=near)


def _undeclared(tree: nodes.Template) -> Iterator[tuple[str, int]]:
    """Names the template takes from outside, each where it first stands."""
    outside = _outside(tree)
    seen: set[str] = set()
    for node in sorted(tree.find_all(nodes.Name), key=lambda n: n.lineno):
        if node.name in outside and node.name not in seen and node.ctx == "load":
            seen.add(node.name)
            yield node.name, node.lineno


def _outside(tree: nodes.Template) -> set[str]:
    """What meta.find_undeclared_variables finds, without its evaluation of constant expressions."""
    generator = meta.TrackingCodeGenerator(_environment())
    generator.optimizer = None
    generator.visit(tree)
    return generator.undeclared_identifiers - {"range"}


def _attributes(tree: nodes.Template) -> Iterator[tuple[str, int]]:
    """Entries asked of values: 人.姓名, 人["姓名"]; each name once. What is imported by name from
    another template is its macro, no entry."""
    imported = {node.target for node in tree.find_all(nodes.Import)}
    found: dict[str, int] = {}
    for getattr_ in tree.find_all(nodes.Getattr):
        if not (isinstance(getattr_.node, nodes.Name) and getattr_.node.name in imported):
            found.setdefault(getattr_.attr, getattr_.lineno)
    for item in tree.find_all(nodes.Getitem):
        if isinstance(item.arg, nodes.Const) and isinstance(item.arg.value, str):
            found.setdefault(plain(item.arg.value), item.lineno)
    yield from found.items()


@lru_cache(1)
def _entries() -> frozenset[str]:
    """The entries the shipped templates use: those are tried on every kind of case."""
    shipped = templates_of(None).sources
    trees = (_tree(text, name) for name, text in shipped.items())
    return frozenset(name for tree in trees if not isinstance(tree, Fault) for name, _ in _attributes(tree))


def _not_provided(template: Template, tree: nodes.Template, templates: Templates) -> Iterator[Problem]:
    """Filters and tests inside a condition: the engine would notice them only there."""
    for node in tree.find_all((nodes.Filter, nodes.Test)):
        known = _environment().filters if isinstance(node, nodes.Filter) else _environment().tests
        name = getattr(node, "name", "")
        if name not in known:
            words = f"No filter or test named '{name}'."
            yield Fault("D203", template.name, node.lineno, (("words", words),)).placed(templates)


# includes, and what is missing

def _unfound(template: Template, tree: nodes.Template, templates: Templates) -> Iterator[Problem]:
    for node in tree.find_all((nodes.Include, nodes.Import, nodes.FromImport, nodes.Extends)):
        name = getattr(node, "template", None)
        if isinstance(name, nodes.Const) and plain(str(name.value)) not in templates.sources:
            yield _at(template, "D201", node.lineno, 1, 0, name=plain(str(name.value)))


def _lacking(template: Template, tree: nodes.Template, templates: Templates) -> Iterator[Problem]:
    """Contents the shipped template of the kind has and this one, with all it includes, has not."""
    shipped = templates_of(None)
    kind = next((k for k in WORDED.values() if k.template == template.name), None)
    if not template.own or kind is None or template.name not in shipped.sources:
        return
    ours, theirs = _used(template.name, templates), _used(template.name, shipped)
    if theirs - ours:
        names = "、".join(sorted(theirs - ours))
        yield problem("D222", names=names, template=template.name).at(template.file, None)


def _used(name: str, templates: Templates) -> frozenset[str]:
    """The top-level names a template takes from outside, with those of what it includes."""
    trees = (_tree(templates.sources[one], one) for one in _included(name, templates))
    return frozenset(name for tree in trees if not isinstance(tree, Fault)
                     for name in _outside(tree))


def _useless(template: Template, templates: Templates) -> Iterator[Problem]:
    if not _kinds(template.name, templates):
        near = closest(template.name.removesuffix(ENDING), WORDED) or next(iter(WORDED))
        yield problem("D224", name=template.name, nearest=near + ENDING).at(template.file, None)
