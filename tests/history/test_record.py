"""The record of a seal and the code printed of it: written one way only, and read back strictly."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from enforcecli.history.code import ALPHABET, LENGTH, code_of, read_code
from enforcecli.history.objects import trailers
from enforcecli.history.record import (
    SCHEMA,
    Assessment,
    Engine,
    Input,
    Output,
    Party,
    Record,
    canonical,
    message,
    plain,
    read_record,
    said,
)

DIGEST = "3f" * 32
RECORD = Record(
    SCHEMA, 1, "", "SJ-2026-003", ("上江责〔2026〕3号",), "a" * 40, "sha1",
    (Input("case", "cases/2026/SJ-2026-003.yaml", "cases/2026/SJ-2026-003.yaml", "100644", "b" * 40, DIGEST, 12),
     Input("rulebook", "rulebooks/x/rulebook.yaml", f"seals/inputs/{DIGEST}", "100644", "c" * 40, DIGEST, 9)),
    Assessment(DIGEST), (Output("md", "decisions/SJ-2026-003/封存-000001/决定书.md", DIGEST, DIGEST),),
    Engine("enforce", "0.1.0", DIGEST), Party("钱某", "钱某", "qian@example.invalid"), None,
    Party("赵某", "赵某", "zhao@example.invalid"), "2026-05-08", "", ("F102",), None)

digests = st.binary(min_size=32, max_size=32).map(bytes.hex)


@given(digests)
def test_a_code_is_read_as_it_is_copied(digest: str) -> None:
    code = code_of(digest)
    assert [len(group) for group in code.split("-")] == [5, 5, 5, 5]
    full_width = "".join(chr(ord(c) + 0xFEE0) if c != "-" else "－" for c in code)
    copied = code.replace("0", "o").replace("1", "l").lower().replace("-", "  ")
    assert read_code(code) == read_code(full_width) == read_code(copied) == code


@given(digests, st.integers(0, LENGTH - 1), st.sampled_from(ALPHABET))
def test_one_wrong_character_is_noticed(digest: str, at: int, other: str) -> None:
    code = code_of(digest).replace("-", "")
    wrong = code[:at] + other + code[at + 1:]
    assert (read_code(wrong) is None) == (wrong != code)


@given(digests, st.integers(0, LENGTH - 1), st.integers(0, LENGTH - 1))
def test_two_exchanged_characters_are_noticed(digest: str, first: int, second: int) -> None:
    characters = list(code_of(digest).replace("-", ""))
    right = "".join(characters)
    characters[first], characters[second] = characters[second], characters[first]
    assert (read_code("".join(characters)) is None) == ("".join(characters) != right)


@pytest.mark.parametrize("written", ["", "ABC", "U" * 20, "7VHC1-D2HS9-8CN8W-RE68A-X", "核验码", "\x00" * 20])
def test_what_is_no_code(written: str) -> None:
    assert read_code(written) is None


def test_the_core_leaves_out_the_papers_and_nothing_else() -> None:
    assert replace(RECORD, outputs=()).core == RECORD.core
    others = (replace(RECORD, prev=DIGEST), replace(RECORD, case_id="SJ-2026-004"), replace(RECORD, effective_on="2026-05-09"),
              replace(RECORD, assessment=Assessment("00" * 32)), replace(RECORD, inputs=RECORD.inputs[:1]))
    assert len({RECORD.core, *(other.core for other in others)}) == 1 + len(others)
    assert replace(RECORD, outputs=()).digest != RECORD.digest


def test_a_record_is_canonical_and_read_back() -> None:
    data = RECORD.data()
    assert data == canonical(json.loads(data)) and data.endswith(b"}\n")
    assert read_record(data) == RECORD


@pytest.mark.parametrize("change", [
    lambda d: d + b"\n", lambda d: b" " + d, lambda d: d.replace(b'"seq":1', b'"seq": 1'), lambda d: d[:-1],
    lambda d: d.replace(b'"seq":1', b'"seq":1,"more":2'), lambda d: d.replace(b"enforce-seal/1", b"enforce-seal/9"),
    lambda d: d.replace(b'"seq":1', b'"seq":0'), lambda d: d.replace(b'"seq":1', b'"seq":true'), lambda d: b"[" * 100_000,
    lambda d: d.replace("封存".encode(), b"../../x"), lambda d: d.replace(b"decisions/", b"cases/"),
    lambda d: d.replace(b"seals/inputs/", b".git/hooks/"), lambda d: b"", lambda d: b"\xff\xfe"])
def test_anything_else_is_no_record(change: object) -> None:
    assert callable(change)
    assert read_record(change(RECORD.data())) is None


@pytest.mark.parametrize(("path", "good"), [
    ("cases/a.yaml", True), ("decisions/封存-000001/决定书.md", True), ("/etc/passwd", False), ("a/../b", False), ("a//b", False),
    (".git/config", False), ("a/.GIT/config", False), ("a\\b", False), ("a/b\n", False), ("", False), (".gitattributes", False)])
def test_paths_of_a_record_stay_inside(path: str, good: bool) -> None:
    assert plain(path) is good


def test_the_commit_says_what_the_record_says() -> None:
    found = trailers(message(RECORD))
    assert dict(found) == said(RECORD) and len(found) == len(said(RECORD))
    assert f"核验码 {RECORD.code}" in message(RECORD)
