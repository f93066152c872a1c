"""What stands beside some results: the cases counted for a counted fact, and two versions weighed
against each other (从旧兼从轻). Words for the terminal and for Markdown."""

from __future__ import annotations

from collections.abc import Iterator

from enforcecli.language import _
from enforcecli.model.result import CaseResult, Counted, FindingResult, PersonResult, Versions, Weighed
from enforcecli.output.result_words import grades_word, share_word, shares_shown
from enforcecli.output.results import money, money_matters, relief


def counted_words(finding: FindingResult) -> list[tuple[str, str]]:
    """Person → one counted fact with the cases counted."""
    return [(one.person, _counted(one)) for one in finding.counted]


def _counted(one: Counted) -> str:
    value = one.value or _("{number} 次，办法没有相应的值").format(number=len(one.cases))
    cases = "、".join(_("{case}（{day}）").format(case=c.case or c.file, day=c.day) for c in one.cases) or _("没有")
    if one.by == "act":
        words = _("{fact} = {value}（{since} 至 {until} 行为的案件：{cases}）")
    elif one.provisional:
        words = _("{fact} = {value}（{since} 至 {until} 决定的案件，本案尚未决定，暂计至该日：{cases}）")
    else:
        words = _("{fact} = {value}（{since} 至 {until} 决定的案件：{cases}）")
    return words.format(fact=one.fact, value=value, since=one.since, until=one.until, cases=cases)


def weighed_word(weighed: Weighed) -> str:
    """What the later version is for a person."""
    return {Weighed.LIGHTER: _("后者较轻"), Weighed.SAME: _("相同"), Weighed.HEAVIER: _("后者较重"),
            Weighed.UNCLEAR: _("不能确定")}[weighed]


def versions_title(versions: Versions) -> str:
    older, later = versions.older.rulebook, versions.later.rulebook
    if versions.on is None:
        return _("从旧兼从轻：行为时 {older}，最新 {later}（尚未决定）").format(older=older, later=later)
    return _("从旧兼从轻：行为时 {older}，决定时（{day}）{later}").format(older=older, later=later, day=versions.on)


def versions_headers() -> list[str]:
    return [_("人员"), _("行为时的办法"), _("后来的办法"), _("比较"), _("适用")]


def versions_rows(result: CaseResult, versions: Versions) -> list[list[str]]:
    """One row a person: both results, and which applies."""
    older, later = versions.older, versions.later
    return [[p.person, of_person(older, p.person), of_person(later, p.person), weighed_word(p.weighed),
             (later.rulebook if p.later_applies else older.rulebook) or ""] for p in versions.persons]


def of_person(result: CaseResult, person: str) -> str:
    """What one version lays on a person, finding by finding."""
    words = []
    for number, finding in enumerate(result.findings, 1):
        line = next((p for p in finding.persons if p.person == person and not p.remainder), None)
        if line is not None:
            text = line_words(finding, line, result.hidden)
            words.append(_("过错 {number}：").format(number=number) + text if len(result.findings) > 1 else text)
    return _("；").join(words) or _("不承担")


def line_words(finding: FindingResult, line: PersonResult, hidden: bool) -> str:
    """主要责任，7/10 = 70.00%，追偿 7000.00 元"""
    words = [grades_word(line, finding.decided), *line.severity]
    if shares_shown(finding, hidden) and line.grades:
        words.append(share_word(line))
    if money_matters(finding) and line.recovery:
        words.append(_("追偿 {amount} 元").format(amount=money(line.recovery)))
    return _("，").join(words)


def versions_notes(result: CaseResult, versions: Versions) -> Iterator[str]:
    """What follows under the table."""
    older, later = versions.older, versions.later
    if versions.question is not None:
        yield _("不能比较：{question}").format(question=versions.question)
        yield _("暂适用行为时的 {older}").format(older=older.rulebook)
        return
    for number, (one, other) in enumerate(zip(older.findings, later.findings, strict=True), 1):
        yield _("过错 {number}：依 {older} 适用 {rules}，依 {later} 适用 {other}").format(
            number=number, older=older.rulebook, rules=_rules(one), later=later.rulebook, other=_rules(other))
    if not result.hidden:
        for number, share in enumerate(relief(result), 1):
            if share:
                yield _("过错 {number}：各人适用不同版本，其余 {share} 无人承担；涉及金额的，由机关自担").format(
                    number=number, share=share)


def _rules(finding: FindingResult) -> str:
    return "、".join(dict.fromkeys(rule for part in finding.parts for rule in part.rules)) or _("（无）")
