"""A whole repository on the desk: what stands beside a case and is broken is told, never passed over."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from enforcecli.desk.examine import Examined, examine
from enforcecli.desk.files import find_files
from enforcecli.model.result import Why

ROOT = Path(__file__).parents[2]
CASE = "cases/2026/SJ-2026-003.yaml"


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """An office with one case and one rulebook of its own."""
    for name in ("enforce.yaml", "roster.yaml"):
        shutil.copy(ROOT / "sample_cases" / name, tmp_path / name)
    (tmp_path / "cases" / "2026").mkdir(parents=True)
    shutil.copy(ROOT / "sample_cases" / CASE, tmp_path / CASE)
    shutil.copytree(ROOT / "tests" / "books" / "small", tmp_path / "rulebooks" / "small")
    return tmp_path


def append(path: Path, text: str) -> None:
    path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")


def only_case(repository: Path) -> Examined:
    (examined,) = examine([repository / CASE])
    return examined


def codes(examined: Examined) -> list[str]:
    return [p.code for p in examined.problems]


def test_a_sound_repository(repository: Path) -> None:
    assert {e.file: codes(e) for e in examine([repository]) if not e.file.endswith("roster.yaml")} == {
        str(repository / "enforce.yaml"): [], str(repository / CASE): ["F102"],
        str(repository / "rulebooks/small/rulebook.yaml"): []}


BROKEN: dict[str, tuple[Callable[[Path], None], str]] = {
    "settings that are no YAML": (lambda r: append(r / "enforce.yaml", "x: [\n"), "C902"),
    "a word of the settings nobody knows": (lambda r: append(r / "enforce.yaml", "比列: 不显示\n"), "C902"),
    "a roster that is no YAML": (lambda r: append(r / "roster.yaml", "x: [\n"), "C902"),
    "an empty roster": (lambda r: (r / "roster.yaml").write_text("", encoding="utf-8") and None, "C902"),
    "a roster with an error": (lambda r: append(r / "roster.yaml", "单卫: {}\n"), "C904"),
}


@pytest.mark.parametrize("name", sorted(BROKEN))
def test_broken_settings_are_told_in_every_case(repository: Path, name: str) -> None:
    breaking, code = BROKEN[name]
    breaking(repository)
    examined = only_case(repository)
    assert code in codes(examined)
    assert not [c for c in codes(examined) if c in ("P101", "P102")], "people are not blamed for the roster"


def test_nothing_is_computed_with_settings_that_have_errors(repository: Path) -> None:
    append(repository / "enforce.yaml", "比列: 不显示\n")
    result = only_case(repository).result
    assert result is not None
    assert [f.undecided.kind for f in result.findings if f.undecided is not None] == [Why.PROBLEM]


def test_a_book_with_errors_is_reported_and_blocks_its_cases(repository: Path) -> None:
    append(repository / "rulebooks" / "small" / "rulebook.yaml", "不知道: 1\n")
    case = repository / CASE
    case.write_text(case.read_text(encoding="utf-8").replace("shangjiang-2023", "small"), encoding="utf-8")
    found = {Path(e.file).name: codes(e) for e in examine([repository])}
    assert found["rulebook.yaml"] and "C903" in found["SJ-2026-003.yaml"]


def test_a_book_that_shadows_a_shipped_one_is_refused(repository: Path) -> None:
    shutil.copytree(repository / "rulebooks" / "small", repository / "rulebooks" / "shangjiang-2023")
    found = {e.file: codes(e) for e in examine([repository / "rulebooks"])}
    assert found[str(repository / "rulebooks/shangjiang-2023/rulebook.yaml")] == ["B137"]


def test_any_file_of_a_book_means_the_book(repository: Path) -> None:
    book = repository / "rulebooks" / "small"
    shutil.copytree(book, repository / "rulebooks" / "other")
    assert [codes(e) for e in examine([repository / "rulebooks"])] == [["B101"], []]
    shutil.rmtree(repository / "rulebooks" / "other")
    assert find_files([book / "source.txt", book, repository / "rulebooks"]) == [book / "rulebook.yaml"]


def test_a_number_used_twice(repository: Path) -> None:
    (repository / "cases" / "旧").mkdir()
    shutil.copy(repository / CASE, repository / "cases" / "旧" / "SJ-2026-003.yaml")
    assert [codes(e)[-1] for e in examine([repository / "cases"])] == ["F102", "C901"]


def test_a_directory_that_cannot_be_listed_hides_nothing(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import os

    listed = os.scandir

    def refusing(path: Path) -> object:
        if Path(path).name == "2025":
            raise PermissionError(13, "Permission denied", str(path))
        return listed(path)

    (repository / "cases" / "2025").mkdir()
    monkeypatch.setattr(os, "scandir", refusing)
    found = {Path(e.file).name: e for e in examine([repository / "cases"])}
    assert found["2025"].unreadable and not found["SJ-2026-003.yaml"].unreadable


def test_a_case_of_grades_only_shows_no_share_anywhere(repository: Path) -> None:
    settings = repository / "enforce.yaml"
    text = settings.read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("比例:")]
    settings.write_text("\n".join([*lines, "比例: 不显示", ""]), encoding="utf-8")
    result = only_case(repository).result
    assert result is not None and result.hidden
    assert "7/10" not in "".join(result.findings[0].trace)
