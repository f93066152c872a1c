"""Small case repositories, and their review without a cache unless one is asked for."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

from enforcecli.review.as_json import plain
from enforcecli.review.build import build
from enforcecli.review.collect import collect
from enforcecli.review.report import Report, Table
from enforcecli.review.wanted import Wanted
from enforcecli.review.year import Year, merged

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "sample_cases"


def sample(directory: Path) -> Path:
    """A copy of the sample office."""
    office = directory / "office"
    shutil.copytree(SAMPLES, office)
    return office


def years(root: Path, *wanted: int, unit: str | None = None, cache: Path | None = None) -> tuple[Year, ...]:
    return collect(root.absolute(), Wanted(wanted, unit, cache=str(cache) if cache is not None else ""))


def review(root: Path, *wanted: int, unit: str | None = None, public: bool = False, cache: Path | None = None) -> Report:
    return build(years(root, *wanted, unit=unit, cache=cache), unit, public=public)


def several(roots: dict[str, Path], *wanted: int) -> tuple[Year, ...]:
    found = [collect(root.absolute(), Wanted(wanted, None, True, ""), place) for place, root in roots.items()]
    return tuple(merged([one[i] for one in found], year) for i, year in enumerate(wanted))


def table(report: Report, id: str) -> Table:
    return next(one for one in report.tables() if one.id == id)


def values(one: Table) -> list[list[Any]]:
    """The cells of the rows as JSON has them."""
    return [[plain(c, k) for c, k in zip(row, one.columns, strict=True)] for row in one.rows]


def by_name(report: Report, id: str) -> dict[str, list[Any]]:
    """First cell → the others, of a table; nothing where there is no such table."""
    return {row[0]: row[1:] for one in report.tables() if one.id == id for row in values(one)}


def rows_of(one: Table) -> Iterable[tuple[Any, ...]]:
    return (*one.rows, *((one.total,) if one.total is not None else ()))


def number(value: object) -> object:
    """Numbers of several formats alike: 5040.00, 5040 and '5040.00' are one."""
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, int | float):
        return Fraction(str(value))
    if isinstance(value, date):
        return value.isoformat()[:10]
    try:
        return Fraction(str(value))
    except ValueError:
        return str(value)


CASE = """\
案号: {number}
案由: 测试
阶段: {stage}
适用办法: shangjiang-2023
{clue}行为: {{{act}种类: 行政检查, 作出机关: 上江乡人民政府, 承办单位: {unit}, 权限来源: 法定}}
{more}"""


def case(root: Path, number: str, *, stage: str = "线索", clue: str | None = None, act: str | None = None,
         unit: str = "林业站", more: str = "") -> Path:
    """A case file with little in it."""
    file = root / "cases" / f"{number}.yaml"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(CASE.format(
        number=number, stage=stage, clue=f"线索: {{来源: 自查, 日期: {clue}}}\n" if clue else "",
        act=f"日期: {act}, " if act else "", unit=unit, more=more), encoding="utf-8")
    return file


def bare(directory: Path, name: str = "乡", organ: str = "某乡人民政府") -> Path:
    """A repository with settings and no case."""
    root = directory / name
    (root / "cases").mkdir(parents=True)
    (root / "enforce.yaml").write_text(f"机关: {organ}\n适用办法: shangjiang-2023\n", encoding="utf-8")
    return root
