"""enforce rulebook new: what it writes is sound, nothing is overwritten, and each slip of a beginner is told."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from enforcecli.output.width import width
from tests.cli.conftest import CASES, Ran

Enforce = Callable[..., Ran]
FILES = {"source.txt", "rulebook.yaml", "cases.yaml"}


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, enforce: Enforce) -> Path:
    """The sample office without its cases; the working directory."""
    for name in ("enforce.yaml", "roster.yaml"):
        shutil.copy(CASES / name, tmp_path)
    shutil.copytree(CASES / "rulebooks", tmp_path / "rulebooks")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def codes(ran: Ran) -> list[str]:
    assert ran.out, ran.err
    return [p["code"] for p in json.loads(ran.out)["problems"]]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_what_is_written_is_sound_but_for_what_is_to_be_filled_in(office: Path, enforce: Enforce, lang: str) -> None:
    ran = enforce("rulebook", "new", "xx-2024", "--lang", lang)
    assert (ran.code, ran.err) == (0, "")
    assert {p.name for p in (office / "rulebooks" / "xx-2024").iterdir()} == FILES
    checked = enforce("rulebook", "check", "xx-2024", "--format", "json")
    assert (checked.code, codes(checked)) == (0, ["B401"] * 3)
    tested = enforce("rulebook", "test", "xx-2024", "--mutate", "--strict", "--format", "json")
    assert (tested.code, codes(tested)) == (0, [])
    assert enforce("validate", "--format", "json").code == 0


def test_what_stands_in_comments_may_be_used(office: Path, enforce: Enforce) -> None:
    """A clause of the text that computes nothing, and a fact of each person."""
    enforce("rulebook", "new", "xx-2024", "--title", "某办法", "--issuer", "某县人民政府")
    folder = office / "rulebooks" / "xx-2024"
    (folder / "source.txt").write_text((folder / "source.txt").read_text(encoding="utf-8") + "四、本办法自2026年1月1日起施行。\n",
                                       encoding="utf-8")
    assert codes(enforce("rulebook", "check", "xx-2024", "--format", "json")) == ["B401", "B140"]
    lines = (folder / "rulebook.yaml").read_text(encoding="utf-8").splitlines()
    at = lines.index("# not_modelled:")
    used = [line.removeprefix("# ") if n >= at or line.startswith(("# person_facts", "#   主观过错")) else line
            for n, line in enumerate(lines)]
    (folder / "rulebook.yaml").write_text("\n".join(used) + "\n", encoding="utf-8")
    assert codes(enforce("rulebook", "check", "xx-2024", "--format", "json")) == ["B401"]


@pytest.mark.parametrize("title", ["某办法", "a: b # c", '"{id}" {path}', "第一行　'全角'"])
def test_a_title_stands_in_the_files_as_it_was_given(office: Path, enforce: Enforce, title: str) -> None:
    assert enforce("rulebook", "new", "xx-2024", "--title", title, "--issuer", "某县人民政府").code == 0
    folder = office / "rulebooks" / "xx-2024"
    book = YAML(typ="safe").load((folder / "rulebook.yaml").read_text(encoding="utf-8"))
    assert (book["rulebook"], book["title"], book["issuer"]) == ("xx-2024", title, "某县人民政府")
    assert (folder / "source.txt").read_text(encoding="utf-8").splitlines()[0] == title


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_eighty_columns_and_gbk(office: Path, enforce: Enforce, lang: str) -> None:
    out = enforce("rulebook", "new", "xx-2024", "--lang", lang).out
    out.encode("gbk")
    assert max(map(width, out.splitlines())) <= 80


@pytest.mark.parametrize(("name", "word"), [
    ("shangjiang-2023", "内置"), ("SHANGJIANG-2023", "内置"), ("shangjiang", "内置"), ("jia", "已经有"), ("JIA", "已经有"),
    ("../x", "目录名"), ("a/b", "目录名"), ("", "目录名"), ("con", "目录名"), (".x", "目录名"), ("a b", "目录名"), ("a\x1b[31m", "目录名"),
])
def test_an_id_that_will_not_do(office: Path, enforce: Enforce, name: str, word: str) -> None:
    before = sorted(office.rglob("*"))
    ran = enforce("rulebook", "new", name)
    assert ran.code == 2 and word in ran.err and "\x1b" not in ran.err
    assert sorted(office.rglob("*")) == before


@pytest.mark.parametrize("option", ["--title", "--issuer"])
def test_an_option_left_empty(office: Path, enforce: Enforce, option: str) -> None:
    ran = enforce("rulebook", "new", "xx-2024", option, " ")
    assert ran.code == 2 and option in ran.err and not (office / "rulebooks" / "xx-2024").exists()


@pytest.mark.parametrize("name", sorted(FILES))
def test_nothing_is_overwritten(office: Path, enforce: Enforce, name: str) -> None:
    folder = office / "rulebooks" / "xx-2024"
    folder.mkdir()
    (folder / name).write_text("mine\n", encoding="utf-8")
    ran = enforce("rulebook", "new", "xx-2024")
    assert ran.code == 2 and name in ran.err
    assert {p.name: p.read_text(encoding="utf-8") for p in folder.iterdir()} == {name: "mine\n"}


def test_a_link_does_not_lead_out_of_the_repository(office: Path, enforce: Enforce, tmp_path_factory: pytest.TempPathFactory) -> None:
    outside = tmp_path_factory.mktemp("outside")
    shutil.rmtree(office / "rulebooks")
    (office / "rulebooks").symlink_to(outside)
    assert enforce("rulebook", "new", "xx-2024").code == 3
    assert not any(p.is_file() for p in outside.rglob("*"))


def test_elsewhere_the_commands_name_the_directory(office: Path, enforce: Enforce) -> None:
    ran = enforce("rulebook", "new", "xx-2024", "--dir", "drafts")
    assert ran.code == 0 and "enforce rulebook check drafts/xx-2024" in ran.out and "适用办法" not in ran.out
    assert codes(enforce("rulebook", "check", "drafts/xx-2024", "--format", "json")) == ["B401"] * 3


def test_a_directory_that_holds_only_the_text_as_it_came_is_filled(office: Path, enforce: Enforce) -> None:
    folder = office / "rulebooks" / "xx-2024"
    folder.mkdir()
    (folder / "原文.docx").write_bytes(b"mine")
    assert enforce("rulebook", "new", "xx-2024").code == 0
    assert {p.name for p in folder.iterdir()} == {*FILES, "原文.docx"}


SLIPS = {
    "the text replaced, the rules not yet": ("source.txt", "", "第一条 承办人直接作出的，由承办人承担责任。\n", "B107"),
    "a clause number of another text": ("rulebook.yaml", "cite: 二（二）", "cite: 二（五）", "B107"),
    "a colon typed wide": ("rulebook.yaml", "title: （填写办法的全称）", "title：某办法", "Y"),
    "a role misspelt": ("rulebook.yaml", "who: 审批人", "who: 审核人", "B112"),
    "a value that is none": ("rulebook.yaml", "when: {决定方式: 经审批}", "when: {决定方式: 经批准}", "B115"),
    "a fact misspelt": ("rulebook.yaml", "when: {决定方式: 经审批}", "when: {作出方式: 经审批}", "B114"),
    "a key in Chinese": ("rulebook.yaml", "roles:", "角色:", "B103"),
    "a degree of another measure": ("rulebook.yaml", "degree: 全部责任}", "degree: 直接责任}", "B113"),
    "a quotation in one's own words": ("rulebook.yaml", "text: 超越职权的", "text: 越权的", "B109"),
    "the directory renamed": ("rulebook.yaml", "rulebook: xx-2024", "rulebook: xx-2025", "B101"),
    "a decimal point": ("rulebook.yaml", "default: 7/10", "default: 0.7", "B131"),
    "a value nobody provides for": ("rulebook.yaml", "values: [直接作出, 经审批]", "values: [直接作出, 经审批, 集体讨论]", "B201"),
    "a rule twice over": ("rulebook.yaml", "when: {决定方式: 直接作出}, ", "", "B202"),
    "a tab": ("rulebook.yaml", "  承办人: {en: handler}", "\t承办人: {en: handler}", "Y"),
}


@pytest.mark.parametrize("slip", SLIPS)
def test_a_slip_of_a_beginner_is_told_with_its_place(office: Path, enforce: Enforce, slip: str) -> None:
    name, old, new, code = SLIPS[slip]
    enforce("rulebook", "new", "xx-2024")
    path = office / "rulebooks" / "xx-2024" / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1) if old else new, encoding="utf-8")
    ran = enforce("rulebook", "check", "xx-2024", "--format", "json")
    found = json.loads(ran.out)["problems"]
    mine = [p for p in found if p["code"].startswith(code) and p["level"] == "error"]
    assert ran.code == 1 and mine, [(p["code"], p["message"]) for p in found]
    assert all(p["remedy"] and p["file"].startswith("rulebooks/xx-2024/") for p in mine)
