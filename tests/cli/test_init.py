"""enforce init: a repository that is sound from the start, and nothing overwritten."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
from ruamel.yaml import YAML

from enforcecli.authoring.starter import CHECKED, PIPELINES, WHERE
from enforcecli.history.snapshot import kind_of
from enforcecli.reading.kinds import FILE_KINDS
from tests.cli.conftest import Ran
from tests.history.office import SAMPLES, Office

Enforce = Callable[..., Ran]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A directory outside any repository, without git settings of the machine."""
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", "/dev/null")
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    monkeypatch.setenv("ENFORCE_LANG", "zh")
    return tmp_path / "案件 1"


def yaml(path: Path) -> Any:
    return YAML(typ="safe").load(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_what_is_written_is_sound(enforce: Enforce, home: Path, monkeypatch: pytest.MonkeyPatch, lang: str) -> None:
    assert enforce("init", str(home), "--lang", lang).code == 0
    monkeypatch.chdir(home)
    ran = enforce("validate", "--format", "jsonl", "--lang", lang)
    assert ran.code == 0
    assert [json.loads(line)["code"] for line in ran.out.splitlines()] == ["P219"]
    assert "P219" in (home / "roster.yaml").read_text(encoding="utf-8"), "the file itself says why"
    keys = yaml(home / "enforce.yaml")
    assert set(keys) == ({"机关", "适用办法", "语言"} if lang == "zh" else {"organ", "measure", "language"})


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("name", ["enforce.yaml", "roster.yaml"])
def test_what_stands_in_comments_may_be_used(enforce: Enforce, home: Path, monkeypatch: pytest.MonkeyPatch, lang: str,
                                             name: str) -> None:
    """An officer takes the “# ” away: the file has to be right then too."""
    enforce("init", str(home), "--organ", "上江乡人民政府", "--lang", lang)
    lines = (home / name).read_text(encoding="utf-8").splitlines()
    used = [re.sub("^# (?= *[^ :：，。]+:( |$))", "", line) for line in lines if line not in ("人员: {}", "people: {}")]
    assert used != lines
    (home / name).write_text("\n".join(used) + "\n", encoding="utf-8")
    monkeypatch.chdir(home)
    ran = enforce("validate", name, "--format", "json")
    problems = [p for p in json.loads(ran.out)["problems"] if p["level"] == "error"]
    assert problems == []
    assert len(yaml(home / name)) > 3


def test_nothing_is_overwritten(enforce: Enforce, home: Path) -> None:
    home.mkdir()
    for name in ("enforce.yaml", ".gitignore", "README.md"):
        (home / name).write_text("机关: 甲\n" if name == "enforce.yaml" else "mine\n", encoding="utf-8")
    (home / "cases").mkdir()
    (home / "cases" / "x.txt").write_text("mine\n", encoding="utf-8")
    enforce("init", str(home))
    assert (home / ".gitignore").read_text(encoding="utf-8") == (home / "README.md").read_text(encoding="utf-8") == "mine\n"
    assert (home / "enforce.yaml").read_text(encoding="utf-8") == "机关: 甲\n"
    assert not (home / "cases" / ".gitkeep").exists()
    before = {p: p.read_bytes() for p in home.rglob("*") if p.is_file()}
    ran = enforce("init", str(home), "--ci", "gitlab")
    assert ran.code == 0 and "已有，没有改动" in ran.out
    after = {p: p.read_bytes() for p in home.rglob("*") if p.is_file()}
    assert {p for p in after if p not in before} == {home / ".gitlab-ci.yml"}
    assert {p: after[p] for p in before} == before


def test_a_link_does_not_lead_out(enforce: Enforce, home: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    home.mkdir()
    (home / ".vscode").symlink_to(outside)
    assert enforce("init", str(home)).code == 3
    assert list(outside.iterdir()) == []


def test_the_same_again(enforce: Enforce, tmp_path: Path, home: Path) -> None:
    enforce("init", str(home), "--ci", "github")
    enforce("init", str(tmp_path / "b"), "--ci", "github")
    assert {p.relative_to(home): p.read_bytes() for p in home.rglob("*") if p.is_file() and ".git" not in p.parts} == \
        {p.relative_to(tmp_path / "b"): p.read_bytes() for p in (tmp_path / "b").rglob("*")
         if p.is_file() and ".git" not in p.parts}


def test_a_repository_without_foreign_hooks(enforce: Enforce, home: Path) -> None:
    enforce("init", str(home))
    assert (home / ".git" / "HEAD").read_text(encoding="utf-8") == "ref: refs/heads/main\n"
    assert not (home / ".git" / "hooks").exists()


def test_inside_another_repository(enforce: Enforce, tmp_path: Path) -> None:
    office = Office(tmp_path / "office")
    ran = enforce("init", str(office.root / "案件"), "--ci", "gitee")
    assert ran.code == 0 and "另一个 git 仓库" in ran.out
    names = {p.name for p in (office.root / "案件").iterdir()}
    assert "roster.yaml" in names and not names & {".git", ".pre-commit-config.yaml", ".workflow"}


def test_without_git_the_files_are_written(enforce: Enforce, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from enforcecli.history import repository

    monkeypatch.setenv("PATH", "/nonexistent")
    repository.program.cache_clear()
    ran = enforce("init", str(home))
    repository.program.cache_clear()
    assert ran.code == 0 and "V-NOGIT" in ran.err
    assert (home / "enforce.yaml").exists() and not (home / ".git").exists()


@pytest.mark.parametrize("words", [("--ci", "jenkins"), ("--measure", "nothing"), ("--organ", " ")])
def test_wrong_words_are_a_usage_error(enforce: Enforce, home: Path, words: tuple[str, str]) -> None:
    ran = enforce("init", str(home), *words)
    assert ran.code == 2 and not (home / "enforce.yaml").exists()


def test_of_several_measures_one_is_named(enforce: Enforce, home: Path) -> None:
    shutil.copytree(Path(__file__).parents[1] / "books" / "small", home / "rulebooks" / "small")
    ran = enforce("init", str(home))
    assert ran.code == 2 and "--measure" in ran.err and not (home / "enforce.yaml").exists()
    assert enforce("init", str(home), "--measure", "small").code == 0
    assert yaml(home / "enforce.yaml")["适用办法"] == "small"
    assert enforce("init", str(home)).code == 0, "enforce.yaml says which"


@pytest.mark.parametrize("organ", ["上江乡: 人民政府", "# 甲", "[甲]", "甲\u202e乙", "a'b\"c", "- x"])
def test_any_name_stays_one_name(enforce: Enforce, home: Path, organ: str) -> None:
    enforce("init", str(home), "--organ", organ)
    assert yaml(home / "enforce.yaml")["机关"] == organ


def test_the_editor_finds_a_schema_for_every_file(enforce: Enforce, home: Path) -> None:
    enforce("init", str(home))
    settings = json.loads((home / ".vscode" / "settings.json").read_text(encoding="utf-8"))
    assert set(WHERE) == set(FILE_KINDS)
    found = {Path(path).name.split(".")[0]: globs for path, globs in settings["yaml.schemas"].items()}
    assert found == {kind: list(WHERE[kind]) for kind in FILE_KINDS}
    for path in settings["yaml.schemas"]:
        schema = json.loads((home / path).read_text(encoding="utf-8"))
        jsonschema_rs.Draft202012Validator(schema)
    case = json.loads((home / ".enforce/schemas/case.schema.json").read_text(encoding="utf-8"))
    sample = yaml(SAMPLES / "cases/2026/SJ-2026-003.yaml")
    jsonschema_rs.Draft202012Validator(case).validate(json.loads(json.dumps(sample, default=str)))


def test_hooks_and_pipelines_are_yaml_and_name_commands_that_are_there(enforce: Enforce, home: Path) -> None:
    from enforcecli.cli.app import Commands

    for platform, path in PIPELINES.items():
        enforce("init", str(home), "--ci", platform)
        assert yaml(home / path)
    hooks = yaml(home / ".pre-commit-config.yaml")["repos"][0]["hooks"]
    shipped = yaml(Path(__file__).parents[2] / ".pre-commit-hooks.yaml")
    same = ("id", "entry", "files", "pass_filenames", "always_run", "stages", "require_serial")
    assert [{k: h.get(k) for k in same} for h in hooks] == [{k: h.get(k) for k in same} for h in shipped]
    for hook in hooks:
        assert hook["entry"].split()[1] in Commands.table
    assert hooks[0]["files"] == CHECKED


@pytest.mark.parametrize("name", [
    "cases/2026/A-2026-001.yaml", "cases/a.yml", "enforce.yaml", "roster.yaml", "powers.yaml", "year/2026.yaml",
    "appraisals/2026.yaml", "rulebooks/a/rulebook.yaml", "README.md", ".github/workflows/enforce.yml", "x/roster.yaml"])
def test_the_hook_is_given_what_is_judged(name: str) -> None:
    assert (re.search(CHECKED, name) is not None) == (kind_of(name) is not None)



def test_the_server_hook_lets_honest_work_pass_and_nothing_else(enforce: Enforce, home: Path, tmp_path: Path) -> None:
    enforce("init", str(home))
    office = Office.__new__(Office)
    office.root = home
    server = tmp_path / "server.git"
    office.git("init", "-q", "--bare", str(server))
    (server / "hooks").mkdir(exist_ok=True)
    (server / "hooks" / "update").write_bytes((home / ".enforce/hooks/update").read_bytes())
    (server / "hooks" / "update").chmod(0o755)
    office.git("remote", "add", "origin", str(server))
    office.commit("one")
    office.commit("two")
    who = {"GIT_COMMITTER_NAME": "a", "GIT_COMMITTER_EMAIL": "a@example.invalid"}
    office.git("tag", "-a", "-m", "x", "enforce/seal/A/1", **who)
    office.git("push", "-q", "origin", "main", "enforce/seal/A/1")
    pushed = office.git("ls-remote", "origin")
    office.git("tag", "enforce/seal/B/1")
    office.git("notes", "add", "-m", "approved", **who, GIT_AUTHOR_NAME="a", GIT_AUTHOR_EMAIL="a@example.invalid")
    office.git("tag", "-f", "-a", "-m", "y", "enforce/seal/A/1", "HEAD~1", **who)
    office.git("update-ref", "refs/replace/" + office.git("rev-parse", "HEAD~1"), "HEAD")
    for attack in (("-f", "origin", "HEAD~1:main"), ("origin", ":main"), ("-f", "origin", "enforce/seal/A/1"),
                   ("origin", ":refs/tags/enforce/seal/A/1"), ("origin", "enforce/seal/B/1"),
                   ("origin", "refs/notes/commits"), ("origin", "refs/replace/*:refs/replace/*")):
        before = office.git("ls-remote", "origin")
        office.git("push", "-q", *attack, check=False)
        assert office.git("ls-remote", "origin") == before == pushed, attack
    office.commit("three")
    office.git("push", "-q", "origin", "main")
    assert office.git("ls-remote", "origin") != pushed


@pytest.mark.parametrize("organ", ["甲\n乙", "甲\x1b[2J", "甲" * 100_000, "甲\u2028乙"])
def test_a_name_that_is_no_name_is_refused(enforce: Enforce, home: Path, organ: str) -> None:
    assert enforce("init", str(home), "--organ", organ).code == 2
    assert not (home / "enforce.yaml").exists()


def test_nothing_is_made_outside_through_a_link(enforce: Enforce, home: Path, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    home.mkdir(exist_ok=True)
    (home / ".enforce").symlink_to(tmp_path / "out")
    ran = enforce("init", str(home))
    assert ran.code == 3 and ".enforce" in ran.err
    assert not list((tmp_path / "out").iterdir()) and not (home / "enforce.yaml").exists()


@pytest.mark.parametrize("dangling", [False, True])
def test_what_stands_in_the_way_is_told_before_anything_is_written(enforce: Enforce, home: Path, dangling: bool) -> None:
    home.mkdir(exist_ok=True)
    if dangling:
        (home / "templates").symlink_to("nowhere")
    else:
        (home / "templates").write_text("x", encoding="utf-8")
    ran = enforce("init", str(home))
    assert ran.code == 3 and "templates" in ran.err and not (home / ".git").exists() and not (home / "enforce.yaml").exists()
    (home / "templates").unlink()
    assert enforce("init", str(home)).code == 0


def test_half_written_is_said_and_completed(enforce: Enforce, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from enforcecli.cli import starting

    original = starting.write

    def full(path: Path, data: bytes, *, mode: int | None = None) -> bool:
        if path.name == "roster.yaml":
            raise OSError(28, "No space left on device")
        return original(path, data, mode=mode)

    monkeypatch.setattr(starting, "write", full)
    ran = enforce("init", str(home))
    assert ran.code != 0 and "没有写完" in ran.err and "roster.yaml" in ran.err
    monkeypatch.setattr(starting, "write", original)
    assert enforce("init", str(home)).code == 0 and (home / "roster.yaml").exists()


def test_not_inside_a_directory_of_git(enforce: Enforce, tmp_path: Path) -> None:
    Office(tmp_path / "office").git("init", "-q", "--bare", str(tmp_path / "bare.git"))
    before = sorted(tmp_path.joinpath("bare.git").rglob("*"))
    for inside in ("bare.git", "bare.git/cases", "office/.git"):
        assert enforce("init", str(tmp_path / inside)).code == 2
    assert sorted(tmp_path.joinpath("bare.git").rglob("*")) == before


def test_a_git_file_that_leads_nowhere_is_refused(enforce: Enforce, home: Path) -> None:
    home.mkdir(exist_ok=True)
    (home / ".git").write_text("gitdir: /nowhere\n", encoding="utf-8")
    ran = enforce("init", str(home))
    assert ran.code not in (0, 70) and not (home / "enforce.yaml").exists()
