"""What the YAML parsers complain of, in kinds of our own. Two parsers (C and pure Python) word the
same complaint differently; only fragments of their texts are compared, none is shown."""

from __future__ import annotations

import re
from typing import Any

from enforcecli.text.found import Found, found

_BY_PROBLEM: tuple[tuple[str, str], ...] = (
    ("unknown escape", "Y231"), ("hexdecimal", "Y231"), ("hexadecimal", "Y231"), ("Unicode character escape", "Y231"),
    ("mapping values are not allowed", "Y225"), ("mapping keys are not allowed", "Y209"),
    ("sequence entries are not allowed", "Y230"), ("another document", "Y207"), ("undefined alias", "Y203"),
    ("duplicate anchor", "Y202"), ("unexpected ':'", "Y122"), ("expected ':'", "Y226"),
)
_BY_CONTEXT: tuple[tuple[str, str], ...] = (
    ("anchor", "Y202"), ("alias", "Y203"), ("tag", "Y204"), ("directive", "Y206"), ("block scalar", "Y227"),
    ("simple key", "Y226"),
)


_LAYOUT = re.compile(r"( *)((?:- +)*)([^\r\n]*)")
_FINISHED = re.compile(r"[^\s#][^:\r\n]*:[ ]+[^\s#|>]")


def explain(error: Any, text: str) -> Found:
    """The slip behind a parser's error: kind and place."""
    problem, context = str(getattr(error, "problem", "") or ""), str(getattr(error, "context", "") or "")
    at = _offset(getattr(error, "problem_mark", None), text)
    began = _offset(getattr(error, "context_mark", None) or getattr(error, "problem_mark", None), text)
    if ("quoted scalar" in context and "end of" in problem) or "document separator" in problem:
        return found("Y220", began, began + 1, quote=text[began:began + 1])
    if "flow sequence" in context or "flow mapping" in context:
        return _bracket(text, at, began)
    if "cannot start any token" in problem:
        return _stray(text, at)
    if "tab" in problem.split():
        return found("Y106", at, at + 1, character="U+0009")
    for fragments, source in ((_BY_PROBLEM, problem), (_BY_CONTEXT, context)):
        for fragment, code in fragments:
            if fragment in source:
                return _simple(code, text, at, began)
    return _structure(text, problem, context, at)


def _simple(code: str, text: str, at: int, began: int) -> Found:
    if code == "Y226":
        return found(code, began, _line_end(text, began))
    if code == "Y225":
        return _indentation(text, at) or found("Y232", at, min(at + 1, len(text)))
    if code in {"Y202", "Y203", "Y204"}:
        return found(code, began, min(began + 1, len(text)), name=text[began + 1:at].strip())
    if code == "Y231":
        at = max(text.rfind("\\", 0, at + 1), began)
    return found(code, at, min(at + 1, len(text)))


def _structure(text: str, problem: str, context: str, at: int) -> Found:
    """Pieces that do not fit together: brackets, indentation, text behind a value."""
    ch = text[at:at + 1]
    if "node content" in problem:
        if at >= len(text.rstrip()):
            opened = _last_open(text)
            return found("Y221", opened, opened + 1, bracket=text[opened:opened + 1])
        return found("Y223" if ch in "]}" else "Y224", at, at + 1, character=ch)
    if ch and ch in "]}":
        return found("Y223", at, at + 1, character=ch)
    before = text[text.rfind("\n", 0, at) + 1:at]
    if before.strip(" -"):
        return found("Y228", at, _line_end(text, at))
    if "block collection" in context or "'-' indicator" in problem:
        return found("Y229", at, _line_end(text, at))
    if "document start" in problem or "expected key" in problem or "block end" in problem:
        return _indentation(text, at) or found("Y227", at, _line_end(text, at))
    return found("Y239", at, min(at + 1, len(text)))


def _indentation(text: str, at: int) -> Found | None:
    """A line indented more than the one above it, which is complete. Either that one lacks its
    indentation (the lines before it stand where this one does), or this one has too much."""
    begin = text.rfind("\n", 0, at) + 1
    here = len(text[begin:]) - len(text[begin:].lstrip(" "))
    before = above = _line_above(text, begin)
    if before is None or before.end(1) - before.start() >= here \
            or not (_FINISHED.match(before[3]) or (before[2] and before[3].rstrip()[-1:] != ":")):
        return None
    while above is not None and (above is before or above.end(1) - above.start() > here):
        above = _line_above(text, above.start())
    if above is not None and here in {above.end(1) - above.start(), above.end(2) - above.start()} \
            and before.end(2) - before.start() < here:
        return found("Y233", before.end(1), _line_end(text, before.end(1)))
    return found("Y225", begin + here, _line_end(text, begin + here))


def _line_above(text: str, begin: int) -> re.Match[str] | None:
    """The last line before `begin` with anything on it but a comment: indentation, dashes, the rest."""
    while begin > 0:
        begin = text.rfind("\n", 0, begin - 1) + 1
        match = _LAYOUT.match(text, begin)
        if match is not None and match[3][:1] not in {"", "#"}:
            return match
    return None


def _bracket(text: str, at: int, began: int) -> Found:
    """Inside brackets: not closed (told at the bracket, whose line the author must look at), or
    a separator missing on the same line."""
    if text.count("\n", began, at) or at >= len(text.rstrip()) or text[at:at + 1] in "]}":
        return found("Y221", began, began + 1, bracket=text[began:began + 1])
    return found("Y222", at, at + 1, bracket=text[began:began + 1])


def _stray(text: str, at: int) -> Found:
    ch = text[at:at + 1]
    return found("Y106", at, at + 1, character="U+0009") if ch == "\t" else found("Y121", at, at + 1, character=ch)


def _last_open(text: str) -> int:
    return max(text.rfind("["), text.rfind("{"), 0)


def _offset(mark: Any, text: str) -> int:
    return 0 if mark is None else min(max(mark.index, 0), len(text))


def _line_end(text: str, at: int) -> int:
    end = text.find("\n", at)
    return max(at, len(text[:end if end >= 0 else len(text)].rstrip()))
