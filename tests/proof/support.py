"""Books for the tests of what is proven of them, and small books made at random."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from pathlib import Path

from hypothesis import strategies as st
from msgspec.structs import replace

from enforcecli.desk.book import CheckedBook, check_book
from enforcecli.model.rulebook import (
    AT_FAULT,
    FAULT,
    NOT_AT_FAULT,
    PERSONS_AT_FAULT,
    Clause,
    Condition,
    Conditions,
    Degree,
    DegreeKind,
    Effective,
    Fact,
    Layer,
    Part,
    PersonFact,
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


ALL_DEGREES = (
    *DEGREES, Degree("次要责任", DegreeKind.SHARE, 3, Fraction(3, 10)), Degree("平均分担", DegreeKind.EQUAL, 4),
    Degree("余下的责任", DegreeKind.REST, 5), Degree("三份", DegreeKind.RATIO, 6, Fraction(3)),
    Degree("两份", DegreeKind.RATIO, 7, Fraction(2)), Degree("连带责任", DegreeKind.JOINT, 8),
    Degree("相应责任", DegreeKind.LABEL, 9), Degree("不承担责任", DegreeKind.NONE, 10))
PERSON_FACTS = {"意见": ("正确", "错误", "保留"), "态度": ("好", "坏")}


@st.composite
def clauses(draw: st.DrawFn, layer: Layer) -> Clause:
    """Any clause a rule of the layer may have, with or without `where`."""
    who = draw(st.lists(st.sampled_from(["承办人", "审批人", "审批部门", PERSONS_AT_FAULT]), min_size=1, max_size=2, unique=True))
    read = draw(st.lists(st.sampled_from([*PERSON_FACTS, FAULT]), max_size=1))
    values = {**PERSON_FACTS, FAULT: (AT_FAULT, NOT_AT_FAULT)}
    where = tuple(Condition(name, draw(st.frozensets(st.sampled_from(values[name]), min_size=1))) for name in read)
    optional = draw(st.sampled_from([False, False, True]))
    if layer is Layer.SEVERITY:
        return Clause(tuple(who), None, where, optional, draw(st.sampled_from(["从重", "从轻"])))
    names = ["不承担责任", "相应责任"] if layer is Layer.EXEMPT else [degree.name for degree in ALL_DEGREES]
    return Clause(tuple(who), draw(st.sampled_from(names)), where, optional)


@st.composite
def books_of_every_kind(draw: st.DrawFn) -> Rulebook:
    """Like `books`, with a unit among the roles, facts of persons, degrees of every kind, exemptions and
    circumstances, and rules that pursue nobody or take what is left. Not every one is sound."""
    book = draw(books())
    rules = {}
    for rule in book.rules.values():
        layer = rule.layer
        if layer in (Layer.ADD, Layer.SILENT):
            layer = draw(st.sampled_from([Layer.ADD, Layer.EXEMPT, Layer.EXEMPT, Layer.SEVERITY, Layer.SILENT]))
        bears: tuple[Clause, ...] | None = ()
        if layer not in (Layer.SILENT, Layer.BLOCK):
            bears = tuple(draw(st.lists(clauses(layer), min_size=1, max_size=3)))
        if layer is Layer.ALLOCATE and draw(st.integers(0, 9)) == 0:
            bears = None
        pool = layer is Layer.ALLOCATE and draw(st.booleans())
        when = rule.when if draw(st.booleans()) else ()  # or few would meet
        rules[rule.id] = replace(rule, layer=layer, when=when, bears=bears, takes_remainder=pool)
    return replace(
        book, rules=rules, remainder_to_unit=draw(st.booleans()), roles={**book.roles, "审批部门": Role("审批部门", unit=True)},
        degrees={degree.name: degree for degree in ALL_DEGREES},
        person_facts={FAULT: PersonFact(FAULT, (AT_FAULT, NOT_AT_FAULT)),
                      **{name: PersonFact(name, values) for name, values in PERSON_FACTS.items()}})


def giving_way() -> Rulebook:
    """A book in which who carries the act may be exempt, so that the rule that gave way stands after all."""
    first = Rule("G0", "一1", bears=(Clause(("承办人",), "全部责任"),))
    second = Rule("G1", "一2", bears=(Clause(("审批人",), "主要责任"),), over={"G0": "特别"})
    exempt = Rule("M1", "一3", Layer.EXEMPT, bears=(
        Clause(("审批人",), "不承担责任", (Condition("意见", frozenset({"正确"})),)),))
    return Rulebook(
        "giving-way", "某办法", "某乡", Effective(date(2024, 1, 1)), "giving-way", False, False,
        {name: Role(name) for name in ("承办人", "审批人")}, {degree.name: degree for degree in ALL_DEGREES}, {}, {},
        {FAULT: PersonFact(FAULT, (AT_FAULT, NOT_AT_FAULT)), "意见": PersonFact("意见", PERSON_FACTS["意见"])},
        {rule.id: rule for rule in (first, second, exempt)}, {})


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
