"""What hangs on the rules: faults, methods, remedies, recovery, duties … and the whole book."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from enforcecli.model.rulebook import (
    Band,
    Duty,
    Effective,
    Fault,
    Guideline,
    Law,
    Limitation,
    Method,
    NotModelled,
    Objective,
    Power,
    Recovery,
    Remedy,
    RemedyFor,
    Rulebook,
    Scope,
    Step,
)
from enforcecli.model.rulebook import Text as Words
from enforcecli.reading.rulebook_facts import Terms
from enforcecli.reading.rulebook_rules import read_rules
from enforcecli.reading.rulebook_shape import Draft
from enforcecli.reading.rulebook_sheets import Sheets, guess

OTHER = "其他"
"""The method “等”: of another law, never in a book's own list."""


def build(sheets: Sheets, *, book_id: str, source: str, sha256: str) -> Rulebook:
    """The book as far as it goes: what is missing or wrong is reported, so that one run reports all;
    with an error among the problems nobody is given the book."""
    terms = Terms(sheets)
    rules = read_rules(sheets, terms)
    faults = _faults(sheets)
    methods = _methods(sheets)
    remedies = _remedies(sheets)
    return Rulebook(
        id=book_id, title=sheets.one("title") or "", issuer=sheets.one("issuer") or "",
        effective=_effective(sheets.one("effective")), measure=sheets.one("measure") or book_id,
        collect=sheets.one("combine") == "collect", remainder_to_unit=sheets.one("remainder_empty") == "unit",
        roles=terms.roles, degrees=terms.degrees, facts=terms.facts, parts=terms.parts,
        person_facts=terms.person_facts, rules=rules, faults=faults, methods=methods, remedies=remedies,
        later_lighter=sheets.one("later") is not None, source_name=sheets.one("source") or "", source=source,
        sha256=sha256,
        legal_basis=tuple(Law(d.get("name"), d.get("now"), d.get("note")) for d in sheets.rows("legal_basis")),
        remedy_for=tuple(_remedy_for(d, methods, remedies) for d in sheets.rows("remedy_for")),
        recovery=_recovery(sheets.one("recovery"), terms),
        guideline=tuple(_guideline(d, terms, methods) for d in sheets.rows("guideline")),
        scope=tuple(Scope(d.items("kind"), d.get("reason"), d.words()) for d in sheets.rows("scope")),
        duties=_duties(sheets),
        objectives=_objectives(sheets),
        procedure=tuple(Step(d.get("step"), d.get("limit"), d.words()) for d in sheets.rows("procedure")),
        limitation=tuple(_limitation(d, terms) for d in sheets.rows("limitation")),
        not_modelled=tuple(NotModelled(d.get("cite") or "", d.get("reason"), d.get("text"))
                           for d in sheets.rows("not_modelled")))


def _coded(sheets: Sheets, key: str) -> dict[str, Draft]:
    """Entries by code, in the book's order; doubled codes are problems, the first stands."""
    found: dict[str, Draft] = {}
    for draft in sheets.rows(key):
        code = draft.get("code")
        if code in found:
            draft.report("B111", "code", written=code, kind=key)
        else:
            found[code] = draft
    return found


def _faults(sheets: Sheets) -> dict[str, Fault]:
    drafts = _coded(sheets, "faults")
    options: set[str] = set()
    faults = {}
    for code, draft in drafts.items():
        given = draft.get("options") or {}
        for option in given:
            if option in drafts or option in options or not option.startswith(code) or option == code:
                draft.report("B124", "options", option, on_key=True, written=option, item=code)
            options.add(option)
        if not draft.wrote("name"):
            draft.report("B133", "code", item=code, missing="name")
        faults[code] = Fault(code, draft.get("cite") or "", draft.get("name") or "", draft.items("needs"),
                             given, draft.words())
    return faults


def _methods(sheets: Sheets) -> dict[str, Method]:
    drafts = _coded(sheets, "methods")
    if OTHER in drafts:
        drafts[OTHER].report("B125", "code", written=OTHER)
    return {code: _method(code, draft) for code, draft in drafts.items()}


def _method(code: str, draft: Draft) -> Method:
    organ, effect = draft.get("organ"), draft.get("effect")
    by_organ, by_effect = isinstance(organ, dict), isinstance(effect, dict)
    return Method(
        code=code, cite=draft.get("cite") or "", name=draft.get("name"),
        targets=frozenset(draft.items("target") or ("person",)), own_fault=bool(draft.get("own_fault")),
        power={kind: Power(word) for kind, word in (draft.get("power") or {}).items()},
        organ="本机关" if by_organ or organ is None else organ, organs=organ if by_organ else {},
        needs=draft.items("needs"), effect=None if by_effect else effect, words=draft.words(),
        effects=effect if by_effect else {})


def _remedies(sheets: Sheets) -> dict[str, Remedy]:
    found = {}
    for name, draft in sheets.table("remedies").items():
        if not draft.wrote("text"):
            sheets.report("B133", "remedies", name, on_key=True, item=name, missing="text")
        found[name] = Remedy(name, draft.get("text") or "", draft.get("organ"), draft.get("days"), draft.get("basis"))
    return found


def _remedy_for(draft: Draft, methods: dict[str, Method], remedies: dict[str, Remedy]) -> RemedyFor:
    _known(draft, "methods", methods)
    remedy = draft.get("remedy")
    if remedy not in remedies:
        draft.report("B126", "remedy", written=remedy, **guess(remedy, remedies))
    return RemedyFor(remedy, draft.items("methods"), draft.items("decider"), draft.items("personnel"))


def _known(draft: Draft, key: str, names: dict[str, Any]) -> None:
    for i, name in enumerate(draft.items(key)):
        if name not in names:
            draft.report("B126", key, i, written=name, **guess(name, names))


def _recovery(draft: Draft | None, terms: Terms) -> Recovery | None:
    if draft is None:
        return None
    gate = draft.get("gate")
    return Recovery(
        terms.conditions(gate, "where", terms.person_values), tuple(_band(b, terms) for b in draft.items("bands")),
        draft.words(), gate.words() if gate is not None else Words())


def _band(draft: Draft, terms: Terms) -> Band:
    """A single number stands for both ends of the band."""
    ratio: Sequence[Any] = draft.items("ratio")
    if len(ratio) not in (1, 2) or ratio[0] > ratio[-1] or ratio[-1] > 1:
        draft.report("B121", "ratio", degree="bands", written="、".join(map(str, ratio)), low="0", high="1")
        ratio = (0, 1)
    floor, cap = draft.get("floor"), draft.get("cap")
    if floor is not None and cap is not None and floor > cap:
        draft.report("B121", "floor", degree="bands", written=floor, low="0", high=cap)
    return Band(terms.conditions(draft, "where", terms.person_values), ratio[0], ratio[-1], floor, cap, draft.words())


def _guideline(draft: Draft, terms: Terms, methods: dict[str, Method]) -> Guideline:
    for i, degree in enumerate(draft.items("degree")):
        if degree not in terms.degrees:
            draft.report("B113", "degree", i, written=degree, **guess(degree, terms.degrees))
    _known(draft, "methods", methods)
    return Guideline(draft.items("gravity"), draft.items("degree"), draft.items("severity"),
                     draft.items("methods"), draft.words())


def _duties(sheets: Sheets) -> tuple[Duty, ...]:
    """A duty of several offices is one duty for each of them, under one code."""
    return tuple(Duty(code, role, draft.words())
                 for code, draft in _coded(sheets, "duties").items() for role in draft.items("role"))


def _objectives(sheets: Sheets) -> tuple[Objective, ...]:
    return tuple(Objective(code, draft.words()) for code, draft in _coded(sheets, "objectives").items())


def _limitation(draft: Draft, terms: Terms) -> Limitation:
    """`except` may read facts of the person (故意) or of the finding."""
    values = {**terms.finding_values, **terms.person_values}
    return Limitation(draft.get("years"), draft.get("from") or "act",
                      terms.conditions(draft.get("except"), "where", values), draft.words())


def _effective(draft: Draft | None) -> Effective:
    """A year alone starts on 1 January and is vague all through that year; `to` is exclusive."""
    if draft is None:
        return Effective(date.min)
    start, vague = draft.get("from")
    end = draft.get("to")[0] if draft.get("to") is not None else None
    if end is not None and end <= start:
        draft.report("B129", "to", start=start.isoformat(), end=end.isoformat())
    return Effective(start, end, start.replace(year=start.year + 1) if vague else None, draft.get("note"))
