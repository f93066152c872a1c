"""The parts of a shell that say nothing of the paper's look: settings, fonts, theme, package."""

from __future__ import annotations

from enforcecli.documents.fonts import DEFAULTS
from enforcecli.documents.ooxml import R, W

HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OFFICE = "application/vnd.openxmlformats-officedocument"
A = "http://schemas.openxmlformats.org/drawingml/2006/main"

SETTINGS = (
    f'{HEAD}<w:settings xmlns:w="{W}"><w:zoom w:percent="100"/><w:defaultTabStop w:val="420"/>'
    '<w:evenAndOddHeaders/><w:characterSpacingControl w:val="compressPunctuation"/><w:compat><w:spaceForUL/>'
    "<w:balanceSingleByteDoubleByteWidth/><w:doNotLeaveBackslashAlone/><w:ulTrailSpace/><w:doNotExpandShiftReturn/>"
    '<w:useFELayout/><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" '
    'w:val="15"/></w:compat><w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/></w:settings>'
)
"""Odd and even pages differ; the language is Chinese, whatever the machine's."""

TYPES = (
    f'{HEAD}<Types xmlns="{PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{OFFICE}.wordprocessingml.document.main+xml"/>'
    + "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{OFFICE}.wordprocessingml.{kind}+xml"/>'
        for name, kind in (("styles", "styles"), ("settings", "settings"), ("fontTable", "fontTable"),
                           ("footer1", "footer"), ("footer2", "footer"))
    )
    + f'<Override PartName="/word/theme/theme1.xml" ContentType="{OFFICE}.theme+xml"/></Types>'
)

RELATIONS = (
    f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" '
    f'Type="{R}/officeDocument" Target="word/document.xml"/></Relationships>'
)

_PARTS = (("styles", "styles"), ("settings", "settings"), ("footer", "footer1"), ("footer", "footer2"),
          ("fontTable", "fontTable"), ("theme", "theme/theme1"))
DOCUMENT_RELATIONS = (
    f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">'
    + "".join(
        f'<Relationship Id="rId{at}" Type="{R}/{kind}" Target="{name}.xml"/>'
        for at, (kind, name) in enumerate(_PARTS, start=1)
    )
    + "</Relationships>"
)
ODD_FOOTER, EVEN_FOOTER = "rId3", "rId4"

_OTHER_NAMES = {"仿宋_GB2312": "仿宋", "楷体_GB2312": "楷体", "方正小标宋简体": "方正小标宋_GBK"}
"""What Word may take where the font is not installed."""


def _font(name: str) -> str:
    other = f'<w:altName w:val="{_OTHER_NAMES[name]}"/>' if name in _OTHER_NAMES else ""
    return f'<w:font w:name="{name}">{other}<w:charset w:val="86"/><w:family w:val="auto"/><w:pitch w:val="variable"/></w:font>'


FONT_TABLE = f'{HEAD}<w:fonts xmlns:w="{W}">{"".join(map(_font, sorted(DEFAULTS.values())))}</w:fonts>'

_COLOURS = {"dk1": "000000", "lt1": "FFFFFF", "dk2": "44546A", "lt2": "E7E6E6", "accent1": "4472C4",
            "accent2": "ED7D31", "accent3": "A5A5A5", "accent4": "FFC000", "accent5": "5B9BD5", "accent6": "70AD47",
            "hlink": "0563C1", "folHlink": "954F72"}
_FILL = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'


def _theme() -> str:
    """A theme the schema wants to be there; the styles name their fonts themselves."""
    colours = "".join(f'<a:{name}><a:srgbClr val="{value}"/></a:{name}>' for name, value in _COLOURS.items())
    font = f'<a:latin typeface=""/><a:ea typeface="{DEFAULTS["正文"]}"/><a:cs typeface=""/>'
    lines = "".join(f'<a:ln w="{width}">{_FILL}</a:ln>' for width in (6350, 12700, 19050))
    effects = "<a:effectStyle><a:effectLst/></a:effectStyle>" * 3
    return (
        f'{HEAD}<a:theme xmlns:a="{A}" name="enforce"><a:themeElements><a:clrScheme name="enforce">{colours}</a:clrScheme>'
        f'<a:fontScheme name="enforce"><a:majorFont>{font}</a:majorFont><a:minorFont>{font}</a:minorFont></a:fontScheme>'
        f'<a:fmtScheme name="enforce"><a:fillStyleLst>{_FILL * 3}</a:fillStyleLst><a:lnStyleLst>{lines}</a:lnStyleLst>'
        f"<a:effectStyleLst>{effects}</a:effectStyleLst><a:bgFillStyleLst>{_FILL * 3}</a:bgFillStyleLst></a:fmtScheme>"
        "</a:themeElements></a:theme>"
    )


THEME = _theme()
