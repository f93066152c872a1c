"""The look of the papers: DOCX shells that an officer edits in Word or WPS.

A shell holds one sample of each block, in a style of its own, between whatever stands around it
(organ mark, red line, page numbers). docx.py keeps the surroundings and puts the paper's text in
place of the samples. `python -m enforcecli.documents.shell` writes the shipped shells, whose numbers
are those of GB/T 9704-2012; an office copies one into its templates/shells/ and changes it there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from xml.sax.saxutils import escape

from msgspec import Struct

from enforcecli.documents.blocks import (
    ADDRESSEE,
    ATTACHMENTS,
    DATE,
    LEVEL_1,
    LEVEL_2,
    NUMBER,
    PARAGRAPH,
    RECORD,
    SIGNATURE,
    TITLE,
)
from enforcecli.documents.fonts import BODY, DEFAULTS, HEADLINE, PAGE
from enforcecli.documents.fonts import LEVEL_1 as FONT_1
from enforcecli.documents.fonts import LEVEL_2 as FONT_2
from enforcecli.documents.freeze import freeze
from enforcecli.documents.ooxml import R, W
from enforcecli.documents.shell_parts import (
    DOCUMENT_RELATIONS,
    EVEN_FOOTER,
    FONT_TABLE,
    HEAD,
    ODD_FOOTER,
    RELATIONS,
    SETTINGS,
    THEME,
    TYPES,
)

ORGAN = "「发文机关」"
"""Stands in a shell for the organ's name."""
CODE = "「核验码」"
"""Stands in the foot of the pages for the code of a sealed paper; nothing is printed without one."""
SHELLS = ("letter", "red", "table")
MARK, RULE, HEAD_CELL, CELL, GRID = "发文机关标志", "版记线", "表头", "表文", "公文表格"
ANCHOR, FOOTER = "末行", "页码"
STYLES: Mapping[str, str] = MappingProxyType({
    TITLE: "公文标题", NUMBER: "发文字号", ADDRESSEE: "主送机关", LEVEL_1: "公文一级", LEVEL_2: "公文二级",
    PARAGRAPH: "公文正文", ATTACHMENTS: "附件说明", SIGNATURE: "署名", DATE: "成文日期", RECORD: "版记",
})  # fmt: skip
"""Block → the style of its sample."""

# GB/T 9704-2012 in twentieths of a point (1 mm = 56.69)
PAGE_WIDTH, PAGE_HEIGHT = 11906, 16838
TOP, LEFT, WIDTH = 2098, 1588, 8844  # 天头 37 mm, 订口 28 mm, 版心 156 mm
LINE = 580  # 225 mm / 22
HEIGHT = 22 * LINE + 10  # half a point to spare, or LibreOffice rounds 22 lines to 21 and centres them
FOOTER_AT = 1451  # the dash stands 7 mm below the 版心
RED = "E60012"
MARK_SPACE = 1855
"""Before the organ's mark: its upper edge is 35 mm below the edge of the 版心, the rest is its leading."""
_RED_LINE = f'<w:pBdr><w:bottom w:val="single" w:sz="12" w:space="7" w:color="{RED}"/></w:pBdr>'


class Style(Struct, frozen=True):
    """One paragraph style. `size` in half points, `line` exact in twentieths, `ppr` what else it
    says of the paragraph, by element."""

    name: str
    id: str
    part: str
    size: int
    line: int
    ppr: Mapping[str, str]
    rpr: str = ""
    tracking: int = 0
    sample: str = ""


_BEFORE_PPR = ("keepNext", "keepLines", "framePr", "widowControl", "pBdr", "tabs", "snapToGrid")
_AFTER_PPR = ("ind", "contextualSpacing", "jc", "outlineLvl")
_NO_GRID = {"snapToGrid": '<w:snapToGrid w:val="0"/>'}
_KEEP = {"keepNext": "<w:keepNext/>"}
_CENTRE = {"jc": '<w:jc w:val="center"/>'}
_JUSTIFIED = {"jc": '<w:jc w:val="both"/>'}
_TOGETHER = {"contextualSpacing": "<w:contextualSpacing/>"}
_FRAME = (f'<w:framePr w:w="{WIDTH}" w:wrap="around" w:vAnchor="margin" w:hAnchor="margin" '
                     'w:xAlign="center" w:yAlign="bottom"/>')
"""版记 at the foot of the page. The frame is written in the samples, not in their style: LibreOffice
reads it there only; it drops frames with borders, so the rules are underlined tabs."""


def _tab(kind: str, at: int) -> dict[str, str]:
    """署名 and 成文日期: the date ends four characters from the right and 署名 is centred on it, so both
    stand on a centre tab at four characters and half a date (104 pt of 3号) from the right edge."""
    return {"tabs": f'<w:tabs><w:tab w:val="{kind}" w:pos="{at}"/></w:tabs>'}


def _space(before: int = 0, after: int = 0) -> dict[str, str]:
    return {"spacing": f' w:before="{before}" w:after="{after}"'}


def _styles(shell: str) -> tuple[Style, ...]:
    """The styles of a shell, in the order of the page."""
    return (*_head_styles(shell), *_text_styles(shell), *_foot_styles())


def _head_styles(shell: str) -> Iterator[Style]:
    """From the organ's mark to the title. Under a red head the 文号 stands two lines below the mark,
    the title two lines below the red line; else the 文号 stands on the right of the first line."""
    red = shell == "red"
    if red:
        yield Style(MARK, "EnforceMark", HEADLINE, 104, 1200, {**_NO_GRID, **_CENTRE, **_space(before=MARK_SPACE)},
                    f'<w:color w:val="{RED}"/>', sample=f"{ORGAN}文件")
    number = {**_CENTRE, **_space(before=2 * LINE), "pBdr": _RED_LINE} if red else {"jc": '<w:jc w:val="right"/>'}
    yield Style(STYLES[NUMBER], "EnforceNumber", BODY, 32, LINE, {**_NO_GRID, **number}, sample="机关代字〔2026〕1号")
    before, after = {"red": (2 * LINE, LINE), "letter": (LINE, LINE), "table": (0, 240)}[shell]
    yield Style(STYLES[TITLE], "EnforceTitle", HEADLINE, 44, 680,
                {**_NO_GRID, **_KEEP, **_CENTRE, **_TOGETHER, **_space(before, after)}, sample="文书标题")


def _text_styles(shell: str) -> Iterator[Style]:
    """The text: 3号, 22 lines a page, 28 characters a line; beside a table 4号, closer, so that a
    form stays on its page."""
    size, line, tracking, grid = (28, 480, 0, _NO_GRID) if shell == "table" else (32, LINE, -5, {})
    character = size * 10

    def text(kind: str, id: str, sample: str, ppr: Mapping[str, str], part: str = BODY) -> Style:
        return Style(STYLES[kind], f"Enforce{id}", part, size, line, {**grid, **ppr}, "", tracking, sample)

    indent = {"ind": f'<w:ind w:firstLineChars="200" w:firstLine="{2 * character}"/>'}
    hanging = {"ind": f'<w:ind w:leftChars="500" w:left="{5 * character}" '
                      f'w:hangingChars="300" w:hanging="{3 * character}"/>'}
    signed = _tab("center", WIDTH - 4 * character - character * 13 // 4)
    yield text(ADDRESSEE, "Addressee", "主送机关：", _JUSTIFIED)
    for kind, depth, part, sample in ((LEVEL_1, 0, FONT_1, "一、第一级"), (LEVEL_2, 1, FONT_2, "（一）第二级")):
        outline = {"outlineLvl": f'<w:outlineLvl w:val="{depth}"/>'}
        yield text(kind, f"Level{depth + 1}", sample, {**_KEEP, **indent, **outline}, part)
    yield text(PARAGRAPH, "Body", "正文。改这一样式，所有文书的正文随之改变；样张以外的文字原样留在每一件文书中。",
               {**_JUSTIFIED, **indent})
    yield Style(HEAD_CELL, "EnforceHeadCell", FONT_1, 24, 360, {**_NO_GRID, **_CENTRE})
    yield Style(CELL, "EnforceCell", BODY, 24, 360, {**_NO_GRID})
    yield text(ATTACHMENTS, "Attachments", "附件：附件名称", {**_KEEP, **_TOGETHER, **_space(before=line), **hanging})
    yield text(SIGNATURE, "Signature", "发文机关署名", {**_KEEP, **_TOGETHER, **signed, **_space(before=2 * line)})
    yield text(DATE, "Date", "2026年1月1日", signed)


def _foot_styles() -> Iterator[Style]:
    """版记 and page number: 4号."""
    yield Style(RULE, "EnforceRule", BODY, 12, 80, {**_NO_GRID, **_tab("left", WIDTH)})
    yield Style(STYLES[RECORD], "EnforceRecord", BODY, 28, 560, {
        **_NO_GRID, **_tab("right", WIDTH - 280),
        "ind": '<w:ind w:leftChars="100" w:left="280" w:rightChars="100" w:right="280"/>'}, sample="抄送：抄送机关。")
    yield Style(ANCHOR, "EnforceAnchor", BODY, 2, 20, _NO_GRID)
    yield Style(FOOTER, "EnforcePage", PAGE, 28, 280, _NO_GRID)


def _fonts(name: str) -> str:
    slots = "".join(f' w:{slot}="{name}"' for slot in ("ascii", "hAnsi", "eastAsia", "cs"))
    return f'<w:rFonts{slots} w:hint="eastAsia"/>'


def _paragraph_style(style: Style) -> str:
    ppr = {"widowControl": '<w:widowControl w:val="0"/>', **style.ppr}
    before = "".join(ppr.get(name, "") for name in _BEFORE_PPR)
    spacing = f'<w:spacing{ppr.get("spacing", "")} w:line="{style.line}" w:lineRule="exact"/>'
    after = "".join(ppr.get(name, "") for name in _AFTER_PPR)
    tracking = f'<w:spacing w:val="{style.tracking}"/>' if style.tracking else ""
    return (
        f'<w:style w:type="paragraph" w:customStyle="1" w:styleId="{style.id}"><w:name w:val="{style.name}"/>'
        f'<w:basedOn w:val="Normal"/><w:qFormat/><w:pPr>{before}{spacing}{after}</w:pPr>'
        f'<w:rPr>{_fonts(DEFAULTS[style.part])}{style.rpr}{tracking}'
        f'<w:sz w:val="{style.size}"/><w:szCs w:val="{style.size}"/></w:rPr></w:style>'
    )  # fmt: skip


_NORMAL = (
    f'<w:docDefaults><w:rPrDefault><w:rPr>{_fonts(DEFAULTS[BODY])}<w:sz w:val="32"/><w:szCs w:val="32"/>'
    '<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>'
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/>'
    '<w:pPr><w:widowControl w:val="0"/></w:pPr></w:style>'
    '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
    '<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/></w:style>'
    '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
    '<w:uiPriority w:val="99"/><w:semiHidden/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar>'
    '<w:top w:w="0" w:type="dxa"/><w:left w:w="108" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/>'
    '<w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
    '<w:style w:type="numbering" w:default="1" w:styleId="NoList"><w:name w:val="No List"/>'
    '<w:uiPriority w:val="99"/><w:semiHidden/></w:style>'
)  # fmt: skip


def _grid_style() -> str:
    borders = "".join(f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>'
                      for side in ("top", "left", "bottom", "right", "insideH", "insideV"))  # fmt: skip
    margins = "".join(f'<w:{side} w:w="{width}" w:type="dxa"/>'
                      for side, width in (("top", 57), ("left", 85), ("bottom", 57), ("right", 85)))  # fmt: skip
    return (f'<w:style w:type="table" w:customStyle="1" w:styleId="EnforceGrid"><w:name w:val="{GRID}"/>'
            f'<w:basedOn w:val="TableNormal"/><w:qFormat/><w:tblPr><w:tblBorders>{borders}</w:tblBorders>'
            f'<w:tblCellMar>{margins}</w:tblCellMar></w:tblPr></w:style>')  # fmt: skip


def _run(text: str, rpr: str = "") -> str:
    return (f'<w:r><w:rPr><w:rFonts w:hint="eastAsia"/>{rpr}</w:rPr>'
            f'<w:t xml:space="preserve">{escape(text)}</w:t></w:r>')  # fmt: skip


_RULE_RUN = '<w:r><w:rPr><w:u w:val="{}"/></w:rPr><w:tab/></w:r>'
_TAB = "<w:r><w:tab/></w:r>"


def _sample(style: Style) -> str:
    """The paragraph that shows a style, as the paper will have it."""
    if style.name == ANCHOR:  # nothing but a place to hang the frame of 版记 on
        return f'<w:p><w:pPr><w:pStyle w:val="{style.id}"/></w:pPr></w:p>'
    run = (_TAB if style.name in {STYLES[SIGNATURE], STYLES[DATE]} else "") + _run(style.sample)
    frame = _FRAME if style.name == STYLES[RECORD] else ""
    return f'<w:p><w:pPr><w:pStyle w:val="{style.id}"/>{frame}</w:pPr>{run}</w:p>'


def _rule(weight: str) -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="EnforceRule"/>{_FRAME}</w:pPr>{_RULE_RUN.format(weight)}</w:p>'


def _table_sample() -> str:
    half = WIDTH // 2
    def row(style: str, text: str, head: str = "") -> str:
        cell = (f'<w:tc><w:tcPr><w:tcW w:w="{half}" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>'
                f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{_run(text)}</w:p></w:tc>')  # fmt: skip
        return f"<w:tr><w:trPr><w:cantSplit/>{head}</w:trPr>{cell}{cell}</w:tr>"

    return (f'<w:tbl><w:tblPr><w:tblStyle w:val="EnforceGrid"/><w:tblW w:w="{WIDTH}" w:type="dxa"/>'
            '<w:jc w:val="center"/><w:tblLayout w:type="fixed"/></w:tblPr>'
            f'<w:tblGrid><w:gridCol w:w="{half}"/><w:gridCol w:w="{half}"/></w:tblGrid>'
            f'{row("EnforceHeadCell", "表头", "<w:tblHeader/>")}{row("EnforceCell", "表文")}</w:tbl>')  # fmt: skip


_SECTION = (
    f'<w:sectPr><w:footerReference w:type="default" r:id="{ODD_FOOTER}"/>'
    f'<w:footerReference w:type="even" r:id="{EVEN_FOOTER}"/>'
    f'<w:pgSz w:w="{PAGE_WIDTH}" w:h="{PAGE_HEIGHT}"/><w:pgMar w:top="{TOP}" w:right="{PAGE_WIDTH - LEFT - WIDTH}" '
    f'w:bottom="{PAGE_HEIGHT - TOP - HEIGHT}" w:left="{LEFT}" w:header="851" w:footer="{FOOTER_AT}" w:gutter="0"/>'
    f'<w:docGrid w:type="lines" w:linePitch="{LINE}"/></w:sectPr>'
)  # fmt: skip
_NAMESPACES = f'xmlns:w="{W}" xmlns:r="{R}"'


def _document(styles: tuple[Style, ...]) -> str:
    body = []
    for style in styles:
        if style.name == HEAD_CELL:
            body.append(_table_sample())
        elif style.name == RULE:
            body.append(_rule("thick"))
        elif style.name == STYLES[RECORD]:
            body += [_sample(style), _rule("single"), _sample(style), _rule("thick")]
        elif style.name not in {CELL, FOOTER}:
            body.append(_sample(style))
    return f'{HEAD}<w:document {_NAMESPACES}><w:body>{"".join(body)}{_SECTION}</w:body></w:document>'


def _footer(side: str) -> str:
    """Page number one character from the edge, on the other side the code of a sealed paper."""
    field = "".join(
        f'<w:r><w:fldChar w:fldCharType="{step}"/></w:r>' if step else
        '<w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>'
        for step in ("begin", "", "separate"))  # fmt: skip
    number = f'{_run("— ")}{field}{_run("1")}<w:r><w:fldChar w:fldCharType="end"/></w:r>{_run(" —")}'
    code = _run(CODE, '<w:sz w:val="18"/><w:szCs w:val="18"/>')
    at, indent, runs = {
        "right": (WIDTH - 280, "", code + _TAB + number),
        "left": (WIDTH, '<w:ind w:leftChars="100" w:left="280"/>', number + _TAB + code),
    }[side]
    return (f'{HEAD}<w:ftr {_NAMESPACES}><w:p><w:pPr><w:pStyle w:val="EnforcePage"/>'
            f'{_tab("right", at)["tabs"]}{indent}</w:pPr>{runs}</w:p></w:ftr>')  # fmt: skip


def make_shell(shell: str) -> bytes:
    """The shipped shell of this name (of `SHELLS`)."""
    styles = _styles(shell)
    css = "".join(_paragraph_style(style) for style in styles)
    parts = {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": RELATIONS,
        "word/_rels/document.xml.rels": DOCUMENT_RELATIONS,
        "word/document.xml": _document(styles),
        "word/styles.xml": f'{HEAD}<w:styles xmlns:w="{W}">{_NORMAL}{css}{_grid_style()}</w:styles>',
        "word/settings.xml": SETTINGS,
        "word/fontTable.xml": FONT_TABLE,
        "word/theme/theme1.xml": THEME,
        "word/footer1.xml": _footer("right"),
        "word/footer2.xml": _footer("left"),
    }
    return freeze({name: text.encode() for name, text in parts.items()})


def write(directory: Path) -> None:
    """Write the shipped shells into a directory."""
    directory.mkdir(parents=True, exist_ok=True)
    for shell in SHELLS:
        (directory / f"{shell}.docx").write_bytes(make_shell(shell))


if __name__ == "__main__":
    from enforcecli.documents.shipped import shipped

    write(shipped("shells"))
