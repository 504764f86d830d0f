"""Members who stay away from several meetings in a row."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from scenario_help import GOOD, load, problems
from sim_worlds import at_least, board, constitution, office, presides, quorum, scenario, seat, standin
from test_duties import norm, route

from govmodel.model.expressions import (
    All,
    AnyOf,
    Attribute,
    Comparison,
    Condition,
    Flag,
    Frequency,
    Not,
    Number,
)
from govmodel.model.rules import RouteRule, Rules
from govmodel.model.scenario import Absent, Officers, Scenario
from govmodel.report.simulation import story
from govmodel.sim import plan, replay, simulate_all
from govmodel.sim.missing import least
from govmodel.study.simulating import simulate

F = Fraction
THREE: Condition = Comparison(Attribute("attendance.absences"), ">=", Number(F(3)))
EXPLAINED: Condition = Flag("attendance.explained")


def absent(acted_on: Fraction = F(1, 1), also: Fraction = F(0), days: int = 1, **more: Any) -> Scenario:  # noqa: B008
    counts = more.pop("standin_counts", False)
    rule = Absent(also=also, acted_on=acted_on, first=days, last=days, standin_counts=counts)
    return replace(scenario(**{"attendance": F(1, 2), **more}), absences=rule)


def world(*rules: Any, **body: Any) -> Rules:
    made = constitution(board([seat("a"), seat("b")], **body), offices=(office("chair"),))
    routes = tuple(rule for rule in rules if isinstance(rule, RouteRule))
    return replace(made, routes=routes, norms=tuple(rule for rule in rules if rule not in routes))


def removal(when: Condition = THREE, verb: str = "removes", **more: Any) -> RouteRule:
    never = Frequency(0, None)
    return replace(route(verb, never, whom=("board.members",), when=when, force="may"), **more)


def expected(p: float, meetings: int, number: int) -> float:
    """How often a run of so many absences is reached, of one who comes with this chance."""
    return sum((1 - p) ** number * (p if end >= number else 1) for end in range(number - 1, meetings))


def attendance(when: Condition, **more: Any) -> Any:
    return norm("report", situation="attendance", when=when, **more)


@pytest.mark.parametrize("also", [F(1), F(1, 3)])
def test_what_is_to_be_brought_up(also: Fraction) -> None:
    """Of twenty meetings; two members; if nobody explained it."""
    when = THREE if also == 1 else All((THREE, Not(EXPLAINED)))
    result = simulate(world(attendance(when)), absent(F(1, 2), also), years=5, replications=3000)
    body = result.bodies[0]
    number = 2 * expected(0.5, 20, 3) * float(also) / 5
    exact = {b.figure: b.exact for b in body.beside}
    assert exact["absent in a row"] == pytest.approx(number)
    assert exact["absences acted on"] == pytest.approx(number / 2)
    value = body.estimate("absent in a row").value
    assert value == pytest.approx(number, rel=4 / (number * 5 * 3000) ** 0.5)
    assert result.agrees
    assert not any("absences" in said for said in result.left_out)
    without = simulate(world(attendance(when)), scenario(), years=1, replications=2)
    assert "nothing follows from absences in a row (1)" in without.left_out


def test_other_circumstances() -> None:
    assert least(All((THREE, Not(EXPLAINED)))) == 3
    assert least(Comparison(Attribute("attendance.absences"), ">", Number(F(3)))) == 4
    assert least(EXPLAINED) is None
    either = plan(world(attendance(AnyOf((EXPLAINED, THREE)))), absent(also=F(0)), years=3, seed=1)
    # Whatever else is so, three absences are enough.
    assert simulate_all(either, 100).of(0, "absences").sum() > 0
    both = plan(world(attendance(All((EXPLAINED, THREE)))), absent(also=F(0)), years=3, seed=1)
    assert simulate_all(both, 100).of(0, "absences").sum() == 0


def test_a_place_is_lost_and_filled_again() -> None:
    """Nobody ever comes: at every third meeting held both lose their places, for half a year."""
    whole = plan(world(removal()), absent(attendance=F(0), days=200), years=5, seed=1)
    told = [r for r in replay(whole, 1) if r.what == "absence"]
    assert {r.facts["then"] for r in told} == {"removed"}
    days = sorted({r.day for r in told})
    dates = whole.bodies[0].dates
    assert days[0] == dates[2]
    # Empty at the next two meetings, and absent at the three after them.
    assert days[1] == dates[next(i for i, d in enumerate(dates) if d >= dates[2] + timedelta(200)) + 2]
    t = simulate_all(whole, 20)
    assert (t.of(0, "removed") == 2 * len(days)).all()
    assert (t.of(0, "empty") > 0).all()
    suspended = plan(world(removal(verb="suspends")), absent(attendance=F(0)), years=1, seed=1)
    assert next(r.facts["then"] for r in replay(suspended, 1) if r.what == "absence") == "suspended"


def test_a_body_that_acts_needs_a_quorum() -> None:
    ask = (quorum(at_least(1)),)
    for p, some in ((F(0), False), (F(1, 2), True)):
        t = simulate_all(plan(world(removal(), quorum=ask), absent(attendance=p), years=5, seed=1), 200)
        assert t.of(0, "absences").sum() > 0
        assert bool(t.of(0, "acted_on").sum()) is some
    other = plan(world(removal(who=("top",)), quorum=ask), absent(attendance=F(0)), years=5, seed=1)
    assert simulate_all(other, 20).of(0, "acted_on").sum() > 0


def test_a_stand_in_counts_if_the_scenario_says_so() -> None:
    rules = world(attendance(THREE), standins=(standin(),))
    seen = [
        simulate_all(plan(rules, absent(standins=F(1), standin_counts=counts), years=5, seed=1), 200)
        for counts in (False, True)
    ]
    assert seen[0].of(0, "absences").sum() > 0
    assert seen[1].of(0, "absences").sum() == 0


def test_who_loses_a_place_loses_the_office() -> None:
    chair = replace(office("chair"), chosen_by="election", chosen_every=Frequency(1, "year", 50))
    rules = world(removal(), presiding=(presides(0, "chair"),))
    rules = replace(rules, offices={"chair": chair})
    scene = replace(absent(consensus=F(1)), officers=Officers(again=F(0), stays=True, at_once=False))
    whole = plan(rules, scene, years=10, seed=1)
    lost = Counter[bool]()
    for which in range(1, 30):
        chair_now: Any = None
        gone: set[str] = set()
        for record in replay(whole, which):
            if record.what == "meeting":
                chair_now = record.facts["chair"]
                assert chair_now not in gone
            elif record.what == "absence" and record.facts["who"] == chair_now:
                gone.add(chair_now)
                lost[True] += 1
    assert lost[True]


def test_other_draws_are_as_they_were() -> None:
    """Where nobody acts, the meetings are the same; another seat leaves the runs of the others alone."""
    none, some = (
        simulate_all(plan(rules, scene, years=4, seed=1), 300)
        for rules, scene in ((world(), scenario(attendance=F(1, 2))), (world(removal()), absent(F(0))))
    )
    for figure in ("inquorate", "carried", "raised", "ties"):
        assert np.array_equal(none.of(0, figure), some.of(0, figure))
    more = world(removal())
    larger = replace(more.bodies["board"], seats=(seat("a"), seat("b"), seat("c")))
    more = replace(more, bodies={"board": larger})
    before, after = (
        [(r.day, r.facts["who"]) for r in replay(plan(w, absent(F(1, 2), days=90), years=9, seed=1), 4)
         if r.what == "absence" and r.facts["who"] != "c"]
        for w in (world(removal(who=("top",))), replace(more, routes=(removal(who=("top",)),)))
    )  # fmt: skip
    assert before == after
    assert before


def test_the_story() -> None:
    result = simulate(world(removal()), absent(attendance=F(0)), years=2, replications=3, trace=2)
    assert "  A was absent 3 times in a row: removed (1)." in list(story(result))
    assert result.bodies[0].not_compared == "since people go"


def test_it_is_read(tmp_path: Path) -> None:
    key = "absences: {acted_on: 0.5, also: 70%, with_standin: present, vacant_days: 60..180}\n"
    assert load(tmp_path, GOOD + key).absences == Absent(
        also=F(7, 10), acted_on=F(1, 2), first=60, last=180, standin_counts=True
    )
    assert load(tmp_path, GOOD + "absences: none\n").absences is None
    for old, new, said in (
        ("0.5", "5", "not-a-probability"),
        ("present", "there", "with_standin is present or absent"),
        ("60..180", "180..60", "a number of days is expected here"),
        (", also: 70%", "", "absences says nothing of also"),
    ):
        assert any(said in problem for problem in problems(tmp_path, GOOD + key.replace(old, new)))
