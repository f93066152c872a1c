"""The sample office: every case is valid and comes to what was derived by hand beforehand."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from enforcecli.desk.examine import Examined, examine, examine_file
from enforcecli.model.case import STAGES
from enforcecli.model.problem import Level
from enforcecli.output.result_report import data_of
from enforcecli.problems import level

ROOT = Path(__file__).parents[2] / "sample_cases"
CASES = sorted((ROOT / "cases").glob("*/*.yaml"))
EXPECTED: dict[str, Any] = YAML(typ="safe").load(
    (Path(__file__).parent / "expected" / "cases.yaml").read_text(encoding="utf-8"))
WARNINGS: dict[str, list[str]] = YAML(typ="safe").load(
    (Path(__file__).parent / "expected" / "warnings.yaml").read_text(encoding="utf-8"))


def _codes(examined: Examined, wanted: Level) -> list[str]:
    return sorted(p.code for p in examined.problems if level(p) is wanted)


@pytest.fixture(scope="module")
def examined() -> dict[str, Examined]:
    return {file.stem: examine_file(file) for file in CASES}


@pytest.fixture(scope="module")
def results(examined: dict[str, Examined]) -> dict[str, Any]:
    """The result of each case as it is printed in JSON."""
    return {stem: data_of(one) for stem, one in examined.items()}


def test_every_case_has_its_expectation() -> None:
    assert [file.stem for file in CASES] == sorted(EXPECTED)


def test_the_whole_repository_is_without_errors() -> None:
    wrong = [(one.file, p.code) for one in examine([ROOT]) for p in one.problems if level(p) is Level.ERROR]
    assert wrong == []


@pytest.mark.parametrize("stem", sorted(EXPECTED))
def test_warnings_only_where_the_sample_is_about_one(stem: str, examined: dict[str, Examined]) -> None:
    assert _codes(examined[stem], Level.WARNING) == sorted(WARNINGS.get(stem, []))


@pytest.mark.parametrize("name", ["enforce.yaml", "roster.yaml"])
def test_roster_and_settings_are_clean(name: str) -> None:
    assert _codes(examine_file(ROOT / name), Level.WARNING) == []


@pytest.mark.parametrize("stem", sorted(EXPECTED))
def test_findings(stem: str, results: dict[str, Any]) -> None:
    expected, result = EXPECTED[stem]["findings"], results[stem]["findings"]
    assert len(result) == len(expected)
    for want, got in zip(expected, result, strict=True):
        if "undecided" in want:
            assert (got["decided"], got["outcome"]) == (False, None)
            undecided = got["undecided"]
            assert {key: undecided[key] for key in want["undecided"] if key != "persons"} == {
                key: value for key, value in want["undecided"].items() if key != "persons"}
            for person in want["undecided"].get("persons", []):
                assert person in undecided["question"]
            continue
        assert (got["decided"], got["outcome"]) == (True, want["outcome"])
        if want["outcome"] == "liable":
            _liable(want, got)


def _liable(want: dict[str, Any], got: dict[str, Any]) -> None:
    parts = {part["part"]: part for part in got["parts"]}
    assert {name: part["rules"] for name, part in parts.items()} == want["rules"]
    for name, beaten in want.get("beaten", {}).items():
        assert {b["rule"]: b["by"] for b in parts[name]["beaten"]} == beaten
    for name, reason in want.get("chosen", {}).items():
        assert parts[name]["chosen"] == reason
        assert {b["reason"] for b in parts[name]["beaten"]} == {reason}
    persons = {p["person"]: p for p in got["persons"]}
    assert {who: [p["grades"], p["share"], p["percent"], p["recovery"]] for who, p in persons.items()} == {
        who: [grades, share, percent, recovery] for who, (grades, share, percent, recovery)
        in want["persons"].items()}
    assert [who for who, p in persons.items() if p.get("unit")] == want.get("units", [])
    assert got["kept_by_organ"] == want["kept"]
    for who, methods in want["methods"].items():
        assert [" → ".join(filter(None, (m["method"], m["power"], m["to"]))) for m in persons[who]["methods"]] \
            == methods


@pytest.mark.parametrize("stem", sorted(EXPECTED))
def test_what_stands_beside_the_findings(stem: str, examined: dict[str, Examined],
                                         results: dict[str, Any]) -> None:
    want, got, one = EXPECTED[stem], results[stem], examined[stem]
    assert got["case_shares"] == want["case_shares"]
    if want["leadership"] is not None:
        assert [[held["person"], held["office"]] for held in got["leadership"]] == want["leadership"]
    assert one.result is not None
    assert (one.result.unfit is not None) == want.get("unfit", False)
    assert (one.result.conclusion or "").split("，")[0] == (want.get("conclusion") or "")


def test_each_stage_rule_and_kind_occurs(examined: dict[str, Examined], results: dict[str, Any]) -> None:
    cases = [one.case for one in examined.values() if one.case is not None]
    assert {case.stage for case in cases} == set(STAGES)
    findings = [f for result in results.values() for f in result["findings"]]
    rules = {rule for f in findings for part in f.get("parts", []) for rule in part["rules"]}
    assert rules >= {"R1", "R2", "R3", "R4", "R5", "R6"}
    assert {f["outcome"] for f in findings} == {"liable", "not-pursued", "not-applicable", None}
    assert {f["undecided"]["kind"] for f in findings if not f["decided"]} == {
        "fact-missing", "vacant-role", "nobody-at-fault", "not-covered", "no-version"}
    methods = [m for f in findings for p in f.get("persons", []) for m in p["methods"]]
    assert {m["power"] for m in methods} == {"impose", "refer", "not-applicable"}
    assert any(m["method"] == "其他" for m in methods)


def test_the_english_case_has_no_chinese_key_of_the_program() -> None:
    """Keys of the program are English throughout; the rulebook's own facts keep their words."""
    data = YAML(typ="safe").load((ROOT / "cases/2026/SJ-2026-015.yaml").read_text(encoding="utf-8"))
    data_keys = {"dispositions", "performance", "documents", "defences", "service"}  # keyed by person

    def keys(value: Any, under: str = "") -> set[str]:
        if isinstance(value, list):
            return set().union(*(keys(item, under) for item in value))
        if not isinstance(value, dict):
            return set()
        own = set() if under in data_keys else set(value)
        return own.union(*(keys(item, key) for key, item in value.items()))

    facts = {"特殊情形", "部门作出", "审批情形", "因汇报失实致审批失误", "有无过错", "汇报失实", "主观过错", "认错态度"}
    assert {key for key in keys(data) if not key.isascii()} <= facts
