"""Calendars of meetings, plainly: whether one keeps what is said of it, and who waits too long under it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import pairwise


def keeps(meetings: Sequence[date], cut: Sequence[date], least: int, most: int | None) -> bool:
    """Whether so many meetings lie in each period; `cut` has where they begin, and the end of the last."""
    for one, next_ in pairwise(cut):
        number = sum(1 for day in set(meetings) if one <= day < next_)
        if number < least or (most is not None and number > most):
            return False
    return True


def in_time(meetings: Sequence[date], ready: date, due: date) -> bool:
    """Whether there is a meeting from the first day on which it can be taken up to the last that will do."""
    return any(ready <= day <= due for day in meetings)
