"""A case written is the case that was meant: for the samples, and for whatever the format allows."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from enforcecli.authoring.case_text import case_text, scalar
from enforcecli.authoring.content import Content, content_of, leaves
from enforcecli.desk.examine import examine_file
from enforcecli.reading.case import shape_and_reader
from enforcecli.reading.library import Library
from enforcecli.reading.shape import Record
from enforcecli.text.document import parse
from tests.authoring.contents import TEXTS, the_book, values

SAMPLES = sorted((Path(__file__).parents[2] / "sample_cases" / "cases").glob("*/*.yaml"))
CASES = values(shape_and_reader(the_book())[0]).filter(bool)
SHAPE = shape_and_reader(the_book())[0]
QUICK = (Phase.explicit, Phase.generate)  # a case this large shrinks too slowly to be of use


def said(text: str, shape: Record = SHAPE) -> Content:
    document = parse(text.encode(), "f.yaml")
    assert document.root is not None, (text, document.problems)
    return content_of(document.root, shape)


@pytest.mark.parametrize("english", [False, True], ids=["zh", "en"])
@pytest.mark.parametrize("path", SAMPLES, ids=lambda p: p.stem)
def test_a_sample_written_anew_is_the_same_case(path: Path, english: bool, tmp_path: Path) -> None:
    for name in ("enforce.yaml", "roster.yaml"):
        (tmp_path / name).write_bytes((path.parents[2] / name).read_bytes())
    before = examine_file(path)
    shape = shape_and_reader(before.book)[0]
    text = case_text(said(before.text, shape), shape, english=english)
    new = tmp_path / "cases" / path.name
    new.parent.mkdir()
    new.write_text(text, encoding="utf-8")
    after = examine_file(new)
    assert before.case is not None and after.case is not None
    assert replace(after.case, file="", sha256="") == replace(before.case, file="", sha256="")
    assert {p.code for p in after.problems} == {p.code for p in before.problems}


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck), phases=QUICK)
@given(CASES, st.booleans())
def test_whatever_is_written_reads_back(content: dict[str, Content], english: bool) -> None:
    text = case_text(content, SHAPE, english=english)
    document = parse(text.encode("utf-8", "surrogatepass"), "f.yaml")
    assert [p for p in document.problems if p.code[0] == "Y"] == [], text
    assert said(text) == content, text
    assert said(case_text(said(text), SHAPE, english=english)) == content


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck), phases=QUICK)
@given(CASES)
def test_no_line_is_written_in_two_ways(content: dict[str, Content]) -> None:
    text = case_text(content, SHAPE)
    assert text == case_text(dict(reversed(content.items())), SHAPE)
    assert all(not line.endswith(" ") for line in text.split("\n") if "|-" not in text)


@settings(max_examples=100, deadline=None, phases=QUICK)
@given(TEXTS.filter(lambda t: "\n" not in t), st.sampled_from(["block", "item", "map", "list"]))
def test_one_value_on_one_line(text: str, place: str) -> None:
    around = {"block": "甲: {}\n", "item": "甲:\n- {}\n", "map": "甲: {{乙: {}, 丙: 丁}}\n", "list": "甲: [丙, {}]\n"}[place]
    yaml = around.format(scalar(text, place))
    document = parse(yaml.encode(), "f.yaml")
    assert document.problems == () and text in list(_texts(document.root)), yaml


def _texts(node: object) -> Iterator[str]:
    value = getattr(node, "value", node)
    if isinstance(value, str):
        yield value
    for child in value if isinstance(value, list) else ():
        for inner in child if isinstance(child, tuple) else (child,):
            yield from _texts(inner)


@pytest.mark.parametrize(("text", "written"), [
    ("县政复决字〔2026〕11号", "县政复决字〔2026〕11号"), ("25-0101", "25-0101"), ("未核对即予批准。", "未核对即予批准。"),
    ("null", '"null"'), ("甲: 乙", '"甲: 乙"'), ("一组 #3 号", '"一组 #3 号"'), ("他说\"好\"", "他说\"好\""), ("[2026]3号", '"[2026]3号"'),
])
def test_usual_values(text: str, written: str) -> None:
    assert scalar(text, "block") == written


def test_comments_and_paragraphs() -> None:
    content: dict[str, Content] = {"案号": "SJ-2026-001", "案由": "甲\n乙", "过错事实": [{"情形": ["2"], "事实": "一。\n\n  二。"}]}
    text = case_text(content, SHAPE, comments={("案号",): "第一件"}, head="头\n尾")
    assert text.startswith("# 头\n# 尾\n案号: SJ-2026-001  # 第一件\n案由: |-\n  甲\n  乙\n")
    assert said(text) == content


def test_a_case_of_an_unknown_book_keeps_its_facts() -> None:
    shape = shape_and_reader(None)[0]
    text = "案号: SJ-2026-001\n过错事实:\n- 情形: 9-9\n  某事实: {甲: 是}\n  涉及人员: [{人: 张某, 角色: 经办, 有无过错: 有, 某人事实: 三}]\n"
    assert said(case_text(said(text, shape), shape), shape) == said(text, shape)
    assert dict(leaves(said(text, shape)))[("过错事实", 0, "某事实", "甲")] == "是"


def test_every_built_in_book_has_a_shape() -> None:
    assert [b.id for b in Library().books()]
