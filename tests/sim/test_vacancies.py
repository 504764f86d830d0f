"""Empty places and lost quorums, where people go: simulated and by the chain, inside 99.9 % bounds."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest
from sim_worlds import (
    BAD,
    HEAD,
    at_least,
    board,
    constitution,
    meets,
    quorum,
    scenario,
    seat,
    standin,
    within,
)

from govmodel.exact.vacancies import Leaving, empty, left_for_good
from govmodel.model.expressions import Frequency, Length
from govmodel.model.rules import MembershipRule, Rules
from govmodel.model.scenario import Clock, Scenario, Terms, Turnover
from govmodel.sim import plan, simulate_all
from govmodel.study.simulating import simulate
from govmodel.study.vacancies import beside_vacancies

F = Fraction


def test_by_hand() -> None:
    """One who goes with chance 1/2 at each meeting, for two meetings: all that may happen, gone through."""
    assert empty([Leaving([0.5] * 3, 20, 20)], [0, 10, 20]) == (0.5, 0.75, 0.625)
    assert empty([Leaving([1.0, 0.0], 5, 14)], [0, 10]) == (1.0, 0.4)
    assert empty([Leaving([1.0], 0, 0)], [0]) == (0.0,)
    # A term that is over after a place has been left is nobody's, unless somebody has come at once.
    both = [Leaving([0.5], 10, 10), Leaving([0.5], 10, 10)]
    assert empty(both, [0]) == (0.75,)
    assert left_for_good([0.5, 0.5, 0.5], [10, 20, 30], [0, 10, 20]) == (0.0, 0.5, 0.75)


def goes(**more: Any) -> Turnover:
    given: dict[str, Any] = {"leaves_a_year": F(1, 3), "first": 60, "last": 200, "notice_a_year": F(0)}
    return Turnover(**{**given, **more})


def leaving(members: int = 5, **more: Any) -> Rules:
    may_leave = MembershipRule(
        **HEAD, body="board", joins=(), leaves=("member",), agreed_by=None,
        notice=Length(6, "month"), told=(), force="may",
    )  # fmt: skip
    seats = [seat(f"s{i}") for i in range(members)]
    return constitution(
        board(seats, quorum=(quorum(at_least(3)),), membership=(may_leave,), standins=(standin(),), **more)
    )


MONTHS = Clock(unit="month")
TWO_EACH = [replace(seat(f"s{i}"), party=f"p{i // 2}") for i in range(6)]
WORLDS: dict[str, tuple[Rules, Scenario]] = {
    "people go": (leaving(), scenario(attendance=F(8, 10), turnover=goes())),
    "and send nobody": (leaving(7), scenario(attendance=F(6, 10), standins=F(1, 2), turnover=goes(first=0))),
    "organisations go": (
        leaving(), scenario(attendance=F(8, 10), turnover=goes(leaves_a_year=F(0), notice_a_year=F(1, 4))),
    ),
    "with two places each": (
        constitution(replace(leaving().bodies["board"], seats=tuple(TWO_EACH))),
        scenario(attendance=F(8, 10), turnover=goes(notice_a_year=F(1, 4))),
    ),
    "bad meetings": (leaving(), scenario(attendance=F(9, 10), bad_meetings=BAD, turnover=goes())),
    "by the month": (
        leaving(meetings=(meets(Frequency(1, "month")),)),
        scenario(attendance=F(8, 10), clock=MONTHS, turnover=goes(first=90, last=90)),
    ),
    "terms end": (
        constitution(board([replace(seat(f"s{i}"), term=Length(1, "year")) for i in range(5)],
                           quorum=(quorum(at_least(3)),))),
        scenario(attendance=F(8, 10), turnover=goes(), terms=Terms(renewed=F(1, 3), first=30, last=150)),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", WORLDS)
def test_against_the_chain(name: str) -> None:
    rules, world = WORLDS[name]
    whole = plan(rules, world, years=6, seed=11)
    tallies = simulate_all(whole, 4096)
    body = whole.bodies[0]
    found = {b.figure: b.exact for b in beside_vacancies(whole, tallies, body, 1e-6)}
    assert set(found) == {"empty places", "inquorate meetings"}
    for figure, counted in (("empty places", "empty"), ("inquorate meetings", "inquorate")):
        simulated = tallies.of(0, counted) / len(body.dates)
        assert found[figure] > 0
        assert within(simulated, found[figure]), figure


def test_they_stand_beside_the_figures_of_a_run() -> None:
    rules, world = WORLDS["people go"]
    result = simulate(rules, world, years=4, replications=400)
    (body,) = result.bodies
    assert {b.figure for b in body.beside} == {"empty places", "inquorate meetings"}
    assert result.agrees
    assert body.not_compared == "of what becomes of items, since people go"
    assert not body.in_a_row
    value = body.estimate("empty places").value
    exact = next(b.exact for b in body.beside if b.figure == "empty places")
    assert value == pytest.approx(exact, rel=0.1)
