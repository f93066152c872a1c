"""Pages as they come out, measured against GB/T 9704-2012 (mm from the upper left corner).

LibreOffice with the Noto fonts stands in for Word with those of the office: lines, characters, page
numbers and rules are where the shells put them; only the shapes of the characters differ.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise

import pymupdf
import pytest

from enforcecli.documents.pdf import to_pdf
from tests.documents.looks import (
    END,
    FORM,
    MM,
    ORGAN,
    RECORD,
    TABLE,
    decision,
    lines,
    made,
    pieces,
    red_ink,
    rules,
    sentence,
)

TOP, LEFT, BOTTOM, RIGHT = 37.0, 28.0, 262.0, 184.0
LENGTHS = range(23)
LONG = "\n\n".join(sentence(300) for _ in range(6))
LAST = f"对本决定不服的，可以自收到本决定书之日起30日内向{ORGAN}申请复核。本决定自作出之日起执行。"
ROWS = TABLE + "| 杨某 | 按责任大小 | 0.00 |\n" * 60
WIDE = "| 序号 | 文号 | 责任者 | 题名 | 日期 |\n|---|---|---|---|---|\n" + (
    "| 1 | 县政复决字〔2026〕11号 | 县人民政府 | 行政执法过错责任追究决定书（张某） | 2026年12月28日 |\n")
TEXTS = {
    "letter": made(decision(LONG)),
    "red": made(decision(f"{sentence(300)}\n\n{LAST}", END + RECORD), "red"),
    "rows": made(f"# 计算表\n\n{ROWS}\n\n{LAST}\n", "table"),
    "form": made(f"# 审批表\n\n{FORM}\n\n{WIDE}", "table"),
    "slip": made(decision(LAST) + f"\n# 移送函回执\n\n{ORGAN}：\n\n来函收悉。\n"),
    "sealed": made(decision(LONG), code="7QK4-M2XD-9F3A-TR6H"),
    "names": made(decision("张喆、王玥、赵䶮")),
    **{f"end{n}": made(decision("\n\n".join([sentence(500), *["另查明。"] * n, LAST]))) for n in LENGTHS},
}


@pytest.fixture(scope="module")
def pdfs() -> Mapping[str, pymupdf.Document]:
    converted = to_pdf(TEXTS)
    assert isinstance(converted, dict), converted
    return {name: pymupdf.open(stream=data) for name, data in converted.items()}


def words(document: pymupdf.Document, page: int) -> list[str]:
    return [line.text for line in lines(document[page])]


def test_paper_is_a4(pdfs: Mapping[str, pymupdf.Document]) -> None:
    sizes = {(round(page.rect.width / MM), round(page.rect.height / MM)) for pdf in pdfs.values() for page in pdf}
    assert sizes == {(210, 297)}


def test_a_full_line_holds_28_characters(pdfs: Mapping[str, pymupdf.Document]) -> None:
    full = [line for page in pdfs["letter"] for line in lines(page) if line.right > 180 and line.size == 16]
    assert {len(line.text) for line in full if line.left < 30} == {28}
    assert {len(line.text) for line in full if 38 < line.left < 41} == {26}


def test_a_full_page_holds_22_lines(pdfs: Mapping[str, pymupdf.Document]) -> None:
    *text, _number = lines(pdfs["letter"][1])
    assert len(text) == 22
    pitches = [b.base - a.base for a, b in pairwise(text)]
    assert max(pitches) - min(pitches) < 0.1
    assert pitches[0] == pytest.approx(225 / 22, abs=0.05)


def test_nothing_stands_outside_the_type_area(pdfs: Mapping[str, pymupdf.Document]) -> None:
    hanging = "，。、；：”）》"  # punctuation may hang over the edge, as in Word
    for name, pdf in pdfs.items():
        for page in pdf:
            for line in lines(page)[:-1]:
                over = RIGHT + (6 if line.text[-1] in hanging else 0.5)
                assert line.left > LEFT - 0.5 and line.right < over, (name, line)
                assert TOP < line.base < BOTTOM, (name, line)


def test_page_numbers(pdfs: Mapping[str, pymupdf.Document]) -> None:
    """Odd on the right, even on the left, one character in; the dash 7 mm below the type area."""
    for at, page in enumerate(pdfs["letter"]):
        number = lines(page)[-1]
        assert number.text == f"—{at + 1}—" and number.size == 14
        if at % 2 == 0:
            assert number.right == pytest.approx(RIGHT - 14 / MM, abs=0.5)
        else:
            assert number.left == pytest.approx(LEFT + 14 / MM, abs=0.5)
        dash = number.base - 0.35 * 14 / MM  # a dash is drawn about a third of the type above its baseline
        assert dash == pytest.approx(BOTTOM + 7, abs=1)


def test_the_code_of_a_sealed_paper_leaves_the_page_number_where_it_is(pdfs: Mapping[str, pymupdf.Document]) -> None:
    for plain, sealed in zip(pdfs["letter"], pdfs["sealed"], strict=True):
        number = next(line for line in pieces(plain) if line.size == 14 and line.text[0] == "—")
        again = next(line for line in pieces(sealed) if line.size == 14 and line.text[0] == "—")
        assert again.left == pytest.approx(number.left, abs=0.5) and again.base == number.base
        assert "核验码7QK4-M2XD-9F3A-TR6H" in lines(sealed)[-1].text


def test_the_red_head(pdfs: Mapping[str, pymupdf.Document]) -> None:
    page = pdfs["red"][0]
    mark, number, *rest = lines(page)
    assert mark.text == f"{ORGAN}文件" and number.text == "上江责〔2026〕3号"
    assert (mark.left + mark.right) / 2 == pytest.approx(106, abs=1)
    assert red_ink(page) == pytest.approx(TOP + 35, abs=2)
    height, left, right = rules(page)[0]
    assert (left, right) == (pytest.approx(LEFT, abs=0.3), pytest.approx(RIGHT, abs=0.3))
    assert height - (number.base + 0.12 * 16 / MM) == pytest.approx(4, abs=0.5)
    assert rest[0].size == 22 and rest[0].base > height + 20


def test_the_first_page_shows_text(pdfs: Mapping[str, pymupdf.Document]) -> None:
    assert any(text.startswith("经查") for text in words(pdfs["red"], 0))


@pytest.mark.parametrize("length", LENGTHS)
def test_a_signature_never_stands_without_text(pdfs: Mapping[str, pymupdf.Document], length: int) -> None:
    pdf = pdfs[f"end{length}"]
    last = words(pdf, pdf.page_count - 1)
    assert "2026年5月8日" in last, "the date is on the last page"
    signed = last.index(ORGAN)
    assert any("本决定" in text for text in last[:signed]), last
    assert any(text.startswith("附件：") for text in last[:signed]), last


def test_the_lengths_reach_over_a_page(pdfs: Mapping[str, pymupdf.Document]) -> None:
    assert {pdfs[f"end{n}"].page_count for n in LENGTHS} == {2, 3}


def test_signature_and_date(pdfs: Mapping[str, pymupdf.Document]) -> None:
    """The date ends four characters from the right; who signs stands centred above it."""
    page = pdfs["letter"][-1]
    organ, day = lines(page)[-3:-1]
    assert (organ.text, day.text) == (ORGAN, "2026年5月8日")
    assert RIGHT - day.right == pytest.approx(4 * 16 / MM, abs=3)
    assert (organ.left + organ.right) / 2 == pytest.approx((day.left + day.right) / 2, abs=4 / MM)


def test_attachments_stand_under_each_other(pdfs: Mapping[str, pymupdf.Document]) -> None:
    found = {line.text[-5:]: line for page in pdfs["letter"] for line in lines(page)}
    one, two = found["认定计算表"], found["．送达回证"]
    assert one.left == pytest.approx(LEFT + 2 * 16 / MM, abs=0.5)
    assert two.left == pytest.approx(LEFT + 5 * 16 / MM, abs=1)


def test_the_record_closes_the_last_page(pdfs: Mapping[str, pymupdf.Document]) -> None:
    page = pdfs["red"][-1]
    *_, copies, issued, _number = lines(page)
    assert copies.text.startswith("抄送：") and issued.text.endswith("印发")
    assert copies.left == pytest.approx(LEFT + 14 / MM, abs=0.5)
    assert issued.right == pytest.approx(RIGHT - 14 / MM, abs=0.5)
    heights = [height for height, left, right in rules(page) if right - left > 155]
    assert len(heights) == 3 and heights[-1] == pytest.approx(BOTTOM, abs=1)


def test_a_table_over_pages_repeats_its_head(pdfs: Mapping[str, pymupdf.Document]) -> None:
    pdf = pdfs["rows"]
    heads = [next(text for text in words(pdf, at) if text.startswith("人员")) for at in range(pdf.page_count)]
    assert pdf.page_count == 3 and set(heads) == {"人员责任等次承担（元）"}


def test_tables_are_as_wide_as_the_text(pdfs: Mapping[str, pymupdf.Document]) -> None:
    found = [rule for rule in rules(pdfs["form"][0]) if rule[2] - rule[1] > 100]
    assert len(found) > 5
    for _, left, right in found:
        assert (left, right) == (pytest.approx(LEFT, abs=0.4), pytest.approx(RIGHT, abs=0.4))


def test_dates_in_tables_stay_whole(pdfs: Mapping[str, pymupdf.Document]) -> None:
    assert any("2026年12月28日" in text for text in words(pdfs["form"], 0))


def test_an_opinion_has_room_for_a_pen(pdfs: Mapping[str, pymupdf.Document]) -> None:
    heights = [height for height, *_ in rules(pdfs["form"][0])]
    assert max(b - a for a, b in pairwise(heights)) > 20


def test_a_second_title_begins_a_page(pdfs: Mapping[str, pymupdf.Document]) -> None:
    assert [words(pdfs["slip"], at)[0] for at in (0, 1)] == ["上江责〔2026〕3号", "移送函回执"]


def test_every_character_has_a_face(pdfs: Mapping[str, pymupdf.Document]) -> None:
    """No box in place of a rare character, and no sans in the middle of a name."""
    page = pdfs["names"][0]
    name = next(line for line in lines(page) if "喆" in line.text)
    assert name.text == "张喆、王玥、赵䶮"
    faces = {span["font"] for block in page.get_text("dict")["blocks"] for line in block.get("lines", ())
             for span in line["spans"] if span["size"] == 16}
    assert len(faces) == 1 and "Serif" in faces.pop()
