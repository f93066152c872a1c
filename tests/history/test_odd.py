"""Repositories that are not as one expects: the right answer, or one line that says why - never a traceback."""

from __future__ import annotations

import os
import shutil
import socket
from collections.abc import Callable
from pathlib import Path

import pytest

from enforcecli.history import git
from tests.history.hostile import enforce
from tests.history.office import BARE, CASE, Office
from tests.history.sealing import Sealing

NUMBER = "SJ-2026-003"
SAYS_NOTHING_OF_THE_PROGRAM = ("Traceback", "程序内部错误", "AssertionError")


@pytest.fixture(scope="module")
def sealed(tmp_path_factory: pytest.TempPathFactory) -> Sealing:
    office = Sealing(tmp_path_factory.mktemp("odd") / "office")
    office.seal()
    return office


@pytest.fixture
def office(sealed: Sealing, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Sealing:
    """A copy to be made odd."""
    for name, value in (BARE | {"GIT_TERMINAL_PROMPT": "0"}).items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    copy = Sealing.__new__(Sealing)
    copy.root = tmp_path / "office"
    shutil.copytree(sealed.root, copy.root, symlinks=True)
    return copy


def beside(office: Sealing, *args: str) -> Path:
    """Another repository made from this one."""
    office.git("-c", "protocol.file.allow=always", *args)
    return office.root.parent / "other"


def in_another(office: Sealing) -> Path:
    other = Office(office.root.parent / "whole")
    other.git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", str(office.root), "office")
    return other.root / "office"


def linked(office: Sealing) -> Path:
    return beside(office, "worktree", "add", "-q", "-b", "side", "../other")


def with_a_module(office: Sealing) -> Path:
    Office(office.root.parent / "module").commit("一")
    beside(office, "submodule", "--quiet", "add", "../module", "module")
    office.act("钱某")
    office.save("模块")
    return office.root


def sparse(office: Sealing) -> Path:
    office.git("update-index", "--refresh")
    office.git("sparse-checkout", "set", "--no-cone", "/cases/", "/roster.yaml", "/enforce.yaml")
    return office.root


def ends_of_lines(office: Sealing) -> Path:
    office.git("config", "core.autocrlf", "true")
    for name in ("cases", "seals", "decisions"):
        shutil.rmtree(office.root / name)
    office.git("checkout", "-q", "--", ".")
    return office.root


def settings(text: str) -> Callable[[Sealing], Path]:
    def change(office: Sealing) -> Path:
        with (office.root / ".git/config").open("a", encoding="utf-8") as file:
            file.write(text)
        return office.root

    return change


def instead(name: str, make: Callable[[Path], object]) -> Callable[[Sealing], Path]:
    """Something else in the place of a file or a directory."""
    def change(office: Sealing) -> Path:
        path = office.root / name
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        elif os.path.lexists(path):
            path.unlink()
        make(path)
        return office.root

    return change


def without(name: str) -> Callable[[Sealing], Path]:
    return instead(name, lambda path: None)


def to(target: str) -> Callable[[Path], object]:
    return lambda path: path.symlink_to(target)


def listening(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as made:
        here = Path.cwd()
        os.chdir(path.parent)  # a socket's name has to be short
        made.bind(path.name)
        os.chdir(here)


def words(data: bytes) -> Callable[[Path], object]:
    return lambda path: path.write_bytes(data)


def hidden(office: Sealing) -> Path:
    """A directory laid out like a repository, committed among the cases."""
    evil = office.root / "cases/evil"
    Office.git(office, "init", "-q", "--bare", str(evil))
    office.act("钱某")
    for name in ("objects/x", "refs/x"):
        (evil / name).write_text("x", encoding="utf-8")
    office.save("案卷")
    return evil


def stray(office: Sealing, *names: str) -> Path:
    """Files with odd names, committed among the cases."""
    for name in names:
        (office.root / "cases/2026" / name).write_bytes(b"x: 1\n")
    office.act("钱某")
    office.save("名称")
    return office.root


def run_on(command: Callable[[Sealing], object]) -> Callable[[Sealing], Path]:
    def change(office: Sealing) -> Path:
        command(office)
        return office.root

    return change


def branch_in(reference: bytes) -> Callable[[Sealing], Path]:
    return instead(".git/HEAD", words(reference))


def empty(office: Sealing) -> Path:
    shutil.rmtree(office.root / ".git")
    office.git("init", "-q")
    return office.root


ODD: dict[str, tuple[Callable[[Sealing], Path], int, str]] = {
    "no repository at all": (without(".git"), 3, "V-NOREPO"),
    "before the first commit": (empty, 4, "V-EMPTY"),
    "bare": (lambda o: beside(o, "clone", "-q", "--bare", ".", "../other"), 0, ""),
    "checked out without a branch": (run_on(lambda o: o.git("checkout", "-q", "--detach")), 0, ""),
    "a second working tree": (linked, 0, ""),
    "a submodule of another": (in_another, 0, ""),
    "with a submodule": (with_a_module, 0, ""),
    "a clone": (lambda o: beside(o, "clone", "-q", ".", "../other"), 0, ""),
    "from a directory below": (lambda o: o.root / "cases" / "2026", 0, ""),
    "from a file": (lambda o: o.root / CASE, 0, ""),
    "sparse": (sparse, 0, "V-SPARSE"),
    "shallow": (lambda o: beside(o, "clone", "-q", "--depth", "1", f"file://{o.root}", "../other"), 4, "V-SHALLOW"),
    "partial": (lambda o: beside(o, "clone", "-q", "--filter=blob:none", f"file://{o.root}", "../other"), 4, "V-PARTIAL"),
    "objects elsewhere": (lambda o: beside(o, "clone", "-q", "--shared", ".", "../other"), 0, "V-ALTERNATES"),
    "other ends of lines": (ends_of_lines, 0, "V-CRLF"),
    "a repository hidden in the tree": (hidden, 0, "V-NESTED"),
    "names that are no names": (lambda o: stray(o, "新\n行.yaml", "\x1b[31m红.yaml", "\udcb0\udcb8.yaml", "-rf.yaml", "\u202e反.yaml", '"q"*[x].yaml'), 0, ""),
    "a link to a file outside": (instead(CASE, to("/etc/hostname")), 5, "V-WORK-TYPE"),
    "a link to a device": (instead(CASE, to("/dev/zero")), 5, "V-WORK-TYPE"),
    "a pipe for a case": (instead(CASE, os.mkfifo), 5, "V-WORK-TYPE"),
    "a socket for a case": (instead(CASE, listening), 5, "V-WORK-TYPE"),
    "a pipe for the roster": (instead("roster.yaml", os.mkfifo), 0, ""),
    "a pipe for the settings": (instead("enforce.yaml", os.mkfifo), 0, ""),
    "a pipe for a record": (instead("seals/000001.json", os.mkfifo), 5, "V-WORK-TYPE"),
    "a directory for a record": (instead("seals/000001.json", Path.mkdir), 5, "V-WORK-TYPE"),
    "a link that leads to itself": (instead("seals", to("seals")), 5, "V-WORK"),
    "papers linked elsewhere": (lambda o: (shutil.copytree(o.root / "decisions", o.root.parent / "papers"),
                                           instead("decisions", to("../papers"))(o))[1], 5, "V-WORK-TYPE"),
    ".git an empty directory": (instead(".git", Path.mkdir), 3, "V-NOREPO"),
    ".git a file of nonsense": (instead(".git", words(b"\x00\xff")), 3, "V-NOREPO"),
    ".git a file that leads nowhere": (instead(".git", words(b"gitdir: /nowhere/at/all\n")), 3, "V-NOREPO"),
    ".git a file that leads to itself": (instead(".git", words(b"gitdir: .git\n")), 3, "V-NOREPO"),
    ".git a pipe": (instead(".git", os.mkfifo), 3, "V-NOREPO"),
    ".git a link that leads to itself": (instead(".git", to(".git")), 3, "V-NOREPO"),
    "HEAD is nonsense": (branch_in(b"\x00\x01\x02"), 3, "V-NOREPO"),
    "HEAD names no ref": (branch_in(b"ref: refs/heads/nowhere\n"), 4, "V-EMPTY"),
    "HEAD leads outside": (branch_in(b"ref: refs/../../../../etc/passwd\n"), 4, "V-FSCK git 检查出数据损坏：error: invalid HEAD"),
    "HEAD is a pipe": (instead(".git/HEAD", os.mkfifo), 4, "V-BROKEN"),
    "the settings are a pipe": (instead(".git/config", os.mkfifo), 4, "V-BROKEN"),
    "the index is a pipe": (instead(".git/index", os.mkfifo), 4, "V-BROKEN"),
    "the settings are nonsense": (settings("[[[\n"), 4, "V-BROKEN"),
    "the settings take in a file that is none": (settings("[include]\n\tpath = /etc/passwd\n"), 4, "V-BROKEN"),
    "the settings take in themselves": (settings("[include]\n\tpath = config\n"), 4, "V-BROKEN"),
    "the format is from the future": (settings("[core]\n\trepositoryformatversion = 99\n"), 4, "V-BROKEN"),
    "an extension nobody knows": (settings("[core]\n\trepositoryformatversion = 1\n[extensions]\n\tnobody = true\n"), 4, "V-BROKEN"),
    "the settings say bare": (settings("[core]\n\tbare = true\n"), 0, ""),
    "the work tree is elsewhere": (settings("[core]\n\tworktree = /\n"), 0, "V-CONFIG"),
    "the index is nonsense": (instead(".git/index", words(b"nonsense")), 4, "V-FSCK"),
    "no index": (without(".git/index"), 5, "V-STAGED"),
    "a lock left behind": (instead(".git/index.lock", words(b"")), 0, ""),
    "packed refs are nonsense": (instead(".git/packed-refs", words(b"\xff\xff nonsense\n")), 4, "V-BROKEN"),
    "a ref that is none": (instead(".git/refs/heads/odd", words(b"nonsense\n")), 4, "V-FSCK"),
    "a ref to nothing": (instead(".git/refs/heads/odd", words(b"0123456789" * 4 + b"\n")), 4, "V-FSCK"),
    "no objects": (without(".git/objects"), 3, "V-NOREPO"),
    "no objects left": (instead(".git/objects", Path.mkdir), 4, "V-FSCK"),
    "a pack of nonsense": (instead(".git/objects/pack/pack-0123.pack", words(b"PACK nonsense")), 0, ""),
    "other alternates that lead round": (instead(".git/objects/info/alternates", words(b".\n../objects\n")), 0, "V-ALTERNATES"),
}


@pytest.mark.parametrize("name", ODD)
def test_an_odd_repository_is_answered_or_told(name: str, office: Sealing, monkeypatch: pytest.MonkeyPatch,
                                               capsys: pytest.CaptureFixture[str]) -> None:
    make, code, word = ODD[name]
    place = make(office)
    monkeypatch.chdir(place if place.is_dir() else place.parent)
    assert enforce(["verify", str(place)]) == code, capsys.readouterr()
    told = capsys.readouterr()
    assert word in told.out + told.err
    if code in (3, 4) and not told.out:
        assert told.err.splitlines()[0].startswith(word)
    _proper(told.out + told.err)
    for line in OTHERS:
        assert enforce(line.split()) in (0, 1, 2, 3, 4, 5), line
        told = capsys.readouterr()
        _proper(told.out + told.err)


def test_a_repository_of_another_owner_is_told(office: Sealing, monkeypatch: pytest.MonkeyPatch,
                                               capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(office.root)
    monkeypatch.setattr(git, "_FIXED", {**git._FIXED, "GIT_TEST_ASSUME_DIFFERENT_OWNER": "1"})
    for line in ("verify", f"seal {NUMBER} --check", "anchor export", f"log {NUMBER}", "diff"):
        assert enforce(line.split()) == 4, line
        told = capsys.readouterr()
        assert told.err.startswith("V-OWNER") and not told.out
        _proper(told.err)


OTHERS = ("validate", "validate --staged", "assess", "log", "diff", "anchor export", f"log {NUMBER}", f"seal {NUMBER} --check",
          "review --year 2026 --no-cache")


def _proper(text: str) -> None:
    assert not any(word in text for word in SAYS_NOTHING_OF_THE_PROGRAM)
    assert not any((ord(c) < 32 and c not in "\n\t") or c in "\x7f\u202e\u2066" or "\ud800" <= c <= "\udfff" for c in text)
    assert "root:" not in text  # nothing of a file outside is quoted
