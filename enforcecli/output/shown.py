"""A problem with its words: what every format prints, worked out once."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from hashlib import sha256
from typing import Protocol

from msgspec import Struct

from enforcecli.language import N_, _, current
from enforcecli.model.problem import Level, Problem, Span
from enforcecli.problems import kind

_PLACES = frozenset({"line", "column", "first_line", "first", "other_line"})
"""Arguments that are places in the file: they move with the lines and identify nothing."""

_LISTS = frozenset({"acts", "allowed", "cases", "degrees", "duties", "example", "ids", "items", "known", "listed", "named",
                    "options", "others", "parts", "people", "persons", "roles", "rules", "suggested", "units", "wanting"})
"""Arguments that are lists the program has put together."""
_BREAK = re.compile(r"\r\n|\r|\n")
_WHOLE_FILE = N_("本文件")


class Checked(Protocol):
    """A file and what was found in it, as the reading layer hands it over."""

    @property
    def file(self) -> str: ...
    @property
    def problems(self) -> Sequence[Problem]: ...
    @property
    def lines(self) -> Callable[[], Sequence[str]]: ...
    @property
    def unreadable(self) -> bool: ...


class Told(Struct, frozen=True):
    """Problems of a file that nobody examined as a whole, as the formats want them."""

    file: str
    problems: Sequence[Problem]
    text: str = ""
    unreadable: bool = False

    def lines(self) -> Sequence[str]:
        return _BREAK.split(self.text)


class Shown(Struct, frozen=True):
    """A problem ready for print. Places are 1-based, columns in characters, the end exclusive; a
    problem of the whole file stands at 1:1 with `placed` False."""

    code: str
    level: Level
    file: str
    span: Span
    placed: bool
    message: str
    remedy: str
    cite: str | None
    basis: str | None
    fixable: bool
    fingerprint: str = ""


def show(problem: Problem, file: str = "") -> Shown:
    """The words of a problem in the current language; `file` where the problem names none."""
    of = kind(problem.code)
    args = _worded(problem.args)
    return Shown(
        problem.code, problem.level or of.level, problem.file or file,
        problem.span or Span(1, 1, 1, 1), problem.span is not None,
        _said(of.message, problem).format_map(args), _near(problem) + _said(of.remedy, problem).format_map(args),
        problem.cite or of.cite, of.basis, problem.fix is not None,
    )


def _said(text: str, problem: Problem) -> str:
    """A text of the kind in the current language, keys and words as the author of the file calls them."""
    if not problem.called:
        return _(text)
    from enforcecli.problems.mentions import named

    return named(_(text), dict(problem.called), english=current() == "en")


def _worded(args: Iterable[tuple[str, str]]) -> _Args:
    """The arguments of a message, what in them are the program's own words in the current language: the
    marks between the members of a list, what a place wants, the name for a whole file."""
    told = _Args(args)
    if current() == "zh":
        return told
    for name, value in told.items():
        if name in _LISTS:
            told[name] = value.replace("、", ", ").replace("；", "; ")
        elif name == "key" and value == _WHOLE_FILE:
            told[name] = _(value)
        elif f"{name}_en" in told:
            told[name] = told[f"{name}_en"]
    return told


def _near(problem: Problem) -> str:
    """“Did you mean”, before the remedy, where the problem knows a near word."""
    near = dict(problem.args).get("suggestion")
    return _("是不是“{suggestion}”？").format(suggestion=near) if near else ""


def blanks(text: str) -> str:
    """A message or a remedy without a case: what a case would fill in stands as 〈name〉 (brackets
    that GBK has too)."""
    return text.format_map(_Blanks())


def show_all(problems: Iterable[Problem], file: str = "") -> list[Shown]:
    """Problems in the order of file, line, column and code, with fingerprints that are unique
    among them and do not change when lines are added above."""
    seen: dict[str, int] = {}
    result = []
    for problem in sorted(problems, key=lambda p: _order(p, file)):
        key = _identity(problem, file)
        nth = seen[key] = seen.get(key, 0) + 1
        item = show(problem, file)
        result.append(Shown(
            item.code, item.level, item.file, item.span, item.placed, item.message, item.remedy,
            item.cite, item.basis, item.fixable, sha256(f"{key}\0{nth}".encode(errors="replace")).hexdigest(),
        ))
    return result


def shown_of(files: Iterable[Checked]) -> list[Shown]:
    """All problems of all files, in order."""
    return show_all(p if p.file else p.at(f.file, p.span) for f in files for p in f.problems)


def basis_label(basis: str) -> str:
    """Before a law outside the measures: that it is a reading is said once."""
    return _("依据：") if "理解" in basis else _("依据（编写者的理解）：")


def level_word(level: Level) -> str:
    return {Level.ERROR: _("错误"), Level.WARNING: _("警告"), Level.INFO: _("提示")}[level]


def _order(problem: Problem, file: str) -> tuple[str, int, int, str, tuple[tuple[str, str], ...]]:
    span = problem.span or Span(1, 1, 1, 1)
    return (problem.file or file, span.line, span.column, problem.code, problem.args)


def _identity(problem: Problem, file: str) -> str:
    args = [f"{key}={value}" for key, value in problem.args if key not in _PLACES and not key.endswith("_en")]
    return "\0".join([problem.code, problem.file or file, *map(str, problem.where), "", *args])


class _Blanks(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return f"〈{key}〉"


class _Args(dict[str, str]):
    """Arguments of a message; a name the problem does not give stays visible as {name}."""

    def __missing__(self, key: str) -> str:
        return f"{{{key}}}"
