"""What can be guessed of a slip that has more than one reading: made only when asked for
(`enforce fix --unsafe`), one at a time, kept only if it helps, and told as a guess.

Whom a case is about and which fault is held against somebody (P101, K302) are never guessed; nor are
characters whose removal could change what was meant to be read (T202, T203, T204, T206, T207).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from msgspec import Struct

from enforcecli.model.problem import Edit, Level, Problem
from enforcecli.problems import level
from enforcecli.text.found import quoted
from enforcecli.text.values import SPECIAL

_BREAK = re.compile(r"\r\n|\r|\n")
_LEADING_TIME = re.compile(r"[0-9]{4}[^ T]*?(?=[ T上下早晚中凌])")
_ESCAPED = re.compile(r"\\[\\\"/abefnrtv0xuUNLP_ ]")
_QUOTED = re.compile(r"'[^'\r\n]*'|\"[^\"\r\n]*\"")
WRITING = frozenset("TYK")
"""Families of how a file is written, as against what it says."""
_LAYOUT = re.compile("Y1..|Y2..")


class Guess(Struct, frozen=True):
    """The edits that would mend the problem if it was meant so."""

    problem: Problem
    edits: tuple[Edit, ...]


def guesses(text: str, found: Sequence[Problem]) -> Iterator[Guess]:
    """A guess for each problem that allows one, in the order of the text."""
    starts = [0, *(m.end() for m in _BREAK.finditer(text))]
    for problem in found:
        make, span = _MAKERS.get(problem.code), problem.span
        if make is None or span is None or problem.fix is not None:
            continue
        start, end = starts[span.line - 1] + span.column - 1, starts[span.end_line - 1] + span.end_column - 1
        edits = make(text, start, end, dict(problem.args))
        if edits:
            yield Guess(problem, edits)


def helped(guess: Guess, before: Sequence[Problem], after: Sequence[Problem]) -> bool:
    """Whether the file is better written for it. An edit of the layout lets more of the file be read,
    and so may bring other things to light, but nothing up to its own line."""
    wrong = guess.problem
    if wrong.span is not None and _LAYOUT.fullmatch(wrong.code) and level(wrong) is Level.ERROR:
        return not any(_LAYOUT.fullmatch(p.code) and level(p) is Level.ERROR and p.span is not None
                       and p.span.line <= wrong.span.line for p in after)
    return _weight(after) < _weight(before)


def _weight(found: Sequence[Problem]) -> tuple[int, int]:
    """Errors and warnings of how the file is written."""
    levels = [level(p) for p in found if p.code[0] in WRITING]
    return levels.count(Level.ERROR), levels.count(Level.WARNING)


_Edits = tuple[Edit, ...] | None
_Make = Callable[[str, int, int, dict[str, str]], _Edits]


def _nearest(text: str, start: int, end: int, args: dict[str, str]) -> _Edits:
    """The word that was probably meant. A word in quotation marks loses them."""
    return (Edit(start, end, args["guess"]),) if args["written"] in text[start:end] else None


def _kept(text: str, start: int, end: int, args: dict[str, str]) -> _Edits:
    """一组 #3 号: the words behind the # belong to the value."""
    begin = _value_start(text, start)
    return (Edit(begin, end, quoted(text[begin:end].rstrip())),) if begin < start else \
        (Edit(start, end, quoted(text[start:end].rstrip())),)


def _value_start(text: str, at: int) -> int:
    """Where the plain value before `at` begins: behind the key's colon or the dash."""
    begin = text.rfind("\n", 0, at) + 1
    colon = text.find(": ", begin, at)
    start = colon + 1 if colon >= 0 else begin
    return start + len(text[start:at]) - len(text[start:at].lstrip(" -" if colon < 0 else " "))


def _parted(text: str, start: int, end: int, args: dict[str, str]) -> _Edits:
    """[火情不迟报，隐患不漏报]: several items."""
    opening = max(text.rfind("[", 0, start), text.rfind("\n", 0, start))
    closing = text.find("]", end)
    if opening < 0 or closing < 0:
        return None
    return tuple(Edit(m.start(), m.end(), ", ") for m in re.compile("[，、；] *").finditer(text, opening, closing))


def _unquoted(text: str, start: int, end: int, args: dict[str, str]) -> _Edits:
    """'某厂'处罚案: the marks are of no use."""
    inside = text[start + 1:end - 1]
    whole = inside + args["rest"]
    if not inside or inside[0] in SPECIAL or re.search(r"[\\'\"\[\]{}#,\r\n]|: |:$", whole):
        return None
    return Edit(start, start + 1, ""), Edit(end - 1, end, "")


def _line_end(text: str, at: int) -> int:
    """The end of what stands on the line, a comment set off by a space aside."""
    match = _BREAK.search(text, at)
    stop = match.start() if match else len(text)
    comment = re.compile(r"[ \t]+#").search(text, at, stop)
    return len(text[:comment.start() if comment else stop].rstrip())


def _closed(text: str, start: int, end: int, args: dict[str, str]) -> _Edits:
    """[李明, 王强: the brackets of the line end with it."""
    stop, waiting = _line_end(text, start), list[str]()
    line = _QUOTED.sub("", text[text.rfind("\n", 0, start) + 1:stop])
    for ch in line:
        if ch in "[{":
            waiting.append("]" if ch == "[" else "}")
        elif waiting and ch == waiting[-1]:
            waiting.pop()
    return (Edit(stop, stop, "".join(reversed(waiting))),) if waiting else None


def _quote_closed(text: str, start: int, end: int, args: dict[str, str]) -> _Edits:
    stop = _line_end(text, start)
    return (Edit(stop, stop, args["quote"]),) if stop > end else None


def _comma(text: str, start: int, end: int, args: dict[str, str]) -> _Edits:
    """['李明' '王强']."""
    before = len(text[:start].rstrip())
    return (Edit(before, start, ", "),)


def _deleted(text: str, start: int, end: int, args: dict[str, str]) -> _Edits:
    """A bracket or a comma too many, a soft line break, a control character."""
    return (Edit(start, end, ""),)


def _superfluous(text: str, start: int, end: int, args: dict[str, str]) -> _Edits:
    """[李明, , 王强]: the comma with nothing before it."""
    return (Edit(start, end + 1 if text[end:end + 1] == " " else end, ""),) if text[start:end] == "," else None


def _indented(text: str, start: int, end: int, args: dict[str, str]) -> _Edits:
    """A line that was indented less than those around it: it stands with the line above."""
    begin = text.rfind("\n", 0, start) + 1
    above = text[:begin].rstrip().rpartition("\n")[2]
    margin = re.match(r" *(?:- +)*", above)
    missing = (margin.end() if margin else 0) - (start - begin)
    return (Edit(begin, begin, " " * missing),) if missing > 0 else None


def _bracketed(text: str, start: int, end: int, args: dict[str, str]) -> _Edits:
    """名单: - 李明: a list of one."""
    stop = _line_end(text, start)
    item = text[start + 1:stop].strip()
    below = text[stop:].partition("\n")[2].lstrip()
    if not item or re.search(r"[\[\]{}#,'\"]|: |- ", item) or below.startswith("-"):
        return None
    return (Edit(start, stop, f"[{item}]"),)


def _single_quotes(text: str, start: int, end: int, args: dict[str, str]) -> _Edits:
    """"D:\\案卷": a path, in which no \\ means anything."""
    opening = text.rfind('"', text.rfind("\n", 0, start) + 1, start)
    closing = text.find('"', end)
    inside = text[opening + 1:closing]
    if opening < 0 or closing < 0 or "\n" in inside or _ESCAPED.search(inside):
        return None
    return (Edit(opening, closing + 1, quoted(inside)),)


def _percent(text: str, start: int, end: int, args: dict[str, str]) -> _Edits:
    return (Edit(start, end, args["percent"]),) if text[start:end] == args["written"] else None


def _day_only(text: str, start: int, end: int, args: dict[str, str]) -> _Edits:
    """2026-03-05 10时: the time of day is of no use here."""
    day = _LEADING_TIME.match(text, start, end)
    return (Edit(day.end(), end, ""),) if day and text[start:end] == args["written"] else None


def _in_braces(text: str, start: int, end: int, args: dict[str, str]) -> _Edits:
    """（人: 张某，角色: 承办人）: the outer brackets are meant as {…}, and what stands before a key as a comma."""
    commas = re.compile(r"[，、；;] *(?=[^\s:：，、；,;]{1,20}: )").finditer(text, start, end)
    return Edit(start, start + 1, "{"), *(Edit(*m.span(), ", ") for m in commas), Edit(end - 1, end, "}")


_MAKERS: dict[str, _Make] = {
    "K101": _nearest, "K201": _nearest, "T201": _deleted, "T205": _deleted, "Y113": _parted, "Y114": _in_braces, "Y120": _kept,
    "Y124": _unquoted, "Y220": _quote_closed, "Y221": _closed, "Y222": _comma, "Y223": _deleted, "Y224": _superfluous,
    "Y230": _bracketed, "Y231": _single_quotes, "Y233": _indented, "Y305": _day_only, "Y321": _percent,
}
GUESSED = frozenset(_MAKERS)
"""The codes of problems that may be mended by guessing."""
