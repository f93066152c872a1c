from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enforcecli.model.roster import Limit, Office
from enforcecli.rules.calendar import (
    add_months,
    calendar_known,
    exceeded,
    is_working_day,
    last_day,
    parse_limit,
    working_days_between,
)

D = date.fromisoformat
MAY = Office(days_off=frozenset(map(D, ("2026-05-01", "2026-05-04", "2026-05-05"))),
             days_on=frozenset({D("2026-05-09")}))


def limit(text: str) -> Limit:
    parsed = parse_limit(text)
    assert parsed is not None
    return parsed


@pytest.mark.parametrize(("text", "count", "unit"), [
    ("15 working days", 15, "working-day"), ("1 working day", 1, "working-day"), ("15 工作日", 15, "working-day"),
    ("15个工作日", 15, "working-day"), ("30 日", 30, "day"), ("30天", 30, "day"), ("2 个月", 2, "month"),
    ("2 months", 2, "month"), ("1 年", 12, "month"), ("2 years", 24, "month"),
])
def test_limits_as_books_write_them(text: str, count: int, unit: str) -> None:
    assert (limit(text).count, limit(text).unit) == (count, unit)


@pytest.mark.parametrize("text", ["", "尽快", "十五日", "-3 日", "3.5 日", "٣ 日", "15 工作日内\n"])
def test_what_is_no_limit(text: str) -> None:
    assert parse_limit(text) is None


@pytest.mark.parametrize(("event", "term", "office", "last"), [
    ("2026-04-27", "5 工作日", None, "2026-05-04"),   # without the calendar: Monday to Friday
    ("2026-04-27", "5 工作日", MAY, "2026-05-07"),    # three days of rest in between
    ("2026-05-08", "1 工作日", MAY, "2026-05-09"),    # a Saturday worked instead
    ("2026-05-09", "1 工作日", None, "2026-05-11"),   # the event on a Saturday
    ("2026-05-10", "5 工作日", None, "2026-05-15"),   # … on a Sunday
    ("2026-04-17", "15 工作日", None, "2026-05-08"),
    ("2026-04-17", "30 日", None, "2026-05-17"),      # the day itself is not counted, the last one is
    ("2026-01-31", "1 个月", None, "2026-02-28"),
    ("2024-02-29", "12 个月", None, "2025-02-28"),
    ("9999-12-30", "30 日", None, "9999-12-31"),
    ("9999-12-30", "30 工作日", None, "9999-12-31"),
    ("9999-12-30", "30 个月", None, "9999-12-31"),
])
def test_last_day(event: str, term: str, office: Office | None, last: str) -> None:
    assert last_day(D(event), limit(term), office) == D(last)


def test_the_last_day_is_in_time_and_the_next_is_not() -> None:
    assert not exceeded(D("2026-04-27"), D("2026-05-07"), limit("5 工作日"), MAY)
    assert exceeded(D("2026-04-27"), D("2026-05-08"), limit("5 工作日"), MAY)


def test_a_year_without_holidays_is_a_year_not_entered() -> None:
    assert calendar_known(MAY, D("2026-04-01"), D("2026-06-01"))
    assert not calendar_known(MAY, D("2026-12-01"), D("2027-01-10"))
    assert not calendar_known(Office(), D("2026-04-01"), D("2026-06-01"))
    assert not calendar_known(None, D("2026-04-01"), D("2026-06-01"))


days = st.dates(date(2020, 1, 1), date(2035, 12, 31))
offices = st.builds(
    lambda off, on: Office(days_off=frozenset(off), days_on=frozenset(on)),
    st.sets(st.dates(date(2026, 1, 1), date(2026, 3, 31)), max_size=20),
    st.sets(st.dates(date(2026, 1, 1), date(2026, 3, 31)), max_size=10)) | st.none()
starts = st.dates(date(2025, 12, 20), date(2026, 4, 10))


@given(starts, st.integers(0, 60), offices)
def test_counting_forward_and_between_agree(event: date, count: int, office: Office | None) -> None:
    last = last_day(event, Limit(count, "working-day", ""), office)
    assert working_days_between(event, last, office) == count
    assert count == 0 or is_working_day(last, office)


@given(starts, st.integers(0, 60), st.integers(0, 120), offices)
def test_exceeded_means_after_the_last_day(event: date, count: int, later: int, office: Office | None) -> None:
    for unit in ("working-day", "day", "month"):
        term = Limit(count, unit, "")
        done = event + timedelta(days=later)
        assert exceeded(event, done, term, office) == (done > last_day(event, term, office))


@given(days, st.integers(0, 240))
def test_months_keep_the_day_or_take_the_last_of_the_month(day: date, months: int) -> None:
    later = add_months(day, months)
    assert (later.year - day.year) * 12 + later.month - day.month == months
    assert later.day == day.day or (later.day < day.day and (later + timedelta(days=1)).day == 1)
