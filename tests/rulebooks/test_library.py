"""Books at hand: built-in ones, those of a repository, and which version a day picks."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from enforcecli.reading.library import Library, NoVersion, is_vague

SMALL = Path(__file__).parent.parent / "books" / "small"


def put(root: Path, book_id: str, *, effective: str = "{from: 2024-01-01}", measure: str | None = None) -> Path:
    folder = root / "rulebooks" / book_id
    shutil.copytree(SMALL, folder)
    file = folder / "rulebook.yaml"
    text = file.read_text("utf-8").replace("rulebook: small", f"rulebook: {book_id}")
    text = text.replace("{from: 2024-01-01}", effective) + (f"measure: {measure}\n" if measure else "")
    file.write_text(text, encoding="utf-8")
    return folder


def chosen(library: Library, name: str, day: date) -> str | None:
    found = library.choose(name, day)
    return None if isinstance(found, NoVersion) else found.id


def test_the_day_of_the_act_picks_the_version(tmp_path: Path) -> None:
    put(tmp_path, "m-2020", effective="{from: 2020, to: 2022}", measure="m")
    put(tmp_path, "m-2022", effective="{from: 2022-01-01, to: 2024-05-01}", measure="m")
    library = Library(tmp_path)
    assert library.problems() == ()
    assert [b.id for b in library.of_measure("m")] == ["m-2020", "m-2022"]
    picks = {day: chosen(library, "m", day) for day in (
        date(2019, 12, 31), date(2020, 1, 1), date(2021, 12, 31), date(2022, 1, 1), date(2024, 4, 30), date(2024, 5, 1))}
    assert list(picks.values()) == [None, "m-2020", "m-2020", "m-2022", "m-2022", None]
    assert chosen(library, "m-2022", date(2021, 6, 1)) == "m-2020"
    assert chosen(library, "m-2022", date(2024, 6, 1)) is None
    assert set(library.names()) == {"m", "m-2020", "m-2022", "shangjiang", "shangjiang-2023"}


def test_a_day_before_the_measure_is_an_answer_never_the_nearest_version() -> None:
    answer = Library().choose("shangjiang", date(2022, 12, 31))
    assert isinstance(answer, NoVersion)
    assert "2022年12月31日" in answer.question and "旧版" in answer.question
    assert chosen(Library(), "shangjiang", date(2023, 1, 1)) == "shangjiang-2023"


def test_a_year_without_a_day_is_vague_all_through_that_year() -> None:
    book = Library().book("shangjiang-2023")
    assert book is not None
    days = (date(2022, 12, 31), date(2023, 1, 1), date(2023, 12, 31), date(2024, 1, 1))
    assert [is_vague(book, day) for day in days] == [False, True, True, False]


def test_versions_that_overlap_are_a_problem_and_none_is_taken(tmp_path: Path) -> None:
    put(tmp_path, "m-1", effective="{from: 2020-01-01}", measure="m")
    put(tmp_path, "m-2", effective="{from: 2022-01-01}", measure="m")
    library = Library(tmp_path)
    assert [p.code for p in library.problems()] == ["B136"]
    assert library.problems()[0].file.endswith("rulebooks/m-2/rulebook.yaml")
    assert chosen(library, "m", date(2021, 1, 1)) == "m-1"
    assert chosen(library, "m", date(2023, 1, 1)) is None


@pytest.mark.parametrize("name", ["shangjiang-2023", "Shangjiang-2023"])
def test_a_book_that_shadows_a_built_in_one_is_refused(tmp_path: Path, name: str) -> None:
    put(tmp_path, name)
    library = Library(tmp_path)
    assert [p.code for p in library.problems()] == ["B137"]
    book = library.book("shangjiang-2023")
    assert book is not None and book.issuer == "上江乡人民政府"


def test_a_directory_without_a_book_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "rulebooks" / "empty").mkdir(parents=True)
    library = Library(tmp_path)
    assert [p.code for p in library.problems()] == ["B138"]
    assert library.book("empty") is None
    answer = library.choose("empty", date(2024, 1, 1))
    assert isinstance(answer, NoVersion) and "没有可以使用的版本" in answer.question


def test_nothing_outside_the_repository_is_read(tmp_path: Path) -> None:
    root, outside = tmp_path / "repository", tmp_path / "outside"
    put(outside, "b")
    put(root, "a")
    (root / "rulebooks" / "a" / "source.txt").unlink()
    (root / "rulebooks" / "a" / "source.txt").symlink_to(outside / "rulebooks" / "b" / "source.txt")
    (root / "rulebooks" / "b").symlink_to(outside / "rulebooks" / "b")
    library = Library(root)
    assert {"T104", "B104"} <= {p.code for p in library.problems_of("a")}
    assert library.book("a") is None and library.book("b") is None


def test_a_library_without_a_repository_has_the_built_in_books() -> None:
    assert Library().ids() == ("shangjiang-2023",)
    assert Library().book("nothing") is None
    assert Library().book("shangjiang-2023") is Library().book("shangjiang-2023")


def test_a_version_is_found_however_its_file_is_written(tmp_path: Path) -> None:
    """Books of other measures are passed over by a look at their bytes, and none of this one is."""
    plain, coded, escaped = (put(tmp_path, f"m-{n}", effective=f"{{from: {n}-01-01, to: {n}-12-31}}", measure="m甲")
                             for n in (2020, 2021, 2022))
    assert plain.is_dir()
    file = coded / "rulebook.yaml"
    file.write_bytes(file.read_bytes().decode("utf-8").encode("gb18030"))
    file = escaped / "rulebook.yaml"
    file.write_text(file.read_text("utf-8").replace("measure: m甲", 'measure: "m\\u7532"'), encoding="utf-8")
    put(tmp_path, "other", measure="别的")
    library = Library(tmp_path)
    assert [b.id for b in library.of_measure("m甲")] == ["m-2020", "m-2021", "m-2022"]
    assert library._own.keys() == {"m-2020", "m-2021", "m-2022"}
