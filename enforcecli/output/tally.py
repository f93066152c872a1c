"""Counting what a run found, and the exit code that follows."""

from __future__ import annotations

from msgspec import Struct

from enforcecli.language import _, counted
from enforcecli.model.problem import Level
from enforcecli.output.exits import PROBLEM, UNDECIDED, UNREADABLE, combined
from enforcecli.output.shown import Checked
from enforcecli.problems import level


def has_errors(checked: Checked) -> bool:
    return any(level(problem) is Level.ERROR for problem in checked.problems)


class Tally(Struct):
    """Files and problems seen so far; `cases` are the files that have a result, if only an empty one.
    `strict`: a warning fails a file as an error does."""

    strict: bool = False
    files: int = 0
    cases: int = 0
    failed: int = 0
    unreadable: int = 0
    undecided: int = 0
    errors: int = 0
    warnings: int = 0
    infos: int = 0
    fixable: int = 0

    def add(self, checked: Checked) -> bool:
        """Counts one file; True when it passes."""
        levels = [level(problem) for problem in checked.problems]
        errors, warnings = levels.count(Level.ERROR), levels.count(Level.WARNING)
        self.files += 1
        self.cases += getattr(checked, "result", None) is not None
        self.errors += errors
        self.warnings += warnings
        self.infos += len(levels) - errors - warnings
        self.fixable += sum(problem.fix is not None for problem in checked.problems)
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
        """共核查 27 个文件（案件 25 件）：通过 26 个，未通过 1 个；错误 1 处 …"""
        text = counted(_("共核查 {count} 个文件"), self.files)
        if 0 < self.cases < self.files:
            text += counted(_("（案件 {count} 件）"), self.cases)
        text += _("：通过 {passed} 个，未通过 {failed} 个").format(
            passed=self.files - self.failed, failed=self.failed)
        text += self._unreadable()
        if self.errors or self.warnings or self.infos:
            text += _("；") + _("，").join((
                counted(_("错误 {count} 处"), self.errors), counted(_("警告 {count} 处"), self.warnings),
                counted(_("提示 {count} 处"), self.infos)))
        if self.fixable:
            text += counted(_("；其中 {count} 处可以用 enforce fix 自动改"), self.fixable)
        return text

    def results_line(self) -> str:
        """The totals of an assessment: what could be decided."""
        text = counted(_("共测算 {count} 件案件"), self.cases)
        text += _("：不能认定 {undecided} 件；有错误的文件 {failed} 个").format(
            undecided=self.undecided, failed=self.failed)
        return text + self._unreadable()

    def _unreadable(self) -> str:
        return counted(_("（其中无法读取 {count} 个）"), self.unreadable) if self.unreadable else ""
