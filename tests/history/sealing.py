"""An office that seals: its people act in turn, and the product's own functions do the work."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from enforcecli.history.placing import place
from enforcecli.history.repository import Repository
from enforcecli.history.seal import Order, Plan, Sealed, prepare, seal
from enforcecli.history.verify import Verdict, verify
from enforcecli.history.verify.trail import Given
from enforcecli.history.writing import identity
from tests.history.office import CASE, Office

NOTHING = Given()
MAIL = {"钱某": "qian@shangjiang.example", "赵某": "zhao@shangjiang.example", "王某": "wang@shangjiang.example"}


class Sealing(Office):
    """The sample office with one decided case, committed by 钱某; 赵某 approves."""

    def __init__(self, directory: Path) -> None:
        super().__init__(directory)
        self.git("config", "core.autocrlf", "false")
        self.sample()
        self.act("钱某")
        self.save("案件")
        self.act("赵某")

    def act(self, who: str) -> None:
        """From now on git says it is this person."""
        self.git("config", "user.name", who)
        self.git("config", "user.email", MAIL.get(who, f"{who}@example.invalid"))

    def save(self, message: str, *paths: str) -> str:
        """Commits everything as whoever acts."""
        self.git("add", "-A", *paths)
        self.git("commit", "-q", "--allow-empty", "-m", message)
        return self.git("rev-parse", "HEAD")

    def order(self, inside: str = CASE, sign: bool = False, reviewer: str | None = None, supersede: bool = False,
              reason: str = "", basis: str = "") -> Order:
        return Order(inside, reviewer, supersede, reason, basis, sign)

    def seal(self, **more: Any) -> Sealed:
        """The case sealed, and put in place."""
        with Repository.open(self.root) as repository:
            sealed = seal(repository, self.root, self.order(**more))
            assert isinstance(sealed, Sealed), sealed
            place(repository, self.root, sealed.commit.oid, sealed.plan.record)
        return sealed

    def against(self, **more: Any) -> set[str]:
        """The codes of why the case cannot be sealed; none if it can."""
        with Repository.open(self.root) as repository:
            plan = prepare(repository, self.root, self.order(**more), identity(repository, "COMMITTER"), repository.head())
        return set() if isinstance(plan, Plan) else {problem.code for problem in plan}

    def verify(self, given: Given = NOTHING) -> Verdict:
        with Repository.open(self.root) as repository:
            return verify(repository, self.root, given)

    def codes(self, given: Given = NOTHING) -> set[str]:
        """The codes verification finds."""
        return {problem.code for problem in self.verify(given).problems}
