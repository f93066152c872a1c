"""Slips mended in the text: what is typed wrong becomes what was meant, and nothing else moves."""

from __future__ import annotations

import codecs
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from enforcecli.authoring.fix import ROUNDS, Mended, mend
from enforcecli.authoring.guesses import GUESSED
from enforcecli.desk.draft import problems_of
from enforcecli.desk.examine import examine_file
from enforcecli.model.problem import Problem
from enforcecli.problems import all_kinds, kind
from enforcecli.text.document import parse
from tests.problem_samples import laid_over
from tests.text.support import plain
from tests.text.table import CLEAN, SLIPS, STRUCTURE, Row

SAMPLES = Path(__file__).parents[2] / "sample_cases"
SLIP_FILES = SAMPLES / "slips"
EXPECTED: dict[str, Any] = YAML(typ="safe").load((SLIP_FILES / "expected.yaml").read_text(encoding="utf-8"))
VALID = sorted([*SAMPLES.glob("cases/*/*.yaml"), SAMPLES / "roster.yaml", SAMPLES / "enforce.yaml"])
WHERE = VALID[0]
"""A place in the sample office at which texts are judged as a case."""


def typed(data: bytes) -> tuple[Problem, ...]:
    return parse(data, "f.yaml").problems


def as_case(data: bytes) -> tuple[Problem, ...]:
    return problems_of(WHERE, data)


def of(path: Path, *, guessing: bool = False) -> Mended:
    return mend(path.read_bytes(), lambda data: problems_of(path, data), guessing=guessing)


def tree(data: bytes) -> Any:
    return plain(parse(data, "f.yaml").root)


# what is typed wrong becomes what was meant

ROWS = {name: row for name, row in (SLIPS | STRUCTURE).items() if row[2] is not None}


@pytest.mark.parametrize("row", ROWS.values(), ids=ROWS)
def test_each_way_to_type_it_wrong(row: Row) -> None:
    text, told, good = row
    mended = mend(text.encode(), typed)
    assert mended.after.decode() == good
    assert mended.left == ()
    assert sorted(c.problem.code for c in mended.changes) == sorted(code for code, _, _ in told)


MEANT = ("案号: {number}\n案由: {title}\n阶段: 立案\n线索: {{来源: 自查, 机关: 上江乡人民政府, 日期: 2026-03-16}}\n行为:\n{more}  种类: 行政检查\n"
         "  日期: 2026-03-05\n  作出机关: 上江乡人民政府\n  承办单位: 林业站\n  权限来源: 法定\n  依据: [{basis}]\n过错事实:\n- 情形: 3-10\n"
         "  后果: {{程度: 轻微, 受损方: 个人, 说明: 少量林木受损}}\n  特殊情形: 无\n  部门作出: 是\n  审批情形: 无需审批\n  涉及人员:\n"
         "  - {{人: 刘某, 角色: 部门主要负责人, 有无过错: 无}}\n  - {{人: 张某, 角色: 承办人, 有无过错: 有}}\n"
         "程序:\n  立案: {{日期: 2026-03-18, 批准: 赵某}}\n")
"""What the author of nearly every file of slips meant to write."""
OTHERWISE: dict[str, dict[str, str]] = {
    "SJ-2026-821.yaml": {"basis": "森林防火条例, 中华人民共和国森林法"},
    "SJ-2026-826.yaml": {"more": "  文号: 〔2026〕3号\n"},
    **{f"SJ-2026-{number}.yaml": {"title": f"'{title}'"} for number, title in (
        (827, "%采伐现场检查不实"), (828, "@采伐现场检查不实"), (829, "*采伐现场检查不实"), (830, "&采伐 现场检查不实"),
        (831, "!采伐 现场检查不实"), (832, ">采伐现场检查不实"), (833, "|采伐现场检查不实"), (834, "林业站: 采伐现场检查不实"))},
}
SLIPS_MENDED = sorted(name for name in EXPECTED if re.fullmatch(r"SJ-2026-8(0[1-5]|1[12]|1[6-9]|2[0-46-9]|3[0-4]|56)\.yaml", name))


@pytest.mark.parametrize("name", SLIPS_MENDED)
def test_a_file_of_slips_says_what_was_meant(name: str) -> None:
    mended = of(SLIP_FILES / name)
    meant = {"number": name.removesuffix(".yaml"), "title": "采伐现场检查不实", "more": "", "basis": "森林防火条例"}
    assert tree(mended.after) == tree(MEANT.format(**(meant | OTHERWISE.get(name, {}))).encode())
    assert mended.left == ()
    assert mended.changes


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_every_slip_called_fixable_is_mended_and_no_other(name: str) -> None:
    """What is told as fixable is gone afterwards, and nothing that was not is."""
    path = SLIP_FILES / name
    before = examine_file(path).problems
    mended = of(path)
    assert all(p.fix is None for p in mended.left)
    assert {p.code for p in before if p.fix is None} <= {p.code for p in mended.left}
    assert bool(mended.changes) == any(p.fix is not None for p in before)
    assert (mended.after != mended.before) == bool(mended.changes)


@pytest.mark.parametrize("code", sorted(k.code for k in all_kinds() if k.fixable))
def test_every_kind_called_fixable_has_a_fix(code: str) -> None:
    """In a file of slips, in its own sample, or in what people write."""
    samples = {"Y370": "纠正: {方式: 撤销, 日期: 2026-03-05, 文书: 上江撤(2026)1号}\n", "T120": "", "T121": "",
               "Y371": "纠正: {方式: 撤销, 日期: 2026-03-05, 文书: 上江撤〔2026〕第1号}\n",
               "Y372": "纠正: {方式: 撤销, 日期: 2026-03-05, 文书: 上江撤〔2026〕001号}\n",
               "Y374": "纠正: {方式: 撤销, 日期: 2026-03-05, 文书: 上江撤〔２０２６〕1号}\n"}
    sample, sort = samples.get(code, kind(code).bad), kind(code).file
    text = {"T120": b"\xb0\xb8\xba\xc5: \xbc\xd7\n", "T121": codecs.BOM_UTF16_LE + "案号: 甲\n".encode("utf-16-le")}.get(
        code, laid_over(sample, "case").encode() if sort == "case" else sample.encode())
    mended = mend(text, as_case if sort == "case" else typed)
    assert code in [c.problem.code for c in mended.changes]
    assert code not in [p.code for p in mended.left]


@pytest.mark.parametrize(("typed_as", "meant"), [
    ("2026-03-05。", "2026-03-05"), ("“2026-03-05”", "2026-03-05"), ("2026-03-05 00:00:00", "2026-03-05"),
    ("2026/3/5 0:00", "2026/3/5"), ("2026年3月5日（星期四）", "2026年3月5日"), ("２０２６－３－５。", "２０２６－３－５"),
    ("2026-03-05 10时", None), ("2026年3月5日（星期五）", None), ("2026-02-30。", None), ("2026.5", None), ("近期。", None),
    ("2026-3-5", "2026-3-5")])
def test_dates(typed_as: str, meant: str | None) -> None:
    text = laid_over(f"纠正: {{方式: 撤销, 日期: {typed_as}, 文书: 上江撤〔2026〕1号}}\n", "case")
    mended = mend(text.encode(), as_case)
    assert mended.after.decode() == text.replace(f"日期: {typed_as}", f"日期: {meant or typed_as}")


# and nothing else moves

@pytest.mark.parametrize("path", VALID, ids=lambda path: path.name)
@pytest.mark.parametrize("guessing", [False, True])
def test_a_valid_file_is_never_changed(path: Path, guessing: bool) -> None:
    mended = of(path, guessing=guessing)
    assert (mended.after, mended.changes, mended.refused) == (path.read_bytes(), (), None)


@pytest.mark.parametrize("text", [text for text, _ in CLEAN.values()], ids=CLEAN)
def test_what_is_only_unusual_is_never_changed(text: str) -> None:
    assert mend(text.encode(), typed, guessing=True).after.decode() == text


@pytest.mark.parametrize(("before", "after"), [
    (codecs.BOM_UTF8 + "姓名：李\r\n".encode(), codecs.BOM_UTF8 + "姓名: 李\r\n".encode()),
    ("姓名：李\r职务: 甲\r\n乙:  1   # 注：\n".encode(), "姓名: 李\r职务: 甲\r\n乙:  1   # 注：\n".encode()),
    ("姓名：李".encode("gb18030"), "姓名: 李".encode()),
    ("姓名: 李\n".encode("gb18030"), "姓名: 李\n".encode()),
    (codecs.BOM_UTF16_BE + "姓名：李\r\n".encode("utf-16-be"), "姓名: 李\r\n".encode()),
    ("# 先：看\n\n\n人:  [ 甲，乙 ]  # 都在\n\n".encode(), "# 先：看\n\n\n人:  [ 甲, 乙 ]  # 都在\n\n".encode())])
def test_marks_line_ends_comments_and_layout_stay(before: bytes, after: bytes) -> None:
    assert mend(before, typed).after == after


def test_a_tab_is_left_where_its_width_decides_the_meaning() -> None:
    two_ways = "行为:\n  文书:\n    页: 1\n\t类型: 乙\n".encode()
    mended = mend(two_ways, typed, guessing=True)
    assert (mended.after, [p.code for p in mended.left]) == (two_ways, ["Y106"])
    one_way = "行为:\n\t文书:\n\t\t页: 1\n\t类型: 乙\n".encode()
    assert tree(mend(one_way, typed).after) == tree("行为:\n  文书:\n    页: 1\n  类型: 乙\n".encode())


def test_a_slip_behind_a_slip_is_mended_too() -> None:
    mended = mend("案由：某案: 补充\n备注：\u3000[2026]第012号\n".encode(), typed)
    assert (mended.after.decode(), mended.left) == ("案由: '某案: 补充'\n备注: 〔2026〕第012号\n", ())


def test_edits_that_touch_are_made_one_after_the_other() -> None:
    mended = mend("人：［甲，乙］\n姓\u200b名：［2026］3号\n".encode(), typed)
    assert mended.after.decode().startswith("人: [甲, 乙]\n姓名: ")
    assert all(p.fix is None for p in mended.left)


def test_rubbish_is_left_as_it_is() -> None:
    rubbish = "".join(f"键{n}：值\n" for n in range(100 * ROUNDS)).encode()
    mended = mend(rubbish, typed)
    assert mended.refused is not None
    assert (mended.after, mended.changes, mended.refused.code) == (rubbish, (), "Y129")


def test_a_file_that_would_grow_too_large_is_left_as_it_is() -> None:
    large = ("备注: " + "字" * 120_000 + "\n").encode("gb18030")
    mended = mend(large, typed)
    assert mended.refused is not None
    assert (mended.after, mended.refused.code) == (large, "T105")


# laws

BROKEN = st.one_of(
    st.text("案号由: ：，,、[]［］【】{}｛｝\"'#-－—\t\u3000\u00a0\u200b\n\r甲乙2026〔〕号%&*!|>@`?。“”", max_size=60),
    st.lists(st.sampled_from([row[0] for row in (SLIPS | STRUCTURE).values()]), max_size=4).map("".join))


@settings(max_examples=1500, deadline=None)
@given(BROKEN, st.booleans())
def test_mending_twice_is_mending_once(text: str, guessing: bool) -> None:
    once = mend(text.encode("utf-8", "surrogatepass"), typed, guessing=guessing)
    assert mend(once.after, typed, guessing=guessing).after == once.after
    assert once.refused is not None or all(p.fix is None for p in once.left)


@settings(max_examples=1500, deadline=None)
@given(BROKEN)
def test_lines_stay_lines_and_what_could_be_read_stays_so(text: str) -> None:
    """A file that could be read past its slips says afterwards what was read. (But for a tab between words,
    which is read as a space, and for what cannot be seen, which goes. A ? after a key in braces is text to libyaml
    or a mark, as the key is bare or quoted: `{*:?}` is refused once its key has quotes, and says so.)"""
    assume(not ("?" in text and set("{｛【[［") & set(text)))
    data = text.encode()
    mended = mend(data, typed)
    breaks = re.compile(rb"\r\n|\r|\n")
    assert breaks.findall(mended.after) == breaks.findall(data)
    document = parse(data, "f.yaml")
    if document.root is not None and all(p.fix is not None for p in document.problems):
        assert seen(tree(mended.after)) == seen(plain(document.root))


def seen(tree: Any) -> str:
    return re.sub(r"\\u200[b-d]|\\ufeff", "", str(tree).replace("\\t", " "))


TYPOS = {
    "colon": (r"(?m)^( *(?:- )?[\u4e00-\u9fff]+): ", r"\1："), "space": (r"(?m)^( *(?:- )?[\u4e00-\u9fff]+): (?=[\u4e00-\u9fff])", r"\1:"),
    "dash": (r"(?m)^( *)- (?=\{)", r"\1－ "), "wide": (r"(?m)^( *(?:- )?[\u4e00-\u9fff]+): ", "\\1:\u3000"),
    "comma": (r"(?<=[\u4e00-\u9fff]), (?=[\u4e00-\u9fff]+: )", "，"), "zero": (r"(?m)^( *[\u4e00-\u9fff])(?=[\u4e00-\u9fff]*:)", "\\1\u200b"),
    "margin": (r"(?m)^  (?=[\u4e00-\u9fff])", "\u3000"), "brackets": (r"(?m)(?<=: )\[([\u4e00-\u9fff, ]+)\]$", r"［\1］"),
}


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(VALID), st.sampled_from(sorted(TYPOS)), st.integers(0, 400), st.booleans())
def test_a_valid_file_with_a_slip_typed_into_it_comes_back(path: Path, typo: str, nth: int, crlf: bool) -> None:
    pattern, instead = TYPOS[typo]
    text = path.read_text(encoding="utf-8")
    places = list(re.finditer(pattern, text))
    if not places:
        return
    place = places[nth % len(places)]
    broken = text[:place.start()] + place.expand(instead) + text[place.end():]
    data = (broken.replace("\n", "\r\n") if crlf else broken).encode()
    mended = mend(data, lambda data: problems_of(path, data))
    assert tree(mended.after) == tree(text.encode())


# guesses

def lines(before: str, after: str) -> list[tuple[str, str]]:
    return [(a, b) for a, b in zip(before.split("\n"), after.split("\n"), strict=True) if a != b]


@pytest.mark.parametrize(("text", "good", "codes"), [
    ("地址: 一组 #3 号\n", "地址: '一组 #3 号'\n", ["Y120"]),
    ("名单:\n- 一组 #3 号\n", "名单:\n- '一组 #3 号'\n", ["Y120"]),
    ("号: #3\n", "号: '#3'\n", ["Y120"]),
    ("要求: [火情不迟报，隐患不漏报]\n", "要求: [火情不迟报, 隐患不漏报]\n", ["Y113"]),
    ("案由: '某厂'处罚案\n", "案由: 某厂处罚案\n", ["Y124"]),
    ("案由: '某案\n案号: 甲\n", "案由: '某案'\n案号: 甲\n", ["Y220"]),
    ("名单: [李明, 王强\n案由: 某案\n", "名单: [李明, 王强]\n案由: 某案\n", ["Y221"]),
    ("名单: [{人: 李明, 号: [1\n案由: 某案\n", "名单: [{人: 李明, 号: [1]}]\n案由: 某案\n", ["Y221"]),
    ("名单: [李明  # 注\n案由: 某案\n", "名单: [李明]  # 注\n案由: 某案\n", ["Y221"]),
    ("名单: ['李明' '王强']\n", "名单: ['李明', '王强']\n", ["Y222"]),
    ("行为: {日期: 2026-03-02 种类: 行政处罚}\n", "行为: {日期: 2026-03-02, 种类: 行政处罚}\n", ["Y222"]),
    ("名单:\n- （人: 李明, 号: 1）  # 注\n", "名单:\n- {人: 李明, 号: 1}  # 注\n", ["Y114"]),
    ("行为: (日期: 2026-03-02，种类: 甲)\n", "行为: {日期: 2026-03-02, 种类: 甲}\n", ["Y114"]),
    ("名单: 李明\n备注: ]\n", "名单: 李明\n备注: \n", ["Y223"]),
    ("名单: [李明, , 王强]\n", "名单: [李明, 王强]\n", ["Y224"]),
    ("名单: - 李明\n案由: 某案\n", "名单: [李明]\n案由: 某案\n", ["Y230"]),
    ("文件: \"D:\\案卷\"\n", "文件: 'D:\\案卷'\n", ["Y231"]),
    ("行为:\n  种类: 甲\n日期: 乙\n  机关: 丙\n", "行为:\n  种类: 甲\n  日期: 乙\n  机关: 丙\n", ["Y233"]),
    ("案由: 某\x07案\n", "案由: 某案\n", ["T201"]), ("案由: 某\u2028案\n", "案由: 某案\n", ["T205"]),
    # two ways to close it, a guess that would not help, and what must not be guessed
    ("名单: [李明}\n", None, []), ("案由: 某\u202e案\n", None, []), ("案由: 某\ue000案\n", None, []), ("案由: 某\ufffd案\n", None, []),
    ("案由: 甲\n案由: 乙\n", None, []), ("文件: \"D:\\new\\案\"\n", None, []), ("案号: 甲\n某案\n案由: 乙\n", None, []),
    ("名单: - 李明\n- 王强\n", None, [])])
def test_what_can_be_guessed(text: str, good: str | None, codes: list[str]) -> None:
    assert mend(text.encode(), typed).after.decode() == text
    mended = mend(text.encode(), typed, guessing=True)
    assert mended.after.decode() == (good or text)
    assert [c.problem.code for c in mended.changes if c.guessed] == codes == [c.problem.code for c in mended.changes]


@pytest.mark.parametrize(("name", "told"), [
    ("SJ-2026-846.yaml", [("  日期: 2026-03-05 10:30", "  日期: 2026-03-05")]),
    ("SJ-2026-860.yaml", [("- 情型: 3-10", "- 情形: 3-10")]),
    ("SJ-2026-867.yaml", [("线索: {来源: 行政复意, 机关: 上江乡人民政府, 日期: 2026-03-16}",
                           "线索: {来源: 行政复议, 机关: 上江乡人民政府, 日期: 2026-03-16}")]),
    ("SJ-2026-850.yaml", [("  可分部分: {改变部分: 0.4, 未改变部分: 60%}", "  可分部分: {改变部分: 40%, 未改变部分: 60%}")]),
    # which fault, and who: never
    ("SJ-2026-870.yaml", []), ("SJ-2026-871.yaml", [])])
def test_words_that_can_be_guessed(name: str, told: list[tuple[str, str]]) -> None:
    path = SLIP_FILES / name
    assert of(path).changes == ()
    mended = of(path, guessing=True)
    assert lines(*mended.texts) == told
    assert all(c.guessed for c in mended.changes)


def test_guessed_is_only_what_has_no_sure_fix() -> None:
    assert {k.code for k in all_kinds() if k.fixable} & GUESSED == set()
    assert not GUESSED & {"P101", "K302", "T202", "T203", "T204", "T206", "T207", "T210", "Y210"}
