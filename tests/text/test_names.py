"""Names that become file names."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enforcecli.text.names import MOST_BYTES, safe_name, shown


@pytest.mark.parametrize("name", ["SJ-2026-003", "张某", "上江责〔2026〕3号", "张某（小）", "a.b", "𠮷某", "阿·乙", "案" * 40, "nulled", "com10"])
def test_good(name: str) -> None:
    assert safe_name(name) is None


@pytest.mark.parametrize(("name", "code"), [
    ("", "Y390"), ("案" * 41, "Y391"), ("𠮷" * 31, "Y391"), ("../../etc/x", "Y392"), ("/etc/passwd", "Y392"), ("a\\b", "Y392"),
    ("a:b", "Y392"), ("*", "Y392"), ("a?", "Y392"), ("x ", "Y392"), (" x", "Y392"), ("张 某", "Y392"), ("张\u3000某", "Y392"),
    ("张\u200b三", "Y392"), ("张\u202e三", "Y392"), ("a\0b", "Y392"), ("a\nb", "Y392"), ("\ue000", "Y392"), ("\ud800", "Y392"),
    ("葛\U000e0100", "Y392"), ("'x'", "Y392"), ("-rf", "Y393"), (".git", "Y393"), ("x.", "Y393"), (".", "Y393"), ("..", "Y393"),
    ("CON", "Y394"), ("nul", "Y394"), ("aux.yaml", "Y394"), ("COM1", "Y394"), ("lpt9.x.y", "Y394")])
def test_bad(name: str, code: str) -> None:
    slip = safe_name(name)
    assert slip is not None and slip.code == code


@given(st.text(max_size=50))
def test_what_passes_stays_in_its_folder(name: str) -> None:
    if safe_name(name) is None:
        path = (Path("/out") / f"{name}.yaml").resolve()
        assert path.parent == Path("/out")
        assert path.name == f"{name}.yaml"
        assert len(name.encode()) <= MOST_BYTES


def test_a_character_is_shown_or_numbered() -> None:
    assert shown("/") == "“/”（U+002F）"
    assert shown("\u202e") == "U+202E"
    assert shown("\u3000") == "U+3000"
