"""Opening files of a repository nobody vouches for."""

from __future__ import annotations

import hashlib
import os
import socket
from pathlib import Path

import pytest

from enforcecli.model.problem import Problem
from enforcecli.text.source import LARGEST, UNREADABLE, Source, read_bytes


@pytest.fixture
def root(tmp_path: Path) -> Path:
    inside = tmp_path / "库"
    (inside / "cases").mkdir(parents=True)
    (inside / "cases" / "a.yaml").write_bytes(b"a: 1\n")
    (tmp_path / "secret.yaml").write_bytes(b"s: 1\n")
    return inside


def code(path: Path, root: Path | None) -> str:
    found = read_bytes(path, root, "shown.yaml")
    assert isinstance(found, Problem)
    assert found.file == "shown.yaml"
    assert found.code in UNREADABLE
    return found.code


def test_a_regular_file(root: Path) -> None:
    for bound in (root, None):
        found = read_bytes(root / "cases" / "a.yaml", bound, "cases/a.yaml")
        assert isinstance(found, Source)
        assert (found.data, found.shown) == (b"a: 1\n", "cases/a.yaml")
        assert found.sha256 == hashlib.sha256(b"a: 1\n").hexdigest()


def test_relative_paths(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(root / "cases")
    assert isinstance(read_bytes(Path("a.yaml"), root, "a.yaml"), Source)
    assert isinstance(read_bytes(Path("../cases/a.yaml"), Path(".."), "a.yaml"), Source)
    assert code(Path("../../secret.yaml"), root) == "T104"


def test_empty_and_largest(root: Path) -> None:
    for size in (0, LARGEST):
        (root / "b.yaml").write_bytes(b"x" * size)
        found = read_bytes(root / "b.yaml", root, "b.yaml")
        assert isinstance(found, Source) and len(found.data) == size
    (root / "b.yaml").write_bytes(b"x" * (LARGEST + 1))
    assert code(root / "b.yaml", root) == "T105"
    (root / "b.yaml").write_bytes(b"PK\x03\x04" + bytes(LARGEST))
    assert code(root / "b.yaml", root) == "T113"


def test_missing(root: Path) -> None:
    assert code(root / "no.yaml", root) == "T101"
    assert code(root / "no" / "no.yaml", root) == "T101"
    assert code(root / "cases" / "a.yaml" / "b.yaml", root) == "T101"
    assert code(Path("nul\0.yaml"), root) == "T101"


def test_not_a_file(root: Path) -> None:
    assert code(root / "cases", root) == "T103"
    assert code(Path("/"), None) == "T103"
    assert code(root / "cases" / "..", root) == "T103"


def test_pipe_device_and_socket_do_not_hang(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    os.mkfifo(root / "pipe.yaml")
    assert code(root / "pipe.yaml", root) == "T103"
    assert code(Path("/dev/zero"), None) == "T103"
    monkeypatch.chdir(root)
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind("s.yaml")
        assert code(root / "s.yaml", root) == "T103"


def test_links(root: Path, tmp_path: Path) -> None:
    (root / "in.yaml").symlink_to("cases/a.yaml")
    (root / "out.yaml").symlink_to(tmp_path / "secret.yaml")
    (root / "up.yaml").symlink_to("../secret.yaml")
    (root / "folder").symlink_to(tmp_path)
    (root / "loop.yaml").symlink_to("loop.yaml")
    (root / "dangling.yaml").symlink_to("no.yaml")
    (root / "device.yaml").symlink_to("/dev/zero")
    found = read_bytes(root / "in.yaml", root, "in.yaml")
    assert isinstance(found, Source) and found.data == b"a: 1\n"
    assert code(root / "out.yaml", root) == "T104"
    assert code(root / "up.yaml", root) == "T104"
    assert code(root / "folder" / "secret.yaml", root) == "T104"
    assert code(root / "loop.yaml", root) in {"T104", "T101"}
    assert code(root / "dangling.yaml", root) == "T101"
    assert code(root / "device.yaml", root) == "T104"
    assert code(root / "device.yaml", None) == "T103"
    assert isinstance(read_bytes(root / "out.yaml", None, "out.yaml"), Source)


def test_root_behind_a_link(root: Path, tmp_path: Path) -> None:
    (tmp_path / "alias").symlink_to(root)
    assert isinstance(read_bytes(tmp_path / "alias" / "cases" / "a.yaml", tmp_path / "alias", "a"), Source)
    assert isinstance(read_bytes(root / "cases" / "a.yaml", tmp_path / "alias", "a"), Source)


def test_a_neighbour_whose_name_begins_the_same(root: Path) -> None:
    beside = root.with_name(root.name + "2")
    beside.mkdir()
    (beside / "a.yaml").write_bytes(b"")
    assert code(beside / "a.yaml", root) == "T104"


@pytest.mark.parametrize(("error", "expected"), [
    (PermissionError(13, "denied"), "T102"), (OSError(5, "i/o"), "T106"), (OSError(6, "no device"), "T103")])
def test_errors_of_the_system(root: Path, monkeypatch: pytest.MonkeyPatch, error: OSError, expected: str) -> None:
    def refuse(*_: object) -> int:
        raise error

    monkeypatch.setattr(os, "open", refuse)
    assert code(root / "cases" / "a.yaml", root) == expected


def test_error_while_reading_closes_the_file(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    closed = []
    close = os.close

    def refuse(*_: object) -> bytes:
        raise OSError(5, "i/o")

    def closing(handle: int) -> None:
        closed.append(handle)
        close(handle)

    monkeypatch.setattr(os, "read", refuse)
    monkeypatch.setattr(os, "close", closing)
    assert code(root / "cases" / "a.yaml", root) == "T106"
    assert len(closed) == 1


def test_a_file_that_grows_is_read_whole(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What fstat said may be old, or nothing (/proc)."""
    read = os.read
    monkeypatch.setattr(os, "read", lambda handle, size: read(handle, min(size, 3)))
    found = read_bytes(root / "cases" / "a.yaml", root, "a")
    assert isinstance(found, Source) and found.data == b"a: 1\n"
