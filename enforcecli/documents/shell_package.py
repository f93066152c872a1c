"""The package a shell is: bounded, without anything active, without traces of who saved it.

Shells come from the office, edited in Word or WPS by anybody: archives are bounded, XML has no
entities, and what could fetch or run something when the paper is opened is refused.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from lxml import etree

from enforcecli.documents.ooxml import W, local, q
from enforcecli.model.problem import Problem, problem
from enforcecli.text.archive import Unusable, members

MOST_MEMBERS, MOST_BYTES = 200, 16 * 1024 * 1024
_ACTIVE_MEMBERS = re.compile(r"(?i).*(?:vbaProject|vbaData|/embeddings/|/activeX/|/afchunk|\.bin$)")
_ACTIVE_FIELDS = re.compile(
    r"(?i)\b(?:DDE|DDEAUTO|INCLUDETEXT|INCLUDEPICTURE|IMPORT|LINK|DATABASE|MACROBUTTON|AUTOTEXT|EMBED|CONTROL)\b")
_ACTIVE_ELEMENTS = frozenset({"altChunk", "object", "control", "subDoc", "attachedTemplate", "mailMerge"})
_TYPES_LENGTH = 16 * 1024


class ShellError(ValueError):
    """A shell that cannot be used, told as a problem. It does not leave this package: check_shell
    returns the problem."""

    def __init__(self, found: Problem) -> None:
        super().__init__(found.code)
        self.problem = found


def members_of(data: bytes) -> dict[str, bytes]:
    found = members(data, most=MOST_MEMBERS, largest=MOST_BYTES)
    if isinstance(found, Unusable):
        raise ShellError(problem("D302" if found is Unusable.TOO_LARGE else "D301"))
    return found


def xml(data: bytes) -> Any:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise ShellError(problem("D301")) from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise ShellError(problem("D303", what="DOCTYPE"))
    return root


def refuse_active(name: str, content: bytes) -> None:
    """What fetches or runs something when a paper is opened, wherever in the package it stands."""
    if _ACTIVE_MEMBERS.fullmatch(name) or b"macroEnabled" in content[:_TYPES_LENGTH]:
        raise ShellError(problem("D303", what=name))
    if not name.endswith((".xml", ".rels")):
        return
    root = xml(content)
    instructions = ""
    for element in root.iter(etree.Element):
        kind = local(element)
        if kind == "Relationship" and element.get("TargetMode") == "External":
            if not element.get("Type", "").endswith("/hyperlink"):
                raise ShellError(problem("D303", what=element.get("Target", "")[:80]))
        elif kind in _ACTIVE_ELEMENTS and element.tag.startswith(f"{{{W}}}"):
            raise ShellError(problem("D303", what=kind))
        elif kind == "instrText":
            instructions += element.text or ""
        elif kind == "fldSimple":
            instructions += f" {element.get(q('instr'), '')} "
    field = _ACTIVE_FIELDS.search(instructions)
    if field is not None:
        raise ShellError(problem("D303", what=field[0]))


# the package

_PROPERTIES = re.compile(r"/?docProps/.*")


def without_properties(members: Mapping[str, bytes]) -> dict[str, bytes]:
    """The members without their properties (who saved the shell, when, on what machine), and with a
    place for those of the paper."""
    kept = {name: data for name, data in members.items()
            if not _PROPERTIES.fullmatch(name) and name != "word/document.xml"}
    kept["[Content_Types].xml"] = _types(xml(members["[Content_Types].xml"]))
    kept["_rels/.rels"] = _relations(xml(members["_rels/.rels"]))
    return kept


CORE, CUSTOM = "docProps/core.xml", "docProps/custom.xml"
_CORE_TYPE = "application/vnd.openxmlformats-package.core-properties+xml"
_CUSTOM_TYPE = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
_CORE_RELATION = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
_CUSTOM_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/custom-properties"


def _types(root: Any) -> bytes:
    for override in list(root):
        if _PROPERTIES.fullmatch(override.get("PartName", "")):
            root.remove(override)
    for name, kind in ((CORE, _CORE_TYPE), (CUSTOM, _CUSTOM_TYPE)):
        etree.SubElement(root, root.tag.replace("}Types", "}Override"), PartName=f"/{name}", ContentType=kind)
    return xml_bytes(root)


def _relations(root: Any) -> bytes:
    for relation in list(root):
        if _PROPERTIES.fullmatch(relation.get("Target", "")):
            root.remove(relation)
    for at, (target, kind) in enumerate(((CORE, _CORE_RELATION), (CUSTOM, _CUSTOM_RELATION)), start=1):
        etree.SubElement(root, root.tag.replace("}Relationships", "}Relationship"),
                         Id=f"enforce{at}", Type=kind, Target=target)
    return xml_bytes(root)


def xml_bytes(root: Any) -> bytes:
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))
