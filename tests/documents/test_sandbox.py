"""Templates nobody vouches for: what they may do, and what data in them can bring about."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enforcecli.documents import worker
from enforcecli.documents.blocks import PARAGRAPH, parse, strange
from enforcecli.documents.escape import hide, plain, reveal, unescape
from enforcecli.documents.loader import Templates
from enforcecli.documents.sandbox import LONGEST, Environment, Fault, guarded, rendered
from enforcecli.documents.shipped import shipped
from enforcecli.documents.wording import render_text
from enforcecli.model.problem import Problem

NAME = "decision.md.j2"
MACROS = "{% macro bold(x) %}**{{ x }}**{% endmacro %}"


def run(text: str, **context: Any) -> str | Fault:
    return rendered(Environment({NAME: text, "_parts.md.j2": MACROS}), NAME, context)


def code(text: str, **context: Any) -> str:
    found = run(text, **context)
    assert isinstance(found, Fault), found
    return found.code


def office(root: Path, text: str, name: str = NAME) -> Templates:
    (root / "templates").mkdir(exist_ok=True)
    (root / "templates" / name).write_text(text, encoding="utf-8")
    return Templates(root)


# what a template may not do

@pytest.mark.parametrize("text", [
    "{{ x.__class__ }}", "{{ ''.__class__.__mro__[1].__subclasses__() }}", "{{ x['__class__'] }}",
    "{{ x.append(2) }}", "{{ x.clear() }}", "{{ d.update({}) }}", "{{ d.pop('a') }}", "{{ d.__init__ }}",
    "{{ self.__init__.__globals__ }}", "{{ '{:99999999d}'.format(1) }}", "{{ '{0.__class__}'.format(1) }}",
    "{{ 'a'.center(10**9) }}", "{{ 'a' * 10**10 }}", "{{ 'a' * 100000 }}", "{{ [1] * 100000 }}",
    "{{ '%999999999d' % 1 }}", "{{ 9 ** (9 ** 9) }}", "{{ 2 ** 3 }}", "{{ 999999999 * 999999999 }}", "{{ 1 / 3 }}",
    "{% for i in range(99999) %}x{% endfor %}", "{{ range(9999)|list }}", "{{ 'ab'.encode('utf-8') }}",
    "{% macro m() %}{% endmacro %}{{ m.__call__ }}", "{{ x.__add__ }}",
    "{% for a in x %}{{ loop.__class__ }}{% endfor %}", "{{ ''.join(x) }}", "{{ bold.__globals__ }}",
])  # fmt: skip
def test_what_was_not_named_is_denied(text: str) -> None:
    assert code(text, x=[1, 2], d={"a": "b"}) in {"D206", "D204"}


@pytest.mark.parametrize("name", ["cycler", "joiner", "namespace", "lipsum", "dict", "caller", "loop", "context", "environment"])
def test_no_such_globals(name: str) -> None:
    assert code("{{ " + name + "() }}") == "D204"


@pytest.mark.parametrize("name", ["attr", "format", "center", "safe", "escape", "e", "indent", "pprint", "random", "tojson",
                                  "truncate", "urlize", "wordwrap", "xmlattr", "filesizeformat", "string", "slice"])  # fmt: skip
def test_no_such_filters(name: str) -> None:
    assert code("{{ x|" + name + " }}", x="a") == "D203"
    assert code("{% if x %}{{ x|" + name + " }}{% endif %}", x="a") in {"D203", "D208"}


@pytest.mark.parametrize("name", ["../../x", "/etc/passwd", "templates/decision.md.j2", "x.md.j2", "shells/letter.docx", ""])
def test_only_templates_are_included(name: str) -> None:
    assert code("{% include '" + name + "' %}") == "D201"


def test_a_template_that_includes_itself_ends() -> None:
    assert code("{% include 'decision.md.j2' %}") == "D208"


def test_a_paper_has_a_length() -> None:
    found = run("{% for i in range(900) %}{% for j in range(900) %}" + "字" * 20 + "{% endfor %}{% endfor %}")
    assert found == Fault("D207", NAME, 0, (("most", str(LONGEST)),))


def test_compiling_evaluates_nothing() -> None:
    """Constants are folded by the engine unless told not to: a bomb would go off on reading."""
    start = time.process_time()
    Environment({}).compile("{% if false %}{{ [1]|batch(999999999, 'x')|list }}{% endif %}", raw=True)
    assert time.process_time() - start < 2


# what is absent, or has no words

@pytest.mark.parametrize(("text", "name", "line"), [
    ("一\n{{ 文号 }}", "文号", 2), ("{{ 人.姓明 }}", "姓明", 1), ("{{ 人['姓明'] }}", "姓明", 1),
    ("{% if 人.职级 == '一级' %}x{% endif %}", "职级", 1), ("{% for x in 过错 %}{% endfor %}", "过错", 1),
    ("{{ 人.姓名 ~ 人.职级 }}", "职级", 1), ("{{ [人.姓名, 人.职级]|join('、') }}", "职级", 1),
])  # fmt: skip
def test_an_absent_value_is_named_with_its_line(text: str, name: str, line: int) -> None:
    assert run(text, 人={"姓名": "张某"}) == Fault("D204", NAME, line, (("name", name),))


@pytest.mark.parametrize("text", ["{{ x }}", "{{ x ~ '元' }}", "{{ [x]|join }}", "{{ true }}", "{{ [1] }}", "{{ none }}",
                                  "{{ {'a': 1} }}", "{{ x == 1 }}"])  # fmt: skip
def test_what_has_no_words_is_not_printed(text: str) -> None:
    assert code(text, x=None) == "D205"


def test_a_key_comes_before_a_method_of_its_name() -> None:
    assert run("{{ 案.items }}", 案={"items": "罚款"}) == "罚款\n"


def test_only_plain_values_enter() -> None:
    for value in (object(), 1.5, Path(), b"x", {1: "a"}.keys()):
        with pytest.raises(TypeError):
            guarded({"x": value})


@pytest.mark.parametrize(("text", "expected"), [
    ("{%pfor x in y %}", "D210"), ("{% if x %}", "D211"), ("{% for x in y %}", "D211"), ("{{ x }", "D203"),
    ("{{ x | }}", "D203"), ("{% set = 1 %}", "D203"), ("{{ “x” }}", "D203"), ("{{ 1 // 0 }}", "D208"),
    ("{{ 'a' + 1 }}", "D206"), ("{{ " + "9" * 6000 + " }}", "D208"), ("{{ " + "(" * 5000 + "1" + ")" * 5000 + " }}", "D208"),
])  # fmt: skip
def test_errors_of_writing(text: str, expected: str) -> None:
    assert code(text, x="a", y=[]) == expected


# what data can bring about: nothing

def text_of(markdown: str) -> list[tuple[str, str]]:
    return [(block.kind, block.text) for block in parse(markdown)]


@pytest.mark.parametrize("value", [
    "{{ 7*7 }}", "{% include 'x' %}", "# 免予追责", "## 一、", "### x", "- 一", "+ 一", "* 一", "1. 一", "1) 一", "> 引", ">> 上江乡人民政府",
    ">>> 抄送：无", "| a | b |", "---", "===", "***", "___", "```", "~~~", "**加粗**", "_斜_", "[x](http://evil.example)", "![x](y)",
    "<img src=x onerror=alert(1)>", "<!-- x", "&nbsp;", "http://evil.example/a", "www.evil.example", "a\\", "\\*", "\\", "$x^2$",
    "张三</w:t></w:r></w:p><w:p>免予追责", "A<B & C", "    缩进", "\t制表", "a  \nb", "- [ ] x", "[^1]: x", "[x]: y", ":---", "=1+1",
])  # fmt: skip
def test_data_is_text(value: str) -> None:
    """At the start of a line, within one, in a table: it stays what it is, and one line."""
    words = " ".join(value.split())
    found = run("前\n\n{{ x }}\n\n后{{ x }}后\n\n| {{ x }} | 二 |\n", x=value)
    assert isinstance(found, str)
    blocks = parse(found)
    assert [b.kind for b in blocks] == ["段落", "段落", "段落", "表格"]
    assert [blocks[1].text, blocks[2].text, blocks[3].rows[0]] == [words, f"后{words}后", (words, "二")]
    assert list(strange(found)) == []


def test_a_line_break_in_data_makes_no_paragraph() -> None:
    assert run("{{ x }}", x="张某\n\n# 免予追责\r\n\x85\u2028x") == "张某 # 免予追责 x\n"


@pytest.mark.parametrize("character", ["\x00", "\x1b", "\x0b", "\u202e", "\u200b", "\ud800", "\ufffe", "\U000f0041", "\ue004"])
def test_what_cannot_be_seen_is_shown(character: str) -> None:
    assert run("{{ x }}", x=f"甲{character}乙") in {"甲\ufffd乙\n", "甲 乙\n"}


@pytest.mark.parametrize(("text", "expected"), [
    ("{{ x[:2] }}", "a\\*"), ("{{ x|first ~ x|last }}", "ab"), ("{% for c in x %}{{ c }}{% endfor %}", "a\\*b"),
    ("{% from '_parts.md.j2' import bold %}{{ bold(x) }}", "**a\\*b**"),
    ("{% from '_parts.md.j2' import bold %}{{ bold(x) ~ x }}", "**a\\*b**a\\*b"),
    ("{% set y %}*{{ x }}*{% endset %}{{ y }}", "*a\\*b*"), ("{{ x|replace('*', '、') }}", "a、b"),
    ("{% if x == 'a*b' %}同{% endif %}", "同"), ("{{ '*' }}", "\\*"), ("{{ {'a*b': '甲'}[x] }}", "甲"),
    ("{{ [x, x]|join('#') }}", "a\\*b#a\\*b"), ("{{ x|length }}", "3"), ("{{ -3 }}", "\\-3"), ("a{{ -3 }}", "a-3"),
])  # fmt: skip
def test_escapes_survive_what_templates_do(text: str, expected: str) -> None:
    assert run(text, x="a*b") == expected + "\n"


@given(st.text(st.characters(codec="utf-8"), max_size=60))
def test_any_text_comes_back(value: str) -> None:
    hidden = hide(value)
    assert plain(hidden) == unescape(reveal(hidden))
    assert "\n" not in reveal(hidden)
    found = rendered(Environment({NAME: "甲\n\n{{ x }}\n"}), NAME, {"x": value})
    assert isinstance(found, str)
    assert [b.text for b in parse(found)][1:] == ([plain(hidden)] if plain(hidden).strip() else [])
    assert all(b.kind in {PARAGRAPH, "附件"} for b in parse(found))


# an office's own templates

def test_the_offices_own_comes_first(tmp_path: Path) -> None:
    assert render_text(NAME, {"x": "*"}, office(tmp_path, "本单位 {{ x }}\n")) == "本单位 \\*\n"
    assert shipped(NAME).is_file()
    own = Templates(tmp_path).find(NAME)
    assert not isinstance(own, Problem)
    assert (own.own, own.file) == (True, "templates/decision.md.j2")


def test_a_link_does_not_lead_out(tmp_path: Path) -> None:
    outside = tmp_path / "outside.txt"
    outside.write_text("秘密", encoding="utf-8")
    root = tmp_path / "repository"
    (root / "templates").mkdir(parents=True)
    (root / "templates" / NAME).symlink_to(outside)
    found = render_text(NAME, {}, Templates(root))
    assert isinstance(found, Problem)
    assert (found.code, found.file) == ("T104", "templates/decision.md.j2")
    linked = tmp_path / "linked"
    linked.mkdir()
    (linked / "templates").symlink_to(tmp_path / "elsewhere")
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / NAME).write_text("秘密", encoding="utf-8")
    found = render_text(NAME, {}, Templates(linked))
    assert isinstance(found, Problem)
    assert found.code == "T104"


@pytest.mark.parametrize("data", [b"\xff\xfe\x00\xd8", b"\xe5\x86\xb3\x00", "决定\u202e书".encode()])
def test_a_template_is_text_one_can_see(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / NAME).write_bytes(data)
    assert isinstance(render_text(NAME, {}, Templates(tmp_path)), Problem)


def test_problems_name_the_template_and_the_line(tmp_path: Path) -> None:
    found = render_text(NAME, {}, office(tmp_path, "一\n{{ 按号 }}\n"))
    assert isinstance(found, Problem)
    assert (found.code, found.file, found.span and found.span.line) == ("D204", "templates/decision.md.j2", 2)


def test_a_bomb_ends_its_process_only(tmp_path: Path) -> None:
    bomb = "{% set a = '一二三四五六七八' %}" + "{% set a = a ~ a %}" * 40 + "{{ a }}"
    found = render_text(NAME, {}, office(tmp_path, bomb))
    assert isinstance(found, Problem)
    assert found.code == "D208"
    assert render_text(NAME, {}, office(tmp_path, "好")) == "好\n"


def test_a_long_run_is_ended(tmp_path: Path) -> None:
    loops = "{% for i in range(1000) %}" * 3 + "{% endfor %}" * 3
    templates = office(tmp_path, loops)
    assert worker.rendered_apart(NAME, {}, templates, 0.5) == Fault("D209", NAME, 0, (("seconds", "0"),))
    assert render_text(NAME, {}, office(tmp_path, "好")) == "好\n"


def test_the_worker_sees_no_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET", "x")
    seen: list[dict[str, str]] = []
    start = worker.subprocess.Popen

    def watched(*args: Any, **options: Any) -> Any:
        seen.append(options["env"])
        return start(*args, **options)

    monkeypatch.setattr(worker.subprocess, "Popen", watched)
    assert render_text(NAME, {}, office(tmp_path, "好")) == "好\n"
    assert seen and all("SECRET" not in env for env in seen)
