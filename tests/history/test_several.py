"""Several case repositories in one git repository, as a county may keep its towns."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from enforcecli.history.placing import place
from enforcecli.history.repository import Repository
from enforcecli.history.seal import Sealed, seal
from enforcecli.history.verify import verify
from tests.history.hostile import enforce
from tests.history.office import BARE, CASE, SAMPLES
from tests.history.sealing import NOTHING, Sealing

SECOND = "cases/2026/SJ-2026-008.yaml"


@pytest.fixture
def county(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Sealing:
    """甲乡 has sealed one case, 乙乡 another; nothing of the county's own."""
    for name, value in BARE.items():
        monkeypatch.setenv(name, value)
    county = Sealing.__new__(Sealing)
    county.root = tmp_path / "county"
    county.root.mkdir()
    county.git("init", "-q", "-b", "main")
    for town, case in (("甲乡", CASE), ("乙乡", SECOND)):
        for name in ("enforce.yaml", "roster.yaml", case):
            (county.root / town / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(SAMPLES / name, county.root / town / name)
    county.act("钱某")
    county.save("案件")
    county.act("赵某")
    for town, case in (("甲乡", CASE), ("乙乡", SECOND)):
        sealed_in(county, town, case)
    return county


def sealed_in(county: Sealing, town: str, case: str) -> None:
    root = county.root / town
    with Repository.open(root) as repository:
        sealed = seal(repository, root, county.order(case))
        assert isinstance(sealed, Sealed), sealed
        place(repository, root, sealed.commit.oid, sealed.plan.record)


def codes_in(county: Sealing, town: str) -> set[str]:
    with Repository.open(county.root / town) as repository:
        return {problem.code for problem in verify(repository, county.root / town, NOTHING).problems}


def test_the_seal_of_another_town_is_no_stray(county: Sealing) -> None:
    assert codes_in(county, "甲乡") == codes_in(county, "乙乡") == set()


def test_a_tag_whose_seal_is_gone_is_still_a_stray(county: Sealing) -> None:
    """The tag is left of 乙乡's own seal, cut off; in 甲乡 it is no less odd."""
    county.git("reset", "-q", "--hard", "HEAD~1")
    assert codes_in(county, "乙乡") == codes_in(county, "甲乡") == {"V-TAG-STRAY"}


def test_a_tag_that_names_another_seal_of_the_town_is_a_stray(county: Sealing) -> None:
    commit = county.git("rev-parse", "enforce/seal/SJ-2026-003/1^{commit}")
    county.git("tag", "-a", "-m", "x", "enforce/seal/SJ-2026-777/1", commit)
    assert codes_in(county, "乙乡") == {"V-TAG-STRAY"}


@pytest.mark.parametrize("command", ["verify", "log", "diff", "anchor export", "log SJ-2026-003", "diff HEAD~1..HEAD"])
def test_above_them_it_is_said_where_they_are(county: Sealing, command: str, monkeypatch: pytest.MonkeyPatch,
                                              capsys: pytest.CaptureFixture[str]) -> None:
    """“Nothing found” would be taken for “all is well”."""
    monkeypatch.chdir(county.root)
    assert enforce(command.split()) == 2
    assert "案件仓库在：乙乡、甲乡" in capsys.readouterr().err


def test_staged_cases_of_all_of_them_are_checked_from_above(county: Sealing, monkeypatch: pytest.MonkeyPatch,
                                                           capsys: pytest.CaptureFixture[str]) -> None:
    county.edit(f"乙乡/{SECOND}", "种类: 行政", "种类: 行证")
    county.git("add", "-A")
    monkeypatch.chdir(county.root)
    assert enforce(["validate", "--staged"]) == 1
    assert f"乙乡/{SECOND}:" in capsys.readouterr().out
