"""Commands that read change nothing - not the tree, not the index, not .git - and run nothing of the repository."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.history.hostile import Trap, enforce
from tests.history.office import BARE, CASE
from tests.history.sealing import Sealing

NUMBER = "SJ-2026-003"
READS = {
    "validate": (0, 1), "validate --strict": (0, 1), "validate --staged": (0, 1), "validate --changed-since HEAD~1": (0, 1),
    "validate HEAD~1..HEAD": (0, 1), "validate --format sarif": (0, 1), "assess": (0, 4), "assess --receipt --format json": (0, 4),
    "assess --explain": (0, 4), f"render --check {NUMBER}": (0, 1), f"render {NUMBER} --out OUT/papers": (0, 1), f"log {NUMBER}": (0,),
    "log": (0,), "log --format json": (0,), "diff": (0,), "diff HEAD~1..HEAD": (0,), f"diff {NUMBER} --format md": (0,),
    f"seal {NUMBER} --check": (1,), "verify": (0, 5), "verify --anchor OUT/anchor": (0, 5),
    "verify --bundle OUT/bundle": (0, 5), "verify --format json": (0, 5), "anchor check OUT/anchor": (0, 5), "anchor export": (0,),
    "anchor export --bundle OUT/again": (0,), "review --year 2026": (0, 1, 4), "review --year 2026 --no-cache": (0, 1, 4),
    "review --year 2026 --out OUT/review.html": (0, 1, 4), "roster check": (0, 1), "roster show": (0,),
    "roster statement 张某 --on 2026-06-30 --out OUT/statements": (0, 1), "template list": (0,), "template check": (0,), "catalogue faults": (0,),
    "catalogue search 审批": (0,), "rulebook list": (0,), "rulebook show shangjiang-2023": (0,), "rulebook test shangjiang-2023": (0,),
    "schema case": (0,), "explain V-TREE": (0,), f"fix --diff {CASE}": (0,), "export --out OUT/cases.xlsx": (0, 1),
    "export --template --out OUT/empty.xlsx": (0,), "import OUT/cases.csv --dry-run": (0, 1),
    "new --set 案由=反映乱收费 --set 行为.日期=2026-03-02 --no-ask --dry-run": (0,), "--help": (0,)}
"""Each command that reads, and the codes it may end with. OUT is a directory outside."""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Sealing, Path]:
    """A sealed office with something staged, something changed, something beside; and a directory outside."""
    place = tmp_path_factory.mktemp("reads")
    office, out = Sealing(place / "office"), place / "out"
    office.seal()
    out.mkdir()
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(office.root)
        office.git("bundle", "create", "-q", str(out / "bundle"), "--all")
        anchor = subprocess.run([sys.executable, "-m", "enforcecli", "anchor", "export"], capture_output=True, check=True,
                                env={**os.environ, **BARE})
    (out / "anchor").write_bytes(anchor.stdout)
    (out / "cases.csv").write_text("案号,案由\n", encoding="utf-8")
    office.sample("cases/2026/SJ-2026-002.yaml")
    office.git("add", "cases/2026/SJ-2026-002.yaml")
    office.edit("cases/2026/SJ-2026-002.yaml", "案由:", "案由:  ")
    office.sample("cases/2026/SJ-2026-009.yaml")
    return office, out


@pytest.fixture
def here(made: tuple[Sealing, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Sealing, Path]:
    monkeypatch.chdir(made[0].root)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    for name, value in BARE.items():
        monkeypatch.setenv(name, value)
    return made


@pytest.mark.parametrize("line", READS)
def test_what_reads_changes_nothing(here: tuple[Sealing, Path], line: str, capsys: pytest.CaptureFixture[str]) -> None:
    office, out = here
    before = office.fingerprint()
    code = enforce(line.replace("OUT", str(out)).split())
    told = capsys.readouterr()
    assert office.fingerprint() == before
    assert code in READS[line], told.out + told.err


def test_every_command_is_among_them() -> None:
    """A command that is added is either here or one of those that write."""
    from enforcecli.cli.app import Commands

    assert {line.split()[0] for line in READS} | {"init"} == set(Commands.table) | {"--help"}


# nothing is run

@pytest.fixture(scope="module")
def trapped(tmp_path_factory: pytest.TempPathFactory) -> tuple[Sealing, Path, Trap]:
    place = tmp_path_factory.mktemp("trapped")
    office, out = Sealing(place / "office"), place / "out"
    office.seal()
    out.mkdir()
    (out / "anchor").write_text("000001 " + "0" * 64 + " " + "0" * 40 + " 2026-01-01\n", encoding="utf-8")
    office.git("bundle", "create", "-q", str(out / "bundle"), "--all")
    (out / "cases.csv").write_text("案号,案由\n", encoding="utf-8")
    office.edit("enforce.yaml", "立案到决定: 15 工作日", "立案到决定: 20 工作日")
    trap = Trap(place / "trap")
    trap.set_in(office)
    return office, out, trap


@pytest.mark.parametrize("line", READS)
def test_nothing_of_the_repository_is_run(trapped: tuple[Sealing, Path, Trap], line: str, tmp_path: Path,
                                          monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    office, out, trap = trapped
    monkeypatch.chdir(office.root)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    for name, value in (trap.environ(office.root) | BARE).items():
        monkeypatch.setenv(name, value)
    before = office.fingerprint()
    code = enforce(line.replace("OUT", str(out)).split())
    told = capsys.readouterr()
    assert trap.sprung == []
    assert office.fingerprint() == before
    assert code not in (2, 70, 130), told.out + told.err


def test_the_traps_work(trapped: tuple[Sealing, Path, Trap], tmp_path: Path) -> None:
    """Plain git runs what is set in them; else the test above could not fail."""
    office, trap = Sealing.__new__(Sealing), Trap(tmp_path / "trap")
    office.root = tmp_path / "office"
    shutil.copytree(trapped[0].root, office.root, symlinks=True)
    trap.set_in(office)
    office.git("status", check=False)
    office.git("log", "-p", check=False)
    office.git("update-ref", "refs/heads/side", "HEAD", check=False)
    said = "\n".join(trap.sprung)
    assert "more-hooks/reference-transaction" in said and "trap/program" in said and len(trap.sprung) > 3


def test_sealing_runs_nothing_of_the_repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
                                                capsys: pytest.CaptureFixture[str]) -> None:
    office, trap = Sealing(tmp_path / "office"), Trap(tmp_path / "trap")
    trap.set_in(office)
    monkeypatch.chdir(office.root)
    for name, value in (trap.environ(office.root) | BARE).items():
        monkeypatch.setenv(name, value)
    assert enforce(["seal", NUMBER]) == 0, capsys.readouterr()
    assert enforce(["seal", NUMBER]) == 0  # what is sealed is sealed
    assert trap.sprung == []
    assert (office.root / "seals/000001.json").exists()


def test_the_installed_command_takes_nothing_from_the_directory_it_runs_in(trapped: tuple[Sealing, Path, Trap]) -> None:
    """Modules and programs with well-known names in the working directory."""
    office, _out, trap = trapped
    names = [office.root / f"{name}.py" for name in ("json", "yaml", "typer", "sitecustomize", "enforcecli", "git_", "msgspec")]
    for path in names:
        path.write_text(f"open({str(trap.traces / 'module')!r}, 'w').write('run')\n", encoding="utf-8")
    try:
        done = subprocess.run([str(Path(sys.executable).with_name("enforce")), "verify"], cwd=office.root, capture_output=True,
                              env={**os.environ, **trap.environ(office.root), **BARE}, check=False)
    finally:
        for path in names:
            path.unlink()
    assert trap.sprung == []
    assert done.returncode in (0, 5), done.stderr.decode()
