"""Bodies of one kind, of which a text has several."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from scenario_help import GOOD, load, problems
from sim_worlds import at_least, board, constitution, office, presides, quorum, route, scenario, seat

from govmodel.errors import InputError
from govmodel.model.expressions import Span
from govmodel.model.rules import Rules
from govmodel.model.scenario import Agenda, Chances, Offices, Scenario
from govmodel.model.uses import Uses
from govmodel.sim import plan, replay, simulate_all
from govmodel.study.simulating import simulate

F = Fraction


def groups(low: int = 1, high: int | None = None) -> Rules:
    """A board, and groups of three that escalate to it."""
    group = board(
        [seat(f"g{i}", body="group") for i in range(3)], "group", family=Span(low, high),
        quorum=(quorum(at_least(2), "group"),),
        presiding=(replace(presides(0, "group-chair", "casting"), body="group"),),
    )  # fmt: skip
    whole = constitution(board([seat("a")]), group, routes=(route("group", "board", ["other"]),))
    return replace(whole, offices={"group-chair": replace(office("group-chair"), of="group")})


def of(number: int, **more: Any) -> Scenario:
    world = scenario(
        attendance=Chances(default=F(1, 2), by_body={"group": F(3, 4)}),
        offices=Offices(otherwise="first-seat", by_office={"group-chair": "group.g1"}), **more,
    )  # fmt: skip
    few = Agenda(per_meeting=F(2), spread="fixed", matters={"other": F(1)})
    items = replace(world.items, by_body={"group": few})
    return replace(world, items=items, uses=Uses(families={"group": number} if number else {}))


def test_as_many_as_the_scenario_says() -> None:
    whole = plan(groups(), of(3), years=4, seed=1)
    assert [body.name for body in whole.bodies] == ["board", "group", "group#2", "group#3"]
    assert [body.title for body in whole.bodies][1:] == ["the group", "the group (2)", "the group (3)"]
    t = simulate_all(whole, 500)
    # Each by the scenario of its kind, and each on its own.
    assert all((t.of(n, "raised") == 2 * 16).all() for n in (1, 2, 3))
    assert not np.array_equal(t.of(1, "inquorate"), t.of(2, "inquorate"))
    assert all(body.chair.tolist() == [1] * 16 for body in whole.bodies[1:])
    result = simulate(groups(), of(3), years=4, replications=1000)
    first = {beside.figure: beside.exact for beside in result.bodies[1].beside}
    assert first
    for other in result.bodies[2:]:
        assert {beside.figure: beside.exact for beside in other.beside} == first
    assert result.agrees
    # What they pass on is on the agenda of the one board.
    assert t.of(2, "escalated").sum() > 0
    ends = sum(t.of(2, figure) for figure in ("carried", "lost", "settled", "stuck", "pending"))
    assert np.array_equal(ends, t.of(2, "raised"))


def test_others_of_a_kind_leave_the_first_alone() -> None:
    one, three = (plan(groups(), of(n), years=3, seed=5) for n in (1, 3))
    own = [
        [r for r in replay(whole, 2) if r.body == "group" and r.what == "meeting"] for whole in (one, three)
    ]
    assert own[0] == own[1]


def test_what_is_said_of_them() -> None:
    def said(number: int) -> tuple[str, ...]:
        return plan(groups(), of(number), years=1, seed=1).left_out

    assert said(0) == ("group stands for several bodies of one kind; one of them is simulated",)
    assert said(1) == ()
    assert said(2) == (
        "group: what is passed to such bodies, owed by them and filled there is that of the first",
    )


@pytest.mark.parametrize(("low", "high", "few"), [(4, None, "4 or more"), (1, 2, "1 to 2")])
def test_no_more_than_the_text_has(low: int, high: int | None, few: str) -> None:
    with pytest.raises(InputError, match=f"group cannot be 3 bodies: the text has {few}"):
        plan(groups(low, high), of(3), years=1, seed=1)
    single = replace(
        groups(), bodies={**groups().bodies, "group": replace(groups().bodies["group"], family=None)}
    )
    with pytest.raises(InputError, match="the text has no several of it"):
        plan(single, of(3), years=1, seed=1)


def test_families_are_read(tmp_path: Path) -> None:
    assert load(tmp_path, GOOD + "families: {board: 2}\n").uses.families == {"board": 2}
    said = problems(tmp_path, GOOD + "families: {board: 101}\n")
    assert any("too-many: at most 100 bodies of a kind can be run" in one for one in said)
