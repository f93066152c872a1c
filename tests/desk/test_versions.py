"""Several versions of one measure: the day of the act picks, a later one applies where it is lighter."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enforcecli.desk.examine import Examined
from enforcecli.model.result import CaseResult, FindingResult, Outcome, PersonResult, Receipt, Weighed
from enforcecli.model.rulebook import Rulebook
from enforcecli.output.results import relief
from enforcecli.reading.rulebook import read_rulebook
from enforcecli.rules.lighter import Pair, applied, weigh
from tests.desk.small_repository import case, examined, finding, made
from tests.rules.worked_cases import folder_of

HERE = "SJ-2026-100"
A = "人: 甲, 角色: 承办人, 有无过错: 有, 主观过错: 重大过失"
B = "人: 乙, 角色: 审批人, 有无过错: 有, 主观过错: 重大过失"
APPROVED = "  经审批: 是\n  及时纠正: 否\n"
ALONE = "  经审批: 否\n  及时纠正: 否\n"


def judged(root: Path, text: str, *books: str) -> Examined:
    made(root, {HERE: text}, *(books or ("banben-2024", "banben-2026")))
    return examined(root, HERE)


def result_of(shown: Examined) -> CaseResult:
    assert shown.result is not None
    return shown.result


def shares(result: CaseResult, index: int = 0) -> Mapping[str, Fraction | None]:
    return {p.person: p.share for p in result.findings[index].persons}


def one(facts: str = APPROVED, *persons: str, act: str = "2025-12-31", decided: str = "2026-05-08", more: str = "",
        book: str = "banben") -> str:
    return case(book, finding("1", facts, *(persons or (A, B))), act=act, decided=decided, more=more)


@pytest.mark.parametrize(("act", "book"), [
    ("2024-01-01", "banben-2024"), ("2025-12-31", "banben-2024"), ("2026-01-01", "banben-2026"), ("2026-01-02", "banben-2026"),
])
def test_the_day_of_the_act_picks_the_version(tmp_path: Path, act: str, book: str) -> None:
    """The day before the change and the day of it; decided before any other version came."""
    facts = APPROVED if book == "banben-2026" else "  经审批: 是\n"
    result = result_of(judged(tmp_path, one(facts, act=act, decided="2025-12-31" if act < "2026" else "2026-05-08")))
    assert (result.rulebook, result.versions) == (book, None)


def test_the_day_before_the_first_version_has_none(tmp_path: Path) -> None:
    result = result_of(judged(tmp_path, one(act="2023-12-31")))
    assert result.rulebook is None and result.versions is None
    assert result.findings[0].undecided is not None and result.findings[0].undecided.kind.value == "no-version"


def test_lighter_for_one_person_and_heavier_for_another(tmp_path: Path) -> None:
    """乙 keeps 3/10 of the later version, 甲 3/10 of the older: what is left nobody bears."""
    shown = judged(tmp_path, one())
    result = result_of(shown)
    assert result.rulebook == "banben-2024" and result.versions is not None
    assert {p.person: p.weighed for p in result.versions.persons} == {"甲": Weighed.HEAVIER, "乙": Weighed.LIGHTER}
    assert shares(result) == {"甲": Fraction(3, 10), "乙": Fraction(3, 10)}
    assert shares(result.versions.older) == {"甲": Fraction(3, 10), "乙": Fraction(7, 10)}
    assert shares(result.versions.later) == {"甲": Fraction(7, 10), "乙": Fraction(3, 10)}
    assert {p.person: (p.grades, p.rulebook) for p in result.findings[0].persons} == {
        "甲": (("次要责任",), None), "乙": (("次要责任",), "banben-2026")}
    assert relief(result) == [Fraction(2, 5)]
    assert result.rulebooks == ("banben-2024", "banben-2026")
    assert shown.other is not None and shown.other.book is not None and shown.other.book.id == "banben-2026"
    assert not [p.code for p in shown.problems if p.code.startswith(("B3", "K1", "L"))]


def test_what_one_is_spared_stays_with_the_organ_in_money(tmp_path: Path) -> None:
    more = ("赔偿: {义务机关: 某县人民政府, 依据文书: 某调解书, 支付日期: 2026-04-01, 金额: 10000.00, 性质: 国家赔偿, "
            "责令承担: 100%}\n")
    result = result_of(judged(tmp_path, one(more=more)))
    assert {p.person: p.recovery for p in result.findings[0].persons} == {"甲": 300000, "乙": 300000}
    assert result.findings[0].kept_by_organ == 400000
    assert result.versions is not None
    for whole in (result.versions.older, result.versions.later):
        assert sum(p.recovery or 0 for p in whole.findings[0].persons) + (whole.findings[0].kept_by_organ or 0) == 1000000


def test_lighter_for_all_takes_the_later_result_whole(tmp_path: Path) -> None:
    result = result_of(judged(tmp_path, one(APPROVED.replace("及时纠正: 否", "及时纠正: 是"))))
    assert result.rulebook == "banben-2026" and result.versions is not None
    assert result.findings[0].outcome is Outcome.NOT_PURSUED
    assert shares(result) == {"甲": 0, "乙": 0}


def test_a_version_decided_before_it_came_is_not_compared(tmp_path: Path) -> None:
    result = result_of(judged(tmp_path, one(decided="2025-12-31")))
    assert result.versions is None and result.rulebook == "banben-2024"


def test_while_there_is_no_decision_the_newest_is_compared(tmp_path: Path) -> None:
    result = result_of(judged(tmp_path, one(decided="")))
    assert result.versions is not None and result.versions.on is None


def test_without_the_option_the_day_alone_decides(tmp_path: Path) -> None:
    made(tmp_path, {HERE: one("  经审批: 是\n")}, "banben-2024", "banben-2026")
    later = tmp_path / "rulebooks" / "banben-2026" / "rulebook.yaml"
    later.write_text(later.read_text(encoding="utf-8").replace("later: lighter\n", ""), encoding="utf-8")
    assert result_of(examined(tmp_path, HERE)).versions is None


def test_the_option_may_stand_in_the_older_version(tmp_path: Path) -> None:
    made(tmp_path, {HERE: one()}, "banben-2024", "banben-2026")
    for book, old, new in (("banben-2026", "later: lighter\n", ""), ("banben-2024", "format: 1\n", "format: 1\nlater: lighter\n")):
        path = tmp_path / "rulebooks" / book / "rulebook.yaml"
        path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    assert result_of(examined(tmp_path, HERE)).versions is not None


def test_a_later_version_that_gives_no_answer_is_not_applied(tmp_path: Path) -> None:
    """The older one applies, and it is said what the later one needs."""
    shown = judged(tmp_path, one("  经审批: 是\n"))
    result = result_of(shown)
    assert result.rulebook == "banben-2024" and shares(result) == {"甲": Fraction(3, 10), "乙": Fraction(7, 10)}
    (told,) = [p for p in shown.problems if p.code == "B313"]
    assert "及时纠正" in dict(told.args)["reason"]


def test_an_error_only_the_later_version_sees_is_a_warning(tmp_path: Path) -> None:
    shown = judged(tmp_path, one(APPROVED.replace("及时纠正: 否", "及时纠正: 也许")))
    (told,) = [p for p in shown.problems if p.code == "L102"]
    assert told.level is not None and told.level.value == "warning" and told.span is not None
    assert told.span.line == 10
    assert shares(result_of(shown)) == {"甲": Fraction(3, 10), "乙": Fraction(7, 10)}


def test_who_has_a_position_only_in_the_later_version(tmp_path: Path) -> None:
    """协助人 is a role of the later version: nobody under the older, which still computes."""
    helper = "人: 丙, 角色: 协助人, 有无过错: 有, 主观过错: 一般过失"
    result = result_of(judged(tmp_path, one(ALONE, helper, A)))
    assert result.versions is not None
    assert shares(result.versions.older) == {"丙": Fraction(0), "甲": Fraction(1)}
    assert shares(result.versions.later) == {"丙": Fraction(3, 10), "甲": Fraction(7, 10)}
    assert shares(result) == {"丙": Fraction(0), "甲": Fraction(7, 10)}


def test_a_problem_is_placed_right_behind_somebody_left_out(tmp_path: Path) -> None:
    helper = "人: 丙, 角色: 协助人, 有无过错: 有"
    shown = judged(tmp_path, one(ALONE, helper, A.replace("有无过错: 有, ", "")))
    assert {p.span.line for p in shown.problems if p.code == "L303" and p.span is not None} == {13}


def test_a_word_neither_version_knows_is_still_an_error(tmp_path: Path) -> None:
    shown = judged(tmp_path, one(APPROVED + "  听证: 有\n"))
    assert "K102" in {p.code for p in shown.problems}


def harsher(root: Path, office: str = "") -> Examined:
    """The later version lays less on the approver, and marks it 从重."""
    made(root, {HERE: one()}, "banben-2024", "banben-2026", office=office)
    path = root / "rulebooks" / "banben-2026" / "rulebook.yaml"
    rule = "- {id: C4, cite: 第三条, layer: severity, bears: [{who: 审批人, severity: 从重}]}\nfaults:"
    path.write_text(path.read_text(encoding="utf-8").replace("faults:", rule), encoding="utf-8")
    return examined(root, HERE)


def test_lighter_in_one_respect_and_heavier_in_another_is_for_the_office_to_decide(tmp_path: Path) -> None:
    shown = harsher(tmp_path)
    result = result_of(shown)
    assert result.rulebook == "banben-2024" and shares(result) == {"甲": Fraction(3, 10), "乙": Fraction(7, 10)}
    (told,) = [dict(p.args) for p in shown.problems if p.code == "B312"]
    assert told["person"] == "乙"
    assert told["respects"] == "责任等次：主要责任 → 次要责任；内部比例：7/10 → 3/10；情节：无 → 从重"


def test_a_warning_shows_no_share_where_the_office_shows_grades_only(tmp_path: Path) -> None:
    (told,) = [dict(p.args) for p in harsher(tmp_path, "比例: 不显示\n").problems if p.code == "B312"]
    assert told["respects"] == "责任等次：主要责任 → 次要责任；内部比例不同；情节：无 → 从重"


def test_a_name_both_versions_have_under_two_codes_means_each_ones_own(tmp_path: Path) -> None:
    """批评教育 is M1 in the older version and M5 in the later; 超越职权 is item 1 and item 9."""
    made(tmp_path, {HERE: one(more="处理意见: {甲: [批评教育], 乙: [批评教育]}\n").replace('["1"]', "[超越职权]")},
         "banben-2024", "banben-2026")
    path = tmp_path / "rulebooks" / "banben-2026" / "rulebook.yaml"
    text = path.read_text(encoding="utf-8").replace("code: M1", "code: M5").replace('code: "1"', 'code: "9"')
    path.write_text(text, encoding="utf-8")
    result = result_of(examined(tmp_path, HERE))
    assert result.versions is not None
    both = (result.versions.older, result.versions.later)
    assert [whole.findings[0].faults for whole in both] == [("1",), ("9",)]
    assert [{m.method for p in whole.findings[0].persons for m in p.methods} for whole in both] == [{"M1"}, {"M5"}]


def test_the_order_of_persons_changes_nothing(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir(), (tmp_path / "b").mkdir()
    first = result_of(judged(tmp_path / "a", one(APPROVED, A, B)))
    second = result_of(judged(tmp_path / "b", one(APPROVED, B, A)))
    assert shares(first) == shares(second)


# the comparison

def book(name: str) -> Rulebook:
    files = {p.name: p.read_bytes() for p in folder_of(name).iterdir()}
    found, problems = read_rulebook(files, f"rulebooks/{name}")
    assert found is not None, problems
    return found


OLD, NEW = book("banben-2024"), book("banben-2026")


@pytest.mark.parametrize(("old", "new", "weighed"), [
    (None, "轻微责任", Weighed.HEAVIER), ("次要责任", None, Weighed.LIGHTER), ("主要责任", "次要责任", Weighed.LIGHTER),
    ("次要责任", "主要责任", Weighed.HEAVIER), ("全部责任", "主要责任", Weighed.LIGHTER), ("全部责任", "轻微责任", Weighed.LIGHTER),
    ("主要责任", "主要责任", Weighed.SAME),
])
def test_grades_by_the_order_of_both_books(old: str | None, new: str | None, weighed: Weighed) -> None:
    assert Pair(OLD, NEW).grades(old, new) is weighed


def test_grades_without_a_word_in_common_or_in_contrary_order_are_unclear() -> None:
    ratios = book("yi")
    assert Pair(OLD, ratios).grades("主要责任", "直接责任") is Weighed.UNCLEAR


def line(grade: str | None, share: Fraction | None = None, severity: str = "", recovery: int | None = 0) -> PersonResult:
    return PersonResult("甲", ("承办人",), (grade,) if grade else (), share, None, recovery,
                        (severity,) if severity else (), at_fault=True)


def result(book: Rulebook, *lines: PersonResult) -> CaseResult:
    kept = 1000 - sum(p.recovery or 0 for p in lines)
    found = FindingResult((), (), Outcome.LIABLE, persons=lines, kept_by_organ=kept)
    return CaseResult("X", "x.yaml", book.id, "", (found,), Receipt("t", book.id, "", "", None))


HALF = Fraction(1, 2)


@pytest.mark.parametrize(("old", "new", "weighed"), [
    (line("主要责任", HALF), line("主要责任", HALF), Weighed.SAME),
    (line("主要责任", HALF), line("次要责任", HALF), Weighed.LIGHTER),
    (line("主要责任", HALF), line("主要责任", HALF / 2), Weighed.LIGHTER),
    (line("主要责任", HALF, "从重"), line("主要责任", HALF), Weighed.LIGHTER),
    (line("主要责任", HALF), line("主要责任", HALF, "减轻"), Weighed.LIGHTER),
    (line("主要责任", HALF, "从轻"), line("主要责任", HALF, "减轻"), Weighed.LIGHTER),
    (line("主要责任", HALF, recovery=500), line("主要责任", HALF, recovery=100), Weighed.LIGHTER),
    (line("主要责任", HALF), line("次要责任", HALF, "从重"), Weighed.UNCLEAR),
    (line("主要责任", HALF, recovery=100), line("次要责任", HALF, recovery=500), Weighed.UNCLEAR),
    (line("主要责任", HALF), line("次要责任", HALF * 2), Weighed.UNCLEAR),
    (line("主要责任", HALF), line("主要责任", None), Weighed.UNCLEAR),
    (line("主要责任", HALF, recovery=None), line("主要责任", HALF, recovery=0), Weighed.UNCLEAR),
    (line("主要责任", HALF, "从重"), line(None, Fraction(0)), Weighed.LIGHTER),
])
def test_lighter_in_something_and_heavier_in_nothing(old: PersonResult, new: PersonResult, weighed: Weighed) -> None:
    back = {Weighed.LIGHTER: Weighed.HEAVIER, Weighed.HEAVIER: Weighed.LIGHTER}
    assert weigh(result(OLD, old), result(NEW, new), OLD, NEW).persons[0].weighed is weighed
    assert weigh(result(NEW, new), result(OLD, old), NEW, OLD).persons[0].weighed is back.get(weighed, weighed)


GRADES = st.sampled_from(["主要责任", "次要责任"])
WHOLE = st.lists(st.integers(1, 5), min_size=2, max_size=4)


@settings(max_examples=200)
@given(WHOLE, WHOLE, st.lists(GRADES, min_size=4, max_size=4), st.lists(GRADES, min_size=4, max_size=4))
def test_lines_of_two_versions_together_never_exceed_the_whole(a: list[int], b: list[int], old: list[str], new: list[str]) -> None:
    """And nobody is worse off than under the version of the act's day."""
    size = min(len(a), len(b))
    def lines(weights: list[int], grades: list[str]) -> list[PersonResult]:
        total = sum(weights[:size])
        return [PersonResult(f"人{i}", (), (grades[i],), Fraction(w, total), None, w * 100 // total, at_fault=True)
                for i, w in enumerate(weights[:size])]
    versions = weigh(result(OLD, *lines(a, old)), result(NEW, *lines(b, new)), OLD, NEW)
    joined = applied(versions)
    total = sum(p.share or 0 for p in joined.findings[0].persons)
    assert total <= 1
    if joined.rulebook == OLD.id:
        assert total + relief(joined)[0] == 1
    assert (joined.findings[0].kept_by_organ or 0) + sum(p.recovery or 0 for p in joined.findings[0].persons) == 1000
    pair = Pair(OLD, NEW)
    for before, after in zip(versions.older.findings[0].persons, joined.findings[0].persons, strict=True):
        assert {r.weighed for r in pair.respects(0, before, after)} <= {Weighed.LIGHTER, Weighed.SAME}
