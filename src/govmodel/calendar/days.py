"""Working days, and the days that a length of time reaches.

A length of time counted from an anchor names one day: *five working days before the meeting* is the
fifth working day before it. "At least" allows that day and what lies further from the anchor,
"within" allows it and what lies nearer. All functions here are exact and know no time of day.

Bank holidays come from the `holidays` package, by nation; those of the future are computed from
today's rules, so a royal occasion not yet announced is not among them.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from calendar import monthrange
from datetime import date, timedelta
from functools import cache
from typing import Literal, TypeAlias

from govmodel.calendar.kept import installed, kept_holidays
from govmodel.calendar.package import package_holidays, package_version
from govmodel.model.expressions import Length
from govmodel.model.vocabulary import MONTHS_IN

Nation: TypeAlias = Literal["ENG", "WLS", "SCT", "NIR"]
NATIONS: tuple[str, ...] = ("ENG", "WLS", "SCT", "NIR")

FIRST_YEAR, LAST_YEAR = 1872, 2100
"""The years for which the package knows the bank holidays of the United Kingdom."""


@cache
def bank_holidays(year: int, nation: str) -> frozenset[date]:
    """The bank holidays of a calendar year in a nation.

    Raises:
        ValueError: an unknown nation, or a year for which no bank holidays are known.
    """
    if nation not in NATIONS:
        raise ValueError(f"no nation {nation!r}; the nations are {', '.join(NATIONS)}")
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValueError(f"no bank holidays are known for {year}, only for {FIRST_YEAR} to {LAST_YEAR}")
    kept = kept_holidays(year, nation)
    return package_holidays(year, nation) if kept is None else kept


@cache
def data_version() -> str:
    """The version of the data on bank holidays, for reports."""
    return f"holidays {installed() or package_version()}"


@cache
def _working(year: int, nation: str) -> tuple[int, ...]:
    """The ordinals of a year's working days, in order."""
    free = {day.toordinal() for day in bank_holidays(year, nation)}
    first = date(year, 1, 1).toordinal()
    last = date(year, 12, 31).toordinal()
    # Ordinal 1 was a Monday: a weekday leaves 1 to 5 when divided by 7.
    return tuple(n for n in range(first, last + 1) if 1 <= n % 7 <= 5 and n not in free)


def is_working_day(day: date, nation: str) -> bool:
    """Whether a day is neither Saturday, Sunday nor a bank holiday."""
    return day.weekday() < 5 and day not in bank_holidays(day.year, nation)


def next_working_day(day: date, nation: str) -> date:
    """The day itself if it is a working day, else the first one after it."""
    while not is_working_day(day, nation):
        day += timedelta(days=1)
    return day


def _nth_working_day_before(day: date, number: int, nation: str) -> int:
    """The ordinal of the `number`-th working day before a day (the day itself is left out)."""
    year = day.year
    working = _working(year, nation)
    before = bisect_left(working, day.toordinal())
    while number > before:
        number -= before
        year -= 1
        working = _working(year, nation)
        before = len(working)
    return working[before - number]


def _nth_working_day_after(day: date, number: int, nation: str) -> int:
    """The ordinal of the `number`-th working day after a day (the day itself is left out)."""
    year = day.year
    working = _working(year, nation)
    passed = bisect_right(working, day.toordinal())
    while number > len(working) - passed:
        number -= len(working) - passed
        year += 1
        working = _working(year, nation)
        passed = 0
    return working[passed + number - 1]


def add_months(day: date, months: int) -> date:
    """The same day of the month, so many months later (or earlier); the last day of a shorter month."""
    index = day.year * 12 + day.month - 1 + months
    year, month = index // 12, index % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


_PER_DAY = {"minute": 24 * 60, "hour": 24}


def _reach(anchor: date, length: Length, nation: str, both_ends: bool, back: bool) -> int:
    """How many calendar days lie between the anchor and the day that the length names."""
    number, unit = length.number, length.unit
    if number < 0:
        raise ValueError(f"a length of time is not negative: {number} {unit}")
    if unit == "term":
        raise ValueError("how long a term is, is for the text to say; the calendar does not know")
    if number == 0:
        return 0
    working = length.counting in ("working", "clear-working")
    # Hours and minutes run from moment to moment; only days and what is made of days have ends.
    clear = unit not in _PER_DAY and (both_ends or length.counting in ("clear", "clear-working"))
    if unit in _PER_DAY:
        number = -(-number // _PER_DAY[unit])
        unit = "day"
    start = anchor.toordinal()
    if working:
        if unit != "day":
            raise ValueError(f"working days are counted in days, not in {unit}s")
        if back:
            days = start - _nth_working_day_before(anchor, number, nation)
        else:
            days = _nth_working_day_after(anchor, number, nation) - start
    elif unit in MONTHS_IN:
        months = number * MONTHS_IN[unit]
        days = abs(add_months(anchor, -months if back else months).toordinal() - start)
    else:
        days = number * 7 if unit == "week" else number
    return days + 1 if clear else days


def days_before(meeting: date, length: Length, nation: str, both_ends: bool = False) -> int:
    """How many calendar days before the meeting the day lies that is `length` before it.

    Something that must happen *at least* `length` before the meeting happens that many calendar days
    before it or earlier; something *within* `length` of it, that many or later.

    The day of the meeting is left out and the day of sending counts; with `both_ends` (or where the
    length itself says *clear*) both are left out. 24 hours are one calendar day, rounded up, and have
    no ends. Months, quarters and years go back to the same day of the month, or to its last day.

    Raises:
        ValueError: a negative length, a `term`, working weeks or months, or years without data.
    """
    return _reach(meeting, length, nation, both_ends, back=True)


def days_within(event: date, length: Length, nation: str, both_ends: bool = False) -> int:
    """How many calendar days after the event the day lies that is `length` after it.

    Something that must happen *within* `length` after the event happens at most that many calendar
    days after it; something *at least* `length` after it, that many or later. The counterpart of
    `days_before`: the day of the event is left out, the day of acting counts.

    Raises:
        ValueError: as `days_before`.
    """
    return _reach(event, length, nation, both_ends, back=False)


def add(day: date, length: Length, nation: str, both_ends: bool = False) -> date:
    """The day that is `length` after a day. Raises `ValueError` as `days_before` does."""
    return day + timedelta(days=days_within(day, length, nation, both_ends))


def subtract(day: date, length: Length, nation: str, both_ends: bool = False) -> date:
    """The day that is `length` before a day. Raises `ValueError` as `days_before` does."""
    return day - timedelta(days=days_before(day, length, nation, both_ends))
