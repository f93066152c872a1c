"""Results as JSON to the letter of the contract, and as text, Markdown and YAML."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from ruamel.yaml import YAML

from enforcecli import language
from enforcecli.cli.assess import FORMATS
from enforcecli.model.result import CaseResult, FindingResult, MethodResult
from enforcecli.output.result_md import md
from enforcecli.output.result_md import render as markdown
from enforcecli.output.result_report import report
from enforcecli.output.result_text import render
from enforcecli.output.result_words import case_money, case_percents, faults_line, label
from enforcecli.output.result_yaml import scalar
from enforcecli.output.results import as_dict, digest, money, ordered_total, percent_total, percents
from enforcecli.output.style import Style
from enforcecli.output.width import width
from tests.output.test_problems import RAW
from tests.output.values import HOSTILE, LIABLE, NOBODY, UNSURE, Case, book, problem, result

Golden = Callable[[str, str], None]
RESULTS = {
    "liable": result(LIABLE),
    "undecided": result(UNSURE, case_shares=None),
    "not-pursued": result(NOBODY, conclusion="不予追究", unfit="审批人杨某是决定机关负责人"),
    "several": result(LIABLE, NOBODY, case_shares={"张某": Fraction(7, 20), "杨某": Fraction(3, 20)}),
    "hidden": result(LIABLE, hidden=True, case_shares={"张某": Fraction(1)}),
}


def text_of(value: CaseResult, **more: bool) -> str:
    return "".join(f"{line}\n" for line in render(value, book(), Style(), **more))


@pytest.mark.parametrize("name", RESULTS)
def test_text_is_what_was_accepted(name: str, golden: Golden) -> None:
    golden(f"result.{name}.txt", text_of(RESULTS[name], explain=name == "liable"))


@pytest.mark.parametrize("name", RESULTS)
def test_markdown_is_what_was_accepted(name: str, golden: Golden) -> None:
    golden(f"result.{name}.md", "".join(f"{line}\n" for line in markdown(RESULTS[name], book())))


@pytest.mark.parametrize("name", RESULTS)
def test_json_is_what_was_accepted(name: str, golden: Golden) -> None:
    golden(f"result.{name}.json", "".join(report(
        [Case(RESULTS[name].file, (problem("F901", 4, fault="x"),), result=RESULTS[name])], "json", single=True,
        book_of=lambda _: book())))


def test_english_headings_around_the_books_own_words(golden: Golden) -> None:
    language.choose("en")
    golden("result.en.txt", text_of(RESULTS["several"]) + text_of(RESULTS["undecided"]))


@pytest.mark.parametrize("language_of", ["zh", "en"])
@pytest.mark.parametrize("name", RESULTS)
def test_text_fits_eighty_columns_and_gbk(name: str, language_of: str) -> None:
    language.choose(language_of)
    for line in text_of(RESULTS[name], explain=True).split("\n"):
        assert width(line) <= 80
        assert line.encode("gbk") or not line


def test_the_contracts_own_example() -> None:
    data = as_dict(RESULTS["liable"], ())
    assert list(data) == ["format", "case", "file", "rulebook", "findings", "case_shares", "leadership",
                          "problems", "receipt"]
    (finding,) = data["findings"]
    assert list(finding) == ["faults", "cites", "decided", "outcome", "parts", "persons", "kept_by_organ", "trace"]
    assert (finding["decided"], finding["outcome"], finding["kept_by_organ"]) == (True, "liable", "2160.00")
    assert finding["parts"][0]["beaten"][0] == {
        "rule": "R1", "by": "R6", "reason": "经审批行为的特别规定；特别规定优于一般规定"}
    first, second, unit = finding["persons"]
    assert first == {
        "person": "张某", "grades": ["主要责任"], "share": "7/10", "percent": "70.00", "recovery": "5040.00",
        "severity": [], "methods": [
            {"method": "M4", "power": "impose", "to": None, "remedy": None, "reason": "本机关可以决定"},
            {"method": "M7", "power": "refer", "to": "县林业局", "remedy": "可以向任免机关申请复核",
             "reason": "处分由任免机关决定"},
            {"method": "M9", "power": "not-applicable", "to": None, "remedy": None, "reason": "没有执法证"}]}
    assert second["methods"][1]["name"] == "诫勉"
    assert (unit["grades"], unit["share"], unit["percent"], unit["unit"]) == ([], "0", "0.00", True)
    assert data["leadership"][0] == {"person": "赵某", "office": "第一责任人", "cite": "四（一）"}


def test_undecided_says_what_is_missing_and_gives_no_share() -> None:
    (finding,) = as_dict(RESULTS["undecided"])["findings"]
    assert (finding["decided"], finding["outcome"]) == (False, None)
    assert set(finding["undecided"]) == {"kind", "part", "rules", "facts", "roles", "question", "notes"}
    assert finding["undecided"]["kind"] == "not-covered"
    assert finding["undecided"]["notes"][0] == {"text": "集体决定时持异议并有记录的人员", "basis": "公务员法第六十条"}
    assert [p["undecided"]["kind"] for p in finding["parts"]] == ["not-covered", "fact-missing"]
    assert finding["persons"][0]["share"] is None


def test_hidden_shares_are_in_no_output() -> None:
    hidden = RESULTS["hidden"]
    (finding,) = as_dict(hidden)["findings"]
    assert {(p["share"], p["percent"]) for p in finding["persons"]} == {(None, None)}
    assert finding["persons"][0]["recovery"] == "5040.00"
    assert as_dict(hidden)["case_shares"] is None
    for text in (text_of(hidden), "\n".join(markdown(hidden, book()))):
        assert "7/10" not in text
        assert "70.00" not in text
        assert label() not in text
        assert "主要责任" in text


def test_the_label_stands_beside_every_share() -> None:
    for text in (text_of(RESULTS["several"]), "\n".join(markdown(RESULTS["several"], book()))):
        assert text.count("7/10 = 70.00%") == 1
        assert text.count("内部测算参考比例，非《办法》条文，不作为定责依据") == 2  # the finding that is liable, and the case


def test_totals_add_up() -> None:
    assert (percent_total(LIABLE), ordered_total(LIABLE)) == (10_000, 720_000)
    assert "合计：比例合计 100.00%；追偿 5040.00 + 机关自担 2160.00 = 责令承担 7200.00 元" in text_of(RESULTS["liable"])


def paying(*cents: int | None) -> FindingResult:
    """A finding in which 张某 and 杨某 (further persons) pay so much; what the organ keeps is 100."""
    persons = tuple(replace(person, recovery=c) for person, c in zip(LIABLE.persons, cents, strict=False))
    return replace(LIABLE, persons=persons, kept_by_organ=100)


@pytest.mark.parametrize(("findings", "rows"), [
    ([paying(24000, 0), paying(120000, 500)], [("张某", "240.00 + 1200.00 = 1440.00"), ("杨某", "5.00")]),
    ([paying(24000, 0), paying(120000)], [("张某", "240.00 + 1200.00 = 1440.00"), ("杨某", "0.00")]),
    ([paying(24000, 0), NOBODY, paying(1, 1)], [("张某", "240.00 + 0.01 = 240.01"), ("杨某", "0.01")]),
    ([paying(24000, 0)], []),
    ([paying(24000), NOBODY], []),
    ([paying(24000), paying(None)], []),
    ([paying(24000), paying(24000), UNSURE], []),
])
def test_what_each_pays_in_the_whole_case(findings: list[FindingResult], rows: list[tuple[str, str]]) -> None:
    value = result(*findings)
    assert case_money(value) == rows
    for text in (text_of(value), "\n".join(markdown(value, book()))):
        assert ("全案追偿（各项过错相加）" in text) == bool(rows)
        for name, words in rows:
            assert re.search(rf"^[| ]+{name} +[| ]*{re.escape(words)}[ |]*$", text, re.MULTILINE)


def test_shares_of_the_case_have_percents_that_add_up() -> None:
    third = Fraction(1, 3)
    assert case_percents({"甲": third, "乙": third, "丙": third, "丁": Fraction(0)}) == [
        "1/3 = 33.34%", "1/3 = 33.33%", "1/3 = 33.33%", "0"]
    assert case_percents({}) == []


@given(st.lists(st.integers(0, 1000), min_size=1, max_size=12).filter(any))
def test_percents_add_up_and_none_is_off_by_a_unit(weights: list[int]) -> None:
    shares = [Fraction(weight, sum(weights)) for weight in weights]
    sizes = percents(shares)
    assert sum(sizes) == 10_000
    assert all(abs(size - share * 10_000) < 1 for size, share in zip(sizes, shares, strict=True))


@pytest.mark.parametrize(("codes", "words"), [
    (("2", "3-5"), "2 主要事实不清、证据不足；3-5 未核对即予批准"), (("2a",), "2a 事实不清"), (("9",), "9"), ((), "")])
def test_a_fault_has_its_name_and_so_has_one_of_its_options(codes: tuple[str, ...], words: str) -> None:
    assert faults_line(replace(LIABLE, faults=codes), book()) == words


def test_no_line_of_clauses_where_none_is_known() -> None:
    bare = result(replace(NOBODY, cites=()), rulebook=None)
    for text in ("\n".join(render(bare, None, Style())), "\n".join(markdown(bare, None))):
        assert "条款：" not in text


@pytest.mark.parametrize("form", [render, markdown])
def test_the_path_is_shown_as_it_can_be_opened(form: Callable[..., Iterator[str]]) -> None:
    style = (Style(),) if form is render else ()
    assert "elsewhere/a.yaml" in "\n".join(form(result(LIABLE, file="a.yaml"), book(), *style, file="elsewhere/a.yaml"))


def test_markdown_says_the_clause_and_the_remedy_as_the_text_does() -> None:
    words = ["因承办人汇报事实有误、弄虚作假、隐瞒真相等造成审批人决策失误的，由承办人承担主要责任。", "救济：可以向任免机关申请复核"]
    for text in (text_of(RESULTS["liable"]), "\n".join(markdown(RESULTS["liable"], book()))):
        assert [word for word in words if word not in text.replace("\n            ", "")] == []


@pytest.mark.parametrize(("cents", "text"), [(0, "0.00"), (5, "0.05"), (123456789, "1234567.89"), (None, None)])
def test_money(cents: int | None, text: str | None) -> None:
    assert money(cents) == text


def test_one_file_by_name_is_an_object_several_are_a_list() -> None:
    files = [Case("a.yaml", (problem("F901", 1, fault="x"),), unreadable=True),
             Case("b.yaml", result=result(LIABLE, file="b.yaml"))]

    def out(form: str, single: bool, n: int = 2) -> str:
        return "".join(report(files[:n], form, single=single, book_of=lambda _: None))

    one = json.loads(out("json", True, 1))
    assert (one["file"], one["findings"], one["problems"][0]["code"]) == ("a.yaml", [], "F901")
    assert [data["file"] for data in json.loads(out("json", False))] == ["a.yaml", "b.yaml"]
    assert json.loads(out("json", False, 0)) == []
    assert [json.loads(line)["file"] for line in out("jsonl", False).splitlines()] == ["a.yaml", "b.yaml"]
    assert YAML(typ="safe").load(out("yaml", False)) == json.loads(out("json", False))
    assert YAML(typ="safe").load(out("yaml", True, 1)) == one
    assert YAML(typ="safe").load(out("yaml", False, 0)) == []


@pytest.mark.parametrize("text", ["no", "null", "1e3", "0012", "2026-03-02", "7/10", "", "是", "a: b", "- x", "#", "&a",
                                  "1:30", "~", "甲\n乙", "\x1b", "是 #x", "Null", "y", "on", "0x1f", "<<"])
def test_yaml_values_come_back_as_they_went(text: str) -> None:
    assert YAML(typ="safe").load(f"a: {scalar(text)}") == {"a": text}


def test_digest_covers_the_answer_alone() -> None:
    liable = RESULTS["liable"]
    other_receipt = result(LIABLE, receipt=type(liable.receipt)("9", None, None, "", None))
    assert digest(liable) == digest(other_receipt)
    assert digest(liable) != digest(result(NOBODY))
    assert len(digest(liable)) == 64


@pytest.mark.parametrize("evil", HOSTILE)
@pytest.mark.parametrize("form", FORMATS)
def test_data_in_a_result_steers_nothing(form: str, evil: str) -> None:
    person = LIABLE.persons[0]
    method = MethodResult(evil, person.methods[0].can, evil, to=evil, name=evil, remedy=evil)
    hostile = FindingResult(
        (evil,), (evil,), LIABLE.outcome, LIABLE.parts,
        (type(person)(evil, (evil,), (evil,), Fraction(1), 10000, 1, (evil,), (method,)),), 0, trace=(evil,))
    value = result(hostile, case=evil, conclusion=evil, unfit=evil)
    if form == "text":
        out = text_of(value, explain=True)
        assert not any(line.startswith("::") for line in out.split("\n"))
    else:
        out = "".join(report([Case("f", result=value)], form, single=True, book_of=lambda _: book(), explain=True))
    assert not RAW.search(out)
    if form == "md":
        assert "<img" not in out
        assert "](http" not in out.replace("\\", "￾")
        assert len({line.replace("\\|", "").count("|") for line in out.split("\n") if line.startswith("|")}) <= 2


@pytest.mark.parametrize(("text", "escaped"), [
    ("a|b", "a\\|b"), ("<b>", "&lt;b&gt;"), ("# x", "\\# x"), ("- x", "\\- x"), ("1. x", "1\\. x"), ("12) x", "12\\) x"),
    ("[a](b)", "\\[a\\]\\(b\\)"), ("*a*", "\\*a\\*"), ("a\nb", "a b"), ("2026年", "2026年"), ("12.50", "12.50"), ("", "")])
def test_markdown_escapes(text: str, escaped: str) -> None:
    assert md(text) == escaped
