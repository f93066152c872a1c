"""Writes the generated pages of the manual: docs/problems.md and docs/keys.md.

python -m tests.docs.generate
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from enforcecli.model.problem import Kind, Level
from enforcecli.output.book_proof import table_rows
from enforcecli.output.book_proof_pages import markdown, table_only
from enforcecli.output.shown import basis_label, blanks
from enforcecli.output.width import printable
from enforcecli.problems import FAMILIES, all_kinds
from enforcecli.proof.check import prove
from enforcecli.reading.kinds import FILE_KINDS
from enforcecli.reading.shape import Either, Field
from tests.docs.pages import DOCS
from tests.docs.shapes import BOOK, Section, book, choices, kind_of, sections, shape_of

SITUATIONS = f"situations-{BOOK}.md"
WRITTEN = "<!-- Written by `make docs` from the program itself; changes here are overwritten. -->"
TITLES = {
    "T": "文件与字符 bytes and characters",
    "Y": "录入的笔误 slips of typing",
    "K": "键与值 keys and values",
    "C": "案件整体与程序 the case and its procedure",
    "S": "各阶段的要求 what each stage requires",
    "F": "过错情形 faults",
    "L": "责任划分 liability",
    "M": "追究方式 methods",
    "R": "追偿 recovery",
    "D": "文书与模板 papers and templates",
    "P": "人员与单位 people and units",
    "O": "本单位的设置 the office",
    "B": "规则书 rulebooks",
    "X": "表格与问答 workbooks and dialogue",
    "A": "年度考核 appraisals",
    "N": "年度数字 the figures of a year",
    "Q": "权责清单 the list of powers",
    "V": "封存与核验 seals and verification",
}
LEVELS = {Level.ERROR: "错误 error", Level.WARNING: "警告 warning", Level.INFO: "提示 info"}
FILES = {
    "case": "案件",
    "roster": "roster.yaml",
    "office": "enforce.yaml",
    "powers": "powers.yaml",
    "year": "year/2026.yaml",
    "appraisals": "appraisals/2026.yaml",
    "rulebook": "rulebook.yaml",
    "template": "模板",
    "paper": "案件（制作文书时）",
    "bytes": "任何文件",
    "value": "几处合起来看",
    "workbook": "表格",
    "answer": "问答",
    "examples": "cases.yaml",
}


def words(text: str) -> str:
    """A message with its places for names left visible, safe in a table."""
    return printable(blanks(text)).replace("|", "\\|").replace("<", "&lt;")


def cell(text: str) -> str:
    return " ".join(printable(text).split()).replace("|", "\\|").replace("<", "&lt;")


def problems() -> Iterator[str]:
    kinds = all_kinds()
    yield from ("# 问题代码 Problems", "", WRITTEN, "")
    yield from (
        f"{len(kinds)} kinds of problem, by code. The first letter is the family; codes never change their meaning.",
        "What stands in 〈brackets〉 is filled in from the file. `enforce explain CODE` shows one entry at the prompt,",
        "with `--lang en` in English. A sample shows only the keys that matter; both samples are tests.",
        "",
    )
    by_letter = {letter: [k for k in kinds if k.code[0] == letter] for letter in TITLES}
    yield from table(
        ("", "", "kinds"),
        (
            [f"**{letter}**", f"[{TITLES[letter]}](#family-{letter.lower()})", str(len(found))]
            for letter, found in by_letter.items()
        ),
    )
    for letter, found in by_letter.items():
        yield from ("", f"## Family {letter}", "", TITLES[letter], "")
        yield from table(
            ("code", "level", "title"),
            ([f"[{k.code}](#{k.code.lower()})", LEVELS[k.level], cell(k.title)] for k in found),
        )
        for kind in found:
            yield from _problem(kind)


def _problem(kind: Kind) -> Iterator[str]:
    fixable = " · fixable" if kind.fixable else ""
    yield from (
        "",
        f"### {kind.code}",
        "",
        f"**{cell(kind.title)}** · {LEVELS[kind.level]} · {FILES[kind.file]}{fixable}",
        "",
        f"> {words(kind.message)}",
        "",
    )
    yield from (" ".join(line.split()) for line in printable_lines(kind.doc))
    yield from ("", f"改法：{words(kind.remedy)}") if kind.remedy else ()
    for title, sample in (("错误的写法：", kind.bad), ("正确的写法：", kind.good)):
        if sample:
            yield from ("", title, "", "```yaml", *printable_lines(sample.strip("\n")), "```")
    yield from ("", f"条款：{kind.cite}") if kind.cite else ()
    yield from ("", f"{basis_label(kind.basis)}{kind.basis}") if kind.basis else ()


def printable_lines(text: str) -> list[str]:
    return [printable(line).rstrip() for line in text.split("\n")]


def keys() -> Iterator[str]:
    yield from ("# 键 Keys", "", WRITTEN, "")
    yield from (
        "Every key of a case, the roster and the office's settings. A key may be written in Chinese or in English,",
        "freely mixed; the same key in both languages is a duplicate. An alias is understood, with a note of the usual key.",
        f"In a case the facts, roles and codes come from its rulebook: below as `{BOOK}` has them.",
        "`[]` is an item of a list, `*` an entry whose key is a name (a person, a unit, a part …).",
    )
    for kind, title in (
        ("case", "案件 Case"),
        ("roster", "名册 Roster — roster.yaml"),
        ("office", "本单位的设置 Office — enforce.yaml"),
        ("powers", "权责清单 Powers — powers.yaml"),
        ("year", "年度数字 Figures of a year — year/2026.yaml"),
        ("appraisals", "年度考核 Appraisals — appraisals/2026.yaml"),
    ):
        yield from ("", f"## {title}")
        for section in sections(shape_of(kind)):
            if len(section.fields) > 1:  # a mapping of one key is told with its value
                yield from _section(section)
    yield from (
        "",
        "## 固定取值 Closed lists",
        "",
        "The Chinese word is the value; English is accepted in its place.",
    )
    yield from _lists()


def _section(section: Section) -> Iterator[str]:
    yield from ("", "### " + (" → ".join(f"`{step}`" for step in section.path) or "顶层 Top level"), "")
    yield from table(
        ("中文键", "English key", "aliases", "value", "meaning", "example"), map(_row, section.fields)
    )


def _row(field: Field) -> list[str]:
    chinese, *english = field.keys
    aliases = "、".join(f"`{a}`" for a in field.aliases)
    required = "**required** · " if field.required else ""
    meaning = "<br>".join(cell(text) for text in (field.words, field.words_en) if text)
    return [
        f"`{chinese}`",
        " ".join(f"`{key}`" for key in english),
        aliases,
        required + cell(_value(field)),
        meaning,
        f"`{cell(field.example)}`" if field.example else "",
    ]


def _value(field: Field) -> str:
    """A fact takes a value for each part only where the book says so."""
    fact = book().facts.get(field.name) or book().person_facts.get(field.name)
    if field.into == "facts" and fact is not None and not fact.per_part and isinstance(field.shape, Either):
        return kind_of(field.shape.scalar or field.shape)
    return kind_of(field.shape)


def _lists() -> Iterator[str]:
    seen: set[int] = set()
    for kind in FILE_KINDS:
        for choice in choices(shape_of(kind)):
            if id(choice) not in seen and choice.codes == ("K201", "K202"):
                seen.add(id(choice))
                yield from ("", f"### {choice.zh} · {choice.en}", "")
                yield from table(
                    ("value", "also written"),
                    ([f"`{w.zh}`", "、".join(f"`{x}`" for x in (*w.en, *w.also))] for w in choice.words),
                )


def situations_page() -> Iterator[str]:
    """The table of all situations of the built-in measure, to be read through and signed."""
    proof = prove(book(), persons=False)
    first, *rest = markdown(proof, table_rows(proof, single=False))
    yield from (first, "", WRITTEN, *rest)
    yield from ("", "逐一列出：", "")
    yield from table_only(proof, table_rows(proof, single=True))


def table(heads: Iterable[str], rows: Iterable[list[str]]) -> Iterator[str]:
    heads = tuple(heads)
    yield "| " + " | ".join(heads) + " |"
    yield "|" + " --- |" * len(heads)
    for row in rows:
        yield "| " + " | ".join(row) + " |"


def generated() -> dict[Path, str]:
    """Page → the text it should hold."""
    return {
        DOCS / name: "".join(f"{line}\n" for line in lines)
        for name, lines in (("problems.md", problems()), ("keys.md", keys()), (SITUATIONS, situations_page()))
    }


if __name__ == "__main__":
    assert set(TITLES) == set(FAMILIES)
    for page, text in generated().items():
        page.write_text(text, encoding="utf-8")
