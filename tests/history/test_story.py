"""The history of a case: each commit that bears on it, in legal terms."""

from __future__ import annotations

from pathlib import Path

import pytest

from enforcecli.history.between import changes
from enforcecli.history.repository import Repository
from enforcecli.history.snapshot import Snapshot
from enforcecli.history.story import Past, moment
from enforcecli.model.history import Anomaly, Deed, Effect, Fate, Topic, Unread
from tests.desk.small_repository import made
from tests.desk.test_counts import HERE, ci
from tests.history.office import CASE, Office

NUMBER = "SJ-2026-003"


@pytest.fixture
def office(tmp_path: Path) -> Office:
    made = Office(tmp_path / "office")
    made.commit("begin")
    return made


def steps(office: Office, number: str = NUMBER) -> tuple[Deed, ...]:
    with Repository.open(office.root) as repository:
        return Past(repository, office.root).story(number).steps


def effects(step: Deed) -> dict[tuple[Topic, str | None], tuple[str | None, str | None]]:
    return {(e.topic, e.person): (e.old, e.new) for e in step.comparison.effects}


def record(step: Deed) -> dict[str, tuple[str | None, str | None]]:
    return {" ".join(zh for zh, _en in d.way): (d.old, d.new) for d in step.comparison.record}


def test_a_case_begins_where_it_was_first_committed(office: Office) -> None:
    office.sample()
    first = office.commit("a case")
    (step,) = steps(office)
    assert (step.commit, step.fate, step.stage) == (first, Fate.CREATED, "执行")
    assert effects(step)[Topic.SHARE, "张某"] == (None, "7/10 = 70.00%")
    assert step.comparison.served == () and not step.comparison.binding


def test_what_was_written_and_what_came_of_it(office: Office) -> None:
    office.sample()
    office.commit("a case")
    office.edit(CASE, "因汇报失实致审批失误: 是", "因汇报失实致审批失误: 否")
    office.edit(CASE, "汇报失实: 弄虚作假", "汇报失实: 否")
    office.edit(CASE, "金额: 12000.00", "金额: 1.5万元")
    office.commit("facts")
    step = steps(office)[-1]
    assert record(step) == {
        "过错事实 1 因汇报失实致审批失误": ("是", "否"), "过错事实 1 涉及人员 张某 汇报失实": ("弄虚作假", "否"),
        "赔偿 金额": ("12000.00", "1.5万元")}
    found = effects(step)
    assert found[Topic.RULES, None] == ("R6", "R5")
    assert found[Topic.GRADE, "张某"] == ("主要责任", "按责任大小")
    assert found[Topic.SHARE, "张某"] == ("7/10 = 70.00%", "3/10 = 30.00%")
    assert found[Topic.RECOVERY, "张某"] == ("5040.00", "2700.00")
    assert step.comparison.binding, "the decision had been served"
    assert [(person, str(day)) for person, day in step.comparison.served] == [("张某", "2026-05-09")]


def test_the_office_changes_a_share_without_touching_the_case(office: Office) -> None:
    office.sample()
    office.commit("a case")
    office.edit("enforce.yaml", "主要责任: 7/10", "主要责任: 3/5")
    office.commit("scale")
    step = steps(office)[-1]
    assert (step.fate, step.causes) == (Fate.UNTOUCHED, ("enforce.yaml",))
    assert effects(step)[Topic.SHARE, "张某"] == ("7/10 = 70.00%", "3/5 = 60.00%")


def test_the_roster_changes_who_may_do_what(office: Office) -> None:
    office.sample()
    office.commit("a case")
    office.edit("roster.yaml", "任免机关: 县林业局", "任免机关: 上江乡人民政府")
    office.commit("appointments")
    step = steps(office)[-1]
    assert step.causes == ("roster.yaml",)
    assert any(isinstance(e, Effect) and e.topic is Topic.METHOD for e in step.comparison.effects)


def test_what_does_not_bear_on_the_case_is_no_step(office: Office) -> None:
    office.sample()
    office.commit("a case")
    office.sample("cases/2026/SJ-2026-008.yaml")
    (office.root / "README.md").write_text("x", encoding="utf-8")
    office.commit("another case")
    office.edit("roster.yaml", "姓名: 张某", "姓名:  张某")
    office.commit("a blank in the roster")
    assert [step.subject for step in steps(office)] == ["a case"]


def test_moved_laid_out_anew_deleted(office: Office) -> None:
    office.sample()
    office.commit("a case")
    (office.root / "cases" / "old").mkdir()
    office.git("mv", CASE, "cases/old/SJ-2026-003.yaml")
    office.commit("moved")
    office.edit("cases/old/SJ-2026-003.yaml", "日期: 2026-05-09", "日期: 2026年5月9日")
    office.commit("layout")
    office.git("rm", "-q", "cases/old/SJ-2026-003.yaml")
    office.commit("gone")
    assert [step.fate for step in steps(office)] == [Fate.CREATED, Fate.MOVED, Fate.LAYOUT, Fate.DELETED]
    assert steps(office)[1].file == "cases/old/SJ-2026-003.yaml"
    assert {e.new for e in steps(office)[3].comparison.effects} == {None}


def test_names_and_dates_are_what_the_commit_says(office: Office) -> None:
    office.sample()
    (office.root / ".mailmap").write_text("领导 <领导@example.invalid> <王某@example.invalid>\n", encoding="utf-8")
    office.commit("a case", "2026-05-09", "王某")
    office.edit(CASE, "停产三日", "停产五日")
    office.commit("back in time", "2026-05-10", "李某", committer="孙某", committed="2026-05-02")
    first, second = steps(office)
    assert (first.author.name, first.author.email, first.anomalies) == ("王某", "王某@example.invalid", ())
    assert first.author.when == "2026-05-09 09:00:00 +0800"
    assert second.anomalies == (Anomaly.BEFORE_PARENT, Anomaly.AUTHOR_LATER, Anomaly.OTHER_COMMITTER)
    assert (second.author.name, second.committer.name) == ("李某", "孙某")


def test_a_merge_that_only_joins_is_no_step_and_one_that_alters_is(office: Office) -> None:
    office.sample()
    office.commit("a case")
    office.git("checkout", "-q", "-b", "side")
    office.edit(CASE, "停产三日", "停产五日")
    office.commit("side", "2026-05-02")
    office.git("checkout", "-q", "main")
    office.edit("enforce.yaml", "立案到决定: 15 工作日", "立案到决定: 20 工作日")
    office.commit("main", "2026-05-03")
    office.git("-c", "user.name=赵某", "-c", "user.email=z@example.invalid", "merge", "-q", "--no-ff", "-m", "join", "side")
    assert [step.subject for step in steps(office)] == ["a case", "side"]
    office.edit(CASE, "停产五日", "停产九日")
    office.git("add", "-A")
    office.git("-c", "user.name=赵某", "-c", "user.email=z@example.invalid", "commit", "-q", "--amend", "-m", "evil join")
    assert [(step.subject, step.merge) for step in steps(office)][-1] == ("evil join", True)
    assert record(steps(office)[-1]) == {"过错事实 1 后果 说明": ("停产三日", "停产九日")}


def test_a_file_that_is_no_yaml_for_a_while(office: Office) -> None:
    office.sample()
    office.commit("a case")
    office.edit(CASE, "案由: ", "案由: [")
    office.commit("broken")
    office.edit(CASE, "案由: [", "案由: ")
    office.commit("mended")
    assert [step.fate for step in steps(office)] == [Fate.CREATED, Fate.CHANGED, Fate.CHANGED]
    assert effects(steps(office)[2])[Topic.SHARE, "张某"] == (None, "7/10 = 70.00%")


def test_replacements_and_grafts_do_not_bend_the_history(office: Office) -> None:
    office.sample()
    office.commit("a case")
    office.edit(CASE, "停产三日", "停产五日")
    office.commit("edited")
    now, before = office.git("rev-parse", f"HEAD:{CASE}"), office.git("rev-parse", f"HEAD~1:{CASE}")
    office.git("replace", now, before)
    (office.root / ".git" / "info").mkdir(exist_ok=True)
    (office.root / ".git" / "info" / "grafts").write_text(office.git("rev-parse", "HEAD") + "\n", encoding="utf-8")
    assert office.git("log", "--format=%s") == "edited"
    assert [step.subject for step in steps(office)] == ["a case", "edited"]


def test_a_case_repository_in_a_directory_of_another(tmp_path: Path) -> None:
    outer = tmp_path / "outer"
    office = Office(outer / "案件")
    office.sample()
    (office.root / ".git").rename(outer / ".git")
    office.git("add", "-A")
    office.commit("a case")
    assert [step.file for step in steps(office)] == [CASE]


def test_another_case_makes_it_the_second_time(tmp_path: Path) -> None:
    """Where a book counts over the cases, another case is a cause; only where it changes what is counted."""
    office = Office(tmp_path / "office")
    made(office.root, {HERE: ci(decided="2026-05-08")}, "ci")
    office.commit("a case")
    made(office.root, {"SJ-2025-001": ci(decided="2026-01-08", act="2025-01-01")})
    office.commit("an earlier one, recorded late")
    made(office.root, {"SJ-2025-002": ci(decided="2026-01-08", act="2025-01-01", who="乙")})
    office.commit("of somebody else")
    _first, second = steps(office, HERE)
    assert (second.fate, second.causes) == (Fate.UNTOUCHED, ("cases/SJ-2025-001.yaml",))
    assert effects(second)[Topic.SEVERITY, "甲"] == (None, "从重")
    assert ("零次", "一次") in {(e.old, e.new) for e in second.comparison.effects if e.topic is Topic.COUNTED}
    with Repository.open(office.root) as repository:
        old, new = (Snapshot.of_commit(repository, str(repository.resolve(rev))) for rev in ("HEAD~2", "HEAD"))
        told = changes(old, new, "")
    assert [(case.number, case.fate) for case in told.cases] == [
        ("SJ-2025-001", Fate.CREATED), ("SJ-2025-002", Fate.CREATED), (HERE, Fate.UNTOUCHED)]


def test_a_seal_is_a_step_of_its_case_and_of_no_other(tmp_path: Path) -> None:
    from tests.history.sealing import Sealing

    office = Sealing(tmp_path / "office")
    office.sample("cases/2026/SJ-2026-008.yaml")
    office.save("another case")
    sealed = office.seal()
    found = steps(office)
    assert (found[-1].commit, found[-1].seals, found[-1].fate) == (sealed.commit.oid, (1,), Fate.UNTOUCHED)
    assert [step.seals for step in steps(office, "SJ-2026-008")] == [()]


@pytest.mark.parametrize(("seconds", "zone", "shown"), [
    (0, "+0000", "1970-01-01 00:00:00 +0000"), (0, "-0330", "1969-12-31 20:30:00 -0330"),
    (10**17, "+0800", "@100000000000000000 +0800"), (0, "+9999", "@0 +9999"),
])
def test_times_no_calendar_has_are_told_in_seconds(seconds: int, zone: str, shown: str) -> None:
    assert moment(seconds, zone) == shown


def test_a_file_that_cannot_be_read_is_told_as_that(office: Office) -> None:
    """Not as a case from which everything was struck out; and what is written when it can be read again is told whole."""
    office.sample()
    office.commit("a case")
    text = (office.root / CASE).read_text(encoding="utf-8")
    (office.root / CASE).write_text("a: [\n", encoding="utf-8")
    office.commit("broken")
    (office.root / CASE).write_text("a: [[\n", encoding="utf-8")
    office.commit("still")
    office.edit("enforce.yaml", "立案到决定: 15", "立案到决定: 16")
    office.commit("settings only")
    (office.root / CASE).write_text(text.replace("认错态度: 一般}", "认错态度: 主动承认}"), encoding="utf-8")
    office.commit("mended")
    _first, broken, still, mended = steps(office)
    assert (broken.subject, broken.fate, broken.comparison.unread) == ("broken", Fate.CHANGED, Unread.AFTER)
    assert not broken.comparison.record and not broken.comparison.effects and broken.comparison.binding
    assert (still.subject, still.fate, still.comparison.unread) == ("still", Fate.CHANGED, Unread.BOTH)
    assert (mended.subject, mended.comparison.unread) == ("mended", Unread.BEFORE)
    assert effects(mended)[Topic.SHARE, "张某"] == (None, "7/10 = 70.00%")


def test_a_link_in_the_place_of_a_case_cannot_be_read(office: Office) -> None:
    (office.root / CASE).symlink_to("/etc/passwd")
    office.commit("a link")
    (step,) = steps(office)
    assert (step.fate, step.comparison.unread) == (Fate.CREATED, Unread.AFTER)
