"""Books for the tests of what is proven of them, and small books made at random."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from pathlib import Path

from hypothesis import strategies as st

from enforcecli.desk.book import CheckedBook, check_book
from enforcecli.model.rulebook import (
    Clause,
    Condition,
    Conditions,
    Degree,
    DegreeKind,
    Effective,
    Fact,
    Layer,
    Part,
    Role,
    Rule,
    Rulebook,
)
from enforcecli.reading.files import OnDisk
from enforcecli.reading.library import BUILT_IN, Folder

BOOKS = Path(__file__).parent.parent / "books"
SHANGJIANG = BUILT_IN / "shangjiang-2023"


def written(folder: Path, files: Mapping[str, bytes]) -> Path:
    """A book's directory with these files."""
    folder.mkdir(parents=True)
    for name, data in files.items():
        (folder / name).write_bytes(data)
    return folder


def files_of(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir()) if path.is_file()}


def checked(folder: Path, *, persons: bool = True) -> tuple[CheckedBook, ...]:
    return check_book(Folder(OnDisk(folder.parent), folder.name), persons=persons)


def codes(files: tuple[CheckedBook, ...]) -> list[str]:
    return sorted(p.code for file in files for p in file.problems)


DEGREES = (Degree("全部责任", DegreeKind.SHARE, 0, Fraction(1)), Degree("主要责任", DegreeKind.SHARE, 1, Fraction(7, 10)),
           Degree("按责任大小", DegreeKind.WEIGHTED, 2))
VALUES = {"甲": ("一", "二", "三"), "乙": ("是", "否"), "丙": ("是", "否"), "丁": ("是", "否")}


@st.composite
def conditions(draw: st.DrawFn, names: tuple[str, ...]) -> Conditions:
    chosen = draw(st.lists(st.sampled_from(names), max_size=2, unique=True)) if names else []
    return tuple(Condition(name, draw(st.frozensets(st.sampled_from(VALUES.get(name, ("是", "否"))), min_size=1)))
                 for name in sorted(chosen))


@st.composite
def books(draw: st.DrawFn) -> Rulebook:
    """A small sound book: facts that may hang on earlier ones, parts, every layer, an order without circles."""
    names = tuple(VALUES)[:draw(st.integers(1, 4))]
    facts = {name: Fact(name, VALUES[name], only_if=draw(conditions(names[:i]))) for i, name in enumerate(names)}
    parts = {}
    if draw(st.booleans()):
        terms = draw(conditions(names))
        parts = {name: Part(name, terms) for name in ("前段", "后段")}
    asked = (*names, "有承办人")
    rules: dict[str, Rule] = {}
    for i in range(draw(st.integers(1, 5))):
        layer = draw(st.sampled_from([Layer.ALLOCATE] * 4 + [Layer.SILENT, Layer.ADD, Layer.BLOCK]))
        below = [name for name, rule in rules.items() if rule.layer is not Layer.BLOCK]
        named = draw(st.lists(st.sampled_from(below), unique=True)) if below else []
        role = draw(st.sampled_from(["承办人", "审批人"]))
        degree = draw(st.sampled_from(["全部责任", "主要责任", "按责任大小"]))
        rules[f"G{i}"] = Rule(
            f"G{i}", "一1", layer, draw(conditions(asked)), draw(st.sampled_from([None, *parts])),
            () if layer in (Layer.SILENT, Layer.BLOCK) else (Clause((role,), degree),),
            dict.fromkeys(named, "特别") if layer is Layer.ALLOCATE else {},
            dict.fromkeys(named, "不适用") if layer is Layer.BLOCK else {}, question="请研究")
    return Rulebook(
        "small", "某办法", "某乡", Effective(date(2024, 1, 1)), "small", draw(st.booleans()), draw(st.booleans()),
        {name: Role(name) for name in ("承办人", "审批人")},
        {degree.name: degree for degree in DEGREES},
        facts, parts, {}, rules, {})


def wide(width: int = 20) -> Rulebook:
    """A book of so many yes/no facts, each in two rules, so that no fact can be looked at apart from the others."""
    facts = {f"事实{n}": Fact(f"事实{n}", ("是", "否")) for n in range(width)}
    rules = {f"G{n}": Rule(f"G{n}", "一1", Layer.ALLOCATE, (
        Condition(f"事实{n}", frozenset({"是"})), Condition(f"事实{(n + 1) % width}", frozenset({"否"}))), None,
        (Clause(("承办人",), "全部责任"),), {}, {}) for n in range(width)}
    return Rulebook(
        "wide", "某办法", "某乡", Effective(date(2024, 1, 1)), "wide", False, False,
        {name: Role(name) for name in ("承办人", "审批人")}, {degree.name: degree for degree in DEGREES},
        facts, {}, {}, rules, {})
