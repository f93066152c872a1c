"""Shells: the shipped ones are what the program makes; edited ones keep working; hostile ones do not."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from enforcecli.documents.blocks import parse
from enforcecli.documents.docx import to_docx, words_of
from enforcecli.documents.fonts import Fonts
from enforcecli.documents.freeze import freeze
from enforcecli.documents.freeze import members as unpacked
from enforcecli.documents.shell import SHELLS, STYLES, write
from enforcecli.documents.shell_package import MOST_MEMBERS, ShellError
from enforcecli.documents.shell_reading import check_shell
from enforcecli.documents.shipped import shipped
from enforcecli.problems import kind
from tests.documents.looks import ORGAN, PROPERTIES, decision, shell
from tests.documents.test_docx import FULL, part
from tests.text.damaged import DAMAGED

DOCUMENT, STYLES_PART, RELATIONS = "word/document.xml", "word/styles.xml", "word/_rels/document.xml.rels"


def changed(data: bytes, name: str, change: Callable[[str], str]) -> bytes:
    """The shell with one part changed; the change must change something."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = {member: archive.read(member) for member in archive.namelist()}
    old = members.get(name, b"").decode()
    new = change(old)
    assert new != old
    return freeze({**members, name: new.encode()})


def filled(data: bytes, text: str = FULL) -> bytes:
    assert check_shell(data) == ()
    return to_docx(parse(text), data, Fonts(), PROPERTIES)


@pytest.mark.parametrize("name", SHELLS)
def test_the_shipped_shells_are_those_the_program_makes(name: str) -> None:
    """After a change: python -m enforcecli.documents.shell"""
    data = shipped(f"shells/{name}.docx").read_bytes()
    assert unpacked(data) == unpacked(shell(name)) and check_shell(data) == ()


def test_writing_them(tmp_path: Path) -> None:
    write(tmp_path / "shells")
    assert sorted(file.name for file in (tmp_path / "shells").iterdir()) == ["letter.docx", "red.docx", "table.docx"]


# what officers do to a shell

def test_styles_are_known_by_name_whatever_their_ids() -> None:
    """WPS gives styles ids of its own when it saves."""
    data = changed(shell("letter"), STYLES_PART, lambda s: s.replace("EnforceBody", "a7"))
    data = changed(data, DOCUMENT, lambda s: s.replace("EnforceBody", "a7"))
    assert '<w:pStyle w:val="a7"/>' in part(filled(data))


def test_formatting_of_a_sample_is_taken_over() -> None:
    data = changed(shell("letter"), DOCUMENT, lambda s: s.replace(
        '<w:pStyle w:val="EnforceBody"/></w:pPr><w:r><w:rPr><w:rFonts w:hint="eastAsia"/>',
        '<w:pStyle w:val="EnforceBody"/><w:spacing w:after="60"/></w:pPr><w:r><w:rPr><w:rFonts w:hint="eastAsia"/><w:b/>'))
    text = part(filled(data, decision("经查如上。")))
    assert '<w:spacing w:after="60"/>' in text
    assert "<w:b/></w:rPr><w:t xml:space=\"preserve\">经查如上。" in text


def test_what_stands_around_the_samples_stays() -> None:
    note = "<w:p><w:r><w:t>内部资料　注意保管</w:t></w:r></w:p>"
    tail = "<w:p><w:r><w:t>（共印「发文机关」3份）</w:t></w:r></w:p>"
    data = changed(shell("letter"), DOCUMENT, lambda s: s.replace("<w:body>", f"<w:body>{note}").replace("<w:sectPr>", f"{tail}<w:sectPr>"))
    words = words_of(filled(data))
    assert words[0] == "内部资料　注意保管" and words[-1] == f"（共印{ORGAN}3份）"


def test_words_to_replace_that_word_has_split_are_whole_again() -> None:
    data = changed(shell("letter"), "word/footer1.xml", lambda s: s.replace(
        "「核验码」</w:t>", "「核</w:t></w:r><w:r><w:t>验码」</w:t>"))
    assert "核验码" not in part(filled(data), "word/footer1.xml")


def test_the_number_stands_where_its_sample_does() -> None:
    number = '<w:p><w:pPr><w:pStyle w:val="EnforceNumber"/>'
    def move(text: str) -> str:
        at = text.index(number)
        end = text.index("</w:p>", at) + 6
        rest = text[:at] + text[end:]
        behind = rest.index("</w:p>") + 6  # after the title
        return rest[:behind] + text[at:end] + rest[behind:]

    words = words_of(filled(changed(shell("letter"), DOCUMENT, move)))
    assert words[:3] == (ORGAN, "行政执法过错责任追究决定书", "上江责〔2026〕3号")
    assert words_of(filled(shell("letter")))[0] == "上江责〔2026〕3号"


def test_properties_of_who_saved_the_shell_are_gone() -> None:
    core = ('<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
            'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator>王五的电脑</dc:creator></cp:coreProperties>')
    data = changed(shell("letter"), "docProps/core.xml", lambda _: core)
    data = changed(data, "docProps/app.xml", lambda _: "<Properties><Company>甲</Company></Properties>")
    with zipfile.ZipFile(io.BytesIO(filled(data))) as archive:
        assert sorted(n for n in archive.namelist() if n.startswith("docProps")) == ["docProps/core.xml", "docProps/custom.xml"]
        assert all("王五".encode() not in archive.read(n) for n in archive.namelist())


# what cannot be used

EXTERNAL = '<Relationship Id="rId9" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{}" Target="http://example.invalid/x" TargetMode="External"/></Relationships>'
BOMB = '<!DOCTYPE d [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
FIELD = '<w:p><w:r><w:instrText> {} "x" </w:instrText></w:r></w:p><w:sectPr>'
HOSTILE: dict[str, tuple[str, str, Callable[[str], str]]] = {
    "a remote template": ("D303", "word/_rels/settings.xml.rels", lambda _: (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">' + EXTERNAL.format("attachedTemplate"))),
    "a remote picture": ("D303", RELATIONS, lambda s: s.replace("</Relationships>", EXTERNAL.format("image"))),
    "a macro": ("D303", "word/vbaProject.bin", lambda _: "x"),
    "the type of a document with macros": ("D303", "[Content_Types].xml", lambda s: s.replace(
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
        "application/vnd.ms-word.document.macroEnabled.main+xml")),
    "an embedded object": ("D303", "word/embeddings/oleObject1.bin", lambda _: "x"),
    "a field that runs a program": ("D303", DOCUMENT, lambda s: s.replace("<w:sectPr>", FIELD.format("DDEAUTO"))),
    "a field in two runs": ("D303", DOCUMENT, lambda s: s.replace(
        "<w:sectPr>", FIELD.format("INCLUDE</w:instrText></w:r><w:r><w:instrText>PICTURE"))),
    "a field that reads a file, in the foot": ("D303", "word/footer1.xml", lambda s: s.replace(
        "</w:p>", '<w:fldSimple w:instr="INCLUDETEXT c:/x"/></w:p>')),
    "a foreign part of the text": ("D303", DOCUMENT, lambda s: s.replace("<w:sectPr>", '<w:altChunk r:id="rId9"/><w:sectPr>')),
    "entities": ("D303", DOCUMENT, lambda s: s.replace("<w:document", BOMB + "<w:document", 1)),
    "entities in the styles": ("D303", STYLES_PART, lambda s: s.replace("<w:styles", BOMB + "<w:styles", 1)),
    "broken XML": ("D301", DOCUMENT, lambda s: s[:-20]),
    "a document without a body": ("D301", DOCUMENT, lambda s: s.replace("w:body", "w:corpus")),
    "a page without a width": ("D301", DOCUMENT, lambda s: s.replace('w:w="11906"', "")),
    "a missing sample": ("D304", DOCUMENT, lambda s: s.replace('<w:pStyle w:val="EnforceBody"/>', "")),
    "a renamed style": ("D304", STYLES_PART, lambda s: s.replace('w:val="公文正文"', 'w:val="正文文本"')),
    "a missing table": ("D304", DOCUMENT, lambda s: s.replace('<w:tblStyle w:val="EnforceGrid"/>', "")),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_cannot_be_used(name: str) -> None:
    code, member, change = HOSTILE[name]
    (found,) = check_shell(changed(shell("letter"), member, change), "templates/shells/letter.docx")
    assert (found.code, found.file) == (code, "templates/shells/letter.docx")
    assert kind(code).message.format(**dict(found.args))


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", "旧的文档".encode(), b"\xd0\xcf\x11\xe0" + bytes(600)])
def test_what_is_no_docx(data: bytes) -> None:
    assert [p.code for p in check_shell(data)] == ["D301"]


@pytest.mark.parametrize("name", sorted(DAMAGED))
def test_a_damaged_shell_is_refused(name: str) -> None:
    with zipfile.ZipFile(io.BytesIO(shell("letter"))) as archive:
        members = {one: archive.read(one) for one in archive.namelist()}
    assert [p.code for p in check_shell(DAMAGED[name](members))] == ["D301"]


def test_another_zip_is_no_docx() -> None:
    assert [p.code for p in check_shell(freeze({"a.txt": b"x"}))] == ["D301"]


def test_a_part_is_missing() -> None:
    with zipfile.ZipFile(io.BytesIO(shell("letter"))) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    for name in ("[Content_Types].xml", "_rels/.rels", DOCUMENT, STYLES_PART):
        assert [p.code for p in check_shell(freeze({n: d for n, d in members.items() if n != name}))] == ["D301"], name


def test_a_shell_too_large() -> None:
    with zipfile.ZipFile(io.BytesIO(shell("letter"))) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    assert [p.code for p in check_shell(freeze({**members, "word/media/a.png": bytes(17_000_000)}))] == ["D302"]
    many = {f"word/media/{at}.png": b"x" for at in range(MOST_MEMBERS)}
    assert [p.code for p in check_shell(freeze({**members, **many}))] == ["D302"]


def test_a_shell_of_a_false_size() -> None:
    """The directory of an archive may say less than its members hold."""
    data = bytearray(shell("letter"))
    at = data.rindex(b"word/theme/theme1.xml") - 46 + 24  # the size in the central directory
    data[at:at + 4] = (5).to_bytes(4, "little")
    assert [p.code for p in check_shell(bytes(data))] == ["D301"]


def test_a_hyperlink_is_no_danger() -> None:
    data = changed(shell("letter"), RELATIONS, lambda s: s.replace("</Relationships>", EXTERNAL.format("hyperlink")))
    assert check_shell(data) == ()


def test_filling_one_that_cannot_be_used_is_a_bug_of_the_caller() -> None:
    with pytest.raises(ShellError):
        to_docx((), b"", Fonts(), PROPERTIES)


def test_every_block_has_a_sample() -> None:
    assert len(set(STYLES.values())) == len(STYLES) == 10
