"""cases.yaml beside a rulebook: worked examples, each written as a finding of a case is, with what must come
out (docs/rulebook-format.md)."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from msgspec import Struct
from msgspec.structs import replace

from enforcecli.model.case import Finding, Involved
from enforcecli.model.example import WHYS, Example, Expected
from enforcecli.model.problem import Problem
from enforcecli.model.rulebook import Rulebook
from enforcecli.reading.finding_shape import finding_shape
from enforcecli.reading.people import CaseReading
from enforcecli.reading.reader import compiled
from enforcecli.reading.scalars import SHARE, YES_NO
from enforcecli.reading.shape import (
    TEXT,
    TEXTS,
    Choice,
    Either,
    Field,
    ListOf,
    MapOf,
    Record,
    Shape,
    Then,
    Word,
)

if TYPE_CHECKING:
    from enforcecli.text.document import Document

FILE = "cases.yaml"
_WHY = Then(Choice(tuple(Word(zh, (why.value,)) for zh, why in WHYS.items()), zh="、".join(WHYS),
                   en=", ".join(why.value for why in WHYS.values())),
            lambda word, node, reading: WHYS[word])
_BY_PERSON = MapOf(TEXTS, zh="“人: 档次”", en="person: grades")
EXPECTED = Record((
    Field("shares", MapOf(SHARE, zh="“人: 份额”", en="person: share"), "份额", "shares",
          "每个人的份额；没有写到的人应当是 0", "the share of each person; 0 for who is not named", "{张某: 7/10, 李某: 3/10}"),
    Field("grades", _BY_PERSON, "责任", "grades", "这个人的责任档次，重的在前", "the grades of a person, heaviest first",
          "{张某: 主要责任}"),
    Field("severity", _BY_PERSON, "情节", "severity", "从重、从轻、减轻", "heavier or lighter", "{张某: 从重}"),
    Field("rules", Either(TEXT, MapOf(TEXTS), ListOf(TEXT), zh="规则的编号", en="ids of rules"), "规则", "rules",
          "适用的规则；分部分的，可以按部分写；冲突时写冲突的各条", "the rules that apply, by part if need be; in conflict those that collide",
          "R5"),
    Field("undecided", _WHY, "不能认定", "cannot_decide", "应当答复不能认定，以及原因", "it cannot be decided, and why", "角色无人"),
    Field("facts", TEXTS, "缺少", "facts", "应当要求查明的事实", "the facts that must be asked for", "[审批情形]"),
    Field("roles", TEXTS, "空缺", "roles", "应当要求查明的角色", "the roles that must be asked for", "[部门主要负责人]"),
    Field("problems", TEXTS, "问题", "problems", "应当报告的问题代码；没有的写 []", "the codes that must be reported; [] for none",
          "[L310]"),
    Field("not_pursued", YES_NO, "不予追究", "not_pursued", "应当不予追究", "nobody is pursued", "是"),
), zh="预期的结果", en="what is expected")


class Examples(Struct, frozen=True):
    """What a cases.yaml says. `rulebook`: the book it is written for, where it says so."""

    rulebook: str | None = None
    examples: tuple[Example, ...] = ()


@lru_cache(maxsize=16)
def examples_shape(book: Rulebook) -> Shape:
    """The shape of a cases.yaml under this book."""
    finding = finding_shape(book)
    assert isinstance(finding, Then) and isinstance(finding.shape, Record), "a finding is a record that is settled"
    entry = Then(Record((
        Field("name", TEXT, "名称", "name", "这个例子说明什么", "what the example shows", "经审批的，审批人负主要责任", required=True),
        Field("expected", Then(EXPECTED, _expected), "预期", "expected", "应当得出的结果", "what must come out",
              "{份额: {张某: 1}}", ("结果",)),
        *finding.shape.fields,
    ), guard=finding.shape.guard, zh="例子的一组键值", en="an example"), _entry(finding, book))
    of = Then(TEXT, _same(book))
    return Then(Record((
        Field("rulebook", of, "办法", "rulebook", "这些例子属于哪一册办法", "the book", "shangjiang-2023"),
        Field("common", MapOf(TEXT, zh="“事实: 值”", en="fact: value"), "共同事实", "common",
              "各例相同的事实，例子中不必再写", "facts all examples share", "{特殊情形: 无}"),
        Field("examples", ListOf(entry), "例子", "examples", "逐个写", "one by one", required=True),
    ), zh="例子", en="examples"), _whole)


def _same(book: Rulebook) -> Any:
    def check(written: str, node: Any, reading: Any) -> str:
        if written.strip() != book.id:
            reading.report(node, "B243", written=written.strip(), rulebook=book.id)
        return written.strip()

    return check


def _expected(given: dict[str, Any], node: Any, reading: Any) -> Expected:
    if isinstance(given.get("rules"), str):
        given = {**given, "rules": (given["rules"],)}
    return Expected(**given)


def _entry(finding: Then, book: Rulebook) -> Any:
    def make(given: dict[str, Any], node: Any, reading: Any) -> Example:
        name, expected = given.pop("name", ""), given.pop("expected", Expected())
        made: Finding = finding.make(Finding(**given), node, reading)
        involved = tuple(_unit_or_person(person, book) for person in made.involved)
        return Example(name, replace(made, involved=involved), expected)

    return make


def _unit_or_person(person: Involved, book: Rulebook) -> Involved:
    """An example has no 人员 to say who is a unit: who has only roles of units is one."""
    roles = [book.roles.get(role) for role in person.roles]
    return replace(person, is_unit=bool(roles) and all(role is not None and role.unit for role in roles))


def _whole(given: dict[str, Any], node: Any, reading: Any) -> Examples:
    common = given.get("common") or {}
    examples = tuple(replace(example, common=common) for example in given.get("examples") or () if example is not None)
    return Examples(given.get("rulebook"), examples)


def read_examples(document: Document, book: Rulebook) -> tuple[Examples, tuple[Problem, ...]]:
    """The examples of a file and what is wrong with its writing, placed."""
    reading = CaseReading(document, None)
    found = compiled(examples_shape(book))(document.root, reading) if document.root is not None else None
    return found or Examples(), (*document.problems, *reading.problems)
