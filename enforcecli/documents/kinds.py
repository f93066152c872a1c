"""The kinds of paper one case file holds, in the order of the procedure.

A kind says which template words it, for whom one is made, from which stage it makes sense, which
names its template may use, and without which elements it is not fit to sign.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

Per = Literal["person", "case", "addressee"]
Shell = Literal["letter", "red", "table"]

COMMON = frozenset({
    "文种", "机关", "机关代字", "案号", "案由", "阶段", "办法", "线索", "行为", "过错", "人员", "程序", "结论",
    "纠正", "落款", "抄送", "空白", "日期空白", "文号空白", "比例说明",
})  # fmt: skip
"""What every template may use (templates/README.md says what each holds)."""


@dataclass(frozen=True, slots=True)
class PaperKind:
    """One kind of paper. `id` is its English name, `name` the title it bears; `per` says for whom
    one is made; `file_paper` that it stays in the file and is not served. `required` names the
    elements of `missing.ELEMENTS`; `own` the variables it has beyond the common ones."""

    id: str
    name: str
    per: Per
    shell: Shell
    stage: str
    file_paper: bool
    own: frozenset[str] = frozenset()
    required: tuple[str, ...] = ()
    common: frozenset[str] = COMMON

    @property
    def template(self) -> str:
        return f"{self.id}.md.j2"

    @property
    def variables(self) -> frozenset[str]:
        """The top-level names its template may use."""
        return self.common | self.own


_DECIDED = ("unit-to-sign", "number", "identity", "facts", "evidence", "faults", "grade", "factors", "methods",
            "imposed", "heard", "remedies", "proposals", "decision-day")  # fmt: skip
"""Without these a decision is not fit to sign."""


def _kind(id: str, name: str, per: Per, shell: Shell, stage: str, own: str = "",
          required: tuple[str, ...] = (), *, served: bool = False) -> PaperKind:  # fmt: skip
    return PaperKind(id, name, per, shell, stage, not served, frozenset(own.split()), required)


_ALL = (
    _kind("clue", "线索登记表", "case", "table", "线索"),
    _kind("filing", "立案审批表", "case", "table", "立案", "", ("faults",)),
    _kind("no-filing", "不予立案审批表", "case", "table", "线索", "", ("conclusion",)),
    _kind("recusal", "回避审查表", "case", "table", "立案", "回避"),
    _kind("interview", "谈话笔录", "person", "letter", "立案", "人"),
    _kind("investigation", "调查报告", "case", "letter", "调查", "领导责任 事项", ("facts", "evidence", "faults", "investigators")),
    _kind("notice", "拟处理告知书", "person", "letter", "告知", "人 申辩期限",
          ("unit-to-sign", "identity", "facts", "evidence", "faults", "grade", "factors", "methods", "proposals", "limit"),
          served=True),
    _kind("hearing", "陈述申辩笔录及采纳意见", "person", "letter", "告知", "人 申辩期限"),
    _kind("legal-review", "法制审核意见书", "case", "table", "讨论", "核对 待核依据 事项", ("facts", "faults")),
    _kind("deliberation", "集体讨论记录", "case", "letter", "讨论", "讨论"),
    _kind("calculation", "责任认定计算表", "case", "table", "立案", "计算 版本 计次 全案份额 追偿 凭据 领导责任 显示比例"),
    _kind("decision", "行政执法过错责任追究决定书", "person", "red", "决定", "人 文号 讨论", _DECIDED, served=True),
    _kind("no-pursuit", "不予追究决定书", "person", "red", "调查", "人",
          ("unit-to-sign", "identity", "facts", "evidence", "conclusion"), served=True),
    _kind("service", "送达回证", "person", "table", "决定", "人 文号 送达 送达文书", ("number",)),
    _kind("referral", "移送函", "addressee", "letter", "立案", "对象 文号 移送 不宜处理 参考份额 显示比例 证件",
          ("unit-to-sign", "addressee"), served=True),
    _kind("compensation", "责令承担赔偿费用决定书", "person", "red", "决定", "人 追偿 本人追偿",
          ("unit-to-sign", "identity", "facts", "evidence", "grade", "heard", "compensation"), served=True),
    _kind("finance", "致财政部门通知", "case", "letter", "决定", "财政部门 追偿 追偿人员",
          ("unit-to-sign", "compensation"), served=True),
    _kind("rectification", "整改通知书", "addressee", "letter", "调查", "对象 整改", ("unit-to-sign", "facts"), served=True),
    _kind("review", "复核决定书", "person", "red", "送达", "人 文号 复核",
          ("unit-to-sign", "number", "identity", "appeal"), served=True),
    _kind("closing", "结案报告", "case", "letter", "结案", "处理 追偿 复核情况 结案"),
    _kind("index", "卷内目录", "case", "table", "立案", "目录"),
)  # fmt: skip

STATEMENT = PaperKind(
    "statement", "岗位责任书", "person", "letter", "", True, common=frozenset({"文种", "机关", "办法", "空白", "日期空白"}),
    own=frozenset({"日期", "人", "身份", "上级", "目标", "职责", "原则", "追究"}))  # fmt: skip
"""The one paper that is made of the roster, not of a case (enforce roster statement)."""

KINDS: Mapping[str, PaperKind] = MappingProxyType({kind.id: kind for kind in _ALL})
"""By id, in the order of the procedure."""

WORDED: Mapping[str, PaperKind] = MappingProxyType({**KINDS, STATEMENT.id: STATEMENT})
"""Every kind that has a template."""

_NAMES = {kind.name: kind for kind in _ALL} | {
    "决定书": KINDS["decision"], "责任追究决定书": KINDS["decision"], "计算表": KINDS["calculation"],
    "告知书": KINDS["notice"], "陈述申辩笔录": KINDS["hearing"],
    "法制审核意见": KINDS["legal-review"], STATEMENT.name: STATEMENT, "责任书": STATEMENT,
}  # fmt: skip


def find_kind(word: str) -> PaperKind | None:
    """The kind of this id or Chinese name; everyday short names are known. None if there is none."""
    return WORDED.get(word) or _NAMES.get(word)
