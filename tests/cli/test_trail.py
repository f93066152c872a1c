"""enforce seal, verify and anchor, and the receipt, as their users see them."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from enforcecli.output.width import COLUMNS, width
from enforcecli.reading.workspace import _open
from tests.cli.conftest import Ran
from tests.history.office import CASE
from tests.history.sealing import Sealing

Enforce = Callable[..., Ran]
ONE = "SJ-2026-003"
CODE = re.compile(r"[0-9A-Z]{5}(?:-[0-9A-Z]{5}){3}")


@pytest.fixture
def office(tmp_path: Path, enforce: Enforce, monkeypatch: pytest.MonkeyPatch) -> Sealing:
    """The sealing office, as the current directory."""
    made = Sealing(tmp_path / "案件 仓库")
    monkeypatch.chdir(made.root)
    _open.cache_clear()
    return made


def fits(text: str) -> bool:
    return all(width(line) <= COLUMNS for line in text.split("\n") if "decisions/" not in line)


def test_what_would_be_sealed_is_told_and_not_done(office: Sealing, enforce: Enforce) -> None:
    before = office.fingerprint()
    told = enforce("seal", ONE, "--check")
    assert told.code == 0 and told.out.startswith(f"将要封存 {ONE}（第 1 号）\n") and "钱某 <qian@" in told.out
    assert fits(told.out) and office.fingerprint() == before
    assert enforce("seal", CASE, "--check").out == told.out


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_sealed_verified_and_anchored(office: Sealing, enforce: Enforce, lang: str) -> None:
    sealed = enforce("seal", ONE, "--lang", lang)
    code = CODE.search(sealed.out)
    assert sealed.code == 0 and code is not None and not sealed.err
    again = enforce("seal", ONE, "--lang", lang)
    assert again.code == 0 and code[0] in again.err and not again.out
    plain = enforce("verify", "--lang", lang)
    assert plain.code == 0 and "L0" in plain.out and "L1" not in plain.out and fits(plain.out)
    copied = code[0].replace("-", " ").lower()
    assert "L1" in enforce("verify", "--code", copied, "--lang", lang).out
    (office.root / "留存.txt").write_text(enforce("anchor", "export").out, encoding="utf-8")
    for command in (("verify", "--anchor"), ("anchor", "check")):
        assert (told := enforce(*command, "留存.txt", "--lang", lang)).code == 0 and "L1" in told.out
    assert "L0" not in enforce("anchor", "check", "留存.txt").out
    archived = enforce("anchor", "export", "--bundle", "归档.bundle", "--lang", lang)
    assert archived.code == 0 and "L1" in enforce("verify", "--bundle", "归档.bundle").out


def test_an_alteration_is_told_with_who_when_and_what(office: Sealing, enforce: Enforce) -> None:
    enforce("seal", ONE)
    anchor = enforce("anchor", "export").out
    office.act("钱某")
    office.edit(CASE, "汇报失实: 弄虚作假", "汇报失实: 否")
    oid = office.save("改")
    told = enforce("verify")
    assert told.code == 5 and fits(told.out)
    words = told.out.replace("\n    ", "")
    assert f"{CASE}  错误 V-TREE {ONE}" in words and oid[:12] in words and "钱某 <qian@shangjiang.example>" in words
    assert "弄虚作假 → 否" in words and "三（一）3（7）" in words
    data = json.loads(enforce("verify", "--format", "json").out)
    assert (data["format"], data["sound"], data["asserted"], data["levels"]) == ("enforce-verdict/1", False, True, [])
    assert [p["code"] for p in data["problems"]] == ["V-TREE"] and data["problems"][0]["file"] == CASE
    assert enforce("anchor", "export").out.split()[:2] == anchor.split()[:2]


def test_the_verdict_as_data(office: Sealing, enforce: Enforce) -> None:
    sealed = json.loads(enforce("seal", ONE, "--format", "json").out)
    assert sealed["format"] == "enforce-sealed/1" and sealed["commit"] == office.git("rev-parse", "HEAD")
    verdict = json.loads(enforce("verify", "--code", sealed["code"], "--format", "json").out)
    assert (verdict["levels"], verdict["seals"], verdict["signed"], verdict["problems"]) == (["L0", "L1"], 1, 0, [])


@pytest.mark.parametrize(("args", "code", "word"), [
    (("seal",), 2, "案件"), (("seal", "没有"), 2, "不是案件文件"), (("seal", "roster.yaml"), 2, "不是案件文件"),
    (("seal", "SJ-2026-999"), 2, "没有案号"), (("seal", ONE, "--supersede"), 2, "--reason"),
    (("verify", "--code", "7VHC1-D2HS9-8CN8W-RE68B"), 2, "不是核验码"), (("verify", "--since", "0"), 2, "从 1 开始"),
    (("verify", "--today", "昨天"), 2, "2026-05-08"), (("verify", "--anchor", "没有.txt"), 3, "没有.txt"),
    (("verify", "--bundle", "roster.yaml"), 3, "V-NOBUNDLE"), (("verify", "--tsa", "没有.pem"), 3, "没有.pem"),
    (("anchor", "export"), 4, "还没有封存"), (("verify", "/"), 3, "V-NOREPO"), (("anchor", "check", "roster.yaml"), 1, "V-ANCHOR-LINE"),
    (("anchor", "check", "/dev/null"), 2, "/dev/null"), (("verify", "--anchor", "/dev/null"), 2, "/dev/null")])
def test_wrong_words_get_one_clear_line(office: Sealing, enforce: Enforce, args: tuple[str, ...], code: int, word: str) -> None:
    before = office.fingerprint()
    told = enforce(*args)
    assert told.code == code, told
    assert word in told.out + told.err and "Traceback" not in told.err
    english = enforce("--lang", "en", *args)
    assert english.code == code and english.err + english.out != told.err + told.out
    assert office.fingerprint() == before


def test_without_a_seal_nothing_is_asserted_of_decisions(office: Sealing, enforce: Enforce) -> None:
    told = enforce("verify")
    assert told.code == 0 and "还没有封存" in told.out and "L0" not in told.out
    assert json.loads(enforce("verify", "--format", "json").out)["levels"] == []


def test_strict_counts_warnings(office: Sealing, enforce: Enforce) -> None:
    enforce("seal", ONE)
    office.git("tag", "-d", f"enforce/seal/{ONE}/1")
    assert (enforce("verify").code, enforce("verify", "--strict").code) == (0, 1)


def test_the_receipt_names_the_commit(office: Sealing, enforce: Enforce) -> None:
    head = office.git("rev-parse", "HEAD")
    assert head in enforce("assess", CASE, "--receipt").out
    assert head not in enforce("assess", CASE).out
    data = json.loads(enforce("assess", CASE, "--receipt", "--format", "json").out)["receipt"]
    assert (data["commit"], data["committed"]) == (head, True)
    assert "commit" not in json.loads(enforce("assess", CASE, "--format", "json").out)["receipt"]
    with (office.root / CASE).open("a", encoding="utf-8") as file:
        file.write("# x\n")
    assert "还没有提交" in enforce("assess", CASE, "--receipt").out
    assert json.loads(enforce("assess", CASE, "--receipt", "--format", "json").out)["receipt"]["committed"] is False
    assert head not in enforce("assess", CASE, "--receipt", "--format", "md").out


def test_a_reason_belongs_to_a_correction(office: Sealing, enforce: Enforce) -> None:
    """It would be lost in silence otherwise."""
    told = enforce("seal", ONE, "--reason", "更正")
    assert told.code == 2 and "--supersede" in told.err and not (office.root / "seals").exists()


def test_a_bare_repository_is_said_to_be_one(office: Sealing, enforce: Enforce, tmp_path: Path,
                                             monkeypatch: pytest.MonkeyPatch) -> None:
    office.git("clone", "-q", "--bare", ".", str(tmp_path / "bare.git"))
    monkeypatch.chdir(tmp_path / "bare.git")
    told = enforce("seal", ONE)
    assert told.code == 2 and "裸仓库" in told.err


def test_a_bundle_that_names_no_branch_of_ours_is_no_witness(office: Sealing, enforce: Enforce) -> None:
    """Passed over in silence it would look like one that agrees."""
    office.git("bundle", "create", "-q", "../one.bundle", "main")
    office.git("checkout", "-q", "-b", "other")
    told = enforce("verify", "--bundle", "../one.bundle")
    assert told.code == 3 and "V-NOBUNDLE" in told.err
