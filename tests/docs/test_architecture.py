"""The imports of the program are those docs/architecture.md allows, and they go one way."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

from tests.docs.pages import DOCS, ROOT

PACKAGE = ROOT / "enforcecli"
PURE = ("model", "problems", "rules", "checks", "proof")
OUTSIDE = frozenset(
    {
        "os",
        "io",
        "sys",
        "pathlib",
        "subprocess",
        "shutil",
        "tempfile",
        "socket",
        "time",
        "random",
        "locale",
        "logging",
        "ruamel",
        "git",
        "typer",
    }
)
"""What a pure layer has no business with: files, the clock, chance, the world."""


def plan() -> dict[str, set[str]]:
    """Package → what it may import, from the table of the page."""
    text = (DOCS / "architecture.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `(\w+)` \| ([^|]+) \|", text, re.MULTILINE)
    return {name: set(re.findall(r"`(\w+)`", allowed)) for name, allowed in rows}


def imported(path: Path) -> Iterator[str]:
    """Every module a file imports, wherever in it the import stands."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: imports are written in full"
            yield from (
                [f"enforcecli.{alias.name}" for alias in node.names]
                if node.module == "enforcecli"
                else [node.module or ""]
            )


def package_of(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def arrows() -> dict[str, dict[str, list[str]]]:
    """Package → the packages of ours it imports → the files that do."""
    found: dict[str, dict[str, list[str]]] = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        source, text = package_of(path), path.read_text(encoding="utf-8")
        if source in {"__init__", "__main__"} or not text.strip():
            continue
        found.setdefault(source, {})
        for name in imported(path):
            target = name.split(".")[1] if name.startswith("enforcecli.") else source
            if target not in {source, "__version__"}:
                found[source].setdefault(target, []).append(path.relative_to(ROOT).as_posix())
    return found


def test_the_plan_goes_one_way() -> None:
    assert list(TopologicalSorter(plan()).static_order())


@pytest.mark.parametrize("package", sorted(arrows()))
def test_imports_follow_the_plan(package: str) -> None:
    allowed = plan()
    assert package in allowed, f"docs/architecture.md has no row for {package}"
    assert {
        target: files for target, files in arrows()[package].items() if target not in allowed[package]
    } == {}


def test_the_plan_promises_no_more_than_there_is() -> None:
    assert plan() == {package: set(targets) for package, targets in arrows().items()}


@pytest.mark.parametrize("package", PURE)
def test_pure_layers_see_nothing_of_the_world(package: str) -> None:
    used = {(path.name, name) for path in (PACKAGE / package).rglob("*.py") for name in imported(path)}
    assert {(file, name) for file, name in used if name.split(".")[0] in OUTSIDE} == set()


def test_a_forbidden_import_is_seen(tmp_path: Path) -> None:
    file = tmp_path / "late.py"
    file.write_text("def f():\n    from enforcecli.cli import app\n    import os\n", encoding="utf-8")
    assert list(imported(file)) == ["enforcecli.cli", "os"]


def modules() -> dict[str, set[str]]:
    """Module of ours → those it imports, wherever in it the import stands."""
    names = {".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path
             for path in PACKAGE.rglob("*.py")}
    found: dict[str, set[str]] = {}
    for name, path in names.items():
        tree = ast.parse(path.read_text(encoding="utf-8"))
        froms = {f"{node.module}.{alias.name}" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) for alias in node.names}
        found[name] = {one if one in names else one.rpartition(".")[0] for one in (*imported(path), *froms)} & set(names)
        found[name] -= {name, "enforcecli"}
    return found


def test_no_module_imports_itself_by_way_of_others() -> None:
    assert list(TopologicalSorter(modules()).static_order())
