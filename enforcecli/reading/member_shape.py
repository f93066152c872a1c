"""A person of 人员, in roster.yaml and in a case alike."""

from __future__ import annotations

from datetime import date

from enforcecli.model.roster import Credential, Period, Term
from enforcecli.reading.scalars import DATE, MONEY, YES_NO
from enforcecli.reading.shape import TEXT, TEXTS, Field, ListOf, Record
from enforcecli.reading.vocabulary import PERSONNEL, SEALING


def term(since: date | None = None, until: date | None = None, unit: str | None = None,
         post: str | None = None, title: str | None = None) -> Term:
    return Term(Period(since, until), unit, post, title)


TERM = Record((
    Field("since", DATE, "自", "from", "任职开始的日期", "first day", "2024-01-01", ("起", "开始")),
    Field("until", DATE, "至", "to", "任职结束的日期，当日仍在任", "last day", "2025-12-31", ("止", "结束")),
    Field("unit", TEXT, "单位", "unit", "这段时间所在的单位", "unit at that time", "林业站"),
    Field("post", TEXT, "岗位", "post", "这段时间的岗位", "post at that time", "林业执法岗"),
    Field("title", TEXT, "职务", "title", "这段时间的职务", "title at that time", "执法员"),
), term, zh="任期：自、至", en="a term: from, to")

CREDENTIAL = Record((
    Field("number", TEXT, "号", "number", "执法证号", "number", '"25-0101"', ("证号", "编号")),
    Field("issuer", TEXT, "发证机关", "issuer", "发证机关", "issuing organ", "县司法局"),
    Field("until", DATE, "有效期至", "valid_until", "有效期的最后一日", "last valid day", "2027-12-31", ("有效期",)),
), Credential, zh="执法证：号、发证机关、有效期至", en="a credential")

MEMBER_FIELDS = (
    Field("name", TEXT, "姓名", "name", "姓名；不写就用条目的名字", "name; default: the key", "张某", ("名字",)),
    Field("unit", TEXT, "单位", "unit", "所在单位（站所）", "unit", "林业站", ("部门", "站所")),
    Field("post", TEXT, "岗位", "post", "岗位", "post", "林业执法岗"),
    Field("title", TEXT, "职务", "title", "职务", "title", "执法员"),
    Field("personnel", PERSONNEL, "人员类别", "personnel", "决定谁有权处理", "decides who may act", "事业人员",
          ("编制", "身份")),
    Field("appointed_by", TEXT, "任免机关", "appointed_by", "任免机关", "appointing organ", "县林业局"),
    Field("appraised_by", TEXT, "考核机关", "appraised_by", "考核机关", "appraising organ", "上江乡人民政府"),
    Field("leadership", YES_NO, "领导成员", "leadership", "是否领导班子成员", "member of the leadership", "否",
          ("班子成员",)),
    Field("credential", CREDENTIAL, "执法证", "credential", "行政执法证", "enforcement credential",
          "{号: \"25-0101\", 发证机关: 县司法局, 有效期至: 2027-12-31}"),
    Field("terms", ListOf(TERM), "任期", "terms", "任职的起止；可带当时的单位、岗位、职务", "terms of office",
          "[{自: 2024-01-01}]"),
    Field("status", TEXT, "现状", "status", "在职、调离、退休等", "present status", "在职"),
    Field("staff_unit", TEXT, "编制单位", "staff_unit", "编制所在单位", "unit of establishment", "县林业局"),
    Field("appointment", TEXT, "任职方式", "appointment", "任命、选举、聘任等", "how appointed", "任命"),
    Field("rank", TEXT, "职级", "rank", "职级", "rank", "一级科员"),
    Field("political", TEXT, "政治面貌", "political", "政治面貌", "political affiliation", "群众"),
    Field("monthly_wage", MONEY, "月基本工资", "monthly_wage", "元，用于追偿的上下限", "yuan, for recovery bounds",
          "3200.00"),
    Field("emails", TEXTS, "邮箱", "emails", "签章记录里用的邮箱", "e-mail addresses", "[zhang@example.org]",
          ("电子邮箱", "email")),
    Field("signing_keys", TEXTS, "签名公钥", "signing_keys", "签名公钥", "public signing keys", "ssh-ed25519 …"),
    Field("sealing", ListOf(SEALING), "封存", "sealing", "可以封存的环节", "what the person may seal", "[起草, 审核]"),
)

MEMBER = Record(MEMBER_FIELDS, zh="人员的一组键值", en="a person's entry")
