"""The few words of WordprocessingML the papers use, and the order its schema wants them in."""

from __future__ import annotations

from typing import Any

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

_PPR = """
    pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs
    suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd
    snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment
    textboxTightWrap outlineLvl divId cnfStyle
"""
_TBLPR = """
    tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc tblCellSpacing tblInd
    tblBorders shd tblLayout tblCellMar tblLook tblCaption tblDescription
"""
PPR = tuple(_PPR.split())
"""What a paragraph says of itself, in the order of the schema: Word may refuse what stands out of
order, LibreOffice does not."""
TBLPR = tuple(_TBLPR.split())
"""The same for a table."""


def q(name: str) -> str:
    """The name of a WordprocessingML element or attribute, as lxml writes it."""
    return f"{{{W}}}{name}"


def local(element: Any) -> str:
    """An element's name without its namespace."""
    return str(element.tag).rpartition("}")[2]
