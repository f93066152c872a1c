"""The files of a year that are no cases: what cannot be relied on is not used, and said."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Ran, enforce, environment
from tests.review.support import bare, by_name, review

__all__ = ["enforce", "environment"]
Enforce = Callable[..., Ran]

FINES = "年度: 2026\n人员:\n  甲:\n    D3-1: {结果: 履行, 证据: [记录]}\n    指标: {罚款: {结果: 履行, 证据: [月报]}}\n"


def office(tmp_path: Path, name: str, content: str | bytes) -> Path:
    root = bare(tmp_path)
    (root / "roster.yaml").write_text("人员:\n  甲: {单位: 林业站}\n单位:\n  林业站: {隶属: 乡属}\n", encoding="utf-8")
    file = root / name
    file.parent.mkdir(exist_ok=True)
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return root


@pytest.mark.parametrize(("name", "content", "words", "code"), [
    ("appraisals/2026.yaml", FINES, "appraisals/2026.yaml 把考核与罚款、没收的款项挂钩，不予采用（行政处罚法第七十四条）。", 1),
    ("appraisals/2026.yaml", "年度: 2025\n人员: {甲: {D3-1: 履行}}\n", "appraisals/2026.yaml 里写的是另一个年度，没有采用。", 1),
    ("year/2026.yaml", "年度: 2025\n单位: {林业站: {被诉: 9}}\n", "year/2026.yaml 里写的是另一个年度，没有采用。", 1),
    ("year/2026.yaml", b"\xff\xfe\x81", "year/2026.yaml 不能读取，有关内容没有列出。", 3),
    ("roster.yaml", b"\xff\xfe\x81", "roster.yaml 不能读取，有关内容没有列出。", 3),
])
def test_what_is_refused(enforce: Enforce, tmp_path: Path, name: str, content: str | bytes, words: str, code: int) -> None:
    root = office(tmp_path, name, content)
    found = review(root, 2026)
    assert words in found.notes
    assert not {"duty", "indicator", "duty-of", "rate", "figures-2026"} & {one.id for one in found.tables()}
    assert enforce("review", str(root), "--year", "2026").code == code


def test_what_is_wrong_in_part_is_used_and_said(enforce: Enforce, tmp_path: Path) -> None:
    root = office(tmp_path, "year/2026.yaml", "年度: 2026\n单位: {林业站: {被诉: 9, 败诉: -1}}\n")
    found = review(root, 2026)
    assert "year/2026.yaml 有错误，数字可能不全，先用 enforce validate 核查并改正。" in found.notes
    assert by_name(found, "figures-2026")["被诉"] == [9, 9]
    assert enforce("review", str(root), "--year", "2026").code == 1
