"""The files beside the cases: found as part of a repository, judged on disk and in a commit alike, and never the
end of a run whatever they hold."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enforcecli.desk.examine import Examined, examine, examine_file, examine_in
from enforcecli.desk.files import find_files, without_cases
from enforcecli.output.shown import show
from enforcecli.reading.files import Blob, Recorded
from enforcecli.reading.workspace import Workspace
from enforcecli.text.decode import decode

SAMPLES = Path(__file__).parents[2] / "sample_cases"
SHEETS = ("powers.yaml", "year/2025.yaml", "year/2026.yaml", "appraisals/2026.yaml")


def test_a_repository_is_read_with_them() -> None:
    found = [file.relative_to(SAMPLES).as_posix() for file in find_files([SAMPLES])]
    assert set(SHEETS) <= set(found) and len(found) == len(set(found))
    assert [e for e in examine([SAMPLES / name for name in SHEETS]) if e.problems or e.result] == []


def test_their_directories_hold_no_cases_and_nobody_looks_for_any() -> None:
    assert without_cases([SAMPLES / "year", SAMPLES / "appraisals"]) == []
    assert [f.name for f in find_files([SAMPLES / "year"])] == ["2025.yaml", "2026.yaml"]


def test_the_files_of_two_years_are_no_namesakes() -> None:
    """year/2026.yaml and appraisals/2026.yaml have one name, which a case number may not."""
    assert all("C901" not in {p.code for p in e.problems} for e in examine([SAMPLES / "year", SAMPLES / "appraisals"]))


def test_the_same_from_a_commit_as_from_the_disk(tmp_path: Path) -> None:
    slips = SAMPLES / "slips" / "yearly"
    texts = {path.relative_to(slips).as_posix(): path.read_bytes() for path in slips.rglob("*.yaml")}
    kept = Workspace.of(Recorded(slips, {name: Blob("100644", name) for name in texts}, lambda id, most: texts[id]))
    for name in ("powers.yaml", "year/2026.yaml", "appraisals/2026.yaml"):
        assert examine_in(kept, name, name).problems, name
        assert [(p.code, p.span) for p in examine_in(kept, name).problems] == [
            (p.code, p.span) for p in examine_file(slips / name).problems]


def test_one_that_is_no_file_is_told(tmp_path: Path) -> None:
    shutil.copy(SAMPLES / "roster.yaml", tmp_path)
    (tmp_path / "year" / "2026.yaml").mkdir(parents=True)
    (tmp_path / "powers.yaml").symlink_to("/etc/hostname")
    (found,) = examine([tmp_path / "powers.yaml"])
    assert found.unreadable and [p.code[0] for p in found.problems] == ["T"]
    assert not any(e.result for e in examine([tmp_path]))


PIECES = ["[", "{", "}", ":", "\n", "\n- x\n", " ~ ", "&a", "'", '"', "-1", "1.5", "—", "：", "2026-02-30", "{甲: [乙]}", "[]",
          "罚款任务", "D9-9", "\n  张某: 张某\n", "\t", "#", "<<: *a", "\u200b", "0" * 70]


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("office")
    for name in ("enforce.yaml", "roster.yaml", *SHEETS):
        (root / name).parent.mkdir(exist_ok=True)
        shutil.copy(SAMPLES / name, root / name)
    return root


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(SHEETS), st.integers(0, 6000), st.integers(0, 30), st.sampled_from(PIECES))
def test_whatever_is_typed_is_answered(office: Path, name: str, at: int, cut: int, piece: str) -> None:
    """Every problem has words without a gap and, if a place, one that is in the file."""
    text = (SAMPLES / name).read_text(encoding="utf-8")
    at %= len(text)
    typed = text[:at] + piece + text[at + cut:]
    found = judged(office, name, typed)
    lines = (decode(typed.encode()).text or "").split("\n")
    for problem in found.problems:
        shown = show(problem)
        assert shown.message and "{" not in shown.message.replace(piece, "").split("“")[0]
        assert problem.span is None or problem.span.line <= len(lines) + 1


def judged(office: Path, name: str, typed: str) -> Examined:
    """The file as it would be with this text, in the office's repository."""
    texts = {n: (office / n).read_bytes() for n in ("enforce.yaml", "roster.yaml")} | {name: typed.encode()}
    files = Recorded(office, {n: Blob("100644", n) for n in texts}, lambda id, most: texts[id])
    return examine_in(Workspace.of(files), name, name)
