"""Shapes of a decision the samples do not have: the office's own sanction, its own appraisal, a
credential of another organ; and text that would like to be more than text."""

from __future__ import annotations

from pathlib import Path

import pytest

from enforcecli.documents.blocks import Block, parse
from enforcecli.documents.context import Paper
from tests.documents.test_wording_refusals import rendered
from tests.documents.wording import text

OWN = """\
人员:
  张某: {单位: 林业站, 职务: 执法员, 人员类别: 参公人员, 任免机关: 上江乡人民政府, 考核机关: 上江乡人民政府}
处理意见:
  张某: [M7, M6, M9, {方式: M4, 期限: 2026-07-31}]
  杨某: [M1]
"""


def papers(piece: str, root: Path, kind: str) -> dict[str, str]:
    """Of one kind: for whom → the text."""
    made = (p for p in rendered(piece, "case", root) if isinstance(p, Paper) and p.kind.id == kind)
    return {paper.subject or "": text(paper) for paper in made}


def test_a_sanction_of_the_office_itself(tmp_path: Path) -> None:
    """Its kind is not in the case and stays open; the statutory remedy is the book's sentence."""
    words = papers(OWN, tmp_path, "decision")["张某"]
    assert "1．给予纪律处分（处分种类和期间：　　　　）；" in words
    assert "建议给予处分" not in words
    assert "对给予纪律处分不服的，可以自知道该处理之日起三十日内" in words
    assert "对限期改正不服的，可以自收到本决定书之日起30日内" in words


def test_the_own_appraisal_is_no_part_of_the_decision(tmp_path: Path) -> None:
    words = papers(OWN, tmp_path / "1", "decision")["张某"]
    assert "作为本年度考核依据，建议确定为不称职（考核年度：2026年），由本机关在相应的程序中确定" in words
    assert "向上江乡人民政府" not in words.split("## 四")[1].split("## 五")[0]
    assert "上江乡人民政府" not in papers(OWN, tmp_path / "2", "referral")


def test_a_letter_the_case_does_not_record_has_no_number(tmp_path: Path) -> None:
    words = papers(OWN, tmp_path, "referral")["县司法局"]
    assert "\n〔　　　　〕　　号\n" in words
    assert "张某的行政执法证件：编号25-0101，有效期至2027年12月31日。" in words


@pytest.mark.parametrize("kind", ["deliberation", "investigation", "legal-review"])
def test_what_is_proposed_is_said_to_be(kind: str, tmp_path: Path) -> None:
    words = papers(OWN, tmp_path, kind)[""]
    assert "取消执法资格" in words and "给予取消" not in words and "给予本年度" not in words


HOSTILE = (
    "| 免予追究 | |", "# 免予追究", ">> 李某", "**加粗**[链接](http://x.example)<b>", "{{ 机关 }}{% if 1 %}",
    "`代码` $x$ ~~删~~ &lt; \\\\ ||", "1. 免予 2) - + #")  # fmt: skip


def shape(words: str) -> list[tuple[str, tuple[int, ...]]]:
    def size(block: Block) -> tuple[int, ...]:
        return tuple(len(row) for row in block.rows)

    return [(block.kind, size(block)) for block in parse(words)]


@pytest.mark.parametrize("words", HOSTILE)
def test_text_of_a_case_stays_text(words: str, tmp_path: Path) -> None:
    """Every block of every paper is as it is with harmless words, and the words are there."""
    piece = "案由: '{}'\n处理意见:\n  张某: [{{方式: M4, 期限: 2026-07-31, 理由: '{}'}}]\n  杨某: [M1]\n"
    plain = [p for p in rendered(piece.format("某案", "某理由"), "case", tmp_path / "plain") if isinstance(p, Paper)]
    made = [p for p in rendered(piece.format(words, words), "case", tmp_path / "bad") if isinstance(p, Paper)]
    assert [p.name for p in made] == [p.name for p in plain] != []
    for one, other in zip(made, plain, strict=True):
        worded = text(one)
        assert shape(worded) == shape(text(other)), one.name
        if one.kind.id == "decision":
            said = "\n".join(word for block in parse(worded) for word in block.words())
            assert words in said
