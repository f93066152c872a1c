"""Sealing: what is bound, by whom, and what stands against it."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest
from typer.main import get_command

from enforcecli.cli.app import app
from enforcecli.cli.errors import run
from enforcecli.documents.compare import docx_text
from enforcecli.history.record import CONTINUED, CORRECTED, read_record
from enforcecli.history.repository import Repository
from enforcecli.history.seal import Plan, prepare
from enforcecli.history.signing import sign, valid
from enforcecli.history.writing import identity
from enforcecli.model.problem import Level
from enforcecli.problems import level
from tests.history.office import CASE
from tests.history.sealing import MAIL, Sealing

DECISION = "decisions/SJ-2026-003/封存-000001/行政执法过错责任追究决定书-张某"


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return Sealing(tmp_path_factory.mktemp("model") / "office").root


@pytest.fixture
def office(model: Path, tmp_path: Path) -> Sealing:
    """A fresh copy: making one takes a while."""
    root = tmp_path / "office"
    shutil.copytree(model, root)
    made = Sealing.__new__(Sealing)
    made.root = root
    return made


def test_everything_is_bound_and_nothing_else_touched(office: Sealing) -> None:
    base = office.git("rev-parse", "HEAD")
    (office.root / "notes.txt").write_text("mine", encoding="utf-8")
    (office.root / "staged.txt").write_text("mine too", encoding="utf-8")
    office.git("add", "staged.txt")
    sealed = office.seal()
    record = sealed.plan.record
    assert office.git("rev-parse", "HEAD") == sealed.commit.oid and sealed.commit.parents == (base,)
    added = office.git("-c", "core.quotePath=false", "diff", "--name-status", base, "HEAD").split("\n")
    assert all(line.startswith("A\t") for line in added)
    names = {line.split("\t")[1] for line in added}
    assert names == {record.path, *(o.path for o in record.outputs), *(i.path for i in record.inputs if i.path != i.name)}
    assert office.git("status", "--porcelain").split("\n") == ["A  staged.txt", "?? notes.txt"]
    assert {one.role for one in record.inputs} == {"case", "roster", "office", "rulebook", "template"}
    for one in (*record.inputs, *record.outputs):
        assert sha256((office.root / one.path).read_bytes()).hexdigest() == one.sha256
    assert read_record((office.root / "seals/000001.json").read_bytes()) == record
    assert (record.decision_no, record.decided_on, record.effective_on) == (("上江责〔2026〕3号",), "2026-05-08", "2026-05-09")
    assert (record.drafter.id, record.approver.id, record.waivers) == ("钱某", "赵某", ("F102",))
    assert office.git("cat-file", "-t", "enforce/seal/SJ-2026-003/1") == "tag"


def test_the_code_is_printed_on_the_papers(office: Sealing) -> None:
    code = office.seal().plan.record.code
    assert (office.root / f"{DECISION}.md").read_text(encoding="utf-8").endswith(f"\n核验码 {code}\n")
    words = docx_text((office.root / f"{DECISION}.docx").read_bytes())
    assert words is not None and any(f"核验码 {code}" in line for line in words)


def test_the_same_state_is_sealed_to_the_same_bytes(office: Sealing, tmp_path: Path) -> None:
    twin = Sealing.__new__(Sealing)
    twin.root = tmp_path / "twin"
    shutil.copytree(office.root, twin.root)
    assert office.seal().plan.files == twin.seal().plan.files


def uncommitted(name: str) -> Callable[[Sealing], None]:
    def change(office: Sealing) -> None:
        with (office.root / name).open("a", encoding="utf-8") as file:
            file.write("# 改动\n")

    return change


def own_template(office: Sealing) -> None:
    (office.root / "templates").mkdir()
    (office.root / "templates/decision.md.j2").write_text("# 决定\n", encoding="utf-8")


def staged(office: Sealing) -> None:
    text = (office.root / CASE).read_bytes()
    uncommitted(CASE)(office)
    office.git("add", CASE)
    (office.root / CASE).write_bytes(text)


def undecided(office: Sealing) -> None:
    office.edit(CASE, "因汇报失实致审批失误: 是", "因汇报失实致审批失误: 待查")
    office.edit(CASE, "阶段: 执行", "阶段: 立案")
    again(office)


def early(office: Sealing) -> None:
    text = (office.root / CASE).read_text(encoding="utf-8").replace("阶段: 执行", "阶段: 讨论")
    kept = [line for line in text.split("\n") if not line.startswith(("  决定:", "  送达:", "执行:", "移送:", "- {对象"))]
    (office.root / CASE).write_text("\n".join(kept), encoding="utf-8")
    again(office)


def wrong(office: Sealing) -> None:
    office.edit(CASE, "权限来源: 赋权", "权限来源: 没有")
    again(office)


def again(office: Sealing) -> None:
    office.act("钱某")
    office.save("改")
    office.act("赵某")


def no_roster(office: Sealing) -> None:
    office.git("rm", "-q", "roster.yaml")
    again(office)


def self_approved(office: Sealing) -> None:
    office.act("赵某")
    uncommitted(CASE)(office)
    office.save("改")


def two_addresses(office: Sealing) -> None:
    office.edit("roster.yaml", "邮箱: [zhao@shangjiang.example]", "邮箱: [zhao@shangjiang.example, boss@example.invalid]")
    office.git("config", "user.email", "BOSS@example.invalid")
    uncommitted(CASE)(office)
    office.save("改")
    office.act("赵某")


def a_stranger(office: Sealing) -> None:
    office.act("路人")


def not_entitled(office: Sealing) -> None:
    office.act("王某")


def shared_address(office: Sealing) -> None:
    office.edit("roster.yaml", "邮箱: [wang@shangjiang.example]", "邮箱: [zhao@shangjiang.example]")
    again(office)


def term_over(office: Sealing) -> None:
    office.edit("roster.yaml", "任期: [{自: 2022-01-01}], 现状: 在职, 邮箱: [zhao@", "任期: [{自: 2022-01-01, 至: 2022-12-31}], 邮箱: [zhao@")
    again(office)


def retired(office: Sealing) -> None:
    office.edit("roster.yaml", "现状: 在职, 邮箱: [zhao@", "现状: 退休, 邮箱: [zhao@")
    again(office)


REFUSED: dict[str, tuple[Callable[[Sealing], None], set[str]]] = {
    "an edited case": (uncommitted(CASE), {"V-UNCOMMITTED"}),
    "an edited roster": (uncommitted("roster.yaml"), {"V-UNCOMMITTED"}),
    "edited settings": (uncommitted("enforce.yaml"), {"V-UNCOMMITTED"}),
    "a template beside": (own_template, {"V-UNCOMMITTED"}),
    "a staged change": (staged, {"V-UNCOMMITTED"}),
    "not decided": (undecided, {"V-UNDECIDED", "V-ERRORS"}),
    "no decision yet": (early, {"V-STAGE"}),
    "errors": (wrong, {"V-ERRORS"}),
    "no roster": (no_roster, {"V-NOROSTER"}),
    "one's own draft": (self_approved, {"V-4EYES", "V-NOTENTITLED"}),
    "one's own draft under another address": (two_addresses, {"V-4EYES", "V-NOTENTITLED"}),
    "a stranger": (a_stranger, {"V-UNKNOWN"}),
    "not entitled": (not_entitled, {"V-NOTENTITLED"}),
    "an approver whose term is over": (term_over, {"V-AWAY"}),
    "an approver who has retired": (retired, {"V-AWAY"}),
    "an address of two people": (shared_address, {"V-UNKNOWN"}),
}


@pytest.mark.parametrize(("change", "codes"), REFUSED.values(), ids=REFUSED.keys())
def test_what_is_not_sealed(office: Sealing, change: Callable[[Sealing], None], codes: set[str]) -> None:
    change(office)
    before = office.git("rev-parse", "HEAD")
    found = {code for code in office.against() if code.startswith("V-")}
    assert found and found <= codes and codes - found <= {"V-ERRORS"}, found
    assert office.git("rev-parse", "HEAD") == before


@pytest.mark.parametrize(("reviewer", "codes"), [
    ("王某", set()), ("没有此人", {"V-REVIEWER"}), ("钱某", {"V-NOTENTITLED", "V-SAMEREVIEWER"}),
    ("赵某", {"V-NOTENTITLED", "V-SAMEREVIEWER"}), ("孙某", {"V-NOTENTITLED"})])
def test_who_may_review(office: Sealing, reviewer: str, codes: set[str]) -> None:
    assert office.against(reviewer=reviewer) == codes


def test_a_reviewer_is_in_office_on_the_day_of_the_seal(office: Sealing) -> None:
    office.edit("roster.yaml", "现状: 在职, 邮箱: [wang@", "现状: 调离, 邮箱: [wang@")
    again(office)
    assert office.against(reviewer="王某") == {"V-AWAY"} and office.against() == set()


@pytest.mark.parametrize(("day", "codes"), [("2030-06-30T23:30:00 +0800", set()), ("2030-07-01T00:30:00 +0800", {"V-AWAY"})])
def test_the_day_of_a_seal_is_that_of_its_commit(
        office: Sealing, monkeypatch: pytest.MonkeyPatch, day: str, codes: set[str]) -> None:
    """The approver's term ends on 2030-06-30; whoever drafted may have left before the seal."""
    office.edit("roster.yaml", "任期: [{自: 2022-01-01}], 现状: 在职, 邮箱: [zhao@", "任期: [{自: 2022-01-01, 至: 2030-06-30}], 邮箱: [zhao@")
    office.edit("roster.yaml", "任期: [{自: 2023-01-01}], 现状: 在职, 邮箱: [qian@", "任期: [{自: 2023-01-01}], 现状: 调离, 邮箱: [qian@")
    again(office)
    monkeypatch.setenv("GIT_COMMITTER_DATE", day)
    assert office.against() == codes


def test_a_seal_by_somebody_no_longer_in_office_is_told_by_verification(office: Sealing, monkeypatch: pytest.MonkeyPatch) -> None:
    office.edit("roster.yaml", "任期: [{自: 2022-01-01}], 现状: 在职, 邮箱: [zhao@", "任期: [{自: 2022-01-01, 至: 2030-06-30}], 邮箱: [zhao@")
    again(office)
    monkeypatch.setenv("GIT_COMMITTER_DATE", "2030-07-01T00:30:00 +0800")
    monkeypatch.setattr("enforcecli.history.seal.away", lambda member, day: False)
    office.seal()
    assert [level(p) for p in office.verify().problems if p.code == "V-AWAY"] == [Level.WARNING]


def test_an_approver_who_committed_for_the_drafter_is_told(office: Sealing) -> None:
    uncommitted(CASE)(office)
    office.git("add", "-A")
    office.git("commit", "-q", "-m", "改", "--author", f"钱某 <{MAIL['钱某']}>")
    assert [problem.code for problem in office.seal().plan.warnings] == ["V-WHO-COMMITTER"]


def test_nothing_is_sealed_twice(office: Sealing) -> None:
    office.seal()
    assert office.against() == {"V-SEALED"}
    uncommitted("roster.yaml")(office)
    again(office)
    assert office.against() == {"V-SEALED"}
    uncommitted(CASE)(office)
    assert office.against() == {"V-UNCOMMITTED"}


def test_an_unchanged_case_is_told_to_be_sealed_whoever_asks(office: Sealing) -> None:
    office.seal()
    for who in ("钱某", "路人"):
        office.act(who)
        assert office.against() == {"V-SEALED"}


def test_what_is_not_committed_is_named_itself(office: Sealing) -> None:
    own_template(office)
    with Repository.open(office.root) as repository:
        found = prepare(repository, office.root, office.order(), identity(repository, "COMMITTER"), repository.head())
    assert not isinstance(found, Plan)
    assert [dict(problem.args)["listed"] for problem in found] == ["templates/decision.md.j2"]


def test_the_receipt_of_service_bears_the_code(office: Sealing) -> None:
    """Signed by whoever was served, it is a witness outside the office."""
    record = office.seal().plan.record
    path = next(one.path for one in record.outputs if one.path.endswith("/送达回证-张某.md"))
    assert (office.root / path).read_text(encoding="utf-8").endswith(f"\n核验码 {record.code}\n")


def test_a_case_that_goes_on_is_sealed_again(office: Sealing) -> None:
    first = office.seal().plan.record
    with (office.root / CASE).open("a", encoding="utf-8") as file:
        file.write("结案: {日期: 2026-08-01, 批准: 赵某}\n")
    again(office)
    second = office.seal().plan.record
    assert second.supersedes is not None
    assert (second.seq, second.prev, second.supersedes.seq, second.supersedes.how) == (2, first.digest, 1, CONTINUED)


def test_a_changed_decision_needs_a_reason_and_a_basis(office: Sealing) -> None:
    assert office.against(supersede=True, reason="理由", basis="依据") == {"V-NOTHING"}
    office.seal()
    office.edit(CASE, "未核对即予批准" if "未核对即予批准" in (office.root / CASE).read_text(encoding="utf-8") else "为图省事", "因故")
    again(office)
    assert office.against() == office.against(supersede=True, reason="理由") == {"V-CHANGED"}
    second = office.seal(supersede=True, reason="复核决定变更", basis="县复核字〔2026〕2号").plan.record
    assert second.supersedes is not None
    assert (second.supersedes.how, second.supersedes.reason) == (CORRECTED, "复核决定变更")
    assert not {code for code in office.codes() if code not in ("V-LATER",)}


def test_a_broken_chain_is_not_continued(office: Sealing) -> None:
    office.seal()
    (office.root / "seals/000001.json").unlink()
    (office.root / "seals/000002.json").write_text("{}\n", encoding="utf-8")
    again(office)
    assert "V-BADCHAIN" in office.against()


def test_a_repository_may_hold_the_office_in_a_folder(office: Sealing, tmp_path: Path) -> None:
    outer = tmp_path / "outer"
    shutil.copytree(office.root, outer / "上江 乡")
    shutil.rmtree(outer / "上江 乡/.git")
    below = Sealing.__new__(Sealing)
    below.root = outer
    below.git("init", "-q")
    below.act("钱某")
    below.save("案件")
    below.act("赵某")
    below.root = outer / "上江 乡"
    sealed = below.seal()
    assert sealed.plan.record.case_file is not None and sealed.plan.record.case_file.path == CASE
    assert not below.codes()
    assert not below.git("status", "--porcelain")


# signatures

@pytest.fixture
def keys(tmp_path: Path) -> Callable[[str], str]:
    def make(name: str) -> str:
        path = tmp_path / name
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", name, "-f", str(path)], check=True)
        return path.with_suffix(".pub").read_text(encoding="utf-8").strip()

    return make


def with_key(office: Sealing, public: str, private: Path) -> None:
    office.edit("roster.yaml", "封存: [批准]", f"封存: [批准], 签名公钥: [{public}]")
    office.act("王某")
    office.save("公钥")
    office.act("赵某")
    office.git("config", "gpg.format", "ssh")
    office.git("config", "user.signingkey", str(private))


def test_a_configured_key_signs_and_the_roster_is_what_counts(office: Sealing, keys: Callable[[str], str], tmp_path: Path) -> None:
    with_key(office, keys("own"), tmp_path / "own")
    assert office.seal(sign=True).signed
    verdict = office.verify()
    assert verdict.signed == 1 and not verdict.problems, verdict.problems


def test_another_key_is_no_signature(office: Sealing, keys: Callable[[str], str], tmp_path: Path) -> None:
    public = keys("own")
    keys("other")
    with_key(office, public, tmp_path / "other")
    office.seal(sign=True)
    assert office.codes() == {"V-SIG"} and office.verify().signed == 0


def test_a_seal_left_unsigned_is_told(office: Sealing, keys: Callable[[str], str], tmp_path: Path) -> None:
    with_key(office, keys("own"), tmp_path / "own")
    office.seal(sign=False)
    assert office.codes() == {"V-SIG-NONE"}


def test_no_program_of_the_repository_says_a_signature_is_good(office: Sealing, tmp_path: Path) -> None:
    script, seen = tmp_path / "yes", tmp_path / "seen"
    script.write_text(f"#!/bin/sh\necho run >> {seen}\necho 'Good \"git\" signature'\n", encoding="utf-8")
    script.chmod(0o755)
    for key in ("gpg.ssh.program", "gpg.program", "gpg.ssh.defaultKeyCommand"):
        office.git("config", key, str(script))
    office.git("config", "gpg.format", "ssh")
    office.seal(sign=True)
    assert "V-CONFIG" in office.codes() and not seen.exists()


def test_a_signature_covers_the_bytes(keys: Callable[[str], str], tmp_path: Path) -> None:
    public = keys("own")
    made = sign(b"data", str(tmp_path / "own"))
    assert valid(b"data", made, [public], 1_780_000_000)
    assert not valid(b"data.", made, [public], 1_780_000_000)
    assert not valid(b"data", made, [], 1_780_000_000)
    assert not valid(b"data", made, ["not a key", keys("other")], 1_780_000_000)
    assert not valid(b"data", b"-----BEGIN SSH SIGNATURE-----\nx\n", [public], 1_780_000_000)


def test_the_working_tree_is_completed_by_the_next_run(office: Sealing) -> None:
    from enforcecli.history.placing import place

    sealed = office.seal()
    shutil.rmtree(office.root / "decisions")
    (office.root / "seals/000001.json").unlink()
    with Repository.open(office.root) as repository:
        placed = place(repository, office.root, sealed.commit.oid, sealed.plan.record)
    assert placed.indexed and len(placed.written) == 1 + len(sealed.plan.record.outputs)
    assert not office.git("status", "--porcelain")


def test_an_index_that_stays_in_use_is_told(office: Sealing, monkeypatch: pytest.MonkeyPatch,
                                            capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(office.root)
    lock = office.root / ".git" / "index.lock"
    lock.touch()
    assert run(get_command(app), ["seal", "SJ-2026-003"]) == 4
    assert ".git/index.lock" in capsys.readouterr().err.replace("\n", "") and office.git("tag")
    lock.unlink()
    assert run(get_command(app), ["seal", "SJ-2026-003"]) == 0
    assert not office.git("status", "--porcelain") and not office.verify().problems


def test_a_drafter_who_lends_the_approver_an_address_is_named(office: Sealing) -> None:
    office.act("钱某")
    office.edit("roster.yaml", "邮箱: [zhao@shangjiang.example]", "邮箱: [zhao@shangjiang.example, me@example.invalid]")
    office.save("名册")
    office.git("config", "user.email", "me@example.invalid")
    office.seal()
    (told,) = office.verify().problems
    assert told.code == "V-GRANT" and dict(told.args)["person"] == "赵某" and "钱某" in dict(told.args)["who"]


def test_a_roster_kept_by_others_is_not_remarked_on(office: Sealing) -> None:
    office.act("王某")
    office.edit("roster.yaml", "邮箱: [zhao@shangjiang.example]", "邮箱: [zhao@shangjiang.example, z@example.invalid]")
    office.save("名册")
    office.act("赵某")
    office.seal()
    assert not office.codes()


def test_author_and_committer_of_a_seal_are_one(office: Sealing, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_AUTHOR_NAME", "别人")
    monkeypatch.setenv("GIT_AUTHOR_EMAIL", MAIL["钱某"])
    commit = office.seal().commit
    assert commit.author.email == commit.committer.email == MAIL["赵某"] and not office.codes()
