"""enforce new with answers nobody honest would give: it ends at once, says why, and writes nothing that is lost."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from enforcecli.authoring.drafts import FOLDER, FORMAT
from enforcecli.authoring.questions import DEEPEST, MOST_ENTRIES, path_of, within_bounds
from tests.cli.conftest import CASES, Ran, process

Enforce = Callable[..., Ran]
SAID = ("--set", "案由=x", "--set", "行为.日期=2026-03-02", "--no-ask")
NEXT = "cases/2026/SJ-2026-017.yaml"


@pytest.fixture
def office(tmp_path: Path, enforce: Enforce, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copytree(CASES, tmp_path / "office")
    monkeypatch.chdir(tmp_path / "office")
    return tmp_path / "office"


def cases(office: Path) -> set[str]:
    return {str(p.relative_to(office)) for p in office.rglob("*.y*ml")}


@pytest.mark.parametrize("key", [
    "过错事实.99999999999.情形", f"过错事实.{MOST_ENTRIES + 1}.情形", "过错事实." + "9" * 5000, ".".join(["a"] * 3000),
    ".".join(["1"] * (DEEPEST + 1))])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_key_that_counts_or_goes_too_far_is_a_usage_error(enforce: Enforce, office: Path, key: str, language: str) -> None:
    before = cases(office)
    ran = enforce("--lang", language, "new", "--set", f"{key}=3-5a", *SAID)
    assert ran.code == 2 and str(MOST_ENTRIES) in ran.err and len(ran.err) < 600
    assert cases(office) == before


def test_what_a_case_may_have_is_within_the_bounds() -> None:
    assert within_bounds(f"过错事实.{MOST_ENTRIES}.涉及人员.1.人") and path_of("a.2.0") == ("a", 1, "0")
    assert not within_bounds(".".join(["1"] * 100_000))


@pytest.mark.parametrize("number", ["", []])
def test_an_empty_number_takes_the_next_one(enforce: Enforce, office: Path, number: object) -> None:
    (office / "a.json").write_text(json.dumps({"案号": number, "案由": "x", "行为": {"日期": "2026-03-02"}}), encoding="utf-8")
    ran = enforce("new", "--from", str(office / "a.json"))
    assert ran.code == 0, ran
    assert ran.out.strip().endswith(NEXT) and (office / NEXT).exists()
    assert not list(office.rglob(".yaml"))


def test_an_empty_option_takes_the_next_number_too(enforce: Enforce, office: Path) -> None:
    assert enforce("new", "--set", "案号=", *SAID).code == 0
    assert (office / NEXT).exists()


@pytest.mark.parametrize("number", ["../x", "abc", ["SJ-2026-099"], {"a": 1}, ".", "ＳＪ－2026－099"])
def test_what_is_no_number_is_refused_before_anything_is_written(enforce: Enforce, office: Path, number: object) -> None:
    before = cases(office)
    (office / "a.json").write_text(json.dumps({"案号": number, "案由": "x", "行为": {"日期": "2026-03-02"}}), encoding="utf-8")
    ran = enforce("new", "--from", str(office / "a.json"))
    assert ran.code == 1 and "没有写文件" in ran.err
    assert cases(office) == before


@pytest.mark.parametrize(("shell", "code"), [("$ENFORCE new <&-", 130), ("$ENFORCE new --from - <&-", 3)])
def test_closed_input_ends_with_a_clear_line(office: Path, shell: str, code: int) -> None:
    ran = process(shell=shell, cwd=office, LC_ALL="C.UTF-8")
    assert ran.returncode == code, ran.stderr.decode()
    assert "Traceback" not in ran.stderr.decode() and ran.stderr.strip()


def test_input_without_end_is_not_asked_for_ever(office: Path) -> None:
    ran = process(shell="set -o pipefail; yes '' | $ENFORCE new", cwd=office, LC_ALL="C.UTF-8")
    assert ran.returncode == 130 and "连续 20 次没有得到能用的回答" in ran.stderr.decode()
    assert len(ran.stderr) < 10_000


@pytest.mark.parametrize("path", [["a"] * (DEEPEST + 1), ["过错事实", MOST_ENTRIES], []])
def test_a_draft_is_held_to_the_same_bounds(enforce: Enforce, office: Path, path: list[object]) -> None:
    (office / FOLDER).mkdir(parents=True)
    (office / FOLDER / "1.json").write_text(json.dumps({"format": FORMAT, "answers": [[path, "x"]]}), encoding="utf-8")
    ran = enforce("new", "--resume")
    assert ran.code == 3 and "读不出来" in ran.err
