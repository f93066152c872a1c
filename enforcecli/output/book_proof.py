"""What was proven of a rulebook, for the terminal: the summary, and the table of all situations."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from enforcecli.language import _, counted
from enforcecli.model.rulebook import Clause, DegreeKind, Rule, Rulebook
from enforcecli.output.book_words import clause_word
from enforcecli.output.result_words import conditions_word, rule_word, rules_word, why_word
from enforcecli.output.style import Style
from enforcecli.output.tables import table
from enforcecli.output.width import flow, hang
from enforcecli.proof.check import Proof
from enforcecli.proof.persons import Groups
from enforcecli.proof.situations import How, Verdict
from enforcecli.proof.table import Row, every, rows


def verdict_word(verdict: Verdict) -> str:
    return {
        Verdict.DECIDED: _("由规则确定"), Verdict.NOT_PURSUED: _("不予追究"), Verdict.SILENT: _("办法未作规定"),
        Verdict.CONFLICT: _("规则冲突"), Verdict.GAP: _("没有规则"),
    }[verdict]


# the summary

def summary(proof: Proof, style: Style) -> Iterator[str]:
    """What was looked at, and what it came to."""
    yield style.paint(flow(f"{proof.book.id}  {proof.book.title}"), "strong")
    for label, text in told(proof):
        yield from hang(label, text, "  ")


def told(proof: Proof) -> list[tuple[str, str]]:
    """Label and sentence: the situations, the groups of persons."""
    found = [(_("全部情形："), _situations(proof))]
    return found if proof.groups is None else [*found, (_("人员组合："), _groups(proof.groups))]


def _situations(proof: Proof) -> str:
    known, looked = proof.situations, len(proof.situations.combinations)
    text = {
        How.ALL: _("共 {total} 种，逐一核对").format(total=known.total),
        How.FACTORED: _("共 {total} 种，不可能不同的归在一起，核对了 {looked} 组").format(total=known.total, looked=looked),
        How.SAMPLED: _("至多 {total} 种，均匀抽取核对了 {looked} 种，不能说已经证明").format(total=known.total, looked=looked),
    }[known.how]
    verdicts = [_("{verdict} {count} 种").format(verdict=verdict_word(v), count=proof.count(v))
                for v in Verdict if proof.count(v) or v in (Verdict.CONFLICT, Verdict.GAP)]
    return text + _("：") + _("，").join(verdicts)


def _groups(groups: Groups) -> str:
    text = _each_assessed(groups) if groups.assessed == groups.tried else _one_of_each_kind(groups)
    reasons = [_("{reason} {count} 种").format(reason=why_word(why), count=count)
               for why, count in sorted(groups.undecided.items(), key=lambda pair: pair[0].value)]
    text += _("：") + _("能够认定 {count} 种").format(count=groups.decided)
    if reasons:
        text += _("；") + _("不能认定并写明原因的：{reasons}").format(reasons=_("，").join(reasons))
    if not groups.flaws:
        text += _("。") + _("能够认定的，份额合计都恰好为一；人员倒过来写，结果都不变")
    return text


def _each_assessed(groups: Groups) -> str:
    return {
        How.ALL: _("三人以内共 {total} 种，逐一测算"),
        How.FACTORED: _("三人以内共 {total} 种，不可能不同的归在一起，测算了 {tried} 种"),
        How.SAMPLED: _("三人以内共 {total} 种，均匀抽取测算了 {tried} 种"),
    }[groups.how].format(total=groups.total, tried=groups.tried)


def _one_of_each_kind(groups: Groups) -> str:
    return {
        How.ALL: _("三人以内共 {total} 种，测算时分不出差别的归为一类，共 {assessed} 类，每类测算一种"),
        How.FACTORED: _("三人以内共 {total} 种，不可能不同的归在一起，余 {tried} 种；其中测算时分不出差别的归为一类，"
                        "共 {assessed} 类，每类测算一种"),
        How.SAMPLED: _("三人以内共 {total} 种，均匀抽取 {tried} 种；其中测算时分不出差别的归为一类，"
                       "共 {assessed} 类，每类测算一种"),
    }[groups.how].format(total=groups.total, tried=groups.tried, assessed=groups.assessed)


# the table

def table_rows(proof: Proof, single: bool) -> tuple[Row, ...]:
    """Situations with one answer in one row; `single`: each in a row of its own. What was factored or
    sampled stands for others already and is not drawn together again."""
    if single or proof.situations.how is not How.ALL:
        return every(proof.book, proof.answers)
    return rows(proof.book, proof.answers)


def heads() -> list[str]:
    return ["", _("事实情形"), _("种数"), _("适用规则"), _("由谁承担"), _("让位的规则和理由")]


def cells(book: Rulebook, number: int, row: Row) -> list[str]:
    """One row in words, for every format."""
    gives_way = [f"{rule_word(b.rule, book)}{_('：')}{b.reason}" for b in row.beaten]
    return [str(number), situation_word(book, row), str(row.count), _rules(book, row), _bearers(book, row),
            "\n".join(gives_way)]


def situation_word(book: Rulebook, row: Row) -> str:
    """特殊情形 = 无；部门作出 = 是；改变部分"""
    told = [conditions_word((condition,), book) for condition in row.when]
    return "；".join([*told, *(["、".join(row.parts)] if row.parts else [])]) or _("任何情形")


def _rules(book: Rulebook, row: Row) -> str:
    if row.verdict is Verdict.GAP:
        return verdict_word(row.verdict)
    lines = [rules_word(row.rules, book)]
    for label, names in ((_("另加"), row.added), (_("免责"), row.exempting), (_("排除"), row.blocking),
                         (_("情节"), row.severity)):
        if names:
            lines.append(f"{label} {rules_word(names, book)}")
    return "\n".join(lines)


def _bearers(book: Rulebook, row: Row) -> str:
    if row.verdict is Verdict.NOT_PURSUED:
        return verdict_word(row.verdict)
    if row.verdict is not Verdict.DECIDED:
        return _("不能认定：{reason}").format(reason=verdict_word(row.verdict))
    carrying = [book.rules[name] for name in (row.rules if book.collect else row.rules[:1])]
    standing = [*carrying, *(book.rules[name] for name in row.added)]
    lines = [clause_word(clause, book) for rule in standing for clause in rule.bears or ()]
    if (pool := _pool(book, row, [c for rule in standing for c in rule.bears or ()])) is not None:
        lines.append(_("其余按 {rule}").format(rule=rule_word(pool.id, book)))
    beside = [book.rules[name] for name in (*row.exempting, *row.severity)]
    lines += [clause_word(clause, book) for rule in beside for clause in rule.bears or ()]
    return "\n".join(lines)


def _pool(book: Rulebook, row: Row, clauses: Sequence[Clause]) -> Rule | None:
    """The rule that takes what the clauses leave, where they leave something."""
    degrees = [book.degrees[clause.degree] for clause in clauses if clause.degree is not None]
    left = 1 - sum((d.default or Fraction(0) for d in degrees if d.kind is DegreeKind.SHARE), Fraction(0))
    if not left or any(d.kind not in (DegreeKind.SHARE, DegreeKind.JOINT, DegreeKind.NONE) for d in degrees):
        return None
    there = {*row.rules, *(b.rule for b in row.beaten)}
    return next((rule for rule in book.rules.values() if rule.takes_remainder and rule.id in there), None)


def notes(proof: Proof, found: Sequence[Row]) -> Iterator[str]:
    """What has to be known to read the table."""
    total = sum(row.count for row in found)
    yield counted(_("共 {count} 行"), len(found)) + _("，") + counted(_("合起来是 {count} 种情形"), total)
    if proof.situations.how is How.FACTORED:
        yield _("每行写的是一种有代表性的情形；“种数”是与它适用同样规则的情形有多少种。")
    if proof.situations.how is How.SAMPLED:
        yield _("情形太多，这里只列出抽取核对的一部分。")
    yield _("没有写到的事实，怎样都不影响这一行的答复。")


def text_table(proof: Proof, found: Sequence[Row], style: Style) -> Iterator[str]:
    """For the terminal; which rules give way and why is told in Markdown and HTML."""
    book = proof.book
    yield style.paint(flow(f"{book.id}  {book.title}"), "strong")
    shown = [[_flow(cell) for cell in cells(book, number, row)[:5]] for number, row in enumerate(found, 1)]
    if shown:
        yield from table(heads()[:5], shown, right=frozenset({0, 2}), whole=frozenset({0, 2}))
    yield from notes(proof, found)


def _flow(cell: str) -> str:
    return "\n".join(flow(line) for line in cell.split("\n"))


# as data

FORMAT = "enforce-rulebook-check/1"


def as_dict(proof: Proof | None) -> dict[str, object]:
    """What was proven, as data; None: errors kept the book from being gone through. The problems are
    told by the caller."""
    if proof is None:
        return {"format": FORMAT, "rulebook": None}
    known = proof.situations
    return {
        "format": FORMAT, "rulebook": {"id": proof.book.id, "sha256": proof.book.sha256},
        "situations": {"total": known.total, "how": known.how.value, "looked": len(known.combinations),
                       **{verdict.value: proof.count(verdict) for verdict in Verdict}},
        "groups": _groups_as_dict(proof.groups) if proof.groups is not None else None,
    }


def _groups_as_dict(groups: Groups) -> dict[str, object]:
    reasons = sorted((why.value, count) for why, count in groups.undecided.items())
    return {"total": groups.total, "how": groups.how.value, "tried": groups.tried, "assessed": groups.assessed,
            "decided": groups.decided, "undecided": dict(reasons), "flaws": len(groups.flaws)}
