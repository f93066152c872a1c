"""Two books set against each other: every situation whose answer changes, every entry that differs."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enforcecli.model.rulebook import Condition, Rulebook
from enforcecli.output.book_diff_words import answer_words
from enforcecli.proof.compare import Change, Unstatable, compare, put_to, situation_words, together
from enforcecli.proof.entries import entries
from enforcecli.proof.situations import How, Verdict, answer, answers, situations
from enforcecli.reading.library import Library
from enforcecli.reading.rulebook import read_rulebook
from tests.rules.worked_cases import folder_of

EDGE = "  over: {R2: 未经审批的特别规定}\n"


def book(name: str, *changes: tuple[str, str]) -> Rulebook:
    """A book of the tests or of the sample office, with pieces of its text replaced (each must be there)."""
    files = {p.name: p.read_bytes() for p in folder_of(name).iterdir()}
    text = files["rulebook.yaml"].decode("utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    found, problems = read_rulebook({**files, "rulebook.yaml": text.encode()}, f"rulebooks/{name}")
    assert found is not None, problems
    return found


def told(first: Rulebook, second: Rulebook) -> dict[str, tuple[str, str]]:
    return {situation_words(first, second, c): (answer_words(c.before), answer_words(c.after)) for c in compare(first, second).changes}


def how(first: Rulebook, second: Rulebook) -> set[tuple[str, str, str]]:
    return {(e.table, e.name, e.how) for e in entries(first, second)}


@pytest.mark.parametrize("name", ["small", "jia", "yi", "ci", "banben-2024", "banben-2026"])
def test_a_book_is_the_same_as_itself(name: str) -> None:
    one = book(name)
    found = compare(one, one)
    assert found.changes == () and found.changed == 0 and found.same == situations(one).total
    assert entries(one, one) == ()


def test_every_situation_of_both_is_told_with_what_each_says() -> None:
    assert told(book("banben-2024"), book("banben-2026")) == {
        "经审批为是，及时纠正为是": ("审批人承担主要责任（7/10）；承办人承担次要责任", "不予追究"),
        "经审批为是，及时纠正为否": ("审批人承担主要责任（7/10）；承办人承担次要责任", "审批人承担次要责任；承办人承担主要责任（7/10）"),
        "经审批为否，及时纠正为是": ("承办人承担全部责任", "不予追究"),
        "经审批为否，及时纠正为否": ("承办人承担全部责任", "协助人承担次要责任；承办人承担主要责任（7/10）"),
    }


def test_the_other_way_round_is_the_mirror_image() -> None:
    one, other = book("banben-2024"), book("banben-2026")
    forth, back = compare(one, other), compare(other, one)
    assert (forth.total, forth.same, forth.changed) == (back.total, back.same, back.changed)
    assert sorted((answer_words(c.before), answer_words(c.after)) for c in forth.changes) == \
        sorted((answer_words(c.after), answer_words(c.before)) for c in back.changes)


def test_one_changed_condition_changes_one_situation() -> None:
    """Rule G2 for what was not approved: both rules then say something of it."""
    one, other = book("small"), book("small", ("when: {经审批: 是}", "when: {经审批: 否}"))
    found = told(one, other)
    assert set(found) == {"经审批为是", "经审批为否"}
    assert found["经审批为是"][1] == "没有规定"
    assert found["经审批为否"][1].startswith("规则冲突：")


def test_another_size_behind_a_grade_is_another_answer() -> None:
    one, other = book("small"), book("small", ("default: 7/10", "default: 3/5"))
    assert told(one, other) == {"经审批为是": ("审批人承担主要责任（7/10）；承办人承担次要责任", "审批人承担主要责任（3/5）；承办人承担次要责任")}
    assert [(e.name, e.fields) for e in entries(one, other)] == [("主要责任", (("default", "7/10", "3/5"),))]


def test_a_rule_by_another_name_is_the_same_answer() -> None:
    one, other = book("small"), book("small", ("id: G2", "id: H2"))
    assert compare(one, other).changes == ()
    assert [(e.table, e.name, e.how, e.other) for e in entries(one, other)] == [("rules", "G2", "renamed", "H2")]


def test_a_grade_by_another_name_is_another_answer_and_told_as_renamed() -> None:
    one, other = book("small"), book("small", ("次要责任", "一般责任"))
    assert told(one, other) == {"经审批为是": ("审批人承担主要责任（7/10）；承办人承担次要责任", "审批人承担主要责任（7/10）；承办人承担一般责任")}
    assert ("degrees", "次要责任", "renamed") in how(one, other)


def test_a_value_only_one_book_lists_cannot_be_stated_in_the_other() -> None:
    one, other = book("small"), book("small", ("values: [是, 否]", "values: [是, 否, 补办]"))
    assert told(one, other) == {"经审批为补办": ("不能填写：“经审批”没有“补办”这一答案", "没有规定")}
    (change,) = compare(one, other).changes
    assert change.before.verdict is None and change.after.verdict is Verdict.GAP


def test_what_only_one_book_knows_is_told() -> None:
    one, other = book("banben-2024"), book("banben-2026")
    assert {("roles", "协助人", "added"), ("degrees", "全部责任", "removed"), ("degrees", "轻微责任", "added"),
            ("facts", "及时纠正", "added"), ("rules", "B1", "removed"), ("rules", "C3", "added"),
            ("book", "banben-2024", "changed")} <= how(one, other)
    added = next(e for e in entries(one, other) if e.name == "C3")
    assert ("bears", "", "不予追究") in added.fields


def test_another_order_of_the_grades_is_told() -> None:
    text = "全部责任: {kind: share, default: 1}, 主要责任: {kind: share, default: 7/10, range: [51/100, 9/10]}"
    swapped = "主要责任: {kind: share, default: 7/10, range: [51/100, 9/10]}, 全部责任: {kind: share, default: 1}"
    assert ("degrees", "order", "changed") in how(book("small"), book("small", (text, swapped)))


def test_a_reason_or_a_text_that_changes_is_told_and_changes_no_answer() -> None:
    one, other = book("small"), book("small", ("cite: 二（二）, when", "cite: 二（二）, note: 新的说明, when"))
    assert compare(one, other).changes == ()
    assert [e.fields for e in entries(one, other)] == [(("note", "", "新的说明"),)]


def test_the_built_in_book_without_one_edge() -> None:
    """R4 over R2 gone: wherever a department did not ask for the approval it needed the two collide, and
    nowhere else."""
    folder = Library().folder("shangjiang-2023")
    one = Library().book("shangjiang-2023")
    assert folder is not None and one is not None
    files = dict(folder)
    name = next(n for n in files if n.endswith(".yaml") and EDGE in files[n].decode("utf-8"))
    files[name] = files[name].decode("utf-8").replace(EDGE, "").encode()
    other, problems = read_rulebook(files, "rulebooks/shangjiang-2023")
    assert other is not None, problems
    found = compare(one, other)
    assert found.how is How.ALL and found.total == 64
    assert {c.after.verdict for c in found.changes} == {Verdict.CONFLICT}
    assert all(Condition("审批情形", frozenset(("应报批未报批",))) in c.when for c in found.changes)
    assert found.changed == sum(before.rules != after.rules for before, after in zip(answers(one), answers(other), strict=True))


def test_a_clause_that_may_stay_empty_is_another_answer() -> None:
    one, other = book("small"), book("small", ("degree: 次要责任", "degree: 次要责任, optional: true"))
    (before, after), = told(one, other).values()
    assert after == before.replace("承办人承担次要责任", "承办人承担次要责任（没有这样的人时略去）")
    assert [(e.name, [f for f, *_ in e.fields]) for e in entries(one, other)] == [("G2", ["bears"])]


LISTED = """
legal_basis: [某法, {name: 某条例, now: 已废止}]
objectives: [{code: O1, cite: 一2, text: 违反程序的}]
duties:
- {code: D1, role: 承办人, cite: 一2, text: 违反程序的}
- {code: D2, role: 承办人, cite: 一2, text: 违反程序的}
scope: [{kind: 人民调解, reason: 不是行政行为, cite: 一1}]
limitation: [{years: 2, from: act, cite: 一1}]
faults:"""


@pytest.mark.parametrize(("old", "new", "entry"), [
    ("cite: 一2, text: 违反程序的}]", "cite: 一2, text: 程序的}]", ("objectives", "O1", "changed")),
    ("cite: 一2, text: 违反程序的}\n", "cite: 一2, text: 程序的}\n", ("duties", "D1 承办人", "changed")),
    ("- {code: D2, role: 承办人, cite: 一2, text: 违反程序的}\n", "", ("duties", "D2 承办人", "removed")),
    ("已废止", "已修订", ("legal_basis", "某条例", "changed")),
    ("[某法, ", "[某法, 另一法, ", ("legal_basis", "另一法", "added")),
    ("不是行政行为", "另有规定", ("scope", "人民调解", "added")),
    ("years: 2", "years: 5", ("limitation", "5", "added")),
])  # fmt: skip
def test_an_entry_no_rule_reads_is_compared_too(old: str, new: str, entry: tuple[str, str, str]) -> None:
    text = ("\nfaults:", LISTED)
    one, other = book("small", text), book("small", text, (old, new))
    assert entry in how(one, other) and entries(one, one) == ()


def test_what_a_book_says_is_said_in_whole_sentences() -> None:
    same = {answer_words(c.before) for c in compare(book("yi"), book("jia")).changes}
    assert not [text for text in same if "承担不承担" in text or "承担按" in text]
    assert any("免除：集体参加人（意见为正确）不承担责任" in text for text in same)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from([("default: 7/10", "default: 3/5"), ("who: 审批人", "who: 承办人, optional: true"),
                                 ("when: {经审批: 是}", "when: {经审批: [是, 否]}"), ("id: G1", "id: H1")]), max_size=4, unique=True))
def test_the_rows_cover_exactly_the_situations_that_differ(changes: list[tuple[str, str]]) -> None:
    one, other = book("small"), book("small", *changes)
    found = compare(one, other)
    joint = together(one, other)
    differing = 0
    for combination in situations(joint).combinations:
        before, after = put_to(one, combination), put_to(other, combination)
        assert before is not None and after is not None
        rows = [c for c in found.changes if _covers(c, dict(combination.facts))]
        assert len(rows) <= 1
        differing += len(rows)
        if rows:
            assert not isinstance(before, Unstatable)
            assert rows[0].before.verdict is answer(one, before).verdict
    assert differing == found.changed == sum(c.count for c in found.changes)
    assert found.same + found.changed == found.total == 2


def _covers(change: Change, facts: dict[str, str]) -> bool:
    return all(facts[c.key] in c.values for c in change.when)
