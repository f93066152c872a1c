"""The fault catalogue: whether the facts of the case carry the item it is put under.

The program knows no measure by heart: what an item asks for is read from its `needs`, its options
and its own words. A warning until 调查, an error from 告知 on; nothing here blocks the shares.
"""

from __future__ import annotations

import re
from datetime import date

from msgspec import Struct

from enforcecli.checks.common import NOTICE, Found, Once, View, is_at_fault, nearest
from enforcecli.checks.stages import LIFTED
from enforcecli.model.case import Act, Clue, Finding
from enforcecli.model.problem import Path, problem
from enforcecli.model.rulebook import Fault, Rulebook

EXTENDED = "扩展适用"
NO_REFERRAL = "不移送理由"
COURT = "法院裁判"
_FINAL = frozenset({"终审", "二审", "再审"})
_FIRST = frozenset({"一审", "初审"})
_COURT_RESULTS = ("部分撤销", "确认违法", "确认无效", "责令履行", "责令重作", "责令赔偿", "不准予强制执行",
                  "维持", "调解和解", "自行撤销", "撤销", "变更", "其他")
_NO_FAULT = frozenset({"不予立案", "不适用", "撤销案件"})
"""Conclusions by which the case says itself that no item is met."""
_CRIMES = ("侵吞", "贪污", "受贿", "索贿", "徇私枉法", "徇私舞弊")


class Item(Struct, frozen=True):
    """What the words of an item say it covers."""

    fault: Fault
    by_court: bool  # an act overturned by a court
    by_organ: bool  # … by a superior organ or on reconsideration
    final: bool  # only by a judgment in last instance
    results: frozenset[str]  # the results it names
    measure_only: bool  # coercive measures, not coercive execution
    crime: bool  # a crime of office may lie behind it
    power: bool  # acting without the power to act


class Catalogue(Struct, frozen=True):
    items: dict[str, Item]  # by code, options included
    own_acts: str  # the items that describe conduct, as codes to offer
    power: str | None  # the item for acting without power
    laws: frozenset[str]
    law_names: tuple[str, ...]


def _item(fault: Fault) -> Item:
    words = fault.name + (fault.words.text or "")
    overturned = "撤销" in words
    by_court = overturned and "法院" in words
    return Item(
        fault=fault,
        by_court=by_court,
        by_organ=overturned and not by_court and ("复议" in words or "上级" in words),
        final=by_court and "终审" in words,
        results=frozenset(_named_results(words)) if overturned else frozenset(),
        measure_only="强制措施" in words and "强制执行" not in words,
        crime=NO_REFERRAL in fault.needs or any(crime in words for crime in _CRIMES),
        power="权限" in words and "超越职权" not in words,
    )


def _named_results(words: str) -> set[str]:
    """The results of a review that the item names; one that names 撤销 covers 部分撤销."""
    named = {result for result in _COURT_RESULTS if result in words}
    if "撤销" in named:
        named.add("部分撤销")
    return named


def _catalogue(book: Rulebook) -> Catalogue:
    items: dict[str, Item] = {}
    for code, fault in book.faults.items():
        item = _item(fault)
        items[code] = item
        for option in fault.options:
            items[option] = item
    conduct = [c for c, f in book.faults.items() if not (items[c].by_court or items[c].by_organ)]
    names = [n for law in book.legal_basis for n in (law.name, law.now) if n]
    return Catalogue(
        items=items,
        own_acts="、".join(conduct),
        power=next((c for c in conduct if items[c].power), None),
        laws=frozenset(names) | {_law(n) for n in names},
        law_names=tuple(names),
    )


_ARTICLE = re.compile(r"第[零〇一二三四五六七八九十百千0-9]{1,9}[条章].{0,80}", re.DOTALL)


def _law(name: str) -> str:
    """The bare name of a law: without book marks, article and 中华人民共和国."""
    start, end = name.find("《"), name.find("》")
    if -1 < start < end:
        name = name[start + 1:end]
    return _ARTICLE.sub("", name, count=1).strip().removeprefix("中华人民共和国")


catalogue = Once(_catalogue)


def check(view: View, out: Found) -> None:
    book, case = view.book, view.case
    if book is None or (case.conclusion is not None and case.conclusion.kind in _NO_FAULT):
        return
    known = catalogue(book)
    act = case.act
    for i, finding in enumerate(case.findings):
        for k, code in enumerate(finding.faults):
            item = known.items.get(code)
            where: Path = ("findings", i, "faults", k)
            if item is None:
                continue  # reported where 情形 is read
            fault = item.fault
            if fault.options and code == fault.code and view.stage >= NOTICE:
                out.append(problem("F102", where, cite=fault.cite, item=code,
                                   options="；".join(f"{c} {w}" for c, w in fault.options.items())))
            if fault.needs:
                _needs(view, i, finding, fault, where, out)
            if item.results:
                _overturned(view, finding, item, known, where, out)
            if item.measure_only and act is not None and act.kind == "行政强制执行":
                out.append(problem("F401", where, level=view.grown, cite=fault.cite, item=code,
                                   others=known.own_acts))
            if item.crime and not case.referrals and not finding.needs.get(NO_REFERRAL, "").strip():
                out.append(problem("F402", where, cite=fault.cite, item=code))
        if act is not None and act.power == "无":
            _power(view, i, finding, known, out)
    if act is not None:
        _in_force(book, act, out)
        if act.basis and known.laws:
            _basis(act, known, out)


def _needs(view: View, i: int, finding: Finding, fault: Fault, where: Path, out: Found) -> None:
    """The result clause, the purpose, the provision breached: what the item's own words ask for."""
    for need in fault.needs:
        if need == "后果":
            _result_clause(view, i, finding, fault, where, out)
        elif need == NO_REFERRAL or _stated(view, finding, need):
            continue
        else:
            out.append(problem(_NEEDS.get(need, "F205"), where, level=view.grown, cite=fault.cite,
                               item=fault.code, need=need))


_NEEDS = {"目的": "F202", "违反规定": "F203", "文书": "F204"}


def _stated(view: View, finding: Finding, need: str) -> bool:
    if finding.needs.get(need, "").strip():
        return True
    match need:
        case "文书":
            return view.case.clue is not None and bool(view.case.clue.document)
        case "事实":
            return bool(finding.text)
        case "证据":
            return bool(finding.evidence)
        case "原因":
            return bool(finding.cause)
        case "性质":
            return bool(finding.nature)
        case _:
            return need in finding.facts


def _result_clause(view: View, i: int, finding: Finding, fault: Fault, where: Path, out: Found) -> None:
    stated = finding.consequence
    if stated is None or not (stated.gravity or stated.words):
        out.append(problem("F201", where, level=view.grown, cite=fault.cite, item=fault.code))
    elif stated.gravity == "无":
        out.append(problem("F206", ("findings", i, "consequence", "gravity"), level=view.grown,
                           cite=fault.cite, item=fault.code))


def _overturned(view: View, finding: Finding, item: Item, known: Catalogue, where: Path,
                out: Found) -> None:
    """Items that rest on a paper of a court or a superior organ: does the paper carry them?"""
    clue, grown, fault = view.case.clue, view.grown, item.fault
    concluded = view.case.conclusion
    if (concluded is None or concluded.kind not in LIFTED) \
            and not any(is_at_fault(one) for one in finding.involved):
        out.append(problem("F305", where, level=grown, cite=fault.cite, item=fault.code))
    if clue is None:
        return
    _not_yet_effective(view, clue, item, where, out)
    if finding.needs.get(EXTENDED, "").strip():
        return
    if clue.result is not None and clue.result not in item.results:
        out.append(problem("F301", ("clue", "result"), level=grown, cite=fault.cite, item=fault.code,
                           result=clue.result, named="、".join(sorted(item.results)),
                           others=known.own_acts))
    if clue.source is None:
        return
    if (item.by_court and clue.source != COURT) or (item.by_organ and clue.source == COURT):
        out.append(problem("F302", where, level=grown, cite=fault.cite, item=fault.code,
                           source=clue.source))
    elif item.final and clue.instance is not None and clue.instance not in _FINAL:
        code = "F303" if clue.instance in _FIRST else "F307"
        out.append(problem(code, ("clue", "instance"), level=grown, cite=fault.cite, item=fault.code,
                           instance=clue.instance, others=known.own_acts))
    elif item.final and clue.instance is None:
        out.append(problem("F306", ("clue",), cite=fault.cite, item=fault.code))


def _not_yet_effective(view: View, clue: Clue, item: Item, where: Path, out: Found) -> None:
    """Never on a paper not yet effective, with or without a stated extension."""
    if clue.effective_day is None:
        return
    latest = _latest_day(view)
    if latest is not None and clue.effective_day > latest:
        out.append(problem("F304", ("clue", "effective_day"), level=view.grown, cite=item.fault.cite,
                           item=item.fault.code, effective=clue.effective_day, day=latest))


def _latest_day(view: View) -> date | None:
    """The last day on which the office relied on the paper: decision, else notice, else filing."""
    p = view.case.procedure
    for step in (p.decision, p.notice, p.filing):
        if step is not None and step.day is not None:
            return step.day
    return None


def _power(view: View, i: int, finding: Finding, known: Catalogue, out: Found) -> None:
    """An act without any power to act is the item for breach of power, whatever else it is."""
    if known.power is None or finding.needs.get(EXTENDED, "").strip():
        return
    if not any(c == known.power or known.items[c].power for c in finding.faults if c in known.items):
        out.append(problem("F403", ("findings", i, "faults"), item=known.power,
                           cite=known.items[known.power].fault.cite))


def _in_force(book: Rulebook, act: Act, out: Found) -> None:
    day, effective = act.reference_day, book.effective
    if day is None:
        return
    where: Path = ("act", "until" if act.until is not None else "day")
    if not effective.covers(day):
        out.append(problem("F501", where, day=day, title=book.title, start=effective.start))
    elif effective.vague_until is not None and day < effective.vague_until:
        out.append(problem("F502", where, day=day, title=book.title, year=effective.start.year))


def _basis(act: Act, known: Catalogue, out: Found) -> None:
    for k, name in enumerate(act.basis):
        if name not in known.laws and _law(name) not in known.laws:
            out.append(problem("F503", ("act", "basis", k), law=name,
                               suggestion=nearest(name, known.law_names)))


