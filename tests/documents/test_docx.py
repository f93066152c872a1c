"""DOCX as written: the same bytes for the same paper, the schema's order, nothing of the machine."""

from __future__ import annotations

import io
import re
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest
from docx import Document
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs
from openxml_audit import OpenXmlValidator
from wcwidth import wcswidth

from enforcecli.documents.blocks import parse
from enforcecli.documents.docx import missing_words, to_docx, words_of
from enforcecli.documents.fonts import Fonts, rare
from enforcecli.documents.freeze import freeze
from enforcecli.documents.freeze import members as unpacked
from enforcecli.documents.lines import balanced, shortened_blanks
from enforcecli.documents.shell import SHELLS
from tests.documents.looks import (
    END,
    FORM,
    HEAD,
    ORGAN,
    PROPERTIES,
    RECORD,
    TABLE,
    decision,
    made,
    sentence,
    shell,
)

ROOT = Path(__file__).parents[2]
FULL = HEAD + f"## 一、事实\n\n### （一）经过\n\n{sentence(60)}\n\n{TABLE}\n{FORM}\n经查如上。\n\n" + END + RECORD
TEXTS = {"full": FULL, "bare": "# 记录\n", "table last": f"# 目录\n\n{TABLE}", "empty": "", "no number": f"# 报告\n\n{sentence(30)}\n",
         "slip": FULL + "\n# 回执\n\n收到。\n", "one attachment": decision("经查。", f"附件：清单\n\n>> {ORGAN}\n>> 2026年5月8日\n")}


def part(docx: bytes, name: str = "word/document.xml") -> str:
    with zipfile.ZipFile(io.BytesIO(docx)) as archive:
        return archive.read(name).decode()


def paragraphs(docx: bytes) -> list[str]:
    return re.findall(r"<w:p>.*?</w:p>", part(docx), re.DOTALL)


def paragraph(docx: bytes, text: str) -> str:
    return next(p for p in paragraphs(docx) if text in "".join(re.findall(r"<w:t [^>]*>([^<]*)", p)))


@pytest.mark.parametrize(("name", "text"), [*((name, "full") for name in SHELLS), *(("letter", text) for text in TEXTS)])
def test_word_would_open_it(name: str, text: str, tmp_path: Path) -> None:
    file = tmp_path / "paper.docx"
    file.write_bytes(made(TEXTS[text], name))
    found = OpenXmlValidator().validate(str(file))
    assert found.is_valid and not found.errors, found.errors


def test_a_misplaced_element_would_be_seen(tmp_path: Path) -> None:
    """The audit is no rubber stamp."""
    with zipfile.ZipFile(io.BytesIO(made(FULL))) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    wrong = members["word/styles.xml"].replace(b'<w:jc w:val="center"/>', b"", 1)
    members["word/styles.xml"] = wrong.replace(b"<w:keepNext/>", b'<w:jc w:val="center"/><w:keepNext/>', 1)
    (tmp_path / "wrong.docx").write_bytes(freeze(members))
    assert OpenXmlValidator().validate(str(tmp_path / "wrong.docx")).errors


@pytest.mark.parametrize("name", SHELLS)
@pytest.mark.parametrize("text", TEXTS)
def test_every_word_is_in_the_paper(name: str, text: str) -> None:
    assert missing_words(parse(TEXTS[text]), made(TEXTS[text], name)) == ()


def test_a_missing_word_is_told() -> None:
    assert missing_words(parse(FULL + "\n另查明。\n"), made(FULL)) == ("另查明。",)


def test_samples_of_the_shell_are_gone() -> None:
    words = words_of(made("# 甲\n\n乙。\n", "red"))
    assert words == (f"{ORGAN}文件", "甲", "乙。")


ELSEWHERE = """
import hashlib, sys
from datetime import date
from enforcecli.documents.blocks import parse
from enforcecli.documents.docx import Properties, to_docx
from enforcecli.documents.fonts import Fonts
from enforcecli.documents.shipped import shipped
text = sys.stdin.buffer.read().decode("utf-8")
shell = shipped("shells/red.docx").read_bytes()
made = to_docx(parse(text), shell, Fonts(), Properties("甲", "乙", date(2026, 5, 8), "0"))
print(hashlib.sha256(made).hexdigest())
"""


def test_the_same_paper_has_the_same_bytes() -> None:
    digests = {
        subprocess.run([sys.executable, "-c", ELSEWHERE], check=True, capture_output=True, input=FULL.encode(),
                       env={"PYTHONHASHSEED": seed, "TZ": zone, "PYTHONPATH": str(ROOT)}).stdout
        for seed, zone in (("1", "Asia/Shanghai"), ("2", "America/New_York"))
    }
    assert len(digests) == 1


def test_members_count_not_their_packing() -> None:
    data = made(FULL)
    other = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(other, "w") as new:
        for name in reversed(old.namelist()):
            new.writestr(name, old.read(name))
    assert other.getvalue() != data and unpacked(other.getvalue()) == unpacked(data)
    assert unpacked(made(FULL + "\n另查明。\n")) != unpacked(data)


def test_no_trace_of_machine_or_hour() -> None:
    with zipfile.ZipFile(io.BytesIO(made(FULL))) as archive:
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert {info.create_system for info in archive.infolist()} == {0}
        assert next(info.filename for info in archive.infolist()) == "[Content_Types].xml"
        assert not [name for name in archive.namelist() if "thumbnail" in name or "Effects" in name]
    core = part(made(FULL), "docProps/core.xml")
    assert re.findall(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[^<]*", core) == ["2026-05-08T00:00:00Z"] * 2
    assert "0" * 64 in part(made(FULL), "docProps/custom.xml")


def test_python_docx_reads_it() -> None:
    document = Document(io.BytesIO(made(FULL, "red")))
    assert document.core_properties.author == ORGAN
    assert [p.style.name for p in document.paragraphs[:3]] == ["发文机关标志", "发文字号", "公文标题"]
    assert document.tables[0].cell(1, 2).text == "5040.00"
    assert document.settings.odd_and_even_pages_header_footer


@pytest.mark.parametrize("name", SHELLS)
def test_chinese_fonts_in_all_four_slots(name: str) -> None:
    """Word sets Chinese text in the East Asian slot; a style that leaves it to the theme gets a
    Japanese or a Latin face."""
    styles = part(made(FULL, name), "word/styles.xml")
    found = re.findall(r"<w:rFonts ([^>]*)/>", styles)
    assert len(found) > 12
    for slots in found:
        names = dict(re.findall(r'w:(\w+)="([^"]*)"', slots))
        assert len({names.pop(slot) for slot in ("ascii", "hAnsi", "eastAsia", "cs")}) == 1
        assert names == {"hint": "eastAsia"}
    assert "ja-JP" not in styles and 'w:eastAsia="zh-CN"' in styles


def test_fonts_the_office_asks_for() -> None:
    fonts = Fonts.of({"字体": {"正文": "仿宋", "标题": "华文中宋", "正文x": "甲", "二级": ""}})
    styles = part(made(FULL, fonts=fonts), "word/styles.xml")
    body = re.search(r'w:val="公文正文"/>.*?</w:style>', styles, re.DOTALL)
    title = re.search(r'w:val="公文标题"/>.*?</w:style>', styles, re.DOTALL)
    second = re.search(r'w:val="公文二级"/>.*?</w:style>', styles, re.DOTALL)
    assert body is not None and body[0].count('"仿宋"') == 4
    assert title is not None and title[0].count('"华文中宋"') == 4
    assert second is not None and second[0].count('"楷体_GB2312"') == 4


@pytest.mark.parametrize("setting", [{}, {"字体": "仿宋"}, {"字体": {"正文": 3}}, {"字体": []}])
def test_odd_settings_of_fonts_change_nothing(setting: dict[str, object]) -> None:
    assert Fonts.of(setting) == Fonts()


def test_a_rare_character_is_set_in_a_fuller_font() -> None:
    """仿宋_GB2312 has no 喆: it alone is set in 仿宋, so that no foreign face stands in the name."""
    text = paragraph(made(decision("张喆、王玥负责。")), "喆")
    runs = re.findall(r"<w:r>(.*?)</w:r>", text)
    assert [("仿宋\"" in run, re.findall(r">([^<>]+)</w:t>", run)[0]) for run in runs] == [
        (False, "张"), (True, "喆"), (False, "、王"), (True, "玥"), (False, "负责。")]
    assert rare("张喆、王玥、喆 A—") == "喆玥"
    full = made(decision("张喆、王玥负责。"), fonts=Fonts.of({"字体": {"正文": "仿宋"}}))
    assert paragraph(full, "喆").count("<w:r>") == 1


def test_text_cannot_become_markup() -> None:
    text = "<w:p/> & ]]> \x00\x0b\ud800 「发文机关」「核验码」"
    docx = made(decision(text.replace("<", "\\<")))
    assert "<w:p/>" not in part(docx)
    assert "<w:p/> & ]]> \ufffd\ufffd\ufffd 「发文机关」「核验码」" in words_of(docx)


def test_what_is_kept_together() -> None:
    docx = made(decision("甲事实。\n\n乙决定。"))
    kept = {text: "<w:keepNext/>" in paragraph(docx, text) for text in ("甲事实", "乙决定", "认定计算表", "送达回证", "2026年5月8日")}
    assert kept == {"甲事实": False, "乙决定": True, "认定计算表": True, "送达回证": True, "2026年5月8日": False}


def test_a_table_before_the_signature_is_kept_with_it() -> None:
    docx = made(decision(TABLE + "| 杨某 | 无 | 0.00 |\n", f">> {ORGAN}\n>> 2026年5月8日\n"))
    assert "<w:keepNext/>" in paragraph(docx, "杨某") and "<w:keepNext/>" not in paragraph(docx, "张某")


def test_head_row_and_rows() -> None:
    docx = part(made(f"# 甲\n\n{TABLE}"))
    assert docx.count("<w:tblHeader/>") == 1 and docx.count("<w:cantSplit/>") == 2
    assert sum(map(int, re.findall(r'<w:gridCol w:w="([0-9]+)"', docx))) == 8844


def test_empty_pairs_of_a_form_widen_the_cell_before() -> None:
    docx = part(made(f"# 甲\n\n{FORM}"))
    assert re.findall(r'<w:gridSpan w:val="([0-9])"/>', docx) == ["3", "3"]
    assert "<w:tblHeader/>" not in docx


def test_a_long_name_of_an_organ_gets_a_smaller_mark() -> None:
    organ = "某某自治县某某镇人民政府综合行政执法办公室"
    data = to_docx(parse(FULL), shell("red"), Fonts(), structs.replace(PROPERTIES, organ=organ))
    assert f"{organ}文件" in words_of(data)
    size = re.search(r'w:val="EnforceMark"/>.*?<w:sz w:val="([0-9]+)"/>', part(data))
    assert size is not None and int(size[1]) * len(organ + "文件") * 10 <= 8844


def test_the_organ_s_name_is_text() -> None:
    data = to_docx(parse(FULL), shell("red"), Fonts(), structs.replace(PROPERTIES, organ="甲<&>乙", title="<题>"))
    assert "甲<&>乙文件" in words_of(data)


def test_the_code_of_a_sealed_paper() -> None:
    feet = [part(made(FULL, code="7QK4-M2XD"), f"word/footer{at}.xml") for at in (1, 2)]
    assert all("核验码 7QK4-M2XD" in foot for foot in feet)
    assert all("核验码" not in part(made(FULL), f"word/footer{at}.xml") for at in (1, 2))


TITLES = {
    "行政执法过错责任追究决定书": ["行政执法过错责任追究决定书"],
    "关于“某木材加工厂行政处罚决定被复议撤销”一案": ["关于“某木材加工厂行政", "处罚决定被复议撤销”一案"],
    "关于对张某在某木材加工厂案件中的过错给予行政执法责任追究的决定": ["关于对张某在某木材加工厂案件中的", "过错给予行政执法责任追究的决定"],
}


@pytest.mark.parametrize("title", TITLES)
def test_long_titles_are_balanced(title: str) -> None:
    assert balanced(title, 20) == TITLES[title]
    assert title in words_of(made(f"# {title}\n"))


@given(st.text("关于的“”（）甲乙丙2026", min_size=1, max_size=90), st.integers(5, 25))
def test_no_character_of_a_title_is_lost(title: str, room: int) -> None:
    assert "".join(balanced(title, room)) == title


def test_blanks_give_way_where_a_line_is_a_little_too_long() -> None:
    line = "制表人（签名）：　　　　　　复核人（签名）：　　　　　　　　年　　月　　日"
    assert shortened_blanks(line, 68) == "制表人（签名）：　　　　　复核人（签名）：　　　　　　年　　月　　日"
    assert shortened_blanks(line, 80) == line and shortened_blanks(line, 30) == line


@given(st.lists(st.sampled_from(["签名：", "　　", "　　　　　　", "年", "月", "A1"]), max_size=12).map("".join), st.integers(8, 80))
def test_blanks_only_give_way(line: str, room: int) -> None:
    found = shortened_blanks(line, room)
    assert found.replace("　", "") == line.replace("　", "")
    assert found == line or wcswidth(found) <= room


def test_a_small_table_stays_together() -> None:
    small = part(made(f"# 甲\n\n{TABLE}| 杨某 | 无 | 0.00 |\n\n乙。\n"))
    rows = re.findall(r"<w:tr>.*?</w:tr>", small)
    assert ["<w:keepNext/>" in row for row in rows] == [True, True, False]
    large = part(made("# 甲\n\n" + TABLE + "| 杨某 | 无 | 0.00 |\n" * 9))
    assert ["<w:keepNext/>" in row for row in re.findall(r"<w:tr>.*?</w:tr>", large)] == [True] + [False] * 10


def test_a_paper_takes_little_time() -> None:
    """≤ 60 ms each in a batch, on any machine that is not very slow; measured 4 to 6 ms."""
    blocks, data = parse(FULL), shell("red")
    to_docx(blocks, data, Fonts(), PROPERTIES)
    start = time.perf_counter()
    for _ in range(20):
        to_docx(blocks, data, Fonts(), PROPERTIES)
    assert (time.perf_counter() - start) / 20 < 0.06
