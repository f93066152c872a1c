"""The catalogue of problem kinds: one module per family, each with a tuple `KINDS`.

A kind = code, level, texts, samples, clause. Codes are stable. Family letters:
T bytes and characters · Y YAML and slips of typing · K keys and values of fields ·
C the case as a whole · S what each stage requires · F faults and their needs ·
L liability (facts, parts, persons, shares) · M methods and powers · R recovery of money ·
P people and units (roster) · O the office (enforce.yaml) · B rulebooks · D papers and templates ·
X workbooks of cases and answers of the dialogue · V history, seals, verification ·
A appraisals · N the figures of a year · Q the list of powers.

The modules are read only when a problem is printed or explained.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module

from enforcecli.model.problem import Kind, Level, Problem

FAMILIES = {
    "T": ("characters",), "Y": ("typing",), "K": ("fields",), "C": ("case", "treatment"), "S": ("stages",),
    "F": ("faults",), "L": ("liability",), "M": ("methods",), "R": ("recovery",),
    "D": ("documents", "documents_run", "documents_look"),
    "P": ("people", "people_checks"), "O": ("office", "office_checks"), "B": ("rulebook", "proof", "versions", "skeleton"),
    "V": ("history", "seal", "verify"), "X": ("workbook", "answers"),
    "A": ("appraisals",), "N": ("year",), "Q": ("powers",),
}
"""Letter → the modules (`…_kinds`) that hold its kinds; `…_checks` those found by enforcecli.checks."""


@cache
def _family(letter: str) -> dict[str, Kind]:
    modules = (import_module(f"enforcecli.problems.{name}_kinds") for name in FAMILIES[letter])
    return {kind.code: kind for module in modules for kind in module.KINDS}


def kind(code: str) -> Kind:
    """The kind of this code. KeyError if there is none."""
    if code[:1] not in FAMILIES:
        raise KeyError(code)
    return _family(code[:1])[code]


def all_kinds() -> tuple[Kind, ...]:
    """Every kind, by code."""
    return tuple(k for letter in sorted(FAMILIES) for _, k in sorted(_family(letter).items()))


def level(problem: Problem) -> Level:
    return problem.level or kind(problem.code).level
