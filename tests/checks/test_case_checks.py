"""One change to a clean case, one code: the checks on values, without any file."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import Struct
from msgspec.structs import replace

from enforcecli.checks.common import nearly
from enforcecli.checks.stages import CASE_NEEDS, FAULT_NEEDS, FINDING_NEEDS, LIFTED
from enforcecli.model.case import (
    STAGES,
    Act,
    Appeal,
    Case,
    Closing,
    Conclusion,
    Dissent,
    MethodChoice,
    Performance,
    PriorSanction,
    RecusalEntry,
    Service,
)
from enforcecli.model.problem import Level
from enforcecli.model.roster import Limit, Member, Period, Term
from enforcecli.model.rulebook import Condition, Limitation, Step
from enforcecli.problems import kind, level
from tests.checks.values import BOOK, CASE, CREDENTIAL, OFFICE, ROSTER, D, case, changed, check, codes

ENDED = Conclusion("不予追究", "没有过错", D("2026-05-08"), "赵某")
ONE = CASE.findings[0].involved[0]


def test_the_clean_case_is_clean() -> None:
    assert check(CASE) == []
    assert check(CASE, book=None, roster=None, office=None) == []


def test_a_first_clue_needs_three_things_only() -> None:
    clue = Case("cases/SJ-2026-001.yaml", "", number="SJ-2026-001", title="某案", act=Act(day=D("2026-03-02")))
    assert check(clue) == []
    assert codes(check(Case("x.yaml", ""))) == {"S101", "S102", "S103"}


@pytest.mark.parametrize(("path", "to", "code"), [
    ("act", Act(since=D("2026-03-02"), omission=True), "S104"),
    ("procedure.filing", None, "S201"), ("procedure.filing.day", None, "S202"),
    ("procedure.filing.approved_by", None, "S203"), ("findings", (), "S204"),
    ("findings.0.faults", (), "S205"), ("findings.0.involved", (), "S206"),
    ("procedure.investigation", None, "S301"),
    ("procedure.investigation.investigators", ("王某",), "S302"),
    ("procedure.investigation.investigators", ("王某", "王某"), "S302"),
    ("findings.0.text", None, "S303"), ("findings.0.evidence", (), "S304"),
    ("procedure.notice.day", None, "S401"), ("procedure.notice", None, "S401"),
    ("findings.0.facts", {"特殊情形": "待查"}, "S402"),
    ("findings.0.facts", {"特殊情形": {"甲": "无", "乙": "待查"}}, "S402"),
    ("findings.0.involved.0.facts", {**ONE.facts, "主观过错": "待查"}, "S402"),
    ("findings.0.cause", None, "S403"), ("findings.0.nature", None, "S404"),
    ("findings.0.consequence", None, "S405"),
    ("findings.0.involved.0.facts", {"有无过错": "有", "认错态度": "一般"}, "S406"),
    ("findings.0.involved.0.facts", {"有无过错": "有", "主观过错": "故意"}, "S407"),
    ("procedure.notice.defences", {"杨某": "放弃"}, "S501"), ("procedure.notice.replies", {}, "S502"),
    ("procedure.deliberation", None, "S601"), ("procedure.decision.day", None, "S603"),
    ("procedure.decision.organ", None, "S604"),
    ("procedure.investigation.investigators", ("王某", "钱某", "王某"), "C101"),
    ("procedure.investigation.investigators", ("王某", "张某"), "C102"),
    ("procedure.filing.approved_by", "杨某", "C103"), ("procedure.deliberation.chair", "杨某", "C104"),
    ("procedure.deliberation.present", ("赵某", "张某"), "C105"),
    ("closing", Closing(D("2026-08-01"), "杨某"), "C106"),
    ("procedure.recusal.entries", (RecusalEntry("王某", "亲属", "同意", "赵某"),), "C107"),
    ("procedure.recusal.entries", (RecusalEntry("孙某", "亲属", "驳回", "孙某"),), "C108"),
    ("procedure.filing.day", D("2026-04-21"), "C201"), ("procedure.notice.day", D("2026-05-07"), "C201"),
    ("closing", Closing(D("2026-05-01"), "赵某"), "C201"),
    ("procedure.service", {"张某": Service(D("2026-05-07"))}, "C202"),
    ("procedure.investigation.until", D("2026-04-19"), "C203"),
    ("performance", {"张某": (Performance("M4", D("2026-05-07")),)}, "C204"),
    ("appeals", (Appeal("张某", "复核", D("2026-05-01")),), "C205"),
    ("appeals", (Appeal("张某", "复核", D("2026-05-20"), None, D("2026-05-19")),), "C206"),
    ("act", Act(since=D("2026-03-02"), until=D("2026-02-02"), unit="林业站"), "C207"),
    ("act.day", D("2026-03-29"), "C208"), ("clue.effective_day", D("2026-03-01"), "C208"),
    ("correction.day", D("2026-03-01"), "C209"),
    ("prior", (PriorSanction("张某", None, "诫勉", None, D("2026-01-01")),), "C210"),
    ("procedure.decision.day", D("2026-05-14"), "C302"),
    ("appeals", (Appeal("张某", "复核", D("2026-05-20"), None, D("2026-06-20")),), "C306"),
    ("procedure.deliberation.dissents", (Dissent("孙某", "从轻"),), "C401"),
    ("procedure.deliberation.dissents", (Dissent("钱某", "从轻", True),), "C402"),
    ("procedure.deliberation.chair", "刘某", "C403"),
    ("dispositions", {**CASE.dispositions, "刘某": (MethodChoice("M1"),)}, "C501"),
    ("dispositions.杨某", (MethodChoice("M99"),), "C502"), ("dispositions.杨某", (MethodChoice("M4"),), "C503"),
    ("dispositions.杨某", (MethodChoice("其他", basis="某法", organ="某机关"),), "C504"),
    ("dispositions.杨某", (MethodChoice("M4", term=D("2026-05-07")),), "C505"),
    ("prior", (PriorSanction("张某", None, "政务记过", None, D("2026-04-01")),), "C506"),
    ("dispositions.杨某", (MethodChoice("M1"), MethodChoice("M1")), "C508"),
    ("dispositions.杨某", (MethodChoice("其他", "诫勉", "某法"),), "C509"),
    ("dispositions.杨某", (MethodChoice("其他", "诫勉", None, "某机关"),), "C510"),
    ("procedure.decision.documents", {"张某": "甲1号", "刘某": "甲2号"}, "C511"),
    ("procedure.decision.documents", {"张某": "甲1号", "杨某": "甲1号"}, "C512"),
    ("referrals.0.person", "刘某", "C513"), ("referrals.0.to", None, "C514"),
    ("performance", {"杨某": (Performance("M4", D("2026-07-01")),)}, "C515"),
    ("compensation.ordered", None, "C601"), ("compensation.nature", "返还财产", "C602"),
    ("compensation.organ", "县林业局", "C603"), ("compensation.paid_on", D("2026-03-01"), "C604"),
    ("compensation.amount", Decimal("0.00"), "C605"),
    ("compensation.amount", None, "C606"), ("compensation.paid_on", None, "C607"),
    ("findings.0.faults", ("3-9",), "F102"), ("findings.0.faults", ("3-4",), "F202"),
    ("findings.0.faults", ("3-12",), "F203"), ("clue.document", None, "F204"),
    ("clue.result", "确认违法", "F301"), ("clue.result", "自行撤销", "F301"), ("clue.source", "法院裁判", "F302"),
    ("findings.0.faults", ("1",), "F302"), ("clue.effective_day", D("2026-06-01"), "F304"),
    ("act.power", "无", "F403"), ("act.day", D("2022-12-31"), "F501"), ("act.day", D("2023-12-31"), "F502"),
    ("act.basis", ("中华人民共和国林业法",), "F503"), ("act.unit", "林业所", "P216"),
])
def test_one_change_one_problem(path: str, to: Any, code: str) -> None:
    assert code in codes(check(case((path, to))))


@pytest.mark.parametrize(("path", "to"), [
    ("act.basis", ("《中华人民共和国森林法》第十条",)), ("act.basis", ("森林法",)),
    ("act.basis", ("森林防火条例第二十五条第一款",)), ("clue.result", "部分撤销"), ("clue.result", "变更"),
    ("procedure.notice.defences", {"张某": "放弃", "杨某": "逾期未提出"}),
    ("procedure.service", {"张某": Service(D("2026-05-08"))}),
    ("procedure.deliberation.dissents", (Dissent("孙某", "从轻", True),)),
    ("procedure.recusal.entries", (RecusalEntry("王某", "亲属", "不予回避", "赵某"),)),
    ("prior", (PriorSanction("杨某", None, "政务记过", None, D("2026-04-01")),)),
    ("findings.0.faults", ("2", "3-8"),), ("procedure.deliberation.day", D("2026-04-27")),
])
def test_what_is_lawful_is_not_reported(path: str, to: Any) -> None:
    found = check(case((path, to), stage="决定"))
    assert codes(found) <= {"C002"}, found


@pytest.mark.parametrize("need", CASE_NEEDS, ids=lambda n: n.code)
def test_a_need_holds_from_its_stage_on(need: Any) -> None:
    bare = Case("x.yaml", "")
    if not need.missing(bare):
        return  # asks about a part of something that a bare case lacks altogether
    for i, stage in enumerate(STAGES):
        assert (need.code in codes(check(replace(bare, stage=stage)))) is (i >= STAGES.index(need.stage))


def test_every_code_of_the_tables_has_its_kind() -> None:
    for need in (*CASE_NEEDS, *FINDING_NEEDS, *FAULT_NEEDS):
        assert kind(need.code).code == need.code
    for gone in LIFTED.values():
        for code in gone:
            assert kind(code).code == code


@pytest.mark.parametrize("word", LIFTED)
def test_what_a_conclusion_lifts(word: str) -> None:
    """Ended early, at the stage it had reached, nothing more is asked for."""
    early = {"不予立案": "线索", "不适用": "线索", "移送": "立案", "中止": "立案", "撤销案件": "立案", "不予追究": "调查"}[word]
    upto = STAGES.index(early)
    p = CASE.procedure
    ended = replace(
        CASE, stage="执行", conclusion=replace(ENDED, kind=word), dispositions={}, compensation=None,
        referrals=CASE.referrals if word == "移送" else (), correction=None,
        findings=CASE.findings if upto else (),
        procedure=replace(p, notice=None, deliberation=None, decision=None,
                          filing=p.filing if upto >= 1 else None,
                          investigation=p.investigation if upto >= 2 else None))
    assert check(ended) == []


def test_a_conclusion_needs_its_own_parts() -> None:
    assert {"S952", "S953", "S954"} <= codes(check(case(conclusion=Conclusion("不予追究"))))
    assert "S951" in codes(check(case(conclusion=Conclusion())))
    assert "S955" in codes(check(case(conclusion=ENDED)))
    assert "S956" in codes(check(case(conclusion=replace(ENDED, kind="移送"), referrals=())))


def test_fault_problems_grow_with_the_stage() -> None:
    for stage in STAGES:
        found = [p for p in check(case(("clue.result", "确认违法"), stage=stage)) if p.code == "F301"]
        assert [level(p) for p in found] == [Level.ERROR if STAGES.index(stage) >= 3 else Level.WARNING]
        bare = [p for p in check(case(("findings.0.faults", ("3-9",)), stage=stage)) if p.code == "F102"]
        assert [level(p) for p in bare] == ([Level.WARNING] if STAGES.index(stage) >= 3 else [])


def test_a_stated_extension_lifts_the_misfit_but_not_the_missing_effect() -> None:
    extended = case(("clue.result", "确认违法"), ("findings.0.needs", {"扩展适用": "参照适用"}))
    assert check(extended) == []
    assert codes(check(changed(extended, "clue.effective_day", D("2026-12-01")))) == {"F304"}


@pytest.mark.parametrize(("instance", "code"), [("终审", None), ("二审", None), ("一审", "F303"), (None, "F306"),
                                                ("中院", "F307")])
def test_a_judgment_must_be_final(instance: str | None, code: str | None) -> None:
    judged = case(("clue.source", "法院裁判"), ("clue.instance", instance), ("findings.0.faults", ("1",)))
    assert codes(check(judged)) == ({code} if code else set())


def test_overturned_is_not_at_fault() -> None:
    blameless = tuple(replace(one, facts={"有无过错": "无"}) for one in CASE.findings[0].involved)
    assert "F305" in codes(check(case(("findings.0.involved", blameless))))
    ended = case(("findings.0.involved", blameless), conclusion=ENDED, dispositions={}, compensation=None)
    assert "F305" not in codes(check(ended))


def test_measures_are_not_execution_and_crimes_are_referred() -> None:
    executed = case(("act.kind", "行政强制执行"), ("findings.0.faults", ("3-6",)))
    assert "F401" in codes(check(executed))
    assert "F401" not in codes(check(changed(executed, "act.kind", "行政强制措施")))
    taken = case(("findings.0.faults", ("3-8",)), referrals=())
    assert "F402" in codes(check(taken))
    assert "F402" not in codes(check(changed(taken, "findings.0.needs", {"不移送理由": "已答复不需移送"})))


def test_a_result_clause_is_not_met_by_no_result() -> None:
    careless = case(("findings.0.faults", ("3-10",)))
    assert check(careless) == []
    assert codes(check(changed(careless, "findings.0.consequence.gravity", "无"))) == {"F206"}
    assert codes(check(changed(careless, "findings.0.consequence", None))) == {"S405", "F201"}


def test_without_holidays_an_overrun_is_a_warning() -> None:
    late = case(("procedure.decision.day", D("2026-05-11")))
    found = check(late, office=replace(OFFICE, days_off=None, days_on=frozenset()))
    assert [(p.code, level(p)) for p in found] == [("C303", Level.WARNING)]
    assert check(late) == []  # three holidays and one Saturday worked: thirteen working days


def test_limits_in_days_and_of_the_measure() -> None:
    monthly = replace(OFFICE, limits={"立案到决定": Limit(20, "day", "20 日")})
    assert codes(check(CASE, office=monthly)) == {"C301"}
    slow = replace(BOOK, procedure=(Step("立案到决定", "10 working days"), Step("立案", "whenever")))
    assert codes(check(CASE, book=slow)) == {"C302"}


def test_nobody_is_judged_before_being_heard() -> None:
    silent = case(("procedure.notice.defences", {"杨某": "放弃"}))
    assert {"S501", "C304"} == codes(check(silent))
    after = changed(changed(silent, "procedure.deliberation.day", D("2026-05-08")), "stage", "告知")
    assert codes(check(after)) == {"C002"}
    last = changed(after, "procedure.deliberation.day", D("2026-05-07"))  # the last day still belongs to them
    assert "C304" in codes(check(last))


def test_reconsideration_runs_from_service() -> None:
    def asked(day: str) -> Case:
        return case(("procedure.service", {"张某": Service(D("2026-05-09"))}), stage="送达",
                    appeals=(Appeal("张某", "复核", D(day)),))

    assert check(asked("2026-06-08")) == []
    assert codes(check(asked("2026-06-09"))) == {"C305"}


def test_limitation_and_its_exception() -> None:
    old = replace(BOOK, limitation=(Limitation(2),))
    late = case(("act.day", D("2024-04-16")))
    assert "C307" in codes(check(late, book=old))
    assert "C307" not in codes(check(changed(late, "act.day", D("2024-04-17")), book=old))
    both = (Condition("主观过错", frozenset({"故意", "一般过失"})),)
    assert "C307" not in codes(check(late, book=replace(old, limitation=(Limitation(2, except_=both),))))
    assert "C307" not in codes(check(late, book=replace(old, limitation=(Limitation(2, "discovery"),))))


def test_the_year_of_the_appraisal_is_asked_for_in_january_and_february() -> None:
    def decided(day: str, year: int | None = None) -> set[str]:
        made = case(("procedure.decision.day", D(day)), ("dispositions.杨某", (MethodChoice("M6"),)))
        return codes(check(replace(made, appraisal_year=year)))

    assert "C507" in decided("2027-02-28")
    assert "C507" not in decided("2027-02-28", 2026)
    assert "C507" not in decided("2027-03-01")


def test_compensation_asks_only_those_inside_the_gate() -> None:
    mild = tuple(replace(one, facts={**one.facts, "主观过错": "一般过失"}) for one in CASE.findings[0].involved)
    assert check(case(("compensation.ordered", None), ("findings.0.involved", mild))) == []
    unpaid = case(("compensation.ordered", None), ("compensation.paid_on", None))
    assert check(unpaid) == []
    early = check(case(("compensation.ordered", None), stage="告知"))
    assert {(p.code, level(p)) for p in early if p.code == "C601"} == {("C601", Level.WARNING)}
    assert check(case(("compensation.ordered", Fraction(0)))) != []


@pytest.mark.parametrize("written", ["上江乡政府", "上江乡", "乡人民政府", "某县上江乡人民政府", "上江乡人名政府"])
def test_the_office_under_a_near_name_is_asked_about(written: str) -> None:
    for path in ("act.organ", "procedure.decision.organ", "compensation.organ"):
        assert codes(check(case((path, written)))) == {"C003"}  # not also: send it to 上江乡政府
    chosen = (MethodChoice("其他", "诫勉", "某法", written),)
    assert codes(check(case(("dispositions.杨某", chosen)))) == {"C003"}


@pytest.mark.parametrize("written", ["上江乡人民政府", "县人民政府", "上江县人民政府", "下江乡人民政府", "县林业局",
                                     "上江乡人民政府林业站", "林业站", "乡"])
def test_another_organ_is_another_organ(written: str) -> None:
    assert not nearly(written, "上江乡人民政府")


def test_no_near_word_is_no_suggestion() -> None:
    def suggested(method: str) -> list[str]:
        found = check(case(("dispositions.杨某", (MethodChoice(method),))))
        return [dict(p.args)["suggestion"] for p in found if p.code == "C502"]

    assert suggested("限期改证") == ["M4 限期改正"]
    assert suggested("跪键盘") == [""]


def test_a_stranger_is_reported_once() -> None:
    assert codes(check(case(dispositions={**CASE.dispositions, "刘某": (MethodChoice("M1"),)}))) == {"C501"}


def test_at_the_close_nothing_is_left_open() -> None:
    closed = case(("procedure.service", {"张某": Service(D("2026-05-09"))}), stage="结案",
                  closing=Closing(D("2026-08-20"), "赵某"), appeals=(Appeal("张某", "复核", D("2026-05-20")),))
    assert codes(check(closed)) == {"C516", "C517"}
    done = replace(closed, performance={"张某": (Performance("限期改正", D("2026-07-20")),)}, appeals=())
    assert check(done) == []


def test_people_against_the_roster() -> None:
    def with_person(**facts: Any) -> set[str]:
        return codes(check(case(people={"张某": replace(ROSTER.people["张某"], **facts)})))

    assert with_person() == set()
    assert with_person(name="黄某") == {"P211"}
    assert with_person(credential=None) == {"P207"}
    assert with_person(credential=replace(CREDENTIAL, until=D("2026-03-01"))) == {"P208"}
    assert with_person(credential=replace(CREDENTIAL, until=D("2026-03-02"))) == set()
    assert with_person(terms=(Term(Period(D("2026-03-03"))),)) == {"P221"}
    other = case(people={"外某": Member("外某", "王某")})
    assert codes(check(other)) == {"P223"}
    assert check(other, roster=None) == []


def test_the_stage_lags_behind() -> None:
    found = check(case(stage="调查"))
    assert [(p.code, level(p)) for p in found] == [("C002", Level.INFO)]


def places(value: Any, at: str = "") -> list[str]:
    """Every place of a case that could be empty."""
    found: list[str] = []
    if isinstance(value, Struct):
        items: list[tuple[str, Any]] = [(name, getattr(value, name)) for name in value.__struct_fields__]
    elif isinstance(value, tuple):
        items = [(str(i), v) for i, v in enumerate(value)]
    else:
        return found
    for name, inner in items:
        here = f"{at}.{name}" if at else name
        if inner is not None and name not in ("procedure", "stage", "file", "ids"):
            found.append(here)
        found += places(inner, here)
    return found


def emptied(value: Any) -> Any:
    return () if isinstance(value, tuple) else {} if isinstance(value, dict) else None


def at(value: Any, path: str) -> Any:
    for step in path.split("."):
        value = value[int(step)] if isinstance(value, tuple) else getattr(value, step)
    return value


OPTIONAL = [p for p in places(CASE) if not isinstance(at(CASE, p), (bool, str)) or p.rsplit(".", 1)[-1] not in
            ("name", "person", "written", "method", "omission", "is_unit", "unit", "text")]
OPTIONAL = [p for p in OPTIONAL if not p.split(".")[-1].isdigit()
            and not p.startswith("procedure.notice.limit.")]


@given(st.lists(st.sampled_from(OPTIONAL), max_size=6, unique=True), st.sampled_from(STAGES),
       st.sampled_from([None, *LIFTED]), st.booleans())
def test_no_gap_makes_a_check_crash(gaps: list[str], stage: str, conclusion: str | None, bare: bool) -> None:
    made = replace(CASE, stage=stage, conclusion=replace(ENDED, kind=conclusion) if conclusion else None)
    for path in sorted(gaps, key=len, reverse=True):
        made = changed(made, path, emptied(at(CASE, path)))
    found = check(made, None if bare else BOOK, None if bare else ROSTER, None if bare else OFFICE)
    for p in found:
        of = kind(p.code)
        given_ = {k for k, _ in p.args}
        assert of.message.format(**dict(p.args)) and of.remedy.format(**dict(p.args)), given_


@given(st.integers(-400, 400), st.sampled_from([p for p in OPTIONAL if p.split(".")[-1] in (
    "day", "paid_on", "term", "until", "effective_day", "done_on")]))
def test_any_date_is_judged(shift: int, path: str) -> None:
    made = changed(CASE, path, at(CASE, path) + timedelta(days=shift))
    assert {p.code[0] for p in check(made)} <= set("CSFP")


def test_a_bare_book_and_methods_are_no_trouble() -> None:
    assert check(CASE, book=replace(BOOK, methods={}, recovery=None, legal_basis=(), person_facts={})) == []
