"""What people with write access can do to a repository, each with the commands that do it (tamperings.yaml), and
honest histories, in which nothing may be found."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from enforcecli.history.repository import Repository
from enforcecli.history.verify import Verdict
from enforcecli.history.verify.anchors import anchor_of
from enforcecli.history.verify.trail import Given
from enforcecli.model.problem import Level
from enforcecli.problems import level
from tests.history.office import BARE, CASE, SAMPLES
from tests.history.sealing import Sealing

HERE = Path(__file__).parent
SECOND = "cases/2026/SJ-2026-002.yaml"


def table(name: str) -> list[Any]:
    entries: list[dict[str, Any]] = YAML(typ="safe").load((HERE / name).read_text(encoding="utf-8"))
    return [pytest.param(entry, id=f"{entry.get('id', '')} {entry['name']}".strip()) for entry in entries]


class Base:
    """The office with two sealed cases, and the anchor exported then."""

    def __init__(self, directory: Path, signed: bool) -> None:
        self.keys = directory / "keys"
        self.keys.mkdir(parents=True)
        for name in ("own", "evil"):
            subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", name, "-f", str(self.keys / name)], check=True)
        self.notes = {"V-GRANT"} if signed else set()  # who drafts also wrote the approver's key into the roster
        office = Sealing(directory / "office")
        office.sample(SECOND)
        if signed:
            public = (self.keys / "own.pub").read_text(encoding="utf-8").strip()
            office.edit("roster.yaml", "封存: [批准]", f"封存: [批准], 签名公钥: [{public}]")
            office.git("config", "gpg.format", "ssh")
            office.git("config", "user.signingkey", str(self.keys / "own"))
        office.act("钱某")
        office.save("又一案件")
        office.act("赵某")
        first, second = office.seal(sign=signed), office.seal(inside=SECOND, sign=signed)
        self.root = office.root
        self.papers = [next(o.path for o in one.plan.record.outputs if o.path.endswith(".md") and "决定书" in o.path)
                       for one in (first, second)]
        with Repository.open(self.root) as repository:
            anchor = anchor_of(repository, self.root)
        assert anchor is not None
        self.anchor = anchor.line
        seal = directory / "seal"
        seal.write_text(f"#!/bin/sh\nexec {sys.executable} -m enforcecli seal \"$@\" >/dev/null\n", encoding="utf-8")
        seal.chmod(0o755)

    def tampered(self, entry: dict[str, Any], keep: Path) -> Sealing:
        """A copy in which the commands were run."""
        office = Sealing.__new__(Sealing)
        office.root = keep / "office"
        shutil.copytree(self.root, office.root, symlinks=True)
        given = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
        given |= BARE | {"C1": CASE, "C2": SECOND, "D1": self.papers[0], "D2": self.papers[1], "KEEP": str(keep / "beside"),
                         "T1": "enforce/seal/SJ-2026-003/1", "T2": "enforce/seal/SJ-2026-002/2",
                         "SEAL": str(self.root.parent / "seal"), "SAMPLES": str(SAMPLES), "EVIL": str(self.keys / "evil"),
                         "BOOKS": str(SAMPLES.parent / "enforcecli" / "rulebooks"), "TEMPLATES": str(SAMPLES.parent / "templates"),
                         "PYTHONPATH": str(SAMPLES.parent)}
        (keep / "beside").mkdir()
        done = subprocess.run(["bash", "-euo", "pipefail", "-c", entry["sh"]], cwd=office.root, env=given,
                              capture_output=True, check=False)
        assert done.returncode == 0, done.stderr.decode()
        return office


@pytest.fixture(scope="module")
def bases(tmp_path_factory: pytest.TempPathFactory) -> dict[bool, Base]:
    return {signed: Base(tmp_path_factory.mktemp("base"), signed) for signed in (False, True)}


def codes(verdict: Verdict) -> tuple[set[str], set[str]]:
    """(errors and warnings, information)."""
    loud = {p.code for p in verdict.problems if level(p) is not Level.INFO}
    return loud, {p.code for p in verdict.problems} - loud


@pytest.mark.parametrize("entry", table("tamperings.yaml"))
def test_a_tampering_is_found_under_its_rule(entry: dict[str, Any], bases: dict[bool, Base], tmp_path: Path,
                                             monkeypatch: pytest.MonkeyPatch) -> None:
    base = bases[bool(entry.get("signed"))]
    office = base.tampered(entry, tmp_path)
    for name, value in entry.get("environ", {}).items():
        monkeypatch.setenv(name, value)
    verdict = office.verify(Given(today=str(entry.get("today", ""))))
    assert codes(verdict) == (set(entry["finds"]), set(entry.get("notes", ())) | base.notes)
    assert verdict.asserted is not bool(entry.get("stops"))
    if verdict.asserted:
        anchored = office.verify(Given(anchors=((1, base.anchor),), today=str(entry.get("today", ""))))
        assert codes(anchored)[0] == set(entry["finds"]) | set(entry.get("anchored", ()))
    assert entry["finds"] or entry["because"]


@pytest.mark.parametrize("signed", [False, True])
def test_nothing_is_found_where_nothing_was_done(bases: dict[bool, Base], signed: bool) -> None:
    office = Sealing.__new__(Sealing)
    office.root = bases[signed].root
    verdict = office.verify(Given(anchors=((1, bases[signed].anchor),)))
    assert codes(verdict) == (set(), bases[signed].notes)
    assert (verdict.sound, verdict.seals, verdict.witnessed, verdict.signed) == (True, 2, 2, 2 * signed)


@pytest.mark.parametrize("entry", table("honest.yaml"))
def test_an_honest_history_is_let_alone(entry: dict[str, Any], bases: dict[bool, Base], tmp_path: Path) -> None:
    base = bases[False]
    office = base.tampered(entry, tmp_path)
    verdict = office.verify(Given(anchors=((1, base.anchor),) if entry.get("anchored", True) else ()))
    assert codes(verdict) == (set(), set(entry.get("notes", ())))
    assert verdict.sound and verdict.seals == entry["seals"]
