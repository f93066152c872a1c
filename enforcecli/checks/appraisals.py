"""Appraisals of a year against the measure's duties and the roster (二3, 四; docs/year-and-appraisal.md).

Fines must not be linked to anybody's appraisal (行政处罚法第七十四条): an indicator that does is refused, and
so is a word about it anywhere in the file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from enforcecli.checks.common import Found, nearest
from enforcecli.model.appraisal import Appraisal, Appraised, Assessment, Fulfilment
from enforcecli.model.chain import HEAD, STAFF
from enforcecli.model.problem import Path, Problem, problem
from enforcecli.model.roster import Roster
from enforcecli.model.rulebook import Rulebook
from enforcecli.rules.chain import duties_in, post_duties_in, served_in

_FINES = "罚款|罚单|罚没|没收款|没收的?违法所得|罚金|处罚金额|fines?\\b|forfeit"
_TARGET = "任务|指标|收入|增长|增收|创收|下达|返还|提成|分成|挂钩|排名|进度|得分|计分|加分|完成|score|target|quota|revenue"
_HONEST = re.compile("票据|收据|缴分离|缴库|上缴|国库|案卷|文书|程序|听证|审批")
_OF_FINES = re.compile(f"{_FINES.replace('fines?', 'fines')}|没收", re.IGNORECASE)
_LAWFUL = re.compile(f"{_HONEST.pattern}|裁量|适当|不当|合法|规范|管理|保管|处置|移交|公示|差错|错误|撤销|纠正|复议|败诉|投诉|"
                     "receipt|treasury|procedure|lawful|custody|record", re.IGNORECASE)
"""How fines are dealt with, or went wrong: that may be asked."""


_AIMED_AT = re.compile(f"(?:{_FINES})[^，。；、\\n]{{0,8}}?(?:{_TARGET})|(?:{_TARGET})[^，。；、\\n]{{0,6}}?(?:{_FINES})", re.IGNORECASE)


def tied_to_fines(text: str, *, name: bool = False) -> bool:
    """Whether the words make a target or a score of fines (罚款任务, 罚没收入增长, 完成罚款). 罚款票据使用率,
    罚缴分离执行率 are about lawful handling and are not meant. `name`: of an indicator, where fines alone are
    already one (罚款, 人均罚款); in running words 罚款数额裁量不当 is a fault like any other."""
    words = "".join(text.split()) if name and not text.isascii() else text  # 罚 款 is read as what it is
    if any(not _HONEST.search(words[m.start():m.end() + 4]) for m in _AIMED_AT.finditer(words)):
        return True
    return name and _OF_FINES.search(words) is not None and _LAWFUL.search(words) is None


def check_appraisal(appraisal: Appraisal, stem: str, roster: Roster | None, book: Rulebook | None) -> list[Problem]:
    """`stem`: the name of the file without its ending; `book`: the measure whose duties are assessed."""
    out: Found = []
    if str(appraisal.year) != stem:
        out.append(problem("A201", ("year",), year=appraisal.year, file=stem))
    for who, one in appraisal.people.items():
        _appraised(one, ("people", who), out)
        _codes(one, _of_person(roster, book, who, appraisal.year), book, ("people", who), who, out)
        if who in appraisal.exempt:
            out.append(problem("A209", ("exempt", who), on_key=True, person=who))
    for name, one in appraisal.units.items():
        _appraised(one, ("units", name), out)
        _codes(one, _of_unit(book), book, ("units", name), name, out)
    for who, reason in appraisal.exempt.items():
        if tied_to_fines(reason):
            out.append(problem("A210", ("exempt", who), words=reason))
    if roster is not None:
        _everybody(appraisal, roster, out)
        _every_duty(appraisal, roster, out)
    return out


def _of_person(roster: Roster | None, book: Rulebook | None, who: str, year: int) -> frozenset[str] | None:
    """The codes that may be assessed; None where that is not known."""
    if roster is None or book is None or who not in roster.people:
        return None
    return duties_in(roster, book, who, date(year, 1, 1), date(year, 12, 31))


def _of_unit(book: Rulebook | None) -> frozenset[str] | None:
    """A 站所 answers for what its head and its people have to do; leaders' duties are no unit's."""
    return frozenset(d.code for d in book.duties if d.role in (HEAD, STAFF)) if book is not None else None


def _entries(one: Appraised, where: Path) -> Iterator[tuple[str, Assessment, Path]]:
    for code, given in one.duties.items():
        yield code, given, (*where, "duties", code)
    for name, given in one.indicators.items():
        yield name, given, (*where, "indicators", name)


def _appraised(one: Appraised, where: Path, out: Found) -> None:
    for name, given, place in _entries(one, where):
        if tied_to_fines(name, name=True):
            out.append(problem("A210", place, on_key=True, words=name))
        for words in (given.remark, *(e.name for e in given.evidence), *(e.proves for e in given.evidence)):
            if words is not None and tied_to_fines(words):
                out.append(problem("A210", place, words=words))
        if not given.evidence:
            code = "A206" if given.result is Fulfilment.MET else "A205"
            out.append(problem(code, place, on_key=True, item=name, result=given.result.value))


def _codes(one: Appraised, allowed: frozenset[str] | None, book: Rulebook | None, where: Path, subject: str,
           out: Found) -> None:
    if book is None:
        return
    known = frozenset(d.code for d in book.duties)
    for code in one.duties:
        place = (*where, "duties", code)
        if code not in known:
            if not tied_to_fines(code, name=True):
                out.append(problem("A202", place, on_key=True, duty=code, title=book.title,
                                   suggestion=nearest(code, sorted(known))))
        elif allowed is not None and code not in allowed:
            kind = "A203" if where[0] == "people" else "A204"
            out.append(problem(kind, place, on_key=True, subject=subject, duty=code, allowed="、".join(sorted(allowed))))


def _everybody(appraisal: Appraisal, roster: Roster, out: Found) -> None:
    """Every person of the roster who served in the year is assessed, or exempt with a reason."""
    first, last = date(appraisal.year, 1, 1), date(appraisal.year, 12, 31)
    missing = [who for who, member in roster.people.items() if not member.is_unit and served_in(member, first, last)
               and who not in appraisal.people and who not in appraisal.exempt]
    if missing:
        out.append(problem("A207", ("people",), on_key=True, people="、".join(missing), count=len(missing)))


def _every_duty(appraisal: Appraisal, roster: Roster, out: Found) -> None:
    """The duties the roster gives to a person's post are all assessed."""
    first, last = date(appraisal.year, 1, 1), date(appraisal.year, 12, 31)
    for who, one in appraisal.people.items():
        missing = sorted(post_duties_in(roster, who, first, last) - one.duties.keys())
        if missing:
            out.append(problem("A208", ("people", who), on_key=True, person=who, duties="、".join(missing)))
