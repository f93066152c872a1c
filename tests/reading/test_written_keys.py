"""Problems name keys as the author wrote them."""

from __future__ import annotations

import pytest

from enforcecli import language
from enforcecli.model.problem import Problem, problem
from enforcecli.output.shown import show
from enforcecli.reading.called import told as told_of
from enforcecli.reading.case import shape_and_reader
from enforcecli.reading.locate import placed
from enforcecli.text.document import parse
from tests.reading.support import book, case


def told(text: str) -> list[tuple[str, dict[str, str]]]:
    return [(p.code, dict(p.args)) for p in case(text)[1]]


@pytest.mark.parametrize(("text", "code", "key"), [
    ("clue: {date: 2026-02-30}\n", "Y304", "date"), ("线索: {日期: 2026-02-30}\n", "Y304", "日期"),
    ("线索: {date: 2026-02-30}\n", "Y304", "date"), ("Clue: {Date: 2026-02-30}\n", "Y304", "Date"),
    ("clue: {cours: x}\n", "K102", "clue"), ("线索: {cours: x}\n", "K102", "线索"),
    ("act: {kind: [a, b]}\n", "K107", "kind"), ("act: [a]\n", "K106", "act"), ("act:\n", "K105", "act"),
    ("procedure: {deliberation: {dissents: [{opinion: x}]}}\n", "K110", "dissents"),
    ("天气: 晴\n", "K102", "本文件"), ("act: {kind: 行政检察}\n", "K201", "kind"),
    # the key of a map is data: the field it belongs to is named
    ("performance: {张某: [{matter: M1, done_on: 昨天}]}\n", "Y301", "done_on"),
    # a list is named by its key
    ("act: {basis: [甲, [乙]]}\n", "K107", "basis"),
])
def test_the_key_above(text: str, code: str, key: str) -> None:
    assert (code, key) in [(found, args.get("key")) for found, args in told(text)]


def test_an_alias_is_told_with_the_proper_key() -> None:
    assert ("K104", {"key": "案由", "written": "标题"}) in told("标题: 某案\n")


@pytest.mark.parametrize(("text", "missing", "allowed"), [
    ("procedure: {deliberation: {dissents: [{opinion: x}]}, x: 1}\n", "person", "filing"),
    ("程序: {讨论: {不同意见: [{意见: x}]}, x: 1}\n", "人", "立案")])
def test_keys_that_are_not_there_are_named_in_the_language_of_the_file(text: str, missing: str, allowed: str) -> None:
    found = dict(told(text))
    assert found["K110"]["missing"] == missing
    assert allowed in found["K102"]["allowed"].split("、")


@pytest.mark.parametrize(("text", "allowed", "guess"), [
    ("act: {kind: penalti}\n", "penalty", "penalty"), ("act: {kind: 行政检察}\n", "行政处罚", "行政检查"),
    ("行为: {种类: penalti}\n", "penalty", "penalty"), ("act: {kind: zzz}\n", "penalty", None),
    ("行为: {种类: 甲}\n", "行政处罚", None)])
def test_words_that_may_stand_are_told_in_the_language_of_the_word_written(text: str, allowed: str, guess: str | None) -> None:
    found = next(args for code, args in told(text) if code in ("K201", "K202"))
    assert found["allowed"].split("、")[0] == allowed and found.get("guess") == guess


@pytest.mark.parametrize(("text", "bare"), [("行为: {种类: 行政处罚；}\n", "行政处罚"), ("行为:\n  种类: 行政处罚,\n", "行政处罚"),
                                            ("行为:\n  日期: 2026-03-02,\n", "2026-03-02"), ("行为:\n  日期: 2026-03-02;\n", "2026-03-02")])
def test_a_mark_behind_a_value_is_too_much(text: str, bare: str) -> None:
    assert ("Y300", bare) in [(code, args.get("good")) for code, args in told(text)]


@pytest.mark.parametrize(("text", "key"), [
    ("过错事实:\n- {审批情形: 同意}\n", "审批情形"), ("findings:\n- {approval: 同意}\n", "approval")])
def test_what_is_placed_later_names_them_too(text: str, key: str) -> None:
    document = parse(text.encode(), "f.yaml")
    shape, _ = shape_and_reader(book())
    found = placed(problem("L103", ("findings", 0, "facts", "审批情形"), fact="审批情形", when="…"), document, shape)
    assert [dict(p.args)["fact"] for p in told_of([found], document, shape)] == [key]


@pytest.mark.parametrize(("found", "words"), [
    (Problem("K102", (("allowed", "人、由"), ("key", "本文件"), ("written", "甲、乙"))), ("“this file”", "“甲、乙”", "人, 由")),
    (Problem("K107", (("key", "由"), ("wanted", "文字"), ("wanted_en", "text"))), ("(text)",))])
def test_the_programs_own_words_in_a_message_are_english(found: Problem, words: tuple[str, ...]) -> None:
    language.choose("en", {})
    try:
        shown = show(found)
        assert [w for w in words if w not in shown.message + shown.remedy] == []
    finally:
        language.choose("zh", {})
    assert "this file" not in show(found).message
