"""A body whose number of seats the text leaves open, in some of its sizes."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from govmodel.checks.context import Context
from govmodel.dataclass import replace
from govmodel.model.rules import BodyRules, SeatRule

MORE = (*range(1, 13), 20, 60)
"""Seats more than the fewest, of one of the rules that leave their number open, in the sizes that are asked
about besides the smallest."""


def open_seats(body: BodyRules) -> tuple[SeatRule, ...]:
    """The voting seats that are filled, and of which there may be more."""
    return tuple(seat for seat in body.voting if seat.high != seat.low)


def larger(context: Context, body: BodyRules) -> Iterator[BodyRules]:
    """The body in larger sizes than the smallest; none where the text leaves nothing open."""
    opened = open_seats(body)
    for more in MORE:
        for seat in opened:
            if seat.high is None or seat.low + more <= seat.high:
                key = ("larger", id(body), id(seat), more)
                yield context.shared(key, partial(_larger, body, seat, seat.low + more))


def _larger(body: BodyRules, opened: SeatRule, number: int) -> BodyRules:
    """The body with so many of these seats."""
    seats = (replace(seat, low=number, high=number) if seat is opened else seat for seat in body.seats)
    return replace(body, seats=tuple(seats))
