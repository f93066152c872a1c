"""The roster and the office by themselves."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from msgspec.structs import replace

from enforcecli.checks import check_measure, check_office, check_roster
from enforcecli.model.problem import Level
from enforcecli.model.roster import Holder, Member, Office, Period, Post, Term, Unit
from enforcecli.model.rulebook import Band, Recovery
from enforcecli.problems import level
from tests.checks.values import BOOK, OFFICE, ROSTER, D, changed, codes

STATION = ROSTER.units["林业站"]
WHO = ROSTER.people["张某"]


def test_the_clean_ones_are_clean() -> None:
    assert check_roster(ROSTER, BOOK, D("2026-03-02")) == []
    assert check_roster(ROSTER, None, None) == []
    assert check_office(OFFICE, BOOK) == []
    assert check_office(Office(), None) == []


@pytest.mark.parametrize(("path", "to", "code"), [
    ("first_responsible", (), "P219"),
    ("units.林业站", replace(STATION, heads=()), "P201"),
    ("units.林业站", replace(STATION, heads=(Holder("刘某", Period(None, D("2025-12-31"))),)), "P201"),
    ("units.林业站", replace(STATION, leaders=()), "P202"), ("units.林业站", replace(STATION, objectives=()), "P203"),
    ("posts", {**ROSTER.posts, "空岗": Post("空岗", None, ("目标",))}, "P204"),
    ("posts.法制岗", Post("法制岗"), "P205"), ("posts.法制岗", Post("法制岗", None, ("目标",), ("D9-9",)), "P217"),
    ("people.钱某", Member("钱某", "钱某"), "P206"),
    ("people", {**ROSTER.people, "周某": Member("周某", "周某", leadership=True, post="法制岗")}, "P209"),
    ("people.钱某", Member("钱某", "张某", post="法制岗"), "P210"),
    ("people.张某", replace(WHO, terms=(Term(Period(D("2024-01-01"))), Term(Period(D("2025-01-01")), post="法制岗"))),
     "P222"),
])
def test_one_gap_one_problem(path: str, to: Any, code: str) -> None:
    assert code in codes(check_roster(changed(ROSTER, path, to), BOOK, D("2026-03-02")))


def test_who_has_gone_fills_no_post() -> None:
    gone = changed(ROSTER, "people.张某", replace(WHO, status="退休"))
    assert codes(check_roster(gone, BOOK, D("2026-03-02"))) == {"P204"}
    later = changed(ROSTER, "people.张某", replace(WHO, terms=(Term(Period(D("2026-06-01"))),)))
    assert codes(check_roster(later, BOOK, D("2026-03-02"))) == {"P204"}
    assert check_roster(later, BOOK, None) == []


HEAD = ("units", "林业站", "heads")


@pytest.mark.parametrize(("member", "period", "day", "told"), [
    (replace(WHO, terms=(Term(Period(None, D("2025-12-31"))),)), Period(), D("2026-03-02"), True),
    (replace(WHO, terms=(Term(Period(None, D("2025-12-31"))),)), Period(), D("2025-12-31"), False),
    (replace(WHO, terms=(Term(Period(None, D("2025-12-31"))),)), Period(None, D("2025-12-31")), D("2026-03-02"), False),
    (replace(WHO, terms=(Term(Period(None, D("2025-12-31"))),)), Period(), None, True),
    (replace(WHO, terms=(Term(Period(None, D("2025-12-31"))),)), Period(None, D("2025-12-31")), None, False),
    (replace(WHO, status="退休"), Period(), None, True),
    (replace(WHO, status="退休"), Period(), D("2026-03-02"), True),
    (replace(WHO, status="退休"), Period(None, D("2026-06-30")), D("2026-03-02"), False),  # the office says until when
    (WHO, Period(), None, False),
])
def test_an_office_is_held_by_somebody_in_service(member: Member, period: Period, day: Any, told: bool) -> None:
    roster = changed(changed(ROSTER, "people.张某", member), "units.林业站", replace(STATION, heads=(Holder("张某", period),)))
    assert [p.where for p in check_roster(roster, BOOK, day) if p.code == "P228"] == [HEAD] * told


@pytest.mark.parametrize(("period", "day", "told"), [
    (Period(), D("2025-12-31"), True), (Period(), D("2026-01-01"), False), (Period(), None, False),
    (Period(D("2025-06-01")), D("2025-12-31"), False), (Period(None, D("2025-12-31")), D("2025-12-31"), False),
])
def test_an_office_without_a_first_day_beside_another_job_is_told(period: Period, day: Any, told: bool) -> None:
    terms = (Term(Period(None, D("2025-12-31")), title="执法员"), Term(Period(D("2026-01-01")), title="站长"))
    roster = changed(changed(ROSTER, "people.张某", replace(WHO, terms=terms)),
                     "units.林业站", replace(STATION, heads=(Holder("张某", period),)))
    assert [p.where for p in check_roster(roster, BOOK, day) if p.code in ("P228", "P229")] == [HEAD] * told
    assert ("P229" in codes(check_roster(roster, BOOK, day))) is told


@pytest.mark.parametrize(("terms", "day", "told"), [
    ((Term(Period(D("2025-03-01"), D("2026-03-31"))),), D("2026-03-02"), True),
    ((Term(Period(D("2025-03-01"), D("2026-03-31"))),), None, False),  # as the roster stands nobody is there
    ((Term(Period(D("2025-03-01")), post="法制岗"),), D("2026-03-02"), False),
    ((Term(Period(D("2025-03-01")), post="法制岗"),), None, False),
    ((Term(Period(D("2025-03-01"), D("2025-12-31")), post="法制岗"), Term(Period(D("2026-01-01")))), None, True),
])
def test_a_post_is_that_of_the_day(terms: tuple[Term, ...], day: Any, told: bool) -> None:
    roster = changed(ROSTER, "people.钱某", Member("钱某", "钱某", terms=terms))
    assert ("P206" in codes(check_roster(roster, BOOK, day))) is told


def test_a_post_named_only_in_an_open_term_is_filled() -> None:
    roster = changed(ROSTER, "people.张某", replace(WHO, post=None, terms=(Term(Period(D("2025-03-01")), post=WHO.post),)))
    assert check_roster(roster, BOOK, None) == []


def test_terms_one_after_the_other_are_fine() -> None:
    moved = replace(WHO, terms=(Term(Period(D("2024-01-01"), D("2024-12-31")), post="法制岗"),
                                Term(Period(D("2025-01-01")))))
    assert check_roster(changed(ROSTER, "people.张某", moved), BOOK, D("2026-03-02")) == []


def test_wages_are_asked_for_only_where_bands_need_them() -> None:
    band = Band((), Fraction(3, 10), Fraction(7, 10), Fraction(2))
    found = check_roster(ROSTER, replace(BOOK, recovery=Recovery((), (band,))), None)
    assert {p.code for p in found} == {"P218"} and len(found) == len(ROSTER.people)


def test_a_unit_without_people_is_told_whole() -> None:
    bare = replace(ROSTER, units={"所": Unit("所")}, posts={}, people={}, first_responsible=())
    assert codes(check_roster(bare, None, None)) == {"P201", "P202", "P203", "P219"}


@pytest.mark.parametrize(("scale", "code"), [
    ({"主要责任": Fraction(51, 100)}, None), ({"主要责任": Fraction(9, 10)}, None),
    ({"主要责任": Fraction(1, 2)}, "O203"), ({"主要责任": Fraction(91, 100)}, "O203"),
    ({"主责": Fraction(7, 10)}, "O202"), ({"按责任大小": Fraction(3, 10)}, "O204"),
    ({"全部责任": Fraction(9, 10)}, "O205"), ({"全部责任": Fraction(1)}, None), (None, None),
])
def test_the_scale_stays_in_the_band(scale: dict[str, Fraction] | None, code: str | None) -> None:
    assert codes(check_office(replace(OFFICE, scale=scale), BOOK)) == ({code} if code else set())


def test_the_calendar_does_not_contradict_itself() -> None:
    def told(off: set[str], on: set[str]) -> set[str]:
        return codes(check_office(replace(OFFICE, days_off=frozenset(map(date.fromisoformat, off)),
                                          days_on=frozenset(map(date.fromisoformat, on))), BOOK))

    assert told({"2026-05-01"}, {"2026-05-09"}) == set()
    assert told({"2026-05-01"}, {"2026-05-08"}) == {"O207"}
    assert told(set(), {"2026-05-09"}) == {"O208"}


def test_an_unknown_measure_is_told_with_the_nearest() -> None:
    found = check_measure(replace(OFFICE, measure="shangjing-2023"), ("shangjiang", "shangjiang-2023"))
    assert [(p.code, level(p), dict(p.args)["suggestion"]) for p in found] == [
        ("O201", Level.ERROR, "shangjiang-2023")]
    assert check_measure(OFFICE, ("shangjiang-2023",)) == []
