"""Which files are meant by the paths on a command line."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Iterator, Sequence
from pathlib import Path

from enforcecli.reading.files import Files
from enforcecli.reading.places import (
    APPRAISALS,
    CASES,
    ENDINGS,
    NOT_CASES,
    OFFICE_FILE,
    POWERS_FILE,
    ROSTER_FILE,
    YEAR,
    is_root,
    root_of,
)
from enforcecli.reading.places import BOOK_FILE as MAIN
from enforcecli.reading.places import RULEBOOKS as FOLDER


def find_files(paths: Sequence[Path]) -> list[Path]:
    """The files meant, without repeats, in the order of their paths: a file is itself; a case
    repository is its cases and the files beside them (roster.yaml, year/2026.yaml …); another directory
    every YAML file below it. Links to directories are not followed."""
    found: dict[str, Path] = {}
    for path in paths:
        for file in _meant(path.absolute()):
            there = os.path.normpath(file)
            if there not in found:
                found[there] = file if there == str(file) else Path(there)
    return [found[key] for key in sorted(found)]


def _meant(path: Path) -> Iterator[Path]:
    """A path inside rulebooks/ means the book, or the books, it belongs to."""
    inside = path.relative_to(root_of(path)).parts if path.is_relative_to(root_of(path)) else ()
    if inside[:1] == (FOLDER,):
        books = root_of(path) / FOLDER
        yield from [books / inside[1] / MAIN] if len(inside) > 1 else _books(books)
    elif path.is_dir():
        yield from _expand(path)
    else:
        yield path


def _expand(directory: Path) -> Iterator[Path]:
    if is_root(directory):
        for name in (OFFICE_FILE, ROSTER_FILE, POWERS_FILE):
            if (directory / name).exists():
                yield directory / name
        for name in (YEAR, APPRAISALS):
            if (directory / name).is_dir():
                yield from _sheets(directory / name)
        if (directory / CASES).is_dir():
            yield from _below(directory / CASES)
        yield from _books(directory / FOLDER)
    else:
        yield from _below(directory)


def _sheets(directory: Path) -> Iterator[Path]:
    """The files of the years; directories below hold something else."""
    yield from (path for path in _below(directory) if path.parent == directory)


def _books(directory: Path) -> Iterator[Path]:
    """The main file of each book of a repository, there or not: what is wrong with it is told there."""
    if directory.is_dir():
        for folder in sorted(directory.iterdir()):
            if folder.is_dir() and not folder.name.startswith("."):
                yield folder / MAIN


def _below(directory: Path) -> Iterator[Path]:
    try:
        entries = sorted(os.scandir(directory), key=lambda e: e.name)
    except OSError:  # the directory is then reported like a file that cannot be opened
        yield directory
        return
    for entry in entries:
        if entry.name.startswith("."):
            continue
        path = directory / entry.name
        if entry.is_dir(follow_symlinks=False):
            if is_root(path):
                yield from _expand(path)
            elif entry.name not in NOT_CASES:
                yield from _below(path)
        elif entry.name.lower().endswith(ENDINGS):
            yield path


def cases_of(files: Files, folder: str = CASES) -> Iterator[str]:
    """The case files of a repository, wherever its files are kept, in the order of their names."""
    yield from (f"{folder}/{name}" for name in files.names(folder)
                if name.lower().endswith(ENDINGS) and not name.startswith("."))
    for name in files.folders(folder):
        if name not in NOT_CASES and not name.startswith("."):
            yield from cases_of(files, f"{folder}/{name}")


def without_cases(paths: Sequence[Path]) -> list[Path]:
    """The directories among the paths below which there is no case where cases are looked for."""
    return [path for path in paths if path.is_dir() and not _of_years(path.absolute())
            and all(map(is_settings, _expand(path.absolute())))]


def _of_years(directory: Path) -> bool:
    """year/ or appraisals/ of a repository: nobody looks for cases there."""
    return directory.name in (YEAR, APPRAISALS) and is_root(directory.parent)


def is_settings(file: Path) -> bool:
    """Whether the file is the roster, the office's settings, a book or another file that is no case, by
    its name and where it stands."""
    return file.name in (OFFICE_FILE, ROSTER_FILE, POWERS_FILE, MAIN) or _of_years(file.parent)


def namesakes(files: Sequence[Path]) -> dict[Path, Path]:
    """File → an earlier file with the same case number, letters' case and width aside: a case
    number is used once, and two such names are one file on some systems."""
    first: dict[str, Path] = {}
    again: dict[Path, Path] = {}
    for file in files:
        if is_settings(file):
            continue
        key = unicodedata.normalize("NFKC", file.stem).casefold()
        if key in first:
            again[file] = first[key]
        else:
            first[key] = file
    return again
