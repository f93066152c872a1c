"""The dialogue as a function: what is asked, in which order, and nothing that does not matter."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from enforcecli.authoring.asking import people
from enforcecli.authoring.case_text import case_text
from enforcecli.authoring.content import Content
from enforcecli.authoring.content import Path as Place
from enforcecli.authoring.dialogue import World, comments, content, flat, next_question, year_of
from enforcecli.authoring.drafts import begin, discard, drafts, load, save
from enforcecli.authoring.finding_questions import FINDINGS, outcome
from enforcecli.authoring.numbers import next_number, place_of
from enforcecli.authoring.prefilled import answers_from
from enforcecli.authoring.questions import ASIDE, Option, Question, matching, path_of, pieces, read_answer
from enforcecli.desk.examine import examine_case
from enforcecli.model.problem import Level, Problem
from enforcecli.model.result import Why
from enforcecli.model.roster import Member, Period, Roster, Term
from enforcecli.model.rulebook import OPEN, Rulebook
from enforcecli.problems import level
from enforcecli.reading.case import shape_and_reader
from enforcecli.reading.scalars import DOCUMENT
from enforcecli.reading.workspace import Workspace
from enforcecli.text.document import parse
from tests.authoring.contents import the_book

OFFICE = Path(__file__).parents[2] / "sample_cases"
BOOK = the_book()
WORKSPACE = Workspace.open(OFFICE / "enforce.yaml")


def no_book(name: str, day: date) -> Rulebook | str:
    return BOOK if day.year >= 2023 else "当时的文本没有收录"


WORLD = World(WORKSPACE.office, WORKSPACE.roster, ("shangjiang",), no_book, lambda year: f"SJ-{year}-001")
BASE: dict[str, str] = {"案由": "甲", "行为.日期": "2026-03-02"}


def answered(**given: str | list[str]) -> dict[Place, Content]:
    """Answers by key, “_” for “.”."""
    return {path_of(k.replace("_", ".")): v for k, v in given.items()}


def run(say: dict[str, str], world: World = WORLD) -> tuple[list[str], dict[Place, Content]]:
    """The keys asked, in order, when these answers are typed and everything else is passed over."""
    a: dict[Place, Content] = {}
    asked = []
    while (q := next_question(world, a)) is not None:
        asked.append(q.key)
        assert len(asked) < 200
        value = read_answer(q, say.get(q.key, ""))
        if isinstance(value, Problem):
            value = read_answer(q, q.options[0].value if q.options else "2026-03-02")
        assert not isinstance(value, Problem), (q, value)
        a[q.path] = value
    return asked, a


FINDING = "过错事实.1."
LEAD = {"?.过错事实.1": "否"}
ONE = {**BASE, FINDING + "情形": "3-9a", FINDING + "涉及人员.1.人": "张某", FINDING + "涉及人员.1.角色": "承办人"}


def test_a_clue_is_a_few_questions() -> None:
    asked, a = run({**BASE, **LEAD})
    assert asked == ["案由", "行为.种类", "行为.类型", "行为.日期", "行为.文号", "行为.作出机关", "行为.承办单位", "行为.权限来源", "行为.相对人",
                     "行为.依据", "线索.来源", "?.过错事实.1", "案号"]
    assert content(a) == {"案由": "甲", "行为": {"类型": "作为", "日期": "2026-03-02", "作出机关": "上江乡人民政府"}, "案号": "SJ-2026-001", "阶段": "线索"}


def test_an_omission_has_a_period() -> None:
    asked, _a = run({**LEAD, "行为.类型": "不作为", "行为.期间.起": "2026-1-1", "行为.期间.止": "2026.3.2"})
    assert "行为.期间.止" in asked and "行为.日期" not in asked


def test_a_court_has_an_instance() -> None:
    assert "线索.审级" in run({**BASE, **LEAD, "线索.来源": "法院裁判"})[0]
    assert "线索.审级" not in run({**BASE, **LEAD, "线索.来源": "信访"})[0]


def test_before_the_measure_there_is_no_fault_to_ask_about() -> None:
    asked, _a = run({**BASE, "行为.日期": "2022-03-02"})
    assert not any(FINDINGS in key for key in asked)


def test_outside_the_measure_the_default_is_no() -> None:
    asked, _a = run({**BASE, "行为.种类": "人民调解"})
    assert asked[-2:] == ["?.过错事实.1", "案号"]


def facts_asked(**say: str) -> list[str]:
    asked, _ = run({**ONE, **{(FINDING + k): v for k, v in say.items()}})
    return [k.removeprefix(FINDING) for k in asked if k.startswith(FINDING) and "涉及人员" not in k
            and k.split(".")[2] in {*BOOK.facts, "可分部分"}]


@pytest.mark.parametrize(("say", "asked"), [
    ({"特殊情形": "无", "部门作出": "是", "审批情形": "无需审批"}, ["特殊情形", "部门作出", "审批情形"]),
    ({"特殊情形": "无", "部门作出": "是", "审批情形": "同意"}, ["特殊情形", "部门作出", "审批情形", "因汇报失实致审批失误"]),
    ({"特殊情形": "无", "部门作出": "否", "审批情形": "审批时改变", "可分部分.改变部分": "60%"},
     ["特殊情形", "部门作出", "审批情形", "可分部分.改变部分", "可分部分.未改变部分", "因汇报失实致审批失误.改变部分", "因汇报失实致审批失误.未改变部分"]),
    ({"特殊情形": "无", "部门作出": "是", "审批情形": "审批时改变", "可分部分.改变部分": "1"},
     ["特殊情形", "部门作出", "审批情形", "可分部分.改变部分", "可分部分.未改变部分", "因汇报失实致审批失误.改变部分"]),
])
def test_the_facts_that_matter(say: dict[str, str], asked: list[str]) -> None:
    assert facts_asked(**say) == asked


def test_the_last_part_is_what_is_left() -> None:
    _, a = run({**ONE, FINDING + "审批情形": "审批时改变", FINDING + "可分部分.改变部分": "60%"})
    assert a[path_of(FINDING + "可分部分.未改变部分")] == "2/5"


def person_asked(role: str, **say: str) -> list[str]:
    asked, _ = run({**ONE, FINDING + "涉及人员.1.角色": role, **{(FINDING + k): v for k, v in say.items()}})
    return [k.split(".")[4] for k in asked if k.startswith(FINDING + "涉及人员.1.")][2:]


@pytest.mark.parametrize(("role", "say", "asked"), [
    ("承办人", {"审批情形": "同意", "因汇报失实致审批失误": "是", "涉及人员.1.有无过错": "有"}, ["有无过错", "汇报失实", "主观过错", "认错态度"]),
    ("承办人", {"审批情形": "同意", "因汇报失实致审批失误": "否", "涉及人员.1.有无过错": "有"}, ["有无过错", "主观过错", "认错态度"]),
    ("审批人", {"审批情形": "同意", "因汇报失实致审批失误": "否", "涉及人员.1.有无过错": "无"}, ["有无过错"]),
    ("审批人", {"部门作出": "是", "审批情形": "审批时改变", "可分部分.改变部分": "1", "涉及人员.1.有无过错": "无"}, ["有无过错", "作出改变"]),
])
def test_what_is_asked_of_a_person(role: str, say: dict[str, str], asked: list[str]) -> None:
    assert person_asked(role, **say) == asked


def test_a_silent_measure_asks_for_the_rule_and_the_reason() -> None:
    settled = {"特殊情形": "集体决定", "审批情形": "同意", "部门作出": "是", "因汇报失实致审批失误": "否", "涉及人员.1.有无过错": "有"}
    say = {**ONE, **{FINDING + k: v for k, v in settled.items()}}
    asked, _ = run(say)
    assert FINDING + "规则适用选择.规则" in asked and FINDING + "规则适用选择.理由" not in asked
    asked, a = run({**say, FINDING + "规则适用选择.规则": "R5", FINDING + "规则适用选择.理由": "经研究"})
    assert FINDING + "规则适用选择.理由" in asked
    assert a[path_of(FINDING + "规则适用选择.规则")] == "R5"


def test_the_rule_is_settled_for_each_part() -> None:
    settled = {"特殊情形": "集体决定", "审批情形": "审批时改变", "部门作出": "是", "可分部分.改变部分": "60%",
               "因汇报失实致审批失误.改变部分": "否", "因汇报失实致审批失误.未改变部分": "否", "涉及人员.1.有无过错": "有",
               "规则适用选择.规则.改变部分": "R3", "规则适用选择.规则.未改变部分": "R5", "规则适用选择.理由": "经研究"}
    asked, a = run({**ONE, **{FINDING + k: v for k, v in settled.items()}})
    assert [k for k in asked if "规则适用选择" in k] == [
        FINDING + "规则适用选择." + k for k in ("规则.改变部分", "规则.未改变部分", "理由")]
    finding = content(a)["过错事实"]
    assert isinstance(finding, list) and isinstance(finding[0], dict)
    assert finding[0]["规则适用选择"] == {"规则": {"改变部分": "R3", "未改变部分": "R5"}, "理由": "经研究"}


def test_who_is_not_in_the_roster_is_described() -> None:
    asked, a = run({**ONE, FINDING + "涉及人员.1.人": "+新来的", "人员.新来的.单位": "县林业局"})
    assert [k for k in asked if k.startswith("人员.")] == ["人员.新来的.单位", "人员.新来的.职务", "人员.新来的.人员类别", "人员.新来的.任免机关"]
    assert content(a)["人员"] == {"新来的": {"单位": "县林业局"}}


def test_a_unit_takes_the_roles_of_units() -> None:
    a = answered(案由="甲", 行为_日期="2026-03-02", 过错事实_1_情形=["3-9a"], 过错事实_1_涉及人员_1_人="林业站", 人员_林业站_类别="单位")
    while (q := next_question(WORLD, a)) is not None and q.key != FINDING + "涉及人员.1.角色":
        a[q.path] = "" if q.default is None else q.default
    assert q is not None and [o.value for o in q.options] == ["审批部门"]


# laws

def answer_to(draw: Any, q: Question) -> Content:
    """Any answer of the list; no fact is left open."""
    if q.path[0] == ASIDE:
        return str(draw(st.sampled_from(["是", "否"]))) if q.path[1] == FINDINGS and q.path[2] == 0 else "否"
    if q.path[-1] == "人":
        return str(draw(st.sampled_from(["张某", "杨某", "刘某"]))) if q.required else str(draw(st.sampled_from(["", "孙某"])))
    if q.path[-1] in ("改变部分", "未改变部分") and q.path[-2] == "可分部分":
        return q.default or str(draw(st.sampled_from(["60%", "0", "1", "1/3"])))
    options = [o.value for o in q.options if o.value != OPEN]
    if options and (q.required or draw(st.booleans()) or q.default == OPEN):
        chosen = str(draw(st.sampled_from(options)))
        return [chosen] if q.many else chosen
    return q.default or ("2026-03-02" if q.required else "")


@st.composite
def dialogues(draw: Any) -> dict[Place, Content]:
    a: dict[Place, Content] = {}
    while (q := next_question(WORLD, a)) is not None:
        assert q.path not in a and len(a) < 120
        if q.path in {path_of(FINDING + f"涉及人员.{n}.人") for n in (4, 5)}:
            a[q.path] = ""
            continue
        taken = [v for p, v in a.items() if p[-1] == "人"]
        value = answer_to(draw, q)
        a[q.path] = "" if q.path[-1] == "人" and value in taken and not q.required else value
    return a


QUIET = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))


@QUIET
@given(dialogues())
def test_when_all_is_answered_no_fact_is_missing_and_none_was_needless(a: dict[Place, Content]) -> None:
    """Facts that matter and only those: with them nothing is missing, without any one of them something is."""
    found = outcome(a, BOOK, WORLD.office, 0)
    if found is None:
        return
    why = found.undecided
    assert why is None or why.kind is not Why.FACT_MISSING, (why, a)
    for path in [p for p in a if p[0] == FINDINGS and len(p) in (3, 4) and p[2] in BOOK.facts]:
        less = outcome({p: v for p, v in a.items() if p != path}, BOOK, WORLD.office, 0)
        assert less is not None and less.undecided is not None
        assert less.undecided.kind in (Why.FACT_MISSING, Why.PROBLEM), (path, less.undecided)


@QUIET
@given(dialogues())
def test_the_file_a_dialogue_makes_reads_as_it_was_answered(a: dict[Place, Content]) -> None:
    shape = shape_and_reader(BOOK)[0]
    text = case_text(content(a), shape, comments=comments(a, BOOK), head="甲")
    examined = examine_case(parse(text.encode(), "SJ-2026-001.yaml"), WORKSPACE, "cases/SJ-2026-001.yaml", "")
    errors = [p for p in examined.problems if level(p) is Level.ERROR]
    assert [p.code for p in errors if p.code[0] in "TYKPL"] == [], (text, errors)
    assert examined.case is not None
    assert len(examined.case.findings) == len({p[1] for p in a if p[0] == FINDINGS})


@QUIET
@given(dialogues())
def test_the_answers_of_a_file_ask_nothing_more(a: dict[Place, Content]) -> None:
    """What a dialogue wrote, given back as answers, leaves only what was passed over."""
    again = dict(flat(content(a)))
    again |= {(ASIDE, FINDINGS, 1): "否"}
    passed = {p for p, v in a.items() if v == "" or p[0] == ASIDE}
    while (q := next_question(WORLD, again)) is not None:
        assert q.path in passed, q
        again[q.path] = "" if q.path[0] != ASIDE else "否"
    assert content(again) == content(a)


# answers

OPTIONS = (Option("行政处罚"), Option("行政许可", "licence"), Option("征收征用"))


@pytest.mark.parametrize(("text", "found"), [
    ("1", ["行政处罚"]), ("行政许可", ["行政许可"]), ("行政", ["行政处罚", "行政许可"]), ("LICENCE", ["行政许可"]), ("处", ["行政处罚"]),
    ("4", []), ("0", []), ("征 用", ["征收征用"]), ("１", []), ("99999999999999999999", []),
])
def test_an_option_is_found(text: str, found: list[str]) -> None:
    assert [o.value for o in matching(OPTIONS, text)] == found


def test_codes_that_are_numbers_are_not_counted() -> None:
    options = (Option("2", "甲"), Option("1", "乙"), Option("3-1", "丙"))
    assert [o.value for o in matching(options, "1")] == ["1"]


@pytest.mark.parametrize(("question", "text", "answer"), [
    (Question(("甲",), ""), "  文字 ", "文字"), (Question(("甲",), ""), "", ""), (Question(("甲",), "", required=True), "", "X201"),
    (Question(("甲",), "", OPTIONS, free=False), "行政", "X203"), (Question(("甲",), "", OPTIONS, free=False), "没有", "X202"),
    (Question(("甲",), "", OPTIONS), "行政", "X203"), (Question(("甲",), "", OPTIONS, many=True), "征收、行政", "X203"),
    (Question(("甲",), "", OPTIONS), "没有", "没有"), (Question(("甲",), "", OPTIONS, default="征收征用"), "", "征收征用"),
    (Question(("甲",), "", OPTIONS, many=True, free=False), "1 3", ["行政处罚", "征收征用"]),
    (Question(("甲",), "", OPTIONS, many=True, free=False), "行政处罚，3，3", ["行政处罚", "征收征用"]),
    (Question(("甲",), "", OPTIONS, many=True, free=False), "行政处罚，无", "X202"),
    (Question(("甲",), "", OPTIONS, free=False, plus=True), "王某", "X204"), (Question(("甲",), "", OPTIONS, free=False, plus=True), "+王某", "王某"),
    (Question(("甲",), "", OPTIONS, many=True, default="行政处罚"), "", ["行政处罚"]),
    (Question(("甲",), "", OPTIONS, free=False, plus=True, borne=frozenset({"王某"})), "+王某", "X207"),
    (Question(("甲",), "", OPTIONS, free=False, plus=True, borne=frozenset({"王某"})), "＋王某（县局）", "王某（县局）"),
    (Question(("甲",), "", shape=DOCUMENT), "上江责[2026]第03号", "上江责〔2026〕3号"),
    (Question(("甲",), "", shape=DOCUMENT), "县法院调解书", "县法院调解书"),
])
def test_answers_are_read(question: Question, text: str, answer: object) -> None:
    found = read_answer(question, text)
    assert (found.code if isinstance(found, Problem) else found) == answer


def test_an_outsider_is_never_taken_for_somebody_of_the_same_name() -> None:
    a = answered(案由="甲", 行为_种类="", 行为_类型="作为", 行为_日期="2026-03-02")
    while (q := next_question(WORLD, a)) is not None and q.path[-1] != "人":
        a[q.path] = ["3-10"] if q.path[-1] == "情形" else q.default or ""
    assert q is not None
    for known in ("张某", "李某甲", "李某"):  # an id; an id, and the name two people bear
        wrong = read_answer(q, f"+{known}")
        assert isinstance(wrong, Problem) and wrong.code == "X207", known
    a[q.path] = "张某（县林业局）"
    described = next_question(WORLD, a)
    assert described is not None
    assert (described.key, described.default) == ("人员.张某（县林业局）.姓名", "张某")


@pytest.mark.parametrize("place", [("线索", "文书"), ("行为", "文号")])
def test_document_numbers_are_written_in_good_form(place: Place) -> None:
    a = answered(案由="甲", 行为_种类="", 行为_类型="作为", 行为_日期="2026-03-02")
    while (q := next_question(WORLD, a)) is not None and q.path != place:
        a[q.path] = "信访" if q.path == ("线索", "来源") else q.default or ""
    assert q is not None and read_answer(q, "县政复决字[2026]3号") == "县政复决字〔2026〕3号"


def test_dates_are_judged_when_they_are_typed() -> None:
    a = answered(案由="甲", 行为_种类="", 行为_类型="作为")
    q = next_question(WORLD, a)
    assert q is not None and q.key == "行为.日期"
    wrong = read_answer(q, "2026-02-30")
    assert isinstance(wrong, Problem) and wrong.code == "Y304"
    assert read_answer(q, "2026.3.2") == "2026.3.2"


@pytest.mark.parametrize(("text", "found"), [("甲，乙、丙;丁", ["甲", "乙", "丙", "丁"]), ("1 2", ["1", "2"]), ("森林 法", ["森林 法"]), ("", [])])
def test_pieces(text: str, found: list[str]) -> None:
    assert pieces(text) == found


# numbers, drafts, answers given beforehand

@pytest.mark.parametrize(("stems", "year", "prefix", "number"), [
    ([], 2026, None, "AJ-2026-001"), (["SJ-2026-016", "SJ-2025-099"], 2026, None, "SJ-2026-017"), (["SJ-2025-099"], 2026, None, "SJ-2026-001"),
    (["SJ-2026-999"], 2026, None, "SJ-2026-1000"), (["sj-2026-003", "报告"], 2026, None, "SJ-2026-004"),
    (["SJ-2026-001", "XZ-2026-001", "XZ-2026-002"], 2026, None, "XZ-2026-003"), (["SJ-2026-001"], 2026, "LY", "LY-2026-001"),
])
def test_the_next_number(stems: list[str], year: int, prefix: str | None, number: str) -> None:
    assert next_number(stems, year, prefix) == number


def test_places() -> None:
    assert place_of("SJ-2026-003") == "cases/2026/SJ-2026-003.yaml"
    assert year_of(answered(行为_日期="2025-12-30", 线索_日期="2026-01-05")) == 2026


def test_drafts_are_kept_out_of_git(tmp_path: Path) -> None:
    first = begin(tmp_path, {("案由",): "甲", ("过错事实", 0, "情形"): ["2"]})
    second = begin(tmp_path, {("案由",): "乙"})
    assert drafts(tmp_path) == [first, second]
    assert (tmp_path / ".enforce/drafts/.gitignore").read_text() == "*\n"
    save(first, {("案由",): "丙", ("行为", "种类"): ""})
    assert load(first) == {("案由",): "丙", ("行为", "种类"): ""}
    discard(first)
    discard(first)
    assert drafts(tmp_path) == [second]


def test_drafts_are_not_looked_for_outside(tmp_path: Path) -> None:
    begin(tmp_path / "elsewhere", {("案由",): "甲"})
    (tmp_path / "here").mkdir()
    (tmp_path / "here" / ".enforce").symlink_to(tmp_path / "elsewhere" / ".enforce")
    assert drafts(tmp_path / "elsewhere") != [] and drafts(tmp_path / "here") == []
    with pytest.raises(OSError):
        begin(tmp_path / "here", {("案由",): "甲"})


@pytest.mark.parametrize("text", [
    "", "{", "[]", '{"format": "enforce-draft/1"}', '{"format": "enforce-draft/1", "answers": [["案由", "甲"]]}',
    '{"format": "enforce-draft/1", "answers": [[["案由"], {"甲": 1}]]}', '{"format": "enforce-draft/1", "answers": [[[], "甲"]]}',
    '{"format": "enforce-draft/1", "answers": [[["过错事实", 999999], "甲"]]}', "[" * 100000,
])
def test_a_draft_that_was_tampered_with(text: str, tmp_path: Path) -> None:
    (tmp_path / "1.json").write_text(text, encoding="utf-8")
    found = load(tmp_path / "1.json")
    assert isinstance(found, Problem) and found.code == "X205"


def test_answers_in_either_language_and_from_options() -> None:
    file = parse('{"title": "甲", "act": {"date": "2026年3月2日", "basis": "甲法"}}'.encode(), "a.json")
    given = answers_from(WORLD, file, [("行为.种类", "penalty"), ("findings.1.fault", "3-9a、2"), ("findings.1.persons.2.person", "张某")])
    found = given.answers
    assert found == {("案由",): "甲", ("行为", "日期"): "2026-03-02", ("行为", "依据"): ["甲法"], ("行为", "种类"): "行政处罚",
                     ("过错事实", 0, "情形"): ["3-9a", "2"], ("过错事实", 0, "涉及人员", 1, "人"): "张某"}


@pytest.mark.parametrize(("period", "status", "told"), [
    (Period(), None, "执法员"), (Period(None, date(2026, 3, 2)), None, "执法员"), (Period(None, date(2026, 3, 2)), "退休", "执法员"),
    (Period(None, date(2026, 3, 1)), None, "执法员（当日不在任）"), (Period(date(2026, 3, 3)), None, "执法员（当日不在任）"),
    (Period(), "退休", "执法员（现状：退休）"), (None, "调离", "执法员（现状：调离）"), (None, None, "执法员")])
def test_the_list_of_people_says_who_was_not_in_office(period: Period | None, status: str | None, told: str) -> None:
    one = Member("甲", "甲", title="执法员", status=status, terms=(Term(period),) if period is not None else ())
    listed = people(Roster(people={"甲": one, "乙": Member("乙", "乙")}), date(2026, 3, 2))
    assert [o.words for o in listed if o.value == "甲"] == [told]
    assert [o.value for o in listed] == (["甲", "乙"] if told == "执法员" else ["乙", "甲"])
