"""No text is left untranslated, and no message mixes the two languages: what stays Chinese in English
is a word that is typed into a file."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest

from enforcecli.reading.case import shape_and_reader
from enforcecli.reading.workspace import Workspace
from tests import catalogues
from tests.cli.conftest import CASES, Ran
from tests.docs.shapes import choices, sections, shape_of

Enforce = Callable[..., Ran]
HAN = re.compile("[\u3400-\u9fff]+")
WIDE = re.compile("[，。；：！？、]")
QUOTED = re.compile(r"“[^“”]*”|\"[^\"]*\"|《[^》]*》|‘[^’]*’|`[^`]*`|\{\{[^{}]*\}\}")
UNITS = {"号", "日", "个月", "工作日", "件", "次", "人", "上江责", "第二十条", "三", "一", "二"}
"""How numbers, lengths of time, documents and clauses are written."""
BOUNDS = {"以上", "以下", "超过", "不满", "零次", "一次", "二次以上"}
"""How a rulebook writes and bounds the values of a counted fact."""
ENTRIES = {text: words for text, words in catalogues.read_po(catalogues.PO.read_text(encoding="utf-8")).items() if words and text}


@cache
def typed() -> frozenset[str]:
    """The words an author types: keys and closed lists of every kind of file, and those of the measure."""
    book = Workspace.open(CASES).book()
    assert book is not None
    shapes = [shape_of(kind) for kind in ("case", "roster", "office", "powers", "year", "appraisals")]
    shapes.append(shape_and_reader(book)[0])
    words = {key for shape in shapes for section in sections(shape) for field in section.fields for key in (*field.keys, *field.aliases)}
    words |= {w.zh for shape in shapes for choice in choices(shape) for w in choice.words}
    words |= {w for fact in (*book.facts.values(), *book.person_facts.values()) for w in (fact.name, *fact.values)}
    return frozenset(words | UNITS | {"放弃", "诫勉", "不考核", "一审", "二审", "再审", "终审"} | BOUNDS)


def sentence(words: str) -> str:
    """A translation without what it quotes."""
    return QUOTED.sub("", words)


def test_what_stays_chinese_in_english_is_a_word_one_types() -> None:
    assert {words: strange for words in ENTRIES.values() if (strange := set(HAN.findall(sentence(words))) - typed())} == {}


def test_no_full_width_marks_in_english_sentences() -> None:
    assert [words for words in ENTRIES.values() if WIDE.search(sentence(words))] == []


def test_a_translation_is_no_copy() -> None:
    assert [text for text, words in ENTRIES.items() if text == words and HAN.search(text)] == []


def bare(source: str) -> Iterator[tuple[int, str]]:
    """Chinese texts of a module that are neither translated nor documentation nor examples of commands."""
    tree = ast.parse(source)
    quiet = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in {"_", "N_"}:
            quiet |= {id(inner) for inner in ast.walk(node)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in quiet \
                and HAN.search(node.value) and not node.value.startswith("enforce "):
            yield node.lineno, node.value


MODULES = [path for room in ("cli", "output") for path in sorted((catalogues.PACKAGE / room).glob("*.py"))]
OTHERS = {
    "dialogue.py": {"写入"},  # an answer one may type, beside its translation
    "papers.py": {"公开"},  # the directory of the public papers
    "shown.py": {"理解"},  # a word of the basis, which is the measure's language
    "office_language.py": {r"(?m)^(?:语言|language)[ ]*:[ ]+['\"]?([^\s'\"#]{1,20})"},
    "result_yaml.py": {"[一-鿿]{1,60}|[A-Za-z][A-Za-z_]{2,40}"}, "width.py": {"一", "鿿"},
}
"""Chinese in the code that is no message."""


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.name)
def test_every_text_is_translated(path: Path) -> None:
    found = {text for _, text in bare(path.read_text(encoding="utf-8"))}
    assert found - OTHERS.get(path.name, set()) - typed() == set()


def test_an_untranslated_text_would_be_found() -> None:
    assert list(bare('"""说明"""\nx = "甲"\ny = _("乙")\nz = f"丙{x}"\n"enforce new 丁"\n')) == [(2, "甲"), (4, "丙")]


def test_messages_about_every_slip_in_english(enforce: Enforce) -> None:
    """With what the files say filled in: outside quotation marks only names, words of the files and of the
    measure stay Chinese."""
    told = [json.loads(line) for line in enforce("validate", "slips", "--lang", "en", "--format", "jsonl").out.splitlines()]
    assert len({p["code"] for p in told}) > 100
    assert [text for p in told for text in (p["message"], p["remedy"]) if WIDE.search(sentence(text))] == []


@pytest.mark.parametrize("verb", [("assess", "cases/2026/SJ-2026-003.yaml"), ("catalogue", "faults"), ("rulebook", "list"), ("explain",),
                                  ("validate", "slips"), ("fix", "--diff", "slips"), ("template", "list")], ids=lambda v: v[0])
def test_gbk_has_every_character_of_every_command(enforce: Enforce, verb: tuple[str, ...]) -> None:
    for language in ("zh", "en"):
        ran = enforce(*verb, "--lang", language)
        own = ran.err if "--diff" in verb else ran.out + ran.err
        assert own.encode("gbk")
