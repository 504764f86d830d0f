"""Meetings without a quorum: those that wait for one, and those that go on another day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction
from math import comb
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from scenario_help import GOOD, load
from sim_worlds import (
    BAD,
    HEAD,
    at_least,
    board,
    constitution,
    decision,
    interest,
    matter,
    meets,
    office,
    presides,
    quorum,
    route,
    scenario,
    seat,
    standin,
    within,
)

from govmodel.exact.chains import run_of
from govmodel.model.expressions import Condition, Frequency, Length
from govmodel.model.rules import InquorateRule, Rules
from govmodel.model.scenario import Chances, Clock, Period, Scenario
from govmodel.model.uses import Uses
from govmodel.report.simulation import story
from govmodel.semantics import meeting as judge
from govmodel.sim import Tallies, plan, replay, simulate_all
from govmodel.study.simulating import inquorate, simulate

F = Fraction


def without(then: Any = "adjourn", second: Condition | None = None, **more: Any) -> InquorateRule:
    given: dict[str, Any] = {"when": None, "wait": None, "second_notice": None, **more}
    return InquorateRule(**HEAD, body="board", then=then, second_quorum=second, **given)


def rules_of(*inquorate: InquorateRule, members: int = 5, needs: int = 3, **more: Any) -> Rules:
    body = board(
        [seat(f"s{i}") for i in range(members)],
        quorum=(quorum(at_least(needs)),),
        inquorate=inquorate,
        **more,
    )
    return constitution(body)


def waiting(world: Scenario, chance: Fraction) -> Scenario:
    return replace(world, uses=Uses(waiting=Chances(default=chance)))


def fails(members: int, needs: int, p: float) -> float:
    return sum(comb(members, k) * p**k * (1 - p) ** (members - k) for k in range(needs))


WEEK = Length(7, "day")
HALF = scenario(attendance=F(1, 2), per_meeting=2, spread="fixed", consensus=F(1))


def run(rules: Rules, world: Scenario, years: int = 5, replications: int = 3000) -> Tallies:
    return simulate_all(plan(rules, world, years=years, seed=1), replications)


def test_a_second_meeting_with_a_quorum_of_its_own() -> None:
    t = run(rules_of(without(second=at_least(2), resumes=WEEK)), HALF)
    first, second = fails(5, 3, 0.5), fails(5, 2, 0.5)
    assert within(t.of(0, "resumed"), 20 * first)
    assert np.array_equal(t.of(0, "resumed"), t.of(0, "inquorate"))
    assert within(t.of(0, "resumed_inquorate"), 20 * first * second)
    # What is heard on the second day was not deferred; only what waits for the next meeting is.
    lasts = [first * second * (1 - (first * second) ** left) / (1 - first * second) for left in range(1, 21)]
    assert within(t.of(0, "deferrals"), 2 * sum(lasts))
    ends = sum(t.of(0, figure) for figure in ("carried", "lost", "settled", "stuck", "pending"))
    assert np.array_equal(ends, t.of(0, "raised"))


def test_the_exact_figures_of_meetings_that_go_on() -> None:
    """With a bad meeting now and then, months that differ, stand-ins, ties, and an item that is passed on."""
    rules = rules_of(without(second=at_least(2), resumes=Length(20, "day")), standins=(standin(),), members=4)
    rules = replace(rules, routes=(route("board", "top", ["grant"]),), matters={"grant": matter("grant")})
    world = scenario(
        attendance=F(5, 10), standins=F(1, 4), bad_meetings=BAD, months={8: F(1, 2)}, matters={"grant": F(1)}
    )
    result = simulate(rules, world, years=4, replications=4000)
    own = {beside.figure: beside for beside in result.bodies[0].beside}
    wanted = {"meetings that go on", "going on and inquorate", "deferrals", "time to decision", "passed on"}
    assert wanted <= set(own)
    assert all(one.chance > 0.001 for one in own.values()), own
    whole = plan(rules, world, years=4, seed=1)
    first, second = (inquorate(whole, b) for b in (whole.bodies[0], whole.bodies[0].resumed[0].body))
    assert first is not None
    assert second is not None
    both = [a * b for a, b in zip(first, second, strict=True)]
    assert result.bodies[0].in_a_row[2] == pytest.approx(float(run_of(both, 2)))


def test_a_quorum_lost_on_the_way() -> None:
    """All come, and one in two has an interest in each item and leaves."""
    rules = rules_of(without(when="lost", resumes=WEEK, second=at_least(1)), interests=(interest(),))
    world = scenario(attendance=F(1), interests=F(1, 2), per_meeting=1, spread="fixed", consensus=F(1))
    t = run(rules, world)
    left = fails(5, 3, 0.5)
    assert t.of(0, "inquorate").sum() == 0
    assert within(t.of(0, "resumed"), 20 * left + (t.of(0, "deferrals").mean() * left))
    assert within(t.of(0, "deferrals"), 20 * left / 32)
    result = simulate(rules, world, years=2, replications=50)
    assert result.bodies[0].not_compared.endswith("some inquorate meetings go on, and others do not")
    both = rules_of(without(resumes=WEEK, second=at_least(1)), interests=(interest(),))
    result = simulate(both, replace(world, attendance=Chances(default=F(3, 4))), years=5, replications=3000)
    own = {beside.figure: beside for beside in result.bodies[0].beside}
    assert {"deferrals", "carried"} <= set(own)
    assert all(one.chance > 0.001 for one in own.values()), own


def test_a_quorum_that_is_lost_where_business_continues() -> None:
    rules = rules_of(without("continue", when="lost"), interests=(interest(),))
    world = scenario(attendance=F(3, 4), interests=F(1, 2), consensus=F(1))
    t = run(rules, world, replications=300)
    assert t.of(0, "quorum_lost").sum() == 0
    assert within(t.of(0, "inquorate"), 20 * fails(5, 3, 0.75))
    assert t.of(0, "deferrals").sum() > 0


def test_it_waits_for_a_quorum() -> None:
    rules = rules_of(without("close", wait=Length(30, "minute")))
    world = waiting(HALF, F(1, 3))
    t = run(rules, world)
    # Whoever is not there comes with 1/3, as if all came with 2/3: more never end a quorum.
    assert within(t.of(0, "inquorate"), 20 * fails(5, 3, 2 / 3))
    result = simulate(rules, world, years=3, replications=500)
    assert result.bodies[0].beside[0].exact == pytest.approx(fails(5, 3, 2 / 3))
    assert result.agrees
    assert result.bodies[0].not_compared == "of what becomes of items, since meetings wait for a quorum"
    silent = simulate(rules, HALF, years=3, replications=50)
    assert silent.left_out == ("board: nobody waits for a quorum (1)",)


def test_it_waits_with_stand_ins_and_bad_meetings() -> None:
    """A place at which a stand-in is has nobody who comes late; whether the stand-in counts or not."""
    for counts in (None, False):
        rules = rules_of(
            without(wait=Length(1, "hour"), resumes=WEEK), standins=(standin(counts_to_quorum=counts),)
        )
        world = waiting(scenario(attendance=F(4, 10), standins=F(1, 4), bad_meetings=BAD), F(1, 3))
        result = simulate(rules, world, years=5, replications=3000)
        own = {beside.figure: beside for beside in result.bodies[0].beside}
        assert set(own) == {"inquorate meetings", "meetings that go on", "going on and inquorate"}
        assert all(one.chance > 0.001 for one in own.values()), own


def test_a_meeting_that_nobody_joins_late_is_as_before() -> None:
    rules = rules_of(without("close", wait=Length(30, "minute")))
    before, none = run(rules, HALF, replications=200), run(rules, waiting(HALF, F(0)), replications=200)
    assert np.array_equal(before.counts, none.counts)


def test_the_second_day() -> None:
    """A working day, before the next regular meeting, and never while no meetings are held."""
    monthly = meets(Frequency(1, "month"))
    rules = rules_of(without(resumes=WEEK), meetings=(monthly,))
    whole = plan(rules, HALF, years=2, seed=1)
    second = whole.bodies[0].resumed[0].body.ticks
    days = [date.fromordinal(int(tick)) for tick in second]
    assert all(day.weekday() < 5 for day in days)
    assert all(7 <= (then - day).days <= 12 for day, then in zip(whole.bodies[0].dates, days, strict=True))
    late = rules_of(without(resumes=Length(6, "week")), meetings=(monthly,))
    assert (plan(late, HALF, years=1, seed=1).bodies[0].resumed[0].body.ticks == -1).all()
    purdah = Period(name="x", first=(6, 8), last=(6, 20), meetings=False)
    idle = plan(rules, replace(HALF, periods=(purdah,)), years=1, seed=1).bodies[0]
    assert [d.month for d, t in zip(idle.dates, idle.resumed[0].body.ticks, strict=True) if t < 0] == [6]
    months = replace(HALF, clock=Clock(unit="month"))
    by_month = plan(rules_of(without(resumes=WEEK)), months, years=1, seed=1).bodies[0]
    assert (by_month.resumed[0].body.ticks - by_month.ticks <= 1).all()


def test_where_the_text_does_not_say_when() -> None:
    whole = plan(rules_of(without(second=at_least(2))), HALF, years=1, seed=1)
    assert whole.left_out == (
        "board: an inquorate meeting does not go on, as the text does not say when (1)",
    )
    noticed = plan(rules_of(without(second_notice=WEEK)), HALF, years=1, seed=1)
    assert noticed.left_out == ()
    assert len(noticed.bodies[0].resumed) == 1
    two = rules_of(
        without(when="never-reached", resumes=WEEK), without(when="lost", resumes=Length(1, "month"))
    )
    assert [(r.never, r.lost) for r in plan(two, HALF, years=1, seed=1).bodies[0].resumed] == [
        (True, False), (False, True),
    ]  # fmt: skip


def test_the_judge_says_the_same() -> None:
    """Of each meeting that went on, and of what was decided there: quorum, chair, votes."""
    rules = rules_of(
        without(second=at_least(2), resumes=WEEK), presiding=(presides(0, "chair", "casting"),),
        interests=(interest(),), decisions=(decision(),),
    )  # fmt: skip
    rules = replace(rules, offices={"chair": office("chair", [["s0"]])})
    world = scenario(attendance=F(1, 2), interests=F(1, 10), per_meeting=3)
    again, judged = 0, 0
    whole = plan(rules, world, years=10, seed=1)
    alone = rules_of()
    for record in replay(whole, 1) + replay(whole, 2):
        assert record.gathering is not None or record.facts["outcome"] == "inquorate"
        if record.what == "meeting" and record.gathering is not None:
            if record.facts["goes_on"]:
                assert record.facts["quorate"] == judge.quorate(rules, record.gathering)
                again += 1
            else:
                assert record.facts["quorate"] == judge.quorate(alone, record.gathering)
        elif record.gathering is not None and record.facts["outcome"] in ("carried", "lost"):
            assert judge.tally(rules, record.gathering).outcome == record.facts["outcome"]
            judged += 1
    assert again > 10
    assert judged > 50


def test_an_added_seat_leaves_those_who_come_again_alone() -> None:
    """On second days, and while a meeting waits, the others come as before."""
    world = waiting(scenario(attendance=F(1, 3)), F(1, 4))
    inquorate = (without(wait=Length(1, "hour"), resumes=WEEK),)
    seen = []
    for members in (5, 6):
        # A quorum that is never there, so that the same meetings go on.
        rules = rules_of(*inquorate, members=members, needs=9)
        whole = plan(rules, world, years=5, seed=3)
        seen.append(
            [
                [place for place in record.gathering.present if place != "s5"]
                for record in replay(whole, 2)
                if record.what == "meeting" and record.gathering is not None
            ]
        )
    assert seen[0] == seen[1]


def test_the_story_of_a_meeting_that_goes_on() -> None:
    world = waiting(HALF, F(1, 10))
    rules = rules_of(without(wait=Length(1, "hour"), second=at_least(2), resumes=WEEK))
    told = "\n".join(story(simulate(rules, world, years=8, replications=2, trace=2)))
    assert "the board meets again, as there was no quorum." in told
    assert "not heard, for want of a quorum; it is heard when the meeting goes on." in told
    assert "While it waits for a quorum, " in told


def test_waiting_is_read(tmp_path: Path) -> None:
    found = load(tmp_path, GOOD + "waiting: {default: 0.1, by_party: {police: 0.2}}\n").uses
    assert found.waiting == Chances(default=F(1, 10), by_party={"police": F(1, 5)})
