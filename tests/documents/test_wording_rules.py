"""What holds of every paper, whatever the case: no share without its label, no decision on what is
not decided, no variable a kind does not have, no half paper."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from jinja2 import meta

from enforcecli.documents.blocks import ADDRESSEE, NUMBER, PARAGRAPH, SIGNATURE, TABLE, TITLE, parse, strange
from enforcecli.documents.context import Paper, Refusal, file_name
from enforcecli.documents.kinds import KINDS, WORDED, PaperKind, find_kind
from enforcecli.documents.loader import Templates
from enforcecli.documents.missing import ELEMENTS
from enforcecli.documents.phrases import SHARE_LABEL
from enforcecli.documents.sandbox import Environment
from enforcecli.model.case import STAGES
from tests.documents import two_versions
from tests.documents.wording import CASES, SAMPLES, every, examined, made, statements, text

FRACTION = re.compile(r"(?<![0-9/〔-])[0-9]+/[0-9]+(?![0-9/])")
PERCENT = re.compile(r"[0-9.]+[%％]")
PAPERS = [paper for path in CASES for paper in every(path) if isinstance(paper, Paper)]
TEXTS = [(paper, text(paper)) for paper in PAPERS]


Check = Callable[[Paper, str], None]


def of_every_text(check: Check) -> Callable[[PaperKind], None]:
    """A test per kind that checks each text of it."""

    @pytest.mark.parametrize("kind", KINDS.values(), ids=lambda k: k.id)
    def test(kind: PaperKind) -> None:
        texts = [(paper, words) for paper, words in TEXTS if paper.kind is kind]
        assert texts
        for paper, words in texts:
            check(paper, words)

    return test


# kinds and variables

@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda k: k.id)
def test_a_template_uses_what_its_kind_has(kind: PaperKind) -> None:
    words = Templates().sources[kind.template]
    used = meta.find_undeclared_variables(Environment(Templates()).parse(words))
    assert used <= kind.variables


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda k: k.id)
def test_a_paper_is_given_what_its_kind_says(kind: PaperKind) -> None:
    given = [set(paper.context) for paper in PAPERS if paper.kind is kind]
    assert given and all(names == kind.variables for names in given)


def test_every_shipped_text_has_a_kind() -> None:
    assert set(Templates().names) == {kind.template for kind in WORDED.values()}


def test_kinds_name_elements_and_stages_there_are() -> None:
    for kind in KINDS.values():
        assert set(kind.required) <= set(ELEMENTS)
        assert kind.stage in STAGES
    assert {name for kind in KINDS.values() for name in kind.required} == set(ELEMENTS)


def test_kinds_are_found_by_id_and_name() -> None:
    assert all(find_kind(k.id) is k and find_kind(k.name) is k for k in KINDS.values())
    assert find_kind("决定书") is KINDS["decision"]
    assert find_kind("无此文书") is None


# values

def plain(value: Any) -> bool:
    if isinstance(value, dict):
        return all(isinstance(key, str) and plain(item) for key, item in value.items())
    return all(map(plain, value)) if isinstance(value, list) else isinstance(value, str | bool)


@of_every_text
def test_a_template_sees_plain_values_only(paper: Paper, words: str) -> None:
    assert plain(paper.context)


# texts

@of_every_text
def test_paragraphs_are_apart(paper: Paper, words: str) -> None:
    """Two paragraphs without an empty line between them would run into each other."""
    lines = words.split("\n")
    special = ("#", "|", ">", "附件：")
    joined = [a for a, b in pairwise(lines)
              if a.strip() and b.strip() and not a.startswith(special) and not b.startswith(special)]  # fmt: skip
    assert joined == []


@of_every_text
def test_a_table_stands_apart(paper: Paper, words: str) -> None:
    lines = words.split("\n")
    assert [a for a, b in pairwise(lines)
            if a.strip() and b.startswith("|") and not a.startswith("|")] == []  # fmt: skip


@of_every_text
def test_markdown_reads_it_as_the_page_shows_it(paper: Paper, words: str) -> None:
    assert list(strange(words)) == []


@of_every_text
def test_sentences_end_once(paper: Paper, words: str) -> None:
    assert re.search(r"。。|；。|，。|：。|、。|；；|，，|（）|“”|《》", words) is None


@of_every_text
def test_a_paper_has_a_title_and_served_ones_number_addressee_and_signature(paper: Paper, words: str) -> None:
    blocks = parse(words)
    kinds = [block.kind for block in blocks]
    assert kinds[0] == TITLE
    if not paper.kind.file_paper and paper.kind.shell != "table":
        assert {NUMBER, ADDRESSEE, SIGNATURE} <= set(kinds)
    assert any(kind in {PARAGRAPH, TABLE} for kind in kinds)


def columns_with_label(block: Any) -> set[int]:
    return {i for i, head in enumerate(block.rows[0]) if SHARE_LABEL in head}


@of_every_text
def test_a_share_never_stands_without_its_label(paper: Paper, words: str) -> None:
    """A fraction stands in a paragraph that has the label, or in a column whose head has it, or in a
    table the paragraph above has labelled."""
    before = ""
    for block in parse(words):
        if block.kind == TABLE:
            labelled = columns_with_label(block)
            bare = [cell for row in block.rows[1:] for i, cell in enumerate(row)
                    if FRACTION.search(cell) and i not in labelled]  # fmt: skip
            assert not bare or SHARE_LABEL in before, (paper.name, bare)
        elif FRACTION.search(block.text):
            assert SHARE_LABEL in block.text, (paper.name, block.text)
        before = block.text


SERVED_SHARES = {"referral"}
"""The letter to the organ above shows them as reference, labelled."""


@of_every_text
def test_what_is_served_shows_grades_not_shares(paper: Paper, words: str) -> None:
    if not paper.kind.file_paper and paper.kind.id not in SERVED_SHARES:
        assert FRACTION.search(words) is None
        if paper.kind.id != "compensation":  # the ratio ordered
            assert PERCENT.search(words.replace("百分之", "")) is None


# decisions

@pytest.mark.parametrize("path", CASES, ids=lambda p: p.stem)
def test_what_cannot_be_decided_is_never_decided(path: Path) -> None:
    result = examined(path).result
    assert result is not None
    if any(not found.decided for found in result.findings) or result.unfit is not None:
        deciding = [*made(path, "decision"), *made(path, "compensation"), *made(path, "notice")]
        assert all(isinstance(paper, Refusal) for paper in deciding)


def test_proposals_are_worded_as_proposals() -> None:
    """给予纪律处分 of who is appointed by the county is proposed, not decided."""
    words = next(w for p, w in TEXTS if p.context["案号"] == "SJ-2026-003" and p.kind.id == "decision")
    decided = words.split("## 四、处理决定")[1].split("依照管理权限")[0]
    assert "限期改正" in decided and "处分" not in decided
    assert "建议县林业局给予纪律处分" in words
    assert "救济途径" in words and "对限期改正不服的" in words


def test_position_liability_is_called_so() -> None:
    words = next(w for p, w in TEXTS if p.context["案号"] == "SJ-2025-002" and p.subject == "周某" and p.kind.id == "decision")
    assert "岗位责任，未认定你本人另有过错" in words


def test_two_of_one_name_have_files_of_their_own() -> None:
    names = [p.name for p in PAPERS if p.context["案号"] == "SJ-2026-002"]
    assert len(names) == len(set(names))


@pytest.mark.parametrize(("subject", "stem"), [
    ("张某", "谈话笔录-张某"), ("../../etc", "谈话笔录-etc"), ("a/b\\c:d", "谈话笔录-a-b-c-d"), ("", "谈话笔录"),
    (None, "谈话笔录"), ("某" * 200, ("谈话笔录-" + "某" * 200)[:80])])  # fmt: skip
def test_names_of_files(subject: str | None, stem: str) -> None:
    assert file_name(KINDS["interview"], subject) == stem


# grades only

@pytest.fixture(scope="module")
def grades_only(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("hidden") / "repository"
    shutil.copytree(SAMPLES, root, ignore=shutil.ignore_patterns("slips"))
    office = root / "enforce.yaml"
    words = re.sub(r"^比例:.*$", "比例: 不显示", office.read_text(encoding="utf-8"), flags=re.MULTILINE)
    office.write_text(words, encoding="utf-8")
    return root


def test_an_office_without_shares_writes_none(grades_only: Path) -> None:
    """Only the recovery keeps its own ratio, 责令承担."""
    count = 0
    for path in sorted((grades_only / "cases").glob("*/*.yaml")):
        for paper in every(path, grades_only):
            if isinstance(paper, Paper):
                count += 1
                words = text(paper)
                assert FRACTION.search(words) is None, (paper.name, FRACTION.search(words))
                assert SHARE_LABEL not in words
                percents = PERCENT.findall(words)
                assert not percents or paper.kind.id in {"compensation", "calculation"}, percents
    assert count > 100


# the guide

README = (SAMPLES.parent / "templates" / "README.md").read_text(encoding="utf-8")
NAMED = set(re.findall(r"[\w一-鿿]+", " ".join(re.findall(r"`([^`\n]+)`", README))))


def names_in(value: Any) -> set[str]:
    if isinstance(value, dict):
        return set(value).union(*map(names_in, value.values()))
    return set().union(*map(names_in, value)) if isinstance(value, list) else set()


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda k: k.id)
def test_the_guide_tells_every_name(kind: PaperKind) -> None:
    used = set().union(*(names_in(paper.context) for paper in PAPERS if paper.kind is kind))
    assert used - NAMED == set()
    assert kind.id in README or not kind.own - {"人"}


def test_the_guide_tells_no_name_there_is_not(tmp_path: Path) -> None:
    """Names in the tables of the guide, save those of files and signs."""
    known = set().union(*(names_in(paper.context) for paper in [*PAPERS, *statements()]))
    known |= set().union(*(k.variables for k in WORDED.values()))
    known |= two_versions.names(tmp_path)
    tables = README.split("## 名称")[1]
    told = set(re.findall(r"`([一-鿿]+)`", tables))
    assert told - known - {"决定人"} == set()
