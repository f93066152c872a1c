"""git as the product reads it and writes with it: raw, literal, and losing nothing."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enforcecli.history import objects
from enforcecli.history.git import environment
from enforcecli.history.refused import Refused
from enforcecli.history.repository import Repository
from enforcecli.history.writing import Draft, create_tag, identity, identity_line, publish, tag_body, take_up
from tests.history.office import Office

ODD = ["案卷 2026/张三 案.yaml", "-rf.yaml", '"q"*[x].yaml', "new\nline.yaml", "\udcb0\udcb8.yaml", "a:b.yaml", "　.yaml"]


class Bare(Office):
    """A repository with nothing of the product in it."""

    def __init__(self, directory: Path) -> None:
        self.root = directory
        directory.mkdir()
        self.git("init", "-q", "-b", "main")
        self.git("config", "user.name", "甲")
        self.git("config", "user.email", "jia@example.invalid")


@pytest.fixture
def bare(tmp_path: Path) -> Bare:
    return Bare(tmp_path / "r")


def write(office: Bare, name: str, text: str) -> None:
    path = office.root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode())


def test_odd_names_are_read_as_they_are(bare: Bare) -> None:
    for name in ODD:
        write(bare, name, name if name.isprintable() else "x")
    oid = bare.commit("odd")
    with Repository.open(bare.root) as repository:
        assert set(repository.ls_tree(oid)) == set(ODD) == {entry.path for entry in repository.ls_files_stage()}
        (found,) = repository.log()
        assert {change.path for change in found[1]} == set(ODD)
        for name in ODD:
            (one,) = repository.log([name])
            assert [change.path for change in one[1]] == [name]
            blob = repository.ls_tree(oid, [name])[name].oid
            assert repository.blobs_at([(oid, name)]) == [None if "\n" in name else blob]
        assert repository.staged() == []


def test_names_and_dates_are_what_the_bytes_say(bare: Bare) -> None:
    (bare.root / ".mailmap").write_text("乙 <yi@example.invalid> <王某@example.invalid>\n", encoding="utf-8")
    bare.commit("映射\n\n正文", "2026-05-01", "王某", committer="赵某", committed="2026-05-03")
    with Repository.open(bare.root) as repository:
        (commit, _changes), = repository.log()
    assert (commit.author.name, commit.author.email, commit.committer.name) == ("王某", "王某@example.invalid", "赵某")
    assert (commit.subject, commit.author.zone, commit.author.when) == ("映射", "+0800", 1777597200)


def test_a_message_in_gbk_is_read_by_its_header(bare: Bare) -> None:
    bare.git("config", "i18n.commitEncoding", "GBK")
    data = "封存决定".encode("gbk")
    subprocess.run(["git", "commit", "-q", "--allow-empty", "-F", "-"], input=data, cwd=bare.root, check=True)
    with Repository.open(bare.root) as repository:
        assert next(repository.log())[0].message == "封存决定\n"


def test_a_merge_is_seen_against_every_parent(bare: Bare) -> None:
    write(bare, "a", "1")
    first = bare.commit("a")
    bare.git("checkout", "-q", "-b", "side")
    write(bare, "b", "1")
    bare.commit("b")
    bare.git("checkout", "-q", "main")
    write(bare, "c", "1")
    bare.commit("c")
    bare.git("merge", "-q", "--no-ff", "-m", "m", "side")
    with Repository.open(bare.root) as repository:
        log = list(repository.log())
        assert log[0][0].subject == "m" and {change.path for change in log[0][1]} == {"b", "c"}
        assert [commit.subject for commit, _changes in repository.log(["a"])] == ["a"]
        assert repository.is_ancestor(first, log[0][0].oid) and not repository.is_ancestor(log[0][0].oid, first)


@pytest.mark.parametrize("word", ["--output=x", "-x", "HEAD:a", "x y", "", "HEAD\n", "main..main", "@{-1}x", "HEAD^{tree}"])
def test_words_that_are_no_commit(bare: Bare, word: str) -> None:
    write(bare, "a", "1")
    bare.commit("a")
    with Repository.open(bare.root) as repository:
        assert repository.resolve(word) is None
        with pytest.raises(Refused) as refusal:
            repository.ls_tree(word)
    assert refusal.value.problem.code == "V-REV" and not (bare.root / "x").exists()


def test_the_environment_is_an_allow_list(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("GIT_DIR", "GIT_INDEX_FILE", "GIT_CONFIG_COUNT", "GIT_OBJECT_DIRECTORY", "LD_PRELOAD", "GIT_EXTERNAL_DIFF", "GIT_SSH"):
        monkeypatch.setenv(name, "x")
    assert not {"GIT_DIR", "GIT_INDEX_FILE", "GIT_CONFIG_COUNT", "LD_PRELOAD", "GIT_SSH"}.intersection(environment())


def test_an_object_that_is_not_what_its_name_says_is_refused(bare: Bare) -> None:
    write(bare, "a", "1")
    oid = bare.commit("a")
    with Repository.open(bare.root) as repository:
        blob = repository.ls_tree(oid)["a"].oid
        other = bare.git("hash-object", "-w", str(Path(__file__)))
        place = bare.root / ".git/objects"
        (place / blob[:2] / blob[2:]).chmod(0o644)
        (place / blob[:2] / blob[2:]).write_bytes((place / other[:2] / other[2:]).read_bytes())
        with pytest.raises(Refused) as refusal:
            repository.blob(blob)
        assert refusal.value.problem.code == "V-OBJECT"
        assert repository.blob(other)  # the reader has started again


# writing

def draft(name: str = "a", **tags: str) -> Draft:
    return Draft({name: b"x\r\n"}, "一\n")


def test_a_commit_leaves_tree_index_and_hooks_alone(bare: Bare) -> None:
    write(bare, "staged", "1")
    bare.git("add", "staged")
    for hook in ("pre-commit", "commit-msg", "post-commit", "reference-transaction", "prepare-commit-msg"):
        path = bare.root / ".git/hooks" / hook
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"#!/bin/sh\ntouch {bare.root}/canary\nexit 1\n", encoding="utf-8")
        path.chmod(0o755)
    (bare.root / ".gitattributes").write_text("* filter=x text eol=lf\n", encoding="utf-8")
    bare.git("config", "filter.x.clean", f"touch {bare.root}/canary")
    with Repository.open(bare.root) as repository:
        made = publish(repository, lambda tip: draft("深/a.txt"))
        assert made is not None and made.parents == () and repository.head() == made.oid
        second = publish(repository, lambda tip: draft("b"))
        assert second is not None and second.parents == (made.oid,)
        assert repository.blob(repository.ls_tree(second.oid)["深/a.txt"].oid) == b"x\r\n"
        assert [entry.path for entry in repository.ls_files_stage()] == ["staged"]
        assert take_up(repository, second.oid, ["b"])
        assert [entry.path for entry in repository.ls_files_stage()] == ["b", "staged"]
    assert not (bare.root / "canary").exists() and not (bare.root / "b").exists()


def test_a_branch_that_moves_meanwhile_loses_nothing(bare: Bare) -> None:
    bare.commit("first")
    seen: list[str | None] = []

    def build(tip: str | None) -> Draft:
        seen.append(tip)
        if len(seen) < 3:
            bare.commit(f"other {len(seen)}")
        return draft()

    with Repository.open(bare.root) as repository:
        made = publish(repository, build)
        assert made is not None and len(seen) == 3 == len(set(seen)) and made.parents == (seen[-1],)
        assert len(repository.rev_list()) == 4


def test_nothing_is_written_where_nothing_can_be(bare: Bare) -> None:
    bare.commit("first")
    with Repository.open(bare.root) as repository:
        assert publish(repository, lambda tip: None) is None
        ref = "refs/tags/t/1"
        line = identity_line(repository)
        assert create_tag(repository, ref, tag_body(str(repository.head()), "t/1", line, "m\n"))
        assert not create_tag(repository, ref, tag_body(str(repository.head()), "t/1", line, "n\n"))
        taken = Draft({"a": b""}, "m", {ref: lambda commit: tag_body(commit, "t/1", line, "m\n")})
        for build, code in ((taken, "V-TAGTAKEN"),):
            with pytest.raises(Refused) as refusal:
                publish(repository, lambda tip, build=build: build)
            assert refusal.value.problem.code == code
        assert len(repository.rev_list()) == 1
        bare.git("checkout", "-q", "--detach")
        with pytest.raises(Refused) as refusal:
            publish(repository, lambda tip: draft())
        assert refusal.value.problem.code == "V-DETACHED"


def test_a_branch_held_locked_is_told(bare: Bare, monkeypatch: pytest.MonkeyPatch) -> None:
    bare.commit("first")
    monkeypatch.setattr("enforcecli.history.writing._PATIENCE", 1)
    (bare.root / ".git/refs/heads/main.lock").write_bytes(b"")
    with Repository.open(bare.root) as repository, pytest.raises(Refused) as refusal:
        publish(repository, lambda tip: draft())
    assert refusal.value.problem.code == "V-LOCK" and (bare.root / ".git/refs/heads/main.lock").exists()


def test_who_git_says_one_is(bare: Bare, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    with Repository.open(bare.root) as repository:
        assert (identity(repository).name, identity(repository).email) == ("甲", "jia@example.invalid")
        bare.git("config", "--unset", "user.email")
        bare.git("config", "user.useConfigOnly", "true")
        with pytest.raises(Refused) as refusal:
            identity(repository)
    assert refusal.value.problem.code == "V-IDENT"


# objects

@given(st.binary(max_size=300))
def test_no_bytes_are_too_odd_for_the_parsers(data: bytes) -> None:
    head = b"tree " + b"a" * 40 + b"\nauthor A <a@b> 1 +0000\ncommitter A <a@b> 1 +0000\n"
    for made in (data, head + data, head + b"encoding " + data + b"\n\n" + data, b"object x\ntype y\ntag z\n" + data):
        objects.commit("x", made)
        objects.tag("x", made)
        objects.signature(made)


@pytest.mark.parametrize(("written", "day"), [
    (b"1780000000 +0000", "2026-05-28"), (b"1780009200 +0000", "2026-05-28"), (b"1780009200 +0800", "2026-05-29"),
    (b"1780000000 -2359", "2026-05-27"), (b"-1 +0000", "1969-12-31"), (b"1780000000 +9999", None),
    (b"999999999999999999 +0000", None), (b"-99999999999999999 +0800", None)])
def test_the_day_of_a_signature_is_that_of_its_zone(written: bytes, day: str | None) -> None:
    found = objects.signature(b"A <a@b> " + written)
    assert found is not None and (str(found.day) if found.day else None) == day


def test_a_header_that_stands_twice_is_kept_twice() -> None:
    data = b"tree a\ntree b\nauthor A <a@b> 1 +0000\ncommitter A <a@b> 1 +0000\ngpgsig x\n y\n\nm"
    found = objects.commit("x", data)
    assert found is not None and found.tree == "a"
    assert [value for name, value in found.headers if name in ("tree", "gpgsig")] == [b"a", b"b", b"x\ny"]


@pytest.mark.parametrize(("message", "found"), [
    ("a\n\nK: v\nL: w\n", [("K", "v"), ("L", "w")]), ("a\n\nK: v\nno trailer\n", []), ("K: v\n\nlast\n", []), ("", []),
    ("a\n\n执法: v\n", []), ("a\n\nK: v\n\n\n", [("K", "v")])])
def test_trailers_are_the_last_paragraph(message: str, found: list[tuple[str, str]]) -> None:
    assert objects.trailers(message) == found
