"""A sealed decision made again from the bytes its record names."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from msgspec.structs import replace

from enforcecli.desk.examine import Examined, examine_in
from enforcecli.history.record import Input, Record
from enforcecli.history.repository import Repository
from enforcecli.history.states import fetching
from enforcecli.reading.files import Blob, Recorded
from enforcecli.reading.workspace import Workspace


class Remaking:
    """Decisions made again, one after the other; what several were made from is read once."""

    def __init__(self, repository: Repository, root: Path) -> None:
        self._repository, self._root = repository, root
        self._fetch = fetching(repository)
        self._made: dict[str, Examined] = {}
        self._known: dict[frozenset[tuple[str, str]], Workspace] = {}

    def workspace(self, record: Record) -> Workspace:
        """Roster, settings and books as the record names them, and nothing shipped."""
        common = [one for one in record.inputs if one.role in ("roster", "office", "rulebook")]
        key = frozenset((one.name, one.blob) for one in common)
        if key not in self._known:
            self._known[key] = Workspace.of(self._recorded(common), shipped=False)
        return self._known[key]

    def examined(self, record: Record) -> Examined | None:
        """The case as it was sealed, examined by this program; None where the record names no case."""
        case = record.case_file
        if case is None:
            return None
        if record.path not in self._made:
            self._made[record.path] = examine_in(self.with_files(record), case.name)
        return self._made[record.path]

    def with_files(self, record: Record) -> Workspace:
        """The workspace with every file the record names, its case and its templates too."""
        return replace(self.workspace(record), files=self._recorded(record.inputs))

    def with_case(self, record: Record, blob: Blob, beside: Mapping[str, bytes] | None = None) -> Workspace:
        """Other bytes of the sealed case, with all else as it was sealed. `beside`: bytes that git does not
        keep, by the name it would give them."""
        file = record.case_file
        assert file is not None
        blobs = {one.name: Blob(one.mode, one.blob) for one in record.inputs} | {file.name: blob}
        files = Recorded(self._root, blobs, fetching(self._repository, beside))
        return replace(self.workspace(record), files=files)

    def _recorded(self, inputs: tuple[Input, ...] | list[Input]) -> Recorded:
        return Recorded(self._root, {one.name: Blob(one.mode, one.blob) for one in inputs}, self._fetch)
