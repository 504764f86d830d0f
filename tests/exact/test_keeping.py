"""Ways to keep duties that are written down without a solver: against every case of small worlds."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from govmodel.calendar import days_before, days_within
from govmodel.exact.keeping import _comes_to, together
from govmodel.model.expressions import (
    All,
    AnyOf,
    Condition,
    Flag,
    Is,
    Length,
    Not,
    OnDate,
    Ordered,
    Timed,
)
from govmodel.model.verdict import Case
from govmodel.semantics.cases import true
from strategies.dice import Rolled
from strategies.situations import attribute, drawn_world
from strategies.trying import Tried

KINDS = {
    "event.a": attribute("yes-no", "body"),
    "event.b": attribute("yes-no", "body"),
    "event.sort": attribute("one-of", "body", ("plain", "fancy")),
    "event.t": attribute("time", "body"),
    "event.u": attribute("time", "body"),
    "meeting.notice": attribute("time", "body"),
    "meeting.papers": attribute("time", "body"),
}
A, B = Flag("event.a"), Flag("event.b")


def far(event: str, op: Any, days: int, counting: Any = "calendar", anchor: str = "meeting") -> Timed:
    return Timed(event, op, Length(days, "day", counting), "before", anchor)


@pytest.mark.parametrize(
    "conditions",
    [
        (A, Not(B)),
        (AnyOf((Not(A), B)), A),
        (Not(All((A, B))), A),
        (Is("event.sort", ("plain", "fancy")), Not(Is("event.sort", ("plain",)))),
        (Not(Is("event.sort", ("plain", "fancy"))),),
        (far("event.t", ">=", 60, "working"), far("event.t", "<=", 700)),
        (far("meeting.papers", ">=", 5, "working"), far("meeting.notice", ">=", 2)),
        (Ordered("event.t", "after", "event.u"), far("event.u", ">", 3)),
        (Not(far("event.t", ">=", 5)), Not(OnDate("event.u", "by", 5, 31))),
    ],
)
def test_what_can_be_so_together(conditions: tuple[Condition, ...]) -> None:
    assert together(conditions, KINDS)


@pytest.mark.parametrize(
    "conditions",
    [
        (A, Not(A)),
        (Is("event.sort", ("plain",)), Is("event.sort", ("fancy",))),
        (far("event.t", ">=", 9), far("event.t", "<=", 5)),
        (far("event.t", ">=", 9), Not(Ordered("event.t", "before", "event.t"))),
        (far("meeting.papers", ">=", 9), far("meeting.notice", "<=", 5)),
        (far("event.t", ">=", 732),),
        (OnDate("event.t", "by", 5, 31),),
    ],
)
def test_what_cannot_be_or_is_not_known(conditions: tuple[Condition, ...]) -> None:
    assert not together(conditions, KINDS)


def test_nobody_chooses_what_is_given() -> None:
    assert not together([A], KINDS, ["event.a"])
    assert together([AnyOf((A, B))], KINDS, ["event.a"])
    papers = far("meeting.papers", ">=", 3)
    assert not together([papers], KINDS, ["meeting.notice"])  # a call after that day forbids it


@pytest.mark.parametrize("seed", range(60))
def test_on_drawn_worlds_some_case_is_so(seed: int) -> None:
    tried = Tried(drawn_world(Rolled(seed), timed=seed % 4 == 0))
    conditions = list(dict.fromkeys(tried.conditions))
    book, world = tried.world.rulebook, tried.world
    for first, second in zip(conditions, conditions[1:] + conditions[:1], strict=True):
        if not together([first, second], tried.kinds, window=world.window):
            continue
        for option in ("one-end", "clear"):
            for day in tried.days:
                assert any(
                    true(first, case, book.nation, {"day-count": option})
                    and true(second, case, book.nation, {"day-count": option})
                    for case in (Case(world.situation, world.body, day, f) for f in tried.every_case)
                )


@pytest.mark.parametrize(
    "length",
    [Length(n, unit) for unit in ("hour", "day", "week", "month", "quarter") for n in (1, 2, 7)]
    + [
        Length(n, "day", counting)
        for counting in ("working", "clear", "clear-working")
        for n in (1, 2, 5, 60)
    ]
    + [Length(1, "year"), Length(2, "year")],
)
def test_a_length_comes_to_no_more_and_no_less(length: Length) -> None:
    least, most = _comes_to(length)
    for day in (date(2023, 1, 1) + timedelta(days=i) for i in range(800)):
        for ends in (False, True):
            for count in (days_before, days_within):
                assert least <= count(day, length, "ENG", ends) <= most
