"""A rulebook from its files (docs/rulebook-format.md): rulebook.yaml, further YAML it includes, the source text.

A book with an error is not given out: what a measure says must be certain before anyone is held
to it. Every problem of every file is reported in one run.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Mapping
from typing import TYPE_CHECKING

from enforcecli.model.problem import Level, Problem, problem
from enforcecli.model.rulebook import Rulebook
from enforcecli.reading.places import BOOK_FILE
from enforcecli.reading.rulebook_build import build
from enforcecli.reading.rulebook_sheets import Sheets, guess

if TYPE_CHECKING:
    from enforcecli.reading.rulebook_shape import Draft
    from enforcecli.text.document import Document

MAIN = BOOK_FILE
FORMAT = "1"
OWN_WORDS = frozenset(("remedies", "notes"))
"""Keys whose `text` is the author's own wording, not a quotation of the source."""
LEFT_OPEN = ("（填写", "(fill in")
"""How a value begins that a new book (`rulebook new`) leaves to be filled in."""
CITED = {"rules": Level.ERROR, "faults": Level.ERROR, "not_modelled": Level.ERROR,
         "methods": Level.WARNING, "duties": Level.WARNING, "objectives": Level.WARNING}
"""What must cite. Nobody is held liable by a method or a duty alone: there it is a warning."""


def read_rulebook(files: Mapping[str, bytes], shown_dir: str) -> tuple[Rulebook | None, tuple[Problem, ...]]:
    """The book in `files` (name → content, all of one directory) and its problems.

    `shown_dir` is the directory as shown in problems; its last step must be the book's id. The
    book is None when any problem is an error.
    """
    book, problems, _ = read_with_sheets(files, shown_dir)
    return book, problems


def read_with_sheets(files: Mapping[str, bytes],
                     shown_dir: str) -> tuple[Rulebook | None, tuple[Problem, ...], Sheets | None]:
    """The same, and where every entry stands (None if nothing could be read)."""
    from enforcecli.problems import level

    reader = _Reader(files, shown_dir.rstrip("/"))
    book = reader.book()
    problems = reader.problems()
    sheets = Sheets(reader.roots) if reader.roots else None
    return (None if any(level(p) is Level.ERROR for p in problems) else book), problems, sheets


def read_checked(files: Mapping[str, bytes], shown_dir: str, sha256: str) -> Rulebook | None:
    """The book, if its digest is that of a book already found to be without problems: then the scan
    for slips of typing and the comparison with the source need not be done again. None otherwise."""
    reader = _Reader(files, shown_dir.rstrip("/"), checked=True)
    book = reader.book()
    return book if book is not None and book.sha256 == sha256 and not reader.problems() else None


def digest(files: Mapping[str, bytes]) -> str:
    """SHA-256 over the book's files: for each, sorted by name, its name in UTF-8, a zero byte and
    the SHA-256 of its content. rulebook.yaml, its includes and the source belong to the book."""
    total = hashlib.sha256()
    for name in sorted(files):
        total.update(name.encode("utf-8") + b"\0" + hashlib.sha256(files[name]).digest())
    return total.hexdigest()


class _Reader:
    """One book: its files read one by one, then joined and checked as a whole."""

    def __init__(self, files: Mapping[str, bytes], shown_dir: str, *, checked: bool = False) -> None:
        self.files, self.dir, self.checked = files, shown_dir, checked
        self.used: dict[str, bytes] = {}
        self.roots: list[Draft] = []
        self.found: list[Problem] = []

    def book(self) -> Rulebook | None:
        if not self._open(MAIN):
            return None
        for draft in list(self.roots):
            for i, name in enumerate(draft.items("include")):
                if name in self.used or not self._plain(name) or not self._open(name):
                    draft.report("B105", "include", i, written=name, **guess(name, self.files))
        sheets = Sheets(self.roots)
        self._head(sheets)
        source = self._source(sheets)
        if source is not None and not self.checked:
            _check_cites(sheets, source)
        return build(sheets, book_id=str(sheets.one("rulebook")), source=source or "", sha256=digest(self.used))

    def problems(self) -> tuple[Problem, ...]:
        return (*self.found, *(p for root in self.roots for p in root.reading.problems))

    def _plain(self, name: str) -> bool:
        """A name within the book's own directory."""
        return name in self.files and "/" not in name and "\\" not in name

    def _open(self, name: str) -> bool:
        """Read one YAML file; False if it is not there or holds nothing that can be read."""
        from enforcecli.reading.reader import compiled
        from enforcecli.reading.report import Reading
        from enforcecli.reading.rulebook_shape import BOOK
        from enforcecli.text.document import parse

        if name not in self.files:
            if name == MAIN:
                self.found.append(problem("B138", name=name).at(self.dir, None))
            return False
        self.used[name] = self.files[name]
        document = self._quick(name) if self.checked else parse(self.files[name], f"{self.dir}/{name}")
        self.found += document.problems
        if document.root is None:
            return False
        root = compiled(BOOK)(document.root, reading := Reading(document))
        if root is None:
            self.found += reading.problems
            return False
        self.roots.append(root)
        return True

    def _quick(self, name: str) -> Document:
        """The nodes alone, of a text known to be sound."""
        from enforcecli.text.document import Document
        from enforcecli.text.nodes import compose

        document = Document(self.files[name].decode("utf-8", "replace"), f"{self.dir}/{name}")
        document.root = compose(document.text)[0]
        return document

    def _head(self, sheets: Sheets) -> None:
        """What a book is: id, format, and the keys every book has."""
        from enforcecli.reading.rulebook_shape import REQUIRED

        for key in REQUIRED:
            if not sheets.has(key):
                sheets.report("B103", missing=key)
        wanted = self.dir.rsplit("/", 1)[-1]
        written = sheets.one("rulebook")
        if written is not None and unicodedata.normalize("NFC", written) != unicodedata.normalize("NFC", wanted):
            sheets.report("B101", "rulebook", written=written, directory=wanted)
        effective = sheets.one("effective")
        for path, value in ((("title",), sheets.one("title")), (("issuer",), sheets.one("issuer")),
                            (("effective", "note"), effective and effective.get("note"))):
            if value is not None and value.startswith(LEFT_OPEN):
                sheets.report("B401", *path, written=value)
        if sheets.one("format") not in (None, FORMAT):
            sheets.report("B102", "format", written=sheets.one("format"), known=FORMAT)

    def _source(self, sheets: Sheets) -> str | None:
        """The text of the measure, as the author's bytes say it."""
        name = sheets.one("source")
        if name is None:
            return None
        if not self._plain(name):
            sheets.report("B104", "source", written=name, **guess(name, self.files))
            return None
        from enforcecli.text.decode import decode

        self.used[name] = self.files[name]
        decoded = decode(self.files[name])
        if decoded.problem is not None:
            self.found.append(decoded.problem.at(f"{self.dir}/{name}", decoded.problem.span))
        return decoded.text


def _check_cites(sheets: Sheets, source: str) -> None:
    """Everything cites: the clause must exist, a quotation must be the source's own words."""
    from enforcecli.reading.clauses import contains_verbatim  # patterns a checked book does not need

    for key, level in CITED.items():
        for draft in sheets.rows(key):
            if not draft.wrote("cite"):
                name = draft.get("id") or draft.get("code") or draft.get("reason")
                draft.report("B133", level=level, item=name, missing="cite")
    for draft in sheets.drafts(without=OWN_WORDS):
        if draft.get("cite") is not None:
            _check_cite(draft, source)
        elif draft.get("text") is not None and not contains_verbatim(source, draft.get("text")):
            draft.report("B109", "text", text=_short(draft.get("text")))


def _check_cite(draft: Draft, source: str) -> None:
    from enforcecli.reading.clauses import contains_verbatim, is_external, resolve

    cite, text = draft.get("cite"), draft.get("text")
    if is_external(cite):
        if draft.get("basis") is None:
            draft.report("B108", "cite", clause=cite)
        return
    clause = resolve(source, cite)
    if clause is None:
        draft.report("B107", "cite", clause=cite)
    if text is None or (clause is not None and contains_verbatim(clause, text)):
        return
    if not contains_verbatim(source, text):
        draft.report("B109", "text", text=_short(text))
    elif clause is not None:
        draft.report("B110", "text", clause=cite, text=_short(text))


def _short(text: str, most: int = 24) -> str:
    words = " ".join(text.split())
    return words if len(words) <= most else words[:most] + "…"

