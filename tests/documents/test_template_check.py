"""Templates read before they are used: the samples of the kinds, names, contents."""

from __future__ import annotations

from pathlib import Path

import pytest

from enforcecli.documents.kinds import KINDS
from enforcecli.documents.loader import Templates
from enforcecli.documents.shipped import shipped
from enforcecli.documents.template_check import check, check_all
from enforcecli.documents.wording import render_text
from enforcecli.model.problem import Kind, Problem
from enforcecli.problems.documents_run_kinds import TEMPLATES

SAMPLES = [kind for kind in TEMPLATES if kind.file == "template"]
NAME = "decision.md.j2"
GIVEN = {"案号": "SJ-2026-003", "文号": "", "阶段": "决定", "人员": []}


def office(root: Path, text: str, name: str = NAME) -> Templates:
    (root / "templates").mkdir(exist_ok=True)
    (root / "templates" / name).write_text(text, encoding="utf-8")
    return Templates(root)


def problems(root: Path, text: str, name: str = NAME) -> list[Problem]:
    return [p for p in check(office(root, text, name), name).problems if p.code != "D222"]


def codes(root: Path, text: str) -> set[str]:
    """What checking and, where it finds nothing to object to, rendering say."""
    found = {p.code for p in problems(root, text)}
    rendered = render_text(NAME, GIVEN, Templates(root))
    return found | ({rendered.code} if isinstance(rendered, Problem) else set())


@pytest.mark.parametrize("of", SAMPLES, ids=lambda of: of.code)
def test_samples(of: Kind, tmp_path: Path) -> None:
    assert of.code in codes(tmp_path, of.bad)
    assert of.code not in codes(tmp_path, of.good)
    assert of.good and codes(tmp_path, of.good) == set()


def test_the_shipped_templates_have_no_problems() -> None:
    templates = Templates()
    assert {kind.template for kind in KINDS.values()} <= set(templates.names)
    assert [p for found in check_all(templates, templates.names) for p in found.problems] == []


def test_a_copy_of_the_shipped_ones_has_none(tmp_path: Path) -> None:
    for name in Templates().names:
        office(tmp_path, shipped(name).read_text(encoding="utf-8"), name)
    templates = Templates(tmp_path)
    assert templates.own_names == Templates().names
    assert [p for found in check_all(templates, templates.own_names) for p in found.problems] == []


def told(found: Problem) -> tuple[str, int, int, dict[str, str]]:
    assert found.span is not None
    return found.code, found.span.line, found.span.column, dict(found.args)


def test_an_unknown_name_with_the_nearest_and_its_paragraph(tmp_path: Path) -> None:
    first, second = problems(tmp_path, "# 决定书\n\n案号为 {{ 案件号 }}，\n{{ 人.姓明 }}\n")
    assert told(first) == ("D220", 3, 8, {"name": "案件号", "paragraph": "案号为 {{ 案件号 }}，", "nearest": "案号"})
    assert told(second) == ("D220", 4, 6, {"name": "姓明", "paragraph": "{{ 人.姓明 }}", "nearest": "姓名"})


def test_names_are_those_of_the_kind(tmp_path: Path) -> None:
    """文号 belongs to papers with a number; an index has none."""
    assert [p.code for p in problems(tmp_path, "{{ 文号 }}")] == []
    assert [p.code for p in problems(tmp_path, "{{ 文号 }}", "index.md.j2")] == ["D220"]


def test_names_set_in_the_template_are_known(tmp_path: Path) -> None:
    text = ("{% set 甲 = 案号 %}{{ 甲 }}{% for 乙 in 过错 %}{{ 乙.事实 }}{{ loop.index }}{% endfor %}"
            "{% macro 丙(丁) %}{{ 丁 }}{% endmacro %}{{ 丙(案号) }}")
    assert problems(tmp_path, text) == []


@pytest.mark.parametrize(("line", "signs"), [
    ("｛｛ 案号 ｝｝", ["｛｛", "｝｝"]), ("【【案号】】", ["【【", "】】"]), ("｛% if 案号 %｝", ["｛%", "%｝"]),
    ("{｛ 案号 ｝}", ["{｛", "｝}"]), ("〔2026〕【说明】", []), ("｛案号｝", []),
])  # fmt: skip
def test_full_width_tags(tmp_path: Path, line: str, signs: list[str]) -> None:
    found = problems(tmp_path, f"# 题\n{line}\n")
    assert [dict(p.args)["braces"] for p in found if p.code == "D221"] == signs
    assert {p.span and p.span.line for p in found} <= {2}


def test_a_full_width_sign_is_told_instead_of_what_it_causes(tmp_path: Path) -> None:
    (found,) = problems(tmp_path, "一\n{% if 阶段 ==“决定” %}x{% endif %}\n")
    assert told(found)[:3] == ("D223", 2, 12)
    assert problems(tmp_path, "{{ '（一）“引”' }}（一）“引”，{# ， #}\n") == []


def test_contents_that_are_missing(tmp_path: Path) -> None:
    text = shipped(NAME).read_text(encoding="utf-8").replace("落款", "案号").replace("抄送", "案号")
    found = check(office(tmp_path, text), NAME).problems
    assert [(p.code, dict(p.args).get("names")) for p in found if p.code == "D222"] == [("D222", "抄送、落款")]


def test_a_template_nobody_uses(tmp_path: Path) -> None:
    (found,) = check(office(tmp_path, "x", "decison.md.j2"), "decison.md.j2").problems
    assert (found.code, dict(found.args)["nearest"]) == ("D224", "decision.md.j2")
    office(tmp_path, "{% include 'head.md.j2' %}")
    assert check(office(tmp_path, "{{ 机关 }}", "head.md.j2"), "head.md.j2").problems == ()


def test_checking_executes_nothing(tmp_path: Path) -> None:
    loops = "{% for i in range(1000) %}" * 9 + "{% endfor %}" * 9
    assert problems(tmp_path, loops + "{{ [1]|batch(999999999, 'x')|list }}") == []


def test_deep_and_long_templates_are_problems_not_crashes(tmp_path: Path) -> None:
    for text in ("{{ " + "(" * 5000 + "1" + ")" * 5000 + " }}", "{{ " + "9" * 6000 + " }}", "{% if 案号 %}" * 600):
        assert {p.code for p in problems(tmp_path, text)} <= {"D208", "D211", "D203"}
        assert problems(tmp_path, text)
