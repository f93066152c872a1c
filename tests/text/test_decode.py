"""Bytes → text: the ladder of encodings."""

from __future__ import annotations

import pytest

from enforcecli.problems import kind
from enforcecli.text.decode import LARGEST, UNREADABLE, decode
from enforcecli.text.document import parse
from tests.text.support import plain

TEXT = "案号: SJ-2026-003\r\n案由: 某木材加工厂行政处罚决定\n"


@pytest.mark.parametrize(("data", "code"), [
    (TEXT.encode("utf-8"), None),
    (TEXT.encode("utf-8-sig"), None),
    (TEXT.encode("gbk"), "T120"),
    (TEXT.encode("gb18030"), "T120"),
    (TEXT.encode("utf-16"), "T121"),
    (b"\xfe\xff" + TEXT.encode("utf-16-be"), "T121"),
    (TEXT.encode("utf-32"), "T121"),
])
def test_accepted(data: bytes, code: str | None) -> None:
    decoded = decode(data)
    assert decoded.text is not None
    assert decoded.text.removeprefix("\ufeff") == TEXT
    assert (decoded.problem.code if decoded.problem else None) == code


@pytest.mark.parametrize("encoding", ["gbk", "utf-16", "utf-32", "utf-8-sig"])
def test_nodes_and_fix_of_another_encoding(encoding: str) -> None:
    document = parse(TEXT.encode(encoding), "f")
    assert document.text == TEXT
    assert plain(document.root) == [("案号", "SJ-2026-003"), ("案由", "某木材加工厂行政处罚决定")]
    assert all(p.fix == () for p in document.problems)  # the text stays, the bytes become UTF-8


def test_characters_only_gb18030_has() -> None:
    assert decode("姓名: 𠮷".encode("gb18030")).text == "姓名: 𠮷"


@pytest.mark.parametrize(("data", "code", "args"), [
    (TEXT.encode()[:20] + b"\xff" + TEXT.encode()[20:], "T112", {"position": "21", "byte": "FF"}),
    (TEXT.encode()[:-2], "T112", {"position": "63", "byte": "E5"}),
    (b"\xef\xbb\xbf\xff", "T112", {"position": "4", "byte": "FF"}),
    (b"\xff\xff\xff", "T110", {"position": "1", "byte": "FF"}),
    (b"PK\x03\x04\x00\x80\x81", "T113", {}), (b"PK\x05\x06" + bytes(18), "T113", {}),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(LARGEST), "T113", {}),
    (b"x\xff\xffPK\x03\x04", "T110", {"position": "2", "byte": "FF"}),
    ("姓名: 甲".encode("gbk") + b"\x00", "T110", {"position": "1", "byte": "D0"}),
    (b"\xff\xfea", "T111", {"encoding": "UTF-16", "position": "3"}),
    (b"\xed\xa0\x80", "T110", {"position": "1", "byte": "ED"}),
    (b"a" * (LARGEST + 1), "T105", {"size": str(LARGEST + 1), "most": str(LARGEST)}),
])
def test_refused(data: bytes, code: str, args: dict[str, str]) -> None:
    decoded = decode(data)
    assert decoded.text is None
    assert decoded.problem is not None
    assert decoded.problem.code == code
    assert args.items() <= dict(decoded.problem.args).items()
    document = parse(data, "f")
    assert document.text == "" and document.root is None
    assert {p.code for p in document.problems} == {code} <= UNREADABLE


def test_the_line_of_a_damaged_byte() -> None:
    problem = parse("案号: 一\n案由: 某木材加工\n".encode()[:-2] + b"\xff\n", "f").problems[0]
    assert problem.span is not None
    assert (problem.span.line, problem.span.column) == (2, 9)


def test_unreadable_kinds_exist_and_are_errors() -> None:
    assert {kind(code).level.value for code in UNREADABLE} == {"error"}
