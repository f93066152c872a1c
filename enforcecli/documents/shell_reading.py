"""A shell as docx.py fills it: read once, taken apart into fixed text and samples."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from lxml import etree
from msgspec import Struct

from enforcecli.documents.blocks import NUMBER, RECORD, TABLE
from enforcecli.documents.fonts import BODY, HEADLINE, LEVEL_1, LEVEL_2, PAGE, Fonts
from enforcecli.documents.ooxml import PPR, TBLPR, local, q
from enforcecli.documents.shell import ANCHOR, CELL, CODE, FOOTER, GRID, HEAD_CELL, MARK, ORGAN, RULE, STYLES
from enforcecli.documents.shell_package import (
    ShellError,
    members_of,
    refuse_active,
    without_properties,
    xml,
    xml_bytes,
)
from enforcecli.model.problem import Problem, problem

DOCUMENT, _STYLES = "word/document.xml", "word/styles.xml"
FLOW, HEAD, BEFORE, CLOSING = "flow", "mark", "number", "record"
_KINDS = {style: kind for kind, style in STYLES.items()} | {RULE: RULE, MARK: MARK, ANCHOR: ANCHOR}
_PARTS = {MARK: HEADLINE, "公文标题": HEADLINE, "公文一级": LEVEL_1, HEAD_CELL: LEVEL_1, "公文二级": LEVEL_2, FOOTER: PAGE}
"""Style → the part its font plays; every other style of ours is 正文."""
_OURS = frozenset({*STYLES.values(), MARK, RULE, ANCHOR, HEAD_CELL, CELL, FOOTER})
_DECLARATIONS = re.compile(r' xmlns(?::[\w.-]+)?="[^"]*"')

class Sample(Struct, frozen=True):
    """A sample paragraph: its properties by element, what its text is set in, whether a tab stands
    before it."""

    ppr: tuple[tuple[str, str], ...]
    rpr: str
    tab: bool
    font: str
    size: int  # half points
    text: str
    runs: str  # as they are

    def opening(self, **extra: str) -> str:
        """<w:p> with its properties, `extra` put among them in the order of the schema."""
        pieces = dict(self.ppr) | extra
        inner = "".join(pieces[name] for name in sorted(pieces, key=PPR.index))
        return f"<w:p><w:pPr>{inner}</w:pPr>" if inner else "<w:p>"


class Shell(Struct, frozen=True):
    """A shell taken apart. `pieces`: the document's text between its slots, `slots` their names;
    `width`: of the text, in twentieths of a point."""

    members: Mapping[str, bytes]
    pieces: tuple[str, ...]
    slots: tuple[str, ...]
    samples: Mapping[str, tuple[Sample, ...]]
    table: str  # what the table says of itself
    width: int
    around: Mapping[str, str]  # heads and feet of the pages

    def sample(self, kind: str, at: int = 0) -> Sample:
        found = self.samples[kind]
        return found[min(at, len(found) - 1)]


def check_shell(data: bytes, file: str = "") -> tuple[Problem, ...]:
    """Why a shell cannot be used; () if it can. D301 no DOCX, D302 too large, D303 something active
    in it, D304 a sample is missing."""
    try:
        open_shell(data, Fonts())
    except ShellError as error:
        return (error.problem.at(file, None),)
    return ()


@lru_cache(16)
def open_shell(data: bytes, fonts: Fonts) -> Shell:
    """The shell with the fonts the office asks for. ShellError if it cannot be used."""
    members = members_of(data)
    for name, content in members.items():
        refuse_active(name, content)
    try:
        document, styles = xml(members[DOCUMENT]), xml(members[_STYLES])
        kept = without_properties(members)
    except KeyError as error:
        raise ShellError(problem("D301")) from error
    names = {s.get(q("styleId"), ""): n.get(q("val"), "") for s in styles.iter(q("style"))
             for n in s.iterfind(q("name"))}
    _set_fonts(styles, fonts)
    return _apart(document, names, _Look(styles), {**kept, _STYLES: xml_bytes(styles)})


# fonts and sizes

_SLOTS = ("ascii", "hAnsi", "eastAsia", "cs")
_THEME_SLOTS = ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme")


def _set_fonts(styles: Any, fonts: Fonts) -> None:
    """The office's fonts in our styles: all four slots, or Chinese text keeps another face."""
    for style in styles.iter(q("style")):
        name = style.find(q("name"))
        ours = name is not None and name.get(q("val")) in _OURS
        font = fonts.name(_PARTS.get(name.get(q("val")), BODY)) if ours else None
        rfonts = style.find(f"{q('rPr')}/{q('rFonts')}")
        if font is None or rfonts is None:
            continue
        for slot in _SLOTS:
            rfonts.set(q(slot), font)
        for slot in _THEME_SLOTS:
            rfonts.attrib.pop(q(slot), None)


class _Look:
    """Font and size of a style, its own or its base's."""

    def __init__(self, styles: Any) -> None:
        self._styles = {s.get(q("styleId")): s for s in styles.iter(q("style"))}
        self._default = styles.find(f"{q('docDefaults')}/{q('rPrDefault')}")

    def get(self, style_id: str, element: str, attribute: str) -> str:
        seen: set[str] = set()
        style = self._styles.get(style_id)
        while style is not None and style_id not in seen:
            seen.add(style_id)
            found = style.find(f"{q('rPr')}/{q(element)}")
            if found is not None and found.get(q(attribute)):
                return str(found.get(q(attribute)))
            base = style.find(q("basedOn"))
            style_id = base.get(q("val"), "") if base is not None else ""
            style = self._styles.get(style_id)
        default = self._default.find(f"{q('rPr')}/{q(element)}") if self._default is not None else None
        return str(default.get(q(attribute), "")) if default is not None else ""


# taking apart

def _apart(document: Any, names: Mapping[str, str], look: _Look, kept: dict[str, bytes]) -> Shell:
    body = document.find(q("body"))
    if body is None or document.prefix != "w":
        raise ShellError(problem("D301"))
    samples: dict[str, list[Sample]] = {}
    table, width = "", _width(document)
    children: list[tuple[str, Any]] = []
    for element in body:
        kind = _kind_of(element, names)
        children.append((kind, element))
        if kind == TABLE:
            table = _table(element, width)
            for paragraph in element.iter(q("p")):
                style = names.get(_style_id(paragraph), "")
                if style in {HEAD_CELL, CELL}:
                    samples.setdefault(style, []).append(_sample(paragraph, look))
        elif kind:
            samples.setdefault(kind, []).append(_sample(element, look))
    _require(samples, table)
    around = {name: kept.pop(name) for name in sorted(kept) if _AROUND.fullmatch(name)}
    return Shell(kept, *_sliced(document, body, children), {k: tuple(v) for k, v in samples.items()}, table, width,
                 {name: _healed(data) for name, data in around.items()})


def _require(samples: Mapping[str, object], table: str) -> None:
    wanted = {**STYLES, HEAD_CELL: HEAD_CELL, CELL: CELL}
    missing = [style for kind, style in wanted.items() if kind not in samples]
    if not table:
        missing.append(GRID)
    if missing:
        raise ShellError(problem("D304", styles="、".join(missing)))


def _style_id(paragraph: Any) -> str:
    style = paragraph.find(f"{q('pPr')}/{q('pStyle')}")
    return style.get(q("val"), "") if style is not None else ""


def _kind_of(element: Any, names: Mapping[str, str]) -> str:
    """Which block a child of the body is the sample of; '' for what stays as it is."""
    if element.tag == q("tbl"):
        style = element.find(f"{q('tblPr')}/{q('tblStyle')}")
        return TABLE if style is not None and names.get(style.get(q("val"), "")) == GRID else ""
    return _KINDS.get(names.get(_style_id(element), ""), "") if element.tag == q("p") else ""


def _sliced(document: Any, body: Any, children: list[tuple[str, Any]]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The document with a slot where samples stood: the 文号 in the head if it stands before the
    title, one for the text, one for the closing record. What stands between samples of the text
    goes with them."""
    def places(*kinds: str) -> list[int]:
        return [at for at, (kind, _) in enumerate(children) if kind in kinds]

    flow = places(*(kind for kind in (*STYLES, TABLE) if kind not in {NUMBER, RECORD}))
    number = [at for at in places(NUMBER) if at < flow[0]]
    found = {HEAD: places(MARK), BEFORE: number, FLOW: flow, CLOSING: places(RECORD, RULE, ANCHOR)}
    marks = {at[0]: slot for slot, at in found.items() if at}
    for at, (kind, element) in enumerate(children):
        if at in marks:
            body.replace(element, etree.ProcessingInstruction("slot", marks[at]))
        elif kind or flow[0] < at < flow[-1]:
            body.remove(element)
    text = etree.tostring(document, encoding="unicode")
    parts = re.split(r"<\?slot (\w+)\?>", text)
    return tuple(parts[::2]), tuple(parts[1::2])


_AROUND = re.compile(r"word/(?:header|footer)[0-9]*\.xml")


def _healed(data: bytes) -> str:
    """A head or foot of the pages as text; words to replace that an editor split are whole again."""
    root = xml(data)
    for paragraph in root.iter(q("p")):
        texts = list(paragraph.iter(q("t")))
        whole = "".join(t.text or "" for t in texts)
        if any(word in whole and not any(word in (t.text or "") for t in texts) for word in (ORGAN, CODE)):
            texts[0].text = whole
            for other in texts[1:]:
                other.text = ""
    return str(etree.tostring(root, encoding="unicode"))


def _sample(paragraph: Any, look: _Look) -> Sample:
    ppr = paragraph.find(q("pPr"))
    pieces = tuple((local(child), _fragment(child)) for child in ppr
                   if local(child) in PPR and local(child) not in {"sectPr", "rPr", "pPrChange"}) if ppr is not None else ()
    tab, rpr = False, None
    for element in paragraph.iter(q("tab"), q("t")):
        if element.getparent().tag != q("r"):
            continue
        if element.tag == q("t"):
            rpr = element.getparent().find(q("rPr"))
            break
        tab = True
    style = _style_id(paragraph)
    size = look.get(style, "sz", "val")
    return Sample(pieces, _fragment(rpr) if rpr is not None else "", tab,
                  _own(rpr, "rFonts", "eastAsia") or look.get(style, "rFonts", "eastAsia"),
                  int(_own(rpr, "sz", "val") or size or 32), "".join(t.text or "" for t in paragraph.iter(q("t"))),
                  "".join(_fragment(run) for run in paragraph.findall(q("r"))))


def _own(rpr: Any, element: str, attribute: str) -> str:
    found = rpr.find(q(element)) if rpr is not None else None
    return str(found.get(q(attribute), "")) if found is not None else ""


def _table(element: Any, width: int) -> str:
    """What the table says of itself, as wide as the text, its columns as they are set."""
    found = {local(piece): _fragment(piece) for piece in element.find(q("tblPr")) if local(piece) in TBLPR}
    found.pop("tblLook", None)
    found |= {"tblW": f'<w:tblW w:w="{width}" w:type="dxa"/>', "tblLayout": '<w:tblLayout w:type="fixed"/>'}
    return "".join(found[name] for name in sorted(found, key=TBLPR.index))


def _fragment(element: Any) -> str:
    """An element as text; the names it uses are declared at the document's root."""
    return _DECLARATIONS.sub("", etree.tostring(element, encoding="unicode", with_tail=False))


def _width(document: Any) -> int:
    """The width of the text, from the last section."""
    section = list(document.iter(q("sectPr")))[-1:]
    sizes = {local(c): c for s in section for c in s if local(c) in {"pgSz", "pgMar"}}
    if len(sizes) < 2:
        raise ShellError(problem("D301"))
    try:
        return (int(sizes["pgSz"].get(q("w"))) - int(sizes["pgMar"].get(q("left"))) - int(sizes["pgMar"].get(q("right"))))
    except (TypeError, ValueError) as error:
        raise ShellError(problem("D301")) from error
