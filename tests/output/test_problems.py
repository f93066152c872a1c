"""The same problems in every format."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from xml.etree import ElementTree

import pytest

from enforcecli import language
from enforcecli.model.problem import Level, Problem, Span
from enforcecli.output.exits import combined
from enforcecli.output.problems import FORMATS, report
from enforcecli.output.shown import show_all
from enforcecli.output.style import Style
from enforcecli.output.tally import Tally
from enforcecli.output.width import width
from tests.output.values import BAD, FILES, HOSTILE, Case, problem

Golden = Callable[[str, str], None]
SUFFIX = {"text": "txt", "json": "json", "jsonl": "jsonl", "sarif": "sarif.json", "github": "github.txt",
          "gitlab": "gitlab.json", "junit": "xml"}
RAW = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]")


def text_of(files: Iterable[Case], form: str, *, strict: bool = False, color: bool = False) -> str:
    return "".join(report(files, form, style=Style(color), strict=strict))


@pytest.mark.parametrize("form", FORMATS)
def test_each_format_prints_what_was_accepted(form: str, golden: Golden) -> None:
    golden(f"problems.{SUFFIX[form]}", text_of(FILES, form))


@pytest.mark.parametrize("form", FORMATS)
def test_nothing_to_report_is_a_report_too(form: str, golden: Golden) -> None:
    golden(f"clean.{SUFFIX[form]}", text_of([Case("a.yaml")], form))


def test_text_in_english_and_in_colour(golden: Golden) -> None:
    language.choose("en")
    golden("problems.en.txt", text_of(FILES, "text"))
    language.choose("zh")
    assert "\x1b[31;1m错误\x1b[0m F901" in text_of(FILES, "text", color=True)


def test_text_fits_eighty_columns_but_for_the_line_that_names_the_place() -> None:
    for line in text_of(FILES, "text").split("\n"):
        assert width(line) <= 80 or ".yaml:" in line


def test_caret_stands_under_the_place_by_display_width() -> None:
    source, carets = re.findall(r"\| (.*)", text_of([BAD], "text"))[2:4]
    assert source == "- 情形: [2, 3-50]"
    assert carets.index("^") == width("- 情形: [2, ")
    assert carets.count("^") == len("3-50")


def test_json_lists_every_problem_sorted_with_exactly_the_agreed_keys() -> None:
    data = json.loads(text_of(FILES, "json"))
    assert data["format"] == "enforce-problems/1"
    assert data["files"] == 4
    assert [list(p) for p in data["problems"]] == [[
        "file", "line", "column", "end_line", "end_column", "level", "code", "message", "remedy", "cite",
        "fixable"]] * 5
    places = [(p["file"], p["line"], p["column"], p["code"]) for p in data["problems"]]
    assert places == sorted(places)
    assert [p["fixable"] for p in data["problems"] if p["code"] == "T901"] == [True]


def test_jsonl_and_json_say_the_same() -> None:
    lines = [json.loads(line) for line in text_of(FILES, "jsonl").splitlines()]
    whole = json.loads(text_of(FILES, "json"))["problems"]
    assert sorted(map(str, lines)) == sorted(map(str, whole))


def test_sarif_has_what_github_and_the_standard_ask() -> None:
    data = json.loads(text_of([*FILES, Case("/abs/甲.yaml", (problem("S901"),))], "sarif"))
    assert (data["version"], len(data["runs"])) == ("2.1.0", 1)
    run = data["runs"][0]
    assert run["columnKind"] == "unicodeCodePoints"
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert rules == sorted({"F901", "S901", "T901"})
    uris = set()
    for found in run["results"]:
        assert rules[found["ruleIndex"]] == found["ruleId"]
        assert found["level"] in {"error", "warning", "note"}
        assert found["message"]["text"]
        assert set(found["partialFingerprints"]) == {"primaryLocationLineHash"}
        (place,) = found["locations"]
        address = place["physicalLocation"]["artifactLocation"]
        uris.add(address["uri"])
        assert address["uri"].isascii()
        assert address.get("uriBaseId") == (None if address["uri"].startswith("file:///") else "%SRCROOT%")
    assert uris == {"file:///abs/%E7%94%B2.yaml", "cases/2026/SJ-2026-003.yaml", "roster.yaml",
                    "cases/%E5%9D%8F%20%E7%9A%84.yaml"}


def test_gitlab_fingerprints_are_unique_even_for_equal_problems() -> None:
    twice = Case("a.yaml", (problem("F901", 4, 1, fault="x"), problem("F901", 4, 9, fault="x")))
    prints = [p["fingerprint"] for p in json.loads(text_of([twice, *FILES], "gitlab"))]
    assert len(set(prints)) == len(prints) == 7


def test_fingerprints_stay_when_lines_are_added_above() -> None:
    def moved(by: int) -> list[str]:
        shifted = [Problem(p.code, p.args, p.where, span=Span(p.span.line + by, 1, p.span.line + by, 2))
                   for p in BAD.problems if p.span]
        return [item.fingerprint for item in show_all(shifted, BAD.file)]

    assert moved(0) == moved(7)


def test_a_place_among_the_arguments_does_not_change_the_fingerprint() -> None:
    one, other = (show_all([problem("T901", 2, key="案由", first=n)], "a.yaml")[0] for n in ("3", "9"))
    assert one.fingerprint == other.fingerprint


def test_junit_has_one_testcase_per_file_the_passing_ones_too() -> None:
    root = ElementTree.fromstring(text_of(FILES, "junit"))
    (suite,) = root
    assert suite.get("tests") == "4"
    assert (suite.get("failures"), suite.get("errors")) == ("1", "1")
    outcomes = {case.get("name"): [child.tag for child in case] for case in suite}
    assert outcomes == {
        "cases/2026/SJ-2026-001.yaml": [], "cases/2026/SJ-2026-003.yaml": ["failure", "system-out"],
        "roster.yaml": ["system-out"], "cases/坏 的.yaml": ["error"],
    }


def test_junit_fails_on_warnings_only_when_strict() -> None:
    files = [Case("a.yaml", (problem("T901", 2, 3, key="甲"),))]
    assert "<failure" not in text_of(files, "junit")
    assert '<failure message="键“甲”后面用了全角冒号" type="T901">' in text_of(files, "junit", strict=True)


@pytest.mark.parametrize("evil", HOSTILE)
@pytest.mark.parametrize("form", FORMATS)
def test_data_never_steers_a_terminal_nor_a_runner(form: str, evil: str) -> None:
    found = (problem("F901", 1, 1, fault=evil, file=evil.replace("\x00", "") or "f"),)
    text = text_of([Case("f", found, (evil,))], form)
    assert not RAW.search(text)
    lines = text.encode("utf-8", "backslashreplace").decode().split("\n")
    if form == "github":
        assert [line.startswith("::error file=") for line in lines] == [True, False]
    if form == "junit":
        assert len(ElementTree.fromstring(text)[0]) == 1
    if form in {"json", "gitlab", "sarif"}:
        json.loads(text)
    if form == "text":
        assert not any(line.startswith("::") for line in lines)


def test_github_escapes_as_the_runner_unescapes() -> None:
    files = [Case("a,b:c.yaml", (problem("F901", 2, 3, 5, fault="50%\r\n::error::x"),))]
    assert text_of(files, "github") == (
        "::error file=a%2Cb%3Ac.yaml,line=2,endLine=2,col=3,endColumn=5,title=F901::"
        "办法里没有“50%25%0D%0A::error::x”这一情形%0A改法：查 enforce catalogue faults，写其中的代码\n")


def test_a_message_keeps_a_place_holder_nobody_filled() -> None:
    assert show_all([problem("F901")])[0].message == "办法里没有“{fault}”这一情形"


def test_totals_and_exit_codes() -> None:
    tally = Tally()
    for checked in FILES:
        tally.add(checked)
    assert tally.line() == "共 4 件：通过 2，错误 2（其中无法读取 1）；问题：错误 3 处，警告 1 处，提示 1 处"
    assert tally.code() == 3


@pytest.mark.parametrize(("level", "strict", "code"), [
    (Level.ERROR, False, 1), (Level.WARNING, False, 0), (Level.WARNING, True, 1), (Level.INFO, True, 0)])
def test_what_fails(level: Level, strict: bool, code: int) -> None:
    tally = Tally(strict)
    passes = tally.add(Case("a", (problem("F901", 1, level=level, fault="x"),)))
    assert (passes, tally.code()) == (code == 0, code)


@pytest.mark.parametrize(("codes", "one"), [
    ({1, 4}, 1), ({3, 1}, 3), ({5, 3}, 5), ({70, 5}, 70), ({4}, 4), ({0}, 0), (set(), 0)])
def test_several_codes_at_once(codes: set[int], one: int) -> None:
    assert combined(codes) == one
