"""A case file as read (docs/case-format.md). Words of closed lists are kept as their Chinese words.

Collections keep the order of the file for printing; no result depends on it.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction

from msgspec import Struct, field

from enforcecli.model.problem import Problem
from enforcecli.model.roster import Limit, Member

STAGES = ("线索", "立案", "调查", "告知", "讨论", "决定", "送达", "执行", "结案")

Stated = str | Mapping[str, str]
"""A fact as stated: one value for every part, or a value for each part."""


class Clue(Struct, frozen=True):
    """线索: where the case comes from."""

    source: str | None = None  # 来源
    organ: str | None = None
    document: str | None = None
    day: date | None = None
    result: str | None = None  # 结果
    instance: str | None = None  # 审级
    effective_day: date | None = None  # 生效日期


class Act(Struct, frozen=True):
    """行为: the act (or omission) in question."""

    document: str | None = None  # 文号
    kind: str | None = None  # 种类
    omission: bool = False  # 类型: 不作为
    day: date | None = None
    since: date | None = None  # 期间.起
    until: date | None = None  # 期间.止
    organ: str | None = None  # 作出机关
    unit: str | None = None  # 承办单位
    power: str | None = None  # 权限来源
    party: str | None = None  # 相对人
    basis: tuple[str, ...] = ()  # 依据
    item: str | None = None  # 权责事项: its name in powers.yaml

    @property
    def reference_day(self) -> date | None:
        """The day that picks the version of the measure: the act's, or the end of an omission."""
        return self.until if self.until is not None else self.day


class Evidence(Struct, frozen=True):
    name: str
    page: str | None = None
    file: str | None = None
    proves: str | None = None


class Consequence(Struct, frozen=True):
    """后果."""

    gravity: str | None = None  # 程度
    injured: str | None = None  # 受损方
    words: str | None = None  # 说明


class Involved(Struct, frozen=True):
    """One person (or unit) of 涉及人员. `person` is the resolved id, `written` what the author
    wrote; `facts` holds 有无过错 and the other person facts of the rulebook."""

    person: str
    written: str
    roles: tuple[str, ...]
    facts: Mapping[str, Stated] = field(default_factory=dict)
    weight: Fraction | None = None  # None = not stated, counts 1
    is_unit: bool = False
    recorded_share: Fraction | None = None  # a share written down by hand (份额)


class Discretion(Struct, frozen=True):
    """比例调整: degree → fraction (or ratio number), with the reason."""

    values: Mapping[str, Fraction]
    reason: str | None = None


class Choice(Struct, frozen=True):
    """规则适用选择. `rules`: one rule id for the whole finding, or part → rule id."""

    rules: str | Mapping[str, str]
    reason: str | None = None


class Finding(Struct, frozen=True):
    """One entry of 过错事实. `needs` holds what the catalogue's items ask for (目的, 违反规定,
    文书, 扩展适用, 不移送理由 …) as written."""

    faults: tuple[str, ...] = ()
    facts: Mapping[str, Stated] = field(default_factory=dict)
    parts: Mapping[str, Fraction] = field(default_factory=dict)
    involved: tuple[Involved, ...] = ()
    text: str | None = None  # 事实
    evidence: tuple[Evidence, ...] = ()
    cause: str | None = None  # 原因
    nature: str | None = None  # 性质
    consequence: Consequence | None = None
    discretion: Discretion | None = None
    choice: Choice | None = None
    weight: Fraction | None = None  # 全案占比
    needs: Mapping[str, str] = field(default_factory=dict)
    blocked: tuple[Problem, ...] = ()  # errors in what the shares read: the finding is not computed


class Compensation(Struct, frozen=True):
    """赔偿. Amount in yuan with two decimals."""

    organ: str | None = None  # 义务机关
    document: str | None = None
    paid_on: date | None = None
    amount: Decimal | None = None
    nature: str | None = None  # 性质
    ordered: Fraction | None = None  # 责令承担


class MethodChoice(Struct, frozen=True):
    """One method of 处理意见; `name` and `basis` belong to 其他."""

    method: str
    name: str | None = None
    basis: str | None = None
    organ: str | None = None
    term: date | None = None  # 期限
    reason: str | None = None


class Referral(Struct, frozen=True):
    """移送."""

    to: str | None = None
    person: str | None = None
    matter: str | None = None
    day: date | None = None
    document: str | None = None


class Filing(Struct, frozen=True):  # 立案
    day: date | None = None
    approved_by: str | None = None


class RecusalEntry(Struct, frozen=True):
    person: str | None = None
    reason: str | None = None
    decision: str | None = None
    decided_by: str | None = None
    day: date | None = None


class Recusal(Struct, frozen=True):  # 回避: `review` is 无 or what was found
    review: str | None = None
    entries: tuple[RecusalEntry, ...] = ()


class Investigation(Struct, frozen=True):  # 调查
    day: date | None = None
    until: date | None = None
    investigators: tuple[str, ...] = ()


class Notice(Struct, frozen=True):
    """告知: defences and replies by person as written → text (放弃 = waived)."""

    day: date | None = None
    limit: Limit | None = None
    defences: Mapping[str, str] = field(default_factory=dict)
    replies: Mapping[str, str] = field(default_factory=dict)


class Dissent(Struct, frozen=True):
    person: str
    opinion: str | None = None
    minuted: bool | None = None  # 记录


class Deliberation(Struct, frozen=True):  # 讨论
    day: date | None = None
    chair: str | None = None  # 主持
    present: tuple[str, ...] = ()  # 出席
    opinion: str | None = None
    dissents: tuple[Dissent, ...] = ()


class Decision(Struct, frozen=True):
    """决定: document number by person, as written."""

    day: date | None = None
    documents: Mapping[str, str] = field(default_factory=dict)
    organ: str | None = None


class Service(Struct, frozen=True):  # 送达
    day: date | None = None
    manner: str | None = None
    signed_by: str | None = None


class Procedure(Struct, frozen=True):
    filing: Filing | None = None
    recusal: Recusal | None = None
    investigation: Investigation | None = None
    notice: Notice | None = None
    deliberation: Deliberation | None = None
    decision: Decision | None = None
    service: Mapping[str, Service] = field(default_factory=dict)


class Performance(Struct, frozen=True):  # 执行
    matter: str | None = None
    done_on: date | None = None
    amount: Decimal | None = None


class Appeal(Struct, frozen=True):  # 救济
    person: str | None = None
    way: str | None = None
    filed_on: date | None = None
    organ: str | None = None
    day: date | None = None
    result: str | None = None


class Correction(Struct, frozen=True):  # 纠正
    manner: str | None = None
    day: date | None = None
    document: str | None = None


class Conclusion(Struct, frozen=True):  # 结论
    kind: str | None = None
    reason: str | None = None
    day: date | None = None
    approved_by: str | None = None


class Closing(Struct, frozen=True):  # 结案
    day: date | None = None
    approved_by: str | None = None


class PriorSanction(Struct, frozen=True):  # 既往处理
    person: str | None = None
    organ: str | None = None
    kind: str | None = None
    document: str | None = None
    day: date | None = None


class Case(Struct, frozen=True):
    """`file` is the path shown in problems and results; `sha256` that of the file's bytes."""

    file: str
    sha256: str
    number: str | None = None
    title: str | None = None  # 案由
    measure: str | None = None  # 适用办法
    stage: str = "线索"
    clue: Clue | None = None
    act: Act | None = None
    people: Mapping[str, Member] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()
    compensation: Compensation | None = None
    dispositions: Mapping[str, tuple[MethodChoice, ...]] = field(default_factory=dict)  # 处理意见
    referrals: tuple[Referral, ...] = ()
    procedure: Procedure = Procedure()
    performance: Mapping[str, tuple[Performance, ...]] = field(default_factory=dict)
    appeals: tuple[Appeal, ...] = ()
    appraisal_year: int | None = None
    correction: Correction | None = None
    conclusion: Conclusion | None = None
    closing: Closing | None = None
    original_procedure: Mapping[str, str] = field(default_factory=dict)
    prior: tuple[PriorSanction, ...] = ()
    ids: Mapping[str, str] = field(default_factory=dict)
    """Every person as written anywhere in the case → resolved id (only those that resolve)."""
    wholly_blocked: tuple[Problem, ...] = ()
    """Errors in 适用办法 or 行为.日期: no finding is computed."""
