"""Lengths of time and dates as the solver counts them, day by day against the calendar."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from govmodel.model.expressions import Length, OnDate, Timed
from govmodel.model.verdict import Case
from govmodel.semantics.cases import true
from govmodel.smt.ask import Session
from govmodel.smt.days import Days, moves, not_placed

FIRST = date(2010, 5, 1)
CLEAR = "o:day-count=clear"
LENGTHS = (
    Length(1, "day", "working"),
    Length(10, "day", "working"),
    Length(60, "day", "working"),
    Length(3, "day", "clear-working"),
    Length(1, "month"),
    Length(1, "quarter"),
    Length(2, "year"),
)


class Said:
    """What the text says of an event and its anchor, on a start day."""

    def __init__(self, part: Timed | OnDate) -> None:
        self.part = part
        self.days = Days([part], FIRST, "ENG", 731, CLEAR)
        text = [*self.days.declarations(), f"(declare-const |{CLEAR}| Bool)", *self.days.meanings()]
        self.session = Session("\n".join(text), 10_000_000)
        self.number = 0

    def __call__(self, day: date, event: int, anchor: int, clear: bool) -> bool:
        shape = next(n for n, s in enumerate(self.days.shapes) if s.first == day)
        e, a = (str(n) if n >= 0 else f"(- {-n})" for n in (event, anchor))
        part, days = self.part, self.days
        term = days.timed(part, e, a) if isinstance(part, Timed) else days.on_date(part, e)
        self.number += 1
        q = f"q{self.number}"
        self.session.add(f"(declare-const {q} Bool)(assert (=> {q} (and (= S {shape}) {term})))")
        status = self.session.ask([q, CLEAR if clear else f"-{CLEAR}"]).status
        assert status in ("sat", "unsat")
        return status == "sat"


def meant(part: Timed | OnDate, day: date, event: int, anchor: int, clear: bool) -> bool:
    """What the judge says."""
    case = Case("event", None, day, {"event.t": event, "event.u": anchor})
    return true(part, case, "ENG", {"day-count": "clear" if clear else "one-end"})


@pytest.mark.parametrize("length", LENGTHS, ids=str)
@pytest.mark.parametrize("op", [">=", ">", "=", "<", "<="])
def test_from_any_event_as_the_calendar_counts(length: Length, op: str) -> None:
    """About the day that the length names, and on it: before and after, near holidays and the year's end."""
    for number, way in ((24, "after"), (237, "after"), (31, "before"), (250, "before")):
        day = FIRST + timedelta(days=number)
        part = Timed("event.t", op, length, way, "event.u")  # type: ignore[arg-type]
        assert moves(part)
        said = Said(part)
        for anchor in (-9, 3):
            named = _named(length, way, day + timedelta(days=anchor))
            sign = 1 if way == "after" else -1
            for event in {anchor + sign * (named + by) for by in (-1, 0, 1, 2)}:
                for clear in (False, True):
                    at = (day, event, anchor, clear)
                    assert said(*at) == meant(part, *at), (way, at)


def _named(length: Length, way: str, anchor: date) -> int:
    from govmodel.calendar import days_before, days_within

    return (days_within if way == "after" else days_before)(anchor, length, "ENG")


@pytest.mark.parametrize(
    "part",
    [
        OnDate("event.t", "in", 5),
        OnDate("event.t", "by", 5, 31),
        OnDate("event.t", "by", 2, 29),
        OnDate("event.t", "by", 12),
        OnDate("event.t", "in", 6, 1, 2010),
        OnDate("event.t", "by", 6, 1, 2010),
    ],
    ids=str,
)
def test_dates_as_the_calendar_has_them(part: OnDate) -> None:
    day, said = FIRST + timedelta(days=20), Said(part)
    for event in (-300, -21, -20, 0, 10, 11, 12, 40, 200, 224, 225, 290, 400):
        assert said(day, event, 0, False) == meant(part, day, event, 0, False), event


def test_start_days_are_told_apart_only_where_something_moves() -> None:
    meeting = Timed("event.t", ">=", Length(5, "day", "working"), "before", "meeting")
    assert len(Days([meeting], FIRST, "ENG", 731, CLEAR).shapes) < 20
    event = Timed("event.t", ">=", Length(5, "day", "working"), "before", "event.u")
    assert len(Days([meeting, event], FIRST, "ENG", 731, CLEAR).shapes) == 365
    fixed = Timed("event.t", ">=", Length(5, "day"), "before", "event.u")
    assert len(Days([fixed], FIRST, "ENG", 731, CLEAR).shapes) == 1


def test_what_is_too_long_is_not_placed() -> None:
    long = Timed("event.t", ">=", Length(61, "day", "working"), "before", "event.u")
    assert not_placed(long) == "more than 60 working days are not counted exactly"
    years = Timed("event.t", ">=", Length(3, "year"), "before", "event.u")
    assert not_placed(years) == "more than 24 months are not placed"
