"""Attacks beyond the list of tamperings, and a law: what was sealed is sound, and no byte of it can change unnoticed."""

from __future__ import annotations

import os
import subprocess
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from enforcecli.history.record import Record, message, read_record, tag_message, tag_of
from enforcecli.history.repository import Repository
from enforcecli.history.verify.anchors import anchor_of
from enforcecli.history.verify.trail import Given
from enforcecli.history.writing import create_tag, identity_line, tag_body
from tests.history.office import BARE, CASE
from tests.history.sealing import Sealing
from tests.history.test_tampering import Base, codes, table

SEAL_ANOTHER = """
git config user.name 钱某; git config user.email qian@shangjiang.example
cp "$SAMPLES/cases/2026/SJ-2026-008.yaml" cases/2026/; git add -A; git commit -qm 案件
git config user.name 赵某; git config user.email zhao@shangjiang.example
"$SEAL" cases/2026/SJ-2026-008.yaml
"""


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Base:
    return Base(tmp_path_factory.mktemp("base"), signed=False)


@pytest.mark.parametrize("entry", table("attacks.yaml"))
def test_an_attack_is_found_or_harmless(entry: dict[str, Any], base: Base, tmp_path: Path) -> None:
    office = base.tampered(entry, tmp_path)
    verdict = office.verify()
    assert codes(verdict) == (set(entry["finds"]), set(entry.get("notes", ())))
    assert verdict.asserted is not bool(entry.get("stops"))
    if verdict.asserted:
        anchored = codes(office.verify(Given(anchors=((1, base.anchor),))))[0]
        assert anchored == set(entry["finds"]) | set(entry.get("anchored", ()))
    assert entry["finds"] or entry["because"]


def test_a_forged_seal_that_names_another_program_is_held_to_its_papers(base: Base, tmp_path: Path) -> None:
    """Everything agrees - chain, commit, tag, digests - but the paper is not what the case comes to."""
    office, record = third(base, tmp_path)
    paper = next(one for one in record.outputs if one.role == "md")
    false = (office.root / paper.path).read_bytes().replace("上江".encode(), "下江".encode())
    outputs = tuple(replace(one, sha256=sha256(false).hexdigest()) if one == paper else one for one in record.outputs)
    (office.root / paper.path).write_bytes(false)
    forge(office, replace(record, outputs=outputs, engine=replace(record.engine, code_sha256="0" * 64)))
    assert office.codes() == {"V-ENGINE"}


def test_a_forged_seal_without_the_decision_is_found(base: Base, tmp_path: Path) -> None:
    """A whole kind of paper left out, in the record and on disk: it is made again with the others."""
    office, record = third(base, tmp_path)
    kept = tuple(one for one in record.outputs if "追究决定书" not in one.path)
    for one in set(record.outputs) - set(kept):
        (office.root / one.path).unlink()
    forge(office, replace(record, outputs=kept))
    assert len(kept) < len(record.outputs) and office.codes() == {"V-REPRO-LACKS"}


def third(base: Base, directory: Path) -> tuple[Sealing, Record]:
    """A copy of the office with one seal more."""
    office = base.tampered({"sh": SEAL_ANOTHER}, directory)
    record = read_record((office.root / "seals/000003.json").read_bytes())
    assert record is not None and office.codes() == set()
    return office, record


def forge(office: Sealing, forged: Record) -> None:
    """The last seal made to say this, with commit and tag that agree."""
    (office.root / forged.path).write_bytes(forged.data())
    office.git("add", "-A")
    office.git("commit", "-q", "--amend", "-m", message(forged))
    office.git("tag", "-d", tag_of(forged))
    with Repository.open(office.root) as repository:
        body = tag_body(str(repository.head()), tag_of(forged), identity_line(repository), tag_message(forged))
        assert create_tag(repository, f"refs/tags/{tag_of(forged)}", body)


# one byte

@pytest.fixture(scope="module")
def sealed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Sealing, list[str]]:
    """A sealed office, and every file the seal names that lies in it."""
    office = Sealing(tmp_path_factory.mktemp("byte") / "office")
    record = office.seal().plan.record
    names = [record.path, CASE, *(one.path for one in record.outputs), *(one.path for one in record.inputs if one.path != one.name)]
    assert office.verify().sound
    return office, names


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
@pytest.mark.parametrize("committed", [False, True])
def test_no_byte_of_what_was_sealed_changes_unnoticed(sealed: tuple[Sealing, list[str]], committed: bool, data: st.DataObject) -> None:
    office, names = sealed
    name = data.draw(st.sampled_from(names))
    path = office.root / name
    whole = path.read_bytes()
    at = data.draw(st.integers(0, len(whole) - 1))
    other = data.draw(st.integers(0, 255).filter(lambda byte: byte != whole[at]))
    before = office.git("rev-parse", "HEAD")
    try:
        path.write_bytes(whole[:at] + bytes([other]) + whole[at + 1:])
        if committed:
            plumbed(office, name)
        found = {problem.code for problem in office.verify().problems}
    finally:
        path.write_bytes(whole)
        office.git("update-ref", "HEAD", before)
        office.git("read-tree", "HEAD")
    # A byte of a comment or a blank of the case changes nothing that was decided: it is told, and is no error.
    assert found, name
    if name != CASE:
        assert found & {"V-WORK", "V-TREE", "V-APPEND", "V-CRLF"}, (name, found)


def plumbed(office: Sealing, name: str) -> None:
    """The file as it stands on disk, committed by nobody's command."""
    env = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")} | BARE

    def git(*args: str) -> str:
        return subprocess.run(["git", *args], cwd=office.root, env=env, check=True, capture_output=True).stdout.decode().strip()

    git("update-index", "--add", name)
    git("update-ref", "HEAD", git("commit-tree", "-p", "HEAD", "-m", "x", git("write-tree")))


def test_another_repository_is_another(sealed: tuple[Sealing, list[str]], tmp_path: Path) -> None:
    """An anchor of one office is none of another's."""
    other = Sealing(tmp_path / "other")
    other.edit(CASE, "案由:", "案由:  ")
    other.act("钱某")
    other.save("另一")
    other.act("赵某")
    other.seal()
    with Repository.open(other.root) as repository:
        anchor = anchor_of(repository, other.root)
    assert anchor is not None
    found = {problem.code for problem in sealed[0].verify(Given(anchors=((1, anchor.line),))).problems}
    assert found == {"V-ANCHOR", "V-ANCHOR-HEAD"}
