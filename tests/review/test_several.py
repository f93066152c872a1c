"""Several repositories in one review: a row each and a total; one that cannot be read stops nothing."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from enforcecli.review.build import build
from enforcecli.review.collect import collect, office_of
from enforcecli.review.labels import labelled
from enforcecli.review.wanted import Wanted
from tests.cli.conftest import Ran, enforce, environment
from tests.review.support import bare, case, sample, several, table, values

Enforce = Callable[..., Ran]
__all__ = ["enforce", "environment"]


@pytest.fixture
def county(tmp_path: Path) -> dict[str, Path]:
    """An office with cases, one with a single case, one with none."""
    one, two = sample(tmp_path), bare(tmp_path, "二", "二乡人民政府")
    case(two, "SJ-2026-001", clue="2026-02-01")
    return {"一": one, "二": two, "三": bare(tmp_path, "三", "三乡人民政府")}


def test_a_row_each_and_a_total(county: dict[str, Path]) -> None:
    found = build(several(county, 2026))
    assert [row[:3] for row in values(table(found, "place"))] == [["一", 24, 16], ["三", 0, 0], ["二", 1, 1]]
    overview = {row[0]: row[1] for row in values(table(found, "overview"))}
    assert overview["本年新收"] == 17
    cases = table(found, "overview").rows[1][1].cases
    assert {"一:SJ-2026-001", "二:SJ-2026-001"} <= set(cases)
    assert values(table(found, "person"))[0][0] == "一:张某"


def test_one_that_cannot_be_read_is_named_and_the_rest_is_counted(county: dict[str, Path], tmp_path: Path) -> None:
    (tmp_path / "空").mkdir()
    roots = {**county, "空": tmp_path / "空", "无": tmp_path / "无"}
    found = build(several(roots, 2026))
    assert {row[0]: row[8] for row in values(table(found, "place")) if row[8]} == {
        "空": "不是案件仓库，没有计入", "无": "没有这个目录，没有计入"}
    assert "空：不是案件仓库，没有计入。" in found.words
    assert table(found, "overview").rows[1][1].value == 17


def test_nothing_happened_cannot_be_said_of_what_was_not_read(county: dict[str, Path], tmp_path: Path) -> None:
    quiet = {"三": county["三"]}
    assert build(several({**quiet, "四": bare(tmp_path, "四")}, 2026)).zero
    assert not build(several({**quiet, "无": tmp_path / "无"}, 2026)).zero


def test_from_a_list(enforce: Enforce, county: dict[str, Path], tmp_path: Path) -> None:
    listing = tmp_path / "各乡镇.txt"
    listing.write_text("# 各乡镇\n" + "".join(f"{root.name}\n" for root in county.values()) + "\n无\n", encoding="utf-8-sig")
    ran = enforce("review", "--list", str(listing), "--year", "2026", "--format", "json", "--no-cache")
    assert ran.code == 3
    tables = {one["id"]: one for section in json.loads(ran.out)["sections"] for one in section["tables"]}
    assert len(tables["place"]["rows"]) == 4
    assert tables["place"]["total"][2]["value"] == 17
    assert [row[0]["value"] for row in tables["place"]["rows"]] == ["三乡人民政府", "上江乡人民政府", "二乡人民政府", "无"]
    assert json.loads(ran.out)["title"].startswith("3 个单位（另 1 个未能读取） ")


def test_the_directory_one_stands_in_is_called_by_its_office(
        enforce: Enforce, county: dict[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(county["一"])
    ran = enforce("review", ".", str(tmp_path / "无"), "--year", "2026", "--no-cache")
    assert ran.code == 3
    assert ran.out.startswith("1 个单位（另 1 个未能读取） 2026 年度")
    assert "上江乡人民政府:SJ-2026-004" in ran.out.replace("\n", "")
    assert ".:" not in ran.out


def test_offices_of_one_name_are_told_apart_in_any_order(tmp_path: Path) -> None:
    parts = {"甲/案件": "某乡人民政府", "乙/案件": "某乡人民政府", "丙": "二乡人民政府", "丁": "某乡人民政府（甲/案件）"}
    roots = [bare(tmp_path, name, organ).absolute() for name, organ in parts.items()]
    nowhere = tmp_path / "戊"
    wanted = Wanted((2026,), None, True, "")
    found = labelled([*roots, nowhere], wanted)
    assert {label: root.relative_to(tmp_path).as_posix() for label, root in found.items()} == {
        "某乡人民政府（甲/案件）": "丁", "某乡人民政府（乙/案件）": "乙/案件", "某乡人民政府（甲/案件）（2）": "甲/案件",
        "二乡人民政府": "丙", "戊": "戊"}
    assert labelled([nowhere, *reversed(roots)], wanted) == found


def test_the_name_of_an_office_is_read_anew_when_it_changes(tmp_path: Path) -> None:
    root, wanted = bare(tmp_path).absolute(), Wanted((2026,), None, True, str(tmp_path / "cache"))
    assert [office_of(root, wanted), office_of(root, wanted)] == ["某乡人民政府"] * 2
    (root / "enforce.yaml").write_text("机关: 新乡人民政府\n", encoding="utf-8")
    assert office_of(root, wanted) == "新乡人民政府"


def test_on_a_cluster_of_two_workers_as_here(county: dict[str, Path], tmp_path: Path) -> None:
    distributed = pytest.importorskip("distributed")
    from enforcecli.review.cluster import collect_on

    roots = {**{place: root.absolute() for place, root in county.items()}, "无": (tmp_path / "无").absolute()}
    wanted = Wanted((2026, 2025), None, True, "")
    done: list[tuple[int, int]] = []
    with distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None, silence_logs=50) as cluster:
        far = collect_on(cluster.scheduler_address, roots, wanted, lambda *counts: done.append(counts))
    near = [collect(root, wanted, place) for place, root in roots.items()]
    assert sorted(far, key=repr) == sorted(near, key=repr)
    assert done[-1] == (4, 4)


def test_without_a_cluster_it_is_said(enforce: Enforce, county: dict[str, Path]) -> None:
    ran = enforce("review", *map(str, county.values()), "--year", "2026", "--dask", "tcp://127.0.0.1:1", "--no-cache")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("用法错误：Dask 集群不能用")
