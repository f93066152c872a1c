"""Files made to break a reader: each ends soon, as a problem with a place, never as a traceback."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from enforcecli.text.decode import LARGEST
from enforcecli.text.document import Document, parse
from tests.text.support import plain

SECONDS = 4.0
"""CPU seconds by libyaml for the largest file allowed: a guard against times that grow out of hand, which are
minutes. At rest each takes less than one; a shared machine may take three times that. (The pure parser is ten
times slower at everything; for it only small hostile files are bounded.)"""

ALIASES = "a: &a [x, x]\n" + "".join(
    f"{b}: &{b} [*{a}, *{a}, *{a}, *{a}, *{a}, *{a}, *{a}, *{a}, *{a}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True))
MERGES = "a: &a {x: 1}\n" + "".join(
    f"{b}: &{b} {{<<: [*{a}, *{a}]}}\n" for a, b in zip("abcdefghijkl", "bcdefghijklm", strict=True))
ROOM = LARGEST - 1

SMALL: dict[str, tuple[bytes, str]] = {
    "alias bomb": (ALIASES.encode(), "Y202"),
    "merge bomb": (MERGES.encode(), "Y202"),
    "1,000 open brackets": (b"[" * 1000, "Y208"),
    "1,000 brackets": (b"[" * 1000 + b"]" * 1000, "Y208"),
    "1,000 braces": (b"{a: " * 1000 + b"}" * 1000, "Y208"),
    "33 brackets": (b"a: " + b"[" * 33 + b"]" * 33, "Y208"),
    "33 dashes": (b"- " * 33 + b"a", "Y208"),
    "deep block": (b"".join(b" " * i + b"a:\n" for i in range(200)), "Y208"),
    "deep keys": (b"? " * 1000, "Y208"),
    "key of lists": (b"? [[[1]]]\n: 2\n", "Y209"),
    "python object": (b"a: !!python/object/apply:os.system [x]\n", "Y204"),
    "tagged number": (b'a: !!int "1k"\n', "Y204"),
    "verbatim tag": (b"a: !<x> b\n", "Y204"),
    "binary": (b"PK\x03\x04\x14\x00\x06\x00" + bytes(range(256)), "T113"),
    "terminal escape": (b'a: "\\e[31m"\n', "T201"),
    "a key too long": (b"a" * 1100 + b": 1\n", "Y232"),
}
LARGE: dict[str, tuple[bytes, str | None]] = {
    "100,000 open brackets": (b"[" * 100_000, "Y208"),
    "100,000 brackets": (b"[" * 100_000 + b"]" * 100_000, "Y208"),
    "open braces": (b"{a: " * 60_000, "Y208"),
    "open braces, closed up": (b"{a" * 100_000, "Y208"),
    "dashes in a row": (b"- " * 100_000, "Y208"),
    "question marks": (b"? " * 100_000, "Y208"),
    "a long value": (b"a: " + b"x" * (ROOM - 3), None),
    "20,000 keys": (b"".join(b"k%d: 1\n" % i for i in range(20_000)), None),
    "20,000 keys in braces": (b"{" + b", ".join(b"k%d: 1" % i for i in range(20_000)) + b"}", None),
    "20,000 times the same key": (b"a: b\n" * 20_000, "Y210"),
    "20,000 quoted keys": (b'"a": b\n' * 20_000, "Y210"),
    "carriage returns": (b"a: b\r" * 20_000, "Y210"),
    "quotes without end": (b"a: 'x\n" * 20_000, "Y124"),
    "escapes without end": (b'a: "' + b"\\" * 200_000, "Y220"),
    "escaped bidi": (b'a: "' + b"\\u202e" * 40_000 + b'"', "T202"),
    "colons": (b": " * 100_000, "Y122"),
    "full-width colons": ("a：b".encode() * 40_000, "Y101"),
    "full-width colons, lines": ("a：b\n".encode() * 40_000, "Y101"),
    "full-width commas": (b"a: [" + "，".encode() * 60_000 + b"]", "Y110"),
    "full-width pairs": (b"a: {" + "甲：乙，".encode() * 20_000 + b"}", "Y101"),
    "commas": (b"a: [" + b"," * 200_000 + b"]", "Y224"),
    "full-width brackets": (b"a: " + "［".encode() * 80_000, None),
    "items that might be keys": ("- a：b\n".encode() * 20_000, None),
    "years in brackets": (b"a: " + b"[2026]" * 40_000, "Y121"),
    "one bracket over lines": (b"a: [\n" + b"x,\n" * 60_000, "Y221"),
    "a bracket per line": (b"a: [\n" * 40_000, "Y208"),
    "a brace per line": (b"a: {b\n" * 40_000, "Y208"),
    "documents": (b"---\na\n" * 20_000, "Y207"),
    "anchors": (b"a: &x y\n" * 30_000, "Y202"),
    "spaces": (b" " * ROOM, "Y201"),
    "tabs": (b"\t" * ROOM, "Y201"),
    "ideographic spaces": ("\u3000".encode() * (ROOM // 3), "Y212"),
    "lines": (b"\n" * ROOM, "Y201"),
    "number signs": (b"a: x" + b" #" * 120_000, None),
    "dashes": (b"-" * ROOM, "Y212"),
    "full-width dashes": ("－".encode() * (ROOM // 3), "Y212"),
    "zero widths": ("\u200b".encode() * (ROOM // 3), "T210"),
    "zero width every other": ("\u200ba".encode() * (ROOM // 4), "T210"),
    "controls": (b"\x01a" * (ROOM // 2), "T201"),
    "block text": (b"a: |\n" + b" \n" * 100_000, None),
    "empty block texts": (b"a: |\n" * 40_000, "Y210"),
    "not UTF-8": (b"\xff" * ROOM, "T110"),
    "a thousand dashes a line": ((b"- " * 999 + b"a\n") * 100, "Y208"),
    "stairs": (b"".join(b" " * i + b"-\n" for i in range(600)), "Y208"),
    "brackets on stairs": (b"".join(b" " * i + b"a:\n" for i in range(490)) + b" " * 491 + b"[" * 990 + b"]" * 990, "Y208"),
    "too large": (b"a" * (LARGEST + 1), "T105"),
}


def timed(call: Callable[[], Document]) -> tuple[Document, float]:
    """The document and the CPU time it took; the better of two tries if the first was slow."""
    spent = []
    for _ in range(2):
        start = time.process_time()
        document = call()
        spent.append(time.process_time() - start)
        if spent[-1] < SECONDS:
            break
    return document, min(spent)


@pytest.mark.parametrize("name", SMALL)
@pytest.mark.parametrize("pure", [False, True], ids=["libyaml", "pure"])
def test_small(name: str, pure: bool) -> None:
    data, code = SMALL[name]
    document, seconds = timed(lambda: parse(data, "f", pure=pure))
    assert code in {p.code for p in document.problems}
    assert all(p.span is not None for p in document.problems)
    assert seconds < SECONDS


@pytest.mark.parametrize("name", LARGE)
def test_large(name: str) -> None:
    data, code = LARGE[name]
    document, seconds = timed(lambda: parse(data, "f"))
    codes = {p.code for p in document.problems}
    assert code in codes if code else not codes
    assert len(document.problems) < 500
    assert seconds < SECONDS


@pytest.mark.parametrize("name", [n for n in LARGE if LARGE[n][1] == "Y208"])
def test_depth_is_seen_before_the_pure_parser(name: str) -> None:
    document, seconds = timed(lambda: parse(LARGE[name][0], "f", pure=True))
    assert "Y208" in {p.code for p in document.problems}
    assert seconds < SECONDS


@pytest.mark.parametrize("pure", [False, True], ids=["libyaml", "pure"])
@pytest.mark.parametrize("text", ["a: " + "[" * 31 + "x" + "]" * 31, "- " * 32 + "x", "a: " + "{b: " * 31 + "x" + "}" * 31])
def test_thirty_two_levels_are_allowed(text: str, pure: bool) -> None:
    document = parse(text.encode(), "f", pure=pure)
    assert document.problems == ()
    assert plain(document.root)


def test_no_english_and_no_address_is_echoed() -> None:
    for data, _ in SMALL.values():
        for problem in parse(data, "f").problems:
            told = " ".join(value for _, value in problem.args)
            assert "http" not in told and "while" not in told and "expected" not in told
