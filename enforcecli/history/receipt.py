"""Which commit holds the bytes an answer was computed from."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

from msgspec.structs import replace

from enforcecli.history.repository import Repository
from enforcecli.history.states import state_of
from enforcecli.model.result import CaseResult
from enforcecli.text.source import Source


class Receipts:
    """Completes the receipts of one case repository's results."""

    def __init__(self, root: Path) -> None:
        self._repository = Repository.find(root)
        of_tree = self._repository is not None and self._repository.top is not None
        self._head = self._repository.head() if self._repository is not None and of_tree else None
        self._state = state_of(self._repository, root, self._head) if self._repository is not None and self._head else None

    def close(self) -> None:
        if self._repository is not None:
            self._repository.close()

    def of(self, result: CaseResult) -> CaseResult:
        """The result with the commit checked out, and whether that holds the file of the case as it was
        read."""
        source = self._state.read(result.file) if self._state is not None else None
        committed = isinstance(source, Source) and sha256(source.data).hexdigest() == result.receipt.case_sha256
        return replace(result, receipt=replace(result.receipt, commit=self._head, committed=committed))
