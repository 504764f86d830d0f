"""Places that nobody holds: seats under one reading, none under the other."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from sim_worlds import board, constitution, decision, office, quorum, scenario, seat

from govmodel.model.expressions import Comparison, Count, Share, Threshold
from govmodel.model.record import SimulationResult
from govmodel.model.rules import Rules
from govmodel.model.scenario import Merger, Period, Scenario, Turnover, Urgent
from govmodel.sim import plan, replay, simulate_all
from govmodel.study.simulating import inquorate, simulate

F = Fraction
HALF = Comparison(Count("present"), ">=", Share(F(1, 2), Count("members"), False))
OF_MEMBERS = Threshold(kind="share", share=F(1, 2), strict=True, base="members")
MERGED = Merger(on=date(2010, 1, 1), parties=("c", "d"), into="a")


def rules(counts: str, names: str = "abcd", **more: Any) -> Rules:
    body = board([seat(name) for name in names], quorum=(quorum(HALF),), **more)
    return constitution(body, reading={"seat-without-holder": counts})


def run(world: Rules, scene: Scenario) -> SimulationResult:
    return simulate(world, scene, years=5, replications=1500)


def share(result: SimulationResult) -> tuple[float, float]:
    """Of inquorate meetings: simulated and exact."""
    body = result.bodies[0]
    value = body.estimate("inquorate meetings").value
    assert value is not None
    return value, body.beside[0].exact


@pytest.mark.parametrize(
    ("counts", "fails"),
    [("counts", 1 - F(7, 10) ** 2), ("not", F(3, 10) ** 2)],
)
def test_of_parties_that_are_no_more(counts: str, fails: Fraction) -> None:
    """Two come of four seats, or one of two."""
    result = run(rules(counts), replace(scenario(), mergers=(MERGED,)))
    simulated, exact = share(result)
    assert exact == pytest.approx(float(fails))
    assert simulated == pytest.approx(exact, abs=4 * (exact * (1 - exact) / 30_000) ** 0.5)
    assert not any("still counts" in said for said in result.left_out)


def test_of_seats_that_a_period_empties() -> None:
    empty = Period(name="gap", first=(1, 1), last=(6, 30), vacant=("board.c", "board.d"))
    world = rules("not")
    result = run(world, replace(scenario(), periods=(empty,)))
    simulated, exact = share(result)
    whole = [F(3, 10) ** 4 + 4 * F(7, 10) * F(3, 10) ** 3, F(3, 10) ** 2]
    body = plan(world, replace(scenario(), periods=(empty,)), years=5, seed=1).bodies[0]
    assert inquorate(plan(world, replace(scenario(), periods=(empty,)), years=5, seed=1), body) == tuple(
        whole[empty.on(day)] for day in body.dates
    )
    assert simulated == pytest.approx(exact, abs=0.01)


def test_it_is_as_if_there_were_no_such_seats() -> None:
    """The same meetings and the same decisions, by a majority of members, as without the seats."""
    both: dict[str, Any] = {"decisions": (decision(OF_MEMBERS),)}
    merged = plan(rules("not", **both), replace(scenario(), mergers=(MERGED,)), years=4, seed=3)
    without = plan(rules("not", "ab", **both), scenario(), years=4, seed=3)
    t, u = simulate_all(merged, 300), simulate_all(without, 300)
    for figure in ("inquorate", "carried", "lost", "ties"):
        assert np.array_equal(t.of(0, figure), u.of(0, figure))
    counted = plan(rules("counts", **both), replace(scenario(), mergers=(MERGED,)), years=4, seed=3)
    assert simulate_all(counted, 300).of(0, "carried").sum() < t.of(0, "carried").sum()


def test_people_who_go_are_no_members_until_others_come() -> None:
    """With a place empty for good, a quorum of all members needs one less."""
    everybody = Comparison(Count("present"), ">=", Share(F(1), Count("members"), False))
    goes = Turnover(leaves_a_year=F(1), first=5000, last=5000, notice_a_year=F(0))
    scene = replace(scenario(attendance=F(1)), turnover=goes)
    for counts, fails in (("counts", True), ("not", False)):
        body = board([seat("a"), seat("b")], quorum=(quorum(everybody),))
        world = constitution(body, reading={"seat-without-holder": counts})
        t = simulate_all(plan(world, scene, years=5, seed=1), 200)
        assert bool(t.of(0, "inquorate").any()) is fails


def test_meetings_that_are_called_have_the_members_of_their_day() -> None:
    urgent = Urgent(a_year=F(6), called=F(1), first=0, last=0)
    scene = replace(scenario(attendance=F(1)), mergers=(MERGED,), urgent=urgent)
    extra = replace(
        rules("not").bodies["board"].meetings[0], kind="extraordinary", how_often=None, called_by="chair"
    )
    own = rules("not").bodies["board"].meetings
    world = constitution(
        board([seat(n) for n in "abcd"], meetings=(*own, extra), quorum=(quorum(
            Comparison(Count("present"), ">=", Share(F(2, 3), Count("members"), False))
        ),)),
        reading={"seat-without-holder": "not"}, offices=(office("chair"),),
    )  # fmt: skip
    told = [r for r in replay(plan(world, scene, years=4, seed=1), 1) if r.what == "meeting"]
    assert any(r.facts["called"] for r in told)
    assert all(r.facts["quorate"] for r in told)
