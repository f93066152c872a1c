"""Checks of a case, a roster and an office: pure functions on the values of the model."""

from __future__ import annotations

from enforcecli.checks import faults, money, people, procedure, stages, terms, treatment, whole
from enforcecli.checks.common import View
from enforcecli.checks.office import check_measure, check_office
from enforcecli.checks.people import check_roster
from enforcecli.checks.results import check_result
from enforcecli.model.case import Case
from enforcecli.model.problem import Problem
from enforcecli.model.roster import Office, Roster
from enforcecli.model.rulebook import Rulebook

__all__ = ["check_case", "check_measure", "check_office", "check_result", "check_roster"]


def check_case(case: Case, book: Rulebook | None, roster: Roster | None,
               office: Office | None) -> list[Problem]:
    """Every problem of the case that needs no computed result. `book` is the version that applies
    to the act, None when none could be found; nothing here blocks the shares."""
    view = View(case, book, roster, office)
    out: list[Problem] = []
    whole.check(view, out)
    stages.check(view, out)
    procedure.check(view, out)
    terms.check(view, out)
    faults.check(view, out)
    treatment.check(view, out)
    money.check(view, out)
    people.check_people(view, out)
    return out
