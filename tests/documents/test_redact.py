"""The public version: nothing of the case that leads to a person, and still what was done."""

from __future__ import annotations

from pathlib import Path

import pytest

from enforcecli.desk.examine import Examined, examine_file
from enforcecli.documents.compare import docx_text
from enforcecli.documents.context import Refusal
from enforcecli.documents.kinds import KINDS
from enforcecli.documents.personal import family_name, looks_like_a_name, without_numbers
from enforcecli.documents.redact import kind_of_evidence, redacted, secrets
from enforcecli.documents.render import Rendered, render
from enforcecli.reading.workspace import Workspace
from tests.cli.conftest import CASES

SERVED = [kind for kind in KINDS.values() if not kind.file_paper]
REAL = {
    "张某": "张建国", "杨某": "欧阳明远", "赵某": "赵德厚", "王某": "王小川", "钱某": "钱多", "孙某": "孙立人", "刘某": "刘长河",
}  # fmt: skip
PARTICULARS = ("身份证号 533321198001012345", "电话 13912345678", "0886-3456789", "zhang@example.invalid",
               "家住上江村三组12号", "云A12345")  # fmt: skip


def office(root: Path, change: dict[str, str] | None = None) -> tuple[Examined, Workspace]:
    """The sample office with names as real people bear them, and particulars in the facts."""
    (root / "cases").mkdir(parents=True)
    case = (CASES / "cases/2026/SJ-2026-003.yaml").read_text(encoding="utf-8")
    roster = (CASES / "roster.yaml").read_text(encoding="utf-8")
    for mask, name in (REAL | (change or {})).items():
        case, roster = case.replace(mask, name), roster.replace(mask, name)
    case = case.replace("致使案件定性不准。", "致使案件定性不准。" + "，".join(PARTICULARS) + "。某林业站李四在场。")
    case = case.replace("某木材加工厂, ", "李四, ").replace("相对人: 某木材加工厂", "相对人: 李四")
    case = case.replace("名称: 询问笔录,", "名称: 对李四的询问笔录,")
    (root / "roster.yaml").write_text(roster, encoding="utf-8")
    (root / "enforce.yaml").write_text((CASES / "enforce.yaml").read_text(encoding="utf-8"), encoding="utf-8")
    path = root / "cases" / "SJ-2026-003.yaml"
    path.write_text(case, encoding="utf-8")
    return examine_file(path), Workspace.open(path)


def public(examined: Examined, workspace: Workspace) -> dict[str, str]:
    papers = render(examined, workspace, SERVED, formats=("md", "docx"), public=True)
    files = [p for p in papers if isinstance(p, Rendered)]
    assert [p for p in papers if isinstance(p, Refusal) and not p.idle] == []
    return {f"{p.name}.{p.format}": p.data.decode() if p.format == "md" else "\n".join(docx_text(p.data) or [])
            for p in files}


def test_no_secret_of_the_case_is_left(tmp_path: Path) -> None:
    examined, workspace = office(tmp_path)
    papers = public(examined, workspace)
    assert "行政执法过错责任追究决定书-张某.md" in papers
    hidden = [*REAL.values(), "李四", "533321198001012345", "13912345678", "3456789", "zhang@", "三组12号", "A12345", "25-0101"]
    everything = "\n".join([*papers, *papers.values()])
    assert [word for word in hidden if word in everything] == []
    assert len(secrets(redacted(examined, workspace.roster))) >= len(REAL)


def test_what_was_done_stays(tmp_path: Path) -> None:
    text = public(*office(tmp_path))["行政执法过错责任追究决定书-张某.md"]
    for words in ("张某", "林业站", "某林业站李某在场", "承担主要责任", "上江责〔2026〕3号", "未到采伐现场复核", "30日"):
        assert words in text
    assert "询问笔录" in text
    assert "卷内第" not in text
    assert "承认未到现场；" not in text


def test_two_of_one_surname_are_kept_apart(tmp_path: Path) -> None:
    examined, workspace = office(tmp_path, {"杨某": "张志强"})
    papers = public(examined, workspace)
    assert "行政执法过错责任追究决定书-张某甲.md" in papers
    text = papers["行政执法过错责任追究决定书-张某甲.md"]
    assert "张某甲未到采伐现场复核" in text.replace("\\", "")
    assert "张某乙未核对勘验记录" in text
    assert "张志强" not in text


def test_masked_names_of_the_case_are_kept_apart_too(tmp_path: Path) -> None:
    """Names already written 张某: two ids, one name."""
    examined, workspace = office(tmp_path, {name: name for name in REAL} | {"杨某": "张某2"})
    texts = public(examined, workspace)
    text = next(t for name, t in texts.items() if name.startswith("行政执法过错责任追究决定书") and name.endswith(".md"))
    assert "张某甲" in text
    assert "张某乙" in text


def test_every_sample_case_has_a_public_version() -> None:
    for path in sorted((CASES / "cases").rglob("*.yaml")):
        papers = render(examine_file(path), Workspace.open(path), SERVED, formats=("md",), public=True)
        plain = render(examine_file(path), Workspace.open(path), SERVED, formats=("md",))
        assert len([p for p in papers if isinstance(p, Rendered)]) == len([p for p in plain if isinstance(p, Rendered)])


def test_what_a_template_betrays_is_held_back(tmp_path: Path) -> None:
    """The finished text is searched again: a name written into the office's own template."""
    examined, workspace = office(tmp_path)
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "decision.md.j2").write_text("# 决定书\n\n承办：张建国，13912345678\n", encoding="utf-8")
    (found,) = render(examined, workspace, [KINDS["decision"]], formats=("md",), public=True)
    assert isinstance(found, Refusal)
    assert [(p.code, dict(p.args)["sort"]) for p in found.problems] == [("D233", "姓名、电话")]
    assert "张建国" not in str(found.problems)


@pytest.mark.parametrize(("name", "surname"), [("张三", "张"), ("欧阳明", "欧阳"), ("欧阳", "欧"), ("阿布都·买买提", "阿")])
def test_family_names(name: str, surname: str) -> None:
    assert family_name(name) == surname


@pytest.mark.parametrize("word", ["李四", "欧阳明远", "阿布都·买买提", "王五"])
def test_names(word: str) -> None:
    assert looks_like_a_name(word)


@pytest.mark.parametrize("word", ["企业", "农户", "林业站", "某林业站", "张家村", "李记餐馆店", "站长", "高速公司", "", "x", "王", "国家"])
def test_no_names(word: str) -> None:
    assert not looks_like_a_name(word)


@pytest.mark.parametrize(("text", "expected"), [
    ("上江责〔2026〕3号", "上江责〔2026〕3号"), ("SJ-2026-003", "SJ-2026-003"), ("2026年3月2日", "2026年3月2日"),
    ("12000.00元", "12000.00元"), ("他人林地内3号小班", "他人林地内3号小班"), ("住上江村三组12号的", "（住址略）的"),
    ("533321198001012345", "（号码略）"), ("13912345678", "（电话略）"),
])  # fmt: skip
def test_numbers(text: str, expected: str) -> None:
    assert without_numbers(text).replace("住（", "（") == expected


@pytest.mark.parametrize(("name", "kind"), [
    ("对李四的询问笔录", "询问笔录"), ("现场勘验图", "勘验图"), ("行政复议决定书", "复议决定书"), ("李四提供的一段话", "其他证据材料")])
def test_evidence(name: str, kind: str) -> None:
    assert kind_of_evidence(name) == kind
