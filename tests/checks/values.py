"""A case, a book, a roster and an office that no check complains of, and a way to change one value."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from msgspec.structs import replace

from enforcecli.checks import check_case
from enforcecli.model.case import (
    Act,
    Case,
    Clue,
    Compensation,
    Consequence,
    Correction,
    Decision,
    Deliberation,
    Evidence,
    Filing,
    Finding,
    Investigation,
    Involved,
    MethodChoice,
    Notice,
    Procedure,
    Recusal,
    Referral,
)
from enforcecli.model.problem import Problem
from enforcecli.model.roster import Credential, Holder, Limit, Member, Office, Post, Review, Roster, Unit
from enforcecli.model.rulebook import (
    Condition,
    Degree,
    DegreeKind,
    Duty,
    Effective,
    Fault,
    Law,
    Method,
    PersonFact,
    Recovery,
    Role,
    Rulebook,
    Text,
)

D = date.fromisoformat
GATE = (Condition("主观过错", frozenset({"故意", "重大过失"})),)


def _fault(code: str, text: str, needs: tuple[str, ...] = (), **options: str) -> Fault:
    return Fault(code, f"三（一）{code}", text[:8], needs,
                 {f"{code}{letter}": words for letter, words in options.items()}, Text(text=text))


FAULTS = {f.code: f for f in (
    _fault("1", "经人民法院终审判决，裁定撤销或变更的具体行政行为", ("文书",)),
    _fault("2", "经上级行政机关、复议机关撤销或变更的具体行政行为", ("文书",)),
    _fault("3-1", "违反审批、处理权限，作出具体行政行为的"),
    _fault("3-3", "出于不法目的、擅自进行检查、处理或超越职权查处案件造成不良影响及后果的", ("后果",)),
    _fault("3-4", "为包庇违法单位或个人，利用职务之便隐匿证据", ("目的",)),
    _fault("3-6", "采取行政强制措施不当，造成严重后果的", ("后果",)),
    _fault("3-8", "私自侵吞或占用罚没款的"),
    _fault("3-9", "不使用罚没收据，违反规定随意减免罚没款的", (), a="不使用罚没收据", b="随意减免"),
    _fault("3-10", "不如实检查，案件处理不当，给国家、企业和个人造成损失的", ("后果",)),
    _fault("3-12", "其他违反法律规定，应当追究执法过错责任的", ("违反规定",)),
)}
METHODS = {m.code: m for m in (
    Method("M1", "三（三）", "批评教育"),
    Method("M4", "三（三）", "限期改正", needs=("期限",)),
    Method("M6", "三（三）", "本年度考核定为不称职", own_fault=True),
    Method("M7", "三（三）", "给予纪律处分", own_fault=True),
)}
BOOK = Rulebook(
    id="shangjiang-2023", title="某办法", issuer="上江乡人民政府", measure="shangjiang", collect=False,
    remainder_to_unit=False,
    effective=Effective(D("2023-01-01"), vague_until=D("2024-01-01")),
    roles={r: Role(r) for r in ("承办人", "审批人", "部门主要负责人")},
    degrees={
        "全部责任": Degree("全部责任", DegreeKind.SHARE, 0, Fraction(1)),
        "主要责任": Degree("主要责任", DegreeKind.SHARE, 1, Fraction(7, 10), Fraction(51, 100), Fraction(9, 10)),
        "按责任大小": Degree("按责任大小", DegreeKind.WEIGHTED, 2),
    },
    facts={}, parts={}, rules={},
    person_facts={n: PersonFact(n, ()) for n in ("有无过错", "主观过错", "认错态度")},
    faults=FAULTS, methods=METHODS, legal_basis=(Law("中华人民共和国森林法"), Law("森林防火条例")),
    recovery=Recovery(GATE), duties=(Duty("D3-1", "一般工作人员", Text()),),
)
OFFICE = Office(
    organ="上江乡人民政府", measure="shangjiang-2023",
    limits={"立案到决定": Limit(15, "working-day", "15 工作日"), "复核": Limit(30, "day", "30 日")},
    days_off=frozenset(map(D, ("2026-05-01", "2026-05-04", "2026-05-05"))), days_on=frozenset({D("2026-05-09")}),
    reviews={"内部复核": Review("内部复核", limit=Limit(30, "day", "30 日"))},
)
CREDENTIAL = Credential("25-0101", "县司法局", D("2027-12-31"))
ROSTER = Roster(
    first_responsible=(Holder("赵某"),),
    units={"林业站": Unit("林业站", "乡属", (Holder("刘某"),), (Holder("杨某"), Holder("孙某")), ("零迟报",))},
    posts={"林业执法岗": Post("林业执法岗", "林业站", ("到位",), ("D3-1",)),
           "法制岗": Post("法制岗", None, ("评查",))},
    people={
        "赵某": Member("赵某", "赵某", leadership=True),
        "杨某": Member("杨某", "杨某", leadership=True),
        "孙某": Member("孙某", "孙某", leadership=True),
        "刘某": Member("刘某", "刘某", "林业站", credential=CREDENTIAL),
        "张某": Member("张某", "张某", "林业站", "林业执法岗", credential=CREDENTIAL),
        "王某": Member("王某", "王某", None, "法制岗", credential=CREDENTIAL),
        "钱某": Member("钱某", "钱某", None, "法制岗"),
    },
)
CASE = Case(
    file="cases/SJ-2026-003.yaml", sha256="", number="SJ-2026-003", title="某案", stage="决定",
    clue=Clue("行政复议", "县人民政府", "县政复决字〔2026〕11号", D("2026-03-28"), "撤销"),
    act=Act("上江林罚决字〔2026〕5号", "行政处罚", day=D("2026-03-02"), organ="上江乡人民政府", unit="林业站",
            power="赋权", basis=("中华人民共和国森林法",)),
    findings=(Finding(
        ("2", "3-9a"), {"特殊情形": "无"},
        involved=(
            Involved("张某", "张某", ("承办人",), {"有无过错": "有", "主观过错": "故意", "认错态度": "主动承认"}),
            Involved("杨某", "杨某", ("审批人",), {"有无过错": "有", "主观过错": "一般过失", "认错态度": "一般"}),
        ),
        text="事实", evidence=(Evidence("询问笔录"),), cause="图省事", nature="实体",
        consequence=Consequence("较重", "企业", "停产三日")),),
    compensation=Compensation("上江乡人民政府", "调解书", D("2026-04-20"), Decimal("12000.00"), "国家赔偿",
                              Fraction(3, 5)),
    dispositions={"张某": (MethodChoice("M7"), MethodChoice("M4", term=D("2026-07-31"))),
                  "杨某": (MethodChoice("M1"),)},
    referrals=(Referral("县林业局", "张某", "建议给予处分", D("2026-05-15")),
               Referral("县人民政府", "杨某", "建议批评教育", D("2026-05-15"))),
    procedure=Procedure(
        Filing(D("2026-04-17"), "赵某"), Recusal("无"), Investigation(D("2026-04-20"), None, ("王某", "钱某")),
        Notice(D("2026-04-27"), Limit(5, "working-day", "5 工作日"), {"张某": "请求从轻", "杨某": "放弃"},
               {"张某": "已予考虑"}),
        Deliberation(D("2026-05-06"), "赵某", ("赵某", "孙某"), "同意"),
        Decision(D("2026-05-08"), {"张某": "上江责〔2026〕3号"}, "上江乡人民政府")),
    correction=Correction("撤销", D("2026-03-30")),
    ids={p: p for p in ("张某", "杨某", "赵某", "王某", "钱某", "孙某", "刘某")},
)


def changed(value: Any, path: str, to: Any) -> Any:
    """The value with what stands at `path` (`procedure.notice.day`, `findings.0.text`) replaced."""
    head, _, rest = path.partition(".")
    if isinstance(value, tuple):
        i = int(head)
        new = changed(value[i], rest, to) if rest else to
        return (*value[:i], new, *value[i + 1:])
    if isinstance(value, dict):
        new = changed(value[head], rest, to) if rest else to
        return {**value, head: new}
    new = changed(getattr(value, head), rest, to) if rest else to
    return replace(value, **{head: new})


def case(*changes: tuple[str, Any], **top: Any) -> Case:
    made = replace(CASE, **top)
    for path, to in changes:
        made = changed(made, path, to)
    return made


def check(made: Case, book: Rulebook | None = BOOK, roster: Roster | None = ROSTER,
          office: Office | None = OFFICE) -> list[Problem]:
    return check_case(made, book, roster, office)


def codes(problems: list[Problem]) -> set[str]:
    return {p.code for p in problems}
