"""When bodies meet that the text gives no regular times, and those that meet ahead of others."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
from scenario_help import GOOD, load, problems
from sim_worlds import HEAD, board, constitution, decision, meets, presides, scenario, seat, standin

from govmodel.calendar import is_working_day
from govmodel.model.expressions import Flag, Frequency, Length
from govmodel.model.rules import MeetingRule, Rules
from govmodel.model.scenario import Clock, Scenario, Urgent
from govmodel.model.uses import Uses
from govmodel.sim import plan

F = Fraction
WORLD = scenario()


def other_meeting(kind: str, **more: Any) -> MeetingRule:
    given: dict[str, Any] = {
        "how_often": None, "at_least": None, "called_by": None, "on_request_of": None, "cancelled_by": None,
        **more,
    }  # fmt: skip
    return MeetingRule(**HEAD, body="board", kind=kind, **given)


def rules_of(*meetings: MeetingRule, outside: bool = True) -> Rules:
    parent = board([] if outside else [seat("p")], "parent", external=outside)
    if outside:
        parent = replace(parent, meetings=())
    return constitution(board([seat("a"), seat("b")], meetings=meetings), parent)


def using(world: Scenario = WORLD, **more: Any) -> Scenario:
    return replace(world, uses=Uses(**more))


def days_of(rules: Rules, world: Scenario, years: int = 2) -> list[date]:
    return list(plan(rules, world, years=years, seed=1).bodies[0].dates)


def test_meetings_beside_the_regular_ones() -> None:
    further = other_meeting("further")
    rules = rules_of(meets(), further)
    plain = days_of(rules, WORLD)
    more = days_of(rules, using(meets={"board": 2}))
    assert set(plain) < set(more)
    assert len(more) == len(plain) + 4
    assert plan(rules, WORLD, years=1, seed=1).left_out == ("board: no further meetings are called (1)",)
    assert plan(rules, using(meets={"board": 2}), years=1, seed=1).left_out == ()
    called = rules_of(meets(), other_meeting("extraordinary", called_by="chair"))
    left = plan(called, using(meets={"board": 2}), years=1, seed=1).left_out
    assert left == ("board: no extraordinary meetings are called (1)",)


def test_a_body_of_which_the_text_does_not_say_when_it_meets() -> None:
    whole = plan(rules_of(), using(meets={"board": 4}), years=2, seed=1)
    assert len(whole.bodies[0].dates) == 8
    assert whole.bodies[0].meets
    months = using(replace(WORLD, clock=Clock(unit="month")), meets={"board": 4})
    assert plan(rules_of(), months, years=1, seed=1).bodies[0].ticks.tolist() == [1, 4, 7, 10]
    between = plan(rules_of(meets()), replace(months, uses=Uses(meets={"board": 2})), years=1, seed=1)
    assert between.bodies[0].ticks.tolist() == [1, 2, 4, 7, 8, 10]


def test_ahead_of_others() -> None:
    """Five a year of the twelve of a body outside, ten days before, on working days."""
    rule = other_meeting("ordinary", at_least=Frequency(5, "year"), ahead_of="parent")
    rules = rules_of(rule)
    world = using(meets={"parent": 12}, ahead=10)
    days = days_of(rules, world, years=3)
    assert len(days) == 15
    assert all(is_working_day(day, "ENG") for day in days)
    theirs = days_of(rules_of(), using(meets={"board": 12}), years=3)
    assert all(any(10 <= (other - day).days <= 14 for other in theirs) for day in days)
    assert plan(rules, world, years=1, seed=1).left_out == ()
    for other in (using(meets={"parent": 12}), using(ahead=10), WORLD):
        whole = plan(rules, other, years=1, seed=1)
        assert whole.left_out == ("board: it meets at regular intervals, not ahead of others (1)",)
    seldom = plan(rules, using(meets={"parent": 2}, ahead=10), years=3, seed=1)
    said = "board: it meets at regular intervals, as parent meets less often (1)"
    assert seldom.left_out == (said,)
    assert len(seldom.bodies[0].dates) == 15


def test_ahead_of_a_body_that_meets_in_the_run() -> None:
    rule = other_meeting("ordinary", how_often=Frequency(1, "quarter"), ahead_of="parent")
    whole = plan(rules_of(rule, outside=False), using(ahead=7), years=3, seed=1)
    own, theirs = whole.bodies[0].dates, whole.bodies[1].dates
    assert len(own) >= len(theirs) - 1
    assert all(day + timedelta(days=7) <= then for day, then in zip(own, theirs[1:], strict=False))


def test_the_soonest_of_several_kinds_is_called() -> None:
    """One that needs no notice, among others."""
    kinds = (
        other_meeting("extraordinary", called_by="chair"),
        other_meeting("other", on_request_of="member"),
    )
    world = replace(WORLD, urgent=Urgent(a_year=F(4), called=F(1), first=0, last=0))
    whole = plan(rules_of(meets(), *kinds), world, years=1, seed=1)
    assert whole.left_out == ()
    calls = whole.bodies[0].calls
    assert calls is not None
    assert calls.lawful is not None
    assert np.array_equal(calls.lawful, calls.working[: len(calls.lawful)])


def test_they_are_read(tmp_path: Path) -> None:
    found = load(tmp_path, GOOD + "meets: {board: 6}\nahead: 14\n").uses
    assert found.meets == {"board": 6}
    assert found.ahead == 14
    for text, said in (
        ("meets: {bord: 6}", 'unknown-name: the model has no body "bord"; did you mean "board"'),
        ("meets: {board: 0}", "not-a-whole-number"),
        ("meets: {board: 500}", "too-many: at most 100 meetings a year can be run"),
        ("meets: 5", "not-a-block"),
        ("ahead: soon", "not-a-number"),
    ):
        assert any(said in problem for problem in problems(tmp_path, f"{GOOD}{text}\n")), text


def test_what_no_scenario_can_say_is_told() -> None:
    """Each rule that a run takes as kept, or passes over, with its clause."""
    late = Flag("chair.late")
    body = board(
        [seat("a")], meetings=(meets(), replace(meets(), cancelled_by="chair")),
        standins=(standin(matter="grant"), standin(notice=Length(2, "day"))),
        presiding=(presides(0, "chair"), presides(1, "deputy", None, late)),
        decisions=(decision(put_by="chair"), decision(touching=("1",))),
    )  # fmt: skip
    said = plan(constitution(body), WORLD, years=1, seed=1).left_out
    assert said == (
        "board: whoever may put it to the vote does (1)",
        "board: no clause is amended (1)",
        "board: no meeting is cancelled (1)",
        "board: nobody stands in for one matter alone (1)",
        "board: whoever stands in is named in time (1)",
        "board: who comes late counts as away (1)",
    )
