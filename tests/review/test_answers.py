"""What was printed of a review is printed again without counting, as long as nothing has changed – and only so long."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from enforcecli.review import build as building
from enforcecli.review import collect as collecting
from enforcecli.review import scan as scanning
from enforcecli.review.report import Report
from enforcecli.review.tabling import Years
from enforcecli.review.year import Year
from tests.cli.conftest import Ran, enforce, environment
from tests.review.support import SAMPLES, sample
from tests.review.test_cache import SPOILED, stored

Enforce = Callable[..., Ran]
__all__ = ["enforce", "environment"]


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Its files count as old enough for their stamps to be trusted, and nobody edits the program."""
    monkeypatch.setattr(scanning, "STILL", -10**12)
    monkeypatch.setattr(collecting, "PROGRAM", SAMPLES)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "home"))
    return sample(tmp_path)


@pytest.fixture
def built(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The years of the reports made."""
    found: list[int] = []
    build = building.build

    def counted(years: Years, unit: str | None = None, *, public: bool = False) -> Report:
        report = build(years, unit, public=public)
        found.append(report.year)
        return report

    monkeypatch.setattr(building, "build", counted)
    return found


def told(enforce: Enforce, office: Path, *more: str) -> tuple[int, str, str]:
    ran = enforce("review", str(office), "--year", "2026", *more)
    return ran.code, ran.out, ran.err


@pytest.mark.parametrize("form", ["table", "md", "html"])
def test_the_same_question_is_answered_without_counting(enforce: Enforce, office: Path, built: list[int], form: str) -> None:
    alone = told(enforce, office, "--format", form, "--no-cache")
    first = told(enforce, office, "--format", form)
    built.clear()
    assert told(enforce, office, "--format", form) == first == alone
    assert built == []


def test_every_question_has_its_own_answer(enforce: Enforce, office: Path) -> None:
    questions = [(), ("--compare", "2025"), ("--unit", "林业站"), ("--public",), ("--format", "md"), ("--format", "html"),
                 ("--cases",), ("--format", "md", "--cases"), ("--lang", "en"), ("--format", "csv"), ("--format", "json")]
    alone = {question: told(enforce, office, *question, "--no-cache") for question in questions}
    assert len(set(alone.values())) == len(questions)
    for _again in range(2):
        assert {question: told(enforce, office, *question) for question in questions} == alone


def test_it_is_written_to_a_file_like_one_just_made(enforce: Enforce, office: Path, tmp_path: Path, built: list[int]) -> None:
    files = [tmp_path / f"{number}.html" for number in range(2)]
    assert [told(enforce, office, "--out", str(file))[0] for file in files] == [0, 0]
    assert files[0].read_bytes() == files[1].read_bytes()
    assert built == [2026]


def test_the_code_is_kept_with_it(enforce: Enforce, office: Path, built: list[int]) -> None:
    (office / "cases" / "2026" / "broken.yaml").write_text("- x\n", encoding="utf-8")
    first = told(enforce, office)
    assert first[0] == 1
    assert told(enforce, office) == first
    assert built == [2026]


@pytest.mark.parametrize(("file", "old", "new"), [
    ("cases/2026/SJ-2026-001.yaml", "2026-01-12", "2025-01-12"), ("roster.yaml", "姓名: 张某", "姓名: 章某"),
    ("enforce.yaml", "机关: 上江乡人民政府", "机关: 下江乡人民政府"), ("enforce.yaml", "机关:", "语言: en\n机关:"),
    ("year/2026.yaml", "行政处罚: 14", "行政处罚: 15"),
    ("appraisals/2026.yaml", "说明: 审批时未核对勘验记录", "说明: 没有核对"),
])
def test_a_change_is_answered_anew(enforce: Enforce, office: Path, built: list[int], file: str, old: str, new: str) -> None:
    told(enforce, office)
    place = office / file
    text = place.read_text(encoding="utf-8")
    assert old in text
    place.write_text(text.replace(old, new, 1), encoding="utf-8")
    built.clear()
    changed = told(enforce, office)
    assert built == [2026]
    assert changed == told(enforce, office, "--no-cache")


def test_what_the_office_calls_its_language_stands(enforce: Enforce, office: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """语言 of the settings, against a locale and against --lang."""
    monkeypatch.delenv("ENFORCE_LANG", raising=False)
    settings = office / "enforce.yaml"
    settings.write_text("语言: en\n" + settings.read_text(encoding="utf-8"), encoding="utf-8")
    for question in ((), ("--lang", "zh"), (), ("--lang", "en"), ("--lang", "zh")):
        assert told(enforce, office, *question) == told(enforce, office, *question, "--no-cache")


def test_changed_while_it_was_counted_nothing_is_kept(enforce: Enforce, office: Path, tmp_path: Path,
                                                      monkeypatch: pytest.MonkeyPatch) -> None:
    from enforcecli.review import counting

    counted = counting.counted

    def late(*args: Any) -> tuple[Year, ...]:
        (office / "cases" / "2026" / "SJ-2026-002.yaml").touch()
        return counted(*args)

    monkeypatch.setattr(counting, "counted", late)
    told(enforce, office)
    with closing(sqlite3.connect(stored(tmp_path / "home" / "enforce"))) as found:
        assert found.execute("SELECT (SELECT count(*) FROM years), (SELECT count(*) FROM answers)").fetchone() == (0, 0)


def test_another_program_or_library_does_not_believe_it(enforce: Enforce, office: Path, tmp_path: Path, built: list[int],
                                                        monkeypatch: pytest.MonkeyPatch) -> None:
    libraries = tmp_path / "site-packages"
    libraries.mkdir()
    monkeypatch.setattr(collecting, "LIBRARIES", libraries)
    program = tmp_path / "program"
    (program / "locale").mkdir(parents=True)
    monkeypatch.setattr(collecting, "PROGRAM", program)
    first = told(enforce, office)
    for change in (lambda: (libraries / "tabulate-9.dist-info").mkdir(), lambda: (program / "page.css").write_text("x", encoding="utf-8"),
                   lambda: (program / "locale" / "enforce.mo").write_bytes(b"x")):
        assert told(enforce, office) == first
        built.clear()
        change()
        assert told(enforce, office) == first
        assert built == [2026]


@pytest.mark.parametrize("spoil", SPOILED, ids=lambda spoil: spoil.__name__)
def test_a_spoiled_cache_changes_no_answer(enforce: Enforce, office: Path, tmp_path: Path, spoil: Callable[[Path], None]) -> None:
    first = told(enforce, office)
    assert told(enforce, office) == first
    spoil(stored(tmp_path / "home" / "enforce"))
    for _ in range(2):
        assert told(enforce, office) == first


def test_answers_exchanged_are_none(enforce: Enforce, office: Path, tmp_path: Path) -> None:
    """A value under the key of another question is not what was asked for."""
    table, page = told(enforce, office), told(enforce, office, "--format", "md")
    with closing(sqlite3.connect(stored(tmp_path / "home" / "enforce"))) as found:
        (one, a), (other, b) = found.execute("SELECT key, value FROM answers").fetchall()
        found.executemany("UPDATE answers SET value = ? WHERE key = ?", ((b, one), (a, other)))
        found.commit()
    assert told(enforce, office) == table
    assert told(enforce, office, "--format", "md") == page


def test_a_young_file_is_read_every_time(enforce: Enforce, office: Path, built: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scanning, "STILL", 2_000_000_000)
    for file in office.rglob("*"):
        os.utime(file, ns=(0, 0))
    for _ in range(2):
        told(enforce, office)
    assert built == [2026, 2026]


def test_no_more_is_kept_than_a_page(enforce: Enforce, office: Path, built: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(collecting, "LARGEST", 1000)
    assert told(enforce, office) == told(enforce, office)
    assert built == [2026, 2026]
