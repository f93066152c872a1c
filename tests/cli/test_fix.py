"""enforce fix as its user meets it: files written or not, what is told, and with which exit code."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from enforcecli.cli import mending
from enforcecli.text.source import read_bytes
from tests.cli.conftest import CASES, Ran, process

Enforce = Callable[..., Ran]
SLIPS = CASES / "slips"


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, enforce: Enforce) -> Path:
    """A sample office with three cases: with slips, with a slip nobody can mend, sound."""
    for name in ("enforce.yaml", "roster.yaml"):
        shutil.copy(CASES / name, tmp_path / name)
    (tmp_path / "cases").mkdir()
    for name in ("SJ-2026-816", "SJ-2026-845", "SJ-2026-815"):
        shutil.copy(SLIPS / f"{name}.yaml", tmp_path / "cases")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def bytes_of(root: Path) -> dict[str, bytes]:
    return {p.relative_to(root).as_posix(): p.read_bytes() for p in root.rglob("*") if p.is_file() and ".git" not in p.parts}


def test_slips_are_mended_and_told(office: Path, enforce: Enforce) -> None:
    before = bytes_of(office)
    ran = enforce("fix", "cases")
    after = bytes_of(office)
    changed = {name for name in before if before[name] != after[name]}
    assert changed == {"cases/SJ-2026-816.yaml"} and before.keys() == after.keys()
    assert ran == Ran(1, (
        "cases/SJ-2026-816.yaml  改了 1 处\n"
        "    2 - 案由：采伐现场检查不实\n"
        "      + 案由: 采伐现场检查不实\n"
        "        Y101 “案由”后面是中文冒号“：”，要用英文冒号加一个空格。\n"
        "\n"
        "cases/SJ-2026-845.yaml:7:7: 错误 Y304 “日期”的 2026 年 2 月没有 30 日。\n"
        "    7 |   日期: 2026-02-30\n"
        "      |         ^^^^^^^^^^\n"
        "  改法：对照文书核对日期。\n"
        "\n"
        "共看了 3 个文件：改了 1 个，还有错误的 1 个\n"), "")
    assert enforce("fix", "cases").out.endswith("共看了 3 个文件：改了 0 个，还有错误的 1 个\n")
    assert bytes_of(office) == after


def test_the_exit_code_is_that_of_validate(office: Path, enforce: Enforce) -> None:
    for number, code in ((816, 0), (845, 1), (815, 0)):
        file = f"cases/SJ-2026-{number}.yaml"
        assert enforce("fix", file).code == code == enforce("validate", file).code
    assert enforce("fix", "cases/没有.yaml").code == 3


def test_a_diff_writes_nothing_and_applies(office: Path) -> None:
    before = bytes_of(office)
    ran = process("fix", "--diff", "cases", cwd=office)
    assert bytes_of(office) == before
    assert ran.returncode == 1
    assert ran.stdout.decode().startswith("--- a/cases/SJ-2026-816.yaml\n+++ b/cases/SJ-2026-816.yaml\n@@ -1,5 +1,5 @@\n")
    assert ran.stderr.decode().endswith("共看了 3 个文件：要改的 1 个，现在有错误的 2 个\n")
    subprocess.run(["git", "apply", "-"], input=ran.stdout, cwd=office, check=True)
    assert process("fix", "cases/SJ-2026-816.yaml", cwd=office).stdout.decode() == "共看了 1 个文件：改了 0 个\n"


@pytest.mark.parametrize(("before", "after"), [
    (b"a: \xe4\xba\xba\r\nb\xef\xbc\x9ac\r\n", b"a: \xe4\xba\xba\r\nb: c\r\n"), (b"a\xef\xbc\x9ab", b"a: b")])
def test_a_diff_keeps_line_ends(tmp_path: Path, before: bytes, after: bytes) -> None:
    (tmp_path / "a b.yaml").write_bytes(before)
    ran = process("fix", "--diff", "a b.yaml", cwd=tmp_path)
    subprocess.run(["git", "apply", "-"], input=ran.stdout, cwd=tmp_path, check=True)
    assert (tmp_path / "a b.yaml").read_bytes() == after


def test_a_diff_is_utf8_whatever_the_terminal(office: Path) -> None:
    ran = process("fix", "--diff", "cases/SJ-2026-816.yaml", cwd=office, PYTHONIOENCODING="gbk")
    assert "+案由: 采伐现场检查不实\n" in ran.stdout.decode()
    assert ran.stderr.decode("gbk").endswith("要改的 1 个，现在有错误的 1 个\n")


def test_another_encoding_becomes_utf8_and_is_told(office: Path, enforce: Enforce) -> None:
    file = office / "cases" / "SJ-2026-811.yaml"
    shutil.copy(SLIPS / "SJ-2026-811.yaml", file)
    shown = enforce("fix", "--diff", "cases/SJ-2026-811.yaml")
    assert (shown.out, shown.code) == ("", 0)
    assert "T120" in shown.err and file.read_bytes() == (SLIPS / "SJ-2026-811.yaml").read_bytes()
    ran = enforce("fix", "cases/SJ-2026-811.yaml")
    assert "改存为 UTF-8" in ran.out
    assert file.read_bytes().decode("utf-8") == (SLIPS / "SJ-2026-811.yaml").read_bytes().decode("gb18030")


def test_guesses_only_when_asked_and_marked(office: Path, enforce: Enforce) -> None:
    shutil.copy(SLIPS / "SJ-2026-860.yaml", office / "cases")
    before = bytes_of(office)
    assert "改了 0 个" in enforce("fix", "cases/SJ-2026-860.yaml").out
    hint = "\n有的可以猜着改：enforce fix --unsafe --diff cases/SJ-2026-860.yaml\n"
    assert hint in enforce("fix", "cases/SJ-2026-860.yaml").out and hint in enforce("fix", "--diff", "cases/SJ-2026-860.yaml").err
    assert bytes_of(office) == before
    assert "--unsafe" not in enforce("fix", "cases/SJ-2026-845.yaml").out  # nobody can guess that day
    ran = enforce("fix", "--unsafe", "cases/SJ-2026-860.yaml")
    assert "--unsafe" not in ran.out
    assert "没有“情型”这一项（这是猜的，请核对）\n" in ran.out
    assert "- 情形: 3-10" in (office / "cases" / "SJ-2026-860.yaml").read_text(encoding="utf-8")
    told = enforce("fix", "--unsafe", "--diff", "cases/SJ-2026-845.yaml")
    assert told.out == ""


def test_a_line_is_shown_with_its_indentation(office: Path, enforce: Enforce) -> None:
    (office / "cases" / "SJ-2026-999.yaml").write_text("案号: SJ-2026-999\n行为:\n    日期： 2026-03-02\n", encoding="utf-8")
    out = enforce("fix", "--unsafe", "cases/SJ-2026-999.yaml").out
    assert "\n    3 -     日期： 2026-03-02\n      +     日期: 2026-03-02\n" in out


def test_english(office: Path, enforce: Enforce) -> None:
    ran = enforce("fix", "cases/SJ-2026-816.yaml", "--lang", "en")
    assert ran.out.startswith("cases/SJ-2026-816.yaml  1 place mended\n") and ran.out.endswith("1 file read: 1 mended\n")


def test_settings_and_books_are_mended_too(office: Path, enforce: Enforce) -> None:
    for name, good, bad in (("enforce.yaml", "机关: ", "机关："), ("roster.yaml", "单位:\n", "单位：\n")):
        text = (office / name).read_text(encoding="utf-8")
        assert good in text
        (office / name).write_text(text.replace(good, bad, 1), encoding="utf-8")
        assert enforce("fix", name).code == 0
        assert (office / name).read_text(encoding="utf-8") == text
    book = office / "rulebooks" / "x"
    book.mkdir(parents=True)
    (book / "faults.yaml").write_text("甲：乙\n", encoding="utf-8")
    enforce("fix", "rulebooks/x/faults.yaml")
    assert (book / "faults.yaml").read_text(encoding="utf-8") == "甲: 乙\n"


def test_links_are_not_written_through(office: Path, enforce: Enforce) -> None:
    link = office / "cases" / "SJ-2026-900.yaml"
    link.symlink_to("SJ-2026-816.yaml")
    before = bytes_of(office)
    ran = enforce("fix", "cases/SJ-2026-900.yaml")
    assert ran.code == 3 and "是一个链接，没有改" in ran.err
    assert bytes_of(office) == before and link.is_symlink()


def test_a_file_that_changes_meanwhile_is_left(office: Path, enforce: Enforce, monkeypatch: pytest.MonkeyPatch) -> None:
    file = office / "cases" / "SJ-2026-816.yaml"

    def again(*args: object) -> object:
        found = read_bytes(*args)
        file.write_text("案号: 别人刚写的\n", encoding="utf-8")
        return found

    monkeypatch.setattr(mending, "read_bytes", again)
    ran = enforce("fix", "cases/SJ-2026-816.yaml")
    assert ran.code == 3 and "读取以后文件又变了" in ran.err
    assert file.read_text(encoding="utf-8") == "案号: 别人刚写的\n"


def test_permissions_stay(office: Path, enforce: Enforce) -> None:
    file = office / "cases" / "SJ-2026-816.yaml"
    file.chmod(0o640)
    enforce("fix", "cases/SJ-2026-816.yaml")
    assert file.stat().st_mode & 0o777 == 0o640
    assert [p.name for p in file.parent.iterdir() if p.name.startswith(".")] == []


def test_a_full_disk_leaves_the_file(office: Path, enforce: Enforce, monkeypatch: pytest.MonkeyPatch) -> None:
    file = office / "cases" / "SJ-2026-816.yaml"
    before = file.read_bytes()

    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    ran = enforce("fix", "cases/SJ-2026-816.yaml")
    assert ran.code == 3
    assert ran.err.startswith("cases/SJ-2026-816.yaml：系统拒绝了读写，没有改（No space left on device）\n")
    assert file.read_bytes() == before and len(list(file.parent.iterdir())) == 3


@pytest.mark.parametrize("how", ["read-only", "two names", "no space"])
def test_what_may_not_be_written_stays_and_the_others_are_done(how: str, office: Path, enforce: Enforce,
                                                               monkeypatch: pytest.MonkeyPatch) -> None:
    kept, other = office / "cases" / "SJ-2026-816.yaml", office / "cases" / "SJ-2026-817.yaml"
    before = kept.read_bytes()
    other.write_bytes(before.replace(b"SJ-2026-816", b"SJ-2026-817"))
    if how == "read-only":
        kept.chmod(0o444)
    elif how == "two names":
        (office / "别名").hardlink_to(kept)
    else:
        real, failed = os.fsync, []

        def once_full(descriptor: int) -> None:
            if not failed:
                failed.append(descriptor)
                raise OSError(28, "No space left on device")
            real(descriptor)

        monkeypatch.setattr(os, "fsync", once_full)
    ran = enforce("fix", "cases")
    words = {"read-only": "文件是只读的", "two names": "这个文件还有别的名字（硬链接）", "no space": "系统拒绝了读写"}[how]
    assert ran.code == 3 and ran.err.startswith(f"cases/SJ-2026-816.yaml：{words}，没有改")
    assert kept.read_bytes() == before and "案由: " in other.read_text(encoding="utf-8")
    assert "改了 1 个" in ran.out and [p.name for p in kept.parent.iterdir() if p.name.startswith(".")] == []


@pytest.mark.parametrize("name", ["README.md", "x", "表.xlsx"])
def test_what_is_no_yaml_is_not_touched(office: Path, enforce: Enforce, name: str) -> None:
    (office / name).write_text("姓名：李\n", encoding="utf-8")
    ran = enforce("fix", name, "cases/SJ-2026-816.yaml")
    assert ran.code == 2 and "不是 .yaml 文件" in ran.err
    assert (office / "cases" / "SJ-2026-816.yaml").read_bytes() == (SLIPS / "SJ-2026-816.yaml").read_bytes()


def test_what_is_printed_steers_no_terminal(office: Path) -> None:
    (office / "cases" / "a\x1b[31m\n.yaml").write_text("案由：\x1b[31m某案\n", encoding="utf-8")
    for options in ((), ("--unsafe",), ("--unsafe", "--diff")):
        ran = process("fix", *options, "cases", cwd=office)
        assert b"\x1b" not in ran.stderr + (b"" if "--diff" in options else ran.stdout)


def test_the_line_shown_is_the_line_meant(office: Path, enforce: Enforce) -> None:
    """A line separator inside a value breaks no line for whoever counts lines."""
    text = "案号: SJ-2026-816\n案由: 某\u2028案\n标题2: 某\x0b案\n"
    (office / "cases" / "SJ-2026-816.yaml").write_text(text, encoding="utf-8")
    for verb in (("validate",), ("fix",)):
        told = enforce(*verb, "cases/SJ-2026-816.yaml").out
        assert "    2 | 案由: 某\\u2028案\n" in told and "    3 | 标题2: 某\\x0b案\n" in told
