"""enforce new, import and export at the prompt: through a pseudo-terminal, a pipe, options and files."""

from __future__ import annotations

import json
import os
import pty
import re
import select
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import CASES, LOCALE, ROOT, Ran, process

Enforce = Callable[..., Ran]
ANSWERS = [
    "反映防火检查点收款不给票据", "行政处罚", "", "2026-03-02", "", "", "林业站", "法定", "", "", "信访", "", "", "2026-03-10", "", "",
    "罚没收据", "张某收款后没有出具票据，杨某批准时没有过问", "张某", "承办人", "杨某", "审批人", "", "无", "是", "同意", "否",
    "有", "重大过失", "主动承认", "无", "", "", "y", "2026-03-20", "赵某", "", "",
]
"""What is typed, question by question, to the end; the last two take the number and write."""
WRITTEN = "cases/2026/SJ-2026-017.yaml"


@pytest.fixture
def office(tmp_path: Path) -> Path:
    shutil.copytree(CASES, tmp_path / "案件仓库")
    return tmp_path / "案件仓库"


def environment(**more: str) -> dict[str, str]:
    env = {name: value for name, value in os.environ.items() if name not in LOCALE}
    return {**env, "PYTHONPATH": str(ROOT), "LC_ALL": "C.UTF-8", "TERM": "xterm", "COLUMNS": "80", **more}


class Terminal:
    """`enforce ARGS` in a terminal of its own; reads until it asks."""

    def __init__(self, office: Path, *args: str) -> None:
        self.master, slave = pty.openpty()
        self.process = subprocess.Popen([sys.executable, "-m", "enforcecli", *args], cwd=office, env=environment(), stdin=slave,
                                        stdout=slave, stderr=slave, start_new_session=True, close_fds=True,
                                        preexec_fn=lambda: _controlling(slave))
        os.close(slave)
        self.seen = b""

    def asked(self) -> bool:
        """Waits for the next prompt; False when the run has ended."""
        since = len(self.seen)
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            ready, _, _ = select.select([self.master], [], [], 0.2)
            if ready:
                try:
                    self.seen += os.read(self.master, 65536)
                except OSError:
                    return False
            if self.seen[since:].endswith(b"> "):
                return True
        raise AssertionError(self.text())

    def say(self, line: str) -> None:
        os.write(self.master, line.encode() + b"\n")

    def interrupt(self) -> int:
        os.write(self.master, b"\x03")
        return self.end()

    def end(self) -> int:
        while self.asked():
            pass
        code = self.process.wait(30)
        os.close(self.master)
        return code

    def text(self) -> str:
        return self.seen.decode("utf-8", "replace").replace("\r\n", "\n")


def _controlling(slave: int) -> None:
    import fcntl
    import termios

    fcntl.ioctl(slave, termios.TIOCSCTTY, 0)
    signal.signal(signal.SIGINT, signal.default_int_handler)


def test_to_the_end_at_a_terminal(office: Path) -> None:
    terminal = Terminal(office, "new")
    for answer in ANSWERS:
        assert terminal.asked(), terminal.text()
        terminal.say(answer)
    assert terminal.end() == 0, terminal.text()
    text = (office / WRITTEN).read_text(encoding="utf-8")
    assert "- 情形: 3-9a  # 三（一）3（9） 不使用罚没收据" in text
    assert "  - {人: 杨某, 角色: 审批人, 有无过错: 无}" in text and "立案: {日期: 2026-03-20, 批准: 赵某}" in text
    assert "杨某 主要责任 7/10 = 70.00%" in terminal.text().replace("\n        ", "")
    assert "主要责任" in terminal.text() and WRITTEN in terminal.text()
    assert list((office / ".enforce/drafts").glob("*.json")) == []
    ran = process("validate", WRITTEN, cwd=office, LC_ALL="C.UTF-8")
    assert ran.returncode == 0, ran.stdout.decode()


def test_interrupted_at_every_question(office: Path) -> None:
    """Ctrl-C before each answer; each time the next run goes on where the last one stopped."""
    expected = whole(office)
    shutil.rmtree(office / ".enforce")
    (office / WRITTEN).unlink()
    said = 0
    while not (office / WRITTEN).exists():
        terminal = Terminal(office, "new", *(["--resume"] if said else []))
        assert terminal.asked(), terminal.text()
        terminal.say(ANSWERS[said])
        said += 1
        if said in (len(ANSWERS), len(ANSWERS) - 1):  # the last question writes, and is no answer kept
            for answer in ANSWERS[said:]:
                assert terminal.asked()
                terminal.say(answer)
            assert terminal.end() == 0, terminal.text()
        elif terminal.asked():
            assert terminal.interrupt() == 130, terminal.text()
            assert "已经存好" in terminal.text()
    assert said == len(ANSWERS) - 1
    assert (office / WRITTEN).read_text(encoding="utf-8") == expected


def whole(office: Path) -> str:
    ran = subprocess.run([sys.executable, "-m", "enforcecli", "new"], cwd=office, env=environment(), capture_output=True, timeout=60,
                         input="".join(f"{a}\n" for a in ANSWERS).encode(), check=False)
    assert ran.returncode == 0, ran.stderr.decode()
    assert ran.stdout.decode() == f"{WRITTEN}\n"
    return (office / WRITTEN).read_text(encoding="utf-8")


def test_in_a_pipe_of_another_encoding(office: Path) -> None:
    expected = whole(office)
    (office / WRITTEN).unlink()
    ran = subprocess.run([sys.executable, "-m", "enforcecli", "new"], cwd=office, capture_output=True, timeout=60,
                         env=environment(PYTHONIOENCODING="gbk"), input="".join(f"{a}\n" for a in ANSWERS).encode("gbk"), check=False)
    assert ran.returncode == 0 and "案由" in ran.stderr.decode("gbk")
    assert (office / WRITTEN).read_text(encoding="utf-8") == expected


def test_bytes_that_are_no_characters_are_asked_again(office: Path) -> None:
    ran = subprocess.run([sys.executable, "-m", "enforcecli", "new"], cwd=office, env=environment(), capture_output=True, timeout=60,
                         input=b"\xff\xfe\n" + "甲\n".encode(), check=False)
    assert ran.returncode == 130 and "编码认不出来" in ran.stderr.decode()
    kept = json.loads((office / ".enforce/drafts/1.json").read_text(encoding="utf-8"))
    assert kept["answers"] == [[["案由"], "甲"]]


def test_back_and_help_and_wrong_answers(office: Path) -> None:
    lines = ["甲", "<", "乙", "没有这种", "?", "行政", "许可", "", "2026-02-30", "2026-03-02", "<", "2026-03-03"]
    ran = subprocess.run([sys.executable, "-m", "enforcecli", "new"], cwd=office, env=environment(), capture_output=True, timeout=60,
                         input="".join(f"{a}\n" for a in lines).encode(), check=False)
    kept = {".".join(map(str, p)): v
            for p, v in json.loads((office / ".enforce/drafts/1.json").read_text(encoding="utf-8"))["answers"]}
    assert kept == {"案由": "乙", "行为.种类": "行政许可", "行为.类型": "作为", "行为.日期": "2026-03-03"}
    told = ran.stderr.decode()
    assert "没有“没有这种”这个选项" in told and "2 月没有 30 日" in told


def asked_of(office: Path, *lines: str) -> tuple[dict[str, object], str]:
    """The answers kept of a dialogue that ends with these lines, and what was told."""
    ran = subprocess.run([sys.executable, "-m", "enforcecli", "new"], cwd=office, env=environment(), capture_output=True, timeout=60,
                         input="".join(f"{a}\n" for a in lines).encode(), check=False)
    kept = json.loads((office / ".enforce/drafts/1.json").read_text(encoding="utf-8"))["answers"]
    return {".".join(map(str, p)): v for p, v in kept}, ran.stderr.decode()


BEFORE_THE_FAULT = ["甲", "行政检查", "", "2026-03-02", "", "", "", "", "", "", "", ""]


def test_a_code_is_itself_after_a_search_too(office: Path) -> None:
    """2 is an item of the measure; what a search found must not be counted beside such codes."""
    kept, told = asked_of(office, *BEFORE_THE_FAULT, "检查", "2")
    assert "  3-3   三（一）3（3）" in told and "1 3-3" not in told and "2 3-10" not in told
    assert kept["过错事实.0.情形"] == ["2"]


def test_what_a_search_found_keeps_its_number(office: Path) -> None:
    """Roles may be several, so the others of the list may be meant as well."""
    kept, told = asked_of(office, *BEFORE_THE_FAULT, "3-10", "", "", "", "张某", "人", "2")
    shown = told[told.index("> 人\n"):]
    assert "2 审核人" in shown
    assert kept["过错事实.0.涉及人员.0.角色"] == ["审核人"]


def test_somebody_else_than_those_just_listed(office: Path) -> None:
    kept, told = asked_of(office, *BEFORE_THE_FAULT, "3-10", "", "", "", "李某", "9", "张某")
    assert kept["过错事实.0.涉及人员.0.人"] == "张某" and "没有“张某”" not in told
    kept, _told = asked_of(without_drafts(office), *BEFORE_THE_FAULT, "3-10", "", "", "", "李某", "9", "2")
    assert kept["过错事实.0.涉及人员.0.人"] == "李某乙"


def without_drafts(office: Path) -> Path:
    shutil.rmtree(office / ".enforce")
    return office


@pytest.mark.parametrize("typed", ["\x1b[D甲", "甲\u202e乙", "甲\u200b"])
def test_characters_nobody_sees_are_no_answer(office: Path, typed: str) -> None:
    kept, told = asked_of(office, typed, "甲")
    assert kept == {"案由": "甲"} and "U+" in told


def test_a_number_taken_meanwhile_is_asked_for_again(office: Path) -> None:
    (office / "cases/2026/SJ-2026-017.yaml").write_text("案号: SJ-2026-017\n", encoding="utf-8")
    typed = [*ANSWERS[:-2], "SJ-2026-017", ""]
    ran = subprocess.run([sys.executable, "-m", "enforcecli", "new"], cwd=office, env=environment(), capture_output=True, timeout=60,
                         input="".join(f"{a}\n" for a in typed).encode(), check=False)
    assert ran.returncode == 1 and "没有覆盖" in ran.stderr.decode()
    ran = subprocess.run([sys.executable, "-m", "enforcecli", "new", "--resume"], cwd=office, env=environment(), capture_output=True,
                         timeout=60, input=b"\n\n", check=False)
    assert (ran.returncode, ran.stdout.decode()) == (0, "cases/2026/SJ-2026-018.yaml\n"), ran.stderr.decode()


def test_a_case_shown_is_a_file_whatever_the_terminal(office: Path) -> None:
    ran = process("new", "--set", "案由=䶮某", "--set", "行为.日期=2026-03-02", "--no-ask", "--dry-run", cwd=office, PYTHONIOENCODING="gbk")
    assert "案由: 䶮某\n" in ran.stdout.decode("utf-8"), ran.stderr.decode("gbk")


LINES = 80


def test_nothing_is_wider_than_the_terminal(office: Path) -> None:
    from enforcecli.output.width import width

    terminal = Terminal(office, "new")
    for answer in ["甲", "", "", "2026-03-02", "", "", "?", "", "", "", "", "", "", "?"]:
        assert terminal.asked()
        terminal.say(answer)
    terminal.asked()
    terminal.interrupt()
    shown = re.sub(r"\x1b\[[0-9;]*m", "", terminal.text())
    assert [line for line in shown.split("\n") if width(line) > LINES] == []


# without a terminal

FULL = {
    "案由": "甲", "act": {"date": "2026.3.2", "kind": "行政处罚", "unit": "林业站"},
    "过错事实": [{"情形": "3-9a", "特殊情形": "无", "部门作出": "是", "审批情形": "无需审批",
              "涉及人员": [{"人": "张某", "角色": ["承办人"], "有无过错": "有"}, {"人": "刘某", "角色": "部门主要负责人", "有无过错": "无"}]}],
}


def test_from_a_file_of_answers(office: Path, enforce: Enforce, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(office)
    Path("a.json").write_text(json.dumps(FULL), encoding="utf-8")
    dry = enforce("new", "--from", "a.json", "--dry-run")
    assert dry.code == 0 and dry.out.startswith("#") and not Path(WRITTEN).exists()
    ran = enforce("new", "--from", "a.json", "--set", "过错事实.1.事实=收款没有给票据")
    assert (ran.code, ran.out) == (0, f"{WRITTEN}\n")
    text = Path(WRITTEN).read_text(encoding="utf-8")
    assert "事实: 收款没有给票据" in text and "日期: 2026-03-02" in text
    assert enforce("new", "--from", "a.json").out == "cases/2026/SJ-2026-018.yaml\n"
    assert not Path(".enforce").exists()


def test_english_answers_make_an_english_file(office: Path, enforce: Enforce, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(office)
    Path("a.json").write_text(json.dumps(FULL), encoding="utf-8")
    ran = enforce("--lang", "en", "new", "--from", "a.json", "--dry-run")
    assert "number: SJ-2026-017\n" in ran.out and "  kind: penalty\n" in ran.out and "role: 承办人" in ran.out


@pytest.mark.parametrize(("args", "code", "words"), [
    (["--no-ask"], 2, "缺少必须回答的“案由”"), (["--set", "案由=甲", "--no-ask"], 2, "缺少必须回答的“行为.日期”"), (["--set", "案由"], 2, "键=值"),
    (["--from", "没有.json"], 3, "T101"), (["--from", "enforce.yaml", "--set", "x.y=1"], 1, "K102"), (["--resume"], 1, "没有写了一半"),
    (["--draft", "7"], 1, "编号为 7"), (["--prefix", "sj"], 2, "大写字母"),
    (["--set", "案由=甲", "--set", "行为.日期=2026-02-30", "--no-ask"], 1, "Y304"),
    (["--set", "案由=甲", "--set", "行为.日期=2026-03-02", "--set", "行为.种泪=行政处罚", "--no-ask"], 1, "K101"),
    (["--set", "案由=甲", "--set", "行为.日期=2026-03-02", "--set", "案号=SJ-2026-003", "--no-ask"], 1, "没有覆盖"),
    (["--set", "案由=甲", "--set", "行为.日期=2026-03-02", "--set", "案号=../../x", "--no-ask"], 1, "Y360"),
])
def test_wrong_input(args: list[str], code: int, words: str, office: Path, enforce: Enforce, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(office)
    before = sorted(p for p in office.rglob("*"))
    ran = enforce("new", *args)
    assert (ran.code, words in ran.err) == (code, True), ran
    assert sorted(p for p in office.rglob("*")) == before


@pytest.mark.parametrize(("args", "places"), [
    (["--from", "a.json"], ["a.json:2:10: 错误 Y304", "a.json:3:1: 错误 K102", "a.json:4:21: 错误 Y308"]),
    (["--from", "a.json", "--set", "act.date=2026-02-31"], ["a.json:3:1: 错误 K102", "--set act.date: 错误 Y304"]),
    (["--set", "案由=甲", "--set", "行为.日期=2026-02-31", "--set", "行为.种泪=许可", "--no-ask"],
     ["--set 行为.种泪: 错误 K101", "--set 行为.日期: 错误 Y304"]),
])
def test_what_is_wrong_stands_where_it_was_written(args: list[str], places: list[str], office: Path, enforce: Enforce,
                                                   monkeypatch: pytest.MonkeyPatch) -> None:
    """Not in the file that would have been written: nobody could open it."""
    monkeypatch.chdir(office)
    (office / "a.json").write_text('{"案由": "甲", "行为":\n{"date": "2026-02-30"},\n"经过": "乙",\n'
                              '"程序": {"立案": {"日期": "2026-13-02"}}, "过错事实": [{"涉及人员": {"角色": "承办人"}}]}\n', encoding="utf-8")
    ran = enforce("new", *(str(office / word) if word == "a.json" else word for word in args))
    assert ran.code == 1 and "cases/2026" not in ran.err
    assert [place for place in places if f"{place} " not in ran.err] == [], ran.err


def test_a_misspelt_key_is_told_before_what_is_missing(office: Path, enforce: Enforce, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(office)
    ran = enforce("new", "--no-ask", "--set", "案由=甲", "--set", "行为.日其=2026-03-02")
    assert ran.code == 1 and "缺少必须回答" not in ran.err
    assert ran.err.startswith("--set 行为.日其: 错误 K101") and "是不是要写“日期”" in ran.err


def test_a_wrong_answer_to_yes_or_no_is_told_in_words(office: Path) -> None:
    typed = [*ANSWERS[:15], "收据"]
    ran = subprocess.run([sys.executable, "-m", "enforcecli", "new"], cwd=office, env=environment(), capture_output=True, timeout=60,
                         input="".join(f"{a}\n" for a in typed).encode(), check=False)
    told = ran.stderr.decode()
    assert "“收据”不是这一题的回答" in told and "回答 1（是）或者 2（否）" in told and "？." not in told and "?." not in told


def test_outside_a_repository(tmp_path: Path, enforce: Enforce, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for verb in (["new"], ["import", "x.xlsx"]):
        ran = enforce(*verb)
        assert ran.code == 2 and "enforce init" in ran.err
    assert list(tmp_path.iterdir()) == []


# workbooks

def test_out_and_in_again(office: Path, enforce: Enforce, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same assessments, and nothing written where the cases are there already."""
    monkeypatch.chdir(office)
    before = enforce("assess", "--format", "json", "cases").out
    assert enforce("export", "--out", "a.xlsx").code == 0
    again = enforce("export", "--out", "a.xlsx")
    assert again.code == 1 and "没有覆盖" in again.err
    same = enforce("import", "a.xlsx")
    assert (same.code, same.out) == (0, "") and "已有而且相同的 24 件" in same.err
    shutil.rmtree("cases")
    Path("cases").mkdir()
    assert enforce("import", "a.xlsx", "--dry-run").out == "" and list(Path("cases").iterdir()) == []
    assert len(enforce("import", "a.xlsx").out.splitlines()) == 24
    after = enforce("assess", "--format", "json", "cases").out

    def results(text: str) -> list[object]:
        return [{k: r[k] for k in ("case", "rulebook", "findings", "case_shares", "leadership")} for r in json.loads(text)]

    assert results(after) == results(before)


def test_a_changed_case_is_not_overwritten(office: Path, enforce: Enforce, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(office)
    enforce("export", "cases/2026/SJ-2026-003.yaml", "--out", "表", "--format", "csv")
    sheet = Path("表/案件.csv")
    sheet.write_text(sheet.read_text(encoding="utf-8-sig").replace("某木材加工厂", "某造纸厂"), encoding="utf-8")
    before = Path("cases/2026/SJ-2026-003.yaml").read_bytes()
    ran = enforce("import", "表")
    assert ran.code == 1 and "表 案件!A2: 错误 X120" in ran.err
    assert Path("cases/2026/SJ-2026-003.yaml").read_bytes() == before


def test_bad_cells_at_the_prompt(office: Path, enforce: Enforce, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(office)
    Path("案件.csv").write_text("案号,案由,行为.日期,行为.种类,赔偿.金额\nSJ-2026-031,甲,2026-02-30,行政处罚,12000\n"
                              "SJ-2026-32,乙,2026-03-02,行政处法,负一\n", encoding="utf-8")
    ran = enforce("import", "案件.csv")
    assert ran.code == 1
    places = re.findall(r"^案件.csv (\S+): 错误 (\w+)", ran.err, re.MULTILINE)
    assert places == [("案件!C2", "Y304"), ("案件!A3", "Y360"), ("案件!D3", "K201"), ("案件!E3", "Y312")]
    assert "没有写任何文件" in ran.err


@pytest.mark.parametrize("args", [("--out", "x.ods"), ("--out", "x"), ("--format", "xlsx", "--out", "x.csv"), ("--format", "csv", "--out", "x.csv"),
                                  ("--out", "没有/x.xlsx"), ("--out", "cases/x.xlsx")])
def test_no_workbook_under_a_wrong_name(args: tuple[str, ...], office: Path, enforce: Enforce, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(office)
    before = sorted(office.rglob("*"))
    ran = enforce("export", *args)
    assert ran.code == 2 and args[-1].split("/")[0] in ran.err
    assert sorted(office.rglob("*")) == before


def test_a_missing_workbook_is_said_to_be_missing(enforce: Enforce) -> None:
    ran = enforce("import", "没有.xlsx")
    assert (ran.code, ran.err) == (3, "找不到 没有.xlsx，请核对路径和文件名\n")


@pytest.mark.parametrize("name", ["enforce.yaml", "cases"])
def test_what_is_no_workbook(name: str, enforce: Enforce) -> None:
    ran = enforce("import", name)
    assert ran.code == 3 and "X101" in ran.err and "改法" in ran.err


def test_a_template_to_fill_in(office: Path, enforce: Enforce, monkeypatch: pytest.MonkeyPatch) -> None:
    from openpyxl import load_workbook

    monkeypatch.chdir(office)
    assert enforce("export", "--template").out == "案件模板.xlsx\n"
    book = load_workbook("案件模板.xlsx")
    for sheet, line in {"案件": ["SJ-2026-031", "甲"], "过错": ["SJ-2026-031", 1, "3-9a"]}.items():
        for c, value in enumerate(line, start=1):
            book[sheet].cell(2, c).value = value
    heads = [cell.value for cell in book["案件"][1]]
    book["案件"].cell(2, heads.index("行为.日期") + 1).value = "2026/3/2"
    book.save("填好.xlsx")
    ran = enforce("import", "填好.xlsx")
    assert (ran.code, ran.out) == (0, "cases/2026/SJ-2026-031.yaml\n"), ran.err
    text = Path("cases/2026/SJ-2026-031.yaml").read_text(encoding="utf-8")
    assert text == "案号: SJ-2026-031\n案由: 甲\n行为:\n  日期: 2026-03-02\n过错事实:\n- 情形: 3-9a\n"
