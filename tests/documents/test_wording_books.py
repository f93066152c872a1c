"""Measures of other shapes: whatever degrees and layers a book has, a paper says it or is refused."""

from __future__ import annotations

from datetime import date

import pytest
from msgspec.structs import replace

from enforcecli.documents.context import Paper, Refusal, papers_of
from enforcecli.documents.kinds import KINDS
from enforcecli.documents.source import Source
from enforcecli.model.case import (
    Act,
    Case,
    Consequence,
    Decision,
    Deliberation,
    Evidence,
    Finding,
    Investigation,
    MethodChoice,
    Notice,
    Procedure,
)
from enforcecli.model.roster import Limit, Member, Office, Review
from enforcecli.rules.assess import assess_case
from enforcecli.rules.people import People
from tests.documents.test_wording_rules import FRACTION, SHARE_LABEL
from tests.documents.wording import text
from tests.rules.worked_cases import Worked, book, load

ORGAN = "某镇人民政府"
CASES = load()
OFFICE = Office(organ=ORGAN, reviews={"内部复核": Review("内部复核", ORGAN, Limit(30, "day", "30 日"), "本机关规定")})


def source(worked: Worked) -> Source:
    """The worked finding in a case that has all else."""
    measure = book(worked.book)
    who = [one.person for one in worked.finding.involved]
    imposed = next(iter(measure.methods), "其他")
    asked = {name: fact.values[0] for name, fact in measure.person_facts.items() if name in ("主观过错", "认错态度")}
    finding = Finding(
        faults=(next(iter(measure.faults)),), facts=worked.finding.facts, parts=worked.finding.parts,
        involved=tuple(replace(p, facts={**asked, **p.facts}) for p in worked.finding.involved), text="事实", evidence=(Evidence("笔录"),), cause="原因", nature="实体",
        consequence=Consequence("轻微"), discretion=worked.finding.discretion, choice=worked.finding.choice)  # fmt: skip
    people = {
        p.person: Member(p.person, p.person, unit="某站", title="科员", personnel="公务员", appointed_by=ORGAN,
                         appraised_by=ORGAN, is_unit=p.is_unit)
        for p in worked.finding.involved
    }  # fmt: skip
    case = Case(
        "cases/2026/ZZ-2026-001.yaml", "0" * 64, number="ZZ-2026-001", title="某案", stage="决定",
        act=Act(kind="行政检查", day=date(2026, 3, 2), organ=ORGAN, unit="某站"), people=people, findings=(finding,),
        dispositions={p: (MethodChoice(imposed, term=date(2026, 9, 1)),) for p in who},
        procedure=Procedure(
            investigation=Investigation(day=date(2026, 4, 1), investigators=("甲", "乙")),
            notice=Notice(date(2026, 4, 8), Limit(5, "day", "5 日"), dict.fromkeys(who, "放弃")),
            deliberation=Deliberation(date(2026, 4, 20), "丙", ("丙", "丁")),
            decision=Decision(date(2026, 4, 22), {p: f"镇责〔2026〕{i}号" for i, p in enumerate(who, 1)}, ORGAN),
        ),
        ids={p: p for p in who},
    )  # fmt: skip
    result = assess_case(case, measure, None, OFFICE)
    return Source(case, result, measure, OFFICE, None, People(case, None, OFFICE))


@pytest.mark.parametrize("worked", CASES, ids=lambda w: w.name)
def test_every_paper_is_made_or_refused(worked: Worked) -> None:
    about = source(worked)
    for kind in KINDS.values():
        for answer in papers_of(about, kind):
            if isinstance(answer, Refusal):
                assert answer.problems
                continue
            words = text(answer)
            assert "“”" not in words and "《》" not in words
            if FRACTION.search(words):
                assert SHARE_LABEL in words


@pytest.mark.parametrize("worked", CASES, ids=lambda w: w.name)
def test_only_who_bears_gets_a_decision_and_it_says_by_which_clause(worked: Worked) -> None:
    about = source(worked)
    for answer in papers_of(about, KINDS["decision"]):
        if isinstance(answer, Paper) and answer.subject is not None:
            assert about.bears(answer.subject)
            grounds = [g for line in answer.context["人"]["责任"] for g in line["依据"]]
            assert grounds and all(g["条款"] for g in grounds)
            said = {g["等次"] for g in grounds}
            borne = {g for *_, line in about.lines(answer.subject) for g in line.grades}
            assert said == borne


def test_decisions_are_made_at_all() -> None:
    made = [a for worked in CASES for a in papers_of(source(worked), KINDS["decision"]) if isinstance(a, Paper)]
    assert len(made) > 40
