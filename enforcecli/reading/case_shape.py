"""The keys of a case file (docs/case-format.md), all but those of 过错事实 (finding_shape.py)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from msgspec import Struct

from enforcecli.model.case import (
    Act,
    Appeal,
    Closing,
    Clue,
    Compensation,
    Conclusion,
    Correction,
    Finding,
    MethodChoice,
    Performance,
    PriorSanction,
    Procedure,
    Referral,
)
from enforcecli.model.roster import Member
from enforcecli.reading import vocabulary as words
from enforcecli.reading.member_shape import MEMBER_FIELDS
from enforcecli.reading.procedure_shape import BEARER, OFFICIAL, PERSON, PROCEDURE
from enforcecli.reading.scalars import CASE_NUMBER, DATE, DOCUMENT, MONEY, SHARE, YEAR
from enforcecli.reading.shape import (
    TEXT,
    TEXTS,
    Attempt,
    Choice,
    Either,
    Field,
    ListOf,
    MapOf,
    Record,
    Scalar,
    Shape,
    Then,
    Word,
)

WHOLE = "whole"
"""Guard: errors here keep every finding from being computed."""

CLUE = Record((
    Field("source", words.SOURCE, "来源", "source", "线索从哪里来", "where the case comes from", "行政复议"),
    Field("organ", TEXT, "机关", "organ", "作出文书的机关", "organ that issued it", "县人民政府"),
    Field("document", DOCUMENT, "文书", "document", "文书的文号", "document", "县政复决字〔2026〕11号", ("文号",)),
    Field("day", DATE, "日期", "date", "文书的日期", "date of the document", "2026-03-28"),
    Field("result", words.CLUE_RESULT, "结果", "result", "文书对行为的结论", "what it decided", "撤销"),
    Field("instance", TEXT, "审级", "instance", "法院裁判的审级", "court instance", "终审"),
    Field("effective_day", DATE, "生效日期", "effective_date", "裁判的生效日期", "day it took effect", "2026-04-10"),
), Clue, zh="线索", en="clue")


def _period(since: date | None = None, until: date | None = None) -> tuple[date | None, date | None]:
    return since, until


PERIOD = Record((
    Field("since", DATE, "起", "from", "不作为开始的日期", "first day", "2026-01-10", ("自", "开始", "start")),
    Field("until", DATE, "止", "to", "不作为结束的日期；据此选定办法的版本", "last day; picks the version", "2026-03-10",
          ("至", "结束", "end")),
), _period, zh="期间：起、止", en="period: from, to")




def _act(document: str | None = None, kind: str | None = None, omission: bool = False,
         day: date | None = None, period: tuple[date | None, date | None] = (None, None),
         organ: str | None = None, unit: str | None = None, power: str | None = None,
         party: str | None = None, basis: tuple[str, ...] = (), item: str | None = None) -> Act:
    return Act(document, kind, omission, day, *period, organ, unit, power, party, basis, item)


def _is_omission(word: str, node: object, reading: object) -> bool:
    return word == "不作为"


ACT = Record((
    Field("document", DOCUMENT, "文号", "document", "行为的文书文号", "document number", "上江林罚决字〔2026〕5号", ("文书",)),
    Field("kind", words.ACT_KIND, "种类", "kind", "行为的种类", "kind of act", "行政处罚"),
    Field("omission", Then(words.ACT_TYPE, _is_omission), "类型", "type", "作为还是不作为", "act or omission", "作为"),
    Field("day", DATE, "日期", "date", "作出的日期；据此选定办法的版本", "day of the act; picks the version", "2026-03-02",
          ("作出日期",), guard=WHOLE),
    Field("period", PERIOD, "期间", "period", "不作为的起止", "period of the omission",
          "{起: 2026-01-10, 止: 2026-03-10}", guard=WHOLE, flat=True),
    Field("organ", TEXT, "作出机关", "organ", "以谁的名义作出", "organ that acted", "上江乡人民政府", ("机关",)),
    Field("unit", TEXT, "承办单位", "unit", "承办的站所", "unit that handled it", "林业站", ("承办部门", "承办站所")),
    Field("power", words.POWER, "权限来源", "power", "执法权从哪里来", "source of the power", "赋权"),
    Field("party", TEXT, "相对人", "party", "行政相对人", "party concerned", "某木材加工厂", ("当事人",)),
    Field("basis", TEXTS, "依据", "basis", "所依据的法律法规", "laws relied on", "[中华人民共和国森林法]", ("法律依据",)),
    Field("item", TEXT, "权责事项", "power_item", "权责清单（powers.yaml）里的哪一项", "which item of powers.yaml", "野外用火处罚", ("事项",)),
), _act, guard=WHOLE, zh="行为", en="act")

ENTRY_KIND = Choice((Word("单位", ("unit",)), Word("个人", ("person",))), zh="单位或者个人", en="unit or person")


def _is_unit(word: str, node: object, reading: object) -> bool:
    return word == "单位"


ENTRY = Record((
    Field("is_unit", Then(ENTRY_KIND, _is_unit), "类别", "kind", "单位；个人不必写", "unit; persons need not say", "单位"),
    *MEMBER_FIELDS,
), zh="人员的一组键值", en="a person's entry")

COMPENSATION = Record((
    Field("organ", TEXT, "义务机关", "organ", "赔偿义务机关", "organ obliged to pay", "上江乡人民政府", ("赔偿义务机关",)),
    Field("document", DOCUMENT, "依据文书", "document", "据以支付的文书", "document it rests on", "县法院调解书",
          ("文书", "文号")),
    Field("paid_on", DATE, "支付日期", "paid_on", "支付的日期", "day of payment", "2026-04-20", ("日期",)),
    Field("amount", MONEY, "金额", "amount", "已支付的金额，元", "paid, yuan", "12000.00", ("赔偿金额",)),
    Field("nature", words.PAYMENT, "性质", "nature", "只有国家赔偿才追偿", "only state compensation is recovered",
          "国家赔偿"),
    Field("ordered", SHARE, "责令承担", "ordered", "责令个人承担的比例", "part ordered from the bearers", "60%"),
), Compensation, zh="赔偿", en="compensation")


def method_shape(method: Shape) -> Shape:
    """One method of 处理意见: its code, or a mapping with term, reason …"""
    record = Record((
        Field("method", method, "方式", "method", "办法所列方式的代码，或者“其他”", "code of a method, or other", "M4",
              ("方法",), required=True),
        Field("name", TEXT, "名称", "name", "“其他”方式的名称", "name of another method", "诫勉"),
        Field("basis", TEXT, "依据", "basis", "“其他”方式的依据", "its basis", "…"),
        Field("organ", TEXT, "机关", "organ", "有权作出的机关", "organ with the power", "县人民政府"),
        Field("term", DATE, "期限", "term", "完成的期限", "to be done by", "2026-07-31", ("截止", "截止日期")),
        Field("reason", TEXT, "理由", "reason", "选择的理由", "reason", "…", ("原因",)),
    ), MethodChoice, zh="处理方式", en="a method")
    bare = Then(method, lambda code, node, reading: MethodChoice(code))
    return ListOf(Either(bare, record, zh="处理方式", en="a method"), zh="处理方式的列表", en="methods")


REFERRAL = Record((
    Field("to", TEXT, "对象", "to", "移送给哪个机关", "organ referred to", "县林业局", ("机关", "移送机关")),
    Field("person", PERSON, "人", "person", "移送的人", "person referred", "张某", ("人员",)),
    Field("matter", TEXT, "事由", "matter", "移送的事由", "matter", "建议给予处分", ("理由",)),
    Field("day", DATE, "日期", "date", "移送的日期", "date", "2026-05-15"),
    Field("document", DOCUMENT, "文书", "document", "移送函的文号", "document", "上江函〔2026〕8号", ("文号",)),
), Referral, zh="移送", en="referral")

PERFORMANCE = Record((
    Field("matter", TEXT, "事项", "matter", "执行的事项", "what was done", "M4"),
    Field("done_on", DATE, "完成", "done_on", "完成的日期", "when", "2026-07-20", ("完成日期", "日期")),
    Field("amount", MONEY, "金额", "amount", "缴纳的金额，元", "paid, yuan", "5040.00"),
), Performance, zh="执行", en="performance")

APPEAL = Record((
    Field("person", PERSON, "人", "person", "提出的人", "who", "张某"),
    Field("way", TEXT, "途径", "way", "复核、申诉等", "way", "复核"),
    Field("filed_on", DATE, "提出", "filed_on", "提出的日期", "when filed", "2026-05-20", ("提出日期",)),
    Field("organ", TEXT, "机关", "organ", "受理的机关", "organ", "上江乡人民政府"),
    Field("day", DATE, "日期", "date", "作出结论的日期", "when decided", "2026-06-10"),
    Field("result", TEXT, "结果", "result", "结论", "result", "维持"),
), Appeal, zh="救济", en="appeal")

CORRECTION = Record((
    Field("manner", TEXT, "方式", "manner", "行为本身怎样纠正", "how the act was put right", "撤销"),
    Field("day", DATE, "日期", "date", "纠正的日期", "date", "2026-03-30"),
    Field("document", DOCUMENT, "文书", "document", "纠正的文书", "document", "…", ("文号",)),
), Correction, zh="纠正", en="correction")

CONCLUSION = Record((
    Field("kind", words.CONCLUSION, "类型", "kind", "结论的类型", "kind", "不予追究"),
    Field("reason", TEXT, "理由", "reason", "理由", "reason", "…"),
    Field("day", DATE, "日期", "date", "日期", "date", "2026-05-08"),
    Field("approved_by", OFFICIAL, "批准", "approved_by", "批准的人", "who approved", "赵某", ("批准人",)),
), Conclusion, zh="结论", en="conclusion")

CLOSING = Record((
    Field("day", DATE, "日期", "date", "结案的日期", "date", "2026-07-30"),
    Field("approved_by", OFFICIAL, "批准", "approved_by", "批准的人", "who approved", "赵某", ("批准人",)),
), Closing, zh="结案", en="closing")

PRIOR = Record((
    Field("person", PERSON, "人", "person", "受过处理的人", "who", "张某"),
    Field("organ", TEXT, "机关", "organ", "作出处理的机关", "organ", "县监察委员会"),
    Field("kind", TEXT, "种类", "kind", "处理的种类", "kind", "政务警告"),
    Field("document", DOCUMENT, "文号", "document", "文号", "document", "…", ("文书",)),
    Field("day", DATE, "日期", "date", "日期", "date", "2025-11-02"),
), PriorSanction, zh="既往处理", en="prior sanction")

_ORIGINAL_KEYS = {"legal review": "法制审核", "legal_review": "法制审核",
                  "collective discussion": "集体讨论", "collective_discussion": "集体讨论",
                  "hearing": "听证", "two officers": "两名执法人员", "two_officers": "两名执法人员"}
ORIGINAL_KEY = Scalar(lambda text: _ORIGINAL_KEYS.get(text, text), zh="程序事项", en="a step of the procedure",
                      examples=("法制审核", "集体讨论", "听证", "两名执法人员", "legal_review", "collective_discussion",
                                "hearing", "two_officers"))


class Draft(Struct, frozen=True):
    """The values of a case file, before the case knows its file and who is blocked."""

    number: str | None = None
    title: str | None = None
    measure: str | None = None
    stage: str = "线索"
    clue: Clue | None = None
    act: Act | None = None
    people: Mapping[str, Member] | None = None
    findings: tuple[Finding, ...] = ()
    compensation: Compensation | None = None
    dispositions: Mapping[str, tuple[MethodChoice, ...]] | None = None
    referrals: tuple[Referral, ...] = ()
    procedure: Procedure | None = None
    performance: Mapping[str, tuple[Performance, ...]] | None = None
    appeals: tuple[Appeal, ...] = ()
    appraisal_year: int | None = None
    correction: Correction | None = None
    conclusion: Conclusion | None = None
    closing: Closing | None = None
    original_procedure: Mapping[str, str] | None = None
    prior: tuple[PriorSanction, ...] = ()


def case_shape(finding: Shape, method: Shape, build: Any = Draft, *, act: Shape = ACT,
               number: Shape = CASE_NUMBER, people: Shape | None = None,
               findings: Callable[[Shape], Shape] = ListOf) -> Record:
    """The whole file. `finding` and `method` depend on the rulebook; the other parameters let the
    reader of cases follow what it needs early."""
    return Record((
        Field("number", number, "案号", "number", "与文件名相同", "same as the file's name", "SJ-2026-003",
              ("案件编号", "编号")),
        Field("title", TEXT, "案由", "title", "一句话写明何事", "what the case is about", "行政处罚决定被复议撤销",
              ("标题", "案件名称")),
        Field("measure", TEXT, "适用办法", "measure", "办法的标识；不写用 enforce.yaml 的", "a book or a measure",
              "shangjiang-2023", ("办法", "rulebook"), guard=WHOLE),
        Field("stage", words.STAGE, "阶段", "stage", "案件办到哪一步", "how far the case has come", "决定"),
        Field("clue", CLUE, "线索", "clue", "案件从哪里来", "where the case comes from", "{来源: 自查}"),
        Field("act", act, "行为", "act", "被追究的执法行为", "the act in question",
              "{种类: 行政处罚, 日期: 2026-03-02}", ("执法行为",), first=True),
        Field("people", people or MapOf(Attempt(ENTRY)), "人员", "people", "名册里没有的人，或者本案另有说明的人",
              "people not in the roster, or described anew for this case", "{李某: {单位: 县林业局}}", first=True),
        Field("findings", findings(finding), "过错事实", "findings", "每项过错一条", "one entry per fault found",
              "[{情形: 2, 涉及人员: [{人: 张某, 角色: 承办人, 有无过错: 有}]}]", ("过错",)),
        Field("compensation", COMPENSATION, "赔偿", "compensation", "已经支付的赔偿", "compensation paid",
              "{性质: 国家赔偿, 金额: 12000.00}"),
        Field("dispositions", MapOf(method_shape(method), BEARER), "处理意见", "dispositions", "对每个人选择的追究方式",
              "methods chosen for each person", "{张某: [M1, M4]}", ("处理",)),
        Field("referrals", ListOf(REFERRAL), "移送", "referrals", "移送有权机关", "referrals", "[{对象: 县林业局, 人: 张某}]"),
        Field("procedure", PROCEDURE, "程序", "procedure", "办案的各个环节", "steps of the procedure",
              "{立案: {日期: 2026-04-17}}"),
        Field("performance", MapOf(ListOf(PERFORMANCE), PERSON), "执行", "performance", "每个人执行的情况",
              "what each person has done", "{张某: [{事项: M4, 完成: 2026-07-20}]}"),
        Field("appeals", ListOf(APPEAL), "救济", "appeals", "复核、申诉", "appeals", "[{人: 张某, 途径: 复核}]"),
        Field("appraisal_year", YEAR, "考核年度", "appraisal_year", "年度考核归入哪一年", "year of the appraisal", "2025"),
        Field("correction", CORRECTION, "纠正", "correction", "行为本身怎样纠正", "how the act was put right",
              "{方式: 撤销, 日期: 2026-03-30}"),
        Field("conclusion", CONCLUSION, "结论", "conclusion", "不以追究结束时写明", "when it does not end in liability",
              "{类型: 不予追究, 理由: …}"),
        Field("closing", CLOSING, "结案", "closing", "结案", "closing", "{日期: 2026-07-30, 批准: 赵某}"),
        Field("original_procedure", MapOf(words.ORIGINAL, ORIGINAL_KEY), "原案程序", "original_procedure",
              "原行为的程序是否齐备", "the procedure of the act", "{法制审核: 有, 听证: 不适用}"),
        Field("prior", ListOf(PRIOR), "既往处理", "prior", "就同一行为已受的处理", "sanctions already given",
              "[{人: 张某, 种类: 政务警告}]"),
    ), build, guard=WHOLE, zh="案件", en="a case")
