"""The cache is never an authority: deleted, cut, of another version, shared – the answer is the same."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from enforcecli.desk.examine import Examined
from enforcecli.reading.workspace import Workspace
from enforcecli.review import collect as collecting
from enforcecli.review import counting
from enforcecli.review import scan as scanning
from enforcecli.review.cache import SCHEMA
from enforcecli.review.counting import blob_id
from enforcecli.review.wanted import Wanted
from tests.review.support import SAMPLES, bare, case, review, sample, table, values, years

ALONE = years(SAMPLES, 2026, 2025)


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Its files count as old enough for their stamps to be trusted, and nobody edits the program."""
    monkeypatch.setattr(scanning, "STILL", -10**12)
    monkeypatch.setattr(collecting, "PROGRAM", SAMPLES)
    return sample(tmp_path)


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The files examined."""
    found: list[str] = []
    examine = counting.examine_in

    def counted(workspace: Workspace, inside: str, *, traced: bool) -> Examined:
        found.append(inside)
        return examine(workspace, inside, traced=traced)

    monkeypatch.setattr(counting, "examine_in", counted)
    return found


def stored(cache: Path) -> Path:
    (file,) = cache.glob("*.sqlite")
    return file


def test_nothing_is_read_twice_and_one_change_reads_one_file(office: Path, tmp_path: Path, read: list[str]) -> None:
    cache = tmp_path / "cache"
    first = years(office, 2026, 2025, cache=cache)
    assert len(read) == 24
    read.clear()
    assert years(office, 2026, 2025, cache=cache) == first
    assert years(office, 2024, cache=cache)[0].amount("case") == 0
    assert read == []
    file = office / "cases" / "2026" / "SJ-2026-001.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("2026-01-12", "2025-01-12"), encoding="utf-8")
    changed = years(office, 2026, 2025, cache=cache)
    assert read == ["cases/2026/SJ-2026-001.yaml"]
    assert changed == years(office, 2026, 2025)
    assert changed != first


def test_touched_files_are_known_by_their_bytes(office: Path, tmp_path: Path, read: list[str]) -> None:
    cache = tmp_path / "cache"
    first = years(office, 2026, cache=cache)
    read.clear()
    for file in (office / "cases").rglob("*.yaml"):
        file.touch()
    assert years(office, 2026, cache=cache) == first
    assert read == []


def test_a_file_gone_and_one_renamed(office: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    years(office, 2026, cache=cache)
    (office / "cases" / "2026" / "SJ-2026-002.yaml").unlink()
    (office / "cases" / "2026" / "SJ-2026-003.yaml").rename(office / "cases" / "SJ-2026-003.yaml")
    assert years(office, 2026, cache=cache) == years(office, 2026)
    with sqlite3.connect(stored(cache)) as found:
        assert found.execute("SELECT count(*) FROM cases").fetchone() == (23,)


def _delete(file: Path) -> None:
    file.unlink()


def _cut(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:5000])


def _garbage(file: Path) -> None:
    file.write_bytes(b"SQLite format 3\0" + b"\xff" * 9000)


def _empty(file: Path) -> None:
    file.write_bytes(b"")


def _bits(file: Path) -> None:
    """Every value turned by a bit, the table whole."""
    with sqlite3.connect(file) as found:
        for name, key in (("cases", "inside"), ("years", "key"), ("answers", "key")):
            for row, value in found.execute(f"SELECT {key}, value FROM {name}").fetchall():
                found.execute(f"UPDATE {name} SET value = ? WHERE {key} = ?", (value[:-3] + bytes([value[-3] ^ 1]) + value[-2:], row))


def _lies(file: Path) -> None:
    """Values moved to other files and other questions."""
    with sqlite3.connect(file) as found:
        values = [value for (value,) in found.execute("SELECT value FROM cases ORDER BY inside")]
        names = [name for (name,) in found.execute("SELECT inside FROM cases ORDER BY inside")]
        found.executemany("UPDATE cases SET value = ? WHERE inside = ?", zip(values[1:] + values[:1], names, strict=True))
        found.execute("UPDATE years SET value = zeroblob(20)")
        found.execute("UPDATE answers SET value = zeroblob(20)")


def _other_version(file: Path) -> None:
    with sqlite3.connect(file) as found:
        found.execute("PRAGMA user_version = 99")


def _other_tables(file: Path) -> None:
    with sqlite3.connect(file) as found:
        found.execute("DROP TABLE cases")


def _views(file: Path) -> None:
    """A view that never ends, under the name of a table."""
    file.unlink()
    with closing(sqlite3.connect(file)) as made:
        for name, columns in (("cases", "inside, context, value"), ("years", "key, value"), ("answers", "key, value")):
            made.execute(f"CREATE VIEW {name} AS WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) "
                         f"SELECT {', '.join(f'x AS {c}' for c in columns.split(', '))} FROM n WHERE x < 0")
        made.execute(f"PRAGMA user_version = {SCHEMA}")
        made.commit()


def _link(file: Path) -> None:
    file.rename(file.with_suffix(".elsewhere"))
    file.symlink_to(file.with_suffix(".elsewhere"))


def _directory(file: Path) -> None:
    file.unlink()
    file.mkdir()


SPOILED: tuple[Callable[[Path], None], ...] = (
    _delete, _cut, _garbage, _empty, _bits, _lies, _other_version, _other_tables, _views, _link, _directory)


@pytest.mark.parametrize("spoil", SPOILED, ids=lambda spoil: spoil.__name__)
def test_a_spoiled_cache_changes_no_answer(office: Path, tmp_path: Path, spoil: Callable[[Path], None]) -> None:
    cache = tmp_path / "cache"
    assert years(office, 2026, 2025, cache=cache) == ALONE
    spoil(stored(cache))
    for _ in range(2):
        assert years(office, 2026, 2025, cache=cache) == ALONE
        assert years(office, 2025, 2026, cache=cache) == ALONE[::-1]


@pytest.mark.parametrize("change", ["roster.yaml", "enforce.yaml", "appraisals/2026.yaml", "year/2026.yaml"])
def test_what_the_answer_hangs_on_is_part_of_the_key(office: Path, tmp_path: Path, change: str) -> None:
    cache = tmp_path / "cache"
    years(office, 2026, cache=cache)
    file = office / change
    text = file.read_text(encoding="utf-8")
    changed = text.replace("考核机关: 县司法局", "考核机关: 县纪委").replace("15 工作日", "3 工作日") \
        .replace("行政处罚: 14", "行政处罚: 15").replace("说明: 审批时未核对勘验记录", "说明: 没有核对")
    assert changed != text
    file.write_text(changed, encoding="utf-8")
    assert years(office, 2026, cache=cache) == years(office, 2026) != ALONE[:1]


def test_another_program_does_not_believe_it(office: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
                                             read: list[str]) -> None:
    cache = tmp_path / "cache"
    years(office, 2026, cache=cache)
    read.clear()
    monkeypatch.setattr(collecting, "__version__", "0.0.0")
    assert years(office, 2026, 2025, cache=cache) == ALONE
    assert len(read) == 24


def test_a_fresh_file_is_read_every_time(tmp_path: Path) -> None:
    """Its stamp could be that of a second change in the same instant."""
    root, cache = bare(tmp_path), tmp_path / "cache"
    file = case(root, "SJ-2026-001", clue="2026-03-01")
    before = file.stat()
    assert review(root, 2026, cache=cache).year == 2026
    text = file.read_bytes().replace(b"2026-03-01", b"2025-03-01")
    file.write_bytes(text)
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert years(root, 2026, cache=cache)[0].amount("case") == 0


def test_stamps_are_trusted_after_a_while(tmp_path: Path) -> None:
    root = bare(tmp_path)
    case(root, "SJ-2026-001")
    (fresh,) = scanning.scan(root)
    (old,) = scanning.scan(root, time.time_ns() + 3 * scanning.STILL)
    assert fresh.stamp is None
    assert old.stamp is not None


def test_the_fingerprint_tells_every_change(office: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    now = time.time_ns() + 10**13
    seen = [scanning.fingerprint(office, now)]
    assert scanning.fingerprint(office, now) == seen[0]
    file = office / "cases" / "2026" / "SJ-2026-001.yaml"
    for change in (file.touch, lambda: file.write_bytes(file.read_bytes() + b"\n"), lambda: file.rename(file.with_name("A.yaml")),
                   lambda: (office / "cases" / "new").mkdir(), lambda: (office / "cases" / "new" / "B.yaml").touch()):
        change()
        seen.append(scanning.fingerprint(office, now))
    assert None not in seen
    assert len(set(seen)) == len(seen)
    (office / "cases" / "link.yaml").symlink_to(file)
    assert scanning.fingerprint(office, now) is None
    monkeypatch.undo()
    assert scanning.fingerprint(office) is None


def test_two_processes_at_once(office: Path, tmp_path: Path) -> None:
    for file in office.rglob("*.yaml"):
        os.utime(file, (1, 1))
    command = [sys.executable, "-m", "enforcecli", "review", str(office), "--year", "2026", "--format", "json"]
    environ = os.environ | {"XDG_CACHE_HOME": str(tmp_path / "home"), "PYTHONPATH": str(SAMPLES.parent), "ENFORCE_LANG": "zh"}
    for _ in range(2):
        runs = [subprocess.Popen(command, env=environ, stdout=subprocess.PIPE, stderr=subprocess.PIPE) for _ in range(3)]
        told = {run.communicate(timeout=300) for run in runs}
        assert len(told) == 1
        out, err = told.pop()
        assert (err, json.loads(out)["year"]) == (b"", 2026)


def test_it_is_the_users_alone(office: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    years(office, 2026, cache=cache)
    assert cache.stat().st_mode & 0o777 == 0o700
    assert stored(cache).stat().st_mode & 0o777 == 0o600


def test_where_it_cannot_be_written_it_is_not_used(office: Path, tmp_path: Path) -> None:
    place = tmp_path / "file"
    place.write_text("no directory", encoding="utf-8")
    assert years(office, 2026, 2025, cache=place) == ALONE


def test_several_processes_read_what_one_reads(office: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counting, "POOL", 5)
    found = collecting.collect(office.absolute(), Wanted((2026, 2025), cache="", workers=2))
    assert found == ALONE


def test_the_name_of_bytes_is_that_of_git(tmp_path: Path) -> None:
    told = subprocess.run(["git", "hash-object", "--stdin"], input="案号\n".encode(), capture_output=True, check=True, cwd=tmp_path)
    assert blob_id("案号\n".encode()).hex() == told.stdout.decode().strip()


def test_reading_leaves_the_repository_as_it_was(office: Path, tmp_path: Path) -> None:
    def state() -> dict[str, bytes]:
        return {str(file): file.read_bytes() for file in office.rglob("*") if file.is_file()}

    before = state()
    years(office, 2026, cache=tmp_path / "cache")
    assert state() == before
    assert values(table(review(office, 2026), "overview"))
