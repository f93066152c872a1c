"""A case file: nodes → Case (docs/case-format.md)."""

from __future__ import annotations

import unicodedata
from datetime import date
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from enforcecli.model.case import Act, Case, Finding, Procedure
from enforcecli.model.problem import Problem
from enforcecli.model.roster import Office, Roster
from enforcecli.model.rulebook import Rulebook
from enforcecli.reading.case_shape import ACT, ENTRY, WHOLE, Draft, case_shape
from enforcecli.reading.finding_shape import BLOCKED, finding_shape, method_code
from enforcecli.reading.people import CaseReading, note_people
from enforcecli.reading.reader import compiled
from enforcecli.reading.report import Node, Read
from enforcecli.reading.scalars import CASE_NUMBER
from enforcecli.reading.shape import Attempt, ListOf, MapOf, Record, Then
from enforcecli.text import fields
from enforcecli.text.nodes import MappingNode, ScalarNode

if TYPE_CHECKING:
    from enforcecli.text.document import Document

_STDIN = frozenset({"", "-", "<stdin>"})


def _note_act(act: Act, node: Node, reading: CaseReading) -> Act:
    reading.day = act.reference_day
    return act


def _check_number(number: str, node: Node, reading: CaseReading) -> str:
    """The file stem is the case number: what git, seals and papers call the case."""
    file = reading.document.file
    name = file[file.rfind("/") + 1:]
    if name not in (f"{number}.yaml", f"{number}.yml") and file not in _STDIN:
        stem = PurePath(unicodedata.normalize("NFC", file.replace("\\", "/"))).stem
        if stem != number:
            reading.report(node, "K301", number=number, stem=stem)
    return number


def _each(found: tuple[Any, ...], node: Node, reading: CaseReading) -> tuple[Finding, ...]:
    """An entry that could not be read at all stays in its place, blocked."""
    return tuple(value if value is not None else Finding((), blocked=errors)
                 for value, errors in found if value is not None or errors)


def shape_of(book: Rulebook | None) -> Record:
    """The shape of a case under this book."""
    return case_shape(Attempt(finding_shape(book)), method_code(book), Draft, act=Then(ACT, _note_act),
                      number=Then(CASE_NUMBER, _check_number),
                      people=Then(MapOf(Attempt(ENTRY)), note_people),
                      findings=lambda items: Then(ListOf(items), _each))


_SHAPES: dict[int, tuple[Rulebook | None, Record, Read]] = {}
"""By the identity of the book, which is kept beside so that its id stays its own."""


def shape_and_reader(book: Rulebook | None) -> tuple[Record, Read]:
    """The shape of a case under the book and its compiled reader; made once per book."""
    known = _SHAPES.get(id(book))
    if known is None:
        if len(_SHAPES) > 32:  # a repository has few books; tests make many
            _SHAPES.clear()
        shape = shape_of(book)
        known = _SHAPES[id(book)] = (book, shape, compiled(shape))
    return known[1], known[2]




def read_case(document: Document, *, book: Rulebook | None, roster: Roster | None, office: Office | None,
              sha256: str) -> tuple[Case, tuple[Problem, ...]]:
    """The case and what is wrong with its keys, types and persons. Never raises on what an author
    can write; what could not be read is absent from the case and reported."""
    reading = CaseReading(document, roster)
    draft = shape_and_reader(book)[1](document.root, reading) if document.root is not None else None
    reading.noted.pop(BLOCKED, None)
    whole = tuple(reading.noted.get(WHOLE, ()))
    problems = tuple(reading.problems)
    if draft is None:
        return Case(document.file, sha256, wholly_blocked=(*whole, *reading.errors(0))), problems
    d: Draft = draft
    return Case(document.file, sha256, d.number, d.title, d.measure, d.stage, d.clue, d.act, d.people or {},
                d.findings, d.compensation, d.dispositions or {}, d.referrals, d.procedure or Procedure(),
                d.performance or {}, d.appeals, d.appraisal_year, d.correction, d.conclusion, d.closing,
                d.original_procedure or {}, d.prior, reading.ids, whole), problems


_PEEKED = {"适用办法": "measure", "measure": "measure", "办法": "measure", "rulebook": "measure",
           "行为": "act", "act": "act", "执法行为": "act"}
_DAYS = {"日期": 0, "date": 0, "作出日期": 0, "止": 1, "to": 1, "至": 1, "结束": 1, "end": 1}
_PERIOD = frozenset({"期间", "period"})


def peek(document: Document) -> tuple[str | None, date | None]:
    """The measure as written and the day that picks its version, without reading the case."""
    measure: str | None = None
    day: date | None = None
    for k, v in _pairs(document.root):
        what = _PEEKED.get(k)
        if what == "act":
            day = _reference_day(v)
        elif what is not None and v.__class__ is ScalarNode and v.value.strip():
            measure = measure or v.value.strip()
    return measure, day


def _pairs(node: Node) -> list[tuple[str, Node]]:
    if node.__class__ is not MappingNode:
        return []
    return [(k.value, v) for k, v in node.value if k.__class__ is ScalarNode]


def _reference_day(act: Node) -> date | None:
    """The end of an omission, else the day of the act."""
    found: dict[int, date] = {}
    inside = [p for k, v in _pairs(act) if k in _PERIOD for p in _pairs(v)]
    for k, v in (*_pairs(act), *inside):
        place = _DAYS.get(k)
        if place is not None and v.__class__ is ScalarNode:
            value = fields.date(v.value)
            if isinstance(value, date):
                found.setdefault(place, value)
    return found.get(1, found.get(0))
