"""The dates of what happens so and so often."""

from __future__ import annotations

from datetime import date, timedelta

from govmodel.calendar.days import add_months, next_working_day
from govmodel.model.expressions import Frequency
from govmodel.model.vocabulary import DAYS_IN, MONTHS_IN


def meeting_dates(frequency: Frequency, first: date, until: date, nation: str) -> tuple[date, ...]:
    """The days from `first` (counted) to `until` (not counted) on which a body meets.

    The first meeting is on `first`. Within each period of the frequency the meetings are spread
    evenly, by whole months where they divide, else by whole days. A meeting on a weekend or a bank
    holiday moves to the next working day, and the ones after it do not move with it.

    Empty for a frequency of 0 times (as asked), or without a unit.

    Raises:
        ValueError: a unit in which meetings cannot be planned (minutes, hours, terms).
    """
    if not frequency.times or frequency.unit is None:
        return ()
    days: list[date] = []
    number = 0
    while (planned := _planned(frequency, first, number)) < until:
        day = next_working_day(planned, nation)
        if day < until and (not days or day > days[-1]):
            days.append(day)
        number += 1
    return tuple(days)


def _planned(frequency: Frequency, first: date, number: int) -> date:
    """The day of the meeting with this number (from 0), before weekends and holidays are looked at."""
    unit, times = frequency.unit, frequency.times
    period, place = divmod(number, times)
    if unit is not None and unit in MONTHS_IN:
        months = MONTHS_IN[unit] * frequency.units
        if months % times == 0:
            return add_months(first, months * period + months // times * place)
        start, end = add_months(first, months * period), add_months(first, months * (period + 1))
        return start + timedelta(days=(end - start).days * place // times)
    if unit is not None and unit in DAYS_IN:
        days = DAYS_IN[unit] * frequency.units
        return first + timedelta(days=days * period + days * place // times)
    raise ValueError(f"meetings cannot be planned by the {unit}")
