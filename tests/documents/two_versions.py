"""A case to which two versions of a measure apply, one person each, and a case with counted facts."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from enforcecli.desk.examine import examine_in
from enforcecli.documents.context import Paper, Refusal, papers
from enforcecli.documents.kinds import KINDS
from enforcecli.reading.files import OnDisk
from enforcecli.reading.workspace import Workspace
from tests.desk.small_repository import case, finding, made

STEPS = """阶段: 决定
线索: {来源: 自查, 日期: 2026-03-20}
程序:
  立案: {日期: 2026-04-01, 批准: 丁}
  调查: {日期: 2026-04-02, 终结: 2026-04-10, 人员: [丙, 戊]}
  告知: {日期: 2026-04-12, 期限: 5 日, 陈述申辩: {甲: 放弃, 乙: 放弃}}
  讨论: {日期: 2026-05-06, 主持: 丁, 出席: [丁, 丙], 意见: 同意}
  决定: {日期: 2026-05-08, 文号: {甲: 县责〔2026〕1号, 乙: 县责〔2026〕2号}, 机关: 某县人民政府}
处理意见: {甲: [M1], 乙: [M1]}
赔偿: {义务机关: 某县人民政府, 依据文书: 某调解书, 支付日期: 2026-04-01, 金额: 10000.00, 性质: 国家赔偿, 责令承担: 100%}
"""
MORE = ("  证据: [{名称: 询问笔录}]\n  原因: 未核对\n  性质: 实体\n"
        "  后果: {程度: 轻微, 受损方: 企业, 说明: 停产一日}\n")
PERSONS = ("人: 甲, 角色: 承办人, 有无过错: 有, 主观过错: 重大过失",
           "人: 乙, 角色: 审批人, 有无过错: 有, 主观过错: 重大过失")
TWO, COUNTED, EARLIER = "SJ-2026-100", "SJ-2026-200", "SJ-2026-150"


def repository(root: Path, office: str = "") -> Path:
    one = "人: 甲, 角色: 承办人, 有无过错: 有"
    return made(root, {
        TWO: case("banben", finding("1", "  经审批: 是\n  及时纠正: 否\n" + MORE, *PERSONS), act="2025-12-31", more=STEPS),
        EARLIER: case("ci", finding("1", "  程序: 一般\n", one), decided="2026-04-01"),
        COUNTED: case("ci", finding("1", "  程序: 一般\n", one), more="阶段: 立案\n程序: {立案: {日期: 2026-05-01, 批准: 丁}}\n"),
    }, "banben-2024", "banben-2026", "ci", office=office)


def every(root: Path, number: str, kind: str) -> list[Paper | Refusal]:
    here = Workspace.of(OnDisk(root))
    return papers(examine_in(here, f"cases/{number}.yaml"), here.office, here.roster, KINDS[kind])


def names(root: Path) -> set[str]:
    """Every name the papers of this repository use."""
    repository(root)
    return {name for number in (TWO, COUNTED) for kind in ("calculation", "decision")
            for paper in every(root, number, kind) if isinstance(paper, Paper) for name in _in(paper.context)}


def _in(value: Any) -> set[str]:
    if isinstance(value, dict):
        return set(value).union(*map(_in, value.values()))
    return set().union(*map(_in, value)) if isinstance(value, list) else set()
