"""Sealing that is interrupted, refused by the system, or done by two at once: nothing is torn, nothing lost, and
the next run completes it."""

from __future__ import annotations

import errno
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from enforcecli.history.repository import Repository
from tests.history.hostile import enforce
from tests.history.office import BARE, CASE
from tests.history.sealing import Sealing

NUMBER, SECOND = "SJ-2026-003", "SJ-2026-002"
KILLS, STRIDE = 200, 6
DATES = {"GIT_AUTHOR_DATE": "2099-01-01T09:00:00+0800", "GIT_COMMITTER_DATE": "2099-01-01T09:00:00+0800"}


class Faults:
    """Counts what asks the system for something, and does `act` at the n-th."""

    def __init__(self, patch: pytest.MonkeyPatch, at: int, act: Callable[[], None]) -> None:
        self.count, self._at, self._act = 0, at, act
        for module, name in ((os, "mkdir"), (os, "fsync"), (os, "replace"), (os, "fdopen"), (tempfile, "mkstemp"),
                             (Path, "chmod"), (Path, "write_bytes"), (subprocess.Popen, "__init__")):
            patch.setattr(module, name, self._counted(getattr(module, name)))

    def _counted(self, real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*args: Any, **more: Any) -> Any:
            self.count += 1
            if self.count == self._at:
                self._act()
            return real(*args, **more)

        return call


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Sealing:
    """Two decided cases, not yet sealed; `done` beside it is the same office with the first one sealed."""
    place = tmp_path_factory.mktemp("faults")
    office = Sealing(place / "office")
    office.sample(f"cases/2026/{SECOND}.yaml")
    office.act("钱某")
    office.save("又一案件")
    office.act("赵某")
    shutil.copytree(office.root, place / "done")
    done = at(place / "done")
    with pytest.MonkeyPatch.context() as patch:
        settle(patch, done)
        assert enforce(["seal", NUMBER]) == 0
    return office


def at(root: Path) -> Sealing:
    office = Sealing.__new__(Sealing)
    office.root = root
    return office


def settle(patch: pytest.MonkeyPatch, office: Sealing) -> None:
    for name, value in (BARE | DATES).items():
        patch.setenv(name, value)
    patch.chdir(office.root)


def copied(base: Sealing, to: Path) -> Sealing:
    shutil.rmtree(to, ignore_errors=True)
    shutil.copytree(base.root, to, symlinks=True)
    return at(to)


def kept(office: Sealing, before: str, check: bool = True) -> bool:
    """Whether the branch holds the seal. What is there is whole: every object, the one commit, each file on disk."""
    assert not check or office.git("fsck", "--full", "--strict", "--no-dangling") == ""
    head = office.git("rev-parse", "HEAD")
    commits = office.git("rev-list", f"{before}..HEAD").split()
    assert commits == ([head] if head != before else [])
    assert bool(office.git("tag")) is (head != before)  # the tag appears with the branch or not at all
    with Repository.open(office.root) as repository:
        tree = repository.ls_tree(head)
        for folder in ("seals", "decisions"):
            for path in (office.root / folder).rglob("*"):
                if path.is_file() and not path.name.startswith(".enforce-"):
                    name = path.relative_to(office.root).as_posix()
                    assert name in tree and path.read_bytes() == repository.blob(tree[name].oid), name
    return head != before


def completed(office: Sealing, done: Path) -> None:
    """The next run completes the seal: the very bytes of an uninterrupted run, and verification finds nothing."""
    for lock in (office.root / ".git").rglob("*.lock"):  # a killed git leaves it; people are told, and remove it
        lock.unlink()
    assert enforce(["seal", NUMBER]) == 0
    for path in [*(done / "seals").rglob("*.*"), *(done / "decisions").rglob("*.*")]:
        assert (office.root / path.relative_to(done)).read_bytes() == path.read_bytes()
    assert office.git("rev-parse", "HEAD") == at(done).git("rev-parse", "HEAD")
    assert [line for line in office.git("status", "--porcelain").splitlines() if ".enforce-" not in line] == []
    assert not office.codes()


# the system refuses

def no_space() -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def test_whatever_the_system_refuses_nothing_is_torn(base: Sealing, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
                                                     capsys: pytest.CaptureFixture[str]) -> None:
    """The n-th write, rename, directory, sync or process fails, n growing until the run comes through."""
    before, done = base.git("rev-parse", "HEAD"), base.root.parent / "done"
    sealed = 0
    for number in range(1, 1000, STRIDE):
        office = copied(base, tmp_path / "office")
        with monkeypatch.context() as patch:
            settle(patch, office)
            faults = Faults(patch, number, no_space)
            code = enforce(["seal", NUMBER])
        told = capsys.readouterr()
        assert code in (0, 1, 3, 4), told.err
        assert code == 0 or told.err.strip(), number
        assert not list(office.root.rglob(".enforce-*")) and not list((office.root / ".git").rglob("*.lock"))
        sealed += kept(office, before)
        if number % 7 == 1 or faults.count < number:
            with monkeypatch.context() as patch:
                settle(patch, office)
                completed(office, done)
            capsys.readouterr()
        if faults.count < number:  # there was no n-th: the run was not disturbed
            break
    assert faults.count < number and number > 30 and 0 < sealed < number // STRIDE


# killed

def test_killed_at_any_moment_nothing_is_torn(base: Sealing, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
                                              capsys: pytest.CaptureFixture[str]) -> None:
    """SIGKILL, 200 times: before each request to the system in turn, and after times drawn by lot."""
    before, done = base.git("rev-parse", "HEAD"), base.root.parent / "done"
    lot, outcomes, longest = random.Random(1), {True: 0, False: 0}, 0.05
    for number in range(KILLS):
        office = copied(base, tmp_path / "office")
        start = time.monotonic()
        if number % 2:
            _killed(office, after=lot.uniform(0, longest))
        elif not _killed(office, request=1 + number * 3 // 2):
            longest = time.monotonic() - start  # it came through: times are drawn up to here
        outcomes[kept(office, before, number % 5 == 0)] += 1
        if number % 20 == 0:
            with monkeypatch.context() as patch:
                settle(patch, office)
                completed(office, done)
            capsys.readouterr()
    assert outcomes[True] and outcomes[False]


def _killed(office: Sealing, request: int = 0, after: float = 0) -> bool:
    """Seals in a process of its own, killed at a request or after some seconds; whether that came first."""
    child = os.fork()
    if child == 0:
        try:
            os.setsid()
            with pytest.MonkeyPatch.context() as patch:
                settle(patch, office)
                with Path(os.devnull).open("w", encoding="utf-8") as nowhere:
                    sys.stdout = sys.stderr = nowhere
                    Faults(patch, request, lambda: os.kill(os.getpid(), signal.SIGKILL))
                    os._exit(enforce(["seal", NUMBER]))
        finally:
            os._exit(99)
    if request:
        _pid, status = os.waitpid(child, 0)
        with suppress(ProcessLookupError):
            os.killpg(child, signal.SIGKILL)
        return os.WIFSIGNALED(status)
    time.sleep(after)
    with suppress(ProcessLookupError):
        os.killpg(child, signal.SIGKILL)
    _pid, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)


# two at once

def both(office: Sealing, *numbers: str) -> Iterator[subprocess.CompletedProcess[bytes]]:
    env = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")} | BARE
    running = [subprocess.Popen([sys.executable, "-m", "enforcecli", "seal", number], cwd=office.root, env=env,
                                stdout=subprocess.PIPE, stderr=subprocess.PIPE) for number in numbers]
    for one in running:
        out, err = one.communicate()
        yield subprocess.CompletedProcess(one.args, one.returncode, out, err)


def test_two_who_seal_at_once_lose_nothing(base: Sealing, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[2]))
    for _round in range(4):
        office = copied(base, tmp_path / "office")
        done = list(both(office, NUMBER, SECOND))
        assert [one.returncode for one in done] == [0, 0], [one.stderr.decode() for one in done]
        assert sorted(path.name for path in (office.root / "seals").glob("*.json")) == ["000001.json", "000002.json"]
        assert office.codes() == set() and office.git("status", "--porcelain") == ""


def test_two_who_seal_the_same_case_make_one_seal(base: Sealing, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[2]))
    office = copied(base, tmp_path / "office")
    assert [one.returncode for one in both(office, NUMBER, NUMBER)] == [0, 0]
    assert [path.name for path in (office.root / "seals").glob("*.json")] == ["000001.json"]
    assert office.codes() == set() and office.git("status", "--porcelain") == ""


def test_somebody_commits_while_another_seals(base: Sealing, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A commit made in between is under the seal, not lost."""
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[2]))
    office = copied(base, tmp_path / "office")
    sealing = both(office, NUMBER, SECOND)
    with office.root.joinpath("remark").open("w", encoding="utf-8") as file:
        file.write("x")
    (first, second) = sealing
    assert (first.returncode, second.returncode) == (0, 0)
    office.git("add", "remark")
    office.git("commit", "-q", "-m", "附注")
    assert office.codes() == set() and CASE in office.git("ls-files")
