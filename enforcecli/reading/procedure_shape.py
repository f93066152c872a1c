"""The keys of 程序: filing to service."""

from __future__ import annotations

from enforcecli.model.case import (
    Decision,
    Deliberation,
    Dissent,
    Filing,
    Investigation,
    Notice,
    Procedure,
    Recusal,
    RecusalEntry,
    Service,
)
from enforcecli.reading.scalars import DATE, DOCUMENT, LIMIT, YES_NO
from enforcecli.reading.shape import TEXT, Field, ListOf, MapOf, PersonRef, Record

PERSON = PersonRef("warning", zh="人", en="a person")
OFFICIAL = PersonRef("warning", acting=True, zh="人", en="a person")
"""Who handles the case: a 职务 is that of the day of the step, which may be after a change."""
BEARER = PersonRef("error", zh="人", en="a person")
ANYONE = PersonRef(None, zh="人", en="a person")
"""Whoever signs for a paper may be a relative: a name no one bears is nobody's mistake."""

FILING = Record((
    Field("day", DATE, "日期", "date", "立案的日期", "date", "2026-04-17"),
    Field("approved_by", OFFICIAL, "批准", "approved_by", "批准立案的人", "who approved", "赵某", ("批准人",)),
), Filing, zh="立案", en="filing")

RECUSAL = Record((
    Field("review", TEXT, "审查", "review", "审查结果：无，或者查明的情形", "none, or what was found", "无"),
    Field("entries", ListOf(Record((
        Field("person", OFFICIAL, "人", "person", "回避的人", "who", "王某", ("人员",)),
        Field("reason", TEXT, "事由", "reason", "回避的事由", "why", "与被调查人有近亲属关系", ("理由",)),
        Field("decision", TEXT, "决定", "decision", "同意或者驳回", "decision", "同意", ("结果",)),
        Field("decided_by", OFFICIAL, "决定人", "decided_by", "决定的人", "who decided", "赵某"),
        Field("day", DATE, "日期", "date", "决定的日期", "date", "2026-04-18"),
    ), RecusalEntry, zh="回避", en="recusal")), "人员", "entries", "逐人的回避", "each recusal",
          "[{人: 王某, 事由: …}]", ("名单", "回避人员")),
), Recusal, zh="回避", en="recusal")

INVESTIGATION = Record((
    Field("day", DATE, "日期", "date", "调查开始的日期", "first day", "2026-04-20"),
    Field("until", DATE, "终结", "until", "调查终结的日期", "last day", "2026-04-24", ("终结日期", "至", "止")),
    Field("investigators", ListOf(OFFICIAL), "人员", "investigators", "调查人员，不少于二人", "at least two",
          "[王某, 钱某]", ("调查人员", "调查人")),
), Investigation, zh="调查", en="investigation")

BY_PERSON = MapOf(TEXT, PERSON, zh="人: 文字", en="person: text")
NOTICE = Record((
    Field("day", DATE, "日期", "date", "告知的日期", "date", "2026-04-27"),
    Field("limit", LIMIT, "期限", "limit", "陈述申辩的期限", "time to answer", "5 工作日"),
    Field("defences", BY_PERSON, "陈述申辩", "defences", "每个人的意见，没有的写“放弃”", "each answer, or waived",
          "{张某: 放弃}"),
    Field("replies", BY_PERSON, "答复", "replies", "对每个人意见的答复", "the reply to each", "{张某: …}",
          ("采纳意见",)),
), Notice, zh="告知", en="notice")

DISSENT = Record((
    Field("person", OFFICIAL, "人", "person", "持不同意见的人", "who", "孙某", required=True),
    Field("opinion", TEXT, "意见", "opinion", "意见的内容", "opinion", "建议从轻"),
    Field("minuted", YES_NO, "记录", "minuted", "是否记入讨论记录", "whether minuted", "是", ("记录在案",)),
), Dissent, zh="不同意见", en="dissent")

DELIBERATION = Record((
    Field("day", DATE, "日期", "date", "讨论的日期", "date", "2026-05-06"),
    Field("chair", OFFICIAL, "主持", "chair", "主持人", "chair", "赵某", ("主持人",)),
    Field("present", ListOf(OFFICIAL), "出席", "present", "出席的人", "who was present", "[赵某, 孙某]", ("出席人员", "参加")),
    Field("opinion", TEXT, "意见", "opinion", "讨论的结论", "outcome", "同意调查组意见", ("结论",)),
    Field("dissents", ListOf(DISSENT), "不同意见", "dissents", "记录在案的不同意见", "dissents", "[{人: 孙某, 记录: 是}]",
          ("保留意见",)),
), Deliberation, zh="讨论", en="deliberation")

DECISION = Record((
    Field("day", DATE, "日期", "date", "决定的日期", "date", "2026-05-08"),
    Field("documents", MapOf(DOCUMENT, PERSON, zh="人: 文号", en="person: number"), "文号", "documents", "每个人的决定书文号", "document number by person",
          "{张某: 上江责〔2026〕3号}"),
    Field("organ", TEXT, "机关", "organ", "作出决定的机关", "deciding organ", "上江乡人民政府"),
), Decision, zh="决定", en="decision")

SERVICE = Record((
    Field("day", DATE, "日期", "date", "送达的日期", "date", "2026-05-09"),
    Field("manner", TEXT, "方式", "manner", "送达的方式", "manner", "直接送达"),
    Field("signed_by", ANYONE, "签收", "signed_by", "签收的人", "who signed", "张某", ("签收人",)),
), Service, zh="送达", en="service")

PROCEDURE = Record((
    Field("filing", FILING, "立案", "filing", "立案", "filing", "{日期: 2026-04-17, 批准: 赵某}"),
    Field("recusal", RECUSAL, "回避", "recusal", "回避的审查", "recusal", "{审查: 无}"),
    Field("investigation", INVESTIGATION, "调查", "investigation", "调查", "investigation",
          "{日期: 2026-04-20, 人员: [王某, 钱某]}"),
    Field("notice", NOTICE, "告知", "notice", "拟处理告知与陈述申辩", "notice", "{日期: 2026-04-27, 期限: 5 工作日}"),
    Field("deliberation", DELIBERATION, "讨论", "deliberation", "集体讨论", "deliberation",
          "{日期: 2026-05-06, 主持: 赵某}", ("集体讨论",)),
    Field("decision", DECISION, "决定", "decision", "决定", "decision", "{日期: 2026-05-08, 机关: 上江乡人民政府}"),
    Field("service", MapOf(SERVICE, PERSON), "送达", "service", "每个人的送达", "service by person",
          "{张某: {日期: 2026-05-09}}"),
), Procedure, zh="程序", en="procedure")
