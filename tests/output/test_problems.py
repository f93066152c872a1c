"""The same problems in every format."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from io import StringIO
from xml.etree import ElementTree

import pytest

from enforcecli import language
from enforcecli.model.problem import Level, Problem, Span
from enforcecli.output.exits import combined
from enforcecli.output.problems import FORMATS, report
from enforcecli.output.shown import basis_label, blanks, show_all
from enforcecli.output.style import Style, style_for
from enforcecli.output.tally import Tally
from enforcecli.output.width import width
from tests.output.values import BAD, FILES, HOSTILE, Case, problem, result

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


LONG = Case("cases/2026/SJ-2026-003.yaml", (problem("F901", 4, 11, 15, fault="很长的情形 " * 20),))
FAR = Case("一个很深的目录/" * 5 + "甲.yaml", (problem("F901", 4, 11, 15, fault="3-50"),))


def test_in_a_pipe_a_problem_is_one_line_that_names_the_place() -> None:
    text = text_of([*FILES, LONG, FAR], "text")
    for line in text.split("\n"):
        assert width(line) <= 80 or ".yaml:" in line or line.startswith("共核查")
    assert re.search(r"^cases/2026/SJ-2026-003.yaml:4:11: 错误 F901 办法里没有“很长.*”这一情形$", text, re.MULTILINE)


def test_on_a_terminal_long_messages_hang_and_lose_nothing() -> None:
    text = "".join(report([*FILES, LONG], "text", style=Style(screen=True)))
    assert [line for line in text.split("\n") if width(line) > 80] == []
    first, *rest = text[text.index(f"{LONG.file}:4:11: 错误 F901 办法里没有“很长"):].split("\n")
    hanging = rest[:next(i for i, line in enumerate(rest) if not line.startswith("    ") or " | " in line)]
    assert len(hanging) > 2
    words = " ".join([first, *hanging]).replace(" ", "")
    assert words.endswith("F901办法里没有“" + "很长的情形" * 20 + "”这一情形")
    totals = text_of([*FILES, LONG], "text").rstrip("\n").split("\n")[-1]
    assert re.sub(r"\s", "", text).endswith(totals.replace(" ", ""))
    far = "".join(report([FAR], "text", style=Style(screen=True))).split("\n")
    assert far[:2] == [f"{FAR.file}:4:11: 错误 F901", "    办法里没有“3-50”这一情形"]


def test_a_reading_of_the_law_is_called_so_once() -> None:
    assert [basis_label(basis) + basis for basis in ("公务员法第六十条", "公务员法第六十条（编者理解）")] == [
        "依据（编写者的理解）：公务员法第六十条", "依据：公务员法第六十条（编者理解）"]


@pytest.mark.parametrize(("text", "shown"), [
    ("是不是“{guess}”？", "是不是“〈guess〉”？"), ("{a}和{b}", "〈a〉和〈b〉"), ("没有", "没有"), ("", "")])
def test_what_a_case_would_fill_in_stands_in_brackets(text: str, shown: str) -> None:
    assert blanks(text) == shown
    assert shown.encode("gbk") == blanks(text).encode("gbk")


@pytest.mark.parametrize(("environ", "color", "screen"), [
    ({}, True, True), ({"NO_COLOR": "1"}, False, True), ({"TERM": "dumb"}, False, False)])
def test_what_a_terminal_gets(environ: dict[str, str], color: bool, screen: bool) -> None:
    class Terminal(StringIO):
        def isatty(self) -> bool:
            return True

    assert style_for(Terminal(), environ) == Style(color, screen)
    assert style_for(StringIO(), environ) == Style()


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
    assert tally.line() == "共核查 4 个文件：通过 2 个，未通过 2 个（其中无法读取 1 个）；错误 3 处，警告 1 处，提示 1 处；其中 1 处可以用 enforce fix 自动改"
    assert tally.code() == 3


@pytest.mark.parametrize(("numbers", "language_of", "line", "results"), [
    ((27, 25, 1, 1, 6, 1), "zh", "共核查 27 个文件（案件 25 件）：通过 26 个，未通过 1 个；错误 1 处，警告 6 处，提示 1 处",
     "共测算 25 件案件：不能认定 0 件；有错误的文件 1 个"),
    ((1, 1, 0, 0, 0, 0), "zh", "共核查 1 个文件：通过 1 个，未通过 0 个", "共测算 1 件案件：不能认定 0 件；有错误的文件 0 个"),
    ((27, 1, 1, 1, 6, 1), "en", "27 files checked (1 case): 26 passed, 1 failed; 1 error, 6 warnings, 1 info",
     "1 case assessed: 0 undecided; files with errors: 1"),
    ((1, 1, 1, 2, 1, 0), "en", "1 file checked: 0 passed, 1 failed; 2 errors, 1 warning, 0 infos",
     "1 case assessed: 0 undecided; files with errors: 1"),
    ((0, 0, 0, 0, 0, 0), "en", "0 files checked: 0 passed, 0 failed", "0 cases assessed: 0 undecided; files with errors: 0"),
])
def test_totals_count_files_cases_and_problems(numbers: tuple[int, ...], language_of: str, line: str, results: str) -> None:
    files, cases, failed, errors, warnings, infos = numbers
    language.choose(language_of)
    tally = Tally(files=files, cases=cases, failed=failed, errors=errors, warnings=warnings, infos=infos)
    assert (tally.line(), tally.results_line()) == (line, results)


def test_a_file_with_a_result_is_a_case() -> None:
    tally = Tally()
    for checked in (Case("roster.yaml"), Case("a.yaml", result=result()), Case("b.yaml", unreadable=True, result=result())):
        tally.add(checked)
    assert (tally.files, tally.cases) == (3, 2)


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
