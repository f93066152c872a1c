"""enforce render and enforce template on copies of the sample office."""

from __future__ import annotations

import io
import os
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from enforcecli.documents.freeze import freeze
from enforcecli.reading.workspace import _open
from enforcecli.text import write as writing
from tests.cli.conftest import CASES, Ran, process

Enforce = Callable[..., Ran]
ONE = "SJ-2026-003"
PAPER = "行政执法过错责任追究决定书-张某"


@pytest.fixture
def office(tmp_path: Path, enforce: Enforce, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the sample office, with one case, the current directory."""
    root = tmp_path / "案件 仓库"
    (root / "cases" / "2026").mkdir(parents=True)
    for name in ("enforce.yaml", "roster.yaml", f"cases/2026/{ONE}.yaml"):
        shutil.copy(CASES / name, root / name)
    monkeypatch.chdir(root)
    _open.cache_clear()
    return root


def case(root: Path, old: str, new: str) -> None:
    path = root / "cases" / "2026" / f"{ONE}.yaml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def papers(root: Path) -> dict[str, bytes]:
    return {p.name: p.read_bytes() for p in (root / "decisions" / ONE).iterdir() if p.is_file()}


def test_all_papers_of_a_case(office: Path, enforce: Enforce) -> None:
    ran = enforce("render", ONE)
    assert (ran.code, ran.err) == (0, "")
    made = papers(office)
    assert {f"{PAPER}.md", f"{PAPER}.docx", "责任认定计算表.md", "移送函-县林业局.docx"} <= set(made)
    assert ran.out.splitlines()[-1] == f"共 {len(made)} 份：写入 {len(made)}，未变 0；未生成 0 份"
    assert f"写入  decisions/{ONE}/{PAPER}.md" in ran.out


def test_what_is_there_is_not_written_again(office: Path, enforce: Enforce) -> None:
    enforce("render", ONE)
    before = {p.name: p.stat().st_mtime_ns for p in (office / "decisions" / ONE).iterdir()}
    inodes = {p.name: p.stat().st_ino for p in (office / "decisions" / ONE).iterdir()}
    (office / "decisions" / ONE / f"{PAPER}.md").unlink()
    ran = enforce("render", ONE)
    assert "写入 1，" in ran.out
    after = {p.name: p.stat().st_ino for p in (office / "decisions" / ONE).iterdir()}
    assert {k for k in after if after[k] != inodes[k]} <= {f"{PAPER}.md"}
    assert {p.name: p.stat().st_mtime_ns for p in (office / "decisions" / ONE).iterdir() if p.name != f"{PAPER}.md"} == {
        k: v for k, v in before.items() if k != f"{PAPER}.md"}


def test_an_interruption_leaves_whole_papers_and_is_taken_up(
        office: Path, enforce: Enforce, monkeypatch: pytest.MonkeyPatch) -> None:
    replaced = Path.replace
    count = 0

    def interrupted(self: Path, target: Path) -> Path:
        nonlocal count
        count += 1
        if count == 5:
            raise KeyboardInterrupt
        return replaced(self, target)

    monkeypatch.setattr(Path, "replace", interrupted)
    assert enforce("render", ONE).code == 130
    assert len(papers(office)) == 4
    assert not [name for name in papers(office) if name.endswith(".tmp")]
    monkeypatch.setattr(Path, "replace", replaced)
    ran = enforce("render", ONE)
    assert (ran.code, "未变 4；" in ran.out) == (0, True)
    assert enforce("render", ONE, "--check").code == 0


def test_a_full_disk_is_code_3_and_no_half_paper(office: Path, enforce: Enforce, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(writing.os, "fsync", full)
    ran = enforce("render", ONE)
    assert ran.code == 3
    assert ran.err.startswith("系统拒绝了读写：")
    assert papers(office) == {}


@pytest.mark.parametrize("where", ["decisions", f"decisions/{ONE}"])
def test_a_link_does_not_lead_the_papers_out(office: Path, enforce: Enforce, where: str) -> None:
    outside = office.parent / "outside"
    outside.mkdir()
    (office / where).parent.mkdir(exist_ok=True)
    (office / where).symlink_to(outside)
    assert enforce("render", ONE).code == 3
    assert [p for p in outside.rglob("*") if p.is_file()] == []


def test_a_link_in_the_place_of_a_paper_is_replaced(office: Path, enforce: Enforce) -> None:
    target = office.parent / "target.md"
    target.write_text("不变", encoding="utf-8")
    (office / "decisions" / ONE).mkdir(parents=True)
    link = office / "decisions" / ONE / f"{PAPER}.md"
    link.symlink_to(target)
    assert enforce("render", ONE, "--doc", "决定书", "--format", "md").code == 0
    assert (target.read_text(encoding="utf-8"), link.is_symlink()) == ("不变", False)


def test_choosing_papers_formats_persons_and_place(office: Path, enforce: Enforce) -> None:
    out = office.parent / "out"
    assert enforce("render", ONE, "--doc", "decision", "--doc", "告知书", "--format", "md", "--person", "张某",
                   "--out", str(out)).code == 0
    assert sorted(p.name for p in out.iterdir()) == ["拟处理告知书-张某.md", f"{PAPER}.md"]
    assert enforce("render", "cases", "--doc", "decision", "--format", "md", "--out", str(out / "x")).code == 0
    assert [p.relative_to(out).as_posix() for p in (out / "x").rglob("*.md")] == [f"x/{ONE}/{PAPER}.md"]


@pytest.mark.parametrize(("year", "count"), [("2026", 1), ("2025", 0)])
def test_the_year_is_that_of_the_decision(office: Path, enforce: Enforce, year: str, count: int) -> None:
    ran = enforce("render", "--year", year, "--doc", "decision", "--format", "md")
    assert (ran.code, ran.out.splitlines()[-1]) == (0, f"共 {count} 份：写入 {count}，未变 0；未生成 0 份")


@pytest.mark.parametrize(("args", "words"), [
    (("render", "SJ-2026-999"), "没有案号是 SJ-2026-999 的案件，是否想写 SJ-2026-003"),
    (("render", ONE, "--doc", "决定树"), "没有“决定树”这种文书"),
    (("render", ONE, "--doc", "起诉书"), "没有“起诉书”这种文书；有哪些文书，用 enforce template list 查看"),
    (("render", "没有"), "“没有”不是案件文件，也不是案号"),
    (("seal", "没有"), "“没有”不是案件文件，也不是案号"),
    (("render", "--person", "无名"), "名册和案件里都没有“无名”"),
    (("render", "--year", "26"), "--year 应当在 1900 到 2199 之间，不能是“26”"),
    (("render", ONE, "--format", "md,doc"), "--format 应当是 md、docx、pdf 之一，不能是“doc”，是否想写 docx"),
    (("render", ONE, "--public", "--doc", "责任认定计算表"), "责任认定计算表是卷内材料，没有公开版"),
    (("template", "check", "decison.md.j2"), "没有“decison.md.j2”这个模板，是否想写 decision.md.j2"),
])  # fmt: skip
def test_usage_errors(office: Path, enforce: Enforce, args: tuple[str, ...], words: str) -> None:
    ran = enforce(*args)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith(f"用法错误：{words}")


def test_a_year_without_cases_is_said(office: Path, enforce: Enforce) -> None:
    ran = enforce("render", "--year", "2030")
    assert ran.code == 0 and ran.err.startswith("没有 2030 年的案件")
    assert "没有" not in enforce("render", "--year", "2026", "--doc", "decision", "--format", "md").err


def test_who_stands_only_in_a_case_may_be_named(office: Path, enforce: Enforce) -> None:
    (office / "roster.yaml").unlink()
    _open.cache_clear()
    assert "都没有" not in enforce("render", ONE, "--person", "张某", "--format", "md").err
    assert enforce("render", ONE, "--person", "张某某", "--format", "md").code == 2


def test_what_is_missing_is_named_where_it_should_stand(office: Path, enforce: Enforce) -> None:
    case(office, "  证据:\n  - {名称: 询问笔录, 页: 3, 证明: 张某承认未到现场}\n", "  证据:\n")
    case(office, "  - {名称: 现场勘验图, 页: 7, 证明: 实际采伐面积与报告不符}\n", "")
    case(office, "  - {名称: 行政复议决定书, 页: 12, 证明: 处罚决定因主要事实不清被撤销}\n", "")
    ran = enforce("render", ONE, "--doc", "决定书", "--format", "md")
    assert ran.code == 1
    assert "未生成  行政执法过错责任追究决定书（张某）" in ran.err
    assert "错误 D105" in ran.err
    assert f"cases/2026/{ONE}.yaml:" in ran.err
    assert not (office / "decisions").exists() or papers(office) == {}


def test_what_cannot_be_decided_is_4_and_no_decision(office: Path, enforce: Enforce) -> None:
    case(office, "特殊情形: 无", "特殊情形: 集体决策")
    ran = enforce("render", ONE, "--doc", "决定书", "--format", "md")
    assert ran.code == 4
    assert "错误 D116" in ran.err
    assert not (office / "decisions").exists()


def test_unreadable_is_3(office: Path, enforce: Enforce) -> None:
    (office / "cases" / "SJ-2026-004.yaml").write_bytes(b"\xff\xff\x81\xff\n")
    assert enforce("render", "--format", "md").code == 3
    assert enforce("render", "cases/没有.yaml").code == 3


# papers held against their case

def test_check_finds_nothing_where_all_is_as_it_was(office: Path, enforce: Enforce) -> None:
    enforce("render", ONE)
    ran = enforce("render", ONE, "--check")
    assert (ran.code, ran.err) == (0, "")
    assert "不一致 0；" in ran.out


def test_check_writes_nothing(office: Path, enforce: Enforce) -> None:
    assert enforce("render", ONE, "--check", "--doc", "decision").code == 1
    assert not (office / "decisions").exists()


def test_a_changed_case_is_told_in_words(office: Path, enforce: Enforce) -> None:
    enforce("render", ONE, "--doc", "decision")
    case(office, "说明: 停产三日", "说明: 停产五日")
    ran = enforce("render", ONE, "--doc", "decision", "--check")
    assert ran.code == 1
    assert ran.err.count("错误 D230") == 2
    assert "停产三日" in ran.err
    assert "停产五日" in ran.err


def repacked(data: bytes, change: Callable[[dict[str, bytes]], None], level: int = 9) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    change(members)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=level) as archive:
        for name in sorted(members, reverse=True):
            archive.writestr(name, members[name])
    return buffer.getvalue()


def text_changed(members: dict[str, bytes]) -> None:
    members["word/document.xml"] = members["word/document.xml"].replace("停产三日".encode(), "停产一日".encode())


def look_changed(members: dict[str, bytes]) -> None:
    members["word/styles.xml"] += b"<!-- -->"


def entity(members: dict[str, bytes]) -> None:
    members["word/document.xml"] = b'<!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>'


@pytest.mark.parametrize(("change", "code"), [
    (lambda members: None, None), (text_changed, "D230"), (look_changed, "D238"), (entity, "D234"),
    (lambda members: members.pop("word/document.xml"), "D234"),
])  # fmt: skip
def test_a_docx_is_compared_by_what_it_holds(
        office: Path, enforce: Enforce, change: Callable[[dict[str, bytes]], None], code: str | None) -> None:
    enforce("render", ONE, "--doc", "decision", "--format", "docx")
    path = office / "decisions" / ONE / f"{PAPER}.docx"
    path.write_bytes(repacked(path.read_bytes(), change))
    ran = enforce("render", ONE, "--doc", "decision", "--format", "docx", "--check")
    assert (ran.code, f"错误 {code}" in ran.err if code else ran.err) == ((1, True) if code else (0, ""))


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"x" * 100, freeze({"a": b"x" * 30_000_000})])
def test_what_is_no_paper_is_not_opened(office: Path, enforce: Enforce, data: bytes) -> None:
    enforce("render", ONE, "--doc", "decision", "--format", "docx")
    (office / "decisions" / ONE / f"{PAPER}.docx").write_bytes(data)
    ran = enforce("render", ONE, "--doc", "decision", "--format", "docx", "--check")
    assert (ran.code, "错误 D234" in ran.err) == (1, True)


@pytest.mark.parametrize(("change", "code"), [
    (lambda text: text + "\n免予追责。\n", "D236"), (lambda text: text.replace("本决定自作出之日起执行。\n", ""), "D237"),
    (lambda text: text.replace("\n", "\r\n"), ""),
])  # fmt: skip
def test_markdown_is_compared_by_paragraph(
        office: Path, enforce: Enforce, change: Callable[[str], str], code: str) -> None:
    enforce("render", ONE, "--doc", "decision", "--format", "md")
    path = office / "decisions" / ONE / f"{PAPER}.md"
    path.write_bytes(change(path.read_text(encoding="utf-8")).encode())
    ran = enforce("render", ONE, "--doc", "decision", "--format", "md", "--check")
    assert (ran.code, f"错误 {code}" in ran.err) == (1, True) if code else (ran.code, ran.err) == (0, "")


def test_a_paper_beyond_the_case_is_told(office: Path, enforce: Enforce) -> None:
    enforce("render", ONE)
    (office / "decisions" / ONE / "行政执法过错责任追究决定书-杨某.md").write_text("x", encoding="utf-8")
    ran = enforce("render", ONE, "--check")
    assert (ran.code, "警告 D232" in ran.err) == (0, True)


def test_the_public_version_has_a_place_of_its_own(office: Path, enforce: Enforce) -> None:
    assert enforce("render", ONE, "--public", "--format", "md").code == 0
    assert (office / "decisions" / ONE / "公开" / f"{PAPER}.md").is_file()
    assert papers(office) == {}
    assert enforce("render", ONE, "--public", "--format", "md", "--check").code == 0


# templates and looks of the office

def test_the_offices_own_template_is_used_and_checked(office: Path, enforce: Enforce) -> None:
    (office / "templates").mkdir()
    own = office / "templates" / "decision.md.j2"
    own.write_text("# 决定书\n\n{{ 人.姓名 }}同志\n", encoding="utf-8")
    assert enforce("render", ONE, "--doc", "decision", "--format", "md").code == 0
    assert papers(office)[f"{PAPER}.md"].decode() == "# 决定书\n\n张某同志\n"
    assert "本单位" in enforce("template", "list").out
    ran = enforce("template", "check")
    assert (ran.code, "警告 D222" in ran.out) == (0, True)
    assert enforce("template", "check", "--strict").code == 1


def test_a_broken_template_refuses_the_paper_with_its_line(office: Path, enforce: Enforce) -> None:
    (office / "templates").mkdir()
    (office / "templates" / "decision.md.j2").write_text("# 决定书\n\n{{ 人.姓明 }}同志\n", encoding="utf-8")
    ran = enforce("render", ONE, "--doc", "decision", "--format", "md")
    assert ran.code == 1
    assert "templates/decision.md.j2:3:1: 错误 D204" in ran.err
    ran = enforce("template", "check", "决定书")
    assert ran.code == 1
    assert "templates/decision.md.j2:3:6: 错误 D220" in ran.out
    assert "最相近的是“姓名”" in ran.out


def test_without_a_red_head_a_decision_is_a_letter(office: Path, enforce: Enforce) -> None:
    enforce("render", ONE, "--doc", "decision", "--format", "docx")
    red = papers(office)[f"{PAPER}.docx"]
    settings = office / "enforce.yaml"
    settings.write_text(settings.read_text(encoding="utf-8").replace("红头: 是", "红头: 否"), encoding="utf-8")
    _open.cache_clear()
    assert enforce("render", ONE, "--doc", "decision", "--format", "docx").code == 0
    assert papers(office)[f"{PAPER}.docx"] != red


def test_the_same_bytes_anywhere(office: Path) -> None:
    places = []
    for seed, zone in (("1", "UTC"), ("2", "Pacific/Kiritimati")):
        out = office.parent / seed
        ran = process("render", ONE, "--out", str(out), PYTHONHASHSEED=seed, TZ=zone)
        assert ran.returncode == 0
        places.append({p.name: p.read_bytes() for p in out.iterdir()})
    assert places[0] == places[1]


def test_names_of_files_are_safe() -> None:
    assert writing.safe_stem("决定书-张某") == "决定书-张某"
    for name in ("../../etc/x", "/etc/passwd", "a\0b", "案" * 90, "CON", "a:b", "x.", "x ", "*", "\\\\srv", "-x", ".x", "", "nul"):
        stem = writing.safe_stem(name)
        assert stem
        assert not set(stem) & set('/\\:*?"<>|\0 .')
        assert len(os.fsencode(stem)) <= 120
        assert stem[0] not in "-."
        assert stem.upper() not in {"CON", "NUL"}


def test_what_an_old_run_left_is_swept(office: Path, enforce: Enforce) -> None:
    directory = office / "decisions" / ONE
    directory.mkdir(parents=True)
    old, young, other = directory / ".enforce-a.tmp", directory / ".enforce-b.tmp", directory / "x.tmp"
    for path in (old, young, other):
        path.write_bytes(b"x")
    os.utime(old, (0, 0))
    os.utime(other, (0, 0))
    assert enforce("render", ONE, "--doc", "decision", "--format", "md").code == 0
    assert [path.exists() for path in (old, young, other)] == [False, True, True]
