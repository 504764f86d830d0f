"""Organisations that join a body."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from scenario_help import GOOD, load, problems
from sim_worlds import HEAD, at_least, board, constitution, decision, quorum, scenario, seat

from govmodel.model.expressions import Comparison, Count, Share, Threshold
from govmodel.model.rules import MembershipRule, Rules
from govmodel.model.scenario import Join, Scenario
from govmodel.report.simulation import story
from govmodel.sim import plan, replay, simulate_all
from govmodel.study.simulating import simulate

F = Fraction
ALL = Comparison(Count("present"), ">=", Share(F(1), Count("members"), False))


def joins(**more: Any) -> MembershipRule:
    given: dict[str, Any] = {
        "joins": ("anyone",), "leaves": (), "agreed_by": "board", "notice": None, "told": (), "force": "may",
        **more,
    }  # fmt: skip
    return MembershipRule(**HEAD, body="board", **given)


def world(counts: str = "counts", rule: MembershipRule | None = None, **body: Any) -> Rules:
    own = board([seat("a"), seat("b")], **{"membership": (rule or joins(),), **body})
    return constitution(own, reading={"seat-without-holder": counts})


def asking(asks: Fraction, agreed: Fraction, most: int = 1, **more: Any) -> Scenario:
    return replace(
        scenario(**{"attendance": F(1), **more}), joining=Join(asks_a_year=asks, agreed=agreed, most=most)
    )


def test_how_many_join() -> None:
    """A quarter of a year from one meeting to the next; who is not let in may ask again."""
    whole = plan(world(), asking(F(1, 2), F(3, 5)), years=10, seed=1)
    t = simulate_all(whole, 2000)
    gaps = np.diff(whole.bodies[0].ticks) / 365
    stays = float(np.prod(1 - gaps / 2 * 0.6))
    assert t.of(0, "joined").mean() == pytest.approx(1 - stays, abs=4 * (stays * (1 - stays) / 2000) ** 0.5)
    assert t.of(0, "asked").mean() == pytest.approx((1 - stays) / 0.6, rel=0.06)
    assert not any("joins" in said for said in whole.left_out)
    assert "board: nobody joins (1)" in plan(world(), scenario(), years=1, seed=1).left_out
    other = plan(world(rule=joins(consent_of=("top",))), asking(F(1), F(1)), years=1, seed=1)
    assert any("as often as the scenario says" in said for said in other.left_out)


@pytest.mark.parametrize("counts", ["counts", "not"])
def test_who_joins_counts_from_the_next_meeting_on(counts: str) -> None:
    """A quorum of all members: two, then three."""
    whole = plan(world(counts, quorum=(quorum(ALL),)), asking(F(1), F(1)), years=10, seed=1)
    for which in range(1, 20):
        places, joined = 2, None
        for record in replay(whole, which):
            if record.what == "joining":
                joined = record.day
            elif record.what == "meeting":
                places = 3 if joined is not None else 2
                assert record.facts["places"] == record.facts["present"] == places
                assert record.facts["quorate"]
                assert not record.facts["absent"] + record.facts["vacant"]
        assert joined is not None
    # Who joins and never comes ends such a quorum.
    chances = replace(asking(F(1), F(1)).attendance, by_seat={"board.joined": F(0)})
    never = replace(asking(F(1), F(1)), attendance=chances)
    t = simulate_all(plan(world(counts, quorum=(quorum(ALL),)), never, years=10, seed=1), 100)
    assert t.of(0, "inquorate").sum() > 0


def test_majorities_of_members_grow() -> None:
    """Both must be in favour, then two of three: who joins votes as others do."""
    of_members = Threshold(kind="share", share=F(1, 2), strict=True, base="members")
    rules = world(decisions=(decision(of_members),))
    before, after = (
        simulate_all(plan(rules, asking(asks, F(1), in_favour=F(1, 2)), years=10, seed=1), 400)
        for asks in (F(0), F(1))
    )
    assert before.of(0, "carried").sum() / before.of(0, "raised").sum() == pytest.approx(1 / 4, abs=0.01)
    assert after.of(0, "carried").sum() > before.of(0, "carried").sum()
    alone = simulate_all(plan(world(decisions=(decision(of_members),)), scenario(
        attendance=F(1), in_favour=F(1, 2)), years=10, seed=1), 400)  # fmt: skip
    assert np.array_equal(alone.of(0, "carried"), before.of(0, "carried"))


def test_a_body_that_agrees_needs_a_quorum() -> None:
    few: dict[str, Any] = {"quorum": (quorum(at_least(2)),)}
    scene = asking(F(1), F(1), attendance=F(0))
    assert not simulate_all(plan(world(**few), scene, years=5, seed=1), 50).of(0, "joined").any()
    outside = plan(world(rule=joins(agreed_by="top"), **few), scene, years=5, seed=1)
    assert simulate_all(outside, 50).of(0, "joined").any()


def test_without_places_only_the_asking_is_run() -> None:
    rules, scene = world(quorum=(quorum(ALL),)), scenario(attendance=F(1, 2))
    plain = simulate_all(plan(rules, scene, years=5, seed=1), 200)
    none = simulate_all(
        plan(rules, replace(scene, joining=Join(asks_a_year=F(1), agreed=F(1), most=0)), years=5, seed=1), 200
    )
    assert np.array_equal(plain.of(0, "inquorate"), none.of(0, "inquorate"))
    assert np.array_equal(plain.of(0, "carried"), none.of(0, "carried"))


def test_the_story() -> None:
    result = simulate(world(), asking(F(1), F(1)), years=10, replications=3, trace=1)
    assert "  An organisation asks to join, and joins, and sits from the next meeting on (1)." in story(
        result
    )
    assert result.bodies[0].not_compared == "since people go"


def test_it_is_read(tmp_path: Path) -> None:
    key = "joining: {asks_a_year: 0.5, agreed: 80%, most: 3}\n"
    assert load(tmp_path, GOOD + key).joining == Join(asks_a_year=F(1, 2), agreed=F(4, 5), most=3)
    assert load(tmp_path, GOOD + "joining: none\n").joining is None
    for old, new, said in (
        ("80%", "8", "not-a-probability"),
        ("most: 3", "most: 300", "too-many-holders: at most 20 may join"),
        ("most: 3", "most: few", "a number of places is expected here"),
        (", agreed: 80%", "", "joining says nothing of agreed"),
    ):
        assert any(said in problem for problem in problems(tmp_path, GOOD + key.replace(old, new)))
