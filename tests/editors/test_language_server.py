"""What an editor does with what `init` wrote, tried with yaml-language-server itself where it is installed
(`make editors`): completion, hover, errors under the right key."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import process
from tests.editors.server import Server, command

CASE = "cases/2026/SJ-2026-001.yaml"
TEXT = """案号: SJ-2026-001
案由: 某案
行为: {种类: 行政检察, 日期: 五月}
过错事实:
- 情形: 3-99
  涉及人员:
  - {人: 张某, 角色: 承办员}
天气: 晴
"""


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("案件 仓库")
    made = process("init", ".", "--organ", "上江乡人民政府", cwd=root)
    assert made.returncode == 0, made.stderr.decode()
    return root


def test_every_schema_an_editor_is_told_of_is_there(repository: Path) -> None:
    settings = json.loads((repository / ".vscode" / "settings.json").read_text(encoding="utf-8"))
    assert settings["yaml.schemas"]
    for name in settings["yaml.schemas"]:
        schema = json.loads((repository / name).read_text(encoding="utf-8"))
        for key, property in schema["properties"].items():
            assert property["title"].startswith(key) or key in property["title"].split(" / ")
            assert " / " in property["description"]


if command() is not None:

    @pytest.fixture(scope="module")
    def server(repository: Path) -> Iterator[Server]:
        with Server(repository, command() or []) as running:
            yield running

    def completed(server: Server, name: str, text: str, mark: str) -> dict[str, dict[str, Any]]:
        """What is offered at the mark, with its text."""
        text, at = text.replace(mark, ""), text
        place = server.at(name, at, mark)
        server.open(name, text)
        answer = server.ask("textDocument/completion", **place)
        items = answer["items"] if isinstance(answer, dict) else answer
        return {item["label"].strip('"'): item for item in items}

    def test_errors_stand_under_what_is_wrong(server: Server) -> None:
        found = {TEXT.split("\n")[p["range"]["start"]["line"]][p["range"]["start"]["character"]:p["range"]["end"]["character"]]: p["message"]
                 for p in server.open(CASE, TEXT)}
        assert found.keys() == {"行政检察", "五月", "3-99", "承办员", "天气"}
        assert found["行政检察"].startswith("行为种类 / kind of act：行政处罚、")
        assert found["五月"].startswith("日期 / a date：2026-03-05")

    def test_a_good_file_has_no_errors(server: Server) -> None:
        sample = Path(__file__).parents[2] / "sample_cases" / "cases" / "2026" / "SJ-2026-003.yaml"
        assert server.open("cases/2026/SJ-2026-003.yaml", sample.read_text(encoding="utf-8")) == []
        assert server.open("enforce.yaml", (server.root / "enforce.yaml").read_text(encoding="utf-8")) == []

    def test_keys_are_completed_with_their_meaning(server: Server) -> None:
        offered = completed(server, CASE, "案号: SJ-2026-001\n@@\n", "@@")
        assert "案由" in offered and "案号" not in offered
        assert offered["案由"]["documentation"] == "一句话写明何事 / what the case is about"

    @pytest.mark.parametrize("text", ["过错事实:\n- 情形: @@\n", "过错事实:\n- 情形: [2, @@]\n"])
    def test_fault_codes_are_completed_with_their_text(server: Server, text: str) -> None:
        offered = completed(server, CASE, text, "@@")
        assert {"1", "2", "3-1", "3-5", "3-12"} <= offered.keys()
        assert offered["3-5"]["documentation"] == "三（一）3（5） 报告不实或把关不严"

    def test_words_of_a_list_are_completed(server: Server) -> None:
        offered = completed(server, CASE, "过错事实:\n- 情形: 2\n  涉及人员:\n  - {人: 张某, 角色: @@}\n", "@@")
        assert "承办人" in offered and "不存在" not in offered

    @pytest.mark.parametrize(("mark", "words"), [
        ("案由", ("案由 / title", "一句话写明何事 / what the case is about", "行政处罚决定被复议撤销")),
        ("情形", ("办法所列情形的代码", "`3-5`: 三（一）3（5） 报告不实或把关不严")), ("日期", ("日期 / date", "2026-03-"))])
    def test_hover_says_what_a_key_is(server: Server, mark: str, words: tuple[str, ...]) -> None:
        server.open(CASE, TEXT)
        told = server.ask("textDocument/hover", **server.at(CASE, TEXT, mark))["contents"]["value"]
        assert [word for word in words if word not in told] == []

    def test_the_roster_and_the_settings_have_their_own(server: Server) -> None:
        assert "人员" in completed(server, "roster.yaml", "第一责任人: 赵某\n@@\n", "@@")
        assert "适用办法" in completed(server, "enforce.yaml", "机关: 甲\n@@\n", "@@")
