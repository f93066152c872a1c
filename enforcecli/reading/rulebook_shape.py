"""What a rulebook.yaml may hold (docs/rulebook-format.md), and the drafts reading makes of it.

A draft is what an entry says together with its place, so that the checks across entries can point
at the very word. Every file of a book is read with the same shape; rulebook.py joins them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from enforcecli.model.problem import Level
from enforcecli.model.rulebook import Text as Words
from enforcecli.reading.report import Node, Reading
from enforcecli.reading.shape import (
    TEXT,
    TEXTS,
    Choice,
    Either,
    Field,
    ListOf,
    MapOf,
    Record,
    Scalar,
    Shape,
    Then,
    Word,
)
from enforcecli.reading.vocabulary import GRAVITY, PERSONNEL
from enforcecli.text.fields import date as parse_date
from enforcecli.text.fields import share, weight, year, yes_no
from enforcecli.text.nodes import MappingNode, ScalarNode, SequenceNode
from enforcecli.text.slip import Slip

NOBODY = "none"
"""`bears: none`."""
REQUIRED = ("rulebook", "format", "title", "issuer", "effective", "source", "combine", "roles", "degrees",
            "facts", "rules", "faults")


class Draft:
    """The values of one mapping and where it stands."""

    __slots__ = ("node", "reading", "values")

    def __init__(self, values: Mapping[str, Any], node: Node, reading: Reading) -> None:
        self.values, self.node, self.reading = values, node, reading

    def get(self, key: str) -> Any:
        return self.values.get(key)

    def items(self, key: str) -> tuple[Any, ...]:
        return self.values.get(key) or ()

    def wrote(self, key: str) -> bool:
        """Whether the author wrote the key at all; what is unreadable has been reported."""
        return self.node.__class__ is MappingNode and any(k.value == key for k, _ in self.node.value)

    def words(self) -> Words:
        return Words(*(self.values.get(key) for key in ("cite", "text", "basis", "note", "en")))

    def report(self, kind: str, /, *path: str | int, on_key: bool = False, level: Level | None = None,
               **args: object) -> None:
        """A problem at the value (or the key) the path leads to; as near as the path goes."""
        self.reading.report(find(self.node, path, on_key), kind, level=level, more=args)


def find(node: Node, path: tuple[str | int, ...], on_key: bool = False) -> Node:
    """The node at a path of keys and indices; one value stands for a list of one."""
    key = None
    for step in path:
        if isinstance(step, int):
            if node.__class__ is SequenceNode and step < len(node.value):
                node, key = node.value[step], None
        elif node.__class__ is MappingNode:
            pair = next(((k, v) for k, v in node.value
                         if k.__class__ is ScalarNode and k.value.strip() == step), None)
            if pair is None:
                break
            key, node = pair
    return key if on_key and key is not None else node


def _word(*words: str) -> Choice:
    return Choice(tuple(Word(w) for w in words), zh="、".join(words), en=", ".join(words))


def _number(text: str) -> Fraction | Slip:
    """7/10, 60%, 六成, 1, and whole numbers for ratios."""
    for parse in (share, weight):
        value = parse(text)
        if isinstance(value, Fraction):
            return value
    return Slip("B131")


def _months(text: str) -> int | Slip:
    """2 months, 2个月: of the person's 月基本工资."""
    match = re.fullmatch(r"([0-9]{1,3}) ?(?:months?|个?月)", unicodedata.normalize("NFKC", text).strip())
    return int(match[1]) if match and int(match[1]) else Slip("B132")


def _window(text: str) -> int | Slip:
    """12 months → 12; calendar-year → 0."""
    return 0 if text.strip() in ("calendar-year", "自然年") else _months(text)


def _years(text: str) -> int | Slip:
    match = re.fullmatch(r"([0-9]{1,2}) ?(?:years?|年)?", unicodedata.normalize("NFKC", text).strip())
    return int(match[1]) if match and int(match[1]) else Slip("B132")


def _begin(text: str) -> tuple[date, bool] | Slip:
    """A day, or a whole year (its first day, and True)."""
    whole = year(text)
    if isinstance(whole, int):
        return date(whole, 1, 1), True
    day = parse_date(text)
    return day if isinstance(day, Slip) else (day, False)


_YES = Scalar(yes_no, zh="true 或者 false", en="true or false", boolean=True)
_NUMBER = Scalar(_number, zh="分数，如 7/10", en="a fraction such as 7/10", number=True)
_MONTHS = Scalar(_months, zh="月数，如 2 months", en="months, such as 2 months")
_WINDOW = Scalar(_window, zh="12 months 或者 calendar-year", en="12 months or calendar-year")
_YEARS = Scalar(_years, zh="年数", en="years", number=True)
_DAY = Scalar(_begin, zh="年份或者日期，如 2023、2023-05-01", en="a year or a day", number=True)
_ORGAN = _word("本机关", "任免机关", "考核机关", "发证机关", "监察机关")
_CONDITIONS = MapOf(TEXTS, zh="“事实: 值”", en="fact: value")
_WORDS = tuple(Field(key, TEXT) for key in ("cite", "text", "basis", "note", "en"))


def _entry(*fields: Field) -> Shape:
    return Then(Record((*fields, *_WORDS)), Draft)


def _f(name: str, shape: Shape = TEXT, *, required: bool = False, words: str = "", example: str = "") -> Field:
    return Field(name, shape, required=required, words=words, example=example)


_NOTE = Either(scalar=Then(TEXT, lambda text, node, reading: Draft({"text": text}, node, reading)),
               mapping=_entry())
_BEARER = _entry(_f("who", TEXTS, required=True, words="由谁承担", example="过错人"), _f("degree"),
                 _f("where", _CONDITIONS), _f("optional", _YES), _f("severity"))
_RULE = _entry(
    _f("id", required=True, words="规则的编号", example="R1"),
    _f("layer", _word("allocate", "silent", "exempt", "add", "block", "severity")),
    _f("when", _CONDITIONS), _f("part"),
    _f("bears", Either(scalar=_word(NOBODY), mapping=ListOf(_BEARER), sequence=ListOf(_BEARER))),
    _f("over", MapOf(TEXT)), _f("blocks", MapOf(TEXT)), _f("also", _word("remainder")),
    _f("question"), _f("notes", ListOf(_NOTE)))
_FACT = _entry(_f("values", TEXTS, required=True, words="可以取的值", example="[是, 否]"), _f("ask"),
               _f("per_part", _YES), _f("only_if", _CONDITIONS))
_COUNT = Record((_f("findings", _word("decided", "all")), _f("window", _WINDOW), _f("match", _word("any", "fault", "article")),
                 _f("by", _word("decision", "act"))))
_PERSON_FACT = _entry(_f("values", TEXTS, required=True, words="可以取的值", example="[是, 否]"), _f("ask"),
                      _f("per_part", _YES), _f("roles", TEXTS), _f("count", _COUNT))
_DEGREE = _entry(_f("kind", _word("share", "weighted", "rest", "equal", "ratio", "joint", "label", "none"),
                    required=True, words="这一档怎样计算", example="share"),
                 _f("default", _NUMBER), _f("range", ListOf(_NUMBER, bare=False)))
_FAULT = _entry(_f("code", required=True, words="情形的编号", example="3-5"), _f("name"),
                _f("needs", TEXTS), _f("options", MapOf(TEXT)))
_METHOD = _entry(
    _f("code", required=True, words="方式的编号", example="M1"), _f("name", required=True, words="方式的名称", example="批评教育"),
    _f("target", ListOf(_word("person", "unit"))), _f("own_fault", _YES),
    _f("power", MapOf(_word("impose", "refer", "never"), key=PERSONNEL)),
    _f("organ", Either(scalar=_ORGAN, mapping=MapOf(_ORGAN, key=PERSONNEL))), _f("needs", TEXTS),
    _f("effect", Either(scalar=TEXT, mapping=MapOf(TEXT, key=PERSONNEL))))
_BAND = _entry(_f("where", _CONDITIONS), _f("ratio", ListOf(_NUMBER), required=True, words="承担比例的上下限", example="[3/10, 7/10]"),
               _f("floor", _MONTHS), _f("cap", _MONTHS))
_EFFECTIVE = _entry(_f("from", _DAY, required=True, words="施行日期", example="2023"), _f("to", _DAY))
_LIMITATION = _entry(_f("years", _YEARS, required=True, words="年数", example="2"), _f("from", _word("act", "discovery")),
                     _f("except", _entry(_f("where", _CONDITIONS))))

FIELDS: tuple[Field, ...] = (
    _f("rulebook"), _f("format"), _f("measure"), _f("title"), _f("issuer"), _f("effective", Either(
        scalar=Then(_DAY, lambda day, node, reading: Draft({"from": day}, node, reading)), mapping=_EFFECTIVE)),
    _f("source"), _f("combine", _word("exclusive", "collect")), _f("remainder_empty", _word("absorb", "unit")),
    _f("later", _word("lighter")),
    _f("legal_basis", ListOf(Either(
        scalar=Then(TEXT, lambda text, node, reading: Draft({"name": text}, node, reading)),
        mapping=_entry(_f("name", required=True, words="法律的名称", example="行政处罚法"), _f("now"))))),
    _f("roles", MapOf(_entry(_f("unit", _YES)))), _f("degrees", MapOf(_DEGREE)),
    _f("facts", MapOf(_FACT)), _f("parts", MapOf(_entry(_f("only_if", _CONDITIONS)))),
    _f("person_facts", MapOf(_PERSON_FACT)), _f("rules", ListOf(_RULE)), _f("faults", ListOf(_FAULT)),
    _f("methods", ListOf(_METHOD)),
    _f("remedies", MapOf(_entry(_f("organ"), _f("days")))),
    _f("remedy_for", ListOf(_entry(_f("methods", TEXTS), _f("decider", ListOf(_ORGAN)),
                                   _f("personnel", ListOf(PERSONNEL)),
                                   _f("remedy", required=True, words="救济途径的编号", example="内部复核")))),
    _f("recovery", _entry(_f("gate", _entry(_f("where", _CONDITIONS))), _f("bands", ListOf(_BAND)))),
    _f("guideline", ListOf(_entry(_f("gravity", ListOf(GRAVITY)), _f("degree", TEXTS), _f("severity", TEXTS),
                                  _f("methods", TEXTS)))),
    _f("scope", ListOf(_entry(_f("kind", TEXTS, required=True, words="行为的种类", example="人民调解"),
                              _f("reason", required=True, words="不适用的理由", example="不是具体行政行为")))),
    _f("duties", ListOf(_entry(_f("code", required=True, words="职责的编号", example="D1"),
                               _f("role", TEXTS, required=True, words="谁的职责", example="站所负责人")))),
    _f("objectives", ListOf(_entry(_f("code", required=True, words="目标的编号", example="O1")))),
    _f("procedure", ListOf(_entry(_f("step", required=True, words="环节", example="决定"),
                                  _f("limit", required=True, words="期限", example="15 working days")))),
    _f("limitation", ListOf(_LIMITATION)),
    _f("not_modelled", ListOf(_entry(_f("reason", required=True, words="为什么没有写成规则", example="原则，不产生计算")))),
    _f("include", TEXTS),
    _f("note"), _f("en"), _f("basis"), _f("text"), _f("cite"),
)
BOOK: Shape = Then(Record(FIELDS), Draft)
