"""A case that only goes on after its decision, and one whose decision is changed."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

from enforcecli.desk.examine import examine_in
from enforcecli.history.going_on import extends
from enforcecli.model.case import Case
from enforcecli.reading.files import OnDisk
from enforcecli.reading.workspace import Workspace
from tests.history.office import CASE, SAMPLES

TEXT = (SAMPLES / CASE).read_text(encoding="utf-8")
SERVED = "  送达: {张某: {日期: 2026-05-09, 方式: 直接送达, 签收: 张某}}\n"
DONE = "执行: {张某: [{事项: M4, 完成: 2026-07-20}]}\n"
PUT_RIGHT = "纠正: {方式: 撤销, 日期: 2026-03-30, 文书: 上江林撤字〔2026〕1号}\n"
DECIDED = TEXT.replace(SERVED, "").replace(DONE, "").replace(PUT_RIGHT, "").replace("阶段: 执行", "阶段: 决定")

LATER = {
    "served": DECIDED.replace("阶段: 决定", "阶段: 送达").replace("  决定: {", SERVED + "  决定: {"),
    "carried out": TEXT,
    "a remark": "# 已经核对\n" + DECIDED,
    "an appeal": TEXT + "救济: [{人: 张某, 途径: 复核, 提出: 2026-05-20, 机关: 上江乡人民政府, 日期: 2026-06-01, 结果: 维持}]\n",
}
ALTERED = {
    "another share": DECIDED.replace("汇报失实: 弄虚作假", "汇报失实: 否"),
    "another fact": DECIDED.replace("未到采伐现场复核", "到过采伐现场复核"),
    "another method": DECIDED.replace("[M7, {方式: M4", "[M1, {方式: M4"),
    "another day": DECIDED.replace("决定: {日期: 2026-05-08", "决定: {日期: 2026-05-07"),
    "other evidence": DECIDED.replace("页: 3", "页: 4"),
    "other minutes": DECIDED.replace("同意调查组意见", "不同意"),
    "another person": DECIDED.replace("人: 杨某, 角色", "人: 孙某, 角色"),
    "another letter": DECIDED.replace("建议给予处分", "建议不予处分"),
    "an earlier stage": DECIDED.replace("阶段: 决定", "阶段: 讨论"),
    "another title": DECIDED.replace("被复议撤销", "被复议变更"),
}


def case(directory: Path, text: str) -> Case:
    for name in ("enforce.yaml", "roster.yaml"):
        (directory / name).write_bytes((SAMPLES / name).read_bytes())
    (directory / CASE).parent.mkdir(parents=True, exist_ok=True)
    (directory / CASE).write_text(text, encoding="utf-8")
    found = examine_in(Workspace.of(OnDisk(directory)), CASE).case
    assert found is not None
    return found


@pytest.mark.parametrize("text", LATER.values(), ids=LATER.keys())
def test_later_steps_change_no_decision(tmp_path: Path, text: str) -> None:
    assert extends(case(tmp_path, DECIDED), case(tmp_path, text))


@pytest.mark.parametrize("text", ALTERED.values(), ids=ALTERED.keys())
def test_what_was_decided_may_not_change(tmp_path: Path, text: str) -> None:
    assert text != DECIDED
    assert not extends(case(tmp_path, DECIDED), case(tmp_path, text))


def test_what_was_done_may_not_be_undone(tmp_path: Path) -> None:
    then = case(tmp_path, TEXT)
    for text in (DECIDED, TEXT.replace(SERVED, ""), TEXT.replace("2026-05-09, 方式", "2026-05-10, 方式"),
                 TEXT.replace("完成: 2026-07-20", "完成: 2026-07-21"), TEXT.replace(PUT_RIGHT, "")):
        assert not extends(then, case(tmp_path, text))
    assert extends(then, replace(then, sha256="", file="elsewhere"))
