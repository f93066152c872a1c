"""What is staged, what changed since a commit, and two states compared."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from enforcecli.history.between import changes
from enforcecli.history.repository import Repository
from enforcecli.history.snapshot import Snapshot, examine, kind_of, named, place_of, touched
from enforcecli.model.history import Changes, Fate
from tests.history.office import CASE, SAMPLES, Office

OTHER = "cases/2026/SJ-2026-008.yaml"


@pytest.fixture
def office(tmp_path: Path) -> Office:
    made = Office(tmp_path / "office")
    made.sample()
    made.sample(OTHER)
    made.commit("begin")
    return made


def staged(office: Office) -> tuple[list[str], list[str]]:
    """The files examined with the codes of their errors, and what brought cases along."""
    with Repository.open(office.root) as repository:
        state = Snapshot.staged(repository)
        choice = touched(state, [change.path for change in repository.staged()])
        found = [f"{Path(e.file).name} {' '.join(sorted({p.code for p in e.problems}))}".strip()
                 for e in examine(state, choice.targets)]
    return found, list(choice.brought)


def test_the_index_counts_not_the_working_tree(office: Office) -> None:
    office.edit(CASE, "种类: 行政处罚", "种类: 行政检察")
    assert staged(office) == ([], [])
    office.git("add", CASE)
    shutil.copy(SAMPLES / CASE, office.root / CASE)
    assert staged(office)[0] == ["SJ-2026-003.yaml F102 K201"]
    office.edit(OTHER, "案由: ", "案由：")
    assert len(staged(office)[0]) == 1


@pytest.mark.parametrize("name", ["roster.yaml", "enforce.yaml"])
def test_settings_bring_the_cases_along(office: Office, name: str) -> None:
    with (office.root / name).open("a", encoding="utf-8") as file:
        file.write("# x\n")
    office.git("add", "-A")
    found, brought = staged(office)
    assert brought == [name]
    assert [line.split()[0] for line in found] == ["SJ-2026-003.yaml", "SJ-2026-008.yaml", name]


def test_what_is_no_case_is_left_alone(office: Office) -> None:
    for name in ("README.md", "decisions/x.yaml", ".github/workflows/enforce.yml", "cases/.hidden/SJ-2026-001.yaml",
                 "cases/slips/SJ-2026-801.yaml", "cases/x.txt", "seals/000001.json"):
        path = office.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x: [\n", encoding="utf-8")
    office.git("add", "-f", "-A")
    assert staged(office) == ([], [])


def test_a_number_used_twice_is_told_whichever_is_new(office: Office) -> None:
    (office.root / "cases" / "2025").mkdir()
    shutil.copy(office.root / CASE, office.root / "cases/2025/SJ-2026-003.yaml")
    office.git("add", "-A")
    assert staged(office)[0] == ["SJ-2026-003.yaml C901 F102"]


def test_a_case_taken_out_is_not_examined_and_one_named_is_missed(office: Office) -> None:
    office.git("rm", "-q", CASE)
    assert staged(office) == ([], [])
    with Repository.open(office.root) as repository:
        state = Snapshot.staged(repository)
        (examined,) = examine(state, named(state, [CASE]).targets)
    assert examined.unreadable and [p.code for p in examined.problems] == ["T101"]


def test_links_are_followed_inside_and_nowhere_else(office: Office) -> None:
    (office.root / "cases" / "L.yaml").symlink_to("2026/SJ-2026-003.yaml")
    (office.root / "cases" / "M.yaml").symlink_to("/etc/passwd")
    (office.root / "cases" / "N.yaml").symlink_to("N.yaml")
    office.git("add", "-A")
    assert [line.split()[1] for line in staged(office)[0]] == ["F102", "T104", "T104"]


def test_files_that_are_too_large_or_no_text(office: Office) -> None:
    (office.root / "cases" / "A.yaml").write_bytes(b"# \n" * 200_000)
    (office.root / "cases" / "B.yaml").write_bytes(b"PK\x03\x04" + b"x" * 300_000)
    office.git("add", "-A")
    assert staged(office)[0] == ["A.yaml T105", "B.yaml T113"]


def test_several_case_repositories_in_one(tmp_path: Path) -> None:
    office = Office(tmp_path / "all")
    for name in ("甲乡", "乙乡"):
        (office.root / name / "cases").mkdir(parents=True)
        shutil.copy(SAMPLES / CASE, office.root / name / "cases" / "SJ-2026-003.yaml")
        shutil.copy(SAMPLES / "enforce.yaml", office.root / name / "enforce.yaml")
    shutil.copy(SAMPLES / "roster.yaml", office.root / "甲乡" / "roster.yaml")
    (office.root / "enforce.yaml").unlink()
    (office.root / "roster.yaml").unlink()
    office.commit("begin")
    office.edit("甲乡/roster.yaml", "名册", "名冊")
    office.git("add", "-A")
    found, brought = staged(office)
    assert brought == ["甲乡/roster.yaml"]
    assert [line.split()[0] for line in found] == ["SJ-2026-003.yaml", "roster.yaml"]


def between(office: Office, old: str, new: str, only: tuple[str, ...] = ()) -> Changes:
    with Repository.open(office.root) as repository:
        states = [Snapshot.of_commit(repository, str(repository.resolve(word))) for word in (old, new)]
        return changes(*states, "", only)


def test_two_states_compared(office: Office) -> None:
    office.edit("roster.yaml", "任免机关: 县林业局", "任免机关: 上江乡人民政府")
    office.edit(OTHER, "案由: ", "案由: 关于")
    office.sample("cases/2026/SJ-2026-009.yaml")
    office.commit("much")
    told = between(office, "HEAD~1", "HEAD")
    assert [(one.file, one.fate) for one in told.settings] == [("roster.yaml", Fate.CHANGED)]
    assert [" ".join(zh for zh, _en in d.way) for d in told.settings[0].record] == ["人员 张某 任免机关"]
    assert [(one.number, one.fate) for one in told.cases] == [
        ("SJ-2026-003", Fate.UNTOUCHED), ("SJ-2026-008", Fate.CHANGED), ("SJ-2026-009", Fate.CREATED)]
    assert [one.number for one in between(office, "HEAD~1", "HEAD", ("SJ-2026-009",)).cases] == ["SJ-2026-009"]
    back = between(office, "HEAD", "HEAD~1")
    assert back.cases[2].fate is Fate.DELETED
    assert [(d.old, d.new) for d in back.settings[0].record] == [("上江乡人民政府", "县林业局")]


def test_a_state_compared_with_itself(office: Office) -> None:
    assert between(office, "HEAD", "HEAD") == Changes((), ())


def test_the_disk_as_a_state(office: Office) -> None:
    office.edit(CASE, "停产三日", "停产五日")
    (office.root / "cases" / "2026" / "SJ-2026-099.yaml").write_text("案号: SJ-2026-099\n", encoding="utf-8")
    with Repository.open(office.root) as repository:
        now, head = Snapshot.on_disk(repository, office.root), Snapshot.of_commit(repository, str(repository.head()))
        assert sorted(now.differing(head)) == [CASE, "cases/2026/SJ-2026-099.yaml"]
        (office.root / CASE).unlink()
        assert CASE in Snapshot.on_disk(repository, office.root).differing(head)


@pytest.mark.parametrize(("inside", "kind"), [
    ("enforce.yaml", "settings"), ("powers.yaml", "settings"), ("rulebooks/a/rulebook.yaml", "book"),
    ("rulebooks/README.md", None), ("cases/2026/A-2026-001.yml", "case"), ("cases/A.YAML", "case"),
    ("year/2026.yaml", "year"), ("year/x/2026.yaml", None), ("x.yaml", None), ("cases/.a/b.yaml", None),
])
def test_what_a_file_is(inside: str, kind: str | None) -> None:
    assert kind_of(inside) == kind


def test_where_a_path_lies(office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "link").symlink_to(office.root)
    monkeypatch.chdir(office.root / "cases")
    with Repository.open(office.root) as repository:
        assert place_of(repository, Path()) == "cases"
        assert place_of(repository, Path("..")) == ""
        assert place_of(repository, tmp_path / "link" / CASE) == CASE
        assert place_of(repository, Path("../..")) is None
