"""log, diff and the checks that git steers, from the command line."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from enforcecli.output.problems import FORMATS
from enforcecli.reading import workspace
from tests.cli.conftest import Ran, process
from tests.history.office import CASE, Office

Enforce = Callable[..., Ran]
READS = (
    ("log", "SJ-2026-003"), ("log",), ("log", "--format", "json"), ("diff",), ("diff", "HEAD~1..HEAD"),
    ("diff", "HEAD~1..HEAD", "SJ-2026-003", "--format", "md"), ("validate", "--staged"),
    ("validate", "--changed-since", "HEAD~1"), ("validate", "HEAD~1..HEAD"), ("validate",), ("assess",),
)


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Office:
    """Three commits; one edit staged, another not."""
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    made = Office(tmp_path / "office")
    made.commit("begin", "2026-04-01")
    made.sample()
    made.commit("a case", "2026-05-09")
    made.edit(CASE, "停产三日", "停产五日")
    made.commit("edited", "2026-05-10", "李某", committer="孙某")
    made.edit(CASE, "金额: 12000.00", "金额: 10000.00")
    made.git("add", "-A")
    made.edit(CASE, "种类: 行政处罚", "种类: 行政检察")
    return made


@pytest.fixture
def here(office: Office, enforce: Enforce, monkeypatch: pytest.MonkeyPatch) -> Enforce:
    monkeypatch.chdir(office.root)
    workspace._open.cache_clear()
    return enforce


@pytest.mark.parametrize("command", READS, ids=" ".join)
def test_a_read_changes_nothing(office: Office, here: Enforce, command: tuple[str, ...]) -> None:
    """Not the tree, not the index, not .git: not a byte, a mode or a time."""
    os.utime(office.root / CASE, (0, 0))  # the index is out of date about this file, as after a copy
    before = office.fingerprint()
    ran = here(*command)
    assert ran.code in (0, 1) and (ran.out or "没有改动" in ran.err)
    assert office.fingerprint() == before


@pytest.mark.parametrize("command", READS, ids=" ".join)
def test_a_read_runs_nothing_of_the_repository(office: Office, here: Enforce, command: tuple[str, ...],
                                               tmp_path: Path) -> None:
    trap = tmp_path / "trap"
    trap.write_text(f"#!/bin/sh\ntouch {tmp_path}/sprung\ncat\n", encoding="utf-8")
    trap.chmod(0o755)
    for key in ("core.fsmonitor", "core.pager", "core.editor", "filter.x.clean", "filter.x.smudge", "filter.x.process",
                "diff.x.textconv", "diff.external", "diff.x.command", "core.sshCommand", "gpg.program"):
        office.git("config", key, str(trap))
    (office.root / ".git" / "info").mkdir(exist_ok=True)
    (office.root / ".git" / "info" / "attributes").write_text("*.yaml filter=x diff=x\n", encoding="utf-8")
    hooks = office.root / ".git" / "hooks"
    hooks.mkdir(exist_ok=True)
    for hook in ("pre-commit", "post-index-change", "reference-transaction", "post-checkout"):
        shutil.copy(trap, hooks / hook)
    here(*command)
    assert not (tmp_path / "sprung").exists()


def test_log_tells_who_when_and_what(here: Enforce) -> None:
    out = here("log", "SJ-2026-003").out
    assert out.index("提交说明：a case") < out.index("提交说明：edited")
    assert "2026-05-10 09:00:00 +0800" in out
    assert "李某 <李某@example.invalid>（提交者：孙某 <孙某@example.invalid>）" in out
    assert "过错事实 1 后果 说明：停产三日 → 停产五日" in out
    assert "改动以前决定已经送达（张某 2026-05-09）" in out
    assert "金额" not in out, "what is not committed has no history"


def test_the_three_formats_tell_the_same_steps(here: Enforce) -> None:
    told = json.loads(here("log", "SJ-2026-003", "--format", "json").out)
    assert told["format"] == "enforce-log/1"
    (case,) = told["cases"]
    assert case["whole"] is True and [step["subject"] for step in case["steps"]] == ["a case", "edited"]
    assert case["steps"][1]["record"] == [
        {"key": ["过错事实", "1", "后果", "说明"], "english": ["findings", "1", "consequence", "words"],
         "old": "停产三日", "new": "停产五日"}]
    md = here("log", "SJ-2026-003", "--format", "md").out
    for step in case["steps"]:
        assert step["commit"][:12] in md and step["commit"][:12] in here("log", "SJ-2026-003").out


def test_diff_shows_what_an_edit_does_before_it_is_committed(here: Enforce) -> None:
    out = here("diff").out
    assert "赔偿 金额：12000.00 → 10000.00" in out and "行为 种类：行政处罚 → 行政检察" in out
    assert "过错 1 张某 追偿（元）：5040.00 → 4200.00" in out
    told = json.loads(here("diff", "HEAD~1..HEAD", "--format", "json").out)
    assert [case["case"] for case in told["cases"]] == ["SJ-2026-003"] and told["settings"] == []
    assert here("diff", "HEAD..HEAD").out == ""


def test_each_check_looks_at_its_own_state(here: Enforce) -> None:
    assert here("validate", "--staged").code == 0, "the slip is not staged"
    assert here("validate", "HEAD~1..HEAD").code == 0
    assert "K201" in here("validate", "--changed-since", "HEAD").out
    assert "K201" in here("validate", CASE).out
    assert here("validate", "--staged", CASE).code == 0


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("which", [("--staged",), ("--changed-since", "HEAD~1"), ("HEAD~1..HEAD",)], ids=" ".join)
def test_every_format_for_every_state(here: Enforce, form: str, which: tuple[str, ...]) -> None:
    ran = here("validate", *which, "--format", form)
    assert ran.code in (0, 1) and CASE.replace("/", "/") in ran.out.replace("%2F", "/")


def test_the_staged_form_tells_what_the_plain_one_tells(office: Office, here: Enforce) -> None:
    office.git("add", "-A")
    for form in FORMATS:
        assert here("validate", "--staged", CASE, "--format", form) == here("validate", CASE, "--format", form)


@pytest.mark.parametrize(("words", "said"), [
    (("validate", "--staged", "HEAD~1..HEAD"), "只能写一个"), (("validate", "a..b", "c..d"), "只能写一个"),
    (("diff", "a..b", "c..d"), "只能写一个"), (("log", "SJ-2026-004"), "是否想写 SJ-2026-003"),
    (("diff", "SJ-2026-004"), "没有案号是"), (("log", "--from", "2026-02-30"), "--from"),
    (("validate", "--staged", "enforce.yaml", "/"), "不在这个 git 仓库里"), (("log", "--format", "xml"), "xml"),
])
def test_wrong_words_are_told_in_a_line(here: Enforce, words: tuple[str, ...], said: str) -> None:
    ran = here(*words)
    assert ran.code == 2 and said in ran.err and "Traceback" not in ran.err


@pytest.mark.parametrize("word", ["nothing..HEAD", "HEAD..nothing", "--output=x..HEAD", "HEAD..$(touch x)", "a b..c"])
def test_a_version_nobody_knows(office: Office, word: str) -> None:
    ran = process("diff", "--", word, cwd=office.root)
    assert ran.returncode in (2, 4) and b"Traceback" not in ran.stderr
    assert not (office.root / "x").exists()


def test_paths_that_look_like_ranges(office: Office, here: Enforce, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(office.root / "cases")
    assert "K201" in here("validate", "..").out
    assert "K201" in here("validate", "../cases").out
    (office.root / "cases" / "a..b.yaml").write_text("x: [\n", encoding="utf-8")
    assert "a..b.yaml:1" in here("validate", "a..b.yaml").out


def test_cases_are_chosen_by_their_own_dates(office: Office, here: Enforce) -> None:
    office.sample("cases/2026/SJ-2026-008.yaml")
    office.edit(CASE, "种类: 行政检察", "种类: 行政处罚")
    office.commit("dated long ago", "1990-01-01")

    def chosen(*words: str) -> list[str]:
        return [case["case"] for case in json.loads(here("log", "--format", "json", *words).out)["cases"]]

    assert chosen() == ["SJ-2026-003", "SJ-2026-008"]
    assert chosen("--from", "2026-04-17", "--to", "2026-4-17") == ["SJ-2026-003"]
    assert chosen("--to", "1990-12-31") == []


def test_a_clone_without_its_past_cannot_tell_all(office: Office, tmp_path: Path) -> None:
    office.git("clone", "-q", "--depth", "1", f"file://{office.root}", str(tmp_path / "shallow"))
    ran = process("log", "SJ-2026-003", cwd=tmp_path / "shallow", LC_ALL="C.UTF-8", ENFORCE_LANG="zh")
    assert ran.returncode == 4 and "浅克隆" in ran.stderr.decode()


@pytest.mark.parametrize("command", [("log",), ("diff",), ("validate", "--staged"), ("validate", "HEAD~1..HEAD")])
def test_places_without_a_history(tmp_path: Path, command: tuple[str, ...]) -> None:
    ran = process(*command, cwd=tmp_path, GIT_CEILING_DIRECTORIES=str(tmp_path))
    assert ran.returncode in (3, 4) and b"V-NOREPO" in ran.stderr and b"Traceback" not in ran.stderr
    office = Office(tmp_path / "empty")
    ran = process(*command, cwd=office.root)
    assert ran.returncode in (0, 2, 4) and b"Traceback" not in ran.stderr


def test_in_a_bare_repository_there_is_only_history(office: Office, tmp_path: Path) -> None:
    office.git("clone", "-q", "--bare", str(office.root), str(tmp_path / "bare.git"))

    def ran(*words: str) -> tuple[int, str]:
        done = process(*words, cwd=tmp_path / "bare.git", ENFORCE_LANG="zh", PYTHONUTF8="1")
        return done.returncode, done.stdout.decode() + done.stderr.decode()

    assert "停产三日 → 停产五日" in ran("log", "SJ-2026-003")[1]
    assert "停产三日 → 停产五日" in ran("diff", "HEAD~1..HEAD")[1]
    assert ran("validate", "HEAD~1..HEAD")[0] == 0
    for words in (("diff",), ("validate", "--staged"), ("validate", "--changed-since", "HEAD")):
        code, told = ran(*words)
        assert code == 2 and "裸仓库" in told


def test_in_a_linked_work_tree(office: Office, tmp_path: Path) -> None:
    office.git("worktree", "add", "-q", str(tmp_path / "side"), "HEAD~1")
    told = process("log", "SJ-2026-003", "--format", "json", cwd=tmp_path / "side")
    assert [step["subject"] for step in json.loads(told.stdout)["cases"][0]["steps"]] == ["a case"]
    (tmp_path / "side" / CASE).unlink()
    told = process("diff", "--format", "json", cwd=tmp_path / "side")
    assert [case["fate"] for case in json.loads(told.stdout)["cases"]] == ["deleted"]


def test_names_that_steer_a_terminal_are_shown_as_codes(office: Office, here: Enforce) -> None:
    office.edit(CASE, "种类: 行政检察", "种类: 行政处罚")
    office.edit(CASE, "停产五日", "停产六日")
    office.commit("\x1b[31mred\u202e", "2026-05-11", "王\x1b]0;某")
    for form in ("text", "md", "json"):
        ran = here("log", "SJ-2026-003", "--format", form)
        assert "\x1b" not in ran.out and "\u202e" not in ran.out


def test_in_english(here: Enforce) -> None:
    out = here("log", "SJ-2026-003", "--lang", "en").out + here("diff", "--lang", "en").out
    assert "findings 1 consequence words" in out
    for word in ("提交说明", "登记案件", "测算结果", "记录", "内部比例", "注意"):
        assert word not in out


def test_nothing_committed_yet(tmp_path: Path, enforce: Enforce, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    made = Office(tmp_path / "new")
    monkeypatch.chdir(made.root)
    workspace._open.cache_clear()
    ran = enforce("log")
    assert (ran.code, ran.out) == (0, "") and ran.err.startswith("这个仓库还没有提交过")


def test_days_the_wrong_way_round(here: Enforce) -> None:
    ran = here("log", "--from", "2026-12-31", "--to", "2026-01-01")
    assert ran.code == 2 and "--from 的 2026-12-31 在 --to 的 2026-01-01 之后" in ran.err
    assert "没有符合条件的案件" in here("log", "--from", "2031-12-31").err
