"""The look of the papers: DOCX shells that an officer edits in Word or WPS.

A shell holds one sample of each block, in a style of its own, between whatever stands around it
(organ mark, red line, page numbers). docx.py keeps the surroundings and puts the paper's text in
place of the samples. `python -m enforcecli.documents.shell` writes the shipped shells, whose numbers
are those of GB/T 9704-2012; an office copies one into its templates/shells/ and changes it there.
"""

from __future__ import annotations

from collections.abc import Mapping
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
MARK, RULE, HEAD_CELL, CELL, GRID, FOOTER = "发文机关标志", "版记线", "表头", "表文", "公文表格", "页码"
STYLES: Mapping[str, str] = MappingProxyType({
    TITLE: "公文标题", NUMBER: "发文字号", ADDRESSEE: "主送机关", LEVEL_1: "公文一级", LEVEL_2: "公文二级",
    PARAGRAPH: "公文正文", ATTACHMENTS: "附件说明", SIGNATURE: "署名", DATE: "成文日期", RECORD: "版记",
})  # fmt: skip
"""Block → the style of its sample."""

# GB/T 9704-2012 in twentieths of a point (1 mm = 56.69)
PAGE_WIDTH, PAGE_HEIGHT = 11906, 16838
TOP, LEFT, WIDTH = 2098, 1588, 8844  # 天头 37 mm, 订口 28 mm, 版心 156 mm
LINE = 580  # 225 mm / 22
HEIGHT = 22 * LINE
FOOTER_AT = 1451  # the dash stands 7 mm below the 版心
CHARACTER = 320  # 3号, 16 pt
RED = "E60012"


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
_INDENT = '<w:ind w:firstLineChars="200" w:firstLine="640"/>'
_NO_GRID = {"snapToGrid": '<w:snapToGrid w:val="0"/>'}
_KEEP = {"keepNext": "<w:keepNext/>"}
_CENTRE = {"jc": '<w:jc w:val="center"/>'}
_JUSTIFIED = {"jc": '<w:jc w:val="both"/>'}
_TOGETHER = {"contextualSpacing": "<w:contextualSpacing/>"}
_SIGN_AT = WIDTH - 4 * CHARACTER - 1040
"""成文日期 ends four characters from the right; 署名 is centred on it: a centre tab at four
characters and half a date (52 pt) from the right edge."""
_FRAME = (f'<w:framePr w:w="{WIDTH}" w:wrap="around" w:vAnchor="margin" w:hAnchor="margin" '
                     'w:xAlign="center" w:yAlign="bottom"/>')
"""版记 at the foot of the page. The frame is written in the samples, not in their style: LibreOffice
reads it there only; it drops frames with borders, so the rules are underlined tabs."""


def _tab(kind: str, at: int) -> dict[str, str]:
    return {"tabs": f'<w:tabs><w:tab w:val="{kind}" w:pos="{at}"/></w:tabs>'}


def _space(before: int = 0, after: int = 0) -> dict[str, str]:
    return {"spacing": f' w:before="{before}" w:after="{after}"'}


def _styles(shell: str) -> tuple[Style, ...]:
    """The styles of a shell, in the order of the page."""
    red, table = shell == "red", shell == "table"
    number = ({**_CENTRE, **_space(before=2 * LINE), "pBdr": (
        f'<w:pBdr><w:bottom w:val="single" w:sz="12" w:space="6" w:color="{RED}"/></w:pBdr>')}
        if red else {"jc": '<w:jc w:val="right"/>', **_space(after=0)})
    mark = Style(MARK, "EnforceMark", HEADLINE, 104, 1200, {**_NO_GRID, **_CENTRE, **_space(before=1560)},
                 f'<w:color w:val="{RED}"/>', sample=f"{ORGAN}文件")
    title_space = _space(before=2 * LINE if red else 0 if table else LINE, after=LINE // 2 if table else LINE)
    return (
        *((mark,) if red else ()),
        Style(STYLES[NUMBER], "EnforceNumber", BODY, 32, LINE, {**_NO_GRID, **number}, sample="机关代字〔2026〕1号"),
        Style(STYLES[TITLE], "EnforceTitle", HEADLINE, 44, 680,
              {**_NO_GRID, **_KEEP, **_CENTRE, **_TOGETHER, **title_space}, sample="文书标题"),
        Style(STYLES[ADDRESSEE], "EnforceAddressee", BODY, 32, LINE, {**_JUSTIFIED}, tracking=-5, sample="主送机关："),
        Style(STYLES[LEVEL_1], "EnforceLevel1", FONT_1, 32, LINE,
              {**_KEEP, "ind": _INDENT, "outlineLvl": '<w:outlineLvl w:val="0"/>'}, tracking=-5, sample="一、第一级"),
        Style(STYLES[LEVEL_2], "EnforceLevel2", FONT_2, 32, LINE,
              {**_KEEP, "ind": _INDENT, "outlineLvl": '<w:outlineLvl w:val="1"/>'}, tracking=-5, sample="（一）第二级"),
        Style(STYLES[PARAGRAPH], "EnforceBody", BODY, 32, LINE, {**_JUSTIFIED, "ind": _INDENT}, tracking=-5,
              sample="正文。改这一样式，所有文书的正文随之改变；各样张之外的文字原样保留在每一件文书中。"),
        Style(HEAD_CELL, "EnforceHeadCell", FONT_1, 24, 360, {**_NO_GRID, **_CENTRE}),
        Style(CELL, "EnforceCell", BODY, 24, 360, {**_NO_GRID}),
        Style(STYLES[ATTACHMENTS], "EnforceAttachments", BODY, 32, LINE,
              {**_KEEP, **_TOGETHER, **_space(before=LINE),
               "ind": '<w:ind w:leftChars="500" w:left="1600" w:hangingChars="300" w:hanging="960"/>'},
              tracking=-5, sample="附件：附件名称"),
        Style(STYLES[SIGNATURE], "EnforceSignature", BODY, 32, LINE,
              {**_KEEP, **_TOGETHER, **_tab("center", _SIGN_AT), **_space(before=2 * LINE)}, sample="发文机关署名"),
        Style(STYLES[DATE], "EnforceDate", BODY, 32, LINE, {**_tab("center", _SIGN_AT)}, sample="2026年1月1日"),
        Style(RULE, "EnforceRule", BODY, 12, 80, {**_NO_GRID, **_tab("left", WIDTH)}),
        Style(STYLES[RECORD], "EnforceRecord", BODY, 28, 560,
              {**_NO_GRID, **_tab("right", WIDTH - 280),
               "ind": '<w:ind w:leftChars="100" w:left="280" w:rightChars="100" w:right="280"/>'}, sample="抄送：抄送机关。"),
        Style(FOOTER, "EnforcePage", PAGE, 28, 280, {**_NO_GRID}),
    )  # fmt: skip


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
    anchor = ('<w:p><w:pPr><w:snapToGrid w:val="0"/><w:spacing w:line="20" w:lineRule="exact"/>'
              '<w:rPr><w:sz w:val="2"/></w:rPr></w:pPr></w:p>')  # fmt: skip
    return f'{HEAD}<w:document {_NAMESPACES}><w:body>{"".join(body)}{anchor}{_SECTION}</w:body></w:document>'


def _footer(side: str) -> str:
    field = "".join(
        f'<w:r><w:fldChar w:fldCharType="{step}"/></w:r>' if step else
        '<w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>'
        for step in ("begin", "", "separate"))  # fmt: skip
    indent = {"right": 'w:rightChars="100" w:right="280"', "left": 'w:leftChars="100" w:left="280"'}[side]
    return (f'{HEAD}<w:ftr {_NAMESPACES}><w:p><w:pPr><w:pStyle w:val="EnforcePage"/><w:ind {indent}/>'
            f'<w:jc w:val="{side}"/></w:pPr>{_run("— ")}{field}{_run("1")}'
            f'<w:r><w:fldChar w:fldCharType="end"/></w:r>{_run(" —")}</w:p></w:ftr>')  # fmt: skip


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
    from enforcecli.documents.loader import shipped

    write(shipped("shells"))
