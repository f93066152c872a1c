"""A file written in English is told of its keys and words in English, whatever the language of the messages."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from enforcecli import language
from enforcecli.model.problem import Kind
from enforcecli.output.shown import show
from enforcecli.problems import all_kinds
from enforcecli.problems.mentions import mentions, named
from enforcecli.reading.called import OF_FILES
from enforcecli.reading.kinds import FILE_KINDS, shape_of
from enforcecli.reading.shape import Attempt, Choice, Either, ListOf, MapOf, Record, Scalar, Shape, Then
from enforcecli.reading.workspace import Workspace
from tests.in_english import in_english
from tests.problem_samples import examined, laid_over, repository

SAMPLES = [k for k in all_kinds() if k.file in FILE_KINDS and k.bad]
OF_CHINESE_KEYS = {"K103", "K104"}
"""Kinds about a second or a Chinese spelling of a key: in English their samples have nothing wrong."""
WRITTEN_IN_CHINESE = {"K101", "K201", "K202", "L306"}
"""Kinds that offer what is near to what was written, in the language of that."""


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return Workspace.open(repository(tmp_path_factory.mktemp("base")))


@pytest.fixture(autouse=True)
def back_to_chinese() -> Iterator[None]:
    yield
    language.choose("zh", {})


def below(shape: Shape | None) -> Iterator[Shape]:
    if shape is None:
        return
    yield shape
    inside: tuple[Shape | None, ...] = ()
    if isinstance(shape, Then | Attempt):
        inside = (shape.shape,)
    elif isinstance(shape, ListOf):
        inside = (shape.item,)
    elif isinstance(shape, MapOf):
        inside = (shape.key, shape.value)
    elif isinstance(shape, Either):
        inside = (shape.scalar, shape.mapping, shape.sequence)
    elif isinstance(shape, Record):
        inside = (*(f.shape for f in shape.fields), shape.rest_shape)
    for one in inside:
        yield from below(one)


@pytest.fixture(scope="module")
def shapes(workspace: Workspace) -> dict[str, Record]:
    return {kind: shape_of(kind, workspace.book()) for kind in FILE_KINDS}


@pytest.fixture(scope="module")
def chinese(shapes: dict[str, Record]) -> dict[str, set[str]]:
    """The Chinese keys of each kind of file, and the Chinese words that have an English one."""
    found: dict[str, set[str]] = {kind: set() for kind in shapes}
    for kind, whole in shapes.items():
        for shape in below(whole):
            if isinstance(shape, Record):
                found[kind] |= {f.label for f in shape.fields}
            elif isinstance(shape, Choice | Scalar):
                found[kind] |= {w.zh for w in shape.words if w.en}
    return found


@pytest.mark.parametrize("of", SAMPLES, ids=lambda k: k.code)
def test_no_problem_of_an_english_file_names_a_chinese_key(
        of: Kind, workspace: Workspace, shapes: dict[str, Record], chinese: dict[str, set[str]], tmp_path: Path) -> None:
    text = in_english(laid_over(of.bad, of.file), shapes[of.file])
    found = [p for p in examined(text, of.file, workspace, tmp_path) if p.code == of.code]
    assert found or of.code in OF_CHINESE_KEYS
    for chosen in language.LANGUAGES if of.code not in WRITTEN_IN_CHINESE else ():
        language.choose(chosen, {})
        for problem in found:
            shown = show(problem)
            said = {m.text for m in mentions(f"{shown.message}\n{shown.remedy}", quoted=chosen == "zh")}
            assert not said & chinese[of.file], (shown.message, shown.remedy)


@pytest.mark.parametrize("of", [k for k in all_kinds() if k.code[0] in OF_FILES], ids=lambda k: k.code)
def test_what_the_english_text_takes_from_a_file_the_chinese_one_quotes(of: Kind, chinese: dict[str, set[str]]) -> None:
    """Else nobody could say what the author calls it; kinds without a sample are held to it too."""
    names = chinese.get(of.file) or set().union(*chinese.values())
    quoted = {m.text for text in (of.message, of.remedy) for m in mentions(text)}
    language.choose("en", {})
    english = {m.text for text in (of.message, of.remedy) for m in mentions(language._(text), quoted=False)}
    assert not (english & names) - quoted


@pytest.mark.parametrize(("text", "code", "words"), [
    # a key that is there is told as written, whatever the language of the others
    ("行为: {日期: 2026-03-02, kind: 行政处罚}\nclue: {source: self-inspection}\n阶段: 立案\n程序: {filing: {批准: 赵某}}\n", "S202",
     "“filing”没有写日期|在“filing”下写“日期: …”"),
    ("act: {date: 2026-03-02, kind: penalty}\nstage: filing\nprocedure: {filing: {approved_by: 赵某}}\n", "S202",
     "案件已到“filing”阶段，“filing”没有写日期|在“filing”下写“date: …”"),
    # many people under Chinese names make no file Chinese
    ("stage: service\nprocedure: {decision: {documents: {甲: 上江责〔2026〕3号, 乙: 上江责〔2026〕4号, 丙: 上江责〔2026〕5号, 丁: 上江责〔2026〕6号}}}\n",
     "S701", "在“procedure”的“service”里写“甲: {date: …, manner: …, signed_by: …}”"),
    # a word that stands in the file is told as it stands
    ("act: {date: 2026-03-02, kind: penalty}\nstage: 立案\n", "S201", "案件已到“立案”阶段，“procedure”中没有“filing”"),
    # so is another Chinese spelling
    ("结论: {类型: 不予追究, 理由: 无过错, 日期: 2026-05-08, 批准: 赵某}\n处理: {张某: [M1]}\n", "S955", "却还写着“处理”|还是“处理”应当删去"),
    ("Act: {date: 2026-03-02}\nConclusion: {Kind: 不予立案, reason: x}\n", "S953", "在“Conclusion”下写“date: …”"),
])
def test_keys_and_words_in_a_chinese_message(text: str, code: str, words: str, workspace: Workspace, tmp_path: Path) -> None:
    found = [show(p) for p in examined(text, "case", workspace, tmp_path) if p.code == code]
    assert found and all(part in found[0].message + found[0].remedy for part in words.split("|")), found


def test_a_chinese_file_is_told_of_its_own_keys(workspace: Workspace, tmp_path: Path) -> None:
    assert not any(p.called for p in examined("阶段: 立案\n程序: {立案: {批准: 赵某}}\n", "case", workspace, tmp_path))


@pytest.mark.parametrize(("text", "told"), [
    ("Write “负责人: …” (head) for it", "Write “head: …” for it"), ("under 负责人", "under head"),
    ("“负责人: 《…》第×条” (law and article)", "“head: 《…》第×条” (law and article)"),
    ("one of “负责人” (head), “故意” (intent)", "one of “head”, “故意” (intent)"),
    ("{person} “{{负责人: {person}}}” (x)", "{person} “{{head: {person}}}”")])
def test_an_explanation_goes_with_what_it_explained(text: str, told: str) -> None:
    assert named(text, {"负责人": "head"}, english=True) == told
    assert named(text, {}, english=True) == text


def test_a_key_and_a_value_of_one_name_are_two() -> None:
    names = {"类别": "kind", "单位": "unit", ": 单位": "the unit"}
    assert named("单位：“甲: {{类别: 单位, 单位: 乙}}”", names, english=False) == "单位：“甲: {{kind: the unit, unit: 乙}}”"
