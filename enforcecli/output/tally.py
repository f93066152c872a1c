"""Counting what a run found, and the exit code that follows."""

from __future__ import annotations

from msgspec import Struct

from enforcecli.language import _
from enforcecli.model.problem import Level
from enforcecli.output.exits import PROBLEM, UNDECIDED, UNREADABLE, combined
from enforcecli.output.shown import Checked
from enforcecli.problems import level


def has_errors(checked: Checked) -> bool:
    return any(level(problem) is Level.ERROR for problem in checked.problems)


class Tally(Struct):
    """Files and problems seen so far. `strict`: a warning fails a file as an error does."""

    strict: bool = False
    files: int = 0
    failed: int = 0
    unreadable: int = 0
    undecided: int = 0
    errors: int = 0
    warnings: int = 0
    infos: int = 0

    def add(self, checked: Checked) -> bool:
        """Counts one file; True when it passes."""
        levels = [level(problem) for problem in checked.problems]
        errors, warnings = levels.count(Level.ERROR), levels.count(Level.WARNING)
        self.files += 1
        self.errors += errors
        self.warnings += warnings
        self.infos += len(levels) - errors - warnings
        self.unreadable += checked.unreadable
        fails = checked.unreadable or errors > 0 or (self.strict and warnings > 0)
        self.failed += fails
        return not fails

    def code(self) -> int:
        codes = set()
        if self.unreadable:
            codes.add(UNREADABLE)
        if self.errors or (self.strict and self.warnings):
            codes.add(PROBLEM)
        if self.undecided:
            codes.add(UNDECIDED)
        return combined(codes)

    def line(self) -> str:
        """共 12 件：通过 10，错误 2 …"""
        text = _("共 {files} 件：通过 {passed}，错误 {failed}").format(
            files=self.files, passed=self.files - self.failed, failed=self.failed)
        if self.unreadable:
            text += _("（其中无法读取 {count}）").format(count=self.unreadable)
        if self.errors or self.warnings or self.infos:
            text += _("；问题：错误 {errors} 处，警告 {warnings} 处，提示 {infos} 处").format(
                errors=self.errors, warnings=self.warnings, infos=self.infos)
        return text

    def results_line(self) -> str:
        """The totals of an assessment: what could be decided."""
        text = _("共 {files} 件：不能认定 {undecided}，有错误 {failed}").format(
            files=self.files, undecided=self.undecided, failed=self.failed)
        if self.unreadable:
            text += _("（其中无法读取 {count}）").format(count=self.unreadable)
        return text
