"""Files a command line names for what is printed: nothing of a case repository, and nothing that is no file."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import CASES, Ran

Enforce = Callable[..., Ran]


@pytest.fixture
def office(enforce: Enforce, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = tmp_path / "office"
    (root / "cases" / "2026").mkdir(parents=True)
    for name in ("enforce.yaml", "roster.yaml", "cases/2026/SJ-2026-001.yaml"):
        shutil.copy(CASES / name, root / name)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.chdir(root)
    return root


@pytest.mark.parametrize("name", ["roster.yaml", "enforce.yaml", "powers.yaml", "cases/2026/SJ-2026-001.yaml", "cases/x.html", "seals/x"])
def test_files_of_the_repository_are_not_written_over(enforce: Enforce, office: Path, name: str) -> None:
    (office / "seals").mkdir()
    before = {path: path.read_bytes() for path in office.rglob("*") if path.is_file()}
    ran = enforce("review", "--year", "2026", "--format", "html", "--out", name)
    assert ran.code == 2 and "是案件仓库的文件" in ran.err
    assert {path: path.read_bytes() for path in office.rglob("*") if path.is_file()} == before


def test_a_link_into_the_repository_is_seen_through(enforce: Enforce, office: Path, tmp_path: Path) -> None:
    (tmp_path / "out.html").symlink_to(office / "roster.yaml")
    ran = enforce("review", "--year", "2026", "--out", str(tmp_path / "out.html"))
    assert ran.code == 2 and (office / "roster.yaml").read_bytes() == (CASES / "roster.yaml").read_bytes()


def test_a_pipe_and_a_directory_are_no_files(enforce: Enforce, office: Path, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.html")
    for place in (tmp_path / "pipe.html", tmp_path):
        ran = enforce("review", "--year", "2026", "--format", "html", "--out", str(place))
        assert ran.code == 2 and "不是普通文件" in ran.err.replace("\n", "")
    assert (tmp_path / "pipe.html").is_fifo()


def test_a_directory_that_is_not_there(enforce: Enforce, office: Path) -> None:
    ran = enforce("review", "--year", "2026", "--out", "../nowhere/x.html")
    assert ran.code == 2 and "没有 ../nowhere 这个目录，请先建立" in ran.err


@pytest.mark.parametrize("make", [lambda p: os.mkfifo(p), lambda p: p.mkdir(), lambda p: None])
def test_a_list_that_is_no_file(enforce: Enforce, office: Path, tmp_path: Path, make: Callable[[Path], None]) -> None:
    make(tmp_path / "list")
    ran = enforce("review", "--year", "2026", "--list", str(tmp_path / "list"))
    assert ran.code == 2 and "不是普通文件" in ran.err.replace("\n", "")


def test_a_list_with_bytes_that_are_no_names(enforce: Enforce, office: Path, tmp_path: Path) -> None:
    (tmp_path / "list").write_bytes(b"\0office\n\xff\xfe\n")
    assert enforce("review", "--year", "2026", "--list", str(tmp_path / "list")).code == 3
