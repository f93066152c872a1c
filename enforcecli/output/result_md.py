"""A result as Markdown, for a pull request or a note. Data is escaped: it can neither draw a
table, nor link, nor load a picture."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import compress

from enforcecli.language import _
from enforcecli.model.case import Case, Finding
from enforcecli.model.result import CaseResult, FindingResult, MethodResult, PartResult, Undecided
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
)
from enforcecli.output.results import liable, money, money_matters
from enforcecli.output.shown import Checked, level_word, show_all
from enforcecli.output.width import flow

_MARKS = re.compile(r"([\\`*_{}\[\]()<>|~&])")
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_BULLET = re.compile(r"[#+=-]")
_NUMBER = re.compile(r"([0-9]+)([.)])(?=\s|$)")


def md(text: str) -> str:
    """Text that Markdown prints as it is, at the start of a line too."""
    escaped = _MARKS.sub(lambda m: _ENTITIES.get(m[1], "\\" + m[1]), flow(text))
    if _BULLET.match(escaped):
        return "\\" + escaped
    number = _NUMBER.match(escaped)
    return f"{number[1]}\\{escaped[number.start(2):]}" if number else escaped


def table(headers: Sequence[str], rows: Sequence[Sequence[str]],
          right: frozenset[int] = frozenset()) -> list[str]:
    """A pipe table of escaped cells."""
    from tabulate import tabulate

    align = ["right" if j in right else "left" for j in range(len(headers))]
    text = tabulate([[md(cell) for cell in row] for row in rows], [md(head) for head in headers],
                    tablefmt="pipe", disable_numparse=True, colalign=align if rows else None)
    return text.split("\n")


def render(result: CaseResult, book: Rulebook | None, *, explain: bool = False,
           case: Case | None = None, file: str | None = None) -> Iterator[str]:
    """The lines of one result; `case` gives the facts as stated, `file` the path as it can be opened."""
    yield f"## {md(result.case or result.file)}"
    yield ""
    yield _("文件：{file}").format(file=md(file or result.file))
    if result.rulebook:
        yield ""
        yield _("办法：{book}").format(book=md(book.title if book else result.rulebook))
    for name, text in ((_("结论"), result.conclusion), (_("注意"), result.unfit)):
        if text:
            yield from ("", f"**{name}**：{md(text)}")
    for number, finding in enumerate(result.findings, 1):
        yield from ("", f"### {_('过错 {number}').format(number=number)}", "")
        yield from _finding(finding, result.hidden, book, entry_of(case, number))
        if explain and finding.trace:
            yield from ("", f"**{_('推理全过程（过错 {number}）').format(number=number)}**", "")
            yield from (f"- {md(line)}" for line in finding.trace)
    if result.case_shares is not None and not result.hidden:
        yield from ("", f"### {_('全案比例（各项过错按全案占比合计）')}", "")
        rows = [list(row) for row in zip(result.case_shares, case_percents(result.case_shares), strict=True)]
        yield from table([_("人员"), _("内部比例")], rows, frozenset({1}))
        yield from ("", _("比例为{label}").format(label=label()))
    if paid := case_money(result):
        yield from ("", f"### {_('全案追偿（各项过错相加）')}", "")
        yield from table([_("人员"), _("追偿（元）")], [list(row) for row in paid], frozenset({1}))
    if (versions := result.versions) is not None:
        yield from ("", f"### {md(versions_title(versions))}", "")
        if versions.persons:
            yield from table(versions_headers(), versions_rows(result, versions))
            yield ""
        yield from (f"- {md(note)}" for note in versions_notes(result, versions))
    if result.leadership or result.vacant:
        yield from ("", f"### {_('领导责任（另行认定，不计入上述责任划分）')}", "")
    if result.leadership:
        rows = [[p.person, p.office, p.cite or ""] for p in result.leadership]
        yield from table([_("人员"), _("职责"), _("条款")], rows)
    if result.vacant:
        yield from ([""] if result.leadership else [])
        yield from (f"- {md(vacant_words(gap))}" for gap in result.vacant)


def problems_md(checked: Checked) -> Iterator[str]:
    """The problems of a file as a list, after its result or in its place."""
    items = show_all(checked.problems, checked.file)
    if not items:
        return
    yield from ("", f"### {_('问题')} {md(checked.file)}", "")
    for item in items:
        place = f"{item.span.line}:{item.span.column}"
        yield f"- {place} **{level_word(item.level)}** {item.code} {md(item.message)}"
        if item.remedy:
            yield f"  - {_('改法：')}{md(item.remedy)}"


def _finding(finding: FindingResult, hidden: bool, book: Rulebook | None,
             entry: Finding | None) -> Iterator[str]:
    yield f"- {_('情形：')}{md(faults_line(finding, book))}"
    if finding.cites:
        yield f"- {_('条款：')}{md('；'.join(finding.cites))}"
    rules = tuple(dict.fromkeys(rule for part in finding.parts for rule in part.rules))
    if rules:
        yield f"- {_('适用规则：')}{md(rules_word(rules, book))}"
    if finding.undecided is not None:
        yield from _undecided(finding.undecided, book)
    elif finding.outcome is not None and not liable(finding):
        yield f"- **{_('结果：{outcome}').format(outcome=outcome_word(finding.outcome))}**"
    if finding.persons:
        yield ""
        yield from _persons(finding, hidden, book)
    if finding.counted:
        yield from ("", f"**{_('计次')}**", "")
        yield from (f"- {md(person)}  {md(words)}" for person, words in counted_words(finding))
    if finding.parts:
        yield from ("", f"**{_('为什么')}**", "")
        for part in finding.parts:
            yield from _why(part, len(finding.parts) == 1, entry, book)


def _persons(finding: FindingResult, hidden: bool, book: Rulebook | None) -> Iterator[str]:
    shares, money_shown = shares_shown(finding, hidden), money_matters(finding)
    columns = (True, True, True, shares, money_shown, any(person.methods for person in finding.persons))
    headers = list(compress((_("人员"), _("角色"), _("责任"), _("内部比例"), _("追偿（元）"), _("处理方式")), columns))
    rows = [
        list(compress((
            person_word(p), "、".join(p.roles), "、".join((grades_word(p, finding.decided), *p.severity))
            + (" " + _("依 {book}").format(book=p.rulebook) if p.rulebook is not None else ""),
            share_word(p), money(p.recovery) or _("未算"),
            _("；").join(_method(m, book) for m in p.methods),
        ), columns))
        for p in finding.persons
    ]
    yield from table(headers, rows, frozenset(range(3, 3 + shares + money_shown)))
    notes = [_("比例为{label}").format(label=label())] if shares else []
    if words := [*notes, *sums(finding, shares)]:
        yield from ("", _("；").join(words))


def _method(method: MethodResult, book: Rulebook | None) -> str:
    words = method_line(method, book)
    if method.reason:
        words += _("：") + method.reason
    return words + (_("（救济：{remedy}）").format(remedy=method.remedy) if method.remedy else "")


def _why(part: PartResult, alone: bool, entry: Finding | None, book: Rulebook | None) -> Iterator[str]:
    words = [md(part_word(part, alone))]
    if part.rules:
        words.append(_("适用 ") + md(rules_word(part.rules, book)))
    if facts := facts_of(part, entry, book):
        words.append(_("事实：") + md(facts))
    if part.chosen:
        words.append(_("本案选定，理由：") + md(part.chosen))
    if part.undecided is not None:
        words.append(_("不能认定：") + md(f"{undecided_head(part.undecided)}；{part.undecided.question}"))
    yield "- " + "；".join(words)
    yield from (f"  - {_('条文：')}{md(text)}" for text in clause_texts(part, book))
    for beaten in part.beaten:
        yield "  - " + md(_("{rule} 让位于 {by}：{reason}").format(
            rule=rule_word(beaten.rule, book), by=beaten.by, reason=beaten.reason))
    for name, rules in acting(part):
        yield f"  - {name}{md(rules_word(rules, book))}"


def _undecided(why: Undecided, book: Rulebook | None) -> Iterator[str]:
    yield f"- **{_('【不能认定】')}{md(undecided_head(why))}**"
    for name, text in undecided_lines(why, book):
        yield f"  - {name}{md(text)}"
