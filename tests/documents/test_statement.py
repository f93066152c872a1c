"""岗位责任书: what it says is the measure's and the roster's, and nobody else's."""

from __future__ import annotations

import re
import shutil
from datetime import date
from pathlib import Path

import pytest
from jinja2 import meta

from enforcecli.documents.blocks import parse
from enforcecli.documents.context import Paper
from enforcecli.documents.docx import missing_words
from enforcecli.documents.kinds import KINDS, STATEMENT, WORDED, find_kind
from enforcecli.documents.loader import Templates
from enforcecli.documents.render import DOCX, MARKDOWN, Rendered
from enforcecli.documents.sandbox import Environment
from enforcecli.documents.statement import Subject, statement
from enforcecli.model.problem import Problem
from enforcecli.reading.workspace import Workspace
from tests.documents.wording import SAMPLES, statements, text, workspace

PAPERS = statements()
DAY = date(2026, 6, 30)


def files(here: Workspace, who: str, day: date | None = DAY) -> list[Rendered | Problem]:
    book = here.book()
    assert here.roster is not None and book is not None
    return list(statement(Subject(here, here.roster, book, day), who, (MARKDOWN, DOCX)))


def test_it_is_no_paper_of_a_case() -> None:
    assert STATEMENT.id not in KINDS and WORDED[STATEMENT.id] is STATEMENT
    assert find_kind("岗位责任书") is find_kind("statement") is STATEMENT


def test_the_template_uses_what_it_is_given() -> None:
    used = meta.find_undeclared_variables(Environment(Templates()).parse(Templates().sources[STATEMENT.template]))
    assert used <= STATEMENT.variables
    assert all(set(paper.context) == STATEMENT.variables for paper in PAPERS)


@pytest.mark.parametrize("paper", PAPERS, ids=lambda p: p.subject)
def test_every_clause_is_verbatim(paper: Paper) -> None:
    book = workspace().book()
    assert book is not None
    source = re.sub(r"\s", "", book.source)
    quoted = [entry["条文"] for name in ("身份", "原则", "职责") for entry in paper.context[name] if entry["条文"]]
    assert len(quoted) >= 3
    for words in quoted:
        assert re.sub(r"\s", "", words) in source
        assert words in text(paper)
    assert all(entry["条款"] for name in ("身份", "原则", "职责") for entry in paper.context[name])


def test_the_day_is_the_one_asked_for_and_no_other() -> None:
    by_subject = {paper.subject: text(paper) for paper in PAPERS}
    assert "按2026年6月30日的任职情况" in by_subject["张某"]
    assert "任职情况" not in by_subject["刘某"]  # no day was asked for
    then = by_subject["马某"]  # on 1 August 2025 a member of staff, the head's office vacant
    assert "规划建设助理员" in then and "逐级对分管领导孙某、第一责任人赵某负责" in then and "站长" not in then


def test_a_member_of_staff_is_laid_no_duty_of_a_leader() -> None:
    codes = {paper.subject: {d["代码"] for d in paper.context["职责"]} for paper in PAPERS}
    assert codes == {"赵某": {"D1-1", "D1-2", "D1-3", "D1-4", "D1-5"}, "孙某": {"D1-1", "D1-2", "D1-3", "D1-5"},
                     "刘某": {"D2-1", "D2-2", "D2-3"}, "张某": {"D3-1", "D3-2"}, "马某": {"D3-1", "D3-2"}}


def test_a_leader_who_is_also_the_first_person_responsible_signs_once_as_both() -> None:
    made = files(workspace(), "陈某")[0]
    assert isinstance(made, Rendered)
    words = made.data.decode()
    assert "逐级对站所负责人王某、分管领导兼第一责任人赵某负责" in words
    assert words.count("赵某　签名") == 1


def test_docx_holds_every_word_and_is_the_same_twice() -> None:
    (md, docx), again = files(workspace(), "张某"), files(workspace(), "张某")
    assert isinstance(md, Rendered) and isinstance(docx, Rendered)
    assert missing_words(parse(md.data.decode()), docx.data) == ()
    assert [md, docx] == again


def test_names_are_text_whatever_they_hold(tmp_path: Path) -> None:
    for name in ("enforce.yaml", "roster.yaml"):
        shutil.copy(SAMPLES / name, tmp_path)
    roster = (tmp_path / "roster.yaml").read_text(encoding="utf-8")
    hostile = roster.replace("职务: 执法员,", '职务: "{{ 7*7 }} ![x](http://a.example/b) | # <b>",')
    (tmp_path / "roster.yaml").write_text(hostile, encoding="utf-8")
    (md, _) = files(Workspace.open(tmp_path), "张某")
    assert isinstance(md, Rendered)
    words = md.data.decode()
    assert "49" not in words and "![x](" not in words and "<b>" not in words
    assert "{{ 7*7 }} ![x](http://a.example/b) | # <b>" in "".join(w for block in parse(words) for w in block.words())


def worded(directory: Path, words: str) -> list[Rendered | Problem]:
    """What an office with a text of its own gets."""
    (directory / "templates").mkdir(parents=True)
    for name in ("enforce.yaml", "roster.yaml"):
        shutil.copy(SAMPLES / name, directory)
    (directory / "templates" / "statement.md.j2").write_text(words, encoding="utf-8")
    return files(Workspace.open(directory), "张某")


def test_an_office_words_it_its_own_way(tmp_path: Path) -> None:
    (md, _) = worded(tmp_path / "own", "# {{ 文种 }}\n\n{{ 人.姓名 }}负责{{ 身份[0].名称 }}。\n")
    assert isinstance(md, Rendered) and md.data.decode() == "# 岗位责任书\n\n张某负责一般工作人员。\n"
    (wrong,) = worded(tmp_path / "wrong", "# {{ 案号 }}\n")
    assert isinstance(wrong, Problem) and wrong.file == "templates/statement.md.j2"
