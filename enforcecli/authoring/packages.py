"""What is in an XLSX package, seen before any of it is believed. A megabyte of ZIP can hold gigabytes of XML, and a
small sheet a cell in its last column: everything is counted here, in one pass that keeps nothing.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Mapping, Sequence
from xml.parsers import expat

from msgspec import Struct

from enforcecli.authoring.parts import Look, Refused, Scan, swollen
from enforcecli.language import _
from enforcecli.text.archive import BROKEN, odd

MOST_UNPACKED, MOST_MEMBERS = 20 * 1024 * 1024, 500
MOST_RATIO, FREE_OF_RATIO = 200, 1024 * 1024
"""A part may unpack to so many times its size, beyond the first megabyte; what people type reaches 20."""
_CHUNK = 256 * 1024
_BEFORE_XML = b"\x00 \t\r\n\xef\xbb\xbf\xff\xfe"
_WORKBOOK, _RELATIONS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"


class Package(Struct, frozen=True):
    """The sheets by name. `from_1904`: its days are counted as old Macintoshes did."""

    sheets: Mapping[str, Look]
    from_1904: bool


def inspected(data: bytes) -> Package | str:
    """The package as it is, or why it is not opened."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _directory(archive.infolist()) or _contents(archive)
    except Refused as refused:
        return str(refused)
    except BROKEN:
        return damaged("ZIP") if data.startswith(b"PK") else _("不是 .xlsx 文件")


def damaged(kind: str) -> str:
    return _("文件已损坏（{kind}）").format(kind=kind)


def _directory(infos: Sequence[zipfile.ZipInfo]) -> str | None:
    """Why the package is not opened, by what its directory says."""
    names = {i.filename for i in infos}
    if len(infos) > MOST_MEMBERS or sum(i.file_size for i in infos) > MOST_UNPACKED or any(map(_dense, infos)):
        return swollen()
    if any(i.flag_bits & 1 for i in infos):
        return _("文件加了密码")
    if _WORKBOOK not in names:
        return _("不是 .xlsx 文件")
    if any("vbaProject" in n for n in names):
        return _("文件带有宏")
    if odd(infos):
        return damaged("ZIP")
    return None


def _dense(info: zipfile.ZipInfo) -> bool:
    return info.file_size > FREE_OF_RATIO and info.file_size > MOST_RATIO * info.compress_size


def _contents(archive: zipfile.ZipFile) -> Package | str:
    scan = Scan()
    for info in archive.infolist():
        try:
            _part(archive, info, scan)
        except expat.ExpatError:
            if not info.filename.endswith(".vml"):  # drawings as web pages were written, read by nobody
                return damaged("XML")
    targets = {key: posixpath.normpath(posixpath.join("/xl", target)).lstrip("/")
               for key, target in scan.relations.get(_RELATIONS, {}).items()}
    sheets = scan.sheets.get(_WORKBOOK, ())
    if len({name for name, _key in sheets}) < len(sheets):
        return damaged("XML")
    return Package({name: scan.looks[targets[key]] for name, key in sheets if targets.get(key) in scan.looks}, scan.from_1904)


def _part(archive: zipfile.ZipFile, info: zipfile.ZipInfo, scan: Scan) -> None:
    """One part: XML by its name or its look is scanned, anything else only measured."""
    with archive.open(info) as member:
        chunk = member.read(_CHUNK)
        xml = info.filename.endswith((".xml", ".rels")) or chunk.lstrip(_BEFORE_XML).startswith(b"<")
        parser = scan.parser(info.filename) if xml else None
        left = info.file_size
        while chunk:
            left -= len(chunk)
            if left < 0:
                raise Refused(swollen())
            if parser is not None:
                parser.Parse(chunk, False)
            chunk = member.read(_CHUNK)
        if parser is not None:
            parser.Parse(b"", True)
