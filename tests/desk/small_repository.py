"""A case repository of a few lines each, with books of tests/books."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path

from enforcecli.desk.examine import Examined, examine_in
from enforcecli.reading.files import OnDisk
from enforcecli.reading.workspace import Workspace

BOOKS = Path(__file__).parents[1] / "books"
ROSTER = """单位: {执法队: {隶属: 乡属, 负责人: 丙, 分管领导: 丁}}
人员:
""" + "".join(f"  {name}: {{姓名: {name}某, 单位: 执法队, 职务: 队员{name}, 人员类别: 事业人员, 任免机关: 某县人民政府}}\n"
              for name in "甲乙丙丁戊")


def made(root: Path, cases: Mapping[str, str], *books: str, office: str = "") -> Path:
    """The repository at `root`: case number → text, in the order given."""
    (root / "enforce.yaml").write_text(f"机关: 某县人民政府\n{office}", encoding="utf-8")
    (root / "roster.yaml").write_text(ROSTER, encoding="utf-8")
    for book in books:
        shutil.copytree(BOOKS / book, root / "rulebooks" / book, dirs_exist_ok=True)
    (root / "cases").mkdir(exist_ok=True)
    for number, text in cases.items():
        (root / "cases" / f"{number}.yaml").write_text(text.replace("NUMBER", number), encoding="utf-8")
    return root


def examined(root: Path, number: str) -> Examined:
    """One case, the repository read anew."""
    return examine_in(Workspace.of(OnDisk(root)), f"cases/{number}.yaml")


def case(book: str, *findings: str, act: str = "2026-03-01", decided: str = "", more: str = "") -> str:
    """A case file; `decided` the day of the decision, '' for none."""
    procedure = f"程序: {{决定: {{日期: {decided}, 机关: 某县人民政府}}}}\n" if decided else ""
    return (f"案号: NUMBER\n案由: 某某一案\n适用办法: {book}\n行为: {{日期: {act}, 种类: 行政处罚}}\n{procedure}{more}"
            f"过错事实:\n{''.join(findings)}")


def finding(fault: str, facts: str, *persons: str) -> str:
    lines = "".join(f"  - {{{person}}}\n" for person in persons)
    return f"- 情形: [\"{fault}\"]\n  事实: 某事\n{facts}  涉及人员:\n{lines}"
