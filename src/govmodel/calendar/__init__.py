"""Days, working days, lengths of time, and the dates of meetings. Imports `holidays` when asked."""

from govmodel.calendar.days import (
    FIRST_YEAR,
    LAST_YEAR,
    NATIONS,
    Nation,
    add,
    add_months,
    bank_holidays,
    data_version,
    days_before,
    days_within,
    is_working_day,
    next_working_day,
    subtract,
)
from govmodel.calendar.frequencies import meeting_dates

__all__ = [
    "FIRST_YEAR",
    "LAST_YEAR",
    "NATIONS",
    "Nation",
    "add",
    "add_months",
    "bank_holidays",
    "data_version",
    "days_before",
    "days_within",
    "is_working_day",
    "meeting_dates",
    "next_working_day",
    "subtract",
]
