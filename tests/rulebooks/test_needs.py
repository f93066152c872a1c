"""What measures of other places say, which the format must be able to say: each a measure in a repository of its own, and a case.

The files are written as an officer and an author would write them and go through the whole program.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from enforcecli.desk.book import check_book, read_book
from enforcecli.desk.examine import Examined, examine
from enforcecli.output.results import as_dict
from enforcecli.reading.files import OnDisk
from enforcecli.reading.library import Folder

NEEDS: list[dict[str, Any]] = YAML(typ="safe").load(Path(__file__).with_name("needs.yaml").read_text(encoding="utf-8"))
ROLES = ("承办人", "协办人", "审核人", "审批人", "参加人", "部门主要负责人", "分管领导")
BOOK: dict[str, Any] = {
    "rulebook": "frame", "format": 1, "title": "某办法", "issuer": "某乡人民政府", "effective": {"from": "2024-01-01"},
    "source": "source.txt", "combine": "exclusive",
    "roles": {role: {} for role in ROLES},
    "degrees": {
        "全部责任": {"kind": "share", "default": "1"}, "主要责任": {"kind": "share", "default": "7/10"},
        "次要责任": {"kind": "rest"}, "共同责任": {"kind": "equal"}, "按责任大小": {"kind": "weighted"},
        "连带责任": {"kind": "joint"}, "不承担责任": {"kind": "none"},
    },
    "facts": {}, "faults": [{"code": "1", "cite": "一1", "name": "超越职权"}],
}
SOURCE = "一、责任\n1、第一种情形；\n2、第二种情形；\n3、第三种情形。\n"
OFFICE = {"机关": "某乡人民政府", "适用办法": "frame"}
CASES = [pytest.param(need["book"], case, id=f"{need['name']}: {case['name']}") for need in NEEDS for case in need["cases"]]


def the_case(number: str, data: Mapping[str, Any]) -> dict[str, Any]:
    """A case about an act of 2 March 2026, under investigation since 1 April unless `data` says otherwise."""
    finding = {"情形": "1", "事实": "越权作出。", "后果": {"程度": data.get("gravity", "轻微")}, **data.get("facts", {}),
               "涉及人员": data["persons"]}
    case: dict[str, Any] = {
        "案号": number, "案由": "某案", "阶段": data.get("阶段", "立案"),
        "行为": {"日期": "2026-03-02", "种类": data.get("kind", "行政处罚"), "作出机关": "某乡人民政府", "承办单位": "林业站"},
        "人员": {one["人"]: {"人员类别": "公务员", "单位": "林业站"} for one in data["persons"]}, "过错事实": [finding],
        "程序": {"立案": {"日期": str(data.get("filed", "2026-04-01")), "批准": "主任"}},
    }
    if "found" in data:
        case["线索"] = {"来源": "自查", "日期": str(data["found"])}
    for name, wage in data.get("wage", {}).items():
        case["人员"][name]["月基本工资"] = wage
    for name in data.get("units", ()):
        case["人员"][name] = {"类别": "单位"}
    if "paid" in data:
        case["赔偿"] = {"义务机关": "某乡人民政府", "支付日期": "2026-03-20", "性质": "国家赔偿", **data["paid"]}
    if "measures" in data:
        case["处理意见"] = data["measures"]
    if "决定日期" in data:
        case["程序"]["决定"] = {"日期": str(data["决定日期"]), "机关": "某乡人民政府"}
    return case


def assessed(root: Path, book: Mapping[str, Any], data: Mapping[str, Any]) -> Examined:
    """The case, examined in a repository that holds the measure and, where `data` has one, an earlier case."""
    write = YAML(typ="safe").dump
    (root / "rulebooks" / "frame").mkdir(parents=True)
    (root / "rulebooks" / "frame" / "source.txt").write_text(SOURCE, encoding="utf-8")
    (root / "cases").mkdir()
    write(BOOK | book, root / "rulebooks" / "frame" / "rulebook.yaml")
    write(OFFICE, root / "enforce.yaml")
    if "before" in data:
        write(the_case("AB-2025-001", {"filed": "2025-09-01", **data["before"], "persons": data["persons"]}), root / "cases" / "AB-2025-001.yaml")
    path = root / "cases" / "AB-2026-001.yaml"
    write(the_case("AB-2026-001", data), path)
    (examined,) = examine([path])
    return examined


@pytest.mark.parametrize(("book", "case"), CASES)
def test_a_measure_says_it_and_a_case_shows_it(tmp_path: Path, book: dict[str, Any], case: dict[str, Any]) -> None:
    examined = assessed(tmp_path, book, case)
    codes = {problem.code for problem in examined.problems}
    assert examined.result is not None
    result: Any = as_dict(examined.result)
    assert result["findings"], [(p.code, p.args) for p in examined.problems]
    (finding,) = result["findings"]
    gives = case["gives"]
    if "undecided" in gives:
        assert finding["undecided"]["kind"] == gives["undecided"]
        return
    assert finding["decided"], finding["undecided"]
    lines = {line["person"]: line for line in finding["persons"]}
    assert finding["outcome"] == gives.get("outcome", "liable")
    if "shares" in gives:
        assert {name: line["share"] for name, line in lines.items()} == gives["shares"]
    for key in ("grades", "severity", "recovery"):
        expected = gives.get(key, {})
        assert {name: lines[name][key] for name in expected} == expected
    assert finding["kept_by_organ"] == gives.get("kept", finding["kept_by_organ"])
    if "rules" in gives:
        assert finding["parts"][0]["rules"] == gives["rules"]
    assert set(gives.get("problems", ())) <= codes
    assert not set(gives.get("no_problems", ())) & codes


@pytest.mark.parametrize("need", NEEDS, ids=lambda need: need["name"])
def test_what_a_check_says_of_its_book(tmp_path: Path, need: dict[str, Any]) -> None:
    """The book loads without a problem, every situation has its rule, every group of persons adds up or is refused by
    name; all there is to confirm is a rule without conditions. Clauses of the frame no book cites are told."""
    (tmp_path / "frame").mkdir()
    (tmp_path / "frame" / "source.txt").write_text(SOURCE, encoding="utf-8")
    YAML(typ="safe").dump(BOOK | need["book"], tmp_path / "frame" / "rulebook.yaml")
    folder = Folder(OnDisk(tmp_path), "frame")
    assert read_book(folder).problems == ()
    main, *others = check_book(folder)
    general = any("when" not in rule and "layer" not in rule for rule in need["book"]["rules"])
    assert [p.code for p in main.problems] == (["B206"] if general else [])
    assert {p.code for file in others for p in file.problems} <= {"B140"}
    assert main.proof is not None and main.proof.groups is not None and main.proof.groups.flaws == ()


def test_every_need_is_summed_up_in_a_sentence() -> None:
    assert all(need["says"] and need["cases"] for need in NEEDS)
    assert len({need["name"] for need in NEEDS}) == len(NEEDS) >= 18
