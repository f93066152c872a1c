"""The words for what a result may be, shared by everything that prints results."""

from __future__ import annotations

from enforcecli.language import _
from enforcecli.model.result import Can, Outcome, Why


def can_word(can: Can) -> str:
    return {Can.IMPOSE: _("可作出"), Can.REFER: _("须移送"), Can.NOT_APPLICABLE: _("不适用")}[can]


def outcome_word(outcome: Outcome) -> str:
    return {Outcome.LIABLE: _("追究责任"), Outcome.NOT_PURSUED: _("不予追究"),
            Outcome.NOT_APPLICABLE: _("本办法不适用")}[outcome]


def why_word(why: Why) -> str:
    return {
        Why.FACT_MISSING: _("事实未载明或者待查"),
        Why.VACANT_ROLE: _("应当承担责任的角色无人"),
        Why.NOBODY_AT_FAULT: _("没有查明有过错的人"),
        Why.CONFLICT: _("适用规则互相冲突"),
        Why.NOT_COVERED: _("办法对此未作规定"),
        Why.NO_RULE: _("没有可以适用的规则"),
        Why.NO_VERSION: _("该日没有登记有效的办法版本"),
        Why.PROBLEM: _("案件文件有错误，须先改正"),
    }[why]
