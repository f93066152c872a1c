"""enforce rulebook diff: what a lawyer sees of two books, in every format; and both versions in assess."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from enforcecli.output.width import width
from tests.cli.conftest import Ran
from tests.documents.two_versions import COUNTED, TWO, repository

Enforce = Callable[..., Ran]


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, enforce: Enforce) -> Path:
    """Two versions of a measure and the cases of an office; the working directory."""
    repository(tmp_path)
    monkeypatch.chdir(tmp_path)
    return tmp_path


BOOKS = ("banben-2024", "banben-2026")


def test_situations_entries_and_cases_are_told(office: Path, enforce: Enforce) -> None:
    ran = enforce("rulebook", "diff", *BOOKS)
    assert (ran.code, ran.err) == (0, "")
    told = ran.out
    assert told.index("情形\n") < told.index("条目\n") < told.index("案件\n")
    assert "经审批为是，及时纠正为否（1 种）\n    原：审批人承担主要责任（7/10）；承办人承担次要责任 B2（第三条）\n" in told
    assert "角色：增加 协助人" in told and "规则：删去 B1" in told
    assert "按两册各测算 3 件" in told and f"{TWO} cases/{TWO}.yaml" in told
    assert re.search(r"乙 +主要责任，7/10 = 70.00%，追偿 +次要责任，3/10 = 30.00%，追偿", told)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_eighty_columns_and_gbk(office: Path, enforce: Enforce, lang: str) -> None:
    ran = enforce("rulebook", "diff", *BOOKS, "--lang", lang)
    ran.out.encode("gbk")
    assert max(map(width, ran.out.splitlines())) <= 80


def test_english_around_the_books_own_words(office: Path, enforce: Enforce) -> None:
    told = enforce("rulebook", "diff", *BOOKS, "--lang", "en").out
    assert "Situations of both books together, compared one by one: 4" in told
    assert "Roles: 协助人 is new" in told or "Role: 协助人 is new" in told


def test_only_the_cases_asked_for(office: Path, enforce: Enforce) -> None:
    ran = enforce("rulebook", "diff", *BOOKS, "--cases", f"cases/{TWO}.yaml", "--format", "json")
    found = json.loads(ran.out)
    assert [c["case"] for c in found["cases"]] == [TWO]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_case_neither_book_can_compute_is_not_told_as_the_same(office: Path, enforce: Enforce, lang: str) -> None:
    path = office / "cases" / f"{TWO}.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("角色: 承办人", "角色: 某种人"), encoding="utf-8")
    ran = enforce("rulebook", "diff", *BOOKS, "--lang", lang)
    assert {"zh": "结果不同的 2 件，相同的 0 件；另有 1 件", "en": "with another result: 2, with the same: 0; 1cannot"}[lang] in re.sub(r"\n *", "", ran.out)
    assert {"zh": f"没有比较的：{TWO}。", "en": f"Not compared: {TWO}."}[lang] in ran.out
    found = json.loads(enforce("rulebook", "diff", *BOOKS, "--format", "json").out)
    assert [(c["case"], c["compared"]) for c in found["cases"] if not c["compared"]] == [(TWO, False)]
    assert f"没有比较的：{TWO}" in enforce("rulebook", "diff", *BOOKS, "--format", "md").out


def test_in_english_the_answers_are_told_in_english(office: Path, enforce: Enforce) -> None:
    later = office / "rulebooks" / "banben-2026" / "rulebook.yaml"
    text = later.read_text(encoding="utf-8")
    later.write_text(text.replace("over: {C1: 及时纠正的例外, C2: 及时纠正的例外}", "over: {C1: 及时纠正的例外}"), encoding="utf-8")
    told = enforce("rulebook", "diff", *BOOKS, "--lang", "en").out
    assert "conflict of rules: " in told and "规则冲突" not in told


def test_json_says_it_all(office: Path, enforce: Enforce) -> None:
    found = json.loads(enforce("rulebook", "diff", *BOOKS, "--format", "json").out)
    assert found["format"] == "enforce-rulebook-diff/1"
    assert [found[k]["id"] for k in ("before", "after")] == list(BOOKS)
    assert {k: found["situations"][k] for k in ("total", "how", "same", "changed")} == {
        "total": 4, "how": "all", "same": 0, "changed": 4}
    case = next(c for c in found["cases"] if c["case"] == TWO)
    assert case["changed"]
    assert [{p["person"]: p["share"] for p in case[k]["findings"][0]["persons"]} for k in ("before", "after")] == [
        {"甲": "3/10", "乙": "7/10"}, {"甲": "7/10", "乙": "3/10"}]
    assert case["before"]["findings"][0]["kept_by_organ"] == "0.00"


def test_markdown_has_a_table_for_each_case(office: Path, enforce: Enforce) -> None:
    told = enforce("rulebook", "diff", *BOOKS, "--format", "md").out
    assert f"#### {TWO}" in told and re.search(r"^\| 乙 +\| 主要责任，7/10 = 70.00%", told, re.MULTILINE)


def test_a_book_and_its_directory_are_the_same(office: Path, enforce: Enforce) -> None:
    by_path = enforce("rulebook", "diff", "rulebooks/banben-2024", "rulebooks/banben-2026")
    assert (by_path.code, by_path.out) == (0, enforce("rulebook", "diff", *BOOKS).out)


def test_a_book_compared_with_itself(office: Path, enforce: Enforce) -> None:
    ran = enforce("rulebook", "diff", "banben-2024", "banben-2024")
    assert ran.code == 0
    assert "结论不同的 0 种，相同的 2 种" in ran.out and "两册的条目相同" in ran.out and "结果不同的 0 件" in ran.out


def test_a_book_with_errors_is_told_instead(office: Path, enforce: Enforce) -> None:
    path = office / "rulebooks" / "banben-2026" / "rulebook.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("who: 协助人", "who: 协助员"), encoding="utf-8")
    ran = enforce("rulebook", "diff", *BOOKS)
    assert (ran.code, ran.out) == (1, "") and "B112" in ran.err


def test_a_book_there_is_not(office: Path, enforce: Enforce) -> None:
    ran = enforce("rulebook", "diff", "banben-2024", "banben-2025")
    assert ran.code == 2 and "banben-2025" in ran.err


def test_a_case_that_cannot_be_read_is_named(office: Path, enforce: Enforce) -> None:
    (office / "cases" / "SJ-2026-900.yaml").write_bytes(b"\xff\xfe\x00")
    ran = enforce("rulebook", "diff", *BOOKS)
    assert ran.code == 3 and "cases/SJ-2026-900.yaml 读不出来，没有比较" in ran.out


def test_an_office_that_shows_grades_only(office: Path, enforce: Enforce) -> None:
    (office / "enforce.yaml").write_text("机关: 某县人民政府\n比例: 不显示\n", encoding="utf-8")
    for form in ("text", "md", "json"):
        told = enforce("rulebook", "diff", *BOOKS, "--format", form).out
        cases = told[max(told.find("案件"), told.find('"cases"')):]
        assert "70.00" not in cases and "3/10" not in cases, form


def test_it_changes_nothing_and_says_the_same_again(office: Path, enforce: Enforce) -> None:
    def files() -> dict[str, bytes]:
        return {str(p): p.read_bytes() for p in sorted(office.rglob("*")) if p.is_file()}

    before = files()
    assert enforce("rulebook", "diff", *BOOKS).out == enforce("rulebook", "diff", *BOOKS).out
    assert files() == before


# both versions, and the cases counted, in assess

def test_assess_shows_both_versions(office: Path, enforce: Enforce) -> None:
    told = enforce("assess", f"cases/{TWO}.yaml").out
    assert "从旧兼从轻：行为时 banben-2024，决定时（2026-05-08）banben-2026" in told
    assert "过错 1：各人适用不同版本，其余 2/5 无人承担；涉及金额的，由机关自担" in told
    assert "依 banben-2026" in told and "后者较轻" in told and "后者较重" in told
    assert "机关自担 4000.00" in told


def test_explain_gives_the_reasoning_of_the_other_version_too(office: Path, enforce: Enforce) -> None:
    told = enforce("assess", f"cases/{TWO}.yaml", "--explain").out
    assert "推理全过程（过错 1）" in told and "推理全过程（过错 1，依 banben-2026）" in told


@pytest.mark.parametrize("form", ["json", "yaml"])
def test_data_gives_both_versions(office: Path, enforce: Enforce, form: str) -> None:
    out = enforce("assess", f"cases/{TWO}.yaml", "--format", form).out
    if form == "yaml":
        from ruamel.yaml import YAML

        found = YAML(typ="safe").load(out)
    else:
        found = json.loads(out)
    versions = found["versions"]
    assert versions["on"] == "2026-05-08"
    assert [(p["person"], p["later_is"], p["applies"]) for p in versions["persons"]] == [
        ("甲", "heavier", "older"), ("乙", "lighter", "later")]
    assert (versions["older"]["rulebook"]["id"], versions["later"]["rulebook"]["id"]) == BOOKS
    lines = {p["person"]: p for p in found["findings"][0]["persons"]}
    assert lines["乙"]["rulebook"] == "banben-2026" and "rulebook" not in lines["甲"]
    assert found["findings"][0]["kept_by_organ"] == "4000.00"


def test_data_names_the_cases_counted(office: Path, enforce: Enforce) -> None:
    found = json.loads(enforce("assess", f"cases/{COUNTED}.yaml", "--format", "json").out)
    counted = {c["fact"]: c for c in found["findings"][0]["counted"]}
    assert counted["一年内次数"] == {
        "person": "甲", "fact": "一年内次数", "value": "一次", "number": 1, "by": "decision", "from": "2025-05-01",
        "to": "2026-05-01", "provisional": True,
        "cases": [{"case": "SJ-2026-150", "file": "cases/SJ-2026-150.yaml", "date": "2026-04-01"}]}


def test_nothing_of_it_where_nothing_is_counted_or_weighed(enforce: Enforce) -> None:
    found = json.loads(enforce("assess", "cases/2026/SJ-2026-003.yaml", "--format", "json").out)
    assert "versions" not in found and "counted" not in found["findings"][0]


def test_grades_only_hide_the_shares_of_both(office: Path, enforce: Enforce) -> None:
    (office / "enforce.yaml").write_text("机关: 某县人民政府\n比例: 不显示\n", encoding="utf-8")
    for form in ("text", "md", "json", "yaml"):
        ran = enforce("assess", f"cases/{TWO}.yaml", "--format", form)
        assert "3/10" not in ran.out and "30.00" not in ran.out.replace("3000.00", ""), form
        assert "7/10" not in ran.out + ran.err, form
