"""The checks that need the computed result."""

from __future__ import annotations

from fractions import Fraction

import pytest
from msgspec.structs import replace

from enforcecli.checks import check_result
from enforcecli.model.case import STAGES, Case, Conclusion
from enforcecli.model.result import (
    Can,
    CaseResult,
    FindingResult,
    MethodResult,
    Outcome,
    PersonResult,
    Receipt,
    Undecided,
    Why,
)
from enforcecli.model.rulebook import Guideline
from tests.checks.values import BOOK, CASE, OFFICE, ROSTER, D, case, changed, codes

IMPOSED = MethodResult("M4", Can.IMPOSE, "")
REFERRED = MethodResult("M7", Can.REFER, "", "县林业局")
ABOVE = MethodResult("M1", Can.REFER, "", "县人民政府")
ZHANG = PersonResult("张某", ("承办人",), ("主要责任",), Fraction(7, 10), 7000, methods=(REFERRED, IMPOSED))
YANG = PersonResult("杨某", ("审批人",), ("按责任大小",), Fraction(3, 10), 3000, methods=(ABOVE,))
FINDING = FindingResult(("2",), (), Outcome.LIABLE, (), (ZHANG, YANG))
RESULT = CaseResult("SJ-2026-003", "", BOOK.id, "", (FINDING,), Receipt("", None, None, "", None))


def told(made: Case = CASE, result: CaseResult = RESULT, guideline: tuple[Guideline, ...] = ()) -> set[str]:
    return codes(check_result(made, result, replace(BOOK, guideline=guideline), ROSTER, OFFICE))


def test_the_clean_case_is_clean() -> None:
    assert told() == set()


@pytest.mark.parametrize(("made", "expected"), [
    (case(dispositions={"张某": CASE.dispositions["张某"]}), {"S602"}),
    (case(("procedure.decision.documents", {})), {"S605"}),
    (case(("procedure.decision", None)), {"S605"}),
    (case(referrals=CASE.referrals[:1]), {"S606"}),   # everything of 杨某 is another organ's to decide
    (case(referrals=CASE.referrals[1:]), {"C520"}),   # 张某 has a paper of this office besides
    (case(("referrals.0.to", "县教育局")), {"C521"}),
    (case(("procedure.decision.documents", {"张某": "上江责〔2026〕3号", "杨某": "上江责〔2026〕4号"})), {"C522"}),
    (case(("findings.0.involved.0.recorded_share", Fraction(3, 5))), {"C518"}),
    (case(("findings.0.involved.0.recorded_share", Fraction(7, 10))), set()),
])
def test_what_the_decision_must_hold(made: Case, expected: set[str]) -> None:
    assert told(made) == expected


@pytest.mark.parametrize("stage", STAGES)
def test_only_from_the_decision_on(stage: str) -> None:
    found = told(case(stage=stage, dispositions={}, referrals=()))
    assert bool(found) is (STAGES.index(stage) >= STAGES.index("决定"))


def test_a_conclusion_lifts_it() -> None:
    ended = case(dispositions={}, referrals=(), conclusion=Conclusion("不予追究", "x", D("2026-05-08"), "赵某"))
    assert told(ended) == set()


def test_who_bears_nothing_needs_nothing() -> None:
    idle = replace(YANG, grades=(), share=Fraction(0), methods=())
    result = replace(RESULT, findings=(replace(FINDING, persons=(ZHANG, idle)),))
    assert told(case(dispositions={"张某": CASE.dispositions["张某"]}), result) == set()


def test_what_cannot_be_decided_asks_for_nothing() -> None:
    open_ = replace(RESULT, findings=(FindingResult(("2",), (), None),))
    assert told(case(dispositions={}, referrals=()), open_) == set()


def undecided(kind: Why) -> CaseResult:
    return replace(RESULT, findings=(FindingResult(("2",), (), None, undecided=Undecided(kind, None, "请研究")),))


@pytest.mark.parametrize("kind", Why)
def test_what_is_told_to_persons_must_be_decided(kind: Why) -> None:
    """From 告知 on, unless an error stands in the way (told as such) or a conclusion lifts it."""
    for stage in STAGES:
        due = kind is not Why.PROBLEM and STAGES.index(stage) >= STAGES.index("告知")
        assert told(case(stage=stage, dispositions={}, referrals=()), undecided(kind)) == ({"S608"} if due else set())
    stopped = case(conclusion=Conclusion("中止", "x", D("2026-05-08"), "赵某"), dispositions={}, referrals=())
    assert told(stopped, undecided(kind)) == set()


def test_what_is_still_open_is_told_once() -> None:
    open_ = case(("findings.0.facts", {"特殊情形": "待查"}), dispositions={}, referrals=())
    assert told(open_, undecided(Why.FACT_MISSING)) == set()
    assert told(open_, undecided(Why.CONFLICT)) == {"S608"}


def test_methods_are_told_with_their_names() -> None:
    found = check_result(case(("referrals.0.to", "县教育局"), ("procedure.decision.documents", {})), RESULT, BOOK,
                         ROSTER, OFFICE)
    assert {p.code: dict(p.args).get("methods", dict(p.args).get("method")) for p in found} == {
        "S605": "M4 限期改正", "C521": "M7 给予纪律处分"}


def test_the_stronger_answer_of_several_findings_counts() -> None:
    weak = replace(ZHANG, methods=(REFERRED, MethodResult("M4", Can.NOT_APPLICABLE, "")))
    result = replace(RESULT, findings=(replace(FINDING, persons=(weak, YANG)), FINDING))
    two = replace(CASE, findings=CASE.findings * 2)
    assert told(two, result) == set()
    assert told(changed(two, "procedure.decision.documents", {}), result) == {"S605"}


def test_an_office_that_may_not_decide_only_refers() -> None:
    unfit = replace(RESULT, unfit="本机关不宜处理")
    assert told(case(dispositions={}), unfit) == set()
    assert told(case(dispositions={}, referrals=()), unfit) == {"S607"}


def test_a_choice_outside_the_guideline_needs_a_reason() -> None:
    lenient = (Guideline(("较重",), ("按责任大小",), (), ("M3",)),)
    assert told(guideline=lenient) == {"C519"}
    assert told(changed(CASE, "dispositions.杨某.0.reason", "已主动补救"), guideline=lenient) == set()
    assert told(guideline=(Guideline(("严重",), (), (), ("M3",)),)) == set()
    assert told(guideline=(Guideline((), (), (), ("M1", "M4", "M7")),)) == set()
