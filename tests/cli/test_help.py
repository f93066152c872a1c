"""Help and usage errors of every command, in both languages."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from typer.main import get_command

from enforcecli import __version__
from enforcecli.cli.app import app
from enforcecli.cli.help import EXIT_CODES
from enforcecli.output.width import width
from tests.cli.conftest import Ran

Enforce = Callable[..., Ran]
CHINESE = re.compile("[一-鿿]")


def commands() -> Iterator[tuple[str, ...]]:
    """Every command and group, found by walking the table."""
    root = get_command(app)

    def walk(command: object, path: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
        yield path
        if hasattr(command, "list_commands"):
            for name in command.list_commands(None):
                yield from walk(command.get_command(None, name), (*path, name))

    yield from walk(root, ())


PATHS = list(commands())


def test_the_walk_finds_groups_and_their_commands() -> None:
    assert {(), ("validate",), ("assess",), ("catalogue", "show"), ("rulebook", "list"), ("schema",),
            ("explain",)} <= set(PATHS)


@pytest.mark.parametrize("path", PATHS, ids=lambda path: " ".join(path) or "enforce")
def test_chinese_help_has_an_example_and_the_exit_codes(enforce: Enforce, path: tuple[str, ...]) -> None:
    ran = enforce(*path, "--help")
    assert (ran.code, ran.err) == (0, "")
    lines = ran.out.rstrip("\n").split("\n")
    assert lines[0].startswith(" ".join(["用法：enforce", *path]))
    assert lines[2]
    example = lines[lines.index("例：") + 1]
    assert example.startswith(" ".join(["  enforce", *path]))
    for code, text in EXIT_CODES:
        assert f"  {code:<5}{text}" in lines
    assert all(width(line) <= 80 for line in lines)
    assert ran.out.encode("gbk")
    assert not re.search("Usage|Options|Show this|required", ran.out)


@pytest.mark.parametrize("path", PATHS, ids=lambda path: " ".join(path) or "enforce")
def test_english_help_has_no_chinese_but_in_examples(enforce: Enforce, path: tuple[str, ...]) -> None:
    ran = enforce(*path, "--help", "--lang", "en")
    head, examples = ran.out.split("Examples:\n")
    assert not CHINESE.search(head)
    assert "Exit codes:" in examples
    assert not CHINESE.search(examples.split("Exit codes:")[1])
    assert all(width(line) <= 80 for line in ran.out.split("\n"))


def test_without_a_command_the_help_and_code_2(enforce: Enforce) -> None:
    ran = enforce()
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("用法：enforce")


@pytest.mark.parametrize(("args", "zh", "en"), [
    (("asess",), "没有 asess 这个命令，是否想写 assess？", "there is no command asess; did you mean assess?"),
    (("assess", "--formt", "x"), "没有 --formt 这个选项，是否想写 --format？",
     "there is no option --formt; did you mean --format?"),
    (("assess", "--format"), "--format 后面缺少值", "--format needs a value"),
    (("assess", "--explain=1"), "--explain 后面不写值", "--explain takes no value"),
    (("assess", "--format", "jsn"), "--format 应当是 text、json、jsonl、yaml、md 之一，不能是“jsn”，是否想写 json、jsonl？",
     '--format must be one of text, json, jsonl, yaml, md, not "jsn"; did you mean json, jsonl?'),
    (("schema",), "没有写“文件种类”，例如 case", "KIND is missing, for example: case"),
    (("schema", "cse"), "文件种类 应当是 case、roster、office、powers、year、appraisals 之一，不能是“cse”，是否想写 case？",
     'KIND must be one of case, roster, office, powers, year, appraisals, not "cse"; did you mean case?'),
    (("explain", "a", "b c"), "多写了参数：b c", "unexpected argument: b c"),
    (("explain", "X9"), "没有问题代码 X9", "there is no problem code X9"),
    (("catalogue", "show", "R66"), "办法里没有代码 R66，是否想写 R6", "the measure has no code R66; did you mean R6"),
    (("catalogue", "show"), "没有写“代码”，例如 3-5", "CODE is missing, for example: 3-5"),
    (("catalogue", "search"), "没有写“词”，例如 审批", "WORD is missing, for example: 审批"),
    (("rulebook", "show"), "没有写“办法”，例如 shangjiang-2023", "MEASURE is missing, for example: shangjiang-2023"),
    (("rulebook", "show", "shangjiang-2032"), "没有“shangjiang-2032”这部办法，现有：jia、shangjiang-2023、yi，是否想写 ",
     'there is no measure "shangjiang-2032"; there are: jia, shangjiang-2023, yi; did you mean '),
    (("rulebook", "show", "nope"), "没有“nope”这部办法，现有：jia、shangjiang-2023、yi", 'there is no measure "nope"; there are: '),
    (("catalogue", "faults", "--rulebook", "nope"), "没有“nope”这部办法，现有：", 'there is no measure "nope"; there are: '),
    (("catalogue", "shwo"), "没有 shwo 这个命令，是否想写 show？", "there is no command shwo; did you mean show?"),
    (("--bad",), "没有 --bad 这个选项", "there is no option --bad"),
    (("explain", "\x1b[31m"), "没有问题代码 \\x1b[31m", "there is no problem code \\x1b[31m"),
])
def test_a_usage_error_is_one_clear_line_an_example_and_code_2(
        enforce: Enforce, args: tuple[str, ...], zh: str, en: str) -> None:
    for language, start, words, example, see in (
            ("zh", "用法错误：", zh, "例：enforce ", "详见：enforce "), ("en", "Usage error: ", en, "Example: enforce ", "See: enforce ")):
        ran = enforce("--lang", language, *args)
        assert (ran.code, ran.out) == (2, "")
        first, second, third = ran.err.rstrip("\n").split("\n")
        assert first.startswith(start + words)
        assert second.startswith(example)
        assert third.startswith(see)


@pytest.mark.parametrize("path", PATHS, ids=lambda path: " ".join(path) or "enforce")
def test_h_is_help(enforce: Enforce, path: tuple[str, ...]) -> None:
    ran = enforce(*path, "-h")
    assert ran == enforce(*path, "--help")
    assert "  -h, --help" in ran.out


def test_version(enforce: Enforce) -> None:
    assert enforce("--version") == Ran(0, f"enforce {__version__}\n", "")


def test_lang_may_stand_anywhere_and_must_be_known(enforce: Enforce) -> None:
    assert enforce("explain", "--help", "--lang=en").out.startswith("Usage: enforce explain")
    ran = enforce("explain", "--lang", "fr")
    assert (ran.code, ran.err.split("\n")[0]) == (2, "用法错误：--lang 应当是 zh 或者 en，不能是“fr”")


@pytest.mark.parametrize(("line", "environ", "start"), [
    ("语言: en\n", {}, "Usage"), ("language: 'en'  # 注\n", {}, "Usage"), ("机关: 甲\n语言: zh\n", {"LANG": "en_GB.UTF-8"}, "用法"),
    ("语言: en\n", {"ENFORCE_LANG": "zh"}, "用法"), ("# 语言: en\n", {}, "用法"), ("语言: 火星文\n", {}, "用法"), ("  语言: en\n", {}, "用法")])
def test_help_and_usage_errors_speak_the_offices_language(
        tmp_path: Path, enforce: Enforce, monkeypatch: pytest.MonkeyPatch, line: str, environ: dict[str, str], start: str) -> None:
    (tmp_path / "enforce.yaml").write_text(line, encoding="utf-8")
    (tmp_path / "cases").mkdir()
    for name, value in environ.items():
        monkeypatch.setenv(name, value)
    for directory in (tmp_path, tmp_path / "cases"):
        monkeypatch.chdir(directory)
        assert enforce("--help").out.startswith(start)
        assert enforce("asess").err.startswith({"Usage": "Usage error", "用法": "用法错误"}[start])
    assert enforce("--help", "--lang", "zh").out.startswith("用法")
