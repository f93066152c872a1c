"""What git, or the state of a repository, refuses: no bug of the program and nothing a caller could
go on from. The command line tells the problem in one line and ends with `code`."""

from __future__ import annotations

from typing import Any

from enforcecli.model.problem import Problem, problem

USAGE, UNREADABLE, UNDECIDED = 2, 3, 4
"""As in the table of exit codes: the command was written wrongly; cannot be opened; cannot be decided or asserted."""


class Refused(Exception):
    """`problem`: a kind of family V (V-NOREPO, V-OWNER …); `code`: the exit code."""

    def __init__(self, problem: Problem, code: int = UNDECIDED) -> None:
        super().__init__(problem.code, problem.args)
        self.problem = problem
        self.code = code


def refused(kind: str, code: int = UNDECIDED, **args: Any) -> Refused:
    """A refusal of this kind; keyword arguments fill its message."""
    return Refused(problem(kind, **args), code)
