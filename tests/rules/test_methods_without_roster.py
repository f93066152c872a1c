"""Who may impose what when little is known of a person: nothing is guessed."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from msgspec.structs import replace

from enforcecli.model.case import MethodChoice
from enforcecli.model.result import Can, MethodResult
from enforcecli.model.roster import Member, Office, Roster
from enforcecli.rules.assess import assess_case
from tests.rules.test_money import BOOK, OFFICE, case, handler

CLERK = Member("甲", "甲", personnel="事业人员", appointed_by="县林业局", appraised_by="上江乡人民政府")


@dataclass(frozen=True)
class Known:
    """What is known, the method chosen, and the answer."""

    name: str
    member: Member | None
    choice: MethodChoice
    can: Can
    to: str | None


def judged(known: Known, office: Office | None = OFFICE) -> MethodResult:
    of = replace(case(handler("甲", "故意")), dispositions={"甲": (known.choice,)})
    roster = Roster(people={"甲": known.member}) if known.member is not None else None
    return assess_case(of, BOOK, roster, office).findings[0].persons[0].methods[0]


CASES = [
    Known("nothing known: M1 is nobody's to guess", None, MethodChoice("M1"), Can.REFER, None),
    Known("nothing known: another organ named for 其他", None, MethodChoice("其他", "诫勉", "…", "县纪委"), Can.REFER, "县纪委"),
    Known("nothing known: 其他 by this office", None, MethodChoice("其他", "诫勉", "…", "上江乡人民政府"), Can.REFER, None),
    Known("known and appraised here", CLERK, MethodChoice("M1"), Can.IMPOSE, None),
    Known("appointed elsewhere", CLERK, MethodChoice("M7"), Can.REFER, "县林业局"),
    Known("nobody says who appoints", replace(CLERK, appointed_by=None), MethodChoice("M7"), Can.REFER, None),
    Known("a leader", replace(CLERK, leadership=True), MethodChoice("M1"), Can.REFER, "县林业局"),
    Known("contract staff take no sanction", replace(CLERK, personnel="编外聘用"), MethodChoice("M7"), Can.NOT_APPLICABLE, None),
    Known("no credential to lose", CLERK, MethodChoice("M9"), Can.NOT_APPLICABLE, None),
    Known("the case names the organ", CLERK, MethodChoice("M8", organ="县人力资源和社会保障局"), Can.REFER, "县人力资源和社会保障局"),
]


@pytest.mark.parametrize("known", CASES, ids=lambda k: k.name)
def test_who_may(known: Known) -> None:
    answer = judged(known)
    assert (answer.can, answer.to) == (known.can, known.to), answer.reason


def test_without_enforce_yaml_this_office_has_no_name() -> None:
    answer = judged(CASES[3], office=None)
    assert answer.can is Can.REFER and answer.to is None and "enforce.yaml" in answer.reason
