"""Hand-made problems and results to print."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from enforcecli.model.problem import Edit, Kind, Level, Problem, Span
from enforcecli.model.result import (
    Beaten,
    Can,
    CaseResult,
    FindingResult,
    Leadership,
    MethodResult,
    Outcome,
    PartResult,
    PersonResult,
    Receipt,
    Undecided,
    Why,
)
from enforcecli.model.rulebook import (
    Clause,
    Condition,
    Degree,
    DegreeKind,
    Duty,
    Effective,
    Fact,
    Fault,
    Law,
    Method,
    NotModelled,
    Power,
    Role,
    Rule,
    Rulebook,
    Text,
)

KINDS = {
    "T901": Kind("T901", Level.WARNING, "全角冒号", "键“{key}”后面用了全角冒号", "改成半角冒号加一个空格",
                 "全角冒号不分开键和值，这一行会整个被读成一段文字。", "姓名：李明\n", "姓名: 李明\n", fixable=True),
    "F901": Kind("F901", Level.ERROR, "没有这一情形", "办法里没有“{fault}”这一情形", "查 enforce catalogue faults，写其中的代码",
                 "情形只能写办法列出的代码。", cite="三（一）"),
    "S901": Kind("S901", Level.INFO, "没有名册", "没有 roster.yaml", "", "没有名册时不核对人员。", basis="公务员法第六十条"),
}

LINES = (
    "案号: SJ-2026-003", "案由：某木材加工厂行政处罚决定被复议撤销", "过错事实:", "- 情形: [2, 3-50]",
    "\t制表\t后: “甲” " + "很长的一行" * 30 + " 这里 " + "后面还有" * 20,
)


@dataclass(frozen=True)
class Case:
    """What the reading layer hands over."""

    file: str
    problems: tuple[Problem, ...] = ()
    text: tuple[str, ...] = LINES
    unreadable: bool = False
    result: CaseResult | None = None
    case: None = None

    @property
    def lines(self) -> Callable[[], Sequence[str]]:
        return lambda: self.text


def problem(code: str, line: int | None = None, column: int = 1, end: int | None = None, *, file: str = "",
            fix: bool = False, where: tuple[str | int, ...] = (), level: Level | None = None,
            **args: str) -> Problem:
    span = Span(line, column, line, end or column + 1) if line else None
    return Problem(code, tuple(sorted(args.items())), where, file=file, span=span, level=level,
                   fix=(Edit(0, 1, ":"),) if fix else None)


BAD = Case("cases/2026/SJ-2026-003.yaml", (
    problem("F901", 4, 11, 15, fault="3-50", where=("findings", 0, "faults", 1)),
    problem("T901", 2, 3, key="案由", fix=True),
    problem("F901", 5, 163, 165, fault="这里"),
))
FILES = (
    BAD,
    Case("cases/2026/SJ-2026-001.yaml"),
    Case("roster.yaml", (problem("S901"),)),
    Case("cases/坏 的.yaml", (problem("F901", fault="?"),), unreadable=True),
)
HOSTILE = (
    "\n::error file=a.py::伪造", "\x1b[31m红\x1b[0m", "a%0Ab\r\nc", "</testcase>]]>&\x00\x0b￾", "\u202e反\u202c\u200b",
    "x|y`z<img src=x onerror=1>[l](http://e)", "{key.__class__}", "{0}", "\x9b31m", "\ud800",
)


def book() -> Rulebook:
    """Enough of a measure to name what a result mentions."""
    rules = {
        "R1": Rule("R1", "三（二）1", bears=(Clause(("过错人",), "按责任大小"),), takes_remainder=True),
        "R5": Rule("R5", "三（二）5", when=(Condition("审批情形", frozenset({"同意", "审批时改变"})),),
                   bears=(Clause(("审批人", "审批部门"), "主要责任"),), over={"R1": "特别规定优于一般规定"}),
        "R6": Rule("R6", "三（二）6", when=(Condition("因汇报失实致审批失误", frozenset({"是"})),),
                   bears=(Clause(("承办人",), "主要责任", (Condition("汇报失实", frozenset({"弄虚作假"})),)),),
                   over={"R5": "误导是审批责任的例外"},
                   words=Text(text="因承办人汇报事实有误、弄虚作假、隐瞒真相等造成审批人决策失误的，由承办人承担主要责任。")),
    }
    return Rulebook(
        "shangjiang-2023", "上江乡关于实行行政执法责任追究办法", "上江乡人民政府", Effective(date(2023, 1, 1)),
        "shangjiang", False, False,
        roles={"承办人": Role("承办人"), "审批人": Role("审批人")},
        degrees={"主要责任": Degree("主要责任", DegreeKind.SHARE, 0, Fraction(7, 10))},
        facts={"审批情形": Fact("审批情形", ("无需审批", "同意", "审批时改变"))}, parts={}, person_facts={}, rules=rules,
        faults={"2": Fault("2", "三（一）2", "主要事实不清、证据不足", ("后果",), {"2a": "事实不清"}),
                "3-5": Fault("3-5", "三（一）3（5）", "未核对即予批准")},
        methods={"M4": Method("M4", "三（三）4", "限期改正", power={"事业人员": Power.IMPOSE}),
                 "M7": Method("M7", "三（三）7", "行政处分", power={"事业人员": Power.REFER}, organ="任免机关",
                              words=Text(basis="公务员法", note="以任免机关决定为准"))},
        duties=(Duty("D3-1", "执法员", Text("三（三）", "到现场核对。")),),
        legal_basis=(Law("中华人民共和国森林法"),), not_modelled=(NotModelled("一", "指导思想，不产生计算"),),
        source="原文第一行\n原文\x1b[2J第二行\n", sha256="ab" * 32,
    )


RECEIPT = Receipt("0.1.0", "shangjiang-2023", "ab" * 32, "cd" * 32, "2026-03-02",
                  discretion=({"degree": "主要责任", "value": "7/10"},))
LIABLE = FindingResult(
    ("2", "3-5"), ("三（一）2", "三（一）3（5）"), Outcome.LIABLE,
    (PartResult("全案", Fraction(1), ("R6",), (
        Beaten("R1", "R6", "经审批行为的特别规定；特别规定优于一般规定"), Beaten("R5", "R6", "误导是审批责任的例外"),
    ), remainder=Fraction(3, 10), remainder_to="pool"),),
    (
        PersonResult("张某", ("承办人",), ("主要责任",), Fraction(7, 10), 7000, 504000, (), (
            MethodResult("M4", Can.IMPOSE, "本机关可以决定"),
            MethodResult("M7", Can.REFER, "处分由任免机关决定", to="县林业局", remedy="可以向任免机关申请复核"),
            MethodResult("M9", Can.NOT_APPLICABLE, "没有执法证"),
        ), at_fault=True),
        PersonResult("杨某", ("审批人", "部门主要负责人"), ("按责任大小",), Fraction(3, 10), 3000, 0, ("从轻",), (
            MethodResult("M1", Can.REFER, "领导成员由上级机关决定"),
            MethodResult("其他", Can.REFER, "由县人民政府决定", to="县人民政府", name="诫勉"),
        ), at_fault=True),
        PersonResult("县林业局", ("审批部门",), (), Fraction(0), 0, 0, unit=True),
    ), 216000, trace=("适用 R6", "  因汇报失实致审批失误 = 是", "R4 不适用：审批情形不是应报批未报批"),
)
UNSURE = FindingResult(
    ("2",), ("三（一）2",), None,
    (PartResult("改变部分", Fraction(1, 2), undecided=Undecided(
        Why.NOT_COVERED, "改变部分", "办法对集体决定未作规定，请集体研究确定适用规则", ("N1",),
        notes=(("集体决定时持异议并有记录的人员", "公务员法第六十条"), ("本单位可另定办法", None)))),
     PartResult("未改变部分", Fraction(1, 2), undecided=Undecided(
         Why.FACT_MISSING, "未改变部分", "请查明并填写：是否由职能部门作出", facts=("部门作出",), persons=("张某",)))),
    (PersonResult("张某", ("承办人",), (), None, None),),
    undecided=Undecided(
        Why.NOT_COVERED, "改变部分", "办法对集体决定未作规定，请集体研究确定适用规则", ("N1",), roles=("审批人",),
        notes=(("集体决定时持异议并有记录的人员", "公务员法第六十条"), ("本单位可另定办法", None))),
)
NOBODY = FindingResult(("3-5",), ("三（一）3（5）",), Outcome.NOT_PURSUED,
                       (PartResult("全案", Fraction(1), ("R9",), not_pursued=True),),
                       (PersonResult("张某", ("承办人",), (), Fraction(0), 0),))


def result(*findings: FindingResult, **more: object) -> CaseResult:
    values: dict[str, object] = {
        "case": "SJ-2026-003", "file": "cases/2026/SJ-2026-003.yaml", "rulebook": "shangjiang-2023",
        "rulebook_sha256": "ab" * 32, "findings": findings, "receipt": RECEIPT,
        "leadership": (Leadership("赵某", "第一责任人", "四（一）"), Leadership("刘某", "站所负责人", None)),
    }
    return CaseResult(**(values | more))  # type-checked by construction in the tests
