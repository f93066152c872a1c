"""Two books set against each other, for the terminal, as Markdown and as JSON."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from msgspec import Struct

from enforcecli.language import _, counted
from enforcecli.model.result import CaseResult, FindingResult
from enforcecli.model.rulebook import Rulebook
from enforcecli.output.book_diff_words import answer_words, entry_words, table_word
from enforcecli.output.result_more import line_words
from enforcecli.output.result_words import outcome_word, person_word, undecided_head
from enforcecli.output.results import liable, money, version_data
from enforcecli.output.style import Style
from enforcecli.output.tables import table
from enforcecli.output.width import flow, hang, width
from enforcecli.proof.compare import CaseCompared, Change, Compared, Said, situation_words
from enforcecli.proof.entries import Entry
from enforcecli.proof.situations import How

FORMAT = "enforce-rulebook-diff/1"
NAMED = 20
"""Cases named that could not be compared; the JSON has them all."""


class BookDiff(Struct, frozen=True):
    """All there is to print."""

    first: Rulebook
    second: Rulebook
    situations: Compared
    entries: tuple[Entry, ...]
    cases: tuple[CaseCompared, ...]

    @property
    def changed(self) -> list[CaseCompared]:
        return [case for case in self.cases if case.changed]

    @property
    def barred(self) -> list[CaseCompared]:
        return [case for case in self.cases if case.barred]

    @property
    def unread(self) -> list[CaseCompared]:
        return [case for case in self.cases if case.before is None]


# words for the terminal and Markdown

def situations_line(diff: BookDiff) -> str:
    known = diff.situations
    text = {
        How.ALL: _("两册合计 {total} 种情形，逐一比较：结论不同的 {changed} 种，相同的 {same} 种"),
        How.FACTORED: _("两册合计 {total} 种情形，不可能不同的归在一起比较，下面的条件只举其中一种："
                        "结论不同的 {changed} 种，相同的 {same} 种"),
        How.SAMPLED: _("两册合计至多 {total} 种情形，均匀抽取比较，不能说已经全部比较："
                       "结论不同的 {changed} 种，相同的 {same} 种"),
    }[known.how]
    return text.format(total=known.total, changed=known.changed, same=known.same)


def said_words(said: Said) -> str:
    return f"{answer_words(said)}  {'、'.join(said.rules)}".rstrip()


def cases_line(diff: BookDiff) -> str:
    if not diff.cases:
        return _("没有找到案件")
    read, changed, barred = len(diff.cases) - len(diff.unread), len(diff.changed), len(diff.barred)
    text = _("按两册各测算 {count} 件：结果不同的 {changed} 件，相同的 {same} 件").format(
        count=read, changed=changed, same=read - changed - barred)
    if barred:
        text += _("；另有 {count} 件按哪一册都因填写有误而不能测算，没有比较").format(count=barred)
    return text


def barred_words(diff: BookDiff) -> str:
    """Which cases could not be compared, and why that may be."""
    names = [case.before.case or case.file for case in diff.barred if case.before is not None]
    return _("没有比较的：{cases}。案件所写的情形、角色不是这两册办法的，或者案件本身有错误").format(
        cases=_("、").join(names[:NAMED]) + (" …" if len(names) > NAMED else ""))


def finding_rows(before: CaseResult, after: CaseResult, index: int) -> list[list[str]]:
    """One row for each person of a finding, and one for what the organ keeps, before and after."""
    one, other = before.findings[index], after.findings[index]
    if not one.persons and not other.persons:
        return [[_("结论"), _outcome(one), _outcome(other)]]
    lines = [{(p.person, p.remainder): p for p in found.persons} for found in (one, other)]
    rows = [] if _outcome(one) == _outcome(other) else [[_("结论"), _outcome(one), _outcome(other)]]
    for key in dict.fromkeys([*lines[0], *lines[1]]):
        first, second = lines[0].get(key), lines[1].get(key)
        line = first or second
        rows.append([person_word(line) if line is not None else key[0], *(line_words(found, mine, result.hidden) if mine is not None else ""
                             for found, mine, result in ((one, first, before), (other, second, after)))])
    if one.kept_by_organ or other.kept_by_organ:
        rows.append([_("机关自担"), *(f"{money(f.kept_by_organ) or _('未算')}" for f in (one, other))])
    return rows


def _outcome(found: FindingResult) -> str:
    if found.undecided is not None:
        return _("不能认定：{why}；{question}").format(
            why=undecided_head(found.undecided), question=found.undecided.question)
    if found.outcome is None or liable(found):
        return _("追究责任")
    return outcome_word(found.outcome)


# the terminal

def text(diff: BookDiff, style: Style) -> Iterator[str]:
    one, other = diff.first, diff.second
    yield style.paint(flow(f"{one.id} → {other.id}"), "strong")
    yield from hang(_("原："), flow(one.title), "  ")
    yield from hang(_("现："), flow(other.title), "  ")
    yield ""
    yield style.paint(_("情形"), "strong")
    yield from hang("", situations_line(diff), "  ")
    for change in diff.situations.changes:
        yield ""
        yield from _change(diff, change)
    yield ""
    yield style.paint(_("条目"), "strong")
    if not diff.entries:
        yield "  " + _("两册的条目相同")
    for entry in diff.entries:
        yield from _entry(entry)
    yield ""
    yield style.paint(_("各件案件"), "strong")
    yield from hang("", cases_line(diff), "  ")
    for case in diff.changed:
        if case.before is not None and case.after is not None:
            yield from _case(case.file, case.before, case.after)
    if diff.barred:
        yield from ("", *hang("", flow(barred_words(diff)), "  "))
    for case in diff.unread:
        yield from hang("", _("{file} 读不出来，没有比较").format(file=flow(case.file)), "  ")


def _change(diff: BookDiff, change: Change) -> Iterator[str]:
    words = situation_words(diff.first, diff.second, change)
    yield from hang("", flow(words) + counted(_("（{count} 种）"), change.count), "  ")
    yield from hang(_("原："), flow(said_words(change.before)), "    ")
    yield from hang(_("现："), flow(said_words(change.after)), "    ")


def _entry(entry: Entry) -> Iterator[str]:
    head = f"{table_word(entry.table)}{_('：')}"
    first, *more = entry_words(entry)
    yield from hang(head, flow(first), "  ")
    for line in more:
        yield from hang("", flow(line), "  " + " " * width(head))


def _case(file: str, before: CaseResult, after: CaseResult) -> Iterator[str]:
    yield ""
    yield "  " + flow("  ".join(filter(None, (before.case, file))))
    for index in range(len(before.findings)):
        if len(before.findings) > 1:
            yield "    " + _("过错 {number}").format(number=index + 1)
        rows = [[flow(cell) for cell in row] for row in finding_rows(before, after, index)]
        yield from table([_("人员"), _("原"), _("现")], rows, indent="    ")


# Markdown

def markdown(diff: BookDiff) -> Iterator[str]:
    from enforcecli.output.result_md import md
    from enforcecli.output.result_md import table as pipes

    yield f"## {md(f'{diff.first.id} → {diff.second.id}')}"
    yield from ("", f"- {_('原：')}{md(diff.first.title)}", f"- {_('现：')}{md(diff.second.title)}")
    yield from ("", f"### {_('情形')}", "", md(situations_line(diff)), "")
    if diff.situations.changes:
        yield from pipes([_("情形"), _("种数"), _("原"), _("现")], [
            [situation_words(diff.first, diff.second, c), str(c.count), said_words(c.before), said_words(c.after)]
            for c in diff.situations.changes], frozenset({1}))
    yield from ("", f"### {_('条目')}", "")
    for entry in diff.entries:
        first, *more = entry_words(entry)
        yield f"- {md(table_word(entry.table))}{_('：')}{md(first)}"
        yield from (f"  - {md(line)}" for line in more)
    if not diff.entries:
        yield _("两册的条目相同")
    yield from ("", f"### {_('各件案件')}", "", md(cases_line(diff)))
    for case in diff.changed:
        if case.before is not None and case.after is not None:
            yield from _case_md(case.file, case.before, case.after, md, pipes)
    if diff.barred:
        yield f"\n- {md(barred_words(diff))}"
    yield from (f"\n- {md(_('{file} 读不出来，没有比较').format(file=c.file))}" for c in diff.unread)


def _case_md(file: str, before: CaseResult, after: CaseResult, md: Callable[[str], str],
             pipes: Callable[[Sequence[str], Sequence[Sequence[str]]], list[str]]) -> Iterator[str]:
    yield from ("", f"#### {md(before.case or file)}", "", md(file))
    for index in range(len(before.findings)):
        if len(before.findings) > 1:
            yield from ("", _("过错 {number}").format(number=index + 1))
        yield ""
        yield from pipes([_("人员"), _("原"), _("现")], finding_rows(before, after, index))


# JSON

def as_dict(diff: BookDiff) -> dict[str, object]:
    known = diff.situations
    return {
        "format": FORMAT, "before": _book(diff.first), "after": _book(diff.second),
        "situations": {
            "total": known.total, "how": known.how.value, "same": known.same, "changed": known.changed,
            "changes": [{"when": {c.key: sorted(c.values) for c in change.when}, "parts": list(change.parts),
                         "count": change.count, "before": _said(change.before), "after": _said(change.after)}
                        for change in known.changes]},
        "entries": [{"table": e.table, "name": e.name, "how": e.how, "other": e.other,
                     "fields": [{"field": f, "before": old, "after": new} for f, old, new in e.fields]}
                    for e in diff.entries],
        "cases": [{"case": c.before.case if c.before is not None else None, "file": c.file, "changed": c.changed,
                   "compared": c.before is not None and not c.barred,
                   "before": version_data(c.before) if c.before is not None else None,
                   "after": version_data(c.after) if c.after is not None else None} for c in diff.cases],
    }


def _book(book: Rulebook) -> dict[str, object]:
    return {"id": book.id, "sha256": book.sha256, "title": book.title}


def _said(said: Said) -> dict[str, object]:
    return {"verdict": said.verdict.value if said.verdict is not None else None, "words": answer_words(said),
            "rules": list(said.rules)}
