"""One slip, one problem: what follows from an error already shown is not told again."""

from __future__ import annotations

from pathlib import Path

import pytest

from enforcecli.model.problem import Level, Problem
from enforcecli.problems import level
from enforcecli.reading.workspace import Workspace
from enforcecli.text.found import apply
from tests.problem_samples import base, examined, repository


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return Workspace.open(repository(tmp_path_factory.mktemp("base")))


def told(workspace: Workspace, *slips: tuple[str, str]) -> tuple[Problem, ...]:
    text = base("case")
    for right, wrong in slips:
        assert right in text, right
        text = text.replace(right, wrong)
    return examined(text, "case", workspace, Path())


@pytest.mark.parametrize(("right", "wrong", "code"), [
    ("责令承担: 60%", "责令承担: 30", "Y321"),             # not also: nothing ordered
    ("责令承担", "责令成担", "K101"),
    ("金额: 12000.00", "金额: 若干", "Y310"),              # not also: no amount
    ("支付日期", "支付曰期", "K101"),
    ("主观过错: 故意", "主观过措: 故意", "K101"),
    ("认错态度: 主动", "认措态度: 主动", "K101"),
    ("  原因:", "  原囚:", "K101"),
    ("  证据:", "  证椐:", "K101"),
    ("  告知:", "  告之:", "K101"),
    ("程序:", "程续:", "K101"),                            # nor everything that stands below it
    ("决定: {日期: 2026-05-08", "决定: {曰期: 2026-05-08", "K101"),
    ("期限: 2026-07-31", "期限: 近期", "Y301"),
    ("期限: 2026-07-31", "期线: 2026-07-31", "K101"),
    ("阶段: 决定", "阶段: 已决定", "K201"),                # not also: the stage lags behind
    ("阶段: 决定", "阶段: 快办完了", "K202"),
    ("阶段: 决定", "阶断: 决定", "K101"),
    ("上江林罚决字〔2026〕5号", "[2026]第012号", "Y371"),   # not also: the brackets
    ("上江责〔2026〕3号", "上江责[2026]第012号", "Y371"),
    ("上江责〔2026〕3号", "上江责[2026]3号", "Y125"),
    ("陈述申辩: {张某: 请求从轻", "陈述申辩: {张木: 请求从轻", "P101"),
    ("陈述申辩: {张某: 请求从轻", "陈述中辩: {张某: 请求从轻", "K101"),
    ("文号: {张某", "文号: {张木", "P101"),
    ("  杨某: [{方式", "  杨木: [{方式", "P101"),
])
def test_one_slip_one_problem(right: str, wrong: str, code: str, workspace: Workspace) -> None:
    found = told(workspace, (right, wrong))
    assert [(p.code, level(p)) for p in found] == [(code, Level.ERROR)], found


@pytest.mark.parametrize(("slips", "codes"), [
    # another entry lacks what is misspelt here
    ((("主观过错: 故意", "主观过措: 故意"), ("主观过错: 一般过失, ", "")), {"K101", "S406"}),
    # the misspelt key is not the one that is missing
    ((("主观过错: 故意", "主观过措: 故意"), (", 认错态度: 主动承认", "")), {"K101", "S407"}),
    # a guess in another mapping
    ((("纠正: {方式", "纠正: {方试"), ("  原因: 为图省事未到现场复核\n", "")), {"K101", "S403"}),
    # a name not understood explains what is missed of that very person only
    ((("陈述申辩: {张某: 请求从轻, 杨某: 放弃}", "陈述申辩: {张木: 请求从轻}"),), {"P101", "S501", "C304"}),
    # a name that is not needed stays a warning
    ((("人员: [王某, 钱某]", "人员: [王木, 钱某]"),), {"P101"}),
])
def test_what_is_missing_besides_is_told(slips: tuple[tuple[str, str], ...], codes: set[str],
                                         workspace: Workspace) -> None:
    assert {p.code for p in told(workspace, *slips)} == codes


def test_the_whole_number_is_mended_at_once(workspace: Workspace) -> None:
    slip = ("上江责〔2026〕3号", "上江责[2026]第012号")
    (found,) = told(workspace, slip)
    assert found.fix is not None
    mended = apply(base("case").replace(*slip), list(found.fix))[0]
    assert mended == base("case").replace("上江责〔2026〕3号", "上江责〔2026〕12号")
    assert not examined(mended, "case", workspace, Path())
