"""No regular expression of the package can be made to run for long."""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import enforcecli
from enforcecli.text.clean import as_bytes

SECONDS = 0.2
"""A guard: at rest a fast expression takes far less than 0.05, a runaway one for ever."""
_ANYWHERE = "search|finditer|findall|sub|subn|split"
_FUNCTIONS = {"compile", "search", "match", "fullmatch", "findall", "finditer", "sub", "subn", "split"}
STRINGS = [unit * (5000 // len(unit)) + end for unit in (
    "x", "甲", "1", " ", "\t", "\n", "-", ".", ":", "：", "，", "[", "{", "]", "'", '"', "\\", "#", "\u3000", "零", "万", "a ", "甲，", "a:", "a: ",
    "- ", "1/", "1.", "1,", "{a: ", "[a, ", "a #", " #", "a-", "〔2026〕", "a\n", " a\n", "、甲：", "# ", "x x", "(", "**", "|", "<a>")
    for end in ("!", "\x00", "年", "")]


Use = tuple[str, re.Pattern[Any], bool]
SOURCES = {file: file.read_text(encoding="utf-8") for file in Path(enforcecli.__path__[0]).rglob("*.py")}


def patterns() -> Iterator[Use]:
    """Module, pattern, and whether it is looked for anywhere in a text: those compiled at the top of
    modules, and those written where they are used."""
    seen = set()
    searched = {name for text in SOURCES.values() for name in re.findall(rf"\b(\w+)(?:\[[^\]\n]*\])?\.(?:{_ANYWHERE})\(", text)}
    for info in pkgutil.walk_packages(enforcecli.__path__, "enforcecli."):
        if info.name.endswith("__main__"):
            continue
        module = importlib.import_module(info.name)
        for name, value in vars(module).items():
            for item in value.values() if isinstance(value, dict) else (value,):
                if isinstance(item, re.Pattern) and item.pattern not in seen:
                    seen.add(item.pattern)
                    yield info.name, item, name in searched
        for literal, anywhere in literals(Path(module.__file__ or "")):
            if literal not in seen:
                seen.add(literal)
                yield info.name, re.compile(literal), anywhere


def literals(file: Path) -> Iterator[tuple[str, bool]]:
    for node in ast.walk(ast.parse(SOURCES[file])):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in _FUNCTIONS \
                and isinstance(node.func.value, ast.Name) and node.func.value.id == "re" \
                and node.args and isinstance(node.args[0], ast.Constant):
            yield str(node.args[0].value), node.func.attr in _ANYWHERE.split("|")


ALL = list(patterns())


def test_they_are_found() -> None:
    assert len(ALL) > 40


def spelt(pattern: re.Pattern[Any]) -> str:
    return str(pattern.pattern, "ascii") if isinstance(pattern.pattern, bytes) else pattern.pattern


def spent(pattern: re.Pattern[Any], anywhere: bool, text: Any) -> float:
    """Seconds of the slowest way in which the pattern is used; the best of three tries."""
    slowest = 0.0
    if isinstance(pattern.pattern, bytes):
        text = as_bytes(text)
    for use in (pattern.match, pattern.fullmatch, pattern.search)[:3 if anywhere else 2]:
        tries = []
        for _ in range(3):
            start = time.process_time()
            use(text)
            tries.append(time.process_time() - start)
            if tries[-1] < SECONDS:
                break
        slowest = max(slowest, min(tries))
    return slowest


IDS = [f"{module.removeprefix('enforcecli.')}-{number}" for number, (module, _, _) in enumerate(ALL)]


@pytest.mark.parametrize("use", ALL, ids=IDS)
def test_no_pattern_backtracks(use: Use) -> None:
    module, pattern, anywhere = use
    slow = next((text[:12] for text in STRINGS if spent(pattern, anywhere, text) > SECONDS), None)
    assert slow is None, f"{module}: {spelt(pattern)[:80]}"


@pytest.mark.parametrize("use", ALL, ids=IDS)
def test_digits_are_ascii(use: Use) -> None:
    module, pattern, _ = use
    assert r"\d" not in spelt(pattern), f"{module}: full-width digits would match"


@pytest.mark.parametrize("use", ALL, ids=IDS)
def test_no_group_repeats_possessively(use: Use) -> None:
    """CPython before 3.11.5 matches such groups wrongly; an atomic group says the same and works."""
    module, pattern, _ = use
    bare = re.sub(r"\[\^?\]?[^\]]*\]", "x", re.sub(r"\\.", "x", spelt(pattern), flags=re.DOTALL))
    assert not re.search(r"\)(?:[*+?]|\{[0-9,]*\})\+", bare), f"{module}: {spelt(pattern)[:80]}"
