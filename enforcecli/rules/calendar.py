"""Terms and working days. Pure: the calendar comes from enforce.yaml (节假日), never from a clock.

The day of the event is not counted, the last day is. A term in days or months is not moved off a
day of rest: the measures say nothing of it, and the stricter reading keeps the office safe.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta

from enforcecli.model.roster import Limit, Office

WORKING_DAY = "working-day"
DAY = "day"
MONTH = "month"

_LIMIT = re.compile(r"([0-9]{1,4})\s*(?:个)?\s*(working days?|工作日|days?|日|天|months?|月|years?|年)")
_UNITS = {"w": WORKING_DAY, "工": WORKING_DAY, "d": DAY, "日": DAY, "天": DAY, "m": MONTH, "月": MONTH}


def parse_limit(text: str) -> Limit | None:
    """A limit as rulebooks write it: `15 working days`, 15 工作日, 30 日, 2 个月, 1 年. None if it
    is none of these."""
    found = _LIMIT.fullmatch(text.strip().lower())
    if found is None:
        return None
    count, unit = int(found[1]), found[2]
    if unit[0] in "y年":
        return Limit(count * 12, MONTH, text)
    return Limit(count, _UNITS[unit[0]], text)


def is_working_day(day: date, office: Office | None) -> bool:
    """Monday to Friday, as moved by 节假日.休 and 节假日.班 of the office."""
    if office is not None and office.days_off is not None:
        if day in office.days_on:
            return True
        if day in office.days_off:
            return False
    return day.weekday() < 5


def calendar_known(office: Office | None, start: date, end: date) -> bool:
    """Whether 节假日 says anything for every year between the two days. Each year has public
    holidays, so a year without one has not been entered: 未计法定节假日."""
    if office is None or office.days_off is None:
        return False
    entered = {day.year for day in office.days_off}
    return all(year in entered for year in range(start.year, end.year + 1))


def add_months(day: date, months: int) -> date:
    """The same day of the month so many months later, or the last day of a shorter month.
    Beyond the year 9999 the last day there is."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if year > date.max.year:
        return date.max
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def last_day(event: date, limit: Limit, office: Office | None) -> date:
    """The last day of a term that begins with an event on `event`."""
    if limit.unit == MONTH:
        return add_months(event, limit.count)
    try:
        if limit.unit == DAY:
            return event + timedelta(days=limit.count)
        return _after_working_days(event, limit.count, office)
    except OverflowError:
        return date.max


def _after_working_days(event: date, count: int, office: Office | None) -> date:
    if office is None or office.days_off is None:
        return _after_weekdays(event, count)
    day, one, off, on = event, timedelta(days=1), office.days_off, office.days_on
    while count > 0:
        day += one
        if (day.weekday() < 5 and day not in off) or day in on:
            count -= 1
    return day


def _after_weekdays(event: date, count: int) -> date:
    """Whole weeks at once, then the days left."""
    if count == 0:
        return event
    weekday = event.weekday()
    if weekday > 4:  # from a weekend the count begins as from the Friday before
        event, weekday = event - timedelta(days=weekday - 4), 4
    weeks, days = divmod(count, 5)
    over_weekend = 2 if weekday + days > 4 else 0
    return event + timedelta(days=weeks * 7 + days + over_weekend)


def working_days_between(event: date, day: date, office: Office | None) -> int:
    """How many working days after `event` up to and with `day`. 0 if `day` is not later."""
    count, one = 0, timedelta(days=1)
    while event < day:
        event += one
        count += is_working_day(event, office)
    return count


def exceeded(event: date, done: date, limit: Limit, office: Office | None) -> bool:
    """Whether what was due within `limit` after `event` was done too late on `done`."""
    if limit.unit != MONTH and (done - event).days <= limit.count:
        return False  # so few days hold no more working days than that
    if limit.unit == WORKING_DAY and office is not None and office.days_off is not None \
            and not any(event < day <= done for day in office.days_on) \
            and done <= last_day(event, limit, None):
        return False  # holidays only put the last day off, unless a weekend is worked instead
    return done > last_day(event, limit, office)
