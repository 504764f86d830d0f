"""The calendar against counting on one's fingers."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from govmodel.calendar import (
    NATIONS,
    add,
    bank_holidays,
    days_before,
    days_within,
    is_working_day,
    meeting_dates,
    next_working_day,
    subtract,
)
from govmodel.calendar.kept import TABLE, installed, kept_holidays
from govmodel.calendar.making import made
from govmodel.calendar.package import package_holidays, package_version
from govmodel.model.expressions import Frequency, Length

LOCK = Path(__file__).parents[2] / "requirements.lock"
DAYS = st.dates(date(1990, 1, 1), date(2060, 12, 31))
ONE = timedelta(days=1)


def working(number: int) -> Length:
    return Length(number, "day", "working")


def test_what_is_kept_of_bank_holidays_is_what_the_package_says() -> None:
    """After an update of the package: `python -m govmodel.calendar.making`."""
    table = json.loads(TABLE.read_text("utf-8"))
    assert f"\nholidays=={table['version']}\n" in LOCK.read_text("utf-8")
    assert installed() in (package_version(), None)
    if table["version"] != package_version():
        pytest.skip(f"the package is of version {package_version()}, and so nothing that is kept is used")
    assert table == made()


def test_another_version_of_the_package_is_asked_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    assert kept_holidays(2012, "ENG") == package_holidays(2012, "ENG")
    assert kept_holidays(1980, "ENG") is None  # a year that is not kept
    for other in ("0.1", None):
        monkeypatch.setattr("govmodel.calendar.kept.installed", lambda other=other: other)
        assert kept_holidays(2012, "ENG") is None


def test_bank_holidays_differ_by_nation() -> None:
    st_patrick = date(2011, 3, 17)
    assert not is_working_day(st_patrick, "NIR")
    assert is_working_day(st_patrick, "ENG")
    assert not is_working_day(date(2010, 12, 27), "ENG")  # instead of Christmas Day, a Saturday
    assert not is_working_day(date(2010, 5, 3), "ENG")
    assert all(day.year == 2012 for nation in NATIONS for day in bank_holidays(2012, nation))


def test_five_working_days_before_a_wednesday_after_the_spring_holiday() -> None:
    # Monday 31 May 2010 is a bank holiday: Tue 1 Jun, then Fri 28, Thu 27, Wed 26, Tue 25 May.
    assert days_before(date(2010, 6, 2), working(5), "ENG") == (date(2010, 6, 2) - date(2010, 5, 25)).days
    assert subtract(date(2010, 6, 2), working(5), "ENG", both_ends=True) == date(2010, 5, 24)


@pytest.mark.parametrize(
    ("length", "one_end", "clear"),
    [
        (Length(48, "hour"), 2, 2),
        (Length(25, "hour"), 2, 2),
        (Length(7, "day"), 7, 8),
        (Length(7, "day", "clear"), 8, 8),
        (Length(2, "week"), 14, 15),
        (Length(1, "month"), 31, 32),
        (Length(1, "quarter"), 92, 93),
        (Length(1, "year"), 365, 366),
        (Length(0, "day", "working"), 0, 0),
    ],
)
def test_lengths_before_1_june_2010(length: Length, one_end: int, clear: int) -> None:
    # 1 May, 1 March and 1 June 2009 are 31, 92 and 365 days before.
    meeting = date(2010, 6, 1)
    assert days_before(meeting, length, "ENG") == one_end
    assert days_before(meeting, length, "ENG", both_ends=True) == clear


def test_a_month_that_is_too_short() -> None:
    assert subtract(date(2011, 3, 31), Length(1, "month"), "ENG") == date(2011, 2, 28)
    assert add(date(2011, 1, 31), Length(1, "month"), "ENG") == date(2011, 2, 28)


@settings(deadline=None)
@given(DAYS, st.integers(1, 70), st.sampled_from(NATIONS), st.booleans())
def test_at_least_so_many_working_days_before(day: date, number: int, nation: str, clear: bool) -> None:
    """The day is the latest on which enough working days lie up to the meeting."""

    def enough(sent: date) -> bool:
        span = (meeting_day := day) - sent
        days = [meeting_day - ONE * n for n in range(1, span.days + 1)]
        counted = days[:-1] if clear else days
        return sum(is_working_day(d, nation) for d in counted) >= number

    sent = day - timedelta(days=days_before(day, working(number), nation, clear))
    assert enough(sent)
    assert not enough(sent + ONE)
    spelt = Length(number, "day", "clear-working" if clear else "working")
    assert days_before(day, spelt, nation) == (day - sent).days


@settings(deadline=None)
@given(DAYS, st.integers(1, 70), st.sampled_from(NATIONS))
def test_within_so_many_working_days_after(day: date, number: int, nation: str) -> None:
    last = add(day, working(number), nation)
    between = [day + ONE * n for n in range(1, (last - day).days + 1)]
    assert sum(is_working_day(d, nation) for d in between) == number
    assert is_working_day(last, nation)
    assert days_within(day, working(number), nation) == (last - day).days


@settings(deadline=None)
@given(DAYS, st.integers(1, 40), st.sampled_from(NATIONS))
def test_forth_and_back(day: date, number: int, nation: str) -> None:
    """From a working day the two directions undo each other."""
    day = next_working_day(day, nation)
    assert subtract(add(day, working(number), nation), working(number), nation) == day


@pytest.mark.parametrize(
    ("frequency", "number"),
    [
        (Frequency(1, "quarter"), 40),
        (Frequency(4, "year"), 40),
        (Frequency(1, "month", 2), 60),
        (Frequency(5, "year"), 50),
        (Frequency(1, "week", 6), 87),
        (Frequency(0, None), 0),
    ],
)
def test_meetings_of_ten_years(frequency: Frequency, number: int) -> None:
    days = meeting_dates(frequency, date(2010, 5, 1), date(2020, 5, 1), "ENG")
    assert len(days) == number
    assert list(days) == sorted(set(days))
    assert all(is_working_day(day, "ENG") for day in days)


def test_a_meeting_on_a_holiday_moves_and_the_next_does_not() -> None:
    days = meeting_dates(Frequency(1, "month"), date(2010, 5, 1), date(2010, 8, 1), "ENG")
    # 1 May is a Saturday and Monday 3 May a bank holiday.
    assert days == (date(2010, 5, 4), date(2010, 6, 1), date(2010, 7, 1))


def test_what_the_calendar_does_not_know() -> None:
    with pytest.raises(ValueError, match="no nation 'GB'"):
        is_working_day(date(2010, 5, 4), "GB")
    with pytest.raises(ValueError, match="no bank holidays are known for 2101"):
        is_working_day(date(2101, 5, 4), "ENG")
    with pytest.raises(ValueError, match="term"):
        days_before(date(2010, 5, 4), Length(1, "term"), "ENG")
    with pytest.raises(ValueError, match="counted in days"):
        days_before(date(2010, 5, 4), Length(1, "week", "working"), "ENG")
