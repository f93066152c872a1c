"""enforce rulebook check and test, as typed."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path

import pytest

from enforcecli.output.width import width
from tests.cli.conftest import Ran
from tests.proof.support import BOOKS

Enforce = Callable[..., Ran]


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A repository of its own with the small book."""
    shutil.copytree(BOOKS / "small", tmp_path / "rulebooks" / "small")
    (tmp_path / "enforce.yaml").write_text("机关: {名称: 某乡人民政府, 简称: 某乡, 文号: 某政}\n适用办法: small\n", encoding="utf-8")
    return tmp_path / "rulebooks" / "small"


def edit(book: Path, before: str, after: str) -> None:
    text = (book / "rulebook.yaml").read_text("utf-8")
    assert before in text
    (book / "rulebook.yaml").write_text(text.replace(before, after), encoding="utf-8")


def test_a_sound_book(enforce: Enforce, small: Path) -> None:
    ran = enforce("rulebook", "check", str(small))
    assert ran.code == 0, ran
    assert "全部情形：共 2 种，逐一核对：由规则确定 2 种，规则冲突 0 种，没有规则 0 种" in ran.out
    assert "人员组合：三人以内共 68 种，逐一测算" in ran.out
    assert "份额合计都恰好为一" in re.sub(r"\n *", "", ran.out)


def test_a_gap_fails_the_check_at_its_place(enforce: Enforce, small: Path) -> None:
    edit(small, "- {id: G1, cite: 二（一）, when: {经审批: 否}, bears: [{who: 承办人, degree: 全部责任}]}\n", "")
    ran = enforce("rulebook", "check", str(small))
    assert ran.code == 1
    assert re.search(r"small/rulebook\.yaml:12:1: 错误 B201 有 1 种情形没有任何规则适用：经审批为否", ran.out)


def test_a_dead_rule_fails_it_only_if_strict(enforce: Enforce, small: Path) -> None:
    edit(small, "faults:\n", "- {id: G3, cite: 二（二）, when: {经审批: 是}, bears: [{who: 承办人, degree: 全部责任}], over: {}}\nfaults:\n")
    edit(small, "- {id: G2, cite: 二（二）, ", "- {id: G2, cite: 二（二）, over: {G3: 特别规定}, ")
    assert enforce("rulebook", "check", str(small)).code == 0
    assert enforce("rulebook", "check", str(small), "--strict").code == 1


def test_a_book_with_errors_is_told_and_not_gone_through(enforce: Enforce, small: Path) -> None:
    edit(small, "cite: 一2", "cite: 一9")
    for what in ("check", "test"):
        ran = enforce("rulebook", what, str(small))
        assert ran.code == 1 and "B107" in ran.out
    assert "先改正上面的错误" in enforce("rulebook", "check", str(small)).err


@pytest.mark.parametrize("name", ["small", "rulebooks/small", "rulebooks/small/", "rulebooks/small/rulebook.yaml", "./rulebooks/small"])
def test_a_book_is_named_by_its_id_or_by_its_place(name: str, enforce: Enforce, small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(small.parent.parent)
    ran = enforce("rulebook", "check", name)
    assert (ran.code, ran.err) == (0, "") and "small 某乡执法责任办法" in ran.out


def test_the_book_one_stands_in(enforce: Enforce, small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(small)
    assert "small 某乡" in enforce("rulebook", "check", ".").out
    (small / "deeper").mkdir()
    monkeypatch.chdir(small / "deeper")
    assert "small 某乡" in enforce("rulebook", "check", "..").out


def test_without_a_name_it_is_the_book_of_the_office(enforce: Enforce, small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(small.parent.parent)
    assert "small 某乡执法责任办法" in enforce("rulebook", "check").out


@pytest.mark.parametrize(("words", "told"), [
    (("check", "nosuch"), "没有“nosuch”这部办法"), (("test", "nosuch"), "没有“nosuch”这部办法"),
    (("check", "--format", "md"), "“md”只用于 --table"), (("check", "--every"), "--every 只与 --table 一起用"),
    (("check", "--table", "--format", "sarif"), "--table 的格式应当是 text、md、html 之一"),
    (("check", "--format", "pdf"), "应当是"),
])  # fmt: skip
def test_what_is_typed_wrongly_is_told_in_one_line(words: tuple[str, ...], told: str, enforce: Enforce) -> None:
    ran = enforce("rulebook", *words)
    assert (ran.code, ran.out) == (2, "") and told in ran.err.splitlines()[0]


def test_a_directory_without_a_book(enforce: Enforce, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    ran = enforce("rulebook", "check", str(tmp_path / "empty"))
    assert ran.code == 1 and "B138" in ran.out
    assert "共核查 1 个文件：通过 0 个" in ran.out, "a book that is not there has not passed"


@pytest.mark.parametrize("by_path", [True, False])
def test_versions_in_force_on_one_day_are_told_at_the_period(enforce: Enforce, small: Path, by_path: bool,
                                                             monkeypatch: pytest.MonkeyPatch) -> None:
    later = small.parent / "small-2"
    shutil.copytree(small, later)
    edit(later, "rulebook: small", "rulebook: small-2\nmeasure: small")
    monkeypatch.chdir(small.parent.parent)
    for name in ("small", "small-2"):
        ran = enforce("rulebook", "check", f"rulebooks/{name}" if by_path else name)
        assert ran.code == 1
        assert re.search(rf"^rulebooks/{name}/rulebook\.yaml:[0-9]+:12: 错误 B136 “small”与“small-2”是同一办法的两个版本", ran.out, re.MULTILINE)


def test_the_day_one_version_ends_is_the_day_the_next_begins(enforce: Enforce, small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    later = small.parent / "small-2"
    shutil.copytree(small, later)
    edit(later, "rulebook: small", "rulebook: small-2\nmeasure: small")
    edit(later, "{from: 2024-01-01}", "{from: 2026-01-01}")
    edit(small, "{from: 2024-01-01}", "{from: 2024-01-01, to: 2026-01-01}")
    monkeypatch.chdir(small.parent.parent)
    assert [enforce("rulebook", "check", name).code for name in ("small", "small-2")] == [0, 0]



def test_the_table_for_a_terminal(enforce: Enforce) -> None:
    ran = enforce("rulebook", "check", "shangjiang-2023", "--table")
    assert ran.code == 0 and "共 12 行，合起来是 64 种情形" in ran.out
    assert max(map(width, ran.out.splitlines())) <= 80
    ran.out.encode("gbk")
    every = enforce("rulebook", "check", "shangjiang-2023", "--table", "--every").out
    assert "共 64 行，合起来是 64 种情形" in every


def test_the_table_names_who_is_exempt_and_who_weighs_heavier(enforce: Enforce, small: Path) -> None:
    edit(small, "faults:\n", "- {id: X1, layer: exempt, cite: 二（二）, when: {经审批: 是}, bears: [{who: 承办人, where: {有无过错: 无}, degree: 次要责任}]}\n"
         "- {id: S1, layer: severity, cite: 二（一）, bears: [{who: 过错人, severity: 从重}]}\nfaults:\n")
    page = enforce("rulebook", "check", str(small), "--table", "--format", "md").out
    rows = [line.split(" | ")[4] for line in page.splitlines() if line.startswith("| ") and "经审批 = " in line]
    assert rows == ["审批人：主要责任<br>承办人：次要责任<br>承办人（有无过错 = 无）：次要责任<br>过错人：从重", "承办人：全部责任<br>过错人：从重"]


class Cells(HTMLParser):
    """The texts of the cells, row by row; what is opened is closed."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.rows: list[list[str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag not in {"script", "img", "link", "iframe"}
        if tag == "tr":
            self.rows.append([])
        if tag in {"td", "th"}:
            self.rows[-1].append("")
        if tag not in {"meta", "br"}:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] in {"td", "th"}:
            self.rows[-1][-1] += data


def test_the_page_to_sign(enforce: Enforce, small: Path) -> None:
    ran = enforce("rulebook", "check", str(small), "--table", "--format", "html")
    page = Cells()
    page.feed(ran.out)
    assert ran.code == 0 and page.open == []
    assert [row[1:5] for row in page.rows[1:]] == [
        ["经审批 = 是", "1", "G2（二（二））", "审批人：主要责任承办人：次要责任"],
        ["经审批 = 否", "1", "G1（二（一））", "承办人：全部责任"]]
    assert "核对人：" in ran.out and "SHA-256" in ran.out and "人员组合：" in ran.out


def test_nothing_in_a_book_can_act_on_a_page(enforce: Enforce, small: Path) -> None:
    edit(small, "title: 某乡执法责任办法", "title: '<script>alert(1)</script>|某办法'")
    html = enforce("rulebook", "check", str(small), "--table", "--format", "html").out
    assert "<script" not in html and "&lt;script&gt;" in html
    page = enforce("rulebook", "check", str(small), "--table", "--format", "md").out
    assert "<script" not in page and "\\|某办法" in page


def test_a_table_does_not_hide_what_is_wrong(enforce: Enforce, small: Path) -> None:
    edit(small, "when: {经审批: 否}", "when: {经审批: 是}")
    ran = enforce("rulebook", "check", str(small), "--table")
    assert ran.code == 1 and "没有规则" in ran.out and "规则冲突" in ran.out
    assert "错误 2 处" in ran.err and "enforce rulebook check" in ran.err


def test_as_data(enforce: Enforce, small: Path) -> None:
    data = json.loads(enforce("rulebook", "check", str(small), "--format", "json").out)
    assert data["format"] == "enforce-rulebook-check/1" and data["problems"] == []
    assert data["situations"] == {"total": 2, "how": "all", "looked": 2, "decided": 2, "not-pursued": 0, "silent": 0,
                                  "conflict": 0, "gap": 0}
    assert data["groups"]["total"] == data["groups"]["tried"] == 68 == data["groups"]["decided"] + sum(data["groups"]["undecided"].values())


def test_the_examples_of_the_built_in_measure(enforce: Enforce) -> None:
    ran = enforce("rulebook", "test", "shangjiang-2023")
    assert ran.code == 0 and "全部与预期相符" in ran.out
    data = json.loads(enforce("rulebook", "test", "shangjiang-2023", "--mutate", "--format", "json").out)
    assert data["failed"] == 0 and data["problems"] == []
    assert data["mutation"]["survivors"] == [] and len(data["mutation"]["equivalent"]) == 7
    assert data["mutation"]["total"] == data["mutation"]["killed"] + 7


def test_examples_that_fail_and_examples_that_are_not_there(enforce: Enforce, small: Path) -> None:
    none = enforce("rulebook", "test", str(small))
    assert none.code == 1 and "B233" in none.out
    example = "例子:\n- 名称: 甲\n  经审批: 否\n  涉及人员: [{人: 张某, 角色: 承办人, 有无过错: 有}]\n  预期: {份额: {张某: %s}}\n"
    (small / "cases.yaml").write_text(example % "1/2", encoding="utf-8")
    ran = enforce("rulebook", "test", str(small), "--mutate")
    assert ran.code == 1 and "cases.yaml:5:17: 错误 B236" in ran.out and "与预期不符 1 个" in ran.out
    assert "例子要先与预期全部相符" in ran.err
    (small / "cases.yaml").write_text(example % "1", encoding="utf-8")
    ran = enforce("rulebook", "test", str(small), "--mutate")
    assert ran.code == 0 and "规则 G2：把责任从“主要责任”改成“全部责任”，没有一个例子因此改变" in ran.out
    assert "加一个能发现这处改动的例子：经审批为是；甲（" in re.sub(r"\n *", "", ran.out)
    assert enforce("rulebook", "test", str(small), "--mutate", "--strict").code == 1


def test_examples_that_cannot_be_read_are_not_said_to_hold(enforce: Enforce, small: Path) -> None:
    text = "例子:\n- 名称: 甲\n  经审批: 否\n  涉及人员: [{人: 张某, 角色: 承办人, 有无过错: 有}]\n  预期: {不能认定: 也许}\n"
    (small / "cases.yaml").write_text(text, encoding="utf-8")
    ran = enforce("rulebook", "test", str(small))
    assert ran.code == 1 and "K202" in ran.out and "相符" not in ran.out
    assert "先改正上面的错误，才能运行例子" in ran.err
    data = json.loads(enforce("rulebook", "test", str(small), "--format", "json").out)
    assert (data["examples"], data["failed"]) == (1, None)


def test_in_english(enforce: Enforce, small: Path) -> None:
    edit(small, "when: {经审批: 否}", "when: {经审批: 是}")
    ran = enforce("--lang", "en", "rulebook", "check", str(small))
    assert "no rule applies in 1 situation" in ran.out and "Groups of persons:" in ran.out
    assert enforce("--lang", "en", "rulebook", "test", "shangjiang-2023").out.count("all as expected") == 1
