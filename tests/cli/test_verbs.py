"""validate and assess on the sample office and on broken copies of it."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import pytest

from enforcecli.output.width import width
from enforcecli.reading.kinds import FILE_KINDS
from tests.cli.conftest import CASES, Ran, process

Enforce = Callable[..., Ran]
ONE = "cases/2026/SJ-2026-003.yaml"


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """A copy of the sample office with three cases: sound, with an error, not decodable."""
    root = tmp_path / "案件 仓库"
    (root / "cases").mkdir(parents=True)
    for name in ("enforce.yaml", "roster.yaml"):
        shutil.copy(CASES / name, root / name)
    text = (CASES / ONE).read_text(encoding="utf-8")
    (root / "cases" / "SJ-2026-003.yaml").write_text(text, encoding="utf-8")
    (root / "cases" / "SJ-2026-004.yaml").write_text(
        text.replace("SJ-2026-003", "SJ-2026-004").replace("[2, 3-5]", "[2, 3-50]"), encoding="utf-8")
    (root / "cases" / "SJ-2026-005.yaml").write_bytes("案号: ".encode() + b"\xff\xff\x81\xff\n")
    return root


def test_the_sample_office_passes(enforce: Enforce) -> None:
    ran = enforce("validate")
    assert (ran.code, ran.err) == (0, "")
    assert re.fullmatch(r"共核查 ([0-9]+) 个文件（案件 [0-9]+ 件）：通过 \1 个，未通过 0 个；错误 0 处，.*", ran.out.rstrip("\n").split("\n")[-1])


def test_the_same_problems_in_every_format(office: Path, enforce: Enforce, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(office)
    ran = {form: enforce("validate", "--format", form)
           for form in ("text", "json", "jsonl", "sarif", "github", "gitlab", "junit")}
    assert {r.code for r in ran.values()} == {3}
    assert {r.err for r in ran.values()} == {""}
    problems = json.loads(ran["json"].out)["problems"]
    codes = sorted(p["code"] for p in problems)
    assert sorted(json.loads(line)["code"] for line in ran["jsonl"].out.splitlines()) == codes
    assert sorted(r["ruleId"] for r in json.loads(ran["sarif"].out)["runs"][0]["results"]) == codes
    assert sorted(p["check_name"] for p in json.loads(ran["gitlab"].out)) == codes
    assert sorted(line.partition("title=")[2].partition("::")[0] for line in ran["github"].out.splitlines()) == codes
    for p in problems:
        assert f"{p['file']}:{p['line']}:{p['column']}: " in ran["text"].out
    suite = ElementTree.fromstring(ran["junit"].out)[0]
    assert int(suite.get("tests", "")) == json.loads(ran["json"].out)["files"] == 5


def test_exit_codes_of_validate(office: Path, enforce: Enforce, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(office)
    assert enforce("validate", "cases/SJ-2026-003.yaml").code == 0
    assert enforce("validate", "--strict", "cases/SJ-2026-003.yaml").code == 1  # a warning: 3-5 has alternatives
    assert enforce("validate", "cases/SJ-2026-004.yaml").code == 1
    assert enforce("validate", "cases/SJ-2026-005.yaml").code == 3
    assert enforce("validate", "cases/SJ-2026-004.yaml", "cases/SJ-2026-005.yaml").code == 3
    missing = enforce("validate", "cases/没有.yaml", "cases/SJ-2026-003.yaml")
    assert missing.code == 3
    assert missing.out.endswith("共核查 2 个文件：通过 1 个，未通过 1 个（其中无法读取 1 个）；错误 1 处，警告 1 处，提示 0 处\n")


def test_a_batch_assesses_everything_and_prints_all(office: Path, enforce: Enforce,
                                                    monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(office)
    ran = enforce("assess", "--format", "json")
    data = json.loads(ran.out)
    assert ran.code == 3
    assert [(d["file"], bool(d["findings"])) for d in data] == [
        ("cases/SJ-2026-003.yaml", True), ("cases/SJ-2026-004.yaml", True), ("cases/SJ-2026-005.yaml", False)]
    assert data[2]["problems"]


def test_assess_prints_the_result_on_stdout_and_problems_on_stderr(enforce: Enforce) -> None:
    ran = enforce("assess", ONE)
    assert ran.code == 0
    assert ran.out.startswith(f"SJ-2026-003  {ONE}\n")
    assert "7/10 = 70.00%" in ran.out
    assert "内部测算参考比例，非《办法》条文，不作为定责依据" in ran.out
    assert ran.err.startswith(f"{ONE}:")
    assert "警告" in ran.err
    assert "推理全过程" not in ran.out
    assert "推理全过程" in enforce("assess", ONE, "--explain").out


def test_cannot_decide_is_4_and_stands_out(enforce: Enforce) -> None:
    everything = enforce("assess")
    assert everything.code == 4
    assert "【不能认定】" in everything.out
    for line in everything.out.split("\n"):
        assert width(line) <= 80


def test_one_file_is_an_object_and_a_directory_a_list(enforce: Enforce) -> None:
    one = json.loads(enforce("assess", ONE, "--format", "json").out)
    (same,) = (d for d in json.loads(enforce("assess", "cases", "--format", "json").out) if d["case"] == "SJ-2026-003")
    assert one == same
    lines = enforce("assess", "cases", "--format", "jsonl").out.splitlines()
    assert one in [json.loads(line) for line in lines]


def test_the_contracts_example_to_the_letter(enforce: Enforce) -> None:
    data = json.loads(enforce("assess", ONE, "--format", "json").out)
    (finding,) = data["findings"]
    assert (finding["faults"], finding["cites"]) == (["2", "3-5"], ["三（一）2", "三（一）3（5）"])
    assert [b["reason"] for b in finding["parts"][0]["beaten"]] == [
        "经审批行为的特别规定；特别规定优于一般规定", "经审批行为的特别规定", "误导是审批责任的例外"]
    assert [(p["person"], p["share"], p["percent"], p["recovery"]) for p in finding["persons"]] == [
        ("张某", "7/10", "70.00", "5040.00"), ("杨某", "3/10", "30.00", "0.00")]
    assert [[(m["method"], m.get("name"), m["power"], m["to"]) for m in p["methods"]] for p in finding["persons"]] == [
        [("M7", None, "refer", "县林业局"), ("M4", None, "impose", None)],
        [("M1", None, "refer", "县人民政府"), ("其他", "诫勉", "refer", "县人民政府")]]
    assert finding["kept_by_organ"] == "2160.00"
    assert [(x["person"], x["office"], x["cite"]) for x in data["leadership"]] == [
        ("赵某", "第一责任人", "四（一）"), ("杨某", "分管领导", "四（一）"), ("刘某", "站所负责人", "四（二）")]


@pytest.mark.parametrize("form", ["text", "json", "jsonl", "yaml", "md"])
def test_a_second_run_is_byte_identical(form: str) -> None:
    runs = [process("assess", "--format", form, PYTHONHASHSEED=seed, TZ=zone)
            for seed, zone in (("1", "UTC"), ("2", "Pacific/Kiritimati"))]
    assert runs[0].stdout == runs[1].stdout
    assert runs[0].stderr == runs[1].stderr
    assert runs[0].returncode == 4


def test_the_office_may_ask_for_english(office: Path, enforce: Enforce, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(office)
    settings = office / "enforce.yaml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text.replace("语言: zh", "语言: en"), encoding="utf-8")
    from enforcecli.reading.workspace import _open

    _open.cache_clear()
    assert "Finding 1" in enforce("assess", "cases/SJ-2026-003.yaml").out
    assert "过错 1" in enforce("assess", "cases/SJ-2026-003.yaml", "--lang", "zh").out


def test_searching_and_showing_the_measure(enforce: Enforce) -> None:
    assert "R5    三（二）5" in enforce("catalogue", "rules").out
    assert "R5" in enforce("catalogue", "search", "审批部门").out
    assert enforce("catalogue", "search", "没有这个词").out == "共 0 项\n"
    shown = enforce("catalogue", "show", "r6").out
    assert "条文：由于案件承办人汇报事实有误" in shown
    assert "优先于：R2" in shown
    (entry,) = json.loads(enforce("catalogue", "show", "M7", "--format", "json").out)
    assert (entry["sort"], entry["code"]) == ("methods", "M7")
    assert "shangjiang-2023" in enforce("rulebook", "list").out
    assert "内容校验码（SHA-256）：" in enforce("rulebook", "show", "shangjiang-2023").out
    assert "过错责任划分" in enforce("rulebook", "show", "shangjiang", "--source").out


def test_powers_stand_on_a_line_each_and_english_only_where_it_is_asked_for(enforce: Enforce) -> None:
    shown = enforce("catalogue", "show", "M7").out
    (entry,) = json.loads(enforce("catalogue", "show", "M7", "--format", "json").out)
    powers = entry["details"]["权限："].split("；")
    assert len(powers) > 2
    first, *rest = powers
    assert "\n".join([f"  权限：{first}", *(f"        {power}" for power in rest)]) in shown
    assert "英文" not in shown
    assert entry["en"] in enforce("catalogue", "show", "M7", "--lang", "en").out


def test_explain_shows_no_raw_placeholders(enforce: Enforce) -> None:
    for kind in json.loads(enforce("explain", "--format", "json").out):
        assert not re.search(r"\{[a-z_]+\}", kind["message"] + kind["remedy"]), kind["code"]
    shown = enforce("explain", "P101").out
    assert "〈" in shown
    assert "{guess}" not in shown
    (rule,) = json.loads(enforce("validate", ONE, "--format", "sarif").out)["runs"][0]["tool"]["driver"]["rules"]
    assert rule["help"]["text"] == "把“〈item〉”改为其中一种的代码"


def test_a_reading_is_called_so_once(enforce: Enforce) -> None:
    for kind in json.loads(enforce("explain", "--format", "json").out):
        if kind["basis"]:
            (line,) = [line for line in enforce("explain", kind["code"]).out.split("\n") if line.startswith("依据")]
            assert line.count("理解") == 1


PLACES = {
    "empty": ([], ("cases/ 目录", "enforce.yaml")),
    "office without cases": (["roster.yaml"], ("的 cases/ 目录里没有",)),
    "office with an empty directory": (["roster.yaml", "cases/2026/"], ("的 cases/ 目录里没有",)),
    "a case below": (["cases/SJ-2026-003.yaml"], None),
    "office with a case": (["roster.yaml", "cases/2026/SJ-2026-003.yaml"], None),
}


@pytest.mark.parametrize("verb", ["validate", "assess"])
@pytest.mark.parametrize("name", PLACES)
def test_where_no_case_is_found_it_is_said(tmp_path: Path, enforce: Enforce, name: str, verb: str,
                                           monkeypatch: pytest.MonkeyPatch) -> None:
    files, words = PLACES[name]
    for file in files:
        path = tmp_path / file
        (path if file.endswith("/") else path.parent).mkdir(parents=True, exist_ok=True)
        if not file.endswith("/"):
            path.write_bytes((CASES / ("cases/2026" if path.stem.startswith("SJ") else "") / path.name).read_bytes())
    monkeypatch.chdir(tmp_path)
    for paths in ((), (".",), (str(tmp_path),)):
        ran = enforce(verb, *paths)
        assert ("没有找到案件" in ran.err) == (words is not None)
        if words is not None:
            assert (ran.code, ran.err.count("\n")) == (0, 1)
            assert [word for word in (str(tmp_path), *words) if word not in ran.err] == []


@pytest.mark.parametrize(("file", "words"), [
    ("roster.yaml", "roster.yaml 是人员名册，不是案件"), ("enforce.yaml", "enforce.yaml 是机关设置，不是案件")])
def test_settings_are_no_case_to_assess(enforce: Enforce, file: str, words: str) -> None:
    ran = enforce("assess", file)
    assert (ran.code, ran.out) == (0, "")
    assert words in ran.err
    assert words not in enforce("validate", file).err
    assert words not in enforce("assess").err


def test_a_case_outside_a_repository_is_shown_with_its_path(tmp_path: Path, enforce: Enforce,
                                                            monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "下载").mkdir()
    shutil.copy(CASES / ONE, tmp_path / "下载" / "SJ-2026-003.yaml")
    monkeypatch.chdir(tmp_path)
    for form in ("text", "md"):
        assert "下载/SJ-2026-003.yaml" in enforce("assess", "下载/SJ-2026-003.yaml", "--format", form).out


def test_that_the_organ_must_not_decide_is_said_once(enforce: Enforce) -> None:
    heads = [line for line in enforce("assess").out.split("\n") if line.startswith("【注意】")]
    assert heads
    assert {line.count("不宜处理") for line in heads} == {1}


def test_an_option_of_a_fault_has_its_name(enforce: Enforce) -> None:
    assert "  情形：3-9a 不使用罚没收据\n" in enforce("assess", "cases/2025/SJ-2025-005.yaml").out


def test_explain_and_schema(enforce: Enforce) -> None:
    assert enforce("explain", "l301").out.startswith("L301  错误  ")
    kinds = json.loads(enforce("explain", "--format", "json").out)
    assert {"L301", "T201"} <= {kind["code"] for kind in kinds}
    for kind in FILE_KINDS:
        schema = json.loads(enforce("schema", kind, "--keys", "zh").out)
        assert schema["$schema"]


def test_no_progress_in_a_pipe() -> None:
    assert process("validate").stderr == b""


def test_a_book_with_errors_is_named_not_passed_over(
        enforce: Enforce, office: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    book = office / "rulebooks" / "broken"
    book.mkdir(parents=True)
    (book / "rulebook.yaml").write_text("rulebook: broken\n", encoding="utf-8")
    monkeypatch.chdir(office)
    listed = enforce("rulebook", "list")
    assert listed.code == 1 and "“broken”" in listed.err and "shangjiang-2023" in listed.out
    assert enforce("rulebook", "show", "broken").code == 2
    assert enforce("validate", "rulebooks/broken").code == 1


def test_outside_any_repository_nothing_is_searched(
        enforce: Enforce, office: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(office.parent)
    ran = enforce("validate")
    assert ran.code == 0 and "没有找到案件" in ran.err and "SJ-2026" not in ran.out
