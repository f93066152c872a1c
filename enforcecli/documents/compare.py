"""A paper on disk beside what its case gives now: the same, or where it differs, in words.

Archives are compared member by member: the same content may be packed into other bytes on another
machine.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from enforcecli.documents.freeze import LARGEST, members
from enforcecli.model.problem import Problem, problem
from enforcecli.text.write import found

MOST_TOLD = 5
AROUND = 8
"""Characters shown before and after a difference."""
LONGEST = 60
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_BODY = "word/document.xml"
_TEXTS = re.compile(r"word/(?:document|header[0-9]*|footer[0-9]*)\.xml")


def compared(path: Path, shown: str, data: bytes) -> list[Problem]:
    """What is wrong with the paper at this path, whose bytes should say what `data` says. None: []."""
    if not path.exists() and not path.is_symlink():
        return [_told("D231", shown)]
    there = found(path, LARGEST)
    if there is None:
        return [_told("D234", shown)]
    if there == data:
        return []
    if path.suffix == ".docx":
        return _archives(shown, there, data)
    try:
        return list(_texts(shown, _lines(there.decode("utf-8")), _lines(data.decode("utf-8"))))
    except UnicodeDecodeError:
        return [_told("D234", shown)]


def _told(code: str, paper: str, **args: Any) -> Problem:
    return problem(code, paper=paper, **args).at(paper, None)


def _lines(text: str) -> list[str]:
    """Line ends are not content: an editor may have changed them."""
    return [line.rstrip() for line in text.removeprefix("\ufeff").split("\n") if line.strip()]


def _archives(shown: str, there: bytes, data: bytes) -> list[Problem]:
    old, new = members(there), members(data)
    if old is None or new is None:
        return [_told("D234", shown)]
    if old == new:
        return []
    paragraphs = _paragraphs(old)
    if paragraphs is None:
        return [_told("D234", shown)]
    problems = list(_texts(shown, paragraphs, _paragraphs(new) or []))
    if problems:
        return problems
    different = sorted(name for name in {*old, *new} if old.get(name) != new.get(name))
    return [_told("D238", shown, members="、".join(different[:MOST_TOLD]))]


def docx_text(data: bytes) -> list[str] | None:
    """The paragraphs of a DOCX that hold text; None if it cannot be opened."""
    parts = members(data)
    return _paragraphs(parts) if parts is not None else None


def _paragraphs(parts: Mapping[str, bytes]) -> list[str] | None:
    names = sorted((n for n in parts if _TEXTS.fullmatch(n)), key=lambda n: (n != _BODY, n))
    try:
        return [text for name in names for text in _of_part(parts[name])] if _BODY in names else None
    except (ElementTree.ParseError, ValueError):
        return None


def _of_part(xml: bytes) -> Iterator[str]:
    if b"<!DOCTYPE" in xml or b"<!ENTITY" in xml:
        raise ValueError("a paper declares no entities")
    for paragraph in ElementTree.fromstring(xml).iter(f"{_WORD}p"):
        text = "".join(_pieces(paragraph)).strip()
        if text:
            yield text


def _pieces(paragraph: ElementTree.Element) -> Iterator[str]:
    for node in paragraph.iter():
        if node.tag == f"{_WORD}t":
            yield node.text or ""
        elif node.tag in (f"{_WORD}br", f"{_WORD}tab"):
            yield " "


def _texts(shown: str, old: Sequence[str], new: Sequence[str]) -> Iterator[Problem]:
    """Where two texts differ, paragraph by paragraph; the first few, and how many more."""
    told = list(_changes(shown, old, new))
    yield from told[:MOST_TOLD]
    if len(told) > MOST_TOLD:
        yield _told("D239", shown, count=len(told) - MOST_TOLD)


def _changes(shown: str, old: Sequence[str], new: Sequence[str]) -> Iterator[Problem]:
    for kind, i, i_end, j, j_end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            continue
        pairs = min(i_end - i, j_end - j)
        for k in range(pairs):
            before, after = _differing(old[i + k], new[j + k])
            yield _told("D230", shown, paragraph=i + k + 1, old=before, new=after)
        for k in range(i + pairs, i_end):
            yield _told("D236", shown, paragraph=k + 1, old=_short(old[k]))
        for k in range(j + pairs, j_end):
            yield _told("D237", shown, paragraph=i_end + 1, new=_short(new[k]))


def _differing(old: str, new: str) -> tuple[str, str]:
    """The part of two paragraphs that differs, with a few characters around it."""
    start = next((k for k, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new)))
    longest = min(len(old), len(new)) - start
    end = next((k for k in range(longest) if old[-1 - k] != new[-1 - k]), longest)
    return _around(old, start, len(old) - end), _around(new, start, len(new) - end)


def _around(text: str, start: int, end: int) -> str:
    first, last = max(0, start - AROUND), min(len(text), end + AROUND)
    return ("…" if first else "") + _short(text[first:last]) + ("…" if last < len(text) else "")


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else text[:LONGEST] + "…"
