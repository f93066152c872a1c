"""Every layer and kind of degree, shown by small measures written in the rulebook format."""

from __future__ import annotations

from fractions import Fraction
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from enforcecli.model.rulebook import Rulebook
from enforcecli.reading.rulebook import read_rulebook
from enforcecli.rules.finding import assess_finding
from tests.rules.worked_cases import finding

MEASURES: list[dict[str, Any]] = YAML(typ="safe").load(Path(__file__).with_name("layers.yaml").read_text(encoding="utf-8"))
FRAME: dict[str, Any] = {
    "rulebook": "frame", "format": 1, "title": "某办法", "issuer": "某乡人民政府", "effective": {"from": "2024-01-01"},
    "source": "source.txt", "combine": "exclusive",
    "roles": {role: {} for role in ("承办人", "协办人", "审核人", "审批人", "参加人")},
    "degrees": {
        "全部责任": {"kind": "share", "default": "1"}, "主要责任": {"kind": "share", "default": "7/10"},
        "直接责任": {"kind": "ratio", "default": "5"}, "领导责任": {"kind": "ratio", "default": "3"},
        "共同责任": {"kind": "equal"}, "按责任大小": {"kind": "weighted"}, "次要责任": {"kind": "rest"},
        "追究责任": {"kind": "label"}, "连带责任": {"kind": "joint"}, "不承担责任": {"kind": "none"},
    },
    "facts": {}, "faults": [{"code": "1", "cite": "一1", "name": "超越职权"}],
}
SOURCE = "一、责任\n1、第一种情形；\n2、第二种情形；\n3、第三种情形。\n"


def measure(book: dict[str, Any]) -> Rulebook:
    text = StringIO()
    YAML(typ="safe").dump(FRAME | book, text)
    found, problems = read_rulebook({"rulebook.yaml": text.getvalue().encode(), "source.txt": SOURCE.encode()}, "frame")
    assert found is not None, problems
    return found


CASES = [pytest.param(m["book"], case, id=f"{m['name']}: {case['name']}") for m in MEASURES for case in m["cases"]]


@pytest.mark.parametrize(("book", "case"), CASES)
def test_a_measure_of_another_shape(book: dict[str, Any], case: dict[str, Any]) -> None:
    result = assess_finding(measure(book), finding(case.get("facts", {}), case), unit_of_act="林业站")
    if "undecided" in case:
        assert result.undecided is not None and result.undecided.kind.value == case["undecided"]
        assert list(result.undecided.facts) == case.get("missing", list(result.undecided.facts))
        assert list(result.undecided.rules) == case.get("conflict", list(result.undecided.rules))
        return
    assert result.undecided is None, result.undecided
    expected = {p: None if share is None else Fraction(share) for p, share in case["shares"].items()}
    assert {line.person: line.share for line in result.persons} == expected
    by_person = {line.person: line for line in result.persons}
    assert {p: list(by_person[p].grades) for p in case.get("grades", {})} == case.get("grades", {})
    assert {p: list(by_person[p].severity) for p in case.get("severity", {})} == case.get("severity", {})
    assert result.outcome is not None and result.outcome.value == case.get("outcome", "liable")
    assert list(result.parts[0].rules) == case.get("rules", list(result.parts[0].rules))
    if None not in expected.values():
        assert sum(line.percent or 0 for line in result.persons) == case.get("percent", 10000)
