"""Bytes → text: BOM, strict UTF-8, GB18030 with a warning, else refused."""

from __future__ import annotations

import codecs
import re

from msgspec import Struct

from enforcecli.model.problem import Problem, Span, problem

LARGEST = 256 * 1024
"""Bytes. A case of twenty persons has about five thousand."""
UNREADABLE = frozenset({"T101", "T102", "T103", "T104", "T105", "T106", "T110", "T111", "T112", "T113"})
"""Problems of a file that could not be opened or decoded: exit code 3."""
_WIDE_BOMS = ((codecs.BOM_UTF32_LE, "UTF-32"), (codecs.BOM_UTF32_BE, "UTF-32"),
              (codecs.BOM_UTF16_LE, "UTF-16"), (codecs.BOM_UTF16_BE, "UTF-16"))
_OFFICE = (b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0")
_FOREIGN = re.compile("[^\n\r\t -~]")


class Decoded(Struct, frozen=True):
    """`text` without a byte order mark, or None if refused; line ends as they are."""

    text: str | None
    problem: Problem | None = None


def decode(data: bytes) -> Decoded:
    """The text of a file. T105 too large, T110 no text, T111 a broken wide encoding, T112 damaged
    UTF-8, T113 a Word or Excel file refuse it; T120 (GB18030) and T121 (UTF-16) warn."""
    if office(data):
        return Decoded(None, problem("T113").at("", Span(1, 1, 1, 1)))
    if len(data) > LARGEST:
        return Decoded(None, problem("T105", size=len(data), most=LARGEST))
    for bom, name in _WIDE_BOMS:
        if data.startswith(bom):
            return _wide(data, name)
    body = data.removeprefix(codecs.BOM_UTF8)
    try:
        return Decoded(body.decode("utf-8"))
    except UnicodeDecodeError as error:
        return _chinese(body, error.start, len(data) - len(body))


def office(data: bytes) -> bool:
    """Whether the bytes are a Word or Excel file, or a ZIP archive, which the newer of these are."""
    return data.startswith(_OFFICE)


def _wide(data: bytes, name: str) -> Decoded:
    try:
        text = data.decode(name)
    except UnicodeDecodeError as error:
        return Decoded(None, problem("T111", encoding=name, position=error.start + 1))
    return Decoded(text, _converted("T121", name))


def _converted(code: str, encoding: str) -> Problem:
    """A warning whose mending is to store the same text as UTF-8: no edit of the text."""
    return Problem(code, (("encoding", encoding),), span=Span(1, 1, 1, 1), fix=())


def _chinese(body: bytes, broken: int, skipped: int) -> Decoded:
    """Text that is not UTF-8: GB18030 unless it is binary, or UTF-8 with a few damaged bytes
    (which GB18030 would turn into wrong characters without complaint)."""
    from enforcecli.text.characters import BAD

    line = body.count(b"\n", 0, broken) + 1
    column = len(body[body.rfind(b"\n", 0, broken) + 1:broken].decode("utf-8", "replace")) + 1
    span = Span(line, column, line, column + 1)
    loose = body.decode("utf-8", "replace")
    lost = loose.count("\ufffd")
    if skipped or len(_FOREIGN.findall(loose)) - lost > 2 * lost:
        return Decoded(None, _refused("T112", body, broken, skipped, span))
    try:
        text = body.decode("gb18030")
    except UnicodeDecodeError:
        return Decoded(None, _refused("T110", body, broken, skipped, span))
    if BAD.search(text):
        return Decoded(None, _refused("T110", body, broken, skipped, span))
    return Decoded(text, _converted("T120", "GB18030"))


def _refused(code: str, body: bytes, broken: int, skipped: int, span: Span) -> Problem:
    return problem(code, position=broken + skipped + 1, byte=f"{body[broken]:02X}").at("", span)
