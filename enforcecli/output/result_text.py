"""A result for the officer at the terminal: first the result, then why; 80 columns."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import compress

from enforcecli.language import _
from enforcecli.model.case import Case, Finding
from enforcecli.model.result import (
    Can,
    CaseResult,
    FindingResult,
    PartResult,
    PersonResult,
    Undecided,
    Versions,
)
from enforcecli.model.rulebook import Rulebook
from enforcecli.output.result_more import (
    counted_words,
    versions_headers,
    versions_notes,
    versions_rows,
    versions_title,
)
from enforcecli.output.result_words import (
    acting,
    can_word,
    case_money,
    case_percents,
    clause_texts,
    entry_of,
    facts_of,
    faults_line,
    grades_word,
    label,
    method_line,
    outcome_word,
    part_word,
    person_word,
    rule_word,
    rules_word,
    share_word,
    shares_shown,
    sums,
    undecided_head,
    undecided_lines,
    vacant_words,
    why_word,
)
from enforcecli.output.results import liable, money, money_matters
from enforcecli.output.style import Style
from enforcecli.output.tables import table
from enforcecli.output.width import flow, hang, printable


def render(result: CaseResult, book: Rulebook | None, style: Style, *,
           explain: bool = False, case: Case | None = None, file: str | None = None) -> Iterator[str]:
    """The lines of one result. `book` gives clauses and names; without it the codes stand alone.
    `case` gives the facts as stated, `file` the path as the reader can open it."""
    title = "  ".join(printable(text) for text in (result.case, file or result.file) if text)
    yield style.paint(title, "strong")
    if result.rulebook:
        yield from hang(_("办法："), printable(book.title if book else result.rulebook))
    if result.conclusion:
        yield from hang(_("结论："), flow(result.conclusion))
    if result.unfit:
        yield from _loud(_("【注意】"), flow(result.unfit), style)
    if not result.findings:
        yield _("没有写明过错事实，没有责任可以测算")
    for number, finding in enumerate(result.findings, 1):
        yield ""
        yield from _finding(finding, number, result, book, style)
        yield from _reasons(finding, entry_of(case, number), book)
    if result.case_shares is not None and not result.hidden:
        yield ""
        yield from _case_shares(result)
    yield from _case_money(result)
    if result.versions is not None:
        yield from _versions(result, result.versions)
    if result.leadership or result.vacant:
        yield ""
        yield from _leadership(result)
    if explain:
        yield from _trace(result)
        if result.versions is not None:
            for one in (result.versions.older, result.versions.later):
                if one.rulebook != result.rulebook:
                    yield from _trace(one, one.rulebook)


def _finding(finding: FindingResult, number: int, result: CaseResult, book: Rulebook | None,
             style: Style) -> Iterator[str]:
    yield style.paint(_("过错 {number}").format(number=number), "strong")
    yield from hang(_("情形："), flow(faults_line(finding, book)), "  ")
    if finding.cites:
        yield from hang(_("条款："), flow("；".join(finding.cites)), "  ")
    if finding.undecided is not None:
        yield from _undecided(finding.undecided, book, style)
    elif finding.outcome is not None and not liable(finding):
        yield style.paint("  " + _("结果：{outcome}").format(outcome=outcome_word(finding.outcome)), "strong")
    rules = tuple(dict.fromkeys(rule for part in finding.parts for rule in part.rules))
    if rules:
        yield from hang(_("适用规则："), printable(rules_word(rules, book)), "  ")
    if finding.persons:
        yield ""
        yield from _persons(finding, result.hidden)
    yield from _methods(finding, book)
    if finding.counted:
        yield ""
        yield "  " + _("计次")
        for person, words in counted_words(finding):
            yield from hang(flow(person) + "  ", flow(words), "    ")


def _reasons(finding: FindingResult, entry: Finding | None, book: Rulebook | None) -> Iterator[str]:
    if any(part.rules or part.beaten or _open(part, finding) for part in finding.parts):
        yield ""
        yield "  " + _("为什么")
        for part in finding.parts:
            yield from _why(part, finding, entry, book)


def _persons(finding: FindingResult, hidden: bool) -> Iterator[str]:
    shares, money_shown = shares_shown(finding, hidden), money_matters(finding)
    methods = any(person.methods for person in finding.persons)
    columns = (True, True, True, shares, money_shown, methods)
    headers = list(compress((_("人员"), _("角色"), _("责任"), _("内部比例"), _("追偿（元）"), _("处理方式")), columns))
    rows = [list(compress(_row(person, finding.decided), columns)) for person in finding.persons]
    numbers = frozenset(range(3, 3 + shares + money_shown))
    yield from table(headers, rows, right=numbers, whole=numbers, indent="  ")
    if shares:
        yield from hang("", _("比例为{label}").format(label=label()), "  ")
    if words := sums(finding, shares):
        yield from hang(_("合计："), _("；").join(words), "  ")


def _row(person: PersonResult, decided: bool) -> list[str]:
    grades = [flow(grades_word(person, decided)), *map(flow, person.severity)]
    if person.rulebook is not None:
        grades.append(_("依 {book}").format(book=flow(person.rulebook)))
    return [
        flow(person_word(person)), flow("、".join(person.roles)), "\n".join(grades),
        share_word(person), money(person.recovery) or _("未算"), _methods_cell(person),
    ]


def _methods_cell(person: PersonResult) -> str:
    lines = []
    for can in Can:
        codes = [flow(m.name or m.method) for m in person.methods if m.can is can]
        if codes:
            lines.append(f"{can_word(can)} {'、'.join(codes)}")
    return "\n".join(lines)


def _methods(finding: FindingResult, book: Rulebook | None) -> Iterator[str]:
    persons = [person for person in finding.persons if person.methods]
    if not persons:
        return
    yield ""
    yield "  " + _("处理方式")
    for person in persons:
        yield "    " + flow(person_word(person))
        for can in Can:
            for method in person.methods:
                if method.can is can:
                    line = flow(method_line(method, book))
                    yield from hang(line + (_("：") if method.reason else ""), flow(method.reason), "      ")
                    if method.remedy:
                        yield from hang(_("救济："), flow(method.remedy), "        ")


def _why(part: PartResult, finding: FindingResult, entry: Finding | None,
         book: Rulebook | None) -> Iterator[str]:
    yield "    " + flow(part_word(part, len(finding.parts) == 1))
    if part.not_pursued:
        words = _("{rules}：此种情形不予追究").format(rules=rules_word(part.rules, book))
        yield from hang(_("适用 "), flow(words), "      ")
    elif part.rules:
        yield from hang(_("适用 "), flow(rules_word(part.rules, book)), "      ")
    facts = facts_of(part, entry, book)
    if facts:
        yield from hang(_("事实："), flow(facts), "      ")
    for text in clause_texts(part, book):
        yield from hang(_("条文："), flow(text), "      ")
    if part.chosen:
        yield from hang(_("本案选定，理由："), flow(part.chosen), "      ")
    for beaten in part.beaten:
        words = _("{rule} 让位于 {by}：{reason}").format(
            rule=rule_word(beaten.rule, book), by=beaten.by, reason=beaten.reason)
        yield from hang("", flow(words), "      ")
    for name, rules in acting(part):
        yield from hang(name, flow(rules_word(rules, book)), "      ")
    if part.undecided is not None and _open(part, finding):
        yield from hang(_("不能认定："), why_word(part.undecided.kind), "      ")
        for name, words in undecided_lines(part.undecided, book):
            yield from hang(name, flow(words), "        ")


def _open(part: PartResult, finding: FindingResult) -> bool:
    """Whether the part has a question of its own, besides the one shown above."""
    own, shown = part.undecided, finding.undecided
    return own is not None and (shown is None or (own.kind, own.part) != (shown.kind, shown.part))


def _undecided(why: Undecided, book: Rulebook | None, style: Style) -> Iterator[str]:
    yield from _loud(_("【不能认定】"), flow(undecided_head(why)), style, "  ")
    for name, text in undecided_lines(why, book):
        yield from hang(name, flow(text), "    ")


def _loud(head: str, text: str, style: Style, indent: str = "") -> Iterator[str]:
    lines = hang(head, text, indent)
    yield from (style.paint(line, "warning") for line in lines)


def _case_shares(result: CaseResult) -> Iterator[str]:
    yield _("全案比例（各项过错按全案占比合计）")
    shares = result.case_shares or {}
    rows = [[flow(person), words] for person, words in zip(shares, case_percents(shares), strict=True)]
    yield from table([_("人员"), _("内部比例")], rows, right=frozenset({1}), indent="  ")
    yield from hang("", _("比例为{label}").format(label=label()), "  ")


def _case_money(result: CaseResult) -> Iterator[str]:
    if rows := [[flow(person), words] for person, words in case_money(result)]:
        yield ""
        yield _("全案追偿（各项过错相加）")
        yield from table([_("人员"), _("追偿（元）")], rows, right=frozenset({1}), indent="  ")


def _versions(result: CaseResult, versions: Versions) -> Iterator[str]:
    yield ""
    yield from hang("", flow(versions_title(versions)))
    if versions.persons:
        yield from table(versions_headers(), [list(map(flow, row)) for row in versions_rows(result, versions)], indent="  ")
    for note in versions_notes(result, versions):
        yield from hang("", flow(note), "  ")


def _leadership(result: CaseResult) -> Iterator[str]:
    yield _("领导责任（另行认定，不计入上述责任划分）")
    rows = [[flow(p.person), flow(p.office), flow(p.cite or "")] for p in result.leadership]
    if rows:
        yield from table([_("人员"), _("职责"), _("条款")], rows, indent="  ")
    for gap in result.vacant:
        yield from hang("", flow(vacant_words(gap)), "  ")


def _trace(result: CaseResult, book: str | None = None) -> Iterator[str]:
    """`book`: the version, where the reasoning is not that of the result itself."""
    for number, finding in enumerate(result.findings, 1):
        if finding.trace:
            yield ""
            words = _("推理全过程（过错 {number}）") if book is None else _("推理全过程（过错 {number}，依 {book}）")
            yield words.format(number=number, book=flow(book or ""))
            for line in finding.trace:
                depth = len(line) - len(line.lstrip(" "))
                yield from hang("- " if not depth else "", flow(line), "  " + " " * depth)
