"""Where the entries of a book stand: the problems of pure layers name a rule or a fact, here they get a place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from enforcecli.model.problem import Path, Problem, Span

if TYPE_CHECKING:
    from enforcecli.reading.rulebook_shape import Draft
    from enforcecli.reading.rulebook_sheets import Sheets

BY_ID = {"rules": "id", "faults": "code", "methods": "code", "duties": "code", "objectives": "code"}
"""Lists whose entries are named by a key of theirs: ("rules", "R5", "over", "R2")."""


class Places:
    """The places of one book's entries."""

    def __init__(self, sheets: Sheets | None) -> None:
        self._sheets = sheets
        self._rows: dict[str, dict[str, Draft]] = {}

    def placed(self, problem: Problem) -> Problem:
        """The problem with file and place; one that has a place keeps it."""
        if problem.span is not None or problem.file:
            return problem
        found = self.find(problem.where, problem.on_key)
        return problem if found is None else replace(problem, file=found[0], span=found[1])

    def find(self, where: Path, on_key: bool = False) -> tuple[str, Span] | None:
        """File and place of a path; as near as the path goes, None if not even its first step is there."""
        from enforcecli.reading.rulebook_shape import find

        if not where or self._sheets is None:
            return None
        name = str(where[0])
        if name in BY_ID and len(where) > 1:
            draft = self._row(self._sheets, name, str(where[1]))
            path = where[2:]
        else:
            draft = next((root for root in self._sheets.roots if root.wrote(name)), None)
            path = where
        if draft is None:
            return None
        document = draft.reading.document
        return document.file, document.span(find(draft.node, path, on_key))

    def _row(self, sheets: Sheets, key: str, wanted: str) -> Draft | None:
        if key not in self._rows:
            drafts: dict[str, Draft] = {}
            for draft in sheets.rows(key):
                drafts.setdefault(draft.get(BY_ID[key]), draft)
            self._rows[key] = drafts
        return self._rows[key].get(wanted)

